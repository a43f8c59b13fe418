package transfer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"caveat/graphstore"
)

// MergeOptions says what happens where an import meets a case.
type MergeOptions struct {
	// Ours keeps the case's record where the import has another with the same
	// id; else the import's takes its place.
	Ours bool
	// Partial drops records that cannot stand in the case, and those that
	// depend on them; else the first ends the import.
	Partial bool
}

// Diff returns the one step that brings the import into g, so that one undo
// takes it back, and the report of reading and merging together. An id that g has already with the
// same content is left alone. An error names the line of the record that cannot stand: a dangling
// reference, a word the schema does not know, a circle; nothing remains of the import then. The caller sets Title,
// By and At.
func (im *Import) Diff(g *graphstore.Graph, o MergeOptions) (*graphstore.Diff, *Report, error) {
	m := &merger{im: im, g: g, o: o, report: &Report{}, at: map[graphstore.ID]int{}, relabelled: map[int]string{}}
	m.report.Join(im.Report)
	m.records = m.separate()
	if err := m.changes(); err != nil {
		return nil, nil, err
	}
	header, err := m.header()
	if err != nil {
		return nil, nil, err
	}
	d := m.diff(header, m.todo)
	if _, err := g.Apply(d); err != nil {
		if !o.Partial {
			return nil, nil, m.name(err)
		}
		if d, err = m.sound(header); err != nil {
			return nil, nil, err
		}
	}
	for _, c := range m.todo {
		switch l := m.im.line(c.n); {
		case c.dropped != nil:
			m.report.Note(Remark{l.file, l.n, c.id(), Dropped, c.dropped.Error()})
		case m.relabelled[c.n] != "":
			m.report.Note(Remark{l.file, l.n, c.id(), Changed, m.relabelled[c.n]})
		case c.before != nil:
			m.report.Note(Remark{l.file, l.n, c.id(), Changed, "replaces what the case had"})
		default:
			m.report.Note(Remark{l.file, l.n, c.id(), Kept, ""})
		}
	}
	return d, m.report, nil
}

// change is what one record of the import does to the case.
type change struct {
	n             int // index in Import.Records
	before, after graphstore.Record
	dropped       error
}

func (c *change) id() graphstore.ID { return c.after.RecordID() }

type merger struct {
	im     *Import
	g      *graphstore.Graph
	o      MergeOptions
	report *Report
	// records are those of the import with labels of blank nodes set apart; relabelled says of which
	// and how, by index.
	records    []graphstore.Record
	relabelled map[int]string
	todo       []*change
	at         map[graphstore.ID]int // index in todo
}

// changes compares the records with those of the case and with each other.
func (m *merger) changes() error {
	first := map[graphstore.ID]int{}
	for i, r := range m.records {
		id, l := r.RecordID(), m.im.line(i)
		if n, twice := first[id]; twice { // of another file: Collector sees to one
			switch equal, err := equalRecords(m.records[n], r); {
			case err != nil:
				return err
			case equal:
				m.report.Note(Remark{l.file, l.n, id, Kept, "the same as in another file"})
				continue
			}
			err := fmt.Errorf("the id %s names another record in %s", id, m.im.line(n).file)
			if !m.o.Partial {
				return &LineError{l.file, l.n, err}
			}
			m.report.Note(Remark{l.file, l.n, id, Dropped, err.Error()})
			continue
		}
		first[id] = i
		before := m.g.Record(id)
		if before != nil && before.RecordType() != r.RecordType() {
			err := fmt.Errorf("in the case %s is of type %s, here of type %s", id, before.RecordType(), r.RecordType())
			if !m.o.Partial {
				return &LineError{l.file, l.n, err}
			}
			m.report.Note(Remark{l.file, l.n, id, Dropped, err.Error()})
			continue
		}
		if before != nil {
			equal, err := equalRecords(before, r)
			if err != nil {
				return err
			}
			if equal {
				m.report.Note(Remark{l.file, l.n, id, Kept, "is in the case already"})
				continue
			}
			if m.o.Ours {
				m.report.Note(Remark{l.file, l.n, id, Dropped, "the case has another version and keeps it"})
				continue
			}
		}
		m.at[id] = len(m.todo)
		m.todo = append(m.todo, &change{n: i, before: before, after: r})
	}
	return nil
}

// equalRecords compares canonical forms.
func equalRecords(a, b graphstore.Record) (bool, error) {
	x, err := graphstore.EncodeRecord(a)
	if err != nil {
		return false, fmt.Errorf("comparing %s: %w", a.RecordID(), err)
	}
	y, err := graphstore.EncodeRecord(b)
	if err != nil {
		return false, fmt.Errorf("comparing %s: %w", b.RecordID(), err)
	}
	return bytes.Equal(x, y), nil
}

// diff returns the step for the changes that are not dropped.
func (m *merger) diff(header *graphstore.Change[graphstore.Header], todo []*change) *graphstore.Diff {
	d := &graphstore.Diff{Cause: graphstore.CauseEdit, Header: header}
	for _, c := range todo {
		if c.dropped == nil {
			d.Add(c.before, c.after)
		}
	}
	return d
}

// name adds to an error of Graph.Apply the line of the record it is about.
func (m *merger) name(err error) error {
	var re *graphstore.RecordError
	if !errors.As(err, &re) {
		return err
	}
	if i, ok := m.at[re.ID]; ok {
		l := m.im.line(m.todo[i].n)
		return &LineError{l.file, l.n, re}
	}
	return err
}

func emptyHeader(h *graphstore.Header) bool {
	return h == nil || h.Title == "" && h.Note == "" && h.View == "" && len(h.Schema) == 0 && len(h.Extra) == 0
}

// header returns the change of the case's header: what the case does not
// have is filled in, and the schema gains the import's words. nil is no change.
func (m *merger) header() (*graphstore.Change[graphstore.Header], error) {
	old, new := m.g.Header(), m.im.Header
	if emptyHeader(new) {
		return nil, nil
	}
	if emptyHeader(old) {
		return &graphstore.Change[graphstore.Header]{Before: old, After: new}, nil
	}
	out := *old
	keep := func(what string, mine *string, theirs string) {
		switch {
		case *mine == theirs || theirs == "":
		case *mine == "":
			*mine = theirs
		default:
			m.report.Note(Remark{What: Dropped, Why: fmt.Sprintf("the %s of the file, %q: the case keeps its own", what, theirs)})
		}
	}
	keep("title", &out.Title, new.Title)
	keep("note", &out.Note, new.Note)
	keep("opening view", (*string)(&out.View), string(new.View))
	out.Extra = map[string]json.RawMessage{}
	for k, v := range new.Extra {
		out.Extra[k] = v
	}
	for k, v := range old.Extra {
		out.Extra[k] = v
	}
	if err := m.schema(&out, new.Schema); err != nil {
		return nil, err
	}
	a, err := json.Marshal(old)
	if err != nil {
		return nil, fmt.Errorf("merging the case header: %w", err)
	}
	b, err := json.Marshal(&out)
	if err != nil {
		return nil, fmt.Errorf("merging the case header: %w", err)
	}
	if bytes.Equal(a, b) {
		return nil, nil
	}
	return &graphstore.Change[graphstore.Header]{Before: old, After: &out}, nil
}

// schema adds the words of more to those of h.
func (m *merger) schema(h *graphstore.Header, more json.RawMessage) error {
	if len(more) == 0 || bytes.Equal(more, h.Schema) {
		return nil
	}
	if len(h.Schema) == 0 {
		h.Schema = more
		return nil
	}
	first, second := h.Schema, more
	if m.o.Ours {
		first, second = second, first
	}
	merged, err := new(graphstore.Schema).Extend(first)
	if err == nil {
		merged, err = merged.Extend(second)
	}
	if err != nil {
		return fmt.Errorf("merging the schema of the file with that of the case: %w", err)
	}
	raw, err := json.Marshal(merged)
	if err != nil {
		return fmt.Errorf("merging the schema of the file with that of the case: %w", err)
	}
	h.Schema = raw
	return nil
}
