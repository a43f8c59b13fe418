package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// contextMenu is the menu that a right click opened last.
type contextMenu struct {
	menu *fyne.Menu
	pop  *widget.PopUpMenu
}

// canvasMenu shows what applies to a thing on the canvas, or to the canvas itself.
func (w *Window) canvasMenu(at geom.Point, t scene.Target) {
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.view).AddXY(at.X, at.Y)
	if key, group := scene.GroupKey(t.ID); group && w.editor.Scene().FoldedNode(t.Node) {
		w.popMenu(abs, append(w.groupItems(key, false), w.items("", "center", "hide", "", "unfoldall", "ungroup")...))
		return
	}
	if t.ID != "" && w.editor.Graph() == nil {
		w.popMenu(abs, w.nodeItems(t.Node))
		return
	}
	if t.ID == "" {
		if key := w.editor.GroupAt(at); key != "" {
			w.popMenu(abs, append(append(w.groupItems(key, true), w.items("", "foldall", "unfoldall", "ungroup", "")...), w.groundMenu()...))
			return
		}
		w.popMenu(abs, w.groundMenu())
		return
	}
	w.popMenu(abs, append(w.recordItems(t.ID), w.besideItems(t)...))
}

// besideItems lead to the other claims of a line that is drawn for several, the newest first.
func (w *Window) besideItems(t scene.Target) []*fyne.MenuItem {
	const most, letters = 8, 60
	g := w.editor.Graph()
	if t.Edge < 0 || g == nil {
		return nil
	}
	claims := w.editor.Scene().ClaimsOf(t.Edge)
	out := []*fyne.MenuItem{fyne.NewMenuItemSeparator()}
	for _, id := range slices.Backward(claims) {
		if c := g.Claim(id); c != nil && id != t.ID && len(out) <= most {
			out = append(out, fyne.NewMenuItem(shortened(dossier.Sentence(g, c, w.words().Lang()), letters), func() { w.editor.Inspect(id) }))
		}
	}
	return out
}

// groupItems are what can be done with a group under the pointer: draw it as one node, or open it again; one of
// the user's own can also be renamed and taken apart.
func (w *Window) groupItems(key string, fold bool) []*fyne.MenuItem {
	word := "menu.unfold"
	if fold {
		word = "menu.fold"
	}
	e := w.editor
	out := []*fyne.MenuItem{fyne.NewMenuItem(w.say(word), func() { e.Fail(e.Fold(key, fold)) })}
	if _, own := e.OwnGroup(key); own {
		out = append(out, fyne.NewMenuItem(w.say("action.renamegroup"), func() { e.AskGroupName(key) }),
			fyne.NewMenuItem(w.say("action.takeapart"), func() { e.Fail(e.TakeApart(key)) }))
	}
	return out
}

// recordMenu shows what applies to a record, or a group, named in a panel.
func (w *Window) recordMenu(at fyne.Position, id graphstore.ID) {
	if key, group := scene.GroupKey(id); group {
		w.popMenu(at, w.groupItems(key, !slices.Contains(w.editor.View().Folded, key)))
		return
	}
	w.popMenu(at, w.recordItems(id))
}

func (w *Window) popMenu(at fyne.Position, items []*fyne.MenuItem) {
	for len(items) > 0 && items[len(items)-1].IsSeparator {
		items = items[:len(items)-1]
	}
	if len(items) == 0 {
		return
	}
	cv := w.win.Canvas()
	w.view.Quiet()
	alignKeys(items)
	w.context.menu = fyne.NewMenu("", items...)
	w.context.pop = widget.NewPopUpMenu(w.context.menu, cv)
	size := w.context.pop.MinSize()
	at.X = min(at.X, max(0, cv.Size().Width-size.Width-2))
	at.Y = min(at.Y, max(0, cv.Size().Height-size.Height-2))
	back := cv.Focused()
	w.context.pop.OnDismiss = func() {
		w.context.pop.Hide()
		w.context = contextMenu{}
		if back != nil && w.sheets.Top() == nil {
			cv.Focus(back)
		}
	}
	w.context.pop.ShowAtPosition(at)
}

// item is a menu item for an action of the table; nil where it does not apply now.
func (w *Window) item(name string) *fyne.MenuItem {
	a, ok := w.action(name)
	if !ok || a.Ready(w.editor) != nil {
		return nil
	}
	return w.keyed(fyne.NewMenuItem(w.actionTitle(a), func() { w.run(name) }), a.Key)
}

// items collects the actions that apply; "" is a separator.
func (w *Window) items(names ...string) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, n := range names {
		if n == "" {
			if len(out) > 0 && !out[len(out)-1].IsSeparator {
				out = append(out, fyne.NewMenuItemSeparator())
			}
		} else if i := w.item(n); i != nil {
			out = append(out, i)
		}
	}
	return out
}

func (w *Window) groundMenu() []*fyne.MenuItem {
	return w.items("newentity", "newdocument", "", "connect", "fit", "center", "showall", "selectall", "invert", "groupselection", "", "layout", "layouts", "tidy", "overlaps", "saveview", "", "export", "import", "undo")
}

// nodeItems is what applies to a node of a drawing, which is selected by now.
func (w *Window) nodeItems(node int32) []*fyne.MenuItem {
	name := w.editor.Scene().Name(node)
	copyName := fyne.NewMenuItem(w.say("menu.copy-name"), func() { w.opts.App.Clipboard().SetContent(name) })
	return append(w.items("center", "tidy", "fold", "", "hide", "only", "showall", "", "selectall", "invert", "", "undo", "redo", ""), copyName)
}

// recordItems is everything that applies to a record. What is on the canvas is selected by now, so
// the actions of the table are about it; for other records they are made here.
func (w *Window) recordItems(id graphstore.ID) []*fyne.MenuItem {
	e := w.editor
	g := e.Graph()
	if g == nil || g.Record(id) == nil {
		return nil
	}
	open := fyne.NewMenuItem(w.say("menu.open-record"), func() { e.Inspect(id) })
	out := []*fyne.MenuItem{open}
	if e.IsSelected(id) {
		out = append(out, w.items("newclaim", "edit", "", "expand", "collapse", "fold", "center", "pin", "tidy", "only", "connect", "groupselection", "takeapart", "", "hide", "delete")...)
	} else {
		out = append(out, w.looseItems(id)...)
	}
	if ask := w.askItem(id); ask != nil && g.Entity(id) != nil {
		out = append(out, fyne.NewMenuItemSeparator(), ask)
		if e.IsSelected(id) {
			out = append(out, w.items("leaveout")...)
		}
	}
	out = append(out, fyne.NewMenuItemSeparator())
	copyName := fyne.NewMenuItem(w.say("menu.copy-name"), func() { w.opts.App.Clipboard().SetContent(w.desk.Name(id)) })
	copyID := fyne.NewMenuItem(w.say("menu.copy-id"), func() { w.opts.App.Clipboard().SetContent(string(id)) })
	out = append(out, w.sourceItems(id)...)
	return append(out, copyName, copyID)
}

// looseItems apply to a record that is not selected.
func (w *Window) looseItems(id graphstore.ID) []*fyne.MenuItem {
	e, g := w.editor, w.editor.Graph()
	var out []*fyne.MenuItem
	add := func(key string, f func()) { out = append(out, fyne.NewMenuItem(w.say(key), f)) }
	isDocument := g.Document(id) != nil
	if !isDocument {
		add("menu.show-on-canvas", func() { e.GoTo(id) })
	}
	if w.ready("newentity") == nil {
		if !isDocument {
			add("action.newclaim", func() { w.newClaim(id, "") })
		}
		add("action.edit", func() { w.edit(id) })
		if !isDocument {
			add("action.hide", func() { e.Fail(e.Hide(id)) })
		}
		add("action.delete", func() { e.DeleteOrAsk(id) })
	}
	return out
}

// sourceItems open the addresses that a claim or document rests on.
func (w *Window) sourceItems(id graphstore.ID) []*fyne.MenuItem {
	g := w.editor.Graph()
	var docs []*graphstore.Document
	if d := g.Document(id); d != nil {
		docs = append(docs, d)
	}
	if c := g.Claim(id); c != nil {
		for _, ev := range c.Evidence {
			docs = append(docs, g.Document(ev.Document))
		}
	}
	const most = 4
	var out []*fyne.MenuItem
	for _, d := range docs {
		if d != nil && d.URL != "" && len(out) < most {
			title := d.Label()
			if d.Publisher != "" && d.Publisher != title { // two articles may have one title
				title = d.Publisher + ": " + title
			}
			out = append(out, fyne.NewMenuItem(w.say("menu.browse", "title", shortened(title, 40)), func() { w.browse(d.URL) }))
		}
	}
	return out
}

func shortened(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// contextParts reports the open context menu, for tests of the window.
func (w *Window) contextParts() []placedPart {
	if w.context.pop == nil {
		return nil
	}
	var out []placedPart
	drv := fyne.CurrentApp().Driver()
	for k, it := range w.context.menu.Items {
		if it.IsSeparator || k >= len(w.context.pop.Items) {
			continue
		}
		o := w.context.pop.Items[k]
		out = append(out, placedPart{widgets.Part{Role: "menu", Text: it.Label, Size: o.Size(), Off: it.Disabled}, drv.AbsolutePositionForObject(o)})
	}
	return out
}

var _ desktop.Hoverable = (*iconButton)(nil)
