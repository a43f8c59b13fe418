package render

import (
	"math"

	"caveat/app/geom"
)

// canvas is the part of a picture that one worker paints: the columns left to right of the
// rows top to bot. Everything clips itself to it.
type canvas struct {
	pix           []pixel // of the columns left to right, from row first on
	first         int
	width, height int // of the frame
	left, right   int
	top, bot      int
}

// row returns the pixels of row y, which lies in the canvas. The first is that of column left.
func (c *canvas) row(y int) []pixel {
	n := c.right - c.left
	return c.pix[(y-c.first)*n : (y-c.first+1)*n]
}

// between returns the pixels of row y from column x0 up to x1, which lie in the canvas.
func (c *canvas) between(y, x0, x1 int) []pixel { return c.row(y)[x0-c.left : x1-c.left] }

// mask collects the coverage of one shape made of several overlapping parts,
// so that it is blended once and a translucent stroke has no seams. Rows
// remember where they were touched; flush blends and clears just that.
type mask struct {
	width    int
	top, bot int
	cov      []uint8 // (bot-top) rows of width
	lo, hi   int     // touched rows, from inclusive
	from, to []int32 // touched columns of each row, from inclusive
	acc      []float32
}

// reset makes the mask cover the rows of c. Between flushes it is all zero.
func (m *mask) reset(c *canvas) {
	rows := c.bot - c.top
	if m.width != c.width || len(m.cov) < rows*c.width {
		m.cov = make([]uint8, rows*c.width)
		m.acc = make([]float32, c.width+2)
	}
	if len(m.from) < rows {
		m.from, m.to = make([]int32, rows), make([]int32, rows)
		for i := range m.from {
			m.from[i] = math.MaxInt32
		}
	}
	m.width, m.top, m.bot = c.width, c.top, c.bot
	m.lo, m.hi = c.bot, c.top
}

// touch returns the columns x0 to x1 of row y, clipped, and the first of them.
func (m *mask) touch(y, x0, x1 int) ([]uint8, int) {
	x0, x1 = max(x0, 0), min(x1, m.width)
	if x0 >= x1 {
		return nil, 0
	}
	i := y - m.top
	m.from[i], m.to[i] = min(m.from[i], int32(x0)), max(m.to[i], int32(x1))
	return m.cov[i*m.width+x0 : i*m.width+x1], x0
}

// flush blends k where the mask is set and clears the mask.
func (m *mask) flush(c *canvas, k ink) {
	lo, hi := m.lo, m.hi
	m.lo, m.hi = m.bot, m.top
	for y := lo; y < hi; y++ {
		i := y - m.top
		from, to := m.from[i], m.to[i]
		if from >= to {
			continue
		}
		m.from[i], m.to[i] = math.MaxInt32, 0
		cov := m.cov[i*m.width : (i+1)*m.width]
		if x0, x1 := max(int(from), c.left), min(int(to), c.right); x0 < x1 {
			k.through(c.between(y, x0, x1), cov[x0:x1])
		}
		clear(cov[from:to])
	}
}

// through blends k over a row by its coverage.
func (k ink) through(row []pixel, cov []uint8) {
	row = row[:len(cov)]
	for x, v := range cov {
		if v == 0 {
			continue
		}
		a := scale256(uint32(v)) * k.alpha >> 8
		if a == 256 {
			row[x] = k.px
		} else {
			row[x] = blend(row[x], k.px, a)
		}
	}
}

// rows returns the rows of the mask within reach of y0 to y1, to be touched.
func (m *mask) rows(y0, y1 float32) (int, int) {
	from, to := max(m.top, floor(y0)), min(m.bot, floor(y1)+1)
	if from < to {
		m.lo, m.hi = min(m.lo, from), max(m.hi, to)
	}
	return from, to
}

// floor rounds down and keeps wild values within what a picture can hold.
func floor(x float32) int {
	return int(math.Floor(float64(min(max(x, -1<<20), 1<<20))))
}

// ends says how a segment stops.
type ends uint8

const (
	round ends = iota
	butt
	// joined ends go on into another segment in about the same direction.
	joined
)

// segment adds the line from a to b, half as wide as half says. Coverage is a
// box filter over the distance to the segment; lines thinner than a pixel get fainter.
// The points are finite.
func (m *mask) segment(a, b geom.Point, half float32, start, end ends) {
	reach := half + .5
	peak := min(2*half, 1)
	y0, y1 := m.rows(min(a.Y, b.Y)-reach, max(a.Y, b.Y)+reach)
	if y0 >= y1 {
		return
	}
	d := b.Sub(a)
	length := d.Len()
	u := geom.Point{X: 1}
	if length > 0 {
		u = geom.Point{X: d.X / length, Y: d.Y / length}
	}
	sg := span{reach: reach, peak: peak, length: length, start: start, end: end}
	t0, t1 := sg.limits()
	along, extent := (t0+t1)/2, (t1-t0)/2
	var ix, iy float32 // 0 where the line runs along the axis
	if abs(u.X) > 1e-6 {
		ix = 1 / u.X
	}
	if abs(u.Y) > 1e-6 {
		iy = 1 / u.Y
	}
	left, right := max(min(a.X, b.X)-reach, -1)-a.X, min(max(a.X, b.X)+reach, float32(m.width)+1)-a.X
	for y := y0; y < y1; y++ {
		py := float32(y) + .5 - a.Y
		lo, hi := left, right
		if iy != 0 { // |x·u.Y - py·u.X| <= reach
			mid, r := py*u.X*iy, reach*abs(iy)
			lo, hi = max(lo, mid-r), min(hi, mid+r)
		} else if abs(py) > reach {
			continue
		}
		if ix != 0 { // t0 <= x·u.X + py·u.Y <= t1
			mid, r := (along-py*u.Y)*ix, extent*abs(ix)
			lo, hi = max(lo, mid-r), min(hi, mid+r)
		} else if t := py * u.Y; t < t0 || t > t1 {
			continue
		}
		if !(lo <= hi) {
			continue
		}
		cov, x := m.touch(y, int(lo+a.X), int(hi+a.X)+1)
		px := float32(x) + .5 - a.X
		sg.row(cov, px*u.Y-py*u.X, px*u.X+py*u.Y, u)
	}
}

// span is what the rows of a segment have in common.
type span struct {
	reach, peak, length float32
	start, end          ends
	first, last         float32 // between these positions along the line its ends do not matter
}

// limits sets where ends matter and returns how far along the line there is ink.
func (g *span) limits() (t0, t1 float32) {
	t0, t1 = -g.reach, g.length+g.reach
	g.first, g.last = 0, g.length
	switch g.start {
	case butt:
		g.first, t0 = .5, -.5
	case joined:
		g.first, t0 = -1, -.5
	}
	switch g.end {
	case butt:
		g.last, t1 = g.length-.5, g.length+.5
	case joined:
		g.last, t1 = g.length+1, g.length+.5
	}
	return t0, t1
}

// row adds the coverage of pixels whose first lies s beside the line and t along it.
func (g *span) row(cov []uint8, s, t float32, u geom.Point) {
	if far := t + u.X*float32(len(cov)-1); t < g.first || t > g.last || far < g.first || far > g.last {
		g.rowAtEnd(cov, s, t, u)
		return
	}
	full := uint8(g.peak*255 + .5)
	for i := range cov {
		c := g.reach - abs(s)
		s += u.Y
		if c <= 0 {
			continue
		}
		v := full
		if c < g.peak {
			v = uint8(int32(c*255 + .5))
		}
		if v > cov[i] {
			cov[i] = v
		}
	}
}

// rowAtEnd is row where one of the ends may matter.
func (g *span) rowAtEnd(cov []uint8, s, t float32, u geom.Point) {
	for i := range cov {
		c := g.reach - abs(s)
		if t < g.first || t > g.last {
			c = g.atEnd(s, t, c)
		}
		if c > 0 {
			cov[i] = max(cov[i], uint8(int32(min(c, g.peak)*255+.5)))
		}
		s += u.Y
		t += u.X
	}
}

// atEnd returns the coverage near or beyond an end; c is what it would be further in.
func (g *span) atEnd(s, t, c float32) float32 {
	over, how := t-g.length, g.end
	if t < g.length/2 {
		over, how = -t, g.start
	}
	switch how {
	case butt:
		return min(c, g.peak) * clamp01(.5-over)
	case joined:
		return c
	}
	if over <= 0 {
		return c
	}
	return g.reach - float32(math.Sqrt(float64(s*s+over*over)))
}

// polyline adds the segments of a flattened curve.
func (m *mask) polyline(pts []geom.Point, half float32, start, end ends) {
	m.chain(pts, half, start, joined, end)
}

// chain adds the segments between pts; between says how they meet.
func (m *mask) chain(pts []geom.Point, half float32, start, between, end ends) {
	for i := 1; i < len(pts); i++ {
		s, e := between, between
		if i == 1 {
			s = start
		}
		if i == len(pts)-1 {
			e = end
		}
		m.segment(pts[i-1], pts[i], half, s, e)
	}
}

// closed adds the outline of the polygon pts.
func (m *mask) closed(pts []geom.Point, half float32) {
	for i := range pts {
		m.segment(pts[i], pts[(i+1)%len(pts)], half, round, round)
	}
}

// polygon adds the inside of the closed polygons given: exact area coverage
// by accumulating signed trapezoids along each row (the method of font-rs,
// Levien 2016). Overlapping windings add up and are cut at full.
func (m *mask) polygon(rings ...[]geom.Point) {
	lo, hi := float32(math.Inf(1)), float32(math.Inf(-1))
	left, right := lo, hi
	for _, pts := range rings {
		for _, p := range pts {
			if !p.Finite() {
				return
			}
			lo, hi = min(lo, p.Y), max(hi, p.Y)
			left, right = min(left, p.X), max(right, p.X)
		}
	}
	y0, y1 := m.rows(lo, hi)
	for y := y0; y < y1; y++ {
		cov, x0 := m.touch(y, floor(left), floor(right)+1)
		if len(cov) == 0 {
			continue
		}
		acc := m.acc[:len(cov)+1]
		clear(acc)
		for _, pts := range rings {
			for i := range pts {
				accumulate(acc, pts[i], pts[(i+1)%len(pts)], float32(x0), float32(y))
			}
		}
		var sum float32
		for i := range cov {
			sum += acc[i]
			c := sum
			if c < 0 {
				c = -c
			}
			cov[i] = max(cov[i], uint8(min(c, 1)*255+.5))
		}
	}
}

// accumulate adds what the edge a..b contributes to the row at y, whose
// first column is x0: acc[i] is the change of coverage from pixel i-1 to i.
func accumulate(acc []float32, a, b geom.Point, x0, y float32) {
	sign := float32(1)
	if a.Y > b.Y {
		a, b, sign = b, a, -1
	}
	ya, yb := max(a.Y, y), min(b.Y, y+1)
	if !(ya < yb) {
		return
	}
	slope := (b.X - a.X) / (b.Y - a.Y)
	xa, xb := a.X+(ya-a.Y)*slope-x0, a.X+(yb-a.Y)*slope-x0
	if xa > xb {
		xa, xb = xb, xa
	}
	limit := float32(len(acc) - 1)
	h := (yb - ya) * sign
	if xb <= 0 { // all to the left: covers the whole row
		acc[0] += h
		return
	}
	if xa >= limit {
		return
	}
	if xa < 0 || xb > limit { // partly outside: clip by splitting
		clipped(acc, xa, xb, h, limit)
		return
	}
	trapezoid(acc, xa, xb, h)
}

func clipped(acc []float32, xa, xb, h, limit float32) {
	span := xb - xa
	if xa < 0 {
		part := -xa / span
		acc[0] += h * part
		h -= h * part
		span, xa = xb, 0
	}
	if xb > limit {
		h *= (limit - xa) / span
		xb = limit
	}
	trapezoid(acc, xa, xb, h)
}

// trapezoid spreads the height h of an edge piece from xa to xb over columns.
func trapezoid(acc []float32, xa, xb, h float32) {
	i := int(xa)
	if i >= len(acc)-1 {
		return
	}
	if xb <= float32(i+1) { // within one pixel
		mid := (xa+xb)/2 - float32(i)
		acc[i] += h * (1 - mid)
		acc[i+1] += h * mid
		return
	}
	per := h / (xb - xa) // height per column
	x := xa
	for x < xb && i < len(acc)-1 {
		next := min(float32(i+1), xb)
		part := per * (next - x)
		mid := (x+next)/2 - float32(i)
		acc[i] += part * (1 - mid)
		acc[i+1] += part * mid
		x = next
		i++
	}
}

// take returns a copy of the whole coverage and clears the mask.
func (m *mask) take() []uint8 {
	n := (m.bot - m.top) * m.width
	out := make([]uint8, n)
	copy(out, m.cov)
	clear(m.cov[:n])
	for i := range m.from {
		m.from[i], m.to[i] = math.MaxInt32, 0
	}
	return out
}
