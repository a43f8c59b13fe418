package ui

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"caveat/app/editor"
	"caveat/app/editor/turntest"
	"caveat/app/geom"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
)

// bench is the window over the real editor, in Fyne's test driver.
type bench struct {
	*Window
	poster *Poster
	b      *testing.B
}

func newBench(b *testing.B, path string) *bench {
	b.Helper()
	check := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	a := test.NewTempApp(b)
	schema, err := graphstore.Builtin()
	check(err)
	table, err := words.Load("en")
	check(err)
	faces, err := typeset.New()
	check(err)
	set, err := settings.Open(b.TempDir())
	check(err)
	check(set.Change(func(s *settings.Settings) { s.Still = true }))
	p := new(Poster) // never started: run is called by hand
	ed := editor.New(editor.Options{Post: p.Post, Words: table, Settings: set, Faces: faces, Schema: schema, Dir: b.TempDir()})
	a.Settings().SetTheme(NewTheme(ThemeLight))
	w := New(Options{App: a, Editor: ed, Faces: faces, Poster: p, Settings: set, Width: 1600, Height: 1000, Software: true})
	w.applyTheme()
	w.notice(^editor.Notice(0))
	b.Cleanup(w.Close)
	x := &bench{w, p, b}
	ed.OpenFile(path, false)
	x.turns(func() {})
	if ed.Scene().Len() == 0 {
		b.Fatalf("nothing is open: %s", ed.Message().Text)
	}
	return x
}

// turns runs f and all that follows from it and measures the turns.
func (x *bench) turns(f func()) (c turntest.Clock) {
	c.Turn(f)
	quiet := func() bool {
		x.poster.mu.Lock()
		defer x.poster.mu.Unlock()
		return len(x.poster.waiting) == 0
	}
	for !quiet() || !x.editor.Idle() || !x.view.Crisp() {
		if quiet() {
			time.Sleep(time.Millisecond)
			continue
		}
		x.poster.mu.Lock()
		waiting := x.poster.waiting
		x.poster.waiting = nil
		x.poster.mu.Unlock()
		for _, f := range waiting {
			c.Turn(f)
		}
	}
	return c
}

// hubbed writes an edge list of n nodes of which half are joined to the first.
func hubbed(b *testing.B, n int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "hub.tsv.gz")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	z := gzip.NewWriter(f)
	for i := 1; i < n/2; i++ {
		fmt.Fprintf(z, "hub\tn%d\n", i)
	}
	seed := uint32(42)
	for i := range 2 * n {
		seed = seed*1664525 + 1013904223
		fmt.Fprintf(z, "n%d\tn%d\n", 1+i%(n-1), 1+(i+int(seed>>24))%(n-1))
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func (x *bench) mouse(p geom.Point) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(p.X, p.Y)}}
}

// BenchmarkTurnsOfTheWindow tells how long the goroutine of the window is busy at most in what is done to drawings, with all that
// the panels show of it but without the frames that the driver draws (run with -benchtime 1x).
func BenchmarkTurnsOfTheWindow(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := newBench(b, hubbed(b, n))
			e := x.editor
			x.turns(func() { e.Fit() })
			e.Scene().MakeIndex()
			hub, _ := e.Scene().Node("hub")
			at := e.ToCanvas(e.Scene().NodePoint(hub))
			away := geom.Point{X: 2, Y: 2}
			size := x.view.Size()
			steps := []struct {
				name string
				do   func()
			}{
				{"hoverhub", func() { x.view.MouseIn(x.mouse(at)) }},
				{"unhover", func() { x.view.MouseMoved(x.mouse(away)) }},
				{"selecthub", func() { e.Select("hub") }},
				{"selectall", func() { x.run("selectall") }},
				{"hoverselected", func() { x.view.MouseMoved(x.mouse(at)) }},
				{"pan", func() { e.Pan(10, 10) }},
				{"zoom", func() { e.ZoomBy(1.2) }},
				{"menu", func() { x.canvasMenu(at, e.TargetAt(at)) }},
				{"invert", func() { x.run("invert") }},
				{"fit", func() { e.Fit() }},
				{"band", func() {
					for _, p := range []editor.Pointer{{Kind: editor.PointerDown, At: away}, {Kind: editor.PointerMove, At: geom.Point{X: 300, Y: 300}}, {Kind: editor.PointerUp, At: geom.Point{X: size.Width / 2, Y: size.Height}}} {
						p.Button, p.Mods = editor.Primary, editor.Shift
						e.Pointer(p)
					}
				}},
				{"bandmore", func() {
					for _, p := range []editor.Pointer{{Kind: editor.PointerDown, At: away}, {Kind: editor.PointerMove, At: geom.Point{X: 300, Y: 300}}, {Kind: editor.PointerUp, At: geom.Point{X: size.Width, Y: size.Height / 2}}} {
						p.Button, p.Mods = editor.Primary, editor.Shift|editor.Control
						e.Pointer(p)
					}
				}},
				{"toggle", func() { e.Toggle("n7") }},
				{"zoomtoselection", func() { e.ZoomToSelection() }},
				{"hide", func() { x.run("hide") }},
				{"undohide", func() { x.run("undo") }},
				{"none", func() { e.Select() }},
				{"find", func() { x.bar.search.SetText("n") }},
				{"findmore", func() { x.bar.search.SetText("n1") }},
				{"findnone", func() { x.bar.search.SetText("") }},
				{"outline", func() { x.run("outline") }},
				{"outlineagain", func() { x.run("outline") }},
				{"dark", func() { x.setTheme(ThemeDark) }},
				{"language", func() { x.setLanguage("de") }},
				{"resize", func() { x.win.Resize(fyne.NewSize(1400, 900)) }},
				{"map", func() { x.corner.overview.goTo(fyne.NewPos(40, 40)) }},
				{"layouts", func() { x.run("layouts") }},
				{"closelayouts", func() { x.sheets.Top().Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) }},
				{"layout", func() { e.Arrange("grid", 0.5) }},
				{"undolayout", func() { x.run("undo") }},
				{"dragnode", func() {
					p := e.ToCanvas(e.Scene().NodePoint(hub))
					for _, p := range []editor.Pointer{{Kind: editor.PointerDown, At: p}, {Kind: editor.PointerMove, At: p.Add(geom.Point{X: 9})}, {Kind: editor.PointerUp, At: p.Add(geom.Point{X: 30})}} {
						p.Button = editor.Primary
						x.poster.Post(func() { e.Pointer(p) })
					}
				}},
				{"undodrag", func() { x.run("undo") }},
				{"export", func() { x.run("export") }},
				{"closecase", func() { x.run("close") }},
			}
			for _, s := range steps {
				b.Run(s.name, func(b *testing.B) {
					c := x.turns(s.do)
					c.Report(b)
				})
			}
		})
	}
}
