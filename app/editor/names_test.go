package editor

import (
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// TestNoNameLiesOnAMark looks at every view of the built-in cases and at all of them, in five windows at eleven zooms, and once more
// zooming in step by step with a memory of names. Names and verbs lie on no mark, and lines that lead to names seldom cross one.
func TestNoNameLiesOnAMark(t *testing.T) {
	texts, leads, crossing := 0, 0, 0
	for _, name := range []string{"kaspersky", "huawei", "hikvision"} {
		d := newDesk(t, t.TempDir())
		d.OpenSample(name)
		d.settleAll()
		look := func(zoom float32, memory *scene.LabelMemory, what string) []scene.Text {
			l := d.Look(d.width, d.height, 1)
			l.Camera.Zoom *= zoom
			l.Labels, l.Hover = memory, ""
			f := d.Scene().Frame(l)
			var names []scene.Text
			for _, x := range f.Texts {
				if x.Plate.A != 0 {
					continue // a tick is part of its mark
				}
				names = append(names, x)
				box := x.Box(d.opts.Faces)
				for _, m := range f.Marks {
					w, h := m.Outline.Half(m.Radius)
					if over := box.Intersect(geom.RectAround(m.At, w, h)); !over.Empty() && over.Width() > .01 && over.Height() > .01 {
						t.Errorf("%s, %s, %v by %v, zoom %v: %q lies on the mark at %v", name, what, d.width, d.height, l.Camera.Zoom, x.String, m.At)
					}
				}
			}
			texts += len(names)
			for _, x := range f.Strokes {
				if x.Color == d.theme.Muted && x.Head == scene.NoHead && x.Width < 1 {
					leads++
					if crosses(f, x, d) {
						crossing++
					}
				}
			}
			return names
		}
		views := []graphstore.ID{""} // all of the case, last
		for _, v := range d.Views() {
			views = append([]graphstore.ID{v.ID}, views...)
		}
		for _, v := range views {
			if d.UseView(v); v == "" {
				d.ok(d.ShowAll())
			}
			d.settleAll()
			for _, size := range []geom.Point{{X: 500, Y: 500}, {X: 742, Y: 714}, {X: 900, Y: 814}, {X: 1062, Y: 914}, {X: 1600, Y: 1000}} {
				d.Resize(size.X, size.Y)
				d.Fit()
				d.settleAll()
				for _, zoom := range []float32{0.15, 0.29, 0.45, 0.6, 0.8, 1, 1.1, 1.3, 1.6, 2.4, 4} {
					look(zoom, nil, string(v))
				}
				memory := new(scene.LabelMemory)
				for zoom := float32(0.5); zoom < 4; zoom *= 1.06 {
					look(zoom, memory, string(v)+" with a memory")
				}
			}
		}
		d.ok(d.Close())
	}
	if texts < 50_000 || leads < 2000 || crossing*4 > leads {
		t.Errorf("%d texts, %d of %d lines to names cross something", texts, crossing, leads)
	}
}

// crosses reports whether a line that leads to a name runs over a mark or a text.
func crosses(f *scene.Frame, line scene.Stroke, d *desk) bool {
	for at := float32(0.02); at < 1; at += 0.02 {
		p := line.A.Lerp(line.B, at)
		for _, m := range f.Marks {
			if m.Outline.Contains(p.Sub(m.At), m.Radius) {
				return true
			}
		}
		for _, x := range f.Texts {
			if x.Box(d.opts.Faces).Contains(p) {
				return true
			}
		}
	}
	return false
}
