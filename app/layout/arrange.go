package layout

import (
	"math"

	"caveat/app/geom"
)

// arrange writes the places of all nodes: components without pins in a block, about the largest of them, those with pins (in place)
// where they are, the block beside them. A component without an end yet is shown as a dot.
func (f *force) arrange(p *Problem, ends [][]geom.Point, pos []geom.Point) {
	var which []int
	obstacles := geom.BoundsOf(nil)
	for k, pts := range ends {
		names := f.names[k]
		if f.anchored(p, k) {
			if pts != nil {
				pts = fitToPins(pts, names, p, f.place)
				for i, v := range names {
					pos[v] = pts[i]
				}
			} else {
				for _, v := range names {
					pos[v] = f.place[v]
				}
			}
			for _, v := range names {
				obstacles = obstacles.Union(geom.Rect{Min: pos[v], Max: pos[v]})
			}
			continue
		}
		for i, v := range names {
			pos[v] = geom.Point{}
			if pts != nil {
				pos[v] = pts[i]
			}
		}
		which = append(which, k)
	}
	f.pack(p, which, pos, obstacles)
}

// anchored reports whether component k has pinned nodes.
func (f *force) anchored(p *Problem, k int) bool {
	if f.place == nil {
		return false
	}
	for _, v := range f.names[k] {
		if p.pinned(int(v)) {
			return true
		}
	}
	return false
}

// boundsOfDiscs returns those of some nodes.
func boundsOfDiscs(p *Problem, names []int32, pos []geom.Point) geom.Rect {
	b := geom.BoundsOf(nil)
	for _, v := range names {
		r := p.radius(int(v))
		b = b.Union(geom.RectAround(pos[v], r, r))
	}
	return b
}

// fitToPins returns pts turned, mirrored and moved (never scaled) so that the pinned among the
// nodes come as near to their places as can be (Kabsch), and put exactly there.
func fitToPins(pts []geom.Point, names []int32, p *Problem, place []geom.Point) []geom.Point {
	var n, fx, fy, tx, ty float64
	for i, v := range names {
		if p.pinned(int(v)) {
			fx, fy = fx+float64(pts[i].X), fy+float64(pts[i].Y)
			tx, ty = tx+float64(place[v].X), ty+float64(place[v].Y)
			n++
		}
	}
	fx, fy, tx, ty = fx/n, fy/n, tx/n, ty/n
	var dot, cross, dotM, crossM float64 // plain and mirrored in y
	for i, v := range names {
		if !p.pinned(int(v)) {
			continue
		}
		ax, ay := float64(pts[i].X)-fx, float64(pts[i].Y)-fy
		bx, by := float64(place[v].X)-tx, float64(place[v].Y)-ty
		dot += float64(ax*bx) + float64(ay*by)
		cross += float64(ax*by) - float64(ay*bx)
		dotM += float64(ax*bx) - float64(ay*by)
		crossM += float64(ax*by) + float64(ay*bx)
	}
	mirror := 1.0
	if math.Hypot(dotM, crossM) > math.Hypot(dot, cross)*(1+1e-9) {
		mirror, dot, cross = -1, dotM, crossM
	}
	cos, sin := 1.0, 0.0
	if l := math.Hypot(dot, cross); l > 0 {
		cos, sin = dot/l, cross/l
	}
	out := make([]geom.Point, len(pts))
	for i, v := range names {
		if p.pinned(int(v)) {
			out[i] = place[v]
			continue
		}
		x, y := float64(pts[i].X)-fx, (float64(pts[i].Y)-fy)*mirror
		out[i] = geom.Point{
			X: float32(float64(x*cos) - float64(y*sin) + tx),
			Y: float32(float64(x*sin) + float64(y*cos) + ty),
		}
	}
	return out
}
