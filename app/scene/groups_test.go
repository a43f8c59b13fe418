package scene

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

// byKind groups the entities of a graph by their kind.
func byKind(g *graphstore.Graph, folded ...string) *Grouping {
	members := map[string][]graphstore.ID{}
	var keys []string
	for e := range g.Entities() {
		k := string(e.Kind)
		if members[k] == nil {
			keys = append(keys, k)
		}
		members[k] = append(members[k], e.ID)
	}
	slices.Sort(keys)
	var groups []Group
	for _, k := range keys {
		groups = append(groups, Group{Key: k, Label: k, Members: members[k], Folded: slices.Contains(folded, k)})
	}
	return NewGrouping(groups)
}

// TestAreasHoldTheirMembersAndNobodyElse holds, wherever nodes stand, that each place of an area is of that group only, that no node of
// another group, or of none, reaches into it, that every node stands on the ground of its own, and that counts add up.
func TestAreasHoldTheirMembersAndNobodyElse(t *testing.T) {
	for seed := int64(1); seed <= 12; seed++ {
		rng := rand.New(rand.NewSource(seed))
		g := random(t, rng, 60, 150)
		gr := byKind(g)
		if seed%2 == 0 {
			gr = NewGrouping(gr.Groups[1:]) // some are in none
		}
		s := FromGraph(g, Options{Groups: gr})
		pos := make([]geom.Point, s.Len())
		for i := range pos {
			side := []float32{400, 900, 4000}[seed%3]
			for tries := 0; tries < 100; tries++ { // their marks do not overlap
				pos[i] = geom.Point{X: rng.Float32() * side, Y: rng.Float32() * side}
				if !slices.ContainsFunc(pos[:i], func(q geom.Point) bool { return q.Dist(pos[i]) < 2*maxRadius+areaGap }) {
					break
				}
			}
		}
		s = s.WithPositions(pos)
		count, shown := map[int32]int{}, 0
		for _, a := range s.areas() {
			count[a.group] += a.here
			if a.here == 0 {
				t.Errorf("seed %d: an area of group %d without nodes", seed, a.group)
			}
			for range 200 {
				p := geom.Point{X: a.bounds.Min.X + rng.Float32()*a.bounds.Width(), Y: a.bounds.Min.Y + rng.Float32()*a.bounds.Height()}
				for _, b := range s.areas() {
					if b.group != a.group && a.contains(p) && b.contains(p) {
						t.Fatalf("seed %d: %v is on the grounds of %d and of %d", seed, p, a.group, b.group)
					}
				}
			}
		}
		for i := range int32(s.Len()) {
			own := s.GroupOf(i)
			if own >= 0 {
				shown++
			}
			if own != gr.Of(s.ID(i)) {
				t.Fatalf("seed %d: node %d stands in group %d", seed, i, own)
			}
			lone := true // nobody else's mark touches it
			for j := range int32(s.Len()) {
				lone = lone && (j == i || s.NodePoint(i).Dist(s.NodePoint(j)) > s.Radius(i)+s.Radius(j)+areaGap)
			}
			for k := range 16 {
				sin, cos := math.Sincos(math.Pi * float64(k) / 8)
				for _, part := range [2]float32{0, 0.98} {
					r := s.Radius(i) * part
					at := s.GroupAt(s.NodePoint(i).Add(geom.Point{X: r * float32(cos), Y: r * float32(sin)}))
					if lone && at != own {
						t.Fatalf("seed %d: node %d of group %d reaches into %d", seed, i, own, at)
					}
				}
			}
		}
		sum := 0
		for _, n := range count {
			sum += n
		}
		if sum > shown {
			t.Errorf("seed %d: %d nodes on grounds, %d in groups", seed, sum, shown)
		}
	}
}

// TestUnfoldingLeadsBack folds each kind in turn: its members are one node, no claim between others is lost, and
// unfolded the frame is the one of before.
func TestUnfoldingLeadsBack(t *testing.T) {
	for seed := int64(1); seed <= 4; seed++ {
		g := random(t, rand.New(rand.NewSource(seed)), 60, 150)
		open := FromGraph(g, Options{Groups: byKind(g)})
		before := fmt.Sprintf("%+v", open.Frame(look(open, 0, t)))
		for _, gr := range byKind(g).Groups {
			o := Options{Groups: byKind(g, gr.Key)}
			s := FromGraph(g, o)
			if want := open.Len() - len(gr.Members) + 1; s.Len() != want && !open.merged {
				t.Fatalf("seed %d: %d nodes with %s folded, not %d", seed, s.Len(), gr.Key, want)
			}
			n, ok := s.Node(GroupID(gr.Key))
			if !ok || s.GroupOf(n) >= 0 || s.Area(int32(slices.IndexFunc(o.Groups.Groups, func(x Group) bool { return x.Folded }))) != nil {
				t.Fatalf("seed %d: %s is no node", seed, gr.Key)
			}
			for _, id := range gr.Members {
				was, _ := open.Node(id)
				if open.ID(was) != id {
					continue // merged into one that may be of another kind
				}
				if m, ok := s.Node(id); !ok || m != n {
					t.Fatalf("seed %d: %s is drawn as %d, not in its group %d", seed, id, m, n)
				}
			}
			for c := range g.Claims() {
				e, shown := s.EdgeOf(c.ID)
				if _, was := open.EdgeOf(c.ID); shown && !was {
					t.Fatalf("seed %d: %s appeared", seed, c.ID)
				}
				if shown && !slices.Contains(s.ClaimsOf(e), c.ID) {
					t.Fatalf("seed %d: the edge of %s is not its own", seed, c.ID)
				}
				a, okA := s.Node(c.Subject)
				b, okB := s.Node(c.Object.ID)
				if _, was := open.EdgeOf(c.ID); was && okA && okB && a != b && !shown {
					t.Fatalf("seed %d: %s from %d to %d is lost", seed, c.ID, a, b)
				}
			}
			end := func(id graphstore.ID) int32 { // a claim inside a group is drawn as the group
				if r := s.rowOf(id); r != nil && r.edge < 0 && r.edge != noEdge {
					return ^r.edge
				}
				if at, ok := s.Node(id); ok {
					return at
				}
				return -1
			}
			ends := map[[2]int32]int{} // claims by the two nodes they join
			for c := range g.Claims() {
				if _, was := open.EdgeOf(c.ID); was {
					if a, b := end(c.Subject), end(c.Object.ID); a >= 0 && b >= 0 && a != b && (a == n || b == n) {
						ends[[2]int32{min(a, b), max(a, b)}]++
					}
				}
			}
			for e := range s.edges {
				if x := &s.edges[e]; x.a >= 0 && x.b >= 0 && x.a != x.b && (x.a == n || x.b == n) {
					if len(s.ClaimsOf(int32(e))) != int(x.count) {
						t.Fatalf("seed %d: with %s folded an edge says %d for %d claims", seed, gr.Key, x.count, len(s.ClaimsOf(int32(e))))
					}
					ends[[2]int32{min(x.a, x.b), max(x.a, x.b)}] -= int(x.count)
				}
			}
			for pair, rest := range ends {
				if rest != 0 {
					t.Fatalf("seed %d: with %s folded the edges of %v say %d claims too few", seed, gr.Key, pair, rest)
				}
			}
			s.Frame(look(s, 0, t))
			back := s.Update(g, &graphstore.Diff{}, Options{Groups: byKind(g)})
			back = back.WithPositions(open.Positions())
			if after := fmt.Sprintf("%+v", back.Frame(look(back, 0, t))); after != before {
				t.Fatalf("seed %d: after unfolding %s the picture is another", seed, gr.Key)
			}
		}
	}
}

// TestEdgesToAFoldedGroupAreOneWithCount holds that what joins a node to a folded group is one edge that says how many.
func TestEdgesToAFoldedGroupAreOneWithCount(t *testing.T) {
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := &graphstore.Diff{}
	put := func(name, kind string) graphstore.ID {
		d.Add(nil, &graphstore.Entity{ID: id(name), Kind: graphstore.Kind(kind), Names: []graphstore.Name{{Text: name}}})
		return id(name)
	}
	owner := put("owner", "organisation")
	for i := range 3 {
		v := put(fmt.Sprint("v", i), "vendor")
		d.Add(nil, &graphstore.Claim{ID: id(fmt.Sprint("c", i)), Subject: owner, Predicate: "owns", Object: graphstore.Object{ID: v}})
	}
	d.Add(nil, &graphstore.Claim{ID: id("inside"), Subject: id("v0"), Predicate: "owns", Object: graphstore.Object{ID: id("v1")}})
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	s := FromGraph(g, Options{Groups: byKind(g, "vendor")})
	if s.Len() != 2 || s.EdgeCount() != 1 || len(s.ClaimsOf(0)) != 3 {
		t.Fatalf("%d nodes, %d edges, the first of %v", s.Len(), s.EdgeCount(), s.ClaimsOf(0))
	}
	n, _ := s.Node(GroupID("vendor"))
	if s.Name(n) != "vendor" || s.nodes[n].members != 3 || s.Inside() != 2 {
		t.Errorf("it is called %q and has %d members", s.Name(n), s.nodes[n].members)
	}
}

// TestCursorsLeaveOutWhatWasNotSaidOrDidNotHold moves both cursors over one claim.
func TestCursorsLeaveOutWhatWasNotSaidOrDidNotHold(t *testing.T) {
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := &graphstore.Diff{}
	for _, n := range []string{"a", "b"} {
		d.Add(nil, &graphstore.Entity{ID: id(n), Kind: "vendor", Names: []graphstore.Name{{Text: n}}})
	}
	day := func(v string) graphstore.Date {
		d, err := graphstore.ParseDate(v)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d.Add(nil, &graphstore.Claim{ID: id("c"), Subject: id("a"), Predicate: "owns", Object: graphstore.Object{ID: id("b")}, SaidAt: day("2018-05"), ValidFrom: day("2017"), ValidTo: day("2020-06-30")})
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		held, known string
		edges       int
	}{{"", "", 1}, {"2016", "", 0}, {"2017", "", 1}, {"2020", "", 1}, {"2020-07", "", 0}, {"", "2018-04", 0}, {"", "2018-05", 1}, {"", "2024", 1}, {"2018", "2017", 0}} {
		v := &graphstore.View{}
		if c.held != "" {
			v.TrueAt = day(c.held)
		}
		if c.known != "" {
			v.KnownBy = day(c.known)
		}
		whole := FromGraph(g, Options{})
		if s := whole.Update(g, &graphstore.Diff{}, Options{View: v}); s.EdgeCount() != c.edges || s.Len() != 2 {
			t.Errorf("true at %q, known by %q: %d edges, not %d", c.held, c.known, s.EdgeCount(), c.edges)
		}
	}
}

// TestAFoldedGroupOfSeveralKindsIsOfNone folds groups of one kind and of several: one of several is of no kind, in the colour of its ground.
func TestAFoldedGroupOfSeveralKindsIsOfNone(t *testing.T) {
	g := random(t, rand.New(rand.NewSource(5)), 60, 150)
	var mixed, alike []graphstore.ID
	first := graphstore.Kind("")
	for e := range g.Entities() {
		if first == "" {
			first = e.Kind
		}
		if mixed = append(mixed, e.ID); e.Kind == first {
			alike = append(alike, e.ID)
		}
	}
	if len(alike) == len(mixed) {
		t.Fatal("all are of one kind")
	}
	for _, c := range []struct {
		list    []graphstore.ID
		kind    graphstore.Kind
		cluster uint8
	}{{mixed, "", uint8(MaxClusters - 2)}, {alike, first, 0}} {
		s := FromGraph(g, Options{Groups: NewGrouping([]Group{{Key: "x", Label: "X", Tone: 3, Members: c.list, Folded: true}})})
		n, ok := s.Node(GroupID("x"))
		if !ok || s.Kind(n) != c.kind || s.nodes[n].cluster != c.cluster {
			t.Errorf("the group of %d is of kind %q, not %q, and in colour %d, not %d", len(c.list), s.Kind(n), c.kind, s.nodes[n].cluster, c.cluster)
		}
		if f := s.Frame(look(s, 0, t)); len(f.Marks) == 0 {
			t.Error("nothing is drawn")
		}
	}
}

// TestALargeGroupIsHitWhereItIsDrawn asks along the rim of a folded group of many, from near and far.
func TestALargeGroupIsHitWhereItIsDrawn(t *testing.T) {
	p, _ := kinded(3000).GroupedByKind().Part(func(n int32) bool { return n%3 == 0 }, []string{"a"})
	fold, _ := p.Node(GroupID("a"))
	if p.Radius(fold) <= foldedRadius {
		t.Fatalf("a group of 1000 has the radius %v", p.Radius(fold))
	}
	for _, zoom := range []float32{2, 1, 0.3, 0.05, 0.01} {
		r := p.RadiusAt(fold, zoom)
		if most := p.Radius(fold) * Grow(zoom); r < p.Radius(fold) || r > most {
			t.Errorf("zoom %v: radius %v, of the drawing %v", zoom, r, p.Radius(fold))
		}
		l := Look{Camera: Camera{Center: p.NodePoint(fold), Zoom: zoom}, Width: 4000, Height: 4000, Scale: 1}
		drawn := float32(0)
		for _, m := range p.Frame(l).Marks {
			drawn = max(drawn, m.Radius)
		}
		if d := drawn/zoom - r; d > 0.01*r || d < -0.01*r {
			t.Errorf("zoom %v: drawn with the radius %v, not %v", zoom, drawn/zoom, r)
		}
		at := p.NodePoint(fold)
		if hit := p.HitAt(at.Add(geom.Point{X: 0.97 * r}), 0, zoom); hit.Node != fold {
			t.Errorf("zoom %v: inside the rim is %+v", zoom, hit)
		}
		if hit := p.HitAt(at.Add(geom.Point{X: 1.03 * r}), 0, zoom); hit.Node == fold {
			t.Errorf("zoom %v: the group reaches beyond its rim", zoom)
		}
	}
}
