package render

import (
	"math"

	"caveat/app/geom"
)

// hairline is a one-pixel line in fixed point, along its longer axis: at
// major position i (a column, or a row when steep) it lies at minor + (i-from)·step, in
// 1/65536 pixel, and is shared between that pixel and the next (Wu 1991).
// It depends on the line and the picture only, never on a band.
type hairline struct {
	steep    bool
	from, to int // major positions, both included
	minor    int64
	step     int64
}

const one = 1 << 16

// hairlineOf clips a..b to a picture of w by h and a margin of one pixel; ok is
// false where nothing of it shows.
func hairlineOf(a, b geom.Point, w, h int) (l hairline, ok bool) {
	box := geom.Rect{Min: geom.Point{X: -1, Y: -1}, Max: geom.Point{X: float32(w + 1), Y: float32(h + 1)}}
	if !box.Contains(a) || !box.Contains(b) {
		if !a.Finite() || !b.Finite() || !geom.ClipSegment(&a, &b, box) {
			return l, false
		}
	}
	dx, dy := b.X-a.X, b.Y-a.Y
	l.steep = abs(dy) > abs(dx)
	if l.steep {
		a.X, a.Y, b.X, b.Y, dx, dy = a.Y, a.X, b.Y, b.X, dy, dx
	}
	if a.X > b.X {
		a, b = b, a
	}
	var slope float64
	if dx != 0 {
		slope = float64(dy) / float64(dx)
	}
	// Pixel centres lie at half positions.
	l.from, l.to = int(a.X+1)-1, int(b.X+1)-1 // the floor, from -1 on
	at := float64(a.Y) - .5 + slope*(float64(l.from)+.5-float64(a.X))
	l.minor, l.step = int64(math.Floor(at*one)), int64(math.Round(slope*one))
	return l, true
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}

// part returns the major positions at which the line touches rows top to bot,
// and the minor position at the first.
func (l *hairline) part(top, bot int) (from, to int, minor int64) {
	from, to = l.from, l.to
	switch {
	case l.steep:
		from, to = max(from, top), min(to, bot-1)
	case l.step == 0:
		if y := l.minor >> 16; y < int64(top-1) || y >= int64(bot) {
			return 0, -1, 0
		}
	default: // rows y and y+1 of minor: top-1 <= y <= bot-1
		lo, hi := int64(top-1)<<16-l.minor, int64(bot)<<16-1-l.minor
		if l.step < 0 {
			lo, hi = hi, lo
		}
		from = max(from, l.from+int(ceilDiv(lo, l.step)))
		to = min(to, l.from+int(floorDiv(hi, l.step)))
	}
	return from, to, l.minor + int64(from-l.from)*l.step
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

// line blends a hairline into the canvas.
func (c *canvas) line(l *hairline, k ink) {
	from, to, minor := l.part(c.top, c.bot)
	if l.steep {
		n := c.right - c.left
		o := (from - c.first) * n
		for ; from <= to; from++ {
			x, f := int(minor>>16)-c.left, uint32(minor>>8)&255
			if uint(x) < uint(n) {
				p := &c.pix[o+x]
				*p = blend(*p, k.px, (256-f)*k.alpha>>8)
			}
			if uint(x+1) < uint(n) {
				p := &c.pix[o+x+1]
				*p = blend(*p, k.px, f*k.alpha>>8)
			}
			minor += l.step
			o += n
		}
		return
	}
	first, n := max(from, c.left), c.right-c.left
	minor += int64(first-from) * l.step
	for x := first; x <= min(to, c.right-1); x++ {
		y, f := int(minor>>16), uint32(minor>>8)&255
		minor += l.step
		o := (y-c.first)*n + x - c.left
		if y >= c.top {
			p := &c.pix[o]
			*p = blend(*p, k.px, (256-f)*k.alpha>>8)
		}
		if y+1 < c.bot {
			p := &c.pix[o+n]
			*p = blend(*p, k.px, f*k.alpha>>8)
		}
	}
}
