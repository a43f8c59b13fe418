package editor

import (
	"fmt"
	"maps"
	"math/rand"
	"testing"

	"caveat/graphstore"
)

func TestTallyFollowsEveryStep(t *testing.T) {
	d := openSample(t)
	check := func(what string) {
		t.Helper()
		got, want := d.Tally(), newTally(d.Graph(), d.View())
		if !maps.Equal(got.Kinds, want.Kinds) || !maps.Equal(got.Predicates, want.Predicates) || !maps.Equal(got.Positions, want.Positions) || !maps.Equal(got.Speakers, want.Speakers) {
			t.Errorf("%s: %+v, counted anew %+v", what, got, want)
		}
	}
	first := d.Tally()
	check("as opened")
	minus := graphstore.Position(-1)
	c := &graphstore.Claim{Subject: d.node("BSI"), Predicate: "takes-position-on", Object: graphstore.Object{ID: d.node("Europol")}, Speaker: d.node("Europol"), Position: &minus}
	d.ok(d.Save(Draft{Claim: c}))
	check("a claim more")
	d.ok(d.Save(Draft{Entity: &graphstore.Entity{Kind: "vendor", Names: []graphstore.Name{{Text: "New"}}}}))
	check("an entity more")
	d.DeleteOrAsk(d.node("New"))
	check("one less")
	d.ok(d.Delete(d.node("BSI")))
	check("an entity and its claims less")
	for range 3 {
		d.ok(d.Undo())
		check("undone")
	}
	if d.Tally() != first {
		t.Error("counted anew on the way")
	}
	all := len(first.Speakers)
	d.ok(d.changeView("earlier", func(v *graphstore.View) {
		v.TrueAt = graphstore.Date{Value: "2018", Precision: graphstore.PrecisionYear}
	}))
	check("at an earlier time")
	if n := len(d.Tally().Speakers); n == 0 || n >= all {
		t.Errorf("%d speakers in 2018, %d of all times", n, all)
	}
}

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
	c := newTally(g, &graphstore.View{})
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
		c.follow(g, next, d)
		if whole := newTally(next, &graphstore.View{}); c.disputed != whole.disputed || c.unsourced != whole.unsourced || c.of != next {
			t.Fatalf("seed %d, step %d: carried %d and %d, counted %d and %d", seed, step, c.disputed, c.unsourced, whole.disputed, whole.unsourced)
		}
		g = next
	}
	if made == 0 {
		t.Fatal("no step was taken")
	}
}

// TestLargeCasesAreCountedByAJob turns a time cursor of a case of many claims: the figures of before stay until the new ones are there.
func TestLargeCasesAreCountedByAJob(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.OpenFile(bigCase(t, 6000), false)
	d.settleAll()
	defer func() { d.ok(d.Close()) }()
	all := d.Status().Unsourced
	early := func(v *graphstore.View) {
		v.KnownBy = graphstore.Date{Value: "2018", Precision: graphstore.PrecisionYear}
	}
	d.ok(d.changeView("earlier", early))
	if n := d.Status().Unsourced; n != all || !d.runs("figures") {
		t.Errorf("%d unsourced claims at once, of %d", n, all)
	}
	d.settleAll()
	want := newTally(d.Graph(), d.View())
	if got := d.Status(); got.Unsourced != want.unsourced || want.unsourced == all || !d.Tally().is(d.Graph(), d.View()) {
		t.Errorf("%d unsourced claims, counted anew %d, before %d", got.Unsourced, want.unsourced, all)
	}
	d.do("undo")
	d.Status() // asks, as the window does
	d.settleAll()
	if n := d.Status().Unsourced; n != all {
		t.Errorf("%d unsourced claims without time cursors, not %d", n, all)
	}

	// What the user cancels stays so, whoever asks, until the user wants it or something else is to be counted.
	giveUp := func(what string) {
		t.Helper()
		d.Status()
		if !d.runs("figures") || d.Uncounted() {
			t.Fatalf("%s: nothing counts", what)
		}
		d.CancelJob("figures")
		for range 3 {
			d.Status()
			d.settleAll()
		}
		if d.runs("figures") || !d.Uncounted() || d.Status().Unsourced != all {
			t.Errorf("%s: counted though it was cancelled", what)
		}
	}
	d.ok(d.changeView("earlier", early))
	giveUp("at an earlier time")
	d.do("redraw")
	giveUp("asked again")
	d.do("redraw")
	d.Status()
	d.settleAll()
	if n := d.Status().Unsourced; n != want.unsourced || d.Uncounted() {
		t.Errorf("%d unsourced claims when asked for, not %d", n, want.unsourced)
	}
	d.do("undo")
	before := d.Status().Unsourced
	d.CancelJob("figures")
	d.ok(d.changeView("later", func(v *graphstore.View) {
		v.KnownBy = graphstore.Date{Value: "2024", Precision: graphstore.PrecisionYear}
	}))
	d.Status()
	d.settleAll()
	if want := newTally(d.Graph(), d.View()).unsourced; d.Uncounted() || d.Status().Unsourced != want || before == want {
		t.Errorf("%d unsourced claims at another time, counted anew %d, before %d", d.Status().Unsourced, want, before)
	}
}
