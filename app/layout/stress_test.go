package layout

import (
	"math/rand/v2"
	"testing"
)

func TestEveryPairHasItsTurn(t *testing.T) {
	const seed = 4
	for _, n := range []int{1, 2, 7, 8, 9, 16, 37} {
		rng := rand.New(rand.NewPCG(seed, uint64(n)))
		dist := make([]uint16, n*n)
		for i := range n {
			for j := range i { // all different
				dist[i*n+j] = uint16(i*n + j + 1)
				dist[j*n+i] = dist[i*n+j]
			}
		}
		s := newStress(n, n, dist, 1, false, rng)
		left, seen := s.dist, 0
		for _, turn := range s.turn {
			rows, apart := turn/lanes, turn%lanes
			for k, d := range left[:len(s.x)-rows*lanes] {
				if d == 0 {
					continue
				}
				a := s.seat[k]
				b := s.seat[(k/lanes+rows)*lanes+(k+apart)%lanes]
				if i := int(a)*n + int(b); float32(dist[i]) != d {
					t.Fatalf("seed %d, %d nodes: %d and %d have distance %v instead of %d", seed, n, a, b, d, dist[i])
				}
				dist[int(a)*n+int(b)], dist[int(b)*n+int(a)] = 0, 0
				seen++
			}
			left = left[len(s.x)-rows*lanes:]
		}
		if seen != n*(n-1)/2 || len(left) != 0 {
			t.Errorf("seed %d, %d nodes: %d pairs of %d, %d distances over", seed, n, seen, n*(n-1)/2, len(left))
		}
	}
}
