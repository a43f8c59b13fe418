package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"caveat/app/layout"
	"caveat/graphstore/exchange/edgelist"
)

// layoutFlags say how nodes are placed.
type layoutFlags struct {
	engine *string
	seed   *int64
	shape  *float32
	quiet  *bool
}

func newLayoutFlags(f *flags) layoutFlags {
	return layoutFlags{
		engine: f.text("engine", "layout engine: "+strings.Join(layout.Names(), ", ")+" (default: "+layout.Names()[0]+")"),
		seed: number(f, "seed", "equal seeds give equal places (default 1)", 1, func(s string) (int64, error) {
			return strconv.ParseInt(s, 10, 64)
		}),
		shape: number(f, "shape", "0 shows local clusters, 1 the global shape (default "+strconv.FormatFloat(layout.DefaultShape, 'g', -1, 64)+")",
			layout.DefaultShape, func(s string) (float32, error) {
				v, err := strconv.ParseFloat(s, 32)
				if err == nil && !(v >= 0 && v <= 1) {
					err = fmt.Errorf("not between 0 and 1")
				}
				return float32(v), err
			}),
		quiet: f.yes("quiet", "no progress on standard error"),
	}
}

// manyEdges is from which number of edges on memory is collected early: the working memory of a layout comes and goes
// level by level, and by default as much again as it needs would be kept for later.
const manyEdges = 500_000

// check completes the flags and reports a mistake in them.
func (l layoutFlags) check() error {
	if *l.engine == "" {
		*l.engine = layout.Names()[0]
	}
	if !slices.Contains(layout.Names(), *l.engine) {
		return usagef("--engine %s: there are %s", *l.engine, strings.Join(layout.Names(), ", "))
	}
	return nil
}

func setupLayout(f *flags) action {
	out := f.text("out", "file for the places, id<TAB>x<TAB>y; - is standard output")
	flags := newLayoutFlags(f)
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "EDGES.tsv"); err != nil {
			return err
		}
		if *out == "" {
			return usagef("--out is needed")
		}
		if err := flags.check(); err != nil {
			return err
		}
		if sameFile(*out, args[0]) {
			return usagef("%s is the edge list itself", *out)
		}
		list, err := edgelist.Open(args[0])
		if err != nil {
			return err
		}
		if len(list.Edges) > manyEdges {
			debug.SetGCPercent(20)
		}
		p := &layout.Problem{N: len(list.Names), Edges: list.Edges, Seed: *flags.seed, Shape: *flags.shape}
		start := time.Now()
		pos, err := layout.Run(ctx, *flags.engine, p, s.progress("placing", *flags.quiet))
		if err != nil {
			return err
		}
		if !*flags.quiet {
			fmt.Fprintf(s.errs, "%d nodes, %d edges placed in %.1f s\n", p.N, len(p.Edges), time.Since(start).Seconds())
		}
		return s.write(*out, func(w io.Writer) error {
			return edgelist.WritePlaces(w, list.Names, func(i int) edgelist.Place { return edgelist.Place{X: pos[i].X, Y: pos[i].Y} })
		})
	}
}

// progress returns a function that tells on standard error how far a job is:
// in place on a terminal, else a line for every tenth.
func (s *shell) progress(what string, quiet bool) func(done float64) {
	if quiet {
		return nil
	}
	terminal := isTerminal(s.errs)
	last := -1
	return func(done float64) {
		n := int(done * 100)
		if !terminal {
			n -= n % 10
		}
		if n <= last {
			return
		}
		last = n
		switch {
		case !terminal:
			fmt.Fprintf(s.errs, "%s: %d %%\n", what, n)
		case n < 100:
			fmt.Fprintf(s.errs, "\r%s: %d %%", what, n)
		default:
			fmt.Fprintf(s.errs, "\r%s\r", strings.Repeat(" ", len(what)+8))
		}
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
