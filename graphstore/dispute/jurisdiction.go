package dispute

import (
	"cmp"
	"context"
	"slices"

	"caveat/graphstore"
)

// Reach is one jurisdiction whose law can reach an entity, by the shortest chain.
type Reach struct {
	Answer
	// Entity is what is reached.
	Entity       graphstore.ID `json:"entity"`
	Jurisdiction graphstore.ID `json:"jurisdiction"`
	// Path leads from the entity to the jurisdiction; Claims lists the claim of each step.
	Path []graphstore.ID `json:"path"`
	// Disputed are the claims of the path that others attack or deny.
	Disputed []graphstore.ID `json:"disputed"`
	// Weak are the claims of the path that are unsourced, merely alleged or graded
	// doubtful: reliability E or F, credibility 4 or worse.
	Weak []graphstore.ID `json:"weak"`
}

// leg is the part of the query a walk is in.
type leg int8

const (
	atStart   leg = iota // the entity itself: also what it makes, operates and owns
	inThing              // the thing: its parts, what it uses and depends on
	byAgent              // those who make, run, host, own or control it, and what it is part of
	inPlace              // where that is
	underLaw             // a jurisdiction; the walk ends
	legs      = 5
	lawKind   = graphstore.Kind("jurisdiction")
	allegedly = graphstore.Modality("alleges")
)

// Jurisdictions returns which law can reach the entity asked about, or, asked
// about nothing, everything that somebody takes a position on.
//
// It is a regular path query over the facts that are stated (a denial is none):
//
//	entity (makes | operates | owns)? (part⁻¹ | uses | depends-on)*
//	       (part-of | makes⁻¹ | operates⁻¹ | hosts⁻¹ | owns⁻¹ | controls⁻¹)*
//	       (located-in | part-of)* (subject-to-law-of | located-in a jurisdiction)
//
// with a shortest witness for each jurisdiction; of several the one with the fewest weak or
// disputed steps, then the least ids. A country field is no claim and reaches nothing.
func Jurisdictions(ctx context.Context, c *Case) ([]*Reach, error) {
	var out []*Reach
	for _, id := range c.subjects() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, c.reached(id)...)
	}
	for _, r := range out {
		c.tellReach(r)
	}
	return out, nil
}

// subjects returns the entity asked about, else every entity that a position is on, sorted.
func (c *Case) subjects() []graphstore.ID {
	if c.asked.Entity != "" {
		return []graphstore.ID{c.asked.Entity}
	}
	seen := map[graphstore.ID]bool{}
	var out []graphstore.ID
	for _, x := range c.claims {
		if !positional(c.g, x) {
			continue
		}
		for _, t := range c.kin.targetsOf(x) {
			if id := c.kin.one(t.entity); !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return out
}

// stop is a state of the walk: an entity in a leg.
type stop struct {
	at  graphstore.ID
	leg leg
}

// arrival is how a stop is reached best.
type arrival struct {
	from    stop
	claim   *graphstore.Claim
	steps   int
	dubious int
}

// reached walks from one entity, ring by ring.
func (c *Case) reached(id graphstore.ID) []*Reach {
	start := stop{id, atStart}
	best := map[stop]arrival{start: {}}
	ring := []stop{start}
	for len(ring) > 0 {
		var next []stop
		for _, s := range ring {
			have := best[s]
			c.legsFrom(s, func(to stop, x *graphstore.Claim) {
				a := arrival{s, x, have.steps + 1, have.dubious}
				if c.weak(x) || c.disputed(x) {
					a.dubious++
				}
				old, seen := best[to]
				switch {
				case !seen:
					next = append(next, to)
				case old.steps < a.steps || old.dubious <= a.dubious:
					return
				}
				best[to] = a
			})
		}
		ring = next
	}
	var out []*Reach
	for s := range best {
		if s.leg == underLaw {
			out = append(out, c.witness(id, s, best))
		}
	}
	slices.SortFunc(out, func(a, b *Reach) int {
		return cmp.Or(cmp.Compare(len(a.Path), len(b.Path)), cmp.Compare(a.Jurisdiction, b.Jurisdiction))
	})
	return out
}

// legsFrom calls f for every step the query allows from s, in the order of claims.
func (c *Case) legsFrom(s stop, f func(stop, *graphstore.Claim)) {
	if s.leg == underLaw {
		return
	}
	kind := func(id graphstore.ID) graphstore.Kind {
		if e := c.g.Entity(id); e != nil {
			return e.Kind
		}
		return ""
	}
	for _, at := range c.kin.walk(s.at, false, false) {
		for x := range c.g.Uses(at, graphstore.AsSubject) {
			if x.Object.ID == "" || !c.holds(x) {
				continue
			}
			to := x.Object.ID
			switch x.Predicate {
			case subjectTo:
				f(stop{to, underLaw}, x)
			case locatedIn:
				if kind(to) == lawKind {
					f(stop{to, underLaw}, x)
				} else {
					f(stop{to, inPlace}, x)
				}
			case partOf:
				f(stop{to, max(s.leg, byAgent)}, x)
			case uses, dependsOn:
				if s.leg <= inThing {
					f(stop{to, inThing}, x)
				}
			case makes, operates, owns:
				if s.leg == atStart {
					f(stop{to, inThing}, x)
				}
			}
		}
		if s.leg > byAgent {
			continue // all that stands in a place is too much to look through, and leads nowhere
		}
		for x := range c.g.Uses(at, graphstore.AsObject) {
			if !c.holds(x) {
				continue
			}
			switch x.Predicate {
			case partOf:
				if s.leg <= inThing {
					f(stop{x.Subject, inThing}, x)
				}
			case makes, operates, hosts, owns, controls:
				f(stop{x.Subject, byAgent}, x)
			}
		}
	}
}

func (c *Case) witness(id graphstore.ID, end stop, best map[stop]arrival) *Reach {
	r := &Reach{Answer: Answer{Question: "jurisdiction"}, Entity: id, Jurisdiction: end.at, Disputed: []graphstore.ID{}, Weak: []graphstore.ID{}}
	for s := end; ; {
		r.Path = append(r.Path, s.at)
		a := best[s]
		if a.claim == nil {
			break
		}
		r.Claims = append(r.Claims, a.claim.ID)
		s = a.from
	}
	slices.Reverse(r.Path)
	slices.Reverse(r.Claims)
	for _, id := range r.Claims {
		x := c.g.Claim(id)
		if c.disputed(x) {
			r.Disputed = append(r.Disputed, id)
		}
		if c.weak(x) {
			r.Weak = append(r.Weak, id)
		}
	}
	return r
}

// weak reports whether a claim is unsourced, merely alleged or graded doubtful.
func (c *Case) weak(x *graphstore.Claim) bool {
	return c.evidence(x) == 0 || x.Modality == allegedly || x.Reliability == "E" || x.Reliability == "F" || x.Credibility >= 4 || slices.Contains(x.Tags, "weak")
}

// disputed reports whether a claim that counts attacks x or denies what it states.
func (c *Case) disputed(x *graphstore.Claim) bool {
	for a := range c.g.Attacks(x.ID) {
		if c.Counts(a) {
			return true
		}
	}
	if !factual(c.g, x) {
		return false
	}
	t := c.kin.factOf(x)
	b, ok := c.stances().buckets.get(bucketKey{about: t, region: everywhere, at: denied})
	return ok && len(b.list) > 0
}

func (c *Case) tellReach(r *Reach) {
	s, ok := c.speech()
	if !ok {
		return
	}
	steps := make([]string, len(r.Claims))
	for i, id := range r.Claims {
		steps[i] = s.claim(id)
	}
	r.Why = s.Say("ask.jurisdiction.why", "entity", s.name(r.Entity), "law", s.name(r.Jurisdiction), "steps", s.list(steps))
	if len(r.Disputed) > 0 {
		r.Why += " " + s.Say("ask.jurisdiction.disputed", "links", s.names(r.Disputed))
	}
	if len(r.Weak) > 0 {
		r.Why += " " + s.Say("ask.jurisdiction.weak", "links", s.names(r.Weak))
	}
	r.Change = s.Say("ask.jurisdiction.change")
}
