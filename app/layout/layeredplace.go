package layout

import "slices"

// place returns the x of every node, dummies too: long edges straight, nodes over the middle of their
// neighbours (Brandes and Koepf, Fast and simple horizontal coordinate assignment, 2001: four
// alignments, the mean of the two middle ones). half is half the width of each node.
func (l *layers) place(c *course, half []float32) []float32 {
	bad := l.conflicts()
	var runs [4][]float32
	for k := range runs {
		if c.stopped() {
			return make([]float32, l.n())
		}
		a := &alignment{layers: l, half: half, bad: bad, fromBelow: k&1 == 1, fromRight: k&2 == 2}
		a.align()
		runs[k] = a.compact()
	}
	// The narrowest drawing gives the frame: left ones are put to its left border, right ones to its right.
	best, low, high := 0, make([]float32, 4), make([]float32, 4)
	for k, x := range runs {
		low[k], high[k] = slices.Min(x), slices.Max(x)
		if high[k]-low[k] < high[best]-low[best] {
			best = k
		}
	}
	out := make([]float32, l.n())
	for v := range out {
		var x [4]float32
		for k := range runs {
			shift := low[best] - low[k]
			if k&2 == 2 {
				shift = high[best] - high[k]
			}
			x[k] = runs[k][v] + shift
		}
		slices.Sort(x[:])
		out[v] = (x[1] + x[2]) / 2
	}
	return out
}

// conflicts marks the edges that cross an edge between two dummies, which shall be
// straight: they may not be aligned (type 1 conflicts).
func (l *layers) conflicts() map[[2]int32]bool {
	bad := map[[2]int32]bool{}
	for r := 1; r < len(l.rows); r++ {
		upper, lower := l.rows[r-1], l.rows[r]
		from, scanned := int32(0), 0
		for i, v := range lower {
			if l.course.interrupted(i) {
				return bad
			}
			inner := l.innerUp(v)
			if inner < 0 && i+1 < len(lower) {
				continue
			}
			to := int32(len(upper)) - 1
			if inner >= 0 {
				to = l.slot[inner]
			}
			for ; scanned <= i; scanned++ {
				w := lower[scanned]
				for _, u := range l.up[w] {
					if (l.slot[u] < from || l.slot[u] > to) && !(int(u) >= l.real && int(w) >= l.real) {
						bad[[2]int32{u, w}] = true
					}
				}
			}
			from = to
		}
	}
	return bad
}

// innerUp returns the dummy above dummy v, -1 if there is none.
func (l *layers) innerUp(v int32) int32 {
	if int(v) < l.real {
		return -1
	}
	for _, u := range l.up[v] {
		if int(u) >= l.real {
			return u
		}
	}
	return -1
}

// alignment is one of the four runs: nodes joined into vertical blocks with their median neighbours above (or
// below), preferring the left (or right) of two.
type alignment struct {
	*layers
	half      []float32
	bad       map[[2]int32]bool
	fromBelow bool
	fromRight bool
	root      []int32 // top of each node's block
	next      []int32 // next in the block, cyclic
}

func (a *alignment) align() {
	n := a.n()
	a.root, a.next = make([]int32, n), make([]int32, n)
	for v := range int32(n) {
		a.root[v], a.next[v] = v, v
	}
	for i := range a.rows {
		r := i
		if a.fromBelow {
			r = len(a.rows) - 1 - i
		}
		a.alignRow(a.rows[r])
	}
}

func (a *alignment) alignRow(row []int32) {
	last := int32(-1) // slot, as seen from the side we come from, of the last neighbour aligned to
	var near []int32
	for i := range row {
		if a.course.interrupted(i) {
			return
		}
		v := row[i]
		if a.fromRight {
			v = row[len(row)-1-i]
		}
		near = append(near[:0], a.up[v]...)
		if a.fromBelow {
			near = append(near[:0], a.down[v]...)
		}
		d := len(near)
		if d == 0 {
			continue
		}
		slices.SortFunc(near, func(x, y int32) int { return int(a.side(x) - a.side(y)) })
		for _, m := range [2]int{(d - 1) / 2, d / 2} {
			u := near[m]
			if a.next[v] != v || a.side(u) <= last || a.crossed(u, v) {
				continue
			}
			a.next[u] = v
			a.root[v] = a.root[u]
			a.next[v] = a.root[v]
			last = a.side(u)
		}
	}
}

// side returns the place of a node in its row counted from the side the run comes from.
func (a *alignment) side(v int32) int32 {
	if a.fromRight {
		return int32(len(a.rows[a.rank[v]])) - 1 - a.slot[v]
	}
	return a.slot[v]
}

func (a *alignment) crossed(u, v int32) bool {
	if a.fromBelow {
		u, v = v, u
	}
	return a.bad[[2]int32{u, v}]
}

// compact returns the places of the blocks, each as near to the run's side as its left neighbours allow:
// longest paths over the blocks (as in Brandes, Walter and Zink's erratum of 2020, in one class).
func (a *alignment) compact() []float32 {
	n := a.n()
	need := make([]int32, n) // blocks to the left that are not placed yet, per root
	a.eachPair(func(left, right int32) { need[a.root[right]]++ })
	after := make([][]int32, n) // per root: pairs (left, right) by their left node's block
	a.eachPair(func(left, right int32) { after[a.root[left]] = append(after[a.root[left]], right) })
	x := make([]float32, n)
	var queue []int32
	for v := range int32(n) {
		if a.root[v] == v && need[v] == 0 {
			queue = append(queue, v)
		}
	}
	for h := 0; h < len(queue); h++ {
		if a.course.interrupted(h) {
			return x
		}
		root := queue[h]
		for _, right := range after[root] {
			left := a.before(right)
			to := a.root[right]
			x[to] = max(x[to], x[root]+a.half[left]+a.half[right])
			if need[to]--; need[to] == 0 {
				queue = append(queue, to)
			}
		}
	}
	a.tighten(queue, x)
	out := make([]float32, n)
	for v := range out {
		out[v] = x[a.root[v]]
		if a.fromRight {
			out[v] = -out[v]
		}
	}
	return out
}

// tighten moves blocks without anything to their left towards their right neighbours, or
// they would hang at the border far from what they belong to.
func (a *alignment) tighten(order []int32, x []float32) {
	room := make([]float32, len(x))
	for i := range room {
		room[i] = -1
	}
	held := make([]bool, len(x))
	a.eachPair(func(left, right int32) { held[a.root[right]] = true })
	a.eachPair(func(left, right int32) {
		b := a.root[left]
		free := x[a.root[right]] - x[b] - a.half[left] - a.half[right]
		if room[b] < 0 || free < room[b] {
			room[b] = free
		}
	})
	for _, b := range order {
		if !held[b] && room[b] > 0 {
			x[b] += room[b]
		}
	}
}

// before returns the node next to v towards the run's side.
func (a *alignment) before(v int32) int32 {
	row := a.rows[a.rank[v]]
	if a.fromRight {
		return row[a.slot[v]+1]
	}
	return row[a.slot[v]-1]
}

// eachPair visits all neighbours in rows, left and right as seen from the run's side.
func (a *alignment) eachPair(f func(left, right int32)) {
	for _, row := range a.rows {
		for i := 1; i < len(row); i++ {
			if a.course.interrupted(i) {
				return
			}
			if a.fromRight {
				f(row[i], row[i-1])
			} else {
				f(row[i-1], row[i])
			}
		}
	}
}
