package ui

import (
	"errors"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"caveat/app/editor"
	"caveat/app/ui/panel"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// ask shows what the editor asks for.
func (w *Window) ask(a editor.Ask) {
	switch a := a.(type) {
	case editor.NewClaimAsk:
		w.newClaim(a.From, a.To)
	case editor.NewEntityAsk:
		panel.NewEntityForm(w.desk, w.sheets, &a.At)
	case editor.NewDocumentAsk:
		panel.NewDocumentForm(w.desk, w.sheets)
	case editor.EditAsk:
		w.edit(a.ID)
	case editor.GroupAsk:
		w.groupName(a)
	case editor.ExpandAsk:
		w.confirm(w.say("action.expand"), w.words().Count("confirm.expand", a.Count), w.say("action.expand"), func() { w.editor.Fail(w.editor.Expand(a.ID)) })
	case editor.DeleteAsk:
		w.confirm(w.say("confirm.delete.title"), w.words().Count("confirm.delete", a.Claims), w.say("button.delete"), func() { w.editor.Fail(w.editor.Delete(a.IDs...)) })
	case editor.OpenAsk:
		w.openTrouble(a)
	case editor.ShowError:
		w.showError(a.Err)
	case editor.ChooseAsk:
		w.choose(a.What)
	}
}

// choose opens one of the window's own pages by its name.
func (w *Window) choose(what string) {
	switch what {
	case "new":
		w.newCase(false)
	case "open":
		w.openFile()
	case "samples":
		w.samplesPage()
	case "import":
		w.importFile()
	case "export":
		w.exportPage()
	case "saveas":
		w.saveAs()
	case "rename":
		w.renamePage()
	case "history":
		w.historyPage()
	case "settings":
		w.settingsPage()
	case "layouts":
		w.showLayouts()
	case "saveview":
		w.showPanel(true, false)
		w.outline.SaveView()
	case "keys":
		w.keysPage()
	case "about":
		w.aboutPage()
	case "answers":
		w.answers.show(true)
	case "toggleanswers":
		w.answers.toggle()
	case "exportanswers":
		w.exportAnswers()
	case "find":
		w.find(false)
	case "palette":
		w.find(true)
	case "map":
		w.corner.overview.toggle()
	case "outline":
		w.panes.hide(!w.panes.leftHidden, w.panes.rightHidden)
		w.keepWidths()
	case "inspector":
		w.panes.hide(w.panes.leftHidden, !w.panes.rightHidden)
		w.keepWidths()
	}
}

// showPanel brings a hidden side panel back.
func (w *Window) showPanel(left, right bool) {
	w.panes.hide(w.panes.leftHidden && !left, w.panes.rightHidden && !right)
}

func (w *Window) newClaim(from, to graphstore.ID) {
	if err := w.ready("newentity"); err != nil {
		w.editor.Tell(w.say(err.Error()))
		return
	}
	panel.NewClaimForm(w.desk, w.sheets, from, to)
}

// edit opens the form of a record.
func (w *Window) edit(id graphstore.ID) {
	if err := w.ready("newentity"); err != nil {
		w.editor.Tell(w.say(err.Error()))
		return
	}
	g := w.editor.Graph()
	switch r := g.Record(id).(type) {
	case *graphstore.Claim:
		panel.EditClaimForm(w.desk, w.sheets, r)
	case *graphstore.Entity:
		panel.EditEntityForm(w.desk, w.sheets, r)
	case *graphstore.Document:
		panel.EditDocumentForm(w.desk, w.sheets, r)
	}
}

// groupName asks how a group of the user's own is to be called; typing replaces what is proposed.
func (w *Window) groupName(a editor.GroupAsk) {
	title := "action.renamegroup"
	if a.Key == "" {
		title = "action.groupselection"
	}
	s := w.sheets.New(strings.TrimSuffix(w.say(title), "…"))
	e := widgets.NewEntry()
	e.SetText(a.Name)
	e.SetPlaceHolder(w.say("group.name"))
	e.OnKey = s.Key
	s.Add(e, widgets.NewProse(w.say("group.drawing"), widgets.ColorDim))
	s.Button(w.say("button.cancel"), false, s.Cancel)
	s.Button(w.say("button.save"), true, func() {
		name := strings.TrimSpace(e.Text)
		if name == "" {
			return
		}
		s.Close()
		if a.Key == "" {
			w.editor.Fail(w.editor.GroupSelection(name))
		} else {
			w.editor.Fail(w.editor.RenameGroup(a.Key, name))
		}
	})
	w.sheets.Show(s, e)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// confirm asks before something is done.
func (w *Window) confirm(title, text, button string, do func()) {
	s := w.sheets.New(title)
	s.Width = 420
	s.Add(widgets.NewProse(text, "foreground"))
	s.Button(w.say("button.cancel"), false, s.Cancel)
	b := s.Button(button, true, func() { s.Close(); do() })
	w.sheets.Show(s, b)
}

// browse opens an address in the browser; only web addresses are.
func (w *Window) browse(address string) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		w.editor.Fail(errors.New(w.say("error.address", "address", address)))
		return
	}
	if err := w.opts.App.OpenURL(u); err != nil {
		w.editor.Fail(errors.New(w.say("error.browser", "address", address)))
	}
}

// openTrouble says why a file did not open and offers what can work.
func (w *Window) openTrouble(a editor.OpenAsk) {
	s := w.sheets.New(w.say("error.open.title", "name", filepath.Base(a.Path)))
	s.Width = 500
	what, todo := w.explain(a.Err)
	s.Add(widgets.NewProse(what, "foreground"))
	if todo != "" {
		s.Add(widgets.NewProse(todo, widgets.ColorDim))
	}
	s.Button(w.say("button.close"), false, s.Cancel)
	if a.Repair {
		s.Button(w.say("button.repair"), !a.ReadOnly, func() { s.Close(); w.repair(a.Path) })
	}
	if a.ReadOnly {
		s.Button(w.say("button.read-only"), true, func() { s.Close(); w.editor.OpenFile(a.Path, true) })
	}
	b := s.Button(w.say("button.retry"), false, func() { s.Close(); w.editor.OpenFile(a.Path, false) })
	w.sheets.Show(s, b)
}
