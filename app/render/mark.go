package render

import (
	"image/color"
	"math"

	"caveat/app/geom"
	"caveat/app/scene"
)

// Sizes of what surrounds a mark, in units.
const (
	ringGap   = 2
	ringWidth = 2.5
	pinRadius = 3.4
)

// iconBox returns the square in which a mark's icon is drawn.
func iconBox(m *scene.Mark) geom.Rect {
	half := m.Radius * scene.IconHalf
	at := m.At
	if m.Outline == scene.Page {
		half *= .9
		at.Y += m.Radius * .1
	}
	return geom.RectAround(at, half, half)
}

// mark paints a node; icon may be nil.
func (w *worker) mark(m *scene.Mark, icon *iconMask, scale float32) {
	if !m.At.Finite() {
		return
	}
	s := markShape(m)
	c := &w.canvas
	if m.Ring.A > 0 {
		c.ring(&s, ringGap*scale, ringWidth*scale, inkOf(m.Ring))
	}
	fill, border := inkOf(m.Fill), inkOf(m.Border)
	if m.Border.A == 0 {
		border = fill
	}
	c.paint(&s, fill, border, m.Width)
	if m.Outline == scene.Page {
		w.pageFold(&s, m)
	}
	if icon != nil {
		icon.draw(c, inkOf(m.Ink))
	}
	if m.Pin {
		w.pin(m, &s, scale)
	}
}

// pageFold paints the turned-down corner of a page in its border colour.
func (w *worker) pageFold(s *shape, m *scene.Mark) {
	tri := foldOf(s)
	w.mask.polygon(tri[:])
	w.mask.flush(&w.canvas, inkOf(foldColor(m)))
}

func foldColor(m *scene.Mark) color.NRGBA {
	if m.Border.A == 0 {
		return m.Ink
	}
	return m.Border
}

func foldOf(s *shape) [3]geom.Point {
	f := s.fold
	right, top := s.at.X+s.w, s.at.Y-s.h
	return [3]geom.Point{{X: right - f, Y: top}, {X: right, Y: top + f}, {X: right - f, Y: top + f}}
}

// pinOf returns where the head of a mark's pin and its point are.
func pinOf(m *scene.Mark, s *shape, scale float32) (head, tip geom.Point) {
	// Just outside the outline along the upper right diagonal.
	tip = m.At
	for d := float32(0); d < 2*m.Radius; d += scale / 2 {
		p := m.At.Add(geom.Point{X: d * math.Sqrt2 / 2, Y: -d * math.Sqrt2 / 2})
		if s.dist(p.X, p.Y) > -scale {
			break
		}
		tip = p
	}
	return tip.Add(geom.Point{X: 5 * scale, Y: -5 * scale}), tip
}

// pinColor returns the colour of a pin: that of the mark's border, which stands out on the fill.
func pinColor(m *scene.Mark) color.NRGBA {
	if m.Border.A > 0 {
		return m.Border
	}
	return m.Fill
}

func (w *worker) pin(m *scene.Mark, s *shape, scale float32) {
	head, tip := pinOf(m, s, scale)
	k := inkOf(pinColor(m))
	w.mask.segment(tip, head, .7*scale, round, round)
	w.mask.flush(&w.canvas, k)
	d := shape{at: head, w: pinRadius * scale, h: pinRadius * scale}
	w.canvas.paint(&d, inkOf(m.Fill), k, 1.2*scale)
}

// markReach returns the box a mark may paint in.
func markReach(m *scene.Mark, scale float32) geom.Rect {
	s := markShape(m)
	b := s.bounds().Inset(-1)
	if m.Ring.A > 0 {
		b = b.Inset(-(ringGap + ringWidth) * scale)
	}
	if m.Pin {
		head, _ := pinOf(m, &s, scale)
		b = b.Union(geom.RectAround(head, (pinRadius+1)*scale, (pinRadius+1)*scale))
	}
	return b
}

// area paints a rounded box or a polygon behind everything.
func (w *worker) area(a *scene.Area) {
	if len(a.Points) > 0 {
		rings := append([][]geom.Point{a.Points}, a.Holes...)
		for _, ring := range rings {
			for _, p := range ring {
				if !p.Finite() {
					return
				}
			}
		}
		w.mask.polygon(rings...)
		w.mask.flush(&w.canvas, inkOf(a.Fill))
		if a.Border.A > 0 && a.Width > 0 {
			for _, ring := range rings {
				w.mask.closed(ring, a.Width/2)
			}
			w.mask.flush(&w.canvas, inkOf(a.Border))
		}
		return
	}
	s := boxShape(a.Box, a.Radius)
	border, width := inkOf(a.Border), a.Width
	if a.Border.A == 0 {
		width = 0
	}
	w.canvas.paint(&s, inkOf(a.Fill), border, width)
}

// boxShape returns the outline of a rounded box.
func boxShape(b geom.Rect, corner float32) shape {
	w, h := b.Width()/2, b.Height()/2
	return shape{at: b.Center(), kind: box, w: w, h: h, corner: min(corner, w, h)}
}

func areaReach(a *scene.Area) geom.Rect {
	if len(a.Points) > 0 {
		return geom.BoundsOf(a.Points).Inset(-a.Width/2 - 1)
	}
	return a.Box.Inset(-1)
}
