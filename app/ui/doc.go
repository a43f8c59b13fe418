// Package ui is Caveat's window: it shows an editor and reports what the
// user does to it. It decides nothing about the case.
//
// The files:
//
//	window.go    Window: what it is made of, how it follows the editor's notices
//	post.go      the one way back from other goroutines
//	theme.go     light, dark and high contrast, dense
//	panes.go     outline, canvas and inspector side by side, with widths that can be dragged
//	dock.go      a lower part below an upper one, with an edge that can be dragged
//	handle.go    the edge of a panel, to drag it by
//	answers.go   where answers are shown and exported
//	topbar.go    back, forward, the search box
//	menus.go     menus and keys made from the editor's table of actions
//	context.go   the context menu
//	palette.go   finding records and running commands
//	status.go    the status bar with jobs
//	welcome.go   the page without a case
//	corner.go    what lies on the canvas: legend.go, minimap.go, zoom by iconbutton.go
//	asks.go      the editor's questions as forms and pages
//	files.go     choosing files; history.go layoutspage.go pages.go: the other pages
//	errors.go    what happened and what to do
//	state.go     the state file of the window tests
//
// Below: graphview (the canvas), panel (outline, inspector, forms), widgets (rows, chips, inputs, pages: what they are made of). Everything runs
// on the goroutine of Fyne; nothing here starts another.
package ui
