package editor

import (
	"maps"
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
