package cayleystore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	cayley "github.com/cayleygraph/quad"
	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// Repair makes a new case file of everything that can be read in path, and
// says what was lost. It writes nothing to path and never replaces newPath (ErrExists). A record that the
// quads no longer give whole comes from the journal where that has it. If nothing is wrong, the new
// file is the same case with its journal, compacted: Cayley keeps deleted quads for ever. After a loss the
// journal no longer fits, so it is left out and the revision starts at 0. The error wraps ErrDamaged if nothing could be read.
func Repair(ctx context.Context, path, newPath string, schema *graphstore.Schema) (Report, error) {
	var r Report
	if err := repair(ctx, path, newPath, schema, &r); err != nil {
		return r, fmt.Errorf("repairing the case %s: %w", path, err)
	}
	return r, nil
}

func repair(ctx context.Context, path, newPath string, schema *graphstore.Schema, r *Report) error {
	fd, size, err := openShared(path)
	if err != nil {
		return err
	}
	defer fd.Close()
	s, err := salvageFile(ctx, fd, size)
	if err != nil {
		return err
	}
	g := s.graph(schema)
	r.Records, r.Problems = g.Count(), s.problems
	for _, what := range summary(s.counts) {
		r.add("", "%s", what)
	}
	keep := s.whole()
	if !keep && len(s.journal) > 0 {
		r.add("", "the history of %d edits is left behind, because it no longer fits", len(s.journal))
	}
	if err := create(newPath, g); err != nil {
		return err
	}
	if !keep {
		return nil
	}
	r.Revision, r.Edits = s.state.Revision, len(s.journal)
	return carryJournal(newPath, s)
}

// whole reports whether the case itself was read without a loss, whatever
// happened to the indexes, so that its journal still fits.
func (s *salvage) whole() bool {
	return s.state != nil && !s.older && len(s.problems) == 0 && !s.torn[""] && !s.torn["log"] && !s.torn[journalBucket]
}

// carryJournal copies the journal into the new file.
func carryJournal(path string, s *salvage) error {
	f, err := openBolt(path, false, os.OpenFile)
	if err != nil {
		return err
	}
	defer f.close()
	return meaning(f.db.Update(func(tx *bbolt.Tx) error {
		st, err := decodeState(tx.Bucket([]byte(stateBucket)).Get([]byte(stateKey)))
		if err != nil {
			return err
		}
		st.Revision = s.state.Revision
		k := newTxKV(tx)
		for rev, entry := range s.journal {
			k.put(journalBucket, revisionKey(rev), entry)
		}
		return k.finish(st)
	}))
}

// salvage is what can be read of a case file.
type salvage struct {
	state    *state
	log      map[uint64][]byte
	hashes   map[string][]byte // value hash to number
	byGraph  map[string][]byte // Cayley's index by graph
	journal  map[graphstore.Revision][]byte
	torn     map[string]bool // buckets with pages that cannot be read
	sums     map[string]uint64
	altered  bool  // the log's pages are sound and its sum is not
	refuse   error // why this is no case of ours
	older    bool  // it is the case one transaction before the newest
	problems []Problem
	counts   map[string]int // problems without a record, by text

	records map[graphstore.ID]graphstore.Record
	header  *graphstore.Header
	partly  map[graphstore.ID]bool // records that lost a quad
}

// salvageFile reads the newest transaction, or the one before if that gives more.
func salvageFile(ctx context.Context, fd io.ReaderAt, size int64) (*salvage, error) {
	s, err := salvagePages(ctx, fd, size, false)
	if err != nil && !errors.Is(err, graphstore.ErrDamaged) {
		return nil, err
	}
	if err == nil && len(s.torn) == 0 {
		return s, nil
	}
	older, errOlder := salvagePages(ctx, fd, size, true)
	if errOlder == nil && (err != nil || len(older.log)+len(older.journal) > len(s.log)+len(s.journal)) {
		older.older = true
		older.counts["the last edit cannot be read, the case is as it was before"]++
		return older, nil
	}
	return s, err
}

func salvagePages(ctx context.Context, fd io.ReaderAt, size int64, older bool) (*salvage, error) {
	s := &salvage{log: map[uint64][]byte{}, hashes: map[string][]byte{}, byGraph: map[string][]byte{}, journal: map[graphstore.Revision][]byte{}, torn: map[string]bool{},
		sums: map[string]uint64{}, counts: map[string]int{}, records: map[graphstore.ID]graphstore.Record{}, partly: map[graphstore.ID]bool{}}
	p, err := openPages(fd, size, older)
	if p == nil || p.page == 0 {
		return nil, err
	}
	if err != nil { // cut off at the end, or one first page short
		s.counts[err.Error()]++
		if p.meta.pages > 1<<26 {
			return nil, err
		}
		p.seen = make([]bool, p.meta.pages)
	}
	p.lost = func(bucket string, _ uint64, err error) error {
		s.torn[bucket] = true
		s.counts[err.Error()]++
		return ctx.Err()
	}
	p.visit = s.entry
	if err := p.walk("", p.meta.root, nil, nil, 0); err != nil {
		return nil, err
	}
	if s.refuse != nil {
		return nil, s.refuse
	}
	if s.state == nil && len(s.log) == 0 && len(s.journal) == 0 {
		if len(s.counts) == 0 {
			return nil, graphstore.ErrNotCase
		}
		return nil, damaged("nothing in it can be read")
	}
	s.compare()
	s.decode()
	return s, nil
}

// entry keeps one entry of a bucket.
func (s *salvage) entry(bucket string, k, v []byte) {
	s.sums[bucket] += entrySum(k, v)
	switch {
	case bucket == stateBucket && string(k) == stateKey:
		st, err := decodeState(v)
		if errors.Is(err, graphstore.ErrNewer) || errors.Is(err, graphstore.ErrNotCase) {
			s.refuse = err
		} else if err != nil {
			s.counts[err.Error()]++
			return
		}
		s.state = st
	case bucket == "log" && len(k) == 8:
		s.log[binary.BigEndian.Uint64(k)] = bytes.Clone(v)
	case bucket == "v":
		s.hashes[string(k)] = bytes.Clone(v)
	case bucket == "cspo":
		s.byGraph[string(k)] = bytes.Clone(v)
	case bucket == journalBucket && len(k) == 8:
		s.journal[graphstore.Revision(binary.BigEndian.Uint64(k))] = bytes.Clone(v)
	}
}

// compare notes the buckets whose sums are wrong and that are not known to
// be torn; the indexes are made anew, so only the case's own parts count.
func (s *salvage) compare() {
	if s.state == nil {
		s.counts["the file's state is lost"]++
		return
	}
	for _, name := range []string{"log", journalBucket} {
		if !s.torn[name] && s.sums[name] != s.state.Sums[name] {
			s.torn[name] = true
			s.altered = s.altered || name == "log"
			s.counts[fmt.Sprintf("its part %q was altered", name)]++
		}
	}
}

// decode reads the records out of the log. In a damaged log a value counts
// only if Cayley's own hash of it is known under its number, and a quad only if the index by graph knows it.
func (s *salvage) decode() {
	suspect := s.torn["log"] && !s.torn["v"] && len(s.hashes) > 0
	doubtful := s.torn["log"] && !s.torn["cspo"] && len(s.byGraph) > 0
	dirs := indexes()[2].Dirs
	before := len(s.counts)
	terms := map[uint64]quads.Term{}
	groups := map[uint64][]link{}
	for _, id := range slices.Sorted(maps.Keys(s.log)) {
		p, err := readPrimitive(s.log[id])
		if err != nil {
			s.counts["an entry of the log cannot be read"]++
			delete(s.log, id)
			continue
		}
		if p.value == nil {
			if doubtful && !slices.Contains(varints(s.byGraph[string(indexKey(dirs, p.link))]), id) {
				s.counts["a quad cannot be read"]++
				delete(s.log, id)
				continue
			}
			if !p.deleted {
				groups[p.g] = append(groups[p.g], p.link)
			}
			continue
		}
		t, err := readValue(p.value)
		if err == nil && suspect {
			if list := varints(s.hashes[string(cayley.HashOf(cayleyValue(t)))]); len(list) != 1 || list[0] != id {
				err = errWire
			}
		}
		if err != nil {
			s.counts["a value cannot be read"]++
			continue
		}
		terms[id] = t
	}
	if s.altered && len(s.counts) == before || s.torn["log"] && s.torn["cspo"] {
		s.counts["some records may have lost fields that nothing tells of"]++
	}
	if s.torn["log"] {
		s.fromIndex(terms, groups)
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		s.group(terms[g], terms, groups[g])
	}
	s.undo()
	s.fromJournal()
}

// undo takes the records of a large edit that was broken off from before it.
func (s *salvage) undo() {
	if s.state == nil || s.state.Pending == 0 {
		return
	}
	b, err := brokenEdit(s.state, func(r graphstore.Revision) []byte { return s.journal[r] })
	delete(s.journal, s.state.Pending)
	if err != nil {
		s.counts["a large edit was broken off, and what it had done cannot be taken back"]++
		return
	}
	for id := range b.graphs {
		delete(s.records, graphstore.ID(id))
		delete(s.partly, graphstore.ID(id))
	}
	for _, r := range b.records {
		s.records[r.RecordID()] = r
	}
	if b.diff.Header != nil {
		s.header = b.header
	}
}

// fromIndex takes quads whose place in the log cannot be read from the index
// by graph. That does not tell whether they were deleted, so their records are marked.
func (s *salvage) fromIndex(terms map[uint64]quads.Term, groups map[uint64][]link) {
	for _, key := range slices.Sorted(maps.Keys(s.byGraph)) {
		if len(key) != 32 {
			continue
		}
		n := func(i int) uint64 { return binary.BigEndian.Uint64([]byte(key[8*i:])) }
		l := link{g: n(0), s: n(1), p: n(2), o: n(3)}
		for _, id := range varints(s.byGraph[key]) {
			if _, there := s.log[id]; !there && terms[l.g].Kind != quads.None {
				groups[l.g] = append(groups[l.g], l)
				s.partly[graphstore.ID(terms[l.g].Value)] = true
			}
		}
	}
}

func (s *salvage) group(g quads.Term, terms map[uint64]quads.Term, links []link) {
	if g.Kind == quads.None {
		s.counts["a record's id cannot be read"]++
		return
	}
	id := graphstore.ID(g.Value)
	var qs []quads.Quad
	for _, l := range links {
		q := quads.Quad{S: terms[l.s], P: terms[l.p], O: terms[l.o], G: g}
		if q.S.Kind == quads.None || q.P.Kind == quads.None || q.O.Kind == quads.None {
			s.partly[id] = true
			continue
		}
		qs = append(qs, q)
	}
	r, h, foreign, err := quads.DecodeGraph(qs)
	if len(foreign) > 0 || err != nil || r == nil && h == nil {
		s.partly[id] = true
	}
	if r != nil {
		s.records[id] = r
	}
	if h != nil {
		s.header = h
	}
}

// fromJournal takes the records that the log gives only in part, or not at
// all, from the last edit that wrote them.
func (s *salvage) fromJournal() {
	if !s.torn["log"] && len(s.partly) == 0 {
		return
	}
	last := map[graphstore.ID]graphstore.Record{}
	unread := s.torn[journalBucket]
	for _, rev := range slices.Sorted(maps.Keys(s.journal)) {
		d, err := decodeEntry(s.journal[rev])
		if err != nil {
			unread = true
			s.counts["an entry of the journal cannot be read"]++
			clear(last) // what came before may have changed in it
			continue
		}
		d.Records(func(before, after graphstore.Record) {
			if before != nil {
				last[before.RecordID()] = nil
			}
			if after != nil {
				last[after.RecordID()] = after
			}
		})
		if d.Header != nil && s.partly[quads.HeaderGraph] && d.Header.After != nil {
			s.header = d.Header.After
			delete(s.partly, quads.HeaderGraph)
		}
	}
	for id, r := range last {
		if r != nil && !unread && (s.partly[id] || s.records[id] == nil) {
			s.records[id] = r
			delete(s.partly, id)
		}
	}
}

// graph makes the graph of the records that may stand together.
func (s *salvage) graph(schema *graphstore.Schema) *graphstore.Graph {
	for _, id := range slices.Sorted(maps.Keys(s.partly)) {
		what := "is lost"
		if s.records[id] != nil {
			what = "may have lost fields, or have got old ones back"
		}
		s.problems = append(s.problems, Problem{id, what})
	}
	g := graphstore.NewGraph(schema)
	if s.header != nil {
		next, err := g.Apply(&graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{After: s.header}})
		if err == nil {
			g = next
		} else {
			s.problems = append(s.problems, Problem{"", fmt.Sprintf("the case's title and schema are lost: %v", err)})
		}
	}
	whole := &graphstore.Diff{}
	ids := slices.Sorted(maps.Keys(s.records))
	for _, id := range ids {
		whole.Add(nil, s.records[id])
	}
	next, err := g.Apply(whole)
	if err == nil {
		return next
	}
	// One by one, as often as it helps: a claim may name a later one.
	for more := true; more; {
		more = false
		var left []graphstore.ID
		for _, id := range ids {
			d := &graphstore.Diff{}
			d.Add(nil, s.records[id])
			if next, err := g.Apply(d); err == nil {
				g, more = next, true
			} else {
				left = append(left, id)
			}
		}
		ids = left
	}
	for _, id := range ids {
		d := &graphstore.Diff{}
		d.Add(nil, s.records[id])
		_, err := g.Apply(d)
		s.problems = append(s.problems, Problem{id, fmt.Sprintf("is left out: %v", err)})
	}
	return g
}
