package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Ground is a plain area in a colour of the theme with something on it. One without a border lies on the
// window itself.
type Ground struct {
	widget.BaseWidget

	Color   fyne.ThemeColorName
	Content fyne.CanvasObject
	Border  bool    // a thin outline
	Radius  float32 // of the corners
}

// NewGround returns content on a plain ground.
func NewGround(name fyne.ThemeColorName, content fyne.CanvasObject) *Ground {
	g := &Ground{Color: name, Content: content}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer draws the ground.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	r := &groundRenderer{g: g, rect: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type groundRenderer struct {
	g    *Ground
	rect *canvas.Rectangle
}

func (r *groundRenderer) paint() {
	r.rect.FillColor = Themed(r.g.Color)
	if !r.g.Border && r.rect.FillColor == Themed(theme.ColorNameBackground) {
		r.rect.FillColor = color.Transparent // the window has it: without a graphics card every pixel drawn twice counts
	}
	r.rect.CornerRadius = r.g.Radius
	if r.g.Border {
		r.rect.StrokeColor, r.rect.StrokeWidth = Themed(ColorOutline), 1
	}
}

// Destroy has nothing to free.
func (r *groundRenderer) Destroy() {}

// Layout fills the area.
func (r *groundRenderer) Layout(s fyne.Size) {
	r.rect.Resize(s)
	r.g.Content.Resize(s)
}

// MinSize is the content's.
func (r *groundRenderer) MinSize() fyne.Size { return r.g.Content.MinSize() }

// Refresh takes over the theme.
func (r *groundRenderer) Refresh() {
	r.paint()
	r.rect.Refresh()
	r.g.Content.Refresh()
}

// Objects returns the ground and what is on it.
func (r *groundRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rect, r.g.Content}
}

// Children returns what is on the ground.
func (g *Ground) Children() []fyne.CanvasObject { return []fyne.CanvasObject{g.Content} }
