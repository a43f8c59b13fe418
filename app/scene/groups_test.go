package scene

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

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

// TestEveryNodeStandsInItsGroupsArea holds that each node of a group lies on the ground of its own group, and counts add up.
func TestEveryNodeStandsInItsGroupsArea(t *testing.T) {
	for seed := int64(1); seed <= 5; seed++ {
		g := random(t, rand.New(rand.NewSource(seed)), 60, 150)
		gr := byKind(g)
		s := FromGraph(g, Options{Groups: gr})
		sum := 0
		for _, a := range s.areas() {
			sum += a.count
		}
		if sum != s.Len() {
			t.Fatalf("seed %d: %d nodes on grounds, %d in all", seed, sum, s.Len())
		}
		for i := range int32(s.Len()) {
			own := s.GroupOf(i)
			if own < 0 || gr.Groups[own].Key != string(s.Kind(i)) || !inHull(s.Area(own), s.NodePoint(i)) {
				t.Fatalf("seed %d: node %d of kind %s is in group %d", seed, i, s.Kind(i), own)
			}
			if s.GroupAt(s.NodePoint(i)) < 0 {
				t.Fatalf("seed %d: node %d stands on no ground", seed, i)
			}
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
