// Package report makes what is handed over: pictures of a view with all a
// reader needs to check them, and snapshots that hold the data too.
//
// A sheet is one scene.Frame: title, date of export and the two time cursors
// above, the drawing, then the legend of what occurs, the answers asked for, the numbered sources of the claims shown and
// answered with, and the checksum of the case. Export writes it as PNG, SVG or PDF by package render, or puts it into a snapshot.
//
//	input.go     Input, Words, Export
//	sheet.go     Sheet: the parts one above the other
//	drawing.go   the graph, large enough that nothing is cropped
//	furniture.go header, legend, footer
//	answers.go   the answers that are printed with it
//	numbers.go   the numbers of sources at the edges that cite them
//	sources.go   the documents that the claims shown rest on
//	address.go   breaking long addresses into lines
//	snapshot.go  writing a .caveatz
//	open.go      reading one back, believing nothing in it
//
// A .caveatz is a ZIP archive, format version 1, of exactly these files:
//
//	case.jsonl     the whole case as canonical bundle
//	manifest.json  format, version, title, day, and size and SHA-256 of the other files
//	picture.png    the sheet
//	picture.svg    the same, with text and links
//	view.json      the view as a record, with the place of every node shown
//
// Invariants: nothing lies outside a sheet; equal input gives equal bytes; the
// words come from the caller in the user's language.
package report
