// Package search finds records by what people type: an index over all names
// in all languages, identifiers, titles, publishers and notes, with
// type-ahead, folded accents and tolerance for typing errors; and Resolve,
// which turns an id or a name into one record for the terminal.
//
//	fold.go      text to folded words: case, accents, ligatures; scripts without spaces
//	words.go     the sorted words and the records that hold them, copied on write
//	fuzzy.go     all words within an edit distance of a prefix, in one ordered walk
//	index.go     Index: New, Update
//	find.go      Find: match every word of the query, rank, cut
//	resolve.go   Resolve and its errors
//
// Invariants: an Index is an immutable value that any goroutine may read;
// Update shares what did not change; an Index made by any row of updates finds what a
// new one would (TestUpdatedIndexFindsWhatANewOneFinds). Results do not depend on map order.
package search
