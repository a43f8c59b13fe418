package editor

import (
	"context"
	"math"
	"slices"
	"time"

	"caveat/app/geom"
	"caveat/app/plan"
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
		if e.scene.Len() > plan.KeepPlaces && e.canEdit() { // all stand where they stand
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
	o, m, settle := e.sceneOptions(), e.grouper(), e.homings()
	o.View = next
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, progress func(float64)) (func(), error) {
		began := time.Now()
		groups, err := m.Groups(ctx, g, next)
		if err != nil {
			return nil, err
		}
		o.Groups = scene.NewGrouping(groups)
		s := scene.FromGraph(g, o)
		pos, moved, err := find(ctx, s, next, progress)
		if err != nil {
			return nil, err
		}
		home := homing{}
		if moved == nil {
			home = settle(s, pos)
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
			e.open.groups = groupings{of: g, by: next.Group, lang: m.Lang, own: next.Groups, folded: next.Folded, now: o.Groups, sets: m.Sets, setsOf: m.SetsOf}
			e.Fail(e.keepGroups(title, change, s, pos, moved, home))
		}, nil
	})
}

// layWhole lays out a scene with its groups; pinned nodes stay.
func layWhole(ctx context.Context, s *scene.Scene, v *graphstore.View, g *graphstore.Graph, progress func(float64)) ([]geom.Point, error) {
	p := plan.Problem(s, v, g)
	if p.Pinned != nil {
		p.Start, p.Fresh = slices.Clone(s.Positions()), make([]bool, p.N)
		for i, pinned := range p.Pinned {
			p.Fresh[i] = !pinned
		}
	}
	return plan.Run(ctx, plan.Engine(v), p, progress)
}

// groupDrawing groups an edge list by the kinds that its nodes are said to have, by its communities, or not at all.
func (e *Editor) groupDrawing(by string) {
	title := "edit.group"
	if by == "" {
		title = "edit.ungroup"
	}
	e.changeDrawing(e.Words().Say(title), func(v *graphstore.View) { v.Group, v.Folded = by, nil }, nil)
	if by == "" {
		return
	}
	e.whenShown(func() {
		e.fitted = true
		e.arrangeNow("force", e.Shape())
	})
}

// keepGroups changes the groups of the view and records the places that were found for them.
func (e *Editor) keepGroups(title string, change func(*graphstore.View), s *scene.Scene, pos []geom.Point, moved []int32, h homing) error {
	e.labels = new(scene.LabelMemory)
	whole := e.fitted
	err := e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		change(v)
		if moved == nil {
			e.placeAll(v, s, pos, h)
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
	if len(keys) == 0 {
		return nil
	}
	title := "edit.fold"
	if !fold {
		title = "edit.unfold"
	}
	whole := e.fitted
	err := e.changeView(e.Words().Say(title), func(v *graphstore.View) {
		v.Folded = slices.DeleteFunc(slices.Clone(v.Folded), func(k string) bool { return slices.Contains(keys, k) })
		if fold {
			v.Folded = append(v.Folded, keys...)
			slices.Sort(v.Folded)
		}
	})
	if err == nil && whole { // the nodes of groups are larger than others, and are many members less
		e.whenShown(func() {
			e.flyTo(e.fitAll(e.goal()))
			e.fitted = true
		})
	}
	return err
}

// selectedGroups returns the keys of the groups that are selected, folded, or of which members are, in the order
// of the groups; at most so many.
func (e *Editor) selectedGroups(most int) []string {
	gr := e.scene.Grouping()
	if gr == nil {
		return nil
	}
	in := map[string]bool{}
	for i := range e.selection.set.Len() {
		if key := e.groupKeyOf(gr, e.selection.set.At(i)); key != "" {
			in[key] = true
			if len(in) >= min(most, len(gr.Groups)) {
				break
			}
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

// groupKeyOf returns the key of the group that something on show is, or is in; empty for none.
func (e *Editor) groupKeyOf(gr *scene.Grouping, id graphstore.ID) string {
	if e.Graph() != nil {
		if key, folded := scene.GroupKey(id); folded {
			return key
		}
		if i := gr.Of(id); i >= 0 {
			return gr.Groups[i].Key
		}
		return ""
	}
	n, _ := e.scene.Node(id)
	if e.scene.FoldedNode(n) {
		key, _ := scene.GroupKey(e.scene.ID(n))
		return key
	}
	if n < 0 || e.scene.GroupOf(n) < 0 {
		return ""
	}
	return gr.Groups[e.scene.GroupOf(n)].Key
}

// FoldSelected folds the groups of what is selected; if all are folded it opens them.
func (e *Editor) FoldSelected() error {
	keys := e.selectedGroups(math.MaxInt)
	fold := slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(e.View().Folded, k) })
	return e.foldGroups(keys, fold)
}

// folded reports whether id is that of a folded group on show.
func (e *Editor) folded(id graphstore.ID) bool {
	if _, group := scene.GroupKey(id); !group {
		return false
	}
	s := e.goal()
	n, shown := s.Node(id)
	return shown && s.FoldedNode(n)
}

// FoldAll folds every group, or opens all.
func (e *Editor) FoldAll(fold bool) error {
	if e.Graph() == nil && e.stale() { // the groups of a drawing are still looked for
		e.whenShown(func() { e.Fail(e.FoldAll(fold)) })
		return nil
	}
	keys := slices.Clone(e.View().Folded) // also those of groups that are no more
	if fold {
		keys = e.groupKeys()
	}
	return e.foldGroups(keys, fold)
}

// groupKeys returns the keys of all groups of the view.
func (e *Editor) groupKeys() []string {
	gr := e.grouping()
	if e.Graph() == nil {
		gr = e.drawing().Grouping()
	}
	var keys []string
	if gr != nil {
		for i := range gr.Groups {
			keys = append(keys, gr.Groups[i].Key)
		}
	}
	return keys
}

// Member is one of a group.
type Member struct {
	ID   graphstore.ID
	Name string
}

// GroupMembers returns who is in a group of the view, at most so many, and how many are.
func (e *Editor) GroupMembers(key string, most int) (list []Member, all int) {
	gr := e.scene.Grouping()
	switch {
	case gr == nil:
		return nil, 0
	case e.Graph() == nil:
		return e.drawnMembers(key, most)
	}
	for i := range gr.Groups {
		if gr.Groups[i].Key == key {
			all = len(gr.Groups[i].Members)
			for _, id := range gr.Groups[i].Members[:min(most, all)] {
				list = append(list, Member{ID: id, Name: string(id)})
				if ent := e.Graph().Entity(id); ent != nil {
					list[len(list)-1].Name = ent.Name(e.Words().Lang())
				}
			}
		}
	}
	return list, all
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
