package editor

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"caveat/app/document"
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

// groupings are the groups of the open case as they were last worked out.
type groupings struct {
	of       *graphstore.Graph
	by, lang string
	own      []graphstore.OwnGroup
	folded   []string
	now      *scene.Grouping

	sets   [][]graphstore.ID // communities
	setsOf *graphstore.Graph
}

// grouping returns the groups of the current view, nil for none. As long as no entity changes its group it
// is the same value, so that a scene can be mended.
func (e *Editor) grouping() *scene.Grouping {
	if e.Graph() == nil {
		return nil
	}
	now, k := e.findGroups()()
	e.open.groups = k
	return now
}

// findGroups returns what works out the groups of the view of now, on any goroutine: nil for none, and what is to be kept of it.
func (e *Editor) findGroups() func() (*scene.Grouping, groupings) {
	v, g, k, lang := e.View(), e.Graph(), e.open.groups, e.Words().Lang()
	if v.Group == "" && len(v.Groups) == 0 {
		return func() (*scene.Grouping, groupings) { return nil, k }
	}
	if k.of == g && k.by == v.Group && k.lang == lang && sameOwn(k.own, v.Groups) {
		if k.now != nil && !slices.Equal(k.folded, v.Folded) {
			k.now, k.folded = k.now.WithFolded(v.Folded), v.Folded
		}
		return func() (*scene.Grouping, groupings) { return k.now, k }
	}
	m := e.grouper()
	if n := g.Count(); v.Group == ByCommunity && m.setsOf != g && n.Entities+n.Claims >= jobFrom { // those of before until a job has the new ones
		e.findCommunities(g)
		m.setsOf = g
	}
	return func() (*scene.Grouping, groupings) {
		groups, err := m.groups(context.Background(), g, v)
		if err != nil {
			return nil, k // only a job is ever cancelled
		}
		k.sets, k.setsOf = m.sets, m.setsOf
		same := func(a, b scene.Group) bool {
			return a.Key == b.Key && a.Label == b.Label && a.Tone == b.Tone && a.Folded == b.Folded && slices.Equal(a.Members, b.Members)
		}
		if k.now == nil || !slices.EqualFunc(k.now.Groups, groups, same) {
			k.now = scene.NewGrouping(groups)
		}
		k.of, k.by, k.lang, k.own, k.folded = g, v.Group, lang, v.Groups, v.Folded
		return k.now, k
	}
}

// findCommunities works out the communities of a large case in the background.
func (e *Editor) findCommunities(g *graphstore.Graph) {
	e.start("groups", e.Words().Say("job.groups"), func(ctx context.Context, _ func(float64)) (func(), error) {
		sets, _, err := algo.Project(g).Communities(ctx)
		return func() {
			k := &e.open.groups
			k.sets, k.setsOf, k.of = sets, g, nil
			e.rebuildScene()
		}, err
	})
}

// carry takes the groups over to the graph after a step in which no entity and no claim changed.
func (k *groupings) carry(ev document.Event) {
	if ev.Diff == nil || len(ev.Diff.Entities)+len(ev.Diff.Claims) > 0 || ev.Diff.Header != nil {
		return
	}
	if k.of == ev.Before {
		k.of = ev.After
	}
	if k.setsOf == ev.Before {
		k.setsOf = ev.After
	}
}

// grouper works out groups; it may do so on any goroutine.
type grouper struct {
	lang   string
	say    func(key string, pairs ...string) string
	now    time.Time
	sets   [][]graphstore.ID // communities, of setsOf
	setsOf *graphstore.Graph
	taken  map[graphstore.ID]bool // who is in a group of the user's own
}

// grouper returns one for the words and the day of now.
func (e *Editor) grouper() *grouper {
	w, k := e.Words(), &e.open.groups
	return &grouper{lang: w.Lang(), say: w.Say, now: e.opts.Now(), sets: k.sets, setsOf: k.setsOf}
}

// groups works out the groups of a view: those of kinds in the order of the schema, others the largest first, then those of
// the user's own. They are disjoint; who is in one of the last is in no other.
func (m *grouper) groups(ctx context.Context, g *graphstore.Graph, v *graphstore.View) ([]scene.Group, error) {
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
func (m *grouper) own(g *graphstore.Graph, v *graphstore.View) []scene.Group {
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
func (m *grouper) ways(ctx context.Context, g *graphstore.Graph, by string) ([]scene.Group, error) {
	switch by {
	case ByKind:
		return m.kinds(g), nil
	case ByCountry:
		return m.named(g, func(ent *graphstore.Entity) graphstore.ID { return m.country(g, ent, 0) }), nil
	case ByOwner:
		return m.named(g, func(ent *graphstore.Entity) graphstore.ID { return m.owner(g, ent.ID) }), nil
	case ByCommunity:
		if m.setsOf != g {
			sets, _, err := algo.Project(g).Communities(ctx)
			if err != nil {
				return nil, err
			}
			m.sets, m.setsOf = sets, g
		}
		return m.communities(g), nil
	}
	return nil, nil // none, or a way of a newer Caveat
}

// kinds groups entities by kind.
func (m *grouper) kinds(g *graphstore.Graph) []scene.Group {
	var out []scene.Group
	members := map[graphstore.Kind][]graphstore.ID{}
	for ent := range g.Entities() {
		if !m.taken[ent.ID] {
			members[ent.Kind] = append(members[ent.Kind], ent.ID)
		}
	}
	for i := range g.Schema().Kinds {
		if k := &g.Schema().Kinds[i]; len(members[k.ID]) > 0 {
			label := k.Plural.In(m.lang)
			if label == "" {
				label = k.Label.In(m.lang)
			}
			out = append(out, scene.Group{Key: string(k.ID), Label: label, Light: k.Light, Dark: k.Dark, Members: members[k.ID]})
		}
	}
	return out
}

// named groups entities by another one, and names the groups after it; alone nothing is a group.
func (m *grouper) named(g *graphstore.Graph, of func(*graphstore.Entity) graphstore.ID) []scene.Group {
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
			out = append(out, scene.Group{Key: string(key), Label: g.Entity(key).Name(m.lang), Members: members[key]})
		}
	}
	slices.SortStableFunc(out, func(a, b scene.Group) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	return out
}

// depth is how many claims lead at most from an entity to its country or its owner.
const depth = 8

// country returns the jurisdiction that an entity is in: by law, by place, or by the place that its place is in.
func (m *grouper) country(g *graphstore.Graph, ent *graphstore.Entity, steps int) graphstore.ID {
	if ent == nil || steps > depth {
		return ""
	}
	if ent.Kind == "jurisdiction" {
		return ent.ID
	}
	for _, p := range []graphstore.Predicate{"located-in", "subject-to-law-of", "part-of"} {
		for c := range g.Uses(ent.ID, graphstore.AsSubject) {
			if c.Predicate == p && g.Status(c, m.now) == graphstore.StatusCurrent {
				if at := m.country(g, g.Entity(c.Object.ID), steps+1); at != "" {
					return at
				}
			}
		}
	}
	return ""
}

// owner returns who owns, controls or makes an entity in the last resort: itself, if nobody.
func (m *grouper) owner(g *graphstore.Graph, id graphstore.ID) graphstore.ID {
	for range depth {
		next := graphstore.ID("")
		for _, p := range []graphstore.Predicate{"owns", "controls", "makes", "operates"} {
			for c := range g.Uses(id, graphstore.AsObject) {
				if next == "" && c.Predicate == p && g.Entity(c.Subject) != nil && g.Status(c, m.now) == graphstore.StatusCurrent {
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
func (m *grouper) communities(g *graphstore.Graph) []scene.Group {
	var out []scene.Group
	for _, set := range m.sets {
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
			out = append(out, scene.Group{Key: string(head.ID), Label: m.say("group.around", "name", head.Name(m.lang)), Members: members})
		}
	}
	return out
}
