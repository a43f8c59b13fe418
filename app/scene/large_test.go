package scene

import (
	"testing"

	"caveat/app/geom"
)

// TestLargeScenesAreAskedWithoutAllocationsPerNode hits, bands and pans 100,000 nodes: what is allocated
// does not grow with what the scene holds.
func TestLargeScenesAreAskedWithoutAllocationsPerNode(t *testing.T) {
	const n = 100_000
	s := drawing(n)
	s.MakeIndex()
	if !s.Indexed() {
		t.Fatal("there is no index")
	}
	l := look(s, 0, t)
	l.Labels = nil
	l.Camera.Zoom *= 8
	at, step := l.Camera.Center, geom.Point{X: 37, Y: 21}
	if a := testing.AllocsPerRun(50, func() { s.HitAt(at, 6/l.Camera.Zoom, l.Camera.Zoom); at = at.Add(step) }); a > 4 {
		t.Errorf("a hit allocates %v times", a)
	}
	band := geom.RectAround(l.Camera.Center, 900, 600)
	inside := len(s.Within(band))
	if a := testing.AllocsPerRun(20, func() { s.Within(band) }); inside < 100 || a > 24 { // the list doubles
		t.Errorf("a band of %d nodes allocates %v times", inside, a)
	}
	for range 3 {
		s.Recycle(s.Frame(l))
	}
	if a := testing.AllocsPerRun(5, func() {
		l.Camera.Center = l.Camera.Center.Add(step)
		s.Recycle(s.Frame(l))
	}); a > 2000 { // letters and labels in view; thirty times less than nodes
		t.Errorf("a panned frame allocates %v times", a)
	}
	if o := testing.AllocsPerRun(3, func() { s.Overview(168, 116, nil) }); o > 16 {
		t.Errorf("an overview allocates %v times", o)
	}
}
