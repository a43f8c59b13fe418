package scene

import (
	"image/color"
	"math"
	"testing"

	"caveat/graphstore"
)

func themes() []*Theme { return []*Theme{Light(), Dark(), HighContrast()} }

func TestTextsCanBeReadOnTheirGround(t *testing.T) {
	s := schema(t)
	for _, th := range themes() {
		check := func(what string, ink, ground color.NRGBA, least float64) {
			t.Helper()
			if c := contrast(ink, ground); c < least {
				t.Errorf("%s: %s has contrast %.2f, want %.1f", th.Name, what, c, least)
			}
		}
		check("label", th.Ink, th.Background, 7)
		check("muted", th.Muted, th.Background, 4.5)
		check("value", th.Muted, th.Plate, 4.5)
		check("tick", th.AlertInk, th.Alert, 4.5)
		check("selection", th.Selection, th.Background, 3)
		for i := range s.Positions {
			c := th.Position(&s.Positions[i])
			check("verb of "+s.Positions[i].Word, th.readable(mix(c, th.Ink, 0.3), 4.5), th.Background, 4.5)
			check("count on "+s.Positions[i].Word, th.inkOn(c), c, 4)
		}
		for i := range s.Kinds {
			c := th.Kind(&s.Kinds[i])
			check("kind "+string(s.Kinds[i].ID), c, th.Background, 3)
			check("icon of "+string(s.Kinds[i].ID), c, mix(th.Background, c, th.Tint), 3)
		}
	}
}

// TestPositionsStandOutFromTheGround asks for 3:1. In the light theme the design gives the two
// mild positions, and "restricts", paler colours; they are drawn two units wide, with
// their word, and must still be seen.
func TestPositionsStandOutFromTheGround(t *testing.T) {
	s := schema(t)
	pale := map[graphstore.Position]float64{1: 2.4, -1: 1.9, -2: 2.3}
	for _, th := range themes() {
		for i := range s.Positions {
			p := &s.Positions[i]
			least := max(3, th.Contrast)
			if th.Contrast == 0 {
				if v, ok := pale[p.Value]; ok {
					least = v
				}
			}
			if c := contrast(th.Position(p), th.Background); c < least {
				t.Errorf("%s: %s has contrast %.2f, want %.1f", th.Name, p.Word, c, least)
			}
		}
	}
}

// blind simulates dichromacy in linear RGB (Viénot, Brettel and Mollon 1999).
func blind(c color.NRGBA, deutan bool) [3]float64 {
	lin := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b := lin(c.R), lin(c.G), lin(c.B)
	if deutan {
		return [3]float64{0.29275*r + 0.70725*g, 0.29275*r + 0.70725*g, -0.02234*r + 0.02234*g + b}
	}
	return [3]float64{0.11238*r + 0.88762*g, 0.11238*r + 0.88762*g, 0.00401*r - 0.00401*g + b}
}

// lab converts linear sRGB to CIE L*a*b* (D65).
func lab(c [3]float64) [3]float64 {
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505)
	y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestPositionsDifferForColourBlindEyes(t *testing.T) {
	s := schema(t)
	for _, th := range themes() {
		for _, deutan := range []bool{true, false} {
			for i := range s.Positions {
				for k := range i {
					a, b := lab(blind(th.Position(&s.Positions[i]), deutan)), lab(blind(th.Position(&s.Positions[k]), deutan))
					d := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
					// Neighbouring degrees of one side may be near, opposite sides never.
					least := 6.0
					if s.Positions[i].Value*s.Positions[k].Value < 0 {
						least = 20
					}
					if th.Contrast >= 7 {
						least = 1.5
					}
					if d < least {
						t.Errorf("%s, deutan %v: %s and %s differ by %.1f, want %.0f", th.Name, deutan, s.Positions[i].Word, s.Positions[k].Word, d, least)
					}
				}
			}
		}
	}
}

func TestUnknownColoursFallBack(t *testing.T) {
	th := Light()
	if th.Kind(nil) != th.Node || th.Position(nil) != th.Edge || th.Kind(&graphstore.KindInfo{Light: "red"}) != th.Node {
		t.Error("a colour that cannot be read is not replaced")
	}
}

func TestPaleLinesAreWider(t *testing.T) {
	for _, c := range []struct {
		contrast float64
		wider    bool
	}{{1.9, true}, {2.4, true}, {3, false}, {8, false}} {
		if got := heftOf(c.contrast); (got > 0.4) != c.wider || got < 0 {
			t.Errorf("a line of contrast %v is wider by %v", c.contrast, got)
		}
	}
}
