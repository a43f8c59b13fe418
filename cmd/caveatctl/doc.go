// Command caveatctl is Caveat without a window: it makes, fills, reads,
// draws and checks cases from the terminal. It is built without cgo and without Fyne.
//
//	caveatctl COMMAND CASE … [--flag value]
//
// Results go to standard output, everything else to standard error. The exit
// status is 0, 1 for failure, 2 for a mistake in the command line. --json prints JSON Lines: records
// exactly as the bundle writes them.
//
//	main.go     the table of commands, dispatch, errors and what to do about them
//	flags.go    flags before, between and behind the arguments
//	shell.go    a running command: opening a case, one edit, printing records
//	new.go      new
//	transfer.go import, export
//	list.go     list
//	show.go     show, and how dossiers read on a terminal; group.go: groups of views
//	entity.go   add-entity, add-document
//	claim.go    add-claim
//	path.go     path
//	history.go  history, undo, redo
//	check.go    check
//	layout.go   layout
//	picture.go  render, and export of pictures and snapshots
package main
