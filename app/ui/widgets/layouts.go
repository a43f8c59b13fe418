package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

type stackLayout struct{}

// Stacked returns a layout that puts rows under each other without gaps, each over the full width.
func Stacked() fyne.Layout { return stackLayout{} }

// Layout places the rows.
func (stackLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		if o.Size().Width != s.Width { // heights may depend on the width
			o.Resize(fyne.NewSize(s.Width, o.MinSize().Height))
		}
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(s.Width, h))
		y += h
	}
}

// MinSize is the sum of the heights.
func (stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			s.Height += m.Height
			s.Width = max(s.Width, m.Width)
		}
	}
	return s
}

type insetLayout struct{ x, y float32 }

// Inset returns a layout that keeps a margin x at the left and right and y above and below.
func Inset(x, y float32) fyne.Layout { return insetLayout{x, y} }

// Layout places the one child.
func (l insetLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(l.x, l.y))
		o.Resize(fyne.NewSize(s.Width-2*l.x, s.Height-2*l.y))
	}
}

// MinSize is the child's and the margin.
func (l insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	return s.AddWidthHeight(2*l.x, 2*l.y)
}

// factLabel is the width of the labels in factLayout.
const factLabel float32 = 106

type factLayout struct{}

// Fact returns a layout that puts a label before a value.
func Fact() fyne.Layout { return factLayout{} }

// Layout places label and value.
func (factLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	m := objects[0].MinSize()
	if t, ok := objects[0].(*canvas.Text); ok {
		t.Text = Elide(t.Text, t.TextSize, t.TextStyle, factLabel-ItemPad-2)
	}
	objects[0].Move(fyne.NewPos(ItemPad, ItemPadY+1))
	objects[0].Resize(fyne.NewSize(factLabel-ItemPad, m.Height))
	objects[1].Move(fyne.NewPos(factLabel, 0))
	objects[1].Resize(fyne.NewSize(s.Width-factLabel, s.Height))
}

// MinSize is the value's height.
func (factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(factLabel+b.Width, max(a.Height+2*ItemPadY, b.Height))
}

type flowLayout struct{ gap float32 }

// Flow returns a layout of objects side by side, gap apart, that goes on in the next line where the width ends.
func Flow(gap float32) fyne.Layout { return flowLayout{gap} }

// Layout places the children.
func (l flowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) { l.place(objects, s.Width, true) }

func (l flowLayout) place(objects []fyne.CanvasObject, w float32, move bool) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > w {
			x, y, line = 0, y+line+l.gap, 0
		}
		if move {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(min(m.Width, w), m.Height))
		}
		x += m.Width + l.gap
		line = max(line, m.Height)
	}
	return y + line
}

// MinSize is the height at the width the children have now.
func (l flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var wide, right float32
	for _, o := range objects {
		if o.Visible() {
			wide = max(wide, o.MinSize().Width)
			right = max(right, o.Position().X+o.Size().Width)
		}
	}
	if right == 0 {
		right = 260
	}
	h := float32(0)
	for _, o := range objects {
		if o.Visible() {
			h = max(h, o.Position().Y+o.MinSize().Height)
		}
	}
	return fyne.NewSize(wide, max(h, l.place(objects, right, false)))
}
