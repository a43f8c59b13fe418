package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colour names that Caveat's theme adds to Fyne's.
const (
	ColorDim      fyne.ThemeColorName = "caveatDim"      // second lines, counts; readable all the same
	ColorPanel    fyne.ThemeColorName = "caveatPanel"    // ground of side panels, tool bar and status bar
	ColorDisputed fyne.ThemeColorName = "caveatDisputed" // what is in dispute, wrong input
	ColorFor      fyne.ThemeColorName = "caveatFor"      // what supports
	ColorRow      fyne.ThemeColorName = "caveatRow"      // a row under the pointer
	ColorChosen   fyne.ThemeColorName = "caveatChosen"   // a chip that is set, a row that is chosen
	ColorOutline  fyne.ThemeColorName = "caveatOutline"  // borders of chips and plates
)

// Themed returns the colour of that name in the theme of now.
func Themed(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

// parseColor reads "#rrggbb"; anything else is grey.
func parseColor(s string) color.NRGBA {
	c := color.NRGBA{0x8a, 0x8a, 0x8a, 255}
	if len(s) != 7 || s[0] != '#' {
		return c
	}
	var v [3]uint8
	for i := range v {
		hi, ok1 := hexDigit(s[1+2*i])
		lo, ok2 := hexDigit(s[2+2*i])
		if !ok1 || !ok2 {
			return c
		}
		v[i] = hi<<4 | lo
	}
	return color.NRGBA{v[0], v[1], v[2], 255}
}

func hexDigit(b byte) (uint8, bool) {
	switch {
	case b >= '0' && b <= '9':
		return b - '0', true
	case b >= 'a' && b <= 'f':
		return b - 'a' + 10, true
	case b >= 'A' && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}
