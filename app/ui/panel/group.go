package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

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
