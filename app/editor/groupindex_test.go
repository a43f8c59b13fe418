package editor

import (
	"slices"
	"testing"

	"caveat/app/scene"
)

// TestGroupsOfAViewAreFoundAndGoneTo looks for groups of a case, of the user's own and others, and of drawings.
func TestGroupsOfAViewAreFoundAndGoneTo(t *testing.T) {
	d := openSample(t)
	if d.ViewGroups() != nil || d.FindGroups("a", 9) != nil {
		t.Error("a view without groups has some")
	}
	d.ok(d.GroupBy("kind"))
	d.settleAll()
	ids := d.Selection()
	for i := range int32(3) {
		ids = append(ids, d.Scene().ID(i))
	}
	slices.Sort(ids)
	d.Select(ids...)
	d.ok(d.GroupSelection("Watchers of all kinds"))
	d.settleAll()
	list := d.ViewGroups()
	if len(list) < 3 || !list[0].Own || list[0].Name != "Watchers of all kinds" || list[0].Shown != 3 || list[1].Own || list[0].Light == "" {
		t.Fatalf("groups %+v", list)
	}
	shown := 0
	for _, g := range list {
		shown += g.Shown
	}
	if shown != d.Status().Shown {
		t.Errorf("%d in groups, %d on show", shown, d.Status().Shown)
	}
	for _, fold := range []bool{false, true} {
		d.ok(d.Fold(list[0].Key, fold))
		d.settleAll()
		hits := d.FindGroups("watch", 5)
		if len(hits) != 1 || hits[0].Key != list[0].Key || hits[0].Folded != fold || hits[0].Shown != 3 {
			t.Fatalf("found %+v", hits)
		}
		d.Select()
		d.GoToGroup(hits[0].Key)
		d.settleAll()
		now := d.Selection()
		slices.Sort(now)
		if fold && (len(now) != 1 || now[0] != scene.GroupID(list[0].Key)) || !fold && !slices.Equal(now, ids) {
			t.Errorf("folded %v: selected %v", fold, now)
		}
		for _, id := range now {
			if !d.onCanvas(id) {
				t.Errorf("folded %v: %s is not in view", fold, id)
			}
		}
	}
	w := kindedDrawing(t, 90)
	w.do("groupkind")
	w.ok(w.Fold("a", true))
	w.settleAll()
	if hits := w.FindGroups("A", 5); len(hits) != 1 || !hits[0].Folded || hits[0].Shown != 30 || len(w.ViewGroups()) != 2 {
		t.Errorf("in a drawing: %+v of %+v", hits, w.ViewGroups())
	}
}
