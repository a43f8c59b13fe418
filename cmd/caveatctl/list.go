package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

func setupList(f *flags) action {
	kind := f.text("kind", "only entities of this kind")
	predicate := f.text("predicate", "only claims with this predicate")
	speaker := f.text("speaker", "only claims of this speaker, by id or name")
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE", "entities|claims|documents|views"); err != nil {
			return err
		}
		t, ok := map[string]graphstore.Type{
			"entities": graphstore.TypeEntity, "claims": graphstore.TypeClaim, "documents": graphstore.TypeDocument, "views": graphstore.TypeView,
			"entity": graphstore.TypeEntity, "claim": graphstore.TypeClaim, "document": graphstore.TypeDocument, "view": graphstore.TypeView,
		}[args[1]]
		switch {
		case !ok:
			return usagef("%q is none of entities, claims, documents, views", args[1])
		case *kind != "" && t != graphstore.TypeEntity:
			return usagef("--kind goes with entities")
		case (*predicate != "" || *speaker != "") && t != graphstore.TypeClaim:
			return usagef("--predicate and --speaker go with claims")
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		keep, err := filter(g, *kind, *predicate, *speaker)
		if err != nil {
			return err
		}
		return s.buffered(func(s *shell) error {
			w := tabwriter.NewWriter(s.out, 0, 8, 2, ' ', 0)
			for r := range g.Records() {
				if r.RecordType() != t || !keep(r) {
					continue
				}
				if *asJSON {
					if err := s.record(r); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintln(w, strings.Join(s.row(g, r), "\t"))
			}
			return w.Flush()
		})
	}
}

// filter returns what is to be listed; words and names are checked first.
func filter(g *graphstore.Graph, kind, predicate, speaker string) (func(graphstore.Record) bool, error) {
	if kind != "" && g.Schema().Kind(graphstore.Kind(kind)) == nil {
		return nil, fmt.Errorf("kind: %q is not a kind of this case: %s", kind, kinds(g))
	}
	if predicate != "" && g.Schema().Predicate(graphstore.Predicate(predicate)) == nil {
		return nil, fmt.Errorf("predicate: %q is not a predicate of this case: %s", predicate, predicates(g))
	}
	var by graphstore.ID
	if speaker != "" {
		var err error
		if by, err = resolve(g, "speaker", speaker, graphstore.TypeEntity); err != nil {
			return nil, err
		}
	}
	return func(r graphstore.Record) bool {
		switch r := r.(type) {
		case *graphstore.Entity:
			return kind == "" || r.Kind == graphstore.Kind(kind)
		case *graphstore.Claim:
			return (predicate == "" || r.Predicate == graphstore.Predicate(predicate)) && (by == "" || r.Speaker == by)
		}
		return true
	}, nil
}

// row returns the columns that list prints of a record.
func (s *shell) row(g *graphstore.Graph, r graphstore.Record) []string {
	switch r := r.(type) {
	case *graphstore.Entity:
		return []string{string(r.ID), string(r.Kind), plain(r.Name(""))}
	case *graphstore.Document:
		return []string{string(r.ID), r.PublishedAt.Value, plain(r.Label())}
	case *graphstore.Claim:
		return []string{string(r.ID), string(g.Status(r, s.now)), plain(dossier.Sentence(g, r, "en"))}
	case *graphstore.View:
		return []string{string(r.ID), plain(r.Title)}
	}
	return []string{string(r.RecordID())}
}

// plain keeps a text from breaking lines and columns, or steering the terminal.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func kinds(g *graphstore.Graph) string {
	var words []string
	for _, k := range g.Schema().Kinds {
		words = append(words, string(k.ID))
	}
	return strings.Join(words, ", ")
}

func predicates(g *graphstore.Graph) string {
	var words []string
	for _, p := range g.Schema().Predicates {
		words = append(words, string(p.ID))
	}
	return strings.Join(words, ", ")
}
