package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	p.leftHandle = newHandle(false, func(d float32) { p.leftWidth = max(p.leftWidth+d, leastSide); p.dragged() })
	p.rightHandle = newHandle(false, func(d float32) { p.rightWidth = max(p.rightWidth-d, leastSide); p.dragged() })
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
