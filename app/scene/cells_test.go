package scene

import (
	"testing"

	"caveat/app/geom"
)

// TestADotStandsInTheMiddleOfTheNodesOfItsCell looks at three nodes within a pixel, apart from very many others.
func TestADotStandsInTheMiddleOfTheNodesOfItsCell(t *testing.T) {
	const side = 350 // of a square of nodes, more than are drawn one by one
	pos := make([]geom.Point, 0, side*side+3)
	for i := range side * side {
		pos = append(pos, geom.Point{X: float32(i % side), Y: float32(i / side)})
	}
	apart := []geom.Point{{X: 600, Y: 100}, {X: 600.3, Y: 100.1}, {X: 600.1, Y: 100.4}}
	pos = append(pos, apart...)
	names := make([]string, len(pos))
	s := FromEdges(names, nil).WithPositions(pos)
	const w, h = 800, 500
	f := s.Frame(Look{Camera: Camera{Center: geom.Point{X: 400, Y: 250}, Zoom: 1}, Width: w, Height: h, Scale: 1})
	if len(f.Dots) == 0 || len(f.Dots) >= len(pos) {
		t.Fatalf("%d dots for %d nodes", len(f.Dots), len(pos))
	}
	want := apart[0].Add(apart[1]).Add(apart[2]).Mul(1. / 3)
	found := false
	for _, d := range f.Dots {
		found = found || d.At.Dist(want) < 0.01
	}
	if !found {
		t.Errorf("no dot at %v", want)
	}
}

// TestMoreNodesInACellAreNeverFainter compares the tones of counts.
func TestMoreNodesInACellAreNeverFainter(t *testing.T) {
	for _, mean := range []float64{1, 4, 17, 900} {
		for n := int32(covering); n < 3000; n++ {
			if a, b := cellTone(n, mean), cellTone(n+1, mean); a > b || a < leastTone || b > 1 {
				t.Fatalf("mean %g: %d nodes have tone %g, %d have %g", mean, n, a, n+1, b)
			}
		}
	}
}
