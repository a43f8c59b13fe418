package scene

import (
	"image/color"
	"time"

	"caveat/app/geom"
	"caveat/app/typeset"
	"caveat/graphstore"
)

// Guides say what the places of a drawing mean: lanes with titles, an axis of time. They are drawn
// behind everything and must not change once a Look has them.
type Guides struct {
	Left, Right float32 // reach of lanes, in drawing units
	Lanes       []Lane  // from the top
	Axis        *Axis   // nil: x means nothing
}

// Lane is a band across the drawing.
type Lane struct {
	Title       string
	Top, Bottom float32 // drawing units
}

// Axis gives every x of the drawing a day.
type Axis struct {
	Zero, Day   float32 // x of 1 January 1970, drawing units a day (over 0)
	First, Last float32 // x between which there are dates
	Top, Bottom float32 // drawing units
	// Text writes a year or a month in the user's words; any goroutine calls it.
	Text func(graphstore.Date) string
}

// Titled returns guides with room for the titles of their lanes left of a drawing with these bounds, and for the names of its
// outermost nodes, where all of it is shown in a canvas of so many units; a canvas of none is as large as the drawing. Nil of nil.
func (g *Guides) Titled(faces *typeset.Faces, bounds geom.Rect, canvas geom.Point) *Guides {
	if g == nil || faces == nil {
		return g
	}
	const air, most, name = 30, 1.0 / 3, 64 // units; of the width of the canvas; units of half a name
	if canvas == (geom.Point{}) {
		canvas = geom.Point{X: bounds.Width(), Y: bounds.Height()}
	}
	unit := max(bounds.Width()/max(canvas.X, 1), bounds.Height()/max(canvas.Y, 1))
	widest := float32(0)
	for _, l := range g.Lanes {
		widest = max(widest, faces.Width(l.Title, labelSize, true))
	}
	out := *g
	out.Left = min(out.Left, bounds.Min.X-min(widest+air, most*canvas.X)*unit)
	out.Right = max(out.Right, bounds.Max.X+min(name, most*canvas.X)*unit)
	return &out
}

// Room returns the bounds of a drawing with what its guides need around it; nil needs nothing.
func (g *Guides) Room(bounds geom.Rect) geom.Rect {
	if g == nil {
		return bounds
	}
	bounds.Min.X, bounds.Max.X = g.Left, g.Right
	bounds.Min.Y, bounds.Max.Y = min(bounds.Min.Y, g.Lanes[0].Top), max(bounds.Max.Y, g.Lanes[len(g.Lanes)-1].Bottom)
	if g.Axis != nil {
		bounds.Min.Y = min(bounds.Min.Y, g.Axis.Top)
	}
	return bounds
}

// x returns where a day is.
func (a *Axis) x(t time.Time) float32 { return a.Zero + a.Day*float32(t.Unix())/86400 }

// tickSteps are the distances of ticks in months.
var tickSteps = [...]int{1, 3, 6, 12, 24, 60, 120, 300, 600, 1200}

// tickRoom is the least distance of ticks in ems of their text.
const tickRoom = 7

// Tick is a mark on an axis.
type Tick struct {
	X    float32 // drawing units
	Text string
	Year bool // of a year, not of a month in it
}

// Ticks returns the marks at which a text of one em, in drawing units, is read well.
func (a *Axis) Ticks(em float32) []Tick {
	if !(a.Day > 0) || !(em > 0) {
		return nil
	}
	const month = 30.44 // days
	step := tickSteps[len(tickSteps)-1]
	for _, s := range tickSteps {
		if float32(s)*month*a.Day >= tickRoom*em {
			step = s
			break
		}
	}
	day := func(x float32) time.Time { return time.Unix(int64(float64(x-a.Zero)/float64(a.Day)*86400), 0).UTC() }
	from := day(a.First - em)
	at := time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	if years := step / 12; years > 1 {
		at = at.AddDate(-(at.Year() % years), 0, 0)
	}
	var out []Tick
	const most = 400
	for ; a.x(at) <= a.Last+em && len(out) < most; at = at.AddDate(0, step, 0) {
		if a.x(at) < a.First-em {
			continue
		}
		t := Tick{X: a.x(at), Year: at.Month() == time.January}
		d := graphstore.Date{Value: at.Format("2006"), Precision: graphstore.PrecisionYear}
		if !t.Year {
			d = graphstore.Date{Value: at.Format("2006-01"), Precision: graphstore.PrecisionMonth}
		}
		t.Text = a.Text(d)
		out = append(out, t)
	}
	return out
}

// How strong guides are against the ground.
const (
	laneFill = 0.045
	tickLine = 0.14
)

// guides draws lanes and axis.
func (k *sketch) guides() {
	g := k.look.Guides
	if g == nil {
		return
	}
	tone := func(ink float32) color.NRGBA { return mix(k.theme.Background, k.theme.Ink, ink) }
	for i, l := range g.Lanes {
		if i%2 == 0 {
			box := geom.Rect{Min: k.at(geom.Point{X: g.Left, Y: l.Top}), Max: k.at(geom.Point{X: g.Right, Y: l.Bottom})}
			if box.Intersects(k.frameBox()) {
				k.f.Areas = append(k.f.Areas, Area{Box: box, Radius: 4 * k.look.Scale, Fill: tone(laneFill)})
			}
		}
	}
	if g.Axis == nil {
		return
	}
	for _, t := range g.Axis.Ticks(k.tickSize() / k.k) {
		top, bottom := k.at(geom.Point{X: t.X, Y: g.Axis.Top}), k.at(geom.Point{X: t.X, Y: g.Axis.Bottom})
		box := geom.Rect{Min: top, Max: geom.Point{X: top.X + k.look.Scale, Y: bottom.Y}}
		if box.Intersects(k.frameBox()) {
			k.f.Areas = append(k.f.Areas, Area{Box: box, Fill: tone(tickLine)})
		}
	}
}

func (k *sketch) frameBox() geom.Rect {
	return geom.Rect{Max: geom.Point{X: float32(k.f.Size.X), Y: float32(k.f.Size.Y)}}
}

func (k *sketch) tickSize() float32 { return verbSize * k.look.Scale }

// guideTexts writes the titles of the lanes and the dates of the axis, held within the canvas while
// what they name is in it.
func (k *sketch) guideTexts() {
	g := k.look.Guides
	if g == nil {
		return
	}
	air := 8 * k.look.Scale
	if a := g.Axis; a != nil {
		size := k.tickSize()
		top := k.at(geom.Point{Y: a.Top})
		y := min(max(top.Y-air, k.canvas.Min.Y+1.4*size), k.at(geom.Point{Y: a.Bottom}).Y)
		for _, tick := range a.Ticks(size / k.k) {
			t := Text{At: geom.Point{X: k.at(geom.Point{X: tick.X}).X, Y: y}, String: tick.Text, Size: size, Bold: tick.Year, Color: k.theme.Muted, Halo: k.theme.Background}
			k.write(t, k.width(t.String, size, t.Bold), false)
		}
	}
	size := k.letters(verbSize)
	for _, l := range g.Lanes {
		top, bottom := k.at(geom.Point{X: g.Left, Y: l.Top}), k.at(geom.Point{X: g.Right, Y: l.Bottom})
		t := Text{String: l.Title, Size: size, Bold: true, Anchor: Start, Color: k.theme.Muted, Halo: k.theme.Background}
		t.At.X = min(max(top.X+air, k.canvas.Min.X+air), bottom.X-air)
		t.At.Y = max(top.Y+1.25*size, min(k.canvas.Min.Y+3*size, bottom.Y-size/2))
		if bottom.Y-top.Y > size || len(g.Lanes) < 40 {
			k.write(t, k.width(t.String, size, true), false)
		}
	}
}
