package editor

import (
	"context"
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// selectedNodes returns the nodes of the scene that are selected, in the order of the scene.
func (e *Editor) selectedNodes() []int32 { return nodesOf(e.scene, e.selection.set) }

// nodesOf returns the nodes of s that draw what is in a set, in the order of the scene; on any goroutine.
func nodesOf(s *scene.Scene, x *scene.Set) []int32 {
	out := slices.Clone(s.NodesOf(x))
	slices.Sort(out)
	return out
}

// severalNodes reports whether two nodes at least are selected.
func (e *Editor) severalNodes() bool {
	n := 0
	for i := range e.selection.set.Len() {
		if _, ok := e.scene.Node(e.selection.set.At(i)); ok {
			if n++; n > 1 {
				return true
			}
		}
	}
	return false
}

// Tidy lays out what is selected anew, where it is; nothing else moves, nor what is pinned.
func (e *Editor) Tidy() {
	name := plan.Engine(e.View())
	if plan.Guided(e.View()) { // a lane or a date says nothing about few
		name = "force"
	}
	e.TidyBy(name, e.Shape())
}

// TidyBy is Tidy with a layout of Layouts. The view's own layout stays the one it is.
func (e *Editor) TidyBy(name string, shape float32) {
	if e.open == nil || !e.severalNodes() {
		return
	}
	e.settle()
	s, picked := e.scene, e.selection.set
	v := copyView(e.View())
	v.Layout, v.Shape = name, &shape
	g := e.Graph()
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, progress func(float64)) (func(), error) {
		nodes := nodesOf(s, picked)
		part := excerpt(plan.Problem(s, v, g), nodes)
		part.Start = nil
		at := make([]geom.Point, len(nodes))
		for i, n := range nodes {
			at[i] = s.NodePoint(n)
		}
		pinned := slices.Contains(part.Pinned, true)
		if pinned {
			part.Start, part.Fresh = at, make([]bool, len(nodes))
			for i, p := range part.Pinned {
				part.Fresh[i] = !p
			}
		}
		found, err := plan.Run(ctx, name, part, progress)
		if err != nil {
			return nil, err
		}
		if !pinned {
			found = fitted(found, at, name == "force" || name == "circular" || name == "radial")
		}
		pos := slices.Clone(s.Positions())
		held := make([]bool, len(pos))
		for i := range held {
			held[i] = true
		}
		for i, n := range nodes {
			pos[n] = found[i]
			held[n] = pinned && part.Pinned[i]
		}
		layout.RemoveOverlaps(pos, s.Sizes(), held)
		return func() { e.keepPart("edit.tidy", s, nodes, pos) }, ctx.Err()
	})
}

// RemoveOverlaps moves what overlaps apart: of the selection, if several things are selected, else of all. Pinned nodes stay.
func (e *Editor) RemoveOverlaps() {
	if e.open == nil {
		return
	}
	e.settle()
	s, v, picked := e.scene, e.View(), e.selection.set
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, _ func(float64)) (func(), error) {
		nodes := nodesOf(s, picked)
		if len(nodes) < 2 {
			nodes = make([]int32, s.Len())
			for i := range nodes {
				nodes[i] = int32(i)
			}
		}
		pos := slices.Clone(s.Positions())
		held := make([]bool, len(pos))
		for i := range held {
			held[i] = true
		}
		for _, n := range nodes {
			held[n] = v.Places[s.ID(n)].Pin
		}
		layout.RemoveOverlaps(pos, plan.Roomy(s.Sizes()), held)
		return func() { e.keepPart("edit.overlaps", s, nodes, pos) }, ctx.Err()
	})
}

// keepPart shows new places of some nodes of s and records them as one step.
func (e *Editor) keepPart(title string, s *scene.Scene, nodes []int32, pos []geom.Point) {
	if e.open == nil || s.Len() != e.scene.Len() || e.gesture.mode == modeDrag {
		return
	}
	e.settle()
	e.fitted = false // the camera stays, so that what stays is seen to stay
	from := e.scene.Positions()
	if e.open.doc == nil {
		e.noteStep(e.Words().Say(title), e.drawnNow())
	} else {
		err := e.changeView(e.Words().Say(title), func(v *graphstore.View) {
			for _, n := range nodes {
				if pos[n] != from[n] {
					id := s.ID(n)
					e.put(v, s, id, pos[n], v.Places[id].Pin)
				}
			}
		})
		if err != nil {
			e.Fail(err)
			return
		}
		if len(from) == e.scene.Len() {
			e.scene = e.scene.WithPositions(from)
		}
	}
	e.moveNodes(pos)
}

// excerpt is the part of a problem between some of its nodes, in their order.
func excerpt(p *layout.Problem, nodes []int32) *layout.Problem {
	at := make(map[int32]int32, len(nodes))
	for i, n := range nodes {
		at[n] = int32(i)
	}
	q := &layout.Problem{N: len(nodes), Seed: p.Seed, Shape: p.Shape}
	for i, e := range p.Edges {
		a, ok := at[e[0]]
		b, there := at[e[1]]
		if ok && there {
			q.Edges = append(q.Edges, [2]int32{a, b})
			if p.Weights != nil {
				q.Weights = append(q.Weights, p.Weights[i])
			}
		}
	}
	q.Size, q.Pinned, q.Start = picked(p.Size, nodes), picked(p.Pinned, nodes), picked(p.Start, nodes)
	q.Group, q.Date, q.Fresh = picked(p.Group, nodes), picked(p.Date, nodes), picked(p.Fresh, nodes)
	for _, f := range p.Focus {
		if i, ok := at[f]; ok {
			q.Focus = append(q.Focus, i)
		}
	}
	return q
}

// picked returns the elements of those numbers; nil of nil.
func picked[T any](list []T, nodes []int32) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(nodes))
	for i, n := range nodes {
		out[i] = list[n]
	}
	return out
}

// fitted moves new places to where the old ones were: the same middle and, where a layout has no up and
// down, turned and mirrored so that nodes move least (Procrustes analysis, Schönemann 1966, without scaling).
func fitted(pos, old []geom.Point, turn bool) []geom.Point {
	middle := func(pts []geom.Point) (x, y float64) {
		for _, p := range pts {
			x, y = x+float64(p.X), y+float64(p.Y)
		}
		return x / float64(len(pts)), y / float64(len(pts))
	}
	ax, ay := middle(pos)
	bx, by := middle(old)
	sin, cos, mirror := 0.0, 1.0, 1.0
	if turn {
		best := -1.0
		for _, m := range []float64{1, -1} {
			var c, s float64
			for i := range pos {
				px, py := (float64(pos[i].X)-ax)*m, float64(pos[i].Y)-ay
				qx, qy := float64(old[i].X)-bx, float64(old[i].Y)-by
				c += px*qx + py*qy
				s += px*qy - py*qx
			}
			if l := math.Hypot(c, s); l > best*(1+1e-9) && l > 0 {
				best, sin, cos, mirror = l, s/l, c/l, m
			}
		}
	}
	out := make([]geom.Point, len(pos))
	for i, p := range pos {
		x, y := (float64(p.X)-ax)*mirror, float64(p.Y)-ay
		out[i] = geom.Point{X: float32(bx + x*cos - y*sin), Y: float32(by + x*sin + y*cos)}
	}
	return out
}
