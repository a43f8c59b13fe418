package scene

import (
	"cmp"
	"slices"
	"sync/atomic"
	"time"

	"caveat/app/geom"
	"caveat/graphstore"
)

// Scene is a graph as things to draw and where they stand. It is immutable: any goroutine
// may read it, and every change is a new Scene that shares what stayed.
type Scene struct {
	*model
	view    *graphstore.View // whose places are in pos, or nil
	pos     []geom.Point     // of nodes
	points  []geom.Point     // of anchors
	bounds  geom.Rect
	bundles *Bundles // what edges are led by; nil: all run straight
	index   *index
	queried atomic.Bool // a second question makes an index worth its price
	passing bool        // the next step of a layout replaces it
}

// Options say what of a graph is shown and how it is named.
type Options struct {
	View *graphstore.View // what is shown and where it stands; nil shows all
	Lang string           // BCP 47 tag of the user's language
	// Contradicted reports claims that an analysis found in contradiction; nil: none.
	Contradicted func(graphstore.ID) bool
	// At is the day for which statuses are told. At zero time all that was said
	// counts and nothing expires.
	At time.Time
	// Groups are drawn as areas, or as one node each if folded; nil: none.
	Groups *Grouping
	// Size gives a node its place in the range of sizes, 0 … 1, instead of the number of claims about
	// it; nil: by claims.
	Size func(graphstore.ID) float32
	// Cluster gives a node the number of its cluster, from 1; the first MaxClusters have colours of their
	// own instead of those of kinds. 0, and nil for all: the kind's.
	Cluster func(graphstore.ID) int
}

// shown are the options that say what is shown, without the places.
type shown struct {
	lang         string
	at           time.Time
	only, hidden []graphstore.ID
	hide         graphstore.Filter
	groups       *Grouping
	true, known  graphstore.Date
}

func (o Options) shown() shown {
	s := shown{lang: o.Lang, at: o.At, groups: o.Groups}
	if v := o.View; v != nil {
		s.only, s.hidden, s.hide = v.Only, v.Hidden, v.Hide
		s.true, s.known = v.TrueAt, v.KnownBy
	}
	return s
}

// all reports whether nothing is left out.
func (s shown) all() bool {
	return len(s.only) == 0 && len(s.hidden) == 0 && s.hide.IsZero() && s.true.Zero() && s.known.Zero()
}

func (s shown) equal(t shown) bool {
	return s.groups == t.groups && s.true == t.true && s.known == t.known && s.lang == t.lang && s.at.Equal(t.at) && slices.Equal(s.only, t.only) && slices.Equal(s.hidden, t.hidden) &&
		slices.Equal(s.hide.Kinds, t.hide.Kinds) && slices.Equal(s.hide.Predicates, t.hide.Predicates) &&
		slices.Equal(s.hide.Positions, t.hide.Positions) && slices.Equal(s.hide.Speakers, t.hide.Speakers)
}

func newScene(m *model, pos []geom.Point, v *graphstore.View) *Scene {
	return newBundled(m, pos, v, nil)
}

func newBundled(m *model, pos []geom.Point, v *graphstore.View, b *Bundles) *Scene {
	s := &Scene{model: m, view: v, pos: pos, bundles: b, index: new(index)}
	s.settle()
	return s
}

// WithPositions returns the scene with its nodes elsewhere; pos is kept and must not
// change afterwards. Missing places and ones that are not finite stay as they are.
func (s *Scene) WithPositions(pos []geom.Point) *Scene {
	clean := pos
	if len(pos) != len(s.pos) || slices.ContainsFunc(pos, func(p geom.Point) bool { return !p.Finite() }) {
		clean = slices.Clone(s.pos)
		for i := range min(len(pos), len(clean)) {
			if pos[i].Finite() {
				clean[i] = pos[i]
			}
		}
	}
	return newBundled(s.model, clean, s.view, s.bundles)
}

// WithStep is WithPositions for a step of a layout, soon replaced by the next: its pictures look at every node and edge
// until MakeIndex has been through, as an index of their own would cost more than they all.
func (s *Scene) WithStep(pos []geom.Point) *Scene {
	next := s.WithPositions(pos)
	next.passing = true
	return next
}

// Positions returns where the nodes stand, by node; read only.
func (s *Scene) Positions() []geom.Point { return s.pos }

// Len returns the number of nodes.
func (s *Scene) Len() int { return len(s.nodes) }

// EdgeCount returns the number of edges drawn; a bundle is one.
func (s *Scene) EdgeCount() int { return len(s.edges) }

// ID returns the entity that a node stands for; of merged entities the one
// the others are said to be the same as.
func (s *Scene) ID(node int32) graphstore.ID { return s.nodes[node].id }

// Name returns the full name of a node in the scene's language.
func (s *Scene) Name(node int32) string { return s.nodes[node].name }

// Node returns the node that an entity is drawn as, and whether it is shown.
func (s *Scene) Node(id graphstore.ID) (int32, bool) {
	return s.nodeBy(id)
}

// ByImportance returns all nodes, the most important first. The list must not be changed.
func (s *Scene) ByImportance() []int32 { return s.byWeight }

// SameNodes reports whether another scene has the same nodes under the same numbers, wherever they stand.
func (s *Scene) SameNodes(t *Scene) bool { return s.model == t.model }

// Pinned reports whether the user fixed a node's place.
func (s *Scene) Pinned(node int32) bool { return s.nodes[node].pin }

// Kind returns the kind of a node's entity, empty in a drawing without kinds.
func (s *Scene) Kind(node int32) graphstore.Kind {
	if k := s.nodes[node].kind; k >= 0 {
		return s.schema.Kinds[k].ID
	}
	return ""
}

// EdgeOf returns the edge that draws a claim, and whether one does. A same-as claim that joins
// two entities into one node has no edge.
func (s *Scene) EdgeOf(claim graphstore.ID) (int32, bool) {
	if r := s.rowOf(claim); r != nil && r.edge >= 0 {
		return r.edge, true
	}
	return -1, false
}

// ClaimsOf returns the claims that an edge draws: one, or all of a bundle with the newest last.
func (s *Scene) ClaimsOf(edge int32) []graphstore.ID {
	list := s.claimsOf(edge)
	out := make([]graphstore.ID, len(list))
	for i, c := range list {
		out[i] = s.rows[c].claim.ID
	}
	return out
}

// claimID returns the claim to name for an edge: the newest; empty in an edge list.
func (s *Scene) claimID(edge int32) graphstore.ID {
	if l := s.claimsOf(edge); len(l) > 0 {
		return s.rows[l[len(l)-1]].claim.ID
	}
	return ""
}

// endNodes appends the nodes behind an end of an edge: itself, or those of the claim it is.
func (s *Scene) endNodes(dst []int32, end int32) []int32 {
	if end >= 0 {
		return append(dst, end)
	}
	an := s.anchors[^end]
	e := &s.edges[an.edge]
	dst = s.endNodes(dst, e.a)
	if !an.value {
		dst = s.endNodes(dst, e.b)
	}
	return dst
}

// Bounds returns the box of all marks in drawing units, without labels.
func (s *Scene) Bounds() geom.Rect { return s.bounds }

// NodePoint returns where a node stands.
func (s *Scene) NodePoint(node int32) geom.Point { return s.pos[node] }

// Radius returns the radius of a node in drawing units: 12 to 24, less in large edge lists.
func (s *Scene) Radius(node int32) float32 { return s.nodes[node].radius }

// ClaimPoint returns the middle of the edge of a claim, where its dot is if others talk about
// it, and whether the claim is shown.
func (s *Scene) ClaimPoint(claim graphstore.ID) (geom.Point, bool) {
	r := s.rowOf(claim)
	if r == nil || r.edge == noEdge {
		return geom.Point{}, false
	}
	e := r.edge
	if e < 0 {
		return s.pos[^e], true
	}
	if d := s.edges[e].dot; d >= 0 {
		return s.points[d], true
	}
	return s.middleOf(e), true
}

// Neighbours returns the nodes that a node's edges lead to, ascending; by a claim about a
// claim, the nodes of the other claim.
func (s *Scene) Neighbours(node int32) []int32 {
	var out []int32
	for _, i := range s.adjEdges[s.adjStart[node]:s.adjStart[node+1]] {
		e := &s.edges[i]
		out = s.endNodes(out, e.a)
		if e.flags&edgeValue == 0 {
			out = s.endNodes(out, e.b)
		}
	}
	out = slices.DeleteFunc(out, func(n int32) bool { return n == node })
	if len(out) > len(s.nodes)/64 { // sorted by marking them
		var bits []uint64
		return ascending(&bits, len(s.nodes), out[:0], func(visit func(int32)) {
			for _, n := range out {
				visit(n)
			}
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func sortByWeight(list []int32, nodes []node) {
	slices.SortFunc(list, func(a, b int32) int {
		if c := cmp.Compare(nodes[b].weight, nodes[a].weight); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
}
