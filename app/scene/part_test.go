package scene

import (
	"fmt"
	"math/rand"
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
	p, of := s.Part(keep)
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
	if none, _ := s.Part(func(int32) bool { return false }); none.Len() != 0 || none.EdgeCount() != 0 {
		t.Error("a part of nothing holds something")
	}
	if g, _ := s.GroupedByKind(true).Part(keep); g.Grouping() == nil || g.GroupOf(0) != s.GroupedByKind(true).GroupOf(0) {
		t.Error("the part of a grouped drawing is not grouped")
	}
}

func BenchmarkPart(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		s := kinded(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				s.Part(func(n int32) bool { return n%3 != 1 })
			}
		})
	}
}
