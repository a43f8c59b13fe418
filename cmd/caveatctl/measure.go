package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// waysMeasure lists ways between two records; the others measure the whole case.
const waysMeasure = "paths"

func setupMeasure(f *flags) action {
	a := newAskFlags(f)
	length := number(f, "length", "paths: at most so many steps (default 4)", 4, strconv.Atoi)
	limit := number(f, "limit", "paths: at most so many ways, shortest first (default 1000)", 1000, strconv.Atoi)
	return func(ctx context.Context, s *shell, args []string) error {
		var names []string
		for _, m := range dispute.Measures() {
			names = append(names, m.Name)
		}
		what := "what to measure (" + strings.Join(append(names, waysMeasure), ", ") + ")"
		ways := len(args) > 1 && args[1] == waysMeasure
		expected := []string{"CASE", what}
		if ways {
			expected = append(expected, "A", "B")
		}
		if err := arguments(args, expected...); err != nil {
			return err
		}
		i := slices.Index(names, args[1])
		switch {
		case i < 0 && !ways:
			return usagef("there is no measure %q; there are %s", args[1], strings.Join(append(names, waysMeasure), ", "))
		case *length < 0 || *limit < 1:
			return usagef("--length and --limit count up from 0 and 1")
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		asked, err := a.asked(s, g)
		if err != nil {
			return err
		}
		c := dispute.Open(g, asked)
		var results []dispute.Result
		if ways {
			results, err = between(ctx, c, args[2], args[3], *length, *limit)
		} else {
			results, err = dispute.Measures()[i].Ask(ctx, c)
		}
		if err != nil {
			return err
		}
		return s.buffered(func(s *shell) error { return s.results(g, asked, results, *a.json) })
	}
}

// between lists the ways from one record to another.
func between(ctx context.Context, c *dispute.Case, from, to string, length, limit int) ([]dispute.Result, error) {
	a, err := resolve(c.Graph(), "A", from, graphstore.TypeEntity, graphstore.TypeClaim)
	if err != nil {
		return nil, err
	}
	b, err := resolve(c.Graph(), "B", to, graphstore.TypeEntity, graphstore.TypeClaim)
	if err != nil {
		return nil, err
	}
	ways, err := dispute.Paths(ctx, c, a, b, length, limit)
	results := make([]dispute.Result, len(ways))
	for i, w := range ways {
		results[i] = w
	}
	return results, err
}
