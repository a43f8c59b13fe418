package storetest

import (
	"context"
	"errors"
	"testing"

	"caveat/graphstore"
)

// Open makes a store with the content of g, which may be nil, at revision 0.
// reopen closes a store and opens the same case again; nil if the store does not outlive its Close.
// Stores are closed by the caller's t.Cleanup, also those that reopen returns.
type Open func(t *testing.T, g *graphstore.Graph) (s graphstore.Store, reopen func(graphstore.Store) graphstore.Store)

// Run checks everything that graphstore.Store and graphstore.Historian
// promise, on stores over Schema. Fault tolerance beyond a refused edit is for each store to test itself.
func Run(t *testing.T, open Open) {
	t.Run("RandomHistories", func(t *testing.T) {
		for seed := range uint64(4) {
			randomHistory(t, open, seed)
		}
	})
	t.Run("RefusedEditLeavesNoTrace", func(t *testing.T) { refused(t, open) })
	t.Run("StaleBaseConflicts", func(t *testing.T) { conflicts(t, open) })
	t.Run("CreatedContentIsThere", func(t *testing.T) { created(t, open) })
	t.Run("UndoAcrossReopen", func(t *testing.T) { undo(t, open) })
	t.Run("HistoryStopsAndStarts", func(t *testing.T) { history(t, open) })
	t.Run("CancelledContext", func(t *testing.T) { cancelled(t, open) })
	t.Run("ClosedStore", func(t *testing.T) { closed(t, open) })
	t.Run("ValuesComeAndGo", func(t *testing.T) { comeAndGo(t, open) })
}

func load(t *testing.T, s graphstore.Store) (*graphstore.Graph, graphstore.Revision) {
	t.Helper()
	g, rev, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return g, rev
}

func must(t *testing.T, s graphstore.Store, base graphstore.Revision, d *graphstore.Diff) graphstore.Revision {
	t.Helper()
	rev, err := s.Apply(t.Context(), base, d)
	if err != nil {
		t.Fatal(err)
	}
	if rev != base+1 {
		t.Fatalf("Apply on %d gives revision %d", base, rev)
	}
	return rev
}

// check compares the store with the model, and reopens it if it can.
func check(t *testing.T, s graphstore.Store, m *Model, rev graphstore.Revision, reopen func(graphstore.Store) graphstore.Store) graphstore.Store {
	t.Helper()
	if reopen != nil {
		s = reopen(s)
	}
	g, have := load(t, s)
	if have != rev {
		t.Fatalf("revision is %d, want %d", have, rev)
	}
	if err := m.Differs(g); err != nil {
		t.Fatal(err)
	}
	return s
}

func randomHistory(t *testing.T, open Open, seed uint64) {
	t.Logf("seed %d", seed)
	r := NewRandom(seed, Schema())
	s, reopen := open(t, nil)
	m := NewModel()
	g := graphstore.NewGraph(Schema())
	var rev graphstore.Revision
	var done []*graphstore.Diff
	for step := range 120 {
		d := r.Edit(m)
		next, want := g.Apply(d)
		got, err := s.Apply(t.Context(), rev, d)
		if (want == nil) != (err == nil) {
			t.Fatalf("seed %d step %d: Graph.Apply says %v, the store says %v", seed, step, want, err)
		}
		if err == nil {
			if got != rev+1 {
				t.Fatalf("seed %d step %d: revision %d after %d", seed, step, got, rev)
			}
			rev, g, m = got, next, m.Apply(d)
			done = append(done, d)
		}
		if step%10 == 9 {
			s = check(t, s, m, rev, reopen)
		}
	}
	replay(t, s, done)
	// All the way back, newest first.
	for i := len(done) - 1; i >= 0; i-- {
		rev = must(t, s, rev, done[i].Inverse())
	}
	check(t, s, NewModel(), rev, reopen)
}

// replay shows that the journal leads from nothing to the store's graph.
func replay(t *testing.T, s graphstore.Store, done []*graphstore.Diff) {
	t.Helper()
	h, ok := s.(graphstore.Historian)
	if !ok {
		return
	}
	g := graphstore.NewGraph(Schema())
	n := 0
	err := h.History(t.Context(), 0, func(e graphstore.Entry) bool {
		n++
		if e.Revision != graphstore.Revision(n) || e.Diff.Title != done[n-1].Title || e.Diff.Cause != done[n-1].Cause {
			t.Fatalf("entry %d has revision %d, title %q, cause %q", n, e.Revision, e.Diff.Title, e.Diff.Cause)
		}
		next, err := g.Apply(e.Diff)
		if err != nil {
			t.Fatalf("entry %d: %v", n, err)
		}
		g = next
		return true
	})
	if err != nil || n != len(done) {
		t.Fatalf("history has %d entries, want %d: %v", n, len(done), err)
	}
	if have, _ := load(t, s); !have.Same(g) {
		t.Fatal("the journal does not lead to what the store holds")
	}
}

func one(title string, before, after graphstore.Record) *graphstore.Diff {
	d := &graphstore.Diff{Title: title, Cause: graphstore.CauseEdit}
	d.Add(before, after)
	return d
}

func vendor(id graphstore.ID, note string) *graphstore.Entity {
	return &graphstore.Entity{ID: id, Kind: "vendor", Names: []graphstore.Name{{Text: "V " + string(id)}}, Note: note}
}

func refused(t *testing.T, open Open) {
	s, reopen := open(t, nil)
	a := vendor("urn:a", "")
	rev := must(t, s, 0, one("add", nil, a))
	m := NewModel().Apply(one("add", nil, a))
	// The first change is good, the second is not: neither may stay.
	d := one("half", nil, vendor("urn:b", ""))
	d.Add(nil, &graphstore.Claim{ID: "urn:c", Subject: "urn:a", Predicate: "makes", Object: graphstore.Object{ID: "urn:missing"}})
	var rec *graphstore.RecordError
	if _, err := s.Apply(t.Context(), rev, d); !errors.As(err, &rec) || rec.ID != "urn:c" {
		t.Fatalf("error is %v", err)
	}
	stale := one("stale", vendor("urn:a", "other"), vendor("urn:a", "new"))
	if _, err := s.Apply(t.Context(), rev, stale); !errors.Is(err, graphstore.ErrStale) {
		t.Fatalf("error is %v", err)
	}
	check(t, s, m, rev, reopen)
}

func conflicts(t *testing.T, open Open) {
	s, _ := open(t, nil)
	must(t, s, 0, one("add", nil, vendor("urn:a", "")))
	for _, base := range []graphstore.Revision{0, 2, 1 << 40} {
		if _, err := s.Apply(t.Context(), base, one("add", nil, vendor("urn:b", ""))); !errors.Is(err, graphstore.ErrConflict) {
			t.Errorf("base %d: error is %v", base, err)
		}
	}
	if g, rev := load(t, s); rev != 1 || g.Count().Entities != 1 {
		t.Errorf("revision %d with %d entities", rev, g.Count().Entities)
	}
}

func created(t *testing.T, open Open) {
	r := NewRandom(11, Schema())
	g, m := r.Case(60)
	s, reopen := open(t, g)
	s = check(t, s, m, 0, reopen)
	d := one("add", nil, vendor("urn:new", ""))
	must(t, s, 0, d)
	check(t, s, m.Apply(d), 1, reopen)
}

func undo(t *testing.T, open Open) {
	s, reopen := open(t, nil)
	a, b := vendor("urn:a", "first"), vendor("urn:a", "second")
	must(t, s, 0, one("add", nil, a))
	must(t, s, 1, one("change", a, b))
	if reopen != nil {
		s = reopen(s)
	}
	h, ok := s.(graphstore.Historian)
	if !ok {
		return
	}
	var stack graphstore.UndoStack
	push := func() {
		stack = graphstore.UndoStack{}
		if err := h.History(t.Context(), 0, func(e graphstore.Entry) bool { stack = stack.Push(e.Diff); return true }); err != nil {
			t.Fatal(err)
		}
	}
	push()
	d, ok := stack.Undo()
	if !ok || d.Title != "change" {
		t.Fatalf("the journal's last edit is %v", d)
	}
	must(t, s, 2, d)
	if g, _ := load(t, s); g.Entity("urn:a").Note != "first" {
		t.Fatalf("undo leads to %q", g.Entity("urn:a").Note)
	}
	push()
	d, ok = stack.Redo()
	if !ok {
		t.Fatal("nothing to redo")
	}
	must(t, s, 3, d)
	if g, _ := load(t, s); g.Entity("urn:a").Note != "second" {
		t.Fatalf("redo leads to %q", g.Entity("urn:a").Note)
	}
}

func history(t *testing.T, open Open) {
	s, _ := open(t, nil)
	h, ok := s.(graphstore.Historian)
	if !ok {
		return
	}
	const edits = 150
	for i := range graphstore.Revision(edits) {
		must(t, s, i, &graphstore.Diff{Title: "empty", Cause: graphstore.CauseEdit})
	}
	for _, c := range []struct {
		since       graphstore.Revision
		stop, count int
	}{{0, 0, edits}, {140, 0, 10}, {edits, 0, 0}, {1 << 50, 0, 0}, {0, 3, 3}, {60, 70, 70}} {
		var seen []graphstore.Revision
		err := h.History(t.Context(), c.since, func(e graphstore.Entry) bool {
			seen = append(seen, e.Revision)
			return len(seen) != c.stop
		})
		if err != nil || len(seen) != c.count || c.count > 0 && (seen[0] != c.since+1 || seen[c.count-1] != c.since+graphstore.Revision(c.count)) {
			t.Errorf("since %d, stop at %d: %v (%v)", c.since, c.stop, seen, err)
		}
	}
	// f may use the store.
	rev := graphstore.Revision(edits)
	err := h.History(t.Context(), edits-1, func(graphstore.Entry) bool {
		rev = must(t, s, rev, one("inside", nil, vendor("urn:inside", "")))
		return false
	})
	if _, have := load(t, s); err != nil || have != edits+1 {
		t.Errorf("revision %d: %v", have, err)
	}
}

func cancelled(t *testing.T, open Open) {
	s, _ := open(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Load(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Load: %v", err)
	}
	if _, err := s.Apply(ctx, 0, one("add", nil, vendor("urn:a", ""))); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply: %v", err)
	}
	if g, rev := load(t, s); rev != 0 || g.Count().Entities != 0 {
		t.Errorf("revision %d with %d entities", rev, g.Count().Entities)
	}
}

func closed(t *testing.T, open Open) {
	s, _ := open(t, nil)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.Load(t.Context()); err == nil {
		t.Error("a closed store loads")
	}
	if _, err := s.Apply(t.Context(), 0, one("add", nil, vendor("urn:a", ""))); err == nil {
		t.Error("a closed store takes an edit")
	}
}

// comeAndGo releases values and uses them again, the pattern under which a
// store that counts uses goes wrong.
func comeAndGo(t *testing.T, open Open) {
	s, reopen := open(t, nil)
	m := NewModel()
	var rev graphstore.Revision
	edit := func(d *graphstore.Diff) {
		t.Helper()
		rev = must(t, s, rev, d)
		m = m.Apply(d)
	}
	a, b := vendor("urn:a", "shared"), vendor("urn:b", "shared")
	edit(one("add a", nil, a))
	edit(one("add b", nil, b))
	a2, b2 := vendor("urn:a", "other"), vendor("urn:b", "other")
	for range 3 {
		edit(one("a lets go", a, a2))
		// One step lets go of "shared" and "other" and uses both.
		swap := one("swap", a2, a)
		swap.Add(b, b2)
		edit(swap)
		edit(one("b back", b2, b))
		edit(one("remove a", a, nil))
		edit(one("a again", nil, a))
		// The id changes its type, with the same note.
		doc := &graphstore.Document{ID: "urn:a", Note: "shared"}
		change := one("retype", a, nil)
		change.Add(nil, doc)
		edit(change)
		change = one("back", doc, nil)
		change.Add(nil, a)
		edit(change)
		s = check(t, s, m, rev, reopen)
	}
}
