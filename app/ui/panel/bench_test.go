package panel

import (
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"caveat/app/editor/editortest"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// bench is a desk over the real editor with the Kaspersky case, in a window of Fyne's test driver.
type bench struct {
	*Desk
	t        *testing.T
	desk     *editortest.Desk
	win      fyne.Window
	sheets   *widgets.Sheets
	browsed  []string
	edited   []graphstore.ID
	menuAsks []graphstore.ID
}

func newBench(t *testing.T) *bench {
	t.Helper()
	a := test.NewTempApp(t)
	b := &bench{t: t, desk: editortest.New(t, nil)}
	ed := b.desk.Editor
	a.Settings().SetTheme(tinted{test.Theme()})
	b.win = a.NewWindow("panel")
	b.win.SetContent(fynetooltip.AddWindowToolTipLayer(container.NewStack(), b.win.Canvas()))
	b.win.Resize(fyne.NewSize(1280, 800))
	b.sheets = widgets.NewSheets(b.win.Canvas(), func() {})
	b.Desk = &Desk{
		Editor: ed, Dark: func() bool { return false }, Browse: func(s string) { b.browsed = append(b.browsed, s) },
		Menu: func(_ fyne.Position, id graphstore.ID) { b.menuAsks = append(b.menuAsks, id) }, Edit: func(id graphstore.ID) { b.edited = append(b.edited, id) },
		Claim: func(graphstore.ID, graphstore.ID) {}, Ready: func(string) error { return nil }, Run: func(string) {},
		Canvas: b.win.Canvas, Key: func(string) string { return "E" }, Now: time.Now,
	}
	t.Cleanup(func() { check(t, ed.Close()) })
	ed.Resize(900, 700)
	ed.OpenSample("kaspersky")
	b.settle()
	if ed.Graph() == nil {
		t.Fatalf("the sample did not open: %s", ed.Message().Text)
	}
	return b
}

// tinted gives Fyne's test theme the colour names of Caveat's.
type tinted struct{ fyne.Theme }

// Color returns black for our names.
func (t tinted) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if strings.HasPrefix(string(n), "caveat") {
		return color.Black
	}
	return t.Theme.Color(n, v)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle runs what is posted until nothing is going on.
func (b *bench) settle() {
	b.t.Helper()
	b.desk.Settle(nil)
}

// items returns the rows of a page.
func items(o fyne.CanvasObject) []*widgets.Item {
	var out []*widgets.Item
	switch x := o.(type) {
	case *widgets.Item:
		out = append(out, x)
	case *widgets.Ground:
		out = append(out, items(x.Content)...)
	case *container.Scroll:
		out = append(out, items(x.Content)...)
	case *fyne.Container:
		for _, c := range x.Objects {
			out = append(out, items(c)...)
		}
	}
	return out
}
