package layout

import (
	"math"
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
	"caveat/app/layout/quality"
)

// smallWorldEdges is a ring whose nodes are joined to the next three, a tenth of the edges to any node instead.
func smallWorldEdges(n int, seed uint64) (edges [][2]int32) {
	rng := rand.New(rand.NewPCG(seed, 8))
	for v := range n {
		for d := 1; d <= 3; d++ {
			to := (v + d) % n
			if rng.IntN(10) == 0 {
				to = rng.IntN(n)
			}
			edges = append(edges, [2]int32{int32(v), int32(to)})
		}
	}
	return edges
}

// drawn returns the figures of a component run to its end.
func drawn(k *component, edges [][2]int32, names []int32) quality.Figures {
	c := &course{}
	for k.step(c) {
	}
	pos := make([]geom.Point, len(names))
	for i, v := range names {
		pos[v] = geom.Point{X: k.x[i], Y: k.y[i]}
	}
	return quality.Measure(edges, pos)
}

// TestGivingWayKeepsNeighbourhoods compares drawings in which long edges give way at the end with those in which they do not: a
// tenth of the edges of a small world are long in any drawing.
func TestGivingWayKeepsNeighbourhoods(t *testing.T) {
	const n = 500
	for seed := uint64(1); seed <= 2 && (seed == 1 || !raced); seed++ {
		edges := smallWorldEdges(n, seed)
		c := &course{}
		parts, names := c.split(c.newNetwork(n, edges, nil))
		for shape, gain := range map[float32]float64{0: 1.25, DefaultShape: 1.04} {
			var f [2]quality.Figures
			for i := range f {
				k := newComponent(parts[0], parts[0].n, shape, vectors(), rand.New(rand.NewPCG(seed, 2)))
				if i == 0 {
					k.tune.give = 0
				}
				f[i] = drawn(k, edges, names[0])
			}
			stiff, giving := f[0], f[1]
			if giving.NP2 < gain*stiff.NP2 || giving.Crossings > stiff.Crossings || giving.Stress > stiff.Stress*1.15 {
				t.Errorf("seed %d, shape %v: %+v where edges give way, %+v where not", seed, shape, giving, stiff)
			}
		}
	}
}

// TestTrialsKeepTheBest draws a small graph from every start that is tried: what is returned is no worse than any, by the figures of
// package quality too, where every start is drawn to its end; and hardly where only those of least stress are.
func TestTrialsKeepTheBest(t *testing.T) {
	const n, seed, trials = 80, 3, trialNodes / 80
	edges := smallWorldEdges(n, seed)
	for shape, worth := range map[float32]func(f quality.Figures) float64{
		0: func(f quality.Figures) float64 { return f.NP2 + 1e-4 },
		1: func(f quality.Figures) float64 { return -f.Stress * 0.99 },
	} {
		p := &Problem{N: n, Edges: edges, Seed: seed, Shape: shape}
		f := &force{shape: shape, fast: vectors()}
		f.parts, f.names = f.split(f.newNetwork(n, edges, nil))
		best := drawn(f.try(p, 0), edges, f.names[0])
		for start, k := range f.starts(p, 0, trials) {
			if one := drawn(k, edges, f.names[0]); worth(one) > worth(best)+2e-4 {
				t.Errorf("shape %v: from start %d it is %+v, the drawing only %+v", shape, start, one, best)
			}
		}
	}
}

// TestFewTrialsAreDrawnToTheEnd counts what is done beside the bringing of all starts near their least stress.
func TestFewTrialsAreDrawnToTheEnd(t *testing.T) {
	for _, c := range []struct {
		shape        float32
		trials, last int
	}{{0, 8, 8}, {0.25, 8, 5}, {DefaultShape, 8, 2}, {1, 8, 2}, {0, 2, 2}, {1, 2, 2}} {
		if got := finalists(c.shape, c.trials); got != c.last {
			t.Errorf("at shape %v %d of %d trials are drawn to the end instead of %d", c.shape, got, c.trials, c.last)
		}
	}
}

func TestTrialsAreMeasuredAsByPackageQuality(t *testing.T) {
	const n, seed = 90, 5
	edges := smallWorldEdges(n, seed)
	c := &course{}
	parts, names := c.split(c.newNetwork(n, edges, nil))
	rng := rand.New(rand.NewPCG(seed, 1))
	x, y, all, pos := make([]float32, n), make([]float32, n), make([]int32, n), make([]geom.Point, n)
	for i, v := range names[0] {
		x[i], y[i], all[i] = rng.Float32(), rng.Float32(), int32(i)
		pos[v] = geom.Point{X: x[i], Y: y[i]}
	}
	p := newPivots(parts[0], all)
	var free searchers
	p.measureAll(c, parts[0], 0, p.blocks(), &free)
	stress, kept := p.stress(vectors(), x, y), p.kept(parts[0], x, y)
	want := quality.Measure(edges, pos)
	if math.Abs(stress-want.Stress) > 1e-6 || math.Abs(kept-want.NP2) > 1e-6 {
		t.Errorf("seed %d: stress %v and neighbourhoods %v, want %v and %v", seed, stress, kept, want.Stress, want.NP2)
	}
}
