package editor

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// GroupAsk asks how a group of the user's own is to be called: one of what is selected, or the one with that key.
type GroupAsk struct {
	Key  string // empty: a new one
	Name string // as it is called now, or might be
}

func (GroupAsk) isAsk() {}

// Reasons, as those of actions.go.
var (
	errNotOwn  = errors.New("why.notowngroup")
	errOnlyOwn = errors.New("why.onlyowngroups")
)

// groupActions are what can be done with groups of the user's own.
func groupActions() []Action {
	own := all(withGraph, when(func(e *Editor) bool { return len(e.selectedOwn()) > 0 }, errNotOwn))
	return []Action{
		{Name: "groupselection", Menu: "edit", Key: "Ctrl+G", Ready: all(withGraph, severalNodes), Do: (*Editor).AskGroup},
		{Name: "renamegroup", Menu: "edit", Ready: own, Do: func(e *Editor) { e.AskGroupName(e.selectedOwn()[0]) }},
		{Name: "takeapart", Menu: "edit", Key: "Ctrl+Shift+G", Ready: own, Do: failing(func(e *Editor) error { return e.TakeApart(e.selectedOwn()...) })},
	}
}

// sameOwn reports whether two lists of groups say the same.
func sameOwn(a, b []graphstore.OwnGroup) bool {
	return slices.EqualFunc(a, b, func(x, y graphstore.OwnGroup) bool {
		return x.ID == y.ID && x.Name == y.Name && slices.Equal(x.Members, y.Members)
	})
}

// ownGroup returns the place of a group of the user's own in a view, -1 if the key is none's.
func ownGroup(v *graphstore.View, key string) int {
	return slices.IndexFunc(v.Groups, func(o graphstore.OwnGroup) bool { return string(o.ID) == key })
}

// foldedOwn returns the keys of the folded groups of the user's own.
func foldedOwn(v *graphstore.View) []string {
	return slices.DeleteFunc(slices.Clone(v.Folded), func(key string) bool { return ownGroup(v, key) < 0 })
}

// OwnGroup returns the name of a group of the user's own, and whether the key is one's.
func (e *Editor) OwnGroup(key string) (string, bool) {
	v := e.View()
	if i := ownGroup(v, key); i >= 0 {
		return v.Groups[i].Name, true
	}
	return "", false
}

// selectedOwn returns the keys of the user's own groups that are selected, or of which members are.
func (e *Editor) selectedOwn() []string {
	v := e.View()
	if len(v.Groups) == 0 {
		return nil
	}
	return slices.DeleteFunc(e.selectedGroups(math.MaxInt), func(key string) bool { return ownGroup(v, key) < 0 })
}

// AskGroup asks for the name of a group of what is selected, and proposes one.
func (e *Editor) AskGroup() {
	for n := 1; ; n++ {
		name := e.Words().Say("group.new", "n", e.Words().Number(n))
		if !slices.ContainsFunc(e.View().Groups, func(o graphstore.OwnGroup) bool { return o.Name == name }) {
			e.asks(GroupAsk{Name: name})
			return
		}
	}
}

// AskGroupName asks for another name of a group of the user's own.
func (e *Editor) AskGroupName(key string) {
	if name, ok := e.OwnGroup(key); ok {
		e.asks(GroupAsk{Key: key, Name: name})
	}
}

// GroupSelection makes a group of the entities whose nodes are selected, and takes them out of others of the user's own: one step.
// What stands apart is brought together, and what stands in between gives way; pinned nodes stay. Claims stay the claims
// they are: a group is for drawing only.
func (e *Editor) GroupSelection(name string) error {
	g, name := e.Graph(), strings.TrimSpace(name)
	list := e.selectedMembers()
	if g == nil || len(list) == 0 || name == "" {
		return nil
	}
	own := graphstore.OwnGroup{ID: graphstore.NewID(), Members: list, Name: name}
	home, was := e.open.home, torn(e.scene)
	find := func(ctx context.Context, s *scene.Scene, v *graphstore.View, progress func(float64)) ([]geom.Point, []int32, error) {
		start, err := plan.Places(ctx, s, v, g, home)
		if err != nil {
			return nil, nil, err
		}
		return gather(ctx, s.WithPositions(start), v, g, string(own.ID), was, progress)
	}
	e.regroup("edit.groupselection", func(v *graphstore.View) {
		leaveGroups(v, list)
		v.Groups = append(v.Groups, own)
	}, find)
	return nil
}

// selectedMembers returns the entities that the selected nodes stand for, in the order of ids.
func (e *Editor) selectedMembers() []graphstore.ID {
	in := map[int32]bool{}
	var out []graphstore.ID
	for _, n := range e.selectedNodes() {
		in[n] = true
		if id := e.scene.ID(n); e.folded(id) {
			out = append(out, plan.Members(e.scene, id)...)
		}
	}
	if g := e.Graph(); g != nil && len(in) > 0 {
		for ent := range g.Entities() { // also those that are joined to another
			if n, shown := e.scene.Node(ent.ID); shown && in[n] {
				out = append(out, ent.ID)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// leaveGroups takes entities out of the user's own groups of v; a group of nobody is none.
func leaveGroups(v *graphstore.View, ids []graphstore.ID) {
	var out []graphstore.OwnGroup
	for _, o := range v.Groups {
		was := len(o.Members)
		if o.Members = leave(o.Members, ids); len(o.Members) > 0 || was == 0 {
			out = append(out, o)
			continue
		}
		v.Folded = slices.DeleteFunc(slices.Clone(v.Folded), func(key string) bool { return key == string(o.ID) })
	}
	v.Groups = out
}

// RenameGroup gives a group of the user's own another name.
func (e *Editor) RenameGroup(key, name string) error {
	name = strings.TrimSpace(name)
	if was, ok := e.OwnGroup(key); !ok || name == "" || name == was {
		return nil
	}
	return e.changeView(e.Words().Say("edit.renamegroup"), func(v *graphstore.View) { v.Groups[ownGroup(v, key)].Name = name })
}

// TakeApart makes groups of the user's own no groups; their members stay where they are.
func (e *Editor) TakeApart(keys ...string) error {
	gone := func(key string) bool { return slices.Contains(keys, key) }
	if !slices.ContainsFunc(e.View().Groups, func(o graphstore.OwnGroup) bool { return gone(string(o.ID)) }) {
		return nil
	}
	return e.changeView(e.Words().Say("edit.takeapart"), func(v *graphstore.View) {
		v.Groups = slices.DeleteFunc(v.Groups, func(o graphstore.OwnGroup) bool { return gone(string(o.ID)) })
		v.Folded = slices.DeleteFunc(v.Folded, gone)
	})
}

// gather brings the nodes of a group together, unless its ground is one piece already, and returns the places of all nodes and
// which moved. Others move only if they are in the way, and all only where that would tear more groups than were torn.
func gather(ctx context.Context, s *scene.Scene, v *graphstore.View, g *graphstore.Graph, key string, was int, progress func(float64)) ([]geom.Point, []int32, error) {
	start := s.Positions()
	gr := s.Grouping()
	group := slices.IndexFunc(gr.Groups, func(x scene.Group) bool { return x.Key == key })
	switch {
	case group >= 0 && v.Layout == "lanes" && v.Group != "" && s.Len() <= plan.KeepPlaces: // groups are the lanes
		pos, err := layWhole(ctx, s, v, g, progress)
		return pos, nil, err
	case group < 0 || plan.Guided(v): // where a node stands says something
		return start, []int32{}, nil
	case len(s.Area(int32(group))) == 1 && torn(s) <= was:
		return start, []int32{}, nil
	}
	pos, err := closeUp(ctx, s, v, int32(group))
	if err != nil {
		return nil, nil, err
	}
	if len(gr.Groups) > 1 && s.Len() <= plan.KeepPlaces && torn(s.WithPositions(pos)) > was {
		pos, err = layWhole(ctx, s, v, g, progress)
		return pos, nil, err
	}
	moved := []int32{}
	for i := range pos {
		if pos[i] != start[i] {
			moved = append(moved, int32(i))
		}
	}
	return pos, moved, nil
}

// torn returns how many groups stand on several pieces of ground, or around others.
func torn(s *scene.Scene) int {
	n := 0
	if s.Grouping() == nil {
		return n
	}
	for i := range s.Grouping().Groups {
		if len(s.Area(int32(i))) > 1 {
			n++
		}
	}
	return n
}

// Measures of closing up, in drawing units.
const (
	closeRoom = 20 // between the outermost nodes of a group and others
	closeGap  = 6  // between others that give way
)

// closeUp returns places with the nodes of a group laid out among themselves where they are in the middle, and with those that stand
// there pushed aside. Pinned nodes stay; with two of them in the group nothing moves.
func closeUp(ctx context.Context, s *scene.Scene, v *graphstore.View, group int32) ([]geom.Point, error) {
	pos := slices.Clone(s.Positions())
	var nodes []int32
	pinned := -1 // of nodes
	for n := range int32(s.Len()) {
		if s.GroupOf(n) != group {
			continue
		}
		if v.Places[s.ID(n)].Pin {
			if pinned >= 0 {
				return pos, nil
			}
			pinned = len(nodes)
		}
		nodes = append(nodes, n)
	}
	free := *v
	free.Layout = "force"
	part := excerpt(plan.Problem(s, &free, nil), nodes)
	part.Start, part.Pinned, part.Group = nil, nil, nil
	found, err := layout.Run(ctx, "force", part, nil)
	if err != nil {
		return nil, err
	}
	at := picked(pos, nodes)
	found = fitted(found, at, true)
	by := geom.Point{}
	if pinned >= 0 {
		by = at[pinned].Sub(found[pinned])
	}
	sizes := s.Sizes()
	for i, n := range nodes {
		pos[n] = found[i].Add(by)
	}
	// The group as one disc that does not give way.
	middle := geom.BoundsOf(picked(pos, nodes)).Center()
	reach := float32(0)
	for _, n := range nodes {
		reach = max(reach, pos[n].Dist(middle)+sizes[n])
	}
	reach += closeRoom
	points, radius, held := []geom.Point{middle}, []float32{reach}, []bool{true}
	var others []int32
	for n := range int32(len(pos)) {
		if s.GroupOf(n) == group || pos[n].Dist(middle) > 3*reach {
			continue
		}
		others = append(others, n)
		points, radius, held = append(points, pos[n]), append(radius, sizes[n]+closeGap), append(held, v.Places[s.ID(n)].Pin)
	}
	layout.RemoveOverlaps(points, radius, held)
	for i, n := range others {
		pos[n] = points[i+1]
	}
	return pos, ctx.Err()
}
