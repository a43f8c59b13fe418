package layout

import "math"

// pendants are the trees that hang on a network: what is left of them after cutting nodes with one arc, again and
// again, is the core (the 2-core of the network, or the middle of a tree).
type pendants struct {
	core   int     // number of nodes of the core
	order  []int32 // the core, then the others from it outward, siblings together
	parent []int32 // next node towards the core; -1 in the core
	depth  []int32 // edges to the core
}

// hang finds the pendants of a connected network.
func (c *course) hang(g *network) *pendants {
	n := g.n
	p := &pendants{order: make([]int32, 0, n), parent: make([]int32, n), depth: make([]int32, n)}
	left := make([]int32, n)
	cut := make([]int32, 0, n)
	for v := range int32(n) {
		p.parent[v] = -1
		if left[v] = g.degree(v); left[v] <= 1 {
			cut = append(cut, v)
		}
	}
	if g.tree() { // a tree: its middle stays
		for h := 0; h < len(cut) && len(cut) < n; h++ {
			cut = reap(g, cut[h], left, cut)
		}
		cut = cut[:n-1]
	} else {
		for h := 0; h < len(cut); h++ {
			cut = reap(g, cut[h], left, cut)
		}
	}
	for _, v := range cut {
		p.depth[v] = -1
	}
	for v := range int32(n) {
		if p.depth[v] == 0 {
			p.order = append(p.order, v)
		}
	}
	p.core = len(p.order)
	for h := 0; h < len(p.order); h++ {
		if h&0xffff == 0 && c.stopped() {
			return p
		}
		v := p.order[h]
		for _, u := range g.adj[g.off[v]:g.off[v+1]] {
			if p.depth[u] < 0 {
				p.depth[u] = p.depth[v] + 1
				p.parent[u] = v
				p.order = append(p.order, u)
			}
		}
	}
	return p
}

// reap takes node v away and appends those neighbours that are left with one arc.
func reap(g *network, v int32, left, cut []int32) []int32 {
	for _, u := range g.adj[g.off[v]:g.off[v+1]] {
		if left[u]--; left[u] == 1 {
			cut = append(cut, u)
		}
	}
	return cut
}

// height returns the most edges from a node to the core.
func (p *pendants) height() int32 { return p.depth[p.order[len(p.order)-1]] }

// sizes returns the number of nodes of every node's subtree away from the core.
func (p *pendants) sizes() []int32 {
	size := make([]int32, len(p.order))
	for i := len(p.order) - 1; i >= 0; i-- {
		v := p.order[i]
		size[v]++
		if u := p.parent[v]; u >= 0 && i >= p.core {
			size[u] += size[v]
		}
	}
	return size
}

// radial draws a tree without crossings: every node as far from the middle as it has edges to it, in a sector
// that is the part of its parent's by the sizes of the subtrees (Eades 1992).
func (p *pendants) radial(x, y []float32) {
	n := len(p.order)
	size := p.sizes()
	wide, next := make([]float64, n), make([]float64, n) // sector, and where in it the next child begins
	root := p.order[0]
	wide[root] = 2 * math.Pi
	for _, v := range p.order[1:] {
		u := p.parent[v]
		whole := size[u] - 1
		wide[v] = wide[u] * float64(size[v]) / float64(whole)
		next[v] = next[u]
		next[u] += wide[v]
		sin, cos := math.Sincos(next[v] + wide[v]/2)
		x[v], y[v] = float32(float64(p.depth[v])*cos), float32(float64(p.depth[v])*sin)
	}
}
