package editor

import (
	"math"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

// reopen closes the case and opens it again as another start of the program would.
func (d *desk) reopen(dir string) *desk {
	d.t.Helper()
	path := d.Case().Path
	d.ok(d.Close())
	again := newDesk(d.t, dir)
	again.OpenFile(path, false)
	again.settleAll()
	if again.Case() == nil {
		d.t.Fatalf("the case does not open again: %+v", again.Message())
	}
	return again
}

func TestACaseOpensAsItWasLeft(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, dir)
	d.OpenSample("kaspersky")
	d.settleAll()
	first := d.View().ID
	d.ok(d.SaveView("mine"))
	d.settleAll()
	d.Arrange("circular", 0.25)
	d.settleAll()
	d.zoomAt(3, geom.Point{X: 200, Y: 100})
	d.settleAll()
	view, camera := d.View().ID, d.Camera()

	d = d.reopen(dir)
	if v := d.View(); v.ID != view || v.ID == first || v.Layout != "circular" || d.Shape() != 0.25 {
		t.Errorf("opened in the view %s, laid out %q at %v", v.ID, v.Layout, d.Shape())
	}
	if d.Camera() != camera {
		t.Errorf("the camera stands at %v, was left at %v", d.Camera(), camera)
	}

	d.Fit()
	d.settleAll()
	d = d.reopen(dir)
	d.Resize(1400, 900) // a camera that saw everything still does in another window
	if got, want := d.Camera(), d.fitAll(d.Scene()); got != want {
		t.Errorf("the camera stands at %v, all is seen from %v", got, want)
	}

	d.LookAt(geom.Point{X: 1e6, Y: 1e6})
	d = d.reopen(dir)
	if d.Camera().Center.X > 1e5 {
		t.Error("nothing is in view")
	}
	d.ok(d.DeleteView(view))
	d.settleAll()
	if d = d.reopen(dir); d.View().ID != first {
		t.Errorf("opened in the view %s that is the first no more", d.View().ID)
	}
	d.ok(d.Close())
}

func TestANewEntryHardlyMovesTheOthers(t *testing.T) {
	d := openSample(t)
	before := map[graphstore.ID]geom.Point{}
	for n := range int32(d.Scene().Len()) {
		before[d.Scene().ID(n)] = d.Scene().NodePoint(n)
	}
	b := d.Scene().Bounds()
	radius := math.Hypot(float64(b.Width()), float64(b.Height())) / 2
	entity := graphstore.Entity{ID: graphstore.NewID(), Kind: "vendor", Names: []graphstore.Name{{Text: "Newcomer"}}}
	d.ok(d.Save(Draft{Entity: &entity}))
	d.ok(d.Save(Draft{Claim: &graphstore.Claim{Subject: d.node("Kaspersky"), Predicate: "owns", Object: graphstore.Object{ID: entity.ID}}}))
	d.settleAll()
	if _, shown := d.Scene().Node(entity.ID); !shown {
		t.Fatal("the new entity is not on show")
	}
	for id, p := range before {
		n, ok := d.Scene().Node(id)
		if !ok {
			t.Fatalf("%s went away", id)
		}
		if moved := float64(d.Scene().NodePoint(n).Dist(p)); moved > radius/100 {
			t.Errorf("%s moved by %.2f %% of the radius", id, 100*moved/radius)
		}
	}
}
