package transfer

import (
	"fmt"

	"caveat/graphstore"
)

// What happened to a record.
const (
	Kept    = "kept"
	Changed = "changed"
	Dropped = "dropped"
)

// Remark is what happened to one record, and why where that is not plain.
type Remark struct {
	File   string        `json:"file,omitempty"`
	Line   int           `json:"line,omitempty"`   // 0: the file has no lines
	Record graphstore.ID `json:"record,omitempty"` // empty: it has none, or is the header
	What   string        `json:"what"`             // Kept, Changed or Dropped
	Why    string        `json:"why,omitempty"`
}

// String writes the remark as one line.
func (r Remark) String() string {
	s := line{r.File, r.Line}.String() + r.What
	if r.Record != "" {
		s += " " + string(r.Record)
	}
	if r.Why != "" {
		s += ": " + r.Why
	}
	return s
}

// Report counts what happened to the records of an import or export, and
// says it row by row.
type Report struct {
	Kept    int      `json:"kept"`
	Changed int      `json:"changed"`
	Dropped int      `json:"dropped"`
	Lines   []Remark `json:"lines,omitempty"`
}

// Note adds a remark and counts it.
func (r *Report) Note(m Remark) {
	r.Lines = append(r.Lines, m)
	switch m.What {
	case Kept:
		r.Kept++
	case Changed:
		r.Changed++
	case Dropped:
		r.Dropped++
	}
}

// Join adds what other says.
func (r *Report) Join(other *Report) {
	if other == nil {
		return
	}
	r.Kept += other.Kept
	r.Changed += other.Changed
	r.Dropped += other.Dropped
	r.Lines = append(r.Lines, other.Lines...)
}

// Summary returns the counts: "3 kept, 1 changed, 0 dropped".
func (r *Report) Summary() string {
	return fmt.Sprintf("%d kept, %d changed, %d dropped", r.Kept, r.Changed, r.Dropped)
}
