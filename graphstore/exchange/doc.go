// Package exchange brings cases in and out of files: it lists the formats
// and finds the one for a file. What formats have in common (Import, Report, LineError,
// Import.Diff onto an open case) is in package transfer and named here again, so that a program imports only this package.
//
//	exchange.go  Formats, ByName, ByExtension, ReadFile
//	transfer/    what formats have in common
//	bundle/      Caveat bundle (JSON Lines)
//	rdf/         N-Quads
//	edgelist/    plain edges and places, which are no cases
package exchange
