package layout

import "sync"

// tree is a quadtree over points sorted along the Morton curve, for the repulsion of Barnes
// and Hut (1986) with one list of interactions shared by all points of a leaf. Its nodes lie in
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
	leaves         []int32
}

// leafSize is the most points in a leaf (more only where points coincide).
const leafSize = 24

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
			t.code[i] = interleave(uint32((x[i]-x0)*scale)) | interleave(uint32((y[i]-y0)*scale))<<1
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
	t.leaf, t.leaves = t.leaf[:0], t.leaves[:0]
	if n > 0 && !c.stopped() {
		t.grow(0, n, 30)
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

// grow builds the subtree of the sorted places lo..hi, split by the bits at shift.
func (t *tree) grow(lo, hi, shift int) {
	id := t.add(lo, hi)
	if hi-lo <= leafSize {
		t.fillLeaf(id, lo, hi)
		return
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
		t.grow(from, to, shift-2)
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
	t.leaves = append(t.leaves, int32(id))
	t.skip[id] = int32(len(t.cx))
}

// sources is a list of masses that act on the points of one leaf.
type sources struct{ x, y, m []float32 }

var sourcesPool = sync.Pool{New: func() any { return new(sources) }}

// leafGrain is the number of leaves of one parallel piece.
const leafGrain = 64

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
	chunks := (len(t.leaves) + leafGrain - 1) / leafGrain
	c.parallelChunks(chunks, func(k int) {
		s := sourcesPool.Get().(*sources)
		for _, leaf := range t.leaves[k*leafGrain : min(len(t.leaves), (k+1)*leafGrain)] {
			t.gather(leaf, w, s)
			for i := t.lo[leaf]; i < t.hi[leaf]; i++ {
				o := t.order[i]
				x, y, r := w.at(t.sx[i], t.sy[i], s)
				fx[o], fy[o] = x, y
				stiff[o] = max(0, r-w.own(t.sm[i]))
			}
		}
		sourcesPool.Put(s)
	})
}

// gather collects what acts on a leaf: whole subtrees that look small from it, or are small beside the
// softening eps (so that crowds in one spot stay cheap), single points otherwise.
func (t *tree) gather(leaf int32, w law, s *sources) {
	s.x, s.y, s.m = s.x[:0], s.y[:0], s.m[:0]
	x0, y0, x1, y1 := t.x0[leaf], t.y0[leaf], t.x1[leaf], t.y1[leaf]
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
