package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"caveat/app/ui/panel"
	"caveat/graphstore"
)

// legend explains the colours and lines that occur in the case, at the lower left of
// the canvas; a press on its heading folds it.
type legend struct {
	w      *Window
	plate  *panel.Ground
	box    *fyne.Container
	folded bool
	of     *graphstore.Graph
	look   string // theme, language and fold it was made for
}

func newLegend(w *Window) *legend {
	l := &legend{w: w, box: container.NewVBox()}
	l.plate = panel.NewGround(panel.ColorPanel, container.New(fixedWidth(168), l.box))
	l.plate.Border, l.plate.Radius = true, 5
	l.plate.Hide()
	return l
}

// refresh lists what occurs.
func (l *legend) refresh() {
	g := l.w.editor.Graph()
	look := l.w.editor.Theme().Name + l.w.words().Lang()
	if l.folded {
		look += "-"
	}
	if g == l.of && look == l.look {
		return
	}
	l.of, l.look = g, look
	l.box.Objects = nil
	if g == nil {
		l.plate.Hide()
		return
	}
	h := panel.NewItem(l.w.say("panel.legend"))
	h.Bold, h.Color = true, panel.ColorDim
	h.Trail = "–"
	if l.folded {
		h.Trail = "+"
	}
	h.OnTap = func() {
		l.folded = !l.folded
		l.refresh()
		l.w.corner.layer.Refresh()
	}
	l.box.Add(h)
	if !l.folded {
		for _, o := range l.w.desk.LegendRows(g) {
			l.box.Add(o)
		}
	}
	l.plate.Show()
	l.plate.Refresh()
}
