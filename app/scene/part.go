package scene

import (
	"math"

	"caveat/app/geom"
	"caveat/graphstore"
)

// inner is what the nodes of a part of an edge list have to do with those of the whole.
type inner struct {
	whole  *model
	at     []int32 // by node of the whole: the one that draws it, its own or that of its folded group; -1: none
	folded int32   // the first node that is a folded group; those are the last
}

// Part returns the scene of those nodes of an edge list that keep accepts, in the same order, each where it stands and as
// large as it is, and of the edges between them. Groups of s with a key in folded are one node each, behind all others,
// amid their members, and their edges to one node are one, with a count. of says of each node which number it has in s, of
// a folded group the complement of the group's. Cost is O(nodes + edges).
func (s *Scene) Part(keep func(node int32) bool, folded []string) (part *Scene, of []int32) {
	in := &inner{whole: s.model, at: make([]int32, len(s.nodes))}
	groups := s.foldable(folded)
	of = make([]int32, 0, len(s.nodes))
	members := make([][]int32, len(groups))
	for n := range int32(len(s.nodes)) {
		switch in.at[n] = -1; {
		case !keep(n):
		case groups != nil && s.groupOf[n] >= 0 && groups[s.groupOf[n]]:
			members[s.groupOf[n]] = append(members[s.groupOf[n]], n)
		default:
			in.at[n] = int32(len(of))
			of = append(of, n)
		}
	}
	in.folded = int32(len(of))
	for g, list := range members {
		if len(list) == 0 {
			continue
		}
		for _, n := range list {
			in.at[n] = int32(len(of))
		}
		of = append(of, ^int32(g))
	}
	edges, counts := s.edgesWithin(in, len(of))
	m, _ := fromEdges(make([]string, len(of)), edges, false)
	m.schema, m.maxR, m.inner = s.schema, 0, in
	for i, n := range counts {
		m.edges[i].count = n
	}
	if s.kindCounts != nil {
		m.kindCounts = make([]int, len(s.kindCounts))
	}
	for i, n := range of {
		weight := m.nodes[i].weight
		if n < 0 {
			m.nodes[i] = s.foldedInto(^n, members[^n])
			m.tallyKinds(s, members[^n])
			m.inside += len(members[^n]) - 1
		} else {
			m.nodes[i] = s.nodes[n]
			m.tallyKinds(s, of[i:i+1])
		}
		m.nodes[i].weight = weight
		m.maxR = max(m.maxR, m.nodes[i].radius)
	}
	if int(in.folded) < len(of) {
		m.noteFolds()
		m.reweigh()
	}
	if s.Grouping() != nil {
		m.groupedAs(s, of, folded)
	}
	return newScene(m, in.among(s.pos, of), s.view), of
}

// foldable says of each group of s whether its key is among the folded ones; nil if none is.
func (s *Scene) foldable(folded []string) []bool {
	gr := s.Grouping()
	if gr == nil || s.groupOf == nil || len(folded) == 0 {
		return nil
	}
	out := make([]bool, len(gr.Groups))
	for i := range out {
		for _, key := range folded {
			out[i] = out[i] || gr.Groups[i].Key == key
		}
	}
	return out
}

// edgesWithin returns the edges of s as edges between n nodes of a part: those of a folded group to one node are one. Counts says
// how many each stands for, nil if all stand for themselves.
func (s *Scene) edgesWithin(in *inner, n int) (edges [][2]int32, counts []uint32) {
	edges = make([][2]int32, 0, len(s.edges))
	if int(in.folded) == n {
		for i := range s.edges {
			if a, b := in.at[s.edges[i].a], in.at[s.edges[i].b]; a >= 0 && b >= 0 {
				edges = append(edges, [2]int32{a, b})
			}
		}
		return edges, nil
	}
	seen := newPairs(len(s.edges))
	number := make([]int32, 0, len(s.edges)) // of the edges that several are drawn as, by pair
	for i := range s.edges {
		a, b := in.at[s.edges[i].a], in.at[s.edges[i].b]
		switch {
		case a < 0 || b < 0:
			continue
		case max(a, b) < in.folded:
		case a == b:
			continue // inside its group
		default:
			g := seen.number(min(a, b), max(a, b), int32(len(number)))
			if int(g) < len(number) {
				counts[number[g]] += max(s.edges[i].count, 1)
				continue
			}
			number = append(number, int32(len(edges)))
		}
		edges, counts = append(edges, [2]int32{a, b}), append(counts, max(s.edges[i].count, 1))
	}
	return edges, counts
}

// foldedInto returns the node of a folded group: as large as to cover a quarter of what its members cover.
func (s *Scene) foldedInto(g int32, members []int32) node {
	info := &s.Grouping().Groups[g]
	n := node{id: GroupID(info.Key), name: info.Label, kind: s.nodes[members[0]].kind, members: uint32(len(members)), folded: true}
	var covered float64
	for _, m := range members {
		r := float64(s.nodes[m].radius)
		covered += r * r
		n.radius = max(n.radius, s.nodes[m].radius)
		if s.nodes[m].kind != n.kind { // of several: coloured as its ground
			n.kind = -1
		}
	}
	if n.kind < 0 {
		n.cluster = uint8(s.Grouping().tone(g) + 1)
	}
	n.radius = max(foldedRadiusOf(n.radius, len(members)), float32(math.Sqrt(covered))/2)
	return n
}

// tallyKinds adds nodes of s to the counts of kinds.
func (m *model) tallyKinds(s *Scene, nodes []int32) {
	if m.kindCounts == nil {
		return
	}
	for _, n := range nodes {
		k := int(s.nodes[n].kind)
		if k < 0 {
			k = len(m.kindCounts) - 1
		}
		m.kindCounts[k]++
	}
}

// reweigh makes a node as important as edges are drawn at it, counted apart.
func (m *model) reweigh() {
	for i := range m.nodes {
		w := int32(0)
		for _, e := range m.adjEdges[m.adjStart[i]:m.adjStart[i+1]] {
			w += int32(m.edges[e].count)
		}
		m.nodes[i].weight = w
	}
	m.rank()
}

// Among returns where the nodes of a part stand if those of the whole stand at whole, of as Part returned it: a folded group
// amid those of its members that are not hidden.
func (s *Scene) Among(whole []geom.Point, of []int32) []geom.Point { return s.inner.among(whole, of) }

func (in *inner) among(whole []geom.Point, of []int32) []geom.Point {
	pos := make([]geom.Point, len(of))
	for i, n := range of {
		if n >= 0 {
			pos[i] = whole[n]
		}
	}
	if in == nil || int(in.folded) == len(of) {
		return pos
	}
	type sum struct{ x, y, n float64 }
	sums := make([]sum, len(of)-int(in.folded))
	for n, i := range in.at {
		if i >= in.folded {
			t, p := &sums[i-in.folded], whole[n]
			t.x, t.y, t.n = t.x+float64(p.X), t.y+float64(p.Y), t.n+1
		}
	}
	for k, t := range sums {
		pos[int(in.folded)+k] = geom.Point{X: float32(t.x / t.n), Y: float32(t.y / t.n)}
	}
	return pos
}

// nodeBy returns the node that draws one of the whole, and whether there is one.
func (in *inner) nodeBy(nodes []node, id graphstore.ID) (int32, bool) {
	if n, ok := in.whole.nodeBy(id); ok {
		return in.at[n], in.at[n] >= 0
	}
	for i := int(in.folded); i < len(nodes); i++ {
		if nodes[i].id == id {
			return int32(i), true
		}
	}
	return -1, false
}

// FoldedNode reports whether a node is a folded group.
func (s *Scene) FoldedNode(node int32) bool { return node >= 0 && s.nodes[node].folded }
