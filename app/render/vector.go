package render

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"math"
	"net/url"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/assets"
)

// MaxVectorLines is how many hairlines SVG and PDF files draw one by one;
// beyond it programs that open the file choke, and the far level becomes a picture in it.
const MaxVectorLines = 100_000

// Note says what a file does not hold as drawn.
type Note struct {
	// Lines is how many hairlines were embedded as a picture instead of as
	// lines, because they were more than MaxVectorLines; 0 for none.
	Lines int
}

// finish says how a path is filled and stroked; a transparent colour is none.
type finish struct {
	fill, stroke color.NRGBA
	width        float32
	on, off      float32 // dashes; off 0 is solid
	round        bool    // ends of lines
}

// sink is a vector file being written: the few things that differ between SVG and PDF.
type sink interface {
	path(p []pathSegment, f finish)
	circle(at geom.Point, r float32, f finish)
	icon(name string, ic *icon, box geom.Rect, ink color.NRGBA)
	text(t *scene.Text, halo float32)
	picture(png []byte, size image.Point)
}

// vectorWriter walks a frame and says to a sink what is in it.
type vectorWriter struct {
	sink  sink
	frame *scene.Frame
	faces *typeset.Faces
	icons *icons
}

// writeVector writes fr into s in the frame's order.
func writeVector(s sink, fr *scene.Frame, faces *typeset.Faces) (Note, error) {
	w := vectorWriter{s, fr, faces, newIcons(assets.Icon)}
	var note Note
	size := geom.Rect{Max: geom.Point{X: float32(fr.Size.X), Y: float32(fr.Size.Y)}}
	if len(fr.Lines) > MaxVectorLines {
		if err := w.embedFar(); err != nil {
			return note, err
		}
		note.Lines = len(fr.Lines)
	} else {
		s.path(roundedPath(size, 0), finish{fill: fr.Background})
		for i := range fr.Areas {
			w.area(&fr.Areas[i])
		}
		w.lines()
	}
	for i := range fr.Strokes {
		w.stroke(&fr.Strokes[i])
	}
	if note.Lines == 0 {
		for _, d := range fr.Dots {
			if d.At.Finite() && d.Radius > 0 {
				s.circle(d.At, d.Radius, finish{fill: d.Color})
			}
		}
	}
	for i := range fr.Marks {
		w.mark(&fr.Marks[i])
	}
	for i := range fr.Texts {
		w.text(&fr.Texts[i])
	}
	return note, nil
}

// embedFar paints what lies behind the near level and puts it in as a picture.
func (w *vectorWriter) embedFar() error {
	far := *w.frame
	far.Strokes, far.Marks, far.Texts = nil, nil, nil
	var b bytes.Buffer
	if err := PNG(context.Background(), &b, &far, w.faces, 0); err != nil {
		return err
	}
	w.sink.picture(b.Bytes(), far.Size)
	return nil
}

func (w *vectorWriter) area(a *scene.Area) {
	f := finish{fill: a.Fill, stroke: a.Border, width: a.Width}
	if a.Width <= 0 {
		f.stroke = color.NRGBA{}
	}
	if len(a.Points) > 0 {
		path, ok := polygonPath(a.Points)
		for _, hole := range a.Holes {
			p, finite := polygonPath(hole)
			path, ok = append(path, p...), ok && finite
		}
		if ok {
			w.sink.path(path, f)
		}
		return
	}
	b, corner := a.Box, a.Radius
	if !b.Min.Finite() || !b.Max.Finite() || b.Empty() {
		return
	}
	if f.stroke.A > 0 { // the border lies inside
		b, corner = b.Inset(a.Width/2), max(corner-a.Width/2, 0)
	}
	w.sink.path(roundedPath(b, corner), f)
}

func polygonPath(pts []geom.Point) ([]pathSegment, bool) {
	var p []pathSegment
	for i, q := range pts {
		if !q.Finite() {
			return nil, false
		}
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		p = append(p, pathSegment{op, [3]geom.Point{q}})
	}
	return append(p, pathSegment{op: 'Z'}), true
}

// lines draws runs of hairlines of one colour as one path each.
func (w *vectorWriter) lines() {
	lines := w.frame.Lines
	thin := float32(1)
	if w.frame.ToneMap { // translucent lines stand in for the tone map
		thin = curveFor(meanDensity(lines, w.frame.Size.X, w.frame.Size.Y)).single
	}
	var p []pathSegment
	for i, l := range lines {
		if l.A.Finite() && l.B.Finite() {
			p = append(p, pathSegment{'M', [3]geom.Point{l.A}}, pathSegment{'L', [3]geom.Point{l.B}})
		}
		// Within one path overlapping lines do not add up, so runs stay short.
		if i+1 == len(lines) || lines[i+1].Color != l.Color || len(p) >= 64 {
			k := l.Color
			k.A = uint8(float32(k.A) * thin)
			if len(p) > 0 {
				w.sink.path(p, finish{stroke: k, width: 1})
			}
			p = p[:0]
		}
	}
}

func wayPath(way []geom.Curve) []pathSegment {
	p := []pathSegment{{'M', [3]geom.Point{way[0].A}}}
	for _, c := range way {
		p = append(p, pathSegment{'C', [3]geom.Point{c.A.Lerp(c.C, 2./3), c.B.Lerp(c.C, 2./3), c.B}})
	}
	return p
}

func (w *vectorWriter) stroke(s *scene.Stroke) {
	if !drawable(s) {
		return
	}
	scale := w.frame.Scale
	p, _ := penOf(s, scale, nil)
	if s.Halo.A > 0 {
		w.sink.path(wayPath(appendWay(nil, s)), finish{stroke: s.Halo, width: s.Width + 2*haloWidth*scale, round: true})
	}
	for _, shaft := range p.shafts {
		if len(shaft) == 0 {
			continue
		}
		f := finish{stroke: s.Color, width: 2 * p.half, on: p.on, off: p.off, round: p.dots}
		w.sink.path(wayPath(shaft), f)
	}
	if p.hasHead {
		tri, _ := polygonPath(p.head[:])
		if p.hollow {
			w.sink.path(tri, finish{stroke: s.Color, width: 2 * p.thin})
		} else {
			w.sink.path(tri, finish{fill: s.Color})
		}
	}
	if s.Bolt {
		size := boltSize(scale)
		shape := bolt(wayMiddle(s), size)
		tri, _ := polygonPath(shape[:])
		clearing := w.frame.Background
		clearing.A = s.Color.A
		w.sink.path(tri, finish{fill: clearing, stroke: clearing, width: size * .26})
		w.sink.path(tri, finish{fill: s.Color})
	}
}

// grow returns the shape with its outline moved outward by d.
func (s shape) grow(d float32) shape {
	switch s.kind {
	case diamond:
		s.w += d * math.Sqrt2
		s.h = s.w
	default:
		s.w, s.h = s.w+d, s.h+d
	}
	s.fold += d * (2 - math.Sqrt2)
	s.corner = max(s.corner+d, 0)
	return s
}

// outlinePath returns the outline of a shape; a disc is a path too.
func (s *shape) outlinePath() []pathSegment {
	b := s.bounds()
	switch s.kind {
	case disc:
		return roundedPath(b, s.w)
	case diamond:
		return s.diamondPath()
	case page:
		p := roundedPath(b, s.corner)
		// The upper right corner, a line and a curve, becomes a cut.
		cut := []pathSegment{p[0], {'L', [3]geom.Point{{X: b.Max.X - s.fold, Y: b.Min.Y}}}, {'L', [3]geom.Point{{X: b.Max.X, Y: b.Min.Y + s.fold}}}}
		from := 2
		if s.corner > 0 {
			from = 3
		}
		return append(cut, p[from:]...)
	}
	return roundedPath(b, s.corner)
}

// diamondPath goes round the inner diamond grown by the corner: a quarter
// turn at each tip.
func (s *shape) diamondPath() []pathSegment {
	inner := s.w - s.corner*math.Sqrt2
	c := s.corner * math.Sqrt2 / 2
	var p []pathSegment
	for i, dir := range [4]geom.Point{{X: 1}, {Y: 1}, {X: -1}, {Y: -1}} {
		tip := s.at.Add(dir.Mul(inner))
		side := dir.Perp()
		from := tip.Add(dir.Sub(side).Mul(c))
		to := tip.Add(dir.Add(side).Mul(c))
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		p = append(p, pathSegment{op, [3]geom.Point{from}},
			pathSegment{'C', [3]geom.Point{from.Add(dir.Add(side).Mul(kappa * c)), to.Add(dir.Sub(side).Mul(kappa * c)), to}})
	}
	return append(p, pathSegment{op: 'Z'})
}

func (w *vectorWriter) mark(m *scene.Mark) {
	if !m.At.Finite() || !(m.Radius > 0) {
		return
	}
	scale := w.frame.Scale
	s := markShape(m)
	draw := func(s shape, f finish) {
		if s.kind == disc {
			w.sink.circle(s.at, s.w, f)
		} else {
			w.sink.path(s.outlinePath(), f)
		}
	}
	if m.Ring.A > 0 {
		draw(s.grow((ringGap+ringWidth/2)*scale), finish{stroke: m.Ring, width: ringWidth * scale})
	}
	f := finish{fill: m.Fill}
	inner := s
	if m.Width > 0 && m.Border.A > 0 {
		f.stroke, f.width = m.Border, m.Width
		inner = s.grow(-m.Width / 2)
	}
	draw(inner, f)
	if m.Outline == scene.Page {
		tri := foldOf(&s)
		p, _ := polygonPath(tri[:])
		w.sink.path(p, finish{fill: foldColor(m)})
	}
	if ic := w.icons.parse(m.Icon); ic != nil && m.Icon != "" {
		w.sink.icon(m.Icon, ic, iconBox(m), m.Ink)
	}
	if m.Pin {
		head, tip := pinOf(m, &s, scale)
		k := pinColor(m)
		w.sink.path([]pathSegment{{'M', [3]geom.Point{tip}}, {'L', [3]geom.Point{head}}}, finish{stroke: k, width: 1.4 * scale, round: true})
		w.sink.circle(head, (pinRadius-.6)*scale, finish{fill: m.Fill, stroke: k, width: 1.2 * scale})
	}
}

func (w *vectorWriter) text(t *scene.Text) {
	if t.String == "" || !t.At.Finite() || !(t.Size > 0) {
		return
	}
	if t.Plate.A > 0 {
		s := boxShape(t.Box(w.faces), t.PlateCorner())
		p := s.outlinePath()
		if t.Angle != 0 {
			sin, cos := sincos(t.Angle)
			for i := range p {
				for k, q := range p[i].p {
					d := q.Sub(t.At)
					p[i].p[k] = t.At.Add(geom.Point{X: cos*d.X - sin*d.Y, Y: sin*d.X + cos*d.Y})
				}
			}
		}
		w.sink.path(p, finish{fill: t.Plate})
	}
	w.sink.text(t, haloRadius*w.frame.Scale)
}

// safeLink returns the address of a link that a file may hold: an absolute web or
// mail address; anything else, such as a script, is none.
func safeLink(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host != "" {
			return u.String()
		}
	case "mailto":
		return u.String()
	}
	return ""
}
