package scene

import (
	"fmt"
	"math/rand"
	"testing"

	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

func dateOf(t *testing.T, v string) graphstore.Date {
	t.Helper()
	if v == "" {
		return graphstore.Date{}
	}
	d, err := graphstore.ParseDate(v)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSupersededClaimsAreCurrentUntilThen looks at the BSI's first position, which it superseded on 15 March 2022, and at the UK's on
// Huawei of January 2020, superseded by an act of July that holds from the end of that year.
func TestSupersededClaimsAreCurrentUntilThen(t *testing.T) {
	for _, c := range []struct {
		name, claim, held, known string
		shown, dashed            bool
	}{
		{"kaspersky", "urn:caveat:c:k02", "", "", true, true},
		{"kaspersky", "urn:caveat:c:k02", "", "2022-03-14", true, false},
		{"kaspersky", "urn:caveat:c:k02", "", "2022-03-15", true, true},
		{"kaspersky", "urn:caveat:c:k02", "2016", "", false, false},
		{"kaspersky", "urn:caveat:c:k02", "2018", "", true, false},
		{"kaspersky", "urn:caveat:c:k02", "2022-03-14", "", true, false},
		{"kaspersky", "urn:caveat:c:k02", "2022-03-15", "", false, false},
		{"kaspersky", "urn:caveat:c:k02", "2023", "2021", true, false}, // nobody knew better
		{"kaspersky", "urn:caveat:c:k18", "", "2022-03-14", false, false},
		{"kaspersky", "urn:caveat:c:k18", "2022-03-15", "", true, false},
		{"kaspersky", "urn:caveat:c:k07", "2020", "", true, false}, // maintained, not superseded
		{"huawei", "urn:caveat:c:h04", "", "2020-07-13", true, false},
		{"huawei", "urn:caveat:c:h04", "", "2020-07-14", true, true},
		{"huawei", "urn:caveat:c:h04", "2020-12-30", "", true, false},
		{"huawei", "urn:caveat:c:h04", "2020-12-31", "", false, false},
	} {
		g := sample(t, c.name)
		s := FromGraph(g, Options{View: &graphstore.View{TrueAt: dateOf(t, c.held), KnownBy: dateOf(t, c.known)}})
		e, shown := s.EdgeOf(graphstore.ID(c.claim))
		if shown != c.shown || shown && (s.rowOf(graphstore.ID(c.claim)).flags&edgeDashed != 0) != c.dashed {
			t.Errorf("%s, true at %q, known by %q: shown %v (edge %d), not as wanted (shown %v, dashed %v)", c.claim, c.held, c.known, shown, e, c.shown, c.dashed)
		}
	}
}

// TestCursorsAgreeWithTheAnalyses holds, over the built-in cases and random ones at many pairs of dates, that a scene shows exactly the claims that
// the analyses count.
func TestCursorsAgreeWithTheAnalyses(t *testing.T) {
	dates := []string{"", "2015", "2017", "2017-09-13", "2018-05", "2018-06-13", "2019-07", "2020", "2020-07-14", "2020-09", "2020-12-31", "2022-03-14", "2022-03-15", "2022-04", "2024-06-20", "2024-11", "2025-11-14", "2025-11-21", "2025-11-22"}
	graphs := map[string]*graphstore.Graph{}
	for _, name := range assets.Samples() {
		graphs[name] = sample(t, name)
	}
	for seed := int64(1); seed <= 6; seed++ {
		graphs[fmt.Sprint("seed ", seed)] = aged(t, rand.New(rand.NewSource(seed)))
	}
	for name, g := range graphs {
		for _, held := range dates {
			for _, known := range dates {
				v := &graphstore.View{TrueAt: dateOf(t, held), KnownBy: dateOf(t, known)}
				asked := dispute.Asked{TrueAt: v.TrueAt, KnownBy: v.KnownBy}
				of := dispute.Open(g, asked)
				show := AsOf(v, g)
				for c := range g.Claims() {
					if show(c) != of.Counts(c) {
						t.Errorf("%s, true at %q, known by %q: %s is shown: %v, counts: %v", name, held, known, c.ID, show(c), of.Counts(c))
					}
				}
			}
		}
	}
}

// aged returns a random graph whose claims have dates of all precisions, some none, and supersede and retract each other.
func aged(t *testing.T, rng *rand.Rand) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := &graphstore.Diff{}
	for i := range 8 {
		n := fmt.Sprint("e", i)
		d.Add(nil, &graphstore.Entity{ID: id(n), Kind: "vendor", Names: []graphstore.Name{{Text: n}}})
	}
	day := func() graphstore.Date {
		v := fmt.Sprintf("%d-%02d-%02d", 2015+rng.Intn(12), 1+rng.Intn(12), 1+rng.Intn(28))
		return dateOf(t, []string{"", v, v[:7], v[:4], "circa " + v[:4]}[rng.Intn(5)])
	}
	for i := range 4 {
		d.Add(nil, &graphstore.Document{ID: id(fmt.Sprint("d", i)), Title: "d", PublishedAt: day()})
	}
	for i := range 40 {
		c := &graphstore.Claim{ID: id(fmt.Sprintf("c%02d", i)), SaidAt: day(), Speaker: id("e0")}
		if rng.Intn(3) == 0 {
			c.Evidence = []graphstore.Evidence{{Document: id(fmt.Sprint("d", rng.Intn(4)))}}
		}
		switch {
		case i < 15:
			p := graphstore.Position(rng.Intn(5) - 2)
			c.Subject, c.Predicate, c.Object.ID, c.Position = id("e0"), graphstore.TakesPos, id(fmt.Sprint("e", 1+rng.Intn(7))), &p
		case i < 20:
			c.Subject, c.Predicate, c.Object.ID = id("e0"), "owns", id(fmt.Sprint("e", 1+rng.Intn(7)))
		case i < 32:
			c.Subject, c.Predicate, c.Object.ID = id(fmt.Sprintf("c%02d", rng.Intn(15))), graphstore.Supersedes, id(fmt.Sprintf("c%02d", rng.Intn(15)))
			if c.Subject == c.Object.ID {
				continue
			}
		default:
			c.Subject, c.Predicate, c.Object.ID = id("e0"), graphstore.Retracts, id(fmt.Sprintf("c%02d", rng.Intn(20)))
		}
		if rng.Intn(4) == 0 {
			c.ValidFrom = day()
		}
		if rng.Intn(4) == 0 {
			if c.ValidTo = day(); c.ValidTo.Compare(c.ValidFrom) < 0 {
				c.ValidTo = graphstore.Date{}
			}
		}
		next := *d
		next.Claims = append(next.Claims[:len(next.Claims):len(next.Claims)], graphstore.Change[graphstore.Claim]{After: c})
		if _, err := graphstore.NewGraph(schema).Apply(&next); err == nil { // no circles
			d = &next
		}
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestScenesWithCursorsFollowEdits holds that a scene after an edit is the one made anew, though a claim may date others.
func TestScenesWithCursorsFollowEdits(t *testing.T) {
	g := sample(t, "kaspersky")
	v := &graphstore.View{TrueAt: dateOf(t, "2023")}
	o := Options{View: v}
	s := FromGraph(g, o)
	if _, shown := s.EdgeOf("urn:caveat:c:k02"); shown {
		t.Fatal("what is superseded is shown")
	}
	d := &graphstore.Diff{}
	for c := range g.Uses("urn:caveat:c:k02", graphstore.AsObject) {
		if c.Predicate == graphstore.Supersedes {
			d.Add(c, nil)
		}
	}
	after, err := g.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	if _, shown := s.Update(after, d, o).EdgeOf("urn:caveat:c:k02"); !shown {
		t.Error("what is no longer superseded is not shown")
	}
}
