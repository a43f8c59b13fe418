package cayleystore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// reserve makes an empty file beside path to write into.
func reserve(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".caveat-new-*")
	if err != nil {
		return "", err
	}
	name := f.Name()
	if err = f.Chmod(0o644); err == nil || errors.Is(err, fs.ErrPermission) {
		err = f.Close()
	}
	return name, err
}

// place gives the finished file its name, durably, unless somebody else has
// taken the name meanwhile.
func place(temp, path string) error {
	err := os.Link(temp, path) // unlike a rename, it never replaces a file
	switch {
	case errors.Is(err, fs.ErrExist):
		return graphstore.ErrExists
	case err != nil: // a file system without links
		if err = os.Rename(temp, path); err != nil {
			return err
		}
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync() // not every system can sync a directory
		dir.Close()
	}
	return nil
}

// commit is how many quads go into one transaction while a file is made:
// fewer rewrite the same pages more often, more take more memory.
const commit = 90_000

// fill writes g in batches, each its own transaction; the caller syncs. A
// second goroutine makes the next batch of quads meanwhile.
func fill(db *bbolt.DB, g *graphstore.Graph) error {
	if g == nil {
		return nil
	}
	type made struct {
		quads []quads.Quad
		err   error
	}
	batches := make(chan made)
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(batches)
		send := func(m made) bool {
			select {
			case batches <- m:
				return m.err == nil
			case <-stop:
				return false
			}
		}
		pending, err := quads.EncodeHeader(g.Header())
		if err != nil {
			send(made{err: err})
			return
		}
		for r := range g.Records() {
			qs, err := quads.Encode(r)
			if err != nil {
				send(made{err: err})
				return
			}
			if pending = append(pending, qs...); len(pending) >= commit {
				if !send(made{quads: pending}) {
					return
				}
				pending = make([]quads.Quad, 0, len(pending)+64)
			}
		}
		send(made{quads: pending})
	}()
	var err error
	for m := range batches {
		if err = m.err; err == nil {
			err = write(db, change{add: m.quads}, nil)
		}
		if err != nil {
			break
		}
	}
	close(stop)
	<-done
	return err
}
