package layout

import "math"

// network is an undirected graph as arrays: the arcs of node v are k in off[v]..off[v+1], each leading to
// adj[k]. Loops are gone and repeats folded. Coarser networks have nodes that
// stand for several, of mass m, and arcs of other strength w and wanted length l.
type network struct {
	n    int
	off  []int32
	adj  []int32
	w    []float32 // strength of an arc, nil = all 1
	l    []float32 // wanted length of an arc, in edges, nil = all 1
	m    []float32 // mass of a node
	mean float32   // mean wanted length
}

// tree reports whether a connected network has no cycle.
func (g *network) tree() bool { return len(g.adj) == 2*(g.n-1) }

// cycles returns the part of the edges of a connected network that close a cycle, 0 for a tree.
func (g *network) cycles() float64 {
	return max(0, 1-float64(2*(g.n-1))/float64(max(1, len(g.adj))))
}

// unevenness returns the mean square of the degrees in parts of the square of their mean: 1 where all are equal.
func (g *network) unevenness() float32 {
	square := 0.0
	for v := range int32(g.n) {
		d := float64(g.degree(v))
		square += float64(d * d)
	}
	arcs := float64(max(1, len(g.adj)))
	return float32(square * float64(g.n) / (arcs * arcs))
}

// clustering returns what part of the pairs of neighbours of a node are neighbours themselves (the coefficient of Watts and Strogatz 1998),
// the mean over sampled nodes of 2 to 60 neighbours. Two hubs count as not joined.
func (g *network) clustering() float64 {
	const hub = 300
	mark := make([]int32, g.n)
	sum, nodes := 0.0, 0.0
	for v := int32(0); v < int32(g.n); v += 1 + int32(g.n/2000) {
		d := g.degree(v)
		if d < 2 || d > 60 {
			continue
		}
		arcs := g.adj[g.off[v]:g.off[v+1]]
		for _, u := range arcs {
			mark[u] = v + 1
		}
		pairs := 0
		for _, u := range arcs {
			if g.degree(u) > hub {
				continue
			}
			for _, w := range g.adj[g.off[u]:g.off[u+1]] {
				switch {
				case mark[w] != v+1:
				case g.degree(w) > hub: // seen from here only
					pairs += 2
				default:
					pairs++
				}
			}
		}
		sum += float64(pairs) / float64(d*(d-1))
		nodes++
	}
	return sum / max(1, nodes)
}

// strength returns that of arc k.
func (g *network) strength(k int32) float32 {
	if g.w == nil {
		return 1
	}
	return g.w[k]
}

// length returns the wanted one of arc k, in edges.
func (g *network) length(k int32) float32 {
	if g.l == nil {
		return 1
	}
	return g.l[k]
}

func (g *network) degree(v int32) int32 { return g.off[v+1] - g.off[v] }

// newNetwork builds the network of edges over n nodes; it looks at the weights if there
// are any, and adds those of repeated edges.
func (c *course) newNetwork(n int, edges [][2]int32, weights []float32) *network {
	off := make([]int32, n+1)
	for i, e := range edges {
		if i&0xffff == 0 && c.stopped() {
			return nil
		}
		if e[0] != e[1] {
			off[e[0]+1]++
			off[e[1]+1]++
		}
	}
	for v := range n {
		off[v+1] += off[v]
	}
	adj := make([]int32, off[n])
	var w []float32
	if len(weights) != 0 {
		w = make([]float32, off[n])
	}
	next := make([]int32, n)
	copy(next, off)
	for i, e := range edges {
		if i&0xffff == 0 && c.stopped() {
			return nil
		}
		a, b := e[0], e[1]
		if a == b {
			continue
		}
		adj[next[a]], adj[next[b]] = b, a
		if w != nil {
			w[next[a]], w[next[b]] = weights[i], weights[i]
		}
		next[a]++
		next[b]++
	}
	g := &network{n: n, off: off, adj: adj, w: w}
	c.fold(g)
	return g
}

// fold joins repeated arcs in place, keeping the first of each; unweighted ones keep strength 1, so that a
// pair with forty claims is drawn at the distance of any other.
func (c *course) fold(g *network) {
	last := make([]int32, g.n) // arc of the current node to here, +1
	var out int32
	start := int32(0)
	for v := range int32(g.n) {
		if v&0xffff == 0 && c.stopped() {
			return
		}
		end := g.off[v+1]
		first := out
		for k := start; k < end; k++ {
			u := g.adj[k]
			if at := last[u] - 1; at >= first && at < out && g.adj[at] == u {
				if g.w != nil {
					g.w[at] += g.w[k]
				}
				continue
			}
			g.adj[out] = u
			if g.w != nil {
				g.w[out] = g.w[k]
			}
			last[u] = out + 1
			out++
		}
		start = end
		g.off[v+1] = out
	}
	g.adj = g.adj[:out]
	if g.w != nil {
		g.w = g.w[:out]
	}
}

// finish fills the masses of a finest network: all 1.
func (g *network) finish() {
	g.m = make([]float32, g.n)
	for i := range g.m {
		g.m[i] = 1
	}
	g.mean = 1
}

// split returns the connected components as networks of their own, largest first (ties: lowest node
// first), each with the numbers its nodes had. Nodes are renumbered breadth first from one
// end of the component, so that neighbours lie close in memory.
func (c *course) split(g *network) (parts []*network, names [][]int32) {
	order := make([]int32, 0, g.n) // all nodes, component by component
	local := make([]int32, g.n)
	for i := range local {
		local[i] = -1
	}
	var starts []int32
	for s := range int32(g.n) {
		if local[s] >= 0 {
			continue
		}
		first := int32(len(order))
		starts = append(starts, first)
		order = c.breadthFirst(g, s, order, local)
		if c.stopped() {
			return nil, nil
		}
		// Again from the far end: layers are thinner, so neighbours come closer.
		if far := order[len(order)-1]; int32(len(order))-first > 64 {
			for _, v := range order[first:] {
				local[v] = -1
			}
			order = c.breadthFirst(g, far, order[:first], local)
			if c.stopped() {
				return nil, nil
			}
		}
	}
	starts = append(starts, int32(len(order)))
	for k := 0; k+1 < len(starts); k++ {
		if k&0xfff == 0 && c.stopped() {
			return nil, nil
		}
		names = append(names, order[starts[k]:starts[k+1]:starts[k+1]])
	}
	sortBySize(names)
	for _, nodes := range names {
		parts = append(parts, c.part(g, nodes, local))
		if c.stopped() {
			return nil, nil
		}
	}
	return parts, names
}

// breadthFirst appends the component of s to order and numbers its nodes in local from 0.
func (c *course) breadthFirst(g *network, s int32, order, local []int32) []int32 {
	first := len(order)
	order = append(order, s)
	local[s] = 0
	for h := first; h < len(order); h++ {
		if h&0xffff == 0 && c.stopped() {
			return order
		}
		u := order[h]
		for _, v := range g.adj[g.off[u]:g.off[u+1]] {
			if local[v] < 0 {
				local[v] = int32(len(order) - first)
				order = append(order, v)
			}
		}
	}
	return order
}

// part copies the subnetwork of nodes, numbered by local.
func (c *course) part(g *network, nodes, local []int32) *network {
	h := &network{n: len(nodes), off: make([]int32, len(nodes)+1)}
	for i, v := range nodes {
		h.off[i+1] = h.off[i] + g.degree(v)
	}
	h.adj = make([]int32, h.off[h.n])
	if g.w != nil {
		h.w = make([]float32, h.off[h.n])
	}
	for i, v := range nodes {
		if i&0xffff == 0 && c.stopped() {
			return h
		}
		at := h.off[i]
		for k := g.off[v]; k < g.off[v+1]; k++ {
			h.adj[at] = local[g.adj[k]]
			if g.w != nil {
				h.w[at] = g.w[k]
			}
			at++
		}
	}
	h.finish()
	return h
}

// meanLength sets the mean wanted length of the arcs.
func (g *network) meanLength() {
	sum := 0.0
	for _, l := range g.l {
		sum += float64(l)
	}
	g.mean = 1
	if len(g.l) > 0 {
		g.mean = float32(sum / float64(len(g.l)))
	}
}

func sqrt32(v float32) float32 { return float32(math.Sqrt(float64(v))) }
