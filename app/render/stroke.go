package render

import (
	"image/color"
	"math"

	"caveat/app/geom"
	"caveat/app/scene"
)

// stroke paints one edge of the near level.
func (w *worker) stroke(s *scene.Stroke, scale float32, background color.NRGBA) {
	if !drawable(s) {
		return
	}
	c, m := &w.canvas, &w.mask
	if w.hair(s) {
		return
	}
	if s.Halo.A > 0 {
		w.curves = appendWay(w.curves[:0], s)
		w.pts = flattenWay(w.pts[:0], w.curves)
		m.polyline(w.pts, s.Width/2+haloWidth*scale, round, round)
		m.flush(c, inkOf(s.Halo))
	}
	var p pen
	p, w.curves = penOf(s, scale, w.curves)
	for _, shaft := range p.shafts {
		if len(shaft) == 0 {
			continue
		}
		w.pts = flattenWay(w.pts[:0], shaft)
		if p.off > 0 {
			w.dashes(w.pts, &p)
		} else {
			m.polyline(w.pts, p.half, butt, butt)
		}
	}
	if p.hasHead {
		if p.hollow {
			m.closed(p.head[:], p.thin)
		} else {
			m.polygon(p.head[:])
		}
	}
	m.flush(c, inkOf(s.Color))
	if s.Bolt {
		w.bolt(wayMiddle(s), boltSize(scale), s.Color, background)
	}
}

// hair paints a plain straight stroke of at most about a pixel as a hairline with as much ink, in a quarter of
// the time, and reports whether it did. Its ends are not shared between pixels: they lie at the rims of marks.
func (w *worker) hair(s *scene.Stroke) bool {
	if s.Width > 1 || s.Dash != scene.Solid || s.Head != scene.NoHead || s.Double || s.Bolt || s.Halo.A > 0 || len(s.Way) > 0 {
		return false
	}
	if s.A.Add(s.B).Mul(.5).Dist(s.Ctrl) > .25 {
		return false
	}
	d := s.B.Sub(s.A)
	// A hairline is a pixel wide along the shorter axis, so thinner the more it slants.
	share := s.Width * d.Len() / max(abs(d.X), abs(d.Y))
	if !(share <= 1.1) {
		return false
	}
	c := &w.canvas
	if l, ok := hairlineOf(s.A, s.B, c.width, c.height); ok {
		k := inkOf(s.Color)
		k.alpha = uint32(float32(k.alpha) * min(share, 1))
		c.line(&l, k)
	}
	return true
}

// haloWidth is how far a stroke's halo reaches beyond it, in units.
const haloWidth = 3

// dashes adds the dashed or dotted line through pts.
func (w *worker) dashes(pts []geom.Point, p *pen) {
	if p.dots {
		w.dots(pts, p)
		return
	}
	const tiny = 1e-3
	on, left, start := true, p.on, butt
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		for l := a.Dist(b); l > tiny; l = a.Dist(b) {
			step := min(l, left)
			next := a.Lerp(b, step/l)
			left -= step
			if on {
				// A dash that turns a corner goes on as another segment.
				end := joined
				if left <= tiny || i == len(pts)-1 && step == l {
					end = butt
				}
				w.mask.segment(a, next, p.half, start, end)
				start = joined
			}
			a = next
			if left > tiny {
				continue
			}
			on, left, start = !on, p.off, butt
			if on {
				left = p.on
			}
		}
	}
}

// dots adds a dot at both ends of pts and about every p.off between.
func (w *worker) dots(pts []geom.Point, p *pen) {
	dot := func(at geom.Point) { w.mask.segment(at, at, p.half, round, round) }
	dot(pts[0])
	total := float32(0)
	for i := 1; i < len(pts); i++ {
		total += pts[i].Dist(pts[i-1])
	}
	n := float32(math.Round(float64(total / p.off)))
	if !(n >= 1 && n <= maxDashes) {
		return
	}
	off := total / n
	left := off
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		l := a.Dist(b)
		for at := left; ; at += off {
			if at > l {
				left = at - l
				break
			}
			dot(a.Lerp(b, at/l))
		}
	}
	dot(pts[len(pts)-1])
}

// bolt paints the lightning mark on a small clearing of the background.
func (w *worker) bolt(at geom.Point, size float32, k, background color.NRGBA) {
	shape := bolt(at, size)
	background.A = k.A
	w.mask.closed(shape[:], size*.13)
	w.mask.polygon(shape[:])
	w.mask.flush(&w.canvas, inkOf(background))
	w.mask.polygon(shape[:])
	w.mask.flush(&w.canvas, inkOf(k))
}

// strokeReach returns the box a stroke may paint in.
func strokeReach(s *scene.Stroke, scale float32) geom.Rect {
	var box geom.Rect
	if len(s.Way) == 0 {
		box = geom.Curve{A: s.A, C: s.Ctrl, B: s.B}.Bounds()
	} else {
		box = geom.BoundsOf(nil)
		for _, c := range s.Way {
			box = box.Union(c.Bounds())
		}
	}
	grow := s.Width/2 + 1
	if s.Halo.A > 0 {
		grow += haloWidth * scale
	}
	if s.Double {
		grow += 2*scale + s.Width
	}
	if s.Dash == scene.Dotted {
		grow += scale
	}
	if s.Head != scene.NoHead {
		grow = max(grow, headLength(s.Width, scale)*.5+1)
	}
	if s.Bolt {
		grow = max(grow, boltSize(scale)*.7+1)
	}
	return box.Inset(-grow)
}

// extentOf returns the rows of a box in a picture of w by h, or none where it
// lies outside.
func extentOf(box, part geom.Rect) extent {
	if !(box.Max.X >= part.Min.X && box.Min.X <= part.Max.X && box.Max.Y >= part.Min.Y && box.Min.Y <= part.Max.Y) {
		return extent{from: 0, to: -1}
	}
	return extent{from: int32(max(box.Min.Y, part.Min.Y)), to: int32(min(box.Max.Y, part.Max.Y))}
}
