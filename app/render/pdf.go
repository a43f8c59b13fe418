package render

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/assets"
)

// pdfSink writes PDF 1.4 pages through fpdf. Coordinates are points.
type pdfSink struct {
	pdf   *fpdf.Fpdf
	k     float64 // points a pixel
	faces *typeset.Faces
	alpha uint8
}

// PDF writes the frame as a PDF file of one page: vectors, texts as texts in
// the shipped font of which only the used glyphs are embedded, links. One unit is three quarters of a
// point, less where the page would be larger than PDF readers take. More than MaxVectorLines hairlines are
// embedded as a picture, which the note says. Equal frames give equal bytes: the file's own dates are fixed.
func PDF(w io.Writer, fr *scene.Frame, faces *typeset.Faces, title string) (Note, error) {
	const maxSide = 14400 // PDF 32000-1, annex C: implementation limits
	k := .75 / max(float64(fr.Scale), .01)
	k = min(k, maxSide/float64(max(fr.Size.X, fr.Size.Y, 1)))
	size := fpdf.SizeType{Wd: max(float64(fr.Size.X)*k, 3), Ht: max(float64(fr.Size.Y)*k, 3)}
	pdf := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: size})
	epoch := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	pdf.SetCreationDate(epoch)
	pdf.SetModificationDate(epoch)
	pdf.SetCatalogSort(true)
	pdf.SetProducer("Caveat", true)
	pdf.SetTitle(title, true)
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes("Inter", "", assets.Font(false))
	pdf.AddUTF8FontFromBytes("Inter", "B", assets.Font(true))
	pdf.AddPage()
	pdf.SetLineJoinStyle("round")
	s := &pdfSink{pdf, k, faces, 255}
	note, err := writeVector(s, fr, faces)
	if err == nil {
		err = pdf.Output(w)
	}
	if err != nil {
		return note, fmt.Errorf("writing a PDF: %w", err)
	}
	return note, nil
}

func (s *pdfSink) xy(p geom.Point) (float64, float64) { return float64(p.X) * s.k, float64(p.Y) * s.k }

// opacity sets the alpha of what follows.
func (s *pdfSink) opacity(a uint8) {
	if a != s.alpha {
		s.pdf.SetAlpha(math.Round(float64(a)/255*1000)/1000, "Normal")
		s.alpha = a
	}
}

func (s *pdfSink) path(p []pathSegment, f finish) {
	both := f.fill.A > 0 && f.stroke.A > 0 && f.fill.A == f.stroke.A
	if f.fill.A > 0 {
		s.pdf.SetFillColor(int(f.fill.R), int(f.fill.G), int(f.fill.B))
	}
	if f.stroke.A > 0 {
		s.pen(f)
	}
	if both {
		s.opacity(f.fill.A)
		s.trace(p)
		s.pdf.DrawPath("FD")
		return
	}
	if f.fill.A > 0 {
		s.opacity(f.fill.A)
		s.trace(p)
		s.pdf.DrawPath("F")
	}
	if f.stroke.A > 0 {
		s.opacity(f.stroke.A)
		s.trace(p)
		s.pdf.DrawPath("D")
	}
}

func (s *pdfSink) pen(f finish) {
	s.pdf.SetDrawColor(int(f.stroke.R), int(f.stroke.G), int(f.stroke.B))
	s.pdf.SetLineWidth(float64(f.width) * s.k)
	end := "butt"
	if f.round {
		end = "round"
	}
	s.pdf.SetLineCapStyle(end)
	if f.off > 0 {
		s.pdf.SetDashPattern([]float64{float64(f.on) * s.k, float64(f.off) * s.k}, 0)
	} else {
		s.pdf.SetDashPattern(nil, 0)
	}
}

func (s *pdfSink) trace(p []pathSegment) {
	for _, seg := range p {
		x, y := s.xy(seg.p[0])
		switch seg.op {
		case 'M':
			s.pdf.MoveTo(x, y)
		case 'L':
			s.pdf.LineTo(x, y)
		case 'C':
			x1, y1 := s.xy(seg.p[1])
			x2, y2 := s.xy(seg.p[2])
			s.pdf.CurveBezierCubicTo(x, y, x1, y1, x2, y2)
		case 'Z':
			s.pdf.ClosePath()
		}
	}
}

func (s *pdfSink) circle(at geom.Point, r float32, f finish) {
	s.path(roundedPath(geom.RectAround(at, r, r), r), f)
}

func (s *pdfSink) icon(_ string, ic *icon, b geom.Rect, ink color.NRGBA) {
	k, shift := ic.fit(b)
	for _, p := range ic.parts {
		placed := make([]pathSegment, len(p.path))
		for i, seg := range p.path {
			placed[i].op = seg.op
			for n, q := range seg.p {
				placed[i].p[n] = q.Mul(k).Add(shift)
			}
		}
		f := finish{width: p.stroke * k, round: true}
		if p.fill {
			f.fill = ink
		}
		if p.stroke > 0 {
			f.stroke = ink
		}
		s.path(placed, f)
	}
}

// text sets a line word by word where kerning would otherwise move the words
// from where the frame has them. The halo is drawn first as outlines, marked as no content.
func (s *pdfSink) text(t *scene.Text, halo float32) {
	style := ""
	if t.Bold {
		style = "B"
	}
	s.pdf.SetFont("Inter", style, float64(t.Size)*s.k)
	text := plane0(t.String)
	at := t.At
	width := s.faces.Width(t.String, t.Size, t.Bold)
	switch t.Anchor {
	case scene.Middle:
		at.X -= width / 2
	case scene.End:
		at.X -= width
	}
	x, y := s.xy(at)
	if t.Angle != 0 {
		cx, cy := s.xy(t.At)
		s.pdf.TransformBegin()
		s.pdf.TransformRotate(-float64(t.Angle)*180/math.Pi, cx, cy)
	}
	// Without kerning the line is a little wider: spread the difference over it.
	if set := s.pdf.GetStringWidth(text); set > 0 {
		s.pdf.RawWriteStr(fmt.Sprintf("%.3f Tz\n", float64(width)*s.k/set*100))
	}
	if t.Halo.A > 0 {
		s.opacity(t.Halo.A)
		s.pen(finish{stroke: t.Halo, width: 2 * halo, round: true})
		s.pdf.RawWriteStr("/Artifact BMC\n")
		s.pdf.SetTextRenderingMode(1)
		s.pdf.Text(x, y, text)
		s.pdf.SetTextRenderingMode(0)
		s.pdf.RawWriteStr("EMC\n")
	}
	s.opacity(t.Color.A)
	s.pdf.SetTextColor(int(t.Color.R), int(t.Color.G), int(t.Color.B))
	s.pdf.Text(x, y, text)
	if t.Angle != 0 {
		s.pdf.TransformEnd()
	}
	if link := safeLink(t.Link); link != "" && t.Angle == 0 {
		top := float64(s.faces.Ascent(t.Size)) * s.k
		s.pdf.LinkString(x, y-top, float64(width)*s.k, top+float64(s.faces.Descent(t.Size))*s.k, link)
	}
}

// plane0 replaces what fpdf cannot set: runes beyond the basic plane.
func plane0(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff {
			return '\ufffd'
		}
		return r
	}, s)
}

func (s *pdfSink) picture(png []byte, size image.Point) {
	s.opacity(255)
	o := fpdf.ImageOptions{ImageType: "PNG"}
	s.pdf.RegisterImageOptionsReader("far", o, bytes.NewReader(png))
	s.pdf.ImageOptions("far", 0, 0, float64(size.X)*s.k, float64(size.Y)*s.k, false, o, 0, "")
}
