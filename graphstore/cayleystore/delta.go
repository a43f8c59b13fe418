package cayleystore

import (
	"fmt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// quadDelta returns the quads that d adds to and deletes from g, which
// d must fit. What a record keeps is in neither list, also where a record takes another's id. The records
// deleted are those that g holds, not the copies in d: only they are written as they were stored.
func quadDelta(g *graphstore.Graph, d *graphstore.Diff) (add, del []quads.Quad, err error) {
	collect := func(dst *[]quads.Quad, r graphstore.Record) {
		if r == nil || err != nil {
			return
		}
		var qs []quads.Quad
		if qs, err = quads.Encode(r); err == nil {
			*dst = append(*dst, qs...)
		}
	}
	if d.Header != nil {
		if del, err = quads.EncodeHeader(g.Header()); err != nil {
			return nil, nil, err
		}
		if add, err = quads.EncodeHeader(d.Header.After); err != nil {
			return nil, nil, err
		}
	}
	d.Records(func(before, after graphstore.Record) {
		if before != nil {
			held := recordOf(g, before.RecordType(), before.RecordID())
			if held == nil && err == nil {
				err = fmt.Errorf("%s %s: %w", before.RecordType(), before.RecordID(), graphstore.ErrStale)
			}
			collect(&del, held)
		}
		collect(&add, after)
	})
	if err != nil {
		return nil, nil, err
	}
	add, del = cancel(add, del)
	return add, del, nil
}

// recordOf returns the record of that type and id, or nil.
func recordOf(g *graphstore.Graph, t graphstore.Type, id graphstore.ID) graphstore.Record {
	if r := g.Record(id); r != nil && r.RecordType() == t {
		return r
	}
	return nil
}

// cancel drops what is in both lists, and repeats.
func cancel(add, del []quads.Quad) (add2, del2 []quads.Quad) {
	if len(del) == 0 {
		return add, nil
	}
	const gone, kept = 1, 2
	mark := make(map[quads.Quad]uint8, len(del))
	for _, q := range del {
		mark[q] = gone
	}
	for _, q := range add {
		if mark[q] == 0 {
			add2 = append(add2, q)
		} else {
			mark[q] = kept
		}
	}
	for _, q := range del {
		if mark[q] == gone {
			del2 = append(del2, q)
			mark[q] = kept
		}
	}
	return add2, del2
}
