package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
)

// lockWait bounds how long opening waits for another process, in two steps:
// the shared lock to verify, then bbolt's own.
const lockWait = 800 * time.Millisecond

// file is the backend on disk.
type file struct {
	path     string
	readOnly bool
	db       *bbolt.DB
	fd       *os.File
	fault    func(op string) error // injected by tests
	open     openFunc
	limits   limits
}

// openFunc opens the file for bbolt; tests put in their own.
type openFunc func(path string, flag int, mode os.FileMode) (*os.File, error)

// openBolt verifies the file and opens it. Errors wrap those of graphstore.
func openBolt(path string, readOnly bool, open openFunc) (*file, error) {
	if err := verifyFile(path); err != nil {
		return nil, err
	}
	f := &file{path: path, readOnly: readOnly, open: open, limits: usual()}
	options := &bbolt.Options{Timeout: lockWait, ReadOnly: readOnly, FreelistType: bbolt.FreelistMapType,
		OpenFile: func(path string, flag int, mode os.FileMode) (*os.File, error) {
			fd, err := open(path, flag&^os.O_CREATE, mode)
			f.fd = fd
			return fd, err
		}}
	broke, err := guard(func() (err error) {
		f.db, err = bbolt.Open(path, 0o644, options)
		return err
	})
	if broke && f.fd != nil {
		err = errors.Join(err, unlock(f.fd), f.fd.Close())
	}
	if err != nil {
		return nil, meaning(err)
	}
	return f, nil
}

// verifyFile reads the whole file through while nobody writes to it.
func verifyFile(path string) error {
	fd, size, err := openShared(path)
	if err != nil {
		return err
	}
	defer fd.Close()
	_, err = verifyPages(fd, size)
	return err
}

// openShared opens the file for reading and takes the shared lock.
func openShared(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, graphstore.ErrNotCase
	}
	fd, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		ok, err := tryLock(fd)
		if ok {
			break
		}
		if err == nil && time.Since(start) < lockWait {
			continue
		}
		fd.Close()
		if err == nil {
			err = graphstore.ErrLocked
		}
		return nil, 0, err
	}
	if info, err = fd.Stat(); err != nil {
		fd.Close()
		return nil, 0, err
	}
	return fd, info.Size(), nil
}

// verifyPages checks the structure of the whole file and every bucket's sum.
func verifyPages(fd io.ReaderAt, size int64) (*state, error) {
	p, err := openPages(fd, size, false)
	if err != nil {
		return nil, err
	}
	var raw []byte
	sums := map[string]uint64{}
	var last string
	var sum *uint64
	boxes := map[string]*uint64{}
	p.visit = func(bucket string, k, v []byte) {
		if bucket == stateBucket {
			if string(k) == stateKey {
				raw = append([]byte(nil), v...)
			}
			return
		}
		if sum == nil || bucket != last {
			if boxes[bucket] == nil {
				boxes[bucket] = new(uint64)
			}
			last, sum = bucket, boxes[bucket]
		}
		*sum += entrySum(k, v)
	}
	walkErr := p.all()
	if raw == nil && walkErr == nil {
		return nil, graphstore.ErrNotCase
	}
	if raw != nil {
		st, err := decodeState(raw)
		if err != nil {
			return nil, err
		}
		for name, s := range boxes {
			sums[name] = *s
		}
		if walkErr == nil {
			return st, compareSums(st.Sums, sums)
		}
	}
	return nil, walkErr
}

func compareSums(want, have map[string]uint64) error {
	for name, s := range want {
		if have[name] != s {
			return damaged("what its part %q holds is not what was written", name)
		}
	}
	for name := range have {
		if _, known := want[name]; !known {
			return damaged("it has a part %q that Caveat did not write", name)
		}
	}
	return nil
}

// shut closes the database; broke says that its locks cannot be trusted, so
// only the file is closed.
func (f *file) shut(broke bool) error {
	if f.db == nil {
		return nil
	}
	db := f.db
	f.db = nil
	if broke {
		return errors.Join(unlock(f.fd), f.fd.Close())
	}
	_, err := guard(db.Close)
	return err
}

func (f *file) write(c change) error {
	if f.db == nil {
		return errors.New("the case file is closed")
	}
	broke, err := guard(func() error {
		save := write
		if len(c.add)+len(c.del) > f.limits.single {
			save = func(db *bbolt.DB, c change, fault func(string) error) error {
				return writeLarge(db, c, f.limits, fault)
			}
		}
		err := save(f.db, c, f.fault)
		if errors.Is(err, errPending) {
			if err = settle(f.db, f.limits, f.fault); err == nil {
				err = save(f.db, c, f.fault)
			}
		}
		return err
	})
	if err == nil {
		return nil
	}
	// Nothing that bbolt or Cayley remember is trusted after a failure.
	err = meaning(err)
	f.shut(broke)
	if again := f.reopen(); again != nil {
		return fmt.Errorf("%w; opening the case again: %w", err, again)
	}
	return err
}

// reopen opens and verifies the file anew.
func (f *file) reopen() error {
	fresh, err := openBolt(f.path, f.readOnly, f.open)
	if err != nil {
		return err
	}
	f.db, f.fd = fresh.db, fresh.fd
	if f.readOnly {
		return nil
	}
	// A commit that failed may have reached the file but not the disk.
	if err := f.db.Sync(); err != nil {
		f.shut(false)
		return meaning(err)
	}
	return nil
}

func (f *file) load(ctx context.Context, schema *graphstore.Schema) (g *graphstore.Graph, rev graphstore.Revision, err error) {
	if f.db == nil {
		if err := f.reopen(); err != nil {
			return nil, 0, err
		}
	}
	broke, err := guard(func() error {
		return f.db.View(func(tx *bbolt.Tx) error {
			st, err := stateOf(tx)
			if err != nil {
				return err
			}
			rev = st.Revision
			undone, err := brokenEdit(st, entryIn(tx))
			if err != nil {
				return err
			}
			g, err = loadLog(ctx, tx, schema, undone)
			return err
		})
	})
	if broke {
		f.shut(true)
	}
	return g, rev, meaning(err)
}

func (f *file) entries(since graphstore.Revision) (keys []graphstore.Revision, entries [][]byte, err error) {
	if f.db == nil {
		if err := f.reopen(); err != nil {
			return nil, nil, err
		}
	}
	broke, err := guard(func() (err error) {
		keys, entries, err = readEntries(f.db, since)
		return err
	})
	if broke {
		f.shut(true)
	}
	return keys, entries, meaning(err)
}

func (f *file) close() error { return f.shut(false) }

// create makes the file with g in it, under another name until it is whole.
func create(path string, g *graphstore.Graph) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return graphstore.ErrExists
	} else if !errors.Is(err, fs.ErrNotExist) {
		return meaning(err)
	}
	temp, err := reserve(path)
	if err != nil {
		return meaning(err)
	}
	defer os.Remove(temp)
	db, err := bbolt.Open(temp, 0o644, &bbolt.Options{NoSync: true, NoGrowSync: true, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return meaning(err)
	}
	_, err = guard(func() error {
		if err := initialize(db); err != nil {
			return err
		}
		if err := fill(db, g); err != nil {
			return err
		}
		return db.Sync()
	})
	if again := db.Close(); err == nil {
		err = again
	}
	if err != nil {
		return meaning(err)
	}
	return meaning(place(temp, path))
}
