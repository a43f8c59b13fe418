package cayleystore

import (
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"testing"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
	"caveat/graphstore/storetest"
)

// largeClaims gives about 470,000 quads.
const largeClaims = 31_000

func allQuads(b *testing.B, g *graphstore.Graph) []quads.Quad {
	b.Helper()
	var all []quads.Quad
	for r := range g.Records() {
		qs, err := quads.Encode(r)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, qs...)
	}
	return all
}

func fileSize(b *testing.B, path string) float64 {
	b.Helper()
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}

// BenchmarkLoad500k makes a case file of about 470,000 quads and reads it
// back, each beside a plain bbolt twin that keeps the same quads under the same three indexes.
func BenchmarkLoad500k(b *testing.B) {
	g := storetest.Large(1, largeClaims)
	all := allQuads(b, g)
	b.Run("write", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			path := fmt.Sprintf("%s/%d.caveat", b.TempDir(), i)
			if err := create(path, g); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(fileSize(b, path), "MB")
		}
		b.ReportMetric(float64(len(all)), "quads")
	})
	b.Run("write-plain", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			path := fmt.Sprintf("%s/%d.bolt", b.TempDir(), i)
			plainWrite(b, path, all)
			b.ReportMetric(fileSize(b, path), "MB")
		}
	})
	path := casePath(b)
	if err := create(path, g); err != nil {
		b.Fatal(err)
	}
	plain := b.TempDir() + "/plain.bolt"
	plainWrite(b, plain, all)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(path, storetest.Schema(), Options{ReadOnly: true})
			if err != nil {
				b.Fatal(err)
			}
			have, _, err := s.Load(b.Context())
			if err != nil || have.Count() != g.Count() {
				b.Fatal(err)
			}
			s.Close()
		}
	})
	b.Run("read-plain", func(b *testing.B) {
		for b.Loop() {
			records := plainRead(b, plain)
			have, err := build(storetest.Schema(), records, nil)
			if err != nil || have.Count() != g.Count() {
				b.Fatal(err)
			}
		}
	})
}

// plainWrite is the twin's writer: values by number, quads as four numbers
// in three orders, in transactions of the same size, with one sync at the end.
func plainWrite(b *testing.B, path string, all []quads.Quad) {
	b.Helper()
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{NoSync: true, NoGrowSync: true})
	if err != nil {
		b.Fatal(err)
	}
	ids := map[quads.Term]uint64{}
	for from := 0; from < len(all); from += batch {
		part := all[from:min(from+batch, len(all))]
		err := db.Update(func(tx *bbolt.Tx) error {
			var buckets [4]*bbolt.Bucket
			for i, name := range []string{"values", "spog", "opsg", "gspo"} {
				var err error
				if buckets[i], err = tx.CreateBucketIfNotExists([]byte(name)); err != nil {
					return err
				}
			}
			for _, q := range part {
				var n [4]uint64
				for i, t := range [4]quads.Term{q.S, q.P, q.O, q.G} {
					id, known := ids[t]
					if !known {
						id = uint64(len(ids) + 1)
						ids[t] = id
						if err := buckets[0].Put(binary.BigEndian.AppendUint64(nil, id), []byte(t.String())); err != nil {
							return err
						}
					}
					n[i] = id
				}
				for i, order := range [3][4]int{{0, 1, 2, 3}, {2, 1, 0, 3}, {3, 0, 1, 2}} {
					key := make([]byte, 0, 32)
					for _, d := range order {
						key = binary.BigEndian.AppendUint64(key, n[d])
					}
					if err := buckets[i+1].Put(key, nil); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Sync(); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// plainRead is the twin's reader: one pass over values and quads by graph.
func plainRead(b *testing.B, path string) []graphstore.Record {
	b.Helper()
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	var records []graphstore.Record
	err = db.View(func(tx *bbolt.Tx) error {
		terms := []quads.Term{{}}
		err := tx.Bucket([]byte("values")).ForEach(func(_, v []byte) error {
			q, _, err := quads.Parse("<urn:s> <urn:p> " + string(v) + " .")
			terms = append(terms, q.O)
			return err
		})
		if err != nil {
			return err
		}
		var group []quads.Quad
		flush := func() error {
			r, _, _, err := quads.DecodeGraph(group)
			records, group = append(records, r), group[:0]
			return err
		}
		err = tx.Bucket([]byte("gspo")).ForEach(func(k, _ []byte) error {
			n := func(i int) quads.Term { return terms[binary.BigEndian.Uint64(k[8*i:])] }
			q := quads.Quad{G: n(0), S: n(1), P: n(2), O: n(3)}
			if len(group) > 0 && group[0].G != q.G {
				if err := flush(); err != nil {
					return err
				}
			}
			group = append(group, q)
			return nil
		})
		if err != nil {
			return err
		}
		return flush()
	})
	if err != nil {
		b.Fatal(err)
	}
	return records
}

// BenchmarkEdit is one edit of one claim, durable, in cases of three sizes.
func BenchmarkEdit(b *testing.B) {
	for _, n := range []int{100, 3_000, largeClaims} {
		b.Run(fmt.Sprintf("claims=%d", n), func(b *testing.B) {
			s := mustCreate(b, casePath(b), storetest.Large(1, n))
			g, rev, err := s.Load(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			c := g.Claim("urn:caveat:c:000042")
			for i := 0; b.Loop(); i++ {
				after := *c
				after.Note = fmt.Sprintf("edit %d", i)
				d := &graphstore.Diff{Title: "note", Cause: graphstore.CauseEdit, Claims: []graphstore.Change[graphstore.Claim]{{Before: c, After: &after}}}
				if rev, err = s.Apply(b.Context(), rev, d); err != nil {
					b.Fatal(err)
				}
				c = &after
			}
		})
	}
}

// BenchmarkOpen is opening and loading a case of 100 claims: the store's
// share of the time to the first frame.
func BenchmarkOpen(b *testing.B) {
	path := casePath(b)
	if err := create(path, storetest.Large(1, 100)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open(path, storetest.Schema(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.Load(b.Context()); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

// BenchmarkHistory is reading 500 edits that each move one of 100 nodes, as
// opening a case does to know what can be undone.
func BenchmarkHistory(b *testing.B) {
	places := map[graphstore.ID]graphstore.Place{}
	for i := range 100 {
		places[graphstore.ID(fmt.Sprintf("urn:caveat:e:%06d", i))] = graphstore.Place{X: float32(i) * 1.1, Y: 2.5}
	}
	s := mustCreate(b, casePath(b), nil)
	var before *graphstore.View
	for i := range 500 {
		after := &graphstore.View{ID: "urn:v", Places: maps.Clone(places)}
		after.Places["urn:caveat:e:000007"] = graphstore.Place{X: float32(i), Y: 3}
		d := &graphstore.Diff{Title: "move", Views: []graphstore.Change[graphstore.View]{{Before: before, After: after}}}
		if _, err := s.Apply(b.Context(), graphstore.Revision(i), d); err != nil {
			b.Fatal(err)
		}
		before = after
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := s.History(b.Context(), 0, func(graphstore.Entry) bool { return true }); err != nil {
			b.Fatal(err)
		}
	}
}
