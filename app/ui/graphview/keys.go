package graphview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"caveat/app/scene"
)

// FocusGained shows that keys come here.
func (v *View) FocusGained() { v.focused = true; v.picture.redraw(v) }

// FocusLost shows that they go elsewhere.
func (v *View) FocusLost() { v.focused = false; v.picture.redraw(v) }

// AcceptsTab keeps the Tab key only while an action waits for it.
func (v *View) AcceptsTab() bool {
	paths, _ := v.opts.Editor.Paths()
	return len(paths) > 1
}

// TypedRune does nothing: keys are taken by name.
func (v *View) TypedRune(rune) {}

// KeyDown notes the modifiers.
func (v *View) KeyDown(e *fyne.KeyEvent) { v.mods |= modifier(e.Name) }

// KeyUp forgets them.
func (v *View) KeyUp(e *fyne.KeyEvent) { v.mods &^= modifier(e.Name) }

func modifier(k fyne.KeyName) fyne.KeyModifier {
	switch k {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		return fyne.KeyModifierShift
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		return fyne.KeyModifierControl
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		return fyne.KeyModifierAlt
	}
	return 0
}

// TypedKey walks along edges by the arrows, ends things by Escape, and hands
// every other key to the action table.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	v.opts.Log.input("key")
	ed := v.opts.Editor
	switch e.Name {
	case fyne.KeyLeft:
		ed.Walk(-1, 0)
	case fyne.KeyRight:
		ed.Walk(1, 0)
	case fyne.KeyUp:
		ed.Walk(0, -1)
	case fyne.KeyDown:
		ed.Walk(0, 1)
	case fyne.KeyEscape:
		v.pointer.button = 0
		ed.Escape()
	default:
		if v.opts.Key != nil {
			v.opts.Key(KeyName(e.Name))
		}
	}
}

// KeyName returns Fyne's key as the action table writes it.
func KeyName(k fyne.KeyName) string {
	switch k {
	case fyne.KeyEnter:
		return "Return"
	case fyne.KeyPlus, fyne.KeyEqual:
		return "Plus"
	case fyne.KeyMinus:
		return "Minus"
	case fyne.KeyBackspace:
		return "Delete"
	}
	return string(k)
}

// Cursor tells what a press would do.
func (v *View) Cursor() desktop.Cursor {
	switch v.opts.Editor.Hover().Part {
	case scene.NodeRim, scene.ClaimDot:
		return desktop.CrosshairCursor
	case scene.NodeBody, scene.EdgeLine:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Focused reports whether keys come to the canvas.
func (v *View) Focused() bool { return v.focused }
