package scene

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestEdgesThatNameNoNodeMakeNoDifference builds lists long and short with and without such edges, loops and repeats among them.
func TestEdgesThatNameNoNodeMakeNoDifference(t *testing.T) {
	const seed = 5
	for round, size := range []int{1, 40, 70_000} {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		names := named([][2]int32{{0, int32(size / 3)}})
		n := len(names)
		var all, good [][2]int32
		for range size {
			e := [2]int32{int32(r.IntN(n)), int32(r.IntN(n))}
			if r.IntN(20) == 0 {
				e[1] = e[0]
			}
			good = append(good, e)
			for all = append(all, e); r.IntN(3) == 0; {
				e[r.IntN(2)] = []int32{-1, int32(n), int32(n) + 7}[r.IntN(3)]
				all = append(all, e)
			}
		}
		got, want := FromEdges(names, all), FromEdges(names, good)
		if !slices.Equal(got.edges, want.edges) || !slices.Equal(got.adjStart, want.adjStart) || !slices.Equal(got.adjEdges, want.adjEdges) || !slices.Equal(got.byWeight, want.byWeight) {
			t.Errorf("seed %d: of %d edges %d are none: %d differ from %d", seed, len(all), len(all)-len(good), got.EdgeCount(), want.EdgeCount())
		}
		for i := range got.nodes {
			if got.nodes[i].weight != want.nodes[i].weight {
				t.Fatalf("seed %d: node %d weighs %d, not %d", seed, i, got.nodes[i].weight, want.nodes[i].weight)
			}
		}
		if !slices.Equal(got.Edges(), want.Edges()) {
			t.Errorf("seed %d: the ends of edges differ", seed)
		}
	}
}
