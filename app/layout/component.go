package layout

import (
	"math"
	"math/rand/v2"
)

// component lays out one connected network from scratch, piece by piece.
type component struct {
	tune   tuning
	shape  float32
	fast   bool
	rng    *rand.Rand
	levels []level
	at     int // level in work; len(levels)-1 is the coarsest
	phase  phase
	relax  *relaxer
	stress *stress
	trees  *pendants
	unfold *unfolding
	pivots *pivots
	free   searchers
	block  int     // pivot blocks done
	round  int     // iterations done in this phase
	rounds int     // iterations of this phase
	before float64 // stress when edges began to give way, 0 before that
	hold   float32 // factor of the hold on distances since then
	least  float64 // least stress seen in the last phase, 0 before any
	x, y   []float32
	done   float64 // work done, in node visits
}

// phase is where the course of a component stands.
type phase int

const (
	phaseTrees phase = iota
	phaseCoarsen
	phaseStart
	phaseLevel
	phasePivots
	phaseStress
	phaseLast
	phaseUnfold
	phaseDone
)

// newComponent starts a component of a drawing of so many nodes.
func newComponent(g *network, whole int, shape float32, fast bool, rng *rand.Rand) *component {
	t := standardTuning(g, whole, shape)
	c := &component{tune: t, shape: shape, fast: fast, rng: rng, levels: []level{{net: g}}}
	switch {
	case g.n == 1:
		c.x, c.y, c.phase = []float32{0}, []float32{0}, phaseDone
	case g.n == 2:
		c.x, c.y, c.phase = []float32{0, 1}, []float32{0, 0}, phaseDone
	}
	return c
}

// net returns the finest network.
func (k *component) net() *network { return k.levels[0].net }

// step does a bounded piece of work and reports whether more is left.
func (k *component) step(c *course) bool {
	switch k.phase {
	case phaseTrees:
		k.hang(c)
	case phaseCoarsen:
		k.coarsen(c)
	case phaseStart:
		k.start(c)
	case phaseLevel:
		k.iterate(c)
	case phasePivots:
		k.measure(c)
	case phaseStress:
		if !k.stress.round(c, k.x, k.y) {
			k.stress = nil
			k.begin(phaseLast)
		}
	case phaseLast:
		k.iterate(c)
	case phaseUnfold:
		if !k.unfold.step(stepWork) {
			k.unfold, k.trees, k.phase = nil, nil, phaseDone
		}
	}
	return k.phase != phaseDone && !c.stopped()
}

// lowTree bounds the height of the trees that start from their radial drawing, in parts of the square root of their
// number of nodes: random trees are about 1.25 high (Rényi and Szekeres 1967), while in long thin ones the sectors are too narrow.
const lowTree = 3

// radialLeast and radialMost bound how hard the pivots pull at first on a large tree that starts from its radial drawing: a weaker pull leaves
// branches lying across the middle, a stronger one costs neighbourhoods.
const radialLeast, radialMost = 2.5, 4

// hang finds what is tree-like. A low tree starts from a drawing without crossings, any other network from nothing.
func (k *component) hang(c *course) {
	g := k.net()
	k.trees = c.hang(g)
	if c.stopped() {
		return
	}
	k.phase = phaseCoarsen
	if g.n <= k.tune.fullLimit {
		k.phase = phasePivots
		if h, _, _ := c.coarsen(g, k.rng); h != nil {
			k.tune.loosen(g, h, k.shape)
		}
	}
	if k.tune.planar && g.tree() && float64(k.trees.height()) < lowTree*math.Sqrt(float64(g.n)) {
		k.x, k.y = make([]float32, g.n), make([]float32, g.n)
		k.trees.radial(k.x, k.y)
		k.relax = newRelaxer(g, k.x, k.y, k.fast)
		k.phase = phasePivots
		if g.n > k.tune.fullLimit { // the distances are nearly there: a few pivots hold them
			k.tune.pivots = min(k.tune.pivots, 48)
			k.tune.pivotFirst = min(max(radialLeast, k.tune.pivotFirst), radialMost)
		}
	}
}

// coarsen adds one level, or ends the descent where that gains too little.
func (k *component) coarsen(c *course) {
	l := &k.levels[len(k.levels)-1]
	if l.net.n <= k.tune.coarsest {
		k.phase = phaseStart
		return
	}
	h, cluster, reach := c.coarsen(l.net, k.rng)
	if c.stopped() {
		return
	}
	k.done += float64(l.net.n)
	if len(k.levels) == 1 {
		k.tune.loosen(l.net, h, k.shape)
	}
	if float64(h.n) > 0.95*float64(l.net.n) {
		k.phase = phaseStart
		return
	}
	l.cluster, l.reach = cluster, reach
	k.levels = append(k.levels, level{net: h})
}

// start scatters the coarsest network and brings it near its least stress.
func (k *component) start(c *course) {
	k.at = len(k.levels) - 1
	g := k.levels[k.at].net
	k.scatter(g)
	if g.n <= 1500 {
		d := pathLengths(g)
		s := newStress(g.n, g.n, d, 30, k.fast, k.rng)
		for s.round(c, k.x, k.y) {
		}
	}
	k.begin(phaseLevel)
}

func (k *component) scatter(g *network) {
	k.x, k.y = make([]float32, g.n), make([]float32, g.n)
	side := 3 * sqrt32(float32(g.n)) * g.mean
	for i := range k.x {
		k.x[i] = (k.rng.Float32() - 0.5) * side
		k.y[i] = (k.rng.Float32() - 0.5) * side
	}
}

// begin enters an iterating phase at the current level.
func (k *component) begin(p phase) {
	g := k.levels[k.at].net
	k.phase, k.round = p, 0
	if k.relax == nil || k.relax.net != g {
		k.relax = newRelaxer(g, k.x, k.y, k.fast)
	}
	switch {
	case p == phaseLast:
		k.relax.pivots = k.pivots
		if k.tune.planar { // at sizes where what hangs is looked after
			k.relax.depth = k.trees.depth
		}
		k.rounds = k.tune.lastRounds
	case g.n < 20000 && k.at > 0:
		k.rounds = k.tune.coarseRounds
	default:
		k.rounds = k.tune.fineRounds
	}
}

// iterate does one iteration of the current phase and moves on when it was the last.
func (k *component) iterate(c *course) {
	if k.round < k.rounds {
		k.regulate()
		k.relax.iterate(c, k.pressure())
		k.x, k.y = k.relax.x, k.relax.y
		if w := k.relax.wrong; k.phase == phaseLast && w > 0 && (k.least == 0 || w < k.least) {
			k.least = w
		}
		k.done += float64(k.relax.net.n)
		k.round++
		return
	}
	switch {
	case k.phase == phaseLast:
		price := k.price()
		k.relax, k.pivots = nil, nil
		k.levels = k.levels[:1]
		k.phase = phaseDone
		if k.tune.planar {
			k.unfold = c.newUnfolding(k.net(), k.trees.order[0], k.x, k.y, k.tune.leaf, price)
			k.phase = phaseUnfold
		}
	case k.at > 0:
		k.prolong(c)
		k.levels = k.levels[:k.at+1]
		k.begin(phaseLevel)
	default:
		k.phase = phasePivots
	}
}

// stressPrice is what a hundredth of the stress is worth, in hundredths of the crossings, as price reckons it; found over 200 graphs.
const stressPrice = 0.15

// price returns how many crossings must go to move one node by a unit of the drawing, if every edge crosses one other. A move by m edges changes the
// distance to a node that is d edges away by about m/d of it, so the mean of 1/d^2 tells what it costs. In a tree all crossings go,
// whatever it costs; what comes near to the stress of a disc has little to give.
func (k *component) price() float64 {
	g, p, wrong := k.net(), k.pivots, k.relax.wrong
	if g.tree() || wrong <= 0 {
		return 0
	}
	near := 0.0
	for _, s := range p.pull {
		near += float64(s)
	}
	near /= float64(g.n * len(p.node))
	unit := max(1e-15, float64(k.relax.unit))
	edges := float64(len(g.adj)) / float64(g.n)
	return stressPrice * near * edges / (unit * unit * wrong * max(0.1, 1-wrong/discStress))
}

// pressure returns the weights of the current iteration.
func (k *component) pressure() pressure {
	t := k.tune
	part := float64(k.round) / float64(max(1, k.rounds-1))
	if k.phase != phaseLast {
		return pressure{repel: fade(t.repelFirst, t.repel, part), theta: t.theta}
	}
	q := pressure{repel: t.lastRepel, pivot: fade(t.pivotFirst, t.eased(k.net(), k.least, k.shape), min(1, part/0.7)), theta: t.theta}
	if k.before > 0 {
		q.give = t.given(k.before)
		q.pivot *= k.hold
	}
	return q
}

// regulate lets long edges give way in the last rounds, and holds distances more firmly as soon as that costs more stress
// than it may: in most networks it costs none, but some dense ones would fold up.
func (k *component) regulate() {
	if k.phase != phaseLast || k.tune.give == 0 || float64(k.round) < k.tune.giveFrom*float64(k.rounds-1) || k.relax.wrong <= 0 {
		return
	}
	const firmer, looser = 1.15, 0.95
	switch {
	case k.before == 0:
		k.before, k.hold = k.relax.wrong, 1
	case k.relax.wrong > k.before*(1+k.tune.worse):
		k.hold *= firmer
	default:
		k.hold = max(1, k.hold*looser)
	}
}

// fade goes from a to b geometrically as part goes from 0 to 1.
func fade(a, b float32, part float64) float32 {
	if !(a > 0) || !(b > 0) {
		return b
	}
	return float32(float64(a) * math.Pow(float64(b)/float64(a), part))
}

// measure searches from some pivots.
func (k *component) measure(c *course) {
	g := k.net()
	if k.pivots == nil {
		count := k.tune.pivots
		if g.n <= k.tune.fullLimit {
			count = g.n
		}
		k.pivots = newPivots(g, k.pickPivots(c, count))
	}
	blocks := max(4, 1<<16/g.n) // some milliseconds of work
	k.pivots.measureAll(c, g, k.block, blocks, &k.free)
	k.block += blocks
	if k.block < k.pivots.blocks() || c.stopped() {
		return
	}
	k.pivots.seal(c, g.n)
	k.free.free = nil
	if k.x != nil {
		k.begin(phaseLast)
		return
	}
	k.throw()
}

// throw scatters a small network and prepares its full stress.
func (k *component) throw() {
	n, p := k.net().n, k.pivots
	k.scatter(k.net())
	k.stress = newStress(n, p.k, p.dist, k.tune.stressRounds, k.fast, k.rng)
	k.phase = phaseStress
}

// again returns the component at another start; k has just been thrown.
func (k *component) again(rng *rand.Rand) *component {
	c := &component{
		tune: k.tune, shape: k.shape, fast: k.fast, rng: rng,
		levels: k.levels, trees: k.trees, pivots: k.pivots,
	}
	c.throw()
	return c
}

// pickPivots chooses pivots spread over the drawing so far, one from each of count equal parts of the
// Morton curve: parts of the graph without any would shrink to a spot. Without a drawing all nodes are pivots.
func (k *component) pickPivots(c *course, count int) []int32 {
	n := k.net().n
	picked := make([]int32, 0, count)
	if count >= n {
		for v := range int32(n) {
			picked = append(picked, v)
		}
		return picked
	}
	t := k.relax.tree
	t.sort(c, k.x, k.y)
	for i := range count {
		lo, hi := i*n/count, (i+1)*n/count
		picked = append(picked, t.point(lo+k.rng.IntN(hi-lo)))
	}
	return picked
}

// prolong places the nodes of the next finer level about those of their clusters, towards
// the clusters of their own neighbours.
func (k *component) prolong(c *course) {
	cx, cy := k.x, k.y
	k.at--
	l := k.levels[k.at]
	g := l.net
	x, y := make([]float32, g.n), make([]float32, g.n)
	base := k.rng.Uint64()
	c.parallel(g.n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			own := l.cluster[i]
			jx, jy := jitter(base, i)
			if l.reach[i] == 0 {
				x[i], y[i] = cx[own]+0.1*jx, cy[own]+0.1*jy
				continue
			}
			var sx, sy, n float32
			for e := g.off[i]; e < g.off[i+1]; e++ {
				if to := l.cluster[g.adj[e]]; to != own {
					sx += cx[to]
					sy += cy[to]
					n++
				}
			}
			r := l.reach[i]
			x[i], y[i] = cx[own]+0.5*r*jx, cy[own]+0.5*r*jy
			if n == 0 {
				continue
			}
			dx, dy := sx/n-cx[own], sy/n-cy[own]
			f := min(0.5, r/(sqrt32(float32(dx*dx)+float32(dy*dy))+1e-6))
			x[i] += float32(f * dx)
			y[i] += float32(f * dy)
		}
	})
	k.x, k.y = x, y
}

// jitter returns two numbers in -0.5..0.5 that depend on the key and i alone (SplitMix64), so that pieces
// may be worked off in any order.
func jitter(key uint64, i int) (float32, float32) {
	z := key + uint64(i+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return float32(z>>40)/(1<<24) - 0.5, float32(z>>16&0xffffff)/(1<<24) - 0.5
}

// finest returns the places as they are now for every node of the finest network; false
// before there are any.
func (k *component) finest() (x, y []float32, ok bool) {
	if k.x == nil || k.phase <= phaseStart || k.phase == phasePivots && k.net().n <= k.tune.fullLimit {
		return nil, nil, false
	}
	x, y = k.x, k.y
	for l := k.at - 1; l >= 0; l-- {
		cluster := k.levels[l].cluster
		fx, fy := make([]float32, len(cluster)), make([]float32, len(cluster))
		for i, to := range cluster {
			fx[i], fy[i] = x[to], y[to]
		}
		x, y = fx, fy
	}
	return x, y, true
}

// work returns about how many node visits the component takes in all.
func (k *component) work() float64 {
	n := float64(k.net().n)
	if k.net().n <= k.tune.fullLimit {
		return n * float64(k.tune.lastRounds)
	}
	return n * float64(k.tune.fineRounds+k.tune.lastRounds+5) * 1.3
}
