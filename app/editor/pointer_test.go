package editor

import (
	"math"
	"slices"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

func TestClickSelectsAndGroundLetsGo(t *testing.T) {
	d := openSample(t)
	bsi := d.node("BSI")
	d.click(d.at(bsi), Primary, 0)
	if got := d.Selection(); !slices.Equal(got, []graphstore.ID{bsi}) || d.Inspected() != bsi {
		t.Errorf("selected %v, inspected %s", got, d.Inspected())
	}
	d.click(d.ground(), Primary, 0)
	if len(d.Selection()) != 0 || d.Inspected() != "" {
		t.Errorf("still selected: %v", d.Selection())
	}
}

func TestWheelKeepsWhatIsUnderThePointer(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	at := d.at(id)
	for _, lines := range []float32{3, 5, -2, -9, 4} {
		before := d.Camera().Zoom
		d.Pointer(Pointer{Kind: PointerWheel, At: at, Wheel: lines})
		for d.Animating() {
			d.tick()
			d.near("while zooming", d.at(id), at)
		}
		if math.Abs(float64(d.Camera().Zoom/before)-math.Pow(wheelStep, float64(lines))) > 1e-4 {
			t.Errorf("wheel %v zooms from %v to %v", lines, before, d.Camera().Zoom)
		}
	}
}

func TestTurnsOfTheWheelAddUpOnTheWay(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	at, before := d.at(id), d.Camera().Zoom
	for range 4 {
		d.Pointer(Pointer{Kind: PointerWheel, At: at, Wheel: 1})
		d.tick()
		d.near("between turns", d.at(id), at)
	}
	d.settleAll()
	if math.Abs(float64(d.Camera().Zoom/before)-math.Pow(wheelStep, 4)) > 1e-4 {
		t.Errorf("four turns zoom from %v to %v", before, d.Camera().Zoom)
	}
}

func TestGroundDragPans(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	before := d.at(id)
	g := d.ground()
	d.drag(g, g.Add(geom.Point{X: 50, Y: -30}), Primary, 0)
	d.near("after panning", d.at(id), before.Add(geom.Point{X: 50, Y: -30}))
	if _, ok := d.UndoTitle(); ok {
		t.Error("panning went into the case's history")
	}
}

func TestNodeDragMovesPinsAndUndoRestoresExactly(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	n, _ := d.Scene().Node(id)
	before := slices.Clone(d.Scene().Positions())
	at := d.at(id)
	d.drag(at, at.Add(geom.Point{X: 80, Y: 40}), Primary, 0)
	d.near("dragged", d.at(id), at.Add(geom.Point{X: 80, Y: 40}))
	if !d.Pinned(id) {
		t.Error("a dragged node is not pinned")
	}
	for i, p := range d.Scene().Positions() {
		if int32(i) != n && p != before[i] {
			t.Fatalf("node %d moved too", i)
		}
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if !slices.Equal(d.Scene().Positions(), before) || d.Pinned(id) {
		t.Error("undo does not restore the places exactly")
	}
}

func TestRimDragAsksForAClaim(t *testing.T) {
	d := openSample(t)
	from, to := d.node("CCB"), d.node("Europol")
	d.flyTo(scene.Camera{Center: d.Camera().Center, Zoom: 1})
	d.settleAll()
	p, _ := d.pointOf(from)
	n, _ := d.Scene().Node(from)
	var rim geom.Point
	for _, dir := range []geom.Point{{X: 1}, {X: -1}, {Y: 1}, {Y: -1}} {
		rim = d.ToCanvas(p.Add(dir.Mul(d.Scene().Radius(n) * 0.95)))
		if got := d.TargetAt(rim); got.Part == scene.NodeRim && got.ID == from {
			break
		}
	}
	d.drag(rim, d.at(to), Primary, 0)
	want := NewClaimAsk{From: from, To: to}
	if len(d.asked) != 1 || d.asked[0] != Ask(want) {
		t.Errorf("asked %+v, want %+v", d.asked, want)
	}
	if d.Overlay().Wire != nil {
		t.Error("the wire is still drawn")
	}
}

func TestShiftDragSelectsAnArea(t *testing.T) {
	d := openSample(t)
	d.pointer(PointerDown, geom.Point{X: 1, Y: 1}, Primary, Shift)
	d.pointer(PointerMove, geom.Point{X: 500, Y: 300}, Primary, Shift)
	if d.Overlay().Band == nil {
		t.Error("no rubber band is drawn")
	}
	d.pointer(PointerMove, geom.Point{X: 999, Y: 699}, Primary, Shift)
	d.pointer(PointerUp, geom.Point{X: 999, Y: 699}, Primary, Shift)
	d.settleAll()
	if got := len(d.Selection()); got != d.Scene().Len() {
		t.Errorf("%d of %d selected", got, d.Scene().Len())
	}
}

func TestEscapeEndsADragWithoutTrace(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	at := d.at(id)
	d.pointer(PointerDown, at, Primary, 0)
	d.pointer(PointerMove, at.Add(geom.Point{X: 90}), Primary, 0)
	d.Escape()
	d.pointer(PointerUp, at.Add(geom.Point{X: 90}), Primary, 0)
	d.settleAll()
	d.near("after Escape", d.at(id), at)
	if _, ok := d.UndoTitle(); ok {
		t.Error("the drag went into the history")
	}
}

func TestRightClickSelectsAndAsksForTheMenu(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	d.click(d.at(id), Secondary, 0)
	if d.menus != 1 || !slices.Equal(d.Selection(), []graphstore.ID{id}) {
		t.Errorf("%d menus, selected %v", d.menus, d.Selection())
	}
	g := d.ground()
	d.drag(g, g.Add(geom.Point{X: 40}), Secondary, 0)
	if d.menus != 1 {
		t.Error("a right drag opens the menu")
	}
}
