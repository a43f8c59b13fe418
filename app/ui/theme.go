package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/scene"
	"caveat/app/ui/widgets"
	"caveat/assets"
)

// The choices of a theme; the empty one follows the system.
const (
	ThemeSystem   = ""
	ThemeLight    = "light"
	ThemeDark     = "dark"
	ThemeContrast = "contrast"
)

// Theme is Caveat's look for Fyne's widgets: dense, quiet, in the colours of
// the canvas.
type Theme struct {
	choice        string
	regular, bold fyne.Resource
	palettes      map[string]palette
}

// NewTheme returns the theme of a choice.
func NewTheme(choice string) *Theme {
	return &Theme{
		choice:  choice,
		regular: fyne.NewStaticResource("Inter-Regular.ttf", assets.Font(false)),
		bold:    fyne.NewStaticResource("Inter-Bold.ttf", assets.Font(true)),
		palettes: map[string]palette{
			ThemeLight: lightColors(), ThemeDark: darkColors(), ThemeContrast: contrastColors(),
		},
	}
}

// effective is the choice with the system's preference filled in.
func effective(choice string, v fyne.ThemeVariant) string {
	switch {
	case choice != ThemeSystem:
		return choice
	case v == theme.VariantDark:
		return ThemeDark
	}
	return ThemeLight
}

// sceneTheme returns the colours of the canvas that go with a choice.
func sceneTheme(choice string, v fyne.ThemeVariant) *scene.Theme {
	switch effective(choice, v) {
	case ThemeDark:
		return scene.Dark()
	case ThemeContrast:
		return scene.HighContrast()
	}
	return scene.Light()
}

type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(v uint32) color.NRGBA { return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

func rgba(v uint32, a uint8) color.NRGBA { c := rgb(v); c.A = a; return c }

func lightColors() palette {
	return palette{
		theme.ColorNameBackground: rgb(0xf4f4f2), theme.ColorNameForeground: rgb(0x1f2328), widgets.ColorDim: rgb(0x595f68),
		widgets.ColorPanel: rgb(0xf4f4f2), theme.ColorNamePrimary: rgb(0x6d3fd6), theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
		theme.ColorNameHyperlink: rgb(0x3a45a8), theme.ColorNameFocus: rgba(0x6d3fd6, 110), theme.ColorNameSelection: rgba(0x6d3fd6, 50),
		theme.ColorNameHover: rgba(0x000000, 14), theme.ColorNamePressed: rgba(0x000000, 32), widgets.ColorRow: rgb(0xe8e8e5), widgets.ColorChosen: rgb(0xe4dbf8),
		theme.ColorNameButton: rgb(0xe6e6e3), theme.ColorNameDisabledButton: rgb(0xececea), theme.ColorNameDisabled: rgb(0x9298a0),
		theme.ColorNameInputBackground: rgb(0xffffff), theme.ColorNameInputBorder: rgb(0xc6c8c6), widgets.ColorOutline: rgb(0xc9cbc9), theme.ColorNamePlaceHolder: rgb(0x6c727b),
		theme.ColorNameSeparator: rgb(0xdcdcd9), theme.ColorNameShadow: rgba(0x000000, 40), theme.ColorNameScrollBar: rgba(0x000000, 90), theme.ColorNameScrollBarBackground: rgba(0x000000, 10),
		theme.ColorNameMenuBackground: rgb(0xfdfdfc), theme.ColorNameOverlayBackground: rgb(0xfdfdfc), theme.ColorNameHeaderBackground: rgb(0xebebe8),
		theme.ColorNameError: rgb(0xb42318), widgets.ColorDisputed: rgb(0xb42318), widgets.ColorFor: rgb(0x2166ac), theme.ColorNameForegroundOnError: rgb(0xffffff),
		theme.ColorNameSuccess: rgb(0x2f7550), theme.ColorNameForegroundOnSuccess: rgb(0xffffff), theme.ColorNameWarning: rgb(0x9a5b00), theme.ColorNameForegroundOnWarning: rgb(0xffffff),
	}
}

func darkColors() palette {
	return palette{
		theme.ColorNameBackground: rgb(0x1c1f24), theme.ColorNameForeground: rgb(0xe6e8eb), widgets.ColorDim: rgb(0xa4abb4),
		widgets.ColorPanel: rgb(0x1c1f24), theme.ColorNamePrimary: rgb(0xb69cff), theme.ColorNameForegroundOnPrimary: rgb(0x17131f),
		theme.ColorNameHyperlink: rgb(0xa9b8ff), theme.ColorNameFocus: rgba(0xb69cff, 110), theme.ColorNameSelection: rgba(0xb69cff, 70),
		theme.ColorNameHover: rgba(0xffffff, 18), theme.ColorNamePressed: rgba(0xffffff, 36), widgets.ColorRow: rgb(0x2a2e35), widgets.ColorChosen: rgb(0x3b3355),
		theme.ColorNameButton: rgb(0x2d3138), theme.ColorNameDisabledButton: rgb(0x24272d), theme.ColorNameDisabled: rgb(0x6d747e),
		theme.ColorNameInputBackground: rgb(0x14161a), theme.ColorNameInputBorder: rgb(0x454b54), widgets.ColorOutline: rgb(0x454b54), theme.ColorNamePlaceHolder: rgb(0x8d949e),
		theme.ColorNameSeparator: rgb(0x32363d), theme.ColorNameShadow: rgba(0x000000, 120), theme.ColorNameScrollBar: rgba(0xffffff, 90), theme.ColorNameScrollBarBackground: rgba(0xffffff, 12),
		theme.ColorNameMenuBackground: rgb(0x25292f), theme.ColorNameOverlayBackground: rgb(0x25292f), theme.ColorNameHeaderBackground: rgb(0x23272d),
		theme.ColorNameError: rgb(0xff8a7a), widgets.ColorDisputed: rgb(0xff8a7a), widgets.ColorFor: rgb(0x8ec3f0), theme.ColorNameForegroundOnError: rgb(0x1a0f0d),
		theme.ColorNameSuccess: rgb(0x79c99a), theme.ColorNameForegroundOnSuccess: rgb(0x0f1a14), theme.ColorNameWarning: rgb(0xe0b060), theme.ColorNameForegroundOnWarning: rgb(0x1a1408),
	}
}

func contrastColors() palette {
	white, black, yellow := rgb(0xffffff), rgb(0x000000), rgb(0xffff00)
	return palette{
		theme.ColorNameBackground: black, theme.ColorNameForeground: white, widgets.ColorDim: rgb(0xe8e8e8),
		widgets.ColorPanel: black, theme.ColorNamePrimary: yellow, theme.ColorNameForegroundOnPrimary: black,
		theme.ColorNameHyperlink: rgb(0x7fdfff), theme.ColorNameFocus: yellow, theme.ColorNameSelection: rgb(0x00558f),
		theme.ColorNameHover: rgba(0xffffff, 50), theme.ColorNamePressed: rgba(0xffffff, 90), widgets.ColorRow: rgb(0x303030), widgets.ColorChosen: rgb(0x00406b),
		theme.ColorNameButton: rgb(0x202020), theme.ColorNameDisabledButton: rgb(0x101010), theme.ColorNameDisabled: rgb(0xb0b0b0),
		theme.ColorNameInputBackground: black, theme.ColorNameInputBorder: white, widgets.ColorOutline: white, theme.ColorNamePlaceHolder: rgb(0xc8c8c8),
		theme.ColorNameSeparator: white, theme.ColorNameShadow: rgba(0x000000, 0), theme.ColorNameScrollBar: white, theme.ColorNameScrollBarBackground: rgb(0x303030),
		theme.ColorNameMenuBackground: black, theme.ColorNameOverlayBackground: black, theme.ColorNameHeaderBackground: black,
		theme.ColorNameError: rgb(0xff9a8c), widgets.ColorDisputed: rgb(0xff9a8c), widgets.ColorFor: rgb(0x8fd0ff), theme.ColorNameForegroundOnError: black,
		theme.ColorNameSuccess: rgb(0x80ff9f), theme.ColorNameForegroundOnSuccess: black, theme.ColorNameWarning: yellow, theme.ColorNameForegroundOnWarning: black,
	}
}

// Color returns a colour of the choice, or of the system's preference.
func (t *Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	now := effective(t.choice, v)
	if c, ok := t.palettes[now][n]; ok {
		return c
	}
	variant := theme.VariantLight
	if now != ThemeLight {
		variant = theme.VariantDark
	}
	return theme.DefaultTheme().Color(n, variant)
}

// Font returns Inter; Fyne's own where Inter has no such style.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace || s.Symbol || s.Italic:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return t.bold
	}
	return t.regular
}

// Icon returns Fyne's icons.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size makes everything dense; no text is below 11.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return 13
	case theme.SizeNameCaptionText:
		return 11.5
	case theme.SizeNameSubHeadingText:
		return 16
	case theme.SizeNameHeadingText:
		return 21
	case theme.SizeNamePadding:
		return 3
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameLineSpacing:
		return 3
	case theme.SizeNameInlineIcon:
		return 16
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius:
		return 4
	case theme.SizeNameDialogRadius:
		return 7
	}
	return theme.DefaultTheme().Size(n)
}
