package dispute

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"caveat/graphstore"
)

// Exposed is one entity that falls when another does.
type Exposed struct {
	Answer
	// Of is what falls first.
	Of     graphstore.ID `json:"of"`
	Entity graphstore.ID `json:"entity"`
	// Distance is the ring it stands on: 1 falls directly.
	Distance int `json:"distance"`
	// From is the latest start of the claims on the way, To their earliest end: when all
	// of them hold, as far as they say.
	From graphstore.Date `json:"from,omitzero"`
	To   graphstore.Date `json:"to,omitzero"`
}

// anyOf starts a tag that makes the needs of one entity that share it substitutes for each other.
const anyOf = "any-of:"

// need is what an entity needs: at least one of several claims' far ends.
type need struct {
	entity graphstore.ID
	links  []*graphstore.Claim
}

// needs holds, for a whole case, who needs what.
type needs struct {
	groups []need
	of     map[graphstore.ID][]int // groups that name an entity as an end, once for each claim
	links  map[graphstore.ID][]*graphstore.Claim
}

// Exposures returns what breaks if the entity asked about falls, ring by
// ring; asked about nothing, for everything that somebody takes a position on.
//
// Who uses or depends on a thing, what it is part of, what is supplied, hosted, made or operated by it
// needs it. With the entity fall its own parts. An entity falls when one of its needs is met by nobody any more. Each claim is
// a need by itself (all are needed, AND) but claims that are substitutes, of which one is enough (OR):
// those with the same predicate for the same entity and the same scope.process, and those that share a tag "any-of:NAME".
// The rings are those of Knuth's generalisation of breadth-first search (1977): a
// need falls with its last substitute. Denied claims are no needs.
func Exposures(ctx context.Context, c *Case) ([]*Exposed, error) {
	n := c.needs()
	var out []*Exposed
	for _, id := range c.subjects() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, c.falls(n, id)...)
	}
	for _, r := range out {
		c.tellExposed(r)
	}
	return out, nil
}

// needs collects who needs what.
func (c *Case) needs() *needs {
	type key struct {
		entity    graphstore.ID
		predicate graphstore.Predicate
		word      string
	}
	n := &needs{of: map[graphstore.ID][]int{}, links: map[graphstore.ID][]*graphstore.Claim{}}
	groups := map[key]int{}
	for _, x := range c.claims {
		if x.Object.ID == "" || x.Modality == denies {
			continue
		}
		who, what := c.kin.one(x.Subject), c.kin.one(x.Object.ID)
		switch x.Predicate {
		case uses, dependsOn:
		case supplies, hosts, makes, operates, partOf:
			who, what = what, who
		default:
			continue
		}
		if who == what {
			continue
		}
		k := key{entity: who, predicate: x.Predicate}
		if k.word = fold(x.Scope.Process); k.word == "" || x.Predicate == partOf {
			k.word = "\x00" + string(x.ID) // a need by itself
		}
		for _, tag := range x.Tags {
			if strings.HasPrefix(tag, anyOf) {
				k.predicate, k.word = "", tag
			}
		}
		i, ok := groups[k]
		if !ok {
			i = len(n.groups)
			groups[k] = i
			n.groups = append(n.groups, need{entity: who})
		}
		n.groups[i].links = append(n.groups[i].links, x)
		n.of[what] = append(n.of[what], i)
	}
	return n
}

// end returns the far end of a need's claim.
func (c *Case) needed(x *graphstore.Claim) graphstore.ID {
	if x.Predicate == uses || x.Predicate == dependsOn {
		return c.kin.one(x.Object.ID)
	}
	return c.kin.one(x.Subject)
}

// falls lets one entity fall and lists what falls with it.
func (c *Case) falls(n *needs, id graphstore.ID) []*Exposed {
	type fall struct {
		distance int
		claims   []graphstore.ID // of the need that fell
		by       []graphstore.ID // what they led to
	}
	first := c.kin.one(id)
	fell := map[graphstore.ID]fall{first: {}}
	queue := []graphstore.ID{first}
	// Parts fall with the whole.
	for _, part := range c.kin.downs(id) {
		p := c.kin.one(part)
		if _, seen := fell[p]; seen {
			continue
		}
		chain := c.kin.chain(part, id)
		steps := 0
		for _, x := range chain {
			if c.g.Claim(x).Predicate == partOf { // being the same is no step
				steps++
			}
		}
		fell[p] = fall{steps, chain, []graphstore.ID{first}}
		queue = insertByDistance(queue, 1, p, func(e graphstore.ID) int { return fell[e].distance })
	}
	left := map[int]map[graphstore.ID]bool{} // ends of a need that fell
	for i := 0; i < len(queue); i++ {
		for _, gi := range n.of[queue[i]] {
			g := &n.groups[gi]
			if _, seen := fell[g.entity]; seen {
				continue
			}
			if left[gi] == nil {
				left[gi] = map[graphstore.ID]bool{}
			}
			left[gi][queue[i]] = true
			f := fall{distance: fell[queue[i]].distance + 1}
			met := false
			for _, x := range g.links {
				end := c.needed(x)
				if !left[gi][end] {
					met = true
					break
				}
				f.claims = append(f.claims, x.ID)
				if !slices.Contains(f.by, end) {
					f.by = append(f.by, end)
				}
			}
			if !met {
				fell[g.entity] = f
				queue = insertByDistance(queue, i+1, g.entity, func(e graphstore.ID) int { return fell[e].distance })
			}
		}
	}
	var out []*Exposed
	for _, e := range queue[1:] {
		f := fell[e]
		r := &Exposed{Answer: Answer{Question: "exposure"}, Of: id, Entity: e, Distance: f.distance}
		seen := map[graphstore.ID]bool{e: true}
		for back := []graphstore.ID{e}; len(back) > 0; back = back[1:] {
			r.Claims = append(r.Claims, fell[back[0]].claims...)
			for _, b := range fell[back[0]].by {
				if !seen[b] {
					seen[b] = true
					back = append(back, b)
				}
			}
		}
		all := span{from: always, to: forever}
		for _, x := range r.Claims {
			s := c.span(c.g.Claim(x))
			if s.from > all.from {
				all.from, r.From = s.from, s.start
			}
			if s.to < all.to {
				all.to, r.To = s.to, s.end
			}
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *Exposed) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Entity, b.Entity))
	})
	return out
}

// insertByDistance puts e into the part of queue from on that is sorted by
// distance, behind its equals. Parts make the queue begin with several distances.
func insertByDistance(queue []graphstore.ID, from int, e graphstore.ID, distance func(graphstore.ID) int) []graphstore.ID {
	i := len(queue)
	for i > from && distance(queue[i-1]) > distance(e) {
		i--
	}
	return slices.Insert(queue, i, e)
}

func (c *Case) tellExposed(r *Exposed) {
	s, ok := c.speech()
	if !ok {
		return
	}
	steps := make([]string, len(r.Claims))
	for i, id := range r.Claims {
		steps[i] = s.claim(id)
	}
	r.Why = s.Say("ask.exposure.why", "entity", s.name(r.Entity), "of", s.name(r.Of), "distance", strconv.Itoa(r.Distance), "steps", s.list(steps))
	if !r.From.Zero() {
		r.Why += " " + s.Say("ask.exposure.from", "date", s.Date(r.From))
	}
	r.Change = s.Say("ask.exposure.change")
}
