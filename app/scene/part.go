package scene

import "caveat/app/geom"

// Part returns the scene of those nodes of an edge list that keep accepts, in the same order, each where it stands and as
// large as it is, and of the edges between them; and of each node its number in s. Cost is O(nodes + edges).
func (s *Scene) Part(keep func(node int32) bool) (*Scene, []int32) {
	at := make([]int32, len(s.nodes))
	of := make([]int32, 0, len(s.nodes))
	for n := range int32(len(s.nodes)) {
		if at[n] = -1; keep(n) {
			at[n] = int32(len(of))
			of = append(of, n)
		}
	}
	edges := make([][2]int32, 0, len(s.edges))
	for i := range s.edges {
		if a, b := at[s.edges[i].a], at[s.edges[i].b]; a >= 0 && b >= 0 {
			edges = append(edges, [2]int32{a, b})
		}
	}
	m, _ := fromEdges(make([]string, len(of)), edges, false)
	m.schema, m.maxR = s.schema, 0
	if s.kindCounts != nil {
		m.kindCounts = make([]int, len(s.kindCounts))
	}
	pos := make([]geom.Point, len(of))
	for i, n := range of {
		weight := m.nodes[i].weight
		m.nodes[i], pos[i] = s.nodes[n], s.pos[n]
		m.nodes[i].weight = weight
		m.maxR = max(m.maxR, m.nodes[i].radius)
		if k := int(m.nodes[i].kind); k >= 0 && m.kindCounts != nil {
			m.kindCounts[k]++
		} else if m.kindCounts != nil {
			m.kindCounts[len(m.kindCounts)-1]++
		}
	}
	part := newScene(m, pos, s.view)
	if s.Grouping() != nil {
		part = part.GroupedByKind(true)
	}
	return part, of
}
