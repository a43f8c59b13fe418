package geom

import (
	"math"
	"math/rand"
	"testing"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestVectorsFollowTheirLaws(t *testing.T) {
	p, q := Point{3, 4}, Point{-1, 2}
	near(t, "length", float64(p.Len()), 5, 1e-6)
	near(t, "distance", float64(p.Dist(q)), math.Sqrt(20), 1e-6)
	if p.Add(q).Sub(q) != p {
		t.Error("adding and taking away changes a point")
	}
	if p.Perp().Dot(p) != 0 {
		t.Error("Perp is not perpendicular")
	}
	if (Point{}).Unit() != (Point{}) {
		t.Error("the zero vector has a direction")
	}
	if (Point{float32(math.NaN()), 0}).Finite() || (Point{0, float32(math.Inf(1))}).Finite() || !p.Finite() {
		t.Error("Finite is wrong")
	}
}

func TestEmptyRectIsNeutralAndSharesNothing(t *testing.T) {
	r := Rect{Point{0, 0}, Point{2, 1}}
	none := BoundsOf(nil)
	if !none.Empty() || none.Width() != 0 || none.Height() != 0 {
		t.Error("bounds of nothing are not empty")
	}
	if r.Union(none) != r || none.Union(r) != r || r.Intersects(none) || none.Contains(Point{}) {
		t.Error("the empty box is not neutral")
	}
	if !r.Inset(1).Empty() {
		t.Error("inset past the middle is not empty")
	}
	nan := float32(math.NaN())
	if got := BoundsOf([]Point{{nan, 0}, {1, 2}, {3, -1}}); got != (Rect{Point{1, -1}, Point{3, 2}}) {
		t.Errorf("bounds with a NaN: %v", got)
	}
	line := Rect{Point{1, 1}, Point{1, 5}}
	if line.Empty() || !line.Contains(Point{1, 3}) {
		t.Error("a line is an empty box")
	}
}

func TestSegmentDistanceIsTheLeastOverItsPoints(t *testing.T) {
	const seed = 7
	rng := rand.New(rand.NewSource(seed))
	for range 300 {
		p, a, b := randomPoint(rng), randomPoint(rng), randomPoint(rng)
		least := math.Inf(1)
		for i := 0; i <= 2000; i++ {
			least = math.Min(least, float64(p.Dist(a.Lerp(b, float32(i)/2000))))
		}
		if d := float64(SegmentDist(p, a, b)); d > least+1e-4 || d < least-0.1 {
			t.Fatalf("seed %d: %v to %v..%v: got %v, sampled %v", seed, p, a, b, d, least)
		}
	}
	near(t, "a segment of one point", float64(SegmentDist(Point{3, 4}, Point{}, Point{})), 5, 1e-6)
}

func TestClippedSegmentLiesInTheBox(t *testing.T) {
	const seed = 8
	rng := rand.New(rand.NewSource(seed))
	r := Rect{Point{-20, -10}, Point{15, 30}}
	met := 0
	for range 2000 {
		a, b := randomPoint(rng), randomPoint(rng)
		p, q := a, b
		inside := false
		for i := 0; i <= 500 && !inside; i++ {
			inside = r.Contains(a.Lerp(b, float32(i)/500))
		}
		got := ClipSegment(&p, &q, r)
		if inside && !got {
			t.Fatalf("seed %d: %v..%v meets the box unseen", seed, a, b)
		}
		if got {
			met++
			if grown := r.Inset(-1e-3); !grown.Contains(p) || !grown.Contains(q) {
				t.Fatalf("seed %d: clipped %v..%v is outside", seed, p, q)
			}
		}
	}
	if met == 0 || met == 2000 {
		t.Fatalf("the sample shows nothing: %d of 2000 met", met)
	}
}

func TestCrossingNeedsAnInnerPoint(t *testing.T) {
	for _, c := range []struct {
		a, b, c, d Point
		want       bool
	}{
		{Point{0, 0}, Point{2, 2}, Point{0, 2}, Point{2, 0}, true},
		{Point{0, 0}, Point{2, 2}, Point{2, 2}, Point{4, 0}, false},
		{Point{0, 0}, Point{2, 0}, Point{1, 0}, Point{3, 0}, false},
		{Point{0, 0}, Point{1, 0}, Point{0, 1}, Point{1, 1}, false},
		{Point{0, 0}, Point{2, 0}, Point{1, 0}, Point{1, 2}, false},
	} {
		if got := SegmentsCross(c.a, c.b, c.c, c.d); got != c.want {
			t.Errorf("%v: got %v", c, got)
		}
	}
}

func TestCurveStaysInItsBoundsAndNearItsPolyline(t *testing.T) {
	const seed = 9
	rng := rand.New(rand.NewSource(seed))
	for range 200 {
		c := Curve{randomPoint(rng), randomPoint(rng), randomPoint(rng)}
		box := c.Bounds().Inset(-1e-3)
		line := c.Flatten(nil, 0.25)
		if line[0] != c.A || line[len(line)-1] != c.B {
			t.Fatalf("seed %d: the polyline loses an end", seed)
		}
		for i := 0; i <= 200; i++ {
			p := c.At(float32(i) / 200)
			if !box.Contains(p) {
				t.Fatalf("seed %d: %v at %d leaves %v", seed, c, i, box)
			}
			d := float32(math.Inf(1))
			for k := 1; k < len(line); k++ {
				d = min(d, SegmentDist(p, line[k-1], line[k]))
			}
			if d > 0.26 {
				t.Fatalf("seed %d: %v strays %v from its polyline", seed, c, d)
			}
		}
		part := c.Between(0.25, 0.75)
		near(t, "start of a part", float64(part.A.Dist(c.At(0.25))), 0, 1e-3)
		near(t, "end of a part", float64(part.B.Dist(c.At(0.75))), 0, 1e-3)
		near(t, "middle of a part", float64(part.At(0.5).Dist(c.At(0.5))), 0, 1e-3)
		q, at := c.Nearest(c.At(0.4))
		if q.Dist(c.At(0.4)) > 0.01*c.Len()+1e-3 || c.At(at).Dist(q) > 0.02*c.Len()+1e-3 {
			t.Fatalf("seed %d: nearest point of %v is off", seed, c)
		}
	}
	arc := Arc(Point{0, 0}, Point{10, 0}, 3)
	near(t, "bulge", float64(arc.At(0.5).Y), 3, 1e-5)
}

func randomPoint(rng *rand.Rand) Point {
	return Point{rng.Float32()*100 - 50, rng.Float32()*100 - 50}
}

// TestHullHoldsAllPointsAndTurnsOneWay holds for random points, many of them on lines, and for few.
func TestHullHoldsAllPointsAndTurnsOneWay(t *testing.T) {
	for seed := int64(1); seed <= 30; seed++ {
		rng := rand.New(rand.NewSource(seed))
		pts := make([]Point, rng.Intn(40))
		for i := range pts {
			pts[i] = Point{float32(rng.Intn(9)), float32(rng.Intn(9))}
		}
		h := Hull(pts)
		for i, a := range h {
			b := h[(i+1)%len(h)]
			for _, p := range pts {
				if len(h) > 2 && turn(a, b, p) < 0 {
					t.Fatalf("seed %d: %v is outside of %v-%v", seed, p, a, b)
				}
			}
			if c := h[(i+2)%len(h)]; len(h) > 2 && turn(a, b, c) <= 0 {
				t.Fatalf("seed %d: no turn at %v", seed, b)
			}
		}
	}
}
