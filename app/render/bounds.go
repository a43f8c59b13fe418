package render

import (
	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
)

// TextBounds returns the box in pixels a text may paint in: its letters or
// plate, its halo, turned by its angle. Scale is that of its frame.
func TextBounds(t *scene.Text, f *typeset.Faces, scale float32) geom.Rect {
	b := t.Box(f)
	// Letters of other scripts and stacked accents reach beyond the usual box.
	w := f.Width(t.String, t.Size, t.Bold)
	x := t.At.X
	switch t.Anchor {
	case scene.Middle:
		x -= w / 2
	case scene.End:
		x -= w
	}
	b = b.Union(geom.Rect{Min: geom.Point{X: x - t.Size*.1, Y: t.At.Y - f.Ascent(t.Size)},
		Max: geom.Point{X: x + w + t.Size*.1, Y: t.At.Y + f.Descent(t.Size)}})
	if t.Halo.A > 0 {
		b = b.Inset(-haloRadius * scale)
	}
	b = b.Inset(-1)
	if t.Angle != 0 {
		sin, cos := sincos(t.Angle)
		quad := turn(b, t.At, sin, cos)
		b = geom.BoundsOf(quad[:])
	}
	return b
}

// MarkBounds returns the box in pixels a mark may paint in, with ring and pin.
func MarkBounds(m *scene.Mark, scale float32) geom.Rect { return markReach(m, scale) }

// Bounds returns the box in pixels that everything in the frame fits in;
// empty for an empty frame. The frame's Size plays no part.
func Bounds(fr *scene.Frame, f *typeset.Faces) geom.Rect {
	b := geom.BoundsOf(nil)
	for i := range fr.Areas {
		b = b.Union(areaReach(&fr.Areas[i]))
	}
	for i := range fr.Lines {
		b = b.Union(lineReach(fr.Lines[i].A, fr.Lines[i].B))
	}
	for i := range fr.Strokes {
		b = b.Union(strokeReach(&fr.Strokes[i], fr.Scale))
	}
	for i := range fr.Dots {
		d := &fr.Dots[i]
		b = b.Union(geom.RectAround(d.At, d.Radius+1, d.Radius+1))
	}
	for i := range fr.Marks {
		b = b.Union(markReach(&fr.Marks[i], fr.Scale))
	}
	for i := range fr.Texts {
		b = b.Union(TextBounds(&fr.Texts[i], f, fr.Scale))
	}
	return b
}
