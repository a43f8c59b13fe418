package widgets

import "fyne.io/fyne/v2"

// Part is one piece of what a widget shows, at its place in the widget: the
// state file of the window tests is made of these.
type Part struct {
	Role    string // link, row, text, line, trail, checked, unchecked, button, input, picture, error
	Text    string
	At      fyne.Position
	Size    fyne.Size
	Focused bool
	Off     bool // disabled
}

// Probed is a widget that reports what it shows.
type Probed interface {
	Parts() []Part
}
