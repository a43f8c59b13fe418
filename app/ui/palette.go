package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// What starts the id of a suggestion that is no record: a command, a layout, a saved view, a group of the view.
const (
	actionPrefix = "action:"
	layoutPrefix = "layout:"
	viewPrefix   = "saved view:"
	groupPrefix  = "group of the view:"
)

// newSearch returns the box for finding records and running commands.
func newSearch(w *Window) *widgets.Picker {
	p := widgets.NewPicker(w.floats, func(text string) []widgets.Choice { return w.lookup(text) })
	p.Loose = true
	p.OnChoose = func(c widgets.Choice) {
		p.Clear()
		w.leaveSearch()
		w.follow(c.ID)
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

// follow does what a suggestion stands for.
func (w *Window) follow(id string) {
	if name, ok := strings.CutPrefix(id, actionPrefix); ok {
		w.run(name)
	} else if name, ok := strings.CutPrefix(id, layoutPrefix); ok {
		w.editor.Arrange(name, w.editor.Shape())
	} else if view, ok := strings.CutPrefix(id, viewPrefix); ok {
		w.editor.UseView(graphstore.ID(view))
	} else if key, ok := strings.CutPrefix(id, groupPrefix); ok {
		w.editor.GoToGroup(key)
	} else if id != "" {
		w.editor.GoTo(graphstore.ID(id))
	}
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
	if i := slices.IndexFunc(commands, func(c widgets.Choice) bool { return strings.EqualFold(c.Text, text) }); i >= 0 { // named in full
		out = slices.Insert(out, 0, commands[i])
		commands = slices.Delete(commands, i, i+1)
	}
	out = append(out, commands[:min(len(commands), 4)]...)
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

// commands lists what can be done now and whose title holds every word of text: the commands and, once something is typed, the
// layouts and the saved views.
func (w *Window) commands(text string) []widgets.Choice {
	const most = 18 // without a text
	words := strings.Fields(strings.ToLower(text))
	var out []widgets.Choice
	add := func(id, title, detail string, icon fyne.Resource) {
		lower := strings.ToLower(title)
		if !slices.ContainsFunc(words, func(x string) bool { return !strings.Contains(lower, x) }) {
			out = append(out, widgets.Choice{ID: id, Text: title, Detail: detail, Mark: theme.NewThemedResource(icon)})
		}
	}
	for _, a := range w.menus.table() {
		if a.Name != "palette" && a.Name != "find" && a.Ready(w.editor) == nil {
			add(actionPrefix+a.Name, w.actionTitle(a), w.keyText(a.Key), theme.MediaPlayIcon())
		}
	}
	if text == "" {
		return out[:min(len(out), most)]
	}
	if w.editor.Scene().Len() > 0 {
		for _, name := range w.editor.Layouts() {
			add(layoutPrefix+name, w.say("edit.layout", "name", w.say("layout."+name)), "", theme.MediaPlayIcon())
		}
	}
	for _, v := range w.editor.Views() {
		if v.Title != "" {
			add(viewPrefix+string(v.ID), v.Title, w.say("search.view"), theme.VisibilityIcon())
		}
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
