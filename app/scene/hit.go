package scene

import (
	"math"
	"sync"
	"sync/atomic"

	"caveat/app/geom"
	"caveat/graphstore"
)

// Part says what of a drawing lies somewhere.
type Part uint8

// The parts. A drag from a rim draws a claim, one from a body moves the node.
const (
	Nothing Part = iota
	NodeBody
	NodeRim
	EdgeLine
	ClaimDot
)

// Target is what Hit found. Node is set for nodes, Edge for edges and dots, else -1; ID is the
// entity or claim, of a bundle its newest claim; empty where the drawing has no ids for edges.
type Target struct {
	Part       Part
	Node, Edge int32
	ID         graphstore.ID
}

// rimFrom is where the rim of a node begins, of its radius.
const rimFrom = 2.0 / 3

// index holds what is searched for places; made when first asked for.
type index struct {
	nodesOnce, dotsOnce, edgesOnce sync.Once
	nodes, dots                    *geom.Grid
	edges                          *edgeTree
	made                           atomic.Bool
	areasOnce                      sync.Once
	areas                          []area
}

// MakeIndex makes what Hit and Within search, which they else do when first asked. It takes a moment
// for large scenes, so do it beforehand on a goroutine of its own.
func (s *Scene) MakeIndex() {
	s.nodeGrid()
	s.dotGrid()
	s.edgeTree()
	s.IndexIDs()
	s.index.made.Store(true)
}

// Indexed reports whether MakeIndex has been through.
func (s *Scene) Indexed() bool { return s.index.made.Load() }

func (s *Scene) nodeGrid() *geom.Grid {
	s.index.nodesOnce.Do(func() { s.index.nodes = geom.NewPointGrid(s.pos) })
	return s.index.nodes
}

func (s *Scene) dotGrid() *geom.Grid {
	s.index.dotsOnce.Do(func() { s.index.dots = geom.NewPointGrid(s.points) })
	return s.index.dots
}

func (s *Scene) edgeTree() *edgeTree {
	s.index.edgesOnce.Do(func() {
		if s.bundles != nil {
			s.index.edges = s.bundledTree()
			return
		}
		s.index.edges = newEdgeTreeOf(len(s.edges), s.edgeBox)
	})
	return s.index.edges
}

// edgeBox returns a box that holds an edge, and how it runs through it.
func (s *Scene) edgeBox(i int32) (geom.Rect, course) {
	e := &s.edges[i]
	if c := s.ledBy(i); c != nil {
		return geom.BoundsOf(c), bowed // the hull of its points holds the curve
	}
	a, b := s.point(e.a), s.point(e.b)
	r := geom.Rect{Min: geom.Point{X: min(a.X, b.X), Y: min(a.Y, b.Y)}, Max: geom.Point{X: max(a.X, b.X), Y: max(a.Y, b.Y)}}
	if !s.straight(e, a, b) {
		return r.Union(s.curve(i).Bounds()), bowed
	}
	if (a.X < b.X) == (a.Y < b.Y) {
		return r, falling
	}
	return r, rising
}

// Hit is HitAt zoom 1 and closer.
func (s *Scene) Hit(at geom.Point, tol float32) Target { return s.HitAt(at, tol, 1) }

// HitAt returns what is drawn at a place at a zoom: nodes before claim dots before edges. Both at and
// tol are in drawing units; a tolerance of 4 canvas units is tol 4/zoom. A node reaches tol beyond
// its mark; the outer third of the mark and that seam are its rim. Where nodes overlap the one
// whose middle is nearest for its size wins.
func (s *Scene) HitAt(at geom.Point, tol, zoom float32) Target {
	none := Target{Node: -1, Edge: -1}
	if !at.Finite() {
		return none
	}
	tol = max(tol, 0)
	grow := Grow(zoom)
	if n := s.hitNode(at, tol, grow); n >= 0 {
		part := NodeBody
		if at.Dist(s.pos[n]) > rimFrom*grown(s.nodes[n].radius, grow) {
			part = NodeRim
		}
		return Target{part, n, -1, s.nodes[n].id}
	}
	dot, _ := s.dotGrid().NearestFunc(at, dotRadius+tol, func(i int32) float32 {
		if s.edges[s.anchors[i].edge].dot != i { // the place of a literal nobody talks about
			return float32(math.Inf(1))
		}
		return s.points[i].Dist(at)
	})
	if dot >= 0 {
		e := s.anchors[dot].edge
		return Target{ClaimDot, -1, e, s.claimID(e)}
	}
	if e := s.hitEdge(at, tol); e >= 0 {
		return Target{EdgeLine, -1, e, s.claimID(e)}
	}
	return none
}

func (s *Scene) hitNode(at geom.Point, tol, grow float32) int32 {
	reach := DiamondHalf*grown(s.maxR, grow) + tol
	best, nearest := int32(-1), float32(1)
	s.nodeGrid().Query(geom.RectAround(at, reach, reach), func(i int32) bool {
		d := at.Sub(s.pos[i])
		r := grown(s.nodes[i].radius, grow)
		k := d.Len() / (r + tol)
		if k > 1 && s.outline(i).Contains(d, r) {
			k = 1 // a corner of a square or diamond
		}
		if k < nearest || k <= 1 && (best < 0 || k == nearest && i > best) {
			best, nearest = i, k
		}
		return true
	})
	return best
}

func (s *Scene) hitEdge(at geom.Point, tol float32) int32 {
	best, dist := int32(-1), tol
	s.edgeTree().query(geom.RectAround(at, tol, tol), func(i int32) {
		e := &s.edges[i]
		var d float32
		if c := s.ledBy(i); c != nil {
			d = ledDist(c, at)
		} else if a, b := s.point(e.a), s.point(e.b); s.straight(e, a, b) {
			d = geom.SegmentDist(at, a, b)
		} else if c := s.curve(i); geom.SegmentDist(at, c.A, c.B)-c.C.Dist(c.A.Lerp(c.B, 0.5))/2 > dist { // no point of it is farther from its chord
			return
		} else {
			d = c.Dist(at)
		}
		if d < dist || d == dist && i > best {
			best, dist = i, d
		}
	})
	return best
}

// Within returns the nodes whose middle lies in r, ascending.
func (s *Scene) Within(r geom.Rect) []int32 {
	set, n := make([]uint64, (len(s.pos)+63)/64), 0
	s.nodeGrid().Query(r, func(i int32) bool {
		set[i>>6] |= 1 << (i & 63)
		n++
		return true
	})
	if n == 0 {
		return nil
	}
	return appendBits(make([]int32, 0, n), set)
}

// outline returns the shape of a node.
func (s *Scene) outline(node int32) Outline {
	if k := s.nodes[node].kind; k >= 0 {
		return outlineOf(s.schema.Kinds[k].Shape)
	}
	return Disc
}

func outlineOf(shape graphstore.Shape) Outline {
	switch shape {
	case graphstore.ShapeSquare:
		return RoundedSquare
	case graphstore.ShapeDiamond:
		return Diamond
	case graphstore.ShapePage:
		return Page
	}
	return Disc
}
