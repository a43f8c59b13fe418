package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestWrapEndsAndLosesNothing holds at widths where not even one letter fits.
func TestWrapEndsAndLosesNothing(t *testing.T) {
	test.NewTempApp(t)
	const text = "Ünder „quotes“ a Bundesamtsicherheitsinformationstechnik ends\nhere"
	for _, w := range []float32{-5, 0, 3, 12, 60, 1e4} {
		lines := Wrap(text, 13, fyne.TextStyle{}, w)
		got := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		if want := strings.NewReplacer(" ", "", "\n", "").Replace(text); got != want {
			t.Errorf("width %g: %q", w, got)
		}
	}
}

func TestElideFits(t *testing.T) {
	test.NewTempApp(t)
	for _, w := range []float32{20, 50, 200} {
		s := Elide("Bundesamt für Sicherheit", 13, fyne.TextStyle{}, w)
		if measure(s, 13, fyne.TextStyle{}) > w {
			t.Errorf("width %g: %q is too wide", w, s)
		}
	}
}
