package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// area is a part of the program that can be measured.
type area struct {
	name    string
	folders []string // below the root, each with everything in it
}

// areas returns the parts that bench knows.
func areas() []area {
	return []area{
		{"layout", []string{"app/layout", "app/geom"}},
		{"draw", []string{"app/scene", "app/render", "app/ui"}},
		{"store", []string{"graphstore", "graphstore/cayleystore", "graphstore/exchange", "app/document", "app/editor"}},
		{"dispute", []string{"graphstore/dispute", "graphstore/algo", "graphstore/search"}},
		{"all", []string{"."}},
	}
}

// benchVerb runs the benchmarks of an area and, for layout, the contest.
func benchVerb(ctx context.Context, t *tool, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	c := contest{}
	flags.StringVar(&c.graphs, "graphs", filepath.Join(t.root, "..", "shared", "input", "graphs"), "")
	only := flags.String("only", "", "")
	shapes := flags.String("shapes", "0,0.5,1", "")
	flags.IntVar(&c.seeds, "seeds", 6, "")
	flags.DurationVar(&c.limit, "limit", 2*time.Minute, "")
	table := flags.Bool("table", false, "")
	browsers := flags.String("browsers", "", "")
	if err := flags.Parse(args); err != nil {
		return usageError(err.Error())
	}
	name := "all"
	if flags.NArg() > 0 {
		name = flags.Arg(0)
	}
	i := slices.IndexFunc(areas(), func(a area) bool { return a.name == name })
	if i < 0 || flags.NArg() > 1 {
		return usageError(fmt.Sprintf("cannot measure %q", strings.Join(flags.Args(), " ")))
	}
	if c.seeds < 1 || *shapes == "" {
		return usageError("the table needs a seed and a shape")
	}
	c.shapes = strings.Split(*shapes, ",")
	if *only != "" {
		c.only = strings.Split(*only, ",")
	}
	measured, err := t.steady(ctx)
	if err != nil {
		return err
	}
	if !*table {
		if err := t.setup(ctx, buildGroup()); err != nil {
			return err
		}
		if err := measured.with("CGO_ENABLED=1").benchmarks(ctx, areas()[i]); err != nil {
			return err
		}
	}
	switch name {
	case "layout":
		return c.run(ctx, measured)
	case "draw":
		if err := t.drawTable(ctx, c.only); err != nil || *browsers == "" {
			return err
		}
		return t.browserTable(ctx, *browsers, browserSizes(c.only))
	}
	return nil
}

// benchmarks runs the benchmarks in the area's folders, one package at a time
// so that they do not disturb each other.
func (t *tool) benchmarks(ctx context.Context, a area) error {
	patterns := t.patterns(a)
	if len(patterns) == 0 {
		return fmt.Errorf("this tree has none of %s", strings.Join(a.folders, ", "))
	}
	return t.tests(ctx, false, append([]string{"-run=^$", "-bench=.", "-benchmem", "-p=1", "-timeout=30m", "-tags", fyneTag}, patterns...)...)
}

// patterns returns go's patterns for those folders of an area that the tree
// has. The store's contract and the records lie in graphstore itself, whose
// other folders belong to other areas.
func (t *tool) patterns(a area) []string {
	var patterns []string
	for _, f := range a.folders {
		switch {
		case !t.has(f):
		case f == "graphstore":
			patterns = append(patterns, "./graphstore")
		case f == ".":
			patterns = append(patterns, "./...")
		default:
			patterns = append(patterns, "./"+f+"/...")
		}
	}
	return patterns
}
