package plan

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/algo"
)

// The ways to group that a view may name.
const (
	ByKind      = "kind"
	ByCountry   = "country"
	ByOwner     = "owner"
	ByCommunity = "community"
)

// Grouper works out groups; it may do so on any goroutine.
type Grouper struct {
	Lang   string
	Say    func(key string, pairs ...string) string // words of the user's language
	Now    time.Time
	Sets   [][]graphstore.ID // communities, of SetsOf; found when they are needed
	SetsOf *graphstore.Graph
	taken  map[graphstore.ID]bool // who is in a group of the user's own
}

// Groups works out the groups of a view: those of kinds in the order of the schema, others the largest first, then those of
// the user's own. They are disjoint; who is in one of the last is in no other.
func (m *Grouper) Groups(ctx context.Context, g *graphstore.Graph, v *graphstore.View) ([]scene.Group, error) {
	own := m.own(g, v)
	groups, err := m.ways(ctx, g, v.Group)
	if err != nil {
		return nil, err
	}
	groups = append(groups, own...)
	for i := range groups {
		groups[i].Folded = slices.Contains(v.Folded, groups[i].Key)
	}
	return groups, nil
}

// own returns the groups of the user's own, of the entities that there are, and notes who is in one.
func (m *Grouper) own(g *graphstore.Graph, v *graphstore.View) []scene.Group {
	m.taken = map[graphstore.ID]bool{}
	var out []scene.Group
	for i, o := range v.Groups {
		x := scene.Group{Key: string(o.ID), Label: o.Name, Tone: i + 1}
		for _, id := range o.Members {
			if g.Entity(id) != nil && !m.taken[id] {
				m.taken[id] = true
				x.Members = append(x.Members, id)
			}
		}
		if slices.Sort(x.Members); len(x.Members) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// ways works out the groups of those that are in none of the user's own.
func (m *Grouper) ways(ctx context.Context, g *graphstore.Graph, by string) ([]scene.Group, error) {
	switch by {
	case ByKind:
		return m.kinds(g), nil
	case ByCountry:
		return m.named(g, func(ent *graphstore.Entity) graphstore.ID { return m.country(g, ent, 0) }), nil
	case ByOwner:
		return m.named(g, func(ent *graphstore.Entity) graphstore.ID { return m.owner(g, ent.ID) }), nil
	case ByCommunity:
		if m.SetsOf != g {
			sets, _, err := algo.Project(g).Communities(ctx)
			if err != nil {
				return nil, err
			}
			m.Sets, m.SetsOf = sets, g
		}
		return m.communities(g), nil
	}
	return nil, nil // none, or a way of a newer Caveat
}

// kinds groups entities by kind.
func (m *Grouper) kinds(g *graphstore.Graph) []scene.Group {
	var out []scene.Group
	members := map[graphstore.Kind][]graphstore.ID{}
	for ent := range g.Entities() {
		if !m.taken[ent.ID] {
			members[ent.Kind] = append(members[ent.Kind], ent.ID)
		}
	}
	for i := range g.Schema().Kinds {
		if k := &g.Schema().Kinds[i]; len(members[k.ID]) > 0 {
			label := k.Plural.In(m.Lang)
			if label == "" {
				label = k.Label.In(m.Lang)
			}
			out = append(out, scene.Group{Key: string(k.ID), Label: label, Light: k.Light, Dark: k.Dark, Members: members[k.ID]})
		}
	}
	return out
}

// named groups entities by another one, and names the groups after it; alone nothing is a group.
func (m *Grouper) named(g *graphstore.Graph, of func(*graphstore.Entity) graphstore.ID) []scene.Group {
	members := map[graphstore.ID][]graphstore.ID{}
	for ent := range g.Entities() {
		if m.taken[ent.ID] {
			continue
		}
		if key := of(ent); key != "" {
			members[key] = append(members[key], ent.ID)
		}
	}
	var out []scene.Group
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if len(members[key]) > 1 {
			out = append(out, scene.Group{Key: string(key), Label: g.Entity(key).Name(m.Lang), Members: members[key]})
		}
	}
	slices.SortStableFunc(out, func(a, b scene.Group) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	return out
}

// depth is how many claims lead at most from an entity to its country or its owner.
const depth = 8

// country returns the jurisdiction that an entity is in: by law, by place, or by the place that its place is in.
func (m *Grouper) country(g *graphstore.Graph, ent *graphstore.Entity, steps int) graphstore.ID {
	if ent == nil || steps > depth {
		return ""
	}
	if ent.Kind == "jurisdiction" {
		return ent.ID
	}
	for _, p := range []graphstore.Predicate{"located-in", "subject-to-law-of", "part-of"} {
		for c := range g.Uses(ent.ID, graphstore.AsSubject) {
			if c.Predicate == p && g.Status(c, m.Now) == graphstore.StatusCurrent {
				if at := m.country(g, g.Entity(c.Object.ID), steps+1); at != "" {
					return at
				}
			}
		}
	}
	return ""
}

// owner returns who owns, controls or makes an entity in the last resort: itself, if nobody.
func (m *Grouper) owner(g *graphstore.Graph, id graphstore.ID) graphstore.ID {
	for range depth {
		next := graphstore.ID("")
		for _, p := range []graphstore.Predicate{"owns", "controls", "makes", "operates"} {
			for c := range g.Uses(id, graphstore.AsObject) {
				if next == "" && c.Predicate == p && g.Entity(c.Subject) != nil && g.Status(c, m.Now) == graphstore.StatusCurrent {
					next = c.Subject
				}
			}
		}
		if next == "" {
			break
		}
		id = next
	}
	return id
}

// communities groups what is joined more among itself than with others, each named after its most joined member.
func (m *Grouper) communities(g *graphstore.Graph) []scene.Group {
	var out []scene.Group
	for _, set := range m.Sets {
		var head *graphstore.Entity
		var members []graphstore.ID
		most := -1
		for _, id := range set {
			ent := g.Entity(id)
			if ent == nil {
				continue
			}
			if !m.taken[id] {
				members = append(members, id)
			}
			if n := g.UseCount(id, graphstore.AsSubject) + g.UseCount(id, graphstore.AsObject); n > most {
				head, most = ent, n
			}
		}
		if len(members) > 1 {
			slices.Sort(members)
			out = append(out, scene.Group{Key: string(head.ID), Label: m.Say("group.around", "name", head.Name(m.Lang)), Members: members})
		}
	}
	return out
}
