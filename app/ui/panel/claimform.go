package panel

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// ClaimForm is the form of a claim, new or old. It goes by keyboard alone: Tab
// from field to field, Enter saves when everything is right, Escape leaves.
type ClaimForm struct {
	*form
	before *graphstore.Claim // nil: a new one

	subject, object, speaker *whoField
	predicate                *widgets.Picker
	position                 *widgets.Chips
	positionField            *field
	said, from, to           *widgets.Entry
	bases, modality          *widgets.Chips
	reliability, credibility *widgets.Chips
	evidence                 *evidenceList
	scope                    *scopeFields
	reporter                 *widgets.Picker
	note, tags               *widgets.Entry
	speakerSet               bool // the user has chosen the speaker
}

// NewClaimForm opens the form of a new claim between two records; either may be empty.
func NewClaimForm(d *Desk, s *widgets.Sheets, from, to graphstore.ID) *ClaimForm {
	c := &graphstore.Claim{Subject: from}
	c.Object.ID = to
	return openClaimForm(d, s, c, nil)
}

// EditClaimForm opens the form of a claim.
func EditClaimForm(d *Desk, s *widgets.Sheets, c *graphstore.Claim) *ClaimForm {
	return openClaimForm(d, s, c, c)
}

func openClaimForm(d *Desk, s *widgets.Sheets, c, before *graphstore.Claim) *ClaimForm {
	title := d.say("form.new-claim")
	if before != nil {
		title = d.say("form.edit-claim")
	}
	f := &ClaimForm{form: newForm(d, s, title), before: before}
	f.build(c)
	f.Button(d.say("button.cancel"), false, f.Cancel)
	f.Button(d.say("button.save"), true, f.save)
	first := fyne.Focusable(f.predicate.Entry)
	switch {
	case c.Subject == "":
		first = f.subject.Entry
	case before == nil && c.Object.ID == "" && c.Object.Literal == "":
		first = f.object.Entry
	case before != nil:
		first = f.said
	}
	s.Show(f.Sheet, first)
	return f
}

func (f *ClaimForm) build(c *graphstore.Claim) {
	d := f.desk
	w, g, lang := d.words(), d.graph(), d.lang()
	schema := g.Schema()
	f.subject = f.who("subject", w.Say("field.subject"), c.Subject, true, &f.fresh)
	f.object = f.who("object", w.Say("field.object"), c.Object.ID, true, &f.fresh)
	if c.Object.Literal != "" {
		f.object.Choose(widgets.Choice{ID: literalPrefix + c.Object.Literal, Text: c.Object.Literal})
	}
	f.object.literal = func() bool { return true }
	f.predicate = widgets.NewPicker(f.Floats, func(text string) []widgets.Choice {
		s, _ := f.subject.kind()
		o, onClaim := f.object.kind()
		return predicateChoices(d, text, s, o, onClaim)
	})
	f.predicate.Eager, f.predicate.Width, f.predicate.OnKey = true, 380, f.Key
	pf := f.field("predicate", w.Say("field.predicate"), f.predicate.Entry, f.predicate.Entry)
	f.predicate.OnChoose = func(widgets.Choice) { f.clear(pf); f.fit() }
	f.predicate.OnClear = func() { f.clear(pf); f.fit() }
	if p := schema.Predicate(c.Predicate); p != nil {
		f.predicate.Choose(widgets.Choice{ID: string(p.ID), Text: p.Label.In(lang)})
	}
	var positions []widgets.Chip
	for _, p := range schema.Positions {
		positions = append(positions, widgets.Chip{ID: strconv.Itoa(int(p.Value)), Text: p.Label.In(lang), Mark: d.positionMark(&p.Value)})
	}
	f.position = f.chips(true, positions...)
	if c.Position != nil {
		f.position.Set(strconv.Itoa(int(*c.Position)))
	}
	f.positionField = f.field("position", w.Say("field.position"), f.position, f.position)
	f.position.OnChange = func() { f.clear(f.positionField) }
	f.speaker = f.who("speaker", w.Say("field.speaker"), c.Speaker, false, &f.fresh)
	f.speakerSet = c.Speaker != ""
	f.speaker.OnChoose = func(ch widgets.Choice) { f.speakerSet = true; f.speaker.take(ch, &f.fresh) }
	f.said = f.date("said_at", w.Say("field.said_at"), c.SaidAt)
	var bases []widgets.Chip
	for _, b := range schema.Bases {
		bases = append(bases, widgets.Chip{ID: b.ID, Text: b.Label.In(lang)})
	}
	f.bases = f.chips(false, bases...)
	var set []string
	for _, b := range c.Basis {
		set = append(set, string(b))
	}
	f.bases.Set(set...)
	f.field("basis", w.Say("field.basis"), f.bases, f.bases)
	f.evidence = newEvidenceList(f.form, c.Evidence)
	f.note = f.area(c.Note, 3)
	f.note.SetPlaceHolder(w.Say("form.markdown"))
	f.field("note", w.Say("field.note"), f.note, f.note)
	f.details(c)
	f.changed = f.fit
	f.fit()
}

// details are the fields that are filled in less often.
func (f *ClaimForm) details(c *graphstore.Claim) {
	d := f.desk
	w, schema := d.words(), d.graph().Schema()
	f.from = f.date("valid_from", w.Say("field.valid_from"), c.ValidFrom)
	f.to = f.date("valid_to", w.Say("field.valid_to"), c.ValidTo)
	f.modality = f.form.words(true, schema.Modalities, false, string(c.Modality))
	f.field("modality", w.Say("field.modality"), f.modality, f.modality)
	f.reliability = f.form.words(true, schema.Reliabilities, true, c.Reliability)
	f.field("reliability", w.Say("field.reliability"), f.reliability, f.reliability)
	f.credibility = f.form.words(true, schema.Credibilities, true, strconv.Itoa(c.Credibility))
	f.field("credibility", w.Say("field.credibility"), f.credibility, f.credibility)
	f.reporter = widgets.NewPicker(f.Floats, func(text string) []widgets.Choice { return d.Choices(text, suggestions, typeDocument, typeEntity) })
	f.reporter.OnKey, f.reporter.Width = f.Key, 380
	f.reporter.SetPlaceHolder(w.Say("form.first-hand"))
	f.field("reported_by", w.Say("field.reported_by"), f.reporter.Entry, f.reporter.Entry)
	if c.ReportedBy != "" {
		f.reporter.Choose(d.choice(c.ReportedBy, ""))
	}
	f.scope = newScopeFields(f.form, c.Scope)
	f.tags = f.entry(strings.Join(c.Tags, ", "))
	f.field("tags", w.Say("field.tags"), f.tags, f.tags)
}

// fit follows a choice: positions show for the predicates that take one, and
// the subject speaks for itself until somebody else is named.
func (f *ClaimForm) fit() {
	p := f.predicate.Chosen()
	takes := p != nil && p.ID == string(graphstore.TakesPos) || len(f.position.Chosen()) > 0
	if takes != f.positionField.row.Visible() {
		if takes {
			f.positionField.row.Show()
		} else {
			f.positionField.row.Hide()
		}
		f.Body.Refresh()
	}
	if f.speakerSet || f.subject == nil || f.speaker == nil {
		return
	}
	switch c := f.subject.Chosen(); {
	case c == nil || f.subject.fresh != nil:
		f.speaker.Clear()
	case f.desk.graph().Entity(graphstore.ID(c.ID)) != nil:
		f.speaker.Choose(*c)
	}
}

// read makes the record of what stands in the fields; false with marks on the fields that are wrong.
func (f *ClaimForm) read() (*graphstore.Claim, bool) {
	f.clearAll()
	c := &graphstore.Claim{ID: graphstore.NewID()}
	if f.before != nil {
		copied := *f.before
		c = &copied
	}
	ok := true
	also := func(good bool) { ok = good && ok }
	subject, good := f.subject.object(true)
	if good && subject.IsLiteral() {
		good = false
		f.fail("subject", f.desk.say("form.missing"))
	}
	also(good)
	c.Subject = subject.ID
	c.Object, good = f.object.object(true)
	also(good)
	if f.before != nil && c.Object.IsLiteral() && c.Object.Literal == f.before.Object.Literal {
		c.Object = f.before.Object // with its datatype
	}
	if p := f.predicate.Chosen(); p != nil {
		c.Predicate = graphstore.Predicate(p.ID)
	} else {
		f.fail("predicate", f.desk.say("form.choose-predicate"))
		ok = false
	}
	c.Position = nil
	if v := f.position.First(); v != "" {
		n, _ := strconv.Atoi(v)
		p := graphstore.Position(n)
		c.Position = &p
	} else if c.Predicate == graphstore.TakesPos {
		f.fail("position", f.desk.say("form.choose-position"))
		ok = false
	}
	speaker, good := f.speaker.object(false)
	also(good)
	c.Speaker = speaker.ID
	c.SaidAt, good = f.readDate("said_at", f.said)
	also(good)
	c.ValidFrom, good = f.readDate("valid_from", f.from)
	also(good)
	c.ValidTo, good = f.readDate("valid_to", f.to)
	also(good)
	c.Basis = f.chosenBases()
	c.Evidence, good = f.evidence.read()
	also(good)
	c.Modality = graphstore.Modality(f.modality.First())
	c.Reliability = f.reliability.First()
	c.Credibility, _ = strconv.Atoi(f.credibility.First())
	c.ReportedBy = ""
	if r := f.reporter.Chosen(); r != nil {
		c.ReportedBy = graphstore.ID(r.ID)
	} else if strings.TrimSpace(f.reporter.Text) != "" {
		f.fail("reported_by", f.desk.say("form.unknown-name", "text", strings.TrimSpace(f.reporter.Text)))
		ok = false
	}
	c.Scope, good = f.scope.read()
	also(good)
	c.Note = strings.TrimSpace(f.note.Text)
	c.Tags = list(f.tags.Text)
	return c, ok
}

// chosenBases are those the claim had, in their order, and then the new ones.
func (f *ClaimForm) chosenBases() []graphstore.Basis {
	chosen := f.bases.Chosen()
	var out []graphstore.Basis
	if f.before != nil {
		for _, b := range f.before.Basis {
			if slices.Contains(chosen, string(b)) {
				out = append(out, b)
			}
		}
	}
	for _, b := range chosen {
		if !slices.Contains(out, graphstore.Basis(b)) {
			out = append(out, graphstore.Basis(b))
		}
	}
	return out
}

func (f *ClaimForm) save() {
	c, ok := f.read()
	if !ok {
		f.worst()
		return
	}
	d := editor.Draft{Claim: c, NewDocuments: f.fresh.documents}
	for _, e := range f.fresh.entities {
		if used(c, e.ID) && !slices.Contains(d.NewEntities, e) {
			d.NewEntities = append(d.NewEntities, e)
		}
	}
	if err := f.desk.Editor.Save(d); err != nil {
		f.refuse(err)
		return
	}
	f.Close()
	f.desk.Editor.Inspect(c.ID)
}

// used reports whether c names id.
func used(c *graphstore.Claim, id graphstore.ID) bool {
	found := false
	c.Refs(func(_ graphstore.Role, ref graphstore.ID) { found = found || ref == id })
	return found
}

// foldRow is a heading that shows or hides the rows below it.
func foldRow(text string, open bool, toggle func(bool)) *widgets.Item {
	i := widgets.NewItem(text)
	i.Mark = foldMark(open)
	i.Color = theme.ColorNameForeground
	i.OnTap = func() {
		open = !open
		i.Mark = foldMark(open)
		i.Refresh()
		toggle(open)
	}
	return i
}
