package dossier

import (
	"slices"
	"time"

	"caveat/graphstore"
)

// Entity is the dossier of an entity.
type Entity struct {
	Record *graphstore.Entity
	// Same lists the entities joined to this one by same-as claims that are
	// not retracted, sorted; their claims are gathered here too.
	Same []graphstore.ID
	// Says is what the entity says, Said what others say of it. A claim is in
	// one of them only.
	Says, Said []Section
	// Scoped lists the claims whose scope names the entity and that are in
	// neither, Reports those known through it; newest first.
	Scoped, Reports []Item
}

// Count returns how many claims the dossier holds.
func (e *Entity) Count() int {
	n := len(e.Scoped) + len(e.Reports)
	for _, part := range [][]Section{e.Says, e.Said} {
		for _, s := range part {
			n += len(s.Items)
		}
	}
	return n
}

// OfEntity returns the dossier of the entity id as things stand at the given
// moment, or nil if g has no such entity.
func OfEntity(g *graphstore.Graph, id graphstore.ID, at time.Time) *Entity {
	record := g.Entity(id)
	if record == nil {
		return nil
	}
	r := reader{g, at}
	members := r.sameAs(id)
	is := func(id graphstore.ID) bool { return slices.Contains(members, id) }
	seen := map[graphstore.ID]bool{}
	gather := func(as graphstore.Role, f func(c *graphstore.Claim)) {
		for _, m := range members {
			for c := range g.Uses(m, as) {
				if !seen[c.ID] {
					seen[c.ID] = true
					f(c)
				}
			}
		}
	}
	d := &Entity{Record: record, Same: slices.DeleteFunc(slices.Clone(members), func(m graphstore.ID) bool { return m == id })}
	var says, said []Item
	add := func(list *[]Item) func(*graphstore.Claim) {
		return func(c *graphstore.Claim) { *list = append(*list, r.item(c, !is(c.Subject) && is(c.Object.ID))) }
	}
	gather(graphstore.AsSpeaker, add(&says))
	gather(graphstore.AsSubject, add(&said))
	gather(graphstore.AsObject, add(&said))
	gather(graphstore.AsScope, add(&d.Scoped))
	gather(graphstore.AsReporter, add(&d.Reports))
	d.Says, d.Said = r.sections(says), r.sections(said)
	slices.SortFunc(d.Scoped, newestFirst)
	slices.SortFunc(d.Reports, newestFirst)
	return d
}

// sameAs returns id and every entity that standing same-as claims join to it, sorted.
func (r reader) sameAs(id graphstore.ID) []graphstore.ID {
	members := []graphstore.ID{id}
	for i := 0; i < len(members); i++ {
		for _, as := range []graphstore.Role{graphstore.AsSubject, graphstore.AsObject} {
			for c := range r.g.Uses(members[i], as) {
				if c.Predicate != graphstore.SameAs || r.g.Status(c, r.at) == graphstore.StatusRetracted {
					continue
				}
				for _, other := range []graphstore.ID{c.Subject, c.Object.ID} {
					if r.g.Entity(other) != nil && !slices.Contains(members, other) {
						members = append(members, other)
					}
				}
			}
		}
	}
	slices.Sort(members)
	return members
}
