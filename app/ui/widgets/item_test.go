package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// TestRowOfFullWidthShowsItsTitleWhole lays rows out at the width they ask for, and at one unit of text less.
func TestRowOfFullWidthShowsItsTitleWhole(t *testing.T) {
	test.NewTempApp(t)
	const title = "superseded, expired or retracted"
	for name, row := range map[string]*Item{
		"bare":                 {Title: title},
		"with a mark":          {Title: title, Mark: theme.InfoIcon(), Indent: 12},
		"with a box and trail": {Title: title, Check: Checked, Trail: "12,345"},
		"bold and tight":       {Title: title, Bold: true, Tight: true},
	} {
		row.ExtendBaseWidget(row)
		shown := func(width float32) string {
			row.Resize(fyne.NewSize(width, 40))
			r := row.CreateRenderer().(*itemRenderer)
			r.Layout(row.Size())
			return r.title.Text
		}
		if got := shown(row.FullWidth()); got != title {
			t.Errorf("%s: at its full width it shows %q", name, got)
		}
		if got := shown(row.FullWidth() - 10); got == title {
			t.Errorf("%s: narrower it still shows all", name)
		}
	}
}
