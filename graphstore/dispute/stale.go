package dispute

import (
	"cmp"
	"context"
	"slices"

	"caveat/graphstore"
)

// Stale is a claim that still counts as current though its ground has aged.
type Stale struct {
	Answer
	Claim graphstore.ID `json:"claim"`
	// Due is the day by which somebody should have looked again.
	Due graphstore.Date `json:"due"`
	// Basis is the ground that ages first.
	Basis graphstore.Basis `json:"basis"`
}

// Staleness returns the current claims that are due for another look on the
// day asked: TrueAt, else KnownBy, else Today, else the latest date of any act in the
// case. A claim is due when the shortest half-life among its grounds has passed since it was said
// (its last possible day), or since its speaker last maintained it. Grounds without a half-life, such
// as court rulings, do not age; claims that have ended are not current; links between two claims are left out.
func Staleness(_ context.Context, c *Case) ([]*Stale, error) {
	now := c.today()
	var out []*Stale
	for _, x := range c.claims {
		basis, life := graphstore.Basis(""), 0
		for _, b := range x.Basis {
			if w := c.g.Schema().Basis(b); w != nil && w.HalfLife > 0 && (life == 0 || w.HalfLife < life) {
				basis, life = b, w.HalfLife
			}
		}
		if life == 0 || c.span(x).to < now || !c.concerns(x) || c.g.Claim(x.Subject) != nil {
			continue
		}
		since, by, ok := c.lastSaid(x)
		if !ok || since+int32(life) > now {
			continue
		}
		r := &Stale{Answer: Answer{Question: "stale", Claims: []graphstore.ID{x.ID}}, Claim: x.ID, Due: day(since + int32(life)), Basis: basis}
		if by != nil {
			r.Claims = append(r.Claims, by.ID)
		}
		if s, ok := c.speech(); ok {
			r.Why = s.Say("ask.stale.why", "claim", s.claim(x.ID), "basis", s.bases([]graphstore.Basis{basis}), "due", s.Date(r.Due), "said", s.Date(day(since)))
			r.Change = s.Say("ask.stale.change")
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *Stale) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Claim, b.Claim))
	})
	return out, nil
}

// lastSaid returns the day x was said last, and the claim that maintained it, if any.
func (c *Case) lastSaid(x *graphstore.Claim) (since int32, by *graphstore.Claim, ok bool) {
	said := c.saidAt(x)
	if said.Zero() {
		said = x.ValidFrom
	}
	_, since, ok = days(said)
	for m := range c.g.Uses(x.ID, graphstore.AsObject) {
		if m.Predicate != graphstore.Maintains || !c.holds(m) {
			continue
		}
		if _, last, dated := days(c.saidAt(m)); dated && (!ok || last > since) {
			since, by, ok = last, m, true
		}
	}
	return since, by, ok
}

// today returns the day on which staleness is measured.
func (c *Case) today() int32 {
	for _, d := range []graphstore.Date{c.asked.TrueAt, c.asked.KnownBy, c.asked.Today} {
		if _, last, ok := days(d); ok {
			return last
		}
	}
	latest := always
	for _, x := range c.claims {
		if _, last, ok := days(x.SaidAt); ok {
			latest = max(latest, last)
		}
	}
	return latest
}
