package layout

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"caveat/app/geom"
)

// downward makes an acyclic graph: every edge leads from a lower number to a higher one.
func downward(n, m int, seed uint64) [][2]int32 {
	rng := rand.New(rand.NewPCG(seed, 4))
	var edges [][2]int32
	for v := 1; v < n; v++ {
		edges = append(edges, [2]int32{int32(rng.IntN(v)), int32(v)})
	}
	for len(edges) < m {
		a, b := rng.IntN(n), rng.IntN(n)
		if a != b {
			edges = append(edges, [2]int32{int32(min(a, b)), int32(max(a, b))})
		}
	}
	return edges
}

func TestLayeredEdgesRunDownward(t *testing.T) {
	for seed := uint64(1); seed <= 20; seed++ {
		p := &Problem{N: 60, Edges: downward(60, 90, seed)}
		pos := mustRun(t, "layered", p)
		for _, e := range p.Edges {
			if !(pos[e[0]].Y < pos[e[1]].Y) {
				t.Errorf("seed %d: edge %v runs from y %v to %v", seed, e, pos[e[0]].Y, pos[e[1]].Y)
			}
		}
	}
}

func TestLayeredNodesOfALayerKeepApart(t *testing.T) {
	for seed := uint64(1); seed <= 20; seed++ {
		p := &Problem{N: 80, Edges: randomEdges(80, 110, seed), Size: make([]float32, 80)}
		radius := make([]float32, 80)
		for i := range p.Size {
			p.Size[i] = float32(10 + i%20)
			radius[i] = p.Size[i]
		}
		if k := overlaps(mustRun(t, "layered", p), radius); k != 0 {
			t.Errorf("seed %d: %d pairs overlap", seed, k)
		}
	}
}

func TestLayeredTreeHasNoCrossings(t *testing.T) {
	for seed := uint64(1); seed <= 10; seed++ {
		p := &Problem{N: 60, Edges: downward(60, 59, seed)}
		pos := mustRun(t, "layered", p)
		if k := crossings(p.Edges, pos); k != 0 {
			t.Errorf("seed %d: a tree is drawn with %d crossings", seed, k)
		}
	}
}

func TestLayeredChainIsStraight(t *testing.T) {
	p := &Problem{N: 12, Edges: append(pathEdges(12), [2]int32{0, 11})}
	pos := mustRun(t, "layered", p)
	bends := 0
	for v := 2; v < 11; v++ {
		if pos[v].X != pos[v-1].X {
			bends++
		}
	}
	if bends > 1 {
		t.Errorf("a chain beside one long edge bends %d times", bends)
	}
}

// crossings counts the pairs of edges without a common end that cross.
func crossings(edges [][2]int32, pos []geom.Point) int {
	n := 0
	for i, e := range edges {
		for _, f := range edges[:i] {
			if e[0] != f[0] && e[0] != f[1] && e[1] != f[0] && e[1] != f[1] &&
				geom.SegmentsCross(pos[e[0]], pos[e[1]], pos[f[0]], pos[f[1]]) {
				n++
			}
		}
	}
	return n
}

// TestWideLayersAreSetInSeveralLines draws what has many nodes in a layer: it is about as wide as a window, edges run downward, no nodes overlap.
// A layer that a window has room for stays in one line.
func TestWideLayersAreSetInSeveralLines(t *testing.T) {
	for name, p := range map[string]*Problem{
		"star": {N: 2000, Edges: starEdges(2000)},
		"tree": {N: 3000, Edges: downward(3000, 2999, 1)},
		"net":  {N: 1500, Edges: downward(1500, 2500, 2)},
	} {
		radius := make([]float32, p.N)
		for i := range radius {
			radius[i] = 20
		}
		p.Size = radius
		pos := mustRun(t, "layered", p)
		b := geom.BoundsOf(pos)
		if a := b.Width() / b.Height(); a < 1 || a > flatDrawing {
			t.Errorf("%s: the drawing is %.0f by %.0f", name, b.Width(), b.Height())
		}
		if k := overlaps(pos, radius); k != 0 {
			t.Errorf("%s: %d pairs overlap", name, k)
		}
		for _, e := range p.Edges {
			if !(pos[e[0]].Y < pos[e[1]].Y) {
				t.Errorf("%s: edge %v runs from y %v to %v", name, e, pos[e[0]].Y, pos[e[1]].Y)
			}
		}
	}
	pos := mustRun(t, "layered", &Problem{N: 20, Edges: starEdges(20)})
	for v := 2; v < 20; v++ {
		if pos[v].Y != pos[1].Y {
			t.Errorf("leaf %d of a small star is at y %v, the first at %v", v, pos[v].Y, pos[1].Y)
		}
	}
}

// TestDummiesAreBounded cuts a complete graph, of whose edges most span many layers: as few as nodes or mostDummies are made, and the short
// edges keep theirs.
func TestDummiesAreBounded(t *testing.T) {
	const n = 500
	c, edges := &course{}, completeEdges(n)
	d := acyclic(c, &digraph{n: n, out: c.outgoing(&Problem{N: n, Edges: edges}), in: make([][]int32, n)})
	l := newLayers(c, d, assignRanks(c, d))
	segments := 0
	for _, next := range l.down {
		segments += len(next)
	}
	if dummies := l.n() - n; dummies > mostDummies || dummies < mostDummies/2 || segments > len(edges)+mostDummies {
		t.Errorf("%d dummies and %d pieces of edges for %d edges", dummies, segments, len(edges))
	}
}

// TestCrossingsAreCounted compares with looking at all pairs of edges between two rows.
func TestCrossingsAreCounted(t *testing.T) {
	for seed := uint64(1); seed <= 20; seed++ {
		c := &course{}
		p := &Problem{N: 60, Edges: downward(60, 150, seed)}
		d := acyclic(c, &digraph{n: p.N, out: c.outgoing(p), in: make([][]int32, p.N)})
		l := newLayers(c, d, assignRanks(c, d))
		want := int64(0)
		for _, row := range l.rows {
			for i, a := range row {
				for _, b := range row[i+1:] {
					for _, u := range l.down[a] {
						for _, v := range l.down[b] {
							if l.slot[u] > l.slot[v] {
								want++
							}
						}
					}
				}
			}
		}
		if got := l.crossings(); got != want || want == 0 {
			t.Errorf("seed %d: %d crossings are counted, %d are there", seed, got, want)
		}
	}
}

func TestAcyclicLosesNoEdge(t *testing.T) {
	for seed := uint64(1); seed <= 30; seed++ {
		rng := rand.New(rand.NewPCG(seed, 6))
		d := &digraph{n: 20, out: make([][]int32, 20), in: make([][]int32, 20)}
		pairs := map[[2]int32]bool{}
		for range 60 {
			a, b := rng.Int32N(20), rng.Int32N(20)
			if a != b && !pairs[[2]int32{min(a, b), max(a, b)}] {
				pairs[[2]int32{min(a, b), max(a, b)}] = true
				d.add(a, b)
			}
		}
		e := acyclic(&course{}, d)
		if got := len(topological(&course{}, e)); got != 20 {
			t.Errorf("seed %d: a cycle is left: only %d nodes can be sorted", seed, got)
		}
		count := 0
		for a := range e.out {
			for _, b := range e.out[a] {
				count++
				if !pairs[[2]int32{min(int32(a), b), max(int32(a), b)}] {
					t.Errorf("seed %d: edge %d-%d is invented", seed, a, b)
				}
			}
		}
		if count != len(pairs) {
			t.Errorf("seed %d: %d edges became %d", seed, len(pairs), count)
		}
	}
}

func TestRadialPutsNodesOnRingsByDistance(t *testing.T) {
	p := &Problem{N: 80, Edges: randomEdges(80, 100, 2), Focus: []int32{7}}
	pos := mustRun(t, "radial", p)
	c := &course{}
	g := c.newNetwork(p.N, p.Edges, nil)
	ring := map[int32]float32{}
	for v, d := range hopsFrom(g, func(v int32) bool { return v == 7 }) {
		r := pos[v].Dist(pos[7])
		if want, ok := ring[d]; ok && (r < want-0.5 || r > want+0.5) {
			t.Errorf("node %d, %d edges from the focus, is at radius %v, others at %v", v, d, r, want)
		}
		ring[d] = r
	}
	for d := int32(1); ring[d] > 0; d++ {
		if ring[d] <= ring[d-1] {
			t.Errorf("ring %d lies inside ring %d", d, d-1)
		}
	}
}

// TestCrowdedRingsAreSetInSeveralLines draws many nodes about one: they lie close, none on another, all of a ring nearer than those of the next.
func TestCrowdedRingsAreSetInSeveralLines(t *testing.T) {
	const n = 2000
	edges := starEdges(n)
	for v := int32(1); v < n; v++ {
		edges = append(edges, [2]int32{v, n + v - 1})
	}
	for name, p := range map[string]*Problem{
		"star":    {N: n, Edges: starEdges(n)},
		"doubled": {N: 2*n - 1, Edges: edges},
	} {
		p.Focus = []int32{0}
		pos := mustRun(t, "radial", p)
		radius := slices.Repeat([]float32{20}, p.N)
		if k := overlaps(pos, radius); k != 0 {
			t.Errorf("%s: %d pairs overlap", name, k)
		}
		inner, outer, beyond := float32(math.Inf(1)), float32(0), float32(math.Inf(1))
		for v, q := range pos {
			switch r := q.Dist(pos[0]); {
			case v == 0:
			case v < n:
				inner, outer = min(inner, r), max(outer, r)
			default:
				beyond = min(beyond, r)
			}
		}
		if most := 2 * ringLine * EdgeLength * math.Sqrt(n/math.Pi); float64(outer) > most || inner < EdgeLength || beyond < outer+EdgeLength {
			t.Errorf("%s: the ring reaches from %v to %v (at most %v), the next begins at %v", name, inner, outer, most, beyond)
		}
	}
	pos := mustRun(t, "radial", &Problem{N: 60, Edges: starEdges(60), Focus: []int32{0}})
	for v := 2; v < 60; v++ {
		if a, b := pos[v].Dist(pos[0]), pos[1].Dist(pos[0]); abs32(a-b) > 0.5 {
			t.Errorf("node %d of a small ring is at %v, the first at %v", v, a, b)
		}
	}
}

func TestTimelineXFollowsTheDate(t *testing.T) {
	p := hostile()["random"]
	pos := mustRun(t, "timeline", p)
	radius := make([]float32, p.N)
	for i := range radius {
		radius[i] = EdgeLength / 2.1
	}
	for a := range p.N {
		for b := range a {
			if p.Date[a] < p.Date[b] && pos[a].X > pos[b].X {
				t.Fatalf("%v before %v, but x %v after %v", p.Date[a], p.Date[b], pos[a].X, pos[b].X)
			}
			if p.Date[a] == p.Date[b] && pos[a].X != pos[b].X {
				t.Fatalf("one date, %v, at x %v and %v", p.Date[a], pos[a].X, pos[b].X)
			}
		}
	}
	if k := overlaps(pos, radius); k != 0 {
		t.Errorf("%d pairs overlap", k)
	}
}

// TestTimelineWithoutDatesIsNoLine draws nodes without dates, some beside dated ones: they stand left of the first date, in several columns.
func TestTimelineWithoutDatesIsNoLine(t *testing.T) {
	const n = 3000
	nan := math.NaN()
	for _, dated := range []int{0, 10} {
		p := &Problem{N: n, Date: slices.Repeat([]float64{nan}, n)}
		for i := range dated {
			p.Date[i] = float64(i)
		}
		pos := mustRun(t, "timeline", p)
		b := geom.BoundsOf(pos)
		if a := b.Width() / b.Height(); a < 0.5 || a > 4 {
			t.Errorf("with %d dates the drawing is %.0f by %.0f", dated, b.Width(), b.Height())
		}
		if k := overlaps(pos, slices.Repeat([]float32{EdgeLength / 2.1}, n)); k != 0 {
			t.Errorf("with %d dates %d pairs overlap", dated, k)
		}
		for i := dated; i < n; i++ {
			if dated > 0 && pos[i].X >= pos[0].X {
				t.Fatalf("node %d without a date is right of the first date", i)
			}
		}
	}
}

func TestLanesDoNotMixGroups(t *testing.T) {
	p := hostile()["random"]
	for _, name := range []string{"lanes", "timeline"} {
		pos := mustRun(t, name, p)
		low, high := map[int32]float32{}, map[int32]float32{}
		for v, q := range pos {
			g := p.group(v)
			if _, ok := low[g]; !ok {
				low[g], high[g] = q.Y, q.Y
			}
			low[g], high[g] = min(low[g], q.Y), max(high[g], q.Y)
		}
		for a := range low {
			for b := range low {
				if a != b && low[a] <= high[b] && low[b] <= high[a] {
					t.Errorf("%s: the lanes of groups %d and %d overlap", name, a, b)
				}
			}
		}
	}
}
