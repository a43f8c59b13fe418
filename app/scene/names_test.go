package scene

import (
	"math/rand"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

// TestASelectedClaimHasTheNamesOfItsEnds selects each claim of a crowd that is in view: the names of its ends are written.
func TestASelectedClaimHasTheNamesOfItsEnds(t *testing.T) {
	s, f := cases(t)["large"], faces(t)
	c, size := Camera{s.Bounds().Center(), 0.45}, geom.Point{X: 1280, Y: 800}
	inner := geom.Rect{Max: size}.Inset(60)
	shows := func(end int32) bool { return end >= 0 && inner.Contains(c.ToCanvas(s.NodePoint(end), size)) }
	seen, missed := 0, 0
	for e, x := range s.edges {
		if !shows(x.a) || !shows(x.b) {
			continue
		}
		seen++
		l := Look{Camera: c, Width: size.X, Height: size.Y, Faces: f, Labels: new(LabelMemory)}
		for _, selected := range []bool{false, true} {
			if selected {
				l.Selected = NewSet([]graphstore.ID{s.ClaimsOf(int32(e))[0]})
			}
			l.Labels = new(LabelMemory)
			s.Frame(l)
			for _, end := range []int32{x.a, x.b} {
				if _, ok := l.Labels.shown[s.ID(end)]; !ok && selected {
					t.Errorf("%s has no name though a claim about it is selected", s.ID(end))
				} else if !ok {
					missed++
				}
			}
		}
	}
	if seen < 20 || missed < 20 {
		t.Fatalf("%d claims in view, %d of their ends without a name: it tests nothing", seen, missed)
	}
}

// TestALightningMarkHidesNoDashes draws every claim of a case as contradicted: what a mark beside a dot is drawn on is hidden under it.
func TestALightningMarkHidesNoDashes(t *testing.T) {
	s := FromGraph(sample(t, "kaspersky"), Options{Contradicted: func(graphstore.ID) bool { return true }})
	s = scatter(s, rand.New(rand.NewSource(2)), 300)
	f := s.Frame(Look{Camera: Camera{s.Bounds().Center(), 1}, Width: s.Bounds().Width(), Height: s.Bounds().Height()})
	marks := 0
	for _, x := range f.Strokes {
		if !x.Bolt || x.Head != NoHead || x.Dash != Solid {
			continue
		}
		for _, y := range f.Strokes {
			if y.Dash == Solid || geomDist(wayOf(y), x.A) > 4 || geomDist(wayOf(y), x.B) > 4 {
				continue
			}
			if marks++; x.A.Dist(x.B) > 5 {
				t.Errorf("a mark lies on %.0f pixels of solid line", x.A.Dist(x.B))
			}
		}
	}
	if marks < 5 {
		t.Errorf("%d lightning marks", marks)
	}
}
