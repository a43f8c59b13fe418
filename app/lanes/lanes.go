package lanes

import (
	"image"
	"image/color"
	"math"
	"slices"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
	"caveat/graphstore/dossier"
)

// Words writes the few words of the picture; words.Table is one. Keys start with "lanes.".
type Words interface {
	Say(key string, pairs ...string) string
	Count(key string, n int, pairs ...string) string
	Date(graphstore.Date) string
	Lang() string
}

// Options say how to draw.
type Options struct {
	Graph *graphstore.Graph
	Words Words
	Theme *scene.Theme
	Faces *typeset.Faces
	Width float32   // units
	Scale float32   // device pixels a unit
	Today time.Time // where positions that still hold end
	Most  int       // lanes drawn before the rest is counted; 0: all
	// Chosen is the step with a ring around it, or -1.
	Chosen int
	// Title and Note stand above the lanes, with a legend below them; without a title there is neither.
	Title, Note string
}

// Chart is the picture with where its steps are.
type Chart struct {
	Frame  *scene.Frame
	Height float32 // units
	boxes  []box
}

type box struct {
	geom.Rect // units
	step      int
}

// At returns the step under a point in units.
func (c *Chart) At(p geom.Point) (step int, ok bool) {
	for i := len(c.boxes) - 1; i >= 0; i-- { // rulings lie on top
		if b := c.boxes[i]; p.X >= b.Min.X && p.X <= b.Max.X && p.Y >= b.Min.Y && p.Y <= b.Max.Y {
			return b.step, true
		}
	}
	return 0, false
}

// Box returns where a step is drawn, in units.
func (c *Chart) Box(step int) (geom.Rect, bool) {
	i := slices.IndexFunc(c.boxes, func(b box) bool { return b.step == step })
	if i < 0 {
		return geom.Rect{}, false
	}
	return c.boxes[i].Rect, true
}

// Measures in units.
const (
	edge      = 10
	rowHeight = 17
	rowGap    = 2
	laneAir   = 6
	axisHigh  = 20
	textSize  = 11.5
	smallSize = 11
	leastBar  = 5
	overlapOK = 0.75
	diamond   = 5.5
	wellSeen  = 60 // of a bar, for its label
)

// Frame returns the picture of a timeline alone.
func Frame(steps []*dispute.Step, o Options) *scene.Frame { return Draw(steps, o).Frame }

// Draw lays the steps of a timeline out, in the order dispute.Timeline gives them.
func Draw(steps []*dispute.Step, o Options) *Chart {
	d := &drawing{Options: o, c: &Chart{}, fr: &scene.Frame{Scale: o.Scale, Background: o.Theme.Background}}
	d.axis = newAxis(steps, o.Today)
	d.names = min(max(o.Width*0.24, 84), 190)
	d.axis.from, d.axis.to = edge+d.names+8, max(o.Width-edge, edge+d.names+60)
	y := float32(edge)
	if o.Title != "" {
		y = d.heading(y)
	}
	list := lanesOf(steps, d.axis)
	more := 0
	if o.Most > 0 && len(list) > o.Most {
		list, more = list[:o.Most], len(list)-o.Most
	}
	top := y
	y += axisHigh
	grid := len(d.fr.Areas)
	y = d.lanes(list, y)
	d.grid(grid, top, y)
	if more > 0 {
		d.text(edge, y+14, o.Words.Count("lanes.more", more), smallSize, o.Theme.Muted, false, scene.Start)
		y += 20
	}
	if o.Title != "" {
		y = d.legend(steps, y)
	}
	d.c.Height = y + edge
	d.fr.Size = image.Pt(int(math.Ceil(float64(o.Width*o.Scale))), int(math.Ceil(float64(d.c.Height*o.Scale))))
	d.c.Frame = d.fr
	return d.c
}

// drawing is a chart being made.
type drawing struct {
	Options
	axis  axis
	names float32
	c     *Chart
	fr    *scene.Frame
}

func (d *drawing) rect(x0, y0, x1, y1 float32) geom.Rect {
	k := d.Scale
	return geom.Rect{Min: geom.Point{X: x0 * k, Y: y0 * k}, Max: geom.Point{X: x1 * k, Y: y1 * k}}
}

func (d *drawing) area(x0, y0, x1, y1, radius float32, fill color.NRGBA) *scene.Area {
	d.fr.Areas = append(d.fr.Areas, scene.Area{Box: d.rect(x0, y0, x1, y1), Radius: radius * d.Scale, Fill: fill})
	return &d.fr.Areas[len(d.fr.Areas)-1]
}

func (d *drawing) text(x, y float32, s string, size float32, c color.NRGBA, bold bool, a scene.Anchor) {
	d.fr.Texts = append(d.fr.Texts, scene.Text{At: geom.Point{X: x * d.Scale, Y: y * d.Scale}, String: s, Size: size * d.Scale, Bold: bold, Color: c, Anchor: a})
}

func (d *drawing) heading(y float32) float32 {
	const title, note = 17, 12
	d.text(edge, y+title, d.Faces.Elide(d.Title, title, true, d.Width-2*edge), title, d.Theme.Ink, true, scene.Start)
	y += title + 10
	if d.Note != "" {
		d.text(edge, y+note, d.Faces.Elide(d.Note, note, false, d.Width-2*edge), note, d.Theme.Muted, false, scene.Start)
		y += note + 10
	}
	return y
}

// lanes draws lane below lane and returns where they end.
func (d *drawing) lanes(list []lane, y float32) float32 {
	country := "\x00"
	for _, l := range list {
		if l.country != country {
			d.area(edge, y, d.Width-edge, y+1, 0, d.Theme.Plate)
			country = l.country
		}
		high := float32(l.rows)*(rowHeight+rowGap) + 2*laneAir
		name := dossier.Name(d.Graph, l.speaker, d.Words.Lang())
		room := d.names
		if l.country != "" {
			d.text(edge, y+laneAir+12.5, l.country, smallSize, d.Theme.Muted, false, scene.Start)
			room -= 24
			d.text(edge+24, y+laneAir+12.5, d.Faces.Elide(name, textSize, true, room), textSize, d.Theme.Ink, true, scene.Start)
		} else {
			d.text(edge, y+laneAir+12.5, d.Faces.Elide(name, textSize, true, room), textSize, d.Theme.Ink, true, scene.Start)
		}
		for _, b := range l.bars {
			d.bar(b, l.rulings, y+laneAir+float32(b.row)*(rowHeight+rowGap))
		}
		for _, r := range l.rulings {
			d.ruling(r, l, y)
		}
		y += high
	}
	return y
}

// bar draws a position for as long as it held, paler where its ends are not known to the day.
func (d *drawing) bar(b bar, rulings []bar, y float32) {
	info := d.Graph.Schema().Position(b.step.Position)
	c := d.Theme.Position(info)
	pale := c
	pale.A = 120
	bottom := y + rowHeight
	d.area(b.from, y, b.to, bottom, 3, pale)
	if b.sure[1] > b.sure[0] {
		d.area(b.sure[0], y, b.sure[1], bottom, 3, c)
	}
	if b.index == d.Chosen {
		a := d.area(b.from-2, y-2, b.to+2, bottom+2, 4, color.NRGBA{})
		a.Border, a.Width = d.Theme.Selection, 2*d.Scale
	}
	d.c.boxes = append(d.c.boxes, box{geom.Rect{Min: geom.Point{X: b.from, Y: y}, Max: geom.Point{X: b.to, Y: bottom}}, b.index})
	const inset = 5
	start := b.from + inset
	if b.sure[1]-b.sure[0] > wellSeen { // where the colour is full the ink reads best
		start = b.sure[0] + inset
	}
	for _, r := range rulings { // the label stands behind the diamonds at its start
		const near = 40
		if on := r.step.Claims[len(r.step.Claims)-1]; on == b.step.Claims[0] && r.from > b.from-diamond && r.from < start+near {
			start = max(start, r.from+diamond+4)
		}
	}
	room := b.to - start - inset
	if info == nil || room < 24 {
		return
	}
	label := info.Label.In(d.Words.Lang())
	if b.step.About != "" {
		full := label + " · " + dossier.Name(d.Graph, b.step.About, d.Words.Lang())
		if d.Faces.Width(full, smallSize, false) <= room {
			label = full
		}
	}
	if label = d.Faces.Elide(label, smallSize, false, room); len([]rune(label)) > 2 {
		d.text(start, y+12.2, label, smallSize, d.inkOn(c), false, scene.Start)
	}
}

// inkOn returns black or white, whichever reads better on c (relative luminance of WCAG 2).
func (d *drawing) inkOn(c color.NRGBA) color.NRGBA {
	lin := func(v uint8) float64 { return math.Pow(float64(v)/255, 2.2) }
	if 0.2126*lin(c.R)+0.7152*lin(c.G)+0.0722*lin(c.B) > 0.18 {
		return color.NRGBA{0, 0, 0, 255}
	}
	return color.NRGBA{255, 255, 255, 255}
}

// The rulings with a mark of their own.
const (
	overturns = "overturns"
	leaves    = "leaves-standing"
)

// ruling draws a diamond on the bar it judges: filled where it upholds, hollow where it leaves standing, in
// the colour of alarm where it overturns.
func (d *drawing) ruling(r bar, l lane, y float32) {
	row := 0
	on := r.step.Claims[len(r.step.Claims)-1]
	for _, b := range l.bars {
		if b.step.Claims[0] == on {
			row = b.row
		}
	}
	at := geom.Point{X: r.from, Y: y + laneAir + float32(row)*(rowHeight+rowGap) + rowHeight/2}
	m := scene.Mark{At: at.Mul(d.Scale), Radius: diamond * d.Scale, Outline: scene.Diamond, Width: 1.5 * d.Scale}
	m.Fill, m.Border = d.rulingColors(r.step.Ruling)
	if r.index == d.Chosen {
		m.Ring = d.Theme.Selection
	}
	d.fr.Marks = append(d.fr.Marks, m)
	d.c.boxes = append(d.c.boxes, box{geom.Rect{Min: at.Sub(geom.Point{X: diamond + 2, Y: diamond + 3}), Max: at.Add(geom.Point{X: diamond + 2, Y: diamond + 3})}, r.index})
}

func (d *drawing) rulingColors(p graphstore.Predicate) (fill, border color.NRGBA) {
	switch p {
	case overturns:
		return d.Theme.Alert, d.Theme.Background
	case leaves:
		return d.Theme.Background, d.Theme.Ink
	}
	return d.Theme.Ink, d.Theme.Background
}

// grid puts the lines and dates of the axis behind the areas from at on.
func (d *drawing) grid(at int, top, bottom float32) {
	var lines []scene.Area
	for _, t := range d.axis.ticks(48, func(t time.Time) string {
		return d.Words.Date(graphstore.Date{Value: t.Format("2006-01"), Precision: graphstore.PrecisionMonth})
	}) {
		lines = append(lines, scene.Area{Box: d.rect(t.x, top+axisHigh-4, t.x+1, bottom), Fill: d.Theme.Plate})
		if t.x+d.Faces.Width(t.text, smallSize, false)/2 <= d.Width {
			d.text(t.x, top+11, t.text, smallSize, d.Theme.Muted, false, scene.Middle)
		}
	}
	d.fr.Areas = slices.Insert(d.fr.Areas, at, lines...)
}

// legend explains the colours and marks that occur and returns where it ends.
func (d *drawing) legend(steps []*dispute.Step, y float32) float32 {
	y += 12
	x := float32(edge)
	room := func(label string) {
		if w := d.Faces.Width(label, smallSize, false) + 34; x+w > d.Width-edge && x > edge {
			x, y = edge, y+18
		}
	}
	after := func(label string) {
		d.text(x+17, y+10, label, smallSize, d.Theme.Ink, false, scene.Start)
		x += d.Faces.Width(label, smallSize, false) + 34
	}
	schema, lang := d.Graph.Schema(), d.Words.Lang()
	for i := range schema.Positions {
		p := &schema.Positions[i]
		if !slices.ContainsFunc(steps, func(s *dispute.Step) bool { return s.Ruling == "" && s.Position == p.Value }) {
			continue
		}
		label := p.Label.In(lang)
		room(label)
		d.area(x, y, x+12, y+12, 2.5, d.Theme.Position(p))
		after(label)
	}
	var rulings []graphstore.Predicate
	for _, s := range steps {
		if s.Ruling != "" && !slices.Contains(rulings, s.Ruling) {
			rulings = append(rulings, s.Ruling)
		}
	}
	slices.Sort(rulings)
	for _, r := range rulings {
		label := string(r)
		if p := schema.Predicate(r); p != nil {
			label = p.Label.In(lang)
		}
		room(label)
		m := scene.Mark{At: geom.Point{X: (x + 6) * d.Scale, Y: (y + 6) * d.Scale}, Radius: diamond * d.Scale, Outline: scene.Diamond, Width: 1.5 * d.Scale}
		m.Fill, m.Border = d.rulingColors(r)
		d.fr.Marks = append(d.fr.Marks, m)
		after(label)
	}
	return y + 14
}
