package ui

import (
	"image"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
)

// layoutsPage is the choice of a layout: each with a picture of what it makes of this drawing, or of
// what is selected.
type layoutsPage struct {
	w     *Window
	sheet *widgets.Sheet
	tiles *widgets.Tiles
	about *widgets.Prose
	part  *widgets.Prose
	shape choice
	only  *widgets.Item // nil: fewer than two are selected
	made  map[string]bool
}

// Size of the pictures in units.
var previewSize = fyne.NewSize(200, 116)

// showLayouts opens the page.
func (w *Window) showLayouts() {
	s := w.sheets.New(strings.TrimSuffix(w.say("action.layouts"), "…"))
	s.Width = 692
	p := &layoutsPage{w: w, sheet: s, made: map[string]bool{}}
	var tiles []widgets.Tile
	for _, l := range w.editor.Layouts() {
		tiles = append(tiles, widgets.Tile{ID: l, Title: w.say("layout." + l)})
	}
	p.tiles = widgets.NewTiles(3, previewSize, tiles...)
	p.tiles.OnKey = s.Key
	now := w.editor.View().Layout
	if now == "" {
		now = "force"
	}
	p.tiles.Set(now)
	s.Add(p.tiles)
	p.about = widgets.NewProse("", widgets.ColorDim)
	p.part = widgets.NewProse("", widgets.ColorDim)
	s.Add(p.about, p.part)
	p.addShape()
	if w.editor.Selected().Len() > 1 && w.ready("tidy") == nil {
		p.addOnly()
	}
	p.tiles.OnChange = p.follow
	p.tiles.OnTake = p.arrange
	s.Button(w.say("button.cancel"), false, s.Cancel)
	s.Button(w.say("button.arrange"), true, p.arrange)
	s.OnGone = w.editor.StopPreviews
	p.about.Say(w.say("layout." + now + ".about"))
	w.sheets.Show(s, p.tiles) // with the knob: the page keeps its size
	p.follow()
	p.draw()
}

// addShape adds the knob of the force engine, from local clusters to global shape.
func (p *layoutsPage) addShape() {
	w := p.w
	p.shape = setting(p.sheet, w.say("layouts.shape"), widgets.NewChips(true,
		widgets.Chip{ID: "0", Text: w.say("layouts.local")}, widgets.Chip{ID: "0.25", Text: "¼"}, widgets.Chip{ID: "0.5", Text: "½"}, widgets.Chip{ID: "0.75", Text: "¾"}, widgets.Chip{ID: "1", Text: w.say("layouts.global")}))
	p.shape.Set(strconv.FormatFloat(float64(w.editor.Shape()), 'g', -1, 32))
	p.shape.OnChange = func() {
		p.made["force"] = false
		p.draw()
	}
}

// addOnly adds the box that arranges the selection alone.
func (p *layoutsPage) addOnly() {
	b := widgets.NewItem(p.w.say("layouts.only"))
	b.Check = widgets.Unchecked
	b.Lines = []widgets.Line{{Text: p.w.say("layouts.only-about")}}
	b.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && p.sheet.Key(k) }
	b.OnTap = func() {
		b.Check = widgets.Checked + widgets.Unchecked - b.Check
		b.Refresh()
		p.made = map[string]bool{}
		p.draw()
	}
	p.only = b
	p.sheet.Add(b)
}

func (p *layoutsPage) knob() float32 {
	v, err := strconv.ParseFloat(p.shape.First(), 32)
	if err != nil {
		return p.w.editor.Shape()
	}
	return float32(v)
}

func (p *layoutsPage) alone() bool { return p.only != nil && p.only.Check == widgets.Checked }

// follow says what the chosen layout is good for, with the knob where it has one.
func (p *layoutsPage) follow() {
	l := p.tiles.Chosen()
	p.about.Say(p.w.say("layout." + l + ".about"))
	p.shape.show(l == "force")
}

// draw has the pictures made that are not there yet.
func (p *layoutsPage) draw() {
	scale := p.w.win.Canvas().Scale()
	size := image.Pt(int(previewSize.Width*scale+0.5), int(previewSize.Height*scale+0.5))
	var names []string
	for _, l := range p.w.editor.Layouts() {
		if !p.made[l] {
			names = append(names, l)
		}
	}
	p.w.editor.PreviewLayouts(names, p.knob(), p.alone(), size, scale, func(made editor.Preview) {
		p.made[made.Layout] = true
		if made.Image == nil {
			p.tiles.Picture(made.Layout, nil)
		} else {
			p.tiles.Picture(made.Layout, made.Image)
		}
		if made.Part && p.part.Text == "" {
			p.part.Say(p.w.say("layouts.part"))
			p.sheet.Fit()
		}
	})
}

func (p *layoutsPage) arrange() {
	l, k, alone := p.tiles.Chosen(), p.knob(), p.alone()
	p.sheet.Close()
	if alone {
		p.w.editor.TidyBy(l, k)
		return
	}
	p.w.editor.Arrange(l, k)
}
