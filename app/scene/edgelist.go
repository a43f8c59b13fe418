package scene

import (
	"math"

	"caveat/app/geom"
	"caveat/graphstore"
)

// FromEdges returns the scene of a plain edge list: node i is called names[i], importance
// is degree; in large networks nodes are smaller than those of a case. Both slices are kept and must not change afterwards. Edges that name no node
// are left out. Nodes stand on a spiral until WithPositions.
func FromEdges(names []string, edges [][2]int32) *Scene {
	n := len(names)
	m := &model{nodes: make([]node, n), nodeOf: make(map[graphstore.ID]int32, n), verbs: []string{""}, scratches: newScratches()}
	for i, name := range names {
		id := graphstore.ID(name)
		m.nodes[i] = node{id: id, name: name, kind: -1, members: 1}
		if _, twice := m.nodeOf[id]; !twice {
			m.nodeOf[id] = int32(i)
		}
	}
	within := func(i int32) bool { return i >= 0 && int(i) < n }
	m.edges = make([]edge, 0, len(edges))
	for _, p := range edges {
		if !within(p[0]) || !within(p[1]) {
			continue
		}
		e := edge{a: p[0], b: p[1], dot: -1, count: 1, pos: noPosition}
		if p[0] == p[1] {
			e.flags |= edgeLoop
		}
		for _, end := range p {
			if w := &m.nodes[end].weight; *w < math.MaxInt32 {
				*w++
			}
		}
		m.edges = append(m.edges, e)
	}
	k := shrink(n)
	for i := range m.nodes {
		m.nodes[i].radius = k * radiusFor(m.nodes[i].weight)
	}
	m.link()
	m.fan()
	m.rank()
	m.labels = newLabels(n)
	pos := make([]geom.Point, n)
	spiral(pos, nil, geom.BoundsOf(nil))
	return newScene(m, pos, nil)
}

// shrink makes the nodes of large networks smaller, so that a layout that keeps them apart can
// still draw dense parts dense: 1 up to a thousand nodes, a third from 80,000 on.
func shrink(n int) float32 {
	return float32(min(1, max(math.Pow(1000/float64(max(n, 1)), 0.25), 1.0/3)))
}

// fan spreads parallel edges of an edge list: there is no claim to name a bundle by, so all
// get their lane, up to 60 a side.
func (m *model) fan() {
	seen := make([]int32, len(m.nodes)) // edges so far from the node at hand to each other one
	total := make([]int32, len(m.nodes))
	for n := range m.nodes {
		at := m.adjEdges[m.adjStart[n]:m.adjStart[n+1]]
		other := func(e *edge) int32 { return e.a + e.b - int32(n) }
		for _, i := range at {
			total[other(&m.edges[i])]++
		}
		for _, i := range at {
			e := &m.edges[i]
			o := other(e)
			switch {
			case o == int32(n):
				e.lane = int8(min(seen[o], 60))
			case o > int32(n) && total[o] > 1: // from its lower end, once
				e.lane = int8(min(max(2*seen[o]-(total[o]-1), -120), 120))
				if e.a > e.b {
					e.lane = -e.lane
				}
			}
			seen[o]++
		}
		for _, i := range at {
			seen[other(&m.edges[i])], total[other(&m.edges[i])] = 0, 0
		}
	}
}
