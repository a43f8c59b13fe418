package editor

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

func (d *desk) stand() []geom.Point { return slices.Clone(d.Scene().Positions()) }

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestEveryLayoutIsOneStepAndRememberedByTheView(t *testing.T) {
	for _, name := range Layouts() {
		t.Run(name, func(t *testing.T) {
			d := openSample(t)
			before := d.stand()
			d.Arrange(name, 0.25)
			d.settleAll()
			if v := d.View(); v.Layout != name || d.Shape() != 0.25 {
				t.Errorf("the view remembers %q at %v", v.Layout, d.Shape())
			}
			after := d.stand()
			if name != "force" && slices.Equal(before, after) {
				t.Error("nothing moved")
			}
			for i, a := range after {
				for _, b := range after[:i] {
					if a.Dist(b) < 1 {
						t.Fatalf("two nodes at %v", a)
					}
				}
			}
			d.ok(d.Undo())
			d.settleAll()
			if !slices.Equal(before, d.stand()) {
				t.Error("undo left nodes elsewhere")
			}
			d.ok(d.Redo())
			d.settleAll()
			if !slices.Equal(after, d.stand()) {
				t.Error("redo put nodes elsewhere")
			}
		})
	}
}

func TestTidyMovesTheSelectionOnly(t *testing.T) {
	d := openSample(t)
	var ids []graphstore.ID
	for _, n := range d.Scene().Neighbours(must(d.Scene().Node(d.node("Kaspersky")))) {
		ids = append(ids, d.Scene().ID(n))
	}
	pinned := ids[0]
	d.ok(d.Pin([]graphstore.ID{pinned}, true))
	d.settleAll()
	for _, name := range []string{"", "force", "grid", plan.LayeredRight} {
		before := d.stand()
		layoutBefore := d.View().Layout
		d.Select(ids...)
		if name == "" {
			d.Tidy()
		} else {
			d.TidyBy(name, 0.5)
		}
		d.settleAll()
		moved := 0
		for i, p := range d.Scene().Positions() {
			id := d.Scene().ID(int32(i))
			if p == before[i] {
				continue
			}
			if moved++; !slices.Contains(ids, id) || id == pinned {
				t.Errorf("%q: %s moved", name, d.Scene().Name(int32(i)))
			}
		}
		if moved == 0 {
			t.Errorf("%q: nothing moved", name)
		}
		if d.View().Layout != layoutBefore {
			t.Errorf("%q: the view is now laid out as %q", name, d.View().Layout)
		}
		d.ok(d.Undo())
		d.settleAll()
		if !slices.Equal(before, d.stand()) {
			t.Errorf("%q: undo left nodes elsewhere", name)
		}
	}
}

func TestTidyKeepsThePlaceOfTheSelection(t *testing.T) {
	old := []geom.Point{{X: 100, Y: 100}, {X: 200, Y: 110}, {X: 150, Y: 220}, {X: 90, Y: 180}}
	var turned []geom.Point // by a right angle, mirrored and elsewhere
	for _, p := range old {
		turned = append(turned, geom.Point{X: p.Y - 900, Y: p.X + 77})
	}
	for i, p := range fitted(turned, old, true) {
		if p.Dist(old[i]) > 1e-3 {
			t.Errorf("point %d came to %v, not %v", i, p, old[i])
		}
	}
	shifted := fitted(turned, old, false)
	if a, b := geom.BoundsOf(shifted), geom.BoundsOf(turned); math.Abs(float64(a.Width()-b.Width())) > 1e-3 {
		t.Error("a layout with an up and a down was turned")
	}
}

func TestRemoveOverlapsMovesApartWhatIsFree(t *testing.T) {
	d := openSample(t)
	a, b, c := d.node("Kaspersky"), d.node("BSI"), d.node("Europol")
	d.ok(d.changeView("heap", func(v *graphstore.View) {
		for _, id := range []graphstore.ID{a, b, c} {
			v.Places[id] = graphstore.Place{X: 4000, Y: 4000, Pin: id == a}
		}
	}))
	d.settleAll()
	d.Select()
	d.RemoveOverlaps()
	d.settleAll()
	where := func(id graphstore.ID) geom.Point { return d.Scene().NodePoint(must(d.Scene().Node(id))) }
	d.near("the pinned one", where(a), geom.Point{X: 4000, Y: 4000})
	for _, pair := range [][2]graphstore.ID{{a, b}, {a, c}, {b, c}} {
		n, m := must(d.Scene().Node(pair[0])), must(d.Scene().Node(pair[1]))
		if got, want := where(pair[0]).Dist(where(pair[1])), d.Scene().Radius(n)+d.Scene().Radius(m); got < want {
			t.Errorf("%s and %s are %v apart, less than %v", pair[0], pair[1], got, want)
		}
	}
}

func must(n int32, ok bool) int32 {
	if !ok {
		panic("not in the scene")
	}
	return n
}

func TestPreviewsShowWhatEachLayoutWouldMake(t *testing.T) {
	d := openSample(t)
	before, view := d.stand(), d.View()
	var got []Preview
	size := image.Pt(200, 120)
	d.PreviewLayouts(d.Layouts(), 0.5, false, size, 1, func(p Preview) { got = append(got, p) })
	d.settleAll()
	if len(got) != len(Layouts()) {
		t.Fatalf("%d previews of %d layouts", len(got), len(Layouts()))
	}
	pictures := map[string]string{}
	for i, p := range got {
		if p.Layout != Layouts()[i] || p.Image == nil || p.Image.Rect.Size() != size || p.Part {
			t.Fatalf("preview %d: %q %v", i, p.Layout, p.Image)
		}
		sum := fmt.Sprint(p.Image.Pix)
		if other := pictures[sum]; other != "" {
			t.Errorf("%s looks like %s", p.Layout, other)
		}
		pictures[sum] = p.Layout
	}
	if !slices.Equal(before, d.stand()) || d.View() != view {
		t.Error("previews changed the drawing")
	}
	d.Select(d.node("Kaspersky"), d.node("BSI"), d.node("Europol"))
	got = nil
	d.PreviewLayouts([]string{"grid"}, 0.5, true, size, 1, func(p Preview) { got = append(got, p) })
	d.settleAll()
	if len(got) != 1 || pictures[fmt.Sprint(got[0].Image.Pix)] != "" {
		t.Error("the preview of a selection is that of all")
	}
	d.PreviewLayouts(d.Layouts(), 0.5, false, size, 1, func(Preview) { t.Error("shown after the end") })
	d.StopPreviews()
	d.settleAll()
}

func TestLanesAndTimelineSayWhatPlacesMean(t *testing.T) {
	d := openSample(t)
	if d.guides() != nil {
		t.Error("a force-directed drawing has guides")
	}
	for _, name := range []string{"lanes", plan.LanesCountry, "timeline"} {
		d.Arrange(name, 0.5)
		d.settleAll()
		g := d.guides()
		if g == nil || len(g.Lanes) < 3 {
			t.Fatalf("%s: guides %v", name, g)
		}
		l := plan.LaningOf(d.Scene(), d.View(), d.Graph(), "en")
		for i, p := range d.Scene().Positions() {
			at := slices.IndexFunc(g.Lanes, func(x scene.Lane) bool { return p.Y >= x.Top && p.Y <= x.Bottom })
			if at < 0 {
				t.Errorf("%s: %s is in no lane", name, d.Scene().Name(int32(i)))
				continue
			}
			want := "Others"
			if l.Of[i] >= 0 {
				want = l.Titles[l.Of[i]]
			}
			if g.Lanes[at].Title != want {
				t.Errorf("%s: %s is in lane %q, not %q", name, d.Scene().Name(int32(i)), g.Lanes[at].Title, want)
			}
		}
		if (g.Axis != nil) != (name == "timeline") {
			t.Errorf("%s: axis %v", name, g.Axis)
		}
		if g.Axis == nil {
			continue
		}
		for i, day := range plan.FirstDates(d.Scene(), d.Graph()) {
			if x := g.Axis.Zero + g.Axis.Day*float32(day); !math.IsNaN(day) && math.Abs(float64(x-d.Scene().NodePoint(int32(i)).X)) > 2 {
				t.Errorf("%s stands at %v, its date at %v", d.Scene().Name(int32(i)), d.Scene().NodePoint(int32(i)).X, x)
			}
		}
		if !slices.ContainsFunc(g.Axis.Ticks(20), func(x scene.Tick) bool { return strings.HasPrefix(x.Text, "202") }) {
			t.Error("no year of the twenties on the axis")
		}
	}
}

func TestADraggedNodeLeavesTheLanesAsTheyAre(t *testing.T) {
	d := openSample(t)
	d.Arrange("lanes", 0.5)
	d.settleAll()
	before := slices.Clone(d.guides().Lanes)
	at := d.at(d.node("BSI"))
	d.drag(at, at.Add(geom.Point{X: 40, Y: 130}), Primary, 0)
	d.settleAll()
	if !d.Pinned(d.node("BSI")) {
		t.Fatal("the drag took hold of nothing")
	}
	if g := d.guides(); g == nil || !slices.Equal(g.Lanes, before) {
		t.Errorf("lanes %v became %v", before, g)
	}
}

func TestInvertSelectsTheOthers(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	d.Select(id)
	d.InvertSelection()
	if n := len(d.Selection()); n != d.Scene().Len()-1 || slices.Contains(d.Selection(), id) {
		t.Errorf("%d of %d selected", n, d.Scene().Len())
	}
	d.InvertSelection()
	if !slices.Equal(d.Selection(), []graphstore.ID{id}) {
		t.Errorf("selected %v", d.Selection())
	}
}

func TestExcerptIsTheProblemBetweenItsNodes(t *testing.T) {
	p := &layout.Problem{N: 4, Edges: [][2]int32{{0, 1}, {1, 3}, {3, 1}, {2, 3}}, Size: []float32{1, 2, 3, 4}, Focus: []int32{3}}
	q := excerpt(p, []int32{1, 3})
	if q.N != 2 || !slices.Equal(q.Edges, [][2]int32{{0, 1}, {1, 0}}) || !slices.Equal(q.Size, []float32{2, 4}) || !slices.Equal(q.Focus, []int32{1}) {
		t.Errorf("%+v", q)
	}
}

func TestFitLeavesTheCoveredCornerFree(t *testing.T) {
	d := openSample(t)
	free := d.Camera()
	for _, size := range []geom.Point{{X: 1000, Y: 700}, {X: 1600, Y: 600}, {X: 700, Y: 1000}} {
		d.Resize(size.X, size.Y)
		d.Cover(200, 280)
		d.Fit()
		d.settleAll()
		corner := geom.Rect{Min: geom.Point{Y: size.Y - 280}, Max: geom.Point{X: 200, Y: size.Y}}
		for _, box := range d.boxes() {
			if corner.Intersects(box) {
				t.Errorf("%v: something lies under the legend, at %v", size, box)
			}
		}
		zoom := d.Camera().Zoom
		d.Cover(0, 0)
		d.Resize(size.X-200, size.Y)
		beside := d.Camera().Zoom
		d.Resize(size.X, size.Y-280)
		if other := max(beside, d.Camera().Zoom); zoom < 0.97*other {
			t.Errorf("%v: the zoom is %v, beside or above the legend alone there is room for %v", size, zoom, other)
		}
	}
	d.Cover(0, 0)
	d.Resize(1000, 700)
	d.Fit()
	d.settleAll()
	if d.Camera() != free {
		t.Errorf("with nothing in the corner the camera stands at %v, not %v", d.Camera(), free)
	}
}
