package layout

import (
	"cmp"
	"slices"
	"sync"
)

// tree is a quadtree over points sorted along the Morton curve, for the repulsion of Barnes
// and Hut (1986) with one list of interactions shared by all points of a group. Its nodes lie in
// preorder: the children of i begin at i+1, and skip[i] is the first node after i's subtree.
type tree struct {
	code, codeNext   []uint32
	order, orderNext []int32   // order[i] is the point at sorted place i
	sx, sy, sm       []float32 // places and masses in sorted order

	cx, cy, cm     []float32 // centre of mass, mass
	x0, y0, x1, y1 []float32 // box
	skip           []int32
	lo, hi         []int32 // sorted places from lo to hi
	leaf           []bool
	groups         []int32 // subtrees of at most groupSize points that share a list of interactions
}

// leafSize is the most points in a leaf, groupSize the most that share a list of interactions: finding the
// list costs more than the sums over it, so groups are some leaves large.
const (
	leafSize  = 16
	groupSize = 64
)

func newTree(n int) *tree {
	return &tree{
		code: make([]uint32, n), codeNext: make([]uint32, n),
		order: make([]int32, n), orderNext: make([]int32, n),
		sx: make([]float32, n), sy: make([]float32, n), sm: make([]float32, n),
	}
}

// interleave spreads the 16 low bits of v to the even places.
func interleave(v uint32) uint32 {
	v &= 0xffff
	v = (v | v<<8) & 0x00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f
	v = (v | v<<2) & 0x33333333
	return (v | v<<1) & 0x55555555
}

// sort puts the points into Morton order.
func (t *tree) sort(c *course, x, y []float32) {
	n := len(x)
	if n == 0 {
		return
	}
	x0, y0, x1, y1 := x[0], y[0], x[0], y[0]
	for i := range x {
		x0, x1 = min(x0, x[i]), max(x1, x[i])
		y0, y1 = min(y0, y[i]), max(y1, y[i])
	}
	scale := 65535 / max(x1-x0, y1-y0, 1e-9)
	c.parallel(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			t.code[i] = interleave(uint32(min((x[i]-x0)*scale, 65535))) | interleave(uint32(min((y[i]-y0)*scale, 65535)))<<1
			t.order[i] = int32(i)
		}
	})
	for shift := uint(0); shift < 32; shift += 11 { // radix sort, stable
		var count [2049]int32
		for _, v := range t.code {
			count[v>>shift&2047+1]++
		}
		for i := range 2048 {
			count[i+1] += count[i]
		}
		for i, v := range t.code {
			q := v >> shift & 2047
			at := count[q]
			count[q]++
			t.codeNext[at] = v
			t.orderNext[at] = t.order[i]
		}
		t.code, t.codeNext = t.codeNext, t.code
		t.order, t.orderNext = t.orderNext, t.order
		if c.stopped() {
			return
		}
	}
}

// build makes the tree of the points in the order of the last sort, which may be some
// iterations old: boxes and centres are those of the places now.
func (t *tree) build(c *course, x, y, m []float32) {
	n := len(x)
	c.parallel(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			o := t.order[i]
			t.sx[i], t.sy[i], t.sm[i] = x[o], y[o], m[o]
		}
	})
	t.cx, t.cy, t.cm = t.cx[:0], t.cy[:0], t.cm[:0]
	t.x0, t.y0, t.x1, t.y1 = t.x0[:0], t.y0[:0], t.x1[:0], t.y1[:0]
	t.skip, t.lo, t.hi = t.skip[:0], t.lo[:0], t.hi[:0]
	t.leaf, t.groups = t.leaf[:0], t.groups[:0]
	if n > 0 && !c.stopped() {
		t.grow(0, n, 30, false)
	}
}

// add appends an empty node.
func (t *tree) add(lo, hi int) int {
	t.cx, t.cy, t.cm = append(t.cx, 0), append(t.cy, 0), append(t.cm, 0)
	t.x0, t.y0 = append(t.x0, 0), append(t.y0, 0)
	t.x1, t.y1 = append(t.x1, 0), append(t.y1, 0)
	t.skip, t.leaf = append(t.skip, 0), append(t.leaf, false)
	t.lo, t.hi = append(t.lo, int32(lo)), append(t.hi, int32(hi))
	return len(t.cx) - 1
}

// grow builds the subtree of the sorted places lo..hi, split by the bits at shift; grouped says that it is part of a
// group already.
func (t *tree) grow(lo, hi, shift int, grouped bool) {
	id := t.add(lo, hi)
	if !grouped && hi-lo <= groupSize {
		t.groups = append(t.groups, int32(id))
		grouped = true
	}
	if hi-lo <= leafSize {
		t.fillLeaf(id, lo, hi)
		return
	}
	if shift < 0 && t.resort(lo, hi) {
		shift = 30
	}
	var sx, sy, s float32
	x0, y0, x1, y1 := float32(1e30), float32(1e30), float32(-1e30), float32(-1e30)
	from := lo
	for q := uint32(0); q < 4 && from < hi; q++ {
		to := hi
		switch {
		case shift < 0: // one cell of the curve: cut by number
			to = min(hi, from+(hi-lo+3)/4)
		case q < 3:
			to = t.upper(from, hi, shift, q)
		}
		if to == from {
			continue
		}
		kid := len(t.cx)
		t.grow(from, to, shift-2, grouped)
		m := t.cm[kid]
		sx += m * t.cx[kid]
		sy += m * t.cy[kid]
		s += m
		x0, y0 = min(x0, t.x0[kid]), min(y0, t.y0[kid])
		x1, y1 = max(x1, t.x1[kid]), max(y1, t.y1[kid])
		from = to
	}
	t.cx[id], t.cy[id], t.cm[id] = sx/s, sy/s, s
	t.x0[id], t.y0[id], t.x1[id], t.y1[id] = x0, y0, x1, y1
	t.skip[id] = int32(len(t.cx))
}

// resort sorts the places lo..hi, which all lie in one cell of the curve, along a curve of their own; false where
// they are one spot. So a crowd stays cheap even if a single node lies far away.
func (t *tree) resort(lo, hi int) bool {
	x0, y0, x1, y1 := t.sx[lo], t.sy[lo], t.sx[lo], t.sy[lo]
	for i := lo; i < hi; i++ {
		x0, x1 = min(x0, t.sx[i]), max(x1, t.sx[i])
		y0, y1 = min(y0, t.sy[i]), max(y1, t.sy[i])
	}
	extent := max(x1-x0, y1-y0)
	if !(extent > 0) {
		return false
	}
	scale := 65535 / extent
	type entry struct {
		code    uint32
		order   int32
		x, y, m float32
	}
	all := make([]entry, hi-lo)
	for i := range all {
		x, y := t.sx[lo+i], t.sy[lo+i]
		code := interleave(uint32(min((x-x0)*scale, 65535))) | interleave(uint32(min((y-y0)*scale, 65535)))<<1
		all[i] = entry{code, t.order[lo+i], x, y, t.sm[lo+i]}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(a.code, b.code) })
	for i, e := range all {
		t.code[lo+i], t.order[lo+i] = e.code, e.order
		t.sx[lo+i], t.sy[lo+i], t.sm[lo+i] = e.x, e.y, e.m
	}
	return all[0].code != all[len(all)-1].code
}

// upper returns the first place from lo on whose quadrant at shift is above q.
func (t *tree) upper(lo, hi, shift int, q uint32) int {
	for lo < hi {
		mid := (lo + hi) / 2
		if t.code[mid]>>uint(shift)&3 <= q {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (t *tree) fillLeaf(id, lo, hi int) {
	var sx, sy, s float32
	x0, y0, x1, y1 := t.sx[lo], t.sy[lo], t.sx[lo], t.sy[lo]
	for i := lo; i < hi; i++ {
		x, y, m := t.sx[i], t.sy[i], t.sm[i]
		sx += m * x
		sy += m * y
		s += m
		x0, x1 = min(x0, x), max(x1, x)
		y0, y1 = min(y0, y), max(y1, y)
	}
	t.cx[id], t.cy[id], t.cm[id] = sx/s, sy/s, s
	t.x0[id], t.y0[id], t.x1[id], t.y1[id] = x0, y0, x1, y1
	t.leaf[id] = true
	t.skip[id] = int32(len(t.cx))
}

// sources is a list of masses that act on the points of one group.
type sources struct{ x, y, m []float32 }

var sourcesPool = sync.Pool{New: func() any { return new(sources) }}

// groupGrain is the number of groups of one parallel piece.
const groupGrain = 4

// law is a repulsion between masses and how exactly it is computed.
type law struct {
	steep bool    // falls with the square of the distance, not with the distance
	eps   float32 // softening: the square of a length
	theta float32 // opening of the tree: larger is coarser and quicker
	fast  bool    // vector kernels
}

// at returns the repulsion of the sources on a point, and its stiffness.
func (w law) at(x, y float32, s *sources) (fx, fy, stiff float32) {
	if w.steep {
		return repelSteep(w.fast, x, y, w.eps, s.x, s.y, s.m)
	}
	return repel(w.fast, x, y, w.eps, s.x, s.y, s.m)
}

// own returns the stiffness that a mass has on itself, which the sums contain.
func (w law) own(m float32) float32 {
	if w.steep {
		return m / (w.eps * sqrt32(w.eps))
	}
	return m / w.eps
}

// forces computes the repulsion on every point and its stiffness, indexed by point.
func (t *tree) forces(c *course, w law, fx, fy, stiff []float32) {
	chunks := (len(t.groups) + groupGrain - 1) / groupGrain
	c.parallelChunks(chunks, func(k int) {
		s := sourcesPool.Get().(*sources)
		for _, group := range t.groups[k*groupGrain : min(len(t.groups), (k+1)*groupGrain)] {
			t.gather(group, w, s)
			for i := t.lo[group]; i < t.hi[group]; i++ {
				o := t.order[i]
				x, y, r := w.at(t.sx[i], t.sy[i], s)
				fx[o], fy[o] = x, y
				stiff[o] = max(0, r-w.own(t.sm[i]))
			}
		}
		sourcesPool.Put(s)
	})
}

// gather collects what acts on a group: whole subtrees that look small from it, or are small beside the
// softening eps (so that crowds in one spot stay cheap), single points otherwise.
func (t *tree) gather(group int32, w law, s *sources) {
	s.x, s.y, s.m = s.x[:0], s.y[:0], s.m[:0]
	x0, y0, x1, y1 := t.x0[group], t.y0[group], t.x1[group], t.y1[group]
	inv := 1 / (w.theta * w.theta)
	for i := int32(0); i < int32(len(t.cx)); {
		cx, cy := t.cx[i], t.cy[i]
		dx := max(x0-cx, 0, cx-x1)
		dy := max(y0-cy, 0, cy-y1)
		size := max(t.x1[i]-t.x0[i], t.y1[i]-t.y0[i])
		if size*size*inv < dx*dx+dy*dy+w.eps/8 {
			s.x, s.y, s.m = append(s.x, cx), append(s.y, cy), append(s.m, t.cm[i])
			i = t.skip[i]
			continue
		}
		if t.leaf[i] {
			a, b := t.lo[i], t.hi[i]
			s.x = append(s.x, t.sx[a:b]...)
			s.y = append(s.y, t.sy[a:b]...)
			s.m = append(s.m, t.sm[a:b]...)
		}
		i++
	}
	for len(s.x)%lanes != 0 {
		s.x, s.y, s.m = append(s.x, far), append(s.y, far), append(s.m, 0)
	}
}
