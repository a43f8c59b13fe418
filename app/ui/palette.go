package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// actionPrefix starts the id of a suggestion that is a command, groupPrefix that of a group of the view.
const (
	actionPrefix = "action:"
	groupPrefix  = "group of the view:"
)

// newSearch returns the box for finding records and running commands.
func newSearch(w *Window) *widgets.Picker {
	p := widgets.NewPicker(w.floats, func(text string) []widgets.Choice { return w.lookup(text) })
	p.Loose = true
	p.OnChoose = func(c widgets.Choice) {
		p.Clear()
		w.leaveSearch()
		if name, ok := strings.CutPrefix(c.ID, actionPrefix); ok {
			w.run(name)
			return
		}
		if key, ok := strings.CutPrefix(c.ID, groupPrefix); ok {
			w.editor.GoToGroup(key)
		} else if id := graphstore.ID(c.ID); id != "" {
			w.editor.GoTo(id)
		}
	}
	p.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			p.Clear()
			w.leaveSearch()
			return true
		}
		return w.functionKey(k)
	}
	return p
}

// leaveSearch gives the keyboard back.
func (w *Window) leaveSearch() {
	w.win.Canvas().Unfocus()
	w.focusCanvas()
}

// find takes the keyboard to the search box; with commands set the list opens at once.
func (w *Window) find(commands bool) {
	s := w.bar.search
	w.win.Canvas().Focus(s.Entry)
	if commands {
		s.Suggest()
	}
}

// found is how many records and commands the search box suggests.
const found = 10

// lookup finds records by their names and commands by their titles.
func (w *Window) lookup(text string) []widgets.Choice {
	text = strings.TrimSpace(text)
	commands := w.commands(text)
	if text == "" {
		return commands
	}
	var out []widgets.Choice
	if w.editor.Graph() != nil {
		out = w.desk.Choices(text, found, "entity", "claim", "document")
	} else {
		out = w.drawingNodes(text)
		if len(out) == 0 && w.editor.Finding() {
			out = append(out, widgets.Choice{Text: w.say("search.running", "text", text)})
		}
	}
	out = slices.Concat(w.groups(text), out)
	if len(commands) > 4 {
		commands = commands[:4]
	}
	out = append(out, commands...)
	if len(out) == 0 {
		out = append(out, widgets.Choice{Text: w.say("search.none", "text", text)})
	}
	return out
}

// groups lists the groups of the view by name.
func (w *Window) groups(text string) []widgets.Choice {
	const most = 3
	var out []widgets.Choice
	for _, g := range w.editor.FindGroups(text, most) {
		out = append(out, widgets.Choice{ID: groupPrefix + g.Key, Text: g.Name, Detail: w.words().Count("search.group", g.Shown), Mark: w.desk.GroupMark(g)})
	}
	return out
}

// commands lists the commands that can be done now and whose title holds every word of text.
func (w *Window) commands(text string) []widgets.Choice {
	words := strings.Fields(strings.ToLower(text))
	var out []widgets.Choice
	for _, a := range w.menus.table() {
		if a.Name == "palette" || a.Name == "find" || a.Ready(w.editor) != nil {
			continue
		}
		title := w.actionTitle(a)
		lower := strings.ToLower(title)
		if slices.ContainsFunc(words, func(x string) bool { return !strings.Contains(lower, x) }) {
			continue
		}
		out = append(out, widgets.Choice{ID: actionPrefix + a.Name, Text: title, Detail: w.keyText(a.Key), Mark: theme.NewThemedResource(theme.MediaPlayIcon())})
	}
	if text == "" && len(out) > 18 {
		out = out[:18]
	}
	return out
}

// drawingNodes finds nodes of an edge list by their names.
func (w *Window) drawingNodes(text string) []widgets.Choice {
	s := w.editor.Scene()
	var out []widgets.Choice
	for _, hit := range w.editor.Find(text, found) {
		c := widgets.Choice{ID: string(hit.ID), Text: hit.Name}
		if n, ok := s.Node(hit.ID); ok {
			if k := s.Kind(n); k != "" {
				c.Detail = string(k)
			}
		}
		out = append(out, c)
	}
	return out
}
