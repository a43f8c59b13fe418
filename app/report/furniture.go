package report

import (
	"image/color"
	"strconv"

	"caveat/app/geom"
	"caveat/app/scene"
)

// Sizes of letters in units.
const (
	titleSize   = 26
	headingSize = 14
	textSize    = 12.5
	smallSize   = 11
)

// line sets one line of text with its baseline at y and returns nothing: the
// caller knows the line height. x and y are device pixels.
func (p *part) line(x, y float32, s string, size float32, bold bool, k color.NRGBA, link string) {
	p.Texts = append(p.Texts, scene.Text{At: geom.Point{X: x, Y: y}, String: s, Size: size * p.k, Bold: bold, Anchor: scene.Start, Color: k, Link: link})
}

// lines sets several lines from the top y down and returns the y below them.
func (p *part) lines(x, y float32, ls []string, size float32, bold bool, k color.NRGBA, link string) float32 {
	f := p.in.Faces
	height := f.LineHeight(size * p.k)
	ascent := f.Ascent(size * p.k)
	for _, s := range ls {
		p.line(x, y+ascent, s, size, bold, k, link)
		y += height
	}
	return y
}

// rule draws a thin line across the part at y.
func (p *part) rule(y, width float32) {
	thick := max(p.k, 1)
	p.Areas = append(p.Areas, scene.Area{Box: geom.Rect{Min: geom.Point{Y: y}, Max: geom.Point{X: width, Y: y + thick}}, Fill: p.faint()})
}

// faint is the colour of rules: between ground and muted ink.
func (p *part) faint() color.NRGBA {
	c := p.in.Theme.Muted
	c.A = 90
	return c
}

// wrap breaks s to lines of at most width, cutting words that are wider.
func (p *part) wrap(s string, size float32, bold bool, width float32, most int) []string {
	return p.in.Faces.Wrap(s, size*p.k, bold, width, most)
}

// header is title, view, day, time cursors and counts.
func (in *Input) header(k, width float32) *part {
	p := in.part(k)
	y := p.lines(0, 0, p.wrap(in.Title, titleSize, true, width, 3), titleSize, true, in.Theme.Ink, "")
	var about []string
	if v := in.View; v != nil {
		if v.Title != "" && v.Title != in.Title {
			y = p.lines(0, y+2*k, p.wrap(v.Title, headingSize, false, width, 2), headingSize, false, in.Theme.Ink, "")
		}
		if !v.TrueAt.Zero() {
			about = append(about, in.Words.Say("report.true-at", "date", in.Words.Date(v.TrueAt)))
		}
		if !v.KnownBy.Zero() {
			about = append(about, in.Words.Say("report.known-by", "date", in.Words.Date(v.KnownBy)))
		}
	}
	about = append(about, in.Words.Say("report.exported", "date", in.Words.Date(in.day())))
	if in.Graph != nil {
		about = append(about, in.Words.Say("report.counts", "entities", strconv.Itoa(in.Scene.Len()),
			"claims", strconv.Itoa(len(in.shown())), "sources", strconv.Itoa(len(in.cited()))))
	}
	y = p.flow(about, y+5*k, width)
	p.rule(y+10*k, width)
	p.height = y + 11*k
	return p
}

// flow sets short texts after each other, wrapping between them.
func (p *part) flow(texts []string, y, width float32) float32 {
	f := p.in.Faces
	size := float32(textSize) * p.k
	x, between := float32(0), 22*p.k
	for _, s := range texts {
		s = f.Elide(s, size, false, width)
		w := f.Width(s, size, false)
		if x > 0 && x+w > width {
			x, y = 0, y+f.LineHeight(size)
		}
		p.line(x, y+f.Ascent(size), s, textSize, false, p.in.Theme.Muted, "")
		x += w + between
	}
	return y + f.LineHeight(size)
}

// legend explains the signs that occur: nodes first, then lines.
func (in *Input) legend(k, width float32) *part {
	p := in.part(k)
	var nodes, lines []scene.LegendEntry
	for _, e := range in.Scene.Legend(in.Theme, in.Words.Lang()) {
		if e.Mark != nil {
			nodes = append(nodes, e)
		} else {
			lines = append(lines, e)
		}
	}
	if len(nodes)+len(lines) == 0 {
		return p
	}
	y := p.heading(in.Words.Say("report.legend"))
	y = p.grid(nodes, y, width)
	if len(nodes) > 0 && len(lines) > 0 {
		y += 4 * k
	}
	p.height = p.grid(lines, y, width)
	return p
}

func (p *part) heading(s string) float32 {
	return p.lines(0, 0, []string{s}, headingSize, true, p.in.Theme.Ink, "") + 6*p.k
}

// grid sets legend entries in columns of equal width, read downward.
func (p *part) grid(entries []scene.LegendEntry, y, width float32) float32 {
	if len(entries) == 0 {
		return y
	}
	f, k := p.in.Faces, p.k
	const sign, apart = 44, 26 // of the sign, between columns
	size := float32(textSize) * k
	column := float32(0)
	for i := range entries {
		column = max(column, f.Width(entries[i].Label, size, false))
	}
	column = min(column+(sign+apart)*k, width)
	columns := max(int((width+apart*k)/column), 1)
	rows := (len(entries) + columns - 1) / columns
	height := 23 * k
	for i := range entries {
		x := float32(i/rows) * column
		mid := y + float32(i%rows)*height + height/2
		entries[i].Draw(p.Frame, geom.Point{X: x + 17*k, Y: mid})
		label := f.Elide(entries[i].Label, size, false, width-sign*k)
		p.line(x+sign*k, mid+.36*size, label, textSize, false, p.in.Theme.Ink, "")
	}
	return y + float32(rows)*height
}

// footer is the checksum of the data and who made the sheet.
func (in *Input) footer(k, width float32, data []byte) *part {
	p := in.part(k)
	p.rule(0, width)
	var texts []string
	if data != nil {
		texts = append(texts, breakLines(in.Faces, in.Words.Say("report.checksum", "hash", sum(data)), smallSize*k, width)...)
	}
	texts = append(texts, "Caveat")
	y := 8 * k
	if f := in.Faces; len(texts) == 2 && f.Width(texts[0], smallSize*k, false)+f.Width(texts[1], smallSize*k, true)+30*k < width {
		p.height = p.lines(0, y, texts[:1], smallSize, false, in.Theme.Muted, "")
		p.lines(width-f.Width(texts[1], smallSize*k, true), y, texts[1:], smallSize, true, in.Theme.Muted, "")
		return p
	}
	p.height = p.lines(0, y, texts, smallSize, false, in.Theme.Muted, "")
	return p
}
