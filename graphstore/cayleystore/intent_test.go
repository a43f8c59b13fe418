package cayleystore

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

// tight makes nearly every edit a large one.
func tight(s *Store) *Store {
	s.back.(*file).limits = limits{single: 40, part: 25}
	return s
}

func TestLargeEditsAreAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, g *graphstore.Graph) (graphstore.Store, func(graphstore.Store) graphstore.Store) {
		path := filepath.Join(memoryDir(t), "tight.caveat") // several syncs an edit
		return tight(mustCreate(t, path, g)), func(s graphstore.Store) graphstore.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return tight(mustOpen(t, path))
		}
	})
}

// breakOff makes a case and breaks a large edit off at its n-th operation.
// It returns the case before, its model, the edit, and whether the edit was broken off.
func breakOff(t *testing.T, path string, n int) (*Store, *storetest.Model, *graphstore.Diff, bool) {
	t.Helper()
	r := storetest.NewRandom(31, storetest.Schema())
	g, m := r.Case(30)
	s := tight(mustCreate(t, path, g))
	d := r.Edit(m)
	for _, err := g.Apply(d); err != nil || d.Len() < 5 || len(d.Claims) < 2; _, err = g.Apply(d) {
		d = r.Edit(m)
	}
	d.Header = &graphstore.Change[graphstore.Header]{Before: g.Header(), After: &graphstore.Header{Title: "after"}}
	f := s.back.(*file)
	f.fault = failAt("", n)
	_, err := s.Apply(t.Context(), 0, d)
	f.fault = nil
	if err != nil && !strings.Contains(err.Error(), errInjected.Error()) {
		t.Fatal(err)
	}
	return s, m, d, err != nil
}

// TestLargeEditIsWholeOrNot breaks a large edit off at every 40th operation.
// The case reads as before, here, in another process and after repair; the next edit takes the rest back; and taking back may itself break off.
func TestLargeEditIsWholeOrNot(t *testing.T) {
	broke, pending := 0, 0
	for n := 1; ; n += 40 {
		dir := t.TempDir()
		path := filepath.Join(dir, "large.caveat")
		s, m, d, off := breakOff(t, path, n)
		if !off {
			break
		}
		broke++
		same := func(s *Store, what string) {
			t.Helper()
			g, rev, err := s.Load(t.Context())
			if err != nil || rev != 0 {
				t.Fatalf("operation %d, %s: revision %d, %v", n, what, rev, err)
			}
			if err := m.Differs(g); err != nil {
				t.Fatalf("operation %d, %s: %v", n, what, err)
			}
			if err := s.History(t.Context(), 0, func(e graphstore.Entry) bool { t.Fatalf("%s: history has %d", what, e.Revision); return false }); err != nil {
				t.Fatal(err)
			}
		}
		same(s, "at once")
		s.Close()
		if check, err := Check(t.Context(), path, storetest.Schema()); err != nil || len(check.Problems) > 0 {
			t.Fatalf("operation %d: %v %v", n, err, check.Problems)
		}
		fixed := filepath.Join(dir, "fixed.caveat")
		if report, err := Repair(t.Context(), path, fixed, storetest.Schema()); err != nil || len(report.Problems) > 0 {
			t.Fatalf("operation %d: %v %v", n, err, report.Problems)
		}
		same(mustOpen(t, fixed), "repaired")
		s = tight(mustOpen(t, path))
		same(s, "opened again")
		if isPending(t, s) {
			pending++
		}
		f := s.back.(*file)
		f.fault = failAt("", 20+n%200)
		small := &graphstore.Diff{}
		small.Add(nil, note("urn:small", "one"))
		rev, err := s.Apply(t.Context(), 0, small)
		f.fault = nil
		if err != nil {
			same(s, "taking back broken off")
			if rev, err = s.Apply(t.Context(), 0, small); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Apply(t.Context(), rev, d); err != nil {
			t.Fatal(err)
		}
		g, _, err := s.Load(t.Context())
		if err != nil || m.Apply(small).Apply(d).Differs(g) != nil {
			t.Fatalf("operation %d: %v %v", n, err, m.Apply(small).Apply(d).Differs(g))
		}
		checkSound(t, s, path)
	}
	t.Logf("broken off %d times, %d times with a part written", broke, pending)
	if broke < 8 || pending < 5 {
		t.Error("too few to show anything")
	}
}

func isPending(t *testing.T, s *Store) bool {
	t.Helper()
	f := s.back.(*file)
	tx, err := f.db.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	st, err := stateOf(tx)
	if err != nil {
		t.Fatal(err)
	}
	return st.Pending != 0
}

// TestUsualLimits shows that an edit beyond the usual limit goes through in parts.
func TestUsualLimits(t *testing.T) {
	path := casePath(t)
	s := mustCreate(t, path, nil)
	d := &graphstore.Diff{}
	for i := range usual().single/3 + 8000 {
		d.Add(nil, note(graphstore.ID(fmt.Sprintf("urn:%06d", i)), "v"))
	}
	f := s.back.(*file)
	commits := 0
	f.fault = func(op string) error {
		if op == "commit" {
			commits++
		}
		return nil
	}
	if _, err := s.Apply(t.Context(), 0, d); err != nil {
		t.Fatal(err)
	}
	g, rev, err := s.Load(t.Context())
	if err != nil || rev != 1 || g.Count().Entities != len(d.Entities) || isPending(t, s) {
		t.Fatalf("revision %d, %+v, %v", rev, g.Count(), err)
	}
	s.Close()
	r, err := Check(t.Context(), path, storetest.Schema())
	if err != nil || len(r.Problems) > 0 || r.Quads <= usual().single || commits < r.Quads/batch {
		t.Fatalf("%d quads in %d deltas: %v %v", r.Quads, commits, err, r.Problems)
	}
}
