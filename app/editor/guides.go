package editor

import (
	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// guiding is what the places on show mean, kept until scene, view or language are others.
type guiding struct {
	of   *scene.Scene
	view *graphstore.View
	lang string
	now  *scene.Guides
}

// guides returns lanes and axis of the layout on show; nil while things move, and for layouts without.
// Those of a large drawing are made by a job and come later.
func (e *Editor) guides() *scene.Guides {
	v, g := e.View(), e.Graph()
	if g == nil || e.motion.nodes != nil || !plan.Guided(v) {
		return nil
	}
	if e.gesture.mode == modeDrag || e.stale() {
		return e.open.guiding.now
	}
	s, table := e.scene, e.Words()
	k := &e.open.guiding
	if k.of == s && k.view == v && k.lang == table.Lang() {
		return k.now
	}
	k.of, k.view, k.lang = s, v, table.Lang()
	read := e.guidesOf(s, v, g)
	if e.small() {
		k.now = read()
		return k.now
	}
	e.running.Add(1)
	go func() {
		defer e.running.Done()
		made := read()
		e.opts.Post(func() {
			if e.open != nil && e.open.guiding.of == s && e.open.guiding.view == v {
				e.open.guiding.now = made
				e.changed(NoticeScene)
			}
		})
	}()
	return k.now
}

// guidesOf returns what reads lanes and axis, on any goroutine, off the places that nobody changed by hand; where these
// follow no rule any more there is nothing to say.
func (e *Editor) guidesOf(s *scene.Scene, v *graphstore.View, g *graphstore.Graph) func() *scene.Guides {
	table, faces := e.Words(), e.opts.Faces
	canvas := geom.Point{X: e.width - 2*fitMargin, Y: e.height - 2*fitMargin}
	return func() *scene.Guides { return plan.Guides(s, v, g, table, faces, canvas) }
}

// fitAll returns the camera that shows all of s, with what its guides need.
func (e *Editor) fitAll(s *scene.Scene) scene.Camera {
	b := s.Bounds()
	if e.open == nil || e.Graph() == nil || !plan.Guided(e.View()) || !e.small() {
		return e.fitScene(s, b, nil)
	}
	g := e.guidesOf(s, e.View(), e.Graph())()
	return e.fitScene(s, g.Room(b), g)
}

// small reports whether the case is small enough for what takes a pass over it to be done at once.
func (e *Editor) small() bool {
	n := e.Graph().Count()
	return n.Entities+n.Claims < jobFrom
}
