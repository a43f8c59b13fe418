package scene

import (
	"math/bits"
	"slices"
)

// state is how a node or an edge stands out.
type state uint8

const (
	lit      state = 1 << iota // highlighted, or nothing is
	hovered                    // the pointer is on it
	adjacent                   // an edge or neighbour of what the pointer is on
	selected
	ending // at an end of one of few claims that are selected
)

// stateSet holds the states that are not plain, by node and by edge.
type stateSet struct {
	nodes, edges states
}

// states are the states of things by number.
type states struct {
	of   []state // empty as long as all are plain
	some []int32 // the things that are not, in no order
}

// reset makes all plain again.
func (s *states) reset() {
	for _, i := range s.some {
		s.of[i] = 0
	}
	s.of, s.some = s.of[:0], s.some[:0]
}

// add adds to the state of one of n things.
func (s *states) add(i int32, st state, n int) {
	if len(s.of) == 0 {
		if cap(s.of) < n {
			s.of = make([]state, n)
		}
		s.of = s.of[:n] // all of its capacity is plain
	}
	if s.of[i] == 0 {
		s.some = append(s.some, i)
	}
	s.of[i] |= st
}

// at returns the state of one.
func (s *states) at(i int32) state {
	if len(s.of) == 0 {
		return 0
	}
	return s.of[i]
}

func appendBits(list []int32, set []uint64) []int32 {
	for w, word := range set {
		for ; word != 0; word &= word - 1 {
			list = append(list, int32(w<<6+bits.TrailingZeros64(word)))
		}
	}
	return list
}

// mark notes what is selected, highlighted and under the pointer.
func (k *sketch) mark() {
	s := &k.state
	s.nodes.reset()
	s.edges.reset()
	node := func(n int32, st state) { s.nodes.add(n, st, len(k.Scene.nodes)) }
	edge := func(e int32, st state) { s.edges.add(e, st, len(k.Scene.edges)) }
	set := func(x *Set, st state) {
		if x == nil {
			return
		}
		d := k.drawnOf(x)
		for _, n := range d.nodes {
			node(n, st)
		}
		for _, e := range d.edges {
			edge(e, st)
		}
	}
	set(k.look.Highlight, lit)
	if len(s.nodes.some) > 1 && len(s.edges.some) == 0 { // only nodes are named: what joins them belongs to them
		for _, n := range s.nodes.some {
			for _, e := range k.adjEdges[k.adjStart[n]:k.adjStart[n+1]] {
				a, b := k.Scene.edges[e].a, k.Scene.edges[e].b
				if a >= 0 && b >= 0 && s.nodes.of[a]&lit != 0 && s.nodes.of[b]&lit != 0 {
					edge(e, lit)
				}
			}
		}
	}
	set(k.look.Selected, selected)
	if k.look.Selected.Len() <= mustName {
		for _, e := range s.edges.some {
			for _, end := range [2]int32{k.Scene.edges[e].a, k.Scene.edges[e].b} {
				if end >= 0 && s.edges.of[e]&selected != 0 {
					node(end, ending)
				}
			}
		}
	}
	if k.look.Hover == "" {
		return
	}
	if n, ok := k.nodeBy(k.look.Hover); ok {
		node(n, hovered)
		for _, e := range k.adjEdges[k.adjStart[n]:k.adjStart[n+1]] {
			edge(e, adjacent)
			for _, end := range [2]int32{k.Scene.edges[e].a, k.Scene.edges[e].b} {
				if end >= 0 && end != n {
					node(end, adjacent)
				}
			}
		}
	} else if e, ok := k.EdgeOf(k.look.Hover); ok {
		edge(e, hovered)
	}
}

func (k *sketch) nodeState(n int32) state { return k.state.nodes.at(n) }

func (k *sketch) edgeState(e int32) state { return k.state.edges.at(e) }

// standing returns, ascending, which of the things in view have a state of their own. list names those in view, unless it is shorter
// than their number n: then all are.
func (k *sketch) standing(states *states, list []int32, n int) []int32 {
	out := k.stand[:0]
	if len(states.some) > n/16 {
		for at := range n {
			i := int32(at)
			if len(list) == n {
				i = list[at]
			}
			if states.of[i] != 0 {
				out = append(out, i)
			}
		}
	} else {
		for _, i := range states.some {
			if _, in := slices.BinarySearch(list, i); in || len(list) < n {
				out = append(out, i)
			}
		}
		slices.Sort(out)
	}
	k.stand = out
	return out
}

// faded reports whether something of that state stands back.
func (k *sketch) faded(s state) bool { return k.fades && s&(lit|selected|hovered) == 0 }
