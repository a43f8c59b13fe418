package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
)

// AnswerRow is one answer: its sentence, small and wrapped, what would change it while it is
// chosen, and an arrow that opens its claims. It can be reached and pressed by keyboard.
type AnswerRow struct {
	widget.BaseWidget

	Text   string
	Note   string // shown while chosen
	Change editor.Change
	Chosen bool
	Open   bool // its claims are listed below

	OnTap  func()
	OnOpen func(open bool)
	OnKey  func(*fyne.KeyEvent) // any key that is not the row's own

	hovered, focused bool
}

// arrowRoom is the width of the arrow at the right of a row.
const arrowRoom float32 = 22

// closedLines is how much of a long sentence shows before the row is pressed.
const closedLines = 4

// NewAnswerRow returns a row; set its fields before it is shown.
func NewAnswerRow(text string) *AnswerRow {
	r := &AnswerRow{Text: text}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped draws the answer, or opens its claims where the arrow was hit.
func (a *AnswerRow) Tapped(e *fyne.PointEvent) {
	if e.Position.X > a.Size().Width-arrowRoom {
		a.OnOpen(!a.Open)
		return
	}
	a.OnTap()
}

// MouseIn lights the row.
func (a *AnswerRow) MouseIn(*desktop.MouseEvent) { a.hovered = true; a.Refresh() }

// MouseMoved does nothing.
func (a *AnswerRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (a *AnswerRow) MouseOut() { a.hovered = false; a.Refresh() }

// Cursor shows a hand.
func (a *AnswerRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained marks the row.
func (a *AnswerRow) FocusGained() { a.focused = true; a.Refresh() }

// FocusLost unmarks it.
func (a *AnswerRow) FocusLost() { a.focused = false; a.Refresh() }

// TypedRune does nothing: rows take no text.
func (a *AnswerRow) TypedRune(rune) {}

// TypedKey presses the row by Enter or Space, opens and closes it by right and left, and walks by up and down.
func (a *AnswerRow) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		a.OnTap()
	case fyne.KeyRight:
		a.OnOpen(true)
	case fyne.KeyLeft:
		a.OnOpen(false)
	case fyne.KeyDown:
		widgets.WalkFocus(a, true)
	case fyne.KeyUp:
		widgets.WalkFocus(a, false)
	default:
		if a.OnKey != nil {
			a.OnKey(e)
		}
	}
}

// Parts reports the row for tests of the window.
func (a *AnswerRow) Parts() []widgets.Part {
	role := "answer"
	if a.Chosen {
		role = "chosen answer"
	}
	parts := []widgets.Part{{Role: role, Text: a.sign() + a.Text, Size: a.Size(), Focused: a.focused},
		{Role: "arrow", Text: a.Text, At: fyne.NewPos(a.Size().Width-arrowRoom, 0), Size: fyne.NewSize(arrowRoom, 20)}}
	if a.Chosen && a.Note != "" {
		parts = append(parts, widgets.Part{Role: "line", Text: a.Note})
	}
	return parts
}

func (a *AnswerRow) sign() string {
	switch a.Change {
	case editor.Appears:
		return "+ "
	case editor.Disappears:
		return "− "
	}
	return ""
}

// CreateRenderer draws the row.
func (a *AnswerRow) CreateRenderer() fyne.WidgetRenderer {
	a.ExtendBaseWidget(a)
	r := &answerRenderer{a: a, ground: canvas.NewRectangle(nil), arrow: canvas.NewImageFromResource(nil)}
	r.ground.CornerRadius = 4
	r.arrow.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type answerRenderer struct {
	a       *AnswerRow
	ground  *canvas.Rectangle
	arrow   *canvas.Image
	lines   []fyne.CanvasObject
	width   float32
	height  float32
	objects []fyne.CanvasObject
}

// Destroy has nothing to free.
func (r *answerRenderer) Destroy() {}

// MinSize is the height at the last width.
func (r *answerRenderer) MinSize() fyne.Size {
	if r.height == 0 {
		r.fill(260)
	}
	return fyne.NewSize(60, r.height)
}

// Layout wraps anew where the width changed.
func (r *answerRenderer) Layout(s fyne.Size) {
	if s.Width != r.width {
		r.fill(s.Width)
	}
	r.ground.Move(fyne.NewPos(2, 1))
	r.ground.Resize(fyne.NewSize(s.Width-4, s.Height-2))
	r.arrow.Resize(fyne.NewSquareSize(14))
	r.arrow.Move(fyne.NewPos(s.Width-arrowRoom+2, 5))
}

func (r *answerRenderer) fill(w float32) {
	a := r.a
	r.width = w
	r.lines = r.lines[:0]
	size := theme.Size(theme.SizeNameCaptionText)
	y := widgets.ItemPadY + 1
	room := max(w-widgets.ItemPad-arrowRoom, 30)
	add := func(text string, color fyne.ThemeColorName) {
		lines := widgets.Wrap(text, size, fyne.TextStyle{}, room)
		if len(lines) > closedLines && !a.Chosen && !a.Open {
			lines = lines[:closedLines]
			last := &lines[closedLines-1]
			*last = widgets.Elide(*last+" …", size, fyne.TextStyle{}, room)
		}
		for _, line := range lines {
			t := canvas.NewText(line, widgets.Themed(color))
			t.TextSize = size
			t.Move(fyne.NewPos(widgets.ItemPad, y))
			t.Resize(t.MinSize())
			r.lines = append(r.lines, t)
			y += widgets.LineHeight()
		}
	}
	color := theme.ColorNameForeground
	switch a.Change {
	case editor.Appears:
		color = widgets.ColorFor
	case editor.Disappears:
		color = widgets.ColorDisputed
	}
	add(a.sign()+a.Text, color)
	if a.Chosen && a.Note != "" {
		y += 2
		add(a.Note, widgets.ColorDim)
	}
	r.height = y + widgets.ItemPadY + 2
	r.objects = append(append(r.objects[:0], r.ground, r.arrow), r.lines...)
}

// Refresh takes over fields and theme.
func (r *answerRenderer) Refresh() {
	a := r.a
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = nil, nil, 0
	switch {
	case a.Chosen:
		r.ground.FillColor = widgets.Themed(widgets.ColorChosen)
	case a.hovered:
		r.ground.FillColor = widgets.Themed(widgets.ColorRow)
	}
	if a.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = widgets.Themed(theme.ColorNamePrimary), 1.5
	}
	icon := theme.MenuExpandIcon()
	if a.Open {
		icon = theme.MenuDropDownIcon()
	}
	r.arrow.Resource = theme.NewThemedResource(icon)
	r.arrow.Refresh()
	w := a.Size().Width
	if w == 0 {
		w = 260
	}
	r.fill(w)
	if a.Size().Width > 0 {
		r.Layout(a.Size())
	}
	canvas.Refresh(a)
}

// Objects returns what is drawn.
func (r *answerRenderer) Objects() []fyne.CanvasObject { return r.objects }
