package scene

import (
	"math"
	"sync"

	"caveat/app/geom"
	"caveat/graphstore"
)

// FromEdges returns the scene of a plain edge list: node i is called names[i], importance
// is degree; in large networks nodes are smaller than those of a case. Both slices are kept and must not change afterwards. Edges that name no node
// are left out. Nodes stand on a spiral until WithPositions.
func FromEdges(names []string, edges [][2]int32) *Scene {
	m, _ := fromEdges(names, edges, false)
	pos := make([]geom.Point, len(names))
	spiral(pos, nil, geom.BoundsOf(nil))
	return newScene(m, pos, nil)
}

// FromEdgesRoughly is FromEdges with every node about where a layout would put it, see rough: a first picture of
// a large network that already shows its shape. Cost is O(nodes + edges), about twice that of FromEdges.
func FromEdgesRoughly(names []string, edges [][2]int32) *Scene {
	m, pos := fromEdges(names, edges, true)
	return newScene(m, pos, nil)
}

// fromEdges builds the model of an edge list, and rough places if asked to.
func fromEdges(names []string, edges [][2]int32, roughly bool) (*model, []geom.Point) {
	n := len(names)
	m := &model{nodes: make([]node, n), verbs: []string{""}, scratches: newScratches(), ids: new(idTable)}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i, name := range names {
			m.nodes[i] = node{id: graphstore.ID(name), name: name, kind: -1, members: 1}
		}
	})
	loops := m.takeEdges(n, edges)
	wg.Wait()
	others := m.linkEdges()
	var pos []geom.Point
	if roughly {
		wg.Go(func() { pos = rough(m.adjStart, others) })
	}
	k := shrink(n)
	for i := range m.nodes {
		m.nodes[i].weight = m.adjStart[i+1] - m.adjStart[i]
	}
	for _, e := range loops { // both ends count
		m.nodes[m.edges[e].a].weight++
	}
	for i := range m.nodes {
		m.nodes[i].radius = k * radiusFor(m.nodes[i].weight)
	}
	m.rank()
	m.labels = newLabels(n)
	m.fan(others)
	wg.Wait()
	return m, pos
}

// takeEdges fills the edges of a list over n nodes and counts them in adjStart; it returns the loops.
func (m *model) takeEdges(n int, edges [][2]int32) (loops []int32) {
	m.edges = make([]edge, 0, len(edges))
	m.adjStart = make([]int32, n+1)
	for _, p := range edges {
		if uint32(p[0]) >= uint32(n) || uint32(p[1]) >= uint32(n) {
			continue
		}
		e := edge{a: p[0], b: p[1], dot: -1, count: 1, pos: noPosition}
		m.adjStart[p[0]+1]++
		if p[0] != p[1] {
			m.adjStart[p[1]+1]++
		} else {
			e.flags |= edgeLoop
			loops = append(loops, int32(len(m.edges)))
		}
		m.edges = append(m.edges, e)
	}
	for i := range n {
		m.adjStart[i+1] += m.adjStart[i]
	}
	if len(loops) == 0 && len(m.edges) == len(edges) {
		m.pairs = edges[:len(edges):len(edges)]
	}
	return loops
}

// linkEdges fills adjEdges as link does, and returns the node at the other end of each.
func (m *model) linkEdges() (others []int32) {
	n := len(m.nodes)
	m.adjEdges = make([]int32, m.adjStart[n])
	others = make([]int32, m.adjStart[n])
	next := append([]int32(nil), m.adjStart[:n]...)
	inHalves(n, func(from, to int) {
		low, size := int32(from), uint32(to-from)
		for i := range m.edges {
			a, b := m.edges[i].a, m.edges[i].b
			if uint32(a-low) < size {
				m.adjEdges[next[a]], others[next[a]] = int32(i), b
				next[a]++
			}
			if a != b && uint32(b-low) < size {
				m.adjEdges[next[b]], others[next[b]] = int32(i), a
				next[b]++
			}
		}
	})
	return others
}

// inHalves runs f over the halves of 0..n at the same time where they are large, and waits for both.
func inHalves(n int, f func(from, to int)) {
	if n < 20_000 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { f(0, n/2) })
	f(n/2, n)
	wg.Wait()
}

// shrink makes the nodes of large networks smaller, so that a layout that keeps them apart can
// still draw dense parts dense: 1 up to a thousand nodes, a third from 80,000 on.
func shrink(n int) float32 {
	return float32(min(1, max(math.Pow(1000/float64(max(n, 1)), 0.25), 1.0/3)))
}

// fan spreads parallel edges of an edge list: there is no claim to name a bundle by, so all
// get their lane, up to 60 a side. others is the node at the other end of each of adjEdges.
func (m *model) fan(others []int32) {
	inHalves(len(m.nodes), func(from, to int) {
		// By node: edges between it and the node at hand, all and those before.
		pairs := make([]struct{ total, seen int32 }, len(m.nodes))
		for n := int32(from); n < int32(to); n++ {
			at, end := m.adjStart[n], m.adjStart[n+1]
			several := false
			for _, o := range others[at:end] {
				if o >= n { // from its lower end, once
					pairs[o].total++
					several = several || o == n || pairs[o].total > 1
				}
			}
			for k := at; several && k < end; k++ {
				if o := others[k]; o >= n {
					m.edges[m.adjEdges[k]].bend(n, pairs[o].seen, pairs[o].total)
					pairs[o].seen++
				}
			}
			for _, o := range others[at:end] {
				if o >= n {
					pairs[o].total, pairs[o].seen = 0, 0
				}
			}
		}
	})
}

// bend gives an edge its lane as one of several between node n and one of no lower number.
func (e *edge) bend(n, seen, total int32) {
	switch {
	case e.flags&edgeLoop != 0:
		e.lane = int8(min(seen, 60))
	case total > 1:
		e.lane = int8(min(max(2*seen-(total-1), -120), 120))
		if e.a != n {
			e.lane = -e.lane
		}
	}
}
