// Package panel holds what stands beside the canvas: the outline of the
// case, the inspector of what is selected, and the forms in which records are
// written. They are made of package widgets.
//
// The files, from the bottom up:
//
//	desk.go                      what every panel needs from the window around it
//	form.go                      labelled fields on a page
//	picker.go                    type-ahead over records
//	outline.go views.go          kinds, filters and saved views; group.go: groups of the view
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
