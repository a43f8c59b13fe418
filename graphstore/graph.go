package graphstore

import (
	"encoding/json"
	"iter"

	iradix "github.com/hashicorp/go-immutable-radix/v2"
)

// Graph is a whole case as an immutable value: every record by id and every
// use of a record by another. Any goroutine may read it; Apply makes the
// next one and shares what did not change. The tables are persistent radix
// trees (go-immutable-radix), so a step costs O(changes), not O(records).
type Graph struct {
	builtin   *Schema
	schema    *Schema // builtin and the header's own words
	header    *Header
	entities  table[Entity]
	documents table[Document]
	claims    table[Claim]
	views     table[View]
	foreign   table[Foreign]
	uses      *iradix.Tree[*uses]
}

type table[R any] struct{ tree *iradix.Tree[*R] }

func (t table[R]) get(id ID) *R {
	r, _ := t.tree.Get([]byte(id))
	return r
}

func (t table[R]) all() iter.Seq[*R] {
	return func(yield func(*R) bool) {
		t.tree.Root().Walk(func(_ []byte, r *R) bool { return !yield(r) })
	}
}

// NewGraph returns an empty graph over the built-in schema.
func NewGraph(builtin *Schema) *Graph {
	return &Graph{
		builtin: builtin, schema: builtin, header: &Header{},
		entities:  table[Entity]{iradix.New[*Entity]()},
		documents: table[Document]{iradix.New[*Document]()},
		claims:    table[Claim]{iradix.New[*Claim]()},
		views:     table[View]{iradix.New[*View]()},
		foreign:   table[Foreign]{iradix.New[*Foreign]()},
		uses:      iradix.New[*uses](),
	}
}

// Schema returns the words of this case.
func (g *Graph) Schema() *Schema { return g.schema }

// Builtin returns the schema without what the case adds.
func (g *Graph) Builtin() *Schema { return g.builtin }

// Header returns what belongs to the case as a whole; read only.
func (g *Graph) Header() *Header { return g.header }

// Entity returns the entity of that id, or nil.
func (g *Graph) Entity(id ID) *Entity { return g.entities.get(id) }

// Document returns the document of that id, or nil.
func (g *Graph) Document(id ID) *Document { return g.documents.get(id) }

// Claim returns the claim of that id, or nil.
func (g *Graph) Claim(id ID) *Claim { return g.claims.get(id) }

// View returns the view of that id, or nil.
func (g *Graph) View(id ID) *View { return g.views.get(id) }

// Foreign returns the foreign statement of that id, or nil.
func (g *Graph) Foreign(id ID) *Foreign { return g.foreign.get(id) }

// Record returns the record of that id, or nil.
func (g *Graph) Record(id ID) Record {
	if r := g.Entity(id); r != nil {
		return r
	}
	if r := g.Claim(id); r != nil {
		return r
	}
	if r := g.Document(id); r != nil {
		return r
	}
	if r := g.View(id); r != nil {
		return r
	}
	if r := g.Foreign(id); r != nil {
		return r
	}
	return nil
}

// Entities yields all entities in the order of their ids.
func (g *Graph) Entities() iter.Seq[*Entity] { return g.entities.all() }

// Documents yields all documents in the order of their ids.
func (g *Graph) Documents() iter.Seq[*Document] { return g.documents.all() }

// Claims yields all claims in the order of their ids.
func (g *Graph) Claims() iter.Seq[*Claim] { return g.claims.all() }

// Views yields all views in the order of their ids.
func (g *Graph) Views() iter.Seq[*View] { return g.views.all() }

// AllForeign yields all foreign statements in the order of their ids.
func (g *Graph) AllForeign() iter.Seq[*Foreign] { return g.foreign.all() }

// Records yields every record in the canonical order of a bundle: by type, then id.
func (g *Graph) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		more := true
		g.entities.tree.Root().Walk(func(_ []byte, r *Entity) bool { more = yield(r); return !more })
		if more {
			g.documents.tree.Root().Walk(func(_ []byte, r *Document) bool { more = yield(r); return !more })
		}
		if more {
			g.claims.tree.Root().Walk(func(_ []byte, r *Claim) bool { more = yield(r); return !more })
		}
		if more {
			g.views.tree.Root().Walk(func(_ []byte, r *View) bool { more = yield(r); return !more })
		}
		if more {
			g.foreign.tree.Root().Walk(func(_ []byte, r *Foreign) bool { more = yield(r); return !more })
		}
	}
}

// Counts says how many records of each type a graph holds.
type Counts struct{ Entities, Documents, Claims, Views, Foreign int }

// Count returns how many records of each type g holds.
func (g *Graph) Count() Counts {
	return Counts{g.entities.tree.Len(), g.documents.tree.Len(), g.claims.tree.Len(), g.views.tree.Len(), g.foreign.tree.Len()}
}

// Same reports whether two graphs hold the same case, by their canonical form.
func (g *Graph) Same(h *Graph) bool {
	if g.Count() != h.Count() || !same(g.header, h.header) {
		return false
	}
	for r := range g.Records() {
		other := h.Record(r.RecordID())
		if other == nil || other.RecordType() != r.RecordType() {
			return false
		}
		a, errA := EncodeRecord(r)
		b, errB := EncodeRecord(other)
		if errA != nil || errB != nil || string(a) != string(b) {
			return false
		}
	}
	return true
}

// Whole returns the diff that makes g out of an empty graph.
func (g *Graph) Whole() *Diff {
	d := &Diff{Cause: CauseEdit}
	if b, err := json.Marshal(g.header); err == nil && string(b) != "{}" {
		d.Header = &Change[Header]{&Header{}, g.header}
	}
	for r := range g.Records() {
		d.Add(nil, r)
	}
	return d
}
