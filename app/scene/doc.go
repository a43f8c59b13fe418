// Package scene turns a graph into things to draw: a Scene says what there is and
// where it stands, a Frame is one picture of it as a display list.
//
// A Scene is an immutable value. Entities are nodes; entities that current same-as claims join
// are one node. Claims between nodes are edges, side by side where several join one pair, in one
// bundle beyond four. A claim that others are about has a dot at its middle, an anchor, at
// which their edges end; a claim about a literal ends at an anchor of its own beside its subject.
// Anchors are kept in an order in which each depends on earlier ones only.
//
// Bundles lead claims between entities only. A claim about a claim runs straight to its anchor: any path of other
// edges to there ends on half of the very line it is about, where the two could not be told apart.
//
// Files, from the bottom up:
//
//	frame.go outline.go     the display list; proportions of its shapes
//	camera.go theme.go      where from and in which colours it is seen
//	model.go scene.go       Scene and what it is made of
//	build.go rows.go        a graph's entities and claims, filtered and styled
//	cursors.go              as of the time cursors
//	assemble.go             claims into edges: lanes, bundles, anchors
//	edgelist.go idtable.go  scenes of plain edge lists; their nodes by id
//	rough.go                first places of large ones
//	update.go patch.go      a scene after an edit
//	network.go              the graph that a layout sees
//	shape.go                where edges and anchors run
//	edgetree.go hit.go      what lies where
//	look.go state.go set.go what is looked at, what is picked; Frame
//	groups.go               groups as areas with names, and as one node
//	areas.go contour.go     the ground of each group, and its outline
//	guides.go               lanes and dates behind a drawing
//	overview.go excerpt.go  the whole in few pixels; a part of it as a picture
//	part.go                 an edge list without some of its nodes
//	labelled.go             names and kinds of edge lists
//	near.go far.go          edges and nodes by level of detail
//	bundle.go bundled.go    edges led along each other: their courses; how they are drawn
//	occupancy.go label.go names.go texts.go   what there is room to write
//	legend.go               what the signs of a scene mean
//
// Invariants: equal scene, look and label memory give equal frames; texts of a frame never
// overlap, and in views of up to 400 nodes no name lies on a mark unless it is selected or a folded group's; the ground of a group holds its members and no node of others; what lies in view is in the frame; no number in a frame is NaN or infinite.
package scene
