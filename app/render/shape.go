package render

import (
	"math"

	"caveat/app/geom"
	"caveat/app/scene"
)

// shape is an outline whose signed distance can be computed: negative
// inside, in pixels. Distances may be short of the truth but never over it, so
// that a row can be crossed in leaps (sphere tracing, Hart 1996).
type shape struct {
	at     geom.Point
	kind   shapeKind
	w, h   float32 // half extents
	corner float32 // radius of rounded corners
	fold   float32 // leg of a page's turned-down corner
}

type shapeKind uint8

const (
	disc shapeKind = iota
	box
	diamond
	page
)

// markShape returns the outline of a mark, by the proportions of package scene.
func markShape(m *scene.Mark) shape {
	r := m.Radius
	s := shape{at: m.At}
	s.w, s.h = m.Outline.Half(r)
	switch m.Outline {
	case scene.RoundedSquare:
		s.kind, s.corner = box, scene.SquareCorner*r
	case scene.Diamond:
		s.kind, s.corner = diamond, scene.DiamondCorner*r
	case scene.Page:
		s.kind, s.corner, s.fold = page, .12*r, scene.PageFold*r
	}
	return s
}

// dist returns the signed distance at (x, y).
func (s *shape) dist(x, y float32) float32 {
	x, y = x-s.at.X, y-s.at.Y
	switch s.kind {
	case box:
		return boxDist(x, y, s.w, s.h, s.corner)
	case diamond:
		// |x|+|y| <= w with its tips rounded off: an inner diamond grown by the corner.
		inner := s.w - s.corner*math.Sqrt2
		ax, ay := abs(x), abs(y)
		// Nearest point of the inner diamond's edge from (inner,0) to (0,inner).
		t := min(max((ay-ax+inner)/(2*inner), 0), 1)
		dx, dy := ax-inner*(1-t), ay-inner*t
		d := float32(math.Sqrt(float64(dx*dx + dy*dy)))
		if ax+ay < inner {
			d = -d
		}
		return d - s.corner
	case page:
		d := boxDist(x, y, s.w, s.h, s.corner)
		// The corner is cut along x - y = w + h - fold.
		return max(d, (x-y-(s.w+s.h-s.fold))/math.Sqrt2)
	}
	// Not fused into one operation, so that disc can take the squares apart.
	return float32(math.Sqrt(float64(float32(x*x)+float32(y*y)))) - s.w
}

func boxDist(x, y, w, h, corner float32) float32 {
	dx, dy := abs(x)-w+corner, abs(y)-h+corner
	if dx <= 0 || dy <= 0 {
		return max(dx, dy) - corner
	}
	return float32(math.Sqrt(float64(dx*dx+dy*dy))) - corner
}

// bounds returns the box the shape fills.
func (s *shape) bounds() geom.Rect { return geom.RectAround(s.at, s.w, s.h) }

// paint fills the shape and its border, which lies inside the outline.
func (c *canvas) paint(s *shape, fill, border ink, width float32) {
	switch {
	case width <= 0 || border.alpha == 0 && fill.alpha == 0:
		width = 0
	case fill.alpha == 0:
		fill.px = border.px
	case border.alpha == 0:
		border.px = fill.px
	}
	y0, y1 := max(c.top, floor(s.at.Y-s.h-1)), min(c.bot, floor(s.at.Y+s.h+2))
	x0, x1 := max(c.left, floor(s.at.X-s.w-1)), min(c.right, floor(s.at.X+s.w+2))
	if s.kind == disc {
		for y := y0; y < y1; y++ {
			c.discRow(s, y, x0, x1, fill, border, width)
		}
		return
	}
	for y := y0; y < y1; y++ {
		row := c.row(y)
		fy := float32(y) + .5
		for x := x0; x < x1; {
			d := s.dist(float32(x)+.5, fy)
			if d >= .5 { // outside: leap to where the shape may begin
				x += max(int(d-.5), 1)
				continue
			}
			if deep := -d - width - .5; deep >= 1 { // inside: a solid run
				n := min(int(deep)+1, x1-x)
				fill.span(row[x-c.left : x-c.left+n])
				x += n
				continue
			}
			rim(&row[x-c.left], d, fill, border, width)
			x++
		}
	}
}

// rim paints a pixel at distance d, under a half, from the outline of a shape.
func rim(p *pixel, d float32, fill, border ink, width float32) {
	outer := min(.5-d, 1)
	k := fill
	if width > 0 {
		if inner := .5 - d - width; inner <= 0 {
			k = border
		} else if inner < 1 {
			k = border.mix(fill, uint32(inner/outer*256))
		}
	}
	k.cover(p, uint32(outer*256))
}

// discRow is paint for the columns x0 to x1 of a row of a disc: most nodes are discs, and where a row of one begins and
// ends needs no leaps.
func (c *canvas) discRow(s *shape, y, x0, x1 int, fill, border ink, width float32) {
	const unsure = .01 // more than what roundings amount to
	dy := float32(y) + .5 - s.at.Y
	dd := dy * dy
	chord := func(r float32) float32 { return float32(math.Sqrt(float64(r*r - dd))) }
	r := s.w + .5 + unsure
	if r*r <= dd {
		return
	}
	half := chord(r)
	from, to := max(x0, floor(s.at.X-half-.5)), min(x1, floor(s.at.X+half-.5)+2)
	if from >= to {
		return
	}
	row := c.between(y, from, to)
	a, b := len(row), len(row) // all that is inside the border
	if r := s.w - width - .5 - unsure; r > 0 && r*r > dd {
		half := chord(r)
		if i, k := max(from, floor(s.at.X-half-.5)+1), min(to, floor(s.at.X+half-.5)+1); i < k {
			a, b = i-from, k-from
		}
	}
	for x := 0; x < len(row); x++ {
		if x == a {
			fill.span(row[a:b])
			if x = b; x == len(row) {
				return
			}
		}
		dx := float32(from+x) + .5 - s.at.X
		if d := float32(math.Sqrt(float64(float32(dx*dx)+dd))) - s.w; d < .5 {
			rim(&row[x], d, fill, border, width)
		}
	}
}

// ring paints the band of the given width whose inner rim is gap outside the shape.
func (c *canvas) ring(s *shape, gap, width float32, k ink) {
	mid, half := gap+width/2, width/2
	reach := gap + width + 1
	y0, y1 := max(c.top, floor(s.at.Y-s.h-reach)), min(c.bot, floor(s.at.Y+s.h+reach)+1)
	x0, x1 := max(c.left, floor(s.at.X-s.w-reach)), min(c.right, floor(s.at.X+s.w+reach)+1)
	for y := y0; y < y1; y++ {
		row := c.row(y)
		fy := float32(y) + .5
		for x := x0; x < x1; {
			d := abs(s.dist(float32(x)+.5, fy)-mid) - half
			if d >= .5 {
				x += max(int(d-.5), 1)
				continue
			}
			k.cover(&row[x-c.left], uint32(clamp01(.5-d)*256))
			x++
		}
	}
}

// dot paints a small disc. Under half a pixel it keeps that size and gets fainter.
func (c *canvas) dot(at geom.Point, r float32, k ink) {
	if !at.Finite() || !(r > 0) {
		return
	}
	if r < .5 {
		k.alpha = uint32(float32(k.alpha) * 4 * r * r)
		r = .5
	}
	// About the rim r² falls nearly linearly over the pixel's width: no roots,
	// and the area comes out right.
	outer := r*r + r
	scale := 256 / (2 * r)
	y0, y1 := max(c.top, floor(at.Y-r-.5)), min(c.bot, floor(at.Y+r+.5)+1)
	x0, x1 := max(c.left, floor(at.X-r-.5)), min(c.right, floor(at.X+r+.5)+1)
	if x0 >= x1 {
		return
	}
	for y := y0; y < y1; y++ {
		dy := float32(y) + .5 - at.Y
		left := outer - dy*dy
		if left <= 0 {
			continue
		}
		row := c.between(y, x0, x1)
		for x := range row {
			dx := float32(x0+x) + .5 - at.X
			if a := left - dx*dx; a > 0 {
				k.cover(&row[x], min(uint32(a*scale), 256))
			}
		}
	}
}
