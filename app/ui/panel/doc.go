// Package panel holds what stands beside the canvas: the outline of the
// case, the inspector of what is selected, and the forms in which records are
// written.
//
// The files, from the bottom up:
//
//	colors.go swatch.go          colour names of the theme; kinds and positions as small marks
//	item.go chips.go entry.go    the widgets: a dense row, a group of chips, an input with its keys
//	tiles.go                     a choice among pictures
//	picker.go floats.go          type-ahead over records
//	prose.go ground.go layouts.go running text, plain areas, how rows are laid out
//	sheet.go form.go             a modal page with a title, a body and buttons; labelled fields on it
//	parts.go                     what a widget shows, for the tests of the window
//	desk.go                      what every panel needs from the window around it
//	outline.go views.go          kinds, filters and saved views
//	inspector.go entity.go …     what is known about the thing that was last looked at (claim.go, summary.go)
//	legend.go                    what the colours and lines of the canvas mean
//	answers.go answerrow.go      answers to a question; asklinks.go: the questions in the inspector
//	lanes.go                     how positions moved, as swim lanes
//	claimform.go …               forms for claims (evidenceform.go, scopeform.go), entities and documents
//
// Invariants: panels hold no state of the case, they read the editor when it
// gives notice; every name of a record is a link to it; every text comes from the table of
// words; everything runs on the one goroutine of the window.
package panel
