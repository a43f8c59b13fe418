package editor

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
)

// desk is an editor with everything a window would give it.
type desk struct {
	*Editor
	t     *testing.T
	posts chan func()
	asked []Ask
	menus int
	now   time.Time
	mu    sync.Mutex
}

func (d *desk) time() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func newDesk(t *testing.T, dir string) *desk {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	faces, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	set, err := settings.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, posts: make(chan func(), 10000), now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	d.Editor = New(Options{Post: func(f func()) { d.posts <- f }, Words: w, Settings: set, Faces: faces, Schema: schema, Dir: dir, Now: d.time})
	d.OnAsk(func(a Ask) { d.asked = append(d.asked, a) })
	d.OnMenu(func(geom.Point, scene.Target) { d.menus++ })
	d.Resize(1000, 700)
	return d
}

// tick moves the clock by a frame.
func (d *desk) tick() {
	d.mu.Lock()
	d.now = d.now.Add(16 * time.Millisecond)
	d.mu.Unlock()
	d.Tick(d.time())
}

// settleAll runs what is posted, and moves the clock, until nothing is going on.
func (d *desk) settleAll() {
	d.t.Helper()
	deadline := time.After(time.Minute)
	for {
		for len(d.posts) > 0 {
			(<-d.posts)()
		}
		if d.Idle() {
			return
		}
		if d.Animating() {
			d.tick()
			continue
		}
		select {
		case f := <-d.posts:
			f()
		case <-deadline:
			d.t.Fatal("the editor does not come to rest")
		}
	}
}

// openSample returns a desk with the Kaspersky case on it.
func openSample(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, t.TempDir())
	d.OpenSample("kaspersky")
	d.settleAll()
	if d.Case() == nil {
		t.Fatalf("no case is open: %+v", d.Message())
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) node(name string) graphstore.ID {
	d.t.Helper()
	for e := range d.Graph().Entities() {
		if e.Name("en") == name {
			if _, shown := d.Scene().Node(e.ID); shown {
				return e.ID
			}
		}
	}
	d.t.Fatalf("%s is not shown", name)
	return ""
}

func (d *desk) at(id graphstore.ID) geom.Point {
	p, ok := d.pointOf(id)
	if !ok {
		d.t.Fatalf("%s is not drawn", id)
	}
	return d.ToCanvas(p)
}

func (d *desk) pointer(kind PointerKind, at geom.Point, b Button, m Mods) {
	d.Pointer(Pointer{Kind: kind, At: at, Button: b, Mods: m, Clicks: 1})
}

func (d *desk) click(at geom.Point, b Button, m Mods) {
	d.pointer(PointerDown, at, b, m)
	d.pointer(PointerUp, at, b, m)
	d.settleAll()
}

func (d *desk) drag(from, to geom.Point, b Button, m Mods) {
	d.pointer(PointerDown, from, b, m)
	for i := 1; i <= 10; i++ {
		k := float32(i) / 10
		d.pointer(PointerMove, geom.Point{X: from.X + (to.X-from.X)*k, Y: from.Y + (to.Y-from.Y)*k}, b, m)
	}
	d.pointer(PointerUp, to, b, m)
	d.settleAll()
}

func (d *desk) near(what string, got, want geom.Point) {
	d.t.Helper()
	if got.Dist(want) > 0.5 {
		d.t.Errorf("%s: at %v, want %v", what, got, want)
	}
}

// ground returns a canvas point with nothing under it.
func (d *desk) ground() geom.Point {
	for y := float32(20); y < 680; y += 20 {
		for x := float32(20); x < 980; x += 20 {
			if p := (geom.Point{X: x, Y: y}); d.TargetAt(p).Part == scene.Nothing {
				return p
			}
		}
	}
	d.t.Fatal("no free ground")
	return geom.Point{}
}

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

func TestBackAndForwardThroughWhatWasLookedAt(t *testing.T) {
	d := openSample(t)
	ids := []graphstore.ID{d.node("BSI"), d.node("CCB"), d.node("Kaspersky")}
	for _, id := range ids {
		d.Inspect(id)
		d.settleAll()
	}
	d.Back()
	d.Back()
	d.settleAll()
	if d.Inspected() != ids[0] || d.CanBack() {
		t.Errorf("two back is %s", d.Inspected())
	}
	d.Forward()
	d.settleAll()
	if d.Inspected() != ids[1] || !d.CanForward() {
		t.Errorf("one forward is %s", d.Inspected())
	}
}

func TestHideExpandCollapse(t *testing.T) {
	d := openSample(t)
	if err := d.ShowAll(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	whole := d.Scene().Len()
	id := d.node("BSI")
	near := d.neighbours(id, func(graphstore.ID) bool { return true })
	if err := d.Hide(near...); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if got := d.Scene().Len(); got != whole-len(near) {
		t.Errorf("%d shown after hiding %d of %d", got, len(near), whole)
	}
	if got := d.HiddenNeighbours(id); !slices.Equal(got, near) {
		t.Errorf("hidden neighbours %v, want %v", got, near)
	}
	if err := d.Expand(id); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.Scene().Len() != whole {
		t.Errorf("%d of %d shown after expanding", d.Scene().Len(), whole)
	}
}

func TestFilterByKindHidesThemAndUndoShowsThem(t *testing.T) {
	d := openSample(t)
	bsi := d.node("BSI")
	if err := d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"regulator"}}); err != nil {
		t.Fatal(err)
	}
	if _, shown := d.Scene().Node(bsi); shown {
		t.Error("a filtered kind is shown")
	}
	d.GoTo(bsi)
	if _, shown := d.Scene().Node(bsi); !shown {
		t.Error("going to a hidden entity does not show it")
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if _, shown := d.Scene().Node(bsi); !shown {
		t.Error("undo does not take the filter back")
	}
}

func TestNewClaimWithNewEntityIsOneStep(t *testing.T) {
	d := openSample(t)
	bsi := d.node("BSI")
	fresh := &graphstore.Entity{ID: graphstore.NewID(), Kind: "vendor", Names: []graphstore.Name{{Text: "Newcomer"}}}
	claim := &graphstore.Claim{ID: graphstore.NewID(), Subject: bsi, Predicate: "takes-position-on", Object: graphstore.Object{ID: fresh.ID}, Speaker: bsi}
	before := map[graphstore.ID]geom.Point{}
	for i, p := range d.Scene().Positions() {
		before[d.Scene().ID(int32(i))] = p
	}
	n := d.Scene().Len()
	if err := d.Save(Draft{Claim: claim, NewEntities: []*graphstore.Entity{fresh}}); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.Scene().Len() != n+1 {
		t.Fatalf("%d nodes, want %d", d.Scene().Len(), n+1)
	}
	if _, drawn := d.Scene().ClaimPoint(claim.ID); !drawn {
		t.Error("the new claim is not drawn")
	}
	for id, p := range before {
		if now, _ := d.pointOf(id); now != p {
			t.Errorf("%s moved from %v to %v", id, p, now)
		}
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if d.Graph().Claim(claim.ID) != nil || d.Graph().Entity(fresh.ID) != nil {
		t.Error("one undo does not take both back")
	}
}

func TestWrongDraftNamesItsField(t *testing.T) {
	d := openSample(t)
	bsi := d.node("BSI")
	pos := graphstore.Position(9)
	for field, c := range map[string]*graphstore.Claim{
		"object":   {ID: graphstore.NewID(), Subject: bsi, Predicate: "makes"},
		"position": {ID: graphstore.NewID(), Subject: bsi, Predicate: "takes-position-on", Object: graphstore.Object{ID: bsi}, Position: &pos},
		"valid_to": {ID: graphstore.NewID(), Subject: bsi, Predicate: "uses", Object: graphstore.Object{ID: bsi},
			ValidFrom: graphstore.Date{Value: "2020", Precision: "year"}, ValidTo: graphstore.Date{Value: "2019", Precision: "year"}},
	} {
		err := d.Save(Draft{Claim: c})
		var fe *graphstore.FieldError
		if !errors.As(err, &fe) || fe.Field != field {
			t.Errorf("error %v does not name %s", err, field)
		}
	}
	if _, ok := d.UndoTitle(); ok {
		t.Error("a refused draft left a step")
	}
}

func TestDeleteAsksWhenClaimsFall(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	d.DeleteOrAsk(id)
	if a, ok := d.asked[0].(DeleteAsk); !ok || a.Claims == 0 {
		t.Fatalf("asked %+v", d.asked)
	}
	before := d.Graph()
	if err := d.Delete(id); err != nil {
		t.Fatal(err)
	}
	if d.Graph().Entity(id) != nil {
		t.Error("still there")
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if !d.Graph().Same(before) {
		t.Error("undo of a delete is not what was before")
	}
}

func TestPathIsFoundDrawnAndCleared(t *testing.T) {
	d := openSample(t)
	a, b := d.node("CCB"), d.node("BSI")
	d.Connect(a, b)
	d.settleAll()
	paths, _ := d.Paths()
	if len(paths) == 0 || paths[0].Entities[0] != a || paths[0].Entities[len(paths[0].Entities)-1] != b {
		t.Fatalf("paths %+v, %v", paths, d.Message())
	}
	lit := d.Look(1000, 700, 1).Highlight
	if !lit[a] || !lit[b] {
		t.Error("the ends of the path fade")
	}
	d.Escape()
	if d.Look(1000, 700, 1).Highlight != nil {
		t.Error("Escape does not clear the path")
	}
}

func TestEditsSurviveReopening(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, dir)
	d.OpenSample("kaspersky")
	d.settleAll()
	if err := d.SetTitle("Renamed"); err != nil {
		t.Fatal(err)
	}
	graph := d.Graph()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again := newDesk(t, dir)
	again.OpenSample("kaspersky")
	again.settleAll()
	if again.Case() == nil || again.Case().Title != "Renamed" || !again.Graph().Same(graph) {
		t.Fatalf("reopened %+v %v", again.Case(), again.Message())
	}
	if err := again.Undo(); err != nil {
		t.Fatal("undo across the restart:", err)
	}
	again.settleAll()
	if again.Case().Title != "Kaspersky" {
		t.Errorf("title %q after undo", again.Case().Title)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestArrangeLeavesPinsAndIsOneStep(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	at := d.at(id)
	d.drag(at, at.Add(geom.Point{X: 120, Y: 10}), Primary, 0)
	pinned, _ := d.pointOf(id)
	before := slices.Clone(d.Scene().Positions())
	for _, engine := range Layouts() {
		d.Arrange(engine, 0.2)
		d.settleAll()
		if d.View().Layout != engine {
			t.Fatalf("%s: %+v", engine, d.Message())
		}
		if got, _ := d.pointOf(id); got != pinned {
			t.Errorf("%s moved a pinned node from %v to %v", engine, pinned, got)
		}
		if err := d.Undo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if !slices.Equal(d.Scene().Positions(), before) {
			t.Errorf("%s: undo does not restore the places exactly", engine)
		}
	}
}

func TestEveryActionHasATitleAndSaysWhyItCannot(t *testing.T) {
	d := newDesk(t, t.TempDir())
	keys := map[string]string{}
	for _, a := range Actions() {
		question, asks := strings.CutPrefix(a.Name, askAction)
		titled := d.Words().Has("action." + a.Name)
		if asks {
			titled = d.Words().Has("ask."+question+".title") && (isMeasure(question) || d.Words().Has("ask."+question+".about"))
		}
		if !titled || !d.Words().Has("menu."+a.Menu) {
			t.Errorf("%s has no title or menu", a.Name)
		}
		if a.Key != "" {
			if other, taken := keys[a.Key]; taken {
				t.Errorf("%s and %s share the key %s", a.Name, other, a.Key)
			}
			keys[a.Key] = a.Name
		}
		if err := a.Ready(d.Editor); err != nil && !d.Words().Has(err.Error()) {
			t.Errorf("%s is not ready because %q, which nobody translated", a.Name, err)
		}
	}
}

func TestMissingFileSaysSo(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.OpenFile(filepath.Join(t.TempDir(), "none.caveat"), false)
	d.settleAll()
	if d.Case() != nil || d.Message().Err == nil || !strings.Contains(d.Message().Text, "none.caveat") {
		t.Errorf("message %+v", d.Message())
	}
}

func TestContradictionsFollowEdits(t *testing.T) {
	d := openSample(t)
	const warning, swiss = graphstore.ID("urn:caveat:c:k18"), graphstore.ID("urn:caveat:c:k21")
	if !d.Contradicted(warning) || !slices.Contains(d.Contradictions(swiss), warning) {
		t.Fatalf("the Swiss no-finding is contradicted by %v", d.Contradictions(swiss))
	}
	if err := d.Delete(warning); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if slices.Contains(d.Contradictions(swiss), warning) {
		t.Error("a deleted claim still contradicts")
	}
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if !slices.Contains(d.Contradictions(swiss), warning) {
		t.Error("undo does not bring the contradiction back")
	}
}

func TestFitCropsNoLabel(t *testing.T) {
	d := openSample(t)
	for _, size := range []geom.Point{{X: 1000, Y: 700}, {X: 500, Y: 600}, {X: 1600, Y: 500}} {
		d.Resize(size.X, size.Y)
		d.Fit()
		d.settleAll()
		look := d.Look(size.X, size.Y, 1)
		look.Margin, look.Labels = 0, nil
		fr := d.Scene().Frame(look)
		if len(fr.Texts) == 0 {
			t.Fatal("no labels")
		}
		for i := range fr.Texts {
			if b := fr.Texts[i].Box(d.opts.Faces); b.Min.X < 0 || b.Min.Y < 0 || b.Max.X > size.X || b.Max.Y > size.Y {
				t.Errorf("%v: %q is cropped: %v", size, fr.Texts[i].String, b)
			}
		}
	}
}
