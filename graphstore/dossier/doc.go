// Package dossier gathers what there is to show about one record: what an
// entity says and what is said about it, what stands for and against a claim,
// what cites a document. The inspector, the terminal and the reports all show
// the same dossier; nothing here draws or prints.
//
//	item.go      Item (one claim, seen from one record), Section (items of one predicate), their order
//	entity.go    OfEntity: says, said, in scope, reported; same-as entities are one
//	claim.go     OfClaim: for, against and besides, with evidence and documents
//	document.go  OfDocument: the claims that cite it
//	sentence.go  Sentence, Phrase and Date: one claim in words, in four languages
//
// A dossier is a value made from an immutable Graph: any goroutine may make
// and read one. Order is fixed: sections by the schema, items newest first, ties by id.
package dossier
