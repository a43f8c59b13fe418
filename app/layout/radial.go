package layout

import (
	"math"
	"slices"

	"caveat/app/geom"
)

// newRadial returns the engine "radial": the focus in the middle, all others on rings by
// their distance in edges, each in the wedge of the node it was reached from. Several focus nodes of one component share the
// innermost ring. Components without a focus are drawn about their node of highest degree. Crowded rings may have several
// lines.
func newRadial(p *Problem) Engine {
	focus := make(map[int32]bool, len(p.Focus))
	for _, v := range p.Focus {
		focus[v] = true
	}
	return newPacked(func(c *course, p *Problem, g *network, names []int32) []geom.Point {
		var roots []int32
		hub, half := int32(0), int32(g.n/2) // of equal ones the nearest to the middle of the numbers, which run breadth first from an end
		for i := range int32(g.n) {
			if focus[names[i]] {
				roots = append(roots, i)
			}
			if d := g.degree(i) - g.degree(hub); d > 0 || d == 0 && max(i-half, half-i) < max(hub-half, half-hub) {
				hub = i
			}
		}
		if len(roots) == 0 {
			roots = []int32{hub}
		}
		return newRings(c, g, roots).draw(c, spacing(p))
	})
}

// rings is a breadth-first forest with the nodes of each depth in the order they lie on their ring.
type rings struct {
	net    *network
	order  []int32 // breadth first
	parent []int32 // -1 for roots
	depth  []int32
	leaves []float64 // of the subtree: what its wedge is worth
	kids   [][]int32
	roots  []int32
}

func newRings(c *course, g *network, roots []int32) *rings {
	r := &rings{
		net: g, roots: roots, parent: make([]int32, g.n), depth: make([]int32, g.n),
		leaves: make([]float64, g.n), kids: make([][]int32, g.n),
	}
	for v := range r.depth {
		r.depth[v], r.parent[v] = -1, -1
	}
	for _, v := range roots {
		r.depth[v] = 0
		r.order = append(r.order, v)
	}
	for h := 0; h < len(r.order); h++ {
		v := r.order[h]
		if c.interrupted(h) {
			return r
		}
		for _, u := range g.adj[g.off[v]:g.off[v+1]] {
			if r.depth[u] < 0 {
				r.depth[u], r.parent[u] = r.depth[v]+1, v
				r.kids[v] = append(r.kids[v], u)
				r.order = append(r.order, u)
			}
		}
	}
	for h := len(r.order) - 1; h >= 0; h-- {
		v := r.order[h]
		if len(r.kids[v]) == 0 {
			r.leaves[v] = 1
		}
		if up := r.parent[v]; up >= 0 {
			r.leaves[up] += r.leaves[v]
		}
	}
	return r
}

// draw gives every node its angle and ring.
func (r *rings) draw(c *course, step float32) []geom.Point {
	if c.stopped() {
		return make([]geom.Point, r.net.n)
	}
	angle := r.wedges()
	// Reorder the children by the mean angle of their other neighbours, a few times.
	for range 6 {
		if c.stopped() {
			return make([]geom.Point, r.net.n)
		}
		if !r.reorder(c, angle) {
			break
		}
		angle = r.wedges()
	}
	radius := r.radii(c, angle, step)
	pts := make([]geom.Point, r.net.n)
	for v := range pts {
		if c.interrupted(v) {
			return pts
		}
		sin, cos := math.Sincos(angle[v])
		pts[v] = geom.Point{X: float32(radius[v] * cos), Y: float32(radius[v] * sin)}
	}
	return pts
}

// wedges returns the angle of each node: the middle of its share of its parent's wedge.
func (r *rings) wedges() []float64 {
	angle := make([]float64, r.net.n)
	from := make([]float64, r.net.n)
	wide := make([]float64, r.net.n)
	share := func(nodes []int32, start, width float64) {
		all := 0.0
		for _, v := range nodes {
			all += r.leaves[v]
		}
		for _, v := range nodes {
			from[v], wide[v] = start, width*r.leaves[v]/all
			angle[v] = start + wide[v]/2
			start += wide[v]
		}
	}
	share(r.roots, -math.Pi/2, 2*math.Pi)
	for _, v := range r.order {
		if len(r.kids[v]) > 0 {
			share(r.kids[v], from[v], wide[v])
		}
	}
	return angle
}

// reorder sorts the children of every node by the mean direction of their neighbours outside the
// subtree, seen from their present one, and reports whether anything moved.
func (r *rings) reorder(c *course, angle []float64) bool {
	pull := make([]float64, r.net.n)
	for v := range int32(r.net.n) {
		n := 0.0
		if c.interrupted(int(v)) {
			return false
		}
		for _, u := range r.net.adj[r.net.off[v]:r.net.off[v+1]] {
			if u == r.parent[v] || r.parent[u] == v {
				continue
			}
			pull[v] += math.Remainder(angle[u]-angle[v], 2*math.Pi)
			n++
		}
		if n > 0 {
			pull[v] = angle[v] + pull[v]/(n+1)
		} else {
			pull[v] = angle[v]
		}
	}
	for h := len(r.order) - 1; h >= 0; h-- { // a subtree pulls as its members do
		v := r.order[h]
		for _, u := range r.kids[v] {
			pull[v] += (pull[u] - angle[u]) / float64(len(r.kids[v]))
		}
	}
	moved := false
	for v := range r.kids {
		if c.interrupted(v) {
			return false
		}
		if slices.IsSortedFunc(r.kids[v], byKey(pull)) {
			continue
		}
		slices.SortStableFunc(r.kids[v], byKey(pull))
		moved = true
	}
	return moved
}

// byKey orders nodes by a number each has.
func byKey(key []float64) func(a, b int32) int {
	return func(a, b int32) int {
		switch {
		case key[a] < key[b]:
			return -1
		case key[a] > key[b]:
			return 1
		}
		return int(a - b)
	}
}

// Rings wider than a window are set in several lines, where that makes the whole drawing crowdedRing times less wide.
const (
	wideRing    = 12 * EdgeLength // radius
	crowdedRing = 1.5
	ringLine    = 0.9 // distance of lines and of the nodes in them, in parts of that of neighbours
)

// radii returns the distance of each node from the middle.
func (r *rings) radii(c *course, angle []float64, step float32) []float64 {
	round := slices.Clone(r.order)
	c.sortNodes(round, angle)
	byDepth := make([][]int32, r.depth[r.order[len(r.order)-1]]+1)
	for i, v := range round {
		if c.interrupted(i) {
			return make([]float64, r.net.n)
		}
		byDepth[r.depth[v]] = append(byDepth[r.depth[v]], v)
	}
	radius, wide := c.placeRings(byDepth, angle, float64(step), math.Inf(1))
	if wide > wideRing {
		if lines, less := c.placeRings(byDepth, angle, float64(step), wideRing); less*crowdedRing < wide {
			return lines
		}
	}
	return radius
}

// placeRings returns the distance of each node from the middle, and the largest: rings are one step apart, more where one would be crowded. One
// that would be wider than most, and half as wide again as it must be, has several lines.
func (c *course) placeRings(byDepth [][]int32, angle []float64, step, most float64) (radius []float64, outer float64) {
	radius = make([]float64, len(angle))
	for d, ring := range byDepth {
		if c.stopped() {
			return radius, outer
		}
		if d == 0 && len(ring) == 1 {
			continue
		}
		least := step * 0.8
		if d > 0 {
			least = outer + step*1.2
		}
		outer = max(least, ringNeeds(angle, ring, step))
		if outer > max(most, crowdedRing*least) {
			outer = c.ringLines(angle, ring, max(least, wideRing/2), ringLine*step, radius)
			continue
		}
		for _, v := range ring {
			radius[v] = outer
		}
	}
	return radius, outer
}

// ringNeeds returns the radius of a ring with the mean room a node needs, or half of what the closest pair would ask for, whichever is more:
// single close pairs must not blow up the drawing.
func ringNeeds(angle []float64, ring []int32, step float64) float64 {
	gap := 2 * math.Pi / float64(len(ring))
	tight := gap
	for i := 1; i < len(ring); i++ {
		tight = min(tight, angle[ring[i]]-angle[ring[i-1]])
	}
	need := step * 0.5 / gap
	if tight > 0 {
		need = max(need, min(step*0.4/tight, 2*need))
	}
	return need
}

// ringLines puts each node of a ring, in the order of their angles, into the first line from the middle with room for it, and returns the
// radius of the outermost.
func (c *course) ringLines(angle []float64, ring []int32, least, gap float64, radius []float64) float64 {
	var first, last []float64 // angles in each line
	for i, v := range ring {
		if c.interrupted(i << 6) {
			break
		}
		line, at := 0, least
		for ; line < len(last); line, at = line+1, at+gap {
			if apart := gap / at; angle[v]-last[line] >= apart && first[line]+2*math.Pi-angle[v] >= apart {
				break
			}
		}
		if line == len(last) {
			first, last = append(first, angle[v]), append(last, 0)
		}
		last[line], radius[v] = angle[v], at
	}
	return least + gap*float64(len(last)-1)
}
