package dispute

import (
	"cmp"
	"slices"

	"caveat/graphstore"
)

// The stances of claims that take no position: that a fact is so, or that it
// is not. They lie apart from all positions.
const (
	stated graphstore.Position = 100
	denied graphstore.Position = 101
)

// clash reports whether two stances on the same thing contradict each
// other, and by how much: positions two apart, or "no finding" against caution or worse.
func clash(a, b graphstore.Position) (distance int, ok bool) {
	if a >= stated || b >= stated {
		return 0, a >= stated && b >= stated && a != b
	}
	d := int(a) - int(b)
	if d < 0 {
		d = -d
	}
	return d, d >= 2 || d == 1 && max(a, b) == 0
}

// stance is one claim as something that can be contradicted.
type stance struct {
	claim   *graphstore.Claim
	speaker graphstore.ID // of those that are the same, the least; empty is unknown
	about   []target
	at      graphstore.Position
	span    span
	regions []string
}

// target is what a stance is about: an entity, or the fact "entity predicate object".
type target struct {
	entity    graphstore.ID
	predicate graphstore.Predicate
	object    graphstore.ID
}

// fact reports whether the target is a fact and not a thing.
func (t target) fact() bool { return t.predicate != "" }

// positional reports whether c takes a position on an entity.
func positional(g *graphstore.Graph, c *graphstore.Claim) bool {
	return c.Position != nil && c.Modality != denies && c.Object.ID != "" && g.Entity(c.Object.ID) != nil
}

// factual reports whether c states or denies a fact about two entities.
func factual(g *graphstore.Graph, c *graphstore.Claim) bool {
	return c.Position == nil && c.Object.ID != "" && g.Entity(c.Subject) != nil && g.Entity(c.Object.ID) != nil
}

// factOf returns the fact that a factual claim states or denies.
func (k *kin) factOf(c *graphstore.Claim) target {
	return target{k.one(c.Subject), c.Predicate, k.one(c.Object.ID)}
}

// targetsOf returns what a position is on: the products of its scope where
// it names some, else its object. A product that holds the object as its part is no narrowing.
func (k *kin) targetsOf(c *graphstore.Claim) []target {
	if len(c.Scope.Product) == 0 {
		return []target{{entity: c.Object.ID}}
	}
	out := make([]target, 0, len(c.Scope.Product))
	for _, p := range c.Scope.Product {
		if p != c.Object.ID && slices.Contains(k.ups(c.Object.ID), p) {
			p = c.Object.ID
		}
		out = append(out, target{entity: p})
	}
	slices.SortFunc(out, func(a, b target) int { return cmp.Compare(a.entity, b.entity) })
	return slices.Compact(out)
}

// stanceOf returns c as a stance; nil if it is none. Facts are stances only
// where somebody denies the same fact, which disputed reports.
func (k *kin) stanceOf(c *graphstore.Claim, disputed func(target) bool) *stance {
	s := &stance{claim: c}
	switch {
	case positional(k.g, c):
		s.at, s.about = *c.Position, k.targetsOf(c)
	case factual(k.g, c):
		t := k.factOf(c)
		if !disputed(t) {
			return nil
		}
		s.at, s.about = stated, []target{t}
		if c.Modality == denies {
			s.at = denied
		}
	default:
		return nil
	}
	s.speaker = k.one(c.Speaker)
	s.span = spanOf(k.g, c, k.counts)
	s.regions = regionsOf(c.Scope)
	return s
}

// everywhere is the region under which a bucket lists all its stances.
const everywhere = "*"

// bucketKey names a list of stances: those of one position on one target in
// one region (none is unbounded), or those of one speaker on one target.
type bucketKey struct {
	about   target
	speaker graphstore.ID
	region  string
	at      graphstore.Position
}

// keys calls f with every bucket that s is in.
func (s *stance) keys(f func(bucketKey)) {
	for _, t := range s.about {
		f(bucketKey{about: t, region: everywhere, at: s.at})
		if len(s.regions) == 0 {
			f(bucketKey{about: t, at: s.at})
		}
		for _, r := range s.regions {
			f(bucketKey{about: t, region: r, at: s.at})
		}
		if s.speaker != "" {
			f(bucketKey{about: t, speaker: s.speaker})
		}
	}
}

// bucket is an immutable list of stances by the day they begin. latest holds
// the last day of each block of them, so that a search passes over blocks that ended before.
type bucket struct {
	list   []*stance
	latest []int32
}

const block = 32

func newBucket(list []*stance) *bucket {
	slices.SortFunc(list, byStart)
	b := &bucket{list: list}
	for i := 0; i < len(list); i += block {
		last := always
		for _, s := range list[i:min(i+block, len(list))] {
			last = max(last, s.span.to)
		}
		b.latest = append(b.latest, last)
	}
	return b
}

func byStart(a, b *stance) int {
	return cmp.Or(cmp.Compare(a.span.from, b.span.from), cmp.Compare(a.claim.ID, b.claim.ID))
}

// during calls f for the stances that hold at some time of s, until f returns false.
func (b *bucket) during(s span, f func(*stance) bool) bool {
	for i, last := range b.latest {
		if b.list[i*block].span.from > s.to {
			return true
		}
		if last < s.from {
			continue
		}
		for _, y := range b.list[i*block : min((i+1)*block, len(b.list))] {
			if y.span.overlaps(s) && !f(y) {
				return false
			}
		}
	}
	return true
}

// stances is an index of stances by target, position, region and speaker. A
// search costs what it finds, and not what there is. It is immutable.
type stances struct {
	buckets   *shards[bucketKey, *bucket]
	positions []graphstore.Position // of the schema
}

// newStances indexes a list; it keeps no hold of it.
func newStances(g *graphstore.Graph, list []*stance) *stances {
	lists := map[bucketKey][]*stance{}
	for _, s := range list {
		s.keys(func(k bucketKey) { lists[k] = append(lists[k], s) })
	}
	edit := newShards[bucketKey, *bucket]().edit()
	for k, l := range lists {
		edit.set(k, newBucket(l))
	}
	x := &stances{buckets: edit.done(), positions: []graphstore.Position{stated, denied}}
	for _, p := range g.Schema().Positions {
		x.positions = append(x.positions, p.Value)
	}
	return x
}

// change returns the index without gone and with come.
func (x *stances) change(gone, come []*stance) *stances {
	if len(gone) == 0 && len(come) == 0 {
		return x
	}
	type delta struct{ gone, come []*stance }
	deltas := map[bucketKey]*delta{}
	at := func(k bucketKey) *delta {
		d := deltas[k]
		if d == nil {
			d = &delta{}
			deltas[k] = d
		}
		return d
	}
	for _, s := range gone {
		s.keys(func(k bucketKey) { d := at(k); d.gone = append(d.gone, s) })
	}
	for _, s := range come {
		s.keys(func(k bucketKey) { d := at(k); d.come = append(d.come, s) })
	}
	edit := x.buckets.edit()
	for k, d := range deltas {
		out := make(map[graphstore.ID]bool, len(d.gone))
		for _, s := range d.gone {
			out[s.claim.ID] = true
		}
		list := slices.Clone(d.come)
		if b, ok := edit.get(k); ok {
			list = slices.Grow(list, len(b.list))
			for _, s := range b.list {
				if !out[s.claim.ID] {
					list = append(list, s)
				}
			}
		}
		if len(list) == 0 {
			edit.delete(k)
		} else {
			edit.set(k, newBucket(list))
		}
	}
	return &stances{edit.done(), x.positions}
}

// against calls f for every stance on t itself that contradicts s, until f
// returns false; some may come more than once.
func (x *stances) against(s *stance, t target, f func(*stance) bool) bool {
	found := func(y *stance) bool {
		if y.claim.ID == s.claim.ID || y.speaker == s.speaker && s.speaker != "" || !x.meet(s, y) {
			return true
		}
		return f(y)
	}
	for _, at := range x.positions {
		if _, ok := clash(s.at, at); !ok {
			continue
		}
		if !x.inRegions(s, bucketKey{about: t, at: at}, found) {
			return false
		}
	}
	return x.changed(s, t, f)
}

// inRegions searches the buckets of those regions that may meet those of s.
func (x *stances) inRegions(s *stance, k bucketKey, f func(*stance) bool) bool {
	search := func(region string) bool {
		k.region = region
		b, ok := x.buckets.get(k)
		return !ok || b.during(s.span, f)
	}
	if len(s.regions) == 0 {
		return search(everywhere)
	}
	if !search("") {
		return false
	}
	for _, r := range s.regions {
		if !search(r) {
			return false
		}
		if r == union {
			for _, m := range memberCodes {
				if !search(m) {
					return false
				}
			}
		} else if _, ok := member(r); ok && !search(union) {
			return false
		}
	}
	return true
}

// changed calls f for the other stances of the same speaker on t that
// contradict s, whenever they were held.
func (x *stances) changed(s *stance, t target, f func(*stance) bool) bool {
	if s.speaker == "" {
		return true
	}
	b, ok := x.buckets.get(bucketKey{about: t, speaker: s.speaker})
	if !ok {
		return true
	}
	for _, y := range b.list {
		if _, ok := clash(s.at, y.at); ok && x.meet(s, y) && !f(y) {
			return false
		}
	}
	return true
}

// meet reports whether the scopes of two stances overlap, apart from what they are about.
func (x *stances) meet(s, y *stance) bool {
	when := span{from: max(s.span.from, y.span.from), to: min(s.span.to, y.span.to)}
	if when.to < when.from { // a change of mind: the states of the EU as of either
		when = span{from: min(s.span.from, y.span.from), to: max(s.span.to, y.span.to)}
	}
	return scopesMeet(&s.claim.Scope, &y.claim.Scope, s.regions, y.regions, when)
}

// opponents calls f for every stance that contradicts s on the same thing,
// on what that is part of (up), or on its parts (down), with the target of s that
// it is about, until f returns false. Some may come more than once.
func (x *stances) opponents(k *kin, s *stance, up, down bool, f func(t target, y *stance) bool) bool {
	for _, t := range s.about {
		on := func(y *stance) bool { return f(t, y) }
		if t.fact() {
			if !x.against(s, t, on) {
				return false
			}
			continue
		}
		if up {
			for _, e := range k.ups(t.entity) {
				if !x.against(s, target{entity: e}, on) {
					return false
				}
			}
		}
		if down {
			for _, e := range k.downs(t.entity) {
				if e != t.entity && !x.against(s, target{entity: e}, on) {
					return false
				}
			}
		}
	}
	return true
}

// retold calls f for the claims that tell the same act as c in another way:
// between the same two entities, with the same predicate, by another speaker, where a
// claim that counts sets one against the other. link is that claim.
func (k *kin) retold(c *graphstore.Claim, f func(other, link *graphstore.Claim) bool) bool {
	if !factual(k.g, c) {
		return true
	}
	check := func(link *graphstore.Claim, end graphstore.ID) bool {
		p := k.g.Schema().Predicate(link.Predicate)
		if p == nil || !p.Attack || k.counts != nil && !k.counts(link) {
			return true
		}
		other := k.g.Claim(end)
		if other == nil || other.ID == c.ID || k.counts != nil && !k.counts(other) || other.Predicate != c.Predicate || !factual(k.g, other) {
			return true
		}
		if a, b := k.one(c.Speaker), k.one(other.Speaker); a == b && a != "" {
			return true
		}
		x, y := k.factOf(c), k.factOf(other)
		if x != y && (x.entity != y.object || x.object != y.entity) {
			return true
		}
		return f(other, link)
	}
	for link := range k.g.Uses(c.ID, graphstore.AsSubject) {
		if !check(link, link.Object.ID) {
			return false
		}
	}
	for link := range k.g.Uses(c.ID, graphstore.AsObject) {
		if !check(link, link.Subject) {
			return false
		}
	}
	return true
}
