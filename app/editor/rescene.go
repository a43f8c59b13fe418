package editor

import (
	"context"
	"maps"
	"slices"

	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// Work of this size and above is done by jobs: smaller is over before anybody sees a frame missing.
const (
	jobFrom   = 20_000 // entities and claims of which a scene is made
	indexFrom = 20_000 // nodes and edges that are indexed for the pointer
)

// stale reports whether the scene on show is of another graph or view than those of now.
func (e *Editor) stale() bool { return e.open != nil && e.open.sceneDue }

// Outdated reports whether the scene on show is not that of the case of now and nothing is about to change that: the user did not want
// to wait for it, or it failed. The next step of the case, or Redraw, mends that.
func (e *Editor) Outdated() bool { return e.stale() && !e.runs("scene") }

// Redraw makes the scene of the case on show anew, or counts anew what was not counted.
func (e *Editor) Redraw() {
	if e.Uncounted() {
		e.open.counting = nil // counted when asked for
		e.changed(NoticeView)
		if !e.stale() {
			return
		}
	}
	e.rebuildScene()
}

// rebuildScene makes the scene anew from the graph, after the language or the view changed.
func (e *Editor) rebuildScene() {
	if g := e.Graph(); g != nil {
		o := e.sceneOptions()
		e.remake(func(groups *scene.Grouping) *scene.Scene {
			o.Groups = groups
			return scene.FromGraph(g, o)
		})
	}
}

// updateScene mends the scene after a step that d leads through.
func (e *Editor) updateScene(d *graphstore.Diff) {
	s, g, o := e.scene, e.Graph(), e.sceneOptions()
	e.remake(func(groups *scene.Grouping) *scene.Scene {
		o.Groups = groups
		return s.Update(g, d, o)
	})
}

// remake shows the scene that what is called makes, at once or, of a large case, in the background: the old one stays
// on show until then. Every node goes where the view puts it, else home, else to a good new place, which becomes its home.
// So undo restores places exactly, also those that no view had yet.
func (e *Editor) remake(scenery func(*scene.Grouping) *scene.Scene) {
	v, g := e.View(), e.Graph()
	e.open.recallHome(v)
	home, turn, old, find := e.open.home, e.open.homeTurn, e.goal(), e.findGroups()
	work := func(ctx context.Context) (r remade, err error) {
		groups, kept := find()
		r.scene, r.view, r.groups, r.bundled = scenery(groups), v, kept, old.Bundles()
		pos, err := plan.Places(ctx, r.scene, v, g, home)
		if err != nil {
			return r, err
		}
		r.scene = r.scene.WithPositions(pos).BundledAs(old)
		r.turn = turn
		if r.fresh = plan.Homeless(r.scene, v, home); len(r.fresh) > 0 {
			r.home = joined(home, r.fresh)
		}
		return r, nil
	}
	if n := g.Count(); n.Entities+n.Claims < jobFrom {
		r, err := work(context.Background())
		if err != nil {
			e.Fail(err)
			return
		}
		e.follow(r)
		e.changed(NoticeScene)
		return
	}
	e.open.sceneDue = true
	e.start("scene", e.Words().Say("job.scene"), func(ctx context.Context, _ func(float64)) (func(), error) {
		r, err := work(ctx)
		if err != nil {
			return nil, err
		}
		return func() {
			e.open.sceneDue = false
			e.follow(r)
			e.changed(NoticeScene | NoticeView)
			e.runLater()
		}, nil
	})
}

// remade is a scene made anew, with places.
type remade struct {
	scene   *scene.Scene
	view    *graphstore.View
	groups  groupings
	fresh   map[graphstore.ID]geom.Point // places that become homes
	home    map[graphstore.ID]geom.Point // with them, made of the home of turn
	turn    int
	bundled *scene.Bundles // those of which it has what fits
}

// follow takes over a scene made anew.
func (e *Editor) follow(r remade) {
	e.open.settleHome(r.view, r.fresh, r.home, r.turn)
	e.open.groups = r.groups
	old, next := e.scene, r.scene
	bundled := func(s *scene.Scene) *scene.Scene {
		if b := e.scene.Bundles(); b != nil && b != r.bundled { // bundled otherwise meanwhile
			return s.BundledAs(e.scene)
		}
		return s
	}
	if n := e.motion.nodes; n != nil && n.then == nil && old.Grouping() == next.Grouping() && sameNodes(old, next) { // on their way there already
		n.to = next.Positions()
		e.scene = bundled(next.WithPositions(old.Positions()))
		return
	}
	e.settle()
	old = e.scene
	e.scene = bundled(next)
	if old.Grouping() != e.scene.Grouping() {
		e.travel(old)
	}
	e.hoverAgain()
	e.carryDrag(old)
}

// carryDrag goes on dragging the same nodes in another scene.
func (e *Editor) carryDrag(old *scene.Scene) {
	g := &e.gesture
	if g.mode != modeDrag || e.motion.nodes != nil {
		return
	}
	var nodes []int32
	for _, n := range g.nodes {
		if m, ok := e.scene.Node(old.ID(n)); ok {
			nodes = append(nodes, m)
		}
	}
	g.nodes, g.start = nodes, e.scene
	e.dragNodes(g.last.Sub(g.down))
}

// sameNodes reports whether two scenes number the same nodes alike.
func sameNodes(a, b *scene.Scene) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range int32(a.Len()) {
		if a.ID(i) != b.ID(i) {
			return false
		}
	}
	return true
}

// settleHome adds homes; with, if made of the home of turn, has them already. Jobs read the old map, so that it does not change.
func (o *openCase) settleHome(v *graphstore.View, fresh, with map[graphstore.ID]geom.Point, turn int) {
	if len(fresh) == 0 {
		return
	}
	if with == nil || turn != o.homeTurn {
		with = joined(o.home, fresh)
	}
	o.moveHome(with)
	if at := o.state(v); o.homeOf[at] != nil {
		o.homeOf[at] = with
	}
	if how := laying(v); o.homes[how] != nil {
		o.homes[how] = with
	}
}

// joined returns a map with the places of both; those of the second count.
func joined(a, b map[graphstore.ID]geom.Point) map[graphstore.ID]geom.Point {
	out := make(map[graphstore.ID]geom.Point, len(a)+len(b))
	maps.Copy(out, a)
	maps.Copy(out, b)
	return out
}

// whenShown runs f now, or once the scene of now is on show.
func (e *Editor) whenShown(f func()) {
	if e.stale() {
		e.open.later = append(e.open.later, f)
		return
	}
	f()
}

// runLater runs what waited for the scene that is on show now.
func (e *Editor) runLater() {
	later := e.open.later
	e.open.later = nil
	for _, f := range later {
		f()
	}
}

// sameChoice reports whether two views show the same, wherever it stands.
func sameChoice(a, b *graphstore.View) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Group == b.Group && sameOwn(a.Groups, b.Groups) && slices.Equal(a.Folded, b.Folded) && a.TrueAt == b.TrueAt && a.KnownBy == b.KnownBy && slices.Equal(a.Only, b.Only) && slices.Equal(a.Hidden, b.Hidden) &&
		slices.Equal(a.Hide.Kinds, b.Hide.Kinds) && slices.Equal(a.Hide.Predicates, b.Hide.Predicates) &&
		slices.Equal(a.Hide.Positions, b.Hide.Positions) && slices.Equal(a.Hide.Speakers, b.Hide.Speakers)
}

// sameView reports whether two views show the same in the same places.
func sameView(a, b *graphstore.View) bool {
	if a.Shape != b.Shape && (a.Shape == nil || b.Shape == nil || *a.Shape != *b.Shape) {
		return false
	}
	return sameChoice(a, b) && a.Layout == b.Layout && a.Bundle == b.Bundle && maps.Equal(a.Places, b.Places)
}

// heavy reports whether a step of the case needs the scene of a large graph made anew.
func (e *Editor) heavy(after *graphstore.Graph, d *graphstore.Diff) bool {
	if e.stale() {
		return true
	}
	if n := after.Count(); n.Entities+n.Claims < jobFrom {
		return false
	}
	for _, c := range d.Views {
		if !sameChoice(c.Before, c.After) {
			return true
		}
	}
	return false
}

// ready reports whether the pointer can be told what is under it; if not, the index is being made.
func (e *Editor) ready() bool {
	s := e.scene
	if s.Len()+s.EdgeCount() < indexFrom || s.Indexed() {
		return true
	}
	if e.indexing != s && !e.jobs.has("layout") { // else it would be of places that are past when it is made
		e.indexing = s
		e.running.Add(1)
		go func() {
			defer e.running.Done()
			s.MakeIndex()
		}()
	}
	return false
}
