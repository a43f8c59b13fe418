package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/render"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/exchange/bundle"
	"caveat/graphstore/exchange/transfer"
)

// sample returns a built-in case.
func sample(t testing.TB, name string) *graphstore.Graph {
	t.Helper()
	raw, err := assets.Sample(name)
	if err != nil {
		t.Fatal(err)
	}
	return graphOf(t, raw)
}

func graphOf(t testing.TB, raw []byte) *graphstore.Graph {
	t.Helper()
	im, err := bundle.Read(context.Background(), bytes.NewReader(raw), transfer.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return grown(t, im)
}

func grown(t testing.TB, im *transfer.Import) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g := graphstore.NewGraph(schema)
	d, _, err := im.Diff(g, transfer.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if g, err = g.Apply(d); err != nil {
		t.Fatal(err)
	}
	return g
}

// input is an export of the small built-in case in a language.
func input(t testing.TB, lang string) Input {
	t.Helper()
	table, err := words.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	faces, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	view := &graphstore.View{ID: "urn:caveat:v:test", Title: "How it stood",
		TrueAt: graphstore.Date{Value: "2022-03", Precision: graphstore.PrecisionMonth}, KnownBy: graphstore.Date{Value: "2023", Precision: graphstore.PrecisionYear}}
	g := sample(t, "hikvision")
	s := scene.FromGraph(g, scene.Options{View: view, Lang: lang})
	return Input{Graph: g, View: view, Scene: s, Words: table, Faces: faces, Now: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
}

func sheet(t testing.TB, in Input) *scene.Frame {
	t.Helper()
	fr, err := Sheet(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return fr
}

func export(t testing.TB, in Input, format string) []byte {
	t.Helper()
	in.Format = format
	var b bytes.Buffer
	if err := Export(context.Background(), &b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inside reports what of a frame lies outside its size.
func inside(t *testing.T, name string, fr *scene.Frame, f *typeset.Faces) {
	t.Helper()
	const rounding = 1e-3 // of a pixel
	page := geom.Rect{Max: geom.Point{X: float32(fr.Size.X), Y: float32(fr.Size.Y)}}.Inset(-rounding)
	for i := range fr.Texts {
		if b := render.TextBounds(&fr.Texts[i], f, fr.Scale); !page.ContainsRect(b) {
			t.Errorf("%s: text %q at %v is cropped by %v", name, fr.Texts[i].String, b, fr.Size)
		}
	}
	for i := range fr.Marks {
		if b := render.MarkBounds(&fr.Marks[i], fr.Scale); !page.ContainsRect(b) {
			t.Errorf("%s: mark at %v is cropped by %v", name, b, fr.Size)
		}
	}
	if b := render.Bounds(fr, f); !page.ContainsRect(b) {
		t.Errorf("%s: something at %v is cropped by %v", name, b, fr.Size)
	}
}

func TestNothingIsCropped(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		in := input(t, lang)
		for _, size := range []image.Point{{}, {X: 1280, Y: 800}, {X: 500, Y: 300}, {X: 400, Y: 2000}, {X: 3000, Y: 1000}, {X: 64, Y: 64}} {
			for _, scale := range []float32{1, 1.5, 4} {
				for _, bare := range []bool{false, true} {
					if scale == 4 && size.X > 1000 {
						continue
					}
					in.Size, in.Scale, in.Bare = size, scale, bare
					inside(t, fmt.Sprintf("%s %v ×%g bare %v", lang, size, scale, bare), sheet(t, in), in.Faces)
				}
			}
		}
	}
}

func TestSheetKeepsTheWidthAskedFor(t *testing.T) {
	in := input(t, "en")
	in.Size, in.Scale = image.Pt(1400, 900), 2
	fr := sheet(t, in)
	if fr.Size.X != 2800 || fr.Size.Y < 1800 {
		t.Errorf("size %v", fr.Size)
	}
	in.Bare = true
	if fr := sheet(t, in); fr.Size != image.Pt(2800, 1800) {
		t.Errorf("bare size %v", fr.Size)
	}
}

// all joins every text of a frame.
func all(fr *scene.Frame) string {
	var b strings.Builder
	for _, x := range fr.Texts {
		b.WriteString(x.String + "\n")
	}
	return b.String()
}

func TestSheetSaysWhatAReaderNeeds(t *testing.T) {
	for _, lang := range words.Languages() {
		in := input(t, lang)
		fr := sheet(t, in)
		text := all(fr)
		data, err := in.canonical(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{in.Graph.Header().Title, "How it stood", in.Words.Say("report.legend"), in.Words.Say("report.sources"),
			in.Words.Say("report.true-at", "date", in.Words.Date(in.View.TrueAt)), in.Words.Say("report.known-by", "date", in.Words.Date(in.View.KnownBy)),
			in.Words.Date(graphstore.Date{Value: "2026-03-04", Precision: graphstore.PrecisionDay}), sum(data)} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the sheet", lang, want)
			}
		}
		if strings.Contains(text, "report.") {
			t.Errorf("%s: a word is missing in the table:\n%s", lang, text)
		}
		for _, e := range in.Scene.Legend(scene.Light(), lang) {
			if !strings.Contains(text, e.Label) {
				t.Errorf("%s: legend lacks %q", lang, e.Label)
			}
		}
	}
}

func TestEverySourceOfAShownClaimIsNumberedWithItsAddress(t *testing.T) {
	in := input(t, "en")
	if err := in.check(); err != nil {
		t.Fatal(err)
	}
	fr := sheet(t, in)
	docs := in.cited()
	if len(docs) < 5 {
		t.Fatalf("%d documents are cited", len(docs))
	}
	links := map[string]string{}
	numbers := map[string]bool{}
	for _, x := range fr.Texts {
		if x.Link != "" && strings.HasPrefix(x.Link, "http") {
			links[x.Link] += x.String
		}
		if x.Anchor == scene.End {
			numbers[x.String] = true
		}
	}
	squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	for i, d := range docs {
		if !numbers[fmt.Sprint(i+1)] {
			t.Errorf("source %d has no number", i+1)
		}
		if d.URL != "" && (!strings.Contains(squeeze(links[d.URL]), squeeze(d.URL)) || !strings.Contains(squeeze(links[d.URL]), squeeze(d.Title))) {
			t.Errorf("source %d: %q is not whole in %q", i+1, d.URL, links[d.URL])
		}
	}
	for c := range in.Graph.Claims() {
		if _, ok := in.Scene.EdgeOf(c.ID); !ok {
			continue
		}
		for _, e := range c.Evidence {
			found := false
			for _, d := range docs {
				found = found || d.ID == e.Document
			}
			if !found {
				t.Errorf("%s of shown claim %s is not listed", e.Document, c.ID)
			}
		}
	}
}

func TestSourcesOfHiddenClaimsAreNotListed(t *testing.T) {
	in := input(t, "en")
	in.View = &graphstore.View{ID: "urn:caveat:v:none", Hide: graphstore.Filter{Predicates: []graphstore.Predicate{"takes-position-on", "restricts", "sanctions"}}}
	in.Scene = nil
	if err := in.check(); err != nil {
		t.Fatal(err)
	}
	whole := input(t, "en") // without time cursors, as the other
	whole.View, whole.Scene = &graphstore.View{ID: "urn:caveat:v:all"}, nil
	if err := whole.check(); err != nil {
		t.Fatal(err)
	}
	if a, b := len(in.cited()), len(whole.cited()); a >= b {
		t.Errorf("%d sources with claims hidden, %d without", a, b)
	}
}

func TestSourceColumnsFitAndKeepTheirOrder(t *testing.T) {
	in := input(t, "en")
	if err := in.check(); err != nil {
		t.Fatal(err)
	}
	for _, width := range []float32{300, 800, 1700, 5000} {
		p := in.sources(1, width)
		last, lastX, lastY := 0, float32(-1), float32(-1)
		for _, x := range p.Texts {
			if x.Anchor != scene.End {
				continue
			}
			var n int
			if _, err := fmt.Sscan(x.String, &n); err != nil || n != last+1 {
				t.Fatalf("width %g: %q after %d", width, x.String, last)
			}
			if x.At.X < lastX || x.At.X == lastX && x.At.Y <= lastY {
				t.Errorf("width %g: number %d stands before its predecessor", width, n)
			}
			last, lastX, lastY = n, x.At.X, x.At.Y
		}
		for i := range p.Texts {
			if b := render.TextBounds(&p.Texts[i], in.Faces, 1); b.Max.X > width+3 || b.Max.Y > p.height+3 {
				t.Errorf("width %g: %q reaches %v of %g", width, p.Texts[i].String, b.Max, p.height)
			}
		}
	}
}

func TestBreakingLosesNoLetter(t *testing.T) {
	f, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"", "a", "https://www.bsi.bund.de/SharedDocs/Downloads/DE/BSI/Cyber-Sicherheit/Warnungen-nach-P7_BSIG/2022/BSI_W-004-220315.pdf?__blob=publicationFile&v=12",
		strings.Repeat("x", 300), "eine Warnung vor dem Einsatz von Virenschutzprodukten des russischen Herstellers"} {
		for _, width := range []float32{1, 40, 200, 1000} {
			lines := breakLines(f, s, 12, width)
			squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
			if got := squeeze(strings.Join(lines, "")); got != squeeze(s) {
				t.Errorf("%q at %g became %q", s, width, lines)
			}
			for _, l := range lines {
				if len([]rune(l)) > 1 && f.Width(l, 12, false) > width {
					t.Errorf("%q is wider than %g", l, width)
				}
			}
		}
	}
}

func TestExportsAreWhatTheySayAndTheSameTwice(t *testing.T) {
	in := input(t, "nl")
	in.Scale = 2
	title := in.Graph.Header().Title
	for _, format := range []string{FormatPNG, FormatSVG, FormatPDF, FormatSnapshot} {
		a, b := export(t, in, format), export(t, in, format)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: equal input gave different bytes", format)
		}
		switch format {
		case FormatPNG:
			im, err := png.Decode(bytes.NewReader(a))
			if err != nil {
				t.Fatal(err)
			}
			if im.Bounds().Size() != sheet(t, in).Size {
				t.Errorf("PNG of %v", im.Bounds())
			}
		case FormatSVG:
			wellFormed(t, a)
			if !strings.Contains(string(a), title) {
				t.Error("the SVG lacks the title")
			}
		case FormatPDF:
			checkPDF(t, a, title)
		}
	}
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func checkPDF(t *testing.T, pdf []byte, title string) {
	t.Helper()
	if !bytes.Contains(pdf, []byte("/URI (http")) {
		t.Error("the PDF has no links")
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
	if err != nil || !strings.Contains(string(out), title) || !strings.Contains(string(out), "SHA-256") {
		t.Errorf("pdftotext: %v\n%s", err, out)
	}
}

func TestADrawingOfPlainEdgesHasNoSourcesAndNoSnapshot(t *testing.T) {
	in := input(t, "en")
	in.Graph, in.View, in.Title = nil, nil, "Network"
	in.Scene = scene.FromEdges([]string{"a", "b", "c"}, [][2]int32{{0, 1}, {1, 2}})
	text := all(sheet(t, in))
	if !strings.Contains(text, "Network") || strings.Contains(text, "SHA-256") || strings.Contains(text, in.Words.Say("report.sources")) {
		t.Errorf("sheet says:\n%s", text)
	}
	in.Format = FormatSnapshot
	if err := Export(context.Background(), io.Discard, in); !errors.Is(err, errNoCase) {
		t.Errorf("snapshot of a drawing: %v", err)
	}
}

func TestAnEmptyCaseHasASheet(t *testing.T) {
	in := input(t, "en")
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	in.Graph, in.Scene, in.View = graphstore.NewGraph(schema), nil, nil
	for _, format := range []string{FormatPNG, FormatSVG, FormatPDF, FormatSnapshot} {
		export(t, in, format)
	}
	inside(t, "empty", sheet(t, in), in.Faces)
}

func TestWrongInputIsRefused(t *testing.T) {
	good := input(t, "en")
	good.Format = FormatSVG
	for name, change := range map[string]func(*Input){
		"scale":   func(in *Input) { in.Scale = 5 },
		"small":   func(in *Input) { in.Size = image.Pt(3, 500) },
		"large":   func(in *Input) { in.Size = image.Pt(500, 1e6) },
		"format":  func(in *Input) { in.Format = "gif" },
		"nothing": func(in *Input) { in.Graph, in.Scene = nil, nil },
		"words":   func(in *Input) { in.Words = nil },
	} {
		in := good
		change(&in)
		if err := Export(context.Background(), io.Discard, in); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Export(ctx, io.Discard, good); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestManyLinesAreTold(t *testing.T) {
	in := input(t, "en")
	n := render.MaxVectorLines + 2000
	names, edges := make([]string, 1000), make([][2]int32, n)
	for i := range edges {
		edges[i] = [2]int32{int32(i % 1000), int32((i*7 + i/1000) % 1000)}
	}
	in.Graph, in.View, in.Scene = nil, nil, scene.FromEdges(names, edges)
	in.Bare, in.Size, in.Format = true, image.Pt(300, 300), FormatSVG
	var told render.Note
	in.Told = func(n render.Note) { told = n }
	fr := sheet(t, in)
	if err := Export(context.Background(), io.Discard, in); err != nil {
		t.Fatal(err)
	}
	if len(fr.Lines) > render.MaxVectorLines && told.Lines != len(fr.Lines) {
		t.Errorf("%d lines, told %v", len(fr.Lines), told)
	}
	if len(fr.Lines) <= render.MaxVectorLines {
		t.Fatalf("the scene draws %d lines only", len(fr.Lines))
	}
}

func TestEdgesBearTheNumbersOfTheirSources(t *testing.T) {
	in := input(t, "en")
	if err := in.check(); err != nil {
		t.Fatal(err)
	}
	docs := in.cited()
	possible := map[string]bool{}
	for _, c := range in.shown() {
		var ns []int
		for i, d := range docs {
			cites := d.ID == c.ReportedBy
			for _, e := range c.Evidence {
				cites = cites || e.Document == d.ID
			}
			if cites {
				ns = append(ns, i+1)
			}
		}
		possible[citation(ns, mostNumbers)] = true
	}
	fr := in.drawing(geom.Point{})
	found := 0
	for i := range fr.Texts {
		x := &fr.Texts[i]
		if strings.HasPrefix(x.String, "[") {
			found++
			if !possible[x.String] {
				t.Errorf("no claim cites %s", x.String)
			}
		}
		for k := range i {
			if y := &fr.Texts[k]; x.Box(in.Faces).Intersects(y.Box(in.Faces)) {
				t.Errorf("%q covers %q", x.String, y.String)
			}
		}
	}
	if found < 5 {
		t.Errorf("%d edges are numbered", found)
	}
	in.Bare = true
	for _, x := range in.drawing(geom.Point{}).Texts {
		if strings.HasPrefix(x.String, "[") {
			t.Errorf("a bare drawing has the number %s", x.String)
		}
	}
}

func TestALongListOfSourcesIsCutAloud(t *testing.T) {
	in := input(t, "en")
	d := &graphstore.Diff{}
	for c := range in.Graph.Claims() {
		if _, ok := in.Scene.EdgeOf(c.ID); ok {
			more := *c
			for i := range mostSources + 5 {
				doc := &graphstore.Document{ID: graphstore.ID(fmt.Sprintf("urn:caveat:d:more-%04d", i)), Title: "One of many"}
				d.Add(nil, doc)
				more.Evidence = append(more.Evidence[:len(more.Evidence):len(more.Evidence)], graphstore.Evidence{Document: doc.ID})
			}
			d.Add(c, &more)
			break
		}
	}
	before := len(in.cited())
	g, err := in.Graph.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	in.Graph = g
	fr := sheet(t, in)
	inside(t, "long", fr, in.Faces)
	if text := all(fr); !strings.Contains(text, in.Words.Say("report.more-sources", "n", fmt.Sprint(before+5))) {
		t.Error("what is left out is not said")
	}
}

// TestColumnsAreNoMoreThanThereIsRoomFor sets lists of items of random heights below a heading.
func TestColumnsAreNoMoreThanThereIsRoomFor(t *testing.T) {
	for seed := range int64(400) {
		rng := rand.New(rand.NewSource(seed))
		items := make([]*part, 1+rng.Intn(120))
		for i := range items {
			items[i] = &part{Frame: &scene.Frame{Marks: make([]scene.Mark, 1)}, height: 30 + 80*rng.Float32()}
		}
		columns := 1 + rng.Intn(8)
		p := &part{Frame: new(scene.Frame)}
		p.columns(items, 100*rng.Float32(), columns, 1000, 7.3)
		for _, m := range p.Marks {
			if m.At.X >= float32(columns)*1000 {
				t.Fatalf("seed %d: an item stands in column %v of %d", seed, m.At.X/1000+1, columns)
			}
		}
	}
}
