package editor

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

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

// TestShowingEverythingKeepsTheWholeInView brings back what a view hides, once with a camera that shows the whole and once with one that
// the user has moved, which stays.
func TestShowingEverythingKeepsTheWholeInView(t *testing.T) {
	d := openSample(t)
	canvas := geom.Rect{Max: d.size()}
	few := d.Scene().Len()
	d.ok(d.ShowAll())
	d.settleAll()
	if d.Scene().Len() == few {
		t.Fatal("the view hid nothing")
	}
	for i, box := range d.boxes() {
		if !canvas.ContainsRect(box) {
			t.Errorf("thing %d lies at %v, beyond the canvas", i, box)
		}
	}
	d.ok(d.Undo())
	d.settleAll()
	d.Pan(30, 20)
	d.settleAll()
	before := d.Camera()
	d.ok(d.ShowAll())
	d.settleAll()
	if d.Camera() != before {
		t.Errorf("the camera moved from %v to %v", before, d.Camera())
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
	lit := d.Look(1000, 700, 1).Highlight.IDs()
	if !slices.Contains(lit, a) || !slices.Contains(lit, b) {
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
