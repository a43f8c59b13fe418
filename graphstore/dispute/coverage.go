package dispute

import (
	"cmp"
	"context"
	"slices"

	"caveat/graphstore"
)

// Gap is something that nobody has said, or not with a source.
type Gap struct {
	Answer
	// Of is the entity or claim with the gap.
	Of graphstore.ID `json:"of"`
	// Slot says what is missing: law, owner, maker, operator, location, host, position,
	// payer of an entity; source, speaker, date, basis, scope of a claim.
	Slot string `json:"slot"`
}

// slot is something that entities of a kind should have: a claim that
// names them as subject or object with one of these predicates.
type slot struct {
	kind       graphstore.Kind
	name       string
	as         graphstore.Role
	predicates []graphstore.Predicate
}

// slots lists what should be known, by kind.
var slots = [...]slot{
	{"vendor", "law", graphstore.AsSubject, []graphstore.Predicate{subjectTo}},
	{"vendor", "owner", graphstore.AsObject, []graphstore.Predicate{owns, controls}},
	{"product", "maker", graphstore.AsObject, []graphstore.Predicate{makes}},
	{"service", "operator", graphstore.AsObject, []graphstore.Predicate{operates}},
	{"service", "host", graphstore.AsObject, []graphstore.Predicate{hosts}},
	{"datacenter", "operator", graphstore.AsObject, []graphstore.Predicate{operates}},
	{"datacenter", "location", graphstore.AsSubject, []graphstore.Predicate{locatedIn}},
	{"regulator", "law", graphstore.AsSubject, []graphstore.Predicate{subjectTo, partOf}},
	{"auditor", "payer", graphstore.AsObject, []graphstore.Predicate{pays}},
}

// Coverage returns what has not been said, or not with a source: for each
// kind of entity the facts that a case should have, and for each claim its source, speaker, date,
// ground (positions) and scope (attestations). Facts are filled by a claim that states them and
// cites evidence; part of a whole that has one fills a maker, an operator and a host too.
func Coverage(ctx context.Context, c *Case) ([]*Gap, error) {
	var out []*Gap
	add := func(of graphstore.ID, name string, claims ...graphstore.ID) {
		r := &Gap{Answer: Answer{Question: "coverage", Claims: append([]graphstore.ID{}, claims...)}, Of: of, Slot: name}
		if s, ok := c.speech(); ok {
			r.Why = s.Say("ask.coverage.slot-"+name, "of", s.name(of))
			r.Change = s.Say("ask.coverage.change")
		}
		out = append(out, r)
	}
	for e := range c.g.Entities() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if c.family != nil && !c.family[e.ID] || c.asked.Without[e.ID] {
			continue
		}
		for _, s := range slots {
			if s.kind == e.Kind {
				if unsourced, filled := c.filled(e.ID, s); !filled {
					add(e.ID, s.name, unsourced...)
				}
			}
		}
	}
	for _, x := range c.claims {
		if !c.concerns(x) {
			continue
		}
		if c.evidence(x) == 0 {
			add(x.ID, "source", x.ID)
		}
		if p := c.predicate(x); p.Group == graphstore.GroupStructure || c.g.Claim(x.Subject) != nil {
			continue // facts and links between claims are nobody's act
		}
		if x.Speaker == "" {
			add(x.ID, "speaker", x.ID)
		}
		if x.SaidAt.Zero() && x.ValidFrom.Zero() {
			add(x.ID, "date", x.ID)
		}
		if x.Position != nil && len(x.Basis) == 0 {
			add(x.ID, "basis", x.ID)
		}
		if x.Predicate == attests && x.Scope.IsZero() {
			add(x.ID, "scope", x.ID)
		}
	}
	slices.SortStableFunc(out, func(a, b *Gap) int { return cmp.Compare(a.Of, b.Of) })
	return out, nil
}

// filled reports whether a sourced claim fills a slot of an entity or, for
// what a whole has for its parts, of what it is part of; else it returns the unsourced claims that would.
func (c *Case) filled(id graphstore.ID, s slot) (unsourced []graphstore.ID, filled bool) {
	wholes := c.kin.walk(id, false, false)
	if s.as == graphstore.AsObject && s.name != "owner" && s.name != "payer" {
		wholes = c.kin.ups(id)
	}
	for _, e := range wholes {
		for x := range c.g.Uses(e, s.as) {
			if !slices.Contains(s.predicates, x.Predicate) || !c.holds(x) {
				continue
			}
			if c.evidence(x) > 0 {
				return nil, true
			}
			unsourced = append(unsourced, x.ID)
		}
	}
	return unsourced, false
}
