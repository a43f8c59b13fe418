package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a text input that offers its keys to the page around it first,
// so that Enter, Escape and the function keys mean the same everywhere.
type Entry struct {
	widget.Entry

	// OnKey is asked about every key; true means it is done with.
	OnKey func(*fyne.KeyEvent) bool
	// OnFocus hears of focus won and lost.
	OnFocus func(bool)
	// OnShortcut is asked about shortcuts that are not of text editing.
	OnShortcut func(fyne.Shortcut) bool

	role    string
	focused bool
}

// NewEntry returns an input of one line.
func NewEntry() *Entry {
	e := &Entry{role: "input"}
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = 0
	e.ExtendBaseWidget(e)
	return e
}

// NewArea returns an input of several lines.
func NewArea(rows int) *Entry {
	e := &Entry{role: "input"}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// TypedKey asks OnKey first.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	e.Entry.TypedKey(k)
}

// TypedShortcut offers what is not text editing to OnShortcut.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && e.OnShortcut != nil && e.OnShortcut(c) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// FocusGained reports the focus.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost reports it.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// Parts reports the text, or the place holder of an empty input.
func (e *Entry) Parts() []Part {
	return []Part{{Role: e.role, Text: e.Text, Size: e.Size(), Focused: e.focused, Off: e.Disabled()}}
}

// Button is a button that can be pressed by Enter and passes other keys on.
type Button struct {
	widget.Button

	OnKey   func(*fyne.KeyEvent) bool
	focused bool
}

// NewButton returns a button with a text.
func NewButton(text string, tapped func()) *Button {
	b := new(Button)
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// FocusGained notes the focus.
func (b *Button) FocusGained() { b.focused = true; b.Button.FocusGained() }

// FocusLost notes its loss.
func (b *Button) FocusLost() { b.focused = false; b.Button.FocusLost() }

// TypedKey presses by Enter too.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	if (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
		return
	}
	if b.OnKey != nil && b.OnKey(k) {
		return
	}
	b.Button.TypedKey(k)
}

// Parts reports the text.
func (b *Button) Parts() []Part {
	return []Part{{Role: "button", Text: b.Text, Size: b.Size(), Focused: b.focused, Off: b.Disabled()}}
}
