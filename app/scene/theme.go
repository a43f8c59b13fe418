package scene

import (
	"image/color"
	"math"
	"strconv"

	"caveat/graphstore"
)

// Theme is what colours everything but kinds and positions, whose colours the schema has.
type Theme struct {
	Name       string
	Dark       bool // take the schema's colours for dark grounds
	Background color.NRGBA
	Ink        color.NRGBA // labels
	Muted      color.NRGBA // verbs, values, counts
	Edge       color.NRGBA // edges without a position
	Hairline   color.NRGBA // edges of the far level without a position
	Node       color.NRGBA // nodes where there are no kinds
	Other      color.NRGBA // nodes without a kind where others have one
	Plate      color.NRGBA // behind values
	Selection  color.NRGBA
	Hover      color.NRGBA
	Alert      color.NRGBA // the tick of disputes
	AlertInk   color.NRGBA
	// Contrast is the least WCAG contrast of kind and position colours with the ground;
	// weaker ones are moved towards the ink. 0 leaves them as the schema has them.
	Contrast float64
	// Tint is how much of a kind's colour fills its nodes, 0..1.
	Tint float32
	// Fade is how much of the ground covers what is not highlighted, 0..1.
	Fade float32
}

func hex(s string) color.NRGBA {
	v, err := strconv.ParseUint(s[min(1, len(s)):], 16, 32)
	if err != nil || len(s) != 7 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// Light returns the theme for bright surroundings.
func Light() *Theme {
	return &Theme{
		Name: "light", Background: hex("#fbfbfa"), Ink: hex("#1f2328"), Muted: hex("#5b6169"), Edge: hex("#a3a8ae"), Hairline: hex("#9aa0a8"),
		Node: hex("#4f6d8f"), Other: hex("#7d848d"), Plate: hex("#eceeef"), Selection: hex("#6d3fd6"), Hover: hex("#a78bea"), Alert: hex("#b42318"), AlertInk: hex("#ffffff"),
		Tint: 0.13, Fade: 0.82,
	}
}

// Dark returns the theme for dim surroundings.
func Dark() *Theme {
	return &Theme{
		Name: "dark", Dark: true, Background: hex("#16181c"), Ink: hex("#e6e8eb"), Muted: hex("#a2a9b2"), Edge: hex("#646b75"), Hairline: hex("#6f7782"),
		Node: hex("#86a5c8"), Other: hex("#7f8791"), Plate: hex("#2a2e35"), Selection: hex("#b69cff"), Hover: hex("#7d68b8"), Alert: hex("#c9372c"), AlertInk: hex("#ffffff"),
		Contrast: 3, Tint: 0.22, Fade: 0.78,
	}
}

// HighContrast returns the theme for those who need strong differences: black ground,
// full borders, nothing faint.
func HighContrast() *Theme {
	return &Theme{
		Name: "contrast", Dark: true, Background: hex("#000000"), Ink: hex("#ffffff"), Muted: hex("#e8e8e8"), Edge: hex("#bdbdbd"), Hairline: hex("#bdbdbd"),
		Node: hex("#ffffff"), Other: hex("#c8c8c8"), Plate: hex("#333333"), Selection: hex("#ffff00"), Hover: hex("#00ffff"), Alert: hex("#ff9a8c"), AlertInk: hex("#000000"),
		Contrast: 7, Tint: 0, Fade: 0.72,
	}
}

// Kind returns the colour of a kind; Node for one the schema does not have.
func (t *Theme) Kind(k *graphstore.KindInfo) color.NRGBA {
	if k == nil {
		return t.Node
	}
	return t.pick(k.Light, k.Dark, t.Node)
}

// Kindless returns the colour of the nodes of a scene that have no kind.
func (t *Theme) Kindless(s *Scene) color.NRGBA { return t.kindless(s.model) }

func (t *Theme) kindless(m *model) color.NRGBA {
	if m.hasKinds() {
		return t.Other
	}
	return t.Node
}

// Position returns the colour of a position; Edge for none.
func (t *Theme) Position(p *graphstore.PositionInfo) color.NRGBA {
	if p == nil {
		return t.Edge
	}
	return t.pick(p.Light, p.Dark, t.Edge)
}

func (t *Theme) pick(light, dark string, other color.NRGBA) color.NRGBA {
	c := hex(light)
	if t.Dark {
		c = hex(dark)
	}
	if c.A == 0 {
		return other
	}
	return t.readable(c, t.Contrast)
}

// readable moves c towards the ink until its contrast with the ground is at least ratio.
func (t *Theme) readable(c color.NRGBA, ratio float64) color.NRGBA {
	for step := float32(0); step <= 1; step += 1.0 / 16 {
		if m := mix(c, t.Ink, step); contrast(m, t.Background) >= ratio {
			return m
		}
	}
	return t.Ink
}

// mix returns the colour k of the way from a to b, of a's opacity.
func mix(a, b color.NRGBA, k float32) color.NRGBA {
	f := func(x, y uint8) uint8 { return uint8(float32(x) + (float32(y)-float32(x))*k + 0.5) }
	return color.NRGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), a.A}
}

func withAlpha(c color.NRGBA, a float32) color.NRGBA {
	c.A = uint8(float32(c.A)*min(max(a, 0), 1) + 0.5)
	return c
}

// luminance is the relative luminance of WCAG 2.
func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

// contrast is the contrast ratio of WCAG 2, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// inkOn returns the theme's ink or ground, whichever reads better on c.
func (t *Theme) inkOn(c color.NRGBA) color.NRGBA {
	if contrast(c, t.Background) >= contrast(c, t.Ink) {
		return t.Background
	}
	return t.Ink
}
