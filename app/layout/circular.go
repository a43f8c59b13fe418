package layout

import (
	"math"
	"slices"

	"caveat/app/geom"
)

// newCircular returns the engine "circular": every component on a circle of its own, groups
// together, in an order with short chords; single nodes in rows beside.
func newCircular(p *Problem) Engine {
	return newPacked(func(c *course, p *Problem, g *network, names []int32) []geom.Point {
		order := circleOrder(c, p, g, names)
		step := spacing(p)
		if g.n == 2 {
			return []geom.Point{{}, {X: step}}
		}
		radius := float64(step) * float64(g.n) / (2 * math.Pi)
		pts := make([]geom.Point, g.n)
		for k, v := range order {
			if c.interrupted(k) {
				return pts
			}
			sin, cos := math.Sincos(2*math.Pi*float64(k)/float64(g.n) - math.Pi/2)
			pts[v] = geom.Point{X: float32(radius * cos), Y: float32(radius * sin)}
		}
		return pts
	})
}

// circleRounds bounds the improvement of the order on a circle.
const circleRounds = 24

// circleOrder returns the nodes in the order of the circle: depth first, then, as long as the chords get
// shorter in sum, by the mean direction of their neighbours; groups stay together.
func circleOrder(c *course, p *Problem, g *network, names []int32) []int32 {
	order := c.depthFirst(g)
	if c.stopped() {
		return order
	}
	byGroup := func(order []int32) {
		if len(p.Group) != 0 {
			key := make([]float64, g.n)
			for v := range key {
				key[v] = groupKey(p.group(int(names[v])))
			}
			c.sortNodes(order, key)
		}
	}
	byGroup(order)
	best := chords(g, order)
	key := make([]float64, g.n)
	for range circleRounds {
		if c.stopped() {
			return order
		}
		place := make([]int32, g.n)
		for k, v := range order {
			place[v] = int32(k)
		}
		for v := range int32(g.n) {
			if c.interrupted(int(v)) {
				return order
			}
			key[v] = meanDirection(g, v, place)
		}
		next := slices.Clone(order)
		c.sortNodes(next, key)
		if c.stopped() {
			return order
		}
		byGroup(next)
		length := chords(g, next)
		if length >= best {
			break
		}
		order, best = next, length
	}
	return order
}

// meanDirection returns where on the circle, 0..n, the neighbours of v are on average,
// v itself counting as one of them.
func meanDirection(g *network, v int32, place []int32) float64 {
	turn := 2 * math.Pi / float64(g.n)
	sin, cos := math.Sincos(turn * float64(place[v]))
	for _, u := range g.adj[g.off[v]:g.off[v+1]] {
		s, c := math.Sincos(turn * float64(place[u]))
		sin, cos = sin+s, cos+c
	}
	if math.Abs(sin)+math.Abs(cos) < 1e-9 {
		return float64(place[v])
	}
	at := math.Atan2(sin, cos) / turn
	if at < -1e-9 {
		at += float64(g.n)
	}
	return at
}

// chords returns the sum of the edges' lengths along the circle.
func chords(g *network, order []int32) int64 {
	place := make([]int32, g.n)
	for k, v := range order {
		place[v] = int32(k)
	}
	sum := int64(0)
	for v := range g.n {
		for _, u := range g.adj[g.off[v]:g.off[v+1]] {
			d := int64(place[v] - place[u])
			d = max(d, -d)
			sum += min(d, int64(g.n)-d)
		}
	}
	return sum
}

// depthFirst returns the nodes of a connected network depth first from node 0, lean neighbours first.
func (c *course) depthFirst(g *network) []int32 {
	order := make([]int32, 0, g.n)
	seen := make([]bool, g.n)
	stack := []int32{0}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		if c.interrupted(len(order)) {
			return order
		}
		stack = stack[:len(stack)-1]
		if seen[v] {
			continue
		}
		seen[v] = true
		order = append(order, v)
		next := slices.Clone(g.adj[g.off[v]:g.off[v+1]])
		slices.SortFunc(next, func(a, b int32) int { // the last is taken first
			if d := int(g.degree(b) - g.degree(a)); d != 0 {
				return d
			}
			return int(b - a)
		})
		for _, u := range next {
			if !seen[u] {
				stack = append(stack, u)
			}
		}
	}
	return order
}
