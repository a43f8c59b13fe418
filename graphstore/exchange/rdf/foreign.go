package rdf

import (
	"caveat/graphstore"
	"caveat/graphstore/exchange/transfer"
	"caveat/graphstore/quads"
)

// bareForeign returns the foreign statements that can be written as the quads
// they are and will be read as foreign again. Others, say with a
// mark of their own, or which would be taken for a part of a record, are written as records.
func bareForeign(g *graphstore.Graph) map[graphstore.ID]quads.Quad {
	bare := map[graphstore.ID]quads.Quad{}
	graphs := map[quads.Term][]graphstore.ID{}
	for f := range g.AllForeign() {
		q, ok, err := quads.Parse(f.Quad)
		if err != nil || !ok || q.String() != f.Quad || f.ID != transfer.ForeignID(f.Quad) ||
			f.RecordedAt != "" || f.RecordedBy != "" || f.Marking != "" || len(f.Extra) > 0 {
			continue
		}
		bare[f.ID] = q
		graphs[q.G] = append(graphs[q.G], f.ID)
	}
	for name, ids := range graphs {
		if !staysForeign(g, name, ids, bare) {
			for _, id := range ids {
				delete(bare, id)
			}
		}
	}
	return bare
}

// staysForeign reports whether the graph of that name, written with these
// foreign quads, is read as the same record, or none, and the same foreign quads.
func staysForeign(g *graphstore.Graph, name quads.Term, ids []graphstore.ID, bare map[graphstore.ID]quads.Quad) bool {
	own, err := ownQuads(g, name)
	if err != nil {
		return false
	}
	seen := map[quads.Quad]bool{}
	for _, q := range own {
		seen[q] = true
	}
	all := own
	for _, id := range ids {
		if q := bare[id]; !seen[q] {
			seen[q] = true
			all = append(all, q)
		}
	}
	if len(all) != len(own)+len(ids) {
		return false
	}
	with, withHeader, foreign, err := quads.DecodeGraph(all)
	if err != nil || len(foreign) != len(ids) {
		return false
	}
	for i, n := range foreign {
		if n != len(own)+i {
			return false
		}
	}
	alone, aloneHeader, _, err := quads.DecodeGraph(own)
	if err != nil || (with == nil) != (alone == nil) || (withHeader == nil) != (aloneHeader == nil) {
		return false
	}
	if with == nil {
		return true
	}
	a, errA := graphstore.EncodeRecord(with)
	b, errB := graphstore.EncodeRecord(alone)
	return errA == nil && errB == nil && string(a) == string(b)
}

// ownQuads returns the quads of the record, or the header, that the graph names.
func ownQuads(g *graphstore.Graph, name quads.Term) ([]quads.Quad, error) {
	if name.Kind != quads.IRI {
		return nil, nil
	}
	if name.Value == quads.HeaderGraph {
		return quads.EncodeHeader(g.Header())
	}
	r := g.Record(graphstore.ID(name.Value))
	if r == nil {
		return nil, nil
	}
	return quads.Encode(r)
}
