package transfer

import (
	"crypto/sha256"
	"fmt"

	"github.com/oklog/ulid/v2"

	"caveat/graphstore"
)

// Collector gathers the records of one file. Bad ones end reading, or are
// dropped with a remark where the options say Partial.
type Collector struct {
	Import   *Import
	partial  bool
	seen     map[graphstore.ID]int // line of each id
	nameless map[graphstore.ID]int
}

// NewCollector returns an empty one.
func NewCollector(o ReadOptions) *Collector {
	return &Collector{
		Import:  &Import{Report: &Report{}},
		partial: o.Partial, seen: map[graphstore.ID]int{}, nameless: map[graphstore.ID]int{},
	}
}

// Bad notes a line that holds no record. It returns the error that ends
// reading, or nil where the line is dropped.
func (c *Collector) Bad(n int, id graphstore.ID, err error) error {
	if !c.partial {
		return &LineError{Line: n, Err: err}
	}
	c.Import.Report.Note(Remark{Line: n, Record: id, What: Dropped, Why: err.Error()})
	return nil
}

// Header takes the header of a file; a second one is bad.
func (c *Collector) Header(n int, h *graphstore.Header) error {
	if c.Import.Header != nil {
		return c.Bad(n, "", fmt.Errorf("a second header; a file has one"))
	}
	c.Import.Header = h
	return nil
}

// Add takes a record. One without an id is given one that follows from its
// content, so that reading the same file again gives the same id; an id that was there before is bad.
func (c *Collector) Add(n int, r graphstore.Record) error {
	if r.RecordID() == "" {
		if err := c.name(r); err != nil {
			return c.Bad(n, "", err)
		}
	}
	id := r.RecordID()
	if first, there := c.seen[id]; there {
		return c.Bad(n, id, fmt.Errorf("the id %s is on line %d already", id, first))
	}
	if err := id.Check(); err != nil {
		return c.Bad(n, "", err)
	}
	c.seen[id] = n
	c.Import.Records = append(c.Import.Records, r)
	c.Import.lines = append(c.Import.lines, line{n: n})
	return nil
}

// name gives r the id urn:caveat: with a ULID made of the hash of its content
// and of how often the same content came before.
func (c *Collector) name(r graphstore.Record) error {
	content, err := graphstore.EncodeRecord(r)
	if err != nil {
		return fmt.Errorf("giving the record an id: %w", err)
	}
	plain := digest(content, 0)
	id := digest(content, c.nameless[plain])
	c.nameless[plain]++
	graphstore.SetID(r, id)
	return nil
}

// digest returns the id for content that comes the nth time, from 0.
func digest(content []byte, nth int) graphstore.ID {
	h := sha256.New()
	h.Write(content)
	fmt.Fprintf(h, "\n%d", nth)
	var u ulid.ULID
	copy(u[:], h.Sum(nil))
	return graphstore.ID(graphstore.IDPrefix + u.String())
}
