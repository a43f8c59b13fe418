package graphstore

import (
	"context"
	"errors"
)

// Revision counts the diffs a store has taken; 0 is a new case.
type Revision uint64

// Store keeps one case. All methods may be called from any goroutine.
type Store interface {
	// Load returns the whole case as a value.
	Load(ctx context.Context) (*Graph, Revision, error)
	// Apply writes d on top of base, all or nothing, and durably: when it
	// returns, a killed process or a power cut loses nothing of it. It returns ErrConflict when
	// base is not the current revision, ErrReadOnly, ErrFull, or what Graph.Apply says.
	Apply(ctx context.Context, base Revision, d *Diff) (Revision, error)
	Close() error
}

// Entry is one line of a case's journal.
type Entry struct {
	Revision Revision
	Diff     *Diff
}

// Historian is a Store that keeps the journal of its diffs.
type Historian interface {
	// History calls f for the entries after the revision since, oldest
	// first, until f returns false. An entry's diff leads from the revision before to its own.
	History(ctx context.Context, since Revision, f func(Entry) bool) error
}

// Errors of stores; implementations wrap them with what was being done.
var (
	ErrConflict = errors.New("somebody else changed the case meanwhile")
	ErrLocked   = errors.New("the case is open in another Caveat")
	ErrNotCase  = errors.New("this file is not a Caveat case")
	ErrNewer    = errors.New("the case was written by a newer Caveat")
	ErrDamaged  = errors.New("the case file is damaged")
	ErrReadOnly = errors.New("the case is open for reading only")
	ErrFull     = errors.New("the disk is full")
	ErrExists   = errors.New("the file exists already")
)
