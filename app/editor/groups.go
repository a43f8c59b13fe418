package editor

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"caveat/app/document"
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
	m := e.grouper()
	if n := g.Count(); v.Group == ByCommunity && m.setsOf != g && n.Entities+n.Claims >= jobFrom { // those of before until a job has the new ones
		e.findCommunities(g)
		m.setsOf = g
	}
	groups, err := m.groups(context.Background(), g, v.Group)
	if err != nil {
		return nil // only a job of GroupBy is ever cancelled
	}
	k.sets, k.setsOf = m.sets, m.setsOf
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
}

// grouper returns one for the words and the day of now.
func (e *Editor) grouper() *grouper {
	w, k := e.Words(), &e.open.groups
	return &grouper{lang: w.Lang(), say: w.Say, now: e.opts.Now(), sets: k.sets, setsOf: k.setsOf}
}

// groups works out the groups of a graph: those of kinds in the order of the schema, others the largest first.
func (m *grouper) groups(ctx context.Context, g *graphstore.Graph, by string) ([]scene.Group, error) {
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
	return nil, nil // a way of a newer Caveat
}

// kinds groups entities by kind.
func (m *grouper) kinds(g *graphstore.Graph) []scene.Group {
	var out []scene.Group
	members := map[graphstore.Kind][]graphstore.ID{}
	for ent := range g.Entities() {
		members[ent.Kind] = append(members[ent.Kind], ent.ID)
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
			members = append(members, id)
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

// GroupBy groups the view by one of the ways above, or not at all. Groups get ground of their own, as a
// job; the view and all places change in one step.
func (e *Editor) GroupBy(by string) error {
	v, g := e.View(), e.Graph()
	switch {
	case e.open == nil || v.Group == by:
		return nil
	case g == nil:
		e.groupDrawing(by)
		return nil
	case by == "":
		return e.changeView(e.Words().Say("edit.ungroup"), func(v *graphstore.View) { v.Group, v.Folded = "", nil })
	}
	next := copyView(v)
	next.Group, next.Folded = by, nil
	e.keepAll(next)
	o, m := e.sceneOptions(), e.grouper()
	o.View = next
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, progress func(float64)) (func(), error) {
		began := time.Now()
		groups, err := m.groups(ctx, g, by)
		if err != nil {
			return nil, err
		}
		o.Groups = scene.NewGrouping(groups)
		s := scene.FromGraph(g, o)
		p := problem(s, next, g)
		if p.Pinned != nil {
			p.Start, p.Fresh = slices.Clone(s.Positions()), make([]bool, p.N)
			for i, pinned := range p.Pinned {
				p.Fresh[i] = !pinned
			}
		}
		pos, err := runLayout(ctx, engineName(next), p, progress)
		if err != nil {
			return nil, err
		}
		took := time.Since(began)
		return func() {
			if e.open == nil || e.Graph() != g { // changed meanwhile
				e.Fail(e.GroupBy(by))
				return
			}
			e.open.layoutTime = took
			e.open.groups = groupings{of: g, by: by, lang: m.lang, now: o.Groups, sets: m.sets, setsOf: m.setsOf}
			e.Fail(e.keepGroups(by, s, pos))
		}, nil
	})
	return nil
}

// groupDrawing groups an edge list by the kinds that its nodes are said to have, or not at all.
func (e *Editor) groupDrawing(by string) {
	e.settle()
	v := copyView(e.View())
	v.Group = by
	e.open.local = v
	e.scene = e.scene.GroupedByKind(by == ByKind)
	e.labels = new(scene.LabelMemory)
	e.changed(NoticeView | NoticeScene)
	if s := e.scene; s.Grouping() != nil {
		e.fitted = true
		e.layOut("force", problem(s, v, nil), s, func(pos []geom.Point) error {
			e.moveNodes(pos)
			return nil
		})
	}
}

// keepGroups groups the view and records the places that were found for it.
func (e *Editor) keepGroups(by string, s *scene.Scene, pos []geom.Point) error {
	e.labels = new(scene.LabelMemory)
	err := e.changeView(e.Words().Say("edit.group"), func(v *graphstore.View) {
		v.Group, v.Folded = by, nil
		e.placeAll(v, s, pos)
	})
	if err != nil {
		return err
	}
	e.whenShown(func() {
		e.flyTo(e.fitAll(e.goal()))
		e.fitted = true
	})
	return nil
}

// Fold draws a group as one node, or opens it again.
func (e *Editor) Fold(key string, fold bool) error { return e.foldGroups([]string{key}, fold) }

func (e *Editor) foldGroups(keys []string, fold bool) error {
	if e.Graph() == nil {
		return nil // a drawing stays as it is
	}
	title := "edit.fold"
	if !fold {
		title = "edit.unfold"
	}
	return e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		v.Folded = slices.DeleteFunc(slices.Clone(v.Folded), func(k string) bool { return slices.Contains(keys, k) })
		if fold {
			v.Folded = append(v.Folded, keys...)
			slices.Sort(v.Folded)
		}
	})
}

// selectedGroups returns the keys of the groups that are selected, folded, or of which members are, in the order
// of the groups.
func (e *Editor) selectedGroups() []string {
	gr := e.scene.Grouping()
	if gr == nil {
		return nil
	}
	in := map[string]bool{}
	for _, id := range e.selection.ids {
		if key, folded := scene.GroupKey(id); folded {
			in[key] = true
		} else if i := gr.Of(id); i >= 0 {
			in[gr.Groups[i].Key] = true
		}
	}
	var out []string
	for i := range gr.Groups {
		if in[gr.Groups[i].Key] {
			out = append(out, gr.Groups[i].Key)
		}
	}
	return out
}

// FoldSelected folds the groups of what is selected; if all are folded it opens them.
func (e *Editor) FoldSelected() error {
	keys := e.selectedGroups()
	fold := slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(e.View().Folded, k) })
	return e.foldGroups(keys, fold)
}

// folded reports whether id is that of a folded group on show.
func (e *Editor) folded(id graphstore.ID) bool {
	if _, group := scene.GroupKey(id); !group {
		return false
	}
	_, shown := e.goal().Node(id)
	return shown
}

// FoldAll folds every group, or opens all.
func (e *Editor) FoldAll(fold bool) error {
	gr := e.grouping()
	if gr == nil {
		return nil
	}
	keys := slices.Clone(e.View().Folded) // also those of groups that are no more
	if fold {
		keys = nil
		for i := range gr.Groups {
			keys = append(keys, gr.Groups[i].Key)
		}
	}
	return e.foldGroups(keys, fold)
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

// middle returns where the node of a folded group stands: amid those of its members that s shows and that have places.
func middle(s *scene.Scene, list []graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	var x, y float64
	n := 0.0
	for _, id := range list {
		if _, shown := s.Node(id); !shown {
			continue
		}
		if p, ok := placeOf(id, v, home); ok {
			x, y, n = x+float64(p.X), y+float64(p.Y), n+1
		}
	}
	if n == 0 {
		return geom.Point{}, false
	}
	return geom.Point{X: float32(x / n), Y: float32(y / n)}, true
}

// placeOf returns the place of an entity in a view, else its home.
func placeOf(id graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	if p, ok := v.Places[id]; ok {
		return geom.Point{X: p.X, Y: p.Y}, true
	}
	p, ok := home[id]
	return p, ok
}

// foldedAt returns where a node stands if it is a folded group some of whose members have places.
func foldedAt(s *scene.Scene, id graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	if _, folded := scene.GroupKey(id); !folded {
		return geom.Point{}, false
	}
	return middle(s, members(s, id), v, home)
}

// put records the place of a node in v; a folded group takes all its members along that have places.
func (e *Editor) put(v *graphstore.View, s *scene.Scene, id graphstore.ID, to geom.Point, pin bool) {
	if _, folded := scene.GroupKey(id); !folded {
		v.Places[id] = graphstore.Place{X: to.X, Y: to.Y, Pin: pin}
		return
	}
	list := members(s, id)
	from, ok := middle(s, list, v, e.open.home)
	for _, m := range list {
		p, placed := placeOf(m, v, e.open.home)
		_, shown := s.Node(m)
		switch {
		case ok && placed:
			p = p.Add(to.Sub(from))
		case shown:
			p = to
		default:
			continue // never seen: it gets a place when it is
		}
		v.Places[m] = graphstore.Place{X: p.X, Y: p.Y, Pin: v.Places[m].Pin}
	}
}

// standing returns in which open group every node of a scene stands, -1 for none; nil without groups.
func standing(s *scene.Scene) []int32 {
	if s.Grouping() == nil {
		return nil
	}
	out := make([]int32, s.Len())
	for n := range out {
		out[n] = s.GroupOf(int32(n))
	}
	return out
}
