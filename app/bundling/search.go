package bundling

import (
	"cmp"
	"slices"

	"caveat/app/geom"
)

// maxVisits is how many nodes a search may visit before it gives up.
const maxVisits = 2000

// arc is a carrier seen from one of its ends.
type arc struct {
	to     int32
	length float32
}

// carriers are the edges that stay straight, as lists of what each node is joined to, the nearest first. Nodes of one
// carrier only are in no list: no path leads through them, and a hub may have thousands.
type carriers struct {
	pos    []geom.Point
	arcs   [][]arc
	only   []arc // the first carrier of a node
	degree []int32
}

func newCarriers(pos []geom.Point) *carriers {
	n := len(pos)
	return &carriers{pos: pos, arcs: make([][]arc, n), only: make([]arc, n), degree: make([]int32, n)}
}

// add lets an edge carry others. Edges come in the order of their lengths.
func (c *carriers) add(a, b int32, length float32) {
	for _, x := range [2][2]int32{{a, b}, {b, a}} {
		switch c.degree[x[0]]++; c.degree[x[0]] {
		case 1:
			c.only[x[0]] = arc{x[1], length}
		case 2:
			first := c.only[x[0]]
			list := c.arcs[first.to]
			at, _ := slices.BinarySearchFunc(list, first.length, func(o arc, l float32) int { return cmp.Compare(o.length, l) })
			c.arcs[first.to] = slices.Insert(list, at, arc{x[0], first.length})
		}
	}
	for _, x := range [2][2]int32{{a, b}, {b, a}} {
		if c.degree[x[1]] > 1 {
			c.arcs[x[0]] = append(c.arcs[x[0]], arc{x[1], length})
		}
	}
}

// searcher looks for one path at a time: A* (Hart, Nilsson, Raphael 1968) with the straight distance to the goal
// as the bound of what is left, so that only nodes within the ellipse of the detour are visited.
type searcher struct {
	*carriers
	at    []place
	final []final
	now   uint32 // number of the search
	heap  []open
	path  []int32
}

// place is what a search knows of a node.
type place struct {
	dist    float32 // from the start
	squares float32 // of the lengths of the edges to it, summed
	from    int32
	seen    uint32 // search in which this was set
	done    uint32
}

// final is the last edge of a path by way of a node, in a search.
type final struct {
	length float32
	seen   uint32
}

type open struct {
	bound float32 // length of the way to the node and straight on to the goal
	node  int32
}

func newSearcher(c *carriers) *searcher {
	n := len(c.pos)
	return &searcher{carriers: c, at: make([]place, n), final: make([]final, n)}
}

// outcome is how a search ended.
type outcome uint8

const (
	found outcome = iota
	none          // no path within the limit
	spent         // too many nodes visited
)

// search finds the shortest path from a to b that is not longer than limit and the squares of whose edges add up to no more
// than squares; path holds the nodes between them then. Of two ways to one node it follows the shorter only, which may
// have more squares.
func (s *searcher) search(a, b int32, limit, squares float32) outcome {
	s.now++
	s.path, s.heap = s.path[:0], s.heap[:0]
	goal := s.pos[b]
	for _, o := range s.arcs[b] {
		if o.length > limit {
			break
		}
		s.final[o.to] = final{o.length, s.now}
	}
	s.at[a] = place{from: -1, seen: s.now}
	s.push(open{s.pos[a].Dist(goal), a})
	for visits := 0; len(s.heap) > 0; {
		n := s.pop().node
		here := &s.at[n]
		if here.done == s.now {
			continue
		}
		here.done = s.now
		if n == b {
			for n = here.from; n != a; n = s.at[n].from {
				s.path = append(s.path, n)
			}
			slices.Reverse(s.path)
			return found
		}
		if visits++; visits > maxVisits {
			return spent
		}
		if f := s.final[n]; f.seen == s.now {
			s.reach(b, n, f.length, 0, limit, squares)
		}
		// An edge of that length leads at least length-left away from the goal.
		left := s.pos[n].Dist(goal)
		most := (limit - here.dist + left) / 2
		for _, o := range s.arcs[n] {
			if o.length > most {
				break
			}
			if o.to != b && s.at[o.to].done != s.now {
				s.reach(o.to, n, o.length, s.pos[o.to].Dist(goal), limit, squares)
			}
		}
	}
	return none
}

// reach notes a way to a node by way of another, if it is within the limits and the shortest so far.
func (s *searcher) reach(to, from int32, length, left, limit, squares float32) {
	d, sq := s.at[from].dist+length, s.at[from].squares+length*length
	p := &s.at[to]
	if !(d+left <= limit && sq <= squares) || p.seen == s.now && !(d < p.dist) {
		return
	}
	*p = place{dist: d, squares: sq, from: from, seen: s.now, done: p.done}
	s.push(open{d + left, to})
}

func less(a, b open) bool { return a.bound < b.bound || a.bound == b.bound && a.node < b.node }

func (s *searcher) push(o open) {
	h := append(s.heap, o)
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !less(o, h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = o
	s.heap = h
}

func (s *searcher) pop() open {
	h := s.heap
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	s.heap = h
	i := 0
	for {
		k := 2*i + 1
		if k >= len(h) {
			break
		}
		if k+1 < len(h) && less(h[k+1], h[k]) {
			k++
		}
		if !less(h[k], last) {
			break
		}
		h[i] = h[k]
		i = k
	}
	if len(h) > 0 {
		h[i] = last
	}
	return top
}
