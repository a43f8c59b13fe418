package graphstore

import (
	"iter"
	"slices"
)

// Role says as what a claim uses another record.
type Role int

// The roles in which claims use records.
const (
	AsSubject Role = iota
	AsObject
	AsSpeaker
	AsReporter
	AsEvidence
	AsScope
	roles
)

// uses lists, by role and sorted, the claims that name one record.
type uses [roles][]ID

func (u *uses) empty() bool {
	for _, l := range u {
		if len(l) > 0 {
			return false
		}
	}
	return true
}

// Refs calls f for every record that c names; an id may come more than once.
func (c *Claim) Refs(f func(Role, ID)) {
	f(AsSubject, c.Subject)
	if c.Object.ID != "" {
		f(AsObject, c.Object.ID)
	}
	if c.Speaker != "" {
		f(AsSpeaker, c.Speaker)
	}
	if c.ReportedBy != "" {
		f(AsReporter, c.ReportedBy)
	}
	for _, e := range c.Evidence {
		f(AsEvidence, e.Document)
	}
	for _, p := range c.Scope.Product {
		f(AsScope, p)
	}
}

// Uses returns the claims that name id in that role, in the order of their ids.
func (g *Graph) Uses(id ID, as Role) iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		u, ok := g.uses.Get([]byte(id))
		if !ok {
			return
		}
		for _, c := range u[as] {
			if !yield(g.Claim(c)) {
				return
			}
		}
	}
}

// UseCount returns how many claims name id in that role.
func (g *Graph) UseCount(id ID, as Role) int {
	u, ok := g.uses.Get([]byte(id))
	if !ok {
		return 0
	}
	return len(u[as])
}

// Attacks yields the claims that dispute the claim id: those that point at
// it with an attacking predicate.
func (g *Graph) Attacks(id ID) iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for c := range g.Uses(id, AsObject) {
			if p := g.schema.Predicate(c.Predicate); p != nil && p.Attack && !yield(c) {
				return
			}
		}
	}
}

// useDelta collects what a diff does to the uses of one record.
type useDelta struct{ add, del [roles][]ID }

// useDeltas collects what a diff does to the uses of every record it touches.
type useDeltas map[ID]*useDelta

func (ds useDeltas) count(c *Claim, remove bool) {
	if c == nil {
		return
	}
	c.Refs(func(as Role, id ID) {
		d := ds[id]
		if d == nil {
			d = new(useDelta)
			ds[id] = d
		}
		if remove {
			d.del[as] = append(d.del[as], c.ID)
		} else {
			d.add[as] = append(d.add[as], c.ID)
		}
	})
}

// apply returns u with the delta applied; u is not written to.
func (d *useDelta) apply(u *uses) *uses {
	out := new(uses)
	if u != nil {
		*out = *u
	}
	for as := range out {
		if len(d.add[as]) == 0 && len(d.del[as]) == 0 {
			continue
		}
		out[as] = mergeIDs(out[as], d.add[as], d.del[as])
	}
	return out
}

// mergeIDs returns (list − del) ∪ add, sorted, without repeats.
func mergeIDs(list, add, del []ID) []ID {
	slices.Sort(del)
	out := make([]ID, 0, len(list)+len(add))
	for _, id := range list {
		if _, gone := slices.BinarySearch(del, id); !gone {
			out = append(out, id)
		}
	}
	out = append(out, add...)
	slices.Sort(out)
	return slices.Compact(out)
}
