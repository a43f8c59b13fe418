package scene

import (
	"cmp"
	"math"
	"slices"

	"caveat/app/geom"
)

// Measures of areas in drawing units.
const (
	areaRoom  = 22 // around the nodes of a group
	areaInner = 14 // as near to a node counts every place between the nodes of a group
	areaGap   = 6  // between an area and what does not belong to it
	areaCell  = 7  // of the raster in which areas are found
)

// areaCells bounds the raster of areas.
const areaCells = 400_000

// area is a piece of the ground of a group.
type area struct {
	group  int32
	count  int            // nodes of the group on all its pieces
	here   int            // nodes on this piece
	rings  [][]geom.Point // the outline, then those of holes
	bounds geom.Rect
}

// contains reports whether a place is on the piece.
func (a *area) contains(p geom.Point) bool {
	if !a.bounds.Contains(p) {
		return false
	}
	in := false
	for _, ring := range a.rings {
		if inRing(ring, p) {
			in = !in
		}
	}
	return in
}

// inRing reports whether a place is inside a closed polygon, by the parity of crossings.
func inRing(ring []geom.Point, p geom.Point) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(b.X-a.X)*(p.Y-a.Y)/(b.Y-a.Y) {
			in = !in
		}
	}
	return in
}

// Area returns the outlines of the ground of a group in drawing units: a place belongs to the group whose node, or
// hull of nodes, is nearest, if that is near enough. So areas never meet, and nodes of others stand in bays
// and holes. It is empty for a folded group and one of which nothing is shown.
func (s *Scene) Area(group int32) [][]geom.Point {
	var out [][]geom.Point
	for _, a := range s.areas() {
		if a.group == group {
			out = append(out, a.rings...)
		}
	}
	return out
}

// GroupAt returns the group on whose ground a place lies; -1 for none.
func (s *Scene) GroupAt(p geom.Point) int32 {
	for i := range s.areas() {
		if a := &s.index.areas[i]; a.contains(p) {
			return a.group
		}
	}
	return -1
}

// areas returns the grounds of the groups, the largest first, made when first asked for.
func (s *Scene) areas() []area {
	s.index.areasOnce.Do(func() {
		if s.groupOf != nil && len(s.nodes) > 0 {
			s.index.areas = s.findAreas()
		}
	})
	return s.index.areas
}

// raster says for each of its points which group is nearest, and which other next.
type raster struct {
	min         geom.Point
	cell        float32
	w, h        int
	first, next []int32
	dist, other []float32 // from the rims of their nodes
}

// nobody is the group of a point far from everything; -1 are nodes in no group.
const nobody = -2

func (s *Scene) findAreas() []area {
	members := make([][]int32, len(s.shown.groups.Groups))
	box := geom.BoundsOf(nil)
	for i, g := range s.groupOf {
		if g >= 0 {
			members[g] = append(members[g], int32(i))
			box = box.Union(geom.RectAround(s.pos[i], s.nodes[i].radius, s.nodes[i].radius))
		}
	}
	if box.Empty() {
		return nil
	}
	cell := max(areaCell, float32(math.Sqrt(float64(box.Width())*float64(box.Height())/areaCells)))
	cell = max(cell, max(box.Width(), box.Height())/(areaCells/64))
	room := max(areaRoom, 1.6*cell)
	gap := max(areaGap, 0.8*cell)
	r := newRaster(box.Inset(-room-2*cell), cell)
	for i, g := range s.groupOf {
		r.disc(g, s.pos[i], s.nodes[i].radius, room+gap+cell)
	}
	var out []area
	hulls := make([][]geom.Point, len(members))
	for g, list := range members {
		if len(list) > 1 {
			pts, least := make([]geom.Point, len(list)), s.nodes[list[0]].radius
			for i, n := range list {
				pts[i], least = s.pos[n], min(least, s.nodes[n].radius)
			}
			hulls[g] = geom.Hull(pts)
			r.hull(int32(g), hulls[g], least, max(areaInner, room-gap-2), room+gap+cell)
		}
	}
	for g, list := range members {
		if len(list) == 0 {
			continue
		}
		own, places := geom.BoundsOf(nil), make([]geom.Point, len(list))
		for i, n := range list {
			own = own.Union(geom.RectAround(s.pos[n], s.nodes[n].radius, s.nodes[n].radius))
			places[i] = s.pos[n]
		}
		members := geom.NewPointGrid(places)
		pieces := split(r.rings(int32(g), own.Inset(-room-2*cell), room, gap))
		for i := range pieces {
			a := &pieces[i]
			a.group, a.count = int32(g), len(list)
			members.Query(a.bounds, func(n int32) bool {
				if a.contains(places[n]) {
					a.here++
				}
				return true
			})
			if a.here > 0 {
				out = append(out, *a)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b area) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.group, b.group), cmp.Compare(b.here, a.here))
	})
	return out
}

func newRaster(box geom.Rect, cell float32) *raster {
	r := &raster{min: box.Min, cell: cell, w: int(box.Width()/cell) + 2, h: int(box.Height()/cell) + 2}
	n := r.w * r.h
	r.first, r.next = make([]int32, n), make([]int32, n)
	r.dist, r.other = make([]float32, n), make([]float32, n)
	for i := range n {
		r.first[i], r.next[i] = nobody, nobody
		r.dist[i], r.other[i] = math.MaxFloat32, math.MaxFloat32
	}
	return r
}

// put notes that group g is at distance d from a point.
func (r *raster) put(i int, g int32, d float32) {
	switch {
	case g == r.first[i]:
		r.dist[i] = min(r.dist[i], d)
	case d < r.dist[i]:
		r.next[i], r.other[i] = r.first[i], r.dist[i]
		r.first[i], r.dist[i] = g, d
	case g == r.next[i]:
		r.other[i] = min(r.other[i], d)
	case d < r.other[i]:
		r.next[i], r.other[i] = g, d
	}
}

// span returns the columns, or rows, of the raster from a to b, held within n.
func (r *raster) span(a, b, origin float32, n int) (int, int) {
	return max(int((a-origin)/r.cell), 0), min(int((b-origin)/r.cell)+1, n-1)
}

// at returns the place of a point of the raster.
func (r *raster) at(x, y int) geom.Point {
	return geom.Point{X: r.min.X + float32(x)*r.cell, Y: r.min.Y + float32(y)*r.cell}
}

// disc puts a node of group g on all points up to reach from its rim.
func (r *raster) disc(g int32, at geom.Point, radius, reach float32) {
	all := radius + reach
	x0, x1 := r.span(at.X-all, at.X+all, r.min.X, r.w)
	y0, y1 := r.span(at.Y-all, at.Y+all, r.min.Y, r.h)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			if d := r.at(x, y).Dist(at) - radius; d <= reach {
				r.put(y*r.w+x, g, d)
			}
		}
	}
}

// hull puts a convex polygon of group g on all points within it, at distance inner, and on those
// up to reach from the rims of nodes of that radius along it.
func (r *raster) hull(g int32, h []geom.Point, radius, inner, reach float32) {
	box := geom.BoundsOf(h).Inset(-radius - reach)
	x0, x1 := r.span(box.Min.X, box.Max.X, r.min.X, r.w)
	y0, y1 := r.span(box.Min.Y, box.Max.Y, r.min.Y, r.h)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			d := max(outside(h, r.at(x, y))-radius, inner)
			if d <= reach {
				r.put(y*r.w+x, g, d)
			}
		}
	}
}

// outside returns how far a place is from a convex polygon of geom.Hull; 0 inside.
func outside(h []geom.Point, p geom.Point) float32 {
	in, best := len(h) > 2, float32(math.MaxFloat32)
	for i, a := range h {
		b := h[(i+1)%len(h)]
		if in && b.Sub(a).Cross(p.Sub(a)) >= 0 {
			continue // on the inner side of this one
		}
		in = false
		best = min(best, geom.SegmentDist(p, a, b))
	}
	if in {
		return 0
	}
	return best
}

// level returns how deep in the ground of group g a point lies, negative outside.
func (r *raster) level(i int, g int32, room, gap float32) float32 {
	switch g {
	case r.first[i]:
		return min(room-r.dist[i], (r.other[i]-r.dist[i]-gap)/2)
	case r.next[i]:
		return (r.dist[i] - r.other[i] - gap) / 2
	}
	return -room
}
