package editor

import (
	"fmt"
	"maps"
	"slices"

	"caveat/app/document"
	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// mainView is the view of a case nobody saved a view in.
const mainView graphstore.ID = graphstore.IDPrefix + "v:main"

// firstView returns the view a case opens with: the one its header names, else the main one, else the
// first, else a new one.
func firstView(g *graphstore.Graph) *graphstore.View {
	if v := g.View(g.Header().View); v != nil {
		return v
	}
	if v := g.View(mainView); v != nil {
		return v
	}
	for v := range g.Views() {
		return v
	}
	return &graphstore.View{ID: mainView}
}

// View returns the current view; never nil while a case is open.
func (e *Editor) View() *graphstore.View {
	switch {
	case e.open == nil:
		return &graphstore.View{ID: mainView}
	case e.open.local != nil:
		return e.open.local
	}
	if g := e.Graph(); g != nil {
		if v := g.View(e.open.view); v != nil {
			return v
		}
	}
	return &graphstore.View{ID: e.open.view}
}

// Views returns the saved views in the order of their titles.
func (e *Editor) Views() []*graphstore.View {
	g := e.Graph()
	if g == nil {
		return nil
	}
	views := slices.Collect(g.Views())
	slices.SortStableFunc(views, func(a, b *graphstore.View) int {
		if a.Title < b.Title {
			return -1
		}
		if a.Title > b.Title {
			return 1
		}
		return 0
	})
	return views
}

// copyView returns a copy of v that may be written to.
func copyView(v *graphstore.View) *graphstore.View {
	c := *v
	c.Only, c.Hidden, c.Folded, c.Groups = slices.Clone(v.Only), slices.Clone(v.Hidden), slices.Clone(v.Folded), slices.Clone(v.Groups)
	c.Places = maps.Clone(v.Places)
	if c.Places == nil {
		c.Places = map[graphstore.ID]graphstore.Place{}
	}
	c.Hide = graphstore.Filter{Kinds: slices.Clone(v.Hide.Kinds), Predicates: slices.Clone(v.Hide.Predicates),
		Positions: slices.Clone(v.Hide.Positions), Speakers: slices.Clone(v.Hide.Speakers)}
	return &c
}

// changeView changes the current view as one step that can be undone; in a
// case that takes no edits it changes for this session only, until another view is used.
func (e *Editor) changeView(title string, f func(*graphstore.View)) error {
	if e.open == nil {
		return nil
	}
	if e.open.doc == nil {
		e.changeDrawing(title, f, nil)
		return nil
	}
	next := copyView(e.View())
	f(next)
	if !e.canEdit() {
		if was := e.View(); !sameView(was, next) {
			e.noteStep(title, drawn{view: was})
			e.showLocal(next)
		}
		return nil
	}
	return e.open.doc.Edit(title, func(tx *document.Tx) error {
		e.keepAll(next)
		tx.Put(next)
		return nil
	})
}

// showLocal shows a case that takes no edits in a view that is not recorded.
func (e *Editor) showLocal(v *graphstore.View) {
	e.open.local = v
	e.rebuildScene()
	e.changed(NoticeView | NoticeScene)
}

// keepAll writes where every node stands into v, so that later layouts of a
// changed graph leave them there.
func (e *Editor) keepAll(v *graphstore.View) {
	if e.scene.Len() > plan.KeepPlaces {
		return
	}
	e.settle()
	for i, p := range e.scene.Positions() {
		id := e.scene.ID(int32(i))
		if _, folded := scene.GroupKey(id); folded {
			continue
		}
		if _, there := v.Places[id]; !there {
			v.Places[id] = graphstore.Place{X: p.X, Y: p.Y}
		}
	}
}

// homing is the home of a large case with the nodes of a scene where a job has put them: made by the job, for it takes longer
// than the owner goroutine may be busy.
type homing struct {
	turn int // of the home it was made from
	home map[graphstore.ID]geom.Point
}

// homings returns what makes a homing from the home of now, on any goroutine; none of a small case.
func (e *Editor) homings() func(*scene.Scene, []geom.Point) homing {
	if e.open.doc == nil || !e.canEdit() {
		return func(*scene.Scene, []geom.Point) homing { return homing{} }
	}
	turn, home := e.open.homeTurn, e.open.home
	return func(s *scene.Scene, pos []geom.Point) homing {
		if s.Len() <= plan.KeepPlaces {
			return homing{}
		}
		return homing{turn, settledAt(home, s, pos)}
	}
}

// settledAt returns home with the nodes of s, but for folded groups, at pos.
func settledAt(home map[graphstore.ID]geom.Point, s *scene.Scene, pos []geom.Point) map[graphstore.ID]geom.Point {
	next := make(map[graphstore.ID]geom.Point, max(len(home), len(pos)))
	maps.Copy(next, home)
	for i, q := range pos {
		if _, folded := scene.GroupKey(s.ID(int32(i))); !folded {
			next[s.ID(int32(i))] = q
		}
	}
	return next
}

// placeAll records where every node of s is to stand in v, a copy of the current view: in a large case as its home, which h
// is if nothing has changed since.
func (e *Editor) placeAll(v *graphstore.View, s *scene.Scene, pos []geom.Point, h homing) {
	if s.Len() <= plan.KeepPlaces || !e.canEdit() {
		for i, q := range pos {
			id := s.ID(int32(i))
			e.put(v, s, id, q, v.Places[id].Pin)
		}
		return
	}
	o := e.open
	home := h.home
	if home == nil || h.turn != o.homeTurn {
		home = settledAt(o.home, s, pos)
	}
	o.noteHome(e.View())
	o.homes[laying(v)] = home
	o.moveHome(home)
}

// noteHome notes where nodes stand in a view that is about to be laid out otherwise.
func (o *openCase) noteHome(v *graphstore.View) {
	const most = 12
	if o.homes == nil || len(o.homes) > most || len(o.homeOf) > most {
		o.homes, o.homeOf = map[string]map[graphstore.ID]geom.Point{}, map[state]map[graphstore.ID]geom.Point{}
	}
	o.homes[laying(v)], o.homeOf[o.state(v)] = o.home, o.home
}

// state is one state of a view among those that undo leads through; nil is that before it was recorded.
type state struct {
	id graphstore.ID
	at *graphstore.View
}

func (o *openCase) state(v *graphstore.View) state {
	if v == o.local || o.doc != nil && o.doc.Graph().View(v.ID) == v {
		return state{v.ID, v}
	}
	return state{v.ID, nil}
}

// laying tells views apart that are laid out in different ways.
func laying(v *graphstore.View) string {
	shape := float32(-1)
	if v.Shape != nil {
		shape = *v.Shape
	}
	return fmt.Sprintf("%s %q %q %v", v.ID, v.Group, v.Layout, shape)
}

// recallHome goes back to where nodes stood in this state of the view, else when it was last laid out this way, if it is now
// laid out otherwise.
func (o *openCase) recallHome(v *graphstore.View) {
	how := laying(v)
	home := o.homeOf[o.state(v)]
	if home == nil && how != o.laid {
		home = o.homes[how]
	}
	if home != nil {
		o.moveHome(home)
	}
	o.laid = how
}

// moveHome makes another map the home.
func (o *openCase) moveHome(home map[graphstore.ID]geom.Point) {
	o.home = home
	o.homeTurn++
}

// keepView adds the current view with all places to an edit of the case, if it lacks some: from the
// first edit on everything stays where it is.
func (e *Editor) keepView(tx *document.Tx) *graphstore.View {
	v := copyView(e.View())
	e.keepAll(v)
	tx.Put(v)
	return v
}

// keepMoved records where the user dragged nodes to from where they stood in start, and pins them.
func (e *Editor) keepMoved(ids []graphstore.ID, start *scene.Scene) error {
	if e.open != nil && e.open.doc == nil { // the scene has moved already
		e.noteStep(e.Words().Say("edit.move"), e.drawnAs(start))
		e.changed(NoticeView)
		return nil
	}
	return e.changeView(e.Words().Say("edit.move"), func(v *graphstore.View) {
		for _, id := range ids {
			if n, ok := e.scene.Node(id); ok {
				e.put(v, e.scene, id, e.scene.NodePoint(n), true)
			}
		}
	})
}

// Pinned reports whether the user fixed the place of id.
func (e *Editor) Pinned(id graphstore.ID) bool { return e.View().Places[id].Pin }

// Pin fixes entities where they are, or lets them go.
func (e *Editor) Pin(ids []graphstore.ID, pin bool) error {
	title := "edit.pin"
	if !pin {
		title = "edit.unpin"
	}
	return e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		for _, id := range ids {
			if n, ok := e.scene.Node(id); ok {
				e.put(v, e.scene, id, e.scene.NodePoint(n), pin)
			}
		}
	})
}

// SaveView keeps what is shown now under a new title and goes on in it.
func (e *Editor) SaveView(title string) error {
	if !e.canEdit() {
		return graphstore.ErrReadOnly
	}
	v := copyView(e.View())
	v.ID, v.Title, v.Meta = graphstore.NewID(), title, graphstore.Meta{}
	e.keepAll(v)
	if err := e.open.doc.Edit(e.Words().Say("edit.saveview", "title", title), func(tx *document.Tx) error { tx.Put(v); return nil }); err != nil {
		return err
	}
	e.UseView(v.ID)
	return nil
}

// UseView shows a saved view.
func (e *Editor) UseView(id graphstore.ID) {
	if e.open == nil || e.Graph() == nil {
		return
	}
	e.open.view, e.open.local = id, nil
	e.open.steps = drawnSteps{} // of a case that takes no edits: what was changed is gone
	e.rebuildScene()
	e.whenShown(e.Fit)
	e.changed(NoticeView)
}

// RenameView gives a saved view another title.
func (e *Editor) RenameView(id graphstore.ID, title string) error {
	return e.edit("edit.renameview", func(tx *document.Tx) error {
		v := tx.Graph().View(id)
		if v == nil {
			return nil
		}
		c := copyView(v)
		c.Title = title
		tx.Put(c)
		return nil
	})
}

// DeleteView takes a saved view away.
func (e *Editor) DeleteView(id graphstore.ID) error {
	err := e.edit("edit.deleteview", func(tx *document.Tx) error { return tx.Remove(id) })
	if err == nil && e.open.view == id {
		e.UseView(firstView(e.Graph()).ID)
	}
	return err
}

// freePlace returns a place for a new node next to at, clear of others.
func (e *Editor) freePlace(at geom.Point) geom.Point {
	return clear(at, e.scene)
}
