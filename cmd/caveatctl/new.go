package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
	"caveat/graphstore/exchange"
	"caveat/graphstore/exchange/bundle"
)

func setupNew(f *flags) action {
	sample := f.text("sample", "start from a built-in case: "+strings.Join(assets.Samples(), ", "))
	title := f.text("title", "title of the case")
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		g := graphstore.NewGraph(s.schema)
		if *sample != "" {
			var err error
			if g, err = s.sample(ctx, *sample); err != nil {
				return err
			}
		}
		if *title != "" {
			header := *g.Header()
			header.Title = *title
			var err error
			if g, err = g.Apply(&graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{Before: g.Header(), After: &header}}); err != nil {
				return err
			}
		}
		store, err := cayleystore.Create(args[0], s.schema, g)
		if err != nil {
			return err
		}
		if err := store.Close(); err != nil {
			return err
		}
		n := g.Count()
		_, err = fmt.Fprintf(s.out, "%s: %d entities, %d claims, %d documents\n", args[0], n.Entities, n.Claims, n.Documents)
		return err
	}
}

// sample returns a built-in case.
func (s *shell) sample(ctx context.Context, name string) (*graphstore.Graph, error) {
	text, err := assets.Sample(strings.ToLower(name))
	if err != nil {
		if !slices.Contains(assets.Samples(), strings.ToLower(name)) {
			return nil, usageError(err.Error())
		}
		return nil, err
	}
	im, err := bundle.Read(ctx, bytes.NewReader(text), exchange.ReadOptions{})
	if err != nil {
		return nil, fmt.Errorf("reading the built-in case %s: %w", name, err)
	}
	g := graphstore.NewGraph(s.schema)
	d, _, err := im.Diff(g, exchange.MergeOptions{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reading the built-in case %s", name), err)
	}
	return g.Apply(d)
}
