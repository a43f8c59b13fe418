// Package lanes draws how positions moved as swim lanes: a lane a speaker,
// sorted by country, the date from left to right, a bar for as long as a position held in the
// colour of that position, and rulings as diamonds on the lane of what they judge.
//
// The picture is a scene.Frame, so that the window, PNG, SVG and PDF all show
// the same. Everything is a pure function of its input; any goroutine may call it.
//
//	lanes.go  Options, Chart, Draw
//	rows.go   which step goes into which row
//	table.go  positions against grounds as a cross-table
//	axis.go   dates to places, ticks
package lanes
