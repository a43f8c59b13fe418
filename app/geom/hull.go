package geom

import (
	"cmp"
	"slices"
)

// Hull returns the convex hull of points as a polygon whose inside lies at positive Cross of each side
// (Andrew's monotone chain, 1979). Fewer than three different points are returned as they are, without repeats.
func Hull(pts []Point) []Point {
	pts = slices.Clone(pts)
	slices.SortFunc(pts, func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	pts = slices.Compact(pts)
	if len(pts) < 3 {
		return pts
	}
	var out []Point
	half := func(list func(i int) Point) {
		from := len(out)
		for i := range pts {
			p := list(i)
			for len(out)-from >= 2 && turn(out[len(out)-2], out[len(out)-1], p) <= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		out = out[:len(out)-1]
	}
	half(func(i int) Point { return pts[i] })
	half(func(i int) Point { return pts[len(pts)-1-i] })
	return out
}
