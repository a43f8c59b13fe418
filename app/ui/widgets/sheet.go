package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"
)

// Sheet is a modal page: a title, a body that scrolls, and buttons. Escape
// closes it, Enter presses its main button.
type Sheet struct {
	Title  string
	Body   *fyne.Container
	Floats *Floats

	OnEnter func() // Enter; nil does nothing
	OnClose func() // closed without its main button
	OnGone  func() // closed, in whatever way
	Width   float32
	Height  float32 // least height of the body; 0 is what the body needs

	Canvas  fyne.Canvas // on which it is shown
	pop     *widget.PopUp
	scroll  *container.Scroll
	buttons *fyne.Container
	done    func(*Sheet) // tells the stack of sheets
}

// Sheets is the stack of the sheets on show.
type Sheets struct {
	canvas fyne.Canvas
	open   []*Sheet
	back   func() // gives the keyboard back when the last one closes
}

// NewSheets returns an empty stack; back is called when the last sheet has closed.
func NewSheets(c fyne.Canvas, back func()) *Sheets { return &Sheets{canvas: c, back: back} }

// Top returns the sheet that has the keyboard, or nil.
func (s *Sheets) Top() *Sheet {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

// New returns a sheet that is not shown yet.
func (s *Sheets) New(title string) *Sheet {
	sh := &Sheet{Title: title, Body: container.New(Stacked()), Floats: NewFloats(), Width: 460, Canvas: s.canvas}
	sh.buttons = container.NewHBox(layout.NewSpacer())
	sh.done = func(gone *Sheet) {
		for k, o := range s.open {
			if o == gone {
				s.open = append(s.open[:k], s.open[k+1:]...)
				break
			}
		}
		if len(s.open) == 0 && s.back != nil {
			s.back()
		}
	}
	return sh
}

// Show opens a sheet; focus, if not nil, gets the keyboard.
func (s *Sheets) Show(sh *Sheet, focus fyne.Focusable) {
	s.open = append(s.open, sh)
	title := canvas.NewText(sh.Title, Themed("foreground"))
	title.TextStyle = fyne.TextStyle{Bold: true}
	title.TextSize = 15
	sh.scroll = container.NewVScroll(container.New(Inset(10, 2), sh.Body))
	head := container.New(Inset(ItemPad+6, 6), title)
	foot := container.New(Inset(ItemPad+4, 6), sh.buttons)
	page := container.NewBorder(head, foot, nil, nil, sh.scroll)
	edge := canvas.NewRectangle(color.Transparent) // a page of the window's colour must end somewhere
	edge.StrokeColor, edge.StrokeWidth = Themed(ColorOutline), 1
	edge.CornerRadius = 4
	sh.pop = widget.NewModalPopUp(container.NewStack(edge, page, sh.Floats.Layer), s.canvas)
	fynetooltip.AddPopUpToolTipLayer(sh.pop)
	sh.Fit()
	sh.pop.Show()
	sh.Fit()
	if focus != nil {
		s.canvas.Focus(focus)
	}
}

// Fit gives the sheet the height its body needs, within the window.
func (sh *Sheet) Fit() {
	if sh.pop == nil {
		return
	}
	room := sh.Canvas.Size()
	w := min(sh.Width, room.Width-24)
	sh.Body.Resize(fyne.NewSize(w-36, sh.Body.Size().Height))
	h := max(sh.Body.MinSize().Height+4, sh.Height) + 92
	sh.pop.Resize(fyne.NewSize(w, min(h, room.Height-36)))
}

// Button adds a button at the lower right; the main one is coloured and
// pressed by Enter.
func (sh *Sheet) Button(text string, main bool, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.OnKey = sh.Key
	if main {
		b.Importance = widget.HighImportance
		if sh.OnEnter == nil {
			sh.OnEnter = tapped
		}
	}
	sh.buttons.Add(b)
	return b
}

// Key handles a key that the input in focus has no use for.
func (sh *Sheet) Key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		sh.Cancel()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if sh.OnEnter != nil {
			sh.OnEnter()
			return true
		}
	}
	return false
}

// Close takes the sheet away.
func (sh *Sheet) Close() {
	if sh.pop == nil {
		return
	}
	p := sh.pop
	sh.pop = nil
	p.Hide()
	fynetooltip.DestroyPopUpToolTipLayer(p)
	sh.done(sh)
	if sh.OnGone != nil {
		sh.OnGone()
	}
}

// Cancel closes the sheet without its main button.
func (sh *Sheet) Cancel() {
	sh.Close()
	if sh.OnClose != nil {
		sh.OnClose()
	}
}

// Reveal scrolls so that o can be seen.
func (sh *Sheet) Reveal(o fyne.CanvasObject) {
	if sh.scroll == nil {
		return
	}
	drv := fyne.CurrentApp().Driver()
	y := drv.AbsolutePositionForObject(o).Y - drv.AbsolutePositionForObject(sh.scroll).Y
	switch {
	case y < 0:
		sh.scroll.Offset.Y += y - 8
	case y+o.Size().Height > sh.scroll.Size().Height:
		sh.scroll.Offset.Y += y + o.Size().Height - sh.scroll.Size().Height + 8
	default:
		return
	}
	sh.scroll.Refresh()
}

// Add puts rows into the body.
func (sh *Sheet) Add(rows ...fyne.CanvasObject) {
	for _, r := range rows {
		sh.Body.Add(r)
	}
}

// Object returns what is on show of the sheet, or nil.
func (sh *Sheet) Object() fyne.CanvasObject {
	if sh.pop == nil {
		return nil
	}
	return sh.pop.Content
}

// All returns the sheets on show, the lowest first.
func (s *Sheets) All() []*Sheet { return s.open }
