package transfer

import (
	"fmt"

	"caveat/graphstore"
)

// sound returns the step for the records that can stand, and marks the
// others as dropped. Each record is tried by itself, after those it names, so the cost stays
// in proportion to the import however many records are bad.
func (m *merger) sound(header *graphstore.Change[graphstore.Header]) (*graphstore.Diff, error) {
	g := m.g
	if header != nil {
		var err error
		if g, err = g.Apply(&graphstore.Diff{Header: header}); err != nil {
			m.report.Note(Remark{What: Dropped, Why: "the header of the file: " + err.Error()})
			header, g = nil, m.g
		}
	}
	try := func(c *change) {
		next, err := g.Apply(m.diff(nil, []*change{c}))
		if err != nil {
			c.dropped = err
			return
		}
		g = next
	}
	for _, c := range m.todo {
		if c.after.RecordType() != graphstore.TypeClaim {
			try(c)
		}
	}
	state := map[graphstore.ID]bool{} // false: being tried; true: done
	var visit func(c *change)
	visit = func(c *change) {
		claim := c.after.(*graphstore.Claim)
		if _, met := state[claim.ID]; met {
			return
		}
		state[claim.ID] = false
		claim.Refs(func(_ graphstore.Role, id graphstore.ID) {
			if i, ok := m.at[id]; ok && m.todo[i].after.RecordType() == graphstore.TypeClaim {
				visit(m.todo[i])
			}
		})
		try(c)
		state[claim.ID] = true
	}
	for _, c := range m.todo {
		if c.after.RecordType() == graphstore.TypeClaim {
			visit(c)
		}
	}
	d := m.diff(header, m.todo)
	if _, err := m.g.Apply(d); err != nil {
		return nil, fmt.Errorf("importing the sound records: %w", m.name(err))
	}
	return d, nil
}
