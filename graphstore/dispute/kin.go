package dispute

import (
	"cmp"
	"iter"
	"slices"

	"caveat/graphstore"
)

// Structural predicates that the analyses walk along.
const (
	partOf     graphstore.Predicate = "part-of"
	reliesOn   graphstore.Predicate = "relies-on"
	denies     graphstore.Modality  = "denies"
	attests    graphstore.Predicate = "attests"
	makes      graphstore.Predicate = "makes"
	operates   graphstore.Predicate = "operates"
	hosts      graphstore.Predicate = "hosts"
	owns       graphstore.Predicate = "owns"
	controls   graphstore.Predicate = "controls"
	pays       graphstore.Predicate = "pays"
	uses       graphstore.Predicate = "uses"
	dependsOn  graphstore.Predicate = "depends-on"
	supplies   graphstore.Predicate = "supplies"
	locatedIn  graphstore.Predicate = "located-in"
	subjectTo  graphstore.Predicate = "subject-to-law-of"
	audits     graphstore.Predicate = "audits"
	alleges    graphstore.Predicate = "alleges"
	certifies  graphstore.Predicate = "certifies-against"
	upholds    graphstore.Predicate = "upholds"
	overturns  graphstore.Predicate = "overturns"
	leaves     graphstore.Predicate = "leaves-standing"
	respondsTo graphstore.Predicate = "responds-to"
)

// ties lists, by entity, the claims that say what it is part of or the same
// as, sorted; denials are left out. It is persistent.
type ties = shards[graphstore.ID, []*graphstore.Claim]

// tying reports whether c says that its subject is part of or the same as its object.
func tying(c *graphstore.Claim) bool {
	return (c.Predicate == partOf || c.Predicate == graphstore.SameAs) && c.Modality != denies && c.Object.ID != ""
}

// newTies collects the ties of some claims.
func newTies(claims iter.Seq[*graphstore.Claim]) *ties {
	e := newShards[graphstore.ID, []*graphstore.Claim]().edit()
	for c := range claims {
		tie(e, c, true)
	}
	return e.done()
}

// tie adds or removes one claim.
func tie(e *shardsEdit[graphstore.ID, []*graphstore.Claim], c *graphstore.Claim, add bool) {
	if c == nil || !tying(c) {
		return
	}
	for _, id := range []graphstore.ID{c.Subject, c.Object.ID} {
		l, _ := e.get(id)
		i, found := slices.BinarySearchFunc(l, c, func(a, b *graphstore.Claim) int { return cmp.Compare(a.ID, b.ID) })
		switch {
		case add && found: // subject and object are one
			continue
		case add:
			e.set(id, slices.Insert(slices.Clone(l), i, c))
		case found && len(l) == 1:
			e.delete(id)
		case found:
			e.set(id, slices.Delete(slices.Clone(l), i, i+1))
		}
	}
}

// kin knows what is part of what and what is the same as what, by the claims
// that count. A kin remembers what it was asked and belongs to one goroutine.
type kin struct {
	g      *graphstore.Graph
	ties   *ties
	counts func(*graphstore.Claim) bool // nil: all do; the ties are those that count already
	up     map[graphstore.ID][]graphstore.ID
	down   map[graphstore.ID][]graphstore.ID
	same   map[graphstore.ID]graphstore.ID
}

func newKin(g *graphstore.Graph, t *ties, counts func(*graphstore.Claim) bool) *kin {
	return &kin{g: g, ties: t, counts: counts, up: map[graphstore.ID][]graphstore.ID{}, down: map[graphstore.ID][]graphstore.ID{}, same: map[graphstore.ID]graphstore.ID{}}
}

// step calls f for every entity one same-as (both ways) or part-of (up or
// down) away, and the claim that says so, in the order of claims.
func (k *kin) step(id graphstore.ID, up, down bool, f func(graphstore.ID, *graphstore.Claim)) {
	l, _ := k.ties.get(id)
	for _, c := range l {
		same := c.Predicate == graphstore.SameAs
		if c.Subject == id && (same || up) {
			f(c.Object.ID, c)
		}
		if c.Object.ID == id && (same || down) {
			f(c.Subject, c)
		}
	}
}

func (k *kin) walk(id graphstore.ID, up, down bool) []graphstore.ID {
	out := []graphstore.ID{id}
	var seen map[graphstore.ID]bool
	for i := 0; i < len(out); i++ {
		k.step(out[i], up, down, func(next graphstore.ID, _ *graphstore.Claim) {
			if seen == nil {
				seen = map[graphstore.ID]bool{id: true}
			}
			if !seen[next] {
				seen[next] = true
				out = append(out, next)
			}
		})
	}
	return out
}

// ups returns id and everything it is the same as or part of, nearest first.
func (k *kin) ups(id graphstore.ID) []graphstore.ID {
	l, ok := k.up[id]
	if !ok {
		l = k.walk(id, true, false)
		k.up[id] = l
	}
	return l
}

// downs returns id and everything that is the same or a part of it, nearest first.
func (k *kin) downs(id graphstore.ID) []graphstore.ID {
	l, ok := k.down[id]
	if !ok {
		l = k.walk(id, false, true)
		k.down[id] = l
	}
	return l
}

// one returns the least id of all that id is the same as.
func (k *kin) one(id graphstore.ID) graphstore.ID {
	if id == "" {
		return ""
	}
	l, ok := k.same[id]
	if !ok {
		class := k.walk(id, false, false)
		l = slices.Min(class)
		for _, m := range class {
			k.same[m] = l
		}
	}
	return l
}

// chain returns the claims that lead from part up to whole by the fewest
// steps, of several the one with the least ids; nil if they are the same record.
func (k *kin) chain(part, whole graphstore.ID) []graphstore.ID {
	if part == whole {
		return nil
	}
	type came struct {
		from  graphstore.ID
		claim graphstore.ID
	}
	from := map[graphstore.ID]came{part: {}}
	queue := []graphstore.ID{part}
	for i := 0; i < len(queue); i++ {
		at := queue[i]
		if at == whole {
			var out []graphstore.ID
			for at != part {
				out = append(out, from[at].claim)
				at = from[at].from
			}
			slices.Reverse(out)
			return out
		}
		k.step(at, true, false, func(next graphstore.ID, c *graphstore.Claim) {
			if _, seen := from[next]; !seen {
				from[next] = came{at, c.ID}
				queue = append(queue, next)
			}
		})
	}
	return nil
}
