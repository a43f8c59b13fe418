package layout

import (
	"maps"
	"math"
	"slices"
	"sync/atomic"

	"caveat/app/geom"
)

// grouped is the force engine for problems with groups: every group has ground of its own. The whole is
// laid out without them first; then every group by itself, turned as it lay there; then the groups, as
// blocks, are placed near those they are joined to, without overlap.
type grouped struct {
	course
	inner  atomic.Pointer[force] // at work now
	in     *Problem              // what it works on
	at     []geom.Point          // where it has its nodes
	place  []geom.Point          // of pinned nodes
	whole  []geom.Point          // the drawing without groups
	local  []int32               // number of a node within its block
	of     []int32               // block of a node
	blocks []block
	doing  int
	size   float32 // of the blocks while they are placed, of their radius
}

// block is a group, or a node that is in none.
type block struct {
	group  int32
	nodes  []int32
	edges  []int32      // of the problem, that join its nodes
	pts    []geom.Point // about at
	hull   []geom.Point // around all, with room, about at
	at     geom.Point
	radius float32 // of a circle about at around the hull
	fixed  bool    // holds pinned nodes
}

// Measures of grouped drawings in drawing units.
const (
	groupGap  = 34  // free ground between groups
	titleHigh = 22  // kept free above a group for its name,
	titleWide = 110 // of about that width
)

// newForceOrGrouped returns the engine "force".
func newForceOrGrouped(p *Problem) Engine {
	some := false
	for i := range p.N {
		if some = some || p.group(i) >= 0; p.old(i) && !p.pinned(i) {
			return newForce(p) // what was there stays about where it was
		}
	}
	if !some {
		return newForce(p)
	}
	g := &grouped{}
	g.stages = []stage{
		{run: g.layOutWhole, part: g.innerPart, cost: 50},
		{run: g.layOutGroups, part: g.groupPart, cost: 40},
		{run: g.placeBlocks, cost: 10},
	}
	return g
}

// Stop makes the current and all later steps return false soon.
func (g *grouped) Stop() {
	g.course.Stop()
	if f := g.inner.Load(); f != nil {
		f.Stop()
	}
}

// Mute says whether steps that have more to do may leave pos alone.
func (g *grouped) Mute(on bool) {
	g.course.Mute(on)
	if f := g.inner.Load(); f != nil {
		f.Mute(on)
	}
}

// begin sets the force engine to work on a problem.
func (g *grouped) begin(p *Problem, pos []geom.Point) {
	f := newForce(p).(*force)
	f.quiet, f.round = g.quiet, true
	g.in, g.at = p, pos
	g.inner.Store(f)
	if g.stopped() {
		f.Stop()
	}
}

func (g *grouped) innerPart() float64 {
	if f := g.inner.Load(); f != nil {
		return f.Progress()
	}
	return 0
}

func (g *grouped) groupPart() float64 {
	return (float64(g.doing) + g.innerPart()) / float64(len(g.blocks)+1)
}

// layOutWhole draws the whole without groups.
func (g *grouped) layOutWhole(p *Problem, pos []geom.Point) bool {
	if g.inner.Load() == nil {
		g.place = pinnedPlaces(p, pos)
		q := *p
		q.Group = nil
		g.begin(&q, pos)
	}
	if g.inner.Load().Step(g.in, pos) {
		return true
	}
	if g.stopped() {
		return false
	}
	g.inner.Store(nil)
	g.whole = append([]geom.Point(nil), pos...)
	g.collect(p)
	return false
}

// mostSingles is up to how many nodes without a group stand by themselves; more stand together.
const mostSingles = 400

// collect makes the blocks: the groups in the order of their numbers, then the nodes in none.
func (g *grouped) collect(p *Problem) {
	g.of, g.local = make([]int32, p.N), make([]int32, p.N)
	number, singles := map[int32]int32{}, 0
	for i := range p.N {
		if k := p.group(i); k >= 0 {
			number[k] = 0
		} else {
			singles++
		}
	}
	for i, k := range slices.Sorted(maps.Keys(number)) {
		number[k] = int32(i)
		g.blocks = append(g.blocks, block{group: k})
	}
	for i := range int32(p.N) {
		k := p.group(int(i))
		n, ok := number[k]
		if !ok {
			n = int32(len(g.blocks))
			g.blocks = append(g.blocks, block{group: -1})
			if singles > mostSingles {
				number[k] = n
			}
		}
		b := &g.blocks[n]
		g.of[i], g.local[i] = n, int32(len(b.nodes))
		b.nodes = append(b.nodes, i)
		b.fixed = b.fixed || p.pinned(int(i))
	}
	for i, e := range p.Edges {
		if n := g.of[e[0]]; n == g.of[e[1]] && e[0] != e[1] {
			g.blocks[n].edges = append(g.blocks[n].edges, int32(i))
		}
	}
}

// layOutGroups draws the blocks one after the other.
func (g *grouped) layOutGroups(p *Problem, pos []geom.Point) bool {
	for budget := stepWork; budget > 0 && g.doing < len(g.blocks); {
		b := &g.blocks[g.doing]
		budget -= len(b.nodes)
		if g.inner.Load() == nil {
			if sub := g.inside(p, b); sub != nil {
				g.begin(sub, make([]geom.Point, sub.N))
				continue
			}
			b.pts = g.compact(p, b)
		} else {
			if g.inner.Load().Step(g.in, g.at) {
				continue
			}
			if g.stopped() {
				return false
			}
			g.inner.Store(nil)
			b.pts = turned(g.at, g.whole, b.nodes)
		}
		g.surround(p, b)
		g.doing++
	}
	return g.doing < len(g.blocks)
}

// fewNodes is from how many nodes on what joins them shapes a block; fewer lie close together.
const fewNodes = 13

// inside returns the problem of what joins the nodes of a block, nil where that is little.
func (g *grouped) inside(p *Problem, b *block) *Problem {
	n := len(b.nodes)
	if n < fewNodes || 10*len(b.edges) < 7*(n-1) {
		return nil
	}
	sub := &Problem{N: n, Seed: p.Seed, Shape: p.Shape}
	for _, i := range b.edges {
		sub.Edges = append(sub.Edges, [2]int32{g.local[p.Edges[i][0]], g.local[p.Edges[i][1]]})
		if len(p.Weights) != 0 {
			sub.Weights = append(sub.Weights, p.Weights[i])
		}
	}
	sub.Size = make([]float32, n)
	for i, v := range b.nodes {
		sub.Size[i] = p.radius(int(v))
	}
	return sub
}

// compact draws a block whose nodes have little to do with each other: as they lay in the whole,
// seen from their middle, on a round ground that they fill evenly.
func (g *grouped) compact(p *Problem, b *block) []geom.Point {
	n := len(b.nodes)
	pts, radius, key := make([]geom.Point, n), make([]float32, n), make([]float64, n)
	order := make([]int32, n)
	mid := middleOf(g.whole, b.nodes)
	area := 0.0
	for i, v := range b.nodes {
		pts[i] = g.whole[v].Sub(mid)
		radius[i] = max(p.radius(int(v)), EdgeLength/5)
		area += float64(radius[i]) * float64(radius[i])
		order[i], key[i] = int32(i), float64(pts[i].Len())
	}
	if n < 2 {
		return make([]geom.Point, n)
	}
	g.sortNodes(order, key)
	wide := math.Sqrt(1.2 * area)
	for k, i := range order {
		r := wide * math.Sqrt((float64(k)+0.5)/float64(n))
		if key[i] > 0 {
			pts[i] = pts[i].Mul(float32(r / key[i]))
		} else {
			sin, cos := math.Sincos(2.4 * float64(k)) // a sunflower
			pts[i] = geom.Point{X: float32(r * cos), Y: float32(r * sin)}
		}
	}
	for range 6 {
		g.removeOverlaps(pts, radius, nil)
		if g.stopped() {
			return pts
		}
		for i := range pts {
			pts[i] = pts[i].Mul(0.93)
		}
	}
	g.removeOverlaps(pts, radius, nil)
	return pts
}

// middleOf returns the mean place of some nodes.
func middleOf(pos []geom.Point, nodes []int32) geom.Point {
	var x, y float64
	for _, v := range nodes {
		x, y = x+float64(pos[v].X), y+float64(pos[v].Y)
	}
	n := float64(max(len(nodes), 1))
	return geom.Point{X: float32(x / n), Y: float32(y / n)}
}

// turned returns pts turned, and mirrored if that is better, so that they lie as the nodes do in the whole
// (the rotation of Procrustes analysis, Schönemann 1966).
func turned(pts, whole []geom.Point, nodes []int32) []geom.Point {
	mid, own := middleOf(whole, nodes), geom.BoundsOf(pts).Center()
	var dot, cross, mdot, mcross float64
	for i, v := range nodes {
		a, b := pts[i].Sub(own), whole[v].Sub(mid)
		dot += float64(a.X*b.X) + float64(a.Y*b.Y)
		cross += float64(a.X*b.Y) - float64(a.Y*b.X)
		mdot += float64(a.X*b.X) - float64(a.Y*b.Y)
		mcross += float64(a.X*b.Y) + float64(a.Y*b.X)
	}
	mirror := float32(1)
	if mdot*mdot+mcross*mcross > dot*dot+cross*cross {
		dot, cross, mirror = mdot, mcross, -1
	}
	sin, cos := math.Sincos(math.Atan2(cross, dot))
	out := make([]geom.Point, len(pts))
	for i, q := range pts {
		q = q.Sub(own)
		q.Y *= mirror
		out[i] = geom.Point{
			X: float32(float64(float64(q.X)*cos) - float64(float64(q.Y)*sin)),
			Y: float32(float64(float64(q.X)*sin) + float64(float64(q.Y)*cos)),
		}
	}
	return out
}

// surround finds the hull of a block with half the gap and the room for its name, and moves the block's
// origin to the middle of a circle about it.
func (g *grouped) surround(p *Problem, b *block) {
	corners := make([]geom.Point, 0, 12*len(b.nodes)+2)
	top := geom.Point{Y: float32(math.Inf(1))}
	for i, v := range b.nodes {
		r := max(p.radius(int(v)), EdgeLength/5)
		if b.group >= 0 {
			r += groupGap / 2
		}
		r *= 1.0353 // a polygon of twelve sides around the circle
		if y := b.pts[i].Y - r; y < top.Y {
			top = geom.Point{X: b.pts[i].X, Y: y}
		}
		for k := range 12 {
			sin, cos := math.Sincos(math.Pi * float64(k) / 6)
			corners = append(corners, b.pts[i].Add(geom.Point{X: r * float32(cos), Y: r * float32(sin)}))
		}
		if len(corners) > 1<<14 { // only the hull matters
			corners = geom.Hull(corners)
		}
	}
	if b.group >= 0 {
		corners = append(corners, top.Add(geom.Point{X: -titleWide / 2, Y: -titleHigh}), top.Add(geom.Point{X: titleWide / 2, Y: -titleHigh}))
	}
	b.hull = geom.Hull(corners)
	mid, r := circleAround(b.hull)
	for i := range b.pts {
		b.pts[i] = b.pts[i].Sub(mid)
	}
	for i := range b.hull {
		b.hull[i] = b.hull[i].Sub(mid)
	}
	b.radius = r
	b.at = middleOf(g.whole, b.nodes)
	if !b.fixed {
		return
	}
	var by geom.Point
	n := float32(0)
	for i, v := range b.nodes {
		if p.pinned(int(v)) {
			by, n = by.Add(g.place[v].Sub(b.pts[i])), n+1
		}
	}
	b.at = by.Mul(1 / n)
}

// circleAround returns a circle around points that is at most little larger than the least (Bădoiu and Clarkson 2003).
func circleAround(pts []geom.Point) (mid geom.Point, radius float32) {
	mid = geom.BoundsOf(pts).Center()
	farthest := func() (geom.Point, float32) {
		far, d := mid, float32(0)
		for _, q := range pts {
			if e := q.Dist(mid); e > d {
				far, d = q, e
			}
		}
		return far, d
	}
	for i := range 200 {
		q, _ := farthest()
		mid = mid.Add(q.Sub(mid).Mul(1 / float32(i+3)))
	}
	_, radius = farthest()
	return mid, radius
}
