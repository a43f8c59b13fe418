// Package algo answers questions about how a case hangs together: the
// shortest path, its alternatives, all ways up to a length, components, cycles,
// degrees, betweenness, PageRank, communities. It projects a Graph once for
// github.com/dominikbraun/graph and is that library's only importer.
//
//	projection.go  Projection: who is joined to whom by which claims
//	path.go        ShortestPath, Alternatives (Yen 1971)
//	component.go   Components, StrongComponents, Cycles
//	arcs.go        ProjectArcs: the same over steps that an analysis derives
//	measure.go     Degrees, PageRank, Betweenness (Brandes 2001), SimplePaths
//	community.go   Communities (Louvain, Blondel et al. 2008), CommunitiesOf plain edges
//
// What is joined: the subject and the object of a claim. A claim that is
// itself the subject or object of another is a node of its own, joined to its two
// ends, so a path may run through it; speakers, documents and literals join nothing.
//
// The library has no parallel edges, follows map order in ties and rebuilds
// its adjacency on every call. So parallel claims are folded into one edge that remembers them, keys
// are dense (from 1: its strongly connected components lose the zero key) in the order of ids, ties go to the
// lesser id, and what would call it in a loop runs on arrays of the same projection.
//
// A Projection is immutable; any goroutine may use it.
package algo
