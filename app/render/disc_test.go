package render

import (
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"

	"caveat/app/geom"
)

// TestRowsOfDiscsAreThoseOfAnyShape paints discs by their rows and pixel by pixel.
func TestRowsOfDiscsAreThoseOfAnyShape(t *testing.T) {
	const seed = 7
	r := rand.New(rand.NewPCG(seed, 0))
	random := func() color.NRGBA {
		return color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), []uint8{0, 90, 255}[r.IntN(3)]}
	}
	const side = 80
	size := image.Pt(side, side)
	fresh := func() *canvas {
		c := &canvas{pix: make([]pixel, side*side), width: side, height: side, right: side, bot: side}
		fill(c.pix, packed(white))
		return c
	}
	for i := range 3000 {
		radius := r.Float32() * 45
		if i%2 == 0 {
			radius = r.Float32() * 12
		}
		at := geom.Point{X: (r.Float32()*1.6 - .3) * side, Y: (r.Float32()*1.6 - .3) * side}
		width := []float32{0, .4, 1, 1.5, 4}[r.IntN(5)]
		rows := &shape{at: at, w: radius, h: radius}
		inside, border := inkOf(random()), inkOf(random())
		got, want := fresh(), fresh()
		got.paint(rows, inside, border, width)
		leaps(want, rows, inside, border, width)
		if !slices.Equal(got.pix, want.pix) {
			for k := range got.pix {
				if got.pix[k] != want.pix[k] {
					t.Fatalf("seed %d, disc %d of radius %v at %v with a border of %v: pixel %d, %d is %x, not %x", seed, i, radius, at, width, k%size.X, k/size.X, got.pix[k], want.pix[k])
				}
			}
		}
	}
}

// leaps paints a shape pixel by pixel.
func leaps(c *canvas, s *shape, fill, border ink, width float32) {
	switch {
	case width <= 0 || border.alpha == 0 && fill.alpha == 0:
		width = 0
	case fill.alpha == 0:
		fill.px = border.px
	case border.alpha == 0:
		border.px = fill.px
	}
	for y := range c.height {
		row := c.row(y)
		for x := range row {
			d := s.dist(float32(x)+.5, float32(y)+.5)
			outer, inner := clamp01(.5-d), clamp01(.5-d-width)
			k := fill
			if width > 0 && outer > 0 {
				k = border.mix(fill, uint32(inner/outer*256))
			}
			k.cover(&row[x], uint32(outer*256))
		}
	}
}
