package editor

import (
	"context"
	"slices"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// GroupBy groups the view by one of the ways above, or not at all, beside the groups of the user's own. Groups get
// ground of their own, as a job; the view and all places change in one step.
func (e *Editor) GroupBy(by string) error {
	v, g := e.View(), e.Graph()
	switch {
	case e.open == nil || v.Group == by:
		return nil
	case g == nil:
		e.groupDrawing(by)
		return nil
	}
	change := func(v *graphstore.View) { v.Group, v.Folded = by, foldedOwn(v) }
	if by == "" {
		if e.scene.Len() > keepPlaces && e.canEdit() { // all stand where they stand
			next := copyView(v)
			change(next)
			e.open.noteHome(v)
			e.open.homes[laying(next)] = e.open.home
		}
		return e.changeView(e.Words().Say("edit.ungroup"), change)
	}
	e.regroup("edit.group", change, func(ctx context.Context, s *scene.Scene, v *graphstore.View, progress func(float64)) ([]geom.Point, []int32, error) {
		pos, err := layWhole(ctx, s, v, g, progress)
		return pos, nil, err
	})
	return nil
}

// room finds places for the nodes of a scene with new groups, and says which nodes it moved; nil for all.
type room func(ctx context.Context, s *scene.Scene, v *graphstore.View, progress func(float64)) (pos []geom.Point, moved []int32, err error)

// regroup changes the groups of the view, with the places that a job finds for the nodes, in one step.
func (e *Editor) regroup(title string, change func(*graphstore.View), find room) {
	g := e.Graph()
	next := copyView(e.View())
	change(next)
	e.keepAll(next)
	o, m := e.sceneOptions(), e.grouper()
	o.View = next
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, progress func(float64)) (func(), error) {
		began := time.Now()
		groups, err := m.groups(ctx, g, next)
		if err != nil {
			return nil, err
		}
		o.Groups = scene.NewGrouping(groups)
		s := scene.FromGraph(g, o)
		pos, moved, err := find(ctx, s, next, progress)
		if err != nil {
			return nil, err
		}
		took := time.Since(began)
		return func() {
			switch {
			case e.open == nil:
				return
			case e.Graph() != g: // changed meanwhile
				e.regroup(title, change, find)
				return
			}
			e.open.layoutTime = took
			e.open.groups = groupings{of: g, by: next.Group, lang: m.lang, own: next.Groups, folded: next.Folded, now: o.Groups, sets: m.sets, setsOf: m.setsOf}
			e.Fail(e.keepGroups(title, change, s, pos, moved))
		}, nil
	})
}

// layWhole lays out a scene with its groups; pinned nodes stay.
func layWhole(ctx context.Context, s *scene.Scene, v *graphstore.View, g *graphstore.Graph, progress func(float64)) ([]geom.Point, error) {
	p := problem(s, v, g)
	if p.Pinned != nil {
		p.Start, p.Fresh = slices.Clone(s.Positions()), make([]bool, p.N)
		for i, pinned := range p.Pinned {
			p.Fresh[i] = !pinned
		}
	}
	return runLayout(ctx, engineName(v), p, progress)
}

// groupDrawing groups an edge list by the kinds that its nodes are said to have, or not at all.
func (e *Editor) groupDrawing(by string) {
	e.settle()
	v := copyView(e.View())
	v.Group = by
	e.open.local = v
	e.scene = e.scene.GroupedByKind(by == ByKind)
	e.labels = new(scene.LabelMemory)
	e.changed(NoticeView | NoticeScene)
	if s := e.scene; s.Grouping() != nil {
		e.fitted = true
		e.layOut("force", problem(s, v, nil), s, func(pos []geom.Point) error {
			e.moveNodes(pos)
			return nil
		})
	}
}

// keepGroups changes the groups of the view and records the places that were found for them.
func (e *Editor) keepGroups(title string, change func(*graphstore.View), s *scene.Scene, pos []geom.Point, moved []int32) error {
	e.labels = new(scene.LabelMemory)
	whole := e.fitted
	err := e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		change(v)
		if moved == nil {
			e.placeAll(v, s, pos)
			return
		}
		for _, n := range moved {
			e.put(v, s, s.ID(n), pos[n], v.Places[s.ID(n)].Pin)
		}
	})
	if err != nil {
		return err
	}
	if moved == nil || whole { // else the camera stays, so that what stays is seen to stay
		e.whenShown(func() {
			e.flyTo(e.fitAll(e.goal()))
			e.fitted = true
		})
	}
	return nil
}

// Fold draws a group as one node, or opens it again.
func (e *Editor) Fold(key string, fold bool) error { return e.foldGroups([]string{key}, fold) }

func (e *Editor) foldGroups(keys []string, fold bool) error {
	if e.Graph() == nil {
		return nil // a drawing stays as it is
	}
	title := "edit.fold"
	if !fold {
		title = "edit.unfold"
	}
	return e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		v.Folded = slices.DeleteFunc(slices.Clone(v.Folded), func(k string) bool { return slices.Contains(keys, k) })
		if fold {
			v.Folded = append(v.Folded, keys...)
			slices.Sort(v.Folded)
		}
	})
}

// selectedGroups returns the keys of the groups that are selected, folded, or of which members are, in the order
// of the groups.
func (e *Editor) selectedGroups() []string {
	gr := e.scene.Grouping()
	if gr == nil {
		return nil
	}
	in := map[string]bool{}
	for _, id := range e.selection.ids {
		if key, folded := scene.GroupKey(id); folded {
			in[key] = true
		} else if i := gr.Of(id); i >= 0 {
			in[gr.Groups[i].Key] = true
		}
	}
	var out []string
	for i := range gr.Groups {
		if in[gr.Groups[i].Key] {
			out = append(out, gr.Groups[i].Key)
		}
	}
	return out
}

// FoldSelected folds the groups of what is selected; if all are folded it opens them.
func (e *Editor) FoldSelected() error {
	keys := e.selectedGroups()
	fold := slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(e.View().Folded, k) })
	return e.foldGroups(keys, fold)
}

// folded reports whether id is that of a folded group on show.
func (e *Editor) folded(id graphstore.ID) bool {
	if _, group := scene.GroupKey(id); !group {
		return false
	}
	_, shown := e.goal().Node(id)
	return shown
}

// FoldAll folds every group, or opens all.
func (e *Editor) FoldAll(fold bool) error {
	gr := e.grouping()
	if gr == nil {
		return nil
	}
	keys := slices.Clone(e.View().Folded) // also those of groups that are no more
	if fold {
		keys = nil
		for i := range gr.Groups {
			keys = append(keys, gr.Groups[i].Key)
		}
	}
	return e.foldGroups(keys, fold)
}

// GroupAt returns the key of the group whose ground is under a canvas point, empty for none.
func (e *Editor) GroupAt(at geom.Point) string {
	if gr := e.scene.Grouping(); gr != nil {
		if i := e.scene.GroupAt(e.ToWorld(at)); i >= 0 {
			return gr.Groups[i].Key
		}
	}
	return ""
}

// Grouped reports whether the view has groups.
func (e *Editor) Grouped() bool { return e.View().Group != "" || len(e.View().Groups) > 0 }
