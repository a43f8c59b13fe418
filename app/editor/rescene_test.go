package editor

import (
	"fmt"
	"math/rand"
	"testing"

	"caveat/graphstore"
)

// many returns a diff that makes a ring of n entities with claims between them, and disputes of every ninth claim.
func many(n int) *graphstore.Diff {
	d := &graphstore.Diff{}
	entity := func(i int) graphstore.ID { return graphstore.ID(fmt.Sprintf("%se%06d", graphstore.IDPrefix, i%n)) }
	for i := range n {
		d.Add(nil, &graphstore.Entity{ID: entity(i), Kind: "vendor", Names: []graphstore.Name{{Text: fmt.Sprint("Vendor ", i)}}})
		c := &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("%sc%06d", graphstore.IDPrefix, i)), Subject: entity(i), Predicate: "owns", Object: graphstore.Object{ID: entity(i + 1)}}
		d.Add(nil, c)
		if i%9 == 0 {
			d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("%sd%06d", graphstore.IDPrefix, i)), Subject: entity(i + 2), Predicate: "disputes", Object: graphstore.Object{ID: c.ID}})
		}
	}
	return d
}

// TestCountsFollowEveryStep compares the figures carried along with those of a full count.
func TestCountsFollowEveryStep(t *testing.T) {
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	const seed = 7
	r := rand.New(rand.NewSource(seed))
	g, err := graphstore.NewGraph(schema).Apply(many(200))
	if err != nil {
		t.Fatal(err)
	}
	c := count(g, &graphstore.View{})
	if c.disputed == 0 || c.unsourced == 0 {
		t.Fatalf("nothing to count: %+v", c)
	}
	var claims []*graphstore.Claim
	for x := range g.Claims() {
		claims = append(claims, x)
	}
	made := 0
	for step := range 60 {
		d := &graphstore.Diff{}
		x := claims[r.Intn(len(claims))]
		if g.UseCount(x.ID, graphstore.AsObject) == 0 && g.Claim(x.ID) != nil && r.Intn(2) == 0 {
			d.Claims = append(d.Claims, graphstore.Change[graphstore.Claim]{Before: x})
		} else if g.Claim(x.ID) != nil {
			made++
			d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("%sx%d", graphstore.IDPrefix, made)), Subject: x.Subject, Predicate: "disputes", Object: graphstore.Object{ID: x.ID}})
		}
		next, err := g.Apply(d)
		if err != nil {
			continue // a claim that others rest on, or a subject that is a claim itself
		}
		c = c.recount(g, next, d)
		if whole := count(next, &graphstore.View{}); c != whole {
			t.Fatalf("seed %d, step %d: carried %d and %d, counted %d and %d", seed, step, c.disputed, c.unsourced, whole.disputed, whole.unsourced)
		}
		g = next
	}
	if made == 0 {
		t.Fatal("no step was taken")
	}
}
