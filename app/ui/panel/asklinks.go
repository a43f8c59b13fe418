package panel

import "caveat/app/ui/widgets"

// askLinks offers the questions that can be asked about the entity on show; they
// unfold at a press and stay so.
func (in *Inspector) askLinks(p *page) {
	d := in.desk
	if d.Editor.Selected().Len() != 1 {
		return
	}
	h := widgets.NewItem(d.say("answers.ask-about"))
	h.Bold, h.Color = true, widgets.ColorDim
	h.Trail = "+"
	if in.Asking {
		h.Trail = "–"
	}
	h.OnTap = func() { in.Asking = !in.Asking; in.Show() }
	p.add(h)
	if in.Asking {
		d.questionLinks(p)
	}
}
