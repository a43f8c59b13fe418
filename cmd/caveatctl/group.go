package main

import (
	"fmt"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// viewGroup is a group of the user's own with the view it is in.
type viewGroup struct {
	view  *graphstore.View
	group *graphstore.OwnGroup
}

// groupsCalled returns the groups of all views with that id or name.
func groupsCalled(g *graphstore.Graph, text string) []viewGroup {
	var out []viewGroup
	text = strings.TrimSpace(text)
	for v := range g.Views() {
		for i := range v.Groups {
			if o := &v.Groups[i]; string(o.ID) == text || strings.EqualFold(o.Name, text) {
				out = append(out, viewGroup{v, o})
			}
		}
	}
	return out
}

// showGroup prints the one group that is called so. With none the error is that of looking for a record; of several it says how
// to name one.
func (s *shell) showGroup(g *graphstore.Graph, text string, asJSON bool, none error) error {
	found := groupsCalled(g, text)
	switch {
	case len(found) == 0:
		return none
	case len(found) > 1:
		var each []string
		for _, x := range found {
			each = append(each, fmt.Sprintf("%s (in the view %s, %s)", plain(x.group.Name), plain(viewTitle(x.view)), x.group.ID))
		}
		return fmt.Errorf("show: %q names several groups, give the id of one: %s", text, strings.Join(each, ", "))
	}
	if asJSON {
		return s.line(found[0].group)
	}
	return s.buffered(func(s *shell) error {
		p, x := &printer{w: s.out, g: g}, found[0]
		p.head(x.group.Name, x.group.ID)
		p.field("group of", viewTitle(x.view)+"  ("+string(x.view.ID)+")")
		p.members(x.group)
		return nil
	})
}

// viewTitle is what a view is called, its id if it has no title.
func viewTitle(v *graphstore.View) string {
	if v.Title != "" {
		return v.Title
	}
	return string(v.ID)
}

// group prints a group of a view.
func (p *printer) group(o *graphstore.OwnGroup) {
	p.line("")
	p.line("group %s  (%s)", plain(o.Name), o.ID)
	p.members(o)
}

// members prints who is in a group.
func (p *printer) members(o *graphstore.OwnGroup) {
	for _, id := range o.Members {
		if p.g.Entity(id) != nil {
			p.line("  %s  (%s)", plain(dossier.Name(p.g, id, "en")), id)
		}
	}
}
