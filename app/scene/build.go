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

// FromGraph returns the scene of what g holds and o shows. Nodes stand where the view has them,
// the others on a spiral around. Cost is O(records · log records).
func FromGraph(g *graphstore.Graph, o Options) *Scene {
	b := newBuilder(g, o)
	b.entities()
	b.claims()
	m := b.finish()
	return newScene(m, b.places(), o.View)
}

// builder turns a graph into a model.
type builder struct {
	g      *graphstore.Graph
	o      Options
	filter filter
	m      *model

	rows     []row
	rowOf    map[graphstore.ID]int32 // rows with an end at another claim, and those ends
	verbOf   map[string]uint16
	disputes map[graphstore.ID]int
}

// row is a claim that may become an edge.
type row struct {
	claim *graphstore.Claim
	a, b  int32 // node, or pending
	depth int16 // of claims about claims; -1 not shown, 0 not known yet
	has   bool  // other claims are about it
	edge  int32
	flags edgeFlags
}

const (
	pendingClaim = -1 // the end is a claim
	literalEnd   = -2
	noEnd        = -3 // the end is not shown
)

func newBuilder(g *graphstore.Graph, o Options) *builder {
	b := &builder{g: g, o: o, filter: newFilter(o.View),
		m:      &model{schema: g.Schema(), lang: o.Lang, nodeOf: make(map[graphstore.ID]int32, g.Count().Entities), values: map[int32]string{}, scratches: newScratches()},
		rowOf:  map[graphstore.ID]int32{},
		verbOf: map[string]uint16{}, disputes: map[graphstore.ID]int{}}
	b.verb("")
	return b
}

// filter is a view's choice in a form that answers quickly.
type filter struct {
	only, hidden, speakers map[graphstore.ID]bool
	kinds                  map[graphstore.Kind]bool
	predicates             map[graphstore.Predicate]bool
	positions              map[graphstore.Position]bool
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

func newFilter(v *graphstore.View) filter {
	if v == nil {
		return filter{}
	}
	return filter{set(v.Only), set(v.Hidden), set(v.Hide.Speakers), set(v.Hide.Kinds), set(v.Hide.Predicates), set(v.Hide.Positions)}
}

func (f *filter) entity(e *graphstore.Entity) bool {
	return (f.only == nil || f.only[e.ID]) && !f.hidden[e.ID] && !f.kinds[e.Kind]
}

func (f *filter) claim(c *graphstore.Claim) bool {
	return !f.hidden[c.ID] && !f.predicates[c.Predicate] && !f.speakers[c.Speaker] &&
		(c.Position == nil || !f.positions[*c.Position])
}

// entities makes the nodes, those of merged entities at the place of their first.
func (b *builder) entities() {
	kinds := map[graphstore.Kind]int16{}
	for i, k := range b.m.schema.Kinds {
		kinds[k.ID] = int16(i)
	}
	merged := b.merges()
	pins := map[graphstore.ID]graphstore.Place{}
	if b.o.View != nil {
		pins = b.o.View.Places
	}
	for e := range b.g.Entities() {
		if !b.filter.entity(e) {
			continue
		}
		head := e.ID
		if merged != nil {
			head = merged.find(e.ID)
		}
		n, ok := b.m.nodeOf[head]
		if !ok {
			n = int32(len(b.m.nodes))
			b.m.nodeOf[head] = n
			h := e
			if head != e.ID {
				h = b.g.Entity(head)
			}
			kind, known := kinds[h.Kind]
			if !known {
				kind = -1
			}
			b.m.nodes = append(b.m.nodes, node{id: head, name: h.Name(b.o.Lang), kind: kind})
		}
		b.m.nodeOf[e.ID] = n
		nd := &b.m.nodes[n]
		nd.members++
		nd.weight += int32(b.g.UseCount(e.ID, graphstore.AsSubject) + b.g.UseCount(e.ID, graphstore.AsObject))
		nd.pin = nd.pin || pins[e.ID].Pin
	}
	for i := range b.m.nodes {
		b.m.nodes[i].radius = radiusFor(b.m.nodes[i].weight)
	}
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
	for c := range b.g.Claims() {
		if b.joins(c) {
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
	if c.Predicate != graphstore.SameAs || c.Object.IsLiteral() || c.Subject == c.Object.ID || !b.filter.claim(c) {
		return false
	}
	x, y := b.g.Entity(c.Subject), b.g.Entity(c.Object.ID)
	return x != nil && y != nil && b.filter.entity(x) && b.filter.entity(y) && b.status(c) == graphstore.StatusCurrent
}

// farFuture stands for the day after everything.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

func (b *builder) status(c *graphstore.Claim) graphstore.Status {
	if b.g.UseCount(c.ID, graphstore.AsObject) == 0 && c.ValidTo.Zero() {
		return graphstore.StatusCurrent
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
func (b *builder) places() []geom.Point {
	pos := make([]geom.Point, len(b.m.nodes))
	placed := make([]bool, len(pos))
	var some []geom.Point
	if b.o.View != nil && len(b.o.View.Places) > 0 {
		ids := make([]graphstore.ID, 0, len(b.o.View.Places))
		for id := range b.o.View.Places {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			p := geom.Point{X: b.o.View.Places[id].X, Y: b.o.View.Places[id].Y}
			n, ok := b.m.nodeOf[id]
			if ok && p.Finite() && (!placed[n] || b.m.nodes[n].id == id) {
				pos[n], placed[n] = p, true
				some = append(some, p)
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
