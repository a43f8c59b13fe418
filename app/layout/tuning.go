package layout

import "math"

// tuning holds the constants of the force engine that trade one quality for another, or
// quality for time.
type tuning struct {
	fullLimit    int     // networks up to this size start from full stress and use all nodes as pivots
	coarsest     int     // size at which coarsening ends
	pivots       int     // number of pivots of larger networks
	stressRounds int     // rounds of full stress at the start
	coarseRounds int     // iterations on levels under 20,000 nodes
	fineRounds   int     // iterations on larger levels and the finest, before the last phase
	lastRounds   int     // iterations with pivots at the finest level
	theta        float32 // opening of the tree
	repelFirst   float32 // repulsion at the start of a level
	repel        float32 // repulsion at the end of a level
	pivotFirst   float32 // pivot stiffness at the start of the last phase
	pivot        float32 // and at its end
	floor        float32 // the least of it
	lastRepel    float32 // repulsion of the last phase
	give         float32 // how long edges give way at the end: see pressure
	giveTrue     float32 // the same in drawings that are true to distances, see given
	giveFrom     float64 // from this part of the last phase on
	worse        float64 // by how much the stress may rise then, in parts of it
	leaf         float32 // length of the edges of leaves at the end, in parts of what the forces ask for
	planar       bool    // draw trees, and what hangs on the rest, without crossings
}

// Full stress costs the square of a component's nodes: in drawings of so many that all pairs would be more than mostPairs only
// the smaller components get it, down to leastFull nodes.
const (
	mostFull, leastFull = 2000, 300
	mostPairs           = 30_000_000
)

// standardTuning returns the constants for a network that is part of a drawing of so many nodes, and the shape knob (0 local ..
// 1 global).
func standardTuning(g *network, whole int, shape float32) tuning {
	t := tuning{
		fullLimit: max(leastFull, min(mostFull, mostPairs/max(1, whole))), coarsest: 120, pivots: 200,
		stressRounds: 20, coarseRounds: 100, fineRounds: 60, lastRounds: 100,
		theta: 1.4, repelFirst: 1.2, repel: 0.3, lastRepel: 0.2, leaf: 1,
		planar: g.n <= 300_000 && shape < 0.75,
		give:   4, giveTrue: 4, giveFrom: 0.72,
	}
	size := g.n
	if g.n < whole/2 { // one of several
		size = whole
	}
	switch { // what the time allows
	case g.n < 300:
		t.stressRounds, t.lastRounds = 60, 75
	case g.n < t.fullLimit:
		t.stressRounds, t.lastRounds = 15, 80
	case size > 300_000:
		t.pivots, t.coarseRounds, t.fineRounds, t.lastRounds = 32, 80, 14, 32
		t.theta = 2.2
	case size > 40_000:
		part := min(1, max(0, float32(size-120_000)/180_000))
		between := func(a, b float32) float32 { return a + float32(part*(b-a)) }
		t.pivots, t.coarseRounds = 8*int(between(6, 4)), 80
		t.fineRounds, t.lastRounds = int(between(20, 14)), int(between(60, 32))
		t.theta = between(1.8, 2.2)
	case size > 8_000 && !g.tree():
		t.pivots, t.coarseRounds, t.fineRounds, t.lastRounds = 80, 80, 30, 60
		t.theta = 1.8
	case size > 5_000:
		t.pivots, t.coarseRounds, t.fineRounds, t.lastRounds = 128, 80, 30, 64
		t.theta = 1.8
	}
	// Where a network is close to a tree its edges leave it free to turn, and the hold on distances can be weak;
	// where many edges close a cycle, distances must be held or they are lost. In large networks the hold
	// costs neighbourhoods, so it falls with size. The exponents are fitted over twenty graphs.
	cycles := g.cycles()
	most := min(1, math.Pow(float64(g.n)/1500, -0.62))
	t.pivot = float32(max(0.01, min(most, 3*math.Pow(cycles, 2.5))))
	// Nodes on few large hubs are known by their distances alone and need up to twice the hold.
	uneven := g.unevenness()
	hubs := min(2, uneven/4)
	if g.n <= t.fullLimit {
		// Where all degrees are alike, as in meshes and small worlds, no distance is easily lost and half the hold keeps
		// neighbourhoods better. Larger networks show by their stress what they need: see eased.
		t.pivot *= max(min(1, 0.3+3.7*(uneven-1)), hubs)
	} else {
		t.pivot *= max(1, hubs)
		if uneven > 2 { // neighbours joined among themselves stay together, and their distances over hubs say little
			t.pivot *= fade(1, 0.6, min(1, max(0, (g.clustering()-0.05)/0.15)))
		}
	}
	t.pivotFirst = 10
	// Nothing keeps an edge of a tree long, so none need give way. Where many edges close a cycle a drawing that they
	// let go folds up, and its stress must not rise.
	if g.tree() {
		t.give = 0
	}
	t.worse = 0.04 * (1 - cycles) * (1 - cycles)
	if g.tree() && g.n > t.fullLimit && t.planar {
		// Large trees lose their neighbourhoods to what keeps them apart, while few ways to draw them are wrong about
		// distances: less repulsion, shorter edges of leaves, and the time for more rounds.
		fall := float32(math.Pow(float64(g.n)/1000, -0.3))
		t.lastRepel *= fall
		t.leaf = fall
		t.lastRounds *= 2
	}
	if g.tree() && g.n <= t.fullLimit && t.planar { // no cycle holds them, so they come to rest late
		t.lastRounds += t.lastRounds * 3 / 20
	}
	switch side := 2*shape - 1; {
	case side > 0: // towards pure stress
		t.pivot *= float32(math.Pow(200/float64(t.pivot), float64(side*side)))
		t.pivotFirst = max(t.pivotFirst, t.pivot)
		t.lastRepel *= (1 - side) * (1 - side)
	case side < 0: // towards springs and repulsion alone
		t.pivot *= float32(math.Pow(0.03, -float64(side)))
		t.pivotFirst *= float32(math.Pow(0.1, -float64(side)))
		t.lastRepel *= float32(math.Pow(0.7, -float64(side)))
		t.leaf *= float32(math.Pow(0.5, -float64(side)))
		t.giveTrue *= float32(math.Pow(3, -float64(side)))
		t.give *= float32(math.Pow(0.35, -float64(side)))
		t.giveFrom += 0.22 * float64(side)
		t.worse -= 0.1 * float64(side)
		switch {
		case g.n < t.fullLimit:
			t.lastRounds += int(-side * 60)
		case g.n < 5000:
			t.lastRounds += int(-side * 80)
		}
	}
	// Small networks are drawn by their distances in any case: springs alone would pull dense ones into a spot.
	dense := float32(len(g.adj)) / float32(10*g.n)
	t.floor = 40 / float32(g.n) * max(1, dense*dense)
	t.pivot = max(t.pivot, t.floor)
	return t
}

// Where a smaller part of the edges closes a cycle between clusters than in the whole, cycles are local and the network turns
// freely about its clusters, like a tree: from looseFrom of it on, and wholly at looseTo. There distances are held by
// leastHold of what the edges ask for, in networks of even degrees, many of which are meshes, by leastEven.
const (
	looseFrom, looseTo   = 1.0, 0.85
	leastHold, leastEven = 0.04, 0.25
)

// An even disc of all nodes, which shows no distance, has a stress of about discStress. A usual network, for which the hold on distances
// is made, has usualStress where it is held firmly.
const (
	discStress, usualStress = 0.2, 0.165
	leastEase, mostEase     = 0.25, 2
)

// eased returns how firmly a larger network, no tree, holds distances at the end if least is the least stress that its drawing came to
// while it was held firmly. What comes near to that of a disc has no shape to lose but the little that a firm hold gives
// it, and keeps its neighbourhoods anyhow; what stays far below has stress to give for neighbourhoods.
func (t *tuning) eased(g *network, least float64, shape float32) float32 {
	if g.n <= t.fullLimit || g.tree() || least == 0 {
		return t.pivot
	}
	side := max(0, 2*float64(shape)-1)
	ease := (discStress - usualStress) / max(discStress-least, 1e-3)
	ease = min(mostEase, max(leastEase, ease))
	return max(t.floor, t.pivot*float32(math.Pow(ease, 1-side*side)))
}

// trueStress is up to which stress a drawing is true to distances: planar meshes, maps of roads.
const trueStress = 0.015

// given returns how long edges give way in a drawing of that stress. At the local end they give way soon, so that clusters close up.
// But where a drawing is true to distances, in part up to twice that stress, its neighbourhoods are what lies nearby, and
// even edges keep them better.
func (t *tuning) given(stress float64) float32 {
	return fade(t.give, t.giveTrue, min(1, max(0, 2-stress/trueStress)))
}

// loosen weakens the hold on distances of network g by what of its cycles the network h of its clusters has kept. What
// turns freely has little that is wrong about distances, so as in trees less repulsion keeps more of the neighbourhoods.
func (t *tuning) loosen(g, h *network, shape float32) {
	if g.tree() {
		return
	}
	kept := (h.cycles()/g.cycles() - looseTo) / (looseFrom - looseTo)
	kept = min(1, max(0, kept))
	side := max(0, 2*float64(shape)-1)
	uneven := float64(g.unevenness()-1.1) / 0.3
	least := fade(leastEven, leastHold, min(1, max(0, uneven)))
	t.pivot *= float32(math.Pow(max(float64(least), kept), 1-side*side))
	t.pivot = max(t.pivot, t.floor)
	if g.n > t.fullLimit {
		t.lastRepel *= float32(math.Pow(float64(g.n)/1000, -0.3*(1-kept)))
	}
}
