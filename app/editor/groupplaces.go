package editor

import (
	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// put records the place of a node in v; a folded group takes all its members along that have places.
func (e *Editor) put(v *graphstore.View, s *scene.Scene, id graphstore.ID, to geom.Point, pin bool) {
	if _, folded := scene.GroupKey(id); !folded {
		v.Places[id] = graphstore.Place{X: to.X, Y: to.Y, Pin: pin}
		return
	}
	list := plan.Members(s, id)
	from, ok := plan.Middle(s, list, v, e.open.home)
	for _, m := range list {
		p, placed := plan.PlaceOf(m, v, e.open.home)
		_, shown := s.Node(m)
		switch {
		case ok && placed:
			p = p.Add(to.Sub(from))
		case shown:
			p = to
		default:
			continue // never seen: it gets a place when it is
		}
		v.Places[m] = graphstore.Place{X: p.X, Y: p.Y, Pin: v.Places[m].Pin}
	}
}
