package scene

import (
	"image"
	"image/color"
	"math"
	"math/bits"

	"caveat/app/geom"
)

// Overview is the whole of a drawing in few pixels: where its nodes are and how many. It is
// immutable.
type Overview struct {
	Image  *image.NRGBA
	bounds geom.Rect  // of the drawing
	zoom   float32    // pixels per drawing unit
	origin geom.Point // of the picture, where the drawing's bounds begin
}

// overviewEdge is left free around the dots, in pixels.
const overviewEdge = 4

// Overview returns the drawing in a picture of w by h pixels, each pixel darker the more nodes are in
// it. Cost is O(nodes + pixels). It may be called from any goroutine.
func (s *Scene) Overview(w, h int, theme *Theme) *Overview {
	if theme == nil {
		theme = Light()
	}
	o := &Overview{Image: image.NewNRGBA(image.Rect(0, 0, max(w, 1), max(h, 1))), bounds: s.bounds, zoom: 1}
	wide, high := s.bounds.Width(), s.bounds.Height()
	if wide > 0 || high > 0 {
		o.zoom = min(float32(w-2*overviewEdge)/max(wide, 1e-3), float32(h-2*overviewEdge)/max(high, 1e-3))
	}
	o.origin = geom.Point{X: (float32(w) - wide*o.zoom) / 2, Y: (float32(h) - high*o.zoom) / 2}
	o.paint(s, theme)
	return o
}

// paint colours the pixels by the number of their nodes, in the colour of the first of them.
func (o *Overview) paint(s *Scene, theme *Theme) {
	w, h := o.Image.Rect.Dx(), o.Image.Rect.Dy()
	count, first := make([]int32, w*h), make([]int32, w*h)
	most := int32(1)
	for i, p := range s.pos {
		q := o.ToMap(p)
		x, y := int(q.X), int(q.Y)
		if x < 0 || y < 0 || x >= w || y >= h {
			continue
		}
		at := y*w + x
		if count[at] == 0 {
			first[at] = int32(i)
		}
		count[at]++
		most = max(most, count[at])
	}
	colors := []color.NRGBA{theme.Kindless(s)}
	if s.schema != nil {
		for i := range s.schema.Kinds {
			colors = append(colors, theme.Kind(&s.schema.Kinds[i]))
		}
	}
	top := float32(math.Log2(float64(most))) + 1
	radius := 0 // of few nodes each is more than a pixel
	if len(s.pos) <= w*h/60 {
		radius = 1
	}
	for at, n := range count {
		if n == 0 {
			continue
		}
		c := withAlpha(colors[s.nodes[first[at]].kind+1], 0.45+0.55*float32(bits.Len32(uint32(n)))/top)
		x, y := at%w, at/w
		for dy := 0; dy <= radius; dy++ {
			for dx := 0; dx <= radius; dx++ {
				if x+dx < w && y+dy < h {
					o.Image.SetNRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
}

// ToMap returns where in the picture a place of the drawing is, in pixels.
func (o *Overview) ToMap(p geom.Point) geom.Point {
	return p.Sub(o.bounds.Min).Mul(o.zoom).Add(o.origin)
}

// ToWorld returns the place of the drawing at a point of the picture.
func (o *Overview) ToWorld(p geom.Point) geom.Point {
	return p.Sub(o.origin).Mul(1 / o.zoom).Add(o.bounds.Min)
}

// View returns what a camera shows of the drawing on a canvas of some size, in pixels of the picture, cut off at its
// edges, and whether that is all of the drawing.
func (o *Overview) View(c Camera, size geom.Point) (seen geom.Rect, all bool) {
	r := geom.Rect{Min: c.ToWorld(geom.Point{}, size), Max: c.ToWorld(size, size)}
	b := o.Image.Rect
	whole := geom.Rect{Max: geom.Point{X: float32(b.Dx()), Y: float32(b.Dy())}}
	return geom.Rect{Min: o.ToMap(r.Min), Max: o.ToMap(r.Max)}.Intersect(whole), r.ContainsRect(o.bounds)
}
