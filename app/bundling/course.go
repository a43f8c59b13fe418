package bundling

import "caveat/app/geom"

// How curves run along their paths; found by looking at drawings of many kinds.
const (
	smoothing = 2    // times that every point moves half-way to the middle of its neighbours
	tension   = 0.94 // of the way from the straight line to the path
	nodeGap   = 5    // kept free between a curve and the rim of a node that it passes, in drawing units
	nearPart  = 0.35 // of the distance to the next point is the most that is kept free, where nodes stand close
	maxInner  = 48   // points of a course beside its ends
)

// Course appends to dst the course of an edge from a to b along a path: both ends and the points that a smooth curve
// between them is guided by, a uniform quadratic B-spline of which each inner point is the control point of one piece.
// Pieces meet half-way between inner points; the first begins in a and the last ends in b. The curve passes beside the
// nodes of the path, whose radii are given, on the inner side of each corner. shift moves it sideways, for parallel edges: to
// the left of its direction where that is a to b with y down.
func Course(dst []geom.Point, pos []geom.Point, radius []float32, a, b int32, path []int32, shift float32) []geom.Point {
	from := len(dst)
	dst = append(dst, pos[a])
	step := 1 + (len(path)-1)/maxInner
	for i := 0; i < len(path); i += step {
		dst = append(dst, pos[path[i]])
	}
	dst = append(dst, pos[b])
	g := dst[from:]
	smooth(g)
	pull(g)
	for i := 1; i < len(g)-1; i++ {
		n := path[(i-1)*step]
		near := min(g[i].Dist(g[i-1]), g[i].Dist(g[i+1]))
		g[i] = beside(g, i, pos[n], min(radius[n]+nodeGap, nearPart*near))
	}
	if shift != 0 {
		aside(g, shift)
	}
	return dst
}

// smooth moves the inner points towards the middle of their neighbours; of a course of one or two only once, or it
// would not be seen whom it follows.
func smooth(g []geom.Point) {
	for range min(smoothing, (len(g)-1)/2) {
		before := g[0]
		for i := 1; i < len(g)-1; i++ {
			next := before.Lerp(g[i+1], 0.5).Lerp(g[i], 0.5)
			before = g[i]
			g[i] = next
		}
	}
}

// pull brings the inner points nearer to the straight line between the ends, so that edges of different ends do not
// hide each other wholly (the bundling strength of Holten, Hierarchical Edge Bundles, 2006).
func pull(g []geom.Point) {
	total := float32(0)
	for i := 1; i < len(g); i++ {
		total += g[i].Dist(g[i-1])
	}
	if !(total > 0) {
		return
	}
	a, b, last, so := g[0], g[len(g)-1], g[0], float32(0)
	for i := 1; i < len(g)-1; i++ {
		so += g[i].Dist(last)
		last = g[i]
		g[i] = a.Lerp(b, so/total).Lerp(g[i], tension)
	}
}

// beside returns the inner point i moved so that the curve stays clear of a disc.
func beside(g []geom.Point, i int, at geom.Point, clear float32) geom.Point {
	before, p, after := g[i-1], g[i], g[i+1]
	near := before.Add(after).Mul(0.125).Add(p.Mul(0.75)) // the curve at the middle of its piece
	out := near.Sub(at)
	d := out.Len()
	if d >= clear {
		return p
	}
	way := out.Unit()
	if d < clear/8 { // through the middle: to the inner side of the corner
		if way = before.Lerp(after, 0.5).Sub(p).Unit(); way == (geom.Point{}) {
			way = after.Sub(before).Unit().Perp()
		}
	}
	return p.Add(way.Mul((clear - d) / 0.75))
}

// aside moves the inner points to one side of the course.
func aside(g []geom.Point, shift float32) {
	last := g[0]
	for i := 1; i < len(g)-1; i++ {
		p := g[i]
		g[i] = p.Add(g[i+1].Sub(last).Unit().Perp().Mul(shift))
		last = p
	}
}
