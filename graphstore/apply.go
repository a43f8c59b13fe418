package graphstore

import (
	"errors"
	"fmt"

	iradix "github.com/hashicorp/go-immutable-radix/v2"
)

// ErrStale is wrapped by Apply when a diff's Before is not what the graph holds.
var ErrStale = errors.New("the record is not what the change expects")

// RecordError says which record of a diff cannot stand, and why.
type RecordError struct {
	Type Type
	ID   ID
	Err  error
}

// Error names the record and the reason.
func (e *RecordError) Error() string { return fmt.Sprintf("%s %s: %v", e.Type, e.ID, e.Err) }

// Unwrap returns the reason.
func (e *RecordError) Unwrap() error { return e.Err }

// Apply returns the graph after d, or an error and no trace: this is the
// only way to a new graph and the only place that checks integrity. Every
// Before must be what g holds; ids are unique over all types; every record a
// claim names must be there; no record goes while a claim names it; records
// obey the schema; claims about claims make no circle. The error wraps
// *RecordError, and *FieldError or ErrStale where they apply. Cost is O(changes · log records).
func (g *Graph) Apply(d *Diff) (*Graph, error) {
	ng := *g
	if d.Header != nil {
		if err := ng.setHeader(d.Header); err != nil {
			return nil, err
		}
	}
	var err error
	deltas := useDeltas{}
	if ng.entities, err = applyTable(&ng, g.entities, d.Entities); err != nil {
		return nil, err
	}
	if ng.documents, err = applyTable(&ng, g.documents, d.Documents); err != nil {
		return nil, err
	}
	if ng.claims, err = applyTable(&ng, g.claims, d.Claims); err != nil {
		return nil, err
	}
	if ng.views, err = applyTable(&ng, g.views, d.Views); err != nil {
		return nil, err
	}
	if ng.foreign, err = applyTable(&ng, g.foreign, d.Foreign); err != nil {
		return nil, err
	}
	for _, c := range d.Claims {
		deltas.count(c.Before, true)
		deltas.count(c.After, false)
	}
	uses := g.uses.Txn()
	for id, delta := range deltas {
		old, _ := uses.Get([]byte(id))
		if u := delta.apply(old); u.empty() {
			uses.Delete([]byte(id))
		} else {
			uses.Insert([]byte(id), u)
		}
	}
	ng.uses = uses.Commit()
	if err := ng.checkRefs(d); err != nil {
		return nil, err
	}
	return &ng, nil
}

func (g *Graph) setHeader(c *Change[Header]) error {
	before := c.Before
	if before == nil {
		before = &Header{}
	}
	if !same(before, g.header) {
		return fmt.Errorf("case header: %w", ErrStale)
	}
	after := c.After
	if after == nil {
		after = &Header{}
	}
	schema, err := g.builtin.Extend(after.Schema)
	if err != nil {
		return fmt.Errorf("case header: %w", err)
	}
	g.header, g.schema = after, schema
	return nil
}

func applyTable[R any, P interface {
	*R
	Record
}](g *Graph, t table[R], changes []Change[R]) (table[R], error) {
	if len(changes) == 0 {
		return t, nil
	}
	txn := t.tree.Txn()
	for _, c := range changes {
		if err := applyChange[R, P](g, txn, c); err != nil {
			return t, err
		}
	}
	return table[R]{txn.Commit()}, nil
}

func applyChange[R any, P interface {
	*R
	Record
}](g *Graph, txn *iradix.Txn[*R], c Change[R]) error {
	if c.Before == nil && c.After == nil {
		return errors.New("a change with neither before nor after")
	}
	r := P(c.After)
	if c.After == nil {
		r = P(c.Before)
	}
	fail := func(err error) error { return &RecordError{r.RecordType(), r.RecordID(), err} }
	if c.Before != nil && P(c.Before).RecordID() != r.RecordID() {
		return fail(errors.New("a change cannot rename a record"))
	}
	key := []byte(r.RecordID())
	have, found := txn.Get(key)
	switch {
	case c.Before == nil && found:
		return fail(fmt.Errorf("is there already: %w", ErrStale))
	case c.Before != nil && !found:
		return fail(fmt.Errorf("is not there: %w", ErrStale))
	case c.Before != nil && !same(c.Before, have):
		return fail(ErrStale)
	}
	if c.After == nil {
		txn.Delete(key)
		return nil
	}
	if err := g.schema.CheckRecord(r); err != nil {
		return fail(err)
	}
	txn.Insert(key, c.After)
	return nil
}

// checkRefs checks, in the new graph g, everything d may have broken.
func (g *Graph) checkRefs(d *Diff) error {
	var err error
	d.Records(func(before, after Record) {
		if err != nil {
			return
		}
		r := after
		switch {
		case after == nil:
			r = before
			err = g.checkUnused(before)
		case before == nil:
			err = g.checkUnique(after)
		}
		if c, ok := after.(*Claim); ok && err == nil {
			err = g.checkClaimRefs(c)
		}
		if err != nil {
			err = &RecordError{r.RecordType(), r.RecordID(), err}
		}
	})
	return err
}

// checkUnused reports a claim that still names the removed record.
func (g *Graph) checkUnused(r Record) error {
	if g.Record(r.RecordID()) != nil { // replaced by a record of another type
		return nil
	}
	u, ok := g.uses.Get([]byte(r.RecordID()))
	if !ok {
		return nil
	}
	for _, l := range u {
		if len(l) > 0 {
			return fmt.Errorf("cannot go: claim %s names it", l[0])
		}
	}
	return nil
}

func (g *Graph) checkUnique(r Record) error {
	n := 0
	id := r.RecordID()
	for _, there := range []bool{g.Entity(id) != nil, g.Claim(id) != nil, g.Document(id) != nil, g.View(id) != nil, g.Foreign(id) != nil} {
		if there {
			n++
		}
	}
	if n > 1 {
		return errors.New("a record of another type has this id already")
	}
	return nil
}

func (g *Graph) checkClaimRefs(c *Claim) error {
	var err error
	missing := func(field string, id ID, what string) {
		if err == nil {
			err = fieldError(field, "there is no %s %s", what, id)
		}
	}
	if g.Entity(c.Subject) == nil && g.Claim(c.Subject) == nil {
		missing("subject", c.Subject, "entity or claim")
	}
	p := g.schema.Predicate(c.Predicate)
	if o := c.Object.ID; o != "" {
		switch {
		case g.Claim(o) != nil:
			if p.Group != GroupClaims && !p.OnClaims && err == nil {
				err = fieldError("object", "%q does not go to a claim", c.Predicate)
			}
		case p.Group == GroupClaims:
			missing("object", o, "claim")
		case g.Entity(o) == nil:
			missing("object", o, "entity or claim")
		}
	}
	if c.Speaker != "" && g.Entity(c.Speaker) == nil {
		missing("speaker", c.Speaker, "entity")
	}
	if c.ReportedBy != "" && g.Document(c.ReportedBy) == nil && g.Entity(c.ReportedBy) == nil {
		missing("reported_by", c.ReportedBy, "document or entity")
	}
	for i, e := range c.Evidence {
		if g.Document(e.Document) == nil {
			missing(index("evidence", i)+".document", e.Document, "document")
		}
	}
	for i, s := range c.Scope.Product {
		if g.Entity(s) == nil {
			missing(index("scope.product", i), s, "entity")
		}
	}
	if err != nil {
		return err
	}
	if err := g.checkSpeakers(c, p); err != nil {
		return err
	}
	return g.checkCircle(c)
}

// checkSpeakers holds predicates such as retracts to one speaker, in both
// directions: a claim may also be the target of one.
func (g *Graph) checkSpeakers(c *Claim, p *PredicateInfo) error {
	differ := func(a, b *Claim) bool { return a.Speaker != "" && b.Speaker != "" && a.Speaker != b.Speaker }
	if target := g.Claim(c.Object.ID); p.SameSpeaker && target != nil && differ(c, target) {
		return fieldError("predicate", "only the speaker of a claim %s it", c.Predicate)
	}
	for other := range g.Uses(c.ID, AsObject) {
		if q := g.schema.Predicate(other.Predicate); q != nil && q.SameSpeaker && differ(c, other) {
			return fieldError("speaker", "claim %s %s this one, which only its own speaker can", other.ID, other.Predicate)
		}
	}
	return nil
}

// checkCircle refuses claims that are about themselves through others.
func (g *Graph) checkCircle(start *Claim) error {
	seen := map[ID]bool{}
	stack := []*Claim{start}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, id := range []ID{c.Subject, c.Object.ID} {
			if id == start.ID {
				return fieldError("object", "the claim would be about itself through %s", c.ID)
			}
			if next := g.Claim(id); next != nil && !seen[id] {
				seen[id] = true
				stack = append(stack, next)
			}
		}
	}
	return nil
}
