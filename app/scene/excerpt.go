package scene

import (
	"slices"

	"caveat/app/geom"
	"caveat/graphstore"
)

// Excerpt returns the scene of some nodes of s, which are in rising order, and of the edges between them: for small
// pictures, so without claims about claims, values and groups. Node i of it is nodes[i] of s.
func (s *Scene) Excerpt(nodes []int32) *Scene {
	at := make(map[int32]int32, len(nodes))
	m := &model{schema: s.schema, verbs: s.verbs, scratches: s.scratches, nodeOf: make(map[graphstore.ID]int32, len(nodes))}
	m.nodes = make([]node, len(nodes))
	pos := make([]geom.Point, len(nodes))
	for i, n := range nodes {
		at[n] = int32(i)
		m.nodes[i], pos[i] = s.nodes[n], s.pos[n]
		m.nodeOf[m.nodes[i].id] = int32(i)
	}
	for _, e := range s.edges {
		a, ok := at[e.a]
		b, there := at[e.b]
		if !ok || !there || e.flags&(edgeValue|edgeDouble) != 0 {
			continue
		}
		e.a, e.b, e.dot = a, b, -1
		e.flags &^= edgeBent
		m.edges = append(m.edges, e)
	}
	m.link()
	m.rank()
	m.labels = newLabels(len(nodes))
	return newScene(m, slices.Clip(pos), s.view)
}
