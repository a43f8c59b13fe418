package scene

import (
	"math"
	"math/bits"
	"slices"

	"caveat/graphstore"
)

// maxLanes is the number of parallel edges drawn apart; more are bundled.
const maxLanes = 4

// finish turns rows into edges, level by level: the claims about entities first, so that those
// about claims find the anchors they end at.
func (b *builder) finish() *model {
	m := b.m
	m.verbs = b.verbs
	m.values = map[int32]string{}
	deepest, drawn := b.prepare()
	m.edges = make([]edge, 0, drawn)
	m.edgeStart = append(make([]int32, 0, drawn+1), 0)
	m.edgeList = make([]int32, 0, drawn)
	b.next = make([]int32, len(m.rows))
	for _, level := range m.levels(deepest) {
		b.level(level)
	}
	for i := range m.nodes {
		m.nodes[i].radius = b.radius(&m.nodes[i])
		m.nodes[i].cluster = b.cluster(m.nodes[i].id)
	}
	b.stand()
	m.link()
	m.noteFolds()
	m.rank()
	if m.labels == nil {
		m.labels = newLabels(len(m.nodes))
	}
	return m
}

// prepare finds the depths of rows, which of them others are about, what is contradicted and
// how much is disputed.
func (b *builder) prepare() (deepest int16, drawn int) {
	m := b.m
	for i := range m.nodes {
		m.nodes[i].disputed = 0
	}
	for i := range m.rows {
		r := &m.rows[i]
		r.depth, r.has, r.edge = 0, false, noEdge
		r.flags &^= edgeBolt
	}
	for i := range m.rows {
		r := &m.rows[i]
		if m.depth(int32(i)) < 0 {
			continue
		}
		drawn++
		deepest = max(deepest, r.depth)
		for _, end := range [2]int32{r.a, r.b} {
			if end <= firstRow {
				m.rows[rowOfEnd(end)].has = true
			}
		}
		if b.o.Contradicted != nil && b.o.Contradicted(r.claim.ID) {
			r.flags |= edgeBolt
		}
		if r.flags&edgeDisputed == 0 {
			continue
		}
		for k, n := range [2]int32{r.a, r.b} {
			if n >= 0 && !(k == 0 && r.claim.Speaker == r.claim.Subject) && !(k == 1 && r.a == r.b) {
				m.nodes[n].disputed = min(m.nodes[n].disputed+1, 999)
			}
		}
	}
	return deepest, drawn
}

// depth returns 1 for a claim about entities, one more than what it is about for a claim about
// claims, and -1 if something in that chain is not shown.
func (m *model) depth(i int32) int16 {
	r := &m.rows[i]
	if r.depth != 0 {
		return r.depth
	}
	r.depth = -1 // also breaks a circle, which Graph.Apply refuses
	d := int16(1)
	for _, end := range [2]int32{r.a, r.b} {
		below := int16(0)
		switch {
		case end == hiddenEnd || end == noEnd:
			return -1
		case end <= firstRow:
			if below = m.depth(rowOfEnd(end)); below < 0 {
				return -1
			}
		}
		d = max(d, min(below, math.MaxInt16-1)+1)
	}
	r.depth = d
	return d
}

// chain is the rows of one pair of ends in their order, linked by builder.next.
type chain struct {
	first, last, count int32
}

// levels returns the rows of each depth in their order.
func (m *model) levels(deepest int16) [][]int32 {
	counts := make([]int, deepest+1)
	for i := range m.rows {
		if d := m.rows[i].depth; d > 0 {
			counts[d]++
		}
	}
	out := make([][]int32, deepest+1)
	for d, n := range counts {
		out[d] = make([]int32, 0, n)
	}
	for i := range m.rows {
		if d := m.rows[i].depth; d > 0 {
			out[d] = append(out[d], int32(i))
		}
	}
	return out
}

// level makes the edges of the rows of one depth.
func (b *builder) level(rows []int32) {
	m := b.m
	seen := newPairs(len(rows))
	groups := make([]chain, 0, len(rows)) // in the order of their first claims
	for _, i := range rows {
		r := &m.rows[i]
		x, y := b.ends(r)
		lo, hi := min(x, y), max(x, y)
		switch {
		case m.foldedEnd(x) && (x == y || r.flags&edgeValue != 0):
			r.edge = ^x // inside its group
			continue
		case r.flags&edgeValue != 0:
			lo, hi = x, math.MaxInt32
		case m.merged && x == y && x >= 0 && r.claim.Subject != r.claim.Object.ID && r.claim.Predicate == graphstore.SameAs:
			r.edge = ^x // joined inside its node
			continue
		}
		b.next[i] = -1
		g := seen.number(lo, hi, int32(len(groups)))
		if int(g) == len(groups) {
			groups = append(groups, chain{i, i, 1})
			continue
		}
		b.next[groups[g].last] = i
		groups[g].last = i
		groups[g].count++
	}
	var one [1]int32
	for _, g := range groups {
		if g.count == 1 {
			one[0] = g.first
			b.edge(one[:], 0, 1)
		} else {
			b.group(g)
		}
	}
}

// ends returns the ends of a row as those of an edge: nodes, or complements of anchors.
func (b *builder) ends(r *row) (x, y int32) {
	end := func(e int32) int32 {
		if e > firstRow {
			return e
		}
		t := &b.m.rows[rowOfEnd(e)]
		if t.edge < 0 {
			return ^t.edge // the node that a merge became
		}
		return ^b.m.edges[t.edge].dot
	}
	return end(r.a), end(r.b)
}

// pairs numbers pairs of ends in an open hash table.
type pairs struct {
	keys    []uint64
	numbers []int32 // one more than the number; 0 is empty
	shift   uint
}

func newPairs(n int) *pairs {
	bits := uint(bits.Len(uint(n)) + 1)
	return &pairs{make([]uint64, 1<<bits), make([]int32, 1<<bits), 64 - bits}
}

// number returns the number of a pair; a new pair gets next.
func (p *pairs) number(lo, hi, next int32) int32 {
	key := uint64(uint32(lo))<<32 | uint64(uint32(hi))
	at := key * 0x9e3779b97f4a7c15 >> p.shift
	for ; p.numbers[at] != 0; at = (at + 1) & uint64(len(p.keys)-1) {
		if p.keys[at] == key {
			return p.numbers[at] - 1
		}
	}
	p.keys[at], p.numbers[at] = key, next+1
	return next
}

// group makes the edges between one pair of ends: each claim its own, side by side, but beyond four those
// that nothing is said about become one, and all of a folded group.
func (b *builder) group(g chain) {
	var apart, bundled []int32
	for i := g.first; i >= 0; i = b.next[i] {
		apart = append(apart, i)
	}
	slices.SortStableFunc(apart, func(x, y int32) int { return byTime(b.m.rows[x].claim, b.m.rows[y].claim) })
	x, y := b.ends(&b.m.rows[g.first])
	folded := b.m.foldedEnd(x) || b.m.foldedEnd(y)
	if len(apart) > maxLanes || folded {
		var kept []int32
		for _, i := range apart {
			if b.m.rows[i].has && len(kept) < maxLanes-1 && !folded {
				kept = append(kept, i)
			} else {
				bundled = append(bundled, i)
			}
		}
		apart = kept
	}
	edges := make([][]int32, 0, maxLanes)
	for _, i := range apart {
		edges = append(edges, []int32{i})
	}
	if bundled != nil { // in the middle, where it is straight
		edges = slices.Insert(edges, len(edges)/2, bundled)
	}
	for k, rows := range edges {
		b.edge(rows, k, len(edges))
	}
}

// edge adds the edge that draws rows as lane k of n.
func (b *builder) edge(rows []int32, k, n int) {
	m := b.m
	id := int32(len(m.edges))
	last := &b.m.rows[rows[len(rows)-1]]
	// A claim about a merge joins nodes as the claims about entities do, which have their lanes already.
	late := 0
	x, y := b.ends(last)
	if x >= 0 && y >= 0 {
		late = int(min(last.depth, 12)) - 1
	}
	e := edge{a: x, b: y, dot: -1, count: uint32(len(rows)), pos: noPosition, flags: last.flags &^ edgeDisputed}
	has := false
	for _, i := range rows {
		r := &b.m.rows[i]
		r.edge = id
		has = has || r.has
		if r.flags&edgeBolt != 0 {
			e.flags |= edgeBolt
		}
		if len(rows) > 1 {
			b.bundle(&e, r)
		}
		m.edgeList = append(m.edgeList, i)
	}
	m.edgeStart = append(m.edgeStart, int32(len(m.edgeList)))
	if len(rows) == 1 {
		e.verb = last.verb
		if p := last.claim.Position; p != nil {
			e.pos = int8(*p)
		}
	}
	switch {
	case e.flags&edgeValue != 0:
		m.values[id] = b.value(last.claim, len(rows))
		e.b = ^int32(len(m.anchors))
		m.anchors = append(m.anchors, anchor{edge: id, value: true, turn: int16(k), turns: int16(n)})
		if has {
			e.dot = ^e.b
		}
	case e.a == e.b:
		e.flags |= edgeLoop
		e.lane = int8(k)
		e.lane += int8(late * maxLanes)
	default:
		e.lane = int8(2*k - (n - 1))
		if late > 0 {
			e.lane = int8(2*k + 1 + maxLanes*(2*late-1))
		}
		if b.bent(&e) {
			e.flags |= edgeBent
			e.lane = int8(2 * (k/2 + 1))
			if k%2 == 1 {
				e.lane = -e.lane
			}
		}
		if e.a > e.b { // lanes are counted in one direction for both
			e.lane = -e.lane
		}
	}
	if has && e.dot < 0 {
		e.dot = int32(len(m.anchors))
		m.anchors = append(m.anchors, anchor{edge: id})
	}
	m.edges = append(m.edges, e)
}

// bundle folds one claim of several into their edge: marks stay only where all agree, the
// colour is that of the newest current position.
func (b *builder) bundle(e *edge, r *row) {
	e.flags &= r.flags | edgeBolt | edgeArrow
	if x, _ := b.ends(r); x != e.a {
		e.flags &^= edgeArrow
	}
	if p := r.claim.Position; p != nil && (r.flags&edgeDashed == 0 || e.pos == noPosition) {
		e.pos = int8(*p)
	}
}

// bent reports whether an edge to or from a claim has its other end at an end of that claim.
func (b *builder) bent(e *edge) bool {
	at := func(dot, other int32) bool {
		if dot >= 0 {
			return false
		}
		an := b.m.anchors[^dot]
		t := &b.m.edges[an.edge]
		return t.a == other || t.b == other
	}
	return at(e.a, e.b) || at(e.b, e.a)
}

// value returns the text at the end of a literal's edge.
func (b *builder) value(c *graphstore.Claim, count int) string {
	text := c.Object.Literal
	if w := b.verbs[b.word(c)]; w != "" {
		text = w + " " + text
	}
	if count > 1 {
		text += " +" + itoa(count-1)
	}
	return text
}
