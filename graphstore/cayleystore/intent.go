package cayleystore

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// limits say when an edit is too large for one transaction, which keeps all
// it writes in memory (measured: 1.3 GB for 450,000 quads).
type limits struct {
	single int // quads that one transaction may take
	part   int // quads in each transaction of a larger edit
}

// usual are the limits outside tests.
func usual() limits { return limits{single: 60_000, part: 60_000} }

// errPending says that a large edit was broken off; settle clears it away.
var errPending = errors.New("a large edit was broken off")

// writeLarge makes c durable in several transactions. The first writes the
// journal entry and marks it pending, the last moves the revision on and takes the mark away. In between
// the file holds a half edit, and the mark says so: load then takes the
// records concerned from before the edit, out of the journal, and settle takes the half edit back before the next one.
func writeLarge(db *bbolt.DB, c change, by limits, fault func(string) error) error {
	err := update(db, fault, func(k *txKV, st *state) error {
		if st.Pending != 0 {
			return errPending
		}
		st.Pending = c.revision
		k.put(journalBucket, revisionKey(c.revision), c.entry)
		return nil
	})
	if err != nil {
		return err
	}
	if err := writeParts(db, c, by, fault); err != nil {
		return err
	}
	return update(db, fault, func(_ *txKV, st *state) error {
		st.Revision, st.Pending = c.revision, 0
		return nil
	})
}

// writeParts adds and deletes in transactions of bounded size, additions first.
func writeParts(db *bbolt.DB, c change, by limits, fault func(string) error) error {
	for len(c.add)+len(c.del) > 0 {
		var part change
		n := min(by.part, len(c.add))
		part.add, c.add = c.add[:n], c.add[n:]
		if len(c.add) == 0 {
			m := min(by.part-n, len(c.del))
			part.del, c.del = c.del[:m], c.del[m:]
		}
		if err := update(db, fault, func(k *txKV, _ *state) error { return k.apply(part) }); err != nil {
			return err
		}
	}
	return nil
}

// broken is a large edit that did not come to its end.
type broken struct {
	diff    *graphstore.Diff
	graphs  map[string]bool // the names of the graphs it may have touched
	records []graphstore.Record
	header  *graphstore.Header // before the edit, if the edit touches it
}

// brokenEdit returns the pending edit of a file, or nil.
func brokenEdit(st *state, entry func(graphstore.Revision) []byte) (*broken, error) {
	if st.Pending == 0 {
		return nil, nil
	}
	d, err := decodeEntry(entry(st.Pending))
	if err != nil {
		return nil, damaged("the journal's entry of the edit it was at cannot be read: %v", err)
	}
	b := &broken{diff: d, graphs: map[string]bool{}}
	if d.Header != nil {
		b.graphs[quads.HeaderGraph] = true
		b.header = d.Header.Before
	}
	d.Records(func(before, after graphstore.Record) {
		if before != nil {
			b.graphs[string(before.RecordID())] = true
			b.records = append(b.records, before)
		}
		if after != nil {
			b.graphs[string(after.RecordID())] = true
		}
	})
	return b, nil
}

func entryIn(tx *bbolt.Tx) func(graphstore.Revision) []byte {
	return func(r graphstore.Revision) []byte {
		if b := tx.Bucket([]byte(journalBucket)); b != nil {
			return b.Get(revisionKey(r))
		}
		return nil
	}
}

// settle takes a broken edit back: it compares the quads of the records
// concerned with what they were before, in the file and not in memory, so that it can itself be broken off and done again.
func settle(db *bbolt.DB, by limits, fault func(string) error) error {
	var c change
	var pending graphstore.Revision
	err := db.View(func(tx *bbolt.Tx) error {
		st, err := stateOf(tx)
		if err != nil {
			return err
		}
		pending = st.Pending
		b, err := brokenEdit(st, entryIn(tx))
		if b == nil || err != nil {
			return err
		}
		var want []quads.Quad
		if want, err = quads.EncodeHeader(b.header); err != nil {
			return err
		}
		for _, r := range b.records {
			qs, err := quads.Encode(r)
			if err != nil {
				return err
			}
			want = append(want, qs...)
		}
		have, err := quadsOf(tx, b.graphs)
		if err != nil {
			return err
		}
		c.add, c.del = cancel(want, have)
		return nil
	})
	if err == nil && pending != 0 {
		err = writeParts(db, c, by, fault)
	}
	if err != nil || pending == 0 {
		return err
	}
	return update(db, fault, func(k *txKV, st *state) error {
		k.put(journalBucket, revisionKey(pending), nil)
		st.Pending = 0
		return nil
	})
}

// quadsOf returns the live quads of some graphs.
func quadsOf(tx *bbolt.Tx, graphs map[string]bool) ([]quads.Quad, error) {
	var r logReader
	if err := r.readAll(context.Background(), tx); err != nil {
		return nil, err
	}
	var qs []quads.Quad
	for _, links := range r.group() {
		if g := r.terms[links[0].g]; g.Kind == quads.IRI && graphs[g.Value] {
			for _, l := range links {
				qs = append(qs, r.quad(l))
			}
		}
	}
	return qs, nil
}

// stateOf reads the state of an open file.
func stateOf(tx *bbolt.Tx) (*state, error) {
	b := tx.Bucket([]byte(stateBucket))
	if b == nil {
		return nil, graphstore.ErrNotCase
	}
	return decodeState(b.Get([]byte(stateKey)))
}

// update runs f in one transaction and writes what it changes, with the state.
func update(db *bbolt.DB, fault func(string) error, f func(*txKV, *state) error) error {
	return db.Update(func(tx *bbolt.Tx) error {
		st, err := stateOf(tx)
		if err != nil {
			return err
		}
		k := newTxKV(tx)
		k.fault = fault
		if err := f(k, st); err != nil {
			return err
		}
		if err := k.finish(st); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		return nil
	})
}
