package cayleystore

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
	"caveat/graphstore/storetest"
)

// bareKV gives Cayley transactions of its own, as its stock adapters do.
type bareKV struct{ db *bbolt.DB }

func (k bareKV) Close() error { return nil }
func (k bareKV) Tx(rw bool) (kv.Tx, error) {
	tx, err := k.db.Begin(rw)
	if err != nil {
		return nil, err
	}
	return bareTx{kvTx{newTxKV(tx)}}, nil
}

type bareTx struct{ kvTx }

func (t bareTx) Commit(context.Context) error {
	if err := t.k.flush(); err != nil {
		return err
	}
	return t.k.tx.Commit()
}

func (t bareTx) Close() error { return t.k.tx.Rollback() }

// bare returns a long-lived Cayley quad store on an empty file, and a
// function that reads all its quads back through a fresh one.
func bare(t *testing.T) (graph.QuadStore, func() []string) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(t.TempDir(), "bare.bolt"), 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := cayleykv.Init(bareKV{db}, nil); err != nil {
		t.Fatal(err)
	}
	open := func() graph.QuadStore {
		qs, err := cayleykv.New(bareKV{db}, graph.Options{cayleykv.OptNoBloom: true})
		if err != nil {
			t.Fatal(err)
		}
		return qs
	}
	return open(), func() []string { return readThroughCayley(t, open()) }
}

// readThroughCayley returns all quads that Cayley's iterators give, sorted.
func readThroughCayley(t *testing.T, qs graph.QuadStore) []string {
	t.Helper()
	var lines []string
	it := qs.QuadsAllIterator()
	defer it.Close()
	for it.Next(t.Context()) {
		lines = append(lines, qs.Quad(it.Result()).String())
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

func do(action graph.Procedure, spo ...string) []graph.Delta {
	var ds []graph.Delta
	for i := 0; i+2 < len(spo); i += 3 {
		ds = append(ds, graph.Delta{Action: action, Quad: quad.Quad{Subject: quad.IRI(spo[i]), Predicate: quad.IRI(spo[i+1]), Object: quad.IRI(spo[i+2])}})
	}
	return ds
}

func lines(ds []graph.Delta) []string {
	var out []string
	for _, d := range ds {
		out = append(out, d.Quad.String())
	}
	slices.Sort(out)
	return out
}

func apply(t *testing.T, qs graph.QuadStore, o graph.IgnoreOpts, ds ...[]graph.Delta) {
	t.Helper()
	if err := qs.ApplyDeltas(slices.Concat(ds...), o); err != nil {
		t.Fatal(err)
	}
}

// TestTrap1IsReal: after a delta that failed, bare Cayley remembers numbers
// of values that were rolled back, and writes the next quad onto them.
func TestTrap1IsReal(t *testing.T) {
	qs, read := bare(t)
	first := do(graph.Add, "a", "p", "b")
	apply(t, qs, graph.IgnoreOpts{}, first)
	if err := qs.ApplyDeltas(append(do(graph.Add, "new", "p", "b"), first...), graph.IgnoreOpts{}); err == nil {
		t.Fatal("a duplicate is taken")
	}
	second := do(graph.Add, "new", "p", "other")
	apply(t, qs, graph.IgnoreOpts{}, second)
	if slices.Equal(read(), lines(append(first, second...))) {
		t.Fatal("bare Cayley survives a failed delta: trap 1 is gone, the guard can go too")
	}
}

// TestTrap2IsReal: a value added once and released twice in one delta is
// stored as nothing, though another quad still uses it.
func TestTrap2IsReal(t *testing.T) {
	qs, read := bare(t)
	apply(t, qs, graph.IgnoreOpts{}, do(graph.Add, "a", "p", "v", "b", "p", "v", "c", "p", "v"))
	add := do(graph.Add, "d", "p", "v")
	apply(t, qs, graph.IgnoreOpts{}, add, do(graph.Delete, "a", "p", "v", "b", "p", "v"))
	if slices.Equal(read(), lines(append(add, do(graph.Add, "c", "p", "v")...))) {
		t.Fatal("bare Cayley stores the value: trap 2 is gone")
	}
}

// TestTrap3IsReal: deleting what is not there, under the ignore option,
// takes a use away from a value; later it vanishes from a live quad.
func TestTrap3IsReal(t *testing.T) {
	qs, read := bare(t)
	ignore := graph.IgnoreOpts{IgnoreMissing: true, IgnoreDup: true}
	apply(t, qs, ignore, do(graph.Add, "x", "q", "w"))
	kept := do(graph.Add, "a", "p", "v")
	apply(t, qs, ignore, kept, do(graph.Delete, "x", "p", "v"))
	apply(t, qs, ignore, do(graph.Add, "b", "p", "v"))
	apply(t, qs, ignore, do(graph.Delete, "b", "p", "v"))
	if slices.Equal(read(), lines(append(kept, do(graph.Add, "x", "q", "w")...))) {
		t.Fatal("bare Cayley counts right: trap 3 is gone")
	}
}

// checkSound reads the case back through every index of Cayley's, through
// its iterators and through Check.
func checkSound(t testing.TB, s *Store, path string) {
	t.Helper()
	g, _, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Check(t.Context(), path, storetest.Schema())
	if err != nil || len(r.Problems) > 0 {
		t.Fatalf("%v: %v", err, r.Problems)
	}
	f, err := openBolt(path, true, openFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	again, _, err := f.load(t.Context(), storetest.Schema())
	if err != nil || !again.Same(g) {
		t.Fatalf("the file does not hold what the store does: %v", err)
	}
	err = f.db.View(func(tx *bbolt.Tx) error {
		qs, err := cayleykv.New(newTxKV(tx), graph.Options{cayleykv.OptNoBloom: true})
		if err != nil {
			return err
		}
		for r := range g.Records() {
			want, err := quads.Encode(r)
			if err != nil {
				return err
			}
			checkIterators(t, qs, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkIterators finds the quads of one record by its graph, and one of them
// by subject and by object.
func checkIterators(t testing.TB, qs graph.QuadStore, want []quads.Quad) {
	t.Helper()
	by := func(d quad.Direction, v quads.Term) []string {
		var have []string
		it := qs.QuadIterator(d, qs.ValueOf(cayleyValue(v)))
		defer it.Close()
		for it.Next(t.Context()) {
			q := qs.Quad(it.Result())
			if quads.Term.String(term(q.Label)) == want[0].G.String() {
				have = append(have, quads.Quad{S: term(q.Subject), P: term(q.Predicate), O: term(q.Object), G: term(q.Label)}.String())
			}
		}
		if err := it.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(have)
		return have
	}
	var all []string
	for _, q := range want {
		all = append(all, q.String())
	}
	slices.Sort(all)
	if have := by(quad.Label, want[0].G); !slices.Equal(have, all) {
		t.Fatalf("by graph %s: %v, want %v", want[0].G, have, all)
	}
	last := want[len(want)-1]
	for d, v := range map[quad.Direction]quads.Term{quad.Subject: last.S, quad.Object: last.O} {
		if !slices.Contains(by(d, v), last.String()) {
			t.Fatalf("%s is not found by %v", last, d)
		}
	}
}

func note(id graphstore.ID, text string) *graphstore.Entity {
	return &graphstore.Entity{ID: id, Kind: "vendor", Note: text, Names: []graphstore.Name{{Text: text}}}
}

// TestTrapsCannotClose drives the store through the three traps: failures
// between good edits, values released and used in one edit, edits that expect what is not there.
func TestTrapsCannotClose(t *testing.T) {
	path := casePath(t)
	s := mustCreate(t, path, nil)
	var rev graphstore.Revision
	edit := func(wantErr bool, changes ...graphstore.Change[graphstore.Entity]) {
		t.Helper()
		next, err := s.Apply(t.Context(), rev, &graphstore.Diff{Entities: changes})
		if (err != nil) != wantErr {
			t.Fatalf("error is %v", err)
		}
		if err == nil {
			rev = next
		}
	}
	type ch = graphstore.Change[graphstore.Entity]
	a, b, c := note("urn:a", "v"), note("urn:b", "v"), note("urn:c", "v")
	edit(false, ch{After: a}, ch{After: b}, ch{After: c})
	f := s.back.(*file)
	for _, op := range []string{"put", "flush"} { // T1
		f.fault = failAt(op, 9)
		edit(true, ch{After: note("urn:new", "never")})
		f.fault = nil
		edit(false, ch{After: note("urn:new", "now")})
		edit(false, ch{Before: note("urn:new", "now")})
	}
	edit(false, ch{Before: a, After: note("urn:a", "w")}, ch{Before: b, After: note("urn:b", "w")}, ch{After: note("urn:d", "v")}) // T2
	edit(true, ch{Before: note("urn:none", "v")})                                                                                  // T3
	edit(true, ch{After: note("urn:c", "v")})
	edit(false, ch{Before: c})
	checkSound(t, s, path)
}
