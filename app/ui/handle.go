package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// handle is the edge of a panel, to drag it by: a lying one up and down, a standing one left and right.
type handle struct {
	widget.BaseWidget
	lying bool
	move  func(d float32)
	lit   bool
}

func newHandle(lying bool, move func(float32)) *handle {
	h := &handle{lying: lying, move: move}
	h.ExtendBaseWidget(h)
	return h
}

// Dragged moves the edge.
func (h *handle) Dragged(e *fyne.DragEvent) {
	if h.lying {
		h.move(e.Dragged.DY)
		return
	}
	h.move(e.Dragged.DX)
}

// DragEnd has nothing to end.
func (h *handle) DragEnd() {}

// Cursor shows that the edge can be moved.
func (h *handle) Cursor() desktop.Cursor {
	if h.lying {
		return desktop.VResizeCursor
	}
	return desktop.HResizeCursor
}

// MouseIn lights the edge.
func (h *handle) MouseIn(*desktop.MouseEvent) { h.lit = true; h.Refresh() }

// MouseMoved does nothing.
func (h *handle) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (h *handle) MouseOut() { h.lit = false; h.Refresh() }

// CreateRenderer draws a hairline in the middle of the edge.
func (h *handle) CreateRenderer() fyne.WidgetRenderer {
	r := &handleRenderer{h: h, line: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type handleRenderer struct {
	h    *handle
	line *canvas.Rectangle
}

// Destroy has nothing to free.
func (r *handleRenderer) Destroy() {}

// Layout keeps the line in the middle.
func (r *handleRenderer) Layout(s fyne.Size) {
	thick := float32(1)
	if r.h.lit {
		thick = 3
	}
	if r.h.lying {
		r.line.Move(fyne.NewPos(0, (s.Height-thick)/2))
		r.line.Resize(fyne.NewSize(s.Width, thick))
		return
	}
	r.line.Move(fyne.NewPos((s.Width-thick)/2, 0))
	r.line.Resize(fyne.NewSize(thick, s.Height))
}

// MinSize is what it takes to grip it.
func (r *handleRenderer) MinSize() fyne.Size {
	if r.h.lying {
		return fyne.NewSize(10, handleWidth)
	}
	return fyne.NewSize(handleWidth, 10)
}

// Refresh takes over light and theme.
func (r *handleRenderer) Refresh() {
	r.line.FillColor = theme.Color(theme.ColorNameSeparator)
	if r.h.lit {
		r.line.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	r.Layout(r.h.Size())
	r.line.Refresh()
}

// Objects returns the line.
func (r *handleRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
