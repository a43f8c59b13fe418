package scene

import (
	"time"

	"caveat/graphstore"
)

// cursors leave out what was not yet said and what did not hold, as a view has it.
type cursors struct {
	g           *graphstore.Graph
	first, last time.Time // of the day that claims may hold on; zero: any
	known       time.Time // the last day on which they were said; zero: any
}

// newCursors returns nil for a view without cursors.
func newCursors(v *graphstore.View, g *graphstore.Graph) *cursors {
	c := &cursors{g: g}
	some := false
	if first, last, ok := v.TrueAt.Span(); ok {
		c.first, c.last, some = first, last, true
	}
	if _, last, ok := v.KnownBy.Span(); ok {
		c.known, some = last, true
	}
	if !some {
		return nil
	}
	return c
}

// shows reports whether a claim was said by then and may have held: unknown dates do. Where no
// date of saying is given, the earliest publication of its evidence stands for it.
func (c *cursors) shows(x *graphstore.Claim) bool {
	if c == nil {
		return true
	}
	if !c.known.IsZero() {
		said := x.SaidAt
		if said.Zero() {
			for _, e := range x.Evidence {
				if doc := c.g.Document(e.Document); doc != nil && doc.PublishedAt.Compare(said) < 0 {
					said = doc.PublishedAt
				}
			}
		}
		if _, last, ok := said.Span(); ok && last.After(c.known) {
			return false
		}
	}
	if c.last.IsZero() {
		return true
	}
	if from, _, ok := x.ValidFrom.Span(); ok && from.After(c.last) {
		return false
	}
	_, to, ok := x.ValidTo.Span()
	return !ok || !to.Before(c.first)
}
