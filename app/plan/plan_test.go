package plan

import (
	"context"
	"fmt"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
)

// disputes returns a case of regulators in two countries that each said something about two vendors, in the years from 2015 on.
func disputes(t *testing.T, regulators int) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := new(graphstore.Diff)
	for _, v := range []string{"kas", "hua"} {
		d.Add(nil, &graphstore.Entity{ID: graphstore.ID("urn:e:" + v), Kind: "vendor", Names: []graphstore.Name{{Text: v}}})
	}
	for i := range regulators {
		id := graphstore.ID(fmt.Sprintf("urn:e:r%02d", i))
		d.Add(nil, &graphstore.Entity{ID: id, Kind: "regulator", Country: [...]string{"DE", "BE"}[i%2], Names: []graphstore.Name{{Text: fmt.Sprint("R", i)}}})
		for _, v := range []string{"kas", "hua"} {
			p := graphstore.Position(-1)
			d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:c:%s%02d", v, i)), Subject: id, Predicate: "takes-position-on", Object: graphstore.Object{ID: graphstore.ID("urn:e:" + v)}, Speaker: id,
				SaidAt: graphstore.Date{Value: fmt.Sprint(2015 + i%10), Precision: graphstore.PrecisionYear}, Position: &p})
		}
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// laidOut returns a view of g with a layout, and its scene with places.
func laidOut(t *testing.T, g *graphstore.Graph, name string) (*graphstore.View, *scene.Scene) {
	t.Helper()
	v := &graphstore.View{ID: "urn:v:1", Layout: name, Places: map[graphstore.ID]graphstore.Place{}}
	s := scene.FromGraph(g, scene.Options{View: v, Lang: "en"})
	pos, err := Places(context.Background(), s, v, g, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v, s.WithPositions(pos)
}

func TestWhatTheViewPlacesStaysThere(t *testing.T) {
	g := disputes(t, 12)
	for _, missing := range []int{0, 1, 5, 14} {
		v := &graphstore.View{Places: map[graphstore.ID]graphstore.Place{}}
		s := scene.FromGraph(g, scene.Options{View: v})
		home := map[graphstore.ID]geom.Point{}
		for i := missing; i < s.Len(); i++ {
			at := geom.Point{X: float32(100 * i), Y: float32(i * i)}
			if id := s.ID(int32(i)); i%2 == 0 {
				v.Places[id] = graphstore.Place{X: at.X, Y: at.Y}
			} else {
				home[id] = at
			}
		}
		asked := 0
		pos, lacking, err := PlacesBy(context.Background(), s, v, func() *layout.Problem { asked++; return Problem(s, v, g) }, home, nil)
		if err != nil || lacking != missing || asked != min(missing, 1) {
			t.Fatalf("%d of %d lack a place, layout asked for %d times: %v", lacking, missing, asked, err)
		}
		for i, p := range pos {
			if !p.Finite() {
				t.Errorf("node %d stands at %v", i, p)
			}
			if at, ok := PlaceOf(s.ID(int32(i)), v, home); ok && p != at {
				t.Errorf("node %d stands at %v, not %v", i, p, at)
			}
		}
	}
}

func TestLanesAndDatesAreReadOffThePlaces(t *testing.T) {
	g := disputes(t, 12)
	table, err := words.Load("de")
	if err != nil {
		t.Fatal(err)
	}
	faces, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, titles := range map[string][]string{"lanes": {"Anbieter", "Behörden"}, LanesCountry: {"BE", "DE", "Sonstige"}, "timeline": {"Anbieter", "Behörden"}, "force": nil, "grid": nil} {
		v, s := laidOut(t, g, name)
		guides := Guides(s, v, g, table, faces, geom.Point{X: 1000, Y: 700})
		if titles == nil {
			if guides != nil {
				t.Errorf("%s: the places mean %+v", name, guides)
			}
			continue
		}
		if guides == nil || len(guides.Lanes) != len(titles) || (guides.Axis != nil) != (name == "timeline") {
			t.Fatalf("%s: %+v", name, guides)
		}
		b := s.Bounds()
		if guides.Left >= b.Min.X || guides.Right <= b.Max.X || !guides.Room(b).ContainsRect(b) {
			t.Errorf("%s: lanes from %v to %v, nodes from %v to %v", name, guides.Left, guides.Right, b.Min.X, b.Max.X)
		}
		of := LaningOf(s, v, g, "de").Of
		in := map[int32]int{} // the band that holds the nodes of a lane
		for n := range int32(s.Len()) {
			for k, l := range guides.Lanes {
				if y := s.NodePoint(n).Y; y > l.Top && y < l.Bottom {
					if was, seen := in[of[n]]; seen && was != k {
						t.Errorf("%s: lane %d lies in the bands %d and %d", name, of[n], was, k)
					}
					in[of[n]] = k
				}
			}
		}
		if len(in) != len(titles) {
			t.Errorf("%s: nodes stand in %d of %d bands", name, len(in), len(titles))
		}
		have := map[string]bool{}
		for _, l := range guides.Lanes {
			have[l.Title] = true
		}
		for _, want := range titles[:2] {
			if !have[want] {
				t.Errorf("%s: no lane %s among %v", name, want, have)
			}
		}
	}
}

func TestGroupsAreDisjointAndTheUsersOwnPrevail(t *testing.T) {
	g := disputes(t, 12)
	table, err := words.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	v := &graphstore.View{Group: ByKind, Groups: []graphstore.OwnGroup{{ID: "urn:g:1", Name: "Mine", Members: []graphstore.ID{"urn:e:kas", "urn:e:r00", "urn:e:gone"}}}, Folded: []string{"urn:g:1", "no such"}}
	m := &Grouper{Lang: "en", Say: table.Say, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	groups, err := m.Groups(context.Background(), g, v)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[graphstore.ID]string{}
	for _, x := range groups {
		if x.Folded != (x.Key == "urn:g:1") {
			t.Errorf("%s is folded: %v", x.Key, x.Folded)
		}
		for _, id := range x.Members {
			if seen[id] != "" {
				t.Errorf("%s is in %s and %s", id, seen[id], x.Key)
			}
			seen[id] = x.Key
		}
	}
	if len(seen) != g.Count().Entities || seen["urn:e:kas"] != "urn:g:1" || seen["urn:e:r00"] != "urn:g:1" || seen["urn:e:hua"] != "vendor" {
		t.Errorf("groups %v", seen)
	}
}
