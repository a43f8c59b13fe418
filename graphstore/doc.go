// Package graphstore is the model of a case: its records, the immutable
// Graph that holds them, the Diff that leads from one graph to the next, and
// the contract of a Store that keeps them.
//
// The files, from the bottom up:
//
//	id.go date.go record.go   what is kept: Entity, Claim, Document, View, Foreign, Header
//	codec.go fields.go        their canonical JSON; unknown fields survive
//	schema.go builtin.go      the words of a case: kinds, predicates, positions, bases, grades
//	check.go                  what is wrong with one record by itself
//	diff.go undo.go           Change, Diff, Inverse; UndoStack, rebuilt from a journal
//	graph.go uses.go          Graph and who names whom
//	apply.go                  Graph.Apply, the only way to a new graph and the only integrity check
//	status.go                 what is derived from other claims and never stored
//	store.go                  Store, Historian and their errors
//
// Packages below: quads (records as RDF), cayleystore (a Store over
// Cayley), storetest (what every Store must pass), algo, dossier, search, exchange, dispute.
//
// Invariants: records in a Graph are never written to; every integrity rule
// is in Graph.Apply; a diff's inverse leads back; nothing here imports app.
package graphstore
