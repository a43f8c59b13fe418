package lanes

import (
	"bytes"
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
	"caveat/graphstore/exchange"
	"caveat/graphstore/exchange/bundle"
)

var today = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func sample(t *testing.T) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := assets.Sample("kaspersky")
	if err != nil {
		t.Fatal(err)
	}
	im, err := bundle.Format().Read(context.Background(), bytes.NewReader(raw), exchange.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := im.Diff(graphstore.NewGraph(schema), exchange.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func options(t *testing.T, g *graphstore.Graph) Options {
	t.Helper()
	w, err := words.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	f, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Graph: g, Words: w, Theme: scene.Light(), Faces: f, Width: 800, Scale: 1, Today: today, Chosen: -1}
}

func timeline(t *testing.T, g *graphstore.Graph) []*dispute.Step {
	t.Helper()
	steps, err := dispute.Timeline(context.Background(), dispute.Open(g, dispute.Asked{}))
	if err != nil || len(steps) == 0 {
		t.Fatalf("%d steps, %v", len(steps), err)
	}
	return steps
}

// random returns steps with dates of every precision, and without.
func random(r *rand.Rand, n int) []*dispute.Step {
	date := func() graphstore.Date {
		y := strconv.Itoa(2000 + r.IntN(25))
		switch r.IntN(4) {
		case 0:
			return graphstore.Date{}
		case 1:
			return graphstore.Date{Value: y, Precision: graphstore.PrecisionYear}
		case 2:
			return graphstore.Date{Value: y + "-0" + strconv.Itoa(1+r.IntN(9)), Precision: graphstore.PrecisionMonth}
		}
		return graphstore.Date{Value: y + "-0" + strconv.Itoa(1+r.IntN(9)) + "-1" + strconv.Itoa(r.IntN(9)), Precision: graphstore.PrecisionDay}
	}
	var out []*dispute.Step
	for i := range n {
		s := &dispute.Step{Lane: graphstore.ID("urn:x:" + strconv.Itoa(r.IntN(5))), Position: graphstore.Position(r.IntN(7) - 4), From: date(), To: date()}
		s.Claims = []graphstore.ID{graphstore.ID("urn:c:" + strconv.Itoa(i))}
		if !s.To.Zero() && s.To.Compare(s.From) < 0 {
			s.From, s.To = s.To, s.From
		}
		out = append(out, s)
	}
	return out
}

func TestEveryStepIsDrawnAndNoneOverlaps(t *testing.T) {
	g := sample(t)
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		o := options(t, g)
		o.Width = float32(200 + r.IntN(900))
		steps := random(r, 1+r.IntN(40))
		c := Draw(steps, o)
		var boxes []geom.Rect
		for i := range steps {
			b, ok := c.Box(i)
			if !ok {
				t.Fatalf("seed %d: step %d is not drawn", seed, i)
			}
			if b.Min.X < 0 || b.Max.X > o.Width+leastBar || b.Min.Y < 0 || b.Max.Y > c.Height {
				t.Errorf("seed %d: step %d at %v lies outside %v by %v", seed, i, b, o.Width, c.Height)
			}
			for k, other := range boxes {
				over := geom.Rect{Min: geom.Point{X: max(b.Min.X, other.Min.X), Y: max(b.Min.Y, other.Min.Y)}, Max: geom.Point{X: min(b.Max.X, other.Max.X), Y: min(b.Max.Y, other.Max.Y)}}
				if over.Max.X-over.Min.X > overlapOK && over.Max.Y > over.Min.Y {
					t.Errorf("seed %d: steps %d and %d overlap", seed, k, i)
				}
			}
			boxes = append(boxes, b)
			if at, ok := c.At(b.Center()); !ok || at != i {
				t.Errorf("seed %d: step %d is not hit at its middle: %d", seed, i, at)
			}
		}
	}
}

func TestLaterDatesLieFurtherRight(t *testing.T) {
	g := sample(t)
	steps := timeline(t, g)
	c := Draw(steps, options(t, g))
	for i, a := range steps {
		for k, b := range steps {
			from, _, ok1 := a.From.Span()
			later, _, ok2 := b.From.Span()
			if !ok1 || !ok2 || !from.Before(later) || a.Ruling != b.Ruling {
				continue
			}
			p, drawn := c.Box(i)
			q, drawnToo := c.Box(k)
			if drawn && drawnToo && p.Min.X > q.Min.X+.01 {
				t.Errorf("%v at %v, %v at %v", a.From, p.Min.X, b.From, q.Min.X)
			}
		}
	}
}

func TestSampleHasALaneAnAuthoritySortedByCountryWithRulings(t *testing.T) {
	g := sample(t)
	steps := timeline(t, g)
	o := options(t, g)
	c := Draw(steps, o)
	a := newAxis(steps, today)
	a.from, a.to = 0, 600
	list := lanesOf(steps, a)
	speakers := map[graphstore.ID]bool{}
	for i, l := range list {
		if speakers[l.speaker] {
			t.Errorf("%s has two lanes", l.speaker)
		}
		speakers[l.speaker] = true
		if i > 0 && l.country != "" && (list[i-1].country == "" || list[i-1].country > l.country) {
			t.Errorf("%q comes after %q", l.country, list[i-1].country)
		}
	}
	diamonds := len(c.Frame.Marks)
	want := 0
	for _, l := range list {
		want += len(l.rulings)
	}
	if want == 0 || diamonds != want {
		t.Errorf("%d diamonds, %d rulings", diamonds, want)
	}
	for i, s := range steps {
		if s.Ruling != "" {
			continue
		}
		color := o.Theme.Position(g.Schema().Position(s.Position))
		b, _ := c.Box(i)
		if !slices.ContainsFunc(c.Frame.Areas, func(x scene.Area) bool { return x.Box.Min.Y == b.Min.Y && x.Fill.R == color.R && x.Fill.G == color.G }) {
			t.Errorf("step %d has not the colour of %d", i, s.Position)
		}
	}
}

func TestWhatIsChosenHasARing(t *testing.T) {
	g := sample(t)
	steps := timeline(t, g)
	o := options(t, g)
	for i := range steps {
		o.Chosen = i
		c := Draw(steps, o)
		rings := 0
		for _, a := range c.Frame.Areas {
			if a.Border == o.Theme.Selection {
				rings++
			}
		}
		for _, m := range c.Frame.Marks {
			if m.Ring == o.Theme.Selection {
				rings++
			}
		}
		if _, drawn := c.Box(i); drawn && rings != 1 {
			t.Errorf("step %d has %d rings", i, rings)
		}
	}
}

func TestTicksKeepApart(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := axis{first: today.AddDate(-1-r.IntN(60), -r.IntN(12), -r.IntN(28)), last: today, from: 100, to: 100 + float32(60+r.IntN(1500))}
		ticks := a.ticks(48, func(time.Time) string { return "m" })
		for i := 1; i < len(ticks); i++ {
			if gap := ticks[i].x - ticks[i-1].x; gap < 43 { // months differ in length
				t.Errorf("seed %d: %v apart", seed, gap)
			}
		}
	}
}

func TestEqualStepsGiveEqualPictures(t *testing.T) {
	g := sample(t)
	o := options(t, g)
	o.Title, o.Note = "How positions moved", "61 entities"
	if !reflect.DeepEqual(Draw(timeline(t, g), o), Draw(timeline(t, g), o)) {
		t.Error("two drawings of the same differ")
	}
	whole := Draw(timeline(t, g), o)
	o.Most = 2
	cut := Draw(timeline(t, g), o)
	if cut.Height >= whole.Height {
		t.Error("two lanes are as high as all")
	}
}

func TestTableHasEveryCellOnceInItsRowAndColumn(t *testing.T) {
	g := sample(t)
	cells, err := dispute.Bases(context.Background(), dispute.Open(g, dispute.Asked{}))
	if err != nil || len(cells) == 0 {
		t.Fatalf("%d cells, %v", len(cells), err)
	}
	for _, width := range []float32{300, 740, 1400} {
		o := options(t, g)
		o.Width = width
		c := Table(cells, o)
		numbers := 0
		for _, x := range c.Frame.Texts {
			if _, err := strconv.Atoi(x.String); err == nil && x.Anchor == scene.Middle {
				numbers++
			}
		}
		if numbers != len(cells) {
			t.Errorf("%d numbers for %d cells", numbers, len(cells))
		}
		for i, a := range cells {
			p, ok := c.Box(i)
			if !ok {
				t.Fatalf("cell %d is not drawn", i)
			}
			if at, ok := c.At(p.Center()); !ok || at != i {
				t.Errorf("cell %d is hit as %d", i, at)
			}
			for k, b := range cells[:i] {
				q, _ := c.Box(k)
				if (p.Min.Y == q.Min.Y) != (a.Position == b.Position) || (p.Min.X == q.Min.X) != (a.Basis == b.Basis) {
					t.Errorf("cells %d and %d lie wrong", i, k)
				}
			}
		}
	}
}
