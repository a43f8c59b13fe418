package graphview

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"caveat/app/geom"
	"caveat/app/scene"
)

// overlay is what is drawn above the picture: it changes faster than a picture
// can be painted.
type overlay struct {
	ring  *canvas.Circle
	band  *canvas.Rectangle
	wire  *canvas.Line
	goal  *canvas.Circle
	plate *canvas.Rectangle
	tip   []*canvas.Text
}

// tipLines is how many lines a tooltip may have.
const tipLines = 3

// tipWide is where the lines of a tooltip break, in units.
const tipWide float32 = 340

func (o *overlay) init() {
	clear := color.Transparent
	o.ring, o.goal = canvas.NewCircle(clear), canvas.NewCircle(clear)
	o.band = canvas.NewRectangle(clear)
	o.wire = canvas.NewLine(clear)
	o.plate = canvas.NewRectangle(clear)
	o.plate.CornerRadius = 4
	for range tipLines {
		o.tip = append(o.tip, canvas.NewText("", clear))
	}
	for _, x := range o.objects() {
		x.Hide()
	}
}

func (o *overlay) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{o.ring, o.goal, o.wire, o.band, o.plate}
	for _, t := range o.tip {
		out = append(out, t)
	}
	return out
}

// quiet takes the tooltip away, when a gesture begins.
func (o *overlay) quiet(v *View) {
	o.plate.Hide()
	for _, t := range o.tip {
		t.Hide()
	}
	canvas.Refresh(v.picture.object())
}

// Quiet takes the tooltip away.
func (v *View) Quiet() { v.overlay.quiet(v) }

// update follows the editor.
func (o *overlay) update(v *View) {
	e := v.opts.Editor
	th := e.Theme()
	hover := e.Hover()
	if e.IsSelected(hover.ID) {
		o.ring.Hide() // it has the ring of the selection
	} else {
		o.circle(v, o.ring, hover, th.Hover)
	}
	over := e.Overlay()
	if over.Band != nil {
		o.band.FillColor, o.band.StrokeColor, o.band.StrokeWidth = alpha(th.Selection, 40), th.Selection, 1
		o.band.Move(fyne.NewPos(over.Band.Min.X, over.Band.Min.Y))
		o.band.Resize(fyne.NewSize(over.Band.Width(), over.Band.Height()))
		o.band.Show()
	} else {
		o.band.Hide()
	}
	o.goal.Hide()
	if over.Wire != nil {
		o.wire.StrokeColor, o.wire.StrokeWidth = th.Selection, 2
		o.wire.Position1, o.wire.Position2 = position(over.Wire[0]), position(over.Wire[1])
		o.wire.Show()
		if n, ok := e.Scene().Node(over.WireTo); ok {
			o.circle(v, o.goal, scene.Target{Part: scene.NodeBody, Node: n}, th.Selection)
		}
	} else {
		o.wire.Hide()
	}
	o.tooltip(v, hover)
	canvas.Refresh(v.picture.object()) // not the overlay: what was hidden has no canvas to refresh
}

func position(p geom.Point) fyne.Position { return fyne.NewPos(p.X, p.Y) }

func alpha(c color.NRGBA, a uint8) color.NRGBA { c.A = a; return c }

// circle puts c around a target's node, or hides it.
func (o *overlay) circle(v *View, c *canvas.Circle, t scene.Target, col color.NRGBA) {
	s := v.opts.Editor.Scene()
	if (t.Part != scene.NodeBody && t.Part != scene.NodeRim) || int(t.Node) >= s.Len() {
		c.Hide()
		return
	}
	p := v.opts.Editor.ToCanvas(s.NodePoint(t.Node))
	zoom := v.opts.Editor.Camera().Zoom
	r := s.RadiusAt(t.Node, zoom)*zoom + 4
	c.StrokeColor, c.StrokeWidth = col, 2
	c.Move(fyne.NewPos(p.X-r, p.Y-r))
	c.Resize(fyne.NewSquareSize(2 * r))
	c.Show()
}

// tooltip shows the full name of what the pointer is over.
func (o *overlay) tooltip(v *View, t scene.Target) {
	text := ""
	if t.Part != scene.Nothing && v.pointer.button == 0 && v.pointer.inside && v.opts.Hint != nil {
		text = v.opts.Hint(string(t.ID))
		if t.ID == "" && t.Node >= 0 && int(t.Node) < v.opts.Editor.Scene().Len() {
			text = v.opts.Editor.Scene().Name(t.Node)
		}
	}
	if text == "" {
		o.plate.Hide()
		for _, x := range o.tip {
			x.Hide()
		}
		return
	}
	size := theme.Size(theme.SizeNameCaptionText) + 1
	lines := broken(text, size)
	wide := float32(0)
	for k, x := range o.tip {
		if k >= len(lines) {
			x.Hide()
			continue
		}
		x.Text, x.TextSize, x.Color = lines[k], size, theme.Color(theme.ColorNameForeground)
		wide = max(wide, x.MinSize().Width)
	}
	line := size * 1.35
	box := fyne.NewSize(wide+14, line*float32(len(lines))+8)
	at := v.pointer.at.AddXY(14, 18)
	if at.X+box.Width > v.Size().Width {
		at.X = max(2, v.Size().Width-box.Width-2)
	}
	if at.Y+box.Height > v.Size().Height {
		at.Y = max(2, v.pointer.at.Y-box.Height-8)
	}
	o.plate.FillColor, o.plate.StrokeColor, o.plate.StrokeWidth = theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNameSeparator), 1
	o.plate.Move(at)
	o.plate.Resize(box)
	o.plate.Show()
	for k := range lines {
		o.tip[k].Move(at.AddXY(7, 4+float32(k)*line))
		o.tip[k].Resize(o.tip[k].MinSize())
		o.tip[k].Show()
	}
}

// broken breaks text into at most tipLines lines.
func broken(text string, size float32) []string {
	var out []string
	line := ""
	words := strings.Fields(text)
	for k, w := range words {
		next := w
		if line != "" {
			next = line + " " + w
		}
		if line == "" || fyne.MeasureText(next, size, fyne.TextStyle{}).Width <= tipWide {
			line = next
			continue
		}
		if len(out) == tipLines-1 {
			return append(out, line+" …")
		}
		out = append(out, line)
		line = words[k]
	}
	return append(out, line)
}
