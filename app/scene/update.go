package scene

import (
	"caveat/app/geom"
	"caveat/graphstore"
)

// Update returns the scene of g, the graph after d, where s is the scene of the graph before.
// Nodes stay where they are, unless o's view places them elsewhere than s's view did; new ones
// without a place stand near what they are joined to.
func (s *Scene) Update(g *graphstore.Graph, d *graphstore.Diff, o Options) *Scene {
	m := s.updated(g, d, o)
	pos := places(m, o.View)
	fresh := make([]bool, len(pos))
	some := false
	for i := range m.nodes {
		id := m.nodes[i].id
		old, known := s.nodeOf[id]
		now, placed := placeIn(o.View, id)
		before, was := placeIn(s.view, id)
		switch {
		case placed && (!was || now != before):
		case known:
			pos[i] = s.pos[old]
		case !placed:
			fresh[i], some = true, true
		}
	}
	if some {
		settleNew(m, pos, fresh)
	}
	return newScene(m, pos, o.View)
}

// updated returns the model of g, mended from the old one where that can be done.
func (s *Scene) updated(g *graphstore.Graph, d *graphstore.Diff, o Options) *model {
	if s.patchable(g, d, o) {
		return s.patch(g, d, o)
	}
	b := newBuilder(g, o)
	b.m.scratches = s.scratches
	b.whole()
	return b.finish()
}

func placeIn(v *graphstore.View, id graphstore.ID) (graphstore.Place, bool) {
	if v == nil {
		return graphstore.Place{}, false
	}
	p, ok := v.Places[id]
	return p, ok
}

// settleNew puts new nodes beside the middle of their settled neighbours, each in another
// direction; those without any stay on the spiral, outside what was there.
func settleNew(m *model, pos []geom.Point, fresh []bool) {
	t := &Scene{model: m, pos: pos, points: make([]geom.Point, len(m.anchors))}
	var old []geom.Point
	for i, p := range pos {
		if !fresh[i] {
			old = append(old, p)
		}
	}
	spiral(pos, invert(fresh), geom.BoundsOf(old))
	k := 0
	for i := range pos {
		if !fresh[i] {
			continue
		}
		var sum geom.Point
		n := float32(0)
		for _, o := range t.Neighbours(int32(i)) {
			if !fresh[o] {
				sum, n = sum.Add(pos[o]), n+1
			}
		}
		if n > 0 {
			pos[i] = sum.Mul(1 / n).Add(spoke(k, 90))
			k++
		}
	}
}

func invert(b []bool) []bool {
	out := make([]bool, len(b))
	for i := range b {
		out[i] = !b[i]
	}
	return out
}
