package scene

import (
	"cmp"
	"math"
	"slices"

	"caveat/app/geom"
)

// Measures of edges in drawing units.
const (
	laneGap    = 13 // half the distance of parallel edges
	lanePart   = 0.12
	bentPart   = 0.19 // bulge of an edge that leaves the line it is about, of its length
	detourGap  = 10   // between a node and an edge that goes round it
	detourName = 30   // how much further it rather goes than over the name below
	detourMost = 0.3  // most that it bulges for that, of its length
	loopReach  = 46
	loopStep   = 18
	dotRadius  = 3.2
	dotGap     = 4.5 // edges end so far from a dot's middle
	valueReach = 40  // from a node's rim to a literal
)

// settle places the anchors and measures the bounds.
func (s *Scene) settle() {
	s.points = make([]geom.Point, len(s.anchors))
	for i, an := range s.anchors {
		if an.value {
			s.points[i] = s.valuePoint(int32(i))
		} else {
			s.points[i] = s.middleOf(an.edge)
		}
	}
	b, some := geom.BoundsOf(nil), false
	for i, p := range s.pos {
		r := s.nodes[i].radius
		if !some {
			b, some = geom.RectAround(p, r, r), true
			continue
		}
		b.Min.X, b.Min.Y = min(b.Min.X, p.X-r), min(b.Min.Y, p.Y-r)
		b.Max.X, b.Max.Y = max(b.Max.X, p.X+r), max(b.Max.Y, p.Y+r)
	}
	for _, p := range s.points {
		b = b.Union(geom.RectAround(p, dotRadius, dotRadius))
	}
	s.bounds = b
}

// point returns where an end of an edge is.
func (s *Scene) point(end int32) geom.Point {
	if end >= 0 {
		return s.pos[end]
	}
	return s.points[^end]
}

// curve returns the way of an edge from middle to middle of its ends. A loop starts and
// ends at the rim already.
func (s *Scene) curve(i int32) geom.Curve {
	e := &s.edges[i]
	a, b := s.point(e.a), s.point(e.b)
	if e.flags&edgeLoop != 0 {
		r := float32(dotGap)
		if e.a >= 0 {
			r = s.nodes[e.a].radius
		}
		lane := float32(e.lane)
		reach := r + loopReach + loopStep*lane
		return geom.Curve{A: a.Add(geom.Point{X: -0.5 * r, Y: -0.87 * r}), C: a.Add(geom.Point{X: 0, Y: -2*reach + r}), B: a.Add(geom.Point{X: 0.5 * r, Y: -0.87 * r})}
	}
	if e.lane == 0 {
		return geom.Arc(a, b, s.detour(e, a, b))
	}
	l := a.Dist(b)
	gap := min(laneGap, lanePart*l)
	if e.flags&edgeBent != 0 {
		gap = bentPart / 2 * l
	}
	return geom.Arc(a, b, float32(e.lane)*gap)
}

// straight reports whether an edge runs straight from a to b, where its ends are.
func (s *Scene) straight(e *edge, a, b geom.Point) bool {
	return e.lane == 0 && e.flags&edgeLoop == 0 && s.detour(e, a, b) == 0
}

// detour returns the bulge of the way from a to b of an edge that is alone between its ends: 0, but where it is about another
// edge and a node which that one joins lies in its way, what it takes to go round. It would seem to end at that node.
func (s *Scene) detour(e *edge, a, b geom.Point) float32 {
	if e.a >= 0 && e.b >= 0 {
		return 0
	}
	along, l := b.Sub(a).Unit(), a.Dist(b)
	bulge := float32(0)
	for _, end := range [2]int32{e.a, e.b} {
		if end >= 0 || s.anchors[^end].value {
			continue
		}
		about := &s.edges[s.anchors[^end].edge]
		for _, n := range [2]int32{about.a, about.b} {
			if n < 0 || n == e.a || n == e.b {
				continue
			}
			to := s.pos[n].Sub(a)
			t, aside := to.Dot(along)/l, to.Dot(along.Perp())
			room := s.nodes[n].radius + detourGap
			if !(t > 0 && t < 1) || max(aside, -aside) >= room {
				continue
			}
			left, right := room+aside, room-aside
			need := left
			if left+max(0, along.X)*detourName > right+max(0, -along.X)*detourName { // left is downward where along leads to the right
				need = -right
			}
			limit := detourMost * l
			need = min(max(need/(4*t*(1-t)), -limit), limit) // an arc is 4t(1-t) of its bulge high at t
			if max(need, -need) > max(bulge, -bulge) {
				bulge = need
			}
		}
	}
	return bulge
}

// valuePoint places a literal beside its subject, where the largest angle between its
// edges is free; the ground below belongs to the label.
func (s *Scene) valuePoint(self int32) geom.Point {
	an := s.anchors[self]
	e := &s.edges[an.edge]
	at := s.point(e.a)
	if e.a < 0 {
		return at.Add(geom.Point{X: 14, Y: -26})
	}
	r := s.nodes[e.a].radius
	const below = math.Pi / 2
	var store [32]float64
	taken := append(store[:0], below-0.7, below+0.7)
	for _, i := range s.adjEdges[s.adjStart[e.a]:s.adjStart[e.a+1]] {
		o := &s.edges[i]
		other := o.b
		if other == e.a {
			other = o.a
		}
		if other < 0 && ^other >= self { // not placed yet
			continue
		}
		if d := s.point(other).Sub(at); d != (geom.Point{}) {
			taken = append(taken, math.Atan2(float64(d.Y), float64(d.X)))
		}
	}
	slices.SortFunc(taken, cmp.Compare)
	best, width := 0.0, -1.0
	for i, t := range taken {
		next := taken[0] + 2*math.Pi
		if i+1 < len(taken) {
			next = taken[i+1]
		}
		if i+1 < len(taken) && t == below-0.7 && next == below+0.7 {
			continue
		}
		if next-t > width+1e-9 {
			best, width = t, next-t
		}
	}
	angle := best + width*float64(an.turn+1)/float64(an.turns+1)
	sin, cos := math.Sincos(angle)
	return at.Add(geom.Point{X: float32(cos), Y: float32(sin)}.Mul(r + valueReach))
}
