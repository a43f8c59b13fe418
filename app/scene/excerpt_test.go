package scene

import (
	"image"
	"testing"

	"caveat/app/geom"
)

func TestExcerptKeepsNodesAndWhatJoinsThem(t *testing.T) {
	s := FromEdges([]string{"a", "b", "c", "d"}, [][2]int32{{0, 1}, {1, 2}, {2, 3}, {3, 1}, {1, 3}})
	s = s.WithPositions([]geom.Point{{X: 0}, {X: 100}, {X: 200}, {X: 300, Y: 50}})
	x := s.Excerpt([]int32{1, 3})
	if x.Len() != 2 || x.EdgeCount() != 2 {
		t.Fatalf("%d nodes and %d edges", x.Len(), x.EdgeCount())
	}
	if x.ID(0) != "b" || x.ID(1) != "d" || x.NodePoint(1) != (geom.Point{X: 300, Y: 50}) {
		t.Errorf("nodes %s at %v and %s at %v", x.ID(0), x.NodePoint(0), x.ID(1), x.NodePoint(1))
	}
	if n := x.Neighbours(0); len(n) == 0 || n[0] != 1 {
		t.Errorf("neighbours of b: %v", n)
	}
	fr := x.Frame(Look{Camera: Fit(x.Bounds(), geom.Point{X: 200, Y: 100}, 10), Width: 200, Height: 100})
	if fr.Size != image.Pt(200, 100) || len(fr.Marks)+len(fr.Dots) != 2 || len(fr.Strokes)+len(fr.Lines) != 2 {
		t.Errorf("a frame of %v with %d marks, %d dots, %d strokes, %d lines", fr.Size, len(fr.Marks), len(fr.Dots), len(fr.Strokes), len(fr.Lines))
	}
}
