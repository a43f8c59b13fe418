package scene

import (
	"math"
	"slices"

	"caveat/graphstore"
)

// row is a claim that passes the filter and whose ends could be shown. Rows are kept in the order of
// their claims' ids, so that a scene after an edit can be made from them without asking the
// graph again.
type row struct {
	claim *graphstore.Claim
	a, b  int32 // a node, or one of the ends below
	edge  int32 // that draws it; ^node for a merge inside a node; noEdge
	depth int16 // 1 for claims about entities, more for claims about claims, -1 not shown
	verb  uint16
	flags edgeFlags
	has   bool // other claims are about it
}

// What an end of a row is if not a node: values from firstRow downward are rows.
const (
	literalEnd = -1
	hiddenEnd  = -2 // a claim that is not shown
	noEnd      = -3 // an entity that is not shown
	firstRow   = -10
)

// noEdge is the edge of a row that is not drawn.
const noEdge = math.MinInt32

func endOfRow(i int32) int32 { return firstRow - i }
func rowOfEnd(e int32) int32 { return firstRow - e }

// claims makes the rows and counts the claims by node.
func (b *builder) claims() {
	m := b.m
	m.rows = make([]row, 0, len(b.all))
	const unknown = -4
	targets := map[graphstore.ID]int32{} // claims that others are about: their rows
	end := func(id graphstore.ID) int32 {
		if n, ok := m.nodeOf[id]; ok {
			return n
		}
		if _, ok := targets[id]; !ok {
			if b.g.Claim(id) == nil {
				return noEnd
			}
			targets[id] = hiddenEnd
		}
		return unknown
	}
	for _, c := range b.all {
		r := row{claim: c, a: end(c.Subject), b: literalEnd}
		if !c.Object.IsLiteral() {
			r.b = end(c.Object.ID)
		}
		m.weigh(r.a, 1)
		m.weigh(r.b, 1)
		if r.a != noEnd && r.b != noEnd && b.filter.claim(c) {
			m.rows = append(m.rows, r)
		}
	}
	if len(targets) > 0 {
		for i := range m.rows {
			if _, ok := targets[m.rows[i].claim.ID]; ok {
				targets[m.rows[i].claim.ID] = endOfRow(int32(i))
			}
		}
	}
	for i := range m.rows {
		r := &m.rows[i]
		if r.a == unknown {
			r.a = targets[r.claim.Subject]
		}
		if r.b == unknown {
			r.b = targets[r.claim.Object.ID]
		}
		_, used := targets[r.claim.ID]
		b.style(r, used)
	}
}

// weigh counts claims at an end that is a node.
func (m *model) weigh(end, claims int32) {
	if end >= 0 {
		m.nodes[end].weight += claims
	}
}

// style sets what can be told from the claim and, if it is used, from those that are about it.
func (b *builder) style(r *row, used bool) {
	c := r.claim
	r.flags = 0
	r.verb = b.word(c)
	if (used || !c.ValidTo.Zero()) && b.status(c) != graphstore.StatusCurrent {
		r.flags |= edgeDashed
	}
	if slices.Contains(c.Tags, inferredTag) {
		r.flags |= edgeDotted
	}
	if c.Unsourced() {
		r.flags |= edgeUnsourced
	}
	if r.b == literalEnd {
		r.flags |= edgeValue
	} else {
		r.flags |= edgeArrow
	}
	if r.a <= hiddenEnd || r.b <= hiddenEnd {
		r.flags |= edgeDouble
	}
	if used && b.disputed(c) {
		r.flags |= edgeDisputed
	}
}

// inferredTag marks claims that a rule or an analyst derived.
const inferredTag = "inferred"

// disputed reports whether a current claim attacks c.
func (b *builder) disputed(c *graphstore.Claim) bool {
	for by := range b.g.Attacks(c.ID) {
		if b.filter.cursors.shows(by) && b.status(by) == graphstore.StatusCurrent {
			return true
		}
	}
	return false
}

// verb returns the number of an edge label.
func (b *builder) verb(text string) uint16 {
	if v, ok := b.verbOf[text]; ok {
		return v
	}
	if len(b.verbs) > math.MaxUint16-1 {
		return 0
	}
	v := uint16(len(b.verbs))
	b.verbOf[text] = v
	b.verbs = append(b.verbs, text)
	return v
}

// word returns what to write on the edge of a claim: its position if it takes one, else its predicate.
func (b *builder) word(c *graphstore.Claim) uint16 {
	if c.Predicate == graphstore.TakesPos && c.Position != nil {
		if v, ok := b.stance[*c.Position]; ok {
			return v
		}
	}
	v, ok := b.words[c.Predicate]
	if !ok {
		v = b.verb(string(c.Predicate))
	}
	if c.Modality == "denies" { // drawn without it, the picture would say the opposite
		return b.verb(b.denial + ": " + b.verbs[v])
	}
	return v
}
