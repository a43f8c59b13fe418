package panel

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"caveat/app/geom"
	"caveat/app/lanes"
	"caveat/app/render"
	"caveat/app/typeset"
	"caveat/app/ui/widgets"
)

// Lanes shows how positions moved as swim lanes, and positions against grounds as a table; a press on a
// bar or cell draws that answer.
type Lanes struct {
	Root fyne.CanvasObject

	desk  *Desk
	title *widgets.Item
	chart *laneChart
}

// lanesMost is how many lanes the window draws; the exported picture has all.
const lanesMost = 80

// NewLanes returns the panel; call Show to fill it.
func NewLanes(d *Desk, faces *typeset.Faces) *Lanes {
	l := &Lanes{desk: d, title: widgets.NewItem("")}
	l.title.Bold = true
	l.chart = &laneChart{desk: d, painter: render.NewPainter(faces), image: canvas.NewImageFromImage(nil), over: -1}
	l.chart.image.FillMode = canvas.ImageFillStretch
	l.chart.image.ScaleMode = canvas.ImageScalePixels
	l.chart.ExtendBaseWidget(l.chart)
	l.Root = widgets.NewGround(widgets.ColorPanel, container.NewBorder(l.title, nil, nil, nil, container.NewVScroll(l.chart)))
	return l
}

// Show draws the lanes of now.
func (l *Lanes) Show() {
	a := l.desk.Editor.Answers()
	l.title.Title = l.desk.Editor.QuestionTitle(a.Question, a.Entity)
	l.title.Refresh()
	l.chart.paint()
}

// Leave takes the tooltip away, for when the panel is hidden under the pointer.
func (l *Lanes) Leave() {
	if l.chart.over >= 0 {
		l.chart.MouseOut()
	}
}

// laneChart is the picture, as wide as it is given room.
type laneChart struct {
	ttwidget.ToolTipWidget

	desk    *Desk
	painter *render.Painter
	image   *canvas.Image
	chart   *lanes.Chart
	over    int // answer under the pointer, or -1
}

// paint draws the lanes at the width of now.
func (c *laneChart) paint() {
	w := c.Size().Width
	if w < 60 {
		return
	}
	scale := float32(1)
	if cv := c.desk.Canvas(); cv != nil {
		scale = cv.Scale()
	}
	c.chart = c.desk.Editor.Chart(w, scale, lanesMost)
	if c.chart == nil {
		return
	}
	dst := image.NewRGBA(image.Rectangle{Max: c.chart.Frame.Size})
	if err := c.painter.Paint(context.Background(), c.chart.Frame, dst); err != nil {
		c.desk.Editor.Fail(err)
		return
	}
	c.image.Image = dst
	c.image.Resize(fyne.NewSize(float32(dst.Rect.Dx())/scale, float32(dst.Rect.Dy())/scale))
	c.image.Refresh()
	c.Refresh()
}

func (c *laneChart) at(p fyne.Position) int {
	if c.chart != nil {
		if i, ok := c.chart.At(geom.Point{X: p.X, Y: p.Y}); ok {
			return i
		}
	}
	return -1
}

// Tapped draws the answer under the pointer.
func (c *laneChart) Tapped(e *fyne.PointEvent) {
	if i := c.at(e.Position); i >= 0 {
		c.desk.Editor.ShowAnswer(i)
	}
}

// MouseIn looks at what is under the pointer.
func (c *laneChart) MouseIn(e *desktop.MouseEvent) {
	c.over = -1
	c.ToolTipWidget.MouseIn(e)
	c.MouseMoved(e)
}

// MouseMoved gives the tooltip the sentence of the answer under the pointer.
func (c *laneChart) MouseMoved(e *desktop.MouseEvent) {
	if i := c.at(e.Position); i != c.over {
		c.over = i
		c.ToolTipWidget.MouseOut()
		c.SetToolTip("")
		if list := c.desk.Editor.Answers().Results; i >= 0 && i < len(list) {
			c.SetToolTip(list[i].Told().Why)
			c.ToolTipWidget.MouseIn(e)
		}
	}
	c.ToolTipWidget.MouseMoved(e)
}

// MouseOut takes the tooltip away.
func (c *laneChart) MouseOut() { c.over = -1; c.ToolTipWidget.MouseOut() }

// Cursor shows a hand over an answer.
func (c *laneChart) Cursor() desktop.Cursor {
	if c.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Parts reports the bars, for tests of the window.
func (c *laneChart) Parts() []widgets.Part {
	var out []widgets.Part
	if c.chart == nil {
		return nil
	}
	for i, f := range c.desk.Editor.Answers().Results {
		if b, ok := c.chart.Box(i); ok {
			out = append(out, widgets.Part{Role: "step", Text: f.Told().Why, At: fyne.NewPos(b.Min.X, b.Min.Y), Size: fyne.NewSize(b.Width(), b.Height())})
		}
	}
	return out
}

// CreateRenderer shows the picture.
func (c *laneChart) CreateRenderer() fyne.WidgetRenderer { return &laneRenderer{c: c} }

type laneRenderer struct {
	c     *laneChart
	width float32
}

// Destroy has nothing to free.
func (r *laneRenderer) Destroy() {}

// Layout paints anew where the width changed.
func (r *laneRenderer) Layout(s fyne.Size) {
	if s.Width != r.width {
		r.width = s.Width
		r.c.paint()
	}
}

// MinSize is the height of the picture.
func (r *laneRenderer) MinSize() fyne.Size {
	if r.c.chart == nil {
		return fyne.NewSize(60, 40)
	}
	return fyne.NewSize(60, r.c.chart.Height)
}

// Refresh shows the picture of now.
func (r *laneRenderer) Refresh() { canvas.Refresh(r.c) }

// Objects returns the picture.
func (r *laneRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.image} }
