package ui

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"caveat/app/editor"
	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/app/ui/widgets"
)

// Size of the overview in units.
const (
	mapWide float32 = 168
	mapHigh float32 = 116
)

// minimap shows the whole drawing above the zoom buttons, with a frame around what the canvas
// shows of it; a click or drag takes the canvas there. It hides while all is in view.
type minimap struct {
	widget.BaseWidget

	w      *Window
	plate  *widgets.Ground
	image  *canvas.Image
	frame  *canvas.Rectangle
	made   *scene.Overview
	of     *scene.Scene // that made is of, or that is being worked on
	theme  string
	busy   bool // its job runs
	inside bool // the pointer holds it
}

var (
	_ desktop.Mouseable = (*minimap)(nil)
	_ fyne.Draggable    = (*minimap)(nil)
)

func newMinimap(w *Window) *minimap {
	m := &minimap{w: w, image: canvas.NewImageFromImage(nil), frame: canvas.NewRectangle(color.Transparent)}
	m.image.FillMode, m.image.ScaleMode = canvas.ImageFillStretch, canvas.ImageScalePixels
	m.frame.StrokeWidth = 1.5
	m.ExtendBaseWidget(m)
	m.plate = widgets.NewGround(widgets.ColorPanel, m)
	m.plate.Border, m.plate.Radius = true, 5
	m.plate.Hide()
	return m
}

// hidden reports whether the user wants no overview.
func (m *minimap) hidden() bool { return m.w.opts.Settings.Now().NoMap }

// toggle shows or hides the overview for good.
func (m *minimap) toggle() {
	m.w.remember(func(s *settings.Settings) { s.NoMap = !s.NoMap })
	m.refresh(editor.NoticeScene)
}

// refresh follows scene, theme and camera. The picture is made in the background, one at a time.
func (m *minimap) refresh(n editor.Notice) {
	e := m.w.editor
	if m.hidden() || e.Case() == nil || e.Scene().Len() < 2 {
		m.show(false)
		return
	}
	if n&editor.NoticeCase != 0 {
		m.busy = false // a case that closes ends its jobs
	}
	if n&(editor.NoticeScene|editor.NoticeCase|editor.NoticeTheme) != 0 {
		m.remake()
	}
	if n&(editor.NoticeScene|editor.NoticeCase|editor.NoticeTheme|editor.NoticeCamera) != 0 {
		m.place()
	}
}

// remake draws the overview again if scene or theme are others than before.
func (m *minimap) remake() {
	s, t := m.w.editor.Scene(), m.w.editor.Theme()
	if m.busy || m.of == s && m.theme == t.Name {
		return
	}
	m.busy, m.of, m.theme = true, s, t.Name
	scale := m.w.win.Canvas().Scale()
	m.w.editor.Background("map", m.w.say("job.map"), func(context.Context) func() {
		o := s.Overview(int(mapWide*scale), int(mapHigh*scale), t)
		return func() {
			m.busy, m.made = false, o
			m.image.Image = o.Image
			m.image.Refresh()
			m.place()
			m.remake() // the scene may have gone on
		}
	})
}

// place puts the frame around what the canvas shows.
func (m *minimap) place() {
	if m.made == nil || m.hidden() {
		m.show(false)
		return
	}
	size := m.w.view.Size()
	seen, all := m.made.View(m.w.editor.Camera(), geom.Point{X: size.Width, Y: size.Height})
	if all && !m.inside {
		m.show(false)
		return
	}
	k := mapWide / float32(m.made.Image.Rect.Dx())
	const least = 6
	wide, high := max(seen.Width()*k, least), max(seen.Height()*k, least)
	m.frame.StrokeColor = m.w.editor.Theme().Selection
	m.frame.FillColor = fade(m.w.editor.Theme().Selection, 24)
	m.frame.Move(fyne.NewPos(min(max(seen.Min.X*k, 0), mapWide-wide), min(max(seen.Min.Y*k, 0), mapHigh-high)))
	m.frame.Resize(fyne.NewSize(wide, high))
	m.show(true)
	canvas.Refresh(m.frame)
}

func fade(c color.NRGBA, a uint8) color.NRGBA { c.A = a; return c }

func (m *minimap) show(on bool) {
	if on == m.plate.Visible() {
		return
	}
	if on {
		m.plate.Show()
	} else {
		m.plate.Hide()
	}
}

// goTo takes the canvas to a point of the overview.
func (m *minimap) goTo(p fyne.Position) {
	if m.made == nil {
		return
	}
	k := float32(m.made.Image.Rect.Dx()) / mapWide
	m.w.editor.LookAt(m.made.ToWorld(geom.Point{X: p.X * k, Y: p.Y * k}))
}

// MouseDown goes there.
func (m *minimap) MouseDown(e *desktop.MouseEvent) {
	m.inside = true
	m.goTo(e.Position)
}

// MouseUp lets go.
func (m *minimap) MouseUp(*desktop.MouseEvent) { m.inside = false; m.place() }

// Dragged follows the pointer.
func (m *minimap) Dragged(e *fyne.DragEvent) { m.goTo(e.Position) }

// DragEnd lets go.
func (m *minimap) DragEnd() { m.inside = false; m.place() }

// Parts tells the window tests where the overview is.
func (m *minimap) Parts() []widgets.Part {
	return []widgets.Part{{Role: "map", Text: "map", Size: m.Size()}}
}

// CreateRenderer shows the picture with the frame above it.
func (m *minimap) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	return &minimapRenderer{m}
}

type minimapRenderer struct{ m *minimap }

// Layout gives the picture all the room.
func (r *minimapRenderer) Layout(s fyne.Size) { r.m.image.Resize(s) }

// MinSize is fixed.
func (r *minimapRenderer) MinSize() fyne.Size { return fyne.NewSize(mapWide, mapHigh) }

// Refresh shows the picture anew.
func (r *minimapRenderer) Refresh() { canvas.Refresh(r.m.image) }

// Destroy has nothing to free.
func (r *minimapRenderer) Destroy() {}

// Objects returns picture and frame.
func (r *minimapRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.m.image, r.m.frame}
}
