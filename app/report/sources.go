package report

import (
	"cmp"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"caveat/app/scene"
	"caveat/graphstore"
)

// shown returns the claims that the scene draws, by id.
func (in *Input) shown() []*graphstore.Claim {
	if in.Graph == nil {
		return nil
	}
	var out []*graphstore.Claim
	for c := range in.Graph.Claims() {
		if _, ok := in.Scene.EdgeOf(c.ID); ok {
			out = append(out, c)
		}
	}
	return out
}

// cited returns the documents that the claims shown and those of the answers printed cite or are
// reported by, oldest first: their place in this list is their number.
func (in *Input) cited() []*graphstore.Document {
	var out []*graphstore.Document
	seen := map[graphstore.ID]bool{}
	if in.Graph == nil {
		return nil
	}
	take := func(id graphstore.ID) {
		if d := in.Graph.Document(id); d != nil && !seen[id] {
			seen[id] = true
			out = append(out, d)
		}
	}
	for _, c := range in.shown() {
		rest(c, take)
	}
	for _, a := range in.printed() {
		for _, id := range a.Claims {
			if c := in.Graph.Claim(id); c != nil {
				rest(c, take)
			}
		}
	}
	slices.SortFunc(out, func(a, b *graphstore.Document) int {
		return cmp.Or(a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Label(), b.Label()), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// rest calls take with every document that a claim rests on.
func rest(c *graphstore.Claim, take func(graphstore.ID)) {
	for _, e := range c.Evidence {
		take(e.Document)
	}
	take(c.ReportedBy)
}

// places returns the number of each source that the sheet lists.
func (in *Input) places() map[graphstore.ID]int {
	place := map[graphstore.ID]int{}
	for i, d := range in.cited() {
		if i < mostSources {
			place[d.ID] = i + 1
		}
	}
	return place
}

// manySources is from where on a list of sources is long; mostSources is how
// many are listed before the sheet refers to the data.
const (
	manySources = 24
	mostSources = 800
)

// Measures of the list of sources in units.
const (
	sourceColumn = 350 // about, of a column
	sourceNumber = 30  // of the numbers
	sourceApart  = 28  // between columns
	sourceBelow  = 8   // between sources
)

// sources lists the documents in columns of about equal height.
func (in *Input) sources(k, width float32) *part {
	p := in.part(k)
	docs := in.cited()
	if len(docs) == 0 {
		return p
	}
	more := max(len(docs)-mostSources, 0)
	docs = docs[:len(docs)-more]
	top := p.heading(in.Words.Say("report.sources"))
	if len(docs) > manySources { // a long list stays small on a wide sheet
		k = min(k, 1.1*in.Scale)
	}
	columns, column := columnsOf(sourceColumn*k, sourceApart*k, width, len(docs))
	items := make([]*part, len(docs))
	for i, d := range docs {
		items[i] = in.source(k, column, i+1, d)
	}
	p.height = p.columns(items, top, columns, column+sourceApart*k, sourceBelow*k)
	if more > 0 {
		said := in.Words.Say("report.more-sources", "n", strconv.Itoa(more))
		p.height = p.lines(0, p.height+sourceBelow*k, breakLines(in.Faces, said, textSize*k, width), textSize, false, in.Theme.Muted, "")
	}
	return p
}

// columnsOf returns how many columns of about a width stand side by side in the
// room for at most so many items, and how wide each is.
func columnsOf(about, apart, room float32, most int) (columns int, column float32) {
	columns = min(max(int((room+apart)/(about+apart)), 1), most)
	return columns, (room+apart)/float32(columns) - apart
}

// columns sets items below each other from top down in columns of about equal height, step from one
// column to the next, and returns the y below the lowest.
func (p *part) columns(items []*part, top float32, columns int, step, between float32) float32 {
	tallest := float32(0)
	for _, item := range items {
		tallest = max(tallest, item.height)
	}
	high := columnHeight(items, columns, between, tallest)
	x, y, end := float32(0), float32(0), top
	for _, item := range items {
		if y > 0 && y+item.height > high+.5 { // in numbers just as columnHeight does, or a column more might come of it
			x, y = x+step, 0
		}
		shift(item.Frame, at(x, top+y))
		add(p.Frame, item.Frame)
		end = max(end, top+y+item.height)
		y += item.height + between
	}
	return end
}

// columnHeight returns the least height in which the items fit in so many columns.
func columnHeight(items []*part, columns int, between, least float32) float32 {
	needed := func(high float32) int {
		n, y := 1, float32(0)
		for _, item := range items {
			if y > 0 && y+item.height > high+.5 {
				n, y = n+1, 0
			}
			y += item.height + between
		}
		return n
	}
	lo, hi := least, between
	for _, item := range items {
		hi += item.height + between
	}
	for range 24 {
		mid := (lo + hi) / 2
		if needed(mid) <= columns {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// source sets one document: number, title, publisher and day, address.
func (in *Input) source(k, width float32, number int, d *graphstore.Document) *part {
	p := in.part(k)
	f, t := in.Faces, in.Theme
	p.Texts = append(p.Texts, scene.Text{At: at((sourceNumber-9)*k, f.Ascent(textSize*k)), String: strconv.Itoa(number),
		Size: textSize * k, Bold: true, Anchor: scene.End, Color: t.Ink})
	x := sourceNumber * k
	room := width - x
	link := d.URL
	if link == "" {
		link = d.ArchiveURL
	}
	y := float32(0)
	if d.Title != "" {
		y = p.lines(x, y, breakLines(f, d.Title, textSize*k, room), textSize, false, t.Ink, link)
	}
	var facts []string
	if d.Publisher != "" {
		facts = append(facts, d.Publisher)
	}
	if !d.PublishedAt.Zero() {
		facts = append(facts, in.Words.Date(d.PublishedAt))
	}
	if len(facts) > 0 {
		y = p.lines(x, y, breakLines(f, strings.Join(facts, " · "), smallSize*k, room), smallSize, false, t.Muted, "")
	}
	for _, u := range []string{d.URL, d.ArchiveURL} {
		if u != "" {
			y = p.lines(x, y, breakLines(f, u, smallSize*k, room), smallSize, false, in.linkColor(), u)
		}
	}
	if y == 0 { // nothing is known but its id
		y = p.lines(x, y, breakLines(f, d.Label(), smallSize*k, room), smallSize, false, t.Muted, "")
	}
	p.height = max(y, f.LineHeight(textSize*k))
	return p
}

// linkColor is a blue that reads on the theme's ground.
func (in *Input) linkColor() color.NRGBA {
	switch {
	case in.Theme.Contrast >= 7:
		return in.Theme.Hover
	case in.Theme.Dark:
		return color.NRGBA{138, 180, 240, 255}
	}
	return color.NRGBA{26, 82, 150, 255}
}
