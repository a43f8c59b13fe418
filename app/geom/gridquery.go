package geom

import "math"

// Query calls visit with the number of every box that shares a point with r, each once,
// until visit returns false. Small boxes come cell by cell, those of a cell in ascending order, after the
// few large ones: the order is fixed but not sorted. It does not allocate.
func (g *Grid) Query(r Rect, visit func(id int32) bool) {
	if !g.bounds.Intersects(r) {
		return
	}
	for _, id := range g.large {
		if g.boxes[id].Intersects(r) && !visit(id) {
			return
		}
	}
	x0, y0, x1, y1 := g.span(r)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			c := y*g.nx + x
			for _, id := range g.items[g.start[c]:g.start[c+1]] {
				b := g.boxes[id]
				if !b.Intersects(r) {
					continue
				}
				// A box in several cells is told only in the first of them that the query visits.
				if max(g.column(b.Min.X), x0) != x || max(g.row(b.Min.Y), y0) != y {
					continue
				}
				if !visit(id) {
					return
				}
			}
		}
	}
}

// Nearest returns the number of the box nearest to p among those within reach, and its
// distance (0 inside a box). Of equally near ones the highest number wins, as it is
// drawn last and so lies on top. Without any it returns -1 and reach.
func (g *Grid) Nearest(p Point, reach float32) (int32, float32) {
	return g.NearestFunc(p, reach, func(id int32) float32 { return g.boxes[id].Dist(p) })
}

// NearestFunc is Nearest with the caller's own distance, for shapes that are not
// boxes: dist is asked for boxes within reach only, must be no smaller than the distance
// to the box, and may return a value above reach, or +Inf, for "not this one".
func (g *Grid) NearestFunc(p Point, reach float32, dist func(id int32) float32) (int32, float32) {
	best, bestDist := int32(-1), reach
	consider := func(id int32) {
		if g.boxes[id].Dist(p) > bestDist {
			return
		}
		d := dist(id)
		if d < bestDist || d == bestDist && id > best {
			best, bestDist = id, d
		}
	}
	if g.nx == 0 || !(g.bounds.Dist(p) <= reach) {
		return best, bestDist
	}
	for _, id := range g.large {
		consider(id)
	}
	// Rings of cells about p's own, outward, until no cell can hold anything nearer.
	cx, cy := g.column(p.X), g.row(p.Y)
	for ring := int32(0); ring < max(g.nx, g.ny); ring++ {
		if ring > 0 && g.ringDist(p, cx, cy, ring) > bestDist {
			break
		}
		g.visitRing(cx, cy, ring, consider)
	}
	return best, bestDist
}

// ringDist returns a lower bound of the distance from p to any cell of the ring.
func (g *Grid) ringDist(p Point, cx, cy, ring int32) float32 {
	left := p.X - (g.bounds.Min.X + float32(cx-ring+1)*g.cell)
	right := g.bounds.Min.X + float32(cx+ring)*g.cell - p.X
	top := p.Y - (g.bounds.Min.Y + float32(cy-ring+1)*g.cell)
	bottom := g.bounds.Min.Y + float32(cy+ring)*g.cell - p.Y
	near := float32(math.Inf(1))
	for _, side := range [4]struct {
		d    float32
		live bool
	}{{left, cx-ring >= 0}, {right, cx+ring < g.nx}, {top, cy-ring >= 0}, {bottom, cy+ring < g.ny}} {
		if side.live {
			near = min(near, side.d)
		}
	}
	return near
}

func (g *Grid) visitRing(cx, cy, ring int32, consider func(id int32)) {
	cell := func(x, y int32) {
		if x < 0 || y < 0 || x >= g.nx || y >= g.ny {
			return
		}
		c := y*g.nx + x
		for _, id := range g.items[g.start[c]:g.start[c+1]] {
			consider(id)
		}
	}
	if ring == 0 {
		cell(cx, cy)
		return
	}
	x0, x1 := max(cx-ring, 0), min(cx+ring, g.nx-1)
	for x := x0; x <= x1; x++ {
		cell(x, cy-ring)
		cell(x, cy+ring)
	}
	for y := max(cy-ring+1, 0); y <= min(cy+ring-1, g.ny-1); y++ {
		cell(cx-ring, y)
		cell(cx+ring, y)
	}
}
