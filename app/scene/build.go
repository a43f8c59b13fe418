package scene

import (
	"cmp"
	"math"
	"slices"
	"time"

	"caveat/app/geom"
	"caveat/graphstore"
)

// Sizes of nodes in drawing units.
const (
	minRadius = 12
	maxRadius = 24
)

// radiusFor grows with the logarithm of the number of claims: 12 without any, 24 from 31 on.
func radiusFor(claims int32) float32 {
	return minRadius + (maxRadius-minRadius)*min(1, float32(math.Log2(1+float64(claims)))/5)
}

// radius returns the size of a node: by the measure on show, else by the number of claims.
func (b *builder) radius(n *node) float32 {
	if b.o.Size == nil {
		return radiusFor(n.weight)
	}
	return minRadius + (maxRadius-minRadius)*min(max(b.o.Size(n.id), 0), 1)
}

// cluster returns the number of a node's cluster where that has a colour, else 0.
func (b *builder) cluster(id graphstore.ID) uint8 {
	if b.o.Cluster == nil {
		return 0
	}
	if c := b.o.Cluster(id); c > 0 && c <= MaxClusters {
		return uint8(c)
	}
	return 0
}

// FromGraph returns the scene of what g holds and o shows. Nodes stand where the view has them,
// the others on a spiral around. Cost is O(records · log records).
func FromGraph(g *graphstore.Graph, o Options) *Scene {
	b := newBuilder(g, o)
	b.whole()
	m := b.finish()
	return newScene(m, places(m, o.View), o.View)
}

// builder turns a graph into a model.
type builder struct {
	g      *graphstore.Graph
	o      Options
	filter filter
	m      *model

	all    []*graphstore.Claim // every claim, also those not shown
	verbOf map[string]uint16
	words  map[graphstore.Predicate]uint16 // verbs of predicates
	stance map[graphstore.Position]uint16  // and of positions
	verbs  []string
	denial string  // the word for claims that deny their content
	next   []int32 // of the rows of one pair
}

func newBuilder(g *graphstore.Graph, o Options) *builder {
	b := &builder{g: g, o: o, filter: newFilter(o.View, g),
		m:      &model{schema: g.Schema(), shown: o.shown(), scratches: newScratches()},
		verbOf: map[string]uint16{}, words: map[graphstore.Predicate]uint16{}, stance: map[graphstore.Position]uint16{}}
	b.verb("")
	for i := range b.m.schema.Predicates {
		p := &b.m.schema.Predicates[i]
		b.words[p.ID] = b.verb(p.Label.In(o.Lang))
	}
	for i := range b.m.schema.Positions {
		p := &b.m.schema.Positions[i]
		b.stance[p.Value] = b.verb(p.Label.In(o.Lang))
	}
	for _, m := range b.m.schema.Modalities {
		if m.ID == "denies" {
			b.denial = m.Label.In(o.Lang)
		}
	}
	return b
}

// whole reads all of the graph.
func (b *builder) whole() {
	n := b.g.Count()
	b.m.nodeOf = make(map[graphstore.ID]int32, n.Entities)
	b.all = make([]*graphstore.Claim, 0, n.Claims)
	for c := range b.g.Claims() {
		b.all = append(b.all, c)
	}
	b.entities()
	b.claims()
}

// filter is a view's choice in a form that answers quickly.
type filter struct {
	only, hidden, speakers map[graphstore.ID]bool
	kinds                  map[graphstore.Kind]bool
	predicates             map[graphstore.Predicate]bool
	positions              map[graphstore.Position]bool
	cursors                *cursors
}

func set[K comparable](list []K) map[K]bool {
	if len(list) == 0 {
		return nil
	}
	m := make(map[K]bool, len(list))
	for _, k := range list {
		m[k] = true
	}
	return m
}

func newFilter(v *graphstore.View, g *graphstore.Graph) filter {
	if v == nil {
		return filter{}
	}
	return filter{set(v.Only), set(v.Hidden), set(v.Hide.Speakers), set(v.Hide.Kinds), set(v.Hide.Predicates), set(v.Hide.Positions), newCursors(v, g)}
}

func (f *filter) entity(e *graphstore.Entity) bool {
	return (f.only == nil || f.only[e.ID]) && !f.hidden[e.ID] && !f.kinds[e.Kind]
}

func (f *filter) claim(c *graphstore.Claim) bool {
	return !f.hidden[c.ID] && !f.predicates[c.Predicate] && !f.speakers[c.Speaker] &&
		(c.Position == nil || !f.positions[*c.Position]) && f.cursors.shows(c)
}

// entities makes the nodes, those of merged entities at the place of their first.
func (b *builder) entities() {
	merged := b.merges()
	for e := range b.g.Entities() {
		if !b.filter.entity(e) {
			continue
		}
		head := e
		if merged != nil {
			if id := merged.find(e.ID); id != e.ID {
				head = b.g.Entity(id)
			}
		}
		at, g := head.ID, b.o.Groups.Of(head.ID)
		if g >= 0 && b.o.Groups.Groups[g].Folded {
			at = GroupID(b.o.Groups.Groups[g].Key)
			b.m.merged = true
		} else {
			g = -1
		}
		n, ok := b.m.nodeOf[at]
		if !ok {
			n = int32(len(b.m.nodes))
			b.m.nodeOf[at] = n
			if g >= 0 {
				b.m.nodes = append(b.m.nodes, b.foldedNode(g, head))
			} else {
				b.m.nodes = append(b.m.nodes, b.node(head))
			}
		}
		b.m.nodeOf[e.ID] = n
		nd := &b.m.nodes[n]
		if g >= 0 && nd.kind >= 0 && b.kind(e) != nd.kind { // of several kinds: a group, and none of them
			nd.kind = -1
		}
		nd.members++
		b.m.merged = b.m.merged || nd.members > 1
	}
	b.m.pin(b.o.View)
}

// node returns the node of an entity, still without members.
func (b *builder) node(e *graphstore.Entity) node {
	return node{id: e.ID, name: e.Name(b.o.Lang), kind: b.kind(e)}
}

// kind returns the place of an entity's kind in the schema, -1 for none.
func (b *builder) kind(e *graphstore.Entity) int16 {
	return int16(slices.IndexFunc(b.m.schema.Kinds, func(k graphstore.KindInfo) bool { return k.ID == e.Kind }))
}

// merge joins entities that current claims say are the same. The head of a group is an entity
// that is not itself said to be the same as another; of several the one of lowest id.
type merge struct {
	parent map[graphstore.ID]graphstore.ID
}

func (u *merge) find(id graphstore.ID) graphstore.ID {
	for {
		p, ok := u.parent[id]
		if !ok || p == id {
			return id
		}
		id = p
	}
}

// merges reads the same-as claims; nil where there is none.
func (b *builder) merges() *merge {
	if b.m.schema.Predicate(graphstore.SameAs) == nil {
		return nil
	}
	var joined []*graphstore.Claim
	subjects := map[graphstore.ID]bool{}
	for _, c := range b.all {
		if c.Predicate == graphstore.SameAs && b.joins(c) {
			joined = append(joined, c)
			subjects[c.Subject] = true
		}
	}
	if len(joined) == 0 {
		return nil
	}
	u := &merge{map[graphstore.ID]graphstore.ID{}}
	for _, c := range joined {
		x, y := u.find(c.Subject), u.find(c.Object.ID)
		if x == y {
			continue
		}
		// The better head stays: not a subject first, then the lower id.
		if subjects[y] && !subjects[x] || subjects[x] == subjects[y] && x < y {
			x, y = y, x
		}
		u.parent[x] = y
	}
	return u
}

// joins reports whether c merges two entities that are shown.
func (b *builder) joins(c *graphstore.Claim) bool {
	if c.Object.IsLiteral() || c.Subject == c.Object.ID || !b.filter.claim(c) {
		return false
	}
	x, y := b.g.Entity(c.Subject), b.g.Entity(c.Object.ID)
	return x != nil && y != nil && b.filter.entity(x) && b.filter.entity(y) && b.status(c) == graphstore.StatusCurrent
}

// farFuture stands for the day after everything.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

func (b *builder) status(c *graphstore.Claim) graphstore.Status {
	if c.ValidTo.Zero() && b.g.UseCount(c.ID, graphstore.AsObject) == 0 {
		return graphstore.StatusCurrent
	}
	if k := b.filter.cursors; k != nil {
		return k.status(c)
	}
	if !b.o.At.IsZero() {
		return b.g.Status(c, b.o.At)
	}
	if s := b.g.Status(c, farFuture); s != graphstore.StatusExpired {
		return s
	}
	return graphstore.StatusCurrent
}

// places returns where the nodes stand: by the view, the others on a golden spiral
// around the middle of those, in the order of nodes.
func places(m *model, v *graphstore.View) []geom.Point {
	pos := make([]geom.Point, len(m.nodes))
	placed := make([]bool, len(pos))
	var some []geom.Point
	put := func(n int32, id graphstore.ID) {
		if place, ok := placeIn(v, id); ok && !placed[n] {
			if p := (geom.Point{X: place.X, Y: place.Y}); p.Finite() {
				pos[n], placed[n] = p, true
				some = append(some, p)
			}
		}
	}
	for i := range m.nodes {
		put(int32(i), m.nodes[i].id)
	}
	if v != nil && m.merged { // a merged node without a place stands where its first member has one
		ids := make([]graphstore.ID, 0, len(v.Places))
		for id := range v.Places {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			if n, ok := m.nodeOf[id]; ok {
				put(n, id)
			}
		}
	}
	spiral(pos, placed, geom.BoundsOf(some))
	return pos
}

// golden is the golden angle in radians.
const golden = 2.399963229728653

// spiral places those not placed yet on a Fermat spiral (Vogel 1979) around taken, about 100
// units from each other.
func spiral(pos []geom.Point, placed []bool, taken geom.Rect) {
	const step = 62
	var centre geom.Point
	start := 0.0
	if !taken.Empty() {
		centre = taken.Center()
		r := float64(taken.Max.Sub(centre).Len())/step + 1.5
		start = r * r
	}
	k := 0
	for i := range pos {
		if placed != nil && placed[i] {
			continue
		}
		r := step * math.Sqrt(start+float64(k))
		sin, cos := math.Sincos(golden * float64(k))
		pos[i] = centre.Add(geom.Point{X: float32(r * cos), Y: float32(r * sin)})
		k++
	}
}

// byTime orders claims of one pair: by the day said, then by id.
func byTime(x, y *graphstore.Claim) int {
	if c := x.SaidAt.Compare(y.SaidAt); c != 0 {
		return c
	}
	return cmp.Compare(x.ID, y.ID)
}

// spoke returns the k-th of many well spread directions at that length.
func spoke(k int, length float64) geom.Point {
	sin, cos := math.Sincos(golden * float64(k+1))
	return geom.Point{X: float32(length * cos), Y: float32(length * sin)}
}
