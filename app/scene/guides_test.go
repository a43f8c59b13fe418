package scene

import (
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/typeset"
	"caveat/graphstore"
)

func axis() *Axis {
	day := func(y int) float32 { return float32(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Unix()) / 86400 }
	const scale = 0.5 // units a day
	return &Axis{Zero: -scale * day(2015), Day: scale, First: 0, Last: scale * (day(2024) - day(2015)), Top: -50, Bottom: 300,
		Text: func(d graphstore.Date) string { return d.Value }}
}

func TestTicksStandAtTheirDatesAndNeverCrowd(t *testing.T) {
	a := axis()
	for _, em := range []float32{0.2, 1, 5, 11, 25, 60, 200} {
		ticks := a.Ticks(em)
		if len(ticks) == 0 {
			t.Errorf("em %v: no ticks", em)
		}
		for i, tick := range ticks {
			format := "2006"
			if !tick.Year {
				format = "2006-01"
			}
			at, err := time.Parse(format, tick.Text)
			if err != nil || a.x(at) != tick.X {
				t.Errorf("em %v: %q stands at %v, not %v (%v)", em, tick.Text, tick.X, a.x(at), err)
			}
			if i > 0 && tick.X-ticks[i-1].X < 0.9*tickRoom*em {
				t.Errorf("em %v: %q and %q are %v apart", em, ticks[i-1].Text, tick.Text, tick.X-ticks[i-1].X)
			}
		}
	}
}

func TestGuidesAreWrittenWhereTheyCanBeSeen(t *testing.T) {
	faces, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	s := FromEdges([]string{"a", "b"}, [][2]int32{{0, 1}}).WithPositions([]geom.Point{{X: 0, Y: 40}, {X: 1600, Y: 240}})
	g := &Guides{Left: -70, Right: 1700, Axis: axis(), Lanes: []Lane{{"vendors", -50, 100}, {"media", 100, 300}}}
	for _, c := range []Camera{
		{Center: geom.Point{X: 800, Y: 120}, Zoom: 0.45}, // all
		{Center: geom.Point{X: 900, Y: 180}, Zoom: 3},    // inside: titles and dates hold at the edges
	} {
		fr := s.Frame(Look{Camera: c, Width: 900, Height: 500, Faces: faces, Guides: g, Margin: 0.25})
		inner := geom.Rect{Min: geom.Point{X: 225, Y: 125}, Max: geom.Point{X: 1125, Y: 625}}
		for _, want := range []string{"vendors", "media", "20"} {
			if want == "vendors" && c.Zoom > 1 {
				continue // its lane is above the canvas
			}
			if !slices.ContainsFunc(fr.Texts, func(x Text) bool { return strings.HasPrefix(x.String, want) && inner.Contains(x.At) }) {
				t.Errorf("zoom %v: no %q on the canvas", c.Zoom, want)
			}
		}
		if len(fr.Areas) < 3 {
			t.Errorf("zoom %v: %d areas", c.Zoom, len(fr.Areas))
		}
	}
	without := s.Frame(Look{Camera: Camera{Zoom: 1}, Width: 900, Height: 500, Faces: faces})
	if len(without.Areas) != 0 {
		t.Error("areas without guides")
	}
}
