package graphview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"caveat/app/editor"
	"caveat/app/typeset"
)

// Options are what a View needs from outside.
type Options struct {
	Editor   *editor.Editor
	Faces    *typeset.Faces
	Post     func(func())             // runs a function on the window's goroutine, soon
	Key      func(name string) bool   // a key the canvas got, as the action table names it
	Software bool                     // draw by a Raster: the test painter knows no Shader
	Log      *FrameLog                // nil: no log
	Hint     func(node string) string // full text of the tooltip of a thing on the canvas
}

// View is the canvas widget.
type View struct {
	widget.BaseWidget

	opts    Options
	picture picture
	overlay overlay
	pointer pointer
	mods    fyne.KeyModifier
	focused bool
	closed  bool
}

var (
	_ fyne.Scrollable    = (*View)(nil)
	_ fyne.Draggable     = (*View)(nil)
	_ fyne.Focusable     = (*View)(nil)
	_ fyne.Tabbable      = (*View)(nil)
	_ desktop.Keyable    = (*View)(nil)
	_ desktop.Mouseable  = (*View)(nil)
	_ desktop.Hoverable  = (*View)(nil)
	_ desktop.Cursorable = (*View)(nil)
)

// New returns the canvas; Close ends its painting.
func New(o Options) *View {
	o.Post = o.Log.Timed(o.Post)
	v := &View{opts: o}
	o.Log.follow(func() (crisp, exact bool) { return v.picture.crisp(v), v.picture.exact(v) }, o.Post)
	v.overlay.init()
	v.picture.init(v)
	v.ExtendBaseWidget(v)
	return v
}

// Close ends the painting and waits for it.
func (v *View) Close() {
	if !v.closed {
		v.closed = true
		v.picture.live.Close()
	}
}

// scale returns device pixels per unit.
func (v *View) scale() float32 {
	if c := v.canvas(); c != nil {
		return c.Scale()
	}
	return 1
}

func (v *View) canvas() fyne.Canvas {
	if a := fyne.CurrentApp(); a != nil {
		return a.Driver().CanvasForObject(v)
	}
	return nil
}

// Update shows what the notice says has changed.
func (v *View) Update(n editor.Notice) {
	moved := n&editor.NoticeCamera != 0 && v.opts.Editor.Camera() != v.picture.at
	if n&(editor.NoticeScene|editor.NoticeSelection|editor.NoticeCase|editor.NoticeTheme) != 0 {
		v.picture.redraw(v)
	} else if n&editor.NoticeCamera != 0 {
		moved = v.picture.follow(v)
	}
	if moved {
		v.opts.Log.motion()
	}
	if n&(editor.NoticeHover|editor.NoticeOverlay|editor.NoticeScene|editor.NoticeCamera|editor.NoticeCase|editor.NoticeTheme) != 0 {
		v.overlay.update(v)
	}
}

// CreateRenderer shows the picture with the overlay above it.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return &viewRenderer{v: v}
}

type viewRenderer struct {
	v       *View
	objects []fyne.CanvasObject
	size    fyne.Size // that was laid out for, and at which scale
	scale   float32
}

// Layout tells the editor the size and asks for a picture of it. What changes beside the canvas, as does the zoom in
// figures, has it laid out anew with every frame: that is no reason to paint.
func (r *viewRenderer) Layout(s fyne.Size) {
	scale := r.v.scale()
	if s == r.size && scale == r.scale {
		return
	}
	r.size, r.scale = s, scale
	r.v.picture.resize(s)
	r.v.opts.Editor.Resize(s.Width, s.Height)
	r.v.overlay.quiet(r.v)
	r.v.picture.redraw(r.v)
}

// MinSize leaves room for a usable canvas.
func (r *viewRenderer) MinSize() fyne.Size { return fyne.NewSize(240, 160) }

// Refresh asks for a new picture.
func (r *viewRenderer) Refresh() { r.v.picture.redraw(r.v) }

// Destroy has nothing to free; Close ends the painting.
func (r *viewRenderer) Destroy() {}

// Objects returns the picture and what is above it.
func (r *viewRenderer) Objects() []fyne.CanvasObject {
	if r.objects == nil {
		r.objects = append(r.objects, r.v.picture.object())
		r.objects = append(r.objects, r.v.overlay.objects()...)
		for _, side := range r.v.picture.frame {
			r.objects = append(r.objects, side)
		}
	}
	return r.objects
}
