package layout

import (
	"math"
	"slices"

	"caveat/app/geom"
)

// newTimeline returns the engine "timeline": x is the date, y the lane of the group (as in "lanes"), with as
// many rows in a lane as its nodes need not to overlap. A node without a date goes to the mean date of its
// dated neighbours; those without any stand in columns at the left.
func newTimeline(p *Problem) Engine {
	c := &course{}
	c.stages = []stage{{cost: 1, run: func(p *Problem, pos []geom.Point) bool {
		place := pinnedPlaces(p, pos)
		x, dated := c.datesToX(p)
		order := c.groupOrder(p)
		if c.stopped() {
			return false
		}
		c.stackLanes(p, order, x, dated, pos)
		mid := geom.BoundsOf(pos).Center().Y
		for i := range pos {
			pos[i].Y -= mid
			if p.pinned(i) {
				pos[i] = place[i]
			}
		}
		return false
	}}}
	return c
}

// datesToX returns the x of every node and whether it has one, the earliest date at 0. The time
// axis is linear and long enough for the nodes to lie about evenly dense.
func (c *course) datesToX(p *Problem) (x []float32, dated []bool) {
	x, dated = make([]float32, p.N), make([]bool, p.N)
	day := make([]float64, p.N)
	first, last := math.Inf(1), math.Inf(-1)
	for i := range p.N {
		if len(p.Date) == 0 || math.IsNaN(p.Date[i]) || math.IsInf(p.Date[i], 0) {
			continue
		}
		day[i], dated[i] = p.Date[i], true
		first, last = min(first, day[i]), max(last, day[i])
	}
	if first > last {
		return x, dated
	}
	c.inferDays(p, day, dated)
	long := float64(spacing(p)) * max(8, 2*math.Sqrt(float64(p.N)))
	scale := 0.0
	if last > first {
		scale = long / (last - first)
	}
	for i := range x {
		if dated[i] {
			x[i] = float32((day[i] - first) * scale)
		}
	}
	return x, dated
}

// inferDays gives undated nodes the mean day of their dated neighbours, wave by wave.
func (c *course) inferDays(p *Problem, day []float64, dated []bool) {
	g := c.newNetwork(p.N, p.Edges, nil)
	if c.stopped() {
		return
	}
	hops := hopsFrom(g, func(v int32) bool { return dated[v] })
	order := make([]int32, 0, p.N)
	for v, d := range hops {
		if d > 0 {
			order = append(order, int32(v))
		}
	}
	near := make([]float64, p.N)
	for v, d := range hops {
		near[v] = float64(d)
	}
	c.sortNodes(order, near)
	for _, v := range order {
		sum, n := 0.0, 0.0
		for _, u := range g.adj[g.off[v]:g.off[v+1]] {
			if hops[u] == hops[v]-1 {
				sum += day[u]
				n++
			}
		}
		day[v], dated[v] = sum/n, true
	}
}

// stackLanes puts the nodes of each group into the first row of its lane that is free at
// their x; undated ones fill columns left of the axis.
func (c *course) stackLanes(p *Problem, order []int32, x []float32, dated []bool, pos []geom.Point) {
	cell := spacing(p)
	when := make([]float64, p.N)
	for v := range when {
		when[v] = float64(x[v])
	}
	longest := longestRow(p.N)
	if slices.Contains(dated, true) { // the axis is beside them
		longest /= 2
	}
	top := float32(0)
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && p.group(int(order[to])) == p.group(int(order[from])) {
			to++
		}
		lane := slices.Clone(order[from:to])
		from = to
		c.sortNodes(lane, when)
		rows := &rowFinder{}
		var undated []int32
		for i, v := range lane {
			if c.interrupted(i) {
				return
			}
			if !dated[v] {
				undated = append(undated, v)
				continue
			}
			pos[v] = geom.Point{X: x[v], Y: top + float32(rows.place(x[v], cell))*cell}
		}
		high := max(len(rows.end), (len(undated)+longest-1)/longest)
		for i, v := range undated {
			pos[v] = geom.Point{X: -float32(2+i/high) * cell, Y: top + float32(i%high)*cell}
		}
		top += (float32(high) + laneGap) * cell
	}
}

// rowFinder keeps where each row of a lane is free from, as a tree of minima, so that the first free row is
// found in logarithmic time even for a hundred thousand nodes of one day.
type rowFinder struct {
	end  []float32 // per row
	tree []float32 // minima over end, a binary heap layout; leaf i is tree[size+i]
	size int
}

// place returns the first row that is free at x and takes it up to x+width.
func (r *rowFinder) place(x, width float32) int {
	row := r.first(x)
	if row < 0 {
		row = len(r.end)
		r.end = append(r.end, 0)
		if row >= r.size {
			r.regrow()
		}
	}
	r.end[row] = x + width
	i := r.size + row
	r.tree[i] = x + width
	for i /= 2; i >= 1; i /= 2 {
		r.tree[i] = min(r.tree[2*i], r.tree[2*i+1])
	}
	return row
}

func (r *rowFinder) first(x float32) int {
	if r.size == 0 || r.tree[1] > x {
		return -1
	}
	i := 1
	for i < r.size {
		i *= 2
		if r.tree[i] > x {
			i++
		}
	}
	return i - r.size
}

func (r *rowFinder) regrow() {
	r.size = max(8, 2*r.size)
	r.tree = make([]float32, 2*r.size)
	for i := range r.tree {
		r.tree[i] = float32(math.Inf(1))
	}
	copy(r.tree[r.size:], r.end)
	for i := len(r.end); i < r.size; i++ {
		r.tree[r.size+i] = float32(math.Inf(1))
	}
	for i := r.size - 1; i >= 1; i-- {
		r.tree[i] = min(r.tree[2*i], r.tree[2*i+1])
	}
}
