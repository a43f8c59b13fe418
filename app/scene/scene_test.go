package scene

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"caveat/app/geom"
	"caveat/app/typeset"
	"caveat/assets"
	"caveat/graphstore"
)

func schema(t testing.TB) *graphstore.Schema {
	t.Helper()
	s, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func faces(t testing.TB) *typeset.Faces {
	t.Helper()
	f, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// graph makes a graph of records.
func graph(t testing.TB, records ...graphstore.Record) *graphstore.Graph {
	t.Helper()
	return apply(t, graphstore.NewGraph(schema(t)), records...)
}

func apply(t testing.TB, g *graphstore.Graph, records ...graphstore.Record) *graphstore.Graph {
	t.Helper()
	d := &graphstore.Diff{}
	for _, r := range records {
		d.Add(g.Record(r.RecordID()), r)
	}
	next, err := g.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func sample(t testing.TB, name string) *graphstore.Graph {
	t.Helper()
	b, err := assets.Sample(name)
	if err != nil {
		t.Fatal(err)
	}
	var records []graphstore.Record
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<22)
	for first := true; lines.Scan(); first = false {
		if first {
			continue // the header
		}
		r, err := graphstore.DecodeRecord(lines.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return graph(t, records...)
}

func entity(id, kind string) *graphstore.Entity {
	return &graphstore.Entity{ID: graphstore.ID("urn:t:" + id), Kind: graphstore.Kind(kind), Names: []graphstore.Name{{Text: "Name of " + id}}}
}

func claim(id, subject, predicate, object string) *graphstore.Claim {
	return &graphstore.Claim{ID: graphstore.ID("urn:t:" + id), Subject: graphstore.ID("urn:t:" + subject), Predicate: graphstore.Predicate(predicate), Object: graphstore.Object{ID: graphstore.ID("urn:t:" + object)}}
}

func id(s string) graphstore.ID { return graphstore.ID("urn:t:" + s) }

// random makes a graph of n entities and m claims of every sort, also about claims and literals.
func random(t testing.TB, rng *rand.Rand, n, m int) *graphstore.Graph {
	t.Helper()
	s := schema(t)
	var records []graphstore.Record
	ent := func() string { return fmt.Sprintf("e%04d", rng.Intn(n)) }
	for i := range n {
		records = append(records, entity(fmt.Sprintf("e%04d", i), string(s.Kinds[rng.Intn(len(s.Kinds))].ID)))
	}
	records = append(records, &graphstore.Document{ID: id("doc"), Title: "A page"})
	for i := range m {
		c := claim(fmt.Sprintf("c%05d", i), ent(), "uses", ent())
		switch k := rng.Intn(20); {
		case k < 8:
			c.Predicate = graphstore.TakesPos
			p := graphstore.Position(rng.Intn(7) - 4)
			c.Position = &p
		case k < 10 && i > 0:
			c.Predicate = "disputes"
			c.Object.ID = id(fmt.Sprintf("c%05d", rng.Intn(i)))
		case k < 12 && i > 1:
			c.Predicate = "supports"
			c.Subject, c.Object.ID = id(fmt.Sprintf("c%05d", rng.Intn(i))), id(fmt.Sprintf("c%05d", rng.Intn(i)))
		case k == 13:
			c.Predicate = "employs"
			c.Object = graphstore.Object{Literal: fmt.Sprint(rng.Intn(1000)), Datatype: "xsd:integer"}
		case k == 14 && i%7 == 0:
			c.Predicate = graphstore.SameAs
		case k == 15: // more between a pair that has some
			c.Subject, c.Object.ID = id("e0000"), id("e0001")
		}
		c.SaidAt = graphstore.Date{Precision: graphstore.PrecisionYear, Value: fmt.Sprint(2000 + rng.Intn(20))}
		if rng.Intn(2) == 0 {
			c.Evidence = []graphstore.Evidence{{Document: id("doc")}}
		}
		if rng.Intn(8) == 0 {
			c.Tags = []string{"inferred"}
		}
		records = append(records, c)
	}
	return graph(t, records...)
}

// scatter places a scene's nodes at random with about that distance.
func scatter(s *Scene, rng *rand.Rand, distance float32) *Scene {
	side := distance * sqrt(s.Len())
	pos := make([]geom.Point, s.Len())
	for i := range pos {
		pos[i] = geom.Point{X: (rng.Float32() - 0.5) * side * 1.5, Y: (rng.Float32() - 0.5) * side}
	}
	return s.WithPositions(pos)
}

func sqrt(n int) float32 {
	r := float32(1)
	for range 40 {
		r = (r + float32(n)/r) / 2
	}
	return r
}

// shownClaims are the claims whose ends are all shown when nothing is hidden: all.
func shownClaims(g *graphstore.Graph) []graphstore.ID {
	var out []graphstore.ID
	for c := range g.Claims() {
		out = append(out, c.ID)
	}
	return out
}

func TestEveryVisibleClaimIsDrawnOnce(t *testing.T) {
	for seed := int64(1); seed <= 12; seed++ {
		rng := rand.New(rand.NewSource(seed))
		g := random(t, rng, 5+rng.Intn(60), 5+rng.Intn(200))
		s := scatter(FromGraph(g, Options{}), rng, 120)
		seen := map[graphstore.ID]int{}
		for e := range s.EdgeCount() {
			for _, c := range s.ClaimsOf(int32(e)) {
				seen[c]++
				if back, ok := s.EdgeOf(c); !ok || back != int32(e) {
					t.Fatalf("seed %d: claim %s is on edge %d, EdgeOf says %d", seed, c, e, back)
				}
			}
		}
		for _, c := range shownClaims(g) {
			_, onEdge := s.EdgeOf(c)
			_, placed := s.ClaimPoint(c)
			switch merged := g.Claim(c).Predicate == graphstore.SameAs && !onEdge; {
			case !placed:
				t.Fatalf("seed %d: claim %s has no place", seed, c)
			case merged && seen[c] != 0, !merged && seen[c] != 1:
				t.Fatalf("seed %d: claim %s is drawn %d times", seed, c, seen[c])
			}
		}
		// And the frame has a stroke for every edge.
		size := s.Bounds()
		f := s.Frame(Look{Camera: Camera{size.Center(), 1}, Width: size.Width() + 400, Height: size.Height() + 400})
		if len(f.Strokes) != s.EdgeCount() {
			t.Fatalf("seed %d: %d strokes for %d edges", seed, len(f.Strokes), s.EdgeCount())
		}
		if len(f.Marks) != s.Len() {
			t.Fatalf("seed %d: %d marks for %d nodes", seed, len(f.Marks), s.Len())
		}
	}
}

func TestParallelEdgesRunApart(t *testing.T) {
	for seed := int64(1); seed <= 8; seed++ {
		rng := rand.New(rand.NewSource(seed))
		s := scatter(FromGraph(random(t, rng, 12, 150), Options{}), rng, 200)
		type ends struct{ a, b int32 }
		byPair := map[ends][]int32{}
		for i, e := range s.edges {
			byPair[ends{min(e.a, e.b), max(e.a, e.b)}] = append(byPair[ends{min(e.a, e.b), max(e.a, e.b)}], int32(i))
		}
		for pair, list := range byPair {
			if len(list) > maxLanes {
				t.Errorf("seed %d: %d edges between %v", seed, len(list), pair)
			}
			for i, x := range list {
				for _, y := range list[:i] {
					if d := s.curve(x).At(0.5).Dist(s.curve(y).At(0.5)); d < 2 {
						t.Errorf("seed %d: edges %d and %d between %v lie on each other: %v apart", seed, x, y, pair, d)
					}
				}
			}
		}
	}
}

func TestBeyondFourParallelClaimsBundleWithTheirCount(t *testing.T) {
	records := []graphstore.Record{entity("a", "regulator"), entity("b", "product")}
	for i := range 7 {
		c := claim(fmt.Sprint("c", i), "a", "uses", "b")
		if i%2 == 1 {
			c.Subject, c.Object.ID = id("b"), id("a")
		}
		records = append(records, c)
		s := FromGraph(graph(t, records...), Options{})
		want := min(i+1, 5)
		if want == 5 {
			want = 1
		}
		if s.EdgeCount() != want {
			t.Fatalf("%d claims: %d edges, want %d", i+1, s.EdgeCount(), want)
		}
		if want == 1 && len(s.ClaimsOf(0)) != i+1 {
			t.Fatalf("%d claims: the edge has %d", i+1, len(s.ClaimsOf(0)))
		}
	}
	s := FromGraph(graph(t, records...), Options{}).WithPositions([]geom.Point{{X: -100}, {X: 100}})
	f := s.Frame(Look{Camera: Camera{Zoom: 1}, Width: 600, Height: 400, Faces: faces(t)})
	if !slices.ContainsFunc(f.Texts, func(t Text) bool { return t.String == "7" && t.Plate.A > 0 }) {
		t.Error("the bundle of seven does not say so")
	}
	// What others talk about stays apart.
	records = append(records, claim("d", "b", "disputes", "c3"))
	s = FromGraph(graph(t, records...), Options{})
	if e, _ := s.EdgeOf(id("c3")); len(s.ClaimsOf(e)) != 1 {
		t.Error("a disputed claim vanished in a bundle")
	}
}

func TestClaimsOnClaimsEndAtTheDot(t *testing.T) {
	g := graph(t, entity("a", "regulator"), entity("b", "product"), entity("x", "vendor"),
		claim("c1", "a", "uses", "b"), claim("c2", "x", "disputes", "c1"), claim("c3", "c2", "supports", "c1"), claim("c4", "b", "disputes", "c1"))
	s := FromGraph(g, Options{}).WithPositions([]geom.Point{{X: -100}, {X: 100}, {X: 0, Y: 150}})
	dot, ok := s.ClaimPoint(id("c1"))
	if !ok || dot != (geom.Point{}) {
		t.Fatalf("the dot of c1 is at %v", dot)
	}
	e, _ := s.EdgeOf(id("c2"))
	if c := s.curve(e); c.A != s.NodePoint(2) || c.B != dot {
		t.Errorf("c2 runs %v", c)
	}
	e3, _ := s.EdgeOf(id("c3"))
	middle, _ := s.ClaimPoint(id("c2"))
	if c := s.curve(e3); c.A != middle || c.B != dot {
		t.Errorf("c3 runs %v", c)
	}
	// From an end of the claim it is about, an edge must leave that claim's line.
	e4, _ := s.EdgeOf(id("c4"))
	if d := s.curve(e4).At(0.5).Y; d > -5 && d < 5 {
		t.Errorf("c4 lies on the claim it disputes, %v from it", d)
	}
	if n := s.Neighbours(2); !slices.Equal(n, []int32{0, 1}) {
		t.Errorf("x leads to %v", n)
	}
	if s.nodes[1].disputed != 1 || s.nodes[0].disputed != 1 {
		t.Errorf("disputes: a %d, b %d", s.nodes[0].disputed, s.nodes[1].disputed)
	}
}

func TestMergedEntitiesAreOneNode(t *testing.T) {
	records := []graphstore.Record{entity("a", "vendor"), entity("b", "vendor"), entity("c", "product"),
		claim("m", "a", "same-as", "b"), claim("c1", "a", "makes", "c"), claim("c2", "b", "makes", "c")}
	g := graph(t, records...)
	s := FromGraph(g, Options{})
	na, _ := s.Node(id("a"))
	nb, _ := s.Node(id("b"))
	if s.Len() != 2 || na != nb || s.ID(na) != id("b") {
		t.Fatalf("%d nodes, a is %d, b is %d, called %s", s.Len(), na, nb, s.ID(na))
	}
	if s.EdgeCount() != 2 {
		t.Errorf("%d edges", s.EdgeCount())
	}
	if p, ok := s.ClaimPoint(id("m")); !ok || p != s.NodePoint(na) {
		t.Errorf("the merge is at %v", p)
	}
	// Taken back, they are two again.
	r := claim("r", "x", "retracts", "m")
	r.Subject = id("a")
	if s := FromGraph(apply(t, g, r), Options{}); s.Len() != 3 {
		t.Errorf("%d nodes after the merge was retracted", s.Len())
	}
}

func TestViewsLeaveOutWhatTheySay(t *testing.T) {
	one := graphstore.Position(1)
	pos := claim("c1", "a", "takes-position-on", "b")
	pos.Position, pos.Speaker = &one, id("a")
	g := graph(t, entity("a", "regulator"), entity("b", "product"), entity("x", "vendor"), pos, claim("c2", "x", "makes", "b"), claim("c3", "x", "disputes", "c1"))
	for name, c := range map[string]struct {
		view         graphstore.View
		nodes, edges int
	}{
		"nothing":   {graphstore.View{}, 3, 3},
		"only":      {graphstore.View{Only: []graphstore.ID{id("a"), id("b")}}, 2, 1},
		"hidden":    {graphstore.View{Hidden: []graphstore.ID{id("x")}}, 2, 1},
		"claim":     {graphstore.View{Hidden: []graphstore.ID{id("c1")}}, 3, 1},
		"kind":      {graphstore.View{Hide: graphstore.Filter{Kinds: []graphstore.Kind{"vendor"}}}, 2, 1},
		"predicate": {graphstore.View{Hide: graphstore.Filter{Predicates: []graphstore.Predicate{"makes"}}}, 3, 2},
		"position":  {graphstore.View{Hide: graphstore.Filter{Positions: []graphstore.Position{1}}}, 3, 1},
		"speaker":   {graphstore.View{Hide: graphstore.Filter{Speakers: []graphstore.ID{id("a")}}}, 3, 1},
	} {
		if s := FromGraph(g, Options{View: &c.view}); s.Len() != c.nodes || s.EdgeCount() != c.edges {
			t.Errorf("%s: %d nodes and %d edges, want %d and %d", name, s.Len(), s.EdgeCount(), c.nodes, c.edges)
		}
	}
}

func TestNodesStandWhereTheViewSays(t *testing.T) {
	g := graph(t, entity("a", "regulator"), entity("b", "product"), entity("x", "vendor"))
	v := &graphstore.View{Places: map[graphstore.ID]graphstore.Place{id("a"): {X: 10, Y: 20, Pin: true}, id("b"): {X: -300, Y: 5}}}
	s := FromGraph(g, Options{View: v})
	if s.NodePoint(0) != (geom.Point{X: 10, Y: 20}) || s.NodePoint(1) != (geom.Point{X: -300, Y: 5}) || !s.Pinned(0) || s.Pinned(1) {
		t.Errorf("places %v", s.Positions())
	}
	for _, p := range s.Positions()[:2] {
		if s.NodePoint(2).Dist(p) < 50 {
			t.Errorf("a node without a place stands on others: %v", s.Positions())
		}
	}
}
