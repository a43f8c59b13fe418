package layout

import (
	"math"
	"sort"
	"sync/atomic"
)

// unfolding turns, mirrors and shrinks the pieces of a drawn network about the nodes that they hang on until their edges cross nothing, or as
// little as may be. Piece after piece, those that carry most first, finds its place: the one it has if its edges cross nothing placed so far,
// else the direction and length, or mirror image, that is worth most. All that hangs on the piece moves with it. A tree so loses all its
// crossings: close enough to the parent there is always room. In other networks a move costs what the stress would rise.
type unfolding struct {
	*pieces
	g          *network
	x, y       []float32
	wx, wy     []float32 // places wanted
	to         []moving  // per node: what was done to what hangs on it
	leaf       float32   // wanted length of the edges of leaves, in parts of theirs
	size       []int32   // per piece: nodes that it carries
	dear       []float32 // per piece: what it costs to move it and what hangs on it by their whole distance from where it hangs
	axis       []moving  // per piece of several nodes: its mirror image
	turn       []int32   // the pieces, the largest first
	done       int       // in turn
	x0, y0     float64   // corner of the grid of placed edges
	inv        float64   // cells to a unit
	wide, high int
	head, next []int32 // per cell, per entry: number of the next entry, 0 = none
	ends       [][2]int32
	dots, with []int32 // per cell, per node: number of the next node there, 0 = none
	gap        float32 // distance to other nodes that a new place must have
	tests      int     // left
	busy       float32 // edges that one crosses, at least fewCrossings
}

// moving turns and scales a vector by a complex number, after mirroring it on the first axis or not.
type moving struct {
	x, y   float32
	mirror bool
}

func (m moving) of(x, y float32) (float32, float32) {
	if m.mirror {
		y = -y
	}
	return float32(m.x*x) - float32(m.y*y), float32(m.x*y) + float32(m.y*x)
}

// after returns m after first.
func (m moving) after(first moving) moving {
	x, y := m.of(first.x, first.y)
	return moving{x, y, m.mirror != first.mirror}
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

// tangled is how many crossings an edge may have for other places to be tried: where it is more they have about as many.
const tangled = 32

// mostTangled is the number of edges that one may cross on average: from there on turning what hangs on single nodes changes nothing worth the time.
const mostTangled = 100

// fewCrossings is the least number of edges that an edge counts as crossing on average, so that the last crossings of a drawing are not worth all.
const fewCrossings = 0.5

// newUnfolding prepares the unfolding of the drawing x, y, which it changes, about a root. The price is how many crossings must go to move a
// node by one, if every edge crosses one other.
func (c *course) newUnfolding(g *network, root int32, x, y []float32, leaf float32, price float64) *unfolding {
	u := &unfolding{g: g, x: x, y: y, leaf: leaf, busy: fewCrossings, tests: testsPerNode * g.n}
	if !g.tree() {
		if u.busy = max(u.busy, u.crowding(c)); u.busy > mostTangled {
			return u
		}
	}
	u.pieces = c.cut(g, root)
	if c.stopped() {
		return u
	}
	u.wx, u.wy = append([]float32(nil), x...), append([]float32(nil), y...)
	u.to = make([]moving, g.n)
	u.size = u.sizes()
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
	mean := sum / max(1, arcs)
	u.weigh(price)
	const cellsPerNode = 8
	ground := float64(x1-x0) * float64(y1-y0) / (cellsPerNode * float64(g.n))
	cell := max(mean, math.Sqrt(ground), float64(x1-x0)/1e6, float64(y1-y0)/1e6, 1e-9)
	u.x0, u.y0, u.inv = float64(x0)-cell, float64(y0)-cell, 1/cell
	u.wide, u.high = int(float64(x1-x0)/cell)+3, int(float64(y1-y0)/cell)+3
	u.head = make([]int32, u.wide*u.high)
	u.dots, u.with = make([]int32, u.wide*u.high), make([]int32, g.n)
	u.gap = float32(0.5 * mean)
	u.next, u.ends = make([]int32, 0, 2*len(g.adj)), make([][2]int32, 0, 2*len(g.adj))
	u.to[root].x = 1
	u.settle(root)
	return u
}

// weigh finds what it costs to move each piece, and their axes; the price is that of a node moved by one.
func (u *unfolding) weigh(price float64) {
	type sum struct{ n, x, y, square float64 }
	carried := make([]sum, u.g.n) // per node: what hangs on it, and itself
	for v := range carried {
		x, y := float64(u.wx[v]), float64(u.wy[v])
		carried[v] = sum{1, x, y, float64(x*x) + float64(y*y)}
	}
	u.dear, u.axis = make([]float32, len(u.at)), make([]moving, len(u.at))
	for k, p := range u.at {
		var all sum
		var ax, ay float64
		px, py := float64(u.wx[p]), float64(u.wy[p])
		for _, v := range u.members(int32(k)) {
			s := carried[v]
			all.n, all.x, all.y, all.square = all.n+s.n, all.x+s.x, all.y+s.y, all.square+s.square
			ax, ay = ax+(float64(u.wx[v])-px), ay+(float64(u.wy[v])-py)
		}
		spread := all.square - 2*(float64(px*all.x)+float64(py*all.y)) + float64(all.n*(float64(px*px)+float64(py*py)))
		u.dear[k] = float32(price * max(0, spread))
		c := &carried[p]
		c.n, c.x, c.y, c.square = c.n+all.n, c.x+all.x, c.y+all.y, c.square+all.square
		if d := float64(ax*ax) + float64(ay*ay); d > 0 { // twice the direction, as a complex number
			u.axis[k] = moving{float32((float64(ax*ax) - float64(ay*ay)) / d), float32(2 * ax * ay / d), true}
		}
	}
}

// bySize returns the pieces by falling number of nodes that they carry, those of one node together.
func (u *unfolding) bySize() []int32 {
	n := u.g.n
	hung, at := make([]int32, len(u.at)), make([]int32, n+1) // the pieces by what they hang on
	for _, p := range u.at {
		at[p+1]++
	}
	for v := range n {
		at[v+1] += at[v]
	}
	for k, p := range u.at {
		hung[at[p]] = int32(k)
		at[p]++
	}
	start := make([]int32, n+2)
	for _, s := range u.size {
		start[n-int(s)+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	out := make([]int32, len(u.at))
	for _, k := range hung {
		s := n - int(u.size[k])
		out[start[s]] = k
		start[s]++
	}
	return out
}

// step places about count nodes and reports whether more are left.
func (u *unfolding) step(count int) bool {
	for count > 0 && u.done < len(u.turn) {
		first := u.done
		k := u.turn[first]
		for u.done < len(u.turn) && (u.done == first || u.size[k] == 1 && u.at[u.turn[u.done]] == u.at[k]) {
			u.place(u.turn[u.done])
			for _, v := range u.members(u.turn[u.done]) {
				u.settle(v)
			}
			u.done++
		}
		// Leaves of one node cross no other of them: so a star stays cheap.
		for _, k := range u.turn[first:u.done] {
			u.edges(k, func(v, w int32) bool {
				u.insert(v, w)
				return true
			})
			count -= len(u.members(k))
		}
	}
	return u.done < len(u.turn)
}

// edges calls f for the edges of a piece, their end away from where it hangs first, until f returns false.
func (u *unfolding) edges(k int32, f func(v, w int32) bool) {
	for _, v := range u.members(k) {
		for _, w := range u.g.adj[u.g.off[v]:u.g.off[v+1]] {
			if (w == u.at[k] || u.home[w] == k && v < w) && !f(v, w) {
				return
			}
		}
	}
}

// place finds the place of a piece: a new one must be clear of other nodes too.
func (u *unfolding) place(k int32) {
	base := u.to[u.at[k]]
	// As long as it was drawn, if what it hangs on had to shrink: what is free further out need not be small.
	full := min(2, 1/sqrt32(float32(base.x*base.x)+float32(base.y*base.y)+1e-12))
	one := len(u.members(k)) == 1
	if one && u.leaf < 1 {
		full *= 1 - (1-u.leaf)/sqrt32(float32(u.size[k]))
	}
	best := base.after(moving{x: full})
	u.put(k, best)
	enough := tangled * float32(len(u.members(k)))
	least := u.crossed(k, enough)
	if least == 0 || least >= enough {
		return
	}
	for _, s := range shorter() {
		for _, t := range turns() {
			for mirror := range 2 {
				ex, ey := float32(s*t[0])-1, s*t[1]
				cost := u.busy * u.dear[k] * (float32(ex*ex) + float32(ey*ey) + float32(mirror))
				if cost >= least || mirror == 1 && one {
					continue
				}
				m := moving{full * s * t[0], full * s * t[1], false}
				if mirror == 1 {
					m = m.after(u.axis[k])
				}
				m = base.after(m)
				u.put(k, m)
				if s < 0.3 || u.clear(k) { // shorter, all are tight
					if cost += u.crossed(k, least-cost); cost < least {
						least, best = cost, m
					}
				}
				if least == 0 || u.tests <= 0 {
					u.put(k, best)
					return
				}
			}
		}
	}
	u.put(k, best)
}

// put moves a piece.
func (u *unfolding) put(k int32, m moving) {
	p := u.at[k]
	for _, v := range u.members(k) {
		u.to[v] = m
		dx, dy := m.of(u.wx[v]-u.wx[p], u.wy[v]-u.wy[p])
		u.x[v], u.y[v] = u.x[p]+dx, u.y[p]+dy
	}
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

// clear reports whether no placed node is nearer to those of a piece than the gap.
func (u *unfolding) clear(k int32) bool {
	for _, v := range u.members(k) {
		if !u.alone(v) {
			return false
		}
	}
	return true
}

// alone reports whether no placed node is nearer to v than the gap.
func (u *unfolding) alone(v int32) bool {
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

// crossed returns how many placed edges those of a piece cross; enough or more if that many are.
func (u *unfolding) crossed(k int32, enough float32) float32 {
	n := float32(0)
	u.edges(k, func(v, w int32) bool {
		n += u.meets(v, w, enough-n)
		return n < enough
	})
	return n
}

// meets returns how many placed edges the edge from v to w crosses, counted in every cell where they meet; enough or more if that many are.
func (u *unfolding) meets(v, w int32, enough float32) float32 {
	n := float32(0)
	ax, ay, bx, by := u.line(v, w)
	u.cells(v, w, func(cell int) bool {
		for i := u.head[cell]; i > 0; i = u.next[i-1] {
			c, d := u.ends[i-1][0], u.ends[i-1][1]
			if c == w || d == w || c == v || d == v {
				continue
			}
			u.tests--
			cx, cy, dx, dy := u.line(c, d)
			if apart(ax, ay, bx, by, cx, cy, dx, dy) || apart(cx, cy, dx, dy, ax, ay, bx, by) {
				continue
			}
			if n++; n >= enough {
				return false
			}
		}
		return true
	})
	return n
}

// crowding returns how many edges an edge crosses, the mean of a sample, of edges that have a length.
func (u *unfolding) crowding(c *course) float32 {
	const most, visits = 64, 1 << 21
	g := u.g
	sampled := max(8, min(most, visits/max(1, len(g.adj))))
	var crossed atomic.Int64
	c.parallelChunks(sampled, func(i int) {
		k := int(int64(i) * int64(len(g.adj)) / int64(sampled))
		v := int32(sort.Search(g.n, func(v int) bool { return int(g.off[v+1]) > k }))
		crossed.Add(u.crossedBy(v, g.adj[k]))
	})
	return float32(crossed.Load()) / float32(sampled)
}

// crossedBy returns how many edges the edge from v to w crosses, of those that do not end at v or w.
func (u *unfolding) crossedBy(v, w int32) (count int64) {
	g := u.g
	ax, ay, bx, by := u.x[v], u.y[v], u.x[w], u.y[w]
	for c := range int32(g.n) {
		if c == v || c == w {
			continue
		}
		cx, cy := u.x[c], u.y[c]
		s := float32((bx-ax)*(cy-ay)) - float32((by-ay)*(cx-ax))
		for _, d := range g.adj[g.off[c]:g.off[c+1]] {
			if d < c || d == v || d == w {
				continue
			}
			dx, dy := u.x[d], u.y[d]
			if t := float32((bx-ax)*(dy-ay)) - float32((by-ay)*(dx-ax)); s > 0 == (t > 0) {
				continue
			}
			p := float32((dx-cx)*(ay-cy)) - float32((dy-cy)*(ax-cx))
			q := float32((dx-cx)*(by-cy)) - float32((dy-cy)*(bx-cx))
			if p > 0 != (q > 0) {
				count++
			}
		}
	}
	return count
}

// apart reports whether c and d lie on the same side of the line through a and b.
func apart(ax, ay, bx, by, cx, cy, dx, dy float64) bool {
	s := float64((bx-ax)*(cy-ay)) - float64((by-ay)*(cx-ax))
	t := float64((bx-ax)*(dy-ay)) - float64((by-ay)*(dx-ax))
	return s > 0 && t > 0 || s < 0 && t < 0
}
