// Package bundling leads the edges of a drawing together along others of its edges, so that what
// runs the same way shows as one bundle: numbers only, no drawing.
//
// It is edge-path bundling: an edge is led along the shortest path of other edges between its ends if
// that is not much longer than the straight line, and the edges of such paths stay straight themselves. So a
// bundle always lies on edges that are there, and none suggests a link that is not, as bundling by
// forces (Holten and van Wijk, Force-Directed Edge Bundling for Graph Visualization, 2009) does where edges only
// happen to pass by. Sources: Wallinger, Archambault, Auber, Nöllenburg, Peltonen, Edge-Path Bundling: A Less
// Ambiguous Approach (2022), and of the same Faster Edge-Path Bundling through Graph Spanners (2023).
//
// Files:
//
//	problem.go   Problem, Paths
//	route.go     which edges carry and which are led along them
//	search.go    shortest paths within a detour
//	course.go    the points of a smooth curve along a path
//
// Invariants: equal problems give equal paths, whatever the number of cores; a path is at most Detour times as long as
// its edge; the edges of a path are drawn straight; a course begins and ends at the ends of its edge; no number in it
// is NaN or infinite.
package bundling
