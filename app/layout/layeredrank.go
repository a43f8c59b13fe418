package layout

import "slices"

// acyclic returns d with some edges turned round so that no cycle is left (greedy feedback arcs of
// Eades, Lin and Smyth 1993): sinks to the end, sources to the front, then what has most
// more edges out than in.
func acyclic(c *course, d *digraph) *digraph {
	place := greedyOrder(c, d)
	outs, ins := make([]int32, d.n), make([]int32, d.n)
	for a := range int32(d.n) {
		if c.interrupted(int(a)) {
			return d
		}
		for _, b := range d.out[a] {
			from, to := a, b
			if place[a] > place[b] {
				from, to = b, a
			}
			outs[from]++
			ins[to]++
		}
	}
	e := &digraph{n: d.n, out: lists(outs), in: lists(ins)}
	for a := range int32(d.n) {
		if c.interrupted(int(a)) {
			return e
		}
		for _, b := range d.out[a] {
			if place[a] < place[b] {
				e.add(a, b)
			} else {
				e.add(b, a)
			}
		}
	}
	for v := range e.out {
		if c.interrupted(v) {
			return e
		}
		slices.Sort(e.out[v])
		slices.Sort(e.in[v])
	}
	return e
}

// greedyOrder returns the place of each node in an order with few edges backwards.
func greedyOrder(c *course, d *digraph) []int32 {
	q := newBuckets(d)
	place := make([]int32, d.n)
	front, back := int32(0), int32(d.n-1)
	for front <= back {
		if c.interrupted(int(front + int32(d.n) - back)) {
			return place
		}
		v, sink := q.next()
		if sink {
			place[v] = back
			back--
		} else {
			place[v] = front
			front++
		}
		q.remove(d, v)
	}
	return place
}

// buckets holds the nodes by their surplus of edges out over edges in, as doubly linked lists: the first
// list the sinks, the last the sources.
type buckets struct {
	out, in    []int32 // degrees among the nodes left
	where      []int32 // list of each node, -1 once removed
	head       []int32
	prev, succ []int32
	high       int32 // no list above, but sources, has nodes
	shift      int32 // list of surplus 0
}

func newBuckets(d *digraph) *buckets {
	most := int32(1)
	for v := range d.n {
		most = max(most, int32(len(d.out[v])), int32(len(d.in[v])))
	}
	b := &buckets{
		out: make([]int32, d.n), in: make([]int32, d.n), where: make([]int32, d.n),
		prev: make([]int32, d.n), succ: make([]int32, d.n),
		head: make([]int32, 2*most+3), shift: most + 1,
	}
	for i := range b.head {
		b.head[i] = -1
	}
	for v := int32(d.n) - 1; v >= 0; v-- {
		b.out[v], b.in[v] = int32(len(d.out[v])), int32(len(d.in[v]))
		b.link(v)
	}
	return b
}

// link puts v into the list it belongs to.
func (b *buckets) link(v int32) {
	k := b.shift + b.out[v] - b.in[v]
	switch {
	case b.out[v] == 0:
		k = 0
	case b.in[v] == 0:
		k = int32(len(b.head)) - 1
	default:
		b.high = max(b.high, k)
	}
	b.where[v], b.prev[v], b.succ[v] = k, -1, b.head[k]
	if b.head[k] >= 0 {
		b.prev[b.head[k]] = v
	}
	b.head[k] = v
}

func (b *buckets) unlink(v int32) {
	if b.prev[v] >= 0 {
		b.succ[b.prev[v]] = b.succ[v]
	} else {
		b.head[b.where[v]] = b.succ[v]
	}
	if b.succ[v] >= 0 {
		b.prev[b.succ[v]] = b.prev[v]
	}
	b.where[v] = -1
}

// next returns the node to place next and whether it goes to the end.
func (b *buckets) next() (v int32, sink bool) {
	if v = b.head[0]; v >= 0 {
		return v, true
	}
	if v = b.head[len(b.head)-1]; v >= 0 {
		return v, false
	}
	for b.head[b.high] < 0 {
		b.high--
	}
	return b.head[b.high], false
}

func (b *buckets) remove(d *digraph, v int32) {
	b.unlink(v)
	for _, u := range d.out[v] {
		if b.where[u] >= 0 {
			b.unlink(u)
			b.in[u]--
			b.link(u)
		}
	}
	for _, u := range d.in[v] {
		if b.where[u] >= 0 {
			b.unlink(u)
			b.out[u]--
			b.link(u)
		}
	}
}

// rankRounds bounds the tightening of layers.
const rankRounds = 40

// assignRanks gives every node a layer, all edges pointing to a higher one: by longest paths, then every node to
// the middle of where its edges are shortest in sum, until nothing moves (coordinate descent on the goal of
// the network simplex of Gansner et al. 1993).
func assignRanks(c *course, d *digraph) []int32 {
	order := topological(c, d)
	rank := make([]int32, d.n)
	for i, v := range order {
		if c.interrupted(i) {
			return rank
		}
		for _, u := range d.out[v] {
			rank[u] = max(rank[u], rank[v]+1)
		}
	}
	for round := range rankRounds {
		moved := false
		for i := range order {
			v := order[i]
			if c.interrupted(i) {
				return rank
			}
			if round%2 == 0 { // from the sinks up first: longest paths leave sources too high
				v = order[len(order)-1-i]
			}
			if r := bestRank(d, rank, v); r != rank[v] {
				rank[v] = r
				moved = true
			}
		}
		if !moved || c.stopped() {
			break
		}
	}
	low := slices.Min(rank)
	used := make([]bool, slices.Max(rank)-low+1)
	for _, r := range rank {
		used[r-low] = true
	}
	name := make([]int32, len(used))
	next := int32(0)
	for i, u := range used {
		name[i] = next
		if u {
			next++
		}
	}
	for v := range rank {
		rank[v] = name[rank[v]-low]
	}
	return rank
}

// bestRank returns the layer between v's predecessors and successors where its edges are shortest: the nearer to
// the side with more of them; v's own where both sides have as many.
func bestRank(d *digraph, rank []int32, v int32) int32 {
	in, out := d.in[v], d.out[v]
	low, high := int32(-1<<30), int32(1<<30)
	for _, u := range in {
		low = max(low, rank[u]+1)
	}
	for _, u := range out {
		high = min(high, rank[u]-1)
	}
	switch {
	case len(in) > len(out):
		return low
	case len(out) > len(in):
		return high
	}
	return rank[v]
}

// topological returns the nodes of an acyclic graph, sources first.
func topological(c *course, d *digraph) []int32 {
	need := make([]int32, d.n)
	order := make([]int32, 0, d.n)
	for v := range d.n {
		need[v] = int32(len(d.in[v]))
		if need[v] == 0 {
			order = append(order, int32(v))
		}
	}
	for h := 0; h < len(order); h++ {
		if c.interrupted(h) {
			return order
		}
		for _, u := range d.out[order[h]] {
			if need[u]--; need[u] == 0 {
				order = append(order, u)
			}
		}
	}
	return order
}
