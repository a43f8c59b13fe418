package layout

import (
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
)

// balancedEdges is the tree whose inner nodes have the given number of children each.
func balancedEdges(n, children int) (edges [][2]int32) {
	for v := 1; v < n; v++ {
		edges = append(edges, [2]int32{int32((v - 1) / children), int32(v)})
	}
	return edges
}

// attachedEdges is a tree in which every node hangs on one of those before it, with a chance by its degree.
func attachedEdges(n int, seed uint64) (edges [][2]int32) {
	rng := rand.New(rand.NewPCG(seed, 3))
	ends := []int32{0}
	for v := int32(1); int(v) < n; v++ {
		u := ends[rng.IntN(len(ends))]
		edges, ends = append(edges, [2]int32{u, v}), append(ends, u, v)
	}
	return edges
}

// combEdges is a path of teeth paths each of the given length: a tree far from low.
func combEdges(teeth, length int) (edges [][2]int32) {
	for t := range teeth {
		first := int32(t * length)
		if t > 0 {
			edges = append(edges, [2]int32{first - int32(length), first})
		}
		for k := int32(1); int(k) < length; k++ {
			edges = append(edges, [2]int32{first + k - 1, first + k})
		}
	}
	return edges
}

func TestTreesAreDrawnWithoutCrossings(t *testing.T) {
	for what, edges := range map[string][][2]int32{
		"binary, 1,023":           balancedEdges(1023, 2),
		"of four, 1,365":          balancedEdges(1365, 4),
		"of three, 9,841":         balancedEdges(9841, 3),
		"random, 3,000":           randomEdges(3000, 0, 11),
		"with hubs, 4,000":        attachedEdges(4000, 12),
		"comb, 5,000":             combEdges(500, 10),
		"path, 2,500":             pathEdges(2500),
		"star, 2,500":             starEdges(2500),
		"stars about a node, 820": balancedEdges(820, 29),
	} {
		if raced && len(edges) > 1400 {
			continue
		}
		for _, shape := range []float32{0, DefaultShape} {
			pos := mustRun(t, "force", &Problem{N: len(edges) + 1, Edges: edges, Seed: 4, Shape: shape})
			if n := crossings(edges, pos); n != 0 {
				t.Errorf("%s at shape %v: %d crossings", what, shape, n)
			}
		}
	}
}

func TestPendantTreesLeaveTheCore(t *testing.T) {
	edges := [][2]int32{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {3, 5}, {0, 6}}
	c := &course{}
	p := c.hang(c.namedNetwork(7, edges))
	if p.core != 3 || p.height() != 2 {
		t.Errorf("a core of %d nodes, %d high", p.core, p.height())
	}
	for v, want := range []int32{-1, -1, -1, 2, 3, 3, 0} {
		if p.parent[v] != want {
			t.Errorf("node %d hangs on %d, not %d", v, p.parent[v], want)
		}
	}
	for v, want := range []int32{2, 1, 4, 3, 1, 1, 1} {
		if got := p.sizes()[v]; got != want {
			t.Errorf("node %d carries %d nodes, not %d", v, got, want)
		}
	}
}

func TestPiecesHangOnSingleNodes(t *testing.T) {
	// Two triangles on a bridge, a square on one of them, a leaf on the square.
	edges := [][2]int32{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 5}, {5, 3}, {5, 6}, {6, 7}, {7, 8}, {8, 5}, {7, 9}}
	c := &course{}
	p := c.cut(c.namedNetwork(10, edges), 0)
	most := 0
	for k := range p.at {
		most = max(most, 1+len(p.members(int32(k))))
	}
	if len(p.at) != 5 || most != 4 {
		t.Fatalf("%d pieces, the largest of %d nodes", len(p.at), most)
	}
	size := p.sizes()
	for v, want := range []struct{ at, size int32 }{1: {0, 9}, 2: {0, 9}, 3: {2, 7}, 4: {3, 6}, 5: {3, 6}, 6: {5, 4}, 7: {5, 4}, 8: {5, 4}, 9: {7, 1}} {
		if v == 0 {
			continue
		}
		if k := p.home[v]; p.at[k] != want.at || size[k] != want.size {
			t.Errorf("node %d hangs on %d and carries %d nodes, not on %d and %d", v, p.at[k], size[k], want.at, want.size)
		}
	}
	if p.home[0] != -1 {
		t.Errorf("the root hangs on %d", p.home[0])
	}
}

// A cycle that hangs inside another is turned or mirrored out of it as a whole, with what hangs on it.
func TestUnfoldingTurnsWholeCycles(t *testing.T) {
	edges := [][2]int32{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {2, 4}, {4, 5}, {5, 2}, {5, 6}}
	x, y := []float32{0, 3, 3, 0, -1, 1, 1}, []float32{0, 0, 3, 3, 2, -1, -2}
	before := make([]geom.Point, len(x))
	for v := range x {
		before[v] = geom.Point{X: x[v], Y: y[v]}
	}
	if crossings(edges, before) == 0 {
		t.Fatal("the drawing to begin with has no crossing")
	}
	c := &course{}
	for u := c.newUnfolding(c.namedNetwork(7, edges), 0, x, y, 1, 0); u.step(1); {
	}
	after := make([]geom.Point, len(x))
	for v := range x {
		after[v] = geom.Point{X: x[v], Y: y[v]}
	}
	if n := crossings(edges, after); n != 0 {
		t.Errorf("%d crossings are left: %v", n, after)
	}
	for v := range 4 {
		if before[v] != after[v] {
			t.Errorf("node %d moved from %v to %v", v, before[v], after[v])
		}
	}
}

// namedNetwork is a network whose nodes keep their numbers.
func (c *course) namedNetwork(n int, edges [][2]int32) *network {
	g := c.newNetwork(n, edges, nil)
	g.finish()
	return g
}

// An edge to a leaf that crosses the core is turned aside, and the core does not move.
func TestUnfoldingTurnsWhatCrosses(t *testing.T) {
	edges := [][2]int32{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 4}}
	c := &course{}
	g := c.namedNetwork(5, edges)
	x, y := []float32{0, 10, 10, 4, 5}, []float32{0, 0, 10, 4.5, 5.55}
	at := func() (pos []geom.Point) {
		for i := range x {
			pos = append(pos, geom.Point{X: x[i], Y: y[i]})
		}
		return pos
	}
	before := at()
	if crossings(edges, before) == 0 {
		t.Fatal("the drawing to begin with has no crossing")
	}
	u := c.newUnfolding(g, 0, x, y, 1, 0)
	for u.step(1) {
	}
	after := at()
	if n := crossings(edges, after); n != 0 {
		t.Errorf("%d crossings are left: %v", n, after)
	}
	for v := range 4 {
		if before[v] != after[v] {
			t.Errorf("node %d of the core moved from %v to %v", v, before[v], after[v])
		}
	}
}

// A star costs a test or two a leaf, not one for every pair of them.
func TestUnfoldingAStarIsLinear(t *testing.T) {
	c := &course{}
	g := c.namedNetwork(20_000, starEdges(20_000))
	p := c.hang(g)
	x, y := make([]float32, g.n), make([]float32, g.n)
	p.radial(x, y)
	u := c.newUnfolding(g, p.order[0], x, y, 1, 0)
	all := u.tests
	for u.step(stepWork) {
	}
	if used := all - u.tests; used > 2*g.n {
		t.Errorf("%d tests for %d leaves", used, g.n)
	}
}
