package algo

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dominikbraun/graph"

	"caveat/graphstore"
)

// Components returns the parts of the graph that nothing joins to each
// other, largest first, then by least id; the ids of each are sorted. The library can only
// search from one node at a time and prepares for the whole graph each time, so
// this runs on the projection's arrays in O(nodes + edges).
func (p *Projection) Components() [][]graphstore.ID {
	seen := make([]bool, len(p.ids)+1)
	var parts [][]int32
	for k := range p.ids {
		if seen[k+1] {
			continue
		}
		part := []int32{int32(k + 1)}
		seen[k+1] = true
		for i := 0; i < len(part); i++ {
			for _, m := range p.near[part[i]] {
				if !seen[m] {
					seen[m] = true
					part = append(part, m)
				}
			}
		}
		parts = append(parts, part)
	}
	return p.lists(parts)
}

// lists sorts each part and the parts, and names them.
func (p *Projection) lists(parts [][]int32) [][]graphstore.ID {
	for _, part := range parts {
		slices.Sort(part)
	}
	slices.SortFunc(parts, func(a, b []int32) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0]))
	})
	out := make([][]graphstore.ID, len(parts))
	for i, part := range parts {
		out[i] = p.list(part)
	}
	return out
}

// StrongComponents returns the sets of at least two nodes in which
// everything leads to everything else in the direction of the claims, by
// dominikbraun/graph (Tarjan 1972); largest first, then by least id.
func (p *Projection) StrongComponents() ([][]graphstore.ID, error) {
	parts, err := p.strong()
	if err != nil {
		return nil, err
	}
	return p.lists(parts), nil
}

func (p *Projection) strong() ([][]int32, error) {
	g, err := p.directed()
	if err != nil {
		return nil, err
	}
	parts, err := graph.StronglyConnectedComponents(g)
	if err != nil {
		return nil, fmt.Errorf("looking for circles: %w", err)
	}
	return slices.DeleteFunc(parts, func(part []int32) bool { return len(part) < 2 }), nil
}

// Cycles returns at most k circles in the direction of the claims: for every
// node that is in one, the shortest through it (of several the one with the least ids), each circle once.
// A circle begins with its least id; the first node is not repeated, but the
// last step of Claims leads back to it. Shortest first, then by ids.
func (p *Projection) Cycles(k int) ([]Path, error) {
	parts, err := p.strong()
	if err != nil {
		return nil, err
	}
	var rings [][]int32
	for n := range p.ids {
		if key := int32(n + 1); slices.Contains(p.next[key], key) {
			rings = append(rings, []int32{key})
		}
	}
	for _, part := range parts {
		within := make(map[int32]bool, len(part))
		for _, n := range part {
			within[n] = true
		}
		for _, n := range part {
			rings = append(rings, p.ring(n, within))
		}
	}
	slices.SortFunc(rings, shorter)
	rings = slices.CompactFunc(rings, slices.Equal)
	rings = rings[:min(len(rings), max(k, 0))]
	out := make([]Path, len(rings))
	for i, r := range rings {
		out[i] = Path{Entities: p.list(r)}
		for j, n := range r {
			out[i].Claims = append(out[i].Claims, p.along(n, r[(j+1)%len(r)]))
		}
	}
	return out, nil
}

// along returns the claims that lead from a to b, sorted.
func (p *Projection) along(a, b int32) []graphstore.ID {
	var out []graphstore.ID
	i, _ := slices.BinarySearchFunc(p.arcs, arc{from: a, to: b}, func(x, y arc) int {
		return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to), cmp.Compare(x.claim, y.claim))
	})
	for ; i < len(p.arcs) && p.arcs[i].from == a && p.arcs[i].to == b; i++ {
		out = append(out, p.arcs[i].claim)
	}
	return out
}

// ring returns the shortest circle of two nodes or more through start inside
// a strongly connected set, beginning with its least node.
func (p *Projection) ring(start int32, within map[int32]bool) []int32 {
	from := map[int32]int32{start: start} // how each node was first reached: by least ids, as lists are sorted
	queue := []int32{start}
	for i := 0; i < len(queue); i++ {
		n := queue[i]
		for _, m := range p.next[n] {
			if m == start && n != start {
				ring := []int32{n}
				for ; n != start; n = from[n] {
					ring = append(ring, from[n])
				}
				slices.Reverse(ring)
				least := slices.Index(ring, slices.Min(ring))
				return append(slices.Clone(ring[least:]), ring[:least]...)
			}
			if _, seen := from[m]; !seen && within[m] {
				from[m] = n
				queue = append(queue, m)
			}
		}
	}
	return nil // cannot be: every node of the set lies on a circle in it
}
