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
	number := map[string]int32{}
	named := make([]NodeKind, len(order))
	for i, k := range order {
		number[k], named[i] = int32(i), NodeKind{graphstore.Kind(k), k}
	}
	m.ofKinds(named, func(node int) int32 {
		if k, ok := number[kinds[node]]; ok {
			return k
		}
		return -1
	})
	return newScene(&m, s.pos, s.view)
}

// NodeKind is a kind of the nodes of an edge list.
type NodeKind struct {
	ID   graphstore.Kind
	Name string
}

// OfKinds returns an edge list whose nodes are of these kinds: of says by node of which, the most frequent first, or -1. The
// first MaxClusters have colours, who is of another is as one of none. Nothing else changes.
func (s *Scene) OfKinds(kinds []NodeKind, of []int32) *Scene {
	m := *s.model
	m.nodes = slices.Clone(m.nodes)
	few := kinds[:min(len(kinds), len(kindColors))]
	m.ofKinds(few, func(node int) int32 {
		if int(of[node]) < len(few) {
			return of[node]
		}
		return -1
	})
	t := newScene(&m, s.pos, s.view)
	if s.Grouping() == nil && s.bundles == nil { // what lies where is the same, and takes as much room as the drawing
		t.index = s.index
	}
	return t
}

// ofKinds gives the nodes, which nobody else has yet, kinds with colours.
func (m *model) ofKinds(kinds []NodeKind, of func(node int) int32) {
	m.schema = new(graphstore.Schema)
	for i, k := range kinds {
		name := graphstore.Text{"en": k.Name}
		m.schema.Kinds = append(m.schema.Kinds, graphstore.KindInfo{ID: k.ID, Label: name, Plural: name, Shape: graphstore.ShapeDisc, Light: kindColors[i][0], Dark: kindColors[i][1]})
	}
	m.kindCounts = make([]int, len(kinds)+1)
	for i := range m.nodes {
		k := of(i)
		if m.nodes[i].kind = int16(k); k < 0 {
			k = int32(len(kinds))
		}
		m.kindCounts[k]++
	}
}
