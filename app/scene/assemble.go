package scene

import (
	"cmp"
	"math"
	"slices"

	"caveat/graphstore"
)

// maxLanes is the number of parallel edges drawn apart; more are bundled.
const maxLanes = 4

// finish turns rows into edges, level by level: the claims about entities first, so that those
// about claims find the anchors they end at.
func (b *builder) finish() *model {
	m := b.m
	deepest := int16(0)
	shown := 0
	for i := range b.rows {
		deepest = max(deepest, b.rows[i].depth)
		if b.rows[i].depth > 0 {
			shown++
		}
	}
	m.claimIDs = make([]graphstore.ID, 0, shown)
	m.claimEdge = make([]int32, 0, shown)
	m.edges = make([]edge, 0, shown)
	m.edgeStart = append(make([]int32, 0, shown+1), 0)
	m.edgeList = make([]int32, 0, shown)
	position := make([]int32, len(b.rows))
	for i := range b.rows {
		if b.rows[i].depth > 0 {
			position[i] = int32(len(m.claimIDs))
			m.claimIDs = append(m.claimIDs, b.rows[i].claim.ID)
		}
	}
	m.claimEdge = m.claimEdge[:shown]
	for d := int16(1); d <= deepest; d++ {
		b.level(d, position)
	}
	m.link()
	m.rank()
	m.labels = newLabels(len(m.nodes))
	return m
}

// pair is the unordered ends of a row, for grouping.
type pair struct {
	lo, hi, row int32
}

// level makes the edges of the rows of one depth.
func (b *builder) level(depth int16, position []int32) {
	var pairs []pair
	for i := range b.rows {
		r := &b.rows[i]
		if r.depth != depth {
			continue
		}
		if r.a == pendingClaim {
			r.a = b.anchorOf(r.claim.Subject)
		}
		if r.b == pendingClaim {
			r.b = b.anchorOf(r.claim.Object.ID)
		}
		switch {
		case r.flags&edgeValue != 0:
			pairs = append(pairs, pair{r.a, math.MaxInt32, int32(i)})
		case r.a == r.b && r.a >= 0 && r.claim.Subject != r.claim.Object.ID && r.claim.Predicate == graphstore.SameAs:
			b.m.claimEdge[position[i]] = ^r.a // joined inside its node
			r.edge = ^r.a
		default:
			pairs = append(pairs, pair{min(r.a, r.b), max(r.a, r.b), int32(i)})
		}
	}
	// Groups keep the order of their first claims.
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(x.lo, y.lo), cmp.Compare(x.hi, y.hi), cmp.Compare(x.row, y.row))
	})
	var groups [][]pair
	for len(pairs) > 0 {
		n := 1
		for n < len(pairs) && pairs[n].lo == pairs[0].lo && pairs[n].hi == pairs[0].hi {
			n++
		}
		groups = append(groups, pairs[:n])
		pairs = pairs[n:]
	}
	slices.SortFunc(groups, func(x, y []pair) int { return cmp.Compare(x[0].row, y[0].row) })
	for _, g := range groups {
		b.group(g, position)
	}
}

// anchorOf returns the end at a claim's dot, or the node that a merge became.
func (b *builder) anchorOf(id graphstore.ID) int32 {
	r := &b.rows[b.rowOf[id]]
	if r.edge < 0 {
		return ^r.edge
	}
	return ^b.m.edges[r.edge].dot
}

// group makes the edges between one pair of ends: each claim its own, side by side, but
// beyond four those that nothing is said about become one.
func (b *builder) group(g []pair, position []int32) {
	var apart, bundled []int32
	for _, p := range g {
		apart = append(apart, p.row)
	}
	slices.SortStableFunc(apart, func(x, y int32) int { return byTime(b.rows[x].claim, b.rows[y].claim) })
	if len(apart) > maxLanes {
		var kept []int32
		for _, i := range apart {
			if b.rows[i].has && len(kept) < maxLanes-1 {
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
		b.edge(rows, k, len(edges), position)
	}
}

// edge adds the edge that draws rows as lane k of n.
func (b *builder) edge(rows []int32, k, n int, position []int32) {
	m := b.m
	id := int32(len(m.edges))
	last := &b.rows[rows[len(rows)-1]]
	// A claim about a merge joins nodes as the claims about entities do, which have their lanes already.
	late := 0
	if last.a >= 0 && last.b >= 0 {
		late = int(min(last.depth, 12)) - 1
	}
	e := edge{a: last.a, b: last.b, dot: -1, count: uint16(min(len(rows), math.MaxUint16)), pos: noPosition, flags: last.flags}
	has := false
	for _, i := range rows {
		r := &b.rows[i]
		r.edge = id
		has = has || r.has
		if r.flags&edgeBolt != 0 {
			e.flags |= edgeBolt
		}
		if len(rows) > 1 {
			b.bundle(&e, r)
		}
		m.claimEdge[position[i]] = id
		m.edgeList = append(m.edgeList, position[i])
	}
	m.edgeStart = append(m.edgeStart, int32(len(m.edgeList)))
	if len(rows) == 1 {
		e.verb = b.verb(b.word(last.claim))
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
	if r.a != e.a {
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
	if w := b.word(c); w != "" {
		text = w + " " + text
	}
	if count > 1 {
		text += " +" + itoa(count-1)
	}
	return text
}
