package scene

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"caveat/app/geom"
)

// kinded returns an edge list of n nodes with some loops and parallel edges, and three kinds by turns, one of them none.
func kinded(n int) *Scene {
	rng := rand.New(rand.NewSource(7))
	names := make([]string, n)
	pos := make([]geom.Point, n)
	for i := range names {
		names[i] = fmt.Sprint("n", i)
		pos[i] = geom.Point{X: rng.Float32() * 1000, Y: rng.Float32() * 1000}
	}
	edges := make([][2]int32, 3*n)
	for i := range edges {
		edges[i] = [2]int32{int32(rng.Intn(n)), int32(rng.Intn(n))}
	}
	s := FromEdges(names, edges).WithPositions(pos)
	return s.Labelled(func(id string) (string, string, bool) {
		var i int
		if _, err := fmt.Sscanf(id, "n%d", &i); err != nil {
			return "", "", false
		}
		return "node " + id, [...]string{"a", "b", ""}[i%3], true
	})
}

func TestAPartIsTheSameDrawingWithoutTheOthers(t *testing.T) {
	s := kinded(300)
	keep := func(n int32) bool { return n%3 != 1 }
	p, of := s.Part(keep, nil)
	if p.Len() != 200 || len(of) != 200 {
		t.Fatalf("%d nodes", p.Len())
	}
	for i, n := range of {
		i := int32(i)
		if !keep(n) || p.ID(i) != s.ID(n) || p.Name(i) != s.Name(n) || p.NodePoint(i) != s.NodePoint(n) || p.Radius(i) != s.Radius(n) || p.Kind(i) != s.Kind(n) {
			t.Fatalf("node %d of the part is not node %d", i, n)
		}
		if got, ok := p.Node(s.ID(n)); !ok || got != i {
			t.Errorf("%s is found as %d", s.ID(n), got)
		}
		want := 0
		for _, o := range s.Neighbours(n) {
			if keep(o) {
				want++
			}
		}
		if got := len(p.Neighbours(i)); got != want {
			t.Errorf("%s has %d neighbours, %d are kept", s.ID(n), got, want)
		}
	}
	if _, ok := p.Node("n1"); ok {
		t.Error("what is left out is found")
	}
	edges := 0
	for _, e := range s.Edges() {
		if keep(e[0]) && keep(e[1]) {
			edges++
		}
	}
	if got := len(p.Edges()); got != edges {
		t.Errorf("%d edges, %d are between nodes that are kept", got, edges)
	}
	kinds := p.KindCounts()
	if len(kinds) != 2 || kinds[0].Kind.ID != "a" || kinds[0].Nodes != 100 || kinds[1].Kind != nil || kinds[1].Nodes != 100 {
		t.Errorf("kinds %+v", kinds)
	}
	if none, _ := s.Part(func(int32) bool { return false }, nil); none.Len() != 0 || none.EdgeCount() != 0 {
		t.Error("a part of nothing holds something")
	}
	if g, _ := s.GroupedByKind().Part(keep, nil); g.Grouping() == nil || g.GroupOf(0) != s.GroupedByKind().GroupOf(0) {
		t.Error("the part of a grouped drawing is not grouped")
	}
}

func TestAFoldedGroupOfADrawingIsOneNodeWithAllItsEdges(t *testing.T) {
	s := kinded(300).GroupedByKind() // kinds a and b, and those of none
	keep := func(n int32) bool { return n != 4 }
	p, of := s.Part(keep, []string{"a"})
	fold, ok := p.Node(GroupID("a"))
	if !ok || p.Len() != 200 || p.Inside() != 99 || !p.FoldedNode(fold) || of[fold] != ^s.GroupOf(0) || p.Name(fold) != "a" || p.Kind(fold) != "a" {
		t.Fatalf("%d nodes, %d inside, folded is %d of %d", p.Len(), p.Inside(), fold, of[fold])
	}
	if got, ok := p.Node("n3"); !ok || got != fold {
		t.Errorf("a member is drawn as %d", got)
	}
	if _, ok := p.Node("n4"); ok {
		t.Error("what is hidden is found")
	}
	var x, y float64
	crossing, between := map[int32]int{}, 0
	for n := range int32(300) {
		if n%3 == 0 {
			x, y = x+float64(s.NodePoint(n).X)/100, y+float64(s.NodePoint(n).Y)/100
		}
	}
	if at := p.NodePoint(fold); at.Dist(geom.Point{X: float32(x), Y: float32(y)}) > 0.01 {
		t.Errorf("it stands at %v, its members about %v, %v", at, x, y)
	}
	for i := range s.edges {
		a, b := s.edges[i].a, s.edges[i].b
		switch {
		case !keep(a) || !keep(b) || a%3 == 0 && b%3 == 0:
		case a%3 == 0:
			crossing[b]++
		case b%3 == 0:
			crossing[a]++
		default:
			between++
		}
	}
	if p.EdgeCount() != between+len(crossing) {
		t.Errorf("%d edges, not %d between others and %d of the group", p.EdgeCount(), between, len(crossing))
	}
	for i := range p.edges {
		e := &p.edges[i]
		if e.a != fold && e.b != fold {
			continue
		}
		if other := of[e.a+e.b-fold]; int(e.count) != crossing[other] {
			t.Errorf("the edge to %d stands for %d, not %d", other, e.count, crossing[other])
		}
	}
	if kinds := p.KindCounts(); kinds[0].Nodes != 100 || kinds[1].Nodes != 99 || kinds[2].Nodes != 100 {
		t.Errorf("kinds %+v", kinds)
	}
	if gr := p.Grouping(); !gr.Groups[0].Folded || gr.Groups[1].Folded || p.GroupOf(fold) != -1 || p.ByImportance()[0] != fold {
		t.Errorf("groups %+v, the folded one in %d, most important %d", gr.Groups, p.GroupOf(fold), p.ByImportance()[0])
	}
	all, _ := s.Part(func(int32) bool { return true }, []string{"a", "b"})
	a, _ := all.Node(GroupID("a"))
	b, _ := all.Node(GroupID("b"))
	want, got := 0, 0
	for i := range s.edges {
		if x, y := s.Kind(s.edges[i].a), s.Kind(s.edges[i].b); x == "a" && y == "b" || x == "b" && y == "a" {
			want++
		}
	}
	for i := range all.edges {
		if e := &all.edges[i]; e.a+e.b == a+b && e.a != e.b && (e.a == a || e.a == b) {
			got += int(e.count)
		}
	}
	if want == 0 || got != want {
		t.Errorf("%d edges between two folded groups, not %d", got, want)
	}
}

// TestFoldedGroupsStandOutAmongManyNodes draws a part from so far away that nodes are dots: groups are marks with names, and what
// joins them has counts.
func TestFoldedGroupsStandOutAmongManyNodes(t *testing.T) {
	s := kinded(15000).GroupedByKind()
	pos := slices.Clone(s.Positions())
	for i := range pos {
		pos[i].X += 6000 * float32(i%3) // a, b, and those of none
	}
	s = s.WithPositions(pos)
	p, _ := s.Part(func(int32) bool { return true }, []string{"a", "b"})
	l := Look{Camera: Fit(p.Bounds(), geom.Point{X: 1000, Y: 700}, 20), Width: 1000, Height: 700, Scale: 1, Faces: faces(t)}
	if level := p.LevelOf(l); level != "far" {
		t.Fatalf("drawn at the level %s", level)
	}
	f := p.Frame(l)
	want := map[string]bool{"a (5000)": true, "b (5000)": true}
	for _, e := range p.between {
		want[itoa(int(p.edges[e].count))] = true
	}
	if len(p.between) != 1 || len(f.Marks) != 2 || len(f.Strokes) == 0 {
		t.Fatalf("%d edges between groups, %d marks, %d strokes", len(p.between), len(f.Marks), len(f.Strokes))
	}
	for _, text := range f.Texts {
		delete(want, text.String)
	}
	if len(want) > 0 {
		t.Errorf("not written: %v", want)
	}
}

func BenchmarkPart(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		s := kinded(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				s.Part(func(n int32) bool { return n%3 != 1 }, nil)
			}
		})
	}
}
