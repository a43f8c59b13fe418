package scene

import (
	"caveat/app/geom"
)

// rings returns the outlines of the ground of group g within box: where its level is 0 (marching squares, Lorensen
// and Cline 1987), the inside at positive Cross of each side.
func (r *raster) rings(g int32, box geom.Rect, room, gap float32) [][]geom.Point {
	x0, x1 := r.span(box.Min.X, box.Max.X, r.min.X, r.w)
	y0, y1 := r.span(box.Min.Y, box.Max.Y, r.min.Y, r.h)
	m := &march{w: x1 - x0 + 3} // a seam of outside all around
	m.h = y1 - y0 + 3
	m.level = make([]float32, m.w*m.h)
	for i := range m.level {
		m.level[i] = -room
	}
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			m.level[(y-y0+1)*m.w+x-x0+1] = r.level(y*r.w+x, g, room, gap)
		}
	}
	m.min, m.cell = r.at(x0-1, y0-1), r.cell
	return m.walk()
}

// march follows the lines of level 0 over a grid. Its edges are numbered: twice the number of the point
// from which they go right, that and one from which they go down.
type march struct {
	w, h  int
	level []float32
	min   geom.Point
	cell  float32
	next  []int32 // edge to the next of its line, plus one
}

// walk collects the lines.
func (m *march) walk() [][]geom.Point {
	m.next = make([]int32, 2*len(m.level))
	for y := range m.h - 1 {
		for x := range m.w - 1 {
			m.square(y*m.w + x)
		}
	}
	var out [][]geom.Point
	for start, n := range m.next {
		if n == 0 {
			continue
		}
		var ring []geom.Point
		for e := int32(start); m.next[e] != 0; {
			ring = append(ring, m.cross(e))
			e, m.next[e] = m.next[e]-1, 0
		}
		if ring = smooth(ring, m.cell/40); len(ring) > 2 {
			out = append(out, ring)
		}
	}
	return out
}

// square links the edges of the square whose first point is i.
func (m *march) square(i int) {
	tl, tr, bl, br := m.level[i], m.level[i+1], m.level[i+m.w], m.level[i+m.w+1]
	which := 0
	for k, v := range [4]float32{tl, tr, br, bl} {
		if v > 0 {
			which |= 1 << k
		}
	}
	top, left := int32(2*i), int32(2*i+1)
	bottom, right := int32(2*(i+m.w)), int32(2*(i+1)+1)
	link := func(a, b int32) { m.next[a] = b + 1 }
	switch which { // the inside on the same hand all along
	case 1:
		link(top, left)
	case 2:
		link(right, top)
	case 3:
		link(right, left)
	case 4:
		link(bottom, right)
	case 5:
		if tl+tr+bl+br > 0 {
			link(top, right)
			link(bottom, left)
		} else {
			link(top, left)
			link(bottom, right)
		}
	case 6:
		link(bottom, top)
	case 7:
		link(bottom, left)
	case 8:
		link(left, bottom)
	case 9:
		link(top, bottom)
	case 10:
		if tl+tr+bl+br > 0 {
			link(left, top)
			link(right, bottom)
		} else {
			link(right, top)
			link(left, bottom)
		}
	case 11:
		link(right, bottom)
	case 12:
		link(left, right)
	case 13:
		link(top, right)
	case 14:
		link(left, top)
	}
}

// cross returns where the line crosses an edge.
func (m *march) cross(e int32) geom.Point {
	i := int(e / 2)
	j, x, y := i+1, float32(1), float32(0)
	if e%2 == 1 {
		j, x, y = i+m.w, 0, 1
	}
	a, b := m.level[i], m.level[j]
	t := a / (a - b)
	return m.min.Add(geom.Point{X: (float32(i%m.w) + t*x) * m.cell, Y: (float32(i/m.w) + t*y) * m.cell})
}

// smooth leaves out points of a closed line that are no more than tol beside the straight between their neighbours.
func smooth(ring []geom.Point, tol float32) []geom.Point {
	out := ring[:0:0]
	for i, p := range ring {
		next := ring[(i+1)%len(ring)]
		prev := ring[(i+len(ring)-1)%len(ring)]
		if len(out) > 0 {
			prev = out[len(out)-1]
		}
		if p == prev || i+1 < len(ring) && geom.SegmentDist(p, prev, next) < tol {
			continue
		}
		out = append(out, p)
	}
	return out
}

// split sorts rings into pieces, each an outline and its holes.
func split(rings [][]geom.Point) []area {
	var out []area
	var holes [][]geom.Point
	for _, ring := range rings {
		if turns(ring) > 0 {
			out = append(out, area{rings: [][]geom.Point{ring}, bounds: geom.BoundsOf(ring)})
		} else {
			holes = append(holes, ring)
		}
	}
	for _, hole := range holes {
		best := -1
		for i := range out {
			if a := &out[i]; a.bounds.Contains(hole[0]) && inRing(a.rings[0], hole[0]) && (best < 0 || out[best].bounds.ContainsRect(a.bounds)) {
				best = i
			}
		}
		if best >= 0 {
			out[best].rings = append(out[best].rings, hole)
		}
	}
	return out
}

// turns returns twice the area of a closed polygon, positive with the inside at positive Cross.
func turns(ring []geom.Point) float64 {
	sum := 0.0
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += float64(a.X)*float64(b.Y) - float64(b.X)*float64(a.Y)
	}
	return sum
}
