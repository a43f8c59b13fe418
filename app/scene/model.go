package scene

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"caveat/graphstore"
)

// model is what is drawn but not where: scenes that differ in positions only share it.
// It never changes once built, but for the lazily filled labels.
type model struct {
	schema *graphstore.Schema
	shown  shown // what it was made for
	merged bool  // some nodes stand for several entities

	nodes    []node
	nodeOf   map[graphstore.ID]int32 // every entity shown; merged ones share a node; nil in an edge list
	ids      *idTable                // of an edge list instead
	inner    *inner                  // of a part of an edge list
	byWeight []int32                 // nodes, the most important first
	labels   []atomic.Pointer[label] // of nodes, made when first needed

	edges      []edge
	kindCounts []int      // of nodes, by kind, those of none last; of labelled edge lists only
	pairs      [][2]int32 // the edges of an edge list, if no loop is among them
	anchors    []anchor   // in the order in which they can be placed
	rows       []row
	edgeStart  []int32 // edge e holds the claims of the rows edgeList[edgeStart[e]:edgeStart[e+1]]
	edgeList   []int32 // the newest claim of a bundle last
	verbs      []string
	values     map[int32]string // what a value edge ends at

	adjStart []int32 // edges at node i: adjEdges[adjStart[i]:adjStart[i+1]]
	adjEdges []int32
	maxR     float32
	inside   int     // entities in folded groups beyond one each
	groupOf  []int32 // of nodes, -1 without; nil without groups
	folds    []int32 // the nodes that are folded groups
	between  []int32 // the edges between two of those

	scratches *sync.Pool // of *scratch, for frames in the making
}

// node is an entity, or several joined by same-as claims.
type node struct {
	id       graphstore.ID
	name     string
	radius   float32
	weight   int32  // number of claims about it
	members  uint32 // entities it stands for
	kind     int16  // index in schema.Kinds, -1 without
	disputed uint16
	pin      bool
	folded   bool  // a group as one node
	cluster  uint8 // 1 … MaxClusters: coloured by it; 0: by kind
}

// edge is a claim, or several that are bundled. An end is a node, or the complement of an
// anchor's index.
type edge struct {
	a, b  int32
	dot   int32 // its anchor where other claims are about it, or -1
	count uint32
	verb  uint16
	lane  int8 // signed distance from the straight line in half gaps
	pos   int8 // position, or noPosition
	flags edgeFlags
}

type edgeFlags uint16

const (
	edgeDashed edgeFlags = 1 << iota
	edgeDotted
	edgeArrow
	edgeUnsourced
	edgeDouble
	edgeBolt
	edgeValue    // object is a literal: b is the anchor of the value
	edgeLoop     // both ends are the same
	edgeDisputed // current claims attack it; of rows only
	edgeBent     // an end of the claim it is about is also its own end: must leave that line
)

const noPosition = 127

// anchor is a point of the drawing that is not a node: the middle of an edge, or the place of a literal.
type anchor struct {
	edge  int32
	value bool
	turn  int16 // which of its node's values it is
	turns int16
}

// claimsOf returns the rows of the claims of an edge.
func (m *model) claimsOf(e int32) []int32 {
	if m.edgeStart == nil {
		return nil
	}
	return m.edgeList[m.edgeStart[e]:m.edgeStart[e+1]]
}

// rowOf returns the row of a claim, or nil.
func (m *model) rowOf(claim graphstore.ID) *row {
	i, ok := m.find(claim)
	if !ok {
		return nil
	}
	return &m.rows[i]
}

// find returns where in the rows a claim is or would be.
func (m *model) find(claim graphstore.ID) (int, bool) {
	return slices.BinarySearchFunc(m.rows, claim, func(r row, id graphstore.ID) int { return cmp.Compare(r.claim.ID, id) })
}

// link fills the lists of edges at each node.
func (m *model) link() {
	start := make([]int32, len(m.nodes)+1)
	each := func(f func(n, e int32)) {
		for i := range m.edges {
			e := &m.edges[i]
			if e.a >= 0 {
				f(e.a, int32(i))
			}
			if e.b >= 0 && e.b != e.a {
				f(e.b, int32(i))
			}
		}
	}
	each(func(n, _ int32) { start[n+1]++ })
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	list := make([]int32, start[len(start)-1])
	next := append([]int32(nil), start[:len(start)-1]...)
	each(func(n, e int32) { list[next[n]] = e; next[n]++ })
	m.adjStart, m.adjEdges = start, list
}

// rank orders the nodes by importance and notes the largest radius.
func (m *model) rank() {
	top := int32(0)
	for i := range m.nodes {
		top = max(top, m.nodes[i].weight)
		m.maxR = max(m.maxR, m.nodes[i].radius)
	}
	// Counting sort; weights above the limit are rare and sorted by insertion.
	const limit = 1 << 12
	counts := make([]int32, limit+2)
	bucket := func(i int) int32 { return limit - min(m.nodes[i].weight, limit) }
	for i := range m.nodes {
		counts[bucket(i)+1]++
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	heavy := counts[1]
	m.byWeight = make([]int32, len(m.nodes))
	for i := range m.nodes {
		k := bucket(i)
		m.byWeight[counts[k]] = int32(i)
		counts[k]++
	}
	if top > limit {
		sortByWeight(m.byWeight[:heavy], m.nodes)
	}
}
