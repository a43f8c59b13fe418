package layout

import (
	"math"
	"slices"

	"caveat/app/geom"
)

// Work on blocks.
const (
	blockPairs  = 30_000_000 // pairs looked at, at most about
	closeBlocks = 250        // up to so many are drawn close by their hulls, more are left as circles
	manyBlocks  = 5000       // from so many on all get more room sooner: it is the quickest way to part them
)

// tie is how strongly two blocks are joined.
type tie struct {
	a, b   int32
	weight float64
}

// placeBlocks places the blocks and writes where everything is.
func (g *grouped) placeBlocks(p *Problem, pos []geom.Point) bool {
	ties := g.ties(p)
	g.unfold()
	g.attract(ties)
	if g.stopped() {
		return false
	}
	if len(g.blocks) <= closeBlocks {
		g.closeUp(ties)
	}
	for k := range g.blocks {
		b := &g.blocks[k]
		for i, v := range b.nodes {
			pos[v] = b.at.Add(b.pts[i])
		}
	}
	if g.place == nil {
		center(pos)
	}
	g.keepPins(p, g.place, pos)
	return false
}

// ties counts what joins each pair of blocks.
func (g *grouped) ties(p *Problem) []tie {
	count := map[[2]int32]float64{}
	for _, e := range p.Edges {
		if a, b := g.of[e[0]], g.of[e[1]]; a != b {
			count[[2]int32{min(a, b), max(a, b)}]++
		}
	}
	list := make([]tie, 0, len(count))
	for k, n := range count {
		list = append(list, tie{k[0], k[1], math.Log2(1 + n)})
	}
	slices.SortFunc(list, func(x, y tie) int {
		if x.a != y.a {
			return int(x.a) - int(y.a)
		}
		return int(x.b) - int(y.b)
	})
	return list
}

// unfold spreads the blocks about their middle so that there is about as much room as they need.
func (g *grouped) unfold() {
	var mid geom.Point
	area, all := 0.0, 0.0
	for i := range g.blocks {
		b := &g.blocks[i]
		mid = mid.Add(b.at.Mul(1 / float32(len(g.blocks))))
		area += float64(b.radius) * float64(b.radius)
	}
	for i := range g.blocks {
		b := &g.blocks[i]
		d := float64(b.at.Dist(mid))
		all += d * d * float64(b.radius) * float64(b.radius)
	}
	rms := math.Sqrt(all / max(area, 1))
	k := float32(1)
	if rms > 0 {
		k = float32(math.Sqrt(0.65*area) / rms)
	}
	for i := range g.blocks {
		b := &g.blocks[i]
		if !b.fixed {
			sin, cos := math.Sincos(2.4 * float64(i)) // none on another
			b.at = mid.Add(b.at.Sub(mid).Mul(k)).Add(geom.Point{X: float32(cos), Y: float32(sin)})
		}
	}
}

// attract moves blocks towards those they are joined to and the middle, and apart where they overlap.
func (g *grouped) attract(ties []tie) {
	n := len(g.blocks)
	pull, weight := make([]geom.Point, n), make([]float64, n)
	for _, t := range ties {
		weight[t.a] += t.weight
		weight[t.b] += t.weight
	}
	pairs := n * n
	if n > closeBlocks {
		pairs = 4 * n * int(math.Sqrt(float64(n)))
	}
	rounds := min(max(blockPairs/(3*pairs+1), 12), 240)
	for round := range rounds {
		if g.stopped() {
			return
		}
		done := float32(round) / float32(rounds)
		heat := 0.35 * (1 - 0.9*done)
		g.size = min(1, 0.25+done) // small at first, so that they pass each other
		clear(pull)
		for _, t := range ties {
			a, b := &g.blocks[t.a], &g.blocks[t.b]
			d := b.at.Sub(a.at)
			excess := d.Len() - g.size*(a.radius+b.radius)
			if excess <= 0 {
				continue
			}
			d = d.Unit().Mul(excess * heat)
			pull[t.a] = pull[t.a].Add(d.Mul(float32(t.weight / weight[t.a])))
			pull[t.b] = pull[t.b].Sub(d.Mul(float32(t.weight / weight[t.b])))
		}
		mid := g.middle()
		for i := range g.blocks {
			b := &g.blocks[i]
			if !b.fixed {
				home := mid.Sub(b.at).Mul(0.25 * heat)
				home.Y *= 1.25 // windows are wider than high
				b.at = b.at.Add(pull[i]).Add(home)
			}
		}
		for range 3 {
			g.pushApart()
		}
	}
	g.size = 1
	stuck := 20 // rounds without an end, before all get more room
	if n > manyBlocks {
		stuck = 6
	}
	for round := range 600 {
		if g.stopped() || !g.pushApart() {
			return
		}
		if round%stuck == stuck-1 {
			g.spreadBlocks(1.03)
		}
	}
}

// middle returns where the blocks are, the large ones counting for more.
func (g *grouped) middle() geom.Point {
	var mid geom.Point
	area := float32(0)
	for i := range g.blocks {
		b := &g.blocks[i]
		mid, area = mid.Add(b.at.Mul(b.radius*b.radius)), area+b.radius*b.radius
	}
	return mid.Mul(1 / max(area, 1))
}

func (g *grouped) spreadBlocks(k float32) {
	mid := g.middle()
	for i := range g.blocks {
		if b := &g.blocks[i]; !b.fixed {
			b.at = mid.Add(b.at.Sub(mid).Mul(k))
		}
	}
}

// pushApart moves blocks whose circles overlap off each other, the smaller one farther, and reports whether any did. Many are looked at from
// left to right, each with those that begin before it ends.
func (g *grouped) pushApart() bool {
	some := false
	if len(g.blocks) <= closeBlocks {
		for i := range g.blocks {
			for j := range i {
				some = g.part(&g.blocks[i], &g.blocks[j]) || some
			}
		}
		return some
	}
	left, order := make([]float64, len(g.blocks)), make([]int32, len(g.blocks))
	for i := range g.blocks {
		b := &g.blocks[i]
		left[i], order[i] = float64(b.at.X-g.size*b.radius), int32(i)
	}
	g.sortNodes(order, left)
	for k, i := range order {
		if g.interrupted(k << 6) {
			return false
		}
		a := &g.blocks[i]
		right := float64(a.at.X + g.size*a.radius)
		for _, j := range order[k+1:] {
			if left[j] >= right {
				break
			}
			some = g.part(a, &g.blocks[j]) || some
		}
	}
	return some
}

// part moves two blocks off each other and reports whether they overlapped.
func (g *grouped) part(a, b *block) bool {
	d := b.at.Sub(a.at)
	want := g.size * (a.radius + b.radius)
	if abs32(d.X) >= want || abs32(d.Y) >= want {
		return false
	}
	dist := d.Len()
	if dist >= want || a.fixed && b.fixed {
		return false
	}
	if dist < 1e-3 {
		d, dist = geom.Point{X: 1}, 1
	}
	d = d.Mul((want - dist + 0.5) / dist)
	wa, wb := b.radius*b.radius, a.radius*a.radius
	switch {
	case a.fixed:
		wa, wb = 0, 1
	case b.fixed:
		wa, wb = 1, 0
	}
	a.at = a.at.Sub(d.Mul(wa / (wa + wb)))
	b.at = b.at.Add(d.Mul(wb / (wa + wb)))
	return true
}

func abs32(v float32) float32 { return max(v, -v) }

// closeUp moves the blocks, those in the middle first, towards the middle and what they are joined
// to as long as no hull meets another: circles leave much ground empty.
func (g *grouped) closeUp(ties []tie) {
	n := len(g.blocks)
	order, key := make([]int32, n), make([]float64, n)
	for range 12 {
		mid := g.middle()
		goal, weight := make([]geom.Point, n), make([]float64, n)
		for _, t := range ties {
			goal[t.a] = goal[t.a].Add(g.blocks[t.b].at.Mul(float32(t.weight)))
			goal[t.b] = goal[t.b].Add(g.blocks[t.a].at.Mul(float32(t.weight)))
			weight[t.a] += t.weight
			weight[t.b] += t.weight
		}
		for i := range order {
			order[i], key[i] = int32(i), float64(g.blocks[i].at.Dist(mid))
		}
		g.sortNodes(order, key)
		moved := false
		for _, i := range order {
			b := &g.blocks[i]
			if b.fixed || g.stopped() {
				continue
			}
			aim := mid
			if weight[i] > 0 {
				aim = mid.Mul(0.5).Add(goal[i].Mul(float32(0.5 / weight[i])))
			}
			way := aim.Sub(b.at)
			for _, d := range [3]geom.Point{way, {X: way.X}, {Y: way.Y}} {
				moved = g.advance(int(i), d) || moved
			}
		}
		if !moved {
			return
		}
	}
}

// advance moves a block along d as far as is free, and reports whether it moved.
func (g *grouped) advance(i int, d geom.Point) bool {
	b, was := &g.blocks[i], g.blocks[i].at
	for k := float32(1); k*d.Len() > 1; k /= 2 {
		step := d.Mul(k)
		for !g.meets(i, b.at.Add(step)) {
			if b.at = b.at.Add(step); k == 1 {
				return true
			}
			break
		}
	}
	return b.at != was
}

// meets reports whether a block at a place would meet another.
func (g *grouped) meets(i int, at geom.Point) bool {
	b := &g.blocks[i]
	for j := range g.blocks {
		o := &g.blocks[j]
		if j == i || o.at.Dist(at) >= o.radius+b.radius {
			continue
		}
		if hullsMeet(b.hull, at, o.hull, o.at) {
			return true
		}
	}
	return false
}

// hullsMeet reports whether two convex polygons at their places overlap, by looking for a line between
// them along each side (the separating axis theorem).
func hullsMeet(a []geom.Point, at geom.Point, b []geom.Point, bt geom.Point) bool {
	by := bt.Sub(at)
	return !divides(a, b, by) && !divides(b, a, by.Mul(-1))
}

// divides reports whether a side of a has all of b, moved by by, on its outer side.
func divides(a, b []geom.Point, by geom.Point) bool {
	for i, p := range a {
		side := a[(i+1)%len(a)].Sub(p)
		out := true
		for _, q := range b {
			if side.Cross(q.Add(by).Sub(p)) > 0 {
				out = false
				break
			}
		}
		if out {
			return true
		}
	}
	return false
}
