package editor

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"caveat/app/geom"
)

func (d *desk) do(name string) {
	d.t.Helper()
	i := slices.IndexFunc(Actions(), func(a Action) bool { return a.Name == name })
	if err := Actions()[i].Ready(d.Editor); err != nil {
		d.t.Fatalf("%s is not ready: %v", name, err)
	}
	Actions()[i].Do(d.Editor)
	d.settleAll()
}

func TestBundlesAreOneStepRememberedByTheView(t *testing.T) {
	d := openSample(t)
	straight := d.Scene()
	if straight.Bundles() != nil || d.Bundled() {
		t.Fatal("edges are bundled from the start")
	}
	d.do("bundle")
	if b := d.Scene().Bundles(); b == nil || b.Led == 0 || !d.View().Bundle {
		t.Fatalf("no edge is led: %+v", d.Message())
	}
	if !slices.Equal(d.Scene().Positions(), straight.Positions()) {
		t.Error("bundling moved nodes")
	}
	if !strings.Contains(d.Message().Text, "along others") {
		t.Errorf("the user was told %q", d.Message().Text)
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.Scene().Bundles() != nil || d.Bundled() {
		t.Error("undo leaves bundles")
	}
	if err := d.Redo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	path := d.Case().Path
	if d.Scene().Bundles() == nil {
		t.Error("redo makes no bundles")
	}
	if err := d.CloseCase(); err != nil {
		t.Fatal(err)
	}
	d.OpenFile(path, false)
	d.settleAll()
	if b := d.Scene().Bundles(); b == nil || b.Led == 0 {
		t.Error("the view opens without its bundles")
	}
	d.do("bundle")
	if d.Scene().Bundles() != nil {
		t.Error("the second time edges are not straight")
	}
}

func TestBundlesFollowEditsAndMoves(t *testing.T) {
	d := openSample(t)
	d.do("bundle")
	before := d.Scene()
	if err := d.Hide(before.ID(0)); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.Scene() == before || d.Scene().Bundles() == nil || !d.Scene().BundledLike(d.open.bundle.done) {
		t.Error("bundles are not those of the scene after a node is hidden")
	}
	// A node in the middle of a drag takes its edges off the bundles, and they come back with the end of it.
	before = d.Scene()
	id := d.node("Kaspersky")
	n, _ := before.Node(id)
	c := d.Camera()
	at := c.ToCanvas(before.NodePoint(n), geom.Point{X: 1000, Y: 700})
	d.Pointer(Pointer{Kind: PointerDown, At: at, Button: Primary, Clicks: 1})
	for i := range 5 {
		d.Pointer(Pointer{Kind: PointerMove, At: at.Add(geom.Point{X: float32(10 * (i + 1))}), Button: Primary})
		for len(d.posts) > 0 {
			(<-d.posts)()
		}
		if d.gesture.mode == modeDrag && slices.ContainsFunc(d.Jobs(), func(j Job) bool { return j.Kind == "bundle" }) {
			t.Fatal("bundles are being made during a drag")
		}
	}
	if d.Scene().BundledLike(before) {
		t.Error("the drag did not begin")
	}
	d.Pointer(Pointer{Kind: PointerUp, At: at.Add(geom.Point{X: 50}), Button: Primary})
	d.settleAll()
	if !d.Scene().BundledLike(d.open.bundle.done) || d.Scene().NodePoint(n) == before.NodePoint(n) {
		t.Error("bundles are not those of the scene after a drag")
	}
	d.Arrange("circular", 0.5)
	d.settleAll()
	if b := d.Scene().Bundles(); b == nil || !d.Scene().BundledLike(d.open.bundle.done) {
		t.Error("bundles are not those of the scene after a layout")
	}
}

func TestBundlingGivenUpStaysGivenUp(t *testing.T) {
	d := openSample(t)
	if err := d.Bundle(true); err != nil {
		t.Fatal(err)
	}
	for !slices.ContainsFunc(d.Jobs(), func(j Job) bool { return j.Kind == "bundle" }) {
		(<-d.posts)()
	}
	d.CancelJob("bundle")
	d.settleAll()
	if d.Scene().Bundles() != nil {
		t.Error("a cancelled job made bundles")
	}
	d.do("bundle")
	d.do("bundle")
	if d.Scene().Bundles() == nil {
		t.Error("asked for again there are none")
	}
}

func TestDrawingsAreBundledForTheSession(t *testing.T) {
	d := newDesk(t, t.TempDir())
	defer d.Close()
	path := filepath.Join(t.TempDir(), "ring.tsv")
	var b strings.Builder
	for i := range 60 { // a ring of six close groups
		for k := i + 1; k < 60; k++ {
			if i/10 == k/10 || i%10 < 2 && k%10 < 5 && (k/10-i/10 == 1 || k/10-i/10 == 5) {
				b.WriteString(strconv.Itoa(i) + "\t" + strconv.Itoa(k) + "\n")
			}
		}
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	d.OpenFile(path, false)
	d.settleAll()
	d.do("bundle")
	if made := d.Scene().Bundles(); made == nil || made.Led == 0 {
		t.Fatalf("nothing is led: %+v", made)
	}
	d.Arrange("grid", 0.5)
	d.settleAll()
	if !d.Scene().BundledLike(d.open.bundle.done) {
		t.Error("bundles are not those of the new places")
	}
	d.do("bundle")
	if d.Scene().Bundles() != nil {
		t.Error("edges are still bundled")
	}
}
