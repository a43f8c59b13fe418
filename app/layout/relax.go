package layout

import "math"

// pressure is how the terms of one iteration weigh against each other.
type pressure struct {
	repel float32 // strength of the repulsion between masses; springs have 1
	pivot float32 // stiffness of the pivot term, in parts of a node's springs
	theta float32 // opening of the tree: larger is coarser and quicker
}

// softening keeps the repulsion finite: the square of a length, in mean edges.
const softening = 0.02

// relaxer moves the nodes of one network towards the balance of edge springs, repulsion, distances to
// pivots and anchors: the entropy-like model of Gansner, Hu and North (A maxent-stress model for
// graph layout, 2013), each node to the weighted mean of where its terms want it (Jacobi).
type relaxer struct {
	net    *network
	tree   *tree
	pivots *pivots // nil = no pivot term
	fast   bool
	x, y   []float32 // places
	nx, ny []float32 // places of the next iteration
	fx, fy []float32 // repulsion
	stiff  []float32

	held      []float32 // per node: stiffness of its anchor in parts of its springs, nil = none
	anchorX   []float32
	anchorY   []float32
	fixed     []bool // never move, nil = none
	iteration int
	unit      float32   // drawing length of one edge for the pivot term
	px, py    []float32 // places of the pivots
}

func newRelaxer(g *network, x, y []float32, fast bool) *relaxer {
	n := g.n
	return &relaxer{
		net: g, tree: newTree(n), fast: fast, x: x, y: y,
		nx: make([]float32, n), ny: make([]float32, n),
		fx: make([]float32, n), fy: make([]float32, n), stiff: make([]float32, n),
	}
}

// iterate does one iteration.
func (r *relaxer) iterate(c *course, q pressure) {
	g := r.net
	if g.n < 2 {
		return
	}
	if q.repel > 0 {
		r.tree.sort(c, r.x, r.y)
		r.tree.build(c, r.x, r.y, g.m)
		r.tree.forces(c, r.fast, q.theta, softening*g.mean*g.mean, r.fx, r.fy, r.stiff)
	}
	pull := r.pivots != nil && q.pivot > 0
	if pull {
		r.aim()
	}
	c.parallel(g.n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			r.move(i, q, pull)
		}
	})
	if c.stopped() {
		return
	}
	r.x, r.nx = r.nx, r.x
	r.y, r.ny = r.ny, r.y
	r.iteration++
}

// move puts node i to where its terms balance if the others stayed.
func (r *relaxer) move(i int, q pressure, pivot bool) {
	g := r.net
	x, y := r.x[i], r.y[i]
	if r.fixed != nil && r.fixed[i] {
		r.nx[i], r.ny[i] = x, y
		return
	}
	var ax, ay, stiff float32
	for k := g.off[i]; k < g.off[i+1]; k++ {
		j := g.adj[k]
		dx, dy := r.x[j]-x, r.y[j]-y
		l := g.l[k]
		w := g.w[k] / (l * l)
		length := sqrt32(float32(dx*dx)+float32(dy*dy)) + 1e-6
		f := w * (1 - l/length)
		ax += float32(f * dx)
		ay += float32(f * dy)
		stiff += w
	}
	springs := stiff
	if pivot && r.pivots.pull[i] > 0 {
		k := r.pivots.k
		px, py := pull(r.fast, x, y, r.unit, r.px, r.py, r.pivots.dist[i*k:(i+1)*k])
		f := q.pivot * springs / r.pivots.pull[i]
		ax += float32(f * px)
		ay += float32(f * py)
		stiff += q.pivot * springs
	}
	if r.held != nil && r.held[i] > 0 {
		f := r.held[i] * springs
		if springs == 0 {
			f = r.held[i]
		}
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
	inv := 1 / (stiff + 1e-9)
	r.nx[i], r.ny[i] = x+float32(ax*inv), y+float32(ay*inv)
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
	var a, b float64
	for v := 0; v < r.net.n; v += 1 + r.net.n/2000 {
		row := p.dist[v*p.k : (v+1)*p.k]
		for i, d := range row[:len(p.node)] {
			if d == 0 {
				continue
			}
			dx, dy := float64(r.x[v]-r.px[i]), float64(r.y[v]-r.py[i])
			e := math.Sqrt(float64(dx*dx)+float64(dy*dy)) / float64(d)
			a += e
			b += float64(e * e)
		}
	}
	r.unit = 1
	if a > 0 {
		r.unit = float32(b / a)
	}
}
