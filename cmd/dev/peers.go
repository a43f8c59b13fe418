package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"caveat/app/geom"
	"caveat/graphstore/exchange/edgelist"
)

//go:embed peers/ogdf.cpp
var ogdfSource []byte

// contestant is a program that lays out a graph.
type contestant struct {
	name    string
	atMost  int // nodes beyond which it is not asked; 0: any number
	arrange func(ctx context.Context, t *tool, in graphFile, seed int) (drawing, error)
}

// graphFile is a graph as the contestants get it.
type graphFile struct {
	*edgelist.List
	name  string
	path  string // the edge list as it was given
	dir   string // for what a contestant reads and writes
	plain string // "a b" lines with node numbers
	dot   string // the same for Graphviz
}

// drawing is what a contestant made of a graph.
type drawing struct {
	places []geom.Point
	took   time.Duration
	memory int64 // most bytes resident at once; 0 where the system does not tell
}

// contestants returns our program at every shape and those others that the
// machine has; told says which are not there.
func (t *tool) contestants(ctx context.Context, terminal, dir string, shapes []string) (who []contestant, told []string) {
	for _, s := range shapes {
		who = append(who, contestant{"caveat " + s, 0, caveatAt(terminal, s)})
	}
	if found("sfdp") {
		who = append(who, contestant{"sfdp", 0, graphviz("sfdp", "-Goverlap=true")})
	} else {
		told = append(told, "sfdp and neato are not installed (Debian package graphviz)")
	}
	if found("neato") {
		who = append(who, contestant{"neato", 2000, graphviz("neato", "-Goverlap=true", "-Gmodel=shortpath")})
	}
	program, err := t.buildOgdf(ctx, dir)
	if err != nil {
		return who, append(told, fmt.Sprintf("OGDF's FMME cannot be built (Debian packages g++, tulip, libtulip-dev): %v", err))
	}
	return append(who, contestant{"OGDF FMME", 0, ogdf(program)}), told
}

// caveatAt lays out with our terminal program at one shape.
func caveatAt(terminal, shape string) func(context.Context, *tool, graphFile, int) (drawing, error) {
	return func(ctx context.Context, t *tool, in graphFile, seed int) (drawing, error) {
		out := filepath.Join(in.dir, "caveat.tsv")
		d, _, err := t.timed(ctx, terminal, "layout", in.path, "--out", out, "--seed", strconv.Itoa(seed), "--shape", shape)
		if err != nil {
			return drawing{}, err
		}
		f, err := os.Open(out)
		if err != nil {
			return drawing{}, err
		}
		defer f.Close()
		at, err := edgelist.ReadPlaces(f)
		if err != nil {
			return drawing{}, err
		}
		for _, name := range in.Names {
			p, ok := at[name]
			if !ok {
				return drawing{}, fmt.Errorf("node %s has no place", name)
			}
			d.places = append(d.places, geom.Point{X: p.X, Y: p.Y})
		}
		return d, nil
	}
}

// graphviz lays out with a program of Graphviz, told to do nothing but the layout.
func graphviz(program string, options ...string) func(context.Context, *tool, graphFile, int) (drawing, error) {
	return func(ctx context.Context, t *tool, in graphFile, seed int) (drawing, error) {
		out := filepath.Join(in.dir, program+".plain")
		args := append([]string{"-Gstart=" + strconv.Itoa(seed), "-Gsplines=none", "-Nshape=point", "-Nlabel=", "-Nwidth=0.01", "-Nheight=0.01",
			"-Tplain", "-o", out}, options...)
		d, _, err := t.timed(ctx, program, append(args, in.dot)...)
		if err != nil {
			return drawing{}, err
		}
		d.places, err = readFile(out, len(in.Names), parsePlain)
		return d, err
	}
}

// ogdf lays out with the program built from ogdfSource. Its time is that of
// the algorithm alone, because Tulip's start loads every plug-in it has.
func ogdf(program string) func(context.Context, *tool, graphFile, int) (drawing, error) {
	return func(ctx context.Context, t *tool, in graphFile, seed int) (drawing, error) {
		out := filepath.Join(in.dir, "ogdf.xy")
		d, said, err := t.timed(ctx, program, strconv.Itoa(seed), in.plain, out)
		if err != nil {
			return drawing{}, err
		}
		lines := strings.Fields(said)
		if len(lines) == 0 {
			return drawing{}, fmt.Errorf("%s did not tell its time", filepath.Base(program))
		}
		seconds, err := strconv.ParseFloat(lines[len(lines)-1], 64)
		if err != nil {
			return drawing{}, fmt.Errorf("read the time of %s: %w", filepath.Base(program), err)
		}
		d.took = time.Duration(seconds * float64(time.Second))
		d.places, err = readFile(out, len(in.Names), parsePairs)
		return d, err
	}
}

// buildOgdf compiles the program that calls OGDF.
func (t *tool) buildOgdf(ctx context.Context, dir string) (string, error) {
	source, program := filepath.Join(dir, "ogdf.cpp"), filepath.Join(dir, "ogdf")
	if err := os.WriteFile(source, ogdfSource, 0o644); err != nil {
		return "", err
	}
	libraries, err := filepath.Glob("/usr/lib/*/libtulip-core-*.so")
	if err != nil || len(libraries) == 0 {
		return "", fmt.Errorf("no libtulip-core in /usr/lib")
	}
	_, err = t.output(ctx, "g++", "-O2", "-DNDEBUG", source, "-o", program, "-Wl,--no-as-needed", libraries[len(libraries)-1], "-lz")
	return program, err
}

// timed runs a program and returns the time and memory of its whole process and what it said.
func (t *tool) timed(ctx context.Context, name string, args ...string) (drawing, string, error) {
	var out, errs bytes.Buffer
	cmd := t.command(ctx, name, args...)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &errs, time.Second
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if ctx.Err() != nil {
		return drawing{}, "", ctx.Err()
	}
	if err != nil {
		return drawing{}, "", fmt.Errorf("%s: %w: %s", shown(name, args), err, strings.TrimSpace(errs.String()))
	}
	return drawing{took: took, memory: peakMemory(cmd.ProcessState)}, out.String(), nil
}

// writeInputs writes the graph for the contestants that read no edge list of ours.
func (g *graphFile) writeInputs() error {
	g.plain, g.dot = filepath.Join(g.dir, "edges.txt"), filepath.Join(g.dir, "edges.dot")
	var plain, dot bytes.Buffer
	dot.WriteString("graph g {\n")
	for i := range g.Names {
		fmt.Fprintf(&dot, "%d;\n", i)
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&plain, "%d %d\n", e[0], e[1])
		fmt.Fprintf(&dot, "%d -- %d;\n", e[0], e[1])
	}
	dot.WriteString("}\n")
	if err := os.WriteFile(g.plain, plain.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(g.dot, dot.Bytes(), 0o644)
}

// readFile reads n places from a file.
func readFile(path string, n int, parse func(io.Reader, int) ([]geom.Point, error)) ([]geom.Point, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	places, err := parse(f, n)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return places, nil
}

// parsePlain reads the places of nodes "0" to n-1 from Graphviz's plain format.
func parsePlain(r io.Reader, n int) ([]geom.Point, error) {
	places, seen := make([]geom.Point, n), 0
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 4 || f[0] != "node" {
			continue
		}
		i, err := strconv.Atoi(f[1])
		if err != nil || i < 0 || i >= n {
			return nil, fmt.Errorf("node %q is none of ours", f[1])
		}
		if places[i], err = point(f[2], f[3]); err != nil {
			return nil, err
		}
		seen++
	}
	if lines.Err() == nil && seen != n {
		return nil, fmt.Errorf("%d places for %d nodes", seen, n)
	}
	return places, lines.Err()
}

// parsePairs reads n lines "x y".
func parsePairs(r io.Reader, n int) ([]geom.Point, error) {
	var places []geom.Point
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) != 2 {
			return nil, fmt.Errorf("%q is no place", lines.Text())
		}
		p, err := point(f[0], f[1])
		if err != nil {
			return nil, err
		}
		places = append(places, p)
	}
	if lines.Err() == nil && len(places) != n {
		return nil, fmt.Errorf("%d places for %d nodes", len(places), n)
	}
	return places, lines.Err()
}

func point(x, y string) (geom.Point, error) {
	fx, err := strconv.ParseFloat(x, 32)
	if err != nil {
		return geom.Point{}, err
	}
	fy, err := strconv.ParseFloat(y, 32)
	return geom.Point{X: float32(fx), Y: float32(fy)}, err
}
