// Package transfer is what every format of package exchange has in common:
// Format, Import, the Report of what was kept, changed and dropped, errors that
// name their line, reading line by line with bounded memory, and the one
// way from an import to a Diff on an open case. Programs use it through
// package exchange, which lists the formats.
//
//	format.go   Format, ReadOptions, Import, LineError
//	report.go   Report, Remark
//	lines.go    Lines: long lines, byte order marks, progress
//	collect.go  Collector: the records of one file, each id once
//	diff.go     Import.Diff: what the import does to a case
//	blank.go    labels of blank nodes mean something within their file only
//	partial.go  the same where only the sound records are wanted
//	sniff.go    Sniff: what a file looks like, for words to the user
//
// Invariants: an import is all or nothing unless Partial; nothing is
// dropped or changed without a Remark; importers never infer.
package transfer
