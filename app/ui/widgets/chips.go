package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// Chip is one choice of a group.
type Chip struct {
	ID   string
	Text string
	Mark fyne.Resource
	On   bool
}

// Chips is a group of choices as small plates that wrap over lines. The group is one
// stop of the Tab key; arrows go from chip to chip, Space sets one.
type Chips struct {
	ttwidget.ToolTipWidget

	One      bool // at most one is set, as with radio buttons
	OnChange func()
	OnKey    func(*fyne.KeyEvent) bool

	chips   []Chip
	at      int // chip the keyboard is on
	over    int // chip the pointer is on, or -1
	focused bool
	boxes   []chipBox
}

type chipBox struct {
	pos  fyne.Position
	size fyne.Size
}

// NewChips returns a group.
func NewChips(one bool, chips ...Chip) *Chips {
	c := &Chips{One: one, chips: chips, over: -1}
	c.ExtendBaseWidget(c)
	return c
}

// Set sets exactly the chips of these ids.
func (c *Chips) Set(ids ...string) {
	for k := range c.chips {
		c.chips[k].On = false
		for _, id := range ids {
			if c.chips[k].ID == id {
				c.chips[k].On = true
			}
		}
	}
	c.Refresh()
}

// Chosen returns the ids of the chips that are set, in their order.
func (c *Chips) Chosen() []string {
	var out []string
	for _, x := range c.chips {
		if x.On {
			out = append(out, x.ID)
		}
	}
	return out
}

// First returns the id of the first chip that is set, or "".
func (c *Chips) First() string {
	for _, x := range c.chips {
		if x.On {
			return x.ID
		}
	}
	return ""
}

func (c *Chips) toggle(k int) {
	if k < 0 || k >= len(c.chips) {
		return
	}
	on := !c.chips[k].On
	if c.One && on {
		for j := range c.chips {
			c.chips[j].On = false
		}
	}
	c.chips[k].On = on
	c.at = k
	c.Refresh()
	if c.OnChange != nil {
		c.OnChange()
	}
}

func (c *Chips) find(p fyne.Position) int {
	for k, b := range c.boxes {
		if p.X >= b.pos.X && p.Y >= b.pos.Y && p.X <= b.pos.X+b.size.Width && p.Y <= b.pos.Y+b.size.Height {
			return k
		}
	}
	return -1
}

// Tapped sets or clears the chip under the pointer.
func (c *Chips) Tapped(e *fyne.PointEvent) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		cv.Focus(c)
	}
	c.toggle(c.find(e.Position))
}

// MouseIn starts following the pointer.
func (c *Chips) MouseIn(e *desktop.MouseEvent) { c.ToolTipWidget.MouseIn(e); c.MouseMoved(e) }

// MouseMoved lights the chip under the pointer.
func (c *Chips) MouseMoved(e *desktop.MouseEvent) {
	c.ToolTipWidget.MouseMoved(e)
	if k := c.find(e.Position); k != c.over {
		c.over = k
		c.Refresh()
	}
}

// MouseOut puts the light out.
func (c *Chips) MouseOut() { c.ToolTipWidget.MouseOut(); c.over = -1; c.Refresh() }

// Cursor shows a hand over a chip.
func (c *Chips) Cursor() desktop.Cursor {
	if c.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained marks the chip the keyboard is on: the one that is set, if any.
func (c *Chips) FocusGained() {
	c.focused = true
	if c.One {
		for k, x := range c.chips {
			if x.On {
				c.at = k
			}
		}
	}
	c.Refresh()
}

// FocusLost unmarks it.
func (c *Chips) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune does nothing here; Space comes as a key.
func (c *Chips) TypedRune(rune) {}

// TypedKey walks and sets.
func (c *Chips) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown:
		c.at = min(c.at+1, len(c.chips)-1)
		c.Refresh()
		return
	case fyne.KeyLeft, fyne.KeyUp:
		c.at = max(c.at-1, 0)
		c.Refresh()
		return
	case fyne.KeySpace:
		c.toggle(c.at)
		return
	}
	if c.OnKey != nil {
		c.OnKey(e)
	}
}

// Parts reports every chip.
func (c *Chips) Parts() []Part {
	var out []Part
	for k, x := range c.chips {
		if k >= len(c.boxes) {
			break
		}
		role := "unchecked"
		if x.On {
			role = "checked"
		}
		out = append(out, Part{Role: role, Text: x.Text, At: c.boxes[k].pos, Size: c.boxes[k].size, Focused: c.focused && k == c.at})
	}
	return out
}

const (
	chipPadX float32 = 7
	chipPadY float32 = 3
	chipGap  float32 = 4
)

// arrange places the chips in lines of width w and returns the height.
func (c *Chips) arrange(w float32) float32 {
	size := theme.Size(theme.SizeNameCaptionText)
	c.boxes = c.boxes[:0]
	h := size*1.35 + 2*chipPadY
	x, y := float32(0), float32(0)
	for _, chip := range c.chips {
		cw := measure(chip.Text, size, fyne.TextStyle{}) + 2*chipPadX
		if chip.Mark != nil {
			cw += size + chipGap
		}
		cw = min(cw, w)
		if x > 0 && x+cw > w {
			x, y = 0, y+h+chipGap
		}
		c.boxes = append(c.boxes, chipBox{fyne.NewPos(x, y), fyne.NewSize(cw, h)})
		x += cw + chipGap
	}
	return y + h
}

// CreateRenderer draws the group.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &chipsRenderer{c: c}
	r.Refresh()
	return r
}

type chipsRenderer struct {
	c       *Chips
	width   float32
	plates  []*canvas.Rectangle
	texts   []*canvas.Text
	marks   []*canvas.Image
	objects []fyne.CanvasObject
}

// Destroy has nothing to free.
func (r *chipsRenderer) Destroy() {}

// Objects returns what is drawn.
func (r *chipsRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is the height that the last width needs.
func (r *chipsRenderer) MinSize() fyne.Size {
	w := r.width
	if w == 0 {
		w = 280
	}
	return fyne.NewSize(80, r.c.arrange(w))
}

// Layout wraps the chips over lines.
func (r *chipsRenderer) Layout(s fyne.Size) {
	changed := r.width != s.Width
	r.width = s.Width
	r.c.arrange(s.Width)
	size := theme.Size(theme.SizeNameCaptionText)
	for k, b := range r.c.boxes {
		if k >= len(r.plates) {
			break
		}
		r.plates[k].Move(b.pos)
		r.plates[k].Resize(b.size)
		x := b.pos.X + chipPadX
		if r.marks[k] != nil {
			r.marks[k].Move(fyne.NewPos(x-1, b.pos.Y+(b.size.Height-size)/2))
			r.marks[k].Resize(fyne.NewSquareSize(size))
			x += size + chipGap
		}
		t := r.texts[k]
		t.Text = Elide(r.c.chips[k].Text, size, t.TextStyle, b.pos.X+b.size.Width-x-2)
		ts := t.MinSize()
		t.Move(fyne.NewPos(x, b.pos.Y+(b.size.Height-ts.Height)/2))
		t.Resize(ts)
	}
	if changed {
		r.c.Refresh() // the new width may need another height
	}
}

// Refresh takes over the chips and the theme.
func (r *chipsRenderer) Refresh() {
	size := theme.Size(theme.SizeNameCaptionText)
	r.plates, r.texts, r.marks, r.objects = r.plates[:0], r.texts[:0], r.marks[:0], r.objects[:0]
	for k, chip := range r.c.chips {
		p := canvas.NewRectangle(Themed(theme.ColorNameInputBackground))
		p.CornerRadius = (size*1.35 + 2*chipPadY) / 2
		p.StrokeColor, p.StrokeWidth = Themed(ColorOutline), 1
		if chip.On {
			p.FillColor, p.StrokeColor = Themed(ColorChosen), Themed(theme.ColorNamePrimary)
		} else if k == r.c.over {
			p.FillColor = Themed(ColorRow)
		}
		if r.c.focused && k == r.c.at {
			p.StrokeColor, p.StrokeWidth = Themed(theme.ColorNamePrimary), 2
		}
		t := canvas.NewText(chip.Text, Themed(theme.ColorNameForeground))
		t.TextSize = size
		r.plates, r.texts = append(r.plates, p), append(r.texts, t)
		r.objects = append(r.objects, p, t)
		var m *canvas.Image
		if chip.Mark != nil {
			m = canvas.NewImageFromResource(chip.Mark)
			m.FillMode = canvas.ImageFillContain
			r.objects = append(r.objects, m)
		}
		r.marks = append(r.marks, m)
	}
	if r.width > 0 {
		s := r.c.Size()
		r.Layout(fyne.NewSize(r.width, s.Height))
	}
	canvas.Refresh(r.c)
}
