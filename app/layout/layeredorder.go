package layout

import "slices"

// layers is an acyclic graph with long edges cut into chains of dummy nodes (numbers from
// real on), each node in one row.
type layers struct {
	course   *course
	real     int
	rank     []int32
	up, down [][]int32 // neighbours in the row above, below
	rows     [][]int32
	slot     []int32 // place of each node in its row
	key      []float64
}

// The dummy nodes are at most dummyLimit for each node and edge, and mostDummies or as many as nodes: in graphs with more, the longest
// edges cross layers without keeping a place in them.
const (
	dummyLimit  = 8
	mostDummies = 300_000
)

func (l *layers) n() int { return len(l.rank) }

// newLayers cuts the edges of d at the layers.
func newLayers(c *course, d *digraph, rank []int32) *layers {
	l := &layers{course: c, real: d.n, rank: slices.Clone(rank)}
	ups, downs := make([]int32, d.n), make([]int32, d.n)
	longest := c.longestCut(d, rank)
	dummies := 0
	for a := range d.n {
		for _, b := range d.out[a] {
			if span := rank[b] - rank[a]; span <= longest {
				downs[a]++
				ups[b]++
				dummies += int(span - 1)
			}
		}
		if c.interrupted(a) {
			return l
		}
	}
	ones := slices.Repeat([]int32{1}, dummies)
	l.rank = slices.Grow(l.rank, dummies)
	l.up, l.down = lists(append(ups, ones...)), lists(append(downs, ones...))
	for a := range int32(d.n) {
		if c.interrupted(int(a)) {
			return l
		}
		for _, b := range d.out[a] {
			if rank[b]-rank[a] > longest {
				continue
			}
			from := a
			for r := rank[a] + 1; r < rank[b]; r++ {
				v := int32(len(l.rank))
				l.rank = append(l.rank, r)
				l.join(from, v)
				from = v
			}
			l.join(from, b)
		}
	}
	l.rows = make([][]int32, slices.Max(rank)+1)
	l.slot = make([]int32, len(l.rank))
	l.fill()
	return l
}

func (l *layers) join(a, b int32) {
	l.down[a] = append(l.down[a], b)
	l.up[b] = append(l.up[b], a)
}

// longestCut returns the span up to which edges are cut into chains.
func (c *course) longestCut(d *digraph, rank []int32) int32 {
	count := make([]int64, slices.Max(rank)+1) // edges by span
	edges := 0
	for a := range d.n {
		if c.interrupted(a) {
			return 0
		}
		for _, b := range d.out[a] {
			count[rank[b]-rank[a]]++
		}
		edges += len(d.out[a])
	}
	budget := min(dummyLimit*int64(d.n+edges), max(mostDummies, int64(d.n)))
	for s := range count {
		if budget -= count[s] * int64(s-1); s > 1 && budget < 0 {
			return int32(s - 1)
		}
	}
	return 1 << 30
}

// fill puts the nodes into their rows, depth first from the top, so that what hangs together starts together.
func (l *layers) fill() {
	seen := make([]bool, l.n())
	byRank := make([]int32, l.n())
	for v := range byRank {
		byRank[v] = int32(v)
	}
	depth := make([]float64, l.n())
	for v, r := range l.rank {
		depth[v] = float64(r)
	}
	l.course.sortNodes(byRank, depth)
	looks := 0
	var stack []int32
	for _, s := range byRank {
		stack = append(stack, s)
		for len(stack) > 0 {
			if looks++; l.course.interrupted(looks) {
				return
			}
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[v] {
				continue
			}
			seen[v] = true
			r := l.rank[v]
			l.slot[v] = int32(len(l.rows[r]))
			l.rows[r] = append(l.rows[r], v)
			stack = append(stack, l.up[v]...)
			stack = append(stack, l.down[v]...)
		}
	}
}

// orderRounds bounds the sweeps against crossings, orderWork the edges looked at in them: from 300,000 on there are fewer sweeps, down to
// leastRounds.
const (
	orderRounds = 24
	leastRounds = 3
	orderWork   = 7_200_000
)

// order reorders the rows by barycentres, down and up in turn, and keeps the order with fewest
// crossings (Sugiyama 1981), then swaps neighbours where that helps.
func (l *layers) order(c *course) {
	best := l.crossings()
	kept := l.snapshot()
	idle, edges := 0, 1
	for _, next := range l.down {
		edges += len(next)
	}
	rounds := max(leastRounds, min(orderRounds, orderWork/edges))
	for round := 0; round < rounds && best > 0 && idle < 4; round++ {
		if round%2 == 0 {
			for r := 1; r < len(l.rows); r++ {
				l.sortRow(r, l.up)
			}
		} else {
			for r := len(l.rows) - 2; r >= 0; r-- {
				l.sortRow(r, l.down)
			}
		}
		if c.stopped() {
			return
		}
		l.transpose()
		if n := l.crossings(); n < best {
			best, idle = n, 0
			kept = l.snapshot()
		} else {
			idle++
		}
	}
	l.restore(kept)
}

func (l *layers) snapshot() [][]int32 {
	out := make([][]int32, len(l.rows))
	for r, row := range l.rows {
		out[r] = slices.Clone(row)
	}
	return out
}

func (l *layers) restore(rows [][]int32) {
	l.rows = rows
	for _, row := range rows {
		for i, v := range row {
			l.slot[v] = int32(i)
		}
	}
}

// sortRow orders a row by the mean place of each node's neighbours in the next row; nodes
// without any keep their place.
func (l *layers) sortRow(r int, next [][]int32) {
	row := l.rows[r]
	if l.course.stopped() {
		return
	}
	if l.key == nil {
		l.key = make([]float64, l.n())
	}
	key := l.key
	var loose []int32 // with neighbours
	for i, v := range row {
		if l.course.interrupted(i + 1) {
			return
		}
		if len(next[v]) == 0 {
			key[v] = float64(i)
			continue
		}
		sum := 0.0
		for _, u := range next[v] {
			sum += float64(l.slot[u])
		}
		key[v] = sum / float64(len(next[v]))
		loose = append(loose, v)
	}
	l.course.sortNodes(loose, key)
	at := 0
	for i, v := range row {
		if len(next[v]) > 0 {
			row[i] = loose[at]
			at++
		}
	}
	for i, v := range row {
		l.slot[v] = int32(i)
	}
}

// transposeLimit is the largest product of degrees for which swapping two neighbours is tried.
const transposeLimit = 400

// transpose swaps neighbours in a row where that removes crossings, one pass over all rows.
func (l *layers) transpose() {
	for _, row := range l.rows {
		for i := 0; i+1 < len(row); i++ {
			if l.course.interrupted(i) {
				return
			}
			a, b := row[i], row[i+1]
			if len(l.up[a])*len(l.up[b])+len(l.down[a])*len(l.down[b]) > transposeLimit {
				continue
			}
			if l.between(b, a) < l.between(a, b) {
				row[i], row[i+1] = b, a
				l.slot[a], l.slot[b] = int32(i+1), int32(i)
			}
		}
	}
}

// between counts the crossings of the edges of a with those of b, a left of b.
func (l *layers) between(a, b int32) int {
	n := 0
	for _, next := range [2][][]int32{l.up, l.down} {
		for _, u := range next[a] {
			for _, v := range next[b] {
				if l.slot[u] > l.slot[v] {
					n++
				}
			}
		}
	}
	return n
}

// crossings counts all crossings between rows, by an accumulator tree (Barth, Juenger, Mutzel
// 2002) in O(edges log nodes).
func (l *layers) crossings() int64 {
	total := int64(0)
	var tree, ends []int32
	for r := 0; r+1 < len(l.rows); r++ {
		size := 1
		for size < len(l.rows[r+1]) {
			size *= 2
		}
		if cap(tree) < 2*size {
			tree = make([]int32, 2*size)
		}
		tree = tree[:2*size]
		clear(tree)
		for i, v := range l.rows[r] {
			if l.course.interrupted(i) {
				return total
			}
			ends = ends[:0]
			for _, u := range l.down[v] {
				ends = append(ends, l.slot[u])
			}
			slices.Sort(ends)
			for _, e := range ends { // with the edges of nodes before that end further right; those of v's own end further left
				for i := size + int(e); i > 1; i /= 2 {
					if i%2 == 0 {
						total += int64(tree[i+1])
					}
					tree[i]++
				}
			}
		}
	}
	return total
}
