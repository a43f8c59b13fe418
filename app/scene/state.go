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
)

// stateSet holds the states that are not plain, by node and by edge.
type stateSet struct {
	nodes, edges map[int32]state
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
	if s.nodes == nil {
		s.nodes, s.edges = map[int32]state{}, map[int32]state{}
	}
	clear(s.nodes)
	clear(s.edges)
	for id, on := range k.look.Highlight {
		if n, ok := k.nodeBy(id); ok && on {
			s.nodes[n] |= lit
		} else if e, ok := k.EdgeOf(id); ok && on {
			s.edges[e] |= lit
		}
	}
	if len(s.nodes) > 1 && len(s.edges) == 0 { // only nodes are named: what joins them belongs to them
		for n := range s.nodes {
			for _, e := range k.adjEdges[k.adjStart[n]:k.adjStart[n+1]] {
				a, b := k.Scene.edges[e].a, k.Scene.edges[e].b
				if a >= 0 && b >= 0 && s.nodes[a]&lit != 0 && s.nodes[b]&lit != 0 {
					s.edges[e] |= lit
				}
			}
		}
	}
	for id, on := range k.look.Selected {
		if n, ok := k.nodeBy(id); ok && on {
			s.nodes[n] |= selected
		} else if e, ok := k.EdgeOf(id); ok && on {
			s.edges[e] |= selected
		}
	}
	if k.look.Hover == "" {
		return
	}
	if n, ok := k.nodeBy(k.look.Hover); ok {
		s.nodes[n] |= hovered
		for _, e := range k.adjEdges[k.adjStart[n]:k.adjStart[n+1]] {
			s.edges[e] |= adjacent
			for _, end := range [2]int32{k.Scene.edges[e].a, k.Scene.edges[e].b} {
				if end >= 0 && end != n {
					s.nodes[end] |= adjacent
				}
			}
		}
	} else if e, ok := k.EdgeOf(k.look.Hover); ok {
		s.edges[e] |= hovered
	}
}

func (k *sketch) nodeState(n int32) state {
	if len(k.state.nodes) == 0 {
		return 0
	}
	return k.state.nodes[n]
}

func (k *sketch) edgeState(e int32) state {
	if len(k.state.edges) == 0 {
		return 0
	}
	return k.state.edges[e]
}

// standing returns, ascending, which of the things in view have a state of their own. list names those in view, unless it is shorter
// than their number n: then all are.
func (k *sketch) standing(states map[int32]state, list []int32, n int) []int32 {
	out := k.stand[:0]
	if len(states) > n/16 {
		for at := range n {
			i := int32(at)
			if len(list) == n {
				i = list[at]
			}
			if states[i] != 0 {
				out = append(out, i)
			}
		}
	} else {
		for i := range states {
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
