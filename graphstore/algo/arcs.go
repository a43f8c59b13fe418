package algo

import (
	"cmp"
	"slices"
	"sync"

	"caveat/graphstore"
)

// Arc is a step from one record to another that a claim makes, or that an
// analysis derives from it.
type Arc struct {
	From, To graphstore.ID
	Claim    graphstore.ID
}

// ProjectArcs makes a projection of nothing but arcs, for analyses whose
// steps are not the ends of single claims. Its nodes are the ends of the arcs.
func ProjectArcs(arcs []Arc) *Projection {
	p := &Projection{}
	p.directed = sync.OnceValues(p.library)
	for _, a := range arcs {
		p.ids = append(p.ids, a.From, a.To)
	}
	slices.Sort(p.ids)
	p.ids = slices.Compact(p.ids)
	for _, a := range arcs {
		from, _ := p.key(a.From)
		to, _ := p.key(a.To)
		p.arcs = append(p.arcs, arc{from, to, a.Claim})
	}
	p.link()
	return p
}

// link sorts the arcs and lists, per node, what is joined to it.
func (p *Projection) link() {
	slices.SortFunc(p.arcs, func(a, b arc) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.claim, b.claim))
	})
	p.next, p.near = make([][]int32, len(p.ids)+1), make([][]int32, len(p.ids)+1)
	for i, a := range p.arcs {
		if i > 0 && p.arcs[i-1].from == a.from && p.arcs[i-1].to == a.to {
			continue
		}
		p.next[a.from] = append(p.next[a.from], a.to)
		if a.from != a.to {
			p.near[a.from] = append(p.near[a.from], a.to)
			p.near[a.to] = append(p.near[a.to], a.from)
		}
	}
	for i, l := range p.near {
		slices.Sort(l)
		p.near[i] = slices.Compact(l)
	}
}
