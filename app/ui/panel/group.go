package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/scene"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// group shows a folded group: how it is called, who is in it, and how it is opened again.
func (in *Inspector) group(p *page, id graphstore.ID) {
	d := in.desk
	e, w := d.Editor, d.words()
	key, _ := scene.GroupKey(id)
	gr := e.Scene().Grouping()
	if gr == nil {
		in.summary(p)
		return
	}
	for i := range gr.Groups {
		x := &gr.Groups[i]
		if x.Key != key {
			continue
		}
		h := p.prose(x.Label, theme.ColorNameForeground)
		h.Bold, h.Large = true, true
		buttons := []fyne.CanvasObject{in.button("menu.unfold", func() { e.Fail(e.Fold(key, false)) })}
		if _, own := e.OwnGroup(key); own {
			buttons = append(buttons, in.button("action.renamegroup", func() { e.AskGroupName(key) }), in.button("action.takeapart", func() { e.Fail(e.TakeApart(key)) }))
		}
		p.buttons(buttons...)
		list, all := e.GroupMembers(key, sectionRows*5)
		p.head(w.Say("group.members"), all)
		for _, m := range list {
			item := widgets.NewItem(m.Name)
			item.OnTitle = func() {
				e.Fail(e.Fold(key, false))
				e.GoTo(m.ID)
			}
			p.add(item)
		}
		if all > len(list) {
			p.prose(w.Count("inspector.more", all-len(list)), widgets.ColorDim)
		}
	}
}

// GroupMark is the small picture of a group.
func (d *Desk) GroupMark(g editor.ViewGroup) fyne.Resource {
	if d.Dark() {
		return widgets.Swatch(graphstore.ShapeSquare, g.Dark)
	}
	return widgets.Swatch(graphstore.ShapeSquare, g.Light)
}

// groups lists the groups of the view: a click shows one, a right click has what can be done with it.
func (o *Outline) groups(p *page) {
	d := o.desk
	list := d.Editor.ViewGroups()
	if len(list) == 0 || !o.part(p, "groups", 0) {
		return
	}
	for k, g := range list {
		if k == sectionRows*5 {
			p.prose(d.words().Count("inspector.more", len(list)-k), widgets.ColorDim)
			return
		}
		i := widgets.NewItem(g.Name)
		i.Mark, i.Indent, i.Trail = d.GroupMark(g), 10, d.words().Number(g.Shown)
		if g.Folded {
			i.Trail = d.say("outline.folded") + "  " + i.Trail
		}
		i.OnTap = func() { d.Editor.GoToGroup(g.Key) }
		i.OnMenu = func(at fyne.Position) { d.Menu(at, scene.GroupID(g.Key)) }
		p.add(i)
	}
}
