package cayleystore

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
)

// Journal entries start with one byte that says how the diff's JSON follows.
const (
	entryPlain = 0
	entryFlate = 1 // RFC 1951
)

// packed is the size in bytes above which an entry is compressed.
const packed = 2048

func revisionKey(r graphstore.Revision) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(r))
}

func encodeEntry(d *graphstore.Diff) ([]byte, error) {
	b, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("writing the journal: %w", err)
	}
	if len(b) < packed {
		return append([]byte{entryPlain}, b...), nil
	}
	out := bytes.NewBuffer([]byte{entryFlate})
	w, err := flate.NewWriter(out, flate.BestSpeed)
	if err == nil {
		_, err = w.Write(b)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

func decodeEntry(b []byte) (*graphstore.Diff, error) {
	if len(b) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	kind, b := b[0], b[1:]
	switch kind {
	case entryPlain:
	case entryFlate:
		var err error
		if b, err = io.ReadAll(flate.NewReader(bytes.NewReader(b))); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("unknown kind %d", kind)
	}
	d := new(graphstore.Diff)
	return d, json.Unmarshal(b, d)
}

// decodeEntries decodes entries on all cores. bad is the index of the first
// that cannot be read, with its error, or the number of entries.
func decodeEntries(raw [][]byte) (diffs []*graphstore.Diff, bad int, err error) {
	diffs = make([]*graphstore.Diff, len(raw))
	errs := make([]error, len(raw))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(raw)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(raw); i = int(next.Add(1)) - 1 {
				diffs[i], errs[i] = decodeEntry(raw[i])
			}
		})
	}
	wait.Wait()
	for i, err := range errs {
		if err != nil {
			return diffs, i, err
		}
	}
	return diffs, len(raw), nil
}

// page is how many journal entries are read at a time, so that no read
// transaction is open while they are used.
const page = 64

// readEntries returns up to page raw entries after since, oldest first; the
// entry of an edit that is not whole is none.
func readEntries(db *bbolt.DB, since graphstore.Revision) (keys []graphstore.Revision, entries [][]byte, err error) {
	err = db.View(func(tx *bbolt.Tx) error {
		st, err := stateOf(tx)
		b := tx.Bucket([]byte(journalBucket))
		if b == nil || err != nil {
			return err
		}
		c := b.Cursor()
		for k, v := c.Seek(revisionKey(since + 1)); k != nil && len(keys) < page; k, v = c.Next() {
			if len(k) != 8 {
				return fmt.Errorf("%w: a journal key of %d bytes", graphstore.ErrDamaged, len(k))
			}
			rev := graphstore.Revision(binary.BigEndian.Uint64(k))
			if rev == st.Pending {
				break
			}
			keys = append(keys, rev)
			entries = append(entries, bytes.Clone(v))
		}
		return nil
	})
	return keys, entries, err
}
