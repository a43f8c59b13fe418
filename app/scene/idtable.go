package scene

import (
	"hash/maphash"
	"sync"

	"caveat/graphstore"
)

// idTable finds the nodes of an edge list by id: an open-addressing hash table of node numbers, made
// when first asked or by MakeIndex. Of equal ids the lowest number counts.
type idTable struct {
	once  sync.Once
	seed  maphash.Seed
	slots []int32 // node + 1, 0 is free; a power of two, under 5/8 in use
}

// IndexIDs makes what Node looks up in, which in a large edge list takes longer than the goroutine of a
// window should wait; else the first question does.
func (s *Scene) IndexIDs() {
	m := s.model
	for m.inner != nil {
		m = m.inner.whole
	}
	if m.ids != nil {
		m.ids.make(m.nodes)
	}
}

// nodeBy returns the node with an id, and whether there is one.
func (m *model) nodeBy(id graphstore.ID) (int32, bool) {
	if m.ids == nil {
		n, ok := m.nodeOf[id]
		return n, ok
	}
	if m.inner != nil {
		return m.inner.nodeBy(m.nodes, id)
	}
	if id == "" { // what is selected if nothing is: no reason to make the table
		return -1, false
	}
	m.ids.make(m.nodes)
	_, n := m.ids.find(m.nodes, id)
	return n, n >= 0
}

// find returns the slot where an id is or would be, and its node, -1 without.
func (t *idTable) find(nodes []node, id graphstore.ID) (slot int, n int32) {
	mask := len(t.slots) - 1
	for i := int(maphash.String(t.seed, string(id))) & mask; ; i = (i + 1) & mask {
		n := t.slots[i] - 1
		if n < 0 || nodes[n].id == id {
			return i, n
		}
	}
}

// make fills the table once.
func (t *idTable) make(nodes []node) {
	t.once.Do(func() {
		size := 4
		for size*5 <= len(nodes)*8 {
			size *= 2
		}
		t.seed, t.slots = maphash.MakeSeed(), make([]int32, size)
		for i := range nodes {
			if slot, n := t.find(nodes, nodes[i].id); n < 0 {
				t.slots[slot] = int32(i) + 1
			}
		}
	})
}
