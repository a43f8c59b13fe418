package scene

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

// bundled returns a scene with its edges led along each other.
func bundled(t testing.TB, s *Scene) *Scene {
	t.Helper()
	b, err := s.MakeBundles(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.WithBundles(b)
}

// wayOf returns the way of a stroke.
func wayOf(x Stroke) run { return run{geom.Curve{A: x.A, C: x.Ctrl, B: x.B}, x.Way} }

func (s *Scene) edgeDist(e int32, at geom.Point) float32 {
	if c := s.ledBy(e); c != nil {
		return ledDist(c, at)
	}
	return s.curve(e).Dist(at)
}

// overpass is a way along the bottom of four nodes, and claims over all of it: two side by side, one of which
// is disputed.
func overpass(t testing.TB) *Scene {
	t.Helper()
	p := graphstore.Position(-2)
	over := claim("over", "a", "takes-position-on", "d")
	over.Position = &p
	g := graph(t, entity("a", "regulator"), entity("b", "vendor"), entity("c", "vendor"), entity("d", "vendor"), entity("x", "vendor"),
		claim("ab", "a", "uses", "b"), claim("bc", "b", "uses", "c"), claim("cd", "c", "uses", "d"),
		over, claim("also", "d", "uses", "a"), claim("dispute", "x", "disputes", "over"))
	s := FromGraph(g, Options{Contradicted: func(c graphstore.ID) bool { return c == id("over") }})
	return s.WithPositions([]geom.Point{{}, {X: 150, Y: 60}, {X: 300, Y: 60}, {X: 450}, {X: 200, Y: -200}})
}

func TestScenesWithoutBundlesAreDrawnAsEver(t *testing.T) {
	f := faces(t)
	for name, s := range cases(t) {
		if s.Bundles() != nil {
			continue
		}
		back := bundled(t, s).WithBundles(nil)
		for _, z := range zooms {
			l := Look{Camera: Camera{s.Bounds().Center(), z}, Width: 900, Height: 600, Faces: f}
			want := s.Frame(l)
			for _, x := range want.Strokes {
				if x.Way != nil {
					t.Fatalf("%s: a stroke has a way without bundles", name)
				}
			}
			if !reflect.DeepEqual(want, back.Frame(l)) {
				t.Fatalf("%s at zoom %v: the frame differs once bundles are gone", name, z)
			}
		}
	}
}

func TestLedEdgesKeepColourHeadDotAndBolt(t *testing.T) {
	s := bundled(t, overpass(t))
	f := s.Frame(Look{Camera: Camera{s.Bounds().Center(), 1}, Width: 900, Height: 700, Faces: faces(t)})
	over, _ := s.EdgeOf(id("over"))
	if s.ledBy(over) == nil {
		t.Fatal("the claim over all is not led")
	}
	info := s.schema.Positions[slices.IndexFunc(s.schema.Positions, func(p graphstore.PositionInfo) bool { return p.Value == -2 })]
	heads, bolts := 0, 0
	dot, _ := s.ClaimPoint(id("over"))
	k := Camera{s.Bounds().Center(), 1}
	at := k.ToCanvas(dot, geom.Point{X: 900, Y: 700})
	for _, x := range f.Strokes {
		if x.Color != Light().Position(&info) {
			continue
		}
		if x.Head != NoHead && len(x.Way) > 0 {
			heads++
			if d := geomDist(wayOf(x), at); d > 1 {
				t.Errorf("the dot lies %.1f beside its edge", d)
			}
		}
		if x.Bolt {
			bolts++
		}
	}
	if heads != 1 || bolts != 1 {
		t.Errorf("%d arrowheads and %d lightning marks", heads, bolts)
	}
	if got := s.Hit(dot, 2); got.Part != ClaimDot || got.ID != id("over") {
		t.Errorf("at the dot: %+v", got)
	}
	dispute, _ := s.EdgeOf(id("dispute"))
	if end := s.point(s.edges[dispute].b); end != dot {
		t.Errorf("what disputes it ends at %v, the dot is at %v", end, dot)
	}
	if !slices.ContainsFunc(f.Texts, func(x Text) bool { return x.String == s.verbs[s.edges[over].verb] }) {
		t.Error("the verb is not written")
	}
}

func geomDist(r run, p geom.Point) float32 {
	best := r.At(0).Dist(p)
	for i := range 401 {
		best = min(best, r.At(float32(i)/400).Dist(p))
	}
	return best
}

func TestParallelLedEdgesRunSideBySide(t *testing.T) {
	s := bundled(t, overpass(t))
	a, _ := s.EdgeOf(id("over"))
	b, _ := s.EdgeOf(id("also"))
	if s.ledBy(a) == nil || s.ledBy(b) == nil {
		t.Fatal("not both are led")
	}
	if d := s.middleOf(a).Dist(s.middleOf(b)); d < laneGap {
		t.Errorf("they are %.1f apart", d)
	}
}

func TestTheCurveIsHitAndTheStraightLineIsNot(t *testing.T) {
	s := bundled(t, overpass(t))
	also, _ := s.EdgeOf(id("also"))
	course := s.ledBy(also)
	for k := range len(course) - 2 {
		p := pieceOf(course, k).At(0.4)
		if got := s.Hit(p, 2); got.Part == Nothing || got.Part == EdgeLine && s.edgeDist(got.Edge, p) > 2 {
			t.Errorf("on the curve at %v: %+v", p, got)
		}
	}
	if got := s.Hit(geom.Point{X: 260, Y: 2}, 3); got.Part != Nothing {
		t.Errorf("on the straight line: %+v", got)
	}
}

func TestEdgesOfAMovedNodeRunStraightAndOthersStay(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	s := bundled(t, scatter(network(rng, 400, 1600), rng, 60))
	pos := slices.Clone(s.Positions())
	pos[7].X += 5
	moved := s.WithPositions(pos)
	kept := 0
	for e := range s.edges {
		before, after := s.ledBy(int32(e)), moved.ledBy(int32(e))
		touched := s.edges[e].a == 7 || s.edges[e].b == 7
		if touched && after != nil || !touched && len(before) != len(after) {
			t.Fatalf("edge %d was led by %d points and is by %d", e, len(before), len(after))
		}
		if after != nil {
			kept++
		}
	}
	if kept == 0 || moved.BundledLike(s) {
		t.Errorf("%d edges are led still, made of these places: %v", kept, moved.BundledLike(s))
	}
	if back := moved.WithPositions(slices.Clone(s.Positions())); !back.BundledLike(s) {
		t.Error("moved back the edges are not as before")
	}
}

func TestAnEditKeepsTheCoursesOfOtherClaims(t *testing.T) {
	for seed := int64(1); seed < 12; seed++ {
		rng := rand.New(rand.NewSource(seed))
		g := random(t, rng, 60, 200)
		s := bundled(t, scatter(FromGraph(g, Options{}), rng, 110))
		d := change(t, rng, g, int(seed))
		next, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		u := s.Update(next, d, Options{}).BundledAs(s)
		touched := map[graphstore.ID]bool{}
		for _, c := range d.Claims {
			for _, x := range []*graphstore.Claim{c.Before, c.After} {
				if x != nil {
					touched[x.ID] = true
				}
			}
		}
		kept := 0
		for e := range u.edges {
			c := u.ledBy(int32(e))
			if c == nil {
				continue
			}
			kept++
			was, ok := s.EdgeOf(u.claimID(int32(e)))
			if !ok || !touched[u.claimID(int32(e))] && !slices.Equal(s.ledBy(was), c) {
				t.Fatalf("seed %d: edge %d has the course of another claim", seed, e)
			}
		}
		if kept == 0 {
			t.Errorf("seed %d: no course is left", seed)
		}
	}
}

func TestBundlingStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := cases(t)["list"].MakeBundles(ctx, 0, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestManyBundledEdgesAreDrawnWithinLimits(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	s := bundled(t, scatter(network(rng, 40_000, 120_000), rng, 60))
	l := Look{Camera: Fit(s.Bounds(), geom.Point{X: 1280, Y: 800}, 20), Width: 1280, Height: 800}
	f := s.Frame(l)
	if s.LevelOf(l) != "far" || !f.ToneMap || len(f.Lines) > 2*maxBent || len(f.Lines) <= s.EdgeCount()/2 {
		t.Errorf("level %s, tone map %v, %d lines", s.LevelOf(l), f.ToneMap, len(f.Lines))
	}
	if !reflect.DeepEqual(f, s.Frame(l)) {
		t.Error("the same look gives another frame")
	}
}

func BenchmarkMakeBundles(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rng := rand.New(rand.NewSource(1))
			s := scatter(network(rng, n/3, n), rng, 60)
			for b.Loop() {
				bundled(b, s)
			}
		})
	}
}

func BenchmarkBundledFrame(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rng := rand.New(rand.NewSource(1))
			s := bundled(b, scatter(network(rng, n/3, n), rng, 60))
			l := Look{Camera: Fit(s.Bounds(), geom.Point{X: 1600, Y: 1000}, 20), Width: 1600, Height: 1000}
			for b.Loop() {
				s.Recycle(s.Frame(l))
			}
		})
	}
}

// BenchmarkBundledAs carries the courses of a case over to the scene after one claim is gone: what the owner goroutine does
// at an edit.
func BenchmarkBundledAs(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rng := rand.New(rand.NewSource(1))
			g := random(b, rng, n/3, n)
			s := bundled(b, scatter(FromGraph(g, Options{}), rng, 110))
			d := &graphstore.Diff{}
			for c := range g.Claims() {
				if g.UseCount(c.ID, graphstore.AsSubject)+g.UseCount(c.ID, graphstore.AsObject) == 0 {
					d.Add(c, nil)
					break
				}
			}
			next, err := g.Apply(d)
			if err != nil {
				b.Fatal(err)
			}
			u := s.Update(next, d, Options{})
			for b.Loop() {
				u.BundledAs(s)
			}
		})
	}
}
