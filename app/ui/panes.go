package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// panes puts a left and a right panel beside a middle. The panels keep their
// widths in units when the window grows, can be dragged at their edge, and can be hidden.
type panes struct {
	widget.BaseWidget

	left, middle, right     fyne.CanvasObject
	leftWidth, rightWidth   float32
	leftHidden, rightHidden bool
	leftHandle, rightHandle *handle
	changed                 func() // a width was dragged
}

// Least widths of the panes, in units.
const (
	leastSide   float32 = 170
	leastMiddle float32 = 260
	handleWidth float32 = 5
)

func newPanes(left, middle, right fyne.CanvasObject) *panes {
	p := &panes{left: left, middle: middle, right: right, leftWidth: 216, rightWidth: 318}
	p.leftHandle = newHandle(func(d float32) { p.leftWidth = max(p.leftWidth+d, leastSide); p.dragged() })
	p.rightHandle = newHandle(func(d float32) { p.rightWidth = max(p.rightWidth-d, leastSide); p.dragged() })
	p.ExtendBaseWidget(p)
	return p
}

func (p *panes) dragged() {
	p.Refresh()
	if p.changed != nil {
		p.changed()
	}
}

// hide hides or shows the side panels.
func (p *panes) hide(left, right bool) {
	p.leftHidden, p.rightHidden = left, right
	p.Refresh()
}

// CreateRenderer lays the panes out.
func (p *panes) CreateRenderer() fyne.WidgetRenderer { return &panesRenderer{p} }

type panesRenderer struct{ p *panes }

// Destroy has nothing to free.
func (r *panesRenderer) Destroy() {}

// Layout gives the middle what the panels leave.
func (r *panesRenderer) Layout(s fyne.Size) {
	p := r.p
	x, end := float32(0), s.Width
	lw, rw := p.leftWidth, p.rightWidth
	if over := lw + rw + leastMiddle - s.Width; over > 0 && !p.leftHidden && !p.rightHidden {
		rw = max(leastSide, rw-over)
		lw = max(leastSide, min(lw, s.Width-rw-leastMiddle))
	}
	if !p.leftHidden {
		p.left.Move(fyne.NewPos(0, 0))
		p.left.Resize(fyne.NewSize(lw, s.Height))
		x = lw
	}
	if !p.rightHidden {
		end = s.Width - rw
		p.right.Move(fyne.NewPos(end, 0))
		p.right.Resize(fyne.NewSize(rw, s.Height))
	}
	p.middle.Move(fyne.NewPos(x, 0))
	p.middle.Resize(fyne.NewSize(max(end-x, 1), s.Height))
	p.leftHandle.Move(fyne.NewPos(x-handleWidth/2, 0))
	p.rightHandle.Move(fyne.NewPos(end-handleWidth/2, 0))
	p.leftHandle.Resize(fyne.NewSize(handleWidth, s.Height))
	p.rightHandle.Resize(fyne.NewSize(handleWidth, s.Height))
}

// MinSize leaves room for the canvas; the panels may be cut.
func (r *panesRenderer) MinSize() fyne.Size { return fyne.NewSize(600, 300) }

// Refresh lays out anew.
func (r *panesRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.leftHandle.Refresh()
	r.p.rightHandle.Refresh()
	canvas.Refresh(r.p)
}

// Objects leaves out what is hidden.
func (r *panesRenderer) Objects() []fyne.CanvasObject {
	p := r.p
	out := []fyne.CanvasObject{p.middle}
	if !p.leftHidden {
		out = append(out, p.left, p.leftHandle)
	}
	if !p.rightHidden {
		out = append(out, p.right, p.rightHandle)
	}
	return out
}

// handle is the edge of a panel, to drag it by.
type handle struct {
	widget.BaseWidget
	move func(dx float32)
	lit  bool
}

func newHandle(move func(float32)) *handle {
	h := &handle{move: move}
	h.ExtendBaseWidget(h)
	return h
}

// Dragged moves the edge.
func (h *handle) Dragged(e *fyne.DragEvent) { h.move(e.Dragged.DX) }

// DragEnd has nothing to end.
func (h *handle) DragEnd() {}

// Cursor shows that the edge can be moved.
func (h *handle) Cursor() desktop.Cursor { return desktop.HResizeCursor }

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
	w := float32(1)
	if r.h.lit {
		w = 3
	}
	r.line.Move(fyne.NewPos((s.Width-w)/2, 0))
	r.line.Resize(fyne.NewSize(w, s.Height))
}

// MinSize is the width to grip.
func (r *handleRenderer) MinSize() fyne.Size { return fyne.NewSize(handleWidth, 10) }

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

// Children returns the panes that are shown.
func (p *panes) Children() []fyne.CanvasObject {
	out := []fyne.CanvasObject{p.middle}
	if !p.leftHidden {
		out = append(out, p.left)
	}
	if !p.rightHidden {
		out = append(out, p.right)
	}
	return out
}
