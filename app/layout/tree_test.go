package layout

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestTreeForcesAreNearTheExactOnes(t *testing.T) {
	const seed = 6
	rng := rand.New(rand.NewPCG(seed, 1))
	const n = 3000
	x, y, m := make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range x {
		x[i], y[i] = float32(rng.NormFloat64()*40), float32(rng.NormFloat64()*20)
		if i%9 == 0 {
			x[i], y[i] = x[0], y[0] // a crowd in one spot
		}
		m[i] = 1 + rng.Float32()
	}
	c := &course{}
	for _, w := range []law{{eps: 0.5, theta: 1}, {eps: 0.5, theta: 1.4, steep: true}, {eps: 0.5, theta: 1.4, steep: true, fast: vectors()}} {
		tr := newTree(n)
		tr.sort(c, x, y)
		tr.build(c, x, y, m)
		fx, fy, stiff := make([]float32, n), make([]float32, n), make([]float32, n)
		tr.forces(c, w, fx, fy, stiff)
		var off, all float64
		for i := range n {
			var ex, ey float64
			for j := range n {
				dx, dy := float64(x[i]-x[j]), float64(y[i]-y[j])
				d := dx*dx + dy*dy + float64(w.eps)
				if w.steep {
					d *= math.Sqrt(d)
				}
				ex += float64(m[j]) * dx / d
				ey += float64(m[j]) * dy / d
			}
			off += math.Hypot(ex-float64(fx[i]), ey-float64(fy[i]))
			all += math.Hypot(ex, ey)
		}
		if limit := 0.05 * float64(w.theta*w.theta*w.theta); off > limit*all {
			t.Errorf("seed %d, %+v: forces are off by %.1f %%", seed, w, 100*off/all)
		}
	}
}

func TestTreeWorkGrowsLittleFasterThanItsPoints(t *testing.T) {
	// The mean length of the lists of interactions, for spread points, for all in one spot and for a crowd with one far away.
	length := func(n int, place func(i int, rng *rand.Rand) (float32, float32)) float64 {
		rng := rand.New(rand.NewPCG(8, uint64(n)))
		x, y, m := make([]float32, n), make([]float32, n), make([]float32, n)
		for i := range x {
			x[i], y[i] = place(i, rng)
			m[i] = 1
		}
		c := &course{}
		tr := newTree(n)
		tr.sort(c, x, y)
		tr.build(c, x, y, m)
		var s sources
		sum := 0.0
		for _, g := range tr.groups {
			tr.gather(g, law{eps: 0.02, theta: 1}, &s)
			sum += float64(len(s.x)) * float64(tr.nodes[g].hi-tr.nodes[g].lo)
		}
		return sum / float64(n)
	}
	for what, place := range map[string]func(i int, rng *rand.Rand) (float32, float32){
		"spread": func(_ int, rng *rand.Rand) (float32, float32) { return rng.Float32() * 300, rng.Float32() * 300 },
		"spot":   func(int, *rand.Rand) (float32, float32) { return 5, 5 },
		"far": func(i int, rng *rand.Rand) (float32, float32) {
			if i == 0 {
				return 1e7, 1e7
			}
			return rng.Float32(), rng.Float32()
		},
	} {
		small, large := length(4000, place), length(64000, place)
		if large > 3*small+100 {
			t.Errorf("%s: %.0f interactions a point at 4,000, %.0f at 64,000", what, small, large)
		}
	}
}

func TestSearchGivesTheDistancesOfAPath(t *testing.T) {
	c := &course{}
	g := c.newNetwork(300, pathEdges(300), nil)
	g.finish()
	p := newPivots(g, []int32{0, 150, 299})
	var free searchers
	p.measureAll(c, g, 0, p.blocks(), &free)
	for v := range 300 {
		want := []int{v, abs(v - 150), 299 - v}
		for i, w := range want {
			if got := int(p.dist[v*p.k+i]); got != w {
				t.Fatalf("node %d is %d from pivot %d, want %d", v, got, i, w)
			}
		}
	}
}

func abs(v int) int { return max(v, -v) }
