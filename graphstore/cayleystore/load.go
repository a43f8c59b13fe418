package cayleystore

import (
	"context"
	"encoding/binary"
	"errors"
	"runtime"
	"sync"

	"go.etcd.io/bbolt"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// link is one quad of Cayley's log: the ids of its values.
type link struct{ s, p, o, g uint64 }

// logReader collects Cayley's log: an append-only list of values and of
// links between them, by id. Values and links share the ids, in the order of writing.
type logReader struct {
	place []uint32        // by id: 1 + the index in terms; 0 where there is no live value
	terms []quads.Term    // live values
	links []link          // live quads, their values as indexes in terms
	skip  map[string]bool // graphs that are not decoded
}

// loadLog reads the case in one pass over the log. undone is a large edit that was
// broken off, or nil: its records are taken from before it.
func loadLog(ctx context.Context, tx *bbolt.Tx, schema *graphstore.Schema, undone *broken) (*graphstore.Graph, error) {
	var r logReader
	if err := r.readAll(ctx, tx); err != nil {
		return nil, err
	}
	if undone != nil {
		r.skip = undone.graphs
	}
	records, header, err := r.records(ctx)
	if err != nil {
		return nil, err
	}
	if undone != nil {
		records = append(records, undone.records...)
		if undone.diff.Header != nil {
			header = undone.header
		}
	}
	return build(schema, records, header)
}

// readAll reads the whole log.
func (r *logReader) readAll(ctx context.Context, tx *bbolt.Tx) error {
	b := tx.Bucket([]byte("log"))
	if b == nil {
		return nil
	}
	c := b.Cursor()
	if last, _ := c.Last(); len(last) == 8 {
		r.place = make([]uint32, 0, min(binary.BigEndian.Uint64(last)+1, maxGap))
	}
	n := 0
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if n++; n&0xfff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(k) != 8 {
			return damaged("a log key of %d bytes", len(k))
		}
		if err := r.add(binary.BigEndian.Uint64(k), v); err != nil {
			return err
		}
	}
	return nil
}

func (r *logReader) quad(l link) quads.Quad {
	return quads.Quad{S: r.terms[l.s], P: r.terms[l.p], O: r.terms[l.o], G: r.terms[l.g]}
}

// build makes the graph; a rule that the records break is damage.
func build(schema *graphstore.Schema, records []graphstore.Record, header *graphstore.Header) (*graphstore.Graph, error) {
	d := &graphstore.Diff{}
	if header != nil {
		d.Header = &graphstore.Change[graphstore.Header]{After: header}
	}
	for _, r := range records {
		d.Add(nil, r)
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		return nil, damaged("%v", err)
	}
	return g, nil
}

// maxGap bounds how far ids may run ahead of the entries seen, so that a
// wild id cannot ask for all memory.
const maxGap = 1 << 26

// add reads one entry of the log, a Primitive of Cayley's primitive.proto.
func (r *logReader) add(id uint64, raw []byte) error {
	p, err := readPrimitive(raw)
	if err != nil {
		return damaged("log entry %d: %v", id, err)
	}
	if p.value == nil {
		if p.deleted {
			return nil
		}
		l, ok := r.resolve(p.link)
		if !ok {
			return damaged("quad %d names a value that is not there", id)
		}
		r.links = append(r.links, l)
		return nil
	}
	t, err := readValue(p.value)
	if err != nil {
		return damaged("log entry %d: %v", id, err)
	}
	n := uint64(len(r.place))
	if id < n || id-n > maxGap {
		return damaged("log entry %d is out of order", id)
	}
	if gap := id - n; gap > 0 {
		r.place = append(r.place, make([]uint32, gap)...)
	}
	r.terms = append(r.terms, t)
	r.place = append(r.place, uint32(len(r.terms)))
	return nil
}

// resolve turns the ids of a quad's values into indexes; a value is always
// written before the quads that use it.
func (r *logReader) resolve(l link) (link, bool) {
	for _, id := range [4]*uint64{&l.s, &l.p, &l.o, &l.g} {
		if *id >= uint64(len(r.place)) || r.place[*id] == 0 {
			return l, false
		}
		*id = uint64(r.place[*id] - 1)
	}
	return l, true
}

type primitive struct {
	link
	value   []byte
	deleted bool
}

var errWire = errors.New("not what Cayley writes")

// field reads one field of a protocol buffer: its number, and its number or bytes.
func field(b []byte) (number int, n uint64, data, rest []byte, err error) {
	tag, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, 0, nil, nil, errWire
	}
	b = b[size:]
	number = int(tag >> 3)
	switch tag & 7 {
	case 0, 2:
		if n, size = binary.Uvarint(b); size <= 0 {
			return 0, 0, nil, nil, errWire
		}
		if b = b[size:]; tag&7 == 0 {
			return number, n, nil, b, nil
		}
		if n > uint64(len(b)) {
			return 0, 0, nil, nil, errWire
		}
		return number, n, b[:n], b[n:], nil
	}
	return 0, 0, nil, nil, errWire
}

func readPrimitive(b []byte) (p primitive, err error) {
	for len(b) > 0 {
		number, n, data, rest, err := field(b)
		if err != nil {
			return p, err
		}
		switch number {
		case 2:
			p.s = n
		case 3:
			p.p = n
		case 4:
			p.o = n
		case 5:
			p.g = n
		case 8:
			p.value = data
		case 9:
			p.deleted = n != 0
		}
		b = rest
	}
	return p, nil
}

// readValue reads a Value of the quad module's quads.proto; of its kinds only
// those that the writer makes.
func readValue(b []byte) (quads.Term, error) {
	number, _, data, rest, err := field(b)
	if err != nil || len(rest) > 0 {
		return quads.Term{}, errWire
	}
	switch number {
	case 2:
		return quads.Text(string(data)), nil
	case 3:
		return quads.NewIRI(string(data)), nil
	case 4:
		return quads.Term{Kind: quads.Blank, Value: string(data)}, nil
	case 5, 6:
		t := quads.Term{Kind: quads.Literal}
		for len(data) > 0 {
			n, _, s, rest, err := field(data)
			switch {
			case err != nil:
				return t, err
			case n == 1:
				t.Value = string(s)
			case n == 2 && number == 5:
				t.Datatype = string(s)
			case n == 2:
				t.Lang = string(s)
			}
			data = rest
		}
		return t, nil
	}
	return quads.Term{}, errWire
}

// records decodes the links, graph by graph, on all cores.
func (r *logReader) records(ctx context.Context) ([]graphstore.Record, *graphstore.Header, error) {
	groups := r.group()
	workers := min(runtime.GOMAXPROCS(0), 1+len(groups)/64)
	parts := make([]decoded, workers)
	var wait sync.WaitGroup
	for w := range parts {
		wait.Go(func() {
			parts[w].read(ctx, r, groups[len(groups)*w/workers:len(groups)*(w+1)/workers])
		})
	}
	wait.Wait()
	all := make([]graphstore.Record, 0, len(groups))
	var header *graphstore.Header
	for _, p := range parts {
		if p.err != nil {
			return nil, nil, p.err
		}
		all = append(all, p.records...)
		if p.header != nil {
			header = p.header
		}
	}
	return all, header, nil
}

// group sorts the links by graph, keeping their order within one, and
// returns the links of each graph.
func (r *logReader) group() [][]link {
	n := uint64(len(r.terms))
	start := make([]uint32, n+1)
	for _, l := range r.links {
		start[l.g+1]++
	}
	for i := uint64(1); i <= n; i++ {
		start[i] += start[i-1]
	}
	sorted := make([]link, len(r.links))
	next := start[:n]
	for _, l := range r.links {
		sorted[next[l.g]] = l
		next[l.g]++
	}
	var groups [][]link
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && sorted[to].g == sorted[from].g {
			to++
		}
		groups = append(groups, sorted[from:to])
		from = to
	}
	return groups
}

// decoded is what one worker makes of its share.
type decoded struct {
	records []graphstore.Record
	header  *graphstore.Header
	err     error
}

func (d *decoded) read(ctx context.Context, log *logReader, groups [][]link) {
	d.records = make([]graphstore.Record, 0, len(groups))
	var buf []quads.Quad
	for i, links := range groups {
		if i&0xff == 0 && ctx.Err() != nil {
			d.err = ctx.Err()
			return
		}
		if log.skip[log.terms[links[0].g].Value] {
			continue
		}
		buf = buf[:0]
		for _, l := range links {
			buf = append(buf, log.quad(l))
		}
		r, h, foreign, err := quads.DecodeGraph(buf)
		switch {
		case err != nil:
			d.err = damaged("%v", err)
			return
		case len(foreign) > 0:
			d.err = damaged("it holds a quad that Caveat did not write: %s", buf[foreign[0]])
			return
		case r != nil:
			d.records = append(d.records, r)
		}
		if h != nil {
			d.header = h
		}
	}
}
