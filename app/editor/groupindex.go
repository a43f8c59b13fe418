package editor

import (
	"cmp"
	"slices"
	"strings"

	"caveat/app/scene"
)

// ViewGroup is a group of the view on show.
type ViewGroup struct {
	Key, Name   string
	Light, Dark string // its colours, "#rrggbb"
	Shown       int    // of its members in the view
	Folded, Own bool
}

// ViewGroups returns the groups of the view of which something is on show: the user's own first, then the others in the order
// of the view.
func (e *Editor) ViewGroups() []ViewGroup {
	gr := e.scene.Grouping()
	if e.open == nil || gr == nil {
		return nil
	}
	var out []ViewGroup
	v := e.View()
	for i, n := range e.scene.GroupCounts() {
		if n == 0 {
			continue
		}
		x := &gr.Groups[i]
		g := ViewGroup{Key: x.Key, Name: x.Label, Shown: n, Folded: x.Folded, Own: ownGroup(v, x.Key) >= 0}
		g.Light, g.Dark = gr.Colors(int32(i))
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b ViewGroup) int {
		switch {
		case a.Own == b.Own:
			return 0
		case a.Own:
			return -1
		}
		return 1
	})
	return out
}

// FindGroups returns the groups of the view whose names hold text, the best first.
func (e *Editor) FindGroups(text string, limit int) []ViewGroup {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return nil
	}
	list := slices.DeleteFunc(e.ViewGroups(), func(g ViewGroup) bool { return nameRank(g.Name, text) == notNamed })
	slices.SortStableFunc(list, func(a, b ViewGroup) int { return cmp.Compare(nameRank(a.Name, text), nameRank(b.Name, text)) })
	return list[:min(limit, len(list))]
}

// GoToGroup selects what is on show of a group, its node if it is folded, and brings it into view.
func (e *Editor) GoToGroup(key string) {
	if e.stale() {
		e.whenShown(func() { e.GoToGroup(key) })
		return
	}
	s := e.goal()
	gr := s.Grouping()
	if gr == nil {
		return
	}
	i := slices.IndexFunc(gr.Groups, func(g scene.Group) bool { return g.Key == key })
	if i < 0 {
		return
	}
	if nodes := s.GroupNodes(int32(i)); len(nodes) > 0 {
		e.takeNodes(s, nodes)
		e.ZoomToSelection()
	}
}
