package layout

import (
	"math/bits"
	"math/rand/v2"
	"sort"
)

// sortBySize orders node lists by falling length, equal ones by their lowest member.
func sortBySize(lists [][]int32) {
	low := make([]int32, len(lists))
	idx := make([]int, len(lists))
	for i, l := range lists {
		idx[i] = i
		low[i] = l[0]
		for _, v := range l {
			low[i] = min(low[i], v)
		}
	}
	sort.Slice(idx, func(a, b int) bool {
		i, j := idx[a], idx[b]
		if len(lists[i]) != len(lists[j]) {
			return len(lists[i]) > len(lists[j])
		}
		return low[i] < low[j]
	})
	out := make([][]int32, len(lists))
	for k, i := range idx {
		out[k] = lists[i]
	}
	copy(lists, out)
}

// level is one network of the hierarchy and how its nodes lie in the next coarser one.
type level struct {
	net     *network
	cluster []int32   // node to node of the coarser level; nil at the coarsest
	reach   []float32 // wanted distance from the centre of the cluster
}

// massLimit is how many times the mean mass a cluster may hold: larger ones would
// flatten whole neighbourhoods of hubs in one level.
const massLimit = 6

// coarsen joins every node with free neighbours of its own (star clustering: a centre and the nodes next to
// it) and returns the network of the clusters. Nodes of high degree become centres first, in
// classes of doubling degree and random order within a class.
func (c *course) coarsen(g *network, rng *rand.Rand) (h *network, cluster []int32, reach []float32) {
	order := byDegree(g, rng)
	cluster = make([]int32, g.n)
	reach = make([]float32, g.n)
	for i := range cluster {
		cluster[i] = -1
	}
	total := float32(0)
	for _, m := range g.m {
		total += m
	}
	limit := massLimit * total / float32(g.n)
	var mass []float32
	for i, v := range order {
		if i&0xffff == 0 && c.stopped() {
			return nil, nil, nil
		}
		if cluster[v] >= 0 {
			continue
		}
		if joined(g, v, cluster, reach, mass, limit) {
			continue
		}
		id := int32(len(mass))
		mass = append(mass, g.m[v])
		cluster[v] = id
		for k := g.off[v]; k < g.off[v+1]; k++ {
			u := g.adj[k]
			if cluster[u] >= 0 || g.degree(u) > 1 && mass[id]+g.m[u] > limit {
				continue
			}
			cluster[u] = id
			mass[id] += g.m[u]
			reach[u] = g.length(k)
		}
	}
	mass = renumber(cluster, mass)
	return c.quotient(g, cluster, reach, mass), cluster, reach
}

// byDegree returns the nodes by falling class of degree, shuffled within a class.
func byDegree(g *network, rng *rand.Rand) []int32 {
	var count [33]int
	class := func(v int32) int { return 32 - bits.Len32(uint32(g.degree(v))) }
	for v := range int32(g.n) {
		count[class(v)]++
	}
	at := 0
	var next [33]int
	for k, n := range count {
		next[k] = at
		at += n
	}
	order := make([]int32, g.n)
	for v := range int32(g.n) {
		k := class(v)
		order[next[k]] = v
		next[k]++
	}
	at = 0
	for _, n := range count {
		group := order[at : at+n]
		rng.Shuffle(n, func(i, j int) { group[i], group[j] = group[j], group[i] })
		at += n
	}
	return order
}

// joined puts v, if all its neighbours are taken, into the lightest cluster next to it,
// and reports whether it did.
func joined(g *network, v int32, cluster []int32, reach, mass []float32, limit float32) bool {
	best, far := int32(-1), float32(0)
	for k := g.off[v]; k < g.off[v+1]; k++ {
		u := g.adj[k]
		id := cluster[u]
		if id < 0 {
			return false
		}
		if best < 0 || mass[id] < mass[best] {
			best, far = id, g.length(k)+reach[u]
		}
	}
	if best < 0 || mass[best]+g.m[v] > 3*limit && g.degree(v) > 1 {
		return false
	}
	cluster[v] = best
	mass[best] += g.m[v]
	reach[v] = far
	return true
}

// renumber gives the clusters the order of their first members, so that the memory
// order of the finer level carries over.
func renumber(cluster []int32, mass []float32) []float32 {
	name := make([]int32, len(mass))
	for i := range name {
		name[i] = -1
	}
	out := make([]float32, 0, len(mass))
	for v, id := range cluster {
		if name[id] < 0 {
			name[id] = int32(len(out))
			out = append(out, mass[id])
		}
		cluster[v] = name[id]
	}
	return out
}

// quotient returns the network of the clusters: strengths are added, the shortest way
// over the border is the wanted length.
func (c *course) quotient(g *network, cluster []int32, reach, mass []float32) *network {
	n := len(mass)
	start := make([]int32, n+1)
	for _, id := range cluster {
		start[id+1]++
	}
	for i := range n {
		start[i+1] += start[i]
	}
	member := make([]int32, g.n)
	next := append([]int32(nil), start[:n]...)
	for v, id := range cluster {
		member[next[id]] = int32(v)
		next[id]++
	}
	h := &network{n: n, off: make([]int32, n+1), m: mass}
	h.adj = make([]int32, 0, len(g.adj)/2)
	h.w = make([]float32, 0, len(g.adj)/2)
	h.l = make([]float32, 0, len(g.adj)/2)
	arc := make([]int32, n) // the current cluster's arc to here, +1
	for id := range int32(n) {
		if id&0x3fff == 0 && c.stopped() {
			return nil
		}
		first := int32(len(h.adj))
		for _, v := range member[start[id]:start[id+1]] {
			for k := g.off[v]; k < g.off[v+1]; k++ {
				u := g.adj[k]
				to := cluster[u]
				if to == id {
					continue
				}
				length := reach[v] + g.length(k) + reach[u]
				if at := arc[to] - 1; at >= first {
					h.w[at] += g.strength(k)
					h.l[at] = min(h.l[at], length)
					continue
				}
				h.adj = append(h.adj, to)
				h.w = append(h.w, g.strength(k))
				h.l = append(h.l, length)
				arc[to] = int32(len(h.adj))
			}
		}
		h.off[id+1] = int32(len(h.adj))
	}
	h.meanLength()
	return h
}
