package layout

import (
	"fmt"

	"caveat/app/geom"
)

// EdgeLength is the mean length of an edge in the output of the engines, in drawing
// units: with nodes of radius 12 to 24 it leaves room for a label.
const EdgeLength = 75

// Problem is one graph to be placed: dense node numbers 0..N-1. Engines read it and
// never change it; it must not change while an engine works on it.
type Problem struct {
	N       int
	Edges   [][2]int32   // self loops and repeats allowed
	Weights []float32    // strength per edge, over 0; nil = 1
	Size    []float32    // node radius in drawing units, nil = 0 (used for overlap removal)
	Pinned  []bool       // nil = none; pinned nodes never move from Start (or from pos, without Start)
	Start   []geom.Point // nil = from scratch; warm start: old nodes are held near their place
	Fresh   []bool       // with Start: nodes without an old place; all fresh = from scratch
	Group   []int32      // lanes / groups, -1 none; nil = none
	Date    []float64    // timeline x, days; NaN unknown
	Focus   []int32      // radial centre(s)
	Seed    int64        // equal seeds give equal drawings
	Shape   float32      // 0 local clusters .. 1 global shape; set it to DefaultShape for the middle
}

// DefaultShape is the middle of Problem.Shape: drawings that keep both the distances and
// the neighbourhoods of the graph.
const DefaultShape = 0.5

// check reports the first fault of the problem that no engine can work with.
func (p *Problem) check() error {
	if p.N < 0 {
		return fmt.Errorf("the graph has %d nodes: the number must not be negative", p.N)
	}
	for _, s := range []struct {
		what string
		len  int
		want int
	}{
		{"weights", len(p.Weights), len(p.Edges)},
		{"sizes", len(p.Size), p.N},
		{"pins", len(p.Pinned), p.N},
		{"start places", len(p.Start), p.N},
		{"fresh marks", len(p.Fresh), p.N},
		{"groups", len(p.Group), p.N},
		{"dates", len(p.Date), p.N},
	} {
		if s.len != 0 && s.len != s.want {
			return fmt.Errorf("the graph has %d %s where %d are needed", s.len, s.what, s.want)
		}
	}
	n := int32(p.N)
	for i, e := range p.Edges {
		if e[0] < 0 || e[0] >= n || e[1] < 0 || e[1] >= n {
			return fmt.Errorf("edge %d joins nodes %d and %d, but the graph has only nodes 0 to %d", i, e[0], e[1], n-1)
		}
	}
	for i, w := range p.Weights {
		if !(w > 0) || w-w != 0 {
			return fmt.Errorf("edge %d has the weight %v: a weight must be a number over 0", i, w)
		}
	}
	for _, f := range p.Focus {
		if f < 0 || f >= n {
			return fmt.Errorf("the focus names node %d, but the graph has only nodes 0 to %d", f, n-1)
		}
	}
	return nil
}

// pinned reports whether node i must stay.
func (p *Problem) pinned(i int) bool { return len(p.Pinned) != 0 && p.Pinned[i] }

// hasPins reports whether any node is pinned.
func (p *Problem) hasPins() bool {
	for _, v := range p.Pinned {
		if v {
			return true
		}
	}
	return false
}

// radius returns the node's radius, never negative and never NaN.
func (p *Problem) radius(i int) float32 {
	if len(p.Size) == 0 || !(p.Size[i] > 0) || p.Size[i]-p.Size[i] != 0 {
		return 0
	}
	return p.Size[i]
}

// group returns the node's group, -1 for none.
func (p *Problem) group(i int) int32 {
	if len(p.Group) == 0 || p.Group[i] < 0 {
		return -1
	}
	return p.Group[i]
}

// shape returns the knob held within 0..1; NaN counts as the middle.
func (p *Problem) shape() float32 {
	if p.Shape != p.Shape {
		return DefaultShape
	}
	return min(max(p.Shape, 0), 1)
}

// old reports whether node i has a usable old place.
func (p *Problem) old(i int) bool {
	return len(p.Start) != 0 && (len(p.Fresh) == 0 || !p.Fresh[i]) && p.Start[i].Finite()
}

// warm reports whether the problem continues an older drawing.
func (p *Problem) warm() bool {
	for i := range p.Start {
		if p.old(i) {
			return true
		}
	}
	return false
}
