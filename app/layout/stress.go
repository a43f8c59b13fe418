package layout

import (
	"math"
	"math/rand/v2"
)

// stress lays out a small network by its full stress: the sum over all pairs of
// ((|xi-xj|-d)/d)^2, by stochastic gradient descent over the pairs with a falling
// step (Zheng, Pawar, Goodman: Graph drawing by stochastic gradient descent, 2018). The order is that of a tournament over
// shuffled seats: as good as a full shuffle here, and as neighbours in it share no node, the
// processor works on several at once.
type stress struct {
	pairs []pair
	step  float64 // of the next round
	fall  float64 // factor per round
	left  int     // rounds
}

type pair struct {
	i, j int32
	d    float32
}

// newStress prepares the given number of rounds over the distances dist(i, j); pairs with distance 0 are left
// out.
func newStress(n, rounds int, dist func(i, j int) float32, rng *rand.Rand) *stress {
	s := &stress{pairs: make([]pair, 0, n*(n-1)/2), left: rounds}
	low, high := float32(math.Inf(1)), float32(0)
	seat, turn := rng.Perm(n), rng.Perm(n/2)
	for _, t := range turn {
		t++
		count := n
		if 2*t == n {
			count = t
		}
		for k := range count {
			i, j := seat[k], seat[(k+t)%n]
			if d := dist(i, j); d > 0 {
				s.pairs = append(s.pairs, pair{int32(i), int32(j), d})
				low, high = min(low, d), max(high, d)
			}
		}
	}
	if len(s.pairs) == 0 {
		s.left = 0
		return s
	}
	s.step = float64(high) * float64(high)
	end := 0.1 * float64(low) * float64(low)
	s.fall = math.Pow(end/s.step, 1/float64(max(1, rounds-1)))
	return s
}

// round moves every pair once and reports whether more rounds are left.
func (s *stress) round(c *course, x, y []float32) bool {
	if s.left <= 0 {
		return false
	}
	step := float32(s.step)
	for k, q := range s.pairs {
		if k&0x3ffff == 0 && c.stopped() {
			return false
		}
		mu := min(step/(q.d*q.d), 1)
		dx, dy := x[q.i]-x[q.j], y[q.i]-y[q.j]
		length := sqrt32(float32(dx*dx)+float32(dy*dy)) + 1e-6
		f := mu * (length - q.d) / (2 * length)
		mx, my := f*dx, f*dy
		x[q.i] -= mx
		y[q.i] -= my
		x[q.j] += mx
		y[q.j] += my
	}
	s.step *= s.fall
	s.left--
	return s.left > 0
}

// pathLengths returns the lengths of the shortest paths between all pairs of a small
// network, row by row (Dijkstra without a heap: meant for some hundred nodes).
func pathLengths(g *network) []float32 {
	n := g.n
	all := make([]float32, n*n)
	done := make([]bool, n)
	inf := float32(math.Inf(1))
	for s := range n {
		d := all[s*n : (s+1)*n]
		for i := range d {
			d[i] = inf
			done[i] = false
		}
		d[s] = 0
		for {
			u := -1
			for i := range d {
				if !done[i] && d[i] < inf && (u < 0 || d[i] < d[u]) {
					u = i
				}
			}
			if u < 0 {
				break
			}
			done[u] = true
			for k := g.off[u]; k < g.off[u+1]; k++ {
				d[g.adj[k]] = min(d[g.adj[k]], d[u]+g.length(k))
			}
		}
	}
	for i, d := range all {
		if d == inf {
			all[i] = 0
		}
	}
	return all
}
