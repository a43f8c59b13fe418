package editor

import (
	"context"
	"math"
	"slices"
	"time"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/scene"
	"caveat/graphstore"
)

// layoutSeed makes equal cases look equal.
const layoutSeed = 1

// placed returns a place for every node of s: where the view puts it, else
// where home has it, else where the view's layout does, with the others held. A graph that
// has no places at all is laid out whole.
func placed(ctx context.Context, s *scene.Scene, v *graphstore.View, g *graphstore.Graph, home map[graphstore.ID]geom.Point) ([]geom.Point, error) {
	n := s.Len()
	pos := make([]geom.Point, n)
	fresh := make([]bool, n)
	missing := 0
	for i := range pos {
		id := s.ID(int32(i))
		if p, ok := v.Places[id]; ok {
			pos[i] = geom.Point{X: p.X, Y: p.Y}
		} else if p, ok := home[id]; ok {
			pos[i] = p
		} else if p, ok := foldedAt(s, id, v, home); ok {
			pos[i] = p
		} else {
			fresh[i] = true
			missing++
		}
	}
	switch {
	case missing == 0:
		return pos, nil
	case missing == n:
		return runLayout(ctx, engineName(v), problem(s, v, g), nil)
	case n > keepPlaces && missing*20 < n: // some that are new
		settleBeside(s, pos, fresh)
		return pos, nil
	case n > keepPlaces: // pins of the user in a large drawing
		p := problem(s, v, g)
		p.Start, p.Fresh = pos, fresh
		return runLayout(ctx, engineName(v), p, nil)
	}
	p := problem(s, v, g)
	p.Start, p.Fresh = pos, fresh
	p.Pinned = make([]bool, n)
	for i := range fresh {
		p.Pinned[i] = !fresh[i]
	}
	return layout.Run(ctx, "force", p, nil)
}

func engineName(v *graphstore.View) string {
	if v.Layout == "" {
		return "force"
	}
	return v.Layout
}

// middleShape is the default of the knob from local clusters (0) to global shape (1).
const middleShape = 0.5

// problem states the scene as a layout problem. g may be nil for an edge list.
func problem(s *scene.Scene, v *graphstore.View, g *graphstore.Graph) *layout.Problem {
	p := &layout.Problem{N: s.Len(), Edges: s.Edges(), Size: roomy(s.Sizes()), Seed: layoutSeed, Shape: middleShape}
	if v.Shape != nil {
		p.Shape = *v.Shape
	}
	for id, place := range v.Places {
		if node, ok := s.Node(id); ok && place.Pin {
			if p.Pinned == nil {
				p.Pinned = make([]bool, p.N)
			}
			p.Pinned[node] = true
		}
	}
	p.Group = standing(s)
	if g == nil {
		return p
	}
	switch v.Layout {
	case "lanes", lanesCountry:
		p.Group = laningOf(s, v, g, "").of
	case "timeline":
		p.Group = laningOf(s, v, g, "").of
		p.Date = firstDates(s, g)
	}
	return p
}

// labelRoom is kept free around every node of a small drawing, in drawing units, for its label.
const labelRoom = 26

// roomy returns sizes with room for labels, where the drawing is small enough to show them all.
func roomy(sizes []float32) []float32 {
	if len(sizes) > fitLabels {
		return sizes
	}
	out := make([]float32, len(sizes))
	for i, r := range sizes {
		out[i] = r + labelRoom
	}
	return out
}

// firstDates returns, for each node, the day of the earliest dated claim by or about it, in days since 1970.
func firstDates(s *scene.Scene, g *graphstore.Graph) []float64 {
	out := make([]float64, s.Len())
	for i := range out {
		out[i] = math.NaN()
		id := s.ID(int32(i))
		for _, as := range []graphstore.Role{graphstore.AsSpeaker, graphstore.AsSubject, graphstore.AsObject} {
			for c := range g.Uses(id, as) {
				if day, _, ok := c.SaidAt.Span(); ok {
					if d := float64(day.Unix()) / 86400; !(out[i] <= d) {
						out[i] = d
					}
				}
			}
		}
	}
	return out
}

// Shape returns the knob of the current view, 0 local clusters … 1 global shape.
func (e *Editor) Shape() float32 {
	if s := e.View().Shape; s != nil {
		return *s
	}
	return middleShape
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
	focus := e.selectedNodes()
	state := func() *layout.Problem {
		p := problem(s, v, g)
		p.Focus = focus
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

// layOut runs a layout: a large drawing step by step before the user's eyes, all else at once
// through done.
func (e *Editor) layOut(engine string, state func() *layout.Problem, s *scene.Scene, done func([]geom.Point, homing) error) {
	if e.open.doc == nil && s.Len() >= stepsFrom {
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
		pos, err := runLayout(ctx, engine, state(), progress)
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
		e.moveNodes(pos)
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
	e.moveNodes(pos)
	e.flyTo(e.fitAll(e.scene.WithPositions(pos)))
	e.fitted = true
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
