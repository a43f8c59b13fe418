// Package rdf reads and writes cases as N-Quads (W3C Recommendation RDF 1.1
// N-Quads, 25 February 2014): one named graph a record, named by its id; see package quads for how a record is spelled.
//
//	read.go   Read: records where the quads are Caveat's, Foreign where not
//	write.go  Write: one graph after the other, canonical lines
//	foreign.go  which foreign statements can be written bare
//
// Nothing is lost either way: what Write wrote is read as the same case, and
// quads of others are kept as graphstore.Foreign and written back.
package rdf
