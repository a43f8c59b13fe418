package editor

import (
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/search"
)

// selection is what the user has taken hold of. It is not part of the case.
type selection struct {
	set       *scene.Set    // entities and claims, in the order they were taken
	inspected graphstore.ID // what the inspector shows: also documents
	hover     scene.Target
	at        geom.Point // where the pointer is, in canvas units,
	over      bool       // if it is over the canvas
}

// Selection returns what is selected, entities and claims. The list must not be changed.
func (e *Editor) Selection() []graphstore.ID { return e.selection.set.IDs() }

// Selected returns what is selected as a set.
func (e *Editor) Selected() *scene.Set { return e.selection.set }

// IsSelected reports whether an entity or claim is selected.
func (e *Editor) IsSelected(id graphstore.ID) bool { return e.scene.Picked(e.selection.set, id) }

// Inspected returns what the inspector shows, or nothing.
func (e *Editor) Inspected() graphstore.ID { return e.selection.inspected }

// Hover returns what the pointer is over.
func (e *Editor) Hover() scene.Target { return e.selection.hover }

// Select replaces the selection; the inspector shows a single one.
func (e *Editor) Select(ids ...graphstore.ID) {
	inspected := graphstore.ID("")
	if len(ids) == 1 {
		inspected = ids[0]
		e.places.visit(inspected, e.aim())
	}
	e.take(scene.NewSet(slices.Clone(ids)), inspected)
}

// take makes a set the selection.
func (e *Editor) take(x *scene.Set, inspected graphstore.ID) {
	e.selection.set, e.selection.inspected = x, inspected
	e.changed(NoticeSelection | NoticeScene)
}

// takeNodes selects nodes of s, a list that is not changed any more.
func (e *Editor) takeNodes(s *scene.Scene, nodes []int32) {
	if len(nodes) < 2 {
		var ids []graphstore.ID
		for _, n := range nodes {
			ids = append(ids, s.ID(n))
		}
		e.Select(ids...)
		return
	}
	e.take(s.SetOf(nodes), "")
}

// Toggle adds id to the selection or takes it out.
func (e *Editor) Toggle(id graphstore.ID) {
	ids := e.Selection()
	if i := slices.Index(ids, id); i >= 0 {
		ids = slices.Concat(ids[:i], ids[i+1:])
	} else {
		ids = append(slices.Clip(ids), id)
	}
	e.Select(ids...)
}

// SelectAll selects every entity shown.
func (e *Editor) SelectAll() { e.selectWhere(func(int32) bool { return true }) }

// InvertSelection selects every entity shown that is not selected.
func (e *Editor) InvertSelection() {
	in := make([]bool, e.scene.Len())
	for _, n := range e.scene.NodesOf(e.selection.set) {
		in[n] = true
	}
	e.selectWhere(func(n int32) bool { return !in[n] })
}

// selectWhere selects every entity shown that is to be.
func (e *Editor) selectWhere(is func(node int32) bool) {
	nodes := make([]int32, 0, e.scene.Len())
	for n := range int32(e.scene.Len()) {
		if is(n) {
			nodes = append(nodes, n)
		}
	}
	e.takeNodes(e.scene, nodes)
}

// Inspect looks at a record of any type, or a folded group: an entity or claim is selected too,
// and brought into view if it is outside.
func (e *Editor) Inspect(id graphstore.ID) {
	g := e.Graph()
	if g == nil {
		e.lookAt(id)
		return
	}
	if g.Record(id) == nil && !e.folded(id) {
		return
	}
	if g.Document(id) != nil {
		e.places.visit(id, e.aim())
		e.selection.inspected = id
		e.changed(NoticeSelection)
		return
	}
	e.Select(id)
	if !e.onCanvas(id) {
		e.Center(id)
	}
}

// GoTo is Inspect for a search hit: a hidden entity is shown first.
func (e *Editor) GoTo(id graphstore.ID) {
	if g := e.Graph(); g != nil && g.Entity(id) != nil {
		if _, shown := e.scene.Node(id); !shown {
			e.Fail(e.Show(id))
		}
	}
	if e.open != nil && e.open.doc == nil {
		e.showNode(id)
		e.whenShown(func() {
			e.Inspect(id)
			e.Center(id)
		})
		return
	}
	e.Inspect(id)
	e.Center(id)
}

// Find searches all names in all languages, identifiers, titles and notes; in a drawing the names of nodes, see Finding.
func (e *Editor) Find(text string, limit int) []search.Hit {
	if e.index == nil {
		return e.findNodes(text, limit)
	}
	return e.index.Find(text, limit)
}

// Walk moves the selection along an edge to the neighbour that lies best in
// direction (dx, dy), each -1, 0 or 1, y down. With nothing selected it takes
// the node nearest to the middle of the canvas.
func (e *Editor) Walk(dx, dy float32) {
	from, ok := e.walkStart()
	if !ok {
		return
	}
	at := e.scene.NodePoint(from)
	best, bestCost := int32(-1), float32(math.MaxFloat32)
	for _, n := range e.scene.Neighbours(from) {
		d := e.scene.NodePoint(n).Sub(at)
		along := d.X*dx + d.Y*dy
		across := float32(math.Abs(float64(d.X*dy - d.Y*dx)))
		if along <= 0 || across > 2*along {
			continue
		}
		if cost := along + 2*across; cost < bestCost {
			best, bestCost = n, cost
		}
	}
	if best >= 0 {
		e.Inspect(e.scene.ID(best))
	}
}

// walkStart returns the selected node; when there is none it selects the one in the middle and reports false.
func (e *Editor) walkStart() (int32, bool) {
	if in := e.scene.NodesOf(e.selection.set); len(in) > 0 {
		return in[0], true
	}
	best, bestDist := int32(-1), float32(math.MaxFloat32)
	for i := range int32(e.scene.Len()) {
		if d := e.scene.NodePoint(i).Dist(e.camera.Center); d < bestDist {
			best, bestDist = i, d
		}
	}
	if best >= 0 {
		e.Inspect(e.scene.ID(best))
	}
	return 0, false
}

// selectedEntities returns the selected ids that are entities, or nodes of a drawing; the list must not be changed.
func (e *Editor) selectedEntities() []graphstore.ID {
	g := e.Graph()
	if g == nil { // in a drawing all are
		return e.Selection()
	}
	var out []graphstore.ID
	for _, id := range e.Selection() {
		if g.Entity(id) != nil {
			out = append(out, id)
		}
	}
	return out
}

// anyEntity reports whether one of the selected is an entity.
func (e *Editor) anyEntity() bool {
	g := e.Graph()
	if g == nil { // in a drawing all are
		return e.selection.set.Len() > 0
	}
	return slices.ContainsFunc(e.Selection(), func(id graphstore.ID) bool { return g.Entity(id) != nil })
}

// dropMissing takes out of the selection what is no longer there after a step that d leads through, nil for one of any kind.
func (e *Editor) dropMissing(d *graphstore.Diff) {
	g := e.Graph()
	removed := func(graphstore.ID) bool { return true }
	if d != nil {
		removed = removedBy(d)
	}
	gone := func(id graphstore.ID) bool {
		if _, group := scene.GroupKey(id); !group && !removed(id) {
			return false
		}
		return g == nil || g.Record(id) == nil && !e.folded(id)
	}
	ids := e.Selection()
	if !slices.ContainsFunc(ids, gone) && (e.selection.inspected == "" || !gone(e.selection.inspected)) {
		return
	}
	inspected := e.selection.inspected
	if gone(inspected) {
		inspected = ""
	}
	e.take(scene.NewSet(slices.DeleteFunc(slices.Clone(ids), gone)), inspected)
}

// removedBy returns what tells whether a step removes the record with an id.
func removedBy(d *graphstore.Diff) func(graphstore.ID) bool {
	if len(d.Entities)+len(d.Documents)+len(d.Claims) == 0 {
		return func(graphstore.ID) bool { return false }
	}
	ids := map[graphstore.ID]bool{}
	d.Records(func(before, after graphstore.Record) {
		if before != nil && after == nil {
			ids[before.RecordID()] = true
		}
	})
	return func(id graphstore.ID) bool { return ids[id] }
}

// hitTolerance is how far beside a line the pointer may be, in canvas units.
const hitTolerance = 6

// nowhere is the target of a pointer over nothing.
var nowhere = scene.Target{Part: scene.Nothing, Node: -1, Edge: -1}

// TargetAt returns what lies under a canvas point; nothing as long as a large scene is not indexed.
func (e *Editor) TargetAt(at geom.Point) scene.Target {
	if !e.ready() {
		return nowhere
	}
	t := e.scene.HitAt(e.ToWorld(at), hitTolerance/e.camera.Zoom, e.camera.Zoom)
	if t.Part == scene.NodeRim && e.folded(t.ID) {
		t.Part = scene.NodeBody // nothing is claimed about a group
	}
	return t
}
