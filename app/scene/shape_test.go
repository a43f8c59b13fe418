package scene

import (
	"testing"

	"caveat/app/geom"
)

// TestClaimsOnClaimsGoRoundTheNodes draws a claim about a claim from many places: its way never leads over a node that the
// other claim joins, where it would seem to end, and what is seen can be hit.
func TestClaimsOnClaimsGoRoundTheNodes(t *testing.T) {
	g := graph(t, entity("a", "regulator"), entity("b", "product"), entity("x", "vendor"), claim("c1", "a", "uses", "b"), claim("c2", "x", "disputes", "c1"))
	round := 0
	for y := float32(-160); y <= 160; y += 10 {
		s := FromGraph(g, Options{}).WithPositions([]geom.Point{{X: -100}, {X: 100}, {X: 350, Y: y}})
		e, _ := s.EdgeOf(id("c2"))
		c := s.curve(e)
		if d := c.Dist(s.NodePoint(1)); d < s.nodes[1].radius+detourGap/2 {
			t.Errorf("from y = %v it passes b at %v of its middle, its radius is %v", y, d, s.nodes[1].radius)
		}
		if c.A != s.NodePoint(2) || c.B != (geom.Point{}) {
			t.Errorf("from y = %v it runs %v", y, c)
		}
		if c.At(0.5).Dist(c.A.Lerp(c.B, 0.5)) > 1 {
			round++
		}
		if hit := s.HitAt(c.At(0.8), 2, 1); hit.ID != id("c2") {
			t.Errorf("from y = %v its middle hits %+v", y, hit)
		}
	}
	if round == 0 || round > 30 {
		t.Errorf("%d of 33 ways go round", round)
	}
}
