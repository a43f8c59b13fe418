package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"caveat/app/layout/quality"
	"caveat/graphstore/exchange/edgelist"
)

// contest compares layouts of the graphs in a folder.
type contest struct {
	graphs string        // folder with NAME.tsv and NAME.tsv.gz
	only   []string      // names of graphs; empty: all
	shapes []string      // caveatctl's --shape, one row each
	seeds  int           // runs a row
	limit  time.Duration // of one run; a program that needs longer is not asked again for that graph
}

// measure is one number of a row: what, and its value for one run.
type measure struct {
	title string
	of    func(f quality.Figures, d drawing) float64
}

// measures returns the columns of the table.
func measures() []measure {
	return []measure{
		{"stress", func(f quality.Figures, _ drawing) float64 { return f.Stress }},
		{"NP1", func(f quality.Figures, _ drawing) float64 { return f.NP1 }},
		{"NP2", func(f quality.Figures, _ drawing) float64 { return f.NP2 }},
		{"edge CV", func(f quality.Figures, _ drawing) float64 { return f.EdgeCV }},
		{"crossings", func(f quality.Figures, _ drawing) float64 { return f.Crossings }},
		{"seconds", func(_ quality.Figures, d drawing) float64 { return d.took.Seconds() }},
		{"MB", func(_ quality.Figures, d drawing) float64 { return float64(d.memory) / 1e6 }},
	}
}

// run prints the table, in Markdown, row by row, and keeps a copy in dist/.
func (c contest) run(ctx context.Context, t *tool) error {
	files, err := c.files()
	if err != nil {
		return err
	}
	if len(files) == 0 {
		fmt.Fprintf(t.out, "No table: there is no edge list (NAME.tsv or NAME.tsv.gz) in %s; name a folder with -graphs.\n", c.graphs)
		return nil
	}
	terminal, err := t.build(ctx, "caveatctl", "CGO_ENABLED=0")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "caveat-bench-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer os.RemoveAll(dir)
	kept, err := os.Create(filepath.Join(t.root, "dist", "layout.md"))
	if err != nil {
		return fmt.Errorf("keep the table: %w", err)
	}
	out := io.MultiWriter(t.out, kept)
	who, told := t.contestants(ctx, terminal, dir, c.shapes)
	for _, line := range told {
		fmt.Fprintf(out, "%s\n\n", line)
	}
	fmt.Fprint(out, c.heading())
	for _, path := range files {
		if err := c.graph(ctx, t, out, who, path, dir); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", filepath.Base(path), err), kept.Close())
		}
	}
	fmt.Fprintf(t.out, "\nKept in %s\n", kept.Name())
	return kept.Close()
}

// heading explains the columns and begins the table.
func (c contest) heading() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Mean and standard deviation of %d seeds. \"caveat S\" is `caveatctl layout --shape S`. Stress, edge CV, crossings (by edge), seconds\n"+
		"and MB: less is better; NP1, NP2: more. Seconds and MB are of the whole process with its reading and writing; the seconds of\n"+
		"OGDF FMME are those of its algorithm alone.\n\n| graph | nodes | edges | program |", c.seeds)
	for _, m := range measures() {
		b.WriteString(" " + m.title + " |")
	}
	b.WriteString("\n| --- | ---: | ---: | --- |" + strings.Repeat(" ---: |", len(measures())) + "\n")
	return b.String()
}

// graph prints the rows of one graph.
func (c contest) graph(ctx context.Context, t *tool, out io.Writer, who []contestant, path, dir string) error {
	list, err := edgelist.Open(path)
	if err != nil {
		return err
	}
	g := graphFile{List: list, name: graphName(path), path: path, dir: dir}
	if err := g.writeInputs(); err != nil {
		return err
	}
	for _, p := range who {
		if p.atMost > 0 && len(g.Names) > p.atMost {
			continue
		}
		row := fmt.Sprintf("| %s | %d | %d | %s |", g.name, len(g.Names), len(g.Edges), p.name)
		cells, err := c.row(ctx, t, p, g)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			cells = " " + strings.NewReplacer("\n", " ", "|", "/").Replace(err.Error()) + strings.Repeat(" |", len(measures()))
		}
		fmt.Fprintln(out, row+cells)
	}
	return nil
}

// row runs one program with every seed and returns the cells of its figures.
func (c contest) row(ctx context.Context, t *tool, p contestant, g graphFile) (string, error) {
	values := make([][]float64, len(measures()))
	for seed := 1; seed <= c.seeds; seed++ {
		d, err := c.once(ctx, t, p, g, seed)
		if errors.Is(err, context.DeadlineExceeded) {
			return "", fmt.Errorf("over %v", c.limit)
		}
		if err != nil {
			return "", err
		}
		f := quality.Measure(g.Edges, d.places)
		for i, m := range measures() {
			values[i] = append(values[i], m.of(f, d))
		}
	}
	var b strings.Builder
	for _, v := range values {
		mean, deviation := spread(v)
		fmt.Fprintf(&b, " %s ± %s |", figure(mean), figure(deviation))
	}
	return b.String(), nil
}

// once runs one program with one seed within the limit.
func (c contest) once(ctx context.Context, t *tool, p contestant, g graphFile, seed int) (drawing, error) {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	return p.arrange(ctx, t, g, seed)
}

// files returns the edge lists of the folder, the smallest file first. A list
// of nodes beside a graph (NAME.nodes.tsv) is none.
func (c contest) files() ([]string, error) {
	entries, err := os.ReadDir(c.graphs)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for graphs: %w", err)
	}
	sizes := make(map[string]int64)
	var files []string
	for _, e := range entries {
		name := graphName(e.Name())
		if name == "" || len(c.only) > 0 && !slices.Contains(c.only, name) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("look for graphs: %w", err)
		}
		path := filepath.Join(c.graphs, e.Name())
		sizes[path] = info.Size()
		files = append(files, path)
	}
	slices.SortFunc(files, func(a, b string) int { return cmp.Or(cmp.Compare(sizes[a], sizes[b]), cmp.Compare(a, b)) })
	return files, nil
}

// graphName returns NAME for a path that ends in NAME.tsv or NAME.tsv.gz, and
// nothing for what is no edge list.
func graphName(path string) string {
	base, ok := strings.CutSuffix(strings.TrimSuffix(filepath.Base(path), ".gz"), ".tsv")
	if !ok || strings.HasSuffix(base, ".nodes") {
		return ""
	}
	return base
}

// spread returns the mean and the standard deviation of a sample.
func spread(v []float64) (mean, deviation float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	if len(v) < 2 {
		return mean, 0
	}
	for _, x := range v {
		deviation += (x - mean) * (x - mean) / float64(len(v)-1)
	}
	return mean, math.Sqrt(deviation)
}

// figure writes a number with three significant digits and no exponent.
func figure(x float64) string {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Sprint(x)
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(x))))
	return fmt.Sprintf("%.*f", min(max(digits, 0), 6), x)
}
