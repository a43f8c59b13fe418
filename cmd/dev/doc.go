// Command dev is the developer's one tool: it sets up a fresh machine, opens
// Caveat, runs every check, measures, and takes pictures of the window.
//
//	go run ./cmd/dev VERB
//
// It is built without cgo from the standard library and those few packages of
// ours that need nothing else, so that it compiles on a machine that has Go and
// nothing more; what the window needs beyond that it installs (Debian and its
// kin) or names (everything else).
//
// The map: main.go holds the table of verbs; tool.go how other programs are
// started; packages.go what must be installed and the apt-get commands for it,
// setup_*.go the part of that which differs between systems; desktop.go a
// private X display with a window manager; steps.go a list of named steps with
// their durations; run.go, test.go, bench.go and screenshots.go a verb each, of
// which test uses concurrency.go to find what the race detector is for, and
// bench layout contest.go (the table) and peers.go (the programs in it), bench
// draw drawing.go (the window) and browsers.go (libraries of a browser).
//
// Invariants: nothing is installed before it was named on the screen; nothing
// reads from standard input on a machine without a person; what is started is
// stopped before the tool ends; everything written lies in dist/ or in a
// temporary folder that is removed.
package main
