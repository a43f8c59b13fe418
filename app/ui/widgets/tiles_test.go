package widgets

import (
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestTilesAreChosenByKeysAndPointer(t *testing.T) {
	test.NewTempApp(t)
	var list []Tile
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		list = append(list, Tile{ID: id, Title: "Title " + id})
	}
	tiles := NewTiles(3, fyne.NewSize(100, 60), list...)
	w := test.NewTempWindow(t, tiles)
	w.Resize(tiles.MinSize())
	w.Canvas().Focus(tiles)
	var seen []string
	tiles.OnChange = func() { seen = append(seen, tiles.Chosen()) }
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyUp, fyne.KeyLeft, fyne.KeyHome, fyne.KeyEnd} {
		tiles.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if want := []string{"b", "e", "b", "a", "e"}; !slices.Equal(seen, want) {
		t.Errorf("the keys chose %v, want %v", seen, want)
	}
	tiles.Set("c")
	p := tiles.Parts()
	if p[2].Role != "checked" || p[2].Text != "Title c" || !p[2].Focused {
		t.Errorf("the third tile is %+v", p[2])
	}
	at := p[3].At.AddXY(10, 10)
	tiles.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	if tiles.Chosen() != "d" {
		t.Errorf("a press chose %q", tiles.Chosen())
	}
	taken := ""
	tiles.OnTake = func() { taken = tiles.Chosen() }
	tiles.DoubleTapped(&fyne.PointEvent{Position: at})
	if taken != "d" {
		t.Errorf("a double click took %q", taken)
	}
}

func TestTilesReportTheirPictures(t *testing.T) {
	test.NewTempApp(t)
	tiles := NewTiles(2, fyne.NewSize(100, 60), Tile{ID: "a", Title: "A"}, Tile{ID: "b", Title: "B"})
	test.NewTempWindow(t, tiles)
	pictures := func() (out []string) {
		for _, p := range tiles.Parts() {
			if p.Role == "picture" {
				out = append(out, p.Text)
			}
		}
		return out
	}
	if len(pictures()) != 0 {
		t.Error("pictures before there are any")
	}
	tiles.Picture("b", image.NewRGBA(image.Rect(0, 0, 100, 60)))
	tiles.Picture("a", nil)
	if !slices.Equal(pictures(), []string{"B"}) {
		t.Errorf("pictures of %v", pictures())
	}
}
