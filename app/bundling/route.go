package bundling

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// batch is how many edges are searched for at the same time, among the carriers known before them. It
// is fixed, so that the paths do not depend on the number of cores.
const batch = 256

// pair is what all edges between two nodes share.
type pair struct {
	a, b   int32 // a < b
	length float32
}

// Route finds the paths of edges. From the shortest to the longest, an edge is led along the shortest path of
// carriers within the detour, if there is one, and else becomes a carrier itself: the carriers are a greedy spanner
// (Althöfer, Das, Dobkin, Joseph, Soares 1993). progress, which may be nil, gets the part done; it is called from the calling
// goroutine. The only error is that of ctx.
func Route(ctx context.Context, p *Problem, progress func(float64)) (*Paths, error) {
	r := newRouter(p)
	out := &Paths{pair: make([]int32, len(p.Edges)), turn: make([]bool, len(p.Edges)), start: []int32{0}}
	first := 0 // of the pairs that are led
	if p.Most > 0 {
		first = max(len(r.pairs)-p.Most, 0)
	}
	for _, q := range r.pairs[:first] {
		r.carriers.add(q.a, q.b, q.length)
	}
	paths := make([][]int32, len(r.pairs)) // nil: straight
	over := make([]outcome, len(r.pairs))
	last := 0.0
	for from := first; from < len(r.pairs); from += batch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.lead(from, min(from+batch, len(r.pairs)), paths, over)
		// Long edges take longer than short ones.
		done := float64(from+batch-first) / float64(len(r.pairs)-first)
		if done = min(done*done, 1); progress != nil && done >= last+0.02 {
			last = done
			progress(done)
		}
	}
	number := make([]int32, len(r.pairs))
	for i, path := range paths {
		number[i] = -1
		if path != nil {
			number[i] = int32(len(out.start) - 1)
			out.nodes = append(out.nodes, path...)
			out.start = append(out.start, int32(len(out.nodes)))
		}
	}
	for e := range p.Edges {
		out.pair[e] = -1
		i := r.of[e]
		if i < 0 {
			continue
		}
		out.pair[e], out.turn[e] = number[i], p.Edges[e][0] > p.Edges[e][1]
		switch {
		case number[i] >= 0:
			out.Led++
		case int(i) < first:
			out.Over++
		case over[i] == spent:
			out.Spent++
		}
	}
	return out, nil
}

// router holds what Route needs.
type router struct {
	*carriers
	pairs   []pair // the shortest first
	of      []int32
	detour  float32
	seekers [2]*searcher
}

func newRouter(p *Problem) *router {
	r := &router{of: make([]int32, len(p.Edges)), detour: p.Detour}
	if !(r.detour > 1) {
		r.detour = DefaultDetour
	}
	r.pair(p)
	r.carriers = newCarriers(p.Pos)
	for i := range r.seekers {
		r.seekers[i] = newSearcher(r.carriers)
	}
	return r
}

// pair finds the pairs of nodes that edges join, and which edge has which; those without a length have none.
func (r *router) pair(p *Problem) {
	order := make([]int32, 0, len(p.Edges))
	ends := func(e int32) (int32, int32) {
		return min(p.Edges[e][0], p.Edges[e][1]), max(p.Edges[e][0], p.Edges[e][1])
	}
	length := make([]float32, len(p.Edges))
	for e := range int32(len(p.Edges)) {
		r.of[e] = -1
		a, b := ends(e)
		if a < 0 || int(b) >= len(p.Pos) || a == b {
			continue
		}
		if length[e] = p.Pos[a].Dist(p.Pos[b]); length[e] > 0 && finite(length[e]) {
			order = append(order, e)
		}
	}
	slices.SortFunc(order, func(x, y int32) int {
		if c := cmp.Compare(length[x], length[y]); c != 0 {
			return c
		}
		a, b := ends(x)
		c, d := ends(y)
		return cmp.Or(cmp.Compare(a, c), cmp.Compare(b, d), cmp.Compare(x, y))
	})
	for _, e := range order {
		a, b := ends(e)
		if n := len(r.pairs); n == 0 || r.pairs[n-1].a != a || r.pairs[n-1].b != b {
			r.pairs = append(r.pairs, pair{a, b, length[e]})
		}
		r.of[e] = int32(len(r.pairs) - 1)
	}
}

func finite(f float32) bool { return f-f == 0 }

// lead finds the paths of a batch of pairs at the same time, then goes once more, in their order, through those
// that have none as yet: a carrier may have come among them.
func (r *router) lead(from, to int, paths [][]int32, ends []outcome) {
	var wg sync.WaitGroup
	for w, s := range r.seekers {
		wg.Go(func() {
			for i := from + w; i < to; i += len(r.seekers) {
				paths[i], ends[i] = r.path(s, r.pairs[i])
			}
		})
	}
	wg.Wait()
	some := false // carriers of this batch
	for i := from; i < to; i++ {
		if paths[i] != nil {
			continue
		}
		q := r.pairs[i]
		if some && ends[i] == none {
			if paths[i], ends[i] = r.path(r.seekers[0], q); paths[i] != nil {
				continue
			}
		}
		r.carriers.add(q.a, q.b, q.length)
		some = true
	}
}

// worth is the most that the squares of the lengths of a path's edges, the weights by which edge-path bundling
// chooses paths, may add up to, of the square of the straight line. So an edge follows two others about a corner only if
// that is not sharp, 80° or more where they are equally long, while a path of many short edges may lead further around.
// At 1 hardly any edge between two clusters follows another; at 2 the sides of triangles follow each other.
const worth = 1.2

// path returns the nodes between the ends of a pair, nil if it stays straight.
func (r *router) path(s *searcher, q pair) ([]int32, outcome) {
	turned := len(r.arcs[q.a]) > len(r.arcs[q.b])
	if turned {
		q.a, q.b = q.b, q.a
	}
	o := s.search(q.a, q.b, r.detour*q.length, worth*q.length*q.length)
	if o != found || len(s.path) == 0 {
		return nil, o
	}
	path := slices.Clone(s.path)
	if turned {
		slices.Reverse(path)
	}
	return path, o
}
