package report

import (
	"image"
	"math"

	"caveat/app/geom"
	"caveat/app/render"
	"caveat/app/scene"
)

// Bounds of the free size of a drawing, in units: the longest side, and the zoom
// at which everything is drawn with its icon and verb.
const (
	longestSide = 3600
	fullZoom    = 1
)

// drawing returns the graph as a frame that fits all of it, labels included,
// tightly: with no area at the size it has in the window, else as large as the area (in units) allows.
func (in *Input) drawing(area geom.Point) *scene.Frame {
	bounds := in.Scene.Bounds()
	if bounds.Empty() {
		return &scene.Frame{Size: image.Pt(1, 1), Scale: in.Scale, Background: in.Theme.Background}
	}
	room := geom.Point{X: longestSide, Y: longestSide}
	zoom := float32(fullZoom)
	if area != (geom.Point{}) {
		room, zoom = area, 2*fullZoom
	}
	fits := func(have, want float32) float32 { return want / max(have, 1) }
	zoom = min(zoom, fits(bounds.Width(), room.X), fits(bounds.Height(), room.Y))
	var fr *scene.Frame
	var box geom.Rect
	// Labels keep their size while the drawing shrinks, so this takes a few rounds.
	for range 12 {
		fr, box = in.frame(bounds, zoom)
		k := min(fits(box.Width()/in.Scale, room.X), fits(box.Height()/in.Scale, room.Y))
		if k >= 1 {
			break
		}
		zoom *= min(k, .99)
	}
	shift(fr, geom.Point{X: -box.Min.X, Y: -box.Min.Y})
	fr.Size = image.Pt(int(math.Ceil(float64(box.Width()))), int(math.Ceil(float64(box.Height()))))
	return fr
}

// frame draws the scene at a zoom on a canvas that holds all its marks, and
// returns the box of everything in it.
func (in *Input) frame(bounds geom.Rect, zoom float32) (*scene.Frame, geom.Rect) {
	const around = 200
	camera := scene.Camera{Center: bounds.Center(), Zoom: zoom}
	size := geom.Point{X: bounds.Width()*zoom + around, Y: bounds.Height()*zoom + around}
	fr := in.Scene.Frame(scene.Look{Camera: camera, Width: size.X, Height: size.Y, Scale: in.Scale, Theme: in.Theme, Faces: in.Faces, Guides: in.Guides})
	if !in.Bare {
		in.number(fr, camera, size)
	}
	box := render.Bounds(fr, in.Faces)
	if box.Empty() {
		box = geom.Rect{}
	}
	return fr, box
}

// shift moves everything in fr, which nobody else has.
func shift(fr *scene.Frame, by geom.Point) {
	for i := range fr.Areas {
		a := &fr.Areas[i]
		a.Box = a.Box.Translate(by)
		for k := range a.Points {
			a.Points[k] = a.Points[k].Add(by)
		}
		for _, hole := range a.Holes {
			for k := range hole {
				hole[k] = hole[k].Add(by)
			}
		}
	}
	for i := range fr.Lines {
		l := &fr.Lines[i]
		l.A, l.B = l.A.Add(by), l.B.Add(by)
	}
	for i := range fr.Strokes {
		s := &fr.Strokes[i]
		s.A, s.Ctrl, s.B = s.A.Add(by), s.Ctrl.Add(by), s.B.Add(by)
		for k, c := range s.Way { // no two strokes share a way
			s.Way[k] = geom.Curve{A: c.A.Add(by), C: c.C.Add(by), B: c.B.Add(by)}
		}
	}
	for i := range fr.Dots {
		fr.Dots[i].At = fr.Dots[i].At.Add(by)
	}
	for i := range fr.Marks {
		fr.Marks[i].At = fr.Marks[i].At.Add(by)
	}
	for i := range fr.Texts {
		fr.Texts[i].At = fr.Texts[i].At.Add(by)
	}
}

// add appends everything in part to fr.
func add(fr, part *scene.Frame) {
	fr.Areas = append(fr.Areas, part.Areas...)
	fr.Lines = append(fr.Lines, part.Lines...)
	fr.ToneMap = fr.ToneMap || part.ToneMap
	fr.Strokes = append(fr.Strokes, part.Strokes...)
	fr.Dots = append(fr.Dots, part.Dots...)
	fr.Marks = append(fr.Marks, part.Marks...)
	fr.Texts = append(fr.Texts, part.Texts...)
}

func at(x, y float32) geom.Point { return geom.Point{X: x, Y: y} }
