package scene

import (
	"math"

	"caveat/app/geom"
)

// Camera says what part of the drawing is looked at and how closely.
type Camera struct {
	Center geom.Point // drawing units, shown at the middle of the canvas
	Zoom   float32    // canvas units (not device pixels) per drawing unit
}

// Limits of the zoom that Fit returns and editors should keep to.
const (
	MinZoom = 1e-4
	MaxZoom = 8
)

// ToCanvas returns where p is seen on a canvas of that size, in canvas units.
func (c Camera) ToCanvas(p, size geom.Point) geom.Point {
	return p.Sub(c.Center).Mul(c.Zoom).Add(size.Mul(0.5))
}

// ToWorld returns the place in the drawing that is seen at p on a canvas of that size.
func (c Camera) ToWorld(p, size geom.Point) geom.Point {
	if !(c.Zoom > 0) {
		return c.Center
	}
	return p.Sub(size.Mul(0.5)).Mul(1 / c.Zoom).Add(c.Center)
}

// Fit returns the camera that shows all of bounds on a canvas of that size with at least margin
// canvas units around; never closer than zoom 1.25, so that small drawings stay calm.
func Fit(bounds geom.Rect, size geom.Point, margin float32) Camera {
	const closest = 1.25
	if bounds.Empty() || !bounds.Min.Finite() || !bounds.Max.Finite() {
		return Camera{Zoom: 1}
	}
	w, h := max(size.X-2*margin, size.X/4, 1), max(size.Y-2*margin, size.Y/4, 1)
	zoom := float32(closest)
	if bw := bounds.Width(); bw*zoom > w {
		zoom = w / bw
	}
	if bh := bounds.Height(); bh*zoom > h {
		zoom = h / bh
	}
	return Camera{bounds.Center(), max(zoom, MinZoom)}
}

// About returns the camera after zooming by factor with the place under p kept there,
// p in canvas units on a canvas of that size.
func (c Camera) About(p, size geom.Point, factor float32) Camera {
	at := c.ToWorld(p, size)
	next := Camera{Zoom: min(max(c.Zoom*factor, MinZoom), MaxZoom)}
	next.Center = at.Sub(p.Sub(size.Mul(0.5)).Mul(1 / next.Zoom))
	return next
}

// View returns the part of the drawing that a canvas of that size shows.
func (c Camera) View(size geom.Point) geom.Rect {
	return geom.Rect{Min: c.ToWorld(geom.Point{}, size), Max: c.ToWorld(size, size)}
}

// RadiusAt returns the radius, in drawing units, of what is shown of a node at a zoom, see Grow: what is large grows by no more
// than others.
func (s *Scene) RadiusAt(node int32, zoom float32) float32 {
	return grown(s.nodes[node].radius, Grow(zoom))
}

// grown returns the radius of a mark of radius r where marks grow so many times.
func grown(r, grow float32) float32 { return r + (grow-1)*min(r, foldedRadius) }

// Grow returns how much larger than in the drawing marks are shown at a zoom: they shrink more slowly
// than distances, so that an overview still shows what they are. 1 from zoom 1 on.
func Grow(zoom float32) float32 {
	if !(zoom < 1) || !(zoom > 0) {
		return 1
	}
	return float32(math.Pow(float64(max(zoom, 0.02)), -0.4))
}
