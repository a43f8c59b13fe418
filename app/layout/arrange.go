package layout

import (
	"math"

	"caveat/app/geom"
)

// arrange writes the places of all nodes: components without pins in a block side by side, those with pins (in place)
// where they are, the block beside them. A component without an end yet is shown as a dot.
func (f *force) arrange(p *Problem, ends [][]geom.Point, pos []geom.Point) {
	var sizes []geom.Point
	var which []int
	obstacles := geom.BoundsOf(nil)
	for k, pts := range ends {
		if f.anchored(p, k) {
			if pts != nil {
				pts = fitToPins(pts, f.names[k], p, f.place)
				for i, v := range f.names[k] {
					pos[v] = pts[i]
				}
			} else {
				for _, v := range f.names[k] {
					pos[v] = f.place[v]
				}
			}
			for _, v := range f.names[k] {
				obstacles = obstacles.Union(geom.Rect{Min: pos[v], Max: pos[v]})
			}
			continue
		}
		size := geom.Point{}
		if pts != nil {
			b := boundsOfDiscs(p, f.names[k], pts)
			size = geom.Point{X: b.Width(), Y: b.Height()}
		}
		sizes, which = append(sizes, size), append(which, k)
	}
	corners := packBoxes(sizes)
	shift := blockShift(sizes, corners, obstacles)
	for i, k := range which {
		pts := ends[k]
		if pts == nil {
			for _, v := range f.names[k] {
				pos[v] = corners[i].Add(shift)
			}
			continue
		}
		b := boundsOfDiscs(p, f.names[k], pts)
		by := corners[i].Sub(b.Min).Add(shift)
		for j, v := range f.names[k] {
			pos[v] = pts[j].Add(by)
		}
	}
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

func boundsOfDiscs(p *Problem, names []int32, pts []geom.Point) geom.Rect {
	b := geom.BoundsOf(nil)
	for i, v := range names {
		r := p.radius(int(v))
		b = b.Union(geom.RectAround(pts[i], r, r))
	}
	return b
}

// blockShift returns how to move the packed block: its middle to the origin, or, if something is in place
// already, to the right of that.
func blockShift(sizes, corners []geom.Point, obstacles geom.Rect) geom.Point {
	block := geom.BoundsOf(nil)
	for i, s := range sizes {
		block = block.Union(geom.Rect{Min: corners[i], Max: corners[i].Add(s)})
	}
	if obstacles.Empty() {
		return geom.Point{}.Sub(block.Center())
	}
	return geom.Point{
		X: obstacles.Max.X + packGap - block.Min.X,
		Y: obstacles.Center().Y - block.Center().Y,
	}
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
