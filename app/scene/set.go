package scene

import (
	"slices"
	"sync"
	"sync/atomic"

	"caveat/graphstore"
)

// Set is entities and claims that were picked, in an order. It never changes: looks share it and are compared by it, and any goroutine
// may ask it. A nil Set is empty. What a scene draws of it is looked up once a scene by who asks first, as a rule a frame in the background.
type Set struct {
	n      int
	once   sync.Once // makes ids
	ids    []graphstore.ID
	picked []int32 // instead: nodes of the scene that
	of     *model  // is of
	drawn  atomic.Pointer[drawnSet]
}

// drawnSet is what of a set the scenes of a model draw.
type drawnSet struct {
	of           *model
	nodes, edges []int32
	is           []uint64 // a bit a node; of large sets
}

// smallSet is how many are gone through rather than looked up.
const smallSet = 64

// NewSet returns a set of ids, which must not be changed afterwards.
func NewSet(ids []graphstore.ID) *Set {
	return &Set{n: len(ids), ids: ids}
}

// SetOf returns the set of some nodes, which must not be changed afterwards. Their ids are gone for when they are asked for.
func (s *Scene) SetOf(nodes []int32) *Set {
	x := &Set{n: len(nodes), picked: nodes, of: s.model}
	d := &drawnSet{of: s.model, nodes: nodes}
	d.mark(len(s.nodes))
	x.drawn.Store(d)
	return x
}

// Len returns how many there are.
func (x *Set) Len() int {
	if x == nil {
		return 0
	}
	return x.n
}

// IDs returns all, in their order. The list must not be changed.
func (x *Set) IDs() []graphstore.ID {
	if x == nil {
		return nil
	}
	x.once.Do(func() {
		if x.picked == nil {
			return
		}
		ids := make([]graphstore.ID, len(x.picked))
		for i, n := range x.picked {
			ids[i] = x.of.nodes[n].id
		}
		x.ids = slices.Clip(ids)
	})
	return x.ids
}

// At returns the i-th.
func (x *Set) At(i int) graphstore.ID {
	if x.picked != nil {
		return x.of.nodes[x.picked[i]].id
	}
	return x.ids[i]
}

// Same reports whether two sets are one, or small and of the same in the same order.
func (x *Set) Same(y *Set) bool {
	return x == y || x.Len() == y.Len() && x.Len() <= smallSet && slices.Equal(x.IDs(), y.IDs())
}

// NodesOf returns the nodes that draw what is in a set, in its order. The list must not be changed.
func (s *Scene) NodesOf(x *Set) []int32 {
	if x == nil {
		return nil
	}
	return s.drawnOf(x).nodes
}

// Picked reports whether a record is in a set. As soon as the set has been looked up for this scene that takes a moment only.
func (s *Scene) Picked(x *Set, id graphstore.ID) bool {
	if x == nil {
		return false
	}
	if d := x.drawn.Load(); d != nil && d.of == s.model && d.is != nil {
		if n, ok := s.nodeBy(id); ok {
			return d.is[n>>6]&(1<<(n&63)) != 0
		}
	}
	return slices.Contains(x.IDs(), id)
}

// drawnOf looks a set up.
func (s *Scene) drawnOf(x *Set) *drawnSet {
	if d := x.drawn.Load(); d != nil && d.of == s.model {
		return d
	}
	d := &drawnSet{of: s.model}
	for i := range x.n {
		id := x.At(i)
		if n, ok := s.nodeBy(id); ok {
			d.nodes = append(d.nodes, n)
		} else if e, ok := s.EdgeOf(id); ok {
			d.edges = append(d.edges, e)
		}
	}
	d.mark(len(s.nodes))
	x.drawn.Store(d)
	return d
}

// mark notes which of n nodes are drawn.
func (d *drawnSet) mark(n int) {
	if len(d.nodes) <= smallSet {
		return
	}
	d.is = make([]uint64, (n+63)/64)
	for _, n := range d.nodes {
		d.is[n>>6] |= 1 << (n & 63)
	}
}
