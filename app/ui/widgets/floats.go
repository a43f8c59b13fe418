package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Floats is a layer above a page on which lists of suggestions are shown. It is
// no Fyne overlay, so that the keyboard stays in the input.
type Floats struct {
	Layer *fyne.Container
	list  fyne.CanvasObject
	owner fyne.CanvasObject
}

// NewFloats returns an empty layer; stack its Layer above the page.
func NewFloats() *Floats { return &Floats{Layer: container.NewWithoutLayout()} }

// Show puts list below (or, without room, above) the widget owner.
func (f *Floats) Show(owner, list fyne.CanvasObject, width float32) {
	drv := fyne.CurrentApp().Driver()
	at := drv.AbsolutePositionForObject(owner).Subtract(drv.AbsolutePositionForObject(f.Layer))
	size := fyne.NewSize(max(width, owner.Size().Width), list.MinSize().Height)
	room := f.Layer.Size()
	below := at.Y + owner.Size().Height + 1
	if below+size.Height > room.Height && at.Y > room.Height-below {
		size.Height = min(size.Height, at.Y-2)
		below = at.Y - size.Height - 1
	} else {
		size.Height = min(size.Height, room.Height-below)
	}
	x := min(at.X, max(0, room.Width-size.Width))
	list.Move(fyne.NewPos(x, below))
	list.Resize(size)
	f.list, f.owner = list, owner
	f.Layer.Objects = []fyne.CanvasObject{list}
	f.Layer.Refresh()
}

// Hide takes away owner's list, if it is the one on show.
func (f *Floats) Hide(owner fyne.CanvasObject) {
	if f.list == nil || f.owner != owner {
		return
	}
	f.list, f.owner = nil, nil
	f.Layer.Objects = nil
	f.Layer.Refresh()
}

// Choice is one suggestion.
type Choice struct {
	ID     string
	Text   string
	Detail string // at the right
	Mark   fyne.Resource
	New    bool // makes a record rather than naming one
}

// choiceRow is a suggestion in a list. It answers to the press, before the
// input loses the keyboard.
type choiceRow struct {
	Item
	choose func()
}

func newChoiceRow(c Choice, chosen bool, choose func()) *choiceRow {
	r := &choiceRow{choose: choose}
	r.Title, r.Trail, r.Mark, r.Chosen = c.Text, c.Detail, c.Mark, chosen
	r.OnTap = func() {}
	r.ExtendBaseWidget(r)
	return r
}

// MouseDown chooses.
func (r *choiceRow) MouseDown(*desktop.MouseEvent) { r.choose() }

// MouseUp does nothing: the press has chosen.
func (r *choiceRow) MouseUp(*desktop.MouseEvent) {}

// Disabled keeps the Tab key away from suggestions.
func (r *choiceRow) Disabled() bool { return true }

// Picker is an input with suggestions: what is typed is looked up, Down and Up
// go through what was found, Enter or Tab takes it.
type Picker struct {
	*Entry

	Find     func(text string) []Choice
	OnChoose func(Choice)
	OnClear  func()
	Width    float32 // least width of the list
	Eager    bool    // suggests before anything is typed
	Loose    bool    // leaving the input takes nothing: for search
	OnKey    func(*fyne.KeyEvent) bool

	floats  *Floats
	found   []Choice
	at      int
	showing bool
	quiet   bool // the text is being set by program
	chosen  *Choice
}

// NewPicker returns an input whose suggestions are shown on floats.
func NewPicker(floats *Floats, find func(string) []Choice) *Picker {
	p := &Picker{Entry: NewEntry(), Find: find, floats: floats}
	p.Entry.OnChanged = p.typed
	p.Entry.OnKey = p.key
	p.Entry.OnFocus = p.focus
	return p
}

// Chosen returns what was chosen, or nil.
func (p *Picker) Chosen() *Choice { return p.chosen }

// Choose sets the choice without looking it up.
func (p *Picker) Choose(c Choice) {
	p.quiet = true
	p.Entry.SetText(c.Text)
	p.Entry.CursorColumn = len([]rune(c.Text))
	p.quiet = false
	p.chosen = &c
	p.hide()
}

// Clear empties the input.
func (p *Picker) Clear() {
	p.quiet = true
	p.Entry.SetText("")
	p.quiet = false
	p.chosen = nil
	p.hide()
}

// Suggestions returns what the list shows now and which row is lit, for tests.
func (p *Picker) Suggestions() ([]Choice, int) {
	if !p.showing {
		return nil, -1
	}
	return p.found, p.at
}

func (p *Picker) typed(text string) {
	if p.quiet {
		return
	}
	if p.chosen != nil {
		p.chosen = nil
		if p.OnClear != nil {
			p.OnClear()
		}
	}
	if text == "" && !p.Eager {
		p.hide()
		return
	}
	p.suggest(text)
}

func (p *Picker) suggest(text string) {
	p.found, p.at = p.Find(text), 0
	p.draw()
}

// Again looks the text up anew.
func (p *Picker) Again() {
	if p.showing {
		p.suggest(p.Text)
	}
}

func (p *Picker) draw() {
	if len(p.found) == 0 {
		p.hide()
		return
	}
	box := container.New(Stacked())
	for k, c := range p.found {
		box.Add(newChoiceRow(c, k == p.at, func() { p.take(k) }))
	}
	g := NewGround(ColorPanel, container.New(Inset(2, 3), box))
	g.Border, g.Radius = true, 5
	p.showing = true
	p.floats.Show(p.Entry, g, p.Width)
}

func (p *Picker) hide() {
	p.showing = false
	p.floats.Hide(p.Entry)
}

func (p *Picker) take(k int) {
	if k < 0 || k >= len(p.found) {
		return
	}
	c := p.found[k]
	p.Choose(c)
	if p.OnChoose != nil {
		p.OnChoose(c)
	}
}

// light moves the light, round and round.
func (p *Picker) light(at int) {
	if n := len(p.found); n > 0 {
		p.at = (at + n) % n
		p.draw()
	}
}

func (p *Picker) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown:
		if !p.showing {
			p.suggest(p.Text)
		} else {
			p.light(p.at + 1)
		}
		return true
	case fyne.KeyUp:
		if p.showing {
			p.light(p.at - 1) // from the first to the last: what is to be made new stands there
		}
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.showing && p.chosen == nil {
			p.take(p.at)
			return true
		}
	case fyne.KeyEscape:
		if p.showing {
			p.hide()
			return true
		}
	}
	return p.OnKey != nil && p.OnKey(k)
}

func (p *Picker) focus(on bool) {
	switch {
	case on && p.Eager && p.chosen == nil && p.Text == "":
		p.suggest("")
	case !on:
		if p.showing && p.chosen == nil && !p.Loose && p.Text != "" {
			p.take(p.at)
		}
		p.hide()
	}
}

var _ fyne.Widget = (*choiceRow)(nil)
var _ desktop.Mouseable = (*choiceRow)(nil)
var _ fyne.Focusable = (*widget.Entry)(nil)

// Suggest opens the list for what stands in the input.
func (p *Picker) Suggest() { p.suggest(p.Text) }
