package dispute

import (
	"slices"

	"caveat/graphstore"
	"caveat/graphstore/algo"
)

// Case is a graph with a mask of what counts, projected once and shared by
// all questions. It remembers what it worked out and belongs to one goroutine.
type Case struct {
	g      *graphstore.Graph
	asked  Asked
	claims []*graphstore.Claim     // that count, by id
	number map[graphstore.ID]int32 // of claims, in claims
	spans  []span                  // by number
	kin    *kin
	family map[graphstore.ID]bool // what the entity asked about stands for
	index  *stances
	all    []*stance // in index, by claim id
	net    *net      // shared by all that ask about the same case
}

// net holds what a case is projected to when a network measure first asks.
type net struct{ p *algo.Projection }

// Open leaves out what is asked to be left out and returns the rest as a case.
//
// Without takes away a claim by its own id, by its speaker, by its subject or object, by
// a source when it has no other, and by a claim it is about. KnownBy keeps what
// was said (said_at, its last possible day) by then; where no date of saying is
// given, the earliest publication of its evidence stands for it, and a claim with neither stays.
// TrueAt keeps what may have held on that date. A claim about a claim that is out is out.
func Open(g *graphstore.Graph, a Asked) *Case {
	c := &Case{g: g, asked: a, net: &net{}}
	keep := c.mask()
	c.take(keep)
	if first, last, ok := days(a.TrueAt); ok {
		on := span{from: first, to: last}
		c.take(c.closed(func(x *graphstore.Claim) bool {
			n, ok := c.number[x.ID]
			return ok && c.spans[n].overlaps(on)
		}))
	}
	c.kin = newKin(g, newTies(slices.Values(c.claims)), c.Counts)
	c.family = c.about(a.Entity)
	return c
}

// take keeps the claims that keep says.
func (c *Case) take(keep func(*graphstore.Claim) bool) {
	var list []*graphstore.Claim
	for x := range c.g.Claims() {
		if keep(x) {
			list = append(list, x)
		}
	}
	spans := make([]span, len(list))
	number := make(map[graphstore.ID]int32, len(list))
	for i, x := range list {
		number[x.ID] = int32(i)
	}
	old, oldSpans := c.number, c.spans
	for i, x := range list {
		if old != nil { // a second mask does not change how long claims held
			spans[i] = oldSpans[old[x.ID]]
		} else {
			spans[i] = spanOf(c.g, x, func(by *graphstore.Claim) bool { _, ok := number[by.ID]; return ok })
		}
	}
	c.claims, c.number, c.spans = list, number, spans
}

// mask returns what remains after Without and KnownBy.
func (c *Case) mask() func(*graphstore.Claim) bool {
	out := c.asked.Without
	_, known, bounded := days(c.asked.KnownBy)
	if len(out) == 0 && !bounded {
		return func(*graphstore.Claim) bool { return true }
	}
	return c.closed(func(x *graphstore.Claim) bool {
		if out[x.ID] || out[x.Speaker] || out[x.Subject] || out[x.Object.ID] {
			return false
		}
		if n := len(x.Scope.Product); n > 0 && !slices.ContainsFunc(x.Scope.Product, func(p graphstore.ID) bool { return !out[p] }) {
			return false
		}
		if left := c.evidence(x); left == 0 && (len(x.Evidence) > 0 || out[x.ReportedBy]) {
			return false
		}
		if !bounded {
			return true
		}
		_, said, ok := days(c.saidAt(x))
		return !ok || said <= known
	})
}

// evidence returns how many of a claim's sources are not left out.
func (c *Case) evidence(x *graphstore.Claim) int {
	n := 0
	for _, e := range x.Evidence {
		if !c.asked.Without[e.Document] {
			n++
		}
	}
	return n
}

// saidAt returns when x was said, or when the earliest of its sources was published.
func (c *Case) saidAt(x *graphstore.Claim) graphstore.Date {
	if !x.SaidAt.Zero() {
		return x.SaidAt
	}
	var d graphstore.Date
	for _, e := range x.Evidence {
		if doc := c.g.Document(e.Document); doc != nil && doc.PublishedAt.Compare(d) < 0 {
			d = doc.PublishedAt
		}
	}
	return d
}

// closed returns keep with every claim about a claim that is out left out too.
func (c *Case) closed(keep func(*graphstore.Claim) bool) func(*graphstore.Claim) bool {
	known := map[graphstore.ID]bool{}
	var in func(x *graphstore.Claim) bool
	in = func(x *graphstore.Claim) bool {
		if v, ok := known[x.ID]; ok {
			return v
		}
		v := keep(x)
		for _, id := range []graphstore.ID{x.Subject, x.Object.ID} {
			if v {
				if about := c.g.Claim(id); about != nil {
					v = in(about)
				}
			}
		}
		known[x.ID] = v
		return v
	}
	return in
}

// Graph returns the graph of the case.
func (c *Case) Graph() *graphstore.Graph { return c.g }

// Asked returns what the case was opened for.
func (c *Case) Asked() Asked { return c.asked }

// About returns the same case asked about another entity; it shares what c worked out.
func (c *Case) About(entity graphstore.ID) *Case {
	d := *c
	d.asked.Entity = entity
	d.family = c.about(entity)
	return &d
}

// Counts reports whether x is left after the mask.
func (c *Case) Counts(x *graphstore.Claim) bool {
	_, ok := c.number[x.ID]
	return ok
}

// Len returns how many claims count.
func (c *Case) Len() int { return len(c.claims) }

// claim returns the claim of that id if it counts, else nil.
func (c *Case) claim(id graphstore.ID) *graphstore.Claim {
	if n, ok := c.number[id]; ok {
		return c.claims[n]
	}
	return nil
}

// span returns when a claim that counts holds.
func (c *Case) span(x *graphstore.Claim) span { return c.spans[c.number[x.ID]] }

// holds reports whether x counts and does not deny what it says.
func (c *Case) holds(x *graphstore.Claim) bool { return x.Modality != denies && c.Counts(x) }

// predicate returns the schema's word, or an empty one.
func (c *Case) predicate(x *graphstore.Claim) graphstore.PredicateInfo {
	if p := c.g.Schema().Predicate(x.Predicate); p != nil {
		return *p
	}
	return graphstore.PredicateInfo{ID: x.Predicate}
}

// about returns what a question about an entity takes in: itself and its
// parts, what they make, operate or own and the parts of that, and all that these are part of; nil is everything.
func (c *Case) about(entity graphstore.ID) map[graphstore.ID]bool {
	if entity == "" {
		return nil
	}
	family := map[graphstore.ID]bool{}
	queue := slices.Clone(c.kin.downs(entity))
	for i := 0; i < len(queue); i++ {
		id := queue[i]
		if family[id] {
			continue
		}
		family[id] = true
		for x := range c.g.Uses(id, graphstore.AsSubject) {
			if (x.Predicate == makes || x.Predicate == operates || x.Predicate == owns) && x.Object.ID != "" && c.holds(x) {
				queue = append(queue, c.kin.downs(x.Object.ID)...)
			}
		}
	}
	for _, id := range queue {
		for _, up := range c.kin.ups(id) {
			family[up] = true
		}
	}
	return family
}

// concerns reports whether a claim has to do with the entity asked about: by
// its subject, object, speaker or product, or as a claim about such a claim.
func (c *Case) concerns(x *graphstore.Claim) bool {
	if c.family == nil {
		return true
	}
	for depth := 0; x != nil && depth < 64; depth++ {
		if x.ID == c.asked.Entity || x.Speaker == c.asked.Entity || c.family[x.Subject] || x.Object.ID != "" && c.family[x.Object.ID] {
			return true
		}
		if slices.ContainsFunc(x.Scope.Product, func(p graphstore.ID) bool { return c.family[p] }) {
			return true
		}
		next := c.g.Claim(x.Object.ID)
		if about := c.g.Claim(x.Subject); about != nil && c.concerns(about) {
			return true
		}
		x = next
	}
	return false
}

// stances returns the index of all that can be contradicted.
func (c *Case) stances() *stances {
	if c.index == nil {
		c.all = c.stanceList()
		c.index = newStances(c.g, c.all)
	}
	return c.index
}

func (c *Case) stanceList() []*stance {
	facts := map[target]bool{}
	for _, x := range c.claims {
		if x.Modality == denies && factual(c.g, x) {
			facts[c.kin.factOf(x)] = true
		}
	}
	var list []*stance
	for _, x := range c.claims {
		if len(facts) == 0 && !positional(c.g, x) {
			continue
		}
		if s := c.kin.stanceOf(x, func(t target) bool { return facts[t] }); s != nil {
			s.span = c.span(x)
			list = append(list, s)
		}
	}
	return list
}
