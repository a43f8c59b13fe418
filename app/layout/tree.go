package layout

import "sync"

// tree is a quadtree over points sorted along the Morton curve, for the repulsion of Barnes
// and Hut (1986) with one list of interactions shared by all points of a group. Its nodes lie in
// preorder: the children of i begin at i+1, and skip is the first node after i's subtree.
type tree struct {
	keys, keysNext []uint64  // the code of a point in the high half, its number in the low one, in sorted order
	sx, sy, sm     []float32 // places and masses in sorted order
	nodes          []branch
	groups         []int32 // subtrees of at most groupSize points that share a list of interactions
}

// branch is one node of a tree: the sorted places from lo to hi.
type branch struct {
	cx, cy, mass   float32 // centre of mass, mass
	square         float32 // of the longer side of the box
	x0, y0, x1, y1 float32 // box
	skip           int32
	lo, hi         int32
	leaf           bool
}

// leafSize is the most points in a leaf, groupSize the most that share a list of interactions: finding the
// list costs more than the sums over it, so groups are some leaves large.
const (
	leafSize  = 16
	groupSize = 64
)

func newTree(n int) *tree {
	return &tree{
		keys: make([]uint64, n), keysNext: make([]uint64, n),
		sx: make([]float32, n), sy: make([]float32, n), sm: make([]float32, n),
	}
}

// point returns the number of the point at a sorted place.
func (t *tree) point(place int) int32 { return int32(uint32(t.keys[place])) }

// build makes the tree of the points in the order of the last sort.
func (t *tree) build(c *course, x, y, m []float32) {
	n := len(x)
	c.sweep(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			p := t.point(i)
			t.sx[i], t.sy[i], t.sm[i] = x[p], y[p], m[p]
		}
	})
	t.nodes, t.groups = t.nodes[:0], t.groups[:0]
	if n > 0 && !c.stopped() {
		t.grow(0, n, 30, false)
		t.fit(c)
	}
}

// directLimit is the number of points up to which all that act on each other take less time than a tree.
const directLimit = 256

// direct makes one leaf of all points, in the order of their numbers.
func (t *tree) direct(x, y, m []float32) {
	for i := range x {
		t.keys[i] = uint64(i)
	}
	copy(t.sx, x)
	copy(t.sy, y)
	copy(t.sm, m)
	t.nodes = append(t.nodes[:0], branch{hi: int32(len(x)), skip: 1, leaf: true})
	t.groups = append(t.groups[:0], 0)
	t.fitLeaf(&t.nodes[0])
}

// grow builds the subtree of the sorted places lo..hi, split by the bits at shift, without boxes and masses; grouped
// says that it is part of a group already.
func (t *tree) grow(lo, hi, shift int, grouped bool) {
	id := len(t.nodes)
	t.nodes = append(t.nodes, branch{lo: int32(lo), hi: int32(hi)})
	if !grouped && hi-lo <= groupSize {
		t.groups = append(t.groups, int32(id))
		grouped = true
	}
	if hi-lo <= leafSize {
		t.nodes[id].leaf = true
		t.nodes[id].skip = int32(len(t.nodes))
		return
	}
	if shift < 0 && t.resort(lo, hi) {
		shift = 30
	}
	from := lo
	for q := uint64(0); q < 4 && from < hi; q++ {
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
		t.grow(from, to, shift-2, grouped)
		from = to
	}
	t.nodes[id].skip = int32(len(t.nodes))
}

// upper returns the first place from lo on whose quadrant at shift is above q.
func (t *tree) upper(lo, hi, shift int, q uint64) int {
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if t.keys[mid]>>uint(shift+32)&3 <= q {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// fit computes boxes, centres and masses: those of the leaves side by side, then those above from the back.
func (t *tree) fit(c *course) {
	c.sweep(len(t.nodes), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			if b := &t.nodes[i]; b.leaf {
				t.fitLeaf(b)
			}
		}
	})
	if c.stopped() {
		return
	}
	for i := len(t.nodes) - 1; i >= 0; i-- {
		b := &t.nodes[i]
		if b.leaf {
			continue
		}
		var sx, sy, s float32
		x0, y0, x1, y1 := float32(1e30), float32(1e30), float32(-1e30), float32(-1e30)
		for k := int32(i) + 1; k < b.skip; {
			kid := &t.nodes[k]
			sx += float32(kid.mass * kid.cx)
			sy += float32(kid.mass * kid.cy)
			s += kid.mass
			x0, y0 = min(x0, kid.x0), min(y0, kid.y0)
			x1, y1 = max(x1, kid.x1), max(y1, kid.y1)
			k = kid.skip
		}
		b.cx, b.cy, b.mass = sx/s, sy/s, s
		b.setBox(x0, y0, x1, y1)
	}
}

func (t *tree) fitLeaf(b *branch) {
	var sx, sy, s float32
	x0, y0, x1, y1 := t.sx[b.lo], t.sy[b.lo], t.sx[b.lo], t.sy[b.lo]
	for i := b.lo; i < b.hi; i++ {
		x, y, m := t.sx[i], t.sy[i], t.sm[i]
		sx += float32(m * x)
		sy += float32(m * y)
		s += m
		x0, x1 = min(x0, x), max(x1, x)
		y0, y1 = min(y0, y), max(y1, y)
	}
	b.cx, b.cy, b.mass = sx/s, sy/s, s
	b.setBox(x0, y0, x1, y1)
}

func (b *branch) setBox(x0, y0, x1, y1 float32) {
	b.x0, b.y0, b.x1, b.y1 = x0, y0, x1, y1
	side := max(x1-x0, y1-y0)
	b.square = side * side
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
			for i := t.nodes[group].lo; i < t.nodes[group].hi; i++ {
				p := t.point(int(i))
				x, y, r := w.at(t.sx[i], t.sy[i], s)
				fx[p], fy[p] = x, y
				stiff[p] = max(0, r-w.own(t.sm[i]))
			}
		}
		sourcesPool.Put(s)
	})
}

// gather collects what acts on a group: whole subtrees that look small from it, or are small beside the
// softening eps (so that crowds in one spot stay cheap), single points otherwise.
func (t *tree) gather(group int32, w law, s *sources) {
	s.x, s.y, s.m = s.x[:0], s.y[:0], s.m[:0]
	g := &t.nodes[group]
	x0, y0, x1, y1 := g.x0, g.y0, g.x1, g.y1
	inv := 1 / (w.theta * w.theta)
	nodes := t.nodes
	for i := 0; i < len(nodes); {
		b := &nodes[i]
		dx := max(x0-b.cx, 0, b.cx-x1)
		dy := max(y0-b.cy, 0, b.cy-y1)
		if float32(b.square*inv) < float32(float32(dx*dx)+float32(dy*dy))+w.eps/8 {
			s.x, s.y, s.m = append(s.x, b.cx), append(s.y, b.cy), append(s.m, b.mass)
			i = int(b.skip)
			continue
		}
		if b.leaf {
			s.x = append(s.x, t.sx[b.lo:b.hi]...)
			s.y = append(s.y, t.sy[b.lo:b.hi]...)
			s.m = append(s.m, t.sm[b.lo:b.hi]...)
		}
		i++
	}
	for len(s.x)%lanes != 0 {
		s.x, s.y, s.m = append(s.x, far), append(s.y, far), append(s.m, 0)
	}
}
