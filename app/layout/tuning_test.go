package layout

import (
	"math"
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
		tune := standardTuning(g, g.n, DefaultShape)
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

// TestLittleStressLoosensTheHold asks for the hold on distances at the end by the stress that a firm hold came to.
func TestLittleStressLoosensTheHold(t *testing.T) {
	const seed, n = 7, 4000
	rng := rand.New(rand.NewPCG(seed, 1))
	var edges, branches [][2]int32
	for v := int32(1); v < n; v++ {
		edges = append(edges, [2]int32{rng.Int32N(v), v}, [2]int32{rng.Int32N(n), v})
		branches = append(branches, [2]int32{rng.Int32N(v), v})
	}
	net := func(edges [][2]int32) *network {
		c := &course{}
		g := c.newNetwork(n, edges, nil)
		g.finish()
		return g
	}
	g := net(edges)
	tune := standardTuning(g, g.n, DefaultShape)
	last := float32(0)
	for _, least := range []float64{0.05, 0.1, 0.13, 0.15, 0.165, 0.175, 0.185} {
		hold := tune.eased(g, least, DefaultShape)
		if hold < last || hold == last && least > 0.1 {
			t.Errorf("seed %d: at a stress of %v distances are held by %v, less than with less stress", seed, least, hold)
		}
		last = hold
	}
	if hold := tune.eased(g, usualStress, DefaultShape); math.Abs(float64(hold/tune.pivot)-1) > 1e-5 {
		t.Errorf("seed %d: at the usual stress the hold is %v instead of %v", seed, hold, tune.pivot)
	}
	if hold := tune.eased(g, 0.1, 1); hold != tune.pivot {
		t.Errorf("seed %d: at the global end the hold is %v instead of %v", seed, hold, tune.pivot)
	}
	tree := net(branches)
	tune = standardTuning(tree, tree.n, DefaultShape)
	if hold := tune.eased(tree, 0.05, DefaultShape); hold != tune.pivot {
		t.Errorf("seed %d: a tree is held by %v instead of %v", seed, hold, tune.pivot)
	}
}

// TestClusteringCountsTriangles compares with all pairs of neighbours looked at, with and without a hub.
func TestClusteringCountsTriangles(t *testing.T) {
	const seed, n = 11, 700
	for _, hubs := range []int32{0, 1} {
		rng := rand.New(rand.NewPCG(seed, 1))
		joined := map[[2]int32]bool{}
		var edges [][2]int32
		join := func(a, b int32) {
			if a != b && !joined[[2]int32{a, b}] {
				joined[[2]int32{a, b}], joined[[2]int32{b, a}] = true, true
				edges = append(edges, [2]int32{a, b})
			}
		}
		for v := int32(1); v < n; v++ {
			for range 3 {
				join(v, max(0, v-1-rng.Int32N(6)))
			}
			for h := range hubs {
				join(h, v)
			}
		}
		g := (&course{}).newNetwork(n, edges, nil)
		sum, nodes := 0.0, 0.0
		for v := range int32(n) {
			arcs := g.adj[g.off[v]:g.off[v+1]]
			if len(arcs) < 2 || len(arcs) > 60 {
				continue
			}
			some := 0.0
			for _, a := range arcs {
				for _, b := range arcs {
					if a != b && joined[[2]int32{a, b}] {
						some++
					}
				}
			}
			sum += some / float64(len(arcs)*(len(arcs)-1))
			nodes++
		}
		if got, want := g.clustering(), sum/nodes; math.Abs(got-want) > 1e-9 {
			t.Errorf("seed %d, %d hubs: clustering %v instead of %v", seed, hubs, got, want)
		}
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

// TestCrowdsOfLeavesDoNotSetTheScale draws a ring of hubs whose leaves lie closer to each other than their distances ask
// for: the scale that the pivots see must be that of all pairs, or the drawing shrinks in every round.
func TestCrowdsOfLeavesDoNotSetTheScale(t *testing.T) {
	const hubs, leaves = 30, 20
	var edges [][2]int32
	for h := range int32(hubs) {
		edges = append(edges, [2]int32{h, (h + 1) % hubs})
		for k := range int32(leaves) {
			edges = append(edges, [2]int32{h, hubs + h*leaves + k})
		}
	}
	c := &course{}
	parts, names := c.split(c.newNetwork(hubs*(leaves+1), edges, nil))
	g := parts[0]
	at := func(v int32) (x, y float32) {
		h, k := int(v), -1
		if h >= hubs {
			h, k = (h-hubs)/leaves, (h-hubs)%leaves
		}
		sin, cos := math.Sincos(2 * math.Pi * float64(h) / hubs)
		x, y = float32(cos*hubs/6), float32(sin*hubs/6)
		if k >= 0 {
			sin, cos = math.Sincos(2 * math.Pi * float64(k) / leaves)
			x, y = x+float32(cos/8), y+float32(sin/8)
		}
		return x, y
	}
	x, y, all := make([]float32, g.n), make([]float32, g.n), make([]int32, g.n)
	for i, v := range names[0] {
		x[i], y[i] = at(v)
		all[i] = int32(i)
	}
	r := newRelaxer(g, x, y, false)
	r.pivots = newPivots(g, all)
	var free searchers
	r.pivots.measureAll(c, g, 0, r.pivots.blocks(), &free)
	r.aim()
	if want, _, _ := r.fit(math.Inf(1)); math.Abs(float64(r.unit)-want) > 0.02*want {
		t.Errorf("the scale is %v instead of %v", r.unit, want)
	}
}

// TestEdgesGiveWayLaterWhereADrawingIsTrue holds how long edges give way to the stress of the drawing: only towards the local end it
// matters, and nowhere it jumps.
func TestEdgesGiveWayLaterWhereADrawingIsTrue(t *testing.T) {
	var ladder [][2]int32
	for v := int32(2); v < 900; v++ {
		ladder = append(ladder, [2]int32{v - 2, v}, [2]int32{v - 1, v})
	}
	g := new(course).newNetwork(900, ladder, nil)
	g.finish()
	for _, shape := range []float32{DefaultShape, 0.75, 1} {
		if c := standardTuning(g, g.n, shape); c.given(0) != c.given(1) {
			t.Errorf("shape %v: %v in a true drawing, %v in others", shape, c.given(0), c.given(1))
		}
	}
	c := standardTuning(g, g.n, 0)
	last := c.given(0)
	if last < 3*c.given(1) {
		t.Errorf("%v in a true drawing, %v in others", last, c.given(1))
	}
	for stress := 0.0; stress < 0.05; stress += 0.0005 {
		next := c.given(stress)
		if next > last || next < 0.8*last {
			t.Errorf("at a stress of %v it goes from %v to %v", stress, last, next)
		}
		last = next
	}
}

// TestComponentsTakeNoMoreTimeThanOneDrawingOfAll counts the pairs of nodes that are looked at for drawings of 100,000 nodes in
// equal components: many of 2,000 cost no more than twice what one costs.
func TestComponentsTakeNoMoreTimeThanOneDrawingOfAll(t *testing.T) {
	const whole = 100_000
	pairs := func(n int) float64 {
		c := &course{}
		g := c.newNetwork(n, randomEdges(n, 2*n, 1), nil)
		g.finish()
		tune := standardTuning(g, whole, DefaultShape)
		each := float64(tune.pivots * tune.lastRounds)
		if n <= tune.fullLimit {
			each = float64(n * (tune.stressRounds + tune.lastRounds))
		}
		return whole * each
	}
	one := pairs(whole)
	for _, n := range []int{100, 300, 301, 1000, 2000, 5000, 20_000} {
		if part := pairs(n); part > 12*one || n > leastFull && part > 2*one {
			t.Errorf("in components of %d nodes: %.0f pairs, as one of all: %.0f", n, part, one)
		}
	}
}
