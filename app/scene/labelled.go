package scene

import (
	"cmp"
	"slices"

	"caveat/graphstore"
)

// kindColors are the colours of the kinds of a labelled edge list, the most frequent kind first: light and
// dark, apart for the common colour blindnesses.
var kindColors = [...][2]string{
	{"#3f6fa3", "#7fb0e0"}, {"#c46a1b", "#f0a45c"}, {"#3d8b57", "#79c795"}, {"#b2456e", "#e58fb0"}, {"#7a5ea8", "#b8a0e0"},
	{"#8a7a1f", "#d3c25a"}, {"#2f8f94", "#6fcdd2"}, {"#a0522d", "#d99a7c"}, {"#5f7f2a", "#a9cc6b"}, {"#8c4a8c", "#d196d1"},
}

// MaxClusters is how many clusters have a colour of their own.
const MaxClusters = len(kindColors)

// KindCount is a kind with a colour of its own, nil for all others, and how many nodes are of it.
type KindCount struct {
	Kind  *graphstore.KindInfo
	Nodes int
}

// KindCounts returns the kinds of a labelled edge list, the most frequent first, the others last; nil for
// every other scene.
func (s *Scene) KindCounts() []KindCount {
	var out []KindCount
	for i, n := range s.kindCounts {
		switch {
		case n == 0:
		case i < len(s.schema.Kinds):
			out = append(out, KindCount{&s.schema.Kinds[i], n})
		default:
			out = append(out, KindCount{nil, n})
		}
	}
	return out
}

// DrawnByDensity reports whether a picture of the whole shows dots for several nodes, and the density of edges
// instead of each.
func (s *Scene) DrawnByDensity() (dots, density bool) {
	return len(s.nodes) > maxDots, len(s.edges) > toneMapFrom
}

// Labelled returns the scene of an edge list with the names and kinds of nodes that of tells by id; what
// it does not know stays. The ten most frequent kinds get colours. Nothing else changes.
func (s *Scene) Labelled(of func(id string) (label, kind string, ok bool)) *Scene {
	m := *s.model
	m.nodes = slices.Clone(m.nodes)
	m.labels = newLabels(len(m.nodes))
	kinds := make([]string, len(m.nodes))
	count := map[string]int{}
	for i := range m.nodes {
		n := &m.nodes[i]
		label, kind, ok := of(string(n.id))
		if !ok {
			continue
		}
		if label != "" {
			n.name = label
		}
		if kinds[i] = kind; kind != "" {
			count[kind]++
		}
	}
	order := make([]string, 0, len(count))
	for k := range count {
		order = append(order, k)
	}
	slices.SortFunc(order, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	order = order[:min(len(order), len(kindColors))]
	m.schema = new(graphstore.Schema)
	number := map[string]int16{}
	for i, k := range order {
		number[k] = int16(i)
		name := graphstore.Text{"en": k}
		m.schema.Kinds = append(m.schema.Kinds, graphstore.KindInfo{ID: graphstore.Kind(k), Label: name, Plural: name, Shape: graphstore.ShapeDisc, Light: kindColors[i][0], Dark: kindColors[i][1]})
	}
	m.kindCounts = make([]int, len(order)+1)
	for i := range m.nodes {
		k, ok := number[kinds[i]]
		if ok {
			m.nodes[i].kind = k
		} else {
			k = int16(len(order))
		}
		m.kindCounts[k]++
	}
	return newScene(&m, s.pos, s.view)
}
