package editor

import (
	"context"
	"slices"

	"caveat/app/scene"
	"caveat/graphstore"
)

// drawnPart says which part of a drawing is on show, for as long as it is open.
type drawnPart struct {
	whole *scene.Scene // all of it, with nodes where they stood when the part was made; nil: all is on show
	of    []int32      // by node of the scene on show: its number in whole
	out   []bool       // nodes of whole that were hidden by themselves; nil: none
}

// standing returns the whole drawing of which s is on show, each node where it stands now.
func (p drawnPart) standing(s *scene.Scene) *scene.Scene {
	if p.whole == nil {
		return s
	}
	pos := slices.Clone(p.whole.Positions())
	for i, n := range p.of {
		pos[n] = s.NodePoint(int32(i))
	}
	return p.whole.WithPositions(pos)
}

// drawing returns the scene of all of the drawing, whatever of it is on show; places may be those of before.
func (e *Editor) drawing() *scene.Scene {
	if e.open.part.whole != nil {
		return e.open.part.whole
	}
	return e.scene
}

// DrawingKinds returns the kinds of the nodes of a drawing, also of hidden ones, the most frequent first; nil if it
// has none, or a case is open. A view hides those of no kind by the empty one.
func (e *Editor) DrawingKinds() []scene.KindCount {
	if e.open == nil || e.open.doc != nil {
		return nil
	}
	return e.drawing().KindCounts()
}

// hideNodes takes nodes out of the drawing on show.
func (e *Editor) hideNodes(gone func(node int32) bool) {
	whole, p := e.drawing(), &e.open.part
	out := slices.Clone(p.out)
	if out == nil {
		out = make([]bool, whole.Len())
	}
	for n := range int32(e.scene.Len()) {
		if gone(n) {
			if p.whole != nil {
				out[p.of[n]] = true
			} else {
				out[n] = true
			}
		}
	}
	p.out = out
	e.makePart()
}

// selectedIn returns what tells whether a node of the scene on show is among ids.
func (e *Editor) selectedIn(ids []graphstore.ID) func(node int32) bool {
	in := make(map[int32]bool, len(ids))
	for _, id := range ids {
		if n, ok := e.scene.Node(id); ok {
			in[n] = true
		}
	}
	return func(n int32) bool { return in[n] }
}

// showWhole brings all of a drawing back.
func (e *Editor) showWhole() {
	e.open.part.out = nil
	v := copyView(e.View())
	v.Hide = graphstore.Filter{}
	e.open.local = v
	e.makePart()
}

// makePart shows what neither its kind nor the user hides, at once or, of a large drawing, when a job has made it. A layout
// that runs begins again with that.
func (e *Editor) makePart() {
	e.settle()
	e.CancelGesture()
	again := e.runs("layout")
	e.CancelJob("layout")
	s, p, v := e.scene, e.open.part, e.View()
	work := func() (*scene.Scene, drawnPart) {
		next, made := partOf(p.standing(s), p.out, v.Hide.Kinds)
		next = next.GroupedByKind(v.Group == ByKind)
		next.IndexIDs()
		return next, made
	}
	show := func(next *scene.Scene, made drawnPart) {
		if e.scene != s { // moved meanwhile
			e.makePart()
			return
		}
		made.out = e.open.part.out
		e.open.part = made
		e.scene = next
		e.open.found = found{}
		e.dropHidden()
		e.hoverAgain()
		e.changed(NoticeScene | NoticeView)
		if again {
			e.Arrange(engineName(e.View()), e.Shape())
		}
	}
	if whole := e.drawing(); whole.Len()+whole.EdgeCount() < jobFrom {
		show(work())
		return
	}
	e.changed(NoticeView)
	e.start("scene", e.Words().Say("job.scene"), func(ctx context.Context, _ func(float64)) (func(), error) {
		next, made := work()
		return func() { show(next, made) }, ctx.Err()
	})
}

// partOf returns what of a whole drawing is neither out nor of a hidden kind.
func partOf(whole *scene.Scene, out []bool, kinds []graphstore.Kind) (*scene.Scene, drawnPart) {
	if !slices.Contains(out, true) && len(kinds) == 0 {
		return whole, drawnPart{}
	}
	next, of := whole.Part(func(n int32) bool { return (out == nil || !out[n]) && !slices.Contains(kinds, whole.Kind(n)) })
	return next, drawnPart{whole: whole, of: of}
}

// dropHidden takes out of the selection what of a drawing is not on show.
func (e *Editor) dropHidden() {
	gone := func(id graphstore.ID) bool { _, shown := e.scene.Node(id); return !shown }
	if !slices.ContainsFunc(e.selection.ids, gone) {
		return
	}
	ids := slices.DeleteFunc(slices.Clone(e.selection.ids), gone)
	e.selection.set(ids, "")
	if len(ids) == 1 {
		e.selection.inspected = ids[0]
	}
	e.changed(NoticeSelection | NoticeScene)
}
