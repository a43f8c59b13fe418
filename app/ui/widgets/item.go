package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// Line is one line of an Item below its title.
type Line struct {
	Text  string
	Color fyne.ThemeColorName // empty is ColorDim
}

// Item is a dense row of a panel: a mark, a title, a short text at the right
// and further lines below. What does not fit is cut with an ellipsis and read whole in the
// tooltip. It can be reached and pressed by keyboard.
type Item struct {
	ttwidget.ToolTipWidget

	Mark    fyne.Resource
	Title   string
	Bold    bool
	Heading bool // larger
	Color   fyne.ThemeColorName
	Trail   string
	Lines   []Line
	Indent  float32
	Check   CheckState
	Chosen  bool
	Tight   bool // small letters, little height

	OnTitle func()              // the title alone is a link
	OnTap   func()              // the whole row
	OnMenu  func(fyne.Position) // right click, absolute position
	OnKey   func(*fyne.KeyEvent) bool

	hovered, titleHovered, focused bool
}

// CheckState says whether an Item has a box and what is in it.
type CheckState uint8

// The states of an Item's box.
const (
	NoCheck CheckState = iota
	Unchecked
	Checked
)

// NewItem returns a row; set its fields before it is shown.
func NewItem(title string) *Item {
	i := &Item{Title: title}
	i.ExtendBaseWidget(i)
	return i
}

// Tapped presses the row, or its title where that was hit.
func (i *Item) Tapped(e *fyne.PointEvent) {
	if i.OnTitle != nil && (i.OnTap == nil || i.overTitle(e.Position)) {
		i.OnTitle()
		return
	}
	if i.OnTap != nil {
		i.OnTap()
	}
}

// TappedSecondary asks for the row's menu.
func (i *Item) TappedSecondary(e *fyne.PointEvent) {
	if i.OnMenu != nil {
		i.OnMenu(e.AbsolutePosition)
	}
}

// MouseIn lights the row.
func (i *Item) MouseIn(e *desktop.MouseEvent) {
	i.ToolTipWidget.MouseIn(e)
	i.hovered = true
	i.MouseMoved(e)
	i.Refresh()
}

// MouseMoved tells the title from the rest of the row.
func (i *Item) MouseMoved(e *desktop.MouseEvent) {
	i.ToolTipWidget.MouseMoved(e)
	if over := i.OnTitle != nil && i.overTitle(e.Position); over != i.titleHovered {
		i.titleHovered = over
		i.Refresh()
	}
}

// MouseOut puts the light out.
func (i *Item) MouseOut() {
	i.ToolTipWidget.MouseOut()
	i.hovered, i.titleHovered = false, false
	i.Refresh()
}

// Leave takes the pointer off a row that is about to go, or its tooltip would come up later.
func (i *Item) Leave() {
	if i.hovered {
		i.ToolTipWidget.MouseOut()
	}
}

// Cursor shows a hand where a press does something.
func (i *Item) Cursor() desktop.Cursor {
	if i.OnTap != nil || i.titleHovered {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained marks the row.
func (i *Item) FocusGained() { i.focused = true; i.Refresh() }

// FocusLost unmarks it.
func (i *Item) FocusLost() { i.focused = false; i.Refresh() }

// TypedRune does nothing: rows take no text.
func (i *Item) TypedRune(rune) {}

// TypedKey presses the row by Enter or Space and walks by the arrows.
func (i *Item) TypedKey(e *fyne.KeyEvent) {
	if i.OnKey != nil && i.OnKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if i.OnTitle != nil {
			i.OnTitle()
		} else if i.OnTap != nil {
			i.OnTap()
		}
	case fyne.KeyDown:
		WalkFocus(i, true)
	case fyne.KeyUp:
		WalkFocus(i, false)
	}
}

// WalkFocus gives the keyboard to the widget after from, or to the one before it.
func WalkFocus(from fyne.CanvasObject, on bool) {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return
	}
	if on {
		c.FocusNext()
	} else {
		c.FocusPrevious()
	}
}

// Disabled reports whether the keyboard passes the row by: a press does nothing.
func (i *Item) Disabled() bool { return i.OnTap == nil && i.OnTitle == nil }

// Enable does nothing; what a row can do is in its fields.
func (i *Item) Enable() {}

// Disable does nothing; what a row can do is in its fields.
func (i *Item) Disable() {}

func (i *Item) textSize() float32 {
	switch {
	case i.Heading:
		return theme.Size(theme.SizeNameSubHeadingText)
	case i.Tight:
		return theme.Size(theme.SizeNameCaptionText)
	}
	return theme.Size(theme.SizeNameText)
}

func (i *Item) style() fyne.TextStyle { return fyne.TextStyle{Bold: i.Bold || i.Heading} }

// left is where the title starts.
func (i *Item) left() float32 {
	x := ItemPad + i.Indent
	if i.Check != NoCheck {
		x += MarkSize + ItemGap
	}
	if i.Mark != nil {
		x += MarkSize + ItemGap
	}
	return x
}

func (i *Item) titleRoom() float32 { return max(i.Size().Width-i.around(), 20) }

// around is the width of what stands beside the title.
func (i *Item) around() float32 {
	w := i.left() + ItemPad
	if i.Trail != "" {
		w += measure(i.Trail, theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{}) + ItemGap
	}
	return w
}

// FullWidth returns how wide the row must be, in units of the window, to show its title whole.
func (i *Item) FullWidth() float32 {
	return i.around() + measure(i.Title, i.textSize(), i.style()) + 1
}

func (i *Item) overTitle(p fyne.Position) bool {
	w := min(measure(i.Title, i.textSize(), i.style()), i.titleRoom())
	return p.X >= i.left()-ItemGap-MarkSize && p.X <= i.left()+w+2 && p.Y <= i.firstLine()
}

func (i *Item) firstLine() float32 {
	if i.Tight {
		return i.textSize()*1.3 + 2
	}
	return i.textSize()*1.3 + 2*ItemPadY
}

// Parts reports the title and the lines, for tests of the window.
func (i *Item) Parts() []Part {
	role := "text"
	switch {
	case i.Check == Checked:
		role = "checked"
	case i.Check == Unchecked:
		role = "unchecked"
	case i.OnTitle != nil:
		role = "link"
	case i.OnTap != nil:
		role = "row"
	}
	w := min(measure(i.Title, i.textSize(), i.style()), i.titleRoom())
	parts := []Part{{Role: role, Text: i.Title, At: fyne.NewPos(i.left(), ItemPadY), Size: fyne.NewSize(w, i.textSize()*1.3), Focused: i.focused}}
	if i.Trail != "" {
		parts = append(parts, Part{Role: "trail", Text: i.Trail, At: fyne.NewPos(i.Size().Width-ItemPad, ItemPadY)})
	}
	y := i.firstLine() - ItemPadY
	for _, l := range i.Lines {
		parts = append(parts, Part{Role: "line", Text: l.Text, At: fyne.NewPos(i.left(), y), Size: fyne.NewSize(40, 12)})
		y += LineHeight()
	}
	return parts
}

// Distances within a row, in units of the window: from its sides to its content, from its upper and lower edge,
// between mark and title; and the size of a mark.
const (
	ItemPad  float32 = 8
	ItemPadY float32 = 3
	ItemGap  float32 = 6
	MarkSize float32 = 13
)

// LineHeight returns the height of a line of small text, in units of the window.
func LineHeight() float32 { return theme.Size(theme.SizeNameCaptionText) * 1.32 }

func measure(s string, size float32, style fyne.TextStyle) float32 {
	return fyne.MeasureText(s, size, style).Width
}

// Elide cuts s to fit width w, ending in an ellipsis.
func Elide(s string, size float32, style fyne.TextStyle, w float32) string {
	if measure(s, size, style) <= w {
		return s
	}
	r := []rune(s)
	lo, hi := 0, len(r)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if measure(string(r[:mid])+"…", size, style) <= w {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return string(r[:lo]) + "…"
}

// CreateRenderer draws the row.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	r := &itemRenderer{item: i}
	r.ground = canvas.NewRectangle(nil)
	r.ground.CornerRadius = 4
	r.title = canvas.NewText("", nil)
	r.trail = canvas.NewText("", nil)
	r.under = canvas.NewLine(nil)
	r.check = canvas.NewImageFromResource(nil)
	r.mark = canvas.NewImageFromResource(nil)
	for _, im := range []*canvas.Image{r.check, r.mark} {
		im.FillMode = canvas.ImageFillContain
	}
	r.Refresh()
	return r
}

type itemRenderer struct {
	item         *Item
	ground       *canvas.Rectangle
	check, mark  *canvas.Image
	title, trail *canvas.Text
	under        *canvas.Line
	lines        []*canvas.Text
	objects      []fyne.CanvasObject
}

// Destroy has nothing to free.
func (r *itemRenderer) Destroy() {}

// MinSize is one line of title and the lines below; the width is free.
func (r *itemRenderer) MinSize() fyne.Size {
	i := r.item
	h := i.firstLine()
	if n := len(i.Lines); n > 0 {
		h += float32(n)*LineHeight() + 1
	}
	return fyne.NewSize(60, h)
}

// Layout places the texts and cuts them to the width.
func (r *itemRenderer) Layout(s fyne.Size) {
	i := r.item
	r.ground.Resize(fyne.NewSize(s.Width-4, s.Height))
	r.ground.Move(fyne.NewPos(2, 0))
	x := ItemPad + i.Indent
	mid := (i.firstLine() - MarkSize) / 2
	if i.Check != NoCheck {
		r.check.Move(fyne.NewPos(x, mid))
		r.check.Resize(fyne.NewSquareSize(MarkSize))
		x += MarkSize + ItemGap
	}
	if i.Mark != nil {
		r.mark.Move(fyne.NewPos(x, mid))
		r.mark.Resize(fyne.NewSquareSize(MarkSize))
		x += MarkSize + ItemGap
	}
	r.title.Text = Elide(i.Title, r.title.TextSize, r.title.TextStyle, i.titleRoom())
	ts := r.title.MinSize()
	r.title.Move(fyne.NewPos(x, (i.firstLine()-ts.Height)/2))
	r.title.Resize(ts)
	r.under.Position1 = fyne.NewPos(x, (i.firstLine()+ts.Height)/2-1)
	r.under.Position2 = fyne.NewPos(x+ts.Width, (i.firstLine()+ts.Height)/2-1)
	tr := r.trail.MinSize()
	r.trail.Move(fyne.NewPos(s.Width-ItemPad-tr.Width, (i.firstLine()-tr.Height)/2))
	r.trail.Resize(tr)
	y := i.firstLine() - ItemPadY
	cut := r.title.Text != i.Title
	for k, t := range r.lines {
		t.Text = Elide(i.Lines[k].Text, t.TextSize, t.TextStyle, s.Width-x-ItemPad)
		cut = cut || t.Text != i.Lines[k].Text
		t.Move(fyne.NewPos(x, y))
		t.Resize(t.MinSize())
		y += LineHeight()
	}
	if cut {
		tip := i.Title
		for _, l := range i.Lines {
			tip += "\n" + l.Text
		}
		i.SetToolTip(tip)
	}
}

// Refresh takes over fields and theme.
func (r *itemRenderer) Refresh() {
	i := r.item
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = nil, nil, 0
	switch {
	case i.Chosen:
		r.ground.FillColor = Themed(ColorChosen)
	case i.hovered && i.OnTap != nil:
		r.ground.FillColor = Themed(ColorRow)
	}
	if i.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = Themed(theme.ColorNamePrimary), 1.5
	}
	color := theme.ColorNameForeground
	switch {
	case i.Color != "":
		color = i.Color
	case i.OnTitle != nil:
		color = theme.ColorNameHyperlink
	}
	r.title.Color, r.title.TextSize, r.title.TextStyle = Themed(color), i.textSize(), i.style()
	r.under.StrokeColor, r.under.StrokeWidth = Themed(color), 1
	r.trail.Text, r.trail.Color, r.trail.TextSize = i.Trail, Themed(ColorDim), theme.Size(theme.SizeNameCaptionText)
	r.lines = r.lines[:0]
	for _, l := range i.Lines {
		name := l.Color
		if name == "" {
			name = ColorDim
		}
		t := canvas.NewText(l.Text, Themed(name))
		t.TextSize = theme.Size(theme.SizeNameCaptionText)
		r.lines = append(r.lines, t)
	}
	r.objects = append(r.objects[:0], r.ground)
	if i.Check != NoCheck {
		res := theme.CheckButtonIcon()
		if i.Check == Checked {
			res = theme.CheckButtonCheckedIcon()
		}
		r.check.Resource = theme.NewThemedResource(res)
		r.check.Refresh()
		r.objects = append(r.objects, r.check)
	}
	if i.Mark != nil {
		r.mark.Resource = i.Mark
		r.mark.Refresh()
		r.objects = append(r.objects, r.mark)
	}
	r.objects = append(r.objects, r.title, r.trail)
	if i.titleHovered {
		r.objects = append(r.objects, r.under)
	}
	for _, t := range r.lines {
		r.objects = append(r.objects, t)
	}
	if i.Size().Width > 0 {
		r.Layout(i.Size())
	}
	canvas.Refresh(i)
}

// Objects returns what is drawn.
func (r *itemRenderer) Objects() []fyne.CanvasObject { return r.objects }
