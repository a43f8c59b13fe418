package ui

import (
	"caveat/app/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// topBar is the strip above the canvas: the side panels, back and forward,
// undo and redo, and the one box for finding things and running commands.
type topBar struct {
	w       *Window
	root    fyne.CanvasObject
	buttons []*iconButton
	search  *widgets.Picker
}

func newTopBar(w *Window) *topBar {
	b := &topBar{w: w}
	b.search = newSearch(w)
	button := func(icon, action string) fyne.CanvasObject {
		x := newIconButton(icon, action, func() { w.run(action) })
		b.buttons = append(b.buttons, x)
		return x
	}
	left := container.NewHBox(button("outline", "outline"), button("back", "back"), button("forward", "forward"), button("undo", "undo"), button("redo", "redo"))
	right := container.NewHBox(button("new-entity", "newentity"), button("new-claim", "newclaim"), button("layout", "layout"), button("export", "export"), button("panel", "inspector"))
	b.root = widgets.NewGround(widgets.ColorPanel, container.New(barLayout{}, left, b.search.Entry, right))
	return b
}

// refresh takes over the language.
func (b *topBar) refresh() {
	b.search.SetPlaceHolder(b.w.say("search.placeholder") + "   " + b.w.keyOf("palette"))
	for _, x := range b.buttons {
		x.SetToolTip(b.w.tip(x.action))
	}
}

// tip is the tooltip of an action's button: its title and key.
func (w *Window) tip(action string) string {
	t := w.say("action." + action)
	if k := w.keyOf(action); k != "" {
		t += "  " + k
	}
	return t
}

// ready enables what can be done.
func (b *topBar) ready() {
	for _, x := range b.buttons {
		x.set(b.w.ready(x.action) == nil)
	}
}

// barLayout puts the search box in the middle, at most searchWide.
type barLayout struct{}

const searchWide float32 = 460

// Layout places left, middle and right.
func (barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const pad float32 = 3
	l, m, r := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	o[0].Move(fyne.NewPos(pad, (s.Height-l.Height)/2))
	o[0].Resize(l)
	o[2].Move(fyne.NewPos(s.Width-r.Width-pad, (s.Height-r.Height)/2))
	o[2].Resize(r)
	from, to := l.Width+3*pad, s.Width-r.Width-3*pad
	w := min(searchWide, to-from)
	x := min(max((s.Width-w)/2, from), to-w)
	o[1].Move(fyne.NewPos(x, (s.Height-m.Height)/2))
	o[1].Resize(fyne.NewSize(w, m.Height))
}

// MinSize is the height of the search box.
func (barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	w := float32(120)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
		w += x.MinSize().Width
	}
	return fyne.NewSize(w, h+6)
}
