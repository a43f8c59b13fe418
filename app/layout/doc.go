// Package layout places the nodes of a graph in the plane.
//
// A Problem says what is to be placed; an Engine places it in bounded steps so that a
// window can show every step and stop at any; Run does all steps in one call. The
// engines are force (the default, for any size), layered, radial, timeline, circular, grid and lanes.
// Package layout/quality measures what comes out.
//
// What holds for every engine:
//   - equal Problem and Seed give equal bytes, on any number of processors and with or without vector
//     instructions (the kernels of kernel_amd64.s add in the order of their Go twins);
//   - where a problem has groups, force gives each of them ground of its own, round which no other node stands;
//   - pinned nodes are never moved, and no coordinate is NaN or infinite;
//   - y grows downward; the mean edge is about EdgeLength drawing units long;
//   - an Engine belongs to one goroutine at a time; a Problem is only read. Stop is the exception: any goroutine may call it.
//
// Time and memory of every engine grow about in line with nodes and edges, whatever the shape: 100,000 nodes take seconds. What that
// costs: where components are very wide or high the cells they are packed by are larger (pack.go); of very many long edges the longest keep no
// place in the layers they cross (layeredorder.go); thousands of groups are circles, not hulls, when they are placed (blocks.go). A long chain is
// one line in layers and on rings: edges run downward there, and outward here.
//
// Map of the force engine, in the order of its work:
//
//	network.go    the graph as arrays, split into components, renumbered breadth first
//	coarsen.go    star clustering into ever smaller networks (Gronemann 2009, Hu 2005)
//	stress.go     full stress by stochastic gradient descent for small networks (Zheng, Pawar, Goodman 2018)
//	pivots.go     breadth-first distances to sampled pivots (Ortmann, Klimenta, Brandes 2017)
//	tree.go       Barnes-Hut repulsion over points sorted by morton.go, kernel*.go its inner loops
//	relax.go      one iteration: edge springs, repulsion, distances to pivots, anchors
//	pendant.go    the trees that hang on a network, and the radial drawing a low tree starts from
//	pieces.go     the parts of a network that hang together at single nodes
//	unfold.go     turns what hangs on single nodes of a drawing until it crosses nothing, or little
//	component.go  the course of one component; tuning.go the constants that the quality hangs on
//	trials.go     several starts of a small graph, of which the best is kept
//	force.go      that of all components; warm.go the incremental start, pinning.go drawings with pins
//	arrange.go    components about the largest of them: pack.go measures them, ground.go places them; overlap.go node overlap removal
//	grouped.go    drawings with groups, each on ground of its own; blocks.go places the groups
//
// The other engines: layered*.go (Sugiyama framework, Brandes and Koepf 2001), radial.go, timeline.go,
// circular.go, lattice.go (grid), lanes.go; packed.go draws component by component, ordering.go sorts.
//
// course.go is under all of them: stages, stop mark, progress and parallel loops.
package layout
