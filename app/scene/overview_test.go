package scene

import (
	"fmt"
	"math/rand"
	"testing"

	"caveat/app/geom"
)

// TestOverviewMapsBackAndForth holds that a place clicked in the overview is the place that the canvas goes to, and
// that every node has its pixel.
func TestOverviewMapsBackAndForth(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewSource(seed))
	for _, n := range []int{0, 1, 2, 50, 5000} {
		names := make([]string, n)
		pos := make([]geom.Point, n)
		for i := range names {
			names[i] = fmt.Sprint(i)
			pos[i] = geom.Point{X: r.Float32()*9000 - 4000, Y: r.Float32()*2000 + 700}
		}
		s := FromEdges(names, nil).WithPositions(pos)
		o := s.Overview(180, 120, nil)
		for i, p := range pos {
			q := o.ToMap(p)
			if back := o.ToWorld(q); back.Dist(p) > 0.01*9000/180 {
				t.Fatalf("seed %d, %d nodes: %v came back as %v", seed, n, p, back)
			}
			if _, _, _, a := o.Image.At(int(q.X), int(q.Y)).RGBA(); a == 0 {
				t.Fatalf("seed %d, %d nodes: node %d has no pixel at %v", seed, n, i, q)
			}
		}
		size := geom.Point{X: 800, Y: 600}
		fit := Fit(s.Bounds(), size, 20)
		if _, all := o.View(fit, size); n > 0 && !all {
			t.Errorf("%d nodes: a fitted camera does not show all", n)
		}
		fit.Zoom *= 4
		seen, all := o.View(fit, size)
		if n > 1 && all {
			t.Errorf("%d nodes: a close camera shows all", n)
		}
		if mid := o.ToWorld(seen.Center()); n > 1 && mid.Dist(fit.Center) > 0.02*9000 {
			t.Errorf("%d nodes: the middle of what is seen is %v, the camera looks at %v", n, mid, fit.Center)
		}
	}
}
