package storetest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"caveat/graphstore"
)

// Model is a case as plain maps: the naive twin of graphstore.Graph. It
// knows no rules; Apply does what a diff says.
type Model struct {
	header  *graphstore.Header
	records map[graphstore.ID]graphstore.Record
}

// NewModel returns an empty case.
func NewModel() *Model {
	return &Model{header: &graphstore.Header{}, records: map[graphstore.ID]graphstore.Record{}}
}

// Clone returns a copy that shares the records.
func (m *Model) Clone() *Model {
	return &Model{header: m.header, records: maps.Clone(m.records)}
}

// Apply returns the case after d.
func (m *Model) Apply(d *graphstore.Diff) *Model {
	next := m.Clone()
	if d.Header != nil {
		next.header = d.Header.After
	}
	d.Records(func(before, _ graphstore.Record) {
		if before != nil {
			delete(next.records, before.RecordID())
		}
	})
	d.Records(func(_, after graphstore.Record) {
		if after != nil {
			next.records[after.RecordID()] = after
		}
	})
	return next
}

// ids returns the ids of the records of a type, sorted.
func (m *Model) ids(t graphstore.Type) []graphstore.ID {
	var ids []graphstore.ID
	for id, r := range m.records {
		if r.RecordType() == t {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Differs returns the first difference between the model and g, checked by
// record, by count and through every use of one record by another; nil if they are the same case.
func (m *Model) Differs(g *graphstore.Graph) error {
	want, err := m.header.MarshalJSON()
	if err != nil {
		return err
	}
	have, err := g.Header().MarshalJSON()
	if err != nil || !bytes.Equal(want, have) {
		return fmt.Errorf("header is %s, want %s (%v)", have, want, err)
	}
	c := g.Count()
	if n := c.Entities + c.Documents + c.Claims + c.Views + c.Foreign; n != len(m.records) {
		return fmt.Errorf("graph holds %d records, want %d", n, len(m.records))
	}
	for _, id := range slices.Sorted(maps.Keys(m.records)) {
		if err := same(m.records[id], g.Record(id)); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	n := 0
	last := ""
	for r := range g.Records() {
		key := fmt.Sprint(slices.Index(graphstore.Types(), r.RecordType())) + string(r.RecordID())
		if key <= last {
			return fmt.Errorf("records are not in canonical order at %s", r.RecordID())
		}
		last = key
		n++
	}
	if n != len(m.records) {
		return fmt.Errorf("there are %d records in Records, want %d", n, len(m.records))
	}
	return m.usesDiffer(g)
}

func same(want, have graphstore.Record) error {
	if have == nil {
		return fmt.Errorf("is missing")
	}
	a, errA := graphstore.EncodeRecord(want)
	b, errB := graphstore.EncodeRecord(have)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		return fmt.Errorf("is\n%s, want\n%s (%v, %v)", b, a, errA, errB)
	}
	return nil
}

// usesDiffer counts all uses by looking at every claim.
func (m *Model) usesDiffer(g *graphstore.Graph) error {
	type use struct {
		id graphstore.ID
		as graphstore.Role
	}
	want := map[use][]graphstore.ID{}
	for _, id := range m.ids(graphstore.TypeClaim) {
		m.records[id].(*graphstore.Claim).Refs(func(as graphstore.Role, of graphstore.ID) {
			if l := want[use{of, as}]; len(l) == 0 || l[len(l)-1] != id {
				want[use{of, as}] = append(l, id)
			}
		})
	}
	for id := range m.records {
		for as := graphstore.AsSubject; as <= graphstore.AsScope; as++ {
			var have []graphstore.ID
			for c := range g.Uses(id, as) {
				have = append(have, c.ID)
			}
			if w := want[use{id, as}]; !slices.Equal(w, have) || g.UseCount(id, as) != len(w) {
				return fmt.Errorf("uses of %s in role %d are %v, want %v", id, as, have, w)
			}
		}
	}
	return nil
}

// Altered returns the ids of records that g holds otherwise than the model,
// or that the model does not hold; missing ones are not among them.
func (m *Model) Altered(g *graphstore.Graph) []graphstore.ID {
	var ids []graphstore.ID
	for r := range g.Records() {
		want := m.records[r.RecordID()]
		if want == nil || same(want, r) != nil {
			ids = append(ids, r.RecordID())
		}
	}
	return ids
}

// ModelOf returns the model of what g holds.
func ModelOf(g *graphstore.Graph) *Model {
	m := NewModel()
	m.header = g.Header()
	for r := range g.Records() {
		m.records[r.RecordID()] = r
	}
	return m
}

// IDs returns the ids of all records, sorted.
func (m *Model) IDs() []graphstore.ID { return slices.Sorted(maps.Keys(m.records)) }

// Record returns the record of that id, or nil.
func (m *Model) Record(id graphstore.ID) graphstore.Record { return m.records[id] }
