package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

// name reads "text@lang"; a text that itself ends like that is written with "@" behind it.
func name(text string) graphstore.Name {
	if i := strings.LastIndexByte(text, '@'); i > 0 && isTag(text[i+1:]) {
		return graphstore.Name{Text: strings.TrimSpace(text[:i]), Lang: text[i+1:]}
	}
	return graphstore.Name{Text: strings.TrimSpace(strings.TrimSuffix(text, "@"))}
}

// isTag reports whether s looks like a language tag such as en or zh-Hant.
func isTag(s string) bool {
	first, rest, _ := strings.Cut(s, "-")
	if len(first) < 2 || len(first) > 3 {
		return false
	}
	for _, r := range first + rest {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

// added puts one new record into a case and prints its id, or with --json the record.
func (s *shell) added(ctx context.Context, path, by, title string, asJSON bool, make func(g *graphstore.Graph) (graphstore.Record, error)) error {
	var r graphstore.Record
	_, err := s.edit(ctx, path, by, func(_ *cayleystore.Store, g *graphstore.Graph) (*graphstore.Diff, error) {
		var err error
		if r, err = make(g); err != nil {
			return nil, err
		}
		s.sign(r.Info(), by)
		d := &graphstore.Diff{Title: title, Cause: graphstore.CauseEdit}
		d.Add(nil, r)
		_, err = g.Apply(d)
		return d, explain(g, err)
	})
	if err != nil {
		return err
	}
	if asJSON {
		return s.record(r)
	}
	_, err = fmt.Fprintln(s.out, r.RecordID())
	return err
}

// explain adds to a refusal of a kind or predicate which ones there are, and
// drops the id of a record that the user never saw.
func explain(g *graphstore.Graph, err error) error {
	var re *graphstore.RecordError
	if errors.As(err, &re) && !errors.Is(err, graphstore.ErrStale) {
		err = re.Err
	}
	var fe *graphstore.FieldError
	if !errors.As(err, &fe) {
		return err
	}
	switch {
	case fe.Field == "kind":
		return fmt.Errorf("%w; there are %s", err, kinds(g))
	case fe.Field == "predicate" && strings.Contains(fe.Reason, "is not a predicate"):
		return fmt.Errorf("%w; there are %s", err, predicates(g))
	}
	return err
}

// idFlag declares --id.
func idFlag(f *flags) *string {
	return f.text("id", "id of the new record, an IRI (default: a new one under urn:caveat:)")
}

func newID(flag string) graphstore.ID {
	if flag != "" {
		return graphstore.ID(flag)
	}
	return graphstore.NewID()
}

func setupAddEntity(f *flags) action {
	kind := f.text("kind", "kind of entity: vendor, product, regulator, …")
	var names []graphstore.Name
	f.each("name", "a name, or name@lang; the first is the one shown; may come several times", func(s string) error {
		names = append(names, name(s))
		return nil
	})
	var identifiers []graphstore.Identifier
	f.each("identifier", "scheme:value, such as wikidata:Q42 or domain:example.org; may come several times", func(s string) error {
		scheme, value, ok := strings.Cut(s, ":")
		if !ok || scheme == "" || value == "" {
			return fmt.Errorf("write scheme:value")
		}
		identifiers = append(identifiers, graphstore.Identifier{Scheme: scheme, Value: value})
		return nil
	})
	country := f.text("country", "country, ISO 3166-1 alpha-2 such as DE, or EU")
	note := f.text("note", "note in Markdown")
	tags := f.list("tags", "tags, between commas")
	marking := f.text("marking", "TLP marking: clear, green, amber, amber+strict, red")
	id, by, asJSON := idFlag(f), byFlag(f), f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		if *kind == "" || len(names) == 0 {
			return usagef("--kind and --name are needed")
		}
		return s.added(ctx, args[0], *by, "Add "+names[0].Text, *asJSON, func(*graphstore.Graph) (graphstore.Record, error) {
			return &graphstore.Entity{
				ID: newID(*id), Kind: graphstore.Kind(*kind), Names: names, Identifiers: identifiers, Country: *country,
				Note: *note, Tags: *tags, Meta: graphstore.Meta{Marking: graphstore.Marking(*marking)},
			}, nil
		})
	}
}

func setupAddDocument(f *flags) action {
	title := f.text("title", "title of the document")
	url := f.text("url", "its address")
	archive := f.text("archive-url", "address of an archived copy")
	publisher := f.text("publisher", "who published it")
	published := f.text("published-at", "when it was published: 2018, Nov 2018, 13 Nov 2018, circa 2018")
	retrieved := f.text("retrieved-at", "when it was read")
	media := f.text("media-type", "media type, such as text/html")
	lang := f.text("lang", "its language, such as en")
	sum := f.text("sha256", "SHA-256 of the stored file, in hexadecimal")
	licence := f.text("licence", "its licence")
	note := f.text("note", "note in Markdown")
	marking := f.text("marking", "TLP marking: clear, green, amber, amber+strict, red")
	id, by, asJSON := idFlag(f), byFlag(f), f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		if *title == "" && *url == "" {
			return usagef("--title or --url is needed")
		}
		return s.added(ctx, args[0], *by, "Add document", *asJSON, func(*graphstore.Graph) (graphstore.Record, error) {
			d := &graphstore.Document{
				ID: newID(*id), Title: *title, URL: *url, ArchiveURL: *archive, Publisher: *publisher, MediaType: *media, Lang: *lang,
				SHA256: *sum, Licence: *licence, Note: *note, Meta: graphstore.Meta{Marking: graphstore.Marking(*marking)},
			}
			var err error
			if d.PublishedAt, err = date("published-at", *published); err != nil {
				return nil, err
			}
			d.RetrievedAt, err = date("retrieved-at", *retrieved)
			return d, err
		})
	}
}
