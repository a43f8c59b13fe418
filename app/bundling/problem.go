package bundling

import "caveat/app/geom"

// DefaultDetour is how many times as long as the straight line a path may be.
const DefaultDetour = 1.7

// Problem is a drawing whose edges are to be bundled.
type Problem struct {
	Pos   []geom.Point // of nodes, in drawing units
	Edges [][2]int32   // nodes; parallel edges share a path, loops have none
	// Detour is how many times as long as its edge a path may be; 0 is DefaultDetour.
	Detour float32
	// Most is how many edges are led along paths at most, the longest; the shorter ones stay straight and
	// carry the others. 0: all.
	Most int
}

// Paths are the nodes that edges are led by. They are immutable.
type Paths struct {
	start []int32 // path of pair i: nodes[start[i]:start[i+1]]
	nodes []int32
	pair  []int32 // of edges, -1 for those that stay straight
	turn  []bool  // edges that run from the end of their pair to its start

	Led   int // edges with a path
	Over  int // edges that stay straight because more than Most are longer
	Spent int // edges that stay straight because the search for their path took too long
}

// Of appends to dst the nodes between the ends of an edge, in the direction of the edge; none: it stays straight.
func (p *Paths) Of(dst []int32, edge int32) []int32 {
	i := p.pair[edge]
	if i < 0 {
		return dst
	}
	from := len(dst)
	dst = append(dst, p.nodes[p.start[i]:p.start[i+1]]...)
	if p.turn[edge] {
		for a, b := from, len(dst)-1; a < b; a, b = a+1, b-1 {
			dst[a], dst[b] = dst[b], dst[a]
		}
	}
	return dst
}
