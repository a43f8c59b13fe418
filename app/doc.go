// Package app is the map of the application; it holds no code.
//
// From the bottom up, each reaching only downward:
//
//	geom        points, boxes, curves, a grid index; numbers only
//	layout      engines that place the nodes of a graph; layout/quality measures drawings
//	bundling    which edges of a drawing are led along others
//	typeset     text measured and masked from the shipped fonts
//	words       what the user reads, in four languages
//	settings    what is remembered between sessions
//	scene       a graph as drawables: styles, labels, hits, levels of detail, the Frame
//	plan        what a view asks for: places, groups, lanes and dates
//	render      frames to pixels, SVG, PDF and PNG
//	lanes       a timeline as swim lanes: a Frame like the canvas
//	report      exported pictures with legend and sources; snapshots
//	document    the open case: edits, undo, saving
//	editor      the application without its window; editor/editortest sets one up for tests, editor/turntest times its turns
//	ui          the window: ui/graphview the canvas, ui/panel the panels
//
// What keeps it sound: a Graph, a Scene and a Frame are immutable values; one
// goroutine owns document, editor and widgets, and jobs come back to it through one Post;
// equal input and seed give equal bytes; only ui and cmd/caveat reach Fyne.
// TestImports in cmd/dev holds the packages to this map.
package app
