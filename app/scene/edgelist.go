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
	m.edges = make([]edge, len(edges))
	type taken struct{ edges, loops, counts []int32 } // edges that are none, loops, and how many ends a node + 1 has
	all := halves(len(edges), func(from, to int) (t taken) {
		t.counts = make([]int32, n+1)
		for i := from; i < to; i++ {
			a, b := edges[i][0], edges[i][1]
			if uint32(a) >= uint32(n) || uint32(b) >= uint32(n) {
				t.edges = append(t.edges, int32(i))
				continue
			}
			e := edge{a: a, b: b, dot: -1, count: 1, pos: noPosition}
			t.counts[a+1]++
			if a != b {
				t.counts[b+1]++
			} else {
				e.flags |= edgeLoop
				t.loops = append(t.loops, int32(i))
			}
			m.edges[i] = e
		}
		return t
	})
	m.adjStart = all[0].counts
	for i := range n {
		m.adjStart[i+1] += m.adjStart[i]
		if all[1].counts != nil {
			m.adjStart[i+1] += all[1].counts[i+1]
		}
	}
	none, loops := append(all[0].edges, all[1].edges...), append(all[0].loops, all[1].loops...)
	if len(none) > 0 {
		return m.leaveOut(none)
	}
	if len(loops) == 0 {
		m.pairs = edges[:len(edges):len(edges)]
	}
	return loops
}

// leaveOut takes out edges that are none, by number in ascending order, and returns the loops among the others.
func (m *model) leaveOut(none []int32) (loops []int32) {
	kept := m.edges[:0]
	for i, e := range m.edges {
		if len(none) > 0 && none[0] == int32(i) {
			none = none[1:]
			continue
		}
		if e.flags&edgeLoop != 0 {
			loops = append(loops, int32(len(kept)))
		}
		kept = append(kept, e)
	}
	m.edges = kept
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

// halvesFrom is from how many things on work on them is shared by two cores.
const halvesFrom = 20_000

// inHalves runs f over the halves of 0..n at the same time where they are large, and waits for both.
func inHalves(n int, f func(from, to int)) {
	if n < halvesFrom {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { f(0, n/2) })
	f(n/2, n)
	wg.Wait()
}

// halves returns what f makes of the halves of 0..n, at the same time where they are large, in their order: sums do not depend on the
// number of cores.
func halves[T any](n int, f func(from, to int) T) (out [2]T) {
	inHalves(n, func(from, to int) { out[min(from, 1)] = f(from, to) })
	return out
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
