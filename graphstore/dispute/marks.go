package dispute

import (
	"maps"
	"slices"

	"caveat/graphstore"
)

// Marks says which claims of a graph are in a contradiction, for the window
// to draw at all times. It is immutable: any goroutine may read it, and an
// edit leads to the next one at a cost that follows what the edit touches.
// A Marks equals a fresh one of the same graph: the claims that
// Contradictions names for the case with nothing left out.
type Marks struct {
	g      *graphstore.Graph
	ties   *ties
	index  *stances
	denied *shards[target, int] // how many claims deny a fact
	marked *shards[graphstore.ID, bool]
	count  int
	moved  []graphstore.ID
}

// NewMarks works out the contradictions of a whole graph.
func NewMarks(g *graphstore.Graph) *Marks {
	m := &Marks{g: g, ties: newTies(g.Claims()), marked: newShards[graphstore.ID, bool]()}
	k := newKin(g, m.ties, nil)
	m.denied = countDenials(k)
	var list []*stance
	for c := range g.Claims() {
		if s := k.stanceOf(c, m.isDenied); s != nil {
			list = append(list, s)
		}
	}
	m.index = newStances(g, list)
	set := m.marked.edit()
	below := newBelow(m.index, k)
	for _, s := range list {
		if below.contradicted(s) {
			set.set(s.claim.ID, true)
		}
	}
	for c := range g.Claims() {
		if !betweenClaims(g, c) {
			continue
		}
		for _, end := range []graphstore.ID{c.Subject, c.Object.ID} {
			if m.hasRetold(k, g.Claim(end)) {
				set.set(end, true)
			}
		}
	}
	m.marked = set.done()
	for _, part := range m.marked.parts {
		m.count += len(part)
	}
	return m
}

// betweenClaims reports whether c sets one claim against another.
func betweenClaims(g *graphstore.Graph, c *graphstore.Claim) bool {
	p := g.Schema().Predicate(c.Predicate)
	return p != nil && p.Attack && g.Claim(c.Subject) != nil && g.Claim(c.Object.ID) != nil
}

func (m *Marks) isDenied(t target) bool {
	n, _ := m.denied.get(t)
	return n > 0
}

func (m *Marks) hasRetold(k *kin, c *graphstore.Claim) bool {
	return c != nil && !k.retold(c, func(_, _ *graphstore.Claim) bool { return false })
}

// below remembers which positions are taken on the parts of a thing, so that
// a claim on a large whole is not compared with each of them in vain.
type below struct {
	index *stances
	kin   *kin
	taken map[graphstore.ID][]graphstore.Position
}

func newBelow(x *stances, k *kin) *below {
	return &below{x, k, map[graphstore.ID][]graphstore.Position{}}
}

// on returns the positions taken on strict parts of id.
func (b *below) on(id graphstore.ID) []graphstore.Position {
	l, ok := b.taken[id]
	if ok {
		return l
	}
	for _, part := range b.kin.downs(id) {
		if part == id {
			continue
		}
		for _, p := range b.index.positions {
			if _, any := b.index.buckets.get(bucketKey{about: target{entity: part}, region: everywhere, at: p}); any && !slices.Contains(l, p) {
				l = append(l, p)
			}
		}
	}
	b.taken[id] = l
	return l
}

// contradicted reports whether anything contradicts s.
func (b *below) contradicted(s *stance) bool {
	found := func(target, *stance) bool { return false }
	if !b.index.opponents(b.kin, s, true, false, found) {
		return true
	}
	for _, t := range s.about {
		if !t.fact() && slices.ContainsFunc(b.on(t.entity), func(p graphstore.Position) bool { _, ok := clash(s.at, p); return ok }) {
			return !b.index.opponents(b.kin, s, false, true, found)
		}
	}
	return false
}

// Has reports whether the claim is in a contradiction.
func (m *Marks) Has(claim graphstore.ID) bool {
	_, ok := m.marked.get(claim)
	return ok
}

// Len returns how many claims are in a contradiction.
func (m *Marks) Len() int { return m.count }

// Of returns the claims that contradict claim, sorted.
func (m *Marks) Of(claim graphstore.ID) []graphstore.ID {
	c := m.g.Claim(claim)
	if c == nil || !m.Has(claim) {
		return nil
	}
	return slices.Sorted(maps.Keys(m.opponents(newKin(m.g, m.ties, nil), c)))
}

// Moved returns the claims whose mark came or went in the Update that made
// m, sorted; a scene needs to draw only those again.
func (m *Marks) Moved() []graphstore.ID { return m.moved }

// opponents returns every claim that contradicts c.
func (m *Marks) opponents(k *kin, c *graphstore.Claim) map[graphstore.ID]bool {
	out := map[graphstore.ID]bool{}
	if s := k.stanceOf(c, m.isDenied); s != nil {
		m.index.opponents(k, s, true, true, func(_ target, y *stance) bool { out[y.claim.ID] = true; return true })
	}
	k.retold(c, func(other, _ *graphstore.Claim) bool { out[other.ID] = true; return true })
	return out
}

// Update returns the marks of after, which is before with d applied; m must be the marks of before.
// A changed schema is worked out afresh.
func (m *Marks) Update(before, after *graphstore.Graph, d *graphstore.Diff) *Marks {
	if d.Header != nil {
		n := NewMarks(after)
		n.moved = m.differing(n, before, after)
		return n
	}
	n := &Marks{g: after, ties: m.retie(d)}
	old, now := newKin(before, m.ties, nil), newKin(after, n.ties, nil)
	dirty := dirtyClaims(old, now, d)
	n.denied = m.recount(old, now, dirty)
	// A fact that is denied from now on brings those that state it into the index, and out of it again.
	for id := range n.restated(old, now, d, m) {
		dirty[id] = true
	}
	var gone, come []*stance
	for _, id := range slices.Sorted(maps.Keys(dirty)) {
		if c := before.Claim(id); c != nil {
			if s := old.stanceOf(c, m.isDenied); s != nil {
				gone = append(gone, s)
			}
		}
		if c := after.Claim(id); c != nil {
			if s := now.stanceOf(c, n.isDenied); s != nil {
				come = append(come, s)
			}
		}
	}
	n.index = m.index.change(gone, come)
	n.mark(m, old, now, dirty)
	return n
}

// mark sets the marks of n where they may differ from those of m.
func (n *Marks) mark(m *Marks, old, now *kin, dirty map[graphstore.ID]bool) {
	set := m.marked.edit()
	n.count = m.count
	put := func(id graphstore.ID, v bool) {
		if _, was := set.get(id); was == v {
			return
		}
		n.moved = append(n.moved, id)
		if v {
			set.set(id, true)
			n.count++
		} else {
			set.delete(id)
			n.count--
		}
	}
	lost := map[graphstore.ID]bool{}
	found := map[graphstore.ID]bool{}
	for id := range dirty {
		if c := n.g.Claim(id); c != nil {
			for other := range n.opponents(now, c) {
				found[id], found[other] = true, true
			}
		}
		if c := m.g.Claim(id); c != nil {
			for other := range m.opponents(old, c) {
				lost[other] = true
			}
		}
		lost[id] = true
	}
	for id := range found {
		put(id, true)
	}
	below := newBelow(n.index, now)
	for id := range lost {
		if !found[id] {
			put(id, n.stillMarked(now, below, id))
		}
	}
	slices.Sort(n.moved)
	n.marked = set.done()
}

func (n *Marks) stillMarked(k *kin, b *below, id graphstore.ID) bool {
	c := n.g.Claim(id)
	if c == nil {
		return false
	}
	if s := k.stanceOf(c, n.isDenied); s != nil && b.contradicted(s) {
		return true
	}
	return n.hasRetold(k, c)
}

// retie returns the ties after d.
func (m *Marks) retie(d *graphstore.Diff) *ties {
	var e *shardsEdit[graphstore.ID, []*graphstore.Claim]
	for _, ch := range d.Claims {
		if (ch.Before == nil || !tying(ch.Before)) && (ch.After == nil || !tying(ch.After)) {
			continue
		}
		if e == nil {
			e = m.ties.edit()
		}
		tie(e, ch.Before, false)
		tie(e, ch.After, true)
	}
	if e == nil {
		return m.ties
	}
	return e.done()
}

// recount returns how often facts are denied after an edit that may change the dirty claims.
func (m *Marks) recount(old, now *kin, dirty map[graphstore.ID]bool) *shards[target, int] {
	var edit *shardsEdit[target, int]
	for id := range dirty {
		before, after := old.g.Claim(id), now.g.Claim(id)
		if (before == nil || before.Modality != denies) && (after == nil || after.Modality != denies) {
			continue
		}
		if edit == nil {
			edit = m.denied.edit()
		}
		countDenial(edit, old, before, -1)
		countDenial(edit, now, after, 1)
	}
	if edit == nil {
		return m.denied
	}
	return edit.done()
}

// countDenials returns how many claims deny each fact.
func countDenials(k *kin) *shards[target, int] {
	edit := newShards[target, int]().edit()
	for c := range k.g.Claims() {
		countDenial(edit, k, c, 1)
	}
	return edit.done()
}

func countDenial(edit *shardsEdit[target, int], k *kin, c *graphstore.Claim, by int) {
	if c == nil || c.Modality != denies || !factual(k.g, c) {
		return
	}
	t := k.factOf(c)
	n, _ := edit.get(t)
	if n+by == 0 {
		edit.delete(t)
	} else {
		edit.set(t, n+by)
	}
}

// restated returns the claims about facts that began or ceased to be denied.
func (n *Marks) restated(old, now *kin, d *graphstore.Diff, m *Marks) map[graphstore.ID]bool {
	out := map[graphstore.ID]bool{}
	collect := func(k *kin, c *graphstore.Claim) {
		if c == nil || c.Modality != denies || !factual(k.g, c) {
			return
		}
		t := k.factOf(c)
		if m.isDenied(t) == n.isDenied(t) {
			return
		}
		for _, subject := range k.walk(c.Subject, false, false) {
			for x := range k.g.Uses(subject, graphstore.AsSubject) {
				if x.Predicate == c.Predicate && factual(k.g, x) && k.factOf(x) == t {
					out[x.ID] = true
				}
			}
		}
	}
	for _, ch := range d.Claims {
		collect(old, ch.Before)
		collect(now, ch.After)
	}
	return out
}

// dirtyClaims returns the claims whose stance or opponents d may change: the
// changed ones, those they supersede, retract or set against each other, and, where what is part
// of what or the same as what changes, those about the parts and the wholes.
func dirtyClaims(old, now *kin, d *graphstore.Diff) map[graphstore.ID]bool {
	dirty := map[graphstore.ID]bool{}
	touch := func(k *kin, c *graphstore.Claim) {
		if c == nil {
			return
		}
		dirty[c.ID] = true
		switch p := k.g.Schema().Predicate(c.Predicate); {
		case c.Predicate == partOf && c.Modality != denies:
			k.across(c, dirty)
		case c.Predicate == graphstore.SameAs && c.Modality != denies && c.Object.ID != "":
			k.named(c.Subject, dirty)
		case c.Predicate == graphstore.Supersedes, c.Predicate == graphstore.Retracts, p != nil && p.Attack:
			dirty[c.Object.ID] = true
			dirty[c.Subject] = true
		}
		// The start of a claim is the end of those it supersedes.
		for by := range k.g.Uses(c.ID, graphstore.AsSubject) {
			if by.Predicate == graphstore.Supersedes {
				dirty[by.Object.ID] = true
			}
		}
	}
	for _, ch := range d.Claims {
		touch(old, ch.Before)
		touch(now, ch.After)
	}
	return dirty
}

// across adds the positions that a part-of claim may bring together or keep
// apart: of those on the wholes and those on the parts, whichever are fewer.
// Claims on the other side are found as their opponents.
func (k *kin) across(c *graphstore.Claim, dirty map[graphstore.ID]bool) {
	wholes, parts := k.ups(c.Object.ID), k.downs(c.Subject)
	count := func(ids []graphstore.ID) int {
		n := 0
		for _, id := range ids {
			n += k.g.UseCount(id, graphstore.AsObject) + k.g.UseCount(id, graphstore.AsScope)
		}
		return n
	}
	fewer := wholes
	if count(parts) < count(wholes) {
		fewer = parts
	}
	for _, id := range fewer {
		k.aboutEntity(id, dirty)
	}
	// A product of a scope that holds the object as its part narrows nothing, so what a
	// claim is about may change too: its object is then a part and its product a whole, so it is on both sides.
}

// aboutEntity adds the positions on id.
func (k *kin) aboutEntity(id graphstore.ID, dirty map[graphstore.ID]bool) {
	for _, as := range []graphstore.Role{graphstore.AsObject, graphstore.AsScope} {
		for x := range k.g.Uses(id, as) {
			if x.Position != nil {
				dirty[x.ID] = true
			}
		}
	}
}

// named adds everything about or by id, by whatever is the same, and about all that is a part or whole of it.
func (k *kin) named(id graphstore.ID, dirty map[graphstore.ID]bool) {
	for _, e := range append(slices.Clone(k.ups(id)), k.downs(id)...) {
		k.aboutEntity(e, dirty)
	}
	for _, e := range k.walk(id, false, false) {
		for _, as := range []graphstore.Role{graphstore.AsSubject, graphstore.AsObject, graphstore.AsSpeaker} {
			for x := range k.g.Uses(e, as) {
				dirty[x.ID] = true
			}
		}
	}
}

// differing lists the claims that only one of two marks has.
func (m *Marks) differing(n *Marks, before, after *graphstore.Graph) []graphstore.ID {
	var out []graphstore.ID
	for c := range before.Claims() {
		if m.Has(c.ID) != n.Has(c.ID) {
			out = append(out, c.ID)
		}
	}
	for c := range after.Claims() {
		if n.Has(c.ID) && before.Claim(c.ID) == nil {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return out
}
