package algo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/dominikbraun/graph"

	"caveat/graphstore"
)

// Path is a way from one node to another.
type Path struct {
	// Entities are the nodes in order, entities or claims.
	Entities []graphstore.ID
	// Claims lists, for each step from node i to i+1, the claims that join the two, sorted.
	Claims [][]graphstore.ID
}

// Len returns the number of steps.
func (p Path) Len() int { return len(p.Claims) }

func (p *Projection) path(keys []int32) Path {
	path := Path{Entities: p.list(keys)}
	for i := range keys[1:] {
		path.Claims = append(path.Claims, p.joins(keys[i], keys[i+1]))
	}
	return path
}

func (p *Projection) ends(a, b graphstore.ID) (from, to int32, err error) {
	from, okA := p.key(a)
	to, okB := p.key(b)
	switch {
	case !okA:
		return 0, 0, fmt.Errorf("%s: %w", a, ErrUnknown)
	case !okB:
		return 0, 0, fmt.Errorf("%s: %w", b, ErrUnknown)
	}
	return from, to, nil
}

// ShortestPath returns the shortest way from a to b, whichever way its claims
// point, by dominikbraun/graph; of several the one with the least ids in order. It
// returns ErrNoPath if nothing joins them and ErrUnknown if one is no node.
//
// The library prepares and visits the whole graph at every call (1.9 s for
// 300,000 claims), so it is given only what can be on such a path: see corridor.
func (p *Projection) ShortestPath(a, b graphstore.ID) (Path, error) {
	from, to, err := p.ends(a, b)
	if err != nil {
		return Path{}, err
	}
	far := p.distances(from, to, nil, nil)
	g, err := p.corridor(from, to, far)
	if err != nil {
		return Path{}, err
	}
	keys, err := graph.ShortestPath(g, from, to)
	if errors.Is(err, graph.ErrTargetNotReachable) {
		return Path{}, fmt.Errorf("%s and %s: %w", a, b, ErrNoPath)
	}
	if err != nil {
		return Path{}, fmt.Errorf("looking for a path from %s to %s: %w", a, b, err)
	}
	if least := p.descend(from, to, far, nil); len(least) == len(keys) { // its ties follow map order
		keys = least
	}
	return p.path(keys), nil
}

// corridor returns the library's graph of the ends and of every step that
// leads from one to the other without a detour.
func (p *Projection) corridor(from, to int32, far []int32) (graph.Graph[int32, int32], error) {
	g := graph.New(func(k int32) int32 { return k })
	if err := g.AddVertex(to); err != nil {
		return nil, fmt.Errorf("projecting %s: %w", p.id(to), err)
	}
	if from == to {
		return g, nil
	}
	queue := []int32{from}
	seen := map[int32]bool{from: true, to: true}
	for i := 0; i < len(queue); i++ {
		if err := g.AddVertex(queue[i]); err != nil {
			return nil, fmt.Errorf("projecting %s: %w", p.id(queue[i]), err)
		}
		for _, m := range p.near[queue[i]] {
			if far[m] > 0 && far[m] == far[queue[i]]-1 && !seen[m] {
				seen[m] = true
				queue = append(queue, m)
			}
		}
	}
	for _, n := range queue {
		for _, m := range p.near[n] {
			if far[m] > 0 && far[m] == far[n]-1 {
				if err := g.AddEdge(n, m); err != nil {
					return nil, fmt.Errorf("projecting %s to %s: %w", p.id(n), p.id(m), err)
				}
			}
		}
	}
	return g, nil
}

// Alternatives returns at most k ways from a to b that visit nothing twice,
// shortest first and then in the order of their ids; the first is the ShortestPath. Ways that
// pass through a claim from one of its ends to the other are left out: they say no more than the
// same way without the detour. It is Yen's algorithm (Management Science 17, 1971) with breadth-first searches
// over the projection's arrays: the library's own search would rebuild its adjacency for
// every step of every path. No way, an unknown id or k < 1 give nothing.
func (p *Projection) Alternatives(a, b graphstore.ID, k int) []Path {
	from, to, err := p.ends(a, b)
	if err != nil || k < 1 {
		return nil
	}
	first := p.least(from, to, nil, nil)
	if first == nil {
		return nil
	}
	found := [][]int32{first}
	ways := [][]int32{first} // those found that are no detours
	var waiting [][]int32    // sorted
	for len(ways) < k && len(found) < detours*k {
		last := found[len(found)-1]
		for i := range last[:len(last)-1] {
			root := last[:i+1]
			cut := map[int32]bool{} // nodes that found paths with this root go to next
			for _, f := range found {
				if len(f) > i+1 && slices.Equal(f[:i+1], root) {
					cut[f[i+1]] = true
				}
			}
			visited := make(map[int32]bool, i)
			for _, n := range root[:i] {
				visited[n] = true
			}
			if spur := p.least(root[i], to, visited, cut); spur != nil {
				whole := append(slices.Clone(root[:i]), spur...)
				if at, known := slices.BinarySearchFunc(waiting, whole, shorter); !known {
					waiting = slices.Insert(waiting, at, whole)
				}
			}
		}
		if len(waiting) == 0 {
			break
		}
		found = append(found, waiting[0])
		if !p.detour(waiting[0]) {
			ways = append(ways, waiting[0])
		}
		waiting = waiting[1:]
	}
	paths := make([]Path, len(ways))
	for i, way := range ways {
		paths[i] = p.path(way)
	}
	return paths
}

// detours bounds how many ways are looked at for each that is wanted.
const detours = 50

// detour reports whether the way passes through a claim from one of its ends
// to the other.
func (p *Projection) detour(keys []int32) bool {
	for i := 1; i+1 < len(keys); i++ {
		if p.end(keys[i-1], keys[i]) && p.end(keys[i+1], keys[i]) {
			return true
		}
	}
	return false
}

// end reports whether n and a claim are joined by nothing but that n is an end of the claim.
func (p *Projection) end(n, claim int32) bool {
	by := p.joins(n, claim)
	return len(by) == 1 && by[0] == p.id(claim)
}

// shorter orders paths by length, then by the ids of their nodes.
func shorter(a, b []int32) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
}

// least returns the shortest path with the least ids, or nil. It visits no
// node of visited and does not leave from for one of cut.
func (p *Projection) least(from, to int32, visited, cut map[int32]bool) []int32 {
	return p.descend(from, to, p.distances(from, to, visited, cut), cut)
}

// distances returns, per node, one more than its steps to to, as far as they
// are fewer than those of from; 0 is farther or not at all.
func (p *Projection) distances(from, to int32, visited, cut map[int32]bool) []int32 {
	far := make([]int32, len(p.ids)+1)
	far[to] = 1
	queue := []int32{to}
	for i := 0; i < len(queue) && far[from] == 0; i++ {
		n := queue[i]
		for _, m := range p.near[n] {
			if far[m] == 0 && !visited[m] && !(m == from && cut[n]) {
				far[m] = far[n] + 1
				queue = append(queue, m)
			}
		}
	}
	return far
}

// descend walks from from to to, always to the neighbour one step nearer that
// has the least id; nil if from was not reached.
func (p *Projection) descend(from, to int32, far []int32, cut map[int32]bool) []int32 {
	if far[from] == 0 {
		return nil
	}
	path := []int32{from}
	for n := from; n != to; path = append(path, n) {
		for _, m := range p.near[n] {
			if far[m] > 0 && far[m] == far[n]-1 && !(n == from && cut[m]) {
				n = m
				break
			}
		}
	}
	return path
}
