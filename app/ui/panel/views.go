package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// viewName is the input for the title of a view being saved or renamed.
type viewName struct {
	id    graphstore.ID // empty: a new one
	entry *widgets.Entry
}

// views lists the saved views: use, save, rename, delete.
func (o *Outline) views(p *page) {
	if !o.part(p, "views", 0) {
		return
	}
	d := o.desk
	now := d.Editor.View()
	saved := 0
	for _, v := range d.Editor.Views() {
		if o.naming != nil && o.naming.id == v.ID {
			p.add(o.naming.entry)
			continue
		}
		title := v.Title
		if title == "" {
			title = d.say("outline.main-view")
		} else {
			saved++
		}
		i := widgets.NewItem(title)
		i.Indent, i.Chosen = 10, v.ID == now.ID
		i.OnTap = func() { d.Editor.UseView(v.ID); o.Show() }
		p.add(i)
		if v.ID == now.ID && v.Title != "" && !d.Editor.Status().ReadOnly {
			p.add(container.New(widgets.Inset(24, 0), container.New(widgets.Flow(4),
				widgets.NewButton(d.say("button.rename"), func() { o.Rename(v) }),
				widgets.NewButton(d.say("button.delete"), func() { d.Editor.Fail(d.Editor.DeleteView(v.ID)) }))))
		}
	}
	if saved == 0 && o.naming == nil {
		t := p.prose(d.say("outline.no-views"), widgets.ColorDim)
		t.Small, t.Inset = true, 24
	}
	switch {
	case o.naming != nil && o.naming.id == "":
		p.add(o.naming.entry)
	case !d.Editor.Status().ReadOnly:
		i := widgets.NewItem(d.say("outline.save-view"))
		i.Indent, i.Color, i.Mark = 10, theme.ColorNameHyperlink, theme.NewThemedResource(theme.ContentAddIcon())
		i.OnTap = o.SaveView
		p.add(i)
	}
}

// SaveView asks for a title and saves what is shown.
func (o *Outline) SaveView() {
	o.ask("", "", func(title string) { o.desk.Editor.Fail(o.desk.Editor.SaveView(title)) })
}

// Rename asks for another title of a view.
func (o *Outline) Rename(v *graphstore.View) {
	o.ask(v.ID, v.Title, func(title string) { o.desk.Editor.Fail(o.desk.Editor.RenameView(v.ID, title)) })
}

func (o *Outline) ask(id graphstore.ID, title string, save func(string)) {
	e := widgets.NewEntry()
	e.SetText(title)
	e.SetPlaceHolder(o.desk.say("outline.view-title"))
	end := func() { o.naming = nil; o.Show() }
	e.OnSubmitted = func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			end()
			save(s)
		}
	}
	e.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			end()
			return true
		}
		return false
	}
	o.naming = &viewName{id, e}
	o.open["views"] = true
	o.Show()
	o.scroll.ScrollToBottom()
	if c := o.desk.Canvas(); c != nil {
		c.Focus(e)
	}
}
