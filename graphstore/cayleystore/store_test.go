package cayleystore

import (
	"path/filepath"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

// casePath returns a name for a case file in a directory of its own.
func casePath(t testing.TB) string { return filepath.Join(t.TempDir(), "test.caveat") }

func mustOpen(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, storetest.Schema(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func mustCreate(t testing.TB, path string, g *graphstore.Graph) *Store {
	t.Helper()
	s, err := Create(path, storetest.Schema(), g)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestFileIsAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, g *graphstore.Graph) (graphstore.Store, func(graphstore.Store) graphstore.Store) {
		path := casePath(t)
		return mustCreate(t, path, g), func(s graphstore.Store) graphstore.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return mustOpen(t, path)
		}
	})
}

func TestMemoryIsAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, g *graphstore.Graph) (graphstore.Store, func(graphstore.Store) graphstore.Store) {
		s, err := Memory(storetest.Schema(), g)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s, nil
	})
}
