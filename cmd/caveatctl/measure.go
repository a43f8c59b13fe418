package main

import (
	"context"
	"slices"
	"strings"

	"caveat/graphstore/dispute"
)

func setupMeasure(f *flags) action {
	a := newAskFlags(f)
	return func(ctx context.Context, s *shell, args []string) error {
		var names []string
		for _, m := range dispute.Measures() {
			names = append(names, m.Name)
		}
		if err := arguments(args, "CASE", "what to measure ("+strings.Join(names, ", ")+")"); err != nil {
			return err
		}
		i := slices.Index(names, args[1])
		if i < 0 {
			return usagef("there is no measure %q; there are %s", args[1], strings.Join(names, ", "))
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		asked, err := a.asked(s, g)
		if err != nil {
			return err
		}
		results, err := dispute.Measures()[i].Ask(ctx, dispute.Open(g, asked))
		if err != nil {
			return err
		}
		return s.buffered(func(s *shell) error { return s.results(g, asked, results, *a.json) })
	}
}
