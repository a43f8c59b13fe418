package scene

import (
	"context"
	"math"
	"slices"

	"caveat/app/bundling"
	"caveat/app/geom"
)

// Bundles are the courses of the edges of a scene that are led along others, see package bundling. They are
// immutable. An edge whose ends no longer stand where its course begins and ends is straight.
type Bundles struct {
	start  []int32      // course of edge i: points[start[i]:start[i+1]], both ends included; none: straight
	points []geom.Point // see bundling.Course
	middle []geom.Point // of edges with a dot, halfway along their course; nil where none has one

	Led   int // edges with a course
	Over  int // edges left straight because more than most are longer
	Spent int // edges left straight because the search for their path took too long
}

// MakeBundles works out which edges are led along which. Edges between claims, values and loops stay as they are; at
// most so many edges are led, the longest, and 0 is all. It takes a second or more for large scenes: call it from a
// goroutine of its own. progress, which may be nil, gets the part done. The only error is that of ctx.
func (s *Scene) MakeBundles(ctx context.Context, most int, progress func(float64)) (*Bundles, error) {
	p := &bundling.Problem{Pos: s.pos, Edges: make([][2]int32, len(s.edges)), Most: most}
	for i := range s.edges {
		e := &s.edges[i]
		p.Edges[i] = [2]int32{e.a, e.b}
		if e.a < 0 || e.b < 0 || e.flags&(edgeLoop|edgeValue) != 0 {
			p.Edges[i] = [2]int32{}
		}
	}
	paths, err := bundling.Route(ctx, p, progress)
	if err != nil {
		return nil, err
	}
	radius := make([]float32, len(s.nodes))
	for i := range radius {
		radius[i] = s.nodes[i].radius
	}
	b := &Bundles{start: make([]int32, len(s.edges)+1), Led: paths.Led, Over: paths.Over, Spent: paths.Spent}
	var path []int32
	for i := range s.edges {
		e := &s.edges[i]
		if path = paths.Of(path[:0], int32(i)); len(path) > 0 {
			from := len(b.points)
			b.points = bundling.Course(b.points, s.pos, radius, e.a, e.b, path, float32(e.lane)*laneGap)
			if slices.ContainsFunc(b.points[from:], func(p geom.Point) bool { return !p.Finite() }) {
				b.points = b.points[:from] // too far out for numbers
			}
		}
		b.start[i+1] = int32(len(b.points))
	}
	b.meet(s)
	return b, nil
}

// meet finds the middles of the courses of edges that have a dot: they are asked for at every step of a drag.
func (b *Bundles) meet(s *Scene) {
	if len(s.anchors) == 0 {
		return
	}
	b.middle = make([]geom.Point, len(s.edges))
	for i := range s.edges {
		if c := b.points[b.start[i]:b.start[i+1]]; len(c) > 2 && s.edges[i].dot >= 0 {
			b.middle[i] = halfway(c)
		}
	}
}

// WithBundles returns the scene with its edges led by b, made of this scene or of one that differs in places only; nil
// lets all run straight.
func (s *Scene) WithBundles(b *Bundles) *Scene {
	if b != nil && len(b.start) != len(s.edges)+1 {
		b = nil
	}
	return newBundled(s.model, s.pos, s.view, b)
}

// Bundles returns the courses that edges are led by, nil without any.
func (s *Scene) Bundles() *Bundles { return s.bundles }

// BundledAs returns the scene with the courses that the edges of the same claims had in old: those whose ends stand where
// they stood keep them until they are worked out anew. Cost is O(claims), without a look at their texts where both
// scenes have the same records.
func (s *Scene) BundledAs(old *Scene) *Scene {
	b := old.bundles
	if b == nil || s.bundles == b {
		return s
	}
	if s.rows == nil || s.sameEdges(old) {
		return s.WithBundles(b)
	}
	was := make([]int32, len(s.edges)) // one more than the number that an edge had, 0: it is new
	i := 0
	for k := range s.rows {
		r := &s.rows[k]
		for i < len(old.rows) && old.rows[i].claim != r.claim && old.rows[i].claim.ID < r.claim.ID {
			i++
		}
		if i < len(old.rows) && (old.rows[i].claim == r.claim || old.rows[i].claim.ID == r.claim.ID) && r.edge >= 0 && old.rows[i].edge >= 0 {
			was[r.edge] = old.rows[i].edge + 1
		}
	}
	next := &Bundles{start: make([]int32, len(s.edges)+1), points: make([]geom.Point, 0, len(b.points)), middle: make([]geom.Point, len(s.edges)), Over: b.Over, Spent: b.Spent}
	for e, w := range was {
		if w > 0 {
			if g := b.points[b.start[w-1]:b.start[w]]; len(g) > 0 {
				next.points = append(next.points, g...)
				next.Led++
				if s.edges[e].dot >= 0 {
					if old.edges[w-1].dot >= 0 {
						next.middle[e] = b.middle[w-1]
					} else { // the first claim about it
						next.middle[e] = halfway(g)
					}
				}
			}
		}
		next.start[e+1] = int32(len(next.points))
	}
	return newBundled(s.model, s.pos, s.view, next)
}

// BundledLike reports whether the courses of a scene are those that would be made of this one, as of was given them.
func (s *Scene) BundledLike(of *Scene) bool {
	return s.bundles != nil && s.bundles == of.bundles && s.SameWays(of)
}

// SameWays reports whether two scenes have the same edges between the same places: whether bundles made of one suit the other.
func (s *Scene) SameWays(of *Scene) bool {
	if len(s.pos) != len(of.pos) || !s.sameEdges(of) {
		return false
	}
	return len(s.pos) == 0 || &s.pos[0] == &of.pos[0] || slices.Equal(s.pos, of.pos)
}

// sameEdges reports whether the edges of two scenes join the same nodes side by side in the same way.
func (s *Scene) sameEdges(of *Scene) bool {
	if len(s.edges) != len(of.edges) || len(s.nodes) != len(of.nodes) {
		return false
	}
	if len(s.edges) > 0 && &s.edges[0] != &of.edges[0] {
		for i := range s.edges {
			if a, b := &s.edges[i], &of.edges[i]; a.a != b.a || a.b != b.b || a.lane != b.lane {
				return false
			}
		}
	}
	return true
}

// ledBy returns the points that an edge is led by, nil if it runs straight or by its lane.
func (s *Scene) ledBy(i int32) []geom.Point {
	b := s.bundles
	if b == nil {
		return nil
	}
	g := b.points[b.start[i]:b.start[i+1]]
	if len(g) < 3 || g[0] != s.point(s.edges[i].a) || g[len(g)-1] != s.point(s.edges[i].b) {
		return nil
	}
	return g
}

// pieceOf returns one of the len(g)-2 pieces of the curve of a course.
func pieceOf(g []geom.Point, i int) geom.Curve {
	c := geom.Curve{A: g[0], C: g[i+1], B: g[len(g)-1]}
	if i > 0 {
		c.A = g[i].Lerp(g[i+1], 0.5)
	}
	if i < len(g)-3 {
		c.B = g[i+1].Lerp(g[i+2], 0.5)
	}
	return c
}

// middleOf returns the middle of an edge by its length, where its dot is.
func (s *Scene) middleOf(i int32) geom.Point {
	c := s.ledBy(i)
	switch {
	case c == nil:
		return s.curve(i).At(0.5)
	case s.bundles.middle != nil && s.edges[i].dot >= 0:
		return s.bundles.middle[i]
	}
	return halfway(c)
}

// halfway returns the middle of a course by its length.
func halfway(g []geom.Point) geom.Point {
	total := float32(0)
	for k := range len(g) - 2 {
		total += pieceOf(g, k).Len()
	}
	left := total / 2
	for k := range len(g) - 2 {
		c := pieceOf(g, k)
		l := c.Len()
		if left <= l && l > 0 {
			return c.At(left / l)
		}
		left -= l
	}
	return g[len(g)-1]
}

// ledDist returns the distance of a place from a led edge.
func ledDist(g []geom.Point, at geom.Point) float32 {
	best := float32(math.Inf(1))
	for k := range len(g) - 2 {
		best = min(best, pieceOf(g, k).Dist(at))
	}
	return best
}

// bundledTree indexes the pieces of led edges each by its own box, all others as ever.
func (s *Scene) bundledTree() *edgeTree {
	n := len(s.edges)
	boxes, courses, of := make([]geom.Rect, 0, n+len(s.bundles.points)), make([]course, 0, n+len(s.bundles.points)), make([]uint32, 0, n+len(s.bundles.points))
	for i := range int32(n) {
		g := s.ledBy(i)
		if g == nil {
			b, c := s.edgeBox(i)
			boxes, courses, of = append(boxes, b), append(courses, c), append(of, uint32(i))
			continue
		}
		for k := range len(g) - 2 {
			boxes, courses, of = append(boxes, pieceOf(g, k).Bounds()), append(courses, bowed), append(of, uint32(i))
		}
	}
	t := newEdgeTree(boxes, courses)
	for i, o := range t.order {
		t.order[i] = of[o>>2]<<2 | o&3
	}
	return t
}
