package layout

import (
	"context"
	"fmt"
	"testing"

	"caveat/app/geom"
)

// BenchmarkForce shows the growth of a whole run on random graphs with 1.5 edges a node.
func BenchmarkForce(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkRun(b, "force", n) })
	}
}

// BenchmarkEngines shows the growth of the other engines.
func BenchmarkEngines(b *testing.B) {
	for _, name := range Names()[1:] {
		for _, n := range []int{1_000, 10_000, 100_000} {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) { benchmarkRun(b, name, n) })
		}
	}
}

func benchmarkRun(b *testing.B, name string, n int) {
	p := &Problem{N: n, Edges: randomEdges(n, n*3/2, 1), Seed: 1, Shape: DefaultShape}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Run(context.Background(), name, p, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStep shows the mean step of a force layout that is being watched.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := &Problem{N: n, Edges: randomEdges(n, n*3/2, 1), Seed: 1, Shape: DefaultShape}
			pos := make([]geom.Point, n)
			var e Engine
			for b.Loop() {
				if e == nil || !e.Step(p, pos) {
					e, _ = New("force", p)
				}
			}
		})
	}
}

func BenchmarkRemoveOverlaps(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := &Problem{N: n, Edges: randomEdges(n, n*3/2, 1), Seed: 1, Shape: DefaultShape}
			start, err := Run(context.Background(), "force", p, nil)
			if err != nil {
				b.Fatal(err)
			}
			radius := make([]float32, n)
			for i := range radius {
				radius[i] = 14
			}
			pos := make([]geom.Point, n)
			for b.Loop() {
				copy(pos, start)
				RemoveOverlaps(pos, radius, nil)
			}
		})
	}
}
