package layout

import (
	"math"
	"slices"
)

// pressure is how the terms of one iteration weigh against each other.
type pressure struct {
	// repel is the strength of the repulsion. Without pivots it falls with the distance and is
	// 1 for two nodes at the length of one edge that pulls as much. With pivots it falls with the square of
	// the distance and is in parts of the ground that a node has in the drawing.
	repel float32
	pivot float32 // stiffness of the pivot term, in parts of the springs of a node
	theta float32 // opening of the tree
	// give, if not 0, makes long edges give way: one of d times the mean length pulls with give/(give+d^2) of its spring, as
	// by a potential that is the logarithm of a square (that of t-SNE, van der Maaten and Hinton 2008). Edges that the drawing
	// cannot keep short then no longer pull apart those that it can.
	give float32
}

// softening keeps the repulsion finite: the square of a length, in mean edges.
const softening = 0.02

// softGround bounds the softening of the steep repulsion in parts of the ground of a node, so
// that crowds do not sink into one spot.
const softGround = 2

// leastGround bounds how far the ground of a node may shrink beside its first value: repulsion goes by the ground, and a
// dense network that pulls itself together must not lose it.
const leastGround = 0.1

// relaxer moves the nodes of one network towards the balance of edge springs, repulsion, distances to
// pivots and anchors, each node to the weighted mean of where its terms want it (Jacobi iteration of a majorant).
// Springs have no length of their own: the pivots and the repulsion hold the drawing open. This is what the measurements
// asked for: with the unit lengths of the maxent-stress model (Gansner, Hu and North 2013)
// neighbourhoods came out worse on every graph tried. The pivots' unit follows the drawing, so that they
// shape it without setting its size.
type relaxer struct {
	net    *network
	tree   *tree
	pivots *pivots // nil = no pivot term
	fast   bool
	x, y   []float32 // places
	nx, ny []float32 // places of the next iteration
	fx, fy []float32 // repulsion
	stiff  []float32
	spring []float32 // strength of the spring of an arc, nil = all 1
	mean   float32   // mean strength of a node's springs

	held    []float32 // per node: stiffness of its anchor in parts of its springs, nil = none
	anchorX []float32
	anchorY []float32
	fixed   []bool // never move, nil = none

	unit   float32   // length of one edge in the drawing, as the pivots see it
	wrong  float64   // stress of the drawing as the pivots last saw it
	depth  []int32   // per node: edges to the core that its tree hangs on, nil = all of it is core
	edge   float32   // 1 over the square of the mean length of edges, where they give way
	frozen bool      // the unit stays
	least  float32   // bound of the ground of a node, in squares of the unit
	px, py []float32 // places of the pivots
}

func newRelaxer(g *network, x, y []float32, fast bool) *relaxer {
	n := g.n
	r := &relaxer{
		net: g, tree: newTree(n), fast: fast, x: x, y: y,
		nx: make([]float32, n), ny: make([]float32, n),
		fx: make([]float32, n), fy: make([]float32, n), stiff: make([]float32, n),
	}
	sum := float64(len(g.adj))
	if g.w != nil || g.l != nil {
		r.spring, sum = make([]float32, len(g.adj)), 0
		for k := range r.spring {
			r.spring[k] = g.strength(int32(k)) / g.length(int32(k))
			sum += float64(r.spring[k])
		}
	}
	r.mean = float32(sum / float64(max(1, n)))
	return r
}

// iterate does one iteration.
func (r *relaxer) iterate(c *course, q pressure) {
	g := r.net
	if g.n < 2 {
		return
	}
	if r.pivots != nil && q.pivot > 0 {
		r.aim()
	}
	q.repel = r.push(c, q)
	if q.give > 0 {
		r.span()
	}
	c.parallel(g.n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			r.move(i, q)
		}
	})
	if c.stopped() {
		return
	}
	r.x, r.nx = r.nx, r.x
	r.y, r.ny = r.ny, r.y
}

// push computes the repulsion on all nodes and returns its strength.
func (r *relaxer) push(c *course, q pressure) float32 {
	if q.repel <= 0 {
		return 0
	}
	w, strength := r.law(q)
	if r.net.n <= directLimit {
		r.tree.direct(r.x, r.y, r.net.m)
	} else {
		r.tree.sort(c, r.x, r.y)
		r.tree.build(c, r.x, r.y, r.net.m)
	}
	r.tree.forces(c, w, r.fx, r.fy, r.stiff)
	return strength
}

// law returns the repulsion to use and its strength in engine units.
func (r *relaxer) law(q pressure) (law, float32) {
	eps := softening * r.net.mean * r.net.mean
	if r.pivots == nil || q.pivot <= 0 {
		return law{eps: eps, theta: q.theta, fast: r.fast}, q.repel
	}
	square := r.unit * r.unit
	ground := min(r.ground(), square) // long thin drawings have empty ground that is nobody's
	if r.least == 0 {
		r.least = leastGround * ground / square
	}
	ground = max(ground, r.least*square, 1e-6*square)
	eps = min(eps*r.unit*r.unit, softGround*ground)
	return law{steep: true, eps: eps, theta: q.theta, fast: r.fast}, q.repel * ground * r.unit
}

// ground returns the area of the drawing for each node: twice the mean square of the distance from its
// middle, as for an even disc, divided by the number of nodes.
func (r *relaxer) ground() float32 {
	mx, my := r.middle()
	n, square := float64(r.net.n), 0.0
	for i := range r.x {
		dx, dy := float64(r.x[i]-mx), float64(r.y[i]-my)
		square += float64(dx*dx) + float64(dy*dy)
	}
	return float32(2 * square / (n * n))
}

// move puts node i to where its terms balance if the others stayed.
func (r *relaxer) move(i int, q pressure) {
	if r.fixed != nil && r.fixed[i] {
		r.nx[i], r.ny[i] = r.x[i], r.y[i]
		return
	}
	ax, ay, stiff := r.wish(i, q)
	inv := 1 / (stiff + 1e-9)
	r.nx[i], r.ny[i] = r.x[i]+float32(ax*inv), r.y[i]+float32(ay*inv)
}

// wish returns the force on node i and the stiffness of what exerts it.
func (r *relaxer) wish(i int, q pressure) (ax, ay, stiff float32) {
	g := r.net
	x, y := r.x[i], r.y[i]
	var springs float32
	arcs := g.adj[g.off[i]:g.off[i+1]]
	switch {
	case q.give > 0 && (r.held == nil || r.held[i] > 0): // what is fresh in a drawing goes to the middle of all its neighbours
		ax, ay, springs, stiff = r.yielding(i, q.give)
	case r.spring == nil:
		for _, j := range arcs {
			ax += r.x[j] - x
			ay += r.y[j] - y
		}
		springs = float32(len(arcs))
		stiff = springs
	default:
		for k, w := range r.spring[g.off[i]:g.off[i+1]] {
			j := arcs[k]
			ax += float32(w * (r.x[j] - x))
			ay += float32(w * (r.y[j] - y))
			springs += w
		}
		stiff = springs
	}
	if q.pivot > 0 && r.pivots != nil && r.pivots.pull[i] > 0 {
		k := r.pivots.k
		px, py := pull(r.fast, x, y, r.unit, r.px, r.py, r.pivots.dist[i*k:(i+1)*k])
		// Half by the node's own springs, half by the mean: leaves of hubs need a hold too.
		hold := q.pivot * (springs + r.mean) / 2
		f := hold / r.pivots.pull[i]
		ax += float32(f * px)
		ay += float32(f * py)
		stiff += hold
	}
	if r.held != nil && r.held[i] > 0 {
		f := r.held[i] * max(springs, r.mean/4)
		ax += float32(f * (r.anchorX[i] - x))
		ay += float32(f * (r.anchorY[i] - y))
		stiff += f
	}
	if q.repel > 0 {
		m := g.m[i] * q.repel
		ax += float32(m * r.fx[i])
		ay += float32(m * r.fy[i])
		stiff += float32(m * r.stiff[i])
	}
	return ax, ay, stiff
}

// hangingGive is how many times the square of its length an edge has in trees that hang on the rest when it gives way like another:
// nothing but room keeps it long.
const hangingGive = 4

// yielding returns the force of the springs of node i where long edges give way, what they would exert on each unit of length
// if none did, and what they do: distances are held as if none did.
func (r *relaxer) yielding(i int, give float32) (ax, ay, springs, stiff float32) {
	g := r.net
	x, y := r.x[i], r.y[i]
	core, hanging := r.edge/give, r.edge/(give*hangingGive)
	inside := r.depth == nil || r.depth[i] == 0
	for k := g.off[i]; k < g.off[i+1]; k++ {
		j := g.adj[k]
		dx, dy := r.x[j]-x, r.y[j]-y
		far := hanging
		if inside && (r.depth == nil || r.depth[j] == 0) {
			far = core
		}
		s := float32(1)
		if r.spring != nil {
			s = r.spring[k]
		}
		w := s / (1 + float32(far*(float32(dx*dx)+float32(dy*dy))))
		ax += float32(w * dx)
		ay += float32(w * dy)
		springs += s
		stiff += w
	}
	return ax, ay, springs, stiff
}

// span measures the mean length of the edges of sampled nodes.
func (r *relaxer) span() {
	g := r.net
	var sum, n float64
	for v := 0; v < g.n; v += 1 + g.n/2000 {
		for _, u := range g.adj[g.off[v]:g.off[v+1]] {
			dx, dy := float64(r.x[v]-r.x[u]), float64(r.y[v]-r.y[u])
			sum += math.Sqrt(float64(dx*dx) + float64(dy*dy))
			n++
		}
	}
	r.edge = 0
	if mean := sum / max(1, n); mean > 1e-15 {
		r.edge = float32(1 / (mean * mean))
	}
}

// steady fixes the unit so that the drawing as it is wants neither to grow nor to shrink: the virial of all
// forces, which is linear in the unit, is zero.
func (r *relaxer) steady(c *course, q pressure) {
	r.aim()
	q.repel = r.push(c, q)
	if q.give > 0 {
		r.span()
	}
	unit := r.unit
	at := func(u float32) float64 {
		r.unit = u
		sum := 0.0
		for i := range r.x {
			ax, ay, _ := r.wish(i, q)
			sum += float64(r.x[i])*float64(ax) + float64(r.y[i])*float64(ay)
		}
		return sum
	}
	a, b := at(unit), at(2*unit)
	r.unit = unit
	if b > a {
		r.unit = unit * float32(min(2, max(0.5, 1-a/(b-a))))
	}
	r.frozen = true
}

// aim reads the places of the pivots and fits the unit to the drawing: the length of one
// edge for which the pivot stress, relative to the drawing's size, is least.
func (r *relaxer) aim() {
	p := r.pivots
	if r.px == nil {
		r.px, r.py = make([]float32, p.k), make([]float32, p.k)
	}
	for i, v := range p.node {
		r.px[i], r.py[i] = r.x[v], r.y[v]
	}
	if r.frozen {
		return
	}
	unit, wrong, part := 0.0, 0.0, 0.0
	if r.unit > 0 {
		unit, wrong, part = r.fit(outlying * float64(r.unit))
	}
	if part < 0.9 { // so much has moved that the last unit says nothing
		unit, wrong, _ = r.fit(outlying * r.typical())
	}
	r.unit, r.wrong = float32(unit), wrong
	if !(r.unit > 1e-30 && r.unit < 1e30) { // all in one spot
		r.unit = 1
	}
	if r.unit < 0.1 || r.unit > 10 {
		r.resize(1 / r.unit)
	}
}

// typical returns the median over sampled nodes of the length of an edge as a pivot of theirs sees it. Numbers that follow each
// other are often of siblings, so the pivot of a node is drawn far from its own number.
func (r *relaxer) typical() float64 {
	p := r.pivots
	var seen []float64
	step := 1 + r.net.n/1000
	for v := 0; v < r.net.n; v += step {
		i := int(uint32(v/step)*0x9e3779b9>>8) % len(p.node)
		if d := p.dist[v*p.k+i]; d > 0 {
			dx, dy := float64(r.x[v]-r.px[i]), float64(r.y[v]-r.py[i])
			seen = append(seen, math.Sqrt(float64(dx*dx)+float64(dy*dy))/float64(d))
		}
	}
	if len(seen) == 0 {
		return math.Inf(1)
	}
	slices.Sort(seen)
	if m := seen[len(seen)/2]; m > 0 {
		return m
	}
	return math.Inf(1)
}

// outlying is how many times its length an edge is that does not count for the unit.
const outlying = 3

// fit returns the drawing's length of an edge and its stress, from the distances of sampled nodes to the pivots, without those over
// limit edge lengths long, and the part of all that it counted: a pivot that has just moved away from its neighbours must
// not count as a huge drawing.
func (r *relaxer) fit(limit float64) (unit, stress, part float64) {
	const enough = 1 << 16
	p := r.pivots
	var a, b, n, all float64
	for v := 0; v < r.net.n; v += 1 + min(1, r.net.n/64) + r.net.n*p.k/enough {
		row := p.dist[v*p.k : (v+1)*p.k]
		sum, squares, count := gauge(r.fast, r.x[v], r.y[v], float32(limit), r.px, r.py, row)
		a, b, n = a+float64(sum), b+float64(squares), n+float64(count)
		all += float64(len(p.node))
	}
	if a > 0 && b > 0 {
		return b / a, 1 - a*a/(b*n), n / all
	}
	return 1, 0, 0
}

// resize scales the drawing so that the unit is 1 again, and moves its middle to the origin: nothing else gives it a
// size and a place, and one that shrinks in every iteration far from the origin would run out of digits.
func (r *relaxer) resize(k float32) {
	mx, my := r.middle()
	for i := range r.x {
		r.x[i] = (r.x[i] - mx) * k
		r.y[i] = (r.y[i] - my) * k
	}
	for i, v := range r.pivots.node {
		r.px[i], r.py[i] = r.x[v], r.y[v]
	}
	r.unit = 1
}

// middle returns the mean place.
func (r *relaxer) middle() (x, y float32) {
	var mx, my float64
	for i := range r.x {
		mx += float64(r.x[i])
		my += float64(r.y[i])
	}
	n := float64(r.net.n)
	return float32(mx / n), float32(my / n)
}
