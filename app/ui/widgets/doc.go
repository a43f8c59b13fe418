// Package widgets holds what panels and pages are made of: rows, chips, inputs, running text and modal pages, dense
// and led by the keyboard. It knows nothing of cases, editors or words: texts and what to do come from its users.
//
// The files, from the bottom up:
//
//	colors.go swatch.go   colour names of the theme; small marks in a colour
//	parts.go              what a widget shows, for the tests of the window
//	layouts.go ground.go  how rows are laid out; plain areas
//	item.go               a dense row: mark, title, lines, box
//	chips.go tiles.go     a choice among words, among pictures
//	entry.go              inputs and buttons with their keys
//	prose.go              running text
//	floats.go             lists over the page; an input that suggests
//	sheet.go              a modal page with a title, a body and buttons
//
// Invariants: what can be pressed can be reached and pressed by keys; what has the keyboard shows it; everything runs on the one
// goroutine of the window.
package widgets
