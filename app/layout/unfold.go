package layout

import "math"

// unfolding turns and shrinks the trees that hang on the core of a drawn network until their edges cross nothing. The
// core stays; then subtree after subtree, the largest first, finds its place about its parent: the one it
// has if its first edge crosses nothing placed so far, else the nearest free direction, else the same with a shorter edge.
// The whole subtree turns and shrinks with it. A tree so loses all its crossings: close enough to the parent there is always room.
type unfolding struct {
	*pendants
	g          *network
	x, y       []float32
	wx, wy     []float32 // places wanted
	mx, my     []float32 // turn and scale of the subtree of a node, a complex number
	leaf       float32   // wanted length of the edges of leaves, in parts of theirs
	size       []int32
	turn       []int32 // the pendant nodes, the largest subtrees first
	at         int     // in turn
	x0, y0     float64 // corner of the grid of placed edges
	inv        float64 // cells to a unit
	wide, high int
	head, next []int32 // per cell, per entry: number of the next entry, 0 = none
	ends       [][2]int32
	dots, with []int32 // per cell, per node: number of the next node there, 0 = none
	gap        float32 // distance to other nodes that a new place must have
	tests      int     // left
}

// turns are the directions tried, as unit vectors, beginning with no turn.
func turns() [][2]float32 {
	return [][2]float32{
		{1, 0}, {0.989, 0.149}, {0.989, -0.149}, {0.955, 0.296}, {0.955, -0.296}, {0.825, 0.565}, {0.825, -0.565},
		{0.54, 0.841}, {0.54, -0.841}, {0.071, 0.997}, {0.071, -0.997}, {-0.588, 0.809}, {-0.588, -0.809}, {-1, 0},
	}
}

// shorter are the lengths tried.
func shorter() []float32 { return []float32{1, 0.6, 0.36, 0.2, 0.1, 0.04, 0.015, 0.005, 0.001} }

// testsPerNode bounds the work, for drawings where everything lies close to everything.
const testsPerNode = 400

// moveLimit bounds how far a subtree on a core of many nodes may move: the square of its root's move in edges, times
// its nodes. The core around it cannot give way, so a large subtree would leave its distances to the rest behind.
const moveLimit = 0.5

// newUnfolding prepares the unfolding of the drawing x, y, which it changes.
func (c *course) newUnfolding(g *network, p *pendants, x, y []float32, leaf float32) *unfolding {
	u := &unfolding{pendants: p, g: g, x: x, y: y, leaf: leaf, size: p.sizes(), tests: testsPerNode * g.n}
	u.wx, u.wy = append([]float32(nil), x...), append([]float32(nil), y...)
	u.mx, u.my = make([]float32, g.n), make([]float32, g.n)
	u.turn = u.bySize()
	sum, arcs := 0.0, 0.0
	x0, y0, x1, y1 := x[0], y[0], x[0], y[0]
	for v := range g.n {
		x0, x1 = min(x0, x[v]), max(x1, x[v])
		y0, y1 = min(y0, y[v]), max(y1, y[v])
		for _, w := range g.adj[g.off[v]:g.off[v+1]] {
			sum += float64(max(x[v]-x[w], x[w]-x[v], y[v]-y[w], y[w]-y[v]))
			arcs++
		}
	}
	const cellsPerNode = 8
	ground := float64(x1-x0) * float64(y1-y0) / (cellsPerNode * float64(g.n))
	cell := max(sum/max(1, arcs), math.Sqrt(ground), float64(x1-x0)/1e6, float64(y1-y0)/1e6, 1e-9)
	u.x0, u.y0, u.inv = float64(x0)-cell, float64(y0)-cell, 1/cell
	u.wide, u.high = int(float64(x1-x0)/cell)+3, int(float64(y1-y0)/cell)+3
	u.head = make([]int32, u.wide*u.high)
	u.dots, u.with = make([]int32, u.wide*u.high), make([]int32, g.n)
	u.gap = float32(0.5 * sum / max(1, arcs))
	u.next, u.ends = make([]int32, 0, 2*len(g.adj)), make([][2]int32, 0, 2*len(g.adj))
	for i, v := range p.order[:p.core] {
		if i&0xffff == 0 && c.stopped() {
			return u
		}
		u.mx[v] = 1
		u.settle(v)
		for _, w := range g.adj[g.off[v]:g.off[v+1]] {
			if v < w && p.depth[w] == 0 {
				u.insert(v, w)
			}
		}
	}
	return u
}

// bySize returns the pendant nodes by falling size of their subtrees, siblings together.
func (u *unfolding) bySize() []int32 {
	start := make([]int32, len(u.size)+2)
	for _, v := range u.order[u.core:] {
		start[len(u.size)-int(u.size[v])+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	out := make([]int32, len(u.order)-u.core)
	for _, v := range u.order[u.core:] {
		k := len(u.size) - int(u.size[v])
		out[start[k]] = v
		start[k]++
	}
	return out
}

// step places about count nodes and reports whether more are left.
func (u *unfolding) step(count int) bool {
	for count > 0 && u.at < len(u.turn) {
		first := u.at
		v := u.turn[first]
		for u.at < len(u.turn) && (u.at == first || u.size[v] == 1 && u.parent[u.turn[u.at]] == u.parent[v]) {
			u.place(u.turn[u.at])
			u.settle(u.turn[u.at])
			u.at++
		}
		// Leaves of one node cross no other of them: so a star stays cheap.
		for _, v := range u.turn[first:u.at] {
			u.insert(v, u.parent[v])
		}
		count -= u.at - first
	}
	return u.at < len(u.turn)
}

// place finds the place of a node about its parent.
func (u *unfolding) place(v int32) {
	p := u.parent[v]
	bx, by := u.mx[p], u.my[p]
	dx, dy := u.wx[v]-u.wx[p], u.wy[v]-u.wy[p]
	// As long as it was drawn, if its parent's tree had to shrink: what is free further out need not be small.
	full := min(2, 1/sqrt32(float32(bx*bx)+float32(by*by)+1e-12))
	if u.leaf < 1 {
		full *= 1 - (1-u.leaf)/sqrt32(float32(u.size[v]))
	}
	for i, s := range shorter() {
		for k, t := range turns() {
			ex, ey := s*t[0]-1, s*t[1]
			if u.core > 1 && (float32(ex*ex)+float32(ey*ey))*float32(u.size[v]) > moveLimit {
				continue
			}
			cx, cy := full*s*t[0], full*s*t[1]
			u.mx[v], u.my[v] = float32(bx*cx)-float32(by*cy), float32(bx*cy)+float32(by*cx)
			u.x[v] = u.x[p] + (float32(u.mx[v]*dx) - float32(u.my[v]*dy))
			u.y[v] = u.y[p] + (float32(u.mx[v]*dy) + float32(u.my[v]*dx))
			// A new place must be clear of other nodes too, except the drawn one and where all are tight.
			roomy := i == 0 && k == 0 || s < 0.3 || u.clear(v)
			if u.tests <= 0 || roomy && u.free(v, p) {
				return
			}
		}
	}
	u.mx[v], u.my[v] = bx, by
	u.x[v] = u.x[p] + (float32(bx*dx) - float32(by*dy))
	u.y[v] = u.y[p] + (float32(bx*dy) + float32(by*dx))
}

// cells calls f for the cells an edge passes, until f returns false; it reports whether f never did.
func (u *unfolding) cells(a, b int32, f func(cell int) bool) bool {
	ax, ay := (float64(u.x[a])-u.x0)*u.inv, (float64(u.y[a])-u.y0)*u.inv
	bx, by := (float64(u.x[b])-u.x0)*u.inv, (float64(u.y[b])-u.y0)*u.inv
	if ay > by {
		ax, ay, bx, by = bx, by, ax, ay
	}
	right, low := float64(u.wide)-0.5, float64(u.high)-0.5
	first, last := int(min(max(0, ay), low)), int(min(max(0, by), low))
	slope := 0.0
	if by > ay {
		slope = (bx - ax) / (by - ay)
	}
	for row := first; row <= last; row++ {
		from, to := ax, bx
		if row > first {
			from = ax + float64((float64(row)-ay)*slope)
		}
		if row < last {
			to = ax + float64((float64(row+1)-ay)*slope)
		}
		const hair = 1e-6
		end := int(min(max(0, max(from, to)+hair), right))
		for k := int(min(max(0, min(from, to)-hair), right)); k <= end; k++ {
			if !f(row*u.wide + k) {
				return false
			}
		}
	}
	return true
}

// settle enters a placed node into the grid.
func (u *unfolding) settle(v int32) {
	row, column := u.cell(v)
	at := row*u.wide + column
	u.with[v] = u.dots[at]
	u.dots[at] = v + 1
}

// cell returns the cell of a node.
func (u *unfolding) cell(v int32) (row, column int) {
	x, y := (float64(u.x[v])-u.x0)*u.inv, (float64(u.y[v])-u.y0)*u.inv
	return int(min(max(0, y), float64(u.high)-0.5)), int(min(max(0, x), float64(u.wide)-0.5))
}

// clear reports whether no placed node is nearer to v than the gap.
func (u *unfolding) clear(v int32) bool {
	row, column := u.cell(v)
	for r := max(0, row-1); r <= min(u.high-1, row+1); r++ {
		for k := max(0, column-1); k <= min(u.wide-1, column+1); k++ {
			for w := u.dots[r*u.wide+k]; w > 0; w = u.with[w-1] {
				u.tests--
				dx, dy := u.x[w-1]-u.x[v], u.y[w-1]-u.y[v]
				if float32(dx*dx)+float32(dy*dy) < u.gap*u.gap {
					return false
				}
			}
		}
	}
	return true
}

// insert enters a placed edge into the grid.
func (u *unfolding) insert(a, b int32) {
	u.cells(a, b, func(cell int) bool {
		u.next, u.ends = append(u.next, u.head[cell]), append(u.ends, [2]int32{a, b})
		u.head[cell] = int32(len(u.next))
		return true
	})
}

// line returns the ends of an edge, the first a little further out: edges that nearly touch count as crossing, or
// rounding would make them cross.
func (u *unfolding) line(v, p int32) (ax, ay, bx, by float64) {
	const out = 0.02
	ax, ay, bx, by = float64(u.x[v]), float64(u.y[v]), float64(u.x[p]), float64(u.y[p])
	return ax + float64(out*(ax-bx)), ay + float64(out*(ay-by)), bx, by
}

// free reports whether the edge from v to its parent p crosses no placed edge.
func (u *unfolding) free(v, p int32) bool {
	ax, ay, bx, by := u.line(v, p)
	return u.cells(v, p, func(cell int) bool {
		for i := u.head[cell]; i > 0; i = u.next[i-1] {
			c, d := u.ends[i-1][0], u.ends[i-1][1]
			if c == p || d == p {
				continue
			}
			u.tests--
			cx, cy, dx, dy := u.line(c, d)
			if apart(ax, ay, bx, by, cx, cy, dx, dy) || apart(cx, cy, dx, dy, ax, ay, bx, by) {
				continue
			}
			return false
		}
		return true
	})
}

// apart reports whether c and d lie on the same side of the line through a and b.
func apart(ax, ay, bx, by, cx, cy, dx, dy float64) bool {
	s := float64((bx-ax)*(cy-ay)) - float64((by-ay)*(cx-ax))
	t := float64((bx-ax)*(dy-ay)) - float64((by-ay)*(dx-ax))
	return s > 0 && t > 0 || s < 0 && t < 0
}
