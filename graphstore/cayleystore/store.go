package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"caveat/graphstore"
)

// Options say how to open a case.
type Options struct {
	// ReadOnly opens without writing to the file or locking out other
	// readers. It cannot read beside a writer: bbolt locks the file for one
	// writer or many readers, so that gives ErrLocked too.
	ReadOnly bool
}

// Store is a case in Cayley. It is a graphstore.Store and a
// graphstore.Historian; any goroutine may use it.
type Store struct {
	name     string // for errors
	schema   *graphstore.Schema
	readOnly bool

	mu       sync.Mutex
	back     backend
	graph    *graphstore.Graph // as stored at revision; nil is not loaded
	revision graphstore.Revision
	closed   bool
}

var (
	_ graphstore.Store     = (*Store)(nil)
	_ graphstore.Historian = (*Store)(nil)
)

// backend keeps quads, journal and revision. One goroutine at a time uses it.
type backend interface {
	load(ctx context.Context, schema *graphstore.Schema) (*graphstore.Graph, graphstore.Revision, error)
	write(c change) error // all or nothing, durable
	entries(since graphstore.Revision) ([]graphstore.Revision, [][]byte, error)
	close() error
}

// Create makes the case file path with the content of g, which may be nil,
// at revision 0, and opens it. It never replaces a file (ErrExists) and leaves none behind when it
// fails: ErrReadOnly for a directory that cannot be written, ErrFull.
func Create(path string, schema *graphstore.Schema, g *graphstore.Graph) (*Store, error) {
	if err := create(path, g); err != nil {
		return nil, fmt.Errorf("creating the case %s: %w", path, err)
	}
	return Open(path, schema, Options{})
}

// Open opens the case file path after reading it through. The error wraps
// fs.ErrNotExist, or graphstore's ErrLocked (another process has it open; known within 2 s), ErrNotCase,
// ErrNewer, ErrDamaged (Repair may help), ErrReadOnly (the file cannot be written; Options.ReadOnly opens it).
func Open(path string, schema *graphstore.Schema, o Options) (*Store, error) {
	return open(path, schema, o, os.OpenFile)
}

func open(path string, schema *graphstore.Schema, o Options, by openFunc) (*Store, error) {
	f, err := openBolt(path, o.ReadOnly, by)
	if err != nil {
		return nil, fmt.Errorf("opening the case %s: %w", path, err)
	}
	return &Store{name: path, schema: schema, readOnly: o.ReadOnly, back: f}, nil
}

// Memory makes a case with the content of g, which may be nil, in Cayley's
// memory store. It is gone when it is closed.
func Memory(schema *graphstore.Schema, g *graphstore.Graph) (*Store, error) {
	m, err := newMemory(g)
	if err != nil {
		return nil, fmt.Errorf("creating a case in memory: %w", err)
	}
	return &Store{name: "in memory", schema: schema, back: m}, nil
}

// ReadOnly reports whether the store refuses edits.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Load returns the whole case. Only the first call reads the file.
func (s *Store) Load(ctx context.Context) (*graphstore.Graph, graphstore.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ensure(ctx); err != nil {
		return nil, 0, fmt.Errorf("loading the case %s: %w", s.name, err)
	}
	return s.graph, s.revision, nil
}

var errClosed = errors.New("the case is closed")

// ensure loads the graph if it is not there.
func (s *Store) ensure(ctx context.Context) error {
	if s.closed {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.graph != nil {
		return nil
	}
	g, rev, err := s.back.load(ctx, s.schema)
	if err != nil {
		return err
	}
	s.graph, s.revision = g, rev
	return nil
}

// Apply is the one guarded writer: see the package comment. After an error
// the case is as it was before, read again from the file; an empty diff is a revision like any other.
func (s *Store) Apply(ctx context.Context, base graphstore.Revision, d *graphstore.Diff) (graphstore.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rev, err := s.apply(ctx, base, d)
	if err != nil {
		return 0, fmt.Errorf("saving to the case %s: %w", s.name, err)
	}
	return rev, nil
}

func (s *Store) apply(ctx context.Context, base graphstore.Revision, d *graphstore.Diff) (graphstore.Revision, error) {
	if s.readOnly {
		return 0, graphstore.ErrReadOnly
	}
	if err := s.ensure(ctx); err != nil {
		return 0, err
	}
	if base != s.revision {
		return 0, fmt.Errorf("%w: it is at revision %d, not %d", graphstore.ErrConflict, s.revision, base)
	}
	next, err := s.graph.Apply(d)
	if err != nil {
		return 0, err
	}
	c := change{revision: base + 1}
	if c.add, c.del, err = quadDelta(s.graph, d); err != nil {
		return 0, err
	}
	if c.entry, err = encodeEntry(d); err != nil {
		return 0, err
	}
	if err := s.back.write(c); err != nil {
		return s.recover(c, next, err)
	}
	s.graph, s.revision = next, c.revision
	return c.revision, nil
}

// recover reads the case again after a failed write. A commit can fail after
// it has become visible; then the edit is there and stands, for the file was synced when it was opened again.
func (s *Store) recover(c change, next *graphstore.Graph, cause error) (graphstore.Revision, error) {
	s.graph = nil
	if err := s.ensure(context.Background()); err != nil {
		return 0, fmt.Errorf("%w; reading the case again: %w", cause, err)
	}
	if s.revision == c.revision && s.graph.Same(next) {
		return c.revision, nil
	}
	return 0, cause
}

// History calls f for the journal's entries after since; f may use the store.
func (s *Store) History(ctx context.Context, since graphstore.Revision, f func(graphstore.Entry) bool) error {
	for {
		keys, raw, err := s.entries(ctx, since)
		if err != nil {
			return fmt.Errorf("reading the history of the case %s: %w", s.name, err)
		}
		if len(keys) == 0 {
			return nil
		}
		diffs, bad, err := decodeEntries(raw)
		for i, d := range diffs[:bad] {
			if !f(graphstore.Entry{Revision: keys[i], Diff: d}) {
				return nil
			}
		}
		if err != nil {
			return fmt.Errorf("reading the history of the case %s: %w: revision %d: %v", s.name, graphstore.ErrDamaged, keys[bad], err)
		}
		since = keys[len(keys)-1]
	}
}

func (s *Store) entries(ctx context.Context, since graphstore.Revision) ([]graphstore.Revision, [][]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, nil, errClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	return s.back.entries(since)
}

// Close releases the file. A second Close does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.graph = nil
	return s.back.close()
}
