package editor

import (
	"context"

	"caveat/app/scene"
	"caveat/graphstore"
)

// How many edges are led along others: all of up to bundleAll, of more the bundleMost longest, or it would take longer than
// a few seconds.
const (
	bundleAll  = 300_000
	bundleMost = 100_000
)

// bundleState is what of the open case is bundled.
type bundleState struct {
	done   *scene.Scene // the last one that got bundles made for it
	making *scene.Scene // the one they are being made for
	told   bool         // what the bundles of the view are like
}

// Bundled reports whether the current view draws edges in bundles.
func (e *Editor) Bundled() bool { return e.View().Bundle }

// Bundle draws the edges of the current view in bundles along each other, or each straight again, as one step that can
// be undone. The bundles are made by a job, anew whenever what they depend on has changed.
func (e *Editor) Bundle(on bool) error {
	if e.open == nil || on == e.Bundled() {
		return nil
	}
	title := "edit.bundle"
	if !on {
		title = "edit.unbundle"
	}
	e.open.bundle.told = !on
	return e.changeView(e.Words().Say(title), func(v *graphstore.View) { v.Bundle = on })
}

// followBundles keeps the bundles in step with the scene on show. It is called once a turn. While
// something moves, what has moved runs straight.
func (e *Editor) followBundles() {
	if e.open == nil {
		return
	}
	b, s := &e.open.bundle, e.scene
	switch {
	case !e.Bundled():
		b.drop(e)
		return
	case s == b.done || e.stale() || e.gesture.mode == modeDrag || e.motion.nodes != nil || e.runs("layout"):
		return
	case b.making != nil && s.SameWays(b.making):
		return // in work, or given up by the user
	case b.done != nil && s.BundledLike(b.done):
		b.done = s
		return
	}
	b.making = s
	most := 0
	if s.EdgeCount() > bundleAll {
		most = bundleMost
	}
	e.start("bundle", e.Words().Say("job.bundle"), func(ctx context.Context, progress func(float64)) (func(), error) {
		made, err := s.MakeBundles(ctx, most, progress)
		if err != nil {
			return nil, err
		}
		next := s.WithBundles(made)
		next.MakeIndex()
		return func() { e.showBundles(s, next) }, nil
	})
}

// showBundles shows a scene with the bundles made for it, or gives them to the one on show if they suit that.
func (e *Editor) showBundles(of, next *scene.Scene) {
	b, made := &e.open.bundle, next.Bundles()
	b.making = nil
	if !e.Bundled() || !e.scene.SameWays(of) {
		e.changed(NoticeScene) // made anew at the end of this turn
		return
	}
	if e.scene != of {
		next = e.scene.WithBundles(made)
	}
	e.scene, b.done = next, next
	e.changed(NoticeScene)
	if b.told {
		return
	}
	b.told = true
	w := e.Words()
	switch {
	case made.Led == 0:
		e.Tell(w.Say("told.bundled.none"))
	case made.Over > 0:
		e.Tell(w.Say("told.bundled.longest", "led", w.Number(made.Led), "over", w.Number(made.Over)))
	case made.Spent > 0:
		e.Tell(w.Say("told.bundled.spent", "led", w.Number(made.Led), "spent", w.Number(made.Spent)))
	default:
		e.Tell(w.Count("told.bundled", made.Led))
	}
}

// drop lets all edges run straight.
func (b *bundleState) drop(e *Editor) {
	if b.making != nil {
		b.making = nil
		e.cancel("bundle")
	}
	b.done = nil
	if e.scene.Bundles() != nil {
		e.scene = e.scene.WithBundles(nil)
		e.changed(NoticeScene)
	}
}

// runs reports whether a job of that kind runs.
func (e *Editor) runs(kind string) bool {
	for _, j := range e.jobs.list {
		if j.Kind == kind {
			return true
		}
	}
	return false
}
