package layout

import (
	"math/rand/v2"
	"testing"
)

// TestLocalCyclesLoosenTheHold compares cliques joined like a tree, which turn freely about each other, with a
// random network of as many edges, whose cycles lead through all of it.
func TestLocalCyclesLoosenTheHold(t *testing.T) {
	const seed, n, size = 5, 4000, 5
	rng := rand.New(rand.NewPCG(seed, 1))
	var joined, random [][2]int32
	for v := int32(1); v < n; v++ {
		for u := v / size * size; u < v; u++ {
			joined = append(joined, [2]int32{u, v})
		}
		if v%size == 0 {
			joined = append(joined, [2]int32{rng.Int32N(v), v})
		}
		random = append(random, [2]int32{rng.Int32N(v), v})
	}
	for len(random) < len(joined) {
		random = append(random, [2]int32{rng.Int32N(n), rng.Int32N(n)})
	}
	hold := func(edges [][2]int32) (before, after float32) {
		c := &course{}
		g := c.newNetwork(n, edges, nil)
		g.finish()
		h, _, _ := c.coarsen(g, rng)
		tune := standardTuning(g, DefaultShape)
		before = tune.pivot
		tune.loosen(g, h, DefaultShape)
		return before, tune.pivot
	}
	if before, after := hold(joined); after > 0.3*before {
		t.Errorf("seed %d: cliques joined like a tree are held by %v of %v", seed, after, before)
	}
	if before, after := hold(random); after != before {
		t.Errorf("seed %d: a random network is held by %v instead of %v", seed, after, before)
	}
}

func TestSortPutsAllPointsInMortonOrder(t *testing.T) {
	const seed = 3
	for _, n := range []int{1, 2, 1000, 1<<14 + 7} { // the last in pieces
		rng := rand.New(rand.NewPCG(seed, uint64(n)))
		x, y := make([]float32, n), make([]float32, n)
		for i := range x {
			x[i], y[i] = float32(rng.NormFloat64()), float32(rng.IntN(9))
		}
		tr := newTree(n)
		tr.sort(&course{}, x, y)
		seen := make([]bool, n)
		for i, k := range tr.keys {
			if i > 0 && k < tr.keys[i-1] { // equal codes keep the order of their numbers
				t.Fatalf("seed %d, %d points: place %d is out of order", seed, n, i)
			}
			seen[tr.point(i)] = true
		}
		for i, ok := range seen {
			if !ok {
				t.Fatalf("seed %d, %d points: point %d is missing", seed, n, i)
			}
		}
	}
}
