package layout

import (
	"math"
	"math/rand/v2"
)

// stress lays out a small network by its full stress: the sum over all pairs of
// ((|xi-xj|-d)/d)^2, by stochastic gradient descent over the pairs with a falling
// step (Zheng, Pawar, Goodman: Graph drawing by stochastic gradient descent, 2018). The nodes sit in random order in rows of
// eight seats. A turn moves all pairs that are equally many rows and seats apart, eight at once: as good as a full shuffle here.
type stress struct {
	fast bool
	seat []int32   // the node at each seat
	turn []int     // rows apart, times lanes, and seats apart, of each turn, in random order
	dist []float32 // of the pairs, turn by turn, 0 where there is none
	x, y []float32 // places by seat
	step float64   // of the next round
	fall float64   // factor per round
	left int       // rounds
}

// newStress prepares the given number of rounds over the distances of n nodes, in rows of the given stride; pairs
// with distance 0 are left alone.
func newStress[D uint16 | float32](n, stride int, dist []D, rounds int, fast bool, rng *rand.Rand) *stress {
	rows := (n + lanes - 1) / lanes
	s := &stress{fast: fast, left: rounds, seat: make([]int32, n), turn: rng.Perm(rows * lanes)}
	s.x, s.y = make([]float32, rows*lanes), make([]float32, rows*lanes)
	for k, v := range rng.Perm(n) {
		s.seat[k] = int32(v)
	}
	at, size := make([]int, rows*lanes), 0 // where a turn begins
	for _, t := range s.turn {
		at[t] = size
		size += (rows - t/lanes) * lanes
	}
	s.dist = make([]float32, size)
	low, high := float32(math.Inf(1)), float32(0)
	for k, v := range s.seat {
		row := dist[int(v)*stride : int(v)*stride+n]
		for l := k / lanes * lanes; l < n; l++ {
			apart := (l - k) & (lanes - 1)
			if l < k/lanes*lanes+lanes && (apart > lanes/2 || apart == lanes/2 && l < k) { // a pair of one row, seen from its other end
				continue
			}
			if d := float32(row[s.seat[l]]); d > 0 {
				s.dist[at[(l/lanes-k/lanes)*lanes+apart]+k] = d
				low, high = min(low, d), max(high, d)
			}
		}
	}
	if high == 0 {
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
	if s.left <= 0 || c.stopped() {
		return false
	}
	for k, v := range s.seat {
		s.x[k], s.y[k] = x[v], y[v]
	}
	dist := s.dist
	for _, t := range s.turn {
		count := len(s.x) - t/lanes*lanes
		approach(s.fast, s.x, s.y, t/lanes, t%lanes, dist[:count], float32(s.step))
		dist = dist[count:]
	}
	for k, v := range s.seat {
		x[v], y[v] = s.x[k], s.y[k]
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
