package algo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/dominikbraun/graph"

	"caveat/graphstore"
)

// Errors of paths.
var (
	ErrNoPath  = errors.New("nothing joins them")
	ErrUnknown = errors.New("not an entity, nor a claim that others are about")
)

// arc joins two nodes in the direction of a claim.
type arc struct {
	from, to int32
	claim    graphstore.ID
}

// Projection is a graph reduced to what is joined to what.
type Projection struct {
	ids  []graphstore.ID // node 1 is ids[0]; sorted
	arcs []arc           // sorted by from, to, claim
	next [][]int32       // per node, sorted: reached by an arc
	near [][]int32       // per node, sorted: joined either way
	// made when first asked for, as it costs more than all the rest
	directed func() (graph.Graph[int32, int32], error)
}

// Project reduces g to what is joined to what.
func Project(g *graphstore.Graph) *Projection { return ProjectWhere(g, nil) }

// ProjectWhere is Project with only the claims for which keep is true; nil keeps all.
// All entities are nodes, whether joined or not.
func ProjectWhere(g *graphstore.Graph, keep func(*graphstore.Claim) bool) *Projection {
	p := &Projection{}
	p.directed = sync.OnceValues(p.library)
	for e := range g.Entities() {
		p.ids = append(p.ids, e.ID)
	}
	for c := range g.Claims() {
		if g.UseCount(c.ID, graphstore.AsSubject)+g.UseCount(c.ID, graphstore.AsObject) > 0 {
			p.ids = append(p.ids, c.ID)
		}
	}
	slices.Sort(p.ids)
	for c := range g.Claims() {
		if keep == nil || keep(c) {
			p.add(c)
		}
	}
	p.link()
	return p
}

// add puts the arcs of one claim: subject to object, and through the claim
// where it is a node.
func (p *Projection) add(c *graphstore.Claim) {
	from, ok := p.key(c.Subject)
	self, node := p.key(c.ID)
	to, joined := p.key(c.Object.ID)
	if ok && joined {
		p.arcs = append(p.arcs, arc{from, to, c.ID})
	}
	if ok && node {
		p.arcs = append(p.arcs, arc{from, self, c.ID})
	}
	if joined && node {
		p.arcs = append(p.arcs, arc{self, to, c.ID})
	}
}

// key returns the number of a node.
func (p *Projection) key(id graphstore.ID) (int32, bool) {
	i, ok := slices.BinarySearch(p.ids, id)
	return int32(i + 1), ok
}

func (p *Projection) id(key int32) graphstore.ID { return p.ids[key-1] }

func (p *Projection) list(keys []int32) []graphstore.ID {
	out := make([]graphstore.ID, len(keys))
	for i, k := range keys {
		out[i] = p.id(k)
	}
	return out
}

// Len returns how many nodes there are.
func (p *Projection) Len() int { return len(p.ids) }

// Joins returns the claims that join a and b either way, sorted.
func (p *Projection) Joins(a, b graphstore.ID) []graphstore.ID {
	from, okA := p.key(a)
	to, okB := p.key(b)
	if !okA || !okB {
		return nil
	}
	return p.joins(from, to)
}

func (p *Projection) joins(a, b int32) []graphstore.ID {
	var out []graphstore.ID
	for _, way := range [][2]int32{{a, b}, {b, a}} {
		i, _ := slices.BinarySearchFunc(p.arcs, way, func(x arc, w [2]int32) int {
			return cmp.Or(cmp.Compare(x.from, w[0]), cmp.Compare(x.to, w[1]))
		})
		for ; i < len(p.arcs) && p.arcs[i].from == way[0] && p.arcs[i].to == way[1]; i++ {
			out = append(out, p.arcs[i].claim)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// library returns the projection as a directed graph of the library, without loops.
func (p *Projection) library() (graph.Graph[int32, int32], error) {
	g := graph.New(func(k int32) int32 { return k }, graph.Directed())
	for k := range p.ids {
		if err := g.AddVertex(int32(k + 1)); err != nil {
			return nil, fmt.Errorf("projecting %s: %w", p.ids[k], err)
		}
	}
	for from, l := range p.next {
		for _, to := range l {
			if int32(from) == to {
				continue
			}
			if err := g.AddEdge(int32(from), to); err != nil {
				return nil, fmt.Errorf("projecting %s to %s: %w", p.id(int32(from)), p.id(to), err)
			}
		}
	}
	return g, nil
}
