package main

import (
	"context"
	"fmt"
	"strconv"

	"caveat/graphstore"
	"caveat/graphstore/algo"
	"caveat/graphstore/dossier"
)

func setupPath(f *flags) action {
	more := number(f, "alternatives", "show at most so many ways, shortest first (default 1)", 1, strconv.Atoi)
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE", "A", "B"); err != nil {
			return err
		}
		if *more < 1 {
			return usagef("--alternatives %d: at least one", *more)
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		a, err := resolve(g, "A", args[1], graphstore.TypeEntity, graphstore.TypeClaim)
		if err != nil {
			return err
		}
		b, err := resolve(g, "B", args[2], graphstore.TypeEntity, graphstore.TypeClaim)
		if err != nil {
			return err
		}
		p := algo.Project(g)
		first, err := p.ShortestPath(a, b)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", dossier.Name(g, a, "en"), dossier.Name(g, b, "en"), err)
		}
		ways := []algo.Path{first}
		if *more > 1 {
			ways = p.Alternatives(a, b, *more)
		}
		return s.buffered(func(s *shell) error {
			for i, way := range ways {
				if err := s.way(g, i, way, *asJSON); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// way prints a path: a node, the claims that lead to the next, that node, …;
// as JSON the records themselves in that order.
func (s *shell) way(g *graphstore.Graph, n int, way algo.Path, asJSON bool) error {
	if asJSON {
		for i, id := range way.Entities {
			if err := s.record(g.Record(id)); err != nil {
				return err
			}
			if i == len(way.Claims) {
				break
			}
			for _, c := range way.Claims[i] {
				if c == id || c == way.Entities[i+1] { // the claim is a node of the way
					continue
				}
				if err := s.record(g.Record(c)); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if n > 0 {
		fmt.Fprintln(s.out)
	}
	steps := "steps"
	if way.Len() == 1 {
		steps = "step"
	}
	fmt.Fprintf(s.out, "%d %s\n", way.Len(), steps)
	for i, id := range way.Entities {
		if _, err := fmt.Fprintf(s.out, "%s  (%s)\n", plain(dossier.Name(g, id, "en")), id); err != nil {
			return err
		}
		if i == len(way.Claims) {
			break
		}
		for _, c := range way.Claims[i] {
			if c == id || c == way.Entities[i+1] {
				fmt.Fprintf(s.out, "    is named in claim %s\n", c)
				continue
			}
			fmt.Fprintf(s.out, "    %s  (%s)\n", plain(dossier.Sentence(g, g.Claim(c), "en")), c)
		}
	}
	return nil
}
