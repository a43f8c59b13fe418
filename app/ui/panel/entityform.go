package panel

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"caveat/app/editor"
	"caveat/app/geom"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// EntityForm is the form of an entity, new or old.
type EntityForm struct {
	*form
	before *graphstore.Entity
	at     *geom.Point

	name, others, ids *widgets.Entry
	kind              *widgets.Chips
	country, tags     *widgets.Entry
	note              *widgets.Entry
}

// NewEntityForm opens the form of a new entity; at says where its node goes, or nil.
func NewEntityForm(d *Desk, s *widgets.Sheets, at *geom.Point) *EntityForm {
	return openEntityForm(d, s, &graphstore.Entity{}, nil, at)
}

// EditEntityForm opens the form of an entity.
func EditEntityForm(d *Desk, s *widgets.Sheets, e *graphstore.Entity) *EntityForm {
	return openEntityForm(d, s, e, e, nil)
}

func openEntityForm(d *Desk, s *widgets.Sheets, e, before *graphstore.Entity, at *geom.Point) *EntityForm {
	w := d.words()
	title := w.Say("form.new-entity-title")
	if before != nil {
		title = w.Say("form.edit-entity")
	}
	f := &EntityForm{form: newForm(d, s, title), before: before, at: at}
	first := ""
	if len(e.Names) > 0 {
		first = nameLine(e.Names[0])
	}
	f.name = f.entry(first)
	f.field("names", w.Say("field.name"), f.name, f.name).hint.Say(w.Say("form.name-hint"))
	var kinds []widgets.Chip
	for _, k := range d.graph().Schema().Kinds {
		kinds = append(kinds, widgets.Chip{ID: string(k.ID), Text: k.Label.In(d.lang()), Mark: d.kindMark(&k)})
	}
	f.kind = f.chips(true, kinds...)
	f.kind.Set(string(e.Kind))
	f.field("kind", w.Say("field.kind"), f.kind, f.kind)
	f.kind.OnChange = func() { f.fail("kind", "") }
	f.name.OnChanged = func(string) { f.fail("names", "") }
	f.country = f.entry(e.Country)
	f.country.SetPlaceHolder(w.Say("form.country-example"))
	f.field("country", w.Say("field.country"), f.country, f.country)
	var others, ids []string
	for k, n := range e.Names {
		if k > 0 {
			others = append(others, nameLine(n))
		}
	}
	for _, id := range e.Identifiers {
		ids = append(ids, id.Scheme+": "+id.Value)
	}
	f.others = f.area(strings.Join(others, "\n"), 2)
	f.others.SetPlaceHolder(w.Say("form.names-example"))
	f.field("other_names", w.Say("field.other-names"), f.others, f.others)
	f.ids = f.area(strings.Join(ids, "\n"), 2)
	f.ids.SetPlaceHolder("wikidata: Q42")
	f.field("identifiers", w.Say("field.identifiers"), f.ids, f.ids)
	f.note = f.area(e.Note, 3)
	f.note.SetPlaceHolder(w.Say("form.markdown"))
	f.field("note", w.Say("field.note"), f.note, f.note)
	f.tags = f.entry(strings.Join(e.Tags, ", "))
	f.field("tags", w.Say("field.tags"), f.tags, f.tags)
	f.Button(w.Say("button.cancel"), false, f.Cancel)
	f.Button(w.Say("button.save"), true, f.save)
	s.Show(f.Sheet, f.name)
	return f
}

// nameLine writes a name as one line: "Federal Office (en)".
func nameLine(n graphstore.Name) string {
	if n.Lang == "" {
		return n.Text
	}
	return n.Text + " (" + n.Lang + ")"
}

// readName reads a line back; dates of an old name are kept.
func readName(line string, old []graphstore.Name) graphstore.Name {
	n := graphstore.Name{Text: strings.TrimSpace(line)}
	if cut := strings.LastIndex(n.Text, "("); cut > 0 && strings.HasSuffix(n.Text, ")") {
		lang := n.Text[cut+1 : len(n.Text)-1]
		if len(lang) == 2 || len(lang) > 2 && lang[2] == '-' {
			n.Text, n.Lang = strings.TrimSpace(n.Text[:cut]), lang
		}
	}
	for _, o := range old {
		if o.Text == n.Text && o.Lang == n.Lang {
			return o
		}
	}
	return n
}

func (f *EntityForm) save() {
	f.clearAll()
	w := f.desk.words()
	e := &graphstore.Entity{ID: graphstore.NewID()}
	var old []graphstore.Name
	if f.before != nil {
		copied := *f.before
		e, old = &copied, f.before.Names
	}
	ok := true
	e.Names = nil
	for _, line := range append([]string{f.name.Text}, strings.Split(f.others.Text, "\n")...) {
		if strings.TrimSpace(line) != "" {
			e.Names = append(e.Names, readName(line, old))
		}
	}
	if strings.TrimSpace(f.name.Text) == "" {
		f.fail("names", w.Say("form.missing"))
		ok = false
	}
	if e.Kind = graphstore.Kind(f.kind.First()); e.Kind == "" {
		f.fail("kind", w.Say("form.choose-kind"))
		ok = false
	}
	e.Country = strings.ToUpper(strings.TrimSpace(f.country.Text))
	if e.Country != "" && len(e.Country) != 2 {
		f.fail("country", w.Say("form.bad-region", "text", e.Country))
		ok = false
	}
	e.Identifiers = nil
	for _, line := range strings.Split(f.ids.Text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		scheme, value, found := strings.Cut(line, ":")
		if scheme, value = strings.TrimSpace(scheme), strings.TrimSpace(value); !found || scheme == "" || value == "" {
			f.fail("identifiers", w.Say("form.bad-identifier", "text", line))
			ok = false
			continue
		}
		e.Identifiers = append(e.Identifiers, graphstore.Identifier{Scheme: scheme, Value: value})
	}
	e.Note, e.Tags = strings.TrimSpace(f.note.Text), list(f.tags.Text)
	if !ok {
		f.worst()
		return
	}
	if err := f.desk.Editor.Save(editor.Draft{Entity: e, At: f.at}); err != nil {
		f.refuse(err)
		return
	}
	f.Close()
	f.desk.Editor.Inspect(e.ID)
}

// DocumentForm is the form of a document.
type DocumentForm struct {
	*form
	before *graphstore.Document

	title, url, archive, publisher *widgets.Entry
	published, retrieved           *widgets.Entry
	lang, licence                  *widgets.Entry
	note                           *widgets.Entry
}

// EditDocumentForm opens the form of a document.
func EditDocumentForm(d *Desk, s *widgets.Sheets, r *graphstore.Document) *DocumentForm {
	return documentForm(d, s, r, "form.edit-document")
}

// NewDocumentForm opens the form of a document that no claim cites yet.
func NewDocumentForm(d *Desk, s *widgets.Sheets) *DocumentForm {
	return documentForm(d, s, &graphstore.Document{ID: graphstore.NewID()}, "form.document.new")
}

func documentForm(d *Desk, s *widgets.Sheets, r *graphstore.Document, title string) *DocumentForm {
	w := d.words()
	f := &DocumentForm{form: newForm(d, s, w.Say(title)), before: r}
	text := func(key, value string) *widgets.Entry {
		e := f.entry(value)
		f.field(key, w.Say("field."+key), e, e)
		return e
	}
	f.title = text("title", r.Title)
	f.url = text("url", r.URL)
	f.archive = text("archive_url", r.ArchiveURL)
	f.publisher = text("publisher", r.Publisher)
	f.published = f.date("published_at", w.Say("field.published_at"), r.PublishedAt)
	f.retrieved = f.date("retrieved_at", w.Say("field.retrieved_at"), r.RetrievedAt)
	f.lang = text("lang", r.Lang)
	f.licence = text("licence", r.Licence)
	f.note = f.area(r.Note, 3)
	f.field("note", w.Say("field.note"), f.note, f.note)
	f.Button(w.Say("button.cancel"), false, f.Cancel)
	f.Button(w.Say("button.save"), true, f.save)
	s.Show(f.Sheet, f.title)
	return f
}

func (f *DocumentForm) save() {
	f.clearAll()
	w := f.desk.words()
	r := *f.before
	ok := true
	r.Title, r.URL, r.ArchiveURL = strings.TrimSpace(f.title.Text), strings.TrimSpace(f.url.Text), strings.TrimSpace(f.archive.Text)
	r.Publisher, r.Lang, r.Licence = strings.TrimSpace(f.publisher.Text), strings.TrimSpace(f.lang.Text), strings.TrimSpace(f.licence.Text)
	r.Note = strings.TrimSpace(f.note.Text)
	if r.Title == "" && r.URL == "" {
		f.fail("title", w.Say("form.document-needs"))
		ok = false
	}
	for key, address := range map[string]string{"url": r.URL, "archive_url": r.ArchiveURL} {
		if address != "" && !webAddress(address) {
			f.fail(key, w.Say("form.bad-address", "text", address))
			ok = false
		}
	}
	var good bool
	r.PublishedAt, good = f.readDate("published_at", f.published)
	ok = ok && good
	r.RetrievedAt, good = f.readDate("retrieved_at", f.retrieved)
	if !ok || !good {
		f.worst()
		return
	}
	if err := f.desk.Editor.Save(editor.Draft{Document: &r}); err != nil {
		f.refuse(err)
		return
	}
	f.Close()
	f.desk.Editor.Inspect(r.ID)
}

// webAddress reports whether s is an address a browser can open.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

var _ fyne.Focusable = (*widgets.Chips)(nil)
