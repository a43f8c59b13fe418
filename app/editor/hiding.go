package editor

import (
	"slices"

	"caveat/app/plan"
	"caveat/graphstore"
)

// Hide takes entities and claims out of the view; the case keeps them. Nodes of a drawing are hidden while it is open.
func (e *Editor) Hide(ids ...graphstore.ID) error {
	switch {
	case len(ids) == 0 || e.open == nil:
		return nil
	case e.open.doc == nil:
		e.changeDrawing(e.Words().Say("edit.hide"), func(*graphstore.View) {}, func() *hidden { return e.hiding(ids, false) })
		return nil
	}
	var all []graphstore.ID
	for _, id := range ids {
		all = append(all, plan.Members(e.scene, id)...)
	}
	err := e.changeView(e.Words().Say("edit.hide"), func(v *graphstore.View) { hide(v, all) })
	if err == nil {
		e.Select()
	}
	return err
}

func hide(v *graphstore.View, ids []graphstore.ID) {
	v.Hidden = union(v.Hidden, ids)
	if rest := leave(v.Only, ids); len(rest) > 0 {
		v.Only = rest
	}
}

func show(v *graphstore.View, ids []graphstore.ID) {
	v.Hidden = leave(v.Hidden, ids)
	if len(v.Only) > 0 {
		v.Only = union(v.Only, ids)
	}
}

// union returns the ids of both lists, sorted, each once.
func union(a, b []graphstore.ID) []graphstore.ID {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// leave returns the ids of list that are not in out, in their order.
func leave(list, out []graphstore.ID) []graphstore.ID {
	if len(list) == 0 {
		return nil
	}
	gone := make(map[graphstore.ID]bool, len(out))
	for _, id := range out {
		gone[id] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(id graphstore.ID) bool { return gone[id] })
}

// Show brings entities and claims into the view, and their kinds if those are filtered out.
func (e *Editor) Show(ids ...graphstore.ID) error {
	g := e.Graph()
	if g == nil {
		return nil
	}
	return e.changeView(e.Words().Say("edit.show"), func(v *graphstore.View) {
		show(v, ids)
		for _, id := range ids {
			if ent := g.Entity(id); ent != nil {
				v.Hide.Kinds = slices.DeleteFunc(v.Hide.Kinds, func(k graphstore.Kind) bool { return k == ent.Kind })
			}
		}
	})
}

// ShowAll brings everything back into the view, filters included. A camera that shows the whole goes on doing so.
func (e *Editor) ShowAll() error {
	if e.open != nil && e.open.doc == nil {
		e.changeDrawing(e.Words().Say("edit.showall"), func(v *graphstore.View) { v.Hide = graphstore.Filter{} }, func() *hidden { return nil })
		return nil
	}
	err := e.changeView(e.Words().Say("edit.showall"), func(v *graphstore.View) {
		v.Only, v.Hidden, v.Hide = nil, nil, graphstore.Filter{}
	})
	if err == nil {
		e.whenShown(func() {
			if e.fitted {
				e.Fit()
			}
		})
	}
	return err
}

// ShowOnly narrows the view to these entities.
func (e *Editor) ShowOnly(ids ...graphstore.ID) error {
	if e.open != nil && e.open.doc == nil {
		e.changeDrawing(e.Words().Say("edit.showonly"), func(*graphstore.View) {}, func() *hidden { return e.hiding(ids, true) })
		return nil
	}
	return e.changeView(e.Words().Say("edit.showonly"), func(v *graphstore.View) {
		show(v, ids)
		v.Only = slices.Clone(ids)
		slices.Sort(v.Only)
	})
}

// SetFilter hides kinds, predicates, positions and speakers; in a drawing kinds of nodes.
func (e *Editor) SetFilter(f graphstore.Filter) error {
	return e.changeView(e.Words().Say("edit.filter"), func(v *graphstore.View) { v.Hide = f })
}

// HiddenNeighbours returns the entities joined to id by a claim that the view does not show.
func (e *Editor) HiddenNeighbours(id graphstore.ID) []graphstore.ID {
	return e.neighbours(id, func(n graphstore.ID) bool { _, shown := e.scene.Node(n); return !shown })
}

// neighbours returns the entities joined to id by a claim that keep accepts, sorted.
func (e *Editor) neighbours(id graphstore.ID, keep func(graphstore.ID) bool) []graphstore.ID {
	g := e.Graph()
	if g == nil {
		return nil
	}
	seen := map[graphstore.ID]bool{id: true}
	var out []graphstore.ID
	add := func(n graphstore.ID) {
		if g.Entity(n) != nil && !seen[n] {
			seen[n] = true
			if keep(n) {
				out = append(out, n)
			}
		}
	}
	for c := range g.Uses(id, graphstore.AsSubject) {
		add(c.Object.ID)
	}
	for c := range g.Uses(id, graphstore.AsObject) {
		add(c.Subject)
	}
	slices.Sort(out)
	return out
}

// expandAskAbove is from how many entities on the user is asked before expanding.
const expandAskAbove = 20

// ExpandOrAsk expands id, asking first when more than twenty entities would come.
func (e *Editor) ExpandOrAsk(id graphstore.ID) {
	hidden := e.HiddenNeighbours(id)
	switch {
	case len(hidden) == 0:
		e.Inspect(id)
		e.Center(id)
	case len(hidden) > expandAskAbove:
		e.asks(ExpandAsk{ID: id, Count: len(hidden)})
	default:
		e.Fail(e.Expand(id))
	}
}

// Expand brings the hidden neighbours of id into the view.
func (e *Editor) Expand(id graphstore.ID) error {
	hidden := e.HiddenNeighbours(id)
	if len(hidden) == 0 {
		return nil
	}
	return e.Show(hidden...)
}

// Collapsible returns the neighbours of id that hang on it alone.
func (e *Editor) Collapsible(id graphstore.ID) []graphstore.ID {
	return e.neighbours(id, func(n graphstore.ID) bool {
		node, shown := e.scene.Node(n)
		if !shown {
			return false
		}
		for _, o := range e.scene.Neighbours(node) {
			if e.scene.ID(o) != id {
				return false
			}
		}
		return true
	})
}

// Collapse hides the neighbours of id that hang on it alone.
func (e *Editor) Collapse(id graphstore.ID) error {
	leaves := e.Collapsible(id)
	if len(leaves) == 0 {
		return nil
	}
	return e.changeView(e.Words().Say("edit.collapse"), func(v *graphstore.View) { hide(v, leaves) })
}
