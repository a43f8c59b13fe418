package scene

import (
	"math"
	"slices"

	"caveat/graphstore"
)

// claims makes a row of every claim that passes the filter and whose ends are shown, and
// counts the disputes.
func (b *builder) claims() {
	b.rows = make([]row, 0, b.g.Count().Claims)
	for c := range b.g.Claims() {
		if !b.filter.claim(c) {
			continue
		}
		r := row{claim: c, a: b.end(c.Subject), b: literalEnd}
		if !c.Object.IsLiteral() {
			r.b = b.end(c.Object.ID)
		}
		if r.a == noEnd || r.b == noEnd {
			continue
		}
		if r.a == pendingClaim || r.b == pendingClaim {
			b.rowOf[c.ID] = int32(len(b.rows))
			b.need(c.Subject)
			b.need(c.Object.ID)
		}
		b.rows = append(b.rows, r)
	}
	if len(b.rowOf) > 0 {
		for i := range b.rows { // the claims that others are about
			if k, ok := b.rowOf[b.rows[i].claim.ID]; ok && k < 0 {
				b.rowOf[b.rows[i].claim.ID] = int32(i)
			}
		}
	}
	for i := range b.rows {
		b.depth(int32(i))
	}
	for i := range b.rows {
		r := &b.rows[i]
		if r.depth < 0 {
			continue
		}
		if r.a == pendingClaim {
			b.rows[b.rowOf[r.claim.Subject]].has = true
		}
		if r.b == pendingClaim {
			b.rows[b.rowOf[r.claim.Object.ID]].has = true
		}
	}
	for i := range b.rows {
		if r := &b.rows[i]; r.depth > 0 {
			b.style(r)
		}
	}
}

// end resolves what a claim names as subject or object.
func (b *builder) end(id graphstore.ID) int32 {
	if n, ok := b.m.nodeOf[id]; ok {
		return n
	}
	if b.g.Claim(id) != nil {
		return pendingClaim
	}
	return noEnd
}

// need asks for the row of a claim that another is about.
func (b *builder) need(id graphstore.ID) {
	if _, ok := b.rowOf[id]; !ok && b.g.Claim(id) != nil {
		b.rowOf[id] = -1
	}
}

// depth returns 1 for a claim about entities, one more than what it is about for a claim about
// claims, and -1 if something in that chain is not shown.
func (b *builder) depth(i int32) int16 {
	r := &b.rows[i]
	if r.depth != 0 {
		return r.depth
	}
	r.depth = -1 // also breaks a circle, which Graph.Apply refuses
	d := int16(1)
	for k, id := range [2]graphstore.ID{r.claim.Subject, r.claim.Object.ID} {
		if end := [2]int32{r.a, r.b}[k]; end != pendingClaim {
			continue
		}
		t := b.rowOf[id]
		if t < 0 {
			return -1
		}
		below := b.depth(t)
		if below < 0 {
			return -1
		}
		d = max(d, min(below, math.MaxInt16-1)+1)
	}
	b.rows[i].depth = d
	return d
}

// style sets what can be told from the claim and those that are about it.
func (b *builder) style(r *row) {
	c := r.claim
	if b.status(c) != graphstore.StatusCurrent {
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
	if r.a == pendingClaim || r.b == pendingClaim {
		r.flags |= edgeDouble
	}
	if b.o.Contradicted != nil && b.o.Contradicted(c.ID) {
		r.flags |= edgeBolt
	}
	if b.disputed(c) {
		for k, n := range [2]int32{r.a, r.b} {
			if n >= 0 && !(k == 0 && c.Speaker == c.Subject) && !(k == 1 && r.a == r.b) {
				b.m.nodes[n].disputed = min(b.m.nodes[n].disputed+1, 999)
			}
		}
	}
}

// inferredTag marks claims that a rule or an analyst derived.
const inferredTag = "inferred"

// disputed reports whether a current claim attacks c.
func (b *builder) disputed(c *graphstore.Claim) bool {
	if b.g.UseCount(c.ID, graphstore.AsObject) == 0 {
		return false
	}
	for by := range b.g.Attacks(c.ID) {
		if b.status(by) == graphstore.StatusCurrent {
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
	if len(b.m.verbs) > math.MaxUint16-1 {
		return 0
	}
	v := uint16(len(b.m.verbs))
	b.verbOf[text] = v
	b.m.verbs = append(b.m.verbs, text)
	return v
}

// word returns what to write on the edge of a claim: its position if it takes one, else its predicate.
func (b *builder) word(c *graphstore.Claim) string {
	if c.Predicate == graphstore.TakesPos && c.Position != nil {
		if p := b.m.schema.Position(*c.Position); p != nil {
			return p.Label.In(b.o.Lang)
		}
	}
	if p := b.m.schema.Predicate(c.Predicate); p != nil {
		return p.Label.In(b.o.Lang)
	}
	return string(c.Predicate)
}
