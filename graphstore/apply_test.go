package graphstore_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

type (
	entity   = graphstore.Entity
	claim    = graphstore.Claim
	document = graphstore.Document
)

func link(id graphstore.ID) graphstore.Object { return graphstore.Object{ID: id} }

func diffOf(pairs ...graphstore.Record) *graphstore.Diff {
	d := &graphstore.Diff{}
	for i := 0; i+1 < len(pairs); i += 2 {
		d.Add(pairs[i], pairs[i+1])
	}
	return d
}

func add(rs ...graphstore.Record) *graphstore.Diff {
	d := &graphstore.Diff{}
	for _, r := range rs {
		d.Add(nil, r)
	}
	return d
}

// small is a case with two entities, a document, and claims: a makes b, b
// disputes that, b maintains nothing yet.
func small(t testing.TB) *graphstore.Graph {
	t.Helper()
	g, err := graphstore.NewGraph(storetest.Schema()).Apply(add(
		&entity{ID: "urn:a", Kind: "vendor"}, &entity{ID: "urn:b", Kind: "product"}, &document{ID: "urn:d"},
		&claim{ID: "urn:c1", Subject: "urn:a", Predicate: "makes", Object: link("urn:b"), Speaker: "urn:a", Evidence: []graphstore.Evidence{{Document: "urn:d"}}},
		&claim{ID: "urn:c2", Subject: "urn:b", Predicate: "disputes", Object: link("urn:c1"), Speaker: "urn:b"},
		&graphstore.View{ID: "urn:v"}, &graphstore.Foreign{ID: "urn:f", Quad: "<urn:a> <urn:b> <urn:c> ."}))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// base is a claim that small takes.
func base() *claim {
	return &claim{ID: "urn:new", Subject: "urn:a", Predicate: "makes", Object: link("urn:b")}
}

func with(f func(*claim)) *graphstore.Diff {
	c := base()
	f(c)
	return add(c)
}

// TestEveryRule breaks each rule of integrity once.
func TestEveryRule(t *testing.T) {
	g := small(t)
	if _, err := g.Apply(add(base())); err != nil {
		t.Fatal(err)
	}
	day := func(v string) graphstore.Date { return graphstore.Date{Precision: "day", Value: v} }
	five := graphstore.Position(5)
	for _, c := range []struct {
		name string
		d    *graphstore.Diff
		want string // in the error
	}{
		{"add twice", add(&entity{ID: "urn:a", Kind: "vendor"}), "is there already"},
		{"change what is not there", diffOf(&entity{ID: "urn:x", Kind: "vendor"}, &entity{ID: "urn:x", Kind: "vendor"}), "is not there"},
		{"remove what is not there", diffOf(&entity{ID: "urn:x", Kind: "vendor"}, nil), "is not there"},
		{"stale before", diffOf(&entity{ID: "urn:a", Kind: "court"}, &entity{ID: "urn:a", Kind: "vendor"}), "not what the change expects"},
		{"stale header", &graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{Before: &graphstore.Header{Title: "x"}, After: &graphstore.Header{}}}, "case header"},
		{"header with a broken schema", &graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{After: &graphstore.Header{Schema: json.RawMessage(`{"kinds":7}`)}}}, "case header"},
		{"neither before nor after", &graphstore.Diff{Entities: make([]graphstore.Change[entity], 1)}, "neither before nor after"},
		{"rename", diffOf(g.Entity("urn:a"), &entity{ID: "urn:z", Kind: "vendor"}), "rename"},
		{"id of another type", add(&document{ID: "urn:a"}), "another type"},
		{"id of another type, claim", add(&claim{ID: "urn:d", Subject: "urn:a", Predicate: "makes", Object: link("urn:b")}), "another type"},
		{"no id", add(&entity{Kind: "vendor"}), "id: "},
		{"id without scheme", add(&entity{ID: "a", Kind: "vendor"}), "id: "},
		{"id with a space", add(&entity{ID: "urn:a b", Kind: "vendor"}), "id: "},
		{"unknown kind", add(&entity{ID: "urn:x", Kind: "ship"}), "kind: "},
		{"empty name", add(&entity{ID: "urn:x", Kind: "vendor", Names: []graphstore.Name{{Text: "a"}, {}}}), "names[1]"},
		{"name from no date", add(&entity{ID: "urn:x", Kind: "vendor", Names: []graphstore.Name{{Text: "a", From: day("2020-13-01")}}}), "names[0].from"},
		{"recorded at no instant", add(&entity{ID: "urn:x", Kind: "vendor", Meta: graphstore.Meta{RecordedAt: "today"}}), "recorded_at"},
		{"unknown marking", add(&entity{ID: "urn:x", Kind: "vendor", Meta: graphstore.Meta{Marking: "secret"}}), "marking"},
		{"published on no date", add(&document{ID: "urn:x", PublishedAt: graphstore.Date{Value: "2020"}}), "published_at"},
		{"group without id", add(&graphstore.View{ID: "urn:x", Groups: []graphstore.OwnGroup{{Name: "A"}}}), "groups[0].id"},
		{"two groups of one id", add(&graphstore.View{ID: "urn:x", Groups: []graphstore.OwnGroup{{ID: "urn:g"}, {ID: "urn:g"}}}), "groups[1].id"},
		{"view at no date", add(&graphstore.View{ID: "urn:x", TrueAt: graphstore.Date{Precision: "day", Value: "2020"}}), "true_at"},
		{"foreign without quad", add(&graphstore.Foreign{ID: "urn:x"}), "quad"},
		{"no subject", with(func(c *claim) { c.Subject = "" }), "subject"},
		{"missing subject", with(func(c *claim) { c.Subject = "urn:none" }), "subject: there is no"},
		{"document as subject", with(func(c *claim) { c.Subject = "urn:d" }), "subject: there is no"},
		{"unknown predicate", with(func(c *claim) { c.Predicate = "likes" }), "predicate"},
		{"no object", with(func(c *claim) { c.Object = graphstore.Object{} }), "object"},
		{"missing object", with(func(c *claim) { c.Object = link("urn:none") }), "object: there is no"},
		{"claim as object of makes", with(func(c *claim) { c.Object = link("urn:c1") }), "does not go to a claim"},
		{"entity as object of disputes", with(func(c *claim) { c.Predicate = "disputes" }), "object: there is no claim"},
		{"value as object of disputes", with(func(c *claim) { c.Predicate, c.Object = "disputes", graphstore.Object{Literal: "x"} }), "needs a claim"},
		{"about itself", with(func(c *claim) { c.Predicate, c.Object = "disputes", link("urn:new") }), "about itself"},
		{"itself as subject", with(func(c *claim) { c.Subject = "urn:new" }), "about itself"},
		{"missing speaker", with(func(c *claim) { c.Speaker = "urn:d" }), "speaker"},
		{"missing reporter", with(func(c *claim) { c.ReportedBy = "urn:none" }), "reported_by"},
		{"missing evidence", with(func(c *claim) { c.Evidence = []graphstore.Evidence{{Document: "urn:d"}, {Document: "urn:a"}} }), "evidence[1].document"},
		{"evidence of nothing", with(func(c *claim) { c.Evidence = make([]graphstore.Evidence, 1) }), "evidence[0].document"},
		{"unknown role", with(func(c *claim) { c.Evidence = []graphstore.Evidence{{Document: "urn:d", Role: "proves"}} }), "evidence[0].role"},
		{"missing product", with(func(c *claim) { c.Scope.Product = []graphstore.ID{"urn:b", "urn:none"} }), "scope.product[1]"},
		{"said at no date", with(func(c *claim) { c.SaidAt = day("2020-02-30") }), "said_at"},
		{"scope to no date", with(func(c *claim) { c.Scope.Period.To = day("x") }), "scope.period.to"},
		{"ends before it begins", with(func(c *claim) { c.ValidFrom, c.ValidTo = day("2020-02-02"), day("2020-02-01") }), "valid_to"},
		{"unknown position", with(func(c *claim) { c.Position = &five }), "position"},
		{"unknown basis", with(func(c *claim) { c.Basis = []graphstore.Basis{"audit", "hearsay"} }), "basis[1]"},
		{"unknown modality", with(func(c *claim) { c.Modality = "sings" }), "modality"},
		{"unknown reliability", with(func(c *claim) { c.Reliability = "G" }), "reliability"},
		{"unknown credibility", with(func(c *claim) { c.Credibility = 7 }), "credibility"},
		{"retract another's claim", add(&claim{ID: "urn:x", Subject: "urn:b", Predicate: "retracts", Object: link("urn:c1"), Speaker: "urn:b"}), "predicate: only the speaker"},
		{"entity still named as object", diffOf(g.Entity("urn:b"), nil), "cannot go"},
		{"document still named as evidence", diffOf(g.Document("urn:d"), nil), "cannot go"},
		{"claim still disputed", diffOf(g.Claim("urn:c1"), nil), "cannot go"},
		{"circle of claims", diffOf(g.Claim("urn:c1"), &claim{ID: "urn:c1", Subject: "urn:c2", Predicate: "makes", Object: link("urn:b"), Speaker: "urn:a"}), "about itself through"},
	} {
		next, err := g.Apply(c.d)
		if err == nil || !strings.Contains(err.Error(), c.want) || next != nil {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	// A speaker cannot change under a claim that only he may retract.
	g2, err := g.Apply(add(&claim{ID: "urn:r", Subject: "urn:a", Predicate: "retracts", Object: link("urn:c1"), Speaker: "urn:a"}))
	if err != nil {
		t.Fatal(err)
	}
	other := *g2.Claim("urn:c1")
	other.Speaker = "urn:b"
	var field *graphstore.FieldError
	if _, err := g2.Apply(diffOf(g2.Claim("urn:c1"), &other)); !errors.As(err, &field) || field.Field != "speaker" {
		t.Errorf("error is %v", err)
	}
}

// TestOneDiffMayDoBoth takes what only stands together.
func TestOneDiffMayDoBoth(t *testing.T) {
	g := small(t)
	d := diffOf(g.Claim("urn:c2"), nil, g.Claim("urn:c1"), nil, g.Entity("urn:b"), nil)
	d.Add(nil, &claim{ID: "urn:c3", Subject: "urn:a", Predicate: "makes", Object: link("urn:new")})
	d.Add(nil, &entity{ID: "urn:new", Kind: "product"})
	next, err := g.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	if next.UseCount("urn:new", graphstore.AsObject) != 1 || next.UseCount("urn:b", graphstore.AsObject) != 0 {
		t.Error("uses are wrong")
	}
	if g.Claim("urn:c1") == nil || g.UseCount("urn:c1", graphstore.AsObject) != 1 {
		t.Error("the old graph has changed")
	}
}

// TestUndoLeadsBack is the law of diffs on random histories: each diff's
// inverse leads to the graph before, and the graph is at every step the naive model.
func TestUndoLeadsBack(t *testing.T) {
	for seed := range uint64(6) {
		r := storetest.NewRandom(seed, storetest.Schema())
		g, m := graphstore.NewGraph(storetest.Schema()), storetest.NewModel()
		var refused int
		for step := range 150 {
			d := r.Edit(m)
			next, err := g.Apply(d)
			if err != nil {
				refused++
				if err := m.Differs(g); step%25 == 0 && err != nil {
					t.Fatalf("seed %d step %d: a refused diff changed the graph: %v", seed, step, err)
				}
				continue
			}
			back, err := next.Apply(d.Inverse())
			if err != nil || !back.Same(g) {
				t.Fatalf("seed %d step %d: the inverse does not lead back: %v", seed, step, err)
			}
			if again, err := back.Apply(d.Inverse().Inverse()); err != nil || !again.Same(next) {
				t.Fatalf("seed %d step %d: the inverse of the inverse is not the diff: %v", seed, step, err)
			}
			g, m = next, m.Apply(d)
			if err := m.Differs(g); err != nil {
				t.Fatalf("seed %d step %d: %v", seed, step, err)
			}
		}
		if refused == 0 || refused > 75 {
			t.Errorf("seed %d: %d of 150 diffs refused shows little", seed, refused)
		}
		whole, err := graphstore.NewGraph(storetest.Schema()).Apply(g.Whole())
		if err != nil || !whole.Same(g) {
			t.Fatalf("seed %d: Whole does not make the graph: %v", seed, err)
		}
		journalSurvives(t, g)
	}
}

// journalSurvives shows that a diff survives JSON, as the journal keeps it.
func journalSurvives(t *testing.T, g *graphstore.Graph) {
	t.Helper()
	b, err := json.Marshal(g.Whole())
	if err != nil {
		t.Fatal(err)
	}
	d := new(graphstore.Diff)
	if err := json.Unmarshal(b, d); err != nil {
		t.Fatal(err)
	}
	back, err := graphstore.NewGraph(storetest.Schema()).Apply(d)
	if err != nil || !back.Same(g) {
		t.Fatal("a diff does not survive JSON", err)
	}
}

func TestSameSeesEveryDifference(t *testing.T) {
	g := small(t)
	for _, d := range []*graphstore.Diff{
		add(&entity{ID: "urn:z", Kind: "vendor"}),
		diffOf(g.View("urn:v"), nil),
		diffOf(g.Entity("urn:a"), &entity{ID: "urn:a", Kind: "vendor", Note: "x"}),
		diffOf(g.Foreign("urn:f"), nil, nil, &document{ID: "urn:f"}),
		{Header: &graphstore.Change[graphstore.Header]{After: &graphstore.Header{Title: "x"}}},
	} {
		h, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		if g.Same(h) || h.Same(g) {
			t.Errorf("%+v makes no difference", d)
		}
	}
	if h, err := g.Apply(diffOf(g.Entity("urn:a"), &entity{ID: "urn:a", Kind: "vendor", Tags: []string{}})); err != nil || !g.Same(h) {
		t.Error("an empty list makes a difference", err)
	}
}

func TestUndoStackFollowsTheJournal(t *testing.T) {
	var s graphstore.UndoStack
	titles := func() string {
		u, okU := s.Undo()
		r, okR := s.Redo()
		out := "-"
		if okU {
			out = u.Title
		}
		if okR {
			return out + " " + r.Title
		}
		return out + " -"
	}
	for _, c := range []struct {
		cause graphstore.Cause
		title string
		want  string
	}{{"edit", "1", "1 -"}, {"edit", "2", "2 -"}, {"undo", "2", "1 2"}, {"undo", "1", "- 1"}, {"redo", "1", "1 2"}, {"edit", "3", "3 -"}, {"undo", "3", "1 3"}, {"redo", "3", "3 -"}} {
		s = s.Push(&graphstore.Diff{Cause: c.cause, Title: c.title})
		if have := titles(); have != c.want {
			t.Errorf("after %s %s: %s, want %s", c.cause, c.title, have, c.want)
		}
	}
}

func TestBuiltinSchemaHasTheModelsWords(t *testing.T) {
	s, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []graphstore.Predicate{graphstore.Supersedes, graphstore.Retracts, graphstore.Maintains} {
		if i := s.Predicate(p); i == nil || !i.SameSpeaker || i.Group != graphstore.GroupClaims {
			t.Errorf("%s is %+v", p, i)
		}
	}
	if s.Predicate(graphstore.SameAs) == nil || s.Predicate(graphstore.TakesPos) == nil || !s.Predicate("disputes").Attack || !s.Predicate("relies-on").OnClaims {
		t.Error("a predicate that the model itself uses is missing or wrong")
	}
	if len(s.Positions) != 7 || len(s.Reliabilities) != 6 || len(s.Credibilities) != 6 || len(s.Markings) != 5 || len(s.Roles) != 3 {
		t.Errorf("%d positions, %d reliabilities, %d credibilities, %d markings, %d roles", len(s.Positions), len(s.Reliabilities), len(s.Credibilities), len(s.Markings), len(s.Roles))
	}
}

// TestEditCostsWhatItChanges counts allocations: an edit of one claim must
// not grow with the case.
func TestEditCostsWhatItChanges(t *testing.T) {
	cost := func(n int) float64 {
		g := storetest.Large(1, n)
		before := g.Claim("urn:caveat:c:000042")
		after := *before
		after.Note = "changed"
		d := diffOf(before, &after)
		return testing.AllocsPerRun(20, func() {
			if _, err := g.Apply(d); err != nil {
				t.Fatal(err)
			}
		})
	}
	few, many := cost(200), cost(8000)
	if many > 3*few {
		t.Errorf("%v allocations with 200 claims, %v with 8,000", few, many)
	}
}

// BenchmarkApply is one edit of one claim in cases of three sizes.
func BenchmarkApply(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		g := storetest.Large(1, n)
		b.Run(fmt.Sprintf("claims=%d", n), func(b *testing.B) {
			before := g.Claim("urn:caveat:c:000042")
			after := *before
			after.Note = "changed"
			d := diffOf(before, &after)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := g.Apply(d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkApplyWhole makes a graph of 100,000 claims in one diff, as
// opening a case does.
func BenchmarkApplyWhole(b *testing.B) {
	d := storetest.Large(1, 100_000).Whole()
	for b.Loop() {
		if _, err := graphstore.NewGraph(storetest.Schema()).Apply(d); err != nil {
			b.Fatal(err)
		}
	}
}
