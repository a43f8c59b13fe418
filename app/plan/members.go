package plan

import (
	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// Members returns the entities of a folded group's node; of any other id just that.
func Members(s *scene.Scene, id graphstore.ID) []graphstore.ID {
	key, folded := scene.GroupKey(id)
	gr := s.Grouping()
	if !folded || gr == nil {
		return []graphstore.ID{id}
	}
	for i := range gr.Groups {
		if gr.Groups[i].Key == key {
			return gr.Groups[i].Members
		}
	}
	return nil
}

// Middle returns where the node of a folded group stands: amid those of its members that s shows and that have places.
func Middle(s *scene.Scene, list []graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	var x, y float64
	n := 0.0
	for _, id := range list {
		if _, shown := s.Node(id); !shown {
			continue
		}
		if p, ok := PlaceOf(id, v, home); ok {
			x, y, n = x+float64(p.X), y+float64(p.Y), n+1
		}
	}
	if n == 0 {
		return geom.Point{}, false
	}
	return geom.Point{X: float32(x / n), Y: float32(y / n)}, true
}

// PlaceOf returns the place of an entity in a view, else its home.
func PlaceOf(id graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	if p, ok := v.Places[id]; ok {
		return geom.Point{X: p.X, Y: p.Y}, true
	}
	p, ok := home[id]
	return p, ok
}

// foldedAt returns where a node stands if it is a folded group some of whose members have places.
func foldedAt(s *scene.Scene, id graphstore.ID, v *graphstore.View, home map[graphstore.ID]geom.Point) (geom.Point, bool) {
	if _, folded := scene.GroupKey(id); !folded {
		return geom.Point{}, false
	}
	return Middle(s, Members(s, id), v, home)
}

// Standing returns in which open group every node of a scene stands, -1 for none; nil without groups.
func Standing(s *scene.Scene) []int32 {
	if s.Grouping() == nil {
		return nil
	}
	out := make([]int32, s.Len())
	for n := range out {
		out[n] = s.GroupOf(int32(n))
	}
	return out
}
