package scene

import (
	"testing"

	"caveat/app/geom"
)

// TestColouredNodesLieWhereTheyDid looks for what was found before, without another index.
func TestColouredNodesLieWhereTheyDid(t *testing.T) {
	names, edges := []string{"a", "b", "c"}, [][2]int32{{0, 1}, {1, 2}}
	s := FromEdges(names, edges).WithPositions([]geom.Point{{X: 0}, {X: 100}, {X: 200, Y: 50}})
	s.MakeIndex()
	c := s.OfKinds([]NodeKind{{ID: "k", Name: "k"}}, []int32{0, -1, 0})
	if !c.Indexed() {
		t.Error("the index is made again")
	}
	for _, p := range []geom.Point{{X: 0}, {X: 100}, {X: 200, Y: 50}, {X: 50}, {X: 50, Y: 40}} {
		if got, want := c.Hit(p, 4), s.Hit(p, 4); got != want {
			t.Errorf("at %v lies %+v, not %+v", p, got, want)
		}
	}
	if c.Kind(0) != "k" || s.Kind(0) == "k" {
		t.Error("the coloured node has no kind, or the other has")
	}
}
