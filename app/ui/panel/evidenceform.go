package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// evidenceList is the part of a claim form that says what the claim rests on.
type evidenceList struct {
	f     *form
	field *field
	box   *fyne.Container
	rows  []*evidenceRow
}

// evidenceRow is one piece of evidence: a document that is there or a new one,
// the place in it, the words quoted, and what it does for the claim.
type evidenceRow struct {
	before    graphstore.Evidence
	doc       *widgets.Picker
	fresh     *graphstore.Document
	newBox    *fyne.Container
	url       *widgets.Entry
	title     *widgets.Entry
	publisher *widgets.Entry
	published *widgets.Entry
	locator   *widgets.Entry
	quote     *widgets.Entry
	role      *widgets.Chips
	box       fyne.CanvasObject
}

func newEvidenceList(f *form, have []graphstore.Evidence) *evidenceList {
	l := &evidenceList{f: f, box: container.New(widgets.Stacked())}
	add := widgets.NewItem(f.desk.say("form.add-evidence"))
	add.Mark, add.Color = theme.NewThemedResource(theme.ContentAddIcon()), theme.ColorNameHyperlink
	add.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && f.Key(k) }
	add.OnTap = func() {
		r := l.add(graphstore.Evidence{})
		f.Body.Refresh()
		f.Canvas.Focus(r.doc.Entry)
		f.Reveal(r.box)
	}
	for _, e := range have {
		l.add(e)
	}
	l.field = f.field("evidence", f.desk.say("field.evidence"), container.New(widgets.Stacked(), l.box, add), add)
	return l
}

func (l *evidenceList) add(e graphstore.Evidence) *evidenceRow {
	f := l.f
	w := f.desk.words()
	r := &evidenceRow{before: e}
	r.doc = widgets.NewPicker(f.Floats, func(text string) []widgets.Choice { return l.look(text) })
	r.doc.OnKey, r.doc.Width = f.Key, 380
	r.doc.SetPlaceHolder(w.Say("form.find-document"))
	r.locator = f.entry(e.Locator)
	r.locator.SetPlaceHolder(w.Say("field.locator"))
	r.quote = f.entry(e.Quote.Exact)
	r.quote.SetPlaceHolder(w.Say("field.quote"))
	role := e.Role
	if role == "" && e.Document == "" {
		role = "asserts"
	}
	r.role = f.words(true, f.desk.graph().Schema().Roles, false, role)
	r.url, r.title, r.publisher, r.published = f.entry(""), f.entry(""), f.entry(""), f.entry("")
	for _, x := range []struct {
		e   *widgets.Entry
		key string
	}{{r.url, "field.url"}, {r.title, "field.title"}, {r.publisher, "field.publisher"}, {r.published, "field.published_at"}} {
		x.e.SetPlaceHolder(w.Say(x.key))
	}
	r.newBox = container.New(widgets.Stacked(), r.url, r.title, container.NewGridWithColumns(2, r.publisher, r.published))
	r.newBox.Hide()
	r.doc.OnChoose = func(c widgets.Choice) { l.take(r, c) }
	r.doc.OnClear = func() { l.drop(r) }
	if e.Document != "" {
		r.doc.Choose(f.desk.choice(e.Document, ""))
	}
	remove := widgets.NewButton("", func() { l.remove(r) })
	remove.Icon, remove.Importance = theme.CancelIcon(), -1
	remove.OnKey = f.Key
	r.box = container.New(widgets.Stacked(),
		container.NewBorder(nil, nil, nil, remove, r.doc.Entry), r.newBox,
		container.NewGridWithColumns(2, r.locator, r.quote), container.New(widgets.Inset(0, 3), r.role))
	l.rows = append(l.rows, r)
	l.box.Add(r.box)
	return r
}

func (l *evidenceList) look(text string) []widgets.Choice {
	out := l.f.desk.Choices(text, suggestions, typeDocument)
	if text = strings.TrimSpace(text); text != "" {
		out = append(out, widgets.Choice{ID: newPrefix + text, Text: text, Detail: l.f.desk.say("form.new-document"), New: true})
	}
	return out
}

func (l *evidenceList) take(r *evidenceRow, c widgets.Choice) {
	l.drop(r)
	l.f.clear(l.field)
	if !c.New {
		return
	}
	r.fresh = &graphstore.Document{ID: graphstore.NewID()}
	if strings.Contains(c.Text, "://") || strings.HasPrefix(c.Text, "www.") {
		r.url.SetText(c.Text)
	} else {
		r.title.SetText(c.Text)
	}
	r.newBox.Show()
	l.f.Body.Refresh()
	first := r.url
	if r.url.Text != "" {
		first = r.title
	}
	l.f.Canvas.Focus(first)
}

func (l *evidenceList) drop(r *evidenceRow) {
	if r.fresh == nil {
		return
	}
	r.fresh = nil
	r.newBox.Hide()
	l.f.Body.Refresh()
}

func (l *evidenceList) remove(r *evidenceRow) {
	for k, x := range l.rows {
		if x == r {
			l.rows = append(l.rows[:k], l.rows[k+1:]...)
			break
		}
	}
	l.box.Remove(r.box)
	l.f.clear(l.field)
	l.f.Body.Refresh()
}

// read returns the evidence and puts new documents into the form's fresh
// records; false with a mark where a row is wrong.
func (l *evidenceList) read() ([]graphstore.Evidence, bool) {
	f := l.f
	f.fresh.documents = nil
	var out []graphstore.Evidence
	for _, r := range l.rows {
		e := r.before
		e.Locator, e.Role = strings.TrimSpace(r.locator.Text), r.role.First()
		e.Quote.Exact = strings.TrimSpace(r.quote.Text)
		switch c := r.doc.Chosen(); {
		case r.fresh != nil:
			published, err := graphstore.ParseDate(r.published.Text)
			if err != nil {
				f.fail("evidence", f.desk.say("form.bad-date", "text", r.published.Text))
				return nil, false
			}
			d := *r.fresh
			d.URL, d.Title = strings.TrimSpace(r.url.Text), strings.TrimSpace(r.title.Text)
			d.Publisher, d.PublishedAt = strings.TrimSpace(r.publisher.Text), published
			if d.URL == "" && d.Title == "" {
				f.fail("evidence", f.desk.say("form.document-needs"))
				return nil, false
			}
			if d.URL != "" && !webAddress(d.URL) {
				f.fail("evidence", f.desk.say("form.bad-address", "text", d.URL))
				return nil, false
			}
			f.fresh.documents = append(f.fresh.documents, &d)
			e.Document = d.ID
		case c != nil:
			e.Document = graphstore.ID(c.ID)
		case strings.TrimSpace(r.doc.Text) == "" && e.Locator == "" && e.Quote.Exact == "":
			continue // an empty row
		default:
			f.fail("evidence", f.desk.say("form.choose-document"))
			return nil, false
		}
		out = append(out, e)
	}
	return out, true
}
