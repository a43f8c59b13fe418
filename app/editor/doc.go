// Package editor is the application without its window: the open case, what
// is shown of it, where the camera stands, what is selected, what the pointer is
// doing, and what runs in the background. The window shows it and reports the pointer and the keys.
//
// One goroutine owns an Editor and calls all its methods; jobs run on
// goroutines of their own, get immutable values, and return through Options.Post.
// After a change the editor sends one Notice a turn, and the panels pull what they show.
//
// While Animating reports true the window calls Tick about sixty times a second.
//
//	editor.go    Editor, Options, notices
//	cases.go     opening, creating, closing; samples; edge lists
//	transfer.go  import, export, save as
//	memory.go    what a large drawing may take
//	jobs.go      background work with progress and cancel; exact idle
//	camera.go    zoom, fit, places looked at, back and forward
//	motion.go    tweens of camera and nodes
//	finding.go   names searched in a drawing
//	selecting.go selection, inspection, hover, walking along edges, search
//	pointer.go   the gestures of the pointer
//	edits.go     drafts of records into the case, delete
//	resume.go    a case opens in the view, and with the camera, that it was left with
//	views.go     saved views, and where their nodes stand; hiding.go: what they show: hide, expand, collapse, filters
//	toned.go     the communities of a drawing whose nodes have no kinds, as its colours
//	part.go      which part of a drawing is on show; drawnsteps.go: its steps, and those of a case that takes no edits, to take back and repeat
//	arrange.go   layouts as jobs; tidy.go: of the selection alone
//	previews.go  what each layout would make of the drawing
//	grouping.go  the groups of the view, kept; groups.go: the view grouped, folded; groupplaces.go: where a folded one goes
//	owngroups.go groups of the user's own, of what is selected; groupindex.go: the groups of the view by name
//	guides.go    lanes and dates behind a drawing
//	bundling.go  edges in bundles, kept in step with what is on show
//	asof.go      what the time cursors of the view leave
//	paths.go     how two things are connected
//	contradictions.go  which claims contradict each other, after each step
//	asking.go    questions as jobs, asked again after each step, counted for the menu
//	answers.go   lists of answers: drawn, pinned, compared with what is left out
//	answerfile.go  answers to CSV and JSON Lines
//	answerlanes.go  a timeline as swim lanes, grounds as a table
//	rescene.go   the scene kept in step with the case, or drawn again; steps.go: the steps of a layout on show
//	history.go   the newest entries of the journal
//	actions.go   the table of everything a menu, a key or the palette can do
//	measures.go  the network measured: a table, and the sizes of the nodes
//	status.go    what the status bar says; tally.go: what the outline counts
package editor
