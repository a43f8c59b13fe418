package scene

import (
	"fmt"
	"math/rand"
	"reflect"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/graphstore"
)

// change makes a random diff of g: claims and entities added, changed and removed.
func change(t *testing.T, rng *rand.Rand, g *graphstore.Graph, step int) *graphstore.Diff {
	t.Helper()
	for {
		d := &graphstore.Diff{}
		var claims []*graphstore.Claim
		for c := range g.Claims() {
			claims = append(claims, c)
		}
		var entities []*graphstore.Entity
		for e := range g.Entities() {
			entities = append(entities, e)
		}
		pick := claims[rng.Intn(len(claims))]
		switch rng.Intn(10) {
		case 0, 1:
			c := claim(fmt.Sprint("new", step), "x", "uses", "y")
			c.Subject, c.Object.ID = entities[rng.Intn(len(entities))].ID, entities[rng.Intn(len(entities))].ID
			d.Add(nil, c)
		case 2:
			c := claim(fmt.Sprint("a-new", step), "x", "disputes", "y")
			c.Subject, c.Object.ID = entities[rng.Intn(len(entities))].ID, pick.ID
			d.Add(nil, c)
		case 3:
			d.Add(pick, nil)
		case 4:
			c := *pick
			p := graphstore.Position(rng.Intn(7) - 4)
			c.Position, c.Tags = &p, []string{"inferred"}
			d.Add(pick, &c)
		case 5:
			d.Add(nil, entity(fmt.Sprint("e-new", step), "vendor"))
		case 6:
			e := *entities[rng.Intn(len(entities))]
			e.Kind, e.Names = "court", []graphstore.Name{{Text: fmt.Sprint("renamed ", step)}}
			d.Add(g.Entity(e.ID), &e)
		case 7: // other ends
			c := *pick
			c.Subject = entities[rng.Intn(len(entities))].ID
			d.Add(pick, &c)
		case 8: // an entity that nothing names any more, and one with its claims
			e := entities[rng.Intn(len(entities))]
			d.Add(e, nil)
			for _, c := range claims {
				if c.Subject == e.ID || c.Object.ID == e.ID {
					d.Add(c, nil)
				}
			}
		case 9: // several at once
			e := entity(fmt.Sprint("a-new", step, "e"), "law")
			c := claim(fmt.Sprint("b-new", step), "x", "uses", "y")
			c.Subject, c.Object.ID = entities[0].ID, e.ID
			r := claim(fmt.Sprint("c-new", step), "x", "rebuts", "y")
			r.Subject, r.Object.ID = entities[1].ID, c.ID
			d.Add(nil, e)
			d.Add(nil, c)
			d.Add(nil, r)
		}
		if _, err := g.Apply(d); err == nil {
			return d
		}
	}
}

// same compares what two scenes show, edge by edge and node by node.
func same(a, b *Scene) error {
	if a.Len() != b.Len() || a.EdgeCount() != b.EdgeCount() {
		return fmt.Errorf("%d nodes and %d edges against %d and %d", a.Len(), a.EdgeCount(), b.Len(), b.EdgeCount())
	}
	if !reflect.DeepEqual(a.nodes, b.nodes) {
		return fmt.Errorf("the nodes differ")
	}
	for i := range a.edges {
		x, y := a.edges[i], b.edges[i] // verbs may be numbered otherwise
		word := a.verbs[x.verb] == b.verbs[y.verb]
		x.verb, y.verb = 0, 0
		if x != y || !word {
			return fmt.Errorf("edge %d differs: %+v, %+v", i, a.edges[i], b.edges[i])
		}
		if !reflect.DeepEqual(a.ClaimsOf(int32(i)), b.ClaimsOf(int32(i))) {
			return fmt.Errorf("edge %d holds %v, %v", i, a.ClaimsOf(int32(i)), b.ClaimsOf(int32(i)))
		}
	}
	if !reflect.DeepEqual(a.anchors, b.anchors) || !reflect.DeepEqual(a.rows, b.rows) ||
		!reflect.DeepEqual(a.adjEdges, b.adjEdges) || !reflect.DeepEqual(a.byWeight, b.byWeight) || !reflect.DeepEqual(a.nodeOf, b.nodeOf) || !reflect.DeepEqual(a.values, b.values) {
		return fmt.Errorf("the lists differ")
	}
	return nil
}

func TestUpdateEqualsFromGraph(t *testing.T) {
	f := faces(t)
	mended, all := 0, 0
	for seed := int64(1); seed <= 24; seed++ {
		rng := rand.New(rand.NewSource(seed))
		g := random(t, rng, 20, 60)
		o := Options{Contradicted: func(id graphstore.ID) bool { return id[len(id)-1] == '3' }}
		switch seed % 4 {
		case 1:
			o.View = &graphstore.View{Hidden: []graphstore.ID{id("e0003"), id("c00005"), id("c00011")}, Hide: graphstore.Filter{Positions: []graphstore.Position{-2}, Kinds: []graphstore.Kind{"court"}}}
		case 2:
			o.At = time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		s := scatter(FromGraph(g, o), rng, 100)
		for step := range 25 {
			d := change(t, rng, g, step)
			next, err := g.Apply(d)
			if err != nil {
				t.Fatal(err)
			}
			all++
			if s.patchable(next, d, o) {
				mended++
			}
			s = s.Update(next, d, o)
			g = next
			whole := FromGraph(g, o).WithPositions(s.Positions())
			if err := same(s, whole); err != nil {
				t.Fatalf("seed %d step %d: %v", seed, step, err)
			}
			l := Look{Camera: Camera{s.Bounds().Center(), 0.8}, Width: 900, Height: 700, Faces: f}
			if !reflect.DeepEqual(s.Frame(l), whole.Frame(l)) {
				t.Fatalf("seed %d step %d: the frames differ", seed, step)
			}
		}
	}
	if mended*3 < all {
		t.Errorf("only %d of %d updates were mended in", mended, all)
	}
}

func TestUpdateMovesNoOldNodeAndPlacesNewOnesNearTheirs(t *testing.T) {
	g := graph(t, entity("a", "vendor"), entity("b", "product"), claim("c1", "a", "makes", "b"))
	s := FromGraph(g, Options{}).WithPositions([]geom.Point{{X: 700, Y: 100}, {X: 900, Y: 100}})
	d := &graphstore.Diff{}
	d.Add(nil, entity("n", "product"))
	d.Add(nil, claim("c2", "a", "makes", "n"))
	next, err := g.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	u := s.Update(next, d, Options{})
	if u.NodePoint(0) != s.NodePoint(0) || u.NodePoint(1) != s.NodePoint(1) {
		t.Error("old nodes moved")
	}
	if dist := u.NodePoint(2).Dist(u.NodePoint(0)); dist < 60 || dist > 120 {
		t.Errorf("the new node is %v from its neighbour", dist)
	}
	// A place in the view wins when it changes, and only then.
	v := &graphstore.View{ID: "urn:t:v", Places: map[graphstore.ID]graphstore.Place{id("a"): {X: 5, Y: 6}}}
	u = u.Update(next, &graphstore.Diff{}, Options{View: v})
	if u.NodePoint(0) != (geom.Point{X: 5, Y: 6}) {
		t.Errorf("the view's place is not taken: %v", u.NodePoint(0))
	}
	// Moving and pinning changes nothing else.
	w := &graphstore.View{ID: "urn:t:v", Places: map[graphstore.ID]graphstore.Place{id("a"): {X: 8, Y: 9, Pin: true}}}
	pinned := u.Update(next, &graphstore.Diff{}, Options{View: w})
	if err := same(pinned, FromGraph(next, Options{View: w})); err != nil || !pinned.Pinned(0) || u.Pinned(0) || pinned.NodePoint(0) != (geom.Point{X: 8, Y: 9}) {
		t.Errorf("after pinning: %v, pinned %v, at %v", err, pinned.Pinned(0), pinned.NodePoint(0))
	}
	moved := u.WithPositions([]geom.Point{{X: 50}, {X: 60}, {X: 70}})
	if again := moved.Update(next, &graphstore.Diff{}, Options{View: v}); again.NodePoint(0) != (geom.Point{X: 50}) {
		t.Errorf("a place that did not change moved the node: %v", again.NodePoint(0))
	}
}

func TestUpdateLeavesTheOldSceneAlone(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	g := random(t, rng, 20, 60)
	s := scatter(FromGraph(g, Options{}), rng, 100)
	l := Look{Camera: Camera{s.Bounds().Center(), 1}, Width: 900, Height: 700, Faces: faces(t)}
	before := s.Frame(l)
	for step := range 20 {
		d := change(t, rng, g, step)
		next, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		s.Update(next, d, Options{})
	}
	if !reflect.DeepEqual(before, s.Frame(l)) {
		t.Error("an update changed the scene it came from")
	}
}
