package quads

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"caveat/graphstore"
)

// Decode reads the records out of qs, in any order. Quads that are no part
// of a record come back as foreign, in the order given. A header is returned if one is
// there. Records come sorted by type, then id. The error names a record that says it is
// there and cannot be read, such as a claim without its statement.
func Decode(qs []Quad) (records []graphstore.Record, header *graphstore.Header, foreign []Quad, err error) {
	graphs := map[Term][]int{}
	var order []Term
	for i, q := range qs {
		if _, known := graphs[q.G]; !known {
			order = append(order, q.G)
		}
		graphs[q.G] = append(graphs[q.G], i)
	}
	left := make([]bool, len(qs))
	for _, g := range order {
		var one []Quad
		for _, i := range graphs[g] {
			one = append(one, qs[i])
		}
		r, h, rest, err := DecodeGraph(one)
		if err != nil {
			return nil, nil, nil, err
		}
		if r != nil {
			records = append(records, r)
		}
		if h != nil {
			header = h
		}
		for _, n := range rest {
			left[graphs[g][n]] = true
		}
	}
	for i, q := range qs {
		if left[i] {
			foreign = append(foreign, q)
		}
	}
	types := graphstore.Types()
	slices.SortFunc(records, func(a, b graphstore.Record) int {
		if c := slices.Index(types, a.RecordType()) - slices.Index(types, b.RecordType()); c != 0 {
			return c
		}
		return strings.Compare(string(a.RecordID()), string(b.RecordID()))
	})
	return records, header, foreign, nil
}

// DecodeGraph reads the one record, or the header, that the quads of one
// graph say; both are nil if they say none. foreign holds the indexes of quads that are no part of it.
func DecodeGraph(qs []Quad) (r graphstore.Record, h *graphstore.Header, foreign []int, err error) {
	d := decoder{qs: qs}
	if len(qs) > 0 {
		d.self = qs[0].G
	}
	class := d.class()
	if class < 0 {
		foreign = make([]int, len(qs))
		for i := range foreign {
			foreign[i] = i
		}
		return nil, nil, foreign, nil
	}
	d.used(class)
	switch c := qs[class].O.Value; c {
	case classCase:
		h = d.header()
	case classClaim:
		r, err = d.claim()
	case classDocument:
		r = d.document()
	case classView:
		r = d.view()
	case classForeign:
		r = d.foreign()
	default:
		kind, _ := iriKind(c)
		r = d.entity(kind)
	}
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", d.self.Value, err)
	}
	for i := range qs {
		if !d.done[i] {
			foreign = append(foreign, i)
		}
	}
	return r, h, foreign, nil
}

// decoder reads one graph. done marks the quads that are part of its record.
type decoder struct {
	self Term
	qs   []Quad
	done []bool
	sets [setCount][]Term
}

// Sets are the fields that are lists; their quads have no order.
const (
	setTag = iota
	setBasis
	setProduct
	setRegion
	setAlt
	setIdentifier
	setOnly
	setHidden
	setKind
	setFolded
	setPredicate
	setSpeaker
	setPosition
	setCount
)

func (d *decoder) used(i int) {
	if d.done == nil {
		d.done = make([]bool, len(d.qs))
	}
	d.done[i] = true
}

// class returns the index of the quad that says what the graph's own name
// is, or -1. Where there are several, Caveat's own classes come before kinds, else the first wins.
func (d *decoder) class() int {
	best := -1
	for i, q := range d.qs {
		if q.P.Value != rdfType || q.S != d.self || q.O.Kind != IRI || q.S.Kind != IRI {
			continue
		}
		switch q.O.Value {
		case classClaim, classDocument, classView, classForeign:
			if q.S.Value != HeaderGraph {
				return i
			}
		case classCase:
			if q.S.Value == HeaderGraph {
				return i
			}
		default:
			if _, ok := iriKind(q.O.Value); ok && best < 0 && q.S.Value != HeaderGraph {
				best = i
			}
		}
	}
	if graphstore.ID(d.self.Value).Check() != nil {
		return -1
	}
	return best
}

// start fills r, an empty record, with what voc:more repeats.
func start[R graphstore.Record](d *decoder, r R) R {
	for i, q := range d.qs {
		if q.S != d.self || q.P.Value != Vocabulary+"more" || q.O.Datatype != rdfJSON {
			continue
		}
		m := map[string]json.RawMessage{}
		if json.Unmarshal([]byte(q.O.Value), &m) != nil {
			return r
		}
		delete(m, "id")
		m["type"] = json.RawMessage(`"` + r.RecordType() + `"`)
		line, err := json.Marshal(m)
		if err != nil {
			return r
		}
		full, err := graphstore.DecodeRecord(line)
		if err != nil {
			return r
		}
		d.used(i)
		return full.(R)
	}
	return r
}

// each calls f for every quad not used yet whose predicate is of the
// vocabulary and whose subject is the record itself; the word is its name.
func (d *decoder) each(f func(word string, o Term) bool) {
	for i, q := range d.qs {
		if d.done[i] || q.S != d.self {
			continue
		}
		if word, ok := strings.CutPrefix(q.P.Value, Vocabulary); ok && f(word, q.O) {
			d.done[i] = true
		}
	}
}

func (d *decoder) set(which int, t Term) bool {
	d.sets[which] = append(d.sets[which], t)
	return true
}

// settle returns the list that a set of quads stands for: exact, the list
// that voc:more repeats, if it is the same set, else the set in canonical order.
func settle[T any](set []Term, exact []T, terms func([]T) []Term, read func(Term) T) []T {
	if len(exact) > 0 && slices.Equal(sortTerms(terms(exact)), sortTerms(slices.Clone(set))) {
		return exact
	}
	if len(set) == 0 {
		return exact
	}
	set = sortTerms(set)
	list := make([]T, len(set))
	for i, t := range set {
		list[i] = read(t)
	}
	return list
}

func word[S ~string](t Term) S              { return S(t.Value) }
func refID(t Term) graphstore.ID            { return graphstore.ID(t.Value) }
func plain(t Term) bool                     { return t.Kind == Literal && t.Lang == "" && t.Datatype == "" }
func isRef(t Term) bool                     { return t.Kind == IRI && graphstore.ID(t.Value).Check() == nil }
func (d *decoder) words(w int, t Term) bool { return plain(t) && d.set(w, t) }
func (d *decoder) refs(w int, t Term) bool  { return isRef(t) && d.set(w, t) }

// once sets a text field that is still empty.
func once[S ~string](dst *S, t Term) bool {
	if !plain(t) || *dst != "" || t.Value == "" {
		return false
	}
	*dst = S(t.Value)
	return true
}

func onceDate(dst *graphstore.Date, t Term) bool {
	v, ok := termDate(t)
	if !ok || !dst.Zero() {
		return false
	}
	*dst = v
	return true
}

func onceRef(dst *graphstore.ID, t Term) bool {
	if !isRef(t) || *dst != "" {
		return false
	}
	*dst = graphstore.ID(t.Value)
	return true
}

func meta(m *graphstore.Meta, w string, o Term) bool {
	switch w {
	case "recordedAt":
		if o.Kind != Literal || o.Datatype != xsdDateTime || o.Value == "" || m.RecordedAt != "" {
			return false
		}
		m.RecordedAt = o.Value
		return true
	case "recordedBy":
		return once(&m.RecordedBy, o)
	case "marking":
		return once(&m.Marking, o)
	}
	return false
}
