package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// memory is the backend over Cayley's memstore.
type memory struct {
	qs       *memstore.QuadStore
	revision graphstore.Revision
	journal  [][]byte // journal[i] is the entry of revision i+1
	fault    func(op string) error
}

func newMemory(g *graphstore.Graph) (*memory, error) {
	m := &memory{qs: memstore.New()}
	if g == nil {
		return m, nil
	}
	add, err := quads.EncodeHeader(g.Header())
	if err != nil {
		return nil, err
	}
	for r := range g.Records() {
		qs, err := quads.Encode(r)
		if err != nil {
			return nil, err
		}
		add = append(add, qs...)
	}
	return m, m.qs.ApplyDeltas(deltas(add, graph.Add), graph.IgnoreOpts{})
}

// write checks all of c before it changes anything, as memstore itself does
// for one delta.
func (m *memory) write(c change) error {
	if m.fault != nil {
		if err := m.fault("commit"); err != nil {
			return err
		}
	}
	all := append(deltas(c.add, graph.Add), deltas(c.del, graph.Delete)...)
	if err := m.qs.ApplyDeltas(all, graph.IgnoreOpts{}); err != nil {
		return fmt.Errorf("cayley: %w", err)
	}
	m.revision = c.revision
	m.journal = append(m.journal, c.entry)
	return nil
}

func (m *memory) load(ctx context.Context, schema *graphstore.Schema) (*graphstore.Graph, graphstore.Revision, error) {
	r := graph.NewQuadStoreReader(m.qs)
	defer r.Close()
	var qs []quads.Quad
	for {
		q, err := r.ReadQuad()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, 0, err
		}
		qs = append(qs, quads.Quad{S: term(q.Subject), P: term(q.Predicate), O: term(q.Object), G: term(q.Label)})
	}
	records, header, foreign, err := quads.Decode(qs)
	if err != nil || len(foreign) > 0 {
		return nil, 0, damaged("%v, %d foreign quads", err, len(foreign))
	}
	g, err := build(schema, records, header)
	return g, m.revision, err
}

// term is the inverse of cayleyValue.
func term(v quad.Value) quads.Term {
	switch v := v.(type) {
	case quad.IRI:
		return quads.NewIRI(string(v))
	case quad.BNode:
		return quads.Term{Kind: quads.Blank, Value: string(v)}
	case quad.String:
		return quads.Text(string(v))
	case quad.TypedString:
		return quads.Typed(string(v.Value), string(v.Type))
	case quad.LangString:
		return quads.Term{Kind: quads.Literal, Value: string(v.Value), Lang: v.Lang}
	}
	return quads.Term{}
}

func (m *memory) entries(since graphstore.Revision) (keys []graphstore.Revision, entries [][]byte, err error) {
	for r := since; r < graphstore.Revision(len(m.journal)) && len(keys) < page; r++ {
		keys = append(keys, r+1)
		entries = append(entries, m.journal[r])
	}
	return keys, entries, nil
}

func (m *memory) close() error { return nil }
