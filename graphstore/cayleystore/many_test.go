package cayleystore

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"caveat/graphstore"
)

// TestManyGoroutines lets writers race for each revision beside readers:
// each revision goes to one of them, and each reader sees a whole case.
func TestManyGoroutines(t *testing.T) {
	path := casePath(t)
	s := mustCreate(t, path, nil)
	const writers, edits = 4, 8
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for n := 0; n < edits; {
				_, rev, err := s.Load(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				d := &graphstore.Diff{Title: fmt.Sprint(w, " ", n)}
				d.Add(nil, note(graphstore.ID(fmt.Sprintf("urn:%d:%d:a", w, n)), "v"))
				d.Add(nil, note(graphstore.ID(fmt.Sprintf("urn:%d:%d:b", w, n)), "v"))
				switch _, err := s.Apply(t.Context(), rev, d); {
				case err == nil:
					n++
				case !errors.Is(err, graphstore.ErrConflict):
					t.Error(err)
					return
				}
			}
		})
	}
	for range 2 {
		wait.Go(func() {
			for range 50 {
				g, rev, err := s.Load(t.Context())
				if err != nil || g.Count().Entities != 2*int(rev) {
					t.Errorf("%d entities at revision %d: %v", g.Count().Entities, rev, err)
					return
				}
				if err := s.History(t.Context(), 0, func(graphstore.Entry) bool { return true }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if _, rev, err := s.Load(t.Context()); err != nil || rev != writers*edits {
		t.Errorf("revision %d: %v", rev, err)
	}
	checkSound(t, s, path)
}
