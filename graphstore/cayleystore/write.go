package cayleystore

import (
	"encoding/json"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	cayleykv "github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// batch is how many quads Cayley gets at a time: its work per call grows
// faster than the call, and its memory with it.
const batch = 10_000

// change is one edit on its way into the store.
type change struct {
	revision graphstore.Revision // after the edit
	add, del []quads.Quad        // each add is new, each delete is there, none is both
	entry    []byte              // for the journal; nil writes none
}

// indexes are Cayley's: by subject, by object and by graph. Without the
// last, finding a record's quads is a full scan.
func indexes() []cayleykv.QuadIndex {
	s, p, o, l := quad.Subject, quad.Predicate, quad.Object, quad.Label
	return []cayleykv.QuadIndex{{Dirs: []quad.Direction{s, p, o, l}}, {Dirs: []quad.Direction{o, p, s, l}}, {Dirs: []quad.Direction{l, s, p, o}}}
}

// initialize makes an empty bbolt file a case of revision 0.
func initialize(db *bbolt.DB) error {
	return db.Update(func(tx *bbolt.Tx) error {
		k := newTxKV(tx)
		if err := cayleykv.Init(k, nil); err != nil {
			return err
		}
		// Init knows only the package's default indexes; New reads them from here.
		list, err := json.Marshal(indexes())
		if err != nil {
			return err
		}
		k.put("meta", []byte("indexes"), list)
		return k.finish(&state{Format: formatName, Version: formatVersion, Sums: map[string]uint64{}})
	})
}

// write makes c durable in one transaction, all or nothing; on an error it is rolled back.
func write(db *bbolt.DB, c change, fault func(string) error) error {
	return update(db, fault, func(k *txKV, st *state) error {
		if st.Pending != 0 {
			return errPending
		}
		if err := k.apply(c); err != nil {
			return err
		}
		if c.entry != nil {
			k.put(journalBucket, revisionKey(c.revision), c.entry)
		}
		st.Revision = c.revision
		return nil
	})
}

// apply gives the quads to a Cayley quad store that lives only for this
// transaction. Additions come first and apart from deletions (trap T2): so values that are used
// before and after keep their ids.
func (k *txKV) apply(c change) error {
	qs, err := cayleykv.New(k, graph.Options{cayleykv.OptNoBloom: true})
	if err != nil {
		return fmt.Errorf("opening cayley: %w", err)
	}
	for _, part := range []struct {
		quads  []quads.Quad
		action graph.Procedure
	}{{c.add, graph.Add}, {c.del, graph.Delete}} {
		for from := 0; from < len(part.quads); from += batch {
			if err := qs.ApplyDeltas(deltas(part.quads[from:min(from+batch, len(part.quads))], part.action), graph.IgnoreOpts{}); err != nil {
				return fmt.Errorf("cayley: %w", err)
			}
		}
	}
	return nil
}

func deltas(qs []quads.Quad, action graph.Procedure) []graph.Delta {
	ds := make([]graph.Delta, len(qs))
	for i, q := range qs {
		d := quad.Quad{Predicate: cayleyValue(q.P), Object: cayleyValue(q.O)}
		if i > 0 && q.G == qs[i-1].G { // the quads of a record come together
			d.Label = ds[i-1].Quad.Label
		} else {
			d.Label = cayleyValue(q.G)
		}
		if q.S == q.G {
			d.Subject = d.Label
		} else {
			d.Subject = cayleyValue(q.S)
		}
		ds[i] = graph.Delta{Action: action, Quad: d}
	}
	return ds
}

func cayleyValue(t quads.Term) quad.Value {
	switch t.Kind {
	case quads.IRI:
		return quad.IRI(t.Value)
	case quads.Blank:
		return quad.BNode(t.Value)
	case quads.Literal:
		switch {
		case t.Lang != "":
			return quad.LangString{Value: quad.String(t.Value), Lang: t.Lang}
		case t.Datatype != "":
			return quad.TypedString{Value: quad.String(t.Value), Type: quad.IRI(t.Datatype)}
		}
		return quad.String(t.Value)
	}
	return nil
}

// finish flushes and writes the state with the new sums.
func (k *txKV) finish(st *state) error {
	if err := k.flush(); err != nil {
		return err
	}
	for name, sum := range k.sums {
		st.Sums[name] += sum
	}
	enc, err := st.encode()
	if err != nil {
		return err
	}
	b, err := k.tx.CreateBucketIfNotExists([]byte(stateBucket))
	if err != nil {
		return err
	}
	return b.Put([]byte(stateKey), enc)
}

var _ kv.KV = (*txKV)(nil)
