package editor

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"caveat/app/document"
	"caveat/app/editor/casetest"
	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// record returns the view as it is recorded.
func (d *desk) record() string {
	d.t.Helper()
	b, err := json.Marshal(d.View())
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

// gathered makes a group of entities and returns its key.
func (d *desk) gathered(name string, ids ...graphstore.ID) string {
	d.t.Helper()
	d.Select(ids...)
	d.settleAll()
	if err := d.GroupSelection(name); err != nil {
		d.t.Fatal(err)
	}
	d.settleAll()
	groups := d.View().Groups
	if len(groups) == 0 || groups[len(groups)-1].Name != name {
		d.t.Fatalf("groups %+v", groups)
	}
	return string(groups[len(groups)-1].ID)
}

// onGround fails unless every node of the group, and no other, stands on its ground, which is one piece.
func (d *desk) onGround(key string) {
	d.t.Helper()
	s := d.Scene()
	i := int32(slices.IndexFunc(s.Grouping().Groups, func(g scene.Group) bool { return g.Key == key }))
	if i < 0 {
		d.t.Fatalf("no group %s", key)
	}
	if n := len(s.Area(i)); n != 1 {
		d.t.Errorf("the ground of %s is %d pieces and holes", s.Grouping().Groups[i].Label, n)
	}
	for n := range int32(s.Len()) {
		if at := s.GroupAt(s.NodePoint(n)); (at == i) != (s.GroupOf(n) == i) {
			d.t.Errorf("%s of group %d stands on the ground of %d", s.Name(n), s.GroupOf(n), at)
		}
	}
}

// scattered returns every k-th entity of those drawn.
func (d *desk) scattered(k, from int) []graphstore.ID {
	var out []graphstore.ID
	for n := from; n < d.Scene().Len(); n += k {
		out = append(out, d.Scene().ID(int32(n)))
	}
	return out
}

// TestAGroupOfTheSelectionIsOneStep groups what is near and what is scattered, beside every other way to group: the group has
// ground of its own, pinned nodes stay, one undo leads back and one redo forth, record for record and place for place.
func TestAGroupOfTheSelectionIsOneStep(t *testing.T) {
	for _, by := range []string{"", plan.ByKind, plan.ByCountry, plan.ByOwner, plan.ByCommunity} {
		d := openSample(t)
		pinned := d.Scene().ID(7)
		if err := d.Pin([]graphstore.ID{pinned}, true); err != nil {
			t.Fatal(err)
		}
		if err := d.GroupBy(by); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		before, stood := d.record(), d.places()
		key := d.gathered("Mine", d.scattered(9, 2)...)
		after, stands := d.record(), d.places()
		if stands[pinned] != stood[pinned] {
			t.Errorf("beside %q: a pinned node moved", by)
		}
		d.onGround(key)
		if d.View().Group != by || !d.Grouped() {
			t.Errorf("beside %q: grouped by %q", by, d.View().Group)
		}
		for _, g := range d.Scene().Grouping().Groups {
			for _, id := range g.Members {
				if i := d.Scene().Grouping().Of(id); d.Scene().Grouping().Groups[i].Key != g.Key {
					t.Errorf("beside %q: %s is in %s and in another group", by, id, g.Label)
				}
			}
		}
		if err := d.Undo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if d.record() != before || !maps.Equal(d.places(), stood) {
			t.Errorf("beside %q: one undo does not lead back", by)
		}
		if err := d.Redo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if d.record() != after || !maps.Equal(d.places(), stands) {
			t.Errorf("beside %q: redo does not lead forth", by)
		}
	}
}

// TestGroupingMovesFewOthers groups scattered nodes of a case without groups: most others stay where they are.
func TestGroupingMovesFewOthers(t *testing.T) {
	d := openSample(t)
	list := d.scattered(10, 3)
	before := d.places()
	d.onGround(d.gathered("Mine", list...))
	moved := 0
	for id, p := range d.places() {
		if before[id] != p && !slices.Contains(list, id) {
			moved++
		}
	}
	if others := len(before) - len(list); 2*moved > others {
		t.Errorf("%d of %d others moved", moved, others)
	}
	// What is together already stays as it is.
	d.act("takeapart")
	before = d.places()
	d.gathered("Again", list...)
	if !maps.Equal(before, d.places()) {
		t.Error("grouped again where they stand together, something moved")
	}
}

// TestAnEntityIsInOneOwnGroup makes groups that share members: who goes to a new group leaves the old one, a group that all have
// left is no more, and a group folded and in the selection gives its members.
func TestAnEntityIsInOneOwnGroup(t *testing.T) {
	d := openSample(t)
	list := d.scattered(6, 0)
	a := d.gathered("A", list[:4]...)
	b := d.gathered("B", list[3:6]...)
	groups := d.View().Groups
	if len(groups) != 2 || len(groups[0].Members) != 3 || len(groups[1].Members) != 3 || slices.Contains(groups[0].Members, list[3]) {
		t.Fatalf("groups %+v", groups)
	}
	d.onGround(a)
	d.onGround(b)
	if err := d.Fold(a, true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	c := d.gathered("C", scene.GroupID(a), list[4])
	groups = d.View().Groups
	if len(groups) != 2 || string(groups[1].ID) != c || len(groups[1].Members) != 4 || len(groups[0].Members) != 2 || len(d.View().Folded) != 0 {
		t.Fatalf("groups %+v, folded %v", groups, d.View().Folded)
	}
	d.onGround(c)
}

// TestAFoldedOwnGroupSaysEveryClaim folds a group: the claims on its edges are those between its members and others, one for one.
func TestAFoldedOwnGroupSaysEveryClaim(t *testing.T) {
	d := openSample(t)
	if err := d.ShowAll(); err != nil {
		t.Fatal(err)
	}
	before := d.Graph().Count()
	list := d.scattered(6, 1)
	key := d.gathered("Mine", list...)
	in := map[graphstore.ID]bool{}
	for _, id := range d.View().Groups[0].Members {
		in[id] = true
	}
	want := map[graphstore.ID]bool{}
	s := d.Scene()
	for k := range int32(s.EdgeCount()) {
		for _, id := range s.ClaimsOf(k) {
			c := d.Graph().Claim(id)
			if d.Graph().Entity(c.Object.ID) != nil && in[c.Subject] != in[c.Object.ID] {
				want[id] = true
			}
		}
	}
	if err := d.Fold(key, true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	s = d.Scene()
	if _, ok := s.Node(scene.GroupID(key)); !ok {
		t.Fatal("the group has no node")
	}
	got := 0
	for k := range int32(s.EdgeCount()) {
		for _, id := range s.ClaimsOf(k) {
			if want[id] {
				got++
			}
		}
	}
	if len(want) < 10 || got != len(want) {
		t.Errorf("%d of %d claims are drawn", got, len(want))
	}
	if n := d.Graph().Count(); n.Entities != before.Entities || n.Claims != before.Claims {
		t.Errorf("%+v records are left of %+v", n, before)
	}
}

// TestDeletedMembersDropOutQuietly deletes members of groups, one of them behind the view's back: the groups are of the others, one
// without members is none, and undo brings all back.
func TestDeletedMembersDropOutQuietly(t *testing.T) {
	d := openSample(t)
	list := d.scattered(8, 0)
	key := d.gathered("A", list[:3]...)
	other := d.gathered("B", list[3:5]...)
	before := d.record()
	if err := d.Delete(list[0], list[3], list[4]); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if g := d.View().Groups; len(g) != 1 || string(g[0].ID) != key || len(g[0].Members) != 2 {
		t.Fatalf("groups %+v", g)
	}
	d.onGround(key)
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.record() != before {
		t.Error("undo does not bring the groups back")
	}
	d.onGround(other)
	if err := d.edit("edit.delete", func(tx *document.Tx) error { _, err := tx.RemoveWith(list[3]); return err }); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if gr := d.Scene().Grouping(); len(gr.Groups) != 2 || gr.Of(list[3]) >= 0 || !slices.Equal(gr.Groups[1].Members, list[4:5]) {
		t.Errorf("groups %+v", gr.Groups)
	}
	d.onGround(key)
}

// TestOwnGroupsSurviveClosing renames and folds a group and opens the case again: name, members, fold and places are there. Taken
// apart, everything stays where it is.
func TestOwnGroupsSurviveClosing(t *testing.T) {
	d := openSample(t)
	key := d.gathered("Mine", d.scattered(9, 2)...)
	if err := d.RenameGroup(key, "  Sober <voices> "); err != nil {
		t.Fatal(err)
	}
	if err := d.Fold(key, true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	before, stood, path := d.record(), d.places(), d.Case().Path
	if err := d.CloseCase(); err != nil {
		t.Fatal(err)
	}
	d.OpenFile(path, false)
	d.settleAll()
	if d.record() != before || !maps.Equal(d.places(), stood) {
		t.Error("the case opens otherwise than it was closed")
	}
	gr := d.Scene().Grouping()
	if gr == nil || len(gr.Groups) != 1 || gr.Groups[0].Label != "Sober <voices>" || !gr.Groups[0].Folded {
		t.Fatalf("groups %+v", gr)
	}
	d.Select(scene.GroupID(key))
	if name, own := d.OwnGroup(key); !own || name != gr.Groups[0].Label || d.action("takeapart").Ready(d.Editor) != nil {
		t.Errorf("group %q, own %v", name, own)
	}
	if err := d.Fold(key, false); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	stood = d.places()
	if err := d.TakeApart(key); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.Grouped() || d.Scene().Grouping() != nil || !maps.Equal(d.places(), stood) {
		t.Error("taken apart, there is still a group, or something moved")
	}
}

// TestNoGroupsLeavesOwnOnes groups by kind beside a group of the user's own, folds both, and goes back to the user's own alone.
func TestNoGroupsLeavesOwnOnes(t *testing.T) {
	d := openSample(t)
	key := d.gathered("Mine", d.scattered(9, 2)...)
	if d.action("ungroup").Ready(d.Editor) == nil {
		t.Error("a view of own groups only can be ungrouped")
	}
	d.act("groupkind")
	d.onGround(key)
	d.act("foldall")
	if len(d.View().Folded) < 3 || !slices.Contains(d.View().Folded, key) {
		t.Errorf("folded %v", d.View().Folded)
	}
	d.act("ungroup")
	if gr := d.Scene().Grouping(); gr == nil || len(gr.Groups) != 1 || gr.Groups[0].Key != key || !slices.Equal(d.View().Folded, []string{key}) {
		t.Errorf("groups %+v, folded %v", gr, d.View().Folded)
	}
}

// TestTheKeyAsksForANameNobodyHas asks for names of new groups, and proposes others than there are.
func TestTheKeyAsksForANameNobodyHas(t *testing.T) {
	d := openSample(t)
	if d.action("groupselection").Ready(d.Editor) == nil || d.action("takeapart").Ready(d.Editor) == nil || d.action("renamegroup").Ready(d.Editor) == nil {
		t.Error("with nothing selected something can be grouped")
	}
	list := d.scattered(8, 0)
	for _, want := range []string{"Group 1", "Group 2"} {
		d.Select(list[:2]...)
		d.asked = nil
		d.act("groupselection")
		if len(d.asked) != 1 || d.asked[0] != (GroupAsk{Name: want}) {
			t.Fatalf("asked %v", d.asked)
		}
		d.gathered(want, list[:2]...)
		list = list[2:]
	}
	d.asked = nil
	d.act("renamegroup")
	if want := (GroupAsk{Key: string(d.View().Groups[1].ID), Name: "Group 2"}); len(d.asked) != 1 || d.asked[0] != want {
		t.Errorf("asked %v", d.asked)
	}
	d.act("takeapart")
	if len(d.View().Groups) != 1 {
		t.Errorf("groups %+v", d.View().Groups)
	}
}

// openLarge opens a case of more entities than a view keeps the places of.
func openLarge(t *testing.T) *desk {
	t.Helper()
	diff := new(graphstore.Diff)
	kinds := []graphstore.Kind{"vendor", "product", "regulator"}
	id := func(i int) graphstore.ID { return graphstore.ID(fmt.Sprintf("urn:caveat:e:%04d", i)) }
	n := plan.KeepPlaces + 100
	for i := range n {
		diff.Add(nil, &graphstore.Entity{ID: id(i), Kind: kinds[i%3], Names: []graphstore.Name{{Text: fmt.Sprint("Entity ", i)}}})
		if i > 0 {
			diff.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:caveat:c:%04d", i)), Subject: id(i), Predicate: "supplies", Object: graphstore.Object{ID: id(i * 7 / 8)}})
		}
	}
	d := newDesk(t, t.TempDir())
	t.Cleanup(func() { _ = d.Close() })
	d.OpenFile(casetest.Write(t, diff), false)
	d.settleAll()
	if d.Scene().Len() != n {
		t.Fatalf("%d nodes of %d", d.Scene().Len(), n)
	}
	return d
}

// TestNoGroupsMovesNothingInALargeCase groups a case of which views do not keep every place, takes the groups away, edits, and goes
// through all that by undo and redo: nothing ever stands elsewhere than it stood in that state.
func TestNoGroupsMovesNothingInALargeCase(t *testing.T) {
	d := openLarge(t)
	var stood []map[graphstore.ID]geom.Point
	note := func() { stood = append(stood, d.places()) }
	same := func(k int, what string) {
		t.Helper()
		if !maps.Equal(d.places(), stood[k]) {
			t.Errorf("%s: nodes stand elsewhere", what)
		}
	}
	note()
	d.act("groupkind")
	note()
	if maps.Equal(stood[0], stood[1]) {
		t.Fatal("grouping moved nothing")
	}
	d.act("ungroup")
	note()
	same(1, "without groups")
	pinned := d.Scene().ID(5)
	if err := d.Pin([]graphstore.ID{pinned}, true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	note()
	same(1, "with one pinned")
	d.gathered("Mine", d.scattered(100, 3)...)
	note()
	if d.Scene().Grouping() == nil || maps.Equal(stood[4], stood[3]) {
		t.Error("own groups do not come together")
	}
	for k := 3; k >= 0; k-- {
		if err := d.Undo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		same(k, fmt.Sprint("back in state ", k))
	}
	for k := 1; k <= 4; k++ {
		if err := d.Redo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		same(k, fmt.Sprint("again in state ", k))
	}
}

// TestWhereANodeStandsSaysMoreThanItsGroup groups in lanes and on a timeline: nothing moves, since lane and date say something; only
// where the lanes are the groups there is one more lane.
func TestWhereANodeStandsSaysMoreThanItsGroup(t *testing.T) {
	for _, engine := range []string{"lanes", plan.LanesCountry, "timeline"} {
		d := openSample(t)
		d.Arrange(engine, plan.MiddleShape)
		d.settleAll()
		before := d.places()
		lanes := len(plan.LaningOf(d.Scene(), d.View(), d.Graph(), "").Titles)
		d.gathered("Mine", d.scattered(9, 2)...)
		if !maps.Equal(d.places(), before) {
			t.Errorf("%s: something moved", engine)
		}
		if n := len(plan.LaningOf(d.Scene(), d.View(), d.Graph(), "").Titles); n != lanes {
			t.Errorf("%s: %d lanes instead of %d", engine, n, lanes)
		}
		if engine != "lanes" {
			continue
		}
		d.act("groupcountry")
		titles := plan.LaningOf(d.Scene(), d.View(), d.Graph(), "").Titles
		if len(titles) < 3 || titles[len(titles)-1] != "Mine" {
			t.Errorf("lanes %q", titles)
		}
		d.gathered("Others", d.scattered(9, 4)...)
		if titles = plan.LaningOf(d.Scene(), d.View(), d.Graph(), "").Titles; titles[len(titles)-1] != "Others" {
			t.Errorf("lanes %q", titles)
		}
	}
}
