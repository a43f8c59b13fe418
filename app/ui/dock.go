package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// dock puts a lower part below an upper one. The lower part can be hidden, and
// its edge dragged; it keeps its share of the height when the window grows.
type dock struct {
	widget.BaseWidget

	upper, lower fyne.CanvasObject
	share        float32 // of the lower part, 0 … 1
	hidden       bool
	sill         *handle
	changed      func() // the share was dragged
}

// leastPart is the least height of either part, in units.
const leastPart float32 = 96

func newDock(upper, lower fyne.CanvasObject, share float32) *dock {
	d := &dock{upper: upper, lower: lower, share: share, hidden: true}
	d.sill = newHandle(true, func(dy float32) {
		if h := d.Size().Height; h > 0 {
			d.share = min(max((d.share*h-dy)/h, leastPart/h), 1-leastPart/h)
			d.Refresh()
			if d.changed != nil {
				d.changed()
			}
		}
	})
	d.ExtendBaseWidget(d)
	return d
}

// hide hides or shows the lower part.
func (d *dock) hide(hidden bool) {
	if d.hidden != hidden {
		d.hidden = hidden
		d.Refresh()
	}
}

// Children returns the parts that are shown.
func (d *dock) Children() []fyne.CanvasObject {
	if d.hidden {
		return []fyne.CanvasObject{d.upper}
	}
	return []fyne.CanvasObject{d.upper, d.lower}
}

// CreateRenderer lays the parts out.
func (d *dock) CreateRenderer() fyne.WidgetRenderer { return &dockRenderer{d} }

type dockRenderer struct{ d *dock }

// Destroy has nothing to free.
func (r *dockRenderer) Destroy() {}

// Layout gives the lower part its share.
func (r *dockRenderer) Layout(s fyne.Size) {
	d := r.d
	low := float32(0)
	if !d.hidden {
		low = min(max(d.share*s.Height, leastPart), max(s.Height-leastPart, 1))
	}
	d.upper.Move(fyne.NewPos(0, 0))
	d.upper.Resize(fyne.NewSize(s.Width, max(s.Height-low, 1)))
	if d.hidden {
		return
	}
	d.lower.Move(fyne.NewPos(0, s.Height-low))
	d.lower.Resize(fyne.NewSize(s.Width, low))
	d.sill.Move(fyne.NewPos(0, s.Height-low-handleWidth/2))
	d.sill.Resize(fyne.NewSize(s.Width, handleWidth))
}

// MinSize is the upper part's: the lower one may be cut.
func (r *dockRenderer) MinSize() fyne.Size {
	m := r.d.upper.MinSize()
	return fyne.NewSize(m.Width, min(m.Height, 2*leastPart))
}

// Refresh lays out anew.
func (r *dockRenderer) Refresh() {
	r.Layout(r.d.Size())
	r.d.sill.Refresh()
	canvas.Refresh(r.d)
}

// Objects leaves out what is hidden.
func (r *dockRenderer) Objects() []fyne.CanvasObject {
	if r.d.hidden {
		return []fyne.CanvasObject{r.d.upper}
	}
	return []fyne.CanvasObject{r.d.upper, r.d.lower, r.d.sill}
}
