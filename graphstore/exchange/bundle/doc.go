// Package bundle reads and writes the Caveat bundle: UTF-8 JSON Lines, one
// record a line, a header line of type "caveat" with the format's version.
//
//	read.go   Read: any order, ids for records without one, unknown fields kept
//	write.go  Write: the canonical form
//
// The canonical form sorts records by type and id and fields by name, leaves
// out what is empty and ends each line with one newline: equal cases give equal
// bytes, and what is read from canonical bytes is written back as they were.
package bundle
