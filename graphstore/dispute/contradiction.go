package dispute

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"

	"caveat/graphstore"
)

// ContradictionKind tells a quarrel from a change of mind.
type ContradictionKind string

// The kinds of contradictions.
const (
	// Disagreement is between two speakers at the same time.
	Disagreement ContradictionKind = "disagreement"
	// ChangeOfMind is between two stances of one speaker, at the same time or one after the other.
	ChangeOfMind ContradictionKind = "change-of-mind"
)

// Grounds compares the bases of two claims.
type Grounds struct {
	Shared []graphstore.Basis `json:"shared"`
	First  []graphstore.Basis `json:"first"`  // only of the first claim
	Second []graphstore.Basis `json:"second"` // only of the second
}

// Contradiction is a pair of claims that cannot both be right about the same
// thing. Claims begins with the two, the earlier first; then come the claims
// that make them about the same thing.
type Contradiction struct {
	Answer
	Kind ContradictionKind `json:"kind"`
	// About is the narrower of the two things they are about; for a fact, its subject.
	About graphstore.ID `json:"about"`
	// Distance is how far the positions lie apart; nil where a fact is stated and denied or told in two ways.
	Distance *int `json:"distance,omitempty"`
	// Overlap is the time both hold; nil for a change of mind from one to the next.
	Overlap *graphstore.Period `json:"overlap,omitempty"`
	Bases   Grounds            `json:"bases"`
}

// pair is two claims in contradiction before it is written up.
type pair struct {
	a, b     *graphstore.Claim // by start, then id
	same     bool              // of speakers
	about    target            // what the narrower one is about
	distance int
	spanA    span
	spanB    span
	link     graphstore.ID // of a retold act
}

// mostPairs bounds how many contradictions are listed: more cannot be read, or held.
const mostPairs = 1_000_000

// ErrTooMany is returned by Contradictions when there are more than a million pairs.
var ErrTooMany = errors.New("more than a million contradictions; ask about one entity, or leave something out")

// Contradictions returns every pair of claims in contradiction.
//
// A position judges its object, narrowed by scope.product; two positions are about the
// same when their targets are equal or one is part of the other. They contradict when they lie two
// apart, or one is "no finding" and the other cautions or worse; their scopes
// must overlap (regions, where the EU holds its member states; version, process, customers; period),
// and, for two speakers, the time they hold. A claim that is superseded or
// retracted by its speaker holds until then. Beside positions, a fact that one states and another denies is a
// contradiction, and so are two claims of one predicate between the same two entities
// that a third claim sets against each other. The cost follows the number of pairs found, not of claims squared.
func Contradictions(ctx context.Context, c *Case) ([]*Contradiction, error) {
	var pairs []pair
	err := c.pairs(ctx, func(p pair) bool { pairs = append(pairs, p); return len(pairs) <= mostPairs })
	if err == nil && len(pairs) > mostPairs {
		err = ErrTooMany
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(boolOrder(x.same, y.same), cmp.Compare(x.about.entity, y.about.entity), cmp.Compare(y.distance, x.distance),
			cmp.Compare(x.a.ID, y.a.ID), cmp.Compare(x.b.ID, y.b.ID))
	})
	out := make([]*Contradiction, len(pairs))
	for i, p := range pairs {
		out[i] = c.contradiction(p)
	}
	return out, nil
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// pairs calls f for every pair once, in an order that depends on nothing but
// the case, until f returns false.
func (c *Case) pairs(ctx context.Context, f func(pair) bool) error {
	type couple struct{ a, b int32 }
	seen := map[couple]bool{}
	once := func(a, b *graphstore.Claim) bool {
		k := couple{c.number[a.ID], c.number[b.ID]}
		if k.a > k.b {
			k.a, k.b = k.b, k.a
		}
		if seen[k] {
			return false
		}
		seen[k] = true
		return true
	}
	x := c.stances()
	for i, s := range c.all {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		more := x.opponents(c.kin, s, true, false, func(t target, y *stance) bool {
			if !c.asksAbout(s, y) || !once(s.claim, y.claim) {
				return true
			}
			p := pair{a: s.claim, b: y.claim, same: s.speaker == y.speaker && s.speaker != "", about: t, spanA: s.span, spanB: y.span}
			p.distance, _ = clash(s.at, y.at)
			if t.fact() {
				p.distance = -1
			}
			return f(p.ordered())
		})
		if !more {
			return nil
		}
	}
	for _, a := range c.claims {
		c.kin.retold(a, func(b, link *graphstore.Claim) bool {
			if c.concerns(a) && once(a, b) {
				t := target{entity: a.Subject, predicate: a.Predicate, object: a.Object.ID}
				return f(pair{a: a, b: b, about: t, distance: -1, spanA: c.span(a), spanB: c.span(b), link: link.ID}.ordered())
			}
			return true
		})
	}
	return nil
}

// asksAbout reports whether both stances bear on the entity asked about, or one is its own.
func (c *Case) asksAbout(s, y *stance) bool {
	if c.family == nil {
		return true
	}
	for _, z := range []*stance{s, y} {
		if z.claim.Speaker == c.asked.Entity || z.claim.ID == c.asked.Entity {
			return true
		}
	}
	bears := func(z *stance) bool {
		return slices.ContainsFunc(z.about, func(t target) bool { return c.family[t.entity] || t.fact() && c.family[t.object] })
	}
	return bears(s) && bears(y)
}

func (p pair) ordered() pair {
	if p.spanB.from < p.spanA.from || p.spanB.from == p.spanA.from && p.b.ID < p.a.ID {
		p.a, p.b, p.spanA, p.spanB = p.b, p.a, p.spanB, p.spanA
	}
	return p
}

func (c *Case) contradiction(p pair) *Contradiction {
	r := &Contradiction{Answer: Answer{Question: "contradictions", Claims: []graphstore.ID{p.a.ID, p.b.ID}}, Kind: Disagreement, About: p.about.entity, Bases: compare(p.a.Basis, p.b.Basis)}
	if p.same {
		r.Kind = ChangeOfMind
	}
	if p.distance >= 0 {
		r.Distance = &p.distance
	}
	if p.spanA.overlaps(p.spanB) {
		both := p.spanA.meet(p.spanB)
		r.Overlap = &both
	}
	switch {
	case p.link != "":
		r.Claims = append(r.Claims, p.link)
	case !p.about.fact():
		r.Claims = append(r.Claims, c.joins(p)...)
	}
	for by := range c.g.Uses(p.a.ID, graphstore.AsObject) { // a change of mind may say so itself
		if p.same && by.Predicate == graphstore.Supersedes && by.Subject == p.b.ID && c.Counts(by) {
			r.Claims = append(r.Claims, by.ID)
		}
	}
	c.tellContradiction(r, p)
	return r
}

// joins returns the part-of claims that make two positions be about the same thing.
func (c *Case) joins(p pair) []graphstore.ID {
	for _, x := range c.kin.targetsOf(p.a) {
		for _, y := range c.kin.targetsOf(p.b) {
			switch {
			case x != p.about && y != p.about:
			case x == y:
				return nil
			default:
				if chain := c.kin.chain(x.entity, y.entity); chain != nil {
					return chain
				}
				if chain := c.kin.chain(y.entity, x.entity); chain != nil {
					return chain
				}
			}
		}
	}
	return nil
}

// compare splits two lists of grounds into what they share and what not.
func compare(a, b []graphstore.Basis) Grounds {
	g := Grounds{Shared: []graphstore.Basis{}, First: []graphstore.Basis{}, Second: []graphstore.Basis{}}
	for _, x := range a {
		if slices.Contains(b, x) {
			g.Shared = append(g.Shared, x)
		} else {
			g.First = append(g.First, x)
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			g.Second = append(g.Second, x)
		}
	}
	return g
}

func (c *Case) tellContradiction(r *Contradiction, p pair) {
	s, ok := c.speech()
	if !ok {
		return
	}
	about := s.name(p.about.entity)
	key := "ask.contradictions." + string(r.Kind)
	if p.distance < 0 {
		key = "ask.contradictions.denied"
		if p.link != "" {
			key = "ask.contradictions.retold"
		}
	}
	r.Why = s.Say(key, "about", about, "first", s.claim(p.a.ID), "second", s.claim(p.b.ID), "distance", strconv.Itoa(p.distance))
	if o := r.Overlap; o != nil && !o.From.Zero() {
		key := "ask.contradictions.since"
		if !o.To.Zero() {
			key = "ask.contradictions.while"
		}
		r.Why += " " + s.Say(key, "from", s.Date(o.From), "to", s.Date(o.To))
	}
	switch b := r.Bases; {
	case len(p.a.Basis) == 0 && len(p.b.Basis) == 0:
	case len(b.Shared) == 0:
		r.Why += " " + s.Say("ask.contradictions.grounds-differ", "first", s.bases(p.a.Basis), "second", s.bases(p.b.Basis))
	case len(b.First)+len(b.Second) == 0:
		r.Why += " " + s.Say("ask.contradictions.grounds-same", "shared", s.bases(b.Shared))
	default:
		r.Why += " " + s.Say("ask.contradictions.grounds-share", "shared", s.bases(b.Shared))
	}
	r.Change = s.Say("ask.contradictions.change")
	if p.same {
		r.Change = s.Say("ask.contradictions.change-mind")
	}
}
