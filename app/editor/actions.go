package editor

import (
	"errors"
	"slices"

	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/graphstore"
)

// Action is one thing the user can do. Menus, keys, the palette, the help
// sheet and the tests are views of the table that Actions returns. Its title is the words
// key "action." + Name.
type Action struct {
	Name string
	Menu string // case, edit, view, ask, help: words key "menu." + Menu
	Key  string // "Ctrl+Z", "Space", "Shift+Delete"; empty: none
	// Plain keys reach the action only while the canvas has the focus.
	Plain bool
	Ready func(*Editor) error // nil, or why not: shown where the action is disabled
	Do    func(*Editor)
}

// Reasons why an action is not ready; their texts are words keys.
var (
	errNoCase      = errors.New("why.nocase")
	errDrawing     = errors.New("why.drawing")
	errReadOnly    = errors.New("why.readonly")
	errNoSelection = errors.New("why.noselection")
	errNotSeveral  = errors.New("why.notseveral")
	errNotTwo      = errors.New("why.nottwo")
	errNoUndo      = errors.New("why.noundo")
	errNoRedo      = errors.New("why.noredo")
	errNoBack      = errors.New("why.noback")
	errNoForward   = errors.New("why.noforward")
	errNothing     = errors.New("why.nothing")
	errNoPath      = errors.New("why.nopath")
	errNotGrouped  = errors.New("why.notgrouped")
	errFolded      = errors.New("why.folded")
	errNoKinds     = errors.New("why.nokinds")
	errNoGroup     = errors.New("why.nogroup")
	errNotFolded   = errors.New("why.notfolded")
	errGrouped     = errors.New("why.grouped")
	errNothingOut  = errors.New("why.nothingout")
	errOff         = errors.New("why.questionoff")
	errNotAsked    = errors.New("why.notasked")
	errUpToDate    = errors.New("why.uptodate")
)

func always(*Editor) error { return nil }

func withCase(e *Editor) error {
	if e.open == nil {
		return errNoCase
	}
	return nil
}

// withGraph is ready with a case; a drawing is none.
func withGraph(e *Editor) error {
	switch {
	case e.open == nil:
		return errNoCase
	case e.open.doc == nil:
		return errDrawing
	}
	return nil
}

func editable(e *Editor) error {
	if err := withGraph(e); err != nil {
		return err
	}
	if !e.canEdit() {
		return errReadOnly
	}
	return nil
}

// openable is ready with a record that may be changed, or a folded group, under inspection.
func openable(e *Editor) error {
	if e.open != nil && e.folded(e.selection.inspected) {
		return nil
	}
	return all(editable, inspecting)(e)
}

// inGroups is ready while the view is grouped.
func inGroups(e *Editor) error { return all(withCase, when((*Editor).Grouped, errNotGrouped))(e) }

// groupable is ready while the view is not grouped that way already.
func groupable(by string) func(*Editor) error {
	of := withGraph
	switch by {
	case plan.ByKind:
		of = all(withCase, when(func(e *Editor) bool { return e.Graph() != nil || e.scene.HasKinds() && !e.DrawnCommunities() }, errNoKinds))
	case plan.ByCommunity:
		of = withCase
	}
	return all(of, when(func(e *Editor) bool { return e.View().Group != by }, errGrouped))
}

// all is ready when every condition is.
func all(conditions ...func(*Editor) error) func(*Editor) error {
	return func(e *Editor) error {
		for _, c := range conditions {
			if err := c(e); err != nil {
				return err
			}
		}
		return nil
	}
}

func when(ok func(*Editor) bool, why error) func(*Editor) error {
	return func(e *Editor) error {
		if ok(e) {
			return nil
		}
		return why
	}
}

var (
	selected         = when(func(e *Editor) bool { return e.selection.set.Len() > 0 }, errNoSelection)
	selectedEntities = when((*Editor).anyEntity, errNoSelection)
	severalNodes     = when((*Editor).severalNodes, errNotSeveral)
	inspecting       = when(func(e *Editor) bool { return e.selection.inspected != "" }, errNoSelection)
	two              = when(func(e *Editor) bool { return e.selection.set.Len() == 2 }, errNotTwo)
	noGroup          = when(func(e *Editor) bool { return !slices.ContainsFunc(e.Selection(), e.folded) }, errFolded)
)

func choose(what string) func(*Editor) { return func(e *Editor) { e.asks(ChooseAsk{What: what}) } }

func failing(f func(*Editor) error) func(*Editor) { return func(e *Editor) { e.Fail(f(e)) } }

// one returns the single selected record, or "".
func (e *Editor) one() graphstore.ID {
	if e.selection.set.Len() == 1 {
		return e.selection.set.At(0)
	}
	return ""
}

// Actions returns the table of everything the user can do, in menu order.
func Actions() []Action {
	var list []Action
	list = append(list, caseActions()...)
	list = append(list, editActions()...)
	list = append(list, viewActions()...)
	list = append(list, askActions()...)
	return append(list,
		Action{Name: "keys", Menu: "help", Key: "F1", Ready: always, Do: choose("keys")},
		Action{Name: "about", Menu: "help", Ready: always, Do: choose("about")},
	)
}

func caseActions() []Action {
	return []Action{
		{Name: "new", Menu: "case", Key: "Ctrl+Shift+N", Ready: always, Do: choose("new")},
		{Name: "open", Menu: "case", Key: "Ctrl+O", Ready: always, Do: choose("open")},
		{Name: "samples", Menu: "case", Ready: always, Do: choose("samples")},
		{Name: "import", Menu: "case", Key: "Ctrl+I", Ready: editable, Do: choose("import")},
		{Name: "export", Menu: "case", Key: "Ctrl+E", Ready: withCase, Do: choose("export")},
		{Name: "saveas", Menu: "case", Key: "Ctrl+Shift+S", Ready: withCase, Do: choose("saveas")},
		{Name: "rename", Menu: "case", Ready: editable, Do: choose("rename")},
		{Name: "history", Menu: "case", Key: "Ctrl+H", Ready: withGraph, Do: choose("history")},
		{Name: "settings", Menu: "case", Key: "Ctrl+,", Ready: always, Do: choose("settings")},
		{Name: "close", Menu: "case", Key: "Ctrl+W", Ready: withCase, Do: failing((*Editor).CloseCase)},
	}
}

func editActions() []Action {
	list := []Action{
		{Name: "undo", Menu: "edit", Key: "Ctrl+Z", Do: failing((*Editor).Undo),
			Ready: all(withCase, when(func(e *Editor) bool { _, ok := e.UndoTitle(); return ok }, errNoUndo))},
		{Name: "redo", Menu: "edit", Key: "Ctrl+Shift+Z", Do: failing((*Editor).Redo),
			Ready: all(withCase, when(func(e *Editor) bool { _, ok := e.RedoTitle(); return ok }, errNoRedo))},
		{Name: "newclaim", Menu: "edit", Key: "E", Plain: true, Ready: all(editable, selected, noGroup), Do: (*Editor).askClaim},
		{Name: "newentity", Menu: "edit", Key: "N", Plain: true, Ready: editable, Do: func(e *Editor) { e.asks(NewEntityAsk{At: e.camera.Center}) }},
		{Name: "newdocument", Menu: "edit", Key: "D", Plain: true, Ready: editable, Do: func(e *Editor) { e.asks(NewDocumentAsk{}) }},
		{Name: "edit", Menu: "edit", Key: "Return", Plain: true, Ready: openable, Do: (*Editor).enter},
		{Name: "pin", Menu: "edit", Key: "P", Plain: true, Ready: all(withGraph, selectedEntities), Do: failing((*Editor).togglePin)},
		{Name: "hide", Menu: "edit", Key: "Delete", Plain: true, Ready: all(withCase, selected), Do: failing(func(e *Editor) error { return e.Hide(e.Selection()...) })},
		{Name: "delete", Menu: "edit", Key: "Shift+Delete", Plain: true, Ready: all(editable, selected, noGroup), Do: func(e *Editor) { e.DeleteOrAsk(e.Selection()...) }},
		{Name: "selectall", Menu: "edit", Key: "Ctrl+A", Ready: withCase, Do: (*Editor).SelectAll},
		{Name: "invert", Menu: "edit", Key: "Ctrl+Shift+A", Ready: withCase, Do: (*Editor).InvertSelection},
	}
	list = append(list, groupActions()...)
	return append(list,
		Action{Name: "find", Menu: "edit", Key: "Ctrl+F", Ready: withCase, Do: choose("find")},
		Action{Name: "palette", Menu: "edit", Key: "Ctrl+K", Ready: always, Do: choose("palette")})
}

func viewActions() []Action {
	return []Action{
		{Name: "fit", Menu: "view", Key: "Space", Plain: true, Ready: withCase, Do: (*Editor).Fit},
		{Name: "center", Menu: "view", Key: "F", Plain: true, Ready: all(withCase, selected), Do: (*Editor).ZoomToSelection},
		{Name: "zoomin", Menu: "view", Key: "Ctrl++", Ready: withCase, Do: func(e *Editor) { e.ZoomBy(1.4) }},
		{Name: "zoomout", Menu: "view", Key: "Ctrl+-", Ready: withCase, Do: func(e *Editor) { e.ZoomBy(1 / 1.4) }},
		{Name: "back", Menu: "view", Key: "Alt+Left", Ready: when((*Editor).CanBack, errNoBack), Do: (*Editor).Back},
		{Name: "forward", Menu: "view", Key: "Alt+Right", Ready: when((*Editor).CanForward, errNoForward), Do: (*Editor).Forward},
		{Name: "expand", Menu: "view", Key: "Plus", Plain: true, Do: func(e *Editor) { e.ExpandOrAsk(e.one()) },
			Ready: all(withGraph, selectedEntities, when(func(e *Editor) bool { return len(e.HiddenNeighbours(e.one())) > 0 }, errNothing))},
		{Name: "collapse", Menu: "view", Key: "Minus", Plain: true, Do: failing(func(e *Editor) error { return e.Collapse(e.one()) }),
			Ready: all(withGraph, selectedEntities, when(func(e *Editor) bool { return len(e.Collapsible(e.one())) > 0 }, errNothing))},
		{Name: "only", Menu: "view", Ready: all(withCase, selectedEntities), Do: failing(func(e *Editor) error { return e.ShowOnly(e.selectedEntities()...) })},
		{Name: "showall", Menu: "view", Ready: withCase, Do: failing((*Editor).ShowAll)},
		{Name: "connect", Menu: "view", Key: "C", Plain: true, Ready: all(withGraph, two, noGroup), Do: func(e *Editor) { e.Connect(e.selection.set.At(0), e.selection.set.At(1)) }},
		{Name: "nextpath", Menu: "view", Key: "Tab", Plain: true, Do: (*Editor).NextPath,
			Ready: when(func(e *Editor) bool { return len(e.paths.found) > 1 }, errNoPath)},
		{Name: "layout", Menu: "view", Key: "Ctrl+L", Ready: withCase, Do: func(e *Editor) { e.Arrange(plan.Engine(e.View()), e.Shape()) }},
		{Name: "layouts", Menu: "view", Key: "Ctrl+Shift+L", Ready: withCase, Do: choose("layouts")},
		{Name: "tidy", Menu: "view", Key: "T", Plain: true, Ready: all(withCase, severalNodes), Do: (*Editor).Tidy},
		{Name: "overlaps", Menu: "view", Key: "O", Plain: true, Ready: withCase, Do: (*Editor).RemoveOverlaps},
		{Name: "bundle", Menu: "view", Key: "B", Plain: true, Ready: withCase, Do: failing(func(e *Editor) error { return e.Bundle(!e.Bundled()) })},
		{Name: "saveview", Menu: "view", Ready: editable, Do: choose("saveview")},
		{Name: "groupkind", Menu: "view", Ready: groupable(plan.ByKind), Do: failing(func(e *Editor) error { return e.GroupBy(plan.ByKind) })},
		{Name: "groupcountry", Menu: "view", Ready: groupable(plan.ByCountry), Do: failing(func(e *Editor) error { return e.GroupBy(plan.ByCountry) })},
		{Name: "groupowner", Menu: "view", Ready: groupable(plan.ByOwner), Do: failing(func(e *Editor) error { return e.GroupBy(plan.ByOwner) })},
		{Name: "groupcommunity", Menu: "view", Ready: groupable(plan.ByCommunity), Do: failing(func(e *Editor) error { return e.GroupBy(plan.ByCommunity) })},
		{Name: "ungroup", Menu: "view", Ready: all(withCase, when((*Editor).Grouped, errNotGrouped), when(func(e *Editor) bool { return e.View().Group != "" }, errOnlyOwn)), Do: failing(func(e *Editor) error { return e.GroupBy("") })},
		{Name: "fold", Menu: "view", Key: "G", Plain: true, Do: failing((*Editor).FoldSelected),
			Ready: all(inGroups, when(func(e *Editor) bool { return len(e.selectedGroups(1)) > 0 }, errNoGroup))},
		{Name: "foldall", Menu: "view", Ready: inGroups, Do: failing(func(e *Editor) error { return e.FoldAll(true) })},
		{Name: "unfoldall", Menu: "view", Ready: all(inGroups, when(func(e *Editor) bool { return len(e.View().Folded) > 0 }, errNotFolded)), Do: failing(func(e *Editor) error { return e.FoldAll(false) })},
		{Name: "redraw", Menu: "view", Key: "F5", Ready: all(withCase, when(func(e *Editor) bool { return e.Outdated() || e.Uncounted() }, errUpToDate)), Do: (*Editor).Redraw},
		{Name: "map", Menu: "view", Key: "M", Plain: true, Ready: withCase, Do: choose("map")},
		{Name: "outline", Menu: "view", Key: "F9", Ready: always, Do: choose("outline")},
		{Name: "inspector", Menu: "view", Key: "F10", Ready: always, Do: choose("inspector")},
	}
}

// askClaim starts a claim from the first selected thing to the second, if any.
func (e *Editor) askClaim() {
	a := NewClaimAsk{From: e.selection.set.At(0)}
	if e.selection.set.Len() == 2 {
		a.To = e.selection.set.At(1)
	}
	e.asks(a)
}

// enter opens what is inspected: the form of a record, the members of a folded group.
func (e *Editor) enter() {
	id := e.selection.inspected
	if key, folded := scene.GroupKey(id); folded {
		e.Fail(e.Fold(key, false))
		return
	}
	e.asks(EditAsk{ID: id})
}

// togglePin pins the selected entities, or lets them go when all are pinned.
func (e *Editor) togglePin() error {
	ids := e.selectedEntities()
	pin := false
	for _, id := range ids {
		pin = pin || !e.Pinned(id)
	}
	return e.Pin(ids, pin)
}

// Escape ends what is going on: a gesture, else the path on show, else the selection.
func (e *Editor) Escape() {
	if !e.CancelGesture() && !e.ClearHighlight() {
		e.Select()
	}
}
