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
				k := newComponent(parts[0], shape, vectors(), rand.New(rand.NewPCG(seed, 2)))
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

// TestTrialsKeepTheBest draws a small graph at every start that is tried: what is returned is no worse than any, by the figures of
// package quality too.
func TestTrialsKeepTheBest(t *testing.T) {
	const n, seed = 80, 3
	edges := smallWorldEdges(n, seed)
	for shape, worth := range map[float32]func(f quality.Figures) float64{
		0: func(f quality.Figures) float64 { return f.NP2 },
		1: func(f quality.Figures) float64 { return -f.Stress },
	} {
		p := &Problem{N: n, Edges: edges, Seed: seed, Shape: shape}
		f := &force{shape: shape, fast: vectors()}
		f.parts, f.names = f.split(f.newNetwork(n, edges, nil))
		best := worth(drawn(f.try(p, 0), edges, f.names[0]))
		for start := range trialNodes / n {
			one := worth(drawn(f.newTrial(p, 0, start), edges, f.names[0]))
			if one > best+1e-4 {
				t.Errorf("shape %v: start %d is worth %v, the drawing only %v", shape, start, one, best)
			}
		}
	}
}

func TestJudgeMeasuresAsPackageQuality(t *testing.T) {
	const n, seed = 90, 5
	edges := smallWorldEdges(n, seed)
	c := &course{}
	parts, names := c.split(c.newNetwork(n, edges, nil))
	rng := rand.New(rand.NewPCG(seed, 1))
	x, y, pos := make([]float32, n), make([]float32, n), make([]geom.Point, n)
	for i, v := range names[0] {
		x[i], y[i] = rng.Float32(), rng.Float32()
		pos[v] = geom.Point{X: x[i], Y: y[i]}
	}
	stress, kept := c.judge(parts[0], x, y)
	want := quality.Measure(edges, pos)
	if math.Abs(stress-want.Stress) > 1e-6 || math.Abs(kept-want.NP2) > 1e-6 {
		t.Errorf("seed %d: stress %v and neighbourhoods %v, want %v and %v", seed, stress, kept, want.Stress, want.NP2)
	}
}
