package cayleystore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/quad"
	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// Report says what Check or Repair read, and what was wrong.
type Report struct {
	Records  graphstore.Counts
	Revision graphstore.Revision
	Edits    int // entries of the journal
	Quads    int
	Problems []Problem // what was wrong or lost; empty for a sound case
}

// Problem is one thing wrong with a case file. Record is empty where it
// concerns no one record.
type Problem struct {
	Record graphstore.ID
	What   string
}

// String returns the problem as a line of text.
func (p Problem) String() string {
	if p.Record == "" {
		return p.What
	}
	return string(p.Record) + ": " + p.What
}

func (r *Report) add(id graphstore.ID, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{id, fmt.Sprintf(format, args...)})
}

// Check reads everything in the case file: its structure and checksums,
// every record and rule, Cayley's indexes and reference counts against its log, and the journal all
// the way back. Damage is in the report, not in the error, which is for a file that cannot be read as a case.
func Check(ctx context.Context, path string, schema *graphstore.Schema) (Report, error) {
	var r Report
	if err := check(ctx, path, schema, &r); err != nil && !errors.Is(err, graphstore.ErrDamaged) {
		return r, fmt.Errorf("checking the case %s: %w", path, err)
	} else if err != nil {
		r.add("", "%v", err)
	}
	return r, nil
}

func check(ctx context.Context, path string, schema *graphstore.Schema, r *Report) error {
	f, err := openBolt(path, true, os.OpenFile)
	if err != nil {
		return err
	}
	defer f.close()
	g, rev, err := f.load(ctx, schema)
	if err != nil {
		return err
	}
	r.Records, r.Revision = g.Count(), rev
	_, err = guard(func() error { return f.db.View(func(tx *bbolt.Tx) error { return checkIndexes(ctx, tx, r) }) })
	if err != nil {
		return meaning(err)
	}
	return checkJournal(ctx, f, g, rev, r)
}

// checkJournal goes back through the journal to the case as it was created.
func checkJournal(ctx context.Context, f *file, g *graphstore.Graph, rev graphstore.Revision, r *Report) error {
	var diffs []*graphstore.Diff
	for since := graphstore.Revision(0); ; {
		keys, raw, err := f.entries(since)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			break
		}
		for i, k := range keys {
			d, err := decodeEntry(raw[i])
			if err != nil {
				r.add("", "the journal's entry of revision %d cannot be read: %v", k, err)
				return nil
			}
			if since++; k != since {
				r.add("", "the journal has no entry of revision %d", since)
				return nil
			}
			diffs = append(diffs, d)
		}
	}
	r.Edits = len(diffs)
	if graphstore.Revision(len(diffs)) != rev {
		r.add("", "the journal has %d entries, the case is at revision %d", len(diffs), rev)
		return nil
	}
	for i, d := range slices.Backward(diffs) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		before, err := g.Apply(d.Inverse())
		if err != nil {
			r.add("", "revision %d cannot be undone: %v", i+1, err)
			return nil
		}
		g = before
	}
	return nil
}

// checkIndexes compares Cayley's indexes, value hashes, reference counts and
// sizes with its log.
func checkIndexes(ctx context.Context, tx *bbolt.Tx, r *Report) error {
	log, err := readWholeLog(ctx, tx)
	if err != nil {
		return err
	}
	r.Quads = len(log.live)
	bad := 0
	wrong := func(format string, args ...any) {
		if bad++; bad <= 20 {
			r.add("", format, args...)
		}
	}
	for _, ind := range indexes() {
		name := ind.Key(nil)[0]
		b := tx.Bucket(name)
		if b == nil && len(log.live) > 0 {
			wrong("the index %s is missing", name)
			continue
		}
		for id, l := range log.live {
			key := indexKey(ind.Dirs, l)
			if !slices.Contains(varints(b.Get(key)), id) {
				wrong("the index %s does not know quad %d", name, id)
			}
		}
	}
	values, counts := tx.Bucket([]byte("v")), tx.Bucket([]byte("n"))
	for id, t := range log.terms {
		hash := cayley.HashOf(cayleyValue(t))
		if list := varints(values.Get(hash)); len(list) != 1 || list[0] != id {
			wrong("the value %s has number %d, not %v", t, id, list)
		}
		if list := varints(counts.Get(hash)); len(list) != 1 || list[0] != log.uses[id] {
			wrong("the value %s is used %d times, not %v", t, log.uses[id], list)
		}
	}
	if n := bucketLen(values); n != len(log.terms) {
		wrong("%d value hashes for %d values", n, len(log.terms))
	}
	meta := tx.Bucket([]byte("meta"))
	if size := meta.Get([]byte("size")); len(log.live) > 0 && (len(size) != 8 || binary.LittleEndian.Uint64(size) != uint64(len(log.live))) {
		wrong("the count of quads is wrong")
	}
	if horizon := meta.Get([]byte("horizon")); log.last > 0 && (len(horizon) != 8 || binary.LittleEndian.Uint64(horizon) < log.last) {
		wrong("the next number is used already")
	}
	if bad > 20 {
		r.add("", "and %d more of this kind", bad-20)
	}
	return nil
}

// wholeLog is Cayley's log by number.
type wholeLog struct {
	live  map[uint64]link
	terms map[uint64]quads.Term
	uses  map[uint64]uint64 // of a value by live quads
	last  uint64
}

func readWholeLog(ctx context.Context, tx *bbolt.Tx) (*wholeLog, error) {
	log := &wholeLog{live: map[uint64]link{}, terms: map[uint64]quads.Term{}, uses: map[uint64]uint64{}}
	b := tx.Bucket([]byte("log"))
	if b == nil {
		return log, nil
	}
	err := b.ForEach(func(k, v []byte) error {
		p, err := readPrimitive(v)
		if err != nil || len(k) != 8 {
			return damaged("log entry %x cannot be read", k)
		}
		log.last = binary.BigEndian.Uint64(k)
		switch {
		case p.value != nil:
			if log.terms[log.last], err = readValue(p.value); err != nil {
				return damaged("log entry %d: %v", log.last, err)
			}
		case !p.deleted:
			log.live[log.last] = p.link
			for _, id := range [4]uint64{p.s, p.p, p.o, p.g} {
				log.uses[id]++
			}
		}
		return ctx.Err()
	})
	return log, err
}

func indexKey(dirs []cayley.Direction, l link) []byte {
	key := make([]byte, 0, 8*len(dirs))
	for _, d := range dirs {
		id := l.g
		switch d {
		case cayley.Subject:
			id = l.s
		case cayley.Predicate:
			id = l.p
		case cayley.Object:
			id = l.o
		}
		key = binary.BigEndian.AppendUint64(key, id)
	}
	return key
}

// varints reads a list of Cayley's; a damaged tail is left out.
func varints(b []byte) []uint64 {
	var list []uint64
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return list
		}
		list = append(list, v)
		b = b[n:]
	}
	return list
}

func bucketLen(b *bbolt.Bucket) int {
	if b == nil {
		return 0
	}
	return b.Stats().KeyN
}

// summary returns the problems by what they say, most frequent first, for
// reports that would otherwise be too long.
func summary(counts map[string]int) []string {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if c := counts[b] - counts[a]; c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	for i, k := range keys {
		keys[i] = fmt.Sprintf("%s (%d)", k, counts[k])
	}
	return keys
}
