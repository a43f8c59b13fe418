package render

import (
	"bufio"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strconv"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/assets"
)

// svgFonts is the family of texts: the shipped one, then what looks nearest.
const svgFonts = "Inter, 'Inter Variable', 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

// svgSink writes SVG 1.1 but for href, which stands without a name space as in SVG 2.
type svgSink struct {
	w     *bufio.Writer
	faces *typeset.Faces
	buf   []byte
	texts int // with a halo, numbered for reference
}

// SVG writes the frame as an SVG file in which texts are texts and links can be followed.
// Its size in CSS pixels is the frame's size by its scale. More than MaxVectorLines
// hairlines are embedded as a picture, which the note says. Equal frames give equal bytes.
func SVG(w io.Writer, fr *scene.Frame, faces *typeset.Faces, title string) (Note, error) {
	s := &svgSink{w: bufio.NewWriterSize(w, 1<<16), faces: faces}
	k := max(fr.Scale, .01)
	s.put(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<svg xmlns="http://www.w3.org/2000/svg" width="`)
	s.num(float32(fr.Size.X)/k, `" height="`)
	s.num(float32(fr.Size.Y)/k, `" viewBox="0 0 `)
	s.num(float32(fr.Size.X), " ")
	s.num(float32(fr.Size.Y), `" font-family="`)
	s.escape(svgFonts)
	s.put("\">\n")
	if title != "" {
		s.put("<title>")
		s.escape(title)
		s.put("</title>\n")
	}
	s.symbols(fr)
	note, err := writeVector(s, fr, faces)
	if err == nil {
		s.put("</svg>\n")
		err = s.w.Flush()
	}
	if err != nil {
		return note, fmt.Errorf("writing an SVG: %w", err)
	}
	return note, nil
}

func (s *svgSink) put(parts ...string) {
	for _, p := range parts {
		s.w.WriteString(p)
	}
}

// num writes a number with at most two decimals, then some text.
func (s *svgSink) num(v float32, then string) {
	s.buf = appendNumber(s.buf[:0], v)
	s.w.Write(s.buf)
	s.w.WriteString(then)
}

func appendNumber(b []byte, v float32) []byte {
	r := math.Round(float64(v) * 100)
	if r == 0 { // also -0
		return append(b, '0')
	}
	return strconv.AppendFloat(b, r/100, 'f', -1, 64)
}

// escape writes text for content or attribute; what XML cannot hold becomes U+FFFD.
func (s *svgSink) escape(text string) { _ = xml.EscapeText(s.w, []byte(text)) }

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// color writes an attribute such as fill with its opacity.
func (s *svgSink) color(name string, c color.NRGBA) {
	if c.A == 0 {
		s.put(" ", name, `="none"`)
		return
	}
	s.put(" ", name, `="`, hex(c), `"`)
	if c.A < 255 {
		s.put(" ", name, `-opacity="`)
		s.num(float32(c.A)/255, `"`)
	}
}

func (s *svgSink) finish(f finish) {
	s.color("fill", f.fill)
	if f.stroke.A == 0 {
		return
	}
	s.color("stroke", f.stroke)
	s.put(` stroke-width="`)
	s.num(f.width, `" stroke-linejoin="round"`)
	if f.round {
		s.put(` stroke-linecap="round"`)
	}
	if f.off > 0 {
		s.put(` stroke-dasharray="`)
		s.num(max(f.on, .01), " ") // some readers take no dash of length 0 for a dot
		s.num(f.off, `"`)
	}
}

func (s *svgSink) path(p []pathSegment, f finish) {
	s.put(`<path d="`)
	s.data(p)
	s.put(`"`)
	s.finish(f)
	s.put("/>\n")
}

func (s *svgSink) data(p []pathSegment) {
	for _, seg := range p {
		s.buf = append(s.buf[:0], seg.op)
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[seg.op]
		for i, q := range seg.p[:n] {
			if i > 0 {
				s.buf = append(s.buf, ' ')
			}
			s.buf = appendNumber(s.buf, q.X)
			s.buf = append(s.buf, ' ')
			s.buf = appendNumber(s.buf, q.Y)
		}
		s.w.Write(s.buf)
	}
}

func (s *svgSink) circle(at geom.Point, r float32, f finish) {
	s.put(`<circle cx="`)
	s.num(at.X, `" cy="`)
	s.num(at.Y, `" r="`)
	s.num(r, `"`)
	s.finish(f)
	s.put("/>\n")
}

// symbols defines every icon that occurs, once.
func (s *svgSink) symbols(fr *scene.Frame) {
	known := newIcons(assets.Icon)
	seen := map[string]bool{"": true}
	open := false
	for i := range fr.Marks {
		name := fr.Marks[i].Icon
		if seen[name] {
			continue
		}
		seen[name] = true
		ic := known.parse(name)
		if ic == nil {
			continue
		}
		if !open {
			s.put("<defs>\n")
			open = true
		}
		s.put(`<symbol id="icon-`)
		s.escape(name)
		s.put(`" viewBox="`)
		s.num(ic.view.Min.X, " ")
		s.num(ic.view.Min.Y, " ")
		s.num(ic.view.Width(), " ")
		s.num(ic.view.Height(), "\">\n")
		for _, p := range ic.parts {
			s.put(`<path d="`)
			s.data(p.path)
			s.put(`"`)
			if !p.fill {
				s.put(` fill="none"`)
			} else {
				s.put(` fill="currentColor"`)
			}
			if p.stroke > 0 {
				s.put(` stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" stroke-width="`)
				s.num(p.stroke, `"`)
			}
			s.put("/>\n")
		}
		s.put("</symbol>\n")
	}
	if open {
		s.put("</defs>\n")
	}
}

func (s *svgSink) icon(name string, _ *icon, b geom.Rect, k color.NRGBA) {
	s.put(`<use href="#icon-`)
	s.escape(name)
	s.put(`" x="`)
	s.num(b.Min.X, `" y="`)
	s.num(b.Min.Y, `" width="`)
	s.num(b.Width(), `" height="`)
	s.num(b.Height(), `" color="`)
	s.put(hex(k), `"`)
	if k.A < 255 {
		s.put(` opacity="`)
		s.num(float32(k.A)/255, `"`)
	}
	s.put("/>\n")
}

func (s *svgSink) text(t *scene.Text, halo float32) {
	link := safeLink(t.Link)
	if link != "" {
		s.put(`<a href="`)
		s.escape(link)
		s.put(`">`)
	}
	// The halo is the text drawn first with a wide line: by reference, because paint-order is
	// not known everywhere and the words should be in the file once.
	if t.Halo.A > 0 {
		s.put(`<use href="#t`, strconv.Itoa(s.texts+1), `"`)
		s.color("stroke", t.Halo)
		s.put(` stroke-width="`)
		s.num(2*halo, "\" stroke-linejoin=\"round\"/>")
	}
	s.put(`<text`)
	if t.Halo.A > 0 {
		s.texts++
		s.put(` id="t`, strconv.Itoa(s.texts), `"`)
	}
	s.put(` x="`)
	s.num(t.At.X, `" y="`)
	s.num(t.At.Y, `" font-size="`)
	s.num(t.Size, `"`)
	if t.Bold {
		s.put(` font-weight="700"`)
	}
	switch t.Anchor {
	case scene.Middle:
		s.put(` text-anchor="middle"`)
	case scene.End:
		s.put(` text-anchor="end"`)
	}
	// With another font the text still takes the room it was given.
	s.put(` textLength="`)
	s.num(s.faces.Width(t.String, t.Size, t.Bold), `" lengthAdjust="spacingAndGlyphs"`)
	if t.Angle != 0 {
		s.put(` transform="rotate(`)
		s.num(t.Angle*180/math.Pi, " ")
		s.num(t.At.X, " ")
		s.num(t.At.Y, `)"`)
	}
	s.color("fill", t.Color)
	s.put(` xml:space="preserve">`)
	s.escape(t.String)
	s.put("</text>")
	if link != "" {
		s.put("</a>")
	}
	s.put("\n")
}

func (s *svgSink) picture(png []byte, size image.Point) {
	s.put(`<image x="0" y="0" width="`)
	s.num(float32(size.X), `" height="`)
	s.num(float32(size.Y), `" href="data:image/png;base64,`)
	e := base64.NewEncoder(base64.StdEncoding, s.w)
	_, _ = e.Write(png) // the buffered writer keeps the error
	_ = e.Close()
	s.put("\"/>\n")
}
