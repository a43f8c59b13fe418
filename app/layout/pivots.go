package layout

import "sync"

// pivots are sampled nodes with the distances of all nodes to them, in edges: what the
// engine knows about the global shape (Ortmann, Klimenta, Brandes 2017, with sampled pivots).
type pivots struct {
	node []int32
	dist []uint16  // k to a node: dist[v*k+i] from v to pivot i; 0 at itself and where unknown
	pull []float32 // per node: sum of 1/d^2 over the pivots
	k    int       // a multiple of lanes; padding columns are all 0
}

// pivotBlock is the number of breadth-first searches of one piece of work; their
// columns are written together.
const pivotBlock = lanes

// newPivots allocates the distances to the given nodes.
func newPivots(g *network, nodes []int32) *pivots {
	p := &pivots{node: nodes}
	p.k = (len(p.node) + lanes - 1) / lanes * lanes
	p.dist = make([]uint16, g.n*p.k)
	return p
}

// blocks returns how many calls of measure there are.
func (p *pivots) blocks() int { return p.k / pivotBlock }

// measure fills the distances to one block of pivots; blocks may be measured at the same time.
func (p *pivots) measure(c *course, g *network, block int, s *searcher) {
	from := block * pivotBlock
	for z := range pivotBlock {
		if from+z >= len(p.node) {
			clear(s.dist[z][:g.n])
			continue
		}
		s.search(c, g, p.node[from+z], s.dist[z])
	}
	for v := range g.n {
		if v&0xffff == 0 && c.stopped() {
			return
		}
		row := p.dist[v*p.k+from : v*p.k+from+pivotBlock]
		for z := range row {
			row[z] = s.dist[z][v]
		}
	}
}

// seal computes the pulls, once all blocks are measured.
func (p *pivots) seal(c *course, n int) {
	p.pull = make([]float32, n)
	c.parallel(n, func(_, lo, hi int) {
		for v := lo; v < hi; v++ {
			s := float32(0)
			for _, d := range p.dist[v*p.k : (v+1)*p.k] {
				if d > 0 {
					s += 1 / (float32(d) * float32(d))
				}
			}
			p.pull[v] = s
		}
	})
}

// searcher holds the memory of breadth-first searches.
type searcher struct {
	queue []int32
	dist  [pivotBlock][]uint16
}

func newSearcher(n int) *searcher {
	s := &searcher{queue: make([]int32, 0, n)}
	for i := range s.dist {
		s.dist[i] = make([]uint16, n)
	}
	return s
}

// unseen marks nodes not reached yet, and is the largest distance told apart.
const unseen = 65535

// search fills d with the distances from node v, 0 for v itself. The network is connected.
func (s *searcher) search(c *course, g *network, v int32, d []uint16) {
	for i := range d {
		d[i] = unseen
	}
	d[v] = 0
	q := append(s.queue[:0], v)
	for h := 0; h < len(q); h++ {
		if h&0xffff == 0 && c.stopped() {
			return
		}
		u := q[h]
		next := d[u]
		if next < unseen-1 {
			next++
		}
		for _, w := range g.adj[g.off[u]:g.off[u+1]] {
			if d[w] == unseen {
				d[w] = next
				q = append(q, w)
			}
		}
	}
	s.queue = q
}

// measureAll fills all blocks from first on, at most count, on all processors.
func (p *pivots) measureAll(c *course, g *network, first, count int, free *searchers) {
	count = min(count, p.blocks()-first)
	c.parallelChunks(count, func(k int) {
		s := free.take(g.n)
		p.measure(c, g, first+k, s)
		free.give(s)
	})
}

// searchers keeps the memory of searches between calls.
type searchers struct {
	mu   sync.Mutex
	free []*searcher
}

func (f *searchers) take(n int) *searcher {
	f.mu.Lock()
	defer f.mu.Unlock()
	if k := len(f.free); k > 0 {
		s := f.free[k-1]
		f.free = f.free[:k-1]
		return s
	}
	return newSearcher(n)
}

func (f *searchers) give(s *searcher) {
	f.mu.Lock()
	f.free = append(f.free, s)
	f.mu.Unlock()
}
