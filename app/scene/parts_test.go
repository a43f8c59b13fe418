package scene

import (
	"math/rand"
	"slices"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

func TestEdgeTreeFindsEveryEdgeThatMeetsABox(t *testing.T) {
	for seed := int64(1); seed <= 10; seed++ {
		rng := rand.New(rand.NewSource(seed))
		s := scatter(network(rng, 300, 1+rng.Intn(900)), rng, 60)
		tree := s.edgeTree()
		b := s.Bounds()
		for range 100 {
			r := geom.RectAround(geom.Point{X: b.Min.X + rng.Float32()*b.Width(), Y: b.Min.Y + rng.Float32()*b.Height()}, rng.Float32()*80, rng.Float32()*80)
			found := map[int32]bool{}
			tree.query(r, func(e int32) {
				found[e] = true
			})
			for i := range s.edges {
				line := s.curve(int32(i)).Flatten(nil, 0.5)
				meets := false
				for k := 1; k < len(line); k++ {
					meets = meets || geom.SegmentMeetsRect(line[k-1], line[k], r)
				}
				if meets && !found[int32(i)] {
					t.Fatalf("seed %d: edge %d meets %v unseen", seed, i, r)
				}
			}
		}
	}
	many := scatter(network(rand.New(rand.NewSource(1)), 2000, 8000), rand.New(rand.NewSource(2)), 60).edgeTree()
	if len(many.order) > 2*8000 || len(many.order) < 8000 {
		t.Errorf("%d pieces of 8000 edges", len(many.order))
	}
	newEdgeTree(nil, nil).query(geom.Rect{Max: geom.Point{X: 1, Y: 1}}, func(int32) { t.Error("an empty tree finds something") })
}

func TestCameraLeadsThereAndBack(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	size := geom.Point{X: 1280, Y: 800}
	for range 200 {
		c := Camera{geom.Point{X: rng.Float32() * 100, Y: rng.Float32() * 100}, 0.05 + 3*rng.Float32()}
		p := geom.Point{X: rng.Float32() * 1280, Y: rng.Float32() * 800}
		if q := c.ToCanvas(c.ToWorld(p, size), size); q.Dist(p) > 0.05 {
			t.Fatalf("%v came back as %v", p, q)
		}
		z := c.About(p, size, 1.3)
		if z.ToWorld(p, size).Dist(c.ToWorld(p, size)) > 0.05 {
			t.Fatalf("zooming about %v moved what is under it", p)
		}
	}
}

func TestFitShowsAllWithItsMargin(t *testing.T) {
	size := geom.Point{X: 1280, Y: 800}
	for _, b := range []geom.Rect{
		{Min: geom.Point{X: -500, Y: 20}, Max: geom.Point{X: 9000, Y: 400}}, {Min: geom.Point{X: 3, Y: 3}, Max: geom.Point{X: 3, Y: 3}}, {Max: geom.Point{X: 10, Y: 1e5}},
	} {
		c := Fit(b, size, 50)
		lo, hi := c.ToCanvas(b.Min, size), c.ToCanvas(b.Max, size)
		if lo.X < 49 || lo.Y < 49 || hi.X > 1231 || hi.Y > 751 {
			t.Errorf("%v is seen from %v to %v", b, lo, hi)
		}
	}
	if c := Fit(geom.BoundsOf(nil), size, 50); c.Zoom != 1 {
		t.Errorf("nothing is fitted at zoom %v", c.Zoom)
	}
}

func TestLayoutSeesClaimsOnClaimsOnlyWhereTheySayWhere(t *testing.T) {
	g := graph(t, entity("a", "vendor"), entity("b", "product"), entity("court", "court"), entity("d", "vendor"), entity("e", "product"), entity("lone", "media"),
		claim("c1", "a", "makes", "b"), claim("c2", "a", "disputes", "c1"), claim("c3", "court", "upholds", "c1"), claim("c4", "d", "makes", "e"), claim("c5", "d", "disputes", "c1"))
	s := FromGraph(g, Options{})
	node := func(name string) int32 { n, _ := s.Node(id(name)); return n }
	has := func(a, b string) bool {
		return slices.ContainsFunc(s.Edges(), func(e [2]int32) bool {
			return e == [2]int32{node(a), node(b)} || e == [2]int32{node(b), node(a)}
		})
	}
	if !has("a", "b") || !has("court", "a") || !has("court", "b") || !has("d", "e") {
		t.Errorf("edges %v", s.Edges())
	}
	if !has("d", "a") && !has("d", "b") {
		t.Error("two parts that a dispute joins fall apart")
	}
	if n := len(s.Edges()); n != 5 {
		t.Errorf("%d edges: %v", n, s.Edges())
	}
}

func TestLegendNamesWhatOccursAndNothingElse(t *testing.T) {
	p := graphstore.Position(-2)
	c := claim("c1", "a", "takes-position-on", "b")
	c.Position = &p
	d := claim("c2", "b", "disputes", "c1")
	d.Tags = []string{"inferred"}
	g := graph(t, entity("a", "regulator"), entity("b", "product"), c, d)
	labels := func(s *Scene, lang string) []string {
		var out []string
		for _, e := range s.Legend(nil, lang) {
			if e.Mark == nil && e.Stroke == nil && e.Text == nil || e.Count < 1 {
				t.Errorf("%q shows nothing", e.Label)
			}
			out = append(out, e.Label)
		}
		return out
	}
	want := []string{"product", "regulator", "restricts", "claim about a claim", "inferred", "no source given", "disputed claims about it"}
	if got := labels(FromGraph(g, Options{}), "en"); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if got := labels(FromGraph(graph(t), Options{}), "en"); got != nil {
		t.Errorf("an empty scene has the legend %q", got)
	}
	f := &Frame{Scale: 2}
	for _, e := range FromGraph(g, Options{}).Legend(Dark(), "nl") {
		e.Draw(f, geom.Point{X: 40, Y: 40})
	}
	if len(f.Marks)+len(f.Strokes)+len(f.Texts) != len(want) || f.Marks[0].Radius != 2*legendRadius || f.Marks[0].At != (geom.Point{X: 40, Y: 40}) {
		t.Errorf("drawn %+v", f)
	}
}

func TestEdgeListsKeepLoopsRepeatsAndNames(t *testing.T) {
	s := FromEdges([]string{"x", "y", "x"}, [][2]int32{{0, 1}, {1, 0}, {0, 1}, {2, 2}, {5, 0}, {-1, 2}})
	if s.Len() != 3 || s.EdgeCount() != 4 {
		t.Fatalf("%d nodes, %d edges", s.Len(), s.EdgeCount())
	}
	if n, ok := s.Node("x"); !ok || n != 0 || s.ID(2) != "x" || s.Name(1) != "y" {
		t.Error("names are lost")
	}
	if got := s.Neighbours(0); !slices.Equal(got, []int32{1}) {
		t.Errorf("neighbours %v", got)
	}
	s = s.WithPositions([]geom.Point{{X: -100}, {X: 100}, {Y: 100}})
	for i := range 3 {
		for k := range i {
			if d := s.curve(int32(i)).At(0.5).Dist(s.curve(int32(k)).At(0.5)); d < 10 {
				t.Errorf("edges %d and %d are %v apart", i, k, d)
			}
		}
	}
	if got := s.Hit(geom.Point{X: -100}, 2); got.Part != NodeBody || got.ID != "x" {
		t.Errorf("hit %+v", got)
	}
	if f := FromEdges(nil, nil).Frame(Look{Width: 10, Height: 10, Camera: Camera{Zoom: 1}}); len(f.Marks) != 0 {
		t.Error("something is drawn of nothing")
	}
}

func TestStarsAndPathsAndEqualPlacesAreDrawn(t *testing.T) {
	const n = 20_000
	names, star, path := make([]string, n), make([][2]int32, 0, n), make([][2]int32, 0, n)
	for i := range names {
		names[i] = itoa(i)
		if i > 0 {
			star = append(star, [2]int32{0, int32(i)})
			path = append(path, [2]int32{int32(i - 1), int32(i)})
		}
	}
	for _, edges := range [][][2]int32{star, path} {
		s := FromEdges(names, edges)
		for _, s := range []*Scene{s, s.WithPositions(make([]geom.Point, n))} {
			f := s.Frame(Look{Camera: Fit(s.Bounds(), geom.Point{X: 800, Y: 600}, 20), Width: 800, Height: 600, Faces: faces(t)})
			if len(f.Dots) == 0 && len(f.Marks) == 0 {
				t.Error("nothing is drawn")
			}
			if got := s.Hit(s.NodePoint(7), 1); got.Node < 0 {
				t.Error("a node is not hit")
			}
		}
	}
}

func TestDenialIsDrawnAsOne(t *testing.T) {
	g := sample(t, "kaspersky")
	c := g.Claim("urn:caveat:c:a11")
	if c == nil || c.Modality != "denies" {
		t.Fatal("the sample's denial is gone")
	}
	b := newBuilder(g, Options{Lang: "en"})
	if got := b.verbs[b.word(c)]; got != "denies: controls" {
		t.Errorf("the edge reads %q", got)
	}
}
