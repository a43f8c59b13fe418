package panel

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
	"caveat/app/words"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// Desk is what every panel needs from the window around it. The functions
// open the window's own pages.
type Desk struct {
	Editor *editor.Editor
	Dark   func() bool
	Browse func(address string)                     // opens the browser
	Menu   func(at fyne.Position, id graphstore.ID) // context menu of a record, at a place in the window
	Edit   func(id graphstore.ID)                   // form of a record
	Claim  func(from, to graphstore.ID)             // form of a new claim
	Ready  func(action string) error                // why an action cannot be done now, or nil
	Run    func(action string)                      // an action of the editor's table
	Canvas func() fyne.Canvas
	Key    func(action string) string // the key of an action, to be shown
	Now    func() time.Time
}

func (d *Desk) words() *words.Table      { return d.Editor.Words() }
func (d *Desk) lang() string             { return d.Editor.Words().Lang() }
func (d *Desk) graph() *graphstore.Graph { return d.Editor.Graph() }

func (d *Desk) say(key string, pairs ...string) string { return d.words().Say(key, pairs...) }

// Name returns what to call a record.
func (d *Desk) Name(id graphstore.ID) string { return dossier.Name(d.graph(), id, d.lang()) }

// Mark returns the mark of a record's kind, or nil.
func (d *Desk) Mark(id graphstore.ID) fyne.Resource {
	g := d.graph()
	if g == nil {
		return nil
	}
	if e := g.Entity(id); e != nil {
		return d.kindMark(g.Schema().Kind(e.Kind))
	}
	if g.Document(id) != nil {
		return widgets.Swatch(graphstore.ShapePage, "#8a8a8a")
	}
	if c := g.Claim(id); c != nil {
		return d.positionMark(c.Position)
	}
	return nil
}

func (d *Desk) kindMark(k *graphstore.KindInfo) fyne.Resource {
	if k == nil {
		return widgets.Swatch(graphstore.ShapeDisc, "#8a8a8a")
	}
	if d.Dark() {
		return widgets.Swatch(k.Shape, k.Dark)
	}
	return widgets.Swatch(k.Shape, k.Light)
}

func (d *Desk) positionMark(p *graphstore.Position) fyne.Resource {
	hex := "#8a8a8a"
	if p != nil {
		if info := d.graph().Schema().Position(*p); info != nil {
			if hex = info.Light; d.Dark() {
				hex = info.Dark
			}
		}
	}
	return widgets.Bar(hex)
}

// link returns a row whose title leads to a record.
func (d *Desk) link(id graphstore.ID) *widgets.Item {
	i := widgets.NewItem(d.Name(id))
	i.Mark = d.Mark(id)
	i.OnTitle = func() { d.Editor.Inspect(id) }
	i.OnMenu = func(at fyne.Position) { d.Menu(at, id) }
	return i
}

// page collects the rows of a panel from top to bottom.
type page struct {
	box  *fyne.Container
	desk *Desk
}

func newPage(d *Desk) *page { return &page{container.New(widgets.Stacked()), d} }

// replace shows the page in place of what s shows. Rows that go are left by the
// pointer, or their tooltips would come up later.
func (p *page) replace(s *container.Scroll) {
	if old, ok := s.Content.(*fyne.Container); ok {
		for _, o := range old.Objects {
			if i, ok := o.(*widgets.Item); ok {
				i.Leave()
			}
		}
	}
	s.Content = p.box
	s.Refresh()
}

func (p *page) add(o ...fyne.CanvasObject) {
	for _, x := range o {
		p.box.Add(x)
	}
}

func (p *page) gap(h float32) {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(1, h))
	p.box.Add(r)
}

func (p *page) rule() {
	p.gap(4)
	p.box.Add(widget.NewSeparator())
	p.gap(4)
}

// head adds a heading of a part of the page, with a count at the right.
func (p *page) head(text string, count int) {
	p.gap(8)
	i := widgets.NewItem(text)
	i.Bold, i.Color = true, widgets.ColorDim
	if count > 0 {
		i.Trail = p.desk.words().Number(count)
	}
	p.box.Add(i)
}

// prose adds running text that wraps.
func (p *page) prose(text string, color fyne.ThemeColorName) *widgets.Prose {
	t := widgets.NewProse(text, color)
	p.box.Add(t)
	return t
}

// note adds Markdown text.
func (p *page) note(text string) {
	if text == "" {
		return
	}
	t := widget.NewRichTextFromMarkdown(text)
	t.Wrapping = fyne.TextWrapWord
	p.box.Add(container.New(widgets.Inset(4, 0), t))
}

// fact adds a labelled row.
func (p *page) fact(label string, value *widgets.Item) {
	t := canvas.NewText(label, widgets.Themed(widgets.ColorDim))
	t.TextSize = theme.Size(theme.SizeNameCaptionText)
	p.box.Add(container.New(widgets.Fact(), t, value))
}

func (p *page) factText(label, value string) {
	if value != "" {
		p.box.Add(container.New(widgets.Fact(), dimText(label), widgets.NewProse(value, theme.ColorNameForeground)))
	}
}

func dimText(s string) *canvas.Text {
	t := canvas.NewText(s, widgets.Themed(widgets.ColorDim))
	t.TextSize = theme.Size(theme.SizeNameCaptionText)
	return t
}

// buttons adds a row of buttons.
func (p *page) buttons(b ...fyne.CanvasObject) {
	p.gap(4)
	p.box.Add(container.New(widgets.Inset(widgets.ItemPad, 0), container.New(widgets.Flow(6), b...)))
	p.gap(2)
}
