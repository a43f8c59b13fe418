package scene

import (
	"caveat/app/geom"
	"caveat/app/typeset"
)

// The proportions of outlines to a mark's radius R, chosen so that all look equally heavy.
// Painters draw, and the scene cuts edges and finds hits, by these numbers.
const (
	SquareHalf    = 0.90 // half side of a RoundedSquare
	SquareCorner  = 0.28 // its corner radius
	DiamondHalf   = 1.20 // half diagonal of a Diamond
	DiamondCorner = 0.12 // its corner radius
	PageHalfWidth = 0.78 // half width of a Page; its corner radius is 0.12
	PageHalf      = 1.00 // half height of a Page
	PageFold      = 0.45 // leg of the folded corner at its upper right
	IconHalf      = 0.58 // half side of the box an icon is fitted into
)

// Contains reports whether the vector d from the middle of a mark lies within its
// outline for radius r. Corners count as sharp.
func (o Outline) Contains(d geom.Point, r float32) bool {
	x, y := max(d.X, -d.X), max(d.Y, -d.Y)
	switch o {
	case RoundedSquare:
		return max(x, y) <= SquareHalf*r
	case Diamond:
		return x+y <= DiamondHalf*r
	case Page:
		return x <= PageHalfWidth*r && y <= PageHalf*r
	}
	return x*x+y*y <= r*r
}

// Half returns half the width and height of an outline's box for radius r.
func (o Outline) Half(r float32) (w, h float32) {
	switch o {
	case RoundedSquare:
		return SquareHalf * r, SquareHalf * r
	case Diamond:
		return DiamondHalf * r, DiamondHalf * r
	case Page:
		return PageHalfWidth * r, PageHalf * r
	}
	return r, r
}

// The box of a text in ems about its baseline.
const (
	textTop     = 0.76 // capital letters with room for an accent
	textBottom  = 0.24
	plateTop    = 0.99
	plateBottom = 0.37
	platePad    = 0.42 // left and right of the text
	plateCorner = 0.45 // corner radius; a plate is never narrower than it is high
)

// Box returns the box of a text in pixels: of its letters, or of its plate where it has one.
// For a text at an angle it is the box before turning about At.
func (t *Text) Box(f *typeset.Faces) geom.Rect { return t.box(f.Width(t.String, t.Size, t.Bold)) }

// PlateCorner returns the corner radius of a text's plate.
func (t *Text) PlateCorner() float32 { return plateCorner * t.Size }

func (t *Text) box(w float32) geom.Rect {
	x := t.At.X
	switch t.Anchor {
	case Middle:
		x -= w / 2
	case End:
		x -= w
	}
	if t.Plate.A == 0 {
		return geom.Rect{Min: geom.Point{X: x, Y: t.At.Y - textTop*t.Size}, Max: geom.Point{X: x + w, Y: t.At.Y + textBottom*t.Size}}
	}
	pad := max(platePad*t.Size, ((plateTop+plateBottom)*t.Size-w)/2)
	return geom.Rect{Min: geom.Point{X: x - pad, Y: t.At.Y - plateTop*t.Size}, Max: geom.Point{X: x + w + pad, Y: t.At.Y + plateBottom*t.Size}}
}
