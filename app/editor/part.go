package editor

import (
	"context"
	"slices"
	"sync"

	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// drawnPart says which part of a drawing is on show, for as long as it is open.
type drawnPart struct {
	whole *scene.Scene      // all of it, where it stood when the part was made; nil: all is on show
	of    []int32           // by node of the scene on show: its number in whole, of a folded group the complement of the group's
	at    []geom.Point      // where the nodes of the scene on show stood when it was made
	shown drawn             // what it was made of, but for the places
	sets  *plan.Communities // of whole, once they are found

	communal bool         // the kinds of the nodes are the communities, as the list has no others
	toned    *scene.Scene // the whole with its communities as kinds, to be taken over; nil: none

	out   *hidden      // nodes of whole that are to be hidden by themselves; nil: none
	due   []geom.Point // where the nodes of whole are to stand once the part that is being made is on show; nil: where they do
	again bool         // a layout ran when the making began
}

// hidden says which nodes of a drawing are hidden by themselves. The list is made by who asks first, on any goroutine.
type hidden struct {
	once sync.Once
	make func() []bool
	list []bool // by node of the whole
}

func (h *hidden) nodes() []bool {
	if h == nil {
		return nil
	}
	h.once.Do(func() { h.list, h.make = h.make(), nil })
	return h.list
}

// standing returns where all nodes of the drawing stand of which s is on show; members of a folded group go where it went.
func (p *drawnPart) standing(s *scene.Scene) []geom.Point {
	now := s.Positions()
	switch {
	case p.whole == nil:
		return now
	case len(now) == 0 || &now[0] == &p.at[0]:
		return p.whole.Positions()
	}
	pos := slices.Clone(p.whole.Positions())
	moved := map[int32]geom.Point{} // folded groups
	for i, n := range p.of {
		if n >= 0 {
			pos[n] = now[i]
		} else if by := now[i].Sub(p.at[i]); by != (geom.Point{}) {
			moved[^n] = by
		}
	}
	if len(moved) > 0 {
		for n := range pos {
			pos[n] = pos[n].Add(moved[p.whole.GroupOf(int32(n))])
		}
	}
	return pos
}

// drawing returns the scene of all of the drawing, whatever of it is on show; places may be those of before.
func (e *Editor) drawing() *scene.Scene {
	switch n := e.motion.nodes; {
	case e.open.part.whole != nil:
		return e.open.part.whole
	case n != nil && n.then != nil:
		return n.then
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

// hiding returns what is hidden of the drawing on show when the nodes of these ids are too or, with only set, all others are.
func (e *Editor) hiding(ids []graphstore.ID, only bool) *hidden {
	s, whole, p := e.scene, e.drawing(), e.open.part
	return &hidden{make: func() []bool {
		out := make([]bool, whole.Len())
		copy(out, p.out.nodes())
		in := make([]bool, s.Len())
		for _, id := range ids {
			if n, ok := s.Node(id); ok {
				in[n] = true
			}
		}
		groups := map[int32]bool{} // folded ones that go
		for n := range in {
			switch {
			case in[n] == only:
			case p.whole == nil:
				out[n] = true
			case p.of[n] < 0:
				groups[^p.of[n]] = true
			default:
				out[p.of[n]] = true
			}
		}
		for n := range out {
			out[n] = out[n] || len(groups) > 0 && groups[whole.GroupOf(int32(n))]
		}
		return out
	}}
}

// showing returns what is hidden of the drawing when these nodes no longer are.
func (e *Editor) showing(ids []graphstore.ID) *hidden {
	whole, before := e.drawing(), e.open.part.out
	if before == nil {
		return nil
	}
	return &hidden{make: func() []bool {
		out := slices.Clone(before.nodes())
		for _, id := range ids {
			if n, ok := whole.Node(id); ok {
				out[n] = false
			}
		}
		return out
	}}
}

// madePart is a part of a drawing and what of the selection it shows.
type madePart struct {
	scene     *scene.Scene
	part      drawnPart
	selection selection
}

// makePart shows of a drawing what the view and the user leave, at once or, of a large drawing, when a job has made it. A layout
// that runs begins again with that.
func (e *Editor) makePart() {
	e.settle()
	e.CancelGesture()
	e.open.part.again = e.open.part.again || e.runs("layout")
	e.cancel("layout")
	s, p, v, picked, say := e.scene, e.open.part, e.View(), e.selection, e.Words().Say
	work := func(ctx context.Context) (m madePart, err error) {
		if m.scene, m.part, err = p.made(ctx, s, v, say); err != nil {
			return m, err
		}
		m.scene.IndexIDs()
		m.selection = picked.within(m.scene)
		return m, nil
	}
	show := func(m madePart) {
		if e.scene != s && p.due == nil { // moved meanwhile
			e.makePart()
			return
		}
		e.showPart(m, picked)
	}
	if whole := e.drawing(); whole.Len()+whole.EdgeCount() < jobFrom {
		m, err := work(context.Background())
		if err != nil {
			e.Fail(err)
			return
		}
		show(m)
		return
	}
	e.open.sceneDue = true
	e.changed(NoticeView)
	e.start("scene", e.Words().Say("job.scene"), func(ctx context.Context, _ func(float64)) (func(), error) {
		m, err := work(ctx)
		if err == nil {
			err = ctx.Err()
		}
		return func() { show(m) }, err
	})
}

// showPart takes over a part of the drawing; picked is the selection of which it has what is on show.
func (e *Editor) showPart(m madePart, picked selection) {
	e.CancelGesture()
	old, was, again := e.scene, e.open.part.shown, e.open.part.again
	e.open.part = m.part
	e.scene = m.scene
	if !sameFolds(was.view, m.part.shown.view) {
		e.labels = new(scene.LabelMemory)
		e.travel(old)
	}
	e.open.sceneDue = false
	if e.selection.set != picked.set {
		m.selection = e.selection.within(m.scene)
	}
	if sel := &e.selection; m.selection.set.Len() != sel.set.Len() {
		sel.set, sel.inspected = m.selection.set, m.selection.inspected
		e.changed(NoticeSelection)
	}
	e.hoverAgain()
	e.changed(NoticeScene | NoticeView)
	e.runLater()
	if again && !e.runs("layout") {
		e.arrangeNow(plan.Engine(e.View()), e.Shape())
	}
}

// made returns the part of the drawing of which s is on show that is to be; say has the words that groups are named with.
func (p *drawnPart) made(ctx context.Context, s *scene.Scene, v *graphstore.View, say func(string, ...string) string) (*scene.Scene, drawnPart, error) {
	whole, pos, was := p.whole, p.due, p.shown.view
	if whole == nil {
		whole = s
	}
	if pos == nil {
		pos = p.standing(s)
	}
	next := drawnPart{out: p.out, shown: drawn{view: v, out: p.out}, sets: p.sets, communal: p.communal || p.toned != nil}
	if p.toned != nil {
		whole, was = p.toned, nil
	}
	whole = whole.WithPositions(pos)
	if was != nil && p.shown.out == p.out && samePart(was, v) { // elsewhere only
		if next.of = p.of; p.whole == nil {
			return s.WithPositions(pos), next, nil
		}
		next.whole, next.at = whole, s.Among(pos, p.of)
		return s.WithPositions(next.at), next, nil
	}
	if was == nil || was.Group != v.Group {
		var err error
		if whole, err = next.grouped(ctx, whole, v.Group, say); err != nil {
			return nil, next, err
		}
	}
	out, kinds := p.out.nodes(), v.Hide.Kinds
	if !slices.Contains(out, true) && len(kinds) == 0 && (len(v.Folded) == 0 || whole.Grouping() == nil) {
		return whole, next, nil
	}
	part, of := whole.Part(func(n int32) bool { return (out == nil || !out[n]) && !slices.Contains(kinds, whole.Kind(n)) }, v.Folded)
	next.whole, next.of, next.at = whole, of, part.Positions()
	return part, next, nil
}

// grouped returns all of the drawing in the groups that a view names.
func (p *drawnPart) grouped(ctx context.Context, whole *scene.Scene, by string, say func(string, ...string) string) (*scene.Scene, error) {
	switch by {
	case plan.ByKind:
		return whole.GroupedByKind(), nil
	case plan.ByCommunity:
		if p.sets == nil {
			var err error
			if p.sets, err = plan.CommunitiesOf(ctx, whole); err != nil {
				return nil, err
			}
		}
		return p.sets.Group(whole, say), nil
	}
	return whole.Grouped(nil, nil), nil
}

// samePart reports whether two views show the same of a drawing, wherever it stands.
func samePart(a, b *graphstore.View) bool {
	return slices.Equal(a.Hide.Kinds, b.Hide.Kinds) && sameFolds(a, b)
}

// sameFolds reports whether two views of a drawing have the same groups, folded alike; nil has none.
func sameFolds(a, b *graphstore.View) bool {
	none := new(graphstore.View)
	if a == nil {
		a = none
	}
	if b == nil {
		b = none
	}
	return a.Group == b.Group && slices.Equal(a.Folded, b.Folded)
}

// within returns what of a selection s shows; on any goroutine.
func (x *selection) within(s *scene.Scene) selection {
	nodes := s.NodesOf(x.set)
	if len(nodes) == x.set.Len() {
		return *x
	}
	left := selection{set: s.SetOf(nodes)}
	if len(nodes) == 1 {
		left.inspected = left.set.At(0)
	}
	return left
}
