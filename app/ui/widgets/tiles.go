package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tile is one choice of Tiles: a picture with a title below.
type Tile struct {
	ID, Title string
	Image     image.Image // nil: none yet
}

// Tiles is a choice of one among pictures in rows. It is one stop of the Tab key: arrows choose, Enter goes
// to OnKey as from any input; a double click calls OnTake.
type Tiles struct {
	widget.BaseWidget

	OnChange func()
	OnTake   func()
	OnKey    func(*fyne.KeyEvent) bool

	tiles   []Tile
	at      int // the chosen one
	over    int // that under the pointer, or -1
	columns int
	picture fyne.Size
	focused bool
}

// Measures of a tile in units.
const (
	tilePad  float32 = 6
	tileGap  float32 = 8
	tileText float32 = 22
)

// NewTiles returns a choice with pictures of a size in units.
func NewTiles(columns int, picture fyne.Size, tiles ...Tile) *Tiles {
	t := &Tiles{tiles: tiles, over: -1, columns: columns, picture: picture}
	t.ExtendBaseWidget(t)
	return t
}

// Set chooses a tile.
func (t *Tiles) Set(id string) {
	for k := range t.tiles {
		if t.tiles[k].ID == id {
			t.at = k
		}
	}
	t.Refresh()
}

// Chosen returns the id of the chosen tile.
func (t *Tiles) Chosen() string { return t.tiles[t.at].ID }

// Picture gives a tile its picture; nil takes it away.
func (t *Tiles) Picture(id string, img image.Image) {
	for k := range t.tiles {
		if t.tiles[k].ID == id {
			t.tiles[k].Image = img
		}
	}
	t.Refresh()
}

func (t *Tiles) choose(k int) {
	if k < 0 || k >= len(t.tiles) || k == t.at {
		return
	}
	t.at = k
	t.Refresh()
	if t.OnChange != nil {
		t.OnChange()
	}
}

func (t *Tiles) cell() fyne.Size {
	return fyne.NewSize(t.picture.Width+2*tilePad, t.picture.Height+tilePad+tileText)
}

func (t *Tiles) place(k int) fyne.Position {
	c := t.cell()
	return fyne.NewPos(float32(k%t.columns)*(c.Width+tileGap), float32(k/t.columns)*(c.Height+tileGap))
}

func (t *Tiles) find(p fyne.Position) int {
	c := t.cell()
	for k := range t.tiles {
		if at := t.place(k); p.X >= at.X && p.Y >= at.Y && p.X <= at.X+c.Width && p.Y <= at.Y+c.Height {
			return k
		}
	}
	return -1
}

// MouseDown chooses at once, so that a double click is no slower than a click.
func (t *Tiles) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	if cv := fyne.CurrentApp().Driver().CanvasForObject(t); cv != nil {
		cv.Focus(t)
	}
	t.choose(t.find(e.Position))
}

// MouseUp does nothing.
func (t *Tiles) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped takes the tile under the pointer.
func (t *Tiles) DoubleTapped(e *fyne.PointEvent) {
	if t.find(e.Position) == t.at && t.OnTake != nil {
		t.OnTake()
	}
}

// MouseIn starts following the pointer.
func (t *Tiles) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved lights the tile under the pointer.
func (t *Tiles) MouseMoved(e *desktop.MouseEvent) {
	if k := t.find(e.Position); k != t.over {
		t.over = k
		t.Refresh()
	}
}

// MouseOut puts the light out.
func (t *Tiles) MouseOut() { t.over = -1; t.Refresh() }

// Cursor shows a hand over a tile.
func (t *Tiles) Cursor() desktop.Cursor {
	if t.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained marks the group.
func (t *Tiles) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost unmarks it.
func (t *Tiles) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune does nothing.
func (t *Tiles) TypedRune(rune) {}

// TypedKey walks.
func (t *Tiles) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyRight:
		t.choose(t.at + 1)
	case fyne.KeyLeft:
		t.choose(t.at - 1)
	case fyne.KeyDown:
		t.choose(t.at + t.columns)
	case fyne.KeyUp:
		t.choose(t.at - t.columns)
	case fyne.KeyHome:
		t.choose(0)
	case fyne.KeyEnd:
		t.choose(len(t.tiles) - 1)
	default:
		if t.OnKey != nil {
			t.OnKey(e)
		}
	}
}

// Parts reports every tile, and a picture for each that is ready.
func (t *Tiles) Parts() []Part {
	var out []Part
	for k, x := range t.tiles {
		role := "unchecked"
		if k == t.at {
			role = "checked"
		}
		at := t.place(k)
		out = append(out, Part{Role: role, Text: x.Title, At: at, Size: t.cell(), Focused: t.focused && k == t.at})
		if x.Image != nil {
			out = append(out, Part{Role: "picture", Text: x.Title, At: at.AddXY(tilePad, tilePad), Size: t.picture})
		}
	}
	return out
}

// CreateRenderer draws the tiles.
func (t *Tiles) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &tilesRenderer{t: t}
	for range t.tiles {
		p := canvas.NewRectangle(Themed(ColorRow))
		p.CornerRadius = 6
		title := canvas.NewText("", Themed(theme.ColorNameForeground))
		title.Alignment = fyne.TextAlignCenter
		img := canvas.NewImageFromImage(nil)
		img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		r.plates, r.titles, r.images = append(r.plates, p), append(r.titles, title), append(r.images, img)
		r.objects = append(r.objects, p, img, title)
	}
	r.Refresh()
	return r
}

type tilesRenderer struct {
	t       *Tiles
	plates  []*canvas.Rectangle
	images  []*canvas.Image
	titles  []*canvas.Text
	objects []fyne.CanvasObject
}

// Destroy has nothing to free.
func (r *tilesRenderer) Destroy() {}

// Objects returns what is drawn.
func (r *tilesRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize holds all rows.
func (r *tilesRenderer) MinSize() fyne.Size {
	c := r.t.cell()
	rows := float32((len(r.t.tiles) + r.t.columns - 1) / r.t.columns)
	n := float32(r.t.columns)
	return fyne.NewSize(n*c.Width+(n-1)*tileGap, rows*c.Height+(rows-1)*tileGap)
}

// Layout puts every tile in its place.
func (r *tilesRenderer) Layout(fyne.Size) {
	c := r.t.cell()
	for k := range r.t.tiles {
		at := r.t.place(k)
		r.plates[k].Move(at)
		r.plates[k].Resize(c)
		r.images[k].Move(at.AddXY(tilePad, tilePad))
		r.images[k].Resize(r.t.picture)
		m := r.titles[k].MinSize()
		r.titles[k].Move(at.AddXY(0, tilePad+r.t.picture.Height+(tileText-m.Height)/2))
		r.titles[k].Resize(fyne.NewSize(c.Width, m.Height))
	}
}

// Refresh takes over pictures, choice and theme.
func (r *tilesRenderer) Refresh() {
	size := theme.Size(theme.SizeNameCaptionText)
	for k, x := range r.t.tiles {
		p := r.plates[k]
		p.FillColor, p.StrokeColor, p.StrokeWidth = Themed(theme.ColorNameInputBackground), Themed(ColorOutline), 1
		if k == r.t.over {
			p.FillColor = Themed(ColorRow)
		}
		if k == r.t.at {
			p.FillColor, p.StrokeColor = Themed(ColorChosen), Themed(theme.ColorNamePrimary)
			if r.t.focused {
				p.StrokeWidth = 2
			}
		}
		r.titles[k].Color, r.titles[k].TextSize = Themed(theme.ColorNameForeground), size
		r.titles[k].TextStyle.Bold = k == r.t.at
		r.titles[k].Text = Elide(x.Title, size, r.titles[k].TextStyle, r.t.picture.Width)
		if r.images[k].Image != x.Image {
			r.images[k].Image = x.Image
			r.images[k].Refresh()
		}
	}
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}
