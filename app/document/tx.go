package document

import (
	"fmt"

	"caveat/graphstore"
)

// Tx collects one edit. It reads through to the graph as the edit so far would leave it; the
// graph's integrity is checked when the edit is done, by Graph.Apply.
type Tx struct {
	base   *graphstore.Graph
	by, at string
	after  map[graphstore.ID]graphstore.Record // nil value: removed
	order  []graphstore.ID
	header *graphstore.Header
}

func newTx(g *graphstore.Graph, by, at string) *Tx {
	return &Tx{base: g, by: by, at: at, after: map[graphstore.ID]graphstore.Record{}}
}

// Graph returns the graph before the edit.
func (t *Tx) Graph() *graphstore.Graph { return t.base }

// Record returns the record as the edit so far leaves it, or nil.
func (t *Tx) Record(id graphstore.ID) graphstore.Record {
	if r, touched := t.after[id]; touched {
		return r
	}
	return t.base.Record(id)
}

// Put adds r or replaces the record of its id. A new record without an id gets one, and is
// stamped with who made it and when. r belongs to the graph afterwards.
func (t *Tx) Put(r graphstore.Record) graphstore.ID {
	if r.RecordID() == "" {
		graphstore.SetID(r, graphstore.NewID())
	}
	if m := r.Info(); m.RecordedAt == "" && t.base.Record(r.RecordID()) == nil {
		m.RecordedAt = t.at
		if m.RecordedBy == "" {
			m.RecordedBy = t.by
		}
	}
	t.touch(r.RecordID(), r)
	return r.RecordID()
}

// Remove takes the record away.
func (t *Tx) Remove(id graphstore.ID) error {
	if t.Record(id) == nil {
		return fmt.Errorf("there is no record %s to delete", id)
	}
	t.touch(id, nil)
	return nil
}

// RemoveWith takes the record away together with every claim that cannot
// stand without it: claims with it as subject, object or speaker, and claims on those. Claims
// that only cite it as evidence, reporter or scope lose that mention. It returns the ids of the claims
// that went.
func (t *Tx) RemoveWith(id graphstore.ID) ([]graphstore.ID, error) {
	if err := t.Remove(id); err != nil {
		return nil, err
	}
	var gone []graphstore.ID
	for todo := []graphstore.ID{id}; len(todo) > 0; todo = todo[1:] {
		for _, as := range []graphstore.Role{graphstore.AsSubject, graphstore.AsObject, graphstore.AsSpeaker} {
			for c := range t.base.Uses(todo[0], as) {
				if t.Record(c.ID) == nil {
					continue
				}
				t.touch(c.ID, nil)
				gone = append(gone, c.ID)
				todo = append(todo, c.ID)
			}
		}
		t.forget(todo[0])
	}
	return gone, nil
}

// forget drops mentions of id from the claims that stay.
func (t *Tx) forget(id graphstore.ID) {
	for _, as := range []graphstore.Role{graphstore.AsReporter, graphstore.AsEvidence, graphstore.AsScope} {
		for c := range t.base.Uses(id, as) {
			now, ok := t.Record(c.ID).(*graphstore.Claim)
			if !ok || now == nil {
				continue
			}
			next := *now
			if next.ReportedBy == id {
				next.ReportedBy = ""
			}
			next.Evidence = without(next.Evidence, func(e graphstore.Evidence) bool { return e.Document == id })
			next.Scope.Product = without(next.Scope.Product, func(p graphstore.ID) bool { return p == id })
			t.touch(c.ID, &next)
		}
	}
}

// without returns a copy of list less what drop says.
func without[T any](list []T, drop func(T) bool) []T {
	var out []T
	for _, x := range list {
		if !drop(x) {
			out = append(out, x)
		}
	}
	return out
}

// SetHeader replaces the case's header.
func (t *Tx) SetHeader(h *graphstore.Header) { t.header = h }

func (t *Tx) touch(id graphstore.ID, r graphstore.Record) {
	if _, seen := t.after[id]; !seen {
		t.order = append(t.order, id)
	}
	t.after[id] = r
}

// diff returns what was collected, in the order it was first touched,
// without changes that change nothing.
func (t *Tx) diff() *graphstore.Diff {
	d := &graphstore.Diff{}
	if t.header != nil && !graphstore.SameHeader(t.header, t.base.Header()) {
		d.Header = &graphstore.Change[graphstore.Header]{Before: t.base.Header(), After: t.header}
	}
	for _, id := range t.order {
		before, after := t.base.Record(id), t.after[id]
		if before == nil && after == nil || graphstore.SameRecord(before, after) {
			continue
		}
		d.Add(before, after)
	}
	return d
}
