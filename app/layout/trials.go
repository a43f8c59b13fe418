package layout

import (
	"math"
	"math/rand/v2"
	"slices"
)

// trialNodes is the number of nodes that all trials of a small graph may have together: some milliseconds of work. So a graph
// of 80 nodes is drawn seven times, one of 300 twice, larger ones once.
const (
	trialNodes = 600
	mostTrials = 8
)

// try draws component i from several random starts side by side, where that takes no time worth mentioning, and returns the best
// drawing: small networks have many balances that differ by some per cent. It returns nil after a stop.
func (f *force) try(p *Problem, i int) *component {
	trials := min(mostTrials, trialNodes/max(1, p.N))
	if g := f.parts[i]; g.n < 4 || g.tree() { // drawn alike from any start
		trials = 1
	}
	if trials < 2 {
		return f.newComponent(p, i)
	}
	all, score := make([]*component, trials), make([]float64, trials)
	f.parallelChunks(trials, func(t int) {
		k := f.newTrial(p, i, t)
		for k.phase != phaseDone && k.step(&f.course) {
		}
		if !f.stopped() {
			stress, kept := f.judge(k.net(), k.x, k.y)
			shape := float64(f.shape)
			score[t] = (1-shape)*math.Log(kept+1e-3) - 2*shape*math.Log(stress+1e-3) // which differs less from start to start
		}
		all[t] = k
	})
	if f.stopped() {
		return nil
	}
	best := 0
	for t := range all {
		if score[t] > score[best] {
			best = t
		}
	}
	return all[best]
}

// newTrial returns component i at one of its starts, the first of which is that of a network too large for more.
func (f *force) newTrial(p *Problem, i, start int) *component {
	k := f.newComponent(p, i)
	if start > 0 {
		k.rng = rand.New(rand.NewPCG(uint64(p.Seed), uint64(i)+0x5eed+uint64(start)<<32))
	}
	return k
}

// judge returns the stress of a drawing of a small network and the part of the neighbourhoods of two edges that it keeps (as in
// package quality, without ties; 1 where all reach a quarter of the network).
func (c *course) judge(g *network, x, y []float32) (stress, kept float64) {
	n := g.n
	s := newSearcher(n)
	dist, near := s.dist[0], make([]uint64, n) // the square of a distance in the high half, the node in the low one
	var a, b, pairs, nodes float64
	for v := range int32(n) {
		s.search(c, g, v, dist)
		count := 0
		for u := range n {
			dx, dy := x[u]-x[v], y[u]-y[v]
			square := float32(dx*dx) + float32(dy*dy)
			near[u] = uint64(math.Float32bits(square))<<32 | uint64(u)
			if dist[u] == 0 {
				continue
			}
			if dist[u] <= 2 {
				count++
			}
			e := math.Sqrt(float64(square)) / float64(dist[u])
			a += e
			b += float64(e * e)
			pairs++
		}
		if count == 0 || count > n/4 {
			continue
		}
		near[v] = 0
		slices.Sort(near)
		both := 0
		for _, u := range near[1 : count+1] {
			if d := dist[uint32(u)]; d > 0 && d <= 2 {
				both++
			}
		}
		kept += float64(both) / float64(2*count-both)
		nodes++
	}
	if nodes == 0 {
		kept, nodes = 1, 1
	}
	if b == 0 {
		return 1, kept / nodes
	}
	return 1 - float64(a*a)/float64(b*pairs), kept / nodes
}
