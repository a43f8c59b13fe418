//go:build !race

// Figures of drawings need no race detector.

package layout

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"caveat/app/geom"
	"caveat/app/layout/quality"
)

// testGraph reads a graph of the shared test data; it skips where there is none, unless it is required.
func testGraph(t testing.TB, name string) ([][2]int32, int) {
	t.Helper()
	root := os.Getenv("CAVEAT_TESTDATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "input")
	}
	path := filepath.Join(root, "graphs", name+".tsv.gz")
	file, err := os.Open(path)
	if err != nil {
		if os.Getenv("CAVEAT_TESTDATA_REQUIRED") == "1" {
			t.Fatalf("the test data is required: %v", err)
		}
		t.Skipf("no test data (set CAVEAT_TESTDATA): %v", err)
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var edges [][2]int32
	n := int32(0)
	lines := bufio.NewScanner(packed)
	for lines.Scan() {
		var e [2]int32
		if _, err := fmt.Sscanf(lines.Text(), "%d\t%d", &e[0], &e[1]); err != nil {
			t.Fatalf("%s: line %q: %v", path, lines.Text(), err)
		}
		edges = append(edges, e)
		n = max(n, e[0]+1, e[1]+1)
	}
	return edges, int(n)
}

// peer is what another program reached: the mean over six seeds of graphviz 2.43 sfdp, over three of
// neato, by the same definitions as package quality.
type peer struct {
	graph                  string
	stress, np2, crossings float64
}

func sfdp() []peer {
	return []peer{
		{"lesmis", 0.1250, 0.5360, 6.46},
		{"1138_bus", 0.0935, 0.4348, 0.78},
		{"ca-GrQc", 0.1469, 0.1416, 90.67},
		{"attack-enterprise", 0.1401, 0.2491, 1999},
		{"crack", 0.0103, 0.8215, 0.02},
		{"debian-deps", 0.1938, 0.2710, 5023},
	}
}

// fmme is what the fast multipole multilevel embedder of OGDF reached, the mean over three seeds.
func fmme() []peer {
	return []peer{
		{graph: "lesmis", np2: 0.5958},
		{graph: "1138_bus", np2: 0.4763},
		{graph: "ca-GrQc", np2: 0.1878},
		{graph: "attack-enterprise", np2: 0.2952},
	}
}

// meanFigures returns the mean quality of drawings from two seeds.
func meanFigures(t *testing.T, graph string, shape float32) quality.Figures {
	edges, n := testGraph(t, graph)
	var sum quality.Figures
	const seeds = 2
	for seed := int64(1); seed <= seeds; seed++ {
		var pos []geom.Point = mustRun(t, "force", &Problem{N: n, Edges: edges, Seed: seed, Shape: shape})
		f := quality.Measure(edges, pos)
		sum.Stress += f.Stress / seeds
		sum.NP2 += f.NP2 / seeds
		sum.Crossings += f.Crossings / seeds
	}
	return sum
}

// sampling is by how much figures of equal drawings may differ, as the samples do.
const sampling = 0.03

func TestMiddleIsNoWorseThanSfdp(t *testing.T) {
	for _, p := range sfdp() {
		t.Run(p.graph, func(t *testing.T) {
			f := meanFigures(t, p.graph, DefaultShape)
			if f.Stress > p.stress*(1+sampling) || f.NP2 < p.np2*(1-sampling) || f.Crossings > p.crossings*(1+sampling) {
				t.Errorf("got %+v, sfdp has %+v", f, p)
			}
		})
	}
}

func TestGlobalEndIsNearNeato(t *testing.T) {
	for _, p := range []peer{{graph: "lesmis", stress: 0.0888}, {graph: "1138_bus", stress: 0.0637}} {
		t.Run(p.graph, func(t *testing.T) {
			if f := meanFigures(t, p.graph, 1); f.Stress > p.stress*1.05 {
				t.Errorf("stress %.4f is more than 5 %% above neato's %.4f", f.Stress, p.stress)
			}
		})
	}
}

func TestLocalEndKeepsNeighbourhoodsLikeFMME(t *testing.T) {
	for _, p := range fmme() {
		t.Run(p.graph, func(t *testing.T) {
			if f := meanFigures(t, p.graph, 0); f.NP2 < p.np2*(1-sampling) {
				t.Errorf("neighbourhoods %.4f, FMME has %.4f", f.NP2, p.np2)
			}
		})
	}
}

func TestShapeTradesStressForNeighbourhoods(t *testing.T) {
	local, global := meanFigures(t, "1138_bus", 0), meanFigures(t, "1138_bus", 1)
	middle := meanFigures(t, "1138_bus", DefaultShape)
	if !(local.NP2 > middle.NP2 && middle.NP2 > global.NP2 && local.Stress > middle.Stress && middle.Stress > global.Stress) {
		t.Errorf("the knob does not lead from clusters to distances: %+v, %+v, %+v", local, middle, global)
	}
}
