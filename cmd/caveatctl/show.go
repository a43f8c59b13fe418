package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

func setupShow(f *flags) action {
	claims := f.yes("claims", "with --json: print the claims about the record too")
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE", "ID|NAME"); err != nil {
			return err
		}
		if *claims && !*asJSON {
			return usagef("--claims goes with --json; without, they are always shown")
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		id, err := resolve(g, "show", args[1])
		if err != nil {
			return s.showGroup(g, args[1], *asJSON, err)
		}
		return s.buffered(func(s *shell) error {
			if *asJSON {
				return s.showJSON(g, id, *claims)
			}
			p := &printer{w: s.out, g: g}
			switch r := g.Record(id).(type) {
			case *graphstore.Entity:
				p.entity(dossier.OfEntity(g, id, s.now))
			case *graphstore.Claim:
				p.claim(dossier.OfClaim(g, id, s.now))
			case *graphstore.Document:
				p.document(dossier.OfDocument(g, id, s.now))
			case *graphstore.View:
				p.head(r.Title, id)
				p.field("records", fmt.Sprintf("%d only, %d hidden, %d placed", len(r.Only), len(r.Hidden), len(r.Places)))
				p.field("true at", dossier.Date(r.TrueAt, "en"))
				p.field("known by", dossier.Date(r.KnownBy, "en"))
				p.field("grouped by", r.Group)
				p.field("note", r.Note)
				for i := range r.Groups {
					p.group(&r.Groups[i])
				}
			case *graphstore.Foreign:
				p.head(r.Quad, id)
			}
			return nil
		})
	}
}

// showJSON prints the record and, if wanted, the claims that name it.
func (s *shell) showJSON(g *graphstore.Graph, id graphstore.ID, claims bool) error {
	if err := s.record(g.Record(id)); err != nil || !claims {
		return err
	}
	seen := map[graphstore.ID]bool{}
	for as := graphstore.AsSubject; as <= graphstore.AsScope; as++ {
		for c := range g.Uses(id, as) {
			if seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			if err := s.record(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// printer writes dossiers for people.
type printer struct {
	w io.Writer
	g *graphstore.Graph
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

func (p *printer) head(title string, id graphstore.ID) {
	p.line("%s", plain(title))
	p.line("%s", id)
}

// field prints one line of a record, if it has it; a text of several lines is indented.
func (p *printer) field(name, text string) {
	if text == "" {
		return
	}
	var lines []string
	for l := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		lines = append(lines, plain(l))
	}
	p.line("  %-12s %s", name, strings.Join(lines, "\n  "+strings.Repeat(" ", 13)))
}

// named prints a field that names a record.
func (p *printer) named(name string, id graphstore.ID) {
	if id != "" {
		p.field(name, dossier.Name(p.g, id, "en")+"  ("+string(id)+")")
	}
}

func (p *printer) entity(d *dossier.Entity) {
	e := d.Record
	p.head(e.Name(""), e.ID)
	kind := string(e.Kind)
	if k := p.g.Schema().Kind(e.Kind); k != nil {
		kind = k.Label.In("en")
	}
	p.field("kind", kind)
	p.field("country", e.Country)
	for i, n := range e.Names {
		if i == 0 {
			continue
		}
		text := n.Text
		if n.Lang != "" {
			text += " (" + n.Lang + ")"
		}
		p.field("also", text)
	}
	for _, i := range e.Identifiers {
		p.field(i.Scheme, i.Value)
	}
	for _, id := range d.Same {
		p.named("same as", id)
	}
	p.field("tags", strings.Join(e.Tags, ", "))
	p.field("note", e.Note)
	p.meta(&e.Meta)
	p.sections("says", d.Says)
	p.sections("is said of it", d.Said)
	p.items("in the scope of", d.Scoped)
	p.items("known through it", d.Reports)
}

func (p *printer) meta(m *graphstore.Meta) {
	p.field("marking", string(m.Marking))
	if m.RecordedAt != "" || m.RecordedBy != "" {
		p.field("recorded", strings.TrimSpace(m.RecordedAt+" "+m.RecordedBy))
	}
}

func (p *printer) sections(title string, sections []dossier.Section) {
	if len(sections) == 0 {
		return
	}
	p.line("\n%s", title)
	for _, s := range sections {
		p.line("  %s (%d)", plain(s.Label("en")), len(s.Items))
		for _, i := range s.Items {
			p.item(i)
		}
	}
}

func (p *printer) items(title string, items []dossier.Item) {
	if len(items) == 0 {
		return
	}
	p.line("\n%s (%d)", title, len(items))
	for _, i := range items {
		p.item(i)
	}
}

// item prints a claim with its id and what is to be known at a glance.
func (p *printer) item(i dossier.Item) {
	var marks []string
	if i.Status != graphstore.StatusCurrent {
		marks = append(marks, string(i.Status))
	}
	if i.Unsourced {
		marks = append(marks, "no evidence")
	}
	for _, id := range i.DisputedBy {
		marks = append(marks, "disputed by "+string(id))
	}
	text := ""
	if len(marks) > 0 {
		text = "  [" + strings.Join(marks, "; ") + "]"
	}
	p.line("    %s  (%s)%s", plain(dossier.Sentence(p.g, i.Claim, "en")), i.Claim.ID, text)
}

func (p *printer) claim(d *dossier.Claim) {
	c := d.Item.Claim
	p.head(dossier.Sentence(p.g, c, "en"), c.ID)
	p.field("status", string(d.Status))
	p.named("subject", c.Subject)
	p.field("predicate", d.Label("en"))
	p.named("object", c.Object.ID)
	if c.Object.IsLiteral() {
		p.field("value", strings.TrimSpace(c.Object.Literal+" "+c.Object.Datatype))
	}
	p.named("speaker", c.Speaker)
	p.named("reported by", c.ReportedBy)
	p.field("said", dossier.Date(c.SaidAt, "en"))
	p.field("valid from", dossier.Date(c.ValidFrom, "en"))
	p.field("valid to", dossier.Date(c.ValidTo, "en"))
	if d.Position != nil {
		p.field("position", fmt.Sprintf("%+d %s", d.Position.Value, d.Position.Label.In("en")))
	}
	if d.Modality != nil {
		p.field("modality", d.Modality.Label.In("en"))
	}
	var bases []string
	for _, b := range d.Basis {
		bases = append(bases, b.Label.In("en"))
	}
	p.field("basis", strings.Join(bases, ", "))
	p.scope(c.Scope)
	if d.Reliability != nil {
		p.field("reliability", d.Reliability.ID+" "+d.Reliability.Label.In("en"))
	}
	if d.Credibility != nil {
		p.field("credibility", d.Credibility.ID+" "+d.Credibility.Label.In("en"))
	}
	p.field("language", c.Lang)
	p.field("tags", strings.Join(c.Tags, ", "))
	p.field("note", c.Note)
	p.meta(&c.Meta)
	if len(d.Evidence) > 0 {
		p.line("\nevidence (%d)", len(d.Evidence))
	}
	for _, e := range d.Evidence {
		p.line("    %s  (%s)", p.passage(e), e.Document)
	}
	p.items("for it", d.For)
	p.items("against it", d.Against)
	p.items("besides", d.Besides)
	p.items("bears on", d.Links)
}

func (p *printer) scope(s graphstore.Scope) {
	for _, id := range s.Product {
		p.named("scope", id)
	}
	period := ""
	if !s.Period.Zero() {
		period = dossier.Date(s.Period.From, "en") + " – " + dossier.Date(s.Period.To, "en")
	}
	for _, text := range []string{strings.Join(s.Region, ", "), s.Version, s.Process, s.Customers, period} {
		p.field("scope", text)
	}
}

// passage says where a piece of evidence is: title, publisher, date, place, address.
func (p *printer) passage(e dossier.Cited) string {
	if e.Source == nil {
		return string(e.Document)
	}
	parts := []string{e.Source.Label()}
	for _, s := range []string{e.Source.Publisher, dossier.Date(e.Source.PublishedAt, "en"), e.Locator, e.Role} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Quote.Exact != "" {
		parts = append(parts, "“"+e.Quote.Exact+"”")
	}
	if e.Source.Title != "" && e.Source.URL != "" {
		parts = append(parts, e.Source.URL)
	}
	return plain(strings.Join(parts, ", "))
}

func (p *printer) document(d *dossier.Document) {
	r := d.Record
	p.head(r.Label(), r.ID)
	for _, f := range [][2]string{
		{"url", r.URL}, {"archive", r.ArchiveURL}, {"publisher", r.Publisher}, {"published", dossier.Date(r.PublishedAt, "en")},
		{"retrieved", dossier.Date(r.RetrievedAt, "en")}, {"media type", r.MediaType}, {"language", r.Lang}, {"SHA-256", r.SHA256},
		{"licence", r.Licence}, {"note", r.Note},
	} {
		p.field(f[0], f[1])
	}
	p.meta(&r.Meta)
	if len(d.Cited) > 0 {
		p.line("\ncited by (%d)", len(d.Cited))
	}
	for _, c := range d.Cited {
		p.item(c.Item)
		for _, e := range c.Passages {
			var at []string
			for _, s := range []string{e.Locator, e.Role} {
				if s != "" {
					at = append(at, plain(s))
				}
			}
			if len(at) > 0 {
				p.line("        %s", strings.Join(at, ", "))
			}
		}
	}
	p.items("known through it", d.Reports)
}
