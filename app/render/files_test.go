package render

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/assets"
)

// sampler is a frame with one of everything and awkward words.
func sampler() *scene.Frame {
	fr := crowd(rand.New(rand.NewPCG(21, 1)), 700, 500, 20, false)
	for i := range fr.Marks {
		fr.Marks[i].Icon = assets.Icons()[i%len(assets.Icons())]
	}
	fr.Texts = append(fr.Texts,
		scene.Text{At: geom.Point{X: 350, Y: 60}, String: "Bundesamt für Sicherheit", Size: 16, Bold: true, Color: black, Halo: white},
		scene.Text{At: geom.Point{X: 350, Y: 90}, String: `<b>"A" & 'B'</b> ]]>`, Size: 16, Color: black},
		scene.Text{At: geom.Point{X: 20, Y: 120}, Anchor: scene.Start, String: "Rapport über Łódź", Size: 14, Color: blue, Link: "https://example.org/a?b=1&c=2"},
		scene.Text{At: geom.Point{X: 20, Y: 150}, Anchor: scene.Start, String: "script", Size: 14, Color: blue, Link: "javascript:alert(1)"},
		scene.Text{At: geom.Point{X: 20, Y: 180}, Anchor: scene.Start, String: "bad \x01 \xff 😀 end", Size: 14, Color: blue},
	)
	return fr
}

func TestPNGSaysItsResolutionAndDecodes(t *testing.T) {
	fr := sampler()
	fr.Scale = 2
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := PNG(context.Background(), w, fr, faces(t), 0); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("equal frames gave different files")
	}
	i := bytes.Index(a.Bytes(), []byte("pHYs"))
	if i < 0 || binary.BigEndian.Uint32(a.Bytes()[i+4:]) != 7559 {
		t.Errorf("no pHYs of 192 dpi at %d", i)
	}
	im, err := png.Decode(&a)
	if err != nil {
		t.Fatal(err)
	}
	if im.Bounds().Size() != fr.Size {
		t.Errorf("size %v", im.Bounds())
	}
}

func TestPNGRefusesWhatCannotBe(t *testing.T) {
	for _, size := range []image.Point{{}, {X: 10}, {X: -3, Y: 5}, {X: 1 << 20, Y: 1 << 20}} {
		fr := blank(1, 1)
		fr.Size = size
		if err := PNG(context.Background(), io.Discard, fr, faces(t), 0); err == nil {
			t.Errorf("%v: no error", size)
		}
	}
}

func svgOf(t *testing.T, fr *scene.Frame) (string, Note) {
	t.Helper()
	var a, b bytes.Buffer
	note, err := SVG(&a, fr, faces(t), "A & B")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := SVG(&b, fr, faces(t), "A & B"); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("equal frames gave different files")
	}
	return a.String(), note
}

// elements parses an SVG and counts its elements; texts are their contents.
func elements(t *testing.T, svg string) (count map[string]int, texts []string) {
	t.Helper()
	count = map[string]int{}
	dec := xml.NewDecoder(strings.NewReader(svg))
	in := ""
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return count, texts
		}
		if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
		switch el := tok.(type) {
		case xml.StartElement:
			count[el.Name.Local]++
			in = el.Name.Local
		case xml.CharData:
			if in == "text" {
				texts = append(texts, string(el))
			}
		case xml.EndElement:
			in = ""
		}
	}
}

func halos(fr *scene.Frame) (n int) {
	for _, t := range fr.Texts {
		if t.Halo.A > 0 {
			n++
		}
	}
	return n
}

func TestSVGIsWellFormedAndHoldsEverything(t *testing.T) {
	fr := sampler()
	svg, note := svgOf(t, fr)
	count, texts := elements(t, svg)
	if note.Lines != 0 || count["image"] != 0 {
		t.Error("a small frame was embedded as a picture")
	}
	if count["text"] != len(fr.Texts) || count["use"] != len(fr.Marks)+halos(fr) || count["symbol"] != len(fr.Marks) || count["a"] != 1 {
		t.Errorf("elements: %v", count)
	}
	all := strings.Join(texts, "\n")
	for _, s := range []string{"Bundesamt für Sicherheit", `<b>"A" & 'B'</b> ]]>`, "Rapport über Łódź"} {
		if !strings.Contains(all, s) {
			t.Errorf("%q is not in the file", s)
		}
	}
	if strings.Contains(svg, "javascript") || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Error("a script or a number that is none got in")
	}
}

func TestSVGOfManyLinesEmbedsThemAndSaysSo(t *testing.T) {
	fr := far(100)
	fr.Lines = make([]scene.Line, MaxVectorLines+1)
	fr.Size = image.Pt(200, 100)
	fr.ToneMap = true
	svg, note := svgOf(t, fr)
	count, _ := elements(t, svg)
	if note.Lines != MaxVectorLines+1 || count["image"] != 1 || count["path"] != 0 {
		t.Errorf("note %v, elements %v", note, count)
	}
}

func pdfOf(t *testing.T, fr *scene.Frame) []byte {
	t.Helper()
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if _, err := PDF(w, fr, faces(t), "Kaspersky"); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("equal frames gave different files")
	}
	return a.Bytes()
}

func TestPDFHoldsTextsLinksAndFonts(t *testing.T) {
	fr := sampler()
	pdf := pdfOf(t, fr)
	for _, s := range []string{"%PDF-1.", "https://example.org/a?b=1&c=2", "/FontFile2"} {
		if !bytes.Contains(pdf, []byte(s)) {
			t.Errorf("%q is not in the file", s)
		}
	}
	if bytes.Contains(pdf, []byte("javascript")) {
		t.Error("a script got in")
	}
	if whole := len(assets.Font(false)); len(pdf) > whole {
		t.Errorf("%d bytes: the font of %d bytes is not cut down", len(pdf), whole)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: its reading of the texts is not checked")
		return
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, s := range []string{"Bundesamt für Sicherheit", "Rapport über Łódź"} {
		if strings.Count(string(out), s) != 1 {
			t.Errorf("pdftotext finds %q %d times in:\n%s", s, strings.Count(string(out), s), out)
		}
	}
}

func TestPDFOfManyLinesEmbedsThem(t *testing.T) {
	fr := blank(200, 100)
	fr.Lines = make([]scene.Line, MaxVectorLines+1)
	var b bytes.Buffer
	note, err := PDF(&b, fr, faces(t), "")
	if err != nil || note.Lines != MaxVectorLines+1 || !bytes.Contains(b.Bytes(), []byte("/Subtype /Image")) {
		t.Errorf("%v %v", note, err)
	}
}

func TestEveryIconIsRead(t *testing.T) {
	for _, name := range assets.Icons() {
		raw, err := assets.Icon(name)
		if err != nil {
			t.Fatal(err)
		}
		ic, err := parseIcon(raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var m iconMask
		if !newIcons(assets.Icon).get(&m, name, geom.RectAround(geom.Point{X: 50, Y: 50}, 12, 12)) {
			t.Errorf("%s: no mask", name)
			continue
		}
		ink := 0
		for _, v := range m.cov {
			ink += int(v)
		}
		if ink < 255*20 {
			t.Errorf("%s: %d parts, ink of %d pixels only", name, len(ic.parts), ink/255)
		}
	}
}

func TestPathDataIsReadAsTheSpecificationSays(t *testing.T) {
	end := func(d string) geom.Point {
		t.Helper()
		p, err := parsePath(d)
		if err != nil {
			t.Fatalf("%q: %v", d, err)
		}
		rings, _ := outline(p, 1, geom.Point{})
		last := rings[len(rings)-1]
		return last[len(last)-1]
	}
	for d, want := range map[string]geom.Point{
		"M1 2 3 4":                       {X: 3, Y: 4},
		"m1 2 3 4":                       {X: 4, Y: 6},
		"M1,2l.5.5":                      {X: 1.5, Y: 2.5},
		"M1 2H9V-3":                      {X: 9, Y: -3},
		"M1 2h9v-3":                      {X: 10, Y: -1},
		"M0 0C1 1 2 1 3 0s2-1 3 0":       {X: 6},
		"M0 0Q1 1 2 0t2 0":               {X: 4},
		"M0 0a5 5 0 015 5":               {X: 5, Y: 5},
		"M0 0A5 5 0 1 0 10 1e1":          {X: 10, Y: 10},
		"M10-5z m1 1 l1 1":               {X: 12, Y: -3},
		"M0 0L5 5 M7 7":                  {X: 7, Y: 7},
		" \n M 1 1 L 2 2 , 3 3":          {X: 3, Y: 3},
		"M.5.25":                         {X: .5, Y: .25},
		"M1e1-2E0":                       {X: 10, Y: -2},
		"M0 0 a 1 1 0 0 0 0 0 l 1 0":     {X: 1},
		"M0 0 A 0 3 0 0 0 4 4":           {X: 4, Y: 4},
		"M2 2 A 2 2 0 1 1 2 1.999 L3 3z": {X: 3, Y: 3},
	} {
		if got := end(d); got.Dist(want) > 1e-4 {
			t.Errorf("%q ends at %v, want %v", d, got, want)
		}
	}
	for _, bad := range []string{"1 2", "M1", "M1 x", "M1 2 X", "M0 0 A1 1 0 2 0 1 1", "M--1 2", "M0 0C1 1"} {
		if _, err := parsePath(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	rings, _ := outline(mustPath(t, "M0 5 A5 5 0 0 1 10 5"), 1, geom.Point{})
	for _, p := range rings[0] {
		if d := p.Dist(geom.Point{X: 5, Y: 5}); d < 4.99 || d > 5.01 || p.Y > 5.001 {
			t.Errorf("%v is not on the upper half circle", p)
		}
	}
}

func mustPath(t *testing.T, d string) []pathSegment {
	t.Helper()
	p, err := parsePath(d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func FuzzParseIcon(f *testing.F) {
	for _, name := range []string{"regulator", "court"} {
		raw, err := assets.Icon(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add(`<svg><path d="M0 0a1e30 1 0 1 1 2 2z"/><polygon points="1 2 3"/><rect width="-3" rx="9"/></svg>`)
	f.Fuzz(func(t *testing.T, svg string) {
		s := newIcons(func(string) ([]byte, error) { return []byte(svg), nil })
		var m iconMask
		s.get(&m, "x", geom.RectAround(geom.Point{X: 50, Y: 50}, 12, 12))
	})
}
