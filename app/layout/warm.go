package layout

import (
	"math"

	"caveat/app/geom"
)

// Constants of the incremental start. An old node beside a fresh one is held by a spring of holdNear in
// parts of its own springs, one further away by a stiffer one: what is far from a change stays.
const (
	holdNear   = 0.3
	holdFar    = 8
	warmRounds = 30
	warmPivots = 32
)

// driftLimit is how far old nodes may move on average, in parts of the drawing's radius, where up to
// driftShare of the nodes are fresh; more in proportion where more are.
const (
	driftLimit = 0.008
	driftShare = 0.02
)

// warm continues an older drawing: old nodes are held near their places, fresh ones
// find theirs among them. Components all of whose nodes are fresh are laid out from scratch.
type warm struct {
	force *force
	doing int
	inner *component
	relax *held
}

func (w *warm) part() float64 {
	if len(w.force.names) == 0 {
		return 1
	}
	return float64(w.doing) / float64(len(w.force.names))
}

// run works on the components one after the other.
func (w *warm) run(p *Problem, pos []geom.Point) bool {
	f := w.force
	if w.doing == 0 && w.inner == nil && w.relax == nil {
		copy(pos, p.Start)
		for i := range pos {
			if !pos[i].Finite() {
				pos[i] = geom.Point{}
			}
		}
	}
	for budget := stepWork; budget > 0 && w.doing < len(f.names); {
		budget -= f.parts[w.doing].n
		if w.work(p, pos) {
			continue
		}
		if f.stopped() {
			return false
		}
		w.inner, w.relax = nil, nil
		w.doing++
	}
	if w.doing < len(f.names) {
		return true
	}
	w.settleFresh(p, pos)
	return false
}

// work does a piece of the current component and reports whether more is left.
func (w *warm) work(p *Problem, pos []geom.Point) bool {
	f := w.force
	g, names := f.parts[w.doing], f.names[w.doing]
	some := false
	for _, v := range names {
		some = some || p.old(int(v)) || p.pinned(int(v))
	}
	if !some {
		if w.inner == nil {
			w.inner = f.newComponent(p, w.doing)
		}
		if w.inner.phase != phaseDone && w.inner.step(&f.course) {
			return true
		}
		if !f.stopped() {
			f.ends[w.doing] = drawingPoints(g, w.inner.x, w.inner.y)
			if len(p.Size) != 0 {
				f.spread(p, names, f.ends[w.doing])
			}
		}
		return false
	}
	if g.n < 2 {
		return false
	}
	if w.relax == nil {
		w.relax = f.hold(p, w.doing, pos, p.old)
		return true
	}
	more := w.relax.step(&f.course)
	if !f.stopped() {
		w.relax.write(names, pos)
	}
	return more
}

// settleFresh packs the components that are new as a whole beside the others, and moves fresh nodes off
// the discs of others.
func (w *warm) settleFresh(p *Problem, pos []geom.Point) {
	f := w.force
	var which []int
	obstacles := geom.BoundsOf(nil)
	for k, names := range f.names {
		if f.ends[k] == nil {
			obstacles = obstacles.Union(boundsOfDiscs(p, names, pos))
			continue
		}
		for i, v := range names {
			pos[v] = f.ends[k][i]
		}
		which = append(which, k)
	}
	f.pack(p, which, pos, obstacles)
	if len(p.Size) == 0 || p.N > spreadLimit {
		return
	}
	stay := make([]bool, p.N)
	for i := range stay {
		stay[i] = p.old(i) || p.pinned(i)
	}
	f.removeOverlaps(pos, p.Size, stay)
}

// held is the relaxation of one component whose old nodes are anchored.
type held struct {
	relax  *relaxer
	scale  float32 // drawing units to an engine unit
	mid    geom.Point
	left   int
	press  pressure
	free   searchers
	pivots *pivots
	block  int
	fixed  []geom.Point // places of the fixed nodes, exact
}

// hold prepares the relaxation of component k from the places in pos, where it first puts the
// nodes that are not old among their neighbours.
func (f *force) hold(p *Problem, k int, pos []geom.Point, old func(i int) bool) *held {
	g, names := f.parts[k], f.names[k]
	n := g.n
	placed := make([]bool, n)
	r := newRelaxer(g, make([]float32, n), make([]float32, n), f.fast)
	r.held = make([]float32, n)
	r.fixed = make([]bool, n)
	h := &held{relax: r, left: warmRounds, fixed: make([]geom.Point, n)}
	var mid geom.Point
	count := float32(0)
	for i, v := range names {
		at := pos[v]
		if p.pinned(int(v)) {
			at = f.place[v]
			r.fixed[i] = true
		}
		h.fixed[i] = at
		placed[i] = r.fixed[i] || old(int(v))
		if placed[i] {
			count++
			mid = mid.Add(at.Sub(mid).Mul(1 / count))
		}
	}
	h.mid = mid
	for i := range names {
		if placed[i] {
			r.x[i], r.y[i] = h.fixed[i].X-mid.X, h.fixed[i].Y-mid.Y
		}
	}
	rng := f.random(p, k)
	distance := insert(g, placed, r.x, r.y, meanPlaced(g, placed, r.x, r.y), rng.Uint64())
	t := standardTuning(g, g.n, f.shape)
	if t.planar {
		r.depth = f.hang(g).depth
	}
	h.press = pressure{repel: t.lastRepel, pivot: t.pivot, theta: t.theta, give: t.give}
	var nodes []int32
	for i := range min(n, warmPivots) { // the numbers run breadth first: equal parts of them spread over the graph
		lo, hi := i*n/min(n, warmPivots), (i+1)*n/min(n, warmPivots)
		nodes = append(nodes, int32(lo+rng.IntN(hi-lo)))
	}
	h.pivots = newPivots(g, nodes)
	h.rescale(distance)
	return h
}

// meanPlaced returns the mean length of the arcs between placed nodes, EdgeLength where there are none.
func meanPlaced(g *network, placed []bool, x, y []float32) float32 {
	var sum, n float64
	for v := range g.n {
		for k := g.off[v]; k < g.off[v+1] && placed[v]; k++ {
			if j := g.adj[k]; placed[j] {
				dx, dy := float64(x[v]-x[j]), float64(y[v]-y[j])
				sum += math.Sqrt(float64(dx*dx) + float64(dy*dy))
				n++
			}
		}
	}
	if sum == 0 {
		return EdgeLength
	}
	return float32(sum / n)
}

// insert puts every node that is not placed at the mean of its neighbours that are, a little
// aside, wave by wave outward; it returns the number of edges from each node to the nearest that was
// not placed.
func insert(g *network, placed []bool, x, y []float32, edge float32, key uint64) []int32 {
	have := append([]bool(nil), placed...)
	var wave []int32
	for v := range int32(g.n) {
		if have[v] {
			wave = append(wave, v)
		}
	}
	for len(wave) > 0 {
		var next []int32
		seen := map[int32]bool{}
		for _, v := range wave {
			for _, u := range g.adj[g.off[v]:g.off[v+1]] {
				if !have[u] && !seen[u] {
					seen[u] = true
					next = append(next, u)
				}
			}
		}
		for _, u := range next {
			var sx, sy, n float32
			for _, v := range g.adj[g.off[u]:g.off[u+1]] {
				if have[v] {
					sx, sy, n = sx+x[v], sy+y[v], n+1
				}
			}
			jx, jy := jitter(key, int(u))
			x[u], y[u] = sx/n+0.8*edge*jx, sy/n+0.8*edge*jy
		}
		for _, u := range next {
			have[u] = true
		}
		wave = next
	}
	return hopsFrom(g, func(v int32) bool { return !placed[v] })
}

// hopsFrom returns the number of edges from each node to the nearest that is, -1 where there is none.
func hopsFrom(g *network, is func(v int32) bool) []int32 {
	d := make([]int32, g.n)
	var q []int32
	for v := range int32(g.n) {
		d[v] = -1
		if is(v) {
			d[v] = 0
			q = append(q, v)
		}
	}
	for h := 0; h < len(q); h++ {
		for _, u := range g.adj[g.off[q[h]]:g.off[q[h]+1]] {
			if d[u] < 0 {
				d[u] = d[q[h]] + 1
				q = append(q, u)
			}
		}
	}
	return d
}

// rescale turns drawing units into engine units and sets the anchors.
func (h *held) rescale(distance []int32) {
	r := h.relax
	const s = 1.0 / EdgeLength
	h.scale = EdgeLength
	for i := range r.x {
		r.x[i] *= s
		r.y[i] *= s
		switch d := distance[i]; {
		case d == 0:
		case d == 1:
			r.held[i] = holdNear
		case d > 0 && d < 5:
			r.held[i] = holdNear * float32(d*d)
		default:
			r.held[i] = holdFar
		}
	}
	r.anchorX = append([]float32(nil), r.x...)
	r.anchorY = append([]float32(nil), r.y...)
}

// step does one block of distances or one iteration and reports whether more is left.
func (h *held) step(c *course) bool {
	r := h.relax
	if h.block < h.pivots.blocks() {
		h.pivots.measureAll(c, r.net, h.block, 2, &h.free)
		h.block += 2
		if h.block >= h.pivots.blocks() && !c.stopped() {
			h.pivots.seal(c, r.net.n)
			r.pivots = h.pivots
			r.steady(c, h.press)
		}
		return true
	}
	r.iterate(c, h.press)
	h.left--
	h.bound()
	if h.left == 0 && r.held != nil {
		h.restrain()
	}
	return h.left > 0
}

// bound takes back what went farther than a change of the graph, or pins, may move it: many nodes in one place push each other beyond all
// bounds.
func (h *held) bound() {
	r := h.relax
	square, far := 0.0, 0.0
	for i := range r.x {
		x, y := float64(r.anchorX[i]), float64(r.anchorY[i])
		d := float64(x*x) + float64(y*y)
		square, far = square+d, max(far, d)
	}
	reach := float32(2*math.Sqrt(far) + 10) // about pins
	if r.held != nil {
		fresh := 0.0
		for _, k := range r.held {
			if k == 0 {
				fresh++
			}
		}
		reach = float32(2*math.Sqrt(square/float64(r.net.n)) + 4*math.Sqrt(fresh) + 10)
	}
	for i := range r.x {
		if r.fixed[i] {
			continue
		}
		dx, dy := r.x[i]-r.anchorX[i], r.y[i]-r.anchorY[i]
		if d := sqrt32(float32(dx*dx) + float32(dy*dy)); d-d != 0 {
			r.x[i], r.y[i] = r.anchorX[i], r.anchorY[i]
		} else if d > reach {
			r.x[i], r.y[i] = r.anchorX[i]+dx*(reach/d), r.anchorY[i]+dy*(reach/d)
		}
	}
}

// burst is how many times as far as they may old nodes went, on average, where the iteration went wrong.
const burst = 30

// restrain takes the moves of the old nodes back in proportion if on average they went further than a small
// change of the graph may move them. If they went much further the fresh ones, too, are back where they came in.
func (h *held) restrain() {
	r := h.relax
	var sum, square, old float64
	for i, k := range r.held {
		if k == 0 {
			continue
		}
		dx, dy := float64(r.x[i]-r.anchorX[i]), float64(r.y[i]-r.anchorY[i])
		sum += math.Sqrt(float64(dx*dx) + float64(dy*dy))
		x, y := float64(r.anchorX[i]), float64(r.anchorY[i])
		square += float64(x*x) + float64(y*y)
		old++
	}
	if old == 0 || sum == 0 {
		return
	}
	fresh := 1 - old/float64(r.net.n)
	limit := driftLimit * max(1, fresh/driftShare) * math.Sqrt(square/old)
	if mean := sum / old; mean > limit {
		part := float32(limit / mean)
		for i, k := range r.held {
			switch {
			case r.fixed[i]:
			case k == 0 && mean > burst*limit:
				r.x[i], r.y[i] = r.anchorX[i], r.anchorY[i]
			case k > 0:
				r.x[i] = r.anchorX[i] + part*(r.x[i]-r.anchorX[i])
				r.y[i] = r.anchorY[i] + part*(r.y[i]-r.anchorY[i])
			}
		}
	}
}

// write puts the places into pos.
func (h *held) write(names []int32, pos []geom.Point) {
	for i, v := range names {
		if h.relax.fixed[i] {
			pos[v] = h.fixed[i]
			continue
		}
		pos[v] = geom.Point{X: h.mid.X + h.relax.x[i]*h.scale, Y: h.mid.Y + h.relax.y[i]*h.scale}
	}
}
