package editor

import (
	"caveat/app/scene"
	"caveat/graphstore"
)

// Tally is how often each word of the schema, and each speaker, occurs in the case, in claims as of the view's time
// cursors. The owner goroutine
// reads it; the next step of the case changes it.
type Tally struct {
	Kinds      map[graphstore.Kind]int
	Predicates map[graphstore.Predicate]int
	Positions  map[graphstore.Position]int
	Speakers   map[graphstore.ID]int

	of              *graphstore.Graph
	trueAt, knownBy graphstore.Date
}

// Tally returns the figures of the open case; empty without one.
func (e *Editor) Tally() *Tally {
	g := e.Graph()
	if g == nil {
		return &Tally{}
	}
	if t, v := e.open.tally, e.View(); t == nil || t.of != g || t.trueAt != v.TrueAt || t.knownBy != v.KnownBy {
		e.open.tally = newTally(g, v)
	}
	return e.open.tally
}

// newTally counts a whole graph.
func newTally(g *graphstore.Graph, v *graphstore.View) *Tally {
	t := &Tally{map[graphstore.Kind]int{}, map[graphstore.Predicate]int{}, map[graphstore.Position]int{}, map[graphstore.ID]int{}, g, v.TrueAt, v.KnownBy}
	shows := scene.AsOf(v, g)
	for x := range g.Entities() {
		bump(t.Kinds, x.Kind, 1)
	}
	for c := range g.Claims() {
		if shows(c) {
			t.claim(c, 1)
		}
	}
	return t
}

// follow brings the figures from one graph to the next.
func (t *Tally) follow(before, after *graphstore.Graph, d *graphstore.Diff) {
	if t == nil || t.of != before || d == nil || !t.trueAt.Zero() || !t.knownBy.Zero() {
		return // counted anew when asked for
	}
	for _, x := range d.Entities {
		if x.Before != nil {
			bump(t.Kinds, x.Before.Kind, -1)
		}
		if x.After != nil {
			bump(t.Kinds, x.After.Kind, 1)
		}
	}
	for _, x := range d.Claims {
		t.claim(x.Before, -1)
		t.claim(x.After, 1)
	}
	t.of = after
}

func (t *Tally) claim(c *graphstore.Claim, by int) {
	if c == nil {
		return
	}
	bump(t.Predicates, c.Predicate, by)
	if c.Position != nil {
		bump(t.Positions, *c.Position, by)
	}
	if c.Speaker != "" {
		bump(t.Speakers, c.Speaker, by)
	}
}

// bump adds to a figure; what does not occur is not in the map.
func bump[K comparable](m map[K]int, k K, by int) {
	if m[k] += by; m[k] == 0 {
		delete(m, k)
	}
}
