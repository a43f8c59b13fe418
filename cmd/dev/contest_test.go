package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"caveat/app/geom"
)

func TestGraphsAreFoundSmallestFirst(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"big.tsv": 90, "small.tsv.gz": 10, "small.nodes.tsv.gz": 5, "README.md": 3, "mid.tsv.gz": 40, "same.tsv": 40} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	names := func(c contest) string {
		files, err := c.files()
		if err != nil {
			t.Fatal(err)
		}
		var n []string
		for _, f := range files {
			n = append(n, graphName(f))
		}
		return strings.Join(n, " ")
	}
	if got := names(contest{graphs: dir}); got != "small mid same big" {
		t.Errorf("graphs: %s", got)
	}
	if got := names(contest{graphs: dir, only: []string{"big", "mid"}}); got != "mid big" {
		t.Errorf("chosen graphs: %s", got)
	}
	if got := names(contest{graphs: filepath.Join(dir, "none")}); got != "" {
		t.Errorf("graphs of a missing folder: %s", got)
	}
}

func TestSpread(t *testing.T) {
	if mean, deviation := spread([]float64{2, 4, 4, 4, 5, 5, 7, 9}); mean != 5 || figure(deviation) != "2.14" {
		t.Errorf("spread = %v, %v", mean, deviation)
	}
	if mean, deviation := spread([]float64{3}); mean != 3 || deviation != 0 {
		t.Errorf("spread of one = %v, %v", mean, deviation)
	}
}

func TestFiguresHaveThreeDigits(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 0.0099: "0.00990", 0.186: "0.186", 1.94: "1.94", 12.94: "12.9", 1797.3: "1797", -0.5: "-0.500", 1e-9: "0.000000"} {
		if got := figure(x); got != want {
			t.Errorf("figure(%v) = %s, want %s", x, got, want)
		}
	}
}

func TestPlainPlacesAreReadByNumber(t *testing.T) {
	got, err := parsePlain(strings.NewReader("graph 1 3 2\nnode 1 0.5 -2 0.01 0.01 \"\" solid point black lightgrey\nnode 0 1e-3 4\nedge 0 1 0 solid black\nstop\n"), 2)
	if want := []geom.Point{{X: 0.001, Y: 4}, {X: 0.5, Y: -2}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("places = %v, %v, want %v", got, err, want)
	}
	for _, bad := range []string{"node 0 1 1\n", "node 0 1 1\nnode 2 1 1\n", "node 0 1 1\nnode 1 x 1\n", "node a 1 1\n"} {
		if _, err := parsePlain(strings.NewReader(bad), 2); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestPairsAreReadInOrder(t *testing.T) {
	got, err := parsePairs(strings.NewReader("1 2\n-3.5 4e1\n"), 2)
	if want := []geom.Point{{X: 1, Y: 2}, {X: -3.5, Y: 40}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("places = %v, %v, want %v", got, err, want)
	}
	for _, bad := range []string{"1 2\n", "1 2\n3\n", "1 2\n3 y\n"} {
		if _, err := parsePairs(strings.NewReader(bad), 2); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestARowTellsWhatWentWrongAndTheTableGoesOn(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pair.tsv")
	if err := os.WriteFile(path, []byte("a\tb\nb\tc\nc\td\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	line := func(_ context.Context, _ *tool, g graphFile, seed int) (drawing, error) {
		d := drawing{took: time.Duration(seed) * time.Second, memory: 2e6}
		for i := range g.Names {
			d.places = append(d.places, geom.Point{X: float32(i)})
		}
		return d, nil
	}
	who := []contestant{
		{"line", 0, line},
		{"small only", 3, line},
		{"slow", 0, func(ctx context.Context, _ *tool, _ graphFile, _ int) (drawing, error) {
			<-ctx.Done()
			return drawing{}, ctx.Err()
		}},
		{"broken", 0, func(context.Context, *tool, graphFile, int) (drawing, error) { return drawing{}, errors.New("no\nway") }},
	}
	c := contest{seeds: 3, limit: time.Millisecond}
	var out strings.Builder
	if err := c.graph(t.Context(), &tool{}, &out, who, path, dir); err != nil {
		t.Fatal(err)
	}
	want := `| pair | 4 | 3 | line | 0 ± 0 | 1.00 ± 0 | 0 ± 0 | 0 ± 0 | 0 ± 0 | 2.00 ± 1.00 | 2.00 ± 0 |
| pair | 4 | 3 | slow | over 1ms | | | | | | |
| pair | 4 | 3 | broken | no way | | | | | | |
`
	if out.String() != want {
		t.Errorf("table:\n%s\nwant:\n%s", out.String(), want)
	}
	if dot, err := os.ReadFile(filepath.Join(dir, "edges.dot")); err != nil || string(dot) != "graph g {\n0;\n1;\n2;\n3;\n0 -- 1;\n1 -- 2;\n2 -- 3;\n}\n" {
		t.Errorf("dot file %q, %v", dot, err)
	}
}
