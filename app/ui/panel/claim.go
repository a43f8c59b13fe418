package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// claim shows a claim: who says what of whom, since when, on what grounds,
// with what proof, and who says otherwise.
func (in *Inspector) claim(p *page, c *dossier.Claim) {
	d, r := in.desk, c.Claim
	g, lang := d.graph(), d.lang()
	what := []string{d.say("claim.claim")}
	if c.Status != graphstore.StatusCurrent {
		what = append(what, d.say("claim.status."+string(c.Status)))
	}
	if c.Unsourced {
		what = append(what, d.say("claim.unsourced"))
	}
	if c.Disputed() {
		what = append(what, d.say("claim.disputed"))
	}
	color := widgets.ColorDim
	if c.Disputed() {
		color = widgets.ColorDisputed
	}
	p.prose(strings.Join(what, " · "), color).Small = true
	p.add(in.bold(d.link(r.Subject)))
	verb := widgets.NewItem(dossier.Told(g, r, lang))
	verb.Mark = d.positionMark(r.Position)
	p.add(verb)
	if r.Object.IsLiteral() {
		p.add(in.bold(widgets.NewItem(r.Object.Literal)))
	} else {
		p.add(in.bold(d.link(r.Object.ID)))
	}
	if in.canEdit() {
		p.buttons(in.button("button.edit", func() { d.Edit(r.ID) }), in.button("button.claim-on-claim", func() { d.Claim("", r.ID) }))
	}
	p.rule()
	in.claimFacts(p, c)
	p.note(r.Note)
	in.evidence(p, c)
	in.around(p, "inspector.for", c.For)
	in.around(p, "inspector.against", c.Against)
	in.around(p, "inspector.besides", c.Besides)
	if len(c.Links) > 0 {
		p.head(d.say("inspector.links"), len(c.Links))
		in.items(p, "links", c.Links, in.wholeRow)
	}
	in.recorded(p, r.Meta)
}

func (in *Inspector) bold(i *widgets.Item) *widgets.Item { i.Bold = true; return i }

func (in *Inspector) claimFacts(p *page, c *dossier.Claim) {
	d, r := in.desk, c.Claim
	w, lang := d.words(), d.lang()
	if r.Speaker != "" {
		p.fact(w.Say("field.speaker"), d.link(r.Speaker))
	}
	if !r.SaidAt.Zero() {
		p.factText(w.Say("field.said_at"), w.Date(r.SaidAt))
	}
	if c.Reporter != nil {
		p.fact(w.Say("field.reported_by"), d.link(c.Reporter.RecordID()))
	}
	p.factText(w.Say("field.valid"), in.period(r.ValidFrom, r.ValidTo))
	if c.Position != nil && r.Predicate != graphstore.TakesPos {
		p.factText(w.Say("field.position"), c.Position.Label.In(lang))
	}
	if c.Modality != nil {
		p.factText(w.Say("field.modality"), c.Modality.Label.In(lang))
	}
	var bases []string
	for _, b := range c.Basis {
		bases = append(bases, b.Label.In(lang))
	}
	p.factText(w.Say("field.basis"), strings.Join(bases, ", "))
	in.scope(p, r.Scope)
	var grades []string
	if c.Reliability != nil {
		grades = append(grades, c.Reliability.ID+" – "+c.Reliability.Label.In(lang))
	}
	if c.Credibility != nil {
		grades = append(grades, c.Credibility.ID+" – "+c.Credibility.Label.In(lang))
	}
	p.factText(w.Say("field.grading"), strings.Join(grades, "\n"))
	p.factText(w.Say("field.tags"), strings.Join(r.Tags, ", "))
}

func (in *Inspector) scope(p *page, s graphstore.Scope) {
	d := in.desk
	for _, id := range s.Product {
		p.fact(d.say("field.scope.product"), d.link(id))
	}
	p.factText(d.say("field.scope.version"), s.Version)
	p.factText(d.say("field.scope.process"), s.Process)
	p.factText(d.say("field.scope.region"), strings.Join(s.Region, ", "))
	p.factText(d.say("field.scope.customers"), s.Customers)
	p.factText(d.say("field.scope.period"), in.period(s.Period.From, s.Period.To))
}

// evidence lists what the claim rests on, each with its address.
func (in *Inspector) evidence(p *page, c *dossier.Claim) {
	d := in.desk
	p.head(d.say("inspector.evidence"), len(c.Evidence))
	if len(c.Evidence) == 0 {
		p.prose(d.say("inspector.no-evidence"), widgets.ColorDim)
		return
	}
	for _, ev := range c.Evidence {
		i := d.link(ev.Document)
		if doc := ev.Source; doc != nil {
			var words []string
			if doc.Publisher != "" {
				words = append(words, doc.Publisher)
			}
			if !doc.PublishedAt.Zero() {
				words = append(words, d.words().Date(doc.PublishedAt))
			}
			if role := wordOf(d.graph().Schema().Roles, ev.Role); role != nil {
				words = append(words, role.Label.In(d.lang()))
			}
			if len(words) > 0 {
				i.Lines = append(i.Lines, widgets.Line{Text: strings.Join(words, " · ")})
			}
		}
		if ev.Locator != "" {
			i.Lines = append(i.Lines, widgets.Line{Text: ev.Locator})
		}
		p.add(i)
		if ev.Source != nil {
			in.addresses(p, ev.Source)
		}
		if ev.Quote.Exact != "" {
			q := p.prose("“"+ev.Quote.Exact+"”", theme.ColorNameForeground)
			q.Inset = widgets.ItemPad + widgets.MarkSize + widgets.ItemGap
		}
	}
}

func wordOf(list []graphstore.WordInfo, id string) *graphstore.WordInfo {
	for k := range list {
		if list[k].ID == id {
			return &list[k]
		}
	}
	return nil
}

// addresses adds the web addresses of a document; a press opens the browser.
func (in *Inspector) addresses(p *page, doc *graphstore.Document) {
	d := in.desk
	for _, a := range []struct{ label, address string }{{"", doc.URL}, {d.say("field.archive_url"), doc.ArchiveURL}} {
		if a.address == "" {
			continue
		}
		i := widgets.NewItem(a.address)
		i.Indent, i.Tight = widgets.MarkSize+widgets.ItemGap, true
		i.Trail = a.label
		i.Color = theme.ColorNameHyperlink
		i.OnTitle = func() { d.Browse(a.address) }
		i.SetToolTip(a.address)
		p.add(i)
	}
}

// around lists claims on the claim.
func (in *Inspector) around(p *page, key string, items []dossier.Item) {
	if len(items) == 0 {
		return
	}
	p.head(in.desk.say(key), len(items))
	in.items(p, key, items, in.speakerRow)
}

// document shows a source and what cites it.
func (in *Inspector) document(p *page, doc *dossier.Document) {
	d, r := in.desk, doc.Record
	w := d.words()
	what := w.Say("document.document")
	if r.Publisher != "" {
		what += " · " + r.Publisher
	}
	in.title(p, r.ID, r.Label(), what)
	in.addresses(p, r)
	var row []fyne.CanvasObject
	if in.canEdit() {
		row = append(row, in.button("button.edit", func() { d.Edit(r.ID) }))
	}
	if r.URL != "" {
		row = append(row, in.button("button.browse", func() { d.Browse(r.URL) }))
	}
	if len(row) > 0 {
		p.buttons(row...)
	}
	for _, f := range []struct {
		key  string
		date graphstore.Date
	}{{"field.published_at", r.PublishedAt}, {"field.retrieved_at", r.RetrievedAt}} {
		if !f.date.Zero() {
			p.factText(w.Say(f.key), w.Date(f.date))
		}
	}
	p.factText(w.Say("field.lang"), r.Lang)
	p.factText(w.Say("field.media_type"), r.MediaType)
	p.factText(w.Say("field.licence"), r.Licence)
	p.factText("SHA-256", r.SHA256)
	p.note(r.Note)
	if r.Text != "" {
		p.head(w.Say("field.text"), 0)
		text := []rune(r.Text)
		const most = 2000
		if len(text) > most {
			text = append(text[:most], '…')
		}
		p.prose(string(text), theme.ColorNameForeground)
	}
	if len(doc.Cited) > 0 {
		p.head(w.Say("inspector.cited"), len(doc.Cited))
		for k, c := range doc.Cited {
			if k == sectionRows*5 {
				break
			}
			i := in.wholeRow(c.Item)
			for _, e := range c.Passages {
				if e.Locator != "" {
					i.Lines = append(i.Lines, widgets.Line{Text: e.Locator})
				}
			}
			p.add(i)
		}
	}
	if len(doc.Reports) > 0 {
		p.head(w.Say("inspector.reports"), len(doc.Reports))
		in.items(p, "reports", doc.Reports, in.wholeRow)
	}
	if len(doc.Cited)+len(doc.Reports) == 0 {
		p.gap(8)
		p.prose(w.Say("inspector.uncited"), widgets.ColorDim)
	}
	in.recorded(p, r.Meta)
}
