package editor

import (
	"context"

	"caveat/app/scene"
	"caveat/graphstore"
)

// Tally is how often each word of the schema, and each speaker, occurs in the case, in claims as of the view's time
// cursors. The owner goroutine reads it; the next step of the case changes it.
type Tally struct {
	Kinds      map[graphstore.Kind]int
	Predicates map[graphstore.Predicate]int
	Positions  map[graphstore.Position]int
	Speakers   map[graphstore.ID]int

	disputed, unsourced int // claims that others attack; without evidence
	of                  *graphstore.Graph
	trueAt, knownBy     graphstore.Date
}

// Tally returns the figures of the open case; empty without one. A large case is counted by a job: until then the figures are those of
// before, or none, and NoticeView tells when they have come.
func (e *Editor) Tally() *Tally {
	g := e.Graph()
	if g == nil {
		return &Tally{}
	}
	v, open := e.View(), e.open
	if t := open.tally; t.is(g, v) {
		return t
	}
	if n := g.Count(); n.Entities+n.Claims < jobFrom {
		open.tally = newTally(g, v)
		return open.tally
	}
	if due := (&Tally{of: g, trueAt: v.TrueAt, knownBy: v.KnownBy}); !open.counting.is(g, v) {
		open.counting = due
		e.start("figures", e.Words().Say("job.figures"), func(ctx context.Context, _ func(float64)) (func(), error) {
			t := newTally(g, v)
			return func() {
				open.tally = t
				e.changed(NoticeView)
			}, ctx.Err()
		})
	}
	if open.tally == nil {
		return &Tally{}
	}
	return open.tally
}

// Uncounted reports whether the figures are not those of now and nothing is about to change that: the user did not want to wait for them.
// The next step or turn of a time cursor, or Redraw, mends that.
func (e *Editor) Uncounted() bool {
	g := e.Graph()
	return g != nil && e.open.counting.is(g, e.View()) && !e.open.tally.is(g, e.View()) && !e.runs("figures")
}

// is reports whether the figures are those of a graph as of the time cursors of a view.
func (t *Tally) is(g *graphstore.Graph, v *graphstore.View) bool {
	return t != nil && t.of == g && t.trueAt == v.TrueAt && t.knownBy == v.KnownBy
}

// newTally counts a whole graph.
func newTally(g *graphstore.Graph, v *graphstore.View) *Tally {
	t := &Tally{Kinds: map[graphstore.Kind]int{}, Predicates: map[graphstore.Predicate]int{}, Positions: map[graphstore.Position]int{}, Speakers: map[graphstore.ID]int{},
		of: g, trueAt: v.TrueAt, knownBy: v.KnownBy}
	shows := scene.AsOf(v, g)
	for x := range g.Entities() {
		bump(t.Kinds, x.Kind, 1)
	}
	for c := range g.Claims() {
		if shows(c) {
			t.claim(c, 1)
			t.judge(g, c, shows, 1)
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
	touched := map[graphstore.ID]bool{} // claims that may have become disputed, or no longer be
	for _, x := range d.Claims {
		t.claim(x.Before, -1)
		t.claim(x.After, 1)
		for _, c := range [2]*graphstore.Claim{x.Before, x.After} {
			if c != nil {
				touched[c.ID], touched[c.Subject], touched[c.Object.ID] = true, true, true
			}
		}
	}
	every := func(*graphstore.Claim) bool { return true }
	for id := range touched {
		t.judge(before, before.Claim(id), every, -1)
		t.judge(after, after.Claim(id), every, 1)
	}
	t.of = after
}

// judge counts a claim, nil for none, if it is without evidence and if claims that shows leaves attack it.
func (t *Tally) judge(g *graphstore.Graph, c *graphstore.Claim, shows func(*graphstore.Claim) bool, by int) {
	if c == nil {
		return
	}
	if c.Unsourced() {
		t.unsourced += by
	}
	for attack := range g.Attacks(c.ID) {
		if shows(attack) {
			t.disputed += by
			break
		}
	}
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
