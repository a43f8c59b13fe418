package search

import (
	"slices"
	"strings"

	iradix "github.com/hashicorp/go-immutable-radix/v2"

	"caveat/graphstore"
)

// part says what of a record a text is.
type part uint8

const (
	partName part = iota // a name or title: what a hit is called
	partIdentifier
	partNote
)

// field is one text of a record.
type field struct {
	folded string // words joined by single spaces
	text   string // as written
	lang   string
	part   part
}

// item is one record in the index. It is never written to after it is stored.
type item struct {
	id     graphstore.ID
	typ    graphstore.Type
	weight int // how many claims name the record as subject, object or speaker
	fields []field
}

// pageSize is how many items one edit copies for each that changes.
const pageSize = 256

type page [pageSize]*item

// Index finds records by their words. It is an immutable value.
type Index struct {
	graph *graphstore.Graph
	words words
	pages []*page // by slot
	slots *iradix.Tree[int32]
	next  int32 // first slot never used
	free  []int32
}

// Len returns how many records can be found.
func (x *Index) Len() int { return x.slots.Len() }

// New indexes g. Cost is O(n log n) in its words: about 0.4 s for 100,000 entities.
func New(g *graphstore.Graph) *Index {
	x := &Index{graph: g}
	postings := map[string][]int32{}
	slots := iradix.New[int32]().Txn()
	for r := range g.Records() {
		it := newItem(g, r)
		if it == nil {
			continue
		}
		slot := x.next
		x.next++
		if int(slot)%pageSize == 0 {
			x.pages = append(x.pages, new(page))
		}
		x.pages[slot/pageSize][slot%pageSize] = it
		slots.Insert([]byte(it.id), slot)
		it.each(func(w string) { postings[w] = append(postings[w], slot) })
	}
	x.slots = slots.Commit()
	x.words = newWords(postings)
	return x
}

// rebuildAt is the share of records from which a diff is indexed anew
// instead of word by word.
const rebuildAt = 4

// Update returns the index of after, which d made of before. Cost is that of
// the words d touches, not of the case.
func (x *Index) Update(before, after *graphstore.Graph, d *graphstore.Diff) *Index {
	if x.graph != before || d.Len() > 64 && d.Len() > x.Len()/rebuildAt {
		return New(after)
	}
	u := &updater{Index: *x, words: x.words.edit(), owned: map[int32]bool{}}
	u.graph, u.pages, u.free = after, slices.Clone(x.pages), slices.Clone(x.free)
	slots := x.slots.Txn()
	weigh := map[graphstore.ID]bool{}
	d.Records(func(before, after graphstore.Record) {
		if before != nil && (after == nil || before.RecordType() != after.RecordType()) {
			u.drop(slots, before.RecordID())
		}
		if after != nil {
			u.put(slots, after)
		}
		for _, r := range []graphstore.Record{before, after} {
			if c, ok := r.(*graphstore.Claim); ok {
				c.Refs(func(_ graphstore.Role, id graphstore.ID) { weigh[id] = true })
			}
		}
	})
	for id := range weigh {
		if slot, ok := slots.Get([]byte(id)); ok {
			it := *u.at(slot)
			if it.weight = weight(after, id); it.weight != u.at(slot).weight {
				u.set(slot, &it)
			}
		}
	}
	u.Index.slots, u.Index.words = slots.Commit(), u.words.words
	return &u.Index
}

// updater is an index being changed.
type updater struct {
	Index
	words *edit
	owned map[int32]bool // pages copied already
}

func (x *Index) at(slot int32) *item { return x.pages[slot/pageSize][slot%pageSize] }

func (u *updater) set(slot int32, it *item) {
	p := slot / pageSize
	if int(p) == len(u.pages) {
		u.pages = append(u.pages, new(page))
		u.owned[p] = true
	}
	if !u.owned[p] {
		copied := *u.pages[p]
		u.pages[p] = &copied
		u.owned[p] = true
	}
	u.pages[p][slot%pageSize] = it
}

func (u *updater) drop(slots *iradix.Txn[int32], id graphstore.ID) {
	slot, ok := slots.Get([]byte(id))
	if !ok {
		return
	}
	u.at(slot).each(func(w string) { u.words.remove(w, slot) })
	u.set(slot, nil)
	u.free = append(u.free, slot)
	slots.Delete([]byte(id))
}

func (u *updater) put(slots *iradix.Txn[int32], r graphstore.Record) {
	it := newItem(u.graph, r)
	if it == nil {
		u.drop(slots, r.RecordID())
		return
	}
	slot, known := slots.Get([]byte(it.id))
	switch {
	case known:
		if old := u.at(slot); slices.Equal(old.fields, it.fields) && old.weight == it.weight && old.typ == it.typ {
			return
		}
		u.at(slot).each(func(w string) { u.words.remove(w, slot) })
	case len(u.free) > 0:
		slot = u.free[len(u.free)-1]
		u.free = u.free[:len(u.free)-1]
	default:
		slot = u.next
		u.next++
	}
	u.set(slot, it)
	slots.Insert([]byte(it.id), slot)
	it.each(func(w string) { u.words.add(w, slot) })
}

// each calls f for every word the item is found under; a word may come more than once.
func (it *item) each(f func(word string)) {
	for _, fl := range it.fields {
		for w := range strings.SplitSeq(fl.folded, " ") {
			if w != "" {
				spread(w, f)
			}
		}
	}
}

// newItem returns what r is found by, or nil if it has no words.
func newItem(g *graphstore.Graph, r graphstore.Record) *item {
	it := &item{id: r.RecordID(), typ: r.RecordType()}
	add := func(p part, text, lang string) {
		if folded := strings.Join(split(Fold(text)), " "); folded != "" {
			it.fields = append(it.fields, field{folded, text, lang, p})
		}
	}
	switch r := r.(type) {
	case *graphstore.Entity:
		for _, n := range r.Names {
			add(partName, n.Text, n.Lang)
		}
		for _, i := range r.Identifiers {
			add(partIdentifier, i.Value, "")
		}
	case *graphstore.Document:
		if r.Title == "" {
			add(partName, r.Label(), r.Lang)
		} else {
			add(partName, r.Title, r.Lang)
		}
		add(partIdentifier, r.Publisher, r.Lang)
	case *graphstore.Claim:
		add(partNote, r.Note, r.Lang)
	case *graphstore.View:
		add(partName, r.Title, "")
	}
	if len(it.fields) == 0 {
		return nil
	}
	it.weight = weight(g, it.id)
	return it
}

func weight(g *graphstore.Graph, id graphstore.ID) int {
	return g.UseCount(id, graphstore.AsSubject) + g.UseCount(id, graphstore.AsObject) + g.UseCount(id, graphstore.AsSpeaker)
}
