package dispute

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"caveat/graphstore"
)

// Source says on what one claim rests in the end.
type Source struct {
	Answer
	Claim graphstore.ID `json:"claim"`
	// Roots are where its ground ends: the claims it relies on that rely on no
	// other, or, where it relies on none, its own documents.
	Roots []graphstore.ID `json:"roots"`
	// Independent is how many ways from different publishers lead to it that share nothing on the way.
	Independent int `json:"independent"`
	// Single is the document, claim or publishing entity without which
	// nothing supports it; empty if there is none. For documents of one publisher that is no entity of the case, the least of them.
	Single graphstore.ID `json:"single,omitempty"`
	// FirstHand is how many of those ways lead from first-hand evidence: a
	// document in which the speaker itself says so, of a claim that nobody reports.
	FirstHand int `json:"first_hand"`
	// Deep says that it rests on more claims than are followed (256): roots
	// and Independent are then no more than what was found, at least.
	Deep bool `json:"deep,omitempty"`
}

// deepest is how many claims that a claim rests on are followed and listed.
const deepest = 256

// grounds is the evidence and relies-on graph: from a virtual root to
// publishers, their documents, the claims that cite them and the claims that rely on those.
type grounds struct {
	c          *Case
	next, pred [][]int32
	own        [][]int32       // pred with first-hand evidence only
	ids        []graphstore.ID // of documents and claims; empty for the root and publishers
	publishers []string        // by node - 1, in order
	first      int32           // node of the first document
	claim0     int32           // node of the first claim
	relied     [][]int32       // by claim number: claims it relies on
}

// newGrounds builds the graph of all claims that count.
func newGrounds(c *Case) *grounds {
	g := &grounds{c: c, relied: make([][]int32, len(c.claims))}
	publisher := map[string]int32{}
	document := map[graphstore.ID]int32{}
	var docs []*graphstore.Document
	for d := range c.g.Documents() {
		if c.asked.Without[d.ID] {
			continue
		}
		docs = append(docs, d)
		if p := fold(d.Publisher); p != "" && publisher[p] == 0 {
			g.publishers = append(g.publishers, p)
			publisher[p] = int32(len(g.publishers))
		}
	}
	g.first = int32(1 + len(g.publishers))
	g.claim0 = g.first + int32(len(docs))
	n := int(g.claim0) + len(c.claims)
	g.next, g.pred, g.own, g.ids = make([][]int32, n), make([][]int32, n), make([][]int32, n), make([]graphstore.ID, n)
	for i := range g.publishers {
		g.edge(0, int32(i+1), true)
	}
	for i, d := range docs {
		node := g.first + int32(i)
		document[d.ID], g.ids[node] = node, d.ID
		g.edge(publisher[fold(d.Publisher)], node, true) // 0, the root, without a publisher
	}
	for i, x := range c.claims {
		g.ids[g.claim0+int32(i)] = x.ID
		if on := c.claim(x.Object.ID); x.Predicate == reliesOn && on != nil && x.Modality != denies {
			g.relies(int32(i), c.number[on.ID])
			if by, ok := c.number[x.Subject]; ok {
				g.relies(by, c.number[on.ID])
			}
		}
	}
	for i, x := range c.claims {
		node := g.claim0 + int32(i)
		if l := g.relied[i]; len(l) > 0 {
			for _, on := range l {
				g.edge(g.claim0+on, node, true)
			}
			continue
		}
		known := g.documents(x)
		for _, d := range known {
			if n, ok := document[d]; ok {
				g.edge(n, node, firstHand(x, d))
			}
		}
		if len(known) == 0 { // to those who rely on it, its own origin
			g.edge(0, node, x.Speaker != "" && x.ReportedBy == "")
		}
	}
	return g
}

func (g *grounds) edge(from, to int32, firstHand bool) {
	g.next[from] = append(g.next[from], to)
	g.pred[to] = append(g.pred[to], from)
	if firstHand {
		g.own[to] = append(g.own[to], from)
	}
}

func (g *grounds) relies(by, on int32) {
	if !slices.Contains(g.relied[by], on) && by != on {
		g.relied[by] = append(g.relied[by], on)
	}
}

// documents returns the documents through which a claim is known, without repeats.
func (g *grounds) documents(x *graphstore.Claim) []graphstore.ID {
	var out []graphstore.ID
	for _, e := range x.Evidence {
		if !slices.Contains(out, e.Document) && !g.c.asked.Without[e.Document] {
			out = append(out, e.Document)
		}
	}
	if d := g.c.g.Document(x.ReportedBy); d != nil && !slices.Contains(out, d.ID) && !g.c.asked.Without[d.ID] {
		out = append(out, d.ID)
	}
	return out
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Sources returns on what every act and fact rests, the least supported
// first. Claims between claims that only link two others are left out.
//
// A claim that relies on other claims rests on them; any other rests on the
// documents it cites. Documents of one publisher are one origin; a claim without
// documents has no source itself, but is an origin to those who rely on it. Single points come from dominators
// of a virtual root above the publishers, the number of independent ways from vertex-disjoint paths.
func Sources(ctx context.Context, c *Case) ([]*Source, error) {
	g := newGrounds(c)
	idom := dominators(0, g.next, g.pred)
	var out []*Source
	for i, x := range c.claims {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p := c.predicate(x)
		if !c.concerns(x) || c.g.Claim(x.Subject) != nil && (p.Group == graphstore.GroupClaims || x.Predicate == reliesOn) {
			continue
		}
		out = append(out, g.source(int32(i), idom))
	}
	slices.SortFunc(out, func(a, b *Source) int {
		return cmp.Or(cmp.Compare(a.Independent, b.Independent), cmp.Compare(a.Claim, b.Claim))
	})
	var named map[string]graphstore.ID
	for _, s := range out {
		g.single(s, idom, &named)
		c.tellSource(s)
	}
	return out, nil
}

// source works out roots and independence of one claim.
func (g *grounds) source(n int32, idom []int32) *Source {
	x := g.c.claims[n]
	s := &Source{Answer: Answer{Question: "sources", Claims: []graphstore.ID{x.ID}}, Claim: x.ID, Roots: []graphstore.ID{}}
	node := g.claim0 + n
	if len(g.relied[n]) == 0 {
		s.Roots = append(s.Roots, g.documents(x)...)
		slices.Sort(s.Roots)
		if len(s.Roots) > 0 {
			s.Independent, s.FirstHand = g.origins(g.pred[node]), g.origins(g.own[node])
		}
		return s
	}
	seen := map[int32]bool{n: true}
	queue := []int32{n}
	for i := 0; i < len(queue); i++ {
		at := queue[i]
		if s.Deep = i > deepest; s.Deep {
			break
		}
		if i > 0 {
			s.Claims = append(s.Claims, g.c.claims[at].ID)
			if len(g.relied[at]) == 0 {
				s.Roots = append(s.Roots, g.c.claims[at].ID)
			}
		}
		for _, on := range g.relied[at] {
			if !seen[on] {
				seen[on] = true
				queue = append(queue, on)
			}
		}
	}
	slices.Sort(s.Roots)
	for by := range g.c.g.Uses(x.ID, graphstore.AsSubject) { // the links that say so
		if by.Predicate == reliesOn && g.c.holds(by) && g.c.claim(by.Object.ID) != nil {
			s.Claims = append(s.Claims, by.ID)
		}
	}
	switch {
	case idom[node] < 0:
	case s.Deep: // a dominator is a single source; without one there are two at least
		s.Independent = 1
		if idom[node] == 0 {
			s.Independent = 2
		}
	default:
		s.Independent, s.FirstHand = disjoint(0, node, g.pred), disjoint(0, node, g.own)
	}
	return s
}

// origins counts the publishers of some documents; one without a publisher is its own.
func (g *grounds) origins(documents []int32) int {
	seen := map[int32]bool{}
	for _, d := range documents {
		if p := g.pred[d][0]; p != 0 {
			d = p
		}
		seen[d] = true
	}
	return len(seen)
}

// firstHand reports whether the speaker of x itself says so in the document.
func firstHand(x *graphstore.Claim, document graphstore.ID) bool {
	return x.ReportedBy == "" && slices.ContainsFunc(x.Evidence, func(e graphstore.Evidence) bool {
		return e.Document == document && (e.Role == "asserts" || e.Role == "")
	})
}

// single finds what the claim of s hangs on: of all that lies on every way to
// it the document, else the claim farthest from it, else the publisher.
func (g *grounds) single(s *Source, idom []int32, named *map[string]graphstore.ID) {
	node := g.claim0 + g.c.number[s.Claim]
	if s.Independent == 0 {
		return
	}
	publisher := int32(0)
	for n := idom[node]; n > 0; n = idom[n] {
		switch {
		case n < g.first:
			publisher = n
		default: // going up, so the last one set lies farthest
			s.Single = g.ids[n]
		}
	}
	if s.Single != "" || publisher == 0 {
		return
	}
	if *named == nil {
		*named = g.entityNames()
	}
	if s.Single = (*named)[g.publishers[publisher-1]]; s.Single != "" {
		return
	}
	seen := map[int32]bool{node: true} // its least document that leads to the claim
	for queue := []int32{node}; len(queue) > 0; queue = queue[1:] {
		for _, n := range g.pred[queue[0]] {
			if n == publisher && (s.Single == "" || g.ids[queue[0]] < s.Single) {
				s.Single = g.ids[queue[0]]
			}
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
}

// entityNames maps the folded names of entities to them, where only one bears the name.
func (g *grounds) entityNames() map[string]graphstore.ID {
	m := map[string]graphstore.ID{}
	for e := range g.c.g.Entities() {
		for _, n := range e.Names {
			if id, taken := m[fold(n.Text)]; taken && id != e.ID {
				m[fold(n.Text)] = ""
			} else {
				m[fold(n.Text)] = e.ID
			}
		}
	}
	return m
}

func (c *Case) tellSource(r *Source) {
	s, ok := c.speech()
	if !ok {
		return
	}
	n := strconv.Itoa(r.Independent)
	switch {
	case r.Independent == 0:
		r.Why = s.Say("ask.sources.none", "claim", s.claim(r.Claim))
		r.Change = s.Say("ask.sources.change-none")
	case r.Single != "":
		r.Why = s.Say("ask.sources.single", "claim", s.claim(r.Claim), "single", s.name(r.Single), "roots", s.names(r.Roots))
		r.Change = s.Say("ask.sources.change-single")
	default:
		r.Why = s.Say("ask.sources.many", "claim", s.claim(r.Claim), "n", n, "roots", s.names(r.Roots))
		r.Change = s.Say("ask.sources.change-many")
	}
	if r.Independent > 0 && r.FirstHand == 0 && !r.Deep {
		r.Why += " " + s.Say("ask.sources.second-hand")
	}
}
