package editor

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// Layouts returns the names of all layouts in the order of a choice.
func Layouts() []string { return plan.Layouts() }

// Layouts returns those that say something of the drawing on show: an edge list has no kinds and no dates.
func (e *Editor) Layouts() []string {
	list := Layouts()
	if e.Graph() == nil {
		list = slices.DeleteFunc(list, func(l string) bool { return strings.HasPrefix(l, "lanes") || l == "timeline" })
	}
	return list
}

// Shape returns the knob of the current view, 0 local clusters … 1 global shape.
func (e *Editor) Shape() float32 {
	if s := e.View().Shape; s != nil {
		return *s
	}
	return plan.MiddleShape
}

// Arrange lays the drawing out anew with a layout of Layouts, as a job with progress.
// Pinned nodes stay. The view remembers engine and shape, and one undo restores every place exactly.
func (e *Editor) Arrange(engine string, shape float32) {
	if e.open == nil || e.scene.Len() == 0 {
		return
	}
	if e.open.doc == nil {
		e.noteStep(e.layoutTitle(engine), e.drawnNow())
	}
	e.arrangeNow(engine, shape)
}

// layoutTitle is what the step to a layout is called.
func (e *Editor) layoutTitle(engine string) string {
	return e.Words().Say("edit.layout", "name", e.Words().Say("layout."+engine))
}

// arrangeNow is Arrange, in a drawing as part of the last step.
func (e *Editor) arrangeNow(engine string, shape float32) {
	e.settle()
	v := copyView(e.View())
	v.Layout, v.Shape = engine, &shape
	s, g := e.scene, e.Graph()
	picked := e.selection.set
	state := func() *layout.Problem {
		p := plan.Problem(s, v, g)
		p.Focus = nodesOf(s, picked)
		if p.Pinned != nil {
			p.Start = slices.Clone(s.Positions())
			p.Fresh = make([]bool, p.N)
			for i, pinned := range p.Pinned {
				p.Fresh[i] = !pinned
			}
		}
		return p
	}
	done := func(pos []geom.Point, h homing) error { return e.keepLayout(engine, shape, s, pos, h) }
	if e.open.doc == nil {
		e.open.local = v
		e.layOut(engine, state, s, done)
		return
	}
	e.arrange(engine, state, s, done)
}

// layOut runs a layout: a drawing with its index, a large one step by step before the user's eyes, all else at once
// through done.
func (e *Editor) layOut(engine string, state func() *layout.Problem, s *scene.Scene, done func([]geom.Point, homing) error) {
	if e.open.doc == nil && s.Len() >= aheadFrom {
		e.arrangeDrawing(engine, state, s)
		return
	}
	e.arrange(engine, state, s, done)
}

// arrange runs a layout of what state returns, on another goroutine; done is called with the places on the owner's.
func (e *Editor) arrange(engine string, state func() *layout.Problem, s *scene.Scene, done func([]geom.Point, homing) error) {
	settle := e.homings()
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, progress func(float64)) (func(), error) {
		began := time.Now()
		pos, err := plan.Run(ctx, engine, state(), progress)
		if err != nil {
			return nil, err
		}
		took, home := time.Since(began), settle(s, pos)
		return func() {
			if e.open == nil || s.Len() != e.scene.Len() {
				return
			}
			e.open.layoutTime = took
			e.Fail(done(pos, home))
		}, nil
	})
}

// keepLayout shows new places and records them in the view.
func (e *Editor) keepLayout(engine string, shape float32, s *scene.Scene, pos []geom.Point, h homing) error {
	from := e.scene.Positions()
	e.fitted = true
	if e.open.doc == nil {
		e.bring(pos, nil)
		return nil
	}
	err := e.changeView(e.layoutTitle(engine), func(v *graphstore.View) {
		v.Layout, v.Shape = engine, &shape
		e.placeAll(v, s, pos, h)
	})
	if err != nil {
		return err
	}
	if len(from) == e.scene.Len() { // show the way from where they were
		e.scene = e.scene.WithPositions(from)
	}
	e.labels = new(scene.LabelMemory) // names stood beside other neighbours
	e.bring(pos, nil)
	return nil
}

// clear returns the point nearest to at, on a spiral, where a new node overlaps none.
func clear(at geom.Point, s *scene.Scene) geom.Point {
	const step, room = 12, 70
	for i := range 400 {
		r, a := step*math.Sqrt(float64(i)), 2.4*float64(i) // a sunflower: even spacing
		p := geom.Point{X: at.X + float32(r*math.Cos(a)), Y: at.Y + float32(r*math.Sin(a))}
		if len(s.Within(geom.Rect{Min: geom.Point{X: p.X - room, Y: p.Y - room}, Max: geom.Point{X: p.X + room, Y: p.Y + room}})) == 0 {
			return p
		}
	}
	return at
}
