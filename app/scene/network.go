package scene

// layoutRoom is what Sizes adds to a radius so that a name finds room under its node; not
// in large networks, where names have no room anyway.
const (
	layoutRoom  = 16
	layoutNames = 600 // nodes
	foldedRoom  = 0.6 // of its radius is kept free around a folded group
	dotRoom     = 5   // for each claim of a node that others are about, which end beside it
	mostDotRoom = 30
)

// Sizes returns the room that a layout should leave about each node, as a radius in drawing
// units: its mark and some ground for its name.
func (s *Scene) Sizes() []float32 {
	out := make([]float32, len(s.nodes))
	room := float32(layoutRoom)
	if len(out) > layoutNames {
		room *= layoutNames / float32(len(out))
	}
	for i := range s.nodes {
		out[i] = s.nodes[i].radius + room
		if s.nodes[i].folded { // what joins it to others has counts
			out[i] += s.nodes[i].radius * foldedRoom
		}
	}
	if len(out) <= layoutNames {
		for i, dots := range s.dotsBeside() {
			out[i] += min(dotRoom*float32(dots), mostDotRoom)
		}
	}
	return out
}

// dotsBeside returns for each node how many of its edges have a dot where others end.
func (s *Scene) dotsBeside() []int {
	out := make([]int, len(s.nodes))
	for i := range s.edges {
		if e := &s.edges[i]; e.dot >= 0 && e.a >= 0 && e.b >= 0 && e.a != e.b {
			out[e.a]++
			out[e.b]++
		}
	}
	return out
}

// Edges returns the pairs of nodes that edges join, for a layout. Claims between
// nodes come as they are. A claim about a claim says little about where its nodes belong, and many would
// draw all to the middle: it joins its nodes to those of the other claim only where one of
// them has no claim of its own, as a court that only upholds, or where nothing else joins their
// parts of the graph. Values and loops are left out. The list must not be changed.
func (s *Scene) Edges() [][2]int32 {
	if s.pairs != nil {
		return s.pairs
	}
	out := make([][2]int32, 0, len(s.edges))
	parts := newParts(len(s.nodes))
	direct := make([]bool, len(s.nodes))
	for i := range s.edges {
		if e := &s.edges[i]; e.a >= 0 && e.b >= 0 && e.a != e.b {
			out = append(out, [2]int32{e.a, e.b})
			direct[e.a], direct[e.b] = true, true
			parts.join(e.a, e.b)
		}
	}
	var ends [2][]int32
	for i := range s.edges {
		e := &s.edges[i]
		if e.flags&edgeValue != 0 || e.a >= 0 && e.b >= 0 {
			continue
		}
		ends[0], ends[1] = s.endNodes(ends[0][:0], e.a), s.endNodes(ends[1][:0], e.b)
		for _, a := range ends[0] {
			for _, b := range ends[1] {
				if a != b && (!direct[a] || !direct[b] || parts.find(a) != parts.find(b)) {
					out = append(out, [2]int32{a, b})
					parts.join(a, b)
				}
			}
		}
	}
	return out
}

// parts are the connected parts of a graph: a disjoint set forest (Tarjan 1975).
type parts []int32

func newParts(n int) parts {
	p := make(parts, n)
	for i := range p {
		p[i] = int32(i)
	}
	return p
}

func (p parts) find(i int32) int32 {
	for p[i] != i {
		p[i] = p[p[i]]
		i = p[i]
	}
	return i
}

func (p parts) join(a, b int32) {
	x, y := p.find(a), p.find(b)
	p[max(x, y)] = min(x, y)
}
