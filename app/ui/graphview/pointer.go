package graphview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"caveat/app/editor"
	"caveat/app/geom"
	"caveat/app/scene"
)

// pointer is what Fyne leaves to remember between its events: drags carry
// no button, the right button sends no drags at all, and its double taps would hold back
// every single one.
type pointer struct {
	button  desktop.MouseButton // held, or 0
	at      fyne.Position
	inside  bool
	moves   int // so far, of one that hovers
	lastUp  time.Time
	lastAt  fyne.Position
	lastBtn desktop.MouseButton
}

// doubleTime and doubleSlop are how soon and how near a second click makes a double click.
const (
	doubleTime = 350 * time.Millisecond
	doubleSlop = 5
)

// lineHeight is what Fyne scrolls for one notch of a wheel on this system.
const notch = 25

func point(p fyne.Position) geom.Point { return geom.Point{X: p.X, Y: p.Y} }

func buttonOf(b desktop.MouseButton) editor.Button {
	switch {
	case b&desktop.MouseButtonPrimary != 0:
		return editor.Primary
	case b&desktop.MouseButtonSecondary != 0:
		return editor.Secondary
	case b&desktop.MouseButtonTertiary != 0:
		return editor.Middle
	}
	return editor.NoButton
}

func modsOf(m fyne.KeyModifier) editor.Mods {
	var out editor.Mods
	if m&fyne.KeyModifierShift != 0 {
		out |= editor.Shift
	}
	if m&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0 {
		out |= editor.Control
	}
	if m&fyne.KeyModifierAlt != 0 {
		out |= editor.Alt
	}
	return out
}

// send reports the pointer and moves the picture in the same turn; the notice
// that follows finds it moved already.
func (v *View) send(what string, p editor.Pointer) {
	v.opts.Log.input(what)
	v.opts.Editor.Pointer(p)
	v.picture.follow(v)
}

// MouseDown takes the focus and begins a gesture.
func (v *View) MouseDown(e *desktop.MouseEvent) {
	if c := v.canvas(); c != nil {
		c.Focus(v)
	}
	if v.pointer.button != 0 {
		return // a second button during a gesture
	}
	v.pointer.button, v.pointer.at, v.mods = e.Button, e.Position, e.Modifier
	v.overlay.quiet(v)
	v.send("down", editor.Pointer{Kind: editor.PointerDown, At: point(e.Position), Button: buttonOf(e.Button), Mods: modsOf(e.Modifier)})
}

// MouseUp ends it; the second of two quick clicks in one place is a double click.
func (v *View) MouseUp(e *desktop.MouseEvent) {
	if v.pointer.button == 0 || e.Button != v.pointer.button {
		return
	}
	v.pointer.button = 0
	clicks, now := 1, time.Now()
	d := e.Position.Subtract(v.pointer.lastAt)
	if e.Button == v.pointer.lastBtn && now.Sub(v.pointer.lastUp) < doubleTime && d.X*d.X+d.Y*d.Y < doubleSlop*doubleSlop {
		clicks = 2
		now = time.Time{}
	}
	v.pointer.lastUp, v.pointer.lastAt, v.pointer.lastBtn = now, e.Position, e.Button
	v.send("up", editor.Pointer{Kind: editor.PointerUp, At: point(e.Position), Button: buttonOf(e.Button), Mods: modsOf(e.Modifier), Clicks: clicks})
}

func (v *View) moved(what string, at fyne.Position) {
	v.pointer.at = at
	v.send(what, editor.Pointer{Kind: editor.PointerMove, At: point(at), Button: buttonOf(v.pointer.button), Mods: modsOf(v.mods)})
}

// Dragged moves a gesture of the left or middle button.
func (v *View) Dragged(e *fyne.DragEvent) {
	if v.pointer.button != 0 {
		v.moved("drag", e.Position)
	}
}

// DragEnd ends a gesture whose button was let go outside, where no MouseUp comes.
func (v *View) DragEnd() {
	if b := v.pointer.button; b != 0 {
		v.pointer.button = 0
		v.send("up", editor.Pointer{Kind: editor.PointerUp, At: point(v.pointer.at), Button: buttonOf(b), Mods: modsOf(v.mods), Clicks: 1})
	}
}

// Scrolled zooms about the pointer.
func (v *View) Scrolled(e *fyne.ScrollEvent) {
	dy := e.Scrolled.DY
	if dy == 0 {
		return
	}
	v.send("wheel", editor.Pointer{Kind: editor.PointerWheel, At: point(e.Position), Wheel: min(max(dy/notch, -4), 4), Mods: modsOf(v.mods)})
}

// MouseIn begins hovering.
func (v *View) MouseIn(e *desktop.MouseEvent) {
	v.pointer.at = e.Position
	v.MouseMoved(e)
}

// MouseMoved hovers, or moves a gesture of the right button.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	if v.pointer.button != 0 && e.Button == 0 { // let go where nobody told us
		v.DragEnd()
	}
	step := e.Position.Subtract(v.pointer.at)
	v.pointer.inside = true
	v.pointer.moves++
	v.moved("move", e.Position)
	if v.leads(e.AbsolutePosition, step) && v.opts.Editor.Hover().Part != scene.Nothing {
		seen := v.pointer.moves
		time.AfterFunc(goneAfter, func() {
			v.opts.Post(func() {
				if v.pointer.moves == seen && !v.closed {
					v.Leave()
				}
			})
		})
	}
}

// goneAfter is how long nothing is heard of a pointer on its way out of the window until it is taken to have left.
const goneAfter = 250 * time.Millisecond

// leads reports whether a pointer that was at a place of the window, after such a step, may have left the window with the next few: Fyne tells
// of a pointer that leaves an object for another, not of one that leaves the window.
func (v *View) leads(at, step fyne.Position) bool {
	c := v.canvas()
	if c == nil {
		return false
	}
	const edge, steps = 6, 3 // it may be getting faster
	next := at.AddXY(step.X*steps, step.Y*steps)
	size := c.Size()
	return min(next.X, next.Y) < edge || next.X > size.Width-edge || next.Y > size.Height-edge
}

// Leave ends hovering until the pointer moves again.
func (v *View) Leave() {
	if v.pointer.inside && v.pointer.button == 0 {
		v.MouseOut()
	}
}

// MouseOut ends hovering.
func (v *View) MouseOut() {
	v.pointer.inside = false
	v.send("leave", editor.Pointer{Kind: editor.PointerLeave})
}
