package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// legend explains the colours and lines that occur in the case, at the lower left of
// the canvas; a press on its heading folds it.
type legend struct {
	w      *Window
	plate  *widgets.Ground
	box    *fyne.Container
	folded bool
	chosen bool // the user folded or unfolded it
	of     *graphstore.Graph
	look   string // theme, language and fold it was made for
}

// Widths of the open legend: of a case, of a drawing with its numbers, and where long words are cut.
const (
	leastLegend   fixedWidth = 150
	drawingLegend fixedWidth = 252
	mostLegend    fixedWidth = 300
)

// legendRoom is from which width of the canvas on the legend is open by itself.
const legendRoom float32 = 1000

func newLegend(w *Window) *legend {
	l := &legend{w: w, box: container.NewVBox()}
	l.plate = widgets.NewGround(widgets.ColorPanel, container.New(leastLegend, l.box))
	l.plate.Border, l.plate.Radius = true, 5
	l.plate.Hide()
	return l
}

// refresh lists what occurs and reports whether that changed.
func (l *legend) refresh() bool {
	g := l.w.editor.Graph()
	if !l.chosen {
		l.folded = l.w.view.Size().Width < legendRoom
	}
	look := l.w.editor.Theme().Name + l.w.words().Lang()
	if l.folded {
		look += "-"
	}
	c := l.w.editor.Case()
	drawing := c != nil && c.Drawing
	if drawing {
		st := l.w.editor.Status()
		look += fmt.Sprint(c.Path, st.Entities, st.Claims, st.Shown)
	}
	if g == l.of && look == l.look {
		return false
	}
	l.of, l.look = g, look
	l.box.Objects = nil
	if g == nil && !drawing {
		l.plate.Hide()
		return true
	}
	h := widgets.NewItem(l.w.say("panel.legend"))
	h.Bold, h.Color = true, widgets.ColorDim
	h.Trail = "–"
	if l.folded {
		h.Trail = "+"
	}
	h.OnTap = func() {
		l.folded, l.chosen = !l.folded, true
		l.refresh()
		l.w.corner.layer.Refresh()
	}
	l.box.Add(h)
	width := fixedWidth(104)
	if !l.folded {
		width = leastLegend
		rows := l.w.desk.LegendRows
		if drawing {
			width = drawingLegend
			rows = func(*graphstore.Graph) []fyne.CanvasObject { return l.w.desk.DrawingLegend(l.w.editor.Scene()) }
		}
		for _, o := range rows(g) {
			if row, ok := o.(*widgets.Item); ok {
				width = max(width, min(fixedWidth(row.FullWidth()), mostLegend))
			}
			l.box.Add(o)
		}
	}
	l.plate.Content.(*fyne.Container).Layout = width
	l.plate.Show()
	l.plate.Refresh()
	return true
}
