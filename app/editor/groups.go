package editor

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"caveat/app/geom"
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
	folded   []string
	now      *scene.Grouping

	sets   [][]graphstore.ID // communities
	setsOf *graphstore.Graph
}

// grouping returns the groups of the current view, nil for none. As long as no entity changes its group it
// is the same value, so that a scene can be mended.
func (e *Editor) grouping() *scene.Grouping {
	v, g := e.View(), e.Graph()
	if g == nil || v.Group == "" {
		return nil
	}
	k, lang := &e.open.groups, e.Words().Lang()
	if k.of == g && k.by == v.Group && k.lang == lang && slices.Equal(k.folded, v.Folded) {
		return k.now
	}
	groups := e.groups(g, v.Group, lang)
	for i := range groups {
		groups[i].Folded = slices.Contains(v.Folded, groups[i].Key)
	}
	same := func(a, b scene.Group) bool {
		return a.Key == b.Key && a.Label == b.Label && a.Folded == b.Folded && slices.Equal(a.Members, b.Members)
	}
	if k.now == nil || !slices.EqualFunc(k.now.Groups, groups, same) {
		k.now = scene.NewGrouping(groups)
	}
	k.of, k.by, k.lang, k.folded = g, v.Group, lang, v.Folded
	return k.now
}

// groups works out the groups of a graph: those of kinds in the order of the schema, others the largest first.
func (e *Editor) groups(g *graphstore.Graph, by, lang string) []scene.Group {
	switch by {
	case ByKind:
		var out []scene.Group
		members := map[graphstore.Kind][]graphstore.ID{}
		for ent := range g.Entities() {
			members[ent.Kind] = append(members[ent.Kind], ent.ID)
		}
		for i := range g.Schema().Kinds {
			if k := &g.Schema().Kinds[i]; len(members[k.ID]) > 0 {
				label := k.Plural.In(lang)
				if label == "" {
					label = k.Label.In(lang)
				}
				out = append(out, scene.Group{Key: string(k.ID), Label: label, Light: k.Light, Dark: k.Dark, Members: members[k.ID]})
			}
		}
		return out
	case ByCountry:
		return named(g, lang, func(ent *graphstore.Entity) graphstore.ID { return e.country(g, ent, 0) })
	case ByOwner:
		return named(g, lang, func(ent *graphstore.Entity) graphstore.ID { return e.owner(g, ent.ID) })
	case ByCommunity:
		return e.communities(g, lang)
	}
	return nil // a way of a newer Caveat
}

// named groups entities by another one, and names the groups after it; alone nothing is a group.
func named(g *graphstore.Graph, lang string, of func(*graphstore.Entity) graphstore.ID) []scene.Group {
	members := map[graphstore.ID][]graphstore.ID{}
	for ent := range g.Entities() {
		if key := of(ent); key != "" {
			members[key] = append(members[key], ent.ID)
		}
	}
	var out []scene.Group
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if len(members[key]) > 1 {
			out = append(out, scene.Group{Key: string(key), Label: g.Entity(key).Name(lang), Members: members[key]})
		}
	}
	slices.SortStableFunc(out, func(a, b scene.Group) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	return out
}

// depth is how many claims lead at most from an entity to its country or its owner.
const depth = 8

// country returns the jurisdiction that an entity is in: by law, by place, or by the place that its place is in.
func (e *Editor) country(g *graphstore.Graph, ent *graphstore.Entity, steps int) graphstore.ID {
	if ent == nil || steps > depth {
		return ""
	}
	if ent.Kind == "jurisdiction" {
		return ent.ID
	}
	for _, p := range []graphstore.Predicate{"located-in", "subject-to-law-of", "part-of"} {
		for c := range g.Uses(ent.ID, graphstore.AsSubject) {
			if c.Predicate == p && g.Status(c, e.opts.Now()) == graphstore.StatusCurrent {
				if at := e.country(g, g.Entity(c.Object.ID), steps+1); at != "" {
					return at
				}
			}
		}
	}
	return ""
}

// owner returns who owns, controls or makes an entity in the last resort: itself, if nobody.
func (e *Editor) owner(g *graphstore.Graph, id graphstore.ID) graphstore.ID {
	for range depth {
		next := graphstore.ID("")
		for _, p := range []graphstore.Predicate{"owns", "controls", "makes", "operates"} {
			for c := range g.Uses(id, graphstore.AsObject) {
				if next == "" && c.Predicate == p && g.Entity(c.Subject) != nil && g.Status(c, e.opts.Now()) == graphstore.StatusCurrent {
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

// communities groups what is joined more among itself than with others, each named after its most joined
// member. In a large graph those of before stay until a job has worked out the new ones.
func (e *Editor) communities(g *graphstore.Graph, lang string) []scene.Group {
	k := &e.open.groups
	if k.setsOf != g {
		if n := g.Count(); n.Entities+n.Claims < jobFrom {
			k.sets, _, _ = algo.Project(g).Communities(context.Background())
			k.setsOf = g
		} else {
			e.start("groups", e.Words().Say("job.groups"), func(ctx context.Context, _ func(float64)) (func(), error) {
				sets, _, err := algo.Project(g).Communities(ctx)
				return func() {
					k := &e.open.groups
					k.sets, k.setsOf, k.of = sets, g, nil
					e.rebuildScene()
				}, err
			})
		}
	}
	var out []scene.Group
	for _, set := range k.sets {
		var head *graphstore.Entity
		var members []graphstore.ID
		most := -1
		for _, id := range set {
			ent := g.Entity(id)
			if ent == nil {
				continue
			}
			members = append(members, id)
			if n := g.UseCount(id, graphstore.AsSubject) + g.UseCount(id, graphstore.AsObject); n > most {
				head, most = ent, n
			}
		}
		if len(members) > 1 {
			slices.Sort(members)
			out = append(out, scene.Group{Key: string(head.ID), Label: e.Words().Say("group.around", "name", head.Name(lang)), Members: members})
		}
	}
	return out
}

// GroupBy groups the view by one of the ways above, or not at all, and arranges it so that groups keep together.
func (e *Editor) GroupBy(by string) error {
	if e.View().Group == by {
		return nil
	}
	err := e.changeView(e.Words().Say("edit.group"), func(v *graphstore.View) { v.Group, v.Folded = by, nil })
	if err == nil && by != "" {
		e.whenShown(func() { e.Arrange(engineName(e.View()), e.Shape()) })
	}
	return err
}

// Fold draws a group as one node, or opens it again.
func (e *Editor) Fold(key string, fold bool) error {
	title := "edit.fold"
	if !fold {
		title = "edit.unfold"
	}
	return e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		v.Folded = slices.DeleteFunc(slices.Clone(v.Folded), func(k string) bool { return k == key })
		if fold {
			v.Folded = append(v.Folded, key)
			slices.Sort(v.Folded)
		}
	})
}

// FoldAll folds every group, or opens all.
func (e *Editor) FoldAll(fold bool) error {
	gr := e.grouping()
	if gr == nil {
		return nil
	}
	return e.changeView(e.Words().Say("edit.fold"), func(v *graphstore.View) {
		v.Folded = nil
		for i := range gr.Groups {
			if fold {
				v.Folded = append(v.Folded, gr.Groups[i].Key)
			}
		}
		slices.Sort(v.Folded)
	})
}

// GroupAt returns the key of the group whose ground is under a canvas point, empty for none.
func (e *Editor) GroupAt(at geom.Point) string {
	if gr := e.scene.Grouping(); gr != nil {
		if i := e.scene.GroupAt(e.ToWorld(at)); i >= 0 {
			return gr.Groups[i].Key
		}
	}
	return ""
}

// Grouped reports whether the view is grouped.
func (e *Editor) Grouped() bool { return e.View().Group != "" }

// members returns the entities of a folded group's node; of any other id just that.
func members(s *scene.Scene, id graphstore.ID) []graphstore.ID {
	key, folded := scene.GroupKey(id)
	gr := s.Grouping()
	if !folded || gr == nil {
		return []graphstore.ID{id}
	}
	for i := range gr.Groups {
		if gr.Groups[i].Key == key {
			return gr.Groups[i].Members
		}
	}
	return nil
}

// middle returns where the node of a folded group stands: amid its members.
func middle(list []graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	var x, y float64
	n := 0.0
	for _, id := range list {
		if p, ok := v.Places[id]; ok {
			x, y, n = x+float64(p.X), y+float64(p.Y), n+1
		} else if p, ok := home[id]; ok {
			x, y, n = x+float64(p.X), y+float64(p.Y), n+1
		}
	}
	if n == 0 {
		return geom.Point{}, false
	}
	return geom.Point{X: float32(x / n), Y: float32(y / n)}, true
}

// foldedAt returns where a node stands if it is a folded group some of whose members have places.
func foldedAt(s *scene.Scene, id graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	if _, folded := scene.GroupKey(id); !folded {
		return geom.Point{}, false
	}
	return middle(members(s, id), v, home)
}

// put records the place of a node in v; a folded group takes its members along.
func (e *Editor) put(v *graphstore.View, s *scene.Scene, id graphstore.ID, to geom.Point, pin bool) {
	if _, folded := scene.GroupKey(id); !folded {
		v.Places[id] = graphstore.Place{X: to.X, Y: to.Y, Pin: pin}
		return
	}
	list := members(s, id)
	from, ok := middle(list, v, e.open.home)
	if !ok {
		from = to
	}
	by := to.Sub(from)
	for _, m := range list {
		p, placed := v.Places[m]
		if !placed {
			h, home := e.open.home[m]
			if !home {
				h = from
			}
			p = graphstore.Place{X: h.X, Y: h.Y}
		}
		p.X, p.Y = p.X+by.X, p.Y+by.Y
		v.Places[m] = p
	}
}

// closeKnit is up to how many nodes of a group are each held to every other in a layout.
const closeKnit = 20

// bound returns edges that hold the open groups of a scene together in a layout: between all nodes of a small group, in
// a large one from the largest node to the others.
func bound(s *scene.Scene) [][2]int32 {
	gr := s.Grouping()
	if gr == nil {
		return nil
	}
	nodes := make([][]int32, len(gr.Groups))
	for n := range int32(s.Len()) {
		if g := s.GroupOf(n); g >= 0 {
			nodes[g] = append(nodes[g], n)
		}
	}
	var out [][2]int32
	for _, list := range nodes {
		if len(list) == 0 {
			continue
		}
		from := list
		if len(list) > closeKnit {
			from = []int32{slices.MaxFunc(list, func(a, b int32) int { return cmp.Compare(s.Radius(a), s.Radius(b)) })}
		}
		for _, a := range from {
			for _, b := range list {
				if a < b || len(from) == 1 && a != b {
					out = append(out, [2]int32{a, b})
				}
			}
		}
	}
	return out
}
