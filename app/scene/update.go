package scene

import (
	"slices"

	"caveat/app/geom"
	"caveat/graphstore"
)

// Update returns the scene of g, the graph after d, where s is the scene of the graph before.
// Nodes stay where they are, unless o's view places them elsewhere than s's view did; new ones
// without a place stand near what they are joined to.
func (s *Scene) Update(g *graphstore.Graph, d *graphstore.Diff, o Options) *Scene {
	m := s.updated(g, d, o)
	if m.sameNodes(s.model) && o.View == s.view {
		return newScene(m, s.pos, o.View)
	}
	pos := make([]geom.Point, len(m.nodes))
	var fresh []bool
	var standard []geom.Point
	stand := func(i int) geom.Point { // where a scene made anew has it
		if standard == nil {
			standard = places(m, o.View)
		}
		return standard[i]
	}
	for i := range m.nodes {
		id := m.nodes[i].id
		old, known := s.nodeBy(id)
		now, placed := placeIn(o.View, id)
		before, was := placeIn(s.view, id)
		switch {
		case placed && (!was || now != before):
			if pos[i] = (geom.Point{X: now.X, Y: now.Y}); !pos[i].Finite() {
				pos[i] = stand(i)
			}
		case known:
			pos[i] = s.pos[old]
		case placed:
			pos[i] = stand(i)
		default:
			if fresh == nil {
				fresh = make([]bool, len(pos))
			}
			fresh[i] = true
		}
	}
	if fresh != nil {
		settleNew(m, pos, fresh)
	}
	return newScene(m, pos, o.View)
}

// sameNodes reports whether two models have the same entities as their nodes.
func (m *model) sameNodes(other *model) bool {
	return slices.EqualFunc(m.nodes, other.nodes, func(a, b node) bool { return a.id == b.id })
}

// updated returns the model of g, mended from the old one where that can be done.
func (s *Scene) updated(g *graphstore.Graph, d *graphstore.Diff, o Options) *model {
	if s.patchable(g, d, o) {
		if m := s.repinned(d, o); m != nil {
			return m
		}
		return s.patch(g, d, o)
	}
	b := newBuilder(g, o)
	b.m.scratches = s.scratches
	b.whole()
	return b.finish()
}

// repinned returns the model with the pins of o's view, or nil if more than pins may differ. Moving
// nodes about is the most frequent edit, and shares all else.
func (s *Scene) repinned(d *graphstore.Diff, o Options) *model {
	if len(d.Entities)+len(d.Claims) > 0 {
		return nil
	}
	for i := range s.rows {
		r := &s.rows[i]
		if (r.flags&edgeBolt != 0) != (r.depth > 0 && o.Contradicted != nil && o.Contradicted(r.claim.ID)) {
			return nil
		}
	}
	m := *s.model
	m.nodes = slices.Clone(m.nodes)
	m.pin(o.View)
	return &m
}

// pin marks the nodes that a view has pinned.
func (m *model) pin(v *graphstore.View) {
	for i := range m.nodes {
		m.nodes[i].pin = false
	}
	if v == nil {
		return
	}
	for id, place := range v.Places {
		if n, ok := m.nodeOf[id]; ok && place.Pin {
			m.nodes[n].pin = true
		}
	}
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
	t.SettleBeside(pos, fresh, 90)
}

// SettleBeside puts each fresh node that is joined to others, at that distance in drawing units, beside the middle of those,
// several in different directions. pos is of the nodes of s; other places in it stay.
func (s *Scene) SettleBeside(pos []geom.Point, fresh []bool, reach float64) {
	k := 0
	for i := range pos {
		if !fresh[i] {
			continue
		}
		var sum geom.Point
		n := float32(0)
		for _, o := range s.Neighbours(int32(i)) {
			if !fresh[o] {
				sum, n = sum.Add(pos[o]), n+1
			}
		}
		if n > 0 {
			pos[i] = sum.Mul(1 / n).Add(spoke(k, reach))
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
