package render

import (
	"math"

	"caveat/app/geom"
	"caveat/app/scene"
)

// pen is what a stroke consists of once heads, dashes and doubling are
// worked out: the same for pixels, SVG and PDF. Lengths are device pixels.
type pen struct {
	shafts  [2][]geom.Curve // one, or two side by side; each a run of curves
	half    float32         // half the width of a shaft
	on, off float32         // dash pattern along a shaft; off 0 is solid
	dots    bool            // the pattern is round dots, on is 0
	head    [3]geom.Point
	hasHead bool
	hollow  bool
	thin    float32 // half the width of a hollow head's outline
}

// penOf works out the parts of s at so many device pixels per unit. The shafts are in buf, which it returns grown.
func penOf(s *scene.Stroke, scale float32, buf []geom.Curve) (pen, []geom.Curve) {
	buf = appendWay(buf[:0], s)
	way := buf
	p := pen{half: s.Width / 2}
	if s.Head != scene.NoHead {
		way = p.addHead(way, s, scale)
	}
	p.shafts[0] = way
	if s.Double {
		p.half = max(s.Width*.3, .45*scale)
		gap := p.half + .9*scale
		n := len(way)
		for _, side := range [2]float32{gap, -gap} {
			for _, c := range way {
				buf = append(buf, offset(c, side))
			}
		}
		p.shafts[0], p.shafts[1] = buf[len(buf)-2*n:len(buf)-n], buf[len(buf)-n:]
	}
	p.addDash(s, way, scale)
	return p, buf
}

// headLength returns how long an arrowhead is.
func headLength(width, scale float32) float32 { return 6*scale + 1.6*width }

// addHead places the head with its tip exactly at B and returns the way
// cut off at the head's base.
func (p *pen) addHead(way []geom.Curve, s *scene.Stroke, scale float32) []geom.Curve {
	tip := s.B
	l := min(headLength(s.Width, scale), s.A.Dist(tip)*.6)
	if !(l > 0) {
		return way
	}
	for len(way) > 1 && way[len(way)-1].A.Dist(tip) < l {
		way = way[:len(way)-1]
	}
	c := way[len(way)-1]
	chord := c.A.Dist(c.B)
	// The parameter at which the curve enters the head: Newton's method on the distance to the tip.
	t := float32(1)
	for range 4 {
		p := c.At(t)
		speed := max(c.Tangent(t).Len(), chord*.1)
		t = min(max(t+(p.Dist(tip)-l)/speed, 0), 1)
	}
	base := c.At(t)
	dir := tip.Sub(base).Unit()
	side := dir.Perp().Mul(l * .44)
	foot := tip.Sub(dir.Mul(l))
	p.head = [3]geom.Point{tip, foot.Add(side), foot.Sub(side)}
	p.hasHead, p.hollow = true, s.Head == scene.HollowArrow
	if p.hollow { // keep the outline inside the triangle so that its tip stays at B
		p.thin = max(s.Width*.35, .55*scale)
		centre := tip.Sub(dir.Mul(l * 2 / 3))
		r := l * .28 // of the inscribed circle, about
		k := max(1-p.thin/r, .3)
		for i, q := range p.head {
			p.head[i] = centre.Lerp(q, k)
		}
		p.head[0] = tip.Sub(dir.Mul(p.thin))
	}
	way[len(way)-1] = c.Between(0, t)
	return way
}

// maxDashes bounds the pieces of one stroke; a longer one is solid.
const maxDashes = 4096

// addDash sets the pattern, stretched so that a whole number fits and the
// curve ends in ink.
func (p *pen) addDash(s *scene.Stroke, way []geom.Curve, scale float32) {
	switch s.Dash {
	case scene.Dashed:
		p.on, p.off = 5*scale+s.Width, 3*scale+s.Width
	case scene.Dotted:
		p.on, p.off, p.dots = 0, 2.2*scale+1.6*s.Width, true
		p.half = max(p.half, .7*scale)
	default:
		return
	}
	length := wayLength(way)
	n := float32(math.Round(float64((length - p.on) / (p.on + p.off))))
	if !(n >= 1 && n <= maxDashes) {
		p.on, p.off, p.dots = 0, 0, false
		return
	}
	k := length / (n*(p.on+p.off) + p.on)
	p.on, p.off = p.on*k, p.off*k
}

// offset returns c moved sideways by d, about: exact for straight lines,
// close for the gentle arcs of edges.
func offset(c geom.Curve, d float32) geom.Curve {
	na, nb := c.Tangent(0).Unit().Perp(), c.Tangent(1).Unit().Perp()
	mid := na.Add(nb).Unit()
	k := d / max(mid.Dot(na), .3)
	return geom.Curve{A: c.A.Add(na.Mul(d)), C: c.C.Add(mid.Mul(k)), B: c.B.Add(nb.Mul(d))}
}

// flatten appends points along c, ends included, that stray from it by less
// than a quarter of a pixel.
func flatten(pts []geom.Point, c geom.Curve) []geom.Point {
	bend := c.A.Sub(c.C.Mul(2)).Add(c.B).Len()
	n := int(math.Ceil(math.Sqrt(float64(bend))))
	n = min(max(n, 1), 64)
	for i := 0; i <= n; i++ {
		pts = append(pts, c.At(float32(i)/float32(n)))
	}
	return pts
}

// flattenWay is flatten for curves that follow each other.
func flattenWay(pts []geom.Point, way []geom.Curve) []geom.Point {
	for i, c := range way {
		if i > 0 {
			pts = pts[:len(pts)-1]
		}
		pts = flatten(pts, c)
	}
	return pts
}

// appendWay appends the curves of a stroke, one or more.
func appendWay(dst []geom.Curve, s *scene.Stroke) []geom.Curve {
	if len(s.Way) > 0 {
		return append(dst, s.Way...)
	}
	return append(dst, geom.Curve{A: s.A, C: s.Ctrl, B: s.B})
}

// drawable reports whether all of a stroke is somewhere.
func drawable(s *scene.Stroke) bool {
	for _, c := range s.Way {
		if !c.A.Finite() || !c.C.Finite() || !c.B.Finite() {
			return false
		}
	}
	return s.A.Finite() && s.Ctrl.Finite() && s.B.Finite()
}

// wayMiddle returns the middle of a stroke, where its lightning mark is.
func wayMiddle(s *scene.Stroke) geom.Point {
	if len(s.Way) == 0 {
		return geom.Curve{A: s.A, C: s.Ctrl, B: s.B}.At(.5)
	}
	left := wayLength(s.Way) / 2
	for _, c := range s.Way {
		l := curveLength(c)
		if l > 0 && left <= l {
			return c.At(left / l)
		}
		left -= l
	}
	return s.B
}

func wayLength(way []geom.Curve) float32 {
	var l float32
	for _, c := range way {
		l += curveLength(c)
	}
	return l
}

func curveLength(c geom.Curve) float32 {
	var l float32
	last := c.A
	for i := 1; i <= 16; i++ {
		p := c.At(float32(i) / 16)
		l += last.Dist(p)
		last = p
	}
	return l
}

// bolt returns the outline of the lightning mark about p, size tall.
func bolt(p geom.Point, size float32) [7]geom.Point {
	shape := [7]geom.Point{{X: .12, Y: -.5}, {X: -.3, Y: .08}, {X: -.04, Y: .08}, {X: -.14, Y: .5},
		{X: .3, Y: -.12}, {X: .04, Y: -.12}, {X: .2, Y: -.5}}
	for i, q := range shape {
		shape[i] = p.Add(q.Mul(size))
	}
	return shape
}

// boltSize returns how tall the lightning mark of a stroke is.
func boltSize(scale float32) float32 { return 15 * scale }
