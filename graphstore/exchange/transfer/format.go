package transfer

import (
	"context"
	"fmt"
	"io"

	"caveat/graphstore"
)

// Format is a file format. Read or Write is nil where the format goes one way only.
type Format struct {
	Name       string   // "bundle"
	Title      string   // "Caveat bundle (JSON Lines)"
	Extensions []string // with the dot, lower case; the first is used for new files
	Read       func(ctx context.Context, r io.Reader, o ReadOptions) (*Import, error)
	Write      func(ctx context.Context, w io.Writer, g *graphstore.Graph) (*Report, error)
}

// ReadOptions says how to read.
type ReadOptions struct {
	// Partial drops what cannot be read and reports it; else the first error ends reading.
	Partial bool
	// Progress, if not nil, is told now and then how many bytes are read,
	// of how many; total is 0 where that is not known.
	Progress func(done, total int64)
}

// Import is what a file holds, not yet part of any case.
type Import struct {
	Header  *graphstore.Header // nil if the file has none
	Records []graphstore.Record
	// Report says what reading alone kept, changed and dropped.
	Report *Report
	lines  []line // of the records, or nil
}

// line is where a record was read.
type line struct {
	file string
	n    int
}

func (im *Import) line(i int) line {
	if i < len(im.lines) {
		return im.lines[i]
	}
	return line{}
}

// Named says which file the import comes from, for errors and remarks.
func (im *Import) Named(file string) *Import {
	for i := range im.lines {
		im.lines[i].file = file
	}
	for i := range im.Report.Lines {
		im.Report.Lines[i].File = file
	}
	return im
}

// Join returns several imports as one, so that records of one file may name
// records of another, whatever their order. The first header with content counts.
func Join(ims ...*Import) *Import {
	out := &Import{Report: &Report{}}
	for _, im := range ims {
		if out.Header == nil || emptyHeader(out.Header) {
			out.Header = im.Header
		}
		out.Records = append(out.Records, im.Records...)
		for i := range im.Records {
			out.lines = append(out.lines, im.line(i))
		}
		out.Report.Join(im.Report)
	}
	return out
}

// LineError says which line of which file is wrong.
type LineError struct {
	File string // empty where only a stream is known
	Line int    // from 1; 0 where the file has no lines
	Err  error
}

// Error names the file, where known, the line and the reason.
func (e *LineError) Error() string { return line{e.File, e.Line}.String() + e.Err.Error() }

// Unwrap returns the reason.
func (e *LineError) Unwrap() error { return e.Err }

func (l line) String() string {
	s := ""
	if l.file != "" {
		s = l.file + ": "
	}
	if l.n > 0 {
		s += fmt.Sprintf("line %d: ", l.n)
	}
	return s
}
