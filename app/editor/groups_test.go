package editor

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// places returns where every entity's node stands.
func (d *desk) places() map[graphstore.ID]geom.Point {
	out := map[graphstore.ID]geom.Point{}
	for i, p := range d.Scene().Positions() {
		out[d.Scene().ID(int32(i))] = p
	}
	return out
}

// TestEveryWayToGroupPutsEntitiesInDisjointGroups looks at the groups of the built-in case.
func TestEveryWayToGroupPutsEntitiesInDisjointGroups(t *testing.T) {
	d := openSample(t)
	for _, by := range []string{plan.ByKind, plan.ByCountry, plan.ByOwner, plan.ByCommunity} {
		if err := d.GroupBy(by); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		gr := d.Scene().Grouping()
		if gr == nil || len(gr.Groups) < 2 {
			t.Fatalf("by %s: %v", by, gr)
		}
		seen := map[graphstore.ID]string{}
		for _, g := range gr.Groups {
			if g.Label == "" || len(g.Members) == 0 {
				t.Errorf("by %s: group %q is called %q and has %d members", by, g.Key, g.Label, len(g.Members))
			}
			for _, id := range g.Members {
				if other, twice := seen[id]; twice {
					t.Errorf("by %s: %s is in %s and in %s", by, id, other, g.Key)
				}
				seen[id] = g.Key
			}
		}
		if by == plan.ByKind && len(seen) != d.Graph().Count().Entities {
			t.Errorf("by kind: %d of %d entities have a group", len(seen), d.Graph().Count().Entities)
		}
	}
}

// TestFoldingAndUnfoldingLeadsBack folds by double clicks and the undo stack: every entity stands where it stood.
func TestFoldingAndUnfoldingLeadsBack(t *testing.T) {
	d := openSample(t)
	if err := d.GroupBy(plan.ByKind); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	before := d.places()
	key := d.Scene().Grouping().Groups[0].Key
	shown := map[int32]int{}
	for i := range int32(d.Scene().Len()) {
		shown[d.Scene().GroupOf(i)]++
	}
	n := shown[0]
	if n < 2 || shown[-1] > 0 {
		t.Fatalf("groups of %v nodes", shown)
	}
	if err := d.Fold(key, true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if len(d.places()) != len(before)-n+1 {
		t.Fatalf("%d nodes of %d with %d folded", len(d.places()), len(before), n)
	}
	g := scene.GroupID(key)
	if _, ok := d.Scene().Node(g); !ok {
		t.Fatal("the group has no node")
	}
	d.Select(g)
	d.settleAll()
	d.doubleClick(scene.Target{Part: scene.NodeBody, ID: g}, d.at(g))
	d.settleAll()
	if !maps.Equal(d.places(), before) {
		t.Error("unfolded, something stands elsewhere")
	}
	if err := d.FoldAll(true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	if d.Scene().Len() != len(shown) {
		t.Errorf("all folded, %d nodes for %d groups", d.Scene().Len(), len(shown))
	}
	for range 3 {
		if err := d.Undo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
	}
	if !maps.Equal(d.places(), before) || len(d.View().Folded) != 0 {
		t.Error("undo did not lead back")
	}
}

// TestAFoldedGroupTakesItsMembersAlong moves the node of a group.
func TestAFoldedGroupTakesItsMembersAlong(t *testing.T) {
	d := openSample(t)
	if err := d.GroupBy(plan.ByKind); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	before := d.places()
	group := d.Scene().Grouping().Groups[0]
	if err := d.Fold(group.Key, true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	g := scene.GroupID(group.Key)
	from := d.at(g)
	d.drag(from, from.Add(geom.Point{X: 90, Y: 40}), Primary, 0)
	d.settleAll()
	zoom := d.Camera().Zoom
	if err := d.Fold(group.Key, false); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	inside := map[graphstore.ID]bool{}
	for _, id := range group.Members {
		inside[id] = true
	}
	for id, p := range d.places() {
		want := before[id]
		if inside[id] {
			want = want.Add(geom.Point{X: 90 / zoom, Y: 40 / zoom})
		}
		if p.Dist(want) > 0.02*90/zoom+0.01 {
			t.Errorf("%s stands at %v, not %v", id, p, want)
		}
	}
}

// TestGroupingIsOneStep groups in every way: one undo leads back to the view of before, record for record, and one redo forth.
func TestGroupingIsOneStep(t *testing.T) {
	for _, by := range []string{plan.ByKind, plan.ByCountry, plan.ByOwner, plan.ByCommunity} {
		d := openSample(t)
		view := func() string {
			b, err := json.Marshal(d.View())
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		before, stood := view(), d.places()
		if err := d.GroupBy(by); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		after, stands := view(), d.places()
		if before == after || d.View().Group != by {
			t.Fatalf("by %s: the view is not grouped", by)
		}
		if err := d.Undo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if view() != before || !maps.Equal(d.places(), stood) {
			t.Errorf("by %s: one undo does not lead back", by)
		}
		if err := d.Redo(); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if view() != after || !maps.Equal(d.places(), stands) {
			t.Errorf("by %s: redo does not lead forth", by)
		}
	}
}

// TestGroupsStandApart holds, for every way to group, that after grouping no area holds a node of another group, none is in
// two pieces, and every node of a group stands on its ground.
func TestGroupsStandApart(t *testing.T) {
	d := openSample(t)
	if err := d.ShowAll(); err != nil {
		t.Fatal(err)
	}
	for _, by := range []string{plan.ByKind, plan.ByCountry, plan.ByOwner, plan.ByCommunity} {
		if err := d.GroupBy(by); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		s := d.Scene()
		for i := range s.Grouping().Groups {
			if rings := s.Area(int32(i)); len(rings) > 1 {
				t.Errorf("by %s: group %q is in %d pieces or has holes", by, s.Grouping().Groups[i].Label, len(rings))
			}
		}
		for n := range int32(s.Len()) {
			if at := s.GroupAt(s.NodePoint(n)); at != s.GroupOf(n) {
				t.Errorf("by %s: %s of group %d stands on the ground of %d", by, s.Name(n), s.GroupOf(n), at)
			}
		}
	}
}

// TestFoldingIsSeenFromWhereThingsAre folds and unfolds: at the first moment everything stands where it stood, members go into
// their group and come out of it, and what is in no group that folds does not move.
func TestFoldingIsSeenFromWhereThingsAre(t *testing.T) {
	d := openSample(t)
	if err := d.GroupBy(plan.ByKind); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	open := d.places()
	group := d.Scene().Grouping().Groups[0]
	node := scene.GroupID(group.Key)
	step := func(by time.Duration) {
		d.mu.Lock()
		d.now = d.now.Add(by)
		d.mu.Unlock()
		d.Tick(d.time())
	}
	if err := d.Fold(group.Key, true); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(d.places(), open) {
		t.Error("folding begins with a jump")
	}
	step(moveTime / 2)
	if maps.Equal(d.places(), open) || len(d.places()) != len(open) {
		t.Error("nothing moves while folding")
	}
	d.settleAll()
	folded := d.places()
	at, ok := folded[node]
	if !ok {
		t.Fatal("the group is not folded in the end")
	}
	for id, p := range folded {
		if was, there := open[id]; there && was != p {
			t.Errorf("%s moved while another group folded", id)
		}
	}
	if err := d.Fold(group.Key, false); err != nil {
		t.Fatal(err)
	}
	for id, p := range d.places() {
		want := open[id]
		if _, there := folded[id]; !there {
			want = at
		}
		if p != want {
			t.Errorf("unfolding begins with %s at %v, not %v", id, p, want)
		}
	}
	d.settleAll()
	if !maps.Equal(d.places(), open) {
		t.Error("unfolded, something stands elsewhere")
	}
}

// TestAFoldedGroupIsANodeLikeOthers hovers, selects, walks to and drags from the rim of a folded group, keeps it selected over an
// edit, and offers nothing that needs a record.
func TestAFoldedGroupIsANodeLikeOthers(t *testing.T) {
	d := openSample(t)
	if err := d.GroupBy(plan.ByKind); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	member := d.node("BSI")
	d.Select(member)
	fold := func() { d.act("fold") }
	fold()
	g := scene.GroupID("regulator")
	n, ok := d.Scene().Node(g)
	if !ok || d.Scene().GroupOf(n) >= 0 {
		t.Fatal("the group of the selection is not folded")
	}
	at := d.at(g)
	rim := at.Add(geom.Point{X: 0.9 * d.Scene().Radius(n) * scene.Grow(d.Camera().Zoom) * d.Camera().Zoom})
	d.pointer(PointerMove, rim, NoButton, 0)
	if d.Hover().ID != g || d.Hover().Part != scene.NodeBody {
		t.Errorf("over the rim of the group the pointer is over %+v", d.Hover())
	}
	d.click(at, Primary, 0)
	if !slices.Equal(d.Selection(), []graphstore.ID{g}) || d.Inspected() != g {
		t.Fatalf("a click selects %v", d.Selection())
	}
	for _, name := range []string{"newclaim", "delete", "only", "connect"} {
		if d.action(name).Ready(d.Editor) == nil {
			t.Errorf("%s is offered for a group", name)
		}
	}
	from := d.at(g)
	d.asked = nil
	d.drag(rim, rim.Add(geom.Point{X: 50}), Primary, 0)
	if d.at(g).X < from.X+40 || len(d.asked) > 0 {
		t.Errorf("dragged from its rim the group goes from %v to %v, and %v is asked", from, d.at(g), d.asked)
	}
	if !slices.Equal(d.Selection(), []graphstore.ID{g}) {
		t.Errorf("after an edit %v is selected", d.Selection())
	}
	// A wire that ends on it leads nowhere, and says so.
	d.asked = nil
	kav := d.node("Kaspersky")
	k, _ := d.Scene().Node(kav)
	edge := d.at(kav).Add(geom.Point{X: 0.9 * d.Scene().Radius(k) * scene.Grow(d.Camera().Zoom) * d.Camera().Zoom})
	if d.TargetAt(edge).Part == scene.NodeRim {
		d.drag(edge, d.at(g), Primary, 0)
		if len(d.asked) > 0 || d.Message().Text == "" {
			t.Errorf("a claim about a group is offered: %v, told %q", d.asked, d.Message().Text)
		}
	}
	walked := false
	for _, o := range d.Scene().Neighbours(n) {
		for _, way := range [][2]float32{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			d.Select(d.Scene().ID(o))
			d.Walk(way[0], way[1])
			walked = walked || d.Inspected() == g
		}
	}
	if !walked {
		t.Error("no arrow key leads to the group")
	}
	d.Select(g)
	d.act("edit") // Return opens it
	if len(d.View().Folded) != 0 || len(d.asked) > 0 {
		t.Errorf("Return leaves %v folded and asks %v", d.View().Folded, d.asked)
	}
	if len(d.Selection()) != 0 {
		t.Errorf("%v is selected and no longer drawn", d.Selection())
	}
	d.Select(member)
	fold()
	d.Select(g)
	fold()
	if len(d.View().Folded) != 0 {
		t.Error("the key does not unfold")
	}
}

// TestTheHoverFollowsWhatMoves folds and unfolds under a resting pointer: what it is over is a node of the scene on show.
func TestTheHoverFollowsWhatMoves(t *testing.T) {
	d := openSample(t)
	if err := d.GroupBy(plan.ByKind); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	g := scene.GroupID("regulator")
	if err := d.Fold("regulator", true); err != nil {
		t.Fatal(err)
	}
	d.settleAll()
	d.pointer(PointerMove, d.at(g), NoButton, 0)
	if d.Hover().ID != g {
		t.Fatalf("the pointer is over %+v", d.Hover())
	}
	for range 2 {
		if err := d.Fold("regulator", false); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if h := d.Hover(); h.ID == g || h.Node >= 0 && d.Scene().ID(h.Node) != h.ID {
			t.Errorf("unfolded, the pointer is over %+v", h)
		}
		if err := d.Fold("regulator", true); err != nil {
			t.Fatal(err)
		}
		d.settleAll()
		if h := d.Hover(); h.Node >= 0 && d.Scene().ID(h.Node) != h.ID {
			t.Errorf("folded, the pointer is over %+v", h)
		}
	}
}

// TestADrawingIsGroupedByTheKindsItIsTold groups an edge list with a file of nodes: kinds stand apart, nothing folds, and
// without groups none is left; one without kinds is not grouped.
func TestADrawingIsGroupedByTheKindsItIsTold(t *testing.T) {
	d := newDesk(t, t.TempDir())
	t.Cleanup(func() { _ = d.Close() })
	path := filepath.Join(t.TempDir(), "net.tsv")
	var edges, nodes strings.Builder
	for i := range 300 {
		fmt.Fprintf(&edges, "n%d\tn%d\nn%d\tn%d\n", i, (i*7+1)%300, i, (i+1)%300)
		if i%10 != 0 {
			fmt.Fprintf(&nodes, "n%d\t%s\tNode %d\n", i, []string{"tool", "group", "malware"}[i%3], i)
		}
	}
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(path, edges.String())
	d.OpenFile(path, false)
	d.settleAll()
	if d.action("groupkind").Ready(d.Editor) == nil {
		t.Error("a drawing without kinds can be grouped by them")
	}
	if err := d.CloseCase(); err != nil {
		t.Fatal(err)
	}
	write(strings.TrimSuffix(path, ".tsv")+".nodes.tsv", nodes.String())
	d.OpenFile(path, false)
	d.settleAll()
	if d.action("groupcountry").Ready(d.Editor) == nil {
		t.Error("a drawing can be grouped by country")
	}
	d.act("groupkind")
	s := d.Scene()
	if s.Grouping() == nil || len(s.Grouping().Groups) != 3 || !d.Grouped() {
		t.Fatalf("groups %v", s.Grouping())
	}
	for n := range int32(s.Len()) {
		own := s.GroupOf(n)
		if at := s.GroupAt(s.NodePoint(n)); at != own || own >= 0 && s.Grouping().Groups[own].Key != string(s.Kind(n)) {
			t.Fatalf("%s of kind %q and group %d stands on the ground of %d", s.Name(n), s.Kind(n), own, at)
		}
	}
	if err := d.Fold(s.Grouping().Groups[0].Key, true); err != nil || d.Scene().Len() != s.Len() {
		t.Errorf("folding leaves %d of %d nodes: %v", d.Scene().Len(), s.Len(), err)
	}
	d.act("ungroup")
	if d.Grouped() || d.Scene().Grouping() != nil {
		t.Error("there are still groups")
	}
}

// action returns an action of the table.
func (d *desk) action(name string) Action {
	d.t.Helper()
	i := slices.IndexFunc(Actions(), func(a Action) bool { return a.Name == name })
	if i < 0 {
		d.t.Fatalf("no action is called %s", name)
	}
	return Actions()[i]
}

// act runs an action that is ready, to the end of what it moves.
func (d *desk) act(name string) {
	d.t.Helper()
	a := d.action(name)
	if err := a.Ready(d.Editor); err != nil {
		d.t.Fatalf("%s is not ready: %v", name, err)
	}
	a.Do(d.Editor)
	d.settleAll()
}
