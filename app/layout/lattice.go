package layout

import (
	"math"

	"caveat/app/geom"
)

// newLattice returns the engine "grid": nodes in rows, by group, then breadth first from node
// to node, so that neighbours are near.
func newLattice(p *Problem) Engine {
	c := &course{}
	c.stages = []stage{{cost: 1, run: func(p *Problem, pos []geom.Point) bool {
		place := pinnedPlaces(p, pos)
		order := c.groupOrder(p)
		if c.stopped() {
			return false
		}
		cell := spacing(p)
		columns := max(1, int(math.Ceil(math.Sqrt(float64(p.N)*4/3))))
		for k, v := range order {
			pos[v] = geom.Point{X: float32(k%columns) * cell, Y: float32(k/columns) * cell}
		}
		center(pos)
		c.keepPins(p, place, pos)
		return false
	}}}
	return c
}

// groupOrder returns the nodes by group (none last), those of a group breadth first.
func (c *course) groupOrder(p *Problem) []int32 {
	g := c.newNetwork(p.N, p.Edges, nil)
	if c.stopped() {
		return nil
	}
	_, names := c.split(g)
	if c.stopped() {
		return nil
	}
	order := make([]int32, 0, p.N)
	for _, l := range names {
		order = append(order, l...)
	}
	if len(p.Group) != 0 {
		key := make([]float64, p.N)
		for v := range key {
			key[v] = groupKey(p.group(v))
		}
		c.sortNodes(order, key)
	}
	return order
}

// groupKey orders groups by number, none (-1) last.
func groupKey(g int32) float64 { return float64(uint32(g)) }

// spacing returns the distance of neighbouring places for engines that put nodes in rows.
func spacing(p *Problem) float32 {
	s := float32(EdgeLength)
	for i := range p.Size {
		s = max(s, 2.4*p.radius(i))
	}
	return s
}

// center moves the middle of the drawing to the origin.
func center(pos []geom.Point) {
	mid := geom.BoundsOf(pos).Center()
	if len(pos) == 0 {
		return
	}
	for i := range pos {
		pos[i] = pos[i].Sub(mid)
	}
}

// keepPins puts pinned nodes back to their places and moves the discs of others off theirs.
func (c *course) keepPins(p *Problem, place, pos []geom.Point) {
	if place == nil {
		return
	}
	radius := make([]float32, p.N)
	for i := range pos {
		radius[i] = max(p.radius(i), EdgeLength/5)
		if p.pinned(i) {
			pos[i] = place[i]
		}
	}
	c.removeOverlaps(pos, radius, p.Pinned)
}
