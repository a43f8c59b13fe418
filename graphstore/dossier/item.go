package dossier

import (
	"cmp"
	"slices"
	"time"

	"caveat/graphstore"
)

// Item is one claim as seen from the record a dossier is about.
type Item struct {
	Claim     *graphstore.Claim
	Predicate *graphstore.PredicateInfo
	// Inverse says that the claim is read from its object to its subject:
	// the dossier's record is the object.
	Inverse bool
	// Other is the record at the far end, an entity or a claim; empty where
	// the far end is a literal, which is then in Claim.Object.
	Other graphstore.ID
	// Speaker is the entity that says it; empty if nobody is named.
	Speaker graphstore.ID
	Status  graphstore.Status
	// DisputedBy lists the claims that attack this one and are not retracted, by id.
	DisputedBy []graphstore.ID
	Unsourced  bool
}

// Disputed reports whether anything stands against the claim.
func (i Item) Disputed() bool { return len(i.DisputedBy) > 0 }

// Label returns the words between the dossier's record and Other.
func (i Item) Label(lang string) string { return label(i.Predicate, i.Inverse, lang) }

// Section is the items of one predicate read in one direction, newest first.
type Section struct {
	Predicate *graphstore.PredicateInfo
	Inverse   bool
	Items     []Item
}

// Label returns the section's heading: the predicate's label, or its inverse.
func (s Section) Label(lang string) string { return label(s.Predicate, s.Inverse, lang) }

func label(p *graphstore.PredicateInfo, inverse bool, lang string) string {
	text := p.Label
	if inverse && p.Inverse.In(lang) != "" {
		text = p.Inverse
	}
	if s := text.In(lang); s != "" {
		return s
	}
	return string(p.ID)
}

// reader makes items out of claims at one moment.
type reader struct {
	g  *graphstore.Graph
	at time.Time
}

// item reads c from its subject, or from its object where inverse.
func (r reader) item(c *graphstore.Claim, inverse bool) Item {
	i := Item{
		Claim: c, Predicate: r.predicate(c.Predicate), Inverse: inverse,
		Other: c.Object.ID, Speaker: c.Speaker,
		Status: r.g.Status(c, r.at), DisputedBy: r.disputedBy(c.ID), Unsourced: c.Unsourced(),
	}
	if inverse {
		i.Other = c.Subject
	}
	return i
}

// predicate returns the schema's word, or a bare one if the schema lost it.
func (r reader) predicate(p graphstore.Predicate) *graphstore.PredicateInfo {
	if info := r.g.Schema().Predicate(p); info != nil {
		return info
	}
	return &graphstore.PredicateInfo{ID: p}
}

// disputedBy lists the attacks on a claim said by then and not retracted by then.
func (r reader) disputedBy(id graphstore.ID) []graphstore.ID {
	var ids []graphstore.ID
	for a := range r.g.Attacks(id) {
		if first, _, ok := a.SaidAt.Span(); ok && first.After(r.at) {
			continue
		}
		if r.g.Status(a, r.at) != graphstore.StatusRetracted {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// When returns the date a claim is ordered by: when it was said, else from
// when it holds.
func When(c *graphstore.Claim) graphstore.Date {
	if c.SaidAt.Zero() {
		return c.ValidFrom
	}
	return c.SaidAt
}

// newestFirst orders items by date backwards, unknown dates last, ties by id.
func newestFirst(a, b Item) int {
	x, y := When(a.Claim), When(b.Claim)
	switch {
	case x.Zero() != y.Zero():
		return x.Compare(y) // the unknown date sorts last already
	case x != y:
		return y.Compare(x)
	}
	return cmp.Compare(a.Claim.ID, b.Claim.ID)
}

// sections groups items by predicate and direction, in the order of the
// schema's groups (trust, claims, structure) and predicates.
func (r reader) sections(items []Item) []Section {
	type key struct {
		id      graphstore.Predicate
		inverse bool
	}
	at := map[key]int{}
	var out []Section
	for _, i := range items {
		k := key{i.Predicate.ID, i.Inverse}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, Section{Predicate: i.Predicate, Inverse: i.Inverse})
		}
		out[n].Items = append(out[n].Items, i)
	}
	rank := map[graphstore.Predicate]int{}
	for i, p := range r.g.Schema().Predicates {
		rank[p.ID] = groupRank(p.Group)*1_000 + i
	}
	slices.SortFunc(out, func(a, b Section) int {
		return cmp.Or(cmp.Compare(rank[a.Predicate.ID], rank[b.Predicate.ID]), cmp.Compare(a.Predicate.ID, b.Predicate.ID), boolCompare(a.Inverse, b.Inverse))
	})
	for _, s := range out {
		slices.SortFunc(s.Items, newestFirst)
	}
	return out
}

func groupRank(g graphstore.Group) int {
	switch g {
	case graphstore.GroupTrust:
		return 0
	case graphstore.GroupClaims:
		return 1
	}
	return 2
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
