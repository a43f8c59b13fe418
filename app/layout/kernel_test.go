package layout

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestVectorKernelsGiveTheBitsOfTheirTwins(t *testing.T) {
	if !vectors() {
		t.Log("this processor has no vector kernels: nothing to compare")
		return
	}
	const seed = 11
	rng := rand.New(rand.NewPCG(seed, 0))
	number := func() float32 { return float32(rng.NormFloat64() * math.Pow(10, float64(rng.IntN(5)-2))) }
	for round := range 2000 {
		n := rng.IntN(12) * lanes
		a, b, m, row := make([]float32, n), make([]float32, n), make([]float32, n), make([]uint16, n)
		for i := range a {
			a[i], b[i], m[i] = number(), number(), rng.Float32()*5
			row[i] = uint16(rng.IntN(1 << rng.IntN(17)))
			if rng.IntN(9) == 0 {
				a[i], b[i], m[i] = far, far, 0
			}
		}
		x, y, u := number(), number(), rng.Float32()
		if n > 0 && rng.IntN(3) == 0 {
			x, y = a[0], b[0]
		}
		gx, gy, gr := repel(false, x, y, 0.02, a, b, m)
		vx, vy, vr := repel(true, x, y, 0.02, a, b, m)
		if bitsOf(gx) != bitsOf(vx) || bitsOf(gy) != bitsOf(vy) || bitsOf(gr) != bitsOf(vr) {
			t.Fatalf("seed %d round %d: repel gives %v %v %v, its twin %v %v %v", seed, round, vx, vy, vr, gx, gy, gr)
		}
		gx, gy, gr = repelSteep(false, x, y, 0.02, a, b, m)
		vx, vy, vr = repelSteep(true, x, y, 0.02, a, b, m)
		if bitsOf(gx) != bitsOf(vx) || bitsOf(gy) != bitsOf(vy) || bitsOf(gr) != bitsOf(vr) {
			t.Fatalf("seed %d round %d: repelSteep gives %v %v %v, its twin %v %v %v", seed, round, vx, vy, vr, gx, gy, gr)
		}
		gx, gy = pull(false, x, y, u, a, b, row)
		vx, vy = pull(true, x, y, u, a, b, row)
		if bitsOf(gx) != bitsOf(vx) || bitsOf(gy) != bitsOf(vy) {
			t.Fatalf("seed %d round %d: pull gives %v %v, its twin %v %v", seed, round, vx, vy, gx, gy)
		}
		gs, gq, gc := gauge(false, x, y, u, a, b, row)
		vs, vq, vc := gauge(true, x, y, u, a, b, row)
		if bitsOf(gs) != bitsOf(vs) || bitsOf(gq) != bitsOf(vq) || gc != vc {
			t.Fatalf("seed %d round %d: gauge gives %v %v %v, its twin %v %v %v", seed, round, vs, vq, vc, gs, gq, gc)
		}
		for i := range m {
			m[i] = float32(row[i]) / 3
		}
		rows, apart := rng.IntN(3), rng.IntN(lanes)
		var places [2][]float32
		for i, fast := range []bool{false, true} {
			places[i] = make([]float32, 2*(n+rows*lanes))
			ax, ay := places[i][:n+rows*lanes], places[i][n+rows*lanes:]
			copy(ax, a)
			copy(ay, b)
			approach(fast, ax, ay, rows, apart, m, u*100)
		}
		for i, v := range places[0] {
			if bitsOf(v) != bitsOf(places[1][i]) {
				t.Fatalf("seed %d round %d: approach moves to %v, its twin to %v", seed, round, places[1][i], v)
			}
		}
	}
}

// bitsOf returns the bits of v, those of 0 for -0.
func bitsOf(v float32) uint32 { return math.Float32bits(v + 0) }

func BenchmarkApproach(b *testing.B) {
	const n = 512
	rng := rand.New(rand.NewPCG(1, 1))
	x, y, dist := make([]float32, 2*n), make([]float32, 2*n), make([]float32, n)
	for i := range x {
		x[i], y[i], dist[i/2] = rng.Float32()*100, rng.Float32()*100, 1+rng.Float32()*100
	}
	for name, fast := range map[string]bool{"go": false, "vector": vectors()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				approach(fast, x, y, 5, 3, dist, 1)
			}
		})
	}
}

func BenchmarkRepel(b *testing.B) {
	const n = 512
	x, y, m := make([]float32, n), make([]float32, n), make([]float32, n)
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range x {
		x[i], y[i], m[i] = rng.Float32()*100, rng.Float32()*100, 1
	}
	for name, fast := range map[string]bool{"go": false, "vector": vectors()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				repel(fast, 50, 50, 0.02, x, y, m)
			}
		})
	}
}
