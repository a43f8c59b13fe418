package editor

import (
	"context"
	"slices"

	"caveat/app/document"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/algo"
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
	if n := g.Count(); v.Group == plan.ByCommunity && m.SetsOf != g && n.Entities+n.Claims >= jobFrom { // those of before until a job has the new ones
		e.findCommunities(g)
		m.SetsOf = g
	}
	return func() (*scene.Grouping, groupings) {
		groups, err := m.Groups(context.Background(), g, v)
		if err != nil {
			return nil, k // only a job is ever cancelled
		}
		k.sets, k.setsOf = m.Sets, m.SetsOf
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

// grouper returns one for the words and the day of now.
func (e *Editor) grouper() *plan.Grouper {
	w, k := e.Words(), &e.open.groups
	return &plan.Grouper{Lang: w.Lang(), Say: w.Say, Now: e.opts.Now(), Sets: k.sets, SetsOf: k.setsOf}
}
