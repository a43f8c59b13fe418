package ui

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"caveat/app/ui/widgets"
	"caveat/assets"
)

// lineIcon returns one of our line icons in a colour. (Fyne recolours fills only, ours are strokes.)
func lineIcon(name string, c color.Color) fyne.Resource {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	ink := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	b, err := assets.Icon(name)
	if err != nil {
		return theme.QuestionIcon()
	}
	svg := strings.ReplaceAll(string(b), "#000000", ink)
	return fyne.NewStaticResource("line-"+name+"-"+ink[1:]+".svg", []byte(svg))
}

// iconButton is a quiet button with one of our line icons and a tooltip.
type iconButton struct {
	ttwidget.ToolTipWidget

	icon    string
	action  string
	tapped  func()
	off     bool
	hovered bool
}

func newIconButton(icon, action string, tapped func()) *iconButton {
	b := &iconButton{icon: icon, action: action, tapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// set enables or disables the button.
func (b *iconButton) set(on bool) {
	if b.off == on {
		b.off = !on
		b.Refresh()
	}
}

// Tapped presses it.
func (b *iconButton) Tapped(*fyne.PointEvent) {
	if !b.off {
		b.tapped()
	}
}

// MouseIn lights it.
func (b *iconButton) MouseIn(e *desktop.MouseEvent) {
	b.ToolTipWidget.MouseIn(e)
	b.hovered = true
	b.Refresh()
}

// MouseOut puts the light out.
func (b *iconButton) MouseOut() {
	b.ToolTipWidget.MouseOut()
	b.hovered = false
	b.Refresh()
}

// Parts reports the button for tests of the window.
func (b *iconButton) Parts() []widgets.Part {
	return []widgets.Part{{Role: "icon", Text: b.action, Size: b.Size(), Off: b.off}}
}

// CreateRenderer draws it.
func (b *iconButton) CreateRenderer() fyne.WidgetRenderer {
	r := &iconButtonRenderer{b: b, ground: canvas.NewRectangle(color.Transparent), image: canvas.NewImageFromResource(nil)}
	r.ground.CornerRadius = 4
	r.image.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type iconButtonRenderer struct {
	b      *iconButton
	ground *canvas.Rectangle
	image  *canvas.Image
}

const (
	iconButtonSize float32 = 28
	iconSize       float32 = 17
)

// Destroy has nothing to free.
func (r *iconButtonRenderer) Destroy() {}

// Layout centres the icon.
func (r *iconButtonRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	r.image.Resize(fyne.NewSquareSize(iconSize))
	r.image.Move(fyne.NewPos((s.Width-iconSize)/2, (s.Height-iconSize)/2))
}

// MinSize is a square to hit.
func (r *iconButtonRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(iconButtonSize) }

// Refresh takes over state and theme.
func (r *iconButtonRenderer) Refresh() {
	ink := theme.Color(theme.ColorNameForeground)
	if r.b.off {
		ink = theme.Color(theme.ColorNameDisabled)
	}
	r.image.Resource = lineIcon(r.b.icon, ink)
	r.image.Refresh()
	r.ground.FillColor = color.Transparent
	if r.b.hovered && !r.b.off {
		r.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	canvas.Refresh(r.b)
}

// Objects returns ground and icon.
func (r *iconButtonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.image}
}
