package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
)

// menus are the main menu as it was last made, to make it anew only when it differs.
type menus struct {
	signature string
	actions   []editor.Action
	center    string // what the middle of the window shows
}

func (m *menus) table() []editor.Action {
	if m.actions == nil {
		m.actions = editor.Actions()
	}
	return m.actions
}

// groupStarts are the actions that begin a group of their menu.
var groupStarts = map[string]bool{"import": true, "rename": true, "settings": true, "newclaim": true, "pin": true, "selectall": true, "groupselection": true, "find": true,
	"back": true, "expand": true, "connect": true, "layout": true, "groupkind": true, "map": true, "saveview": true, "about": true,
	"leaveout": true, "nextanswer": true, "pinanswers": true, "answers": true}

// refresh makes the main menu anew if what can be done or its texts changed.
func (m *menus) refresh(w *Window) {
	var sig strings.Builder
	titles := map[string]string{}
	reasons := map[string]string{}
	for _, a := range m.table() {
		titles[a.Name] = w.counted(a.Name, w.actionTitle(a))
		if err := a.Ready(w.editor); err != nil {
			reasons[a.Name] = w.say(err.Error())
		}
		sig.WriteString(titles[a.Name] + "\x00" + reasons[a.Name] + "\x00")
	}
	if m.signature == sig.String() {
		return
	}
	m.signature = sig.String()
	bar := fyne.NewMainMenu()
	by := map[string]*fyne.Menu{}
	for _, a := range m.table() {
		menu := by[a.Menu]
		if menu == nil {
			menu = fyne.NewMenu(w.say("menu." + a.Menu))
			by[a.Menu] = menu
			bar.Items = append(bar.Items, menu)
		}
		if groupStarts[a.Name] && len(menu.Items) > 0 {
			menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
		}
		label := titles[a.Name]
		why := reasons[a.Name]
		if why != "" {
			label += "  (" + why + ")"
		}
		item := w.keyed(fyne.NewMenuItem(label, func() { w.run(a.Name) }), a.Key)
		item.Disabled = why != ""
		menu.Items = append(menu.Items, item)
	}
	if c := by["case"]; c != nil {
		quit := fyne.NewMenuItem(w.say("action.quit"), w.Close)
		quit.IsQuit = true
		c.Items = append(c.Items, fyne.NewMenuItemSeparator(), w.keyed(quit, "Ctrl+Q"))
	}
	for _, menu := range bar.Items {
		alignKeys(menu.Items)
	}
	w.win.SetMainMenu(bar)
}

// silent is a shortcut that works from a menu but is not drawn by it: Fyne
// draws shortcuts so faint that they cannot be read, so the key is part of the label.
type silent struct{ name, key string }

// ShortcutName returns the name of the shortcut it stands for.
func (s silent) ShortcutName() string { return s.name }

// keyed gives a menu item its key.
func (w *Window) keyed(i *fyne.MenuItem, key string) *fyne.MenuItem {
	if s := shortcut(key); s != nil {
		i.Shortcut = silent{s.ShortcutName(), w.keyText(key)}
	}
	return i
}

// namedKeys are the keys that are called something: their texts are words keys "key." + name.
func namedKeys() []string {
	return []string{"Ctrl", "Shift", "Alt", "Delete", "Return", "Space", "Tab", "Left", "Right", "Plus", "Minus"}
}

// keyText writes a key of the table of actions as the user's keyboard calls it.
func (w *Window) keyText(key string) string {
	parts := strings.Split(key, "+")
	for i, p := range parts {
		if slices.Contains(namedKeys(), p) {
			parts[i] = w.say("key." + p)
		}
	}
	return strings.Join(parts, "+")
}

// alignKeys writes the keys of a menu's items behind their labels, right-aligned by spaces.
func alignKeys(items []*fyne.MenuItem) {
	size := theme.Size(theme.SizeNameText)
	wide := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width }
	const gap = "      "
	most := float32(0)
	for _, i := range items {
		if s, ok := i.Shortcut.(silent); ok {
			most = max(most, wide(i.Label+gap+s.key))
		} else {
			most = max(most, wide(i.Label))
		}
	}
	space := wide("x x") - wide("xx")
	for _, i := range items {
		s, ok := i.Shortcut.(silent)
		if !ok {
			continue
		}
		n := int((most - wide(i.Label) - wide(s.key)) / space)
		i.Label += strings.Repeat(" ", max(n, 2)) + s.key
	}
}

// actionTitle is what a menu says.
func (w *Window) actionTitle(a editor.Action) string {
	return w.editor.ActionTitle(a)
}

// keyNames are the keys that the action table writes otherwise than Fyne.
var keyNames = map[string]fyne.KeyName{"Plus": fyne.KeyPlus, "Minus": fyne.KeyMinus, "Space": fyne.KeySpace}

// shortcut reads a key of the action table; nil for none.
func shortcut(key string) fyne.Shortcut {
	if key == "" {
		return nil
	}
	switch key {
	case "Ctrl+Z":
		return &fyne.ShortcutUndo{}
	case "Ctrl+Y":
		return &fyne.ShortcutRedo{}
	case "Ctrl+A":
		return &fyne.ShortcutSelectAll{}
	}
	parts := strings.Split(key, "+")
	if strings.HasSuffix(key, "++") {
		parts = append(strings.Split(strings.TrimSuffix(key, "++"), "+"), "Plus")
	}
	s := &desktop.CustomShortcut{}
	for _, p := range parts[:len(parts)-1] {
		switch p {
		case "Ctrl":
			s.Modifier |= fyne.KeyModifierShortcutDefault
		case "Shift":
			s.Modifier |= fyne.KeyModifierShift
		case "Alt":
			s.Modifier |= fyne.KeyModifierAlt
		}
	}
	last := parts[len(parts)-1]
	s.KeyName = fyne.KeyName(last)
	if k, ok := keyNames[last]; ok {
		s.KeyName = k
	}
	return s
}

func (w *Window) action(name string) (editor.Action, bool) {
	for _, a := range w.menus.table() {
		if a.Name == name {
			return a, true
		}
	}
	return editor.Action{}, false
}

// keyOf returns the key of an action, to be shown.
func (w *Window) keyOf(name string) string {
	a, _ := w.action(name)
	return w.keyText(a.Key)
}

// ready returns why an action cannot be done now, in the user's words, or nil.
func (w *Window) ready(name string) error {
	a, ok := w.action(name)
	if !ok {
		return errUnknownAction(name)
	}
	return a.Ready(w.editor)
}

type errUnknownAction string

// Error names the action.
func (e errUnknownAction) Error() string { return "there is no action " + string(e) }

// textAction does an action of text editing in the input that has the keyboard, and reports whether it did.
func (w *Window) textAction(name string) bool {
	e, ok := w.win.Canvas().Focused().(*widgets.Entry)
	if !ok {
		return false
	}
	switch name {
	case "undo":
		e.Undo()
	case "redo":
		e.Redo()
	case "selectall":
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	default:
		return false
	}
	return true
}

// run does an action of the table, or says why not.
func (w *Window) run(name string) {
	if w.textAction(name) || w.sheets.Top() != nil {
		return
	}
	a, ok := w.action(name)
	if !ok {
		return
	}
	if err := a.Ready(w.editor); err != nil {
		w.editor.Tell(w.say(err.Error()))
		return
	}
	a.Do(w.editor)
}

// plainKey runs the action of a key without modifiers and reports whether there is one.
func (w *Window) plainKey(name string) bool {
	for _, a := range w.menus.table() {
		if a.Key == name {
			// later: the letter of the key must not land in an input that opens
			w.opts.Poster.Post(func() { w.run(a.Name) })
			return true
		}
	}
	return false
}

// functionKey runs what a function key does, from any input.
func (w *Window) functionKey(k *fyne.KeyEvent) bool {
	n := string(k.Name)
	return len(n) >= 2 && n[0] == 'F' && n[1] >= '0' && n[1] <= '9' && w.plainKey(n)
}
