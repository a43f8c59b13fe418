package editor

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// drawnLook is what of a drawing is on show, how, and where.
type drawnLook struct {
	places         map[graphstore.ID]geom.Point
	edges          int
	group, layout  string
	folded         []string
	kinds          []graphstore.Kind
	bundled        bool
	shown, entries int
}

func (d *desk) drawnLook() drawnLook {
	d.settleAll()
	v, st := d.View(), d.Status()
	return drawnLook{d.places(), d.Scene().EdgeCount(), v.Group, v.Layout, v.Folded, v.Hide.Kinds, v.Bundle, st.Shown, st.Entities}
}

func (a drawnLook) same(b drawnLook) bool {
	for id, p := range a.places {
		if q, there := b.places[id]; !there || p != q && !(p.Dist(q) < 0.01 && strings.HasPrefix(string(id), "group:")) { // a folded group stands amid its members
			return false
		}
	}
	return len(a.places) == len(b.places) && a.edges == b.edges && a.group == b.group && a.layout == b.layout && a.shown == b.shown && a.entries == b.entries &&
		slices.Equal(a.folded, b.folded) && slices.Equal(a.kinds, b.kinds) && a.bundled == b.bundled
}

// TestUndoOfADrawingLeadsBack takes every kind of step on a drawing, all of them back, and all of them again.
func TestUndoOfADrawingLeadsBack(t *testing.T) {
	for _, n := range []int{300, 9000} { // at once, and by jobs
		d := kindedDrawing(t, n)
		steps := []struct {
			name string
			do   func()
		}{
			{"hide", func() { d.Select("n0", "n1"); d.do("hide") }},
			{"a kind hidden", func() { d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"b"}})) }},
			{"show all", func() { d.do("showall") }},
			{"only some", func() {
				d.Select("n3", "n4", "n5", "n6", "n7", "n8", "n9", "n10")
				d.do("only")
			}},
			{"all again", func() { d.do("showall") }},
			{"group", func() { d.do("groupkind") }},
			{"fold", func() { d.Select("n3"); d.do("fold") }},
			{"drag", func() {
				d.do("fit")
				d.Scene().MakeIndex()
				at := d.at(scene.GroupID("a"))
				d.drag(at, at.Add(geom.Point{X: 60, Y: 30}), Primary, 0)
			}},
			{"fold all", func() { d.do("foldall") }},
			{"hide a group", func() { d.Select(scene.GroupID("b")); d.do("hide") }},
			{"unfold all", func() { d.do("unfoldall") }},
			{"layout", func() { d.Arrange("circular", 0.5) }},
			{"bundle", func() { d.do("bundle") }},
			{"ungroup", func() { d.do("ungroup") }},
			{"tidy", func() { d.Select("n3", "n4", "n5", "n6", "n7", "n8"); d.do("tidy") }},
			{"communities", func() { d.do("groupcommunity") }},
			{"fold communities", func() { d.do("foldall") }},
			{"kinds", func() { d.do("groupkind") }},
		}
		looks := []drawnLook{d.drawnLook()}
		for _, s := range steps {
			s.do()
			now := d.drawnLook()
			if now.same(looks[len(looks)-1]) {
				t.Errorf("%d nodes: %s changes nothing", n, s.name)
			}
			looks = append(looks, now)
		}
		rounds := 2
		if testing.Short() {
			rounds = 1
		}
		for round := range rounds {
			for i := len(steps) - 1; i >= 0; i-- {
				if title, ok := d.UndoTitle(); !ok || title == "" {
					t.Fatalf("%d nodes, round %d: %s cannot be undone", n, round, steps[i].name)
				}
				d.do("undo")
				if now := d.drawnLook(); !now.same(looks[i]) {
					t.Errorf("%d nodes, round %d: undo of %s does not lead back", n, round, steps[i].name)
				}
			}
			if _, ok := d.UndoTitle(); ok {
				t.Errorf("%d nodes: more can be undone than was done", n)
			}
			for i := range steps {
				d.do("redo")
				if now := d.drawnLook(); !now.same(looks[i+1]) {
					t.Errorf("%d nodes, round %d: redo of %s does not lead there again", n, round, steps[i].name)
				}
			}
		}
		d.do("undo")
		d.Select("n3")
		d.do("hide")
		if _, ok := d.RedoTitle(); ok {
			t.Errorf("%d nodes: a new step does not end what could be repeated", n)
		}
	}
}

// TestWhatChangesNothingIsNoStep asks a drawing for what it shows already.
func TestWhatChangesNothingIsNoStep(t *testing.T) {
	d := kindedDrawing(t, 300)
	d.do("showall")
	d.ok(d.SetFilter(graphstore.Filter{}))
	d.ok(d.Bundle(false))
	d.ok(d.GroupBy(""))
	d.ok(d.FoldAll(false))
	d.settleAll()
	if title, ok := d.UndoTitle(); ok {
		t.Errorf("%q can be undone", title)
	}
}

// TestAPartThatIsGivenUpWasNoStep cancels the making of parts of a large drawing.
func TestAPartThatIsGivenUpWasNoStep(t *testing.T) {
	d := kindedDrawing(t, 9000)
	d.Select("n3")
	d.do("hide")
	before := d.drawnLook()
	title, _ := d.UndoTitle()
	for _, change := range []func(){
		func() { d.ok(d.ShowAll()) },
		func() { d.ok(d.Undo()) },
		func() { d.ok(d.Undo()); d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"a"}})) },
	} {
		change()
		if !d.runs("scene") {
			t.Fatal("no job makes the part")
		}
		d.CancelJob("scene")
		if !d.drawnLook().same(before) {
			t.Error("what was given up is on show")
		}
		if now, ok := d.UndoTitle(); !ok || now != title {
			t.Errorf("undo would take back %q", now)
		}
		if _, ok := d.RedoTitle(); ok {
			t.Error("something can be repeated")
		}
	}
	d.do("undo")
	if d.Status().Shown != 9000 {
		t.Errorf("%d on show", d.Status().Shown)
	}
}

// TestFoldingADrawingGoesByPointerAndKeys folds groups of a drawing as those of a case are folded.
func TestFoldingADrawingGoesByPointerAndKeys(t *testing.T) {
	for _, n := range []int{90, 9000} {
		d := kindedDrawing(t, n)
		d.do("groupkind")
		d.do("fit")
		if gr := d.Scene().Grouping(); gr == nil || len(gr.Groups) != 2 {
			t.Fatalf("%d nodes: groups %+v", n, gr)
		}
		d.Scene().MakeIndex()
		for range 9 {
			d.LookAt(d.Scene().NodePoint(0))
			d.ZoomBy(1.6)
			d.settleAll()
		}
		at := d.groundOf("a")
		d.Pointer(Pointer{Kind: PointerDown, At: at, Button: Primary, Clicks: 2})
		d.Pointer(Pointer{Kind: PointerUp, At: at, Button: Primary, Clicks: 2})
		d.settleAll()
		fold, ok := d.Scene().Node(scene.GroupID("a"))
		if st := d.Status(); !ok || st.Shown != n || d.Scene().Len() != n-n/3+1 {
			t.Fatalf("%d nodes: a double click on the ground leaves %d nodes, %d shown", n, d.Scene().Len(), st.Shown)
		}
		if list, all := d.GroupMembers("a", 5); all != n/3 || len(list) != 5 || list[0] != (Member{"n0", "Node 0"}) {
			t.Errorf("%d members, %v", all, list)
		}
		if next := d.Scene().Neighbours(fold); len(next) == 0 {
			t.Error("nothing is joined to the group")
		}
		hits := names(d, "node 3") // a member: it is found, and its group shown
		if len(hits) == 0 || hits[0] != "Node 3" {
			t.Errorf("found %v", hits)
		}
		d.GoTo("n3")
		d.settleAll()
		d.near("the group of what was found", d.at(scene.GroupID("a")), geom.Point{X: 500, Y: 350})
		d.Select(scene.GroupID("a"))
		d.do("edit") // Return
		if d.Scene().Len() != n {
			t.Errorf("Return leaves %d nodes", d.Scene().Len())
		}
		d.Select("n1")
		d.do("fold") // G
		if !slices.Equal(d.View().Folded, []string{"b"}) || d.Scene().Len() != n-n/3+1 {
			t.Errorf("G folds %v", d.View().Folded)
		}
		d.Scene().MakeIndex()
		d.do("fit")
		at = d.at(scene.GroupID("b"))
		d.Pointer(Pointer{Kind: PointerDown, At: at, Button: Primary, Clicks: 2})
		d.Pointer(Pointer{Kind: PointerUp, At: at, Button: Primary, Clicks: 2})
		d.settleAll()
		if len(d.View().Folded) != 0 {
			t.Error("a double click on the node does not open the group")
		}
	}
}

// groundOf returns a canvas point on the ground of a group with nothing else under it.
func (d *desk) groundOf(key string) geom.Point {
	d.t.Helper()
	for y := float32(2); y < 698; y += 3 {
		for x := float32(2); x < 998; x += 3 {
			if p := (geom.Point{X: x, Y: y}); d.TargetAt(p).Part == scene.Nothing && d.GroupAt(p) == key {
				return p
			}
		}
	}
	d.t.Fatalf("group %s has no free ground", key)
	return geom.Point{}
}

// TestWhatIsFoundInADrawingComesIntoView goes to nodes that are hidden, alone and with their kind.
func TestWhatIsFoundInADrawingComesIntoView(t *testing.T) {
	for _, n := range []int{300, 9000} {
		d := kindedDrawing(t, n)
		d.ok(d.Hide("n0", "n1"))
		d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"a"}}))
		d.settleAll()
		d.GoTo("n0")
		d.settleAll()
		if _, shown := d.Scene().Node("n0"); !shown || !d.onCanvas("n0") || !slices.Equal(d.Selection(), []graphstore.ID{"n0"}) {
			t.Errorf("%d nodes: what was found is not in view, selected is %v", n, d.Selection())
		}
		if _, shown := d.Scene().Node("n1"); shown {
			t.Errorf("%d nodes: others came too", n)
		}
	}
}

// TestStepsOfADrawingAreForgottenBeforeTheyFillTheMemory takes many steps with places of their own.
func TestStepsOfADrawingAreForgottenBeforeTheyFillTheMemory(t *testing.T) {
	var h drawnSteps
	const n = stepMemory / 8 / 10 // ten steps
	view := &graphstore.View{}
	for i := range 30 {
		h.past = &drawnStep{title: fmt.Sprint(i), from: drawn{view: view, pos: make([]geom.Point, n)}, next: h.past}
		h.forget()
	}
	kept := 0
	for x := h.past; x != nil; x = x.next {
		if want := fmt.Sprint(29 - kept); x.title != want {
			t.Errorf("step %s follows where %s should", x.title, want)
		}
		kept++
	}
	if kept < 8 || kept > 12 {
		t.Errorf("%d steps are kept", kept)
	}
}

// TestStepsOfACaseWithoutEditsCanBeTakenBack hides, moves, lays out, groups and folds in a case that was opened for reading: each is a step for
// as long as the view is on show, and nothing of it is written.
func TestStepsOfACaseWithoutEditsCanBeTakenBack(t *testing.T) {
	sample := openSample(t)
	path := sample.Case().Path
	ids := []graphstore.ID{sample.node("BSI"), sample.node("GSA")}
	for _, large := range []bool{false, true} { // at once, and by a job
		d := newDesk(t, t.TempDir())
		if large {
			path = bigCase(t, 6000)
		} else {
			sample.ok(sample.CloseCase())
		}
		d.OpenFile(path, true)
		d.settleAll()
		if large {
			ids = []graphstore.ID{d.Scene().ID(3), d.Scene().ID(5)}
		}
		if _, ok := d.UndoTitle(); ok || !d.Case().ReadOnly {
			t.Fatal("there is a step to take back, or the case takes edits")
		}
		graph := d.Graph()
		d.ok(d.SetFilter(d.View().Hide)) // no step
		steps := []func(){
			func() { d.ok(d.Hide(ids[0])) },
			func() { d.ok(d.Pin(ids[1:], true)) },
			func() { d.Arrange("circular", 0.5) },
			func() { d.ok(d.GroupBy("kind")) },
			func() { d.ok(d.FoldAll(true)) },
			func() { d.ok(d.GroupBy("")) },
			func() { d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"product"}})) },
		}
		if !large {
			steps = append(steps, func() {
				d.Scene().MakeIndex()
				at := d.at(ids[1])
				d.drag(at, at.Add(geom.Point{X: 60, Y: 30}), Primary, 0)
			})
		}
		d.settleAll()
		looks := []map[graphstore.ID]geom.Point{d.places()}
		for i, s := range steps {
			s()
			d.settleAll()
			looks = append(looks, d.places())
			if title, ok := d.UndoTitle(); !ok || title == "" {
				t.Fatalf("step %d cannot be undone", i)
			}
		}
		for i := len(steps) - 1; i >= 0; i-- {
			d.do("undo")
			if !maps.Equal(d.places(), looks[i]) {
				t.Errorf("large %v: undo of step %d does not lead back", large, i)
			}
		}
		if _, ok := d.UndoTitle(); ok {
			t.Error("more can be undone than was done")
		}
		for i := range steps {
			d.do("redo")
			if !maps.Equal(d.places(), looks[i+1]) {
				t.Errorf("large %v: redo of step %d does not lead there again", large, i)
			}
		}
		d.UseView(d.View().ID)
		d.settleAll()
		if _, ok := d.UndoTitle(); ok || !maps.Equal(d.places(), looks[0]) || d.Graph() != graph {
			t.Error("the view as it is recorded has steps, or is not what it was")
		}
		d.ok(d.Close())
	}
}
