package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
)

// corner is what stands above the canvas at its edges: zoom, fit and the overview at the lower right.
type corner struct {
	w        *Window
	layer    *fyne.Container
	buttons  []*iconButton
	plate    *widgets.Ground
	legend   *legend
	overview *minimap
}

func newCorner(w *Window) *corner {
	c := &corner{w: w, legend: newLegend(w), overview: newMinimap(w)}
	box := container.NewVBox()
	for _, b := range []struct{ icon, action string }{{"zoom-in", "zoomin"}, {"zoom-out", "zoomout"}, {"fit", "fit"}} {
		x := newIconButton(b.icon, b.action, func() { w.run(b.action) })
		c.buttons = append(c.buttons, x)
		box.Add(x)
	}
	c.plate = widgets.NewGround(widgets.ColorPanel, box)
	c.plate.Border, c.plate.Radius = true, 5
	c.layer = container.New(cornerLayout{w.editor.Cover}, c.legend.plate, c.plate, c.overview.plate)
	return c
}

// refresh takes over language, theme and what the legend has to explain.
func (c *corner) refresh(n editor.Notice) {
	if n&editor.NoticeTheme != 0 {
		for _, b := range c.buttons {
			b.SetToolTip(c.w.tip(b.action))
		}
	}
	c.overview.refresh(n)
	if c.legend.refresh() {
		c.layer.Refresh()
	}
}

// cornerLayout puts the legend at the lower left and the buttons at the lower right, the overview above them.
type cornerLayout struct{ covered func(w, h float32) }

// Layout places them.
func (c cornerLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const edge float32 = 10
	l, r := o[0].MinSize(), o[1].MinSize()
	l.Height = min(l.Height, s.Height-2*edge)
	o[0].Move(fyne.NewPos(edge, s.Height-l.Height-edge))
	o[0].Resize(l)
	if o[0].Visible() {
		c.covered(l.Width+2*edge, l.Height+2.4*edge)
	} else {
		c.covered(0, 0)
	}
	o[1].Move(fyne.NewPos(s.Width-r.Width-edge, s.Height-r.Height-edge))
	o[1].Resize(r)
	m := o[2].MinSize()
	o[2].Move(fyne.NewPos(s.Width-m.Width-edge, s.Height-r.Height-m.Height-2*edge))
	o[2].Resize(m)
}

// MinSize asks for no room: the corner lies on the canvas.
func (cornerLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(10, 10) }
