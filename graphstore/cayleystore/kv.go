package cayleystore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hidal-go/hidalgo/kv"
	"go.etcd.io/bbolt"
)

// txKV is a key-value database for Cayley that is one bbolt transaction of
// ours: Cayley's transactions are views of it, their Commit and Close do
// nothing. Writes are held back and put into bbolt by flush in the order of their keys: bbolt does not split
// a page before it commits, so unsorted inserts into a large transaction cost a move each.
type txKV struct {
	tx      *bbolt.Tx
	pending map[string]map[string][]byte // by bucket and key; nil deletes
	sums    map[string]uint64            // by bucket, what flush has changed
	buckets map[string]*bbolt.Bucket     // those used so far
	horizon uint64                       // the highest number that Cayley had given away before
	fault   func(op string) error        // injected by tests; nil otherwise
}

func newTxKV(tx *bbolt.Tx) *txKV {
	k := &txKV{tx: tx, pending: map[string]map[string][]byte{}, sums: map[string]uint64{}, buckets: map[string]*bbolt.Bucket{}}
	if b := k.bucket("meta"); b != nil {
		if h := b.Get([]byte("horizon")); len(h) == 8 {
			k.horizon = binary.LittleEndian.Uint64(h)
		}
	}
	return k
}

// stored returns what bbolt holds under a key, or nil. Keys of the log and
// of the indexes are made of numbers; one that holds a number given away in this transaction cannot be
// there, which saves most lookups while much is added.
func (k *txKV) stored(bucket string, key []byte) []byte {
	if bucket == "log" || len(bucket) == 4 && bucket != "meta" {
		for i := 0; i+8 <= len(key); i += 8 {
			if binary.BigEndian.Uint64(key[i:]) > k.horizon {
				return nil
			}
		}
	}
	if b := k.bucket(bucket); b != nil {
		return b.Get(key)
	}
	return nil
}

// bucket returns a bucket of the file, or nil.
func (k *txKV) bucket(name string) *bbolt.Bucket {
	b := k.buckets[name]
	if b == nil {
		if b = k.tx.Bucket([]byte(name)); b != nil {
			k.buckets[name] = b
		}
	}
	return b
}

// Tx returns a view of the one transaction.
func (k *txKV) Tx(bool) (kv.Tx, error) { return kvTx{k}, nil }

// Close does nothing; the owner of the transaction ends it.
func (k *txKV) Close() error { return nil }

func (k *txKV) try(op string) error {
	if k.fault == nil {
		return nil
	}
	return k.fault(op)
}

func (k *txKV) get(bucket string, key []byte) []byte {
	if v, ok := k.pending[bucket][string(key)]; ok {
		return v
	}
	return k.stored(bucket, key)
}

func (k *txKV) put(bucket string, key, value []byte) {
	m := k.pending[bucket]
	if m == nil {
		m = map[string][]byte{}
		k.pending[bucket] = m
	}
	m[string(key)] = value
}

// flush puts the pending writes into bbolt and adds up how they change the buckets' sums.
func (k *txKV) flush() error {
	for _, name := range slices.Sorted(maps.Keys(k.pending)) {
		b, err := k.tx.CreateBucketIfNotExists([]byte(name))
		if err != nil {
			return err
		}
		if name == "log" { // its keys only ever grow
			b.FillPercent = 0.95
		}
		m := k.pending[name]
		sum := k.sums[name]
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if err := k.try("flush"); err != nil {
				return err
			}
			raw, value := []byte(key), m[key]
			if old := k.stored(name, raw); old != nil {
				sum -= entrySum(raw, old)
			}
			if value == nil {
				err = b.Delete(raw)
			} else {
				sum += entrySum(raw, value)
				err = b.Put(raw, value)
			}
			if err != nil {
				return fmt.Errorf("bucket %s: %w", name, err)
			}
		}
		k.sums[name] = sum
		delete(k.pending, name)
	}
	return nil
}

// fold returns the bucket and key that a key of Cayley's goes to. Cayley
// spreads value hashes over buckets named v or n and two bytes of the hash;
// the key holds the whole hash, so one bucket for each letter does.
func fold(key kv.Key) (bucket string, rest []byte, err error) {
	if len(key) != 2 {
		return "", nil, fmt.Errorf("cayley used a key of %d parts", len(key))
	}
	name := key[0]
	if len(name) == 3 && (name[0] == 'v' || name[0] == 'n') {
		name = name[:1]
	}
	return string(name), key[1], nil
}

// kvTx is Cayley's view of a txKV.
type kvTx struct{ k *txKV }

// Commit does nothing; see txKV.
func (t kvTx) Commit(context.Context) error { return t.k.try("commit") }

// Close does nothing; see txKV.
func (t kvTx) Close() error { return nil }

// Get returns kv.ErrNotFound where there is nothing.
func (t kvTx) Get(_ context.Context, key kv.Key) (kv.Value, error) {
	if err := t.k.try("get"); err != nil {
		return nil, err
	}
	bucket, rest, err := fold(key)
	if err != nil {
		return nil, err
	}
	v := t.k.get(bucket, rest)
	if v == nil {
		return nil, kv.ErrNotFound
	}
	return v, nil
}

// GetBatch returns nil where there is nothing.
func (t kvTx) GetBatch(ctx context.Context, keys []kv.Key) ([]kv.Value, error) {
	vs := make([]kv.Value, len(keys))
	for i, key := range keys {
		v, err := t.Get(ctx, key)
		if err != nil && !errors.Is(err, kv.ErrNotFound) {
			return nil, err
		}
		vs[i] = v
	}
	return vs, nil
}

// Put holds the write back for flush. An empty key asks for a bucket, which flush makes when needed.
func (t kvTx) Put(key kv.Key, v kv.Value) error {
	if err := t.k.try("put"); err != nil {
		return err
	}
	bucket, rest, err := fold(key)
	if err != nil || len(rest) == 0 {
		return err
	}
	if v == nil {
		v = kv.Value{}
	}
	t.k.put(bucket, rest, v)
	return nil
}

// Del holds the deletion back for flush.
func (t kvTx) Del(key kv.Key) error {
	if err := t.k.try("del"); err != nil {
		return err
	}
	bucket, rest, err := fold(key)
	if err == nil {
		t.k.put(bucket, rest, nil)
	}
	return err
}

// Scan goes over what is in bbolt. Cayley scans only to read; with writes
// pending the iterator reports an error.
func (t kvTx) Scan(prefix kv.Key) kv.Iterator {
	it := &kvScan{}
	switch {
	case len(t.k.pending) > 0:
		it.err = errors.New("cayley scanned while writing")
	case len(prefix) == 0 || len(prefix) > 2:
		it.err = fmt.Errorf("cayley scanned a prefix of %d parts", len(prefix))
	default:
		if len(prefix) == 2 {
			it.prefix = prefix[1]
		}
		name := prefix[0]
		if len(name) == 3 && (name[0] == 'v' || name[0] == 'n') {
			name = name[:1]
		}
		it.bucket = bytes.Clone(name)
		if b := t.k.tx.Bucket(name); b != nil {
			it.c = b.Cursor()
		}
	}
	return it
}

// kvScan is a cursor over one bucket.
type kvScan struct {
	bucket, prefix []byte
	c              *bbolt.Cursor
	started        bool
	k, v           []byte
	err            error
}

// Next moves on; false at the end.
func (s *kvScan) Next(ctx context.Context) bool {
	if s.err == nil {
		s.err = ctx.Err()
	}
	if s.c == nil || s.err != nil {
		return false
	}
	if s.started {
		s.k, s.v = s.c.Next()
	} else {
		s.started = true
		s.k, s.v = s.c.Seek(s.prefix)
	}
	if s.k == nil || !bytes.HasPrefix(s.k, s.prefix) {
		s.c = nil
		return false
	}
	return true
}

// Key returns the bucket and the key.
func (s *kvScan) Key() kv.Key { return kv.Key{s.bucket, s.k} }

// Val returns the value.
func (s *kvScan) Val() kv.Value { return s.v }

// Err returns why Next ended early.
func (s *kvScan) Err() error { return s.err }

// Close ends the iterator; the cursor needs no closing.
func (s *kvScan) Close() error {
	s.c = nil
	return nil
}
