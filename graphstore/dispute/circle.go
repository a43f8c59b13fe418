package dispute

import (
	"context"
	"math"
	"slices"

	"caveat/graphstore"
	"caveat/graphstore/algo"
)

// Circle is a loop of attestation or money: each relies on, attests, pays or
// owns the next, and the last the first.
type Circle struct {
	Answer
	// Entities are those in the loop, in its order, from the least id on.
	Entities []graphstore.ID `json:"entities"`
}

// Circular returns the loops over relies-on, attests, pays and owns. Whoever
// attests a thing attests those it belongs to: what it is part of, and who makes, operates or
// owns it. Of the circles of a strongly connected set, the shortest through
// each of its members is given, each once, shortest first. A claim that relies on a claim makes a
// loop of claims; its entities are their speakers.
func Circular(_ context.Context, c *Case) ([]*Circle, error) {
	type step struct{ from, to graphstore.ID }
	chains := map[step][]graphstore.ID{}
	var arcs []algo.Arc
	add := func(from, to graphstore.ID, chain ...graphstore.ID) {
		s := step{from, to}
		if old, ok := chains[s]; !ok {
			arcs = append(arcs, algo.Arc{From: from, To: to, Claim: chain[0]})
			chains[s] = chain
		} else if len(chain) < len(old) {
			chains[s] = chain
		}
	}
	for _, x := range c.claims {
		if x.Object.ID == "" || x.Modality == denies {
			continue
		}
		from, to := c.kin.one(x.Subject), c.kin.one(x.Object.ID)
		switch x.Predicate {
		case reliesOn:
			add(from, to, x.ID)
		case pays, owns:
			if from != to {
				add(from, to, x.ID)
			}
		case attests:
			add(from, to, x.ID)
			c.belongs(to, func(owner graphstore.ID, chain []graphstore.ID) {
				add(from, c.kin.one(owner), append([]graphstore.ID{x.ID}, chain...)...)
			})
		}
	}
	cycles, err := algo.ProjectArcs(arcs).Cycles(math.MaxInt)
	if err != nil {
		return nil, err
	}
	var out []*Circle
	for _, cycle := range cycles {
		r := &Circle{Answer: Answer{Question: "circular"}}
		for i, id := range cycle.Entities {
			chain := chains[step{id, cycle.Entities[(i+1)%len(cycle.Entities)]}]
			r.Claims = append(r.Claims, chain...)
			if x := c.g.Claim(id); x != nil {
				r.Claims = append(r.Claims, id)
				id = x.Speaker
			}
			if id != "" && !slices.Contains(r.Entities, id) {
				r.Entities = append(r.Entities, id)
			}
		}
		if c.family == nil || slices.ContainsFunc(r.Entities, func(id graphstore.ID) bool { return c.family[id] || id == c.asked.Entity }) {
			c.tellCircle(r)
			out = append(out, r)
		}
	}
	return out, nil
}

// belongs calls f for what a thing is part of and for who makes, operates or
// owns it or that, with the claims that say so.
func (c *Case) belongs(id graphstore.ID, f func(owner graphstore.ID, chain []graphstore.ID)) {
	for _, whole := range c.kin.ups(id) {
		chain := c.kin.chain(id, whole)
		if whole != id {
			f(whole, chain)
		}
		for x := range c.g.Uses(whole, graphstore.AsObject) {
			if (x.Predicate == makes || x.Predicate == operates || x.Predicate == owns) && c.holds(x) {
				f(x.Subject, append(slices.Clone(chain), x.ID))
			}
		}
	}
}

func (c *Case) tellCircle(r *Circle) {
	s, ok := c.speech()
	if !ok {
		return
	}
	steps := make([]string, len(r.Claims))
	for i, id := range r.Claims {
		steps[i] = s.claim(id)
	}
	r.Why = s.Say("ask.circular.why", "entities", s.names(r.Entities), "steps", s.list(steps))
	r.Change = s.Say("ask.circular.change")
}
