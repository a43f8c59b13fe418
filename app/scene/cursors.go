package scene

import (
	"time"

	"caveat/graphstore"
)

// cursors leave out what was not yet said and what did not hold, as a view has it and as the analyses of
// package dispute do. They belong to one goroutine.
type cursors struct {
	g           *graphstore.Graph
	first, last time.Time              // of the day that claims may hold on; zero: any
	known       time.Time              // the last day on which they were said; zero: any
	said        map[graphstore.ID]bool // claims that were said by then, as far as asked
	held        map[graphstore.ID]bool // and that held
}

// newCursors returns nil for a view without cursors.
func newCursors(v *graphstore.View, g *graphstore.Graph) *cursors {
	c := &cursors{g: g, said: map[graphstore.ID]bool{}, held: map[graphstore.ID]bool{}}
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

// shows reports whether a claim, and the claims that it is about, was said by then and may have held: unknown dates do.
func (c *cursors) shows(x *graphstore.Claim) bool {
	return c == nil || c.closed(x, c.held, func(x *graphstore.Claim) bool { return c.saidBy(x) && c.holds(x) })
}

// saidBy reports whether a claim, and the claims that it is about, was said by the day known. Where no date
// of saying is given, the earliest publication of its evidence stands for it.
func (c *cursors) saidBy(x *graphstore.Claim) bool {
	return c.known.IsZero() || c.closed(x, c.said, func(x *graphstore.Claim) bool {
		said := x.SaidAt
		if said.Zero() {
			for _, e := range x.Evidence {
				if doc := c.g.Document(e.Document); doc != nil && doc.PublishedAt.Compare(said) < 0 {
					said = doc.PublishedAt
				}
			}
		}
		_, last, ok := said.Span()
		return !ok || !last.After(c.known)
	})
}

// closed returns what keep says of a claim and of all that it is about, directly or not.
func (c *cursors) closed(x *graphstore.Claim, memo map[graphstore.ID]bool, keep func(*graphstore.Claim) bool) bool {
	if v, ok := memo[x.ID]; ok {
		return v
	}
	v := keep(x)
	for _, id := range [2]graphstore.ID{x.Subject, x.Object.ID} {
		if v {
			if about := c.g.Claim(id); about != nil {
				v = c.closed(about, memo, keep)
			}
		}
	}
	memo[x.ID] = v
	return v
}

// holds reports whether x may have held on the day of the cursor: an act from when it was said, all until its end or the
// day before a known claim supersedes or retracts it.
func (c *cursors) holds(x *graphstore.Claim) bool {
	if c.last.IsZero() {
		return true
	}
	start := x.ValidFrom
	if start.Zero() && !c.structural(x) {
		start = x.SaidAt
	}
	from, startLast, begins := start.Span()
	_, to, ends := x.ValidTo.Span()
	for by := range c.g.Uses(x.ID, graphstore.AsObject) {
		if by.Predicate != graphstore.Supersedes && by.Predicate != graphstore.Retracts || !c.saidBy(by) {
			continue
		}
		end, ok := c.takesOver(by)
		if !ok { // on an unknown day: all that is known is that x held when it began
			if !begins {
				continue
			}
			end = startLast
		}
		if !ends || end.Before(to) {
			to, ends = end, true
		}
	}
	if begins && ends && to.Before(from) { // ended before it began to hold
		to = from
	}
	return !(begins && from.After(c.last)) && !(ends && to.Before(c.first))
}

// takesOver returns the last day before a superseding or retracting claim counts.
func (c *cursors) takesOver(by *graphstore.Claim) (time.Time, bool) {
	date := by.ValidFrom
	if date.Zero() {
		date = by.SaidAt
	}
	if next := c.g.Claim(by.Subject); by.Predicate == graphstore.Supersedes && next != nil {
		switch {
		case !next.ValidFrom.Zero():
			date = next.ValidFrom
		case !next.SaidAt.Zero():
			date = next.SaidAt
		}
	}
	_, last, ok := date.Span()
	return last.AddDate(0, 0, -1), ok
}

func (c *cursors) structural(x *graphstore.Claim) bool {
	p := c.g.Schema().Predicate(x.Predicate)
	return p != nil && p.Group == graphstore.GroupStructure
}

// status returns where a claim that is shown stood: on the day of the cursor, what held was current; else as all that was said by
// the day known leaves it.
func (c *cursors) status(x *graphstore.Claim) graphstore.Status {
	if !c.last.IsZero() {
		return graphstore.StatusCurrent
	}
	s := graphstore.StatusCurrent
	if _, last, ok := x.ValidTo.Span(); ok && last.Before(c.known) {
		s = graphstore.StatusExpired
	}
	for by := range c.g.Uses(x.ID, graphstore.AsObject) {
		if !c.saidBy(by) {
			continue
		}
		switch by.Predicate {
		case graphstore.Retracts:
			return graphstore.StatusRetracted
		case graphstore.Supersedes:
			s = graphstore.StatusSuperseded
		}
	}
	return s
}

// AsOf returns which claims of g the time cursors of a view leave: those said by the one date, and
// such as may have held on the other. The function belongs to one goroutine; its cost is that of the claims asked about.
func AsOf(v *graphstore.View, g *graphstore.Graph) func(*graphstore.Claim) bool {
	return newCursors(v, g).shows
}
