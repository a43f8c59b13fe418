// Package quads turns records into RDF quads and back, without loss: one
// named graph a record, G being the record's id.
//
//	term.go    Term, Quad and their canonical N-Quads text
//	parse.go   one line of N-Quads
//	voc.go     the vocabulary: which IRI stands for which word
//	encode.go  record to quads
//	decode.go  quads to records; what is not ours comes back as foreign
//	fields.go  the fields of each record type, read back
//
// A claim is one real triple, subject predicate object, in a graph that its
// id names; what is known about the act of saying is said about that id in the same graph:
//
//	<c> { <bsi> <urn:caveat:p:takes-position-on> <kav> .
//	      <c> rdf:type <urn:caveat:voc:Claim> . <c> <urn:caveat:voc:speaker> <bsi> . … }
//
// RDF has no order and no place for some values (a date that does not exist,
// an unsorted list, a field of a newer Caveat). What the quads alone cannot
// carry exactly is repeated in one literal, voc:more, as JSON; where the quads of a
// list or an object say otherwise, they win. So a record without such values has no
// voc:more, and every record comes back as it was.
//
// Invariants: Encode is a function of the canonical form of a record;
// Decode(Encode(r)) is r, and Encode(Decode(Encode(r))) is Encode(r); no term of one record's graph
// depends on another record; nothing is dropped: a quad is part of a record or foreign.
package quads
