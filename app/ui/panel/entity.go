package panel

import (
	"strings"

	"fyne.io/fyne/v2"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// entity shows what is known about an entity.
func (in *Inspector) entity(p *page, e *dossier.Entity) {
	d, r := in.desk, e.Record
	in.same = map[graphstore.ID]bool{}
	for _, id := range e.Same {
		in.same[id] = true
	}
	what := string(r.Kind)
	if k := d.graph().Schema().Kind(r.Kind); k != nil {
		what = k.Label.In(d.lang())
	}
	if r.Country != "" {
		what += " · " + r.Country
	}
	in.title(p, r.ID, r.Name(d.lang()), what)
	in.names(p, r)
	in.entityButtons(p, r)
	p.note(r.Note)
	in.askLinks(p)
	in.sections(p, "says", e.Says)
	in.sections(p, "said", e.Said)
	if len(e.Scoped) > 0 {
		p.head(d.say("inspector.scoped"), len(e.Scoped))
		in.items(p, "scoped", e.Scoped, in.wholeRow)
	}
	if len(e.Reports) > 0 {
		p.head(d.say("inspector.reports"), len(e.Reports))
		in.items(p, "reports", e.Reports, in.wholeRow)
	}
	if e.Count() == 0 {
		p.gap(8)
		p.prose(d.say("inspector.nothing-said", "key", d.Key("newclaim")), widgets.ColorDim)
	}
	in.recorded(p, r.Meta)
}

// names lists the other names and the identifiers.
func (in *Inspector) names(p *page, r *graphstore.Entity) {
	d := in.desk
	shown := r.Name(d.lang())
	for _, n := range r.Names {
		if n.Text == shown {
			continue
		}
		text := n.Text
		if n.Lang != "" {
			text += " (" + n.Lang + ")"
		}
		if span := in.period(n.From, n.To); span != "" {
			text += ", " + span
		}
		p.prose(text, widgets.ColorDim).Small = true
	}
	for _, id := range r.Identifiers {
		p.factText(id.Scheme, id.Value)
	}
	if len(r.Tags) > 0 {
		p.factText(d.say("field.tags"), strings.Join(r.Tags, ", "))
	}
}

// period writes a stretch of time, or nothing where both ends are open.
func (in *Inspector) period(from, to graphstore.Date) string {
	w := in.desk.words()
	switch {
	case from.Zero() && to.Zero():
		return ""
	case to.Zero():
		return w.Say("period.from", "from", w.Date(from))
	case from.Zero():
		return w.Say("period.to", "to", w.Date(to))
	}
	return w.Say("period.both", "from", w.Date(from), "to", w.Date(to))
}

func (in *Inspector) entityButtons(p *page, r *graphstore.Entity) {
	d := in.desk
	var row []fyne.CanvasObject
	if in.canEdit() {
		row = append(row, in.button("button.new-claim", func() { d.Claim(r.ID, "") }), in.button("button.edit", func() { d.Edit(r.ID) }))
	}
	if n := len(d.Editor.HiddenNeighbours(r.ID)); n > 0 {
		row = append(row, widgets.NewButton(d.words().Count("button.expand", n), func() { d.Editor.ExpandOrAsk(r.ID) }))
	}
	if n := len(d.Editor.Collapsible(r.ID)); n > 0 {
		row = append(row, widgets.NewButton(d.words().Count("button.collapse", n), func() { d.Editor.Fail(d.Editor.Collapse(r.ID)) }))
	}
	if _, shown := d.Editor.Scene().Node(r.ID); !shown {
		row = append(row, in.button("button.show", func() { d.Editor.GoTo(r.ID) }))
	}
	if len(row) > 0 {
		p.buttons(row...)
	}
}

// sections adds what is said in one direction, by predicate.
func (in *Inspector) sections(p *page, part string, list []dossier.Section) {
	if len(list) == 0 {
		return
	}
	n := 0
	for _, s := range list {
		n += len(s.Items)
	}
	p.rule()
	h := widgets.NewItem(in.desk.say("inspector." + part))
	h.Bold, h.Trail = true, in.desk.words().Number(n)
	p.add(h)
	for _, s := range list {
		key := part + string(s.Predicate.ID)
		if s.Inverse {
			key += "~"
		}
		sub := widgets.NewItem(s.Label(in.desk.lang()))
		sub.Color = widgets.ColorDim
		if len(list) > 1 && len(s.Items) > 1 {
			sub.Trail = in.desk.words().Number(len(s.Items))
		}
		p.add(sub)
		in.items(p, key, s.Items, in.farRow)
	}
}

// wholeRow is a claim as a row of its own: titled by its sentence.
func (in *Inspector) wholeRow(it dossier.Item) *widgets.Item {
	d := in.desk
	i := widgets.NewItem(dossier.Sentence(d.graph(), it.Claim, d.lang()))
	i.Mark = d.positionMark(it.Claim.Position)
	i.OnTitle = func() { d.Editor.Inspect(it.Claim.ID) }
	in.claimLines(i, it, false)
	return i
}

// recorded says who typed a record in, and when.
func (in *Inspector) recorded(p *page, m graphstore.Meta) {
	d := in.desk
	if m.RecordedAt == "" && m.RecordedBy == "" && m.Marking == "" {
		return
	}
	p.rule()
	day, _, _ := strings.Cut(m.RecordedAt, "T")
	when := ""
	if date := (graphstore.Date{Value: day, Precision: graphstore.PrecisionDay}); day != "" && date.Check() == nil {
		when = d.words().Date(date)
	}
	var words []string
	switch {
	case m.RecordedBy != "" && when != "":
		words = append(words, d.say("inspector.recorded", "who", m.RecordedBy, "when", when))
	case when != "":
		words = append(words, d.say("inspector.recorded-on", "when", when))
	case m.RecordedBy != "":
		words = append(words, m.RecordedBy)
	}
	if m.Marking != "" {
		words = append(words, "TLP:"+strings.ToUpper(string(m.Marking)))
	}
	p.prose(strings.Join(words, " · "), widgets.ColorDim).Small = true
}
