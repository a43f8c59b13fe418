package layout

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// trialNodes is the number of nodes that all trials of a small graph may have together: some milliseconds of work. So a graph
// of 80 nodes is drawn from seven starts, one of 300 from two, larger ones from one. Most of them are only brought near their least
// stress, by so many rounds.
const (
	trialNodes  = 600
	mostTrials  = 8
	trialRounds = 30
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
	all := f.starts(p, i, trials)
	if f.stopped() {
		return nil
	}
	g, dist := all[0].net(), all[0].pivots
	if last := finalists(f.shape, trials); last < trials {
		all = f.best(all, last, func(k *component) float64 {
			for k.phase == phaseStress && k.step(&f.course) {
			}
			return -dist.stress(f.fast, k.x, k.y)
		})
	}
	all = f.best(all, 1, func(k *component) float64 {
		for k.phase != phaseDone && k.step(&f.course) {
		}
		stress, kept := dist.stress(f.fast, k.x, k.y), dist.kept(g, k.x, k.y)
		shape := float64(f.shape)
		return (1-shape)*math.Log(kept+1e-3) - 2*shape*math.Log(stress+1e-3) // which differs less from start to start
	})
	if f.stopped() {
		return nil
	}
	return all[0]
}

// finalists returns how many of the trials are worth drawing to the end: two of least stress, and the more the less the shape
// knob asks for it, as the stress says nothing about neighbourhoods.
func finalists(shape float32, trials int) int {
	return 2 + int(float32(trials-2)*max(0, 1-2*shape)+0.5)
}

// starts returns component i at so many starts, the first of which is that of a network too large for more. They share
// what does not depend on the start.
func (f *force) starts(p *Problem, i, trials int) []*component {
	k := f.newComponent(p, i)
	k.tune.stressRounds = trialRounds
	for k.phase < phaseStress && k.step(&f.course) {
	}
	all := []*component{k}
	for t := 1; t < trials && !f.stopped(); t++ {
		all = append(all, k.again(rand.New(rand.NewPCG(uint64(p.Seed), uint64(i)+0x5eed+uint64(t)<<32))))
	}
	return all
}

// best returns the given number of those that are worth most, the best first; all of them may be worked on at once.
func (f *force) best(all []*component, count int, worth func(k *component) float64) []*component {
	type scored struct {
		k     *component
		worth float64
	}
	list := make([]scored, len(all))
	f.parallelChunks(len(all), func(t int) {
		list[t] = scored{all[t], worth(all[t])}
	})
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.worth, a.worth) })
	out := make([]*component, count)
	for t := range out {
		out[t] = list[t].k
	}
	return out
}

// stress returns that of a drawing of a small network, all of whose nodes are pivots (as in package quality).
func (p *pivots) stress(fast bool, x, y []float32) float64 {
	n := len(p.node)
	px, py := make([]float32, p.k), make([]float32, p.k)
	copy(px, x)
	copy(py, y)
	var a, b, pairs float64
	for v := range n {
		sum, squares, count := gauge(fast, x[v], y[v], float32(math.Inf(1)), px, py, p.dist[v*p.k:(v+1)*p.k])
		a, b, pairs = a+float64(sum), b+float64(squares), pairs+float64(count)
	}
	if b == 0 {
		return 1
	}
	return 1 - float64(a*a)/float64(b*pairs)
}

// kept returns the part of the neighbourhoods of two edges that a drawing of a small network keeps (as in package quality,
// without ties; 1 where all reach a quarter of the network).
func (p *pivots) kept(g *network, x, y []float32) float64 {
	n := g.n
	near := make([]uint64, n) // the square of a distance in the high half, the node in the low one
	var sum, nodes float64
	for v := range n {
		dist := p.dist[v*p.k : v*p.k+n]
		count := 0
		for u, d := range dist {
			dx, dy := x[u]-x[v], y[u]-y[v]
			near[u] = uint64(math.Float32bits(float32(dx*dx)+float32(dy*dy)))<<32 | uint64(u)
			if d == 1 || d == 2 {
				count++
			}
		}
		if count == 0 || count > n/4 {
			continue
		}
		near[v] = 0
		slices.Sort(near)
		both := 0
		for _, u := range near[1 : count+1] {
			if d := dist[uint32(u)]; d == 1 || d == 2 {
				both++
			}
		}
		sum += float64(both) / float64(2*count-both)
		nodes++
	}
	if nodes == 0 {
		return 1
	}
	return sum / nodes
}
