package layout

import (
	"math"
	"math/rand/v2"
	"slices"

	"caveat/app/geom"
)

// force is the default engine: multilevel, for any size. See doc.go for its map.
type force struct {
	course
	shape float32
	fast  bool
	round bool       // components stand round the largest in a disc, not in the shape of a window
	boxes bool       // nothing stands within the bounds of a component
	parts []*network // components, largest first
	names [][]int32  // per component, the problem's number of each node
	comps []*component
	doing int
	total float64 // work of all components
	past  float64 // of the finished ones
	place []geom.Point
	ends  [][]geom.Point          // per component, the finished places
	drawn map[string][]geom.Point // the finished places of small components, by their edges: equal ones are drawn once
	edges string                  // of the component in work, if it is small
	shown float64                 // part at the last look

	pinning *pinning
}

func newForce(p *Problem) Engine {
	f := &force{shape: p.shape(), fast: vectors(), drawn: map[string][]geom.Point{}}
	f.stages = []stage{{run: f.build, cost: 3}}
	if p.warm() {
		w := &warm{force: f}
		f.stages = append(f.stages, stage{run: w.run, part: w.part, cost: 90})
	} else {
		f.stages = append(f.stages, stage{run: f.layOut, part: f.part, cost: 90})
	}
	f.stages = append(f.stages, stage{run: f.finish, cost: 5})
	return f
}

// build makes the networks of the components.
func (f *force) build(p *Problem, pos []geom.Point) bool {
	f.place = pinnedPlaces(p, pos)
	g := f.newNetwork(p.N, p.Edges, p.Weights)
	if f.stopped() {
		return false
	}
	f.parts, f.names = f.split(g)
	if f.stopped() {
		return false
	}
	f.ends = make([][]geom.Point, len(f.parts))
	for _, g := range f.parts {
		f.total += float64(g.n)
	}
	return false
}

// pinnedPlaces returns the places of the pinned nodes (others undefined), nil without pins.
func pinnedPlaces(p *Problem, pos []geom.Point) []geom.Point {
	if !p.hasPins() {
		return nil
	}
	src := pos
	if len(p.Start) != 0 {
		src = p.Start
	}
	place := append([]geom.Point(nil), src...)
	for i := range place {
		if !place[i].Finite() {
			place[i] = geom.Point{}
		}
	}
	return place
}

// stepWork is the number of node visits after which a step ends: some milliseconds.
const stepWork = 20000

// layOut works on the components one after the other.
func (f *force) layOut(p *Problem, pos []geom.Point) bool {
	for budget := stepWork; budget > 0 && f.doing < len(f.parts); {
		g := f.parts[f.doing]
		pts := []geom.Point(nil)
		if len(f.comps) == 0 {
			f.edges = edgesOf(g)
			pts = f.drawn[f.edges]
		}
		if pts == nil {
			if len(f.comps) == 0 {
				k := f.try(p, f.doing)
				if k == nil {
					return false
				}
				f.comps = []*component{k}
			}
			k := f.comps[0]
			if k.phase != phaseDone && k.step(&f.course) {
				budget -= g.n
				continue
			}
			if f.stopped() {
				return false
			}
			pts = drawingPoints(k.net(), k.x, k.y)
			if f.edges != "" && len(f.drawn) < mostDrawn {
				f.drawn[f.edges] = pts
			}
		}
		budget -= g.n
		f.ends[f.doing] = f.settle(p, pts)
		f.past += float64(g.n)
		if !f.anchored(p, f.doing) {
			f.parts[f.doing] = nil
		}
		f.comps = nil
		f.doing++
	}
	more := f.doing < len(f.parts)
	if !more || !f.quiet && f.worthShowing() {
		f.show(p, pos)
	}
	return more
}

// worthShowing reports whether there is more to be seen than at the last look: while small ones of many components are drawn, packing them all
// takes longer than drawing a few more.
func (f *force) worthShowing() bool {
	const many, small, more = 100, 0.05, 0.04
	part := f.part()
	if len(f.parts) > many && float64(f.parts[f.doing].n) < small*f.total && part < f.shown+more && part >= f.shown {
		return false
	}
	f.shown = part
	return true
}

// Components are compared with those drawn before up to so many arcs, and so many are remembered.
const (
	smallArcs = 200
	mostDrawn = 4096
)

// edgesOf returns the edges of a small network without weights in a form that equal ones share, "" for others.
func edgesOf(g *network) string {
	if g.w != nil || len(g.adj) > smallArcs {
		return ""
	}
	key := make([]byte, 0, 2+2*len(g.adj)+2*g.n)
	for v := range int32(g.n) {
		for _, u := range g.adj[g.off[v]:g.off[v+1]] {
			key = append(key, byte(u), byte(u>>8))
		}
		key = append(key, 255, 255)
	}
	return string(key)
}

// newComponent starts component i. Where discs need room the edges of leaves stay as long as others: the whole drawing
// would have to grow for them.
func (f *force) newComponent(p *Problem, i int) *component {
	k := newComponent(f.parts[i], p.N, f.shape, f.fast, f.random(p, i))
	if len(p.Size) != 0 && p.N <= spreadLimit {
		k.tune.leaf = 1
	}
	return k
}

func (f *force) part() float64 {
	if f.total == 0 {
		return 1
	}
	done := f.past
	if len(f.comps) > 0 {
		k := f.comps[0]
		done += float64(k.net().n) * min(1, k.done/k.work())
	}
	return done / f.total
}

// random returns the random numbers of component i.
func (f *force) random(p *Problem, i int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(p.Seed), uint64(i)+0x5eed))
}

// settle makes room for the discs of the finished component.
func (f *force) settle(p *Problem, pts []geom.Point) []geom.Point {
	pts = slices.Clone(pts)
	names := f.names[f.doing]
	if len(p.Size) != 0 {
		f.spread(p, names, pts)
	}
	return pts
}

// drawingPoints returns the places in drawing units, level and centred.
func drawingPoints(g *network, x, y []float32) []geom.Point {
	n := g.n
	var mx, my float64
	for i := range n {
		mx += float64(x[i])
		my += float64(y[i])
	}
	mx /= float64(n)
	my /= float64(n)
	var xx, xy, yy float64
	for i := range n {
		dx, dy := float64(x[i])-mx, float64(y[i])-my
		xx += float64(dx * dx)
		xy += float64(dx * dy)
		yy += float64(dy * dy)
	}
	sin, cos := math.Sincos(math.Atan2(2*xy, xx-yy) / 2)
	k := EdgeLength / meanEdge(g, x, y)
	pts := make([]geom.Point, n)
	for i := range n {
		dx, dy := (float64(x[i])-mx)*k, (float64(y[i])-my)*k
		pts[i] = geom.Point{
			X: float32(float64(dx*cos) + float64(dy*sin)),
			Y: float32(float64(dy*cos) - float64(dx*sin)),
		}
	}
	return pts
}

// meanEdge returns the mean length of the drawn arcs, 1 where there are none or all are points.
func meanEdge(g *network, x, y []float32) float64 {
	sum := 0.0
	for v := range g.n {
		for k := g.off[v]; k < g.off[v+1]; k++ {
			j := g.adj[k]
			dx, dy := float64(x[v]-x[j]), float64(y[v]-y[j])
			sum += math.Sqrt(float64(dx*dx) + float64(dy*dy))
		}
	}
	if sum == 0 || len(g.adj) == 0 {
		return 1
	}
	return sum / float64(len(g.adj))
}

// show writes the places as they are now: finished components packed, the one in work beside them.
func (f *force) show(p *Problem, pos []geom.Point) {
	ends := f.ends
	if len(f.comps) > 0 {
		k := f.comps[0]
		ends = append([][]geom.Point(nil), f.ends...)
		if x, y, ok := k.finest(); ok {
			ends[f.doing] = drawingPoints(k.net(), x, y)
		}
	}
	f.arrange(p, ends, pos)
}

// finish lets the components with pins settle about them.
func (f *force) finish(p *Problem, pos []geom.Point) bool {
	if f.place == nil || p.warm() {
		return false
	}
	if f.pinning == nil {
		f.pinning = &pinning{force: f}
	}
	return f.pinning.run(p, pos)
}
