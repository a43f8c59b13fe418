package scene

import (
	"fmt"
	"slices"
	"testing"

	"caveat/graphstore"
)

// TestASetIsTheSameHoweverItWasMade compares small and large sets of nodes, of their ids, looked up or not, in the whole and a part of it.
func TestASetIsTheSameHoweverItWasMade(t *testing.T) {
	const n = 1000
	names, edges := make([]string, n), make([][2]int32, n)
	for i := range names {
		names[i], edges[i] = fmt.Sprint("n", i), [2]int32{int32(i), int32((i + 1) % n)}
	}
	whole := FromEdges(names, edges)
	part, _ := whole.Part(func(node int32) bool { return node%2 == 0 }, nil)
	for _, every := range []int{1, 3, 333} {
		var nodes []int32
		var ids []graphstore.ID
		for i := n - 1; i >= 0; i -= every {
			nodes, ids = append(nodes, int32(i)), append(ids, whole.ID(int32(i)))
		}
		x, y := whole.SetOf(nodes), NewSet(ids)
		if x.Len() != len(ids) || x.At(1) != ids[1] || y.At(1) != ids[1] || !slices.Equal(x.IDs(), ids) || !slices.Equal(y.IDs(), ids) {
			t.Errorf("every %d: %v is not %v", every, x.IDs(), ids)
		}
		for range 2 { // not looked up, and looked up
			for _, s := range []*Scene{whole, part} {
				for i, name := range names {
					id := graphstore.ID(name)
					if in := (n-1-i)%every == 0; s.Picked(x, id) != in || s.Picked(y, id) != in {
						t.Fatalf("every %d: %s is in it: not %v", every, id, in)
					}
				}
				if !slices.Equal(s.NodesOf(x), s.NodesOf(y)) {
					t.Errorf("every %d: drawn as %v and %v", every, s.NodesOf(x), s.NodesOf(y))
				}
			}
		}
		if got := len(whole.NodesOf(x)); got != len(ids) {
			t.Errorf("every %d: %d of %d are drawn", every, got, len(ids))
		}
		if x.Same(y) != (len(ids) <= smallSet) || !x.Same(x) || y.Same(nil) {
			t.Errorf("every %d: the same: %v", every, x.Same(y))
		}
	}
	var none *Set
	if none.Len() != 0 || none.IDs() != nil || whole.Picked(none, "n1") || whole.NodesOf(none) != nil || !none.Same(NewSet(nil)) {
		t.Error("no set is not empty")
	}
}
