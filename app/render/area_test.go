package render

import (
	"context"
	"image"
	"image/color"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
)

// TestHolesOfAnAreaStayEmpty paints a square with a square hole: the hole keeps the background, its rim has the border.
func TestHolesOfAnAreaStayEmpty(t *testing.T) {
	square := func(lo, hi float32, inner bool) []geom.Point {
		s := []geom.Point{{X: lo, Y: lo}, {X: hi, Y: lo}, {X: hi, Y: hi}, {X: lo, Y: hi}}
		if inner {
			s[1], s[3] = s[3], s[1]
		}
		return s
	}
	red, blue, white := color.NRGBA{R: 200, A: 255}, color.NRGBA{B: 200, A: 255}, color.NRGBA{255, 255, 255, 255}
	fr := &scene.Frame{Size: image.Pt(100, 100), Scale: 1, Background: white,
		Areas: []scene.Area{{Points: square(10, 90, false), Holes: [][]geom.Point{square(40, 60, true)}, Fill: red, Border: blue, Width: 2}}}
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	if err := NewPainter(nil).Paint(context.Background(), fr, img); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x, y int
		want color.NRGBA
	}{{5, 5, white}, {25, 50, red}, {50, 50, white}, {50, 25, red}, {10, 50, blue}, {40, 50, blue}, {75, 75, red}} {
		if got := color.NRGBAModel.Convert(img.At(c.x, c.y)).(color.NRGBA); got != c.want {
			t.Errorf("at %d, %d: %v, not %v", c.x, c.y, got, c.want)
		}
	}
}
