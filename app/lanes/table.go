package lanes

import (
	"image"
	"math"
	"slices"
	"strconv"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// Measures of a table, in units.
const (
	cellHeight = 24
	headSlope  = 0.62 // radians: how steep the headings of columns stand
	headMost   = 150  // their longest text
)

// Table draws the cross-table of positions and grounds: a row a position from the worst to the best, a column
// a ground, in each cell how many claims; the fuller, the stronger its colour. Cells are numbered as given.
func Table(cells []*dispute.Cell, o Options) *Chart {
	d := &drawing{Options: o, c: &Chart{}, fr: &scene.Frame{Scale: o.Scale, Background: o.Theme.Background}}
	y := float32(edge)
	if o.Title != "" {
		y = d.heading(y)
	}
	var rows []graphstore.Position
	for _, c := range cells {
		if !slices.Contains(rows, c.Position) {
			rows = append(rows, c.Position)
		}
	}
	var columns []graphstore.Basis
	for _, b := range o.Graph.Schema().Bases {
		if slices.ContainsFunc(cells, func(c *dispute.Cell) bool { return string(c.Basis) == b.ID }) {
			columns = append(columns, graphstore.Basis(b.ID))
		}
	}
	for _, c := range cells { // grounds the schema does not have
		if !slices.Contains(columns, c.Basis) {
			columns = append(columns, c.Basis)
		}
	}
	lang := o.Words.Lang()
	longest, names := float32(0), float32(60)
	heads := make([]string, len(columns))
	for i, b := range columns {
		heads[i] = string(b)
		if info := o.Graph.Schema().Basis(b); info != nil {
			heads[i] = info.Label.In(lang)
		}
		heads[i] = o.Faces.Elide(heads[i], smallSize, false, headMost)
		longest = max(longest, o.Faces.Width(heads[i], smallSize, false))
	}
	labels := make([]string, len(rows))
	for i, p := range rows {
		labels[i] = strconv.Itoa(int(p))
		if info := o.Graph.Schema().Position(p); info != nil {
			labels[i] = info.Label.In(lang)
		}
		names = max(names, o.Faces.Width(labels[i], textSize, true))
	}
	left := edge + names + 22
	rise := longest*float32(math.Sin(headSlope)) + 12
	slant := longest * float32(math.Cos(headSlope))
	wide := min(max((o.Width-edge-slant*0.7-left)/float32(max(len(columns), 1)), 26), 84)
	for i, head := range heads {
		x := left + (float32(i)+0.5)*wide
		d.fr.Texts = append(d.fr.Texts, scene.Text{At: geom.Point{X: x * o.Scale, Y: (y + rise - 6) * o.Scale}, String: head, Size: smallSize * o.Scale, Color: o.Theme.Muted, Anchor: scene.Start, Angle: -headSlope})
	}
	top := y + rise
	for i, label := range labels {
		info := o.Graph.Schema().Position(rows[i])
		at := top + float32(i)*cellHeight
		d.area(edge, at+6, edge+12, at+18, 2.5, o.Theme.Position(info))
		d.text(edge+17, at+16, label, textSize, o.Theme.Ink, true, scene.Start)
	}
	most := 1
	for _, c := range cells {
		most = max(most, c.Count)
	}
	for i, c := range cells {
		r, col := slices.Index(rows, c.Position), slices.Index(columns, c.Basis)
		d.cell(i, c, left+float32(col)*wide, top+float32(r)*cellHeight, wide, float32(c.Count)/float32(most))
	}
	d.c.Height = top + float32(len(rows))*cellHeight + edge
	d.fr.Size = image.Pt(int(math.Ceil(float64(o.Width*o.Scale))), int(math.Ceil(float64(d.c.Height*o.Scale))))
	d.c.Frame = d.fr
	return d.c
}

// cell draws one cell; an empty one is worth a ring: nobody gives that ground.
func (d *drawing) cell(i int, c *dispute.Cell, x, y, wide, strength float32) {
	fill := d.Theme.Position(d.Graph.Schema().Position(c.Position))
	ink := d.inkOn(fill)
	full := fill
	const least = 0.35
	fill.A = uint8(255 * (least + (1-least)*strength))
	if fill.A < 200 {
		ink = d.Theme.Ink
	}
	a := d.area(x+1, y+1, x+wide-1, y+cellHeight-1, 3, fill)
	if c.Count == 0 {
		a.Fill.A, a.Border, a.Width = 0, full, 1.5*d.Scale
		ink = d.Theme.Ink
	}
	if i == d.Chosen {
		a.Border, a.Width = d.Theme.Selection, 2.5*d.Scale
	}
	d.text(x+wide/2, y+16, strconv.Itoa(c.Count), textSize, ink, true, scene.Middle)
	d.c.boxes = append(d.c.boxes, box{geom.Rect{Min: geom.Point{X: x, Y: y}, Max: geom.Point{X: x + wide, Y: y + cellHeight}}, i})
}
