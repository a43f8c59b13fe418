package plan

import (
	"context"
	"math"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/scene"
	"caveat/graphstore"
)

// KeepPlaces is up to how many entities a view keeps the place of every one; above, only of those the
// user places, and the seeded layout gives the others theirs.
const KeepPlaces = 2000

// layoutSeed makes equal cases look equal.
const layoutSeed = 1

// Places returns a place for every node of s: where the view puts it, else
// where home has it, else where the view's layout does, with the others held. A graph that
// has no places at all is laid out whole.
func Places(ctx context.Context, s *scene.Scene, v *graphstore.View, g *graphstore.Graph, home map[graphstore.ID]geom.Point) ([]geom.Point, error) {
	pos, _, err := PlacesBy(ctx, s, v, func() *layout.Problem { return Problem(s, v, g) }, home, nil)
	return pos, err
}

// PlacesBy is Places with the layout problem that state returns, which is asked for if it is needed, and says how many nodes
// had no place. progress may be nil.
func PlacesBy(ctx context.Context, s *scene.Scene, v *graphstore.View, state func() *layout.Problem, home map[graphstore.ID]geom.Point, progress func(float64)) (pos []geom.Point, missing int, err error) {
	n := s.Len()
	pos = make([]geom.Point, n)
	fresh := make([]bool, n)
	for i := range pos {
		id := s.ID(int32(i))
		if p, ok := PlaceOf(id, v, home); ok {
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
		return pos, 0, nil
	case missing < n && n > KeepPlaces && missing*20 < n: // some that are new
		for i := range pos {
			if fresh[i] {
				pos[i] = s.NodePoint(int32(i))
			}
		}
		s.SettleBeside(pos, fresh, 60)
		return pos, missing, nil
	}
	p := state()
	switch {
	case missing == n:
		pos, err = Run(ctx, Engine(v), p, progress)
		return pos, missing, err
	case n > KeepPlaces: // those that the user placed in a large drawing
		p.Start, p.Fresh = pos, fresh
		pos, err = Run(ctx, Engine(v), p, progress)
		return pos, missing, err
	}
	p.Start, p.Fresh = pos, fresh
	p.Pinned = make([]bool, n)
	for i := range fresh {
		p.Pinned[i] = !fresh[i]
	}
	pos, err = layout.Run(ctx, "force", p, progress)
	return pos, missing, err
}

// Engine returns the layout that a view names, force if it names none.
func Engine(v *graphstore.View) string {
	if v.Layout == "" {
		return "force"
	}
	return v.Layout
}

// MiddleShape is the default of the knob from local clusters (0) to global shape (1).
const MiddleShape = 0.5

// Problem states the scene as a layout problem. g may be nil for an edge list.
func Problem(s *scene.Scene, v *graphstore.View, g *graphstore.Graph) *layout.Problem {
	p := &layout.Problem{N: s.Len(), Edges: s.Edges(), Size: Roomy(s.Sizes()), Seed: layoutSeed, Shape: MiddleShape}
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
	p.Group = Standing(s)
	if g == nil {
		return p
	}
	switch v.Layout {
	case "lanes", LanesCountry:
		p.Group = LaningOf(s, v, g, "").Of
	case "timeline":
		p.Group = LaningOf(s, v, g, "").Of
		p.Date = FirstDates(s, g)
	}
	return p
}

// FitLabels is up to how many nodes the names of a drawing all have room.
const FitLabels = 600

// labelRoom is kept free around every node of a small drawing, in drawing units, for its label.
const labelRoom = 26

// Roomy returns sizes with room for labels, where the drawing is small enough to show them all.
func Roomy(sizes []float32) []float32 {
	if len(sizes) > FitLabels {
		return sizes
	}
	out := make([]float32, len(sizes))
	for i, r := range sizes {
		out[i] = r + labelRoom
	}
	return out
}

// FirstDates returns, for each node, the day of the earliest dated claim by or about it, in days since 1970.
func FirstDates(s *scene.Scene, g *graphstore.Graph) []float64 {
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

// Homeless returns where the nodes of s stand that neither a view nor home has a place for.
func Homeless(s *scene.Scene, v *graphstore.View, home map[graphstore.ID]geom.Point) map[graphstore.ID]geom.Point {
	var fresh map[graphstore.ID]geom.Point
	for i, p := range s.Positions() {
		id := s.ID(int32(i))
		if _, placed := v.Places[id]; placed {
			continue
		}
		if _, settled := home[id]; settled {
			continue
		}
		if _, folded := scene.GroupKey(id); folded {
			continue
		}
		if fresh == nil {
			fresh = map[graphstore.ID]geom.Point{}
		}
		fresh[id] = p
	}
	return fresh
}
