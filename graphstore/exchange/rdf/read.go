package rdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/exchange/transfer"
	"caveat/graphstore/quads"
)

// Read reads N-Quads or N-Triples of RDF 1.1, in any order. Graphs that
// spell a record become that record; all other quads become Foreign records whose ids follow from
// their canonical text, so a quad that comes twice is one. It returns a *transfer.LineError for the first bad line,
// unless o.Partial. What RDF 1.2 adds (triple terms, base directions, version lines) is refused by name: Caveat
// could not keep it.
func Read(ctx context.Context, r io.Reader, o transfer.ReadOptions) (*transfer.Import, error) {
	lines := transfer.NewLines(ctx, r, o)
	if what := transfer.Sniff(lines.Head()); what != transfer.LooksQuads && what != transfer.LooksEmpty && !begins(lines.Head()) {
		return nil, transfer.Unlike("N-Quads file", lines.Head())
	}
	c := transfer.NewCollector(o)
	s := statements{graphs: map[quads.Term][]int{}, seen: map[string]bool{}}
	for {
		line, err := lines.Next()
		var bad *transfer.LineError
		switch {
		case errors.Is(err, io.EOF):
			return c.Import, s.collect(ctx, c)
		case errors.As(err, &bad):
			err = c.Bad(bad.Line, "", bad.Err)
		case err == nil:
			err = s.line(c, lines.Number(), line)
		}
		if err != nil {
			return nil, err
		}
	}
}

// begins reports whether a file that Sniff does not know may still be
// N-Quads: a comment, a version line to refuse by name, or anything with a statement in it.
func begins(head []byte) bool {
	text := bytes.TrimSpace(head)
	return len(text) > 0 && (text[0] == '#' || bytes.HasPrefix(text, []byte("VERSION"))) || bytes.Contains(head, []byte("> <"))
}

// statements are the quads of a file, by graph, each once.
type statements struct {
	quads  []quads.Quad
	lines  []int
	graphs map[quads.Term][]int
	order  []quads.Term
	seen   map[string]bool
}

func (s *statements) line(c *transfer.Collector, n int, text []byte) error {
	for part := range bytes.SplitSeq(text, []byte("\r")) { // EOL is any row of CR and LF
		q, ok, err := quads.Parse(string(part))
		switch {
		case err != nil:
			if word := newer(part); word != "" {
				err = fmt.Errorf("%s of RDF 1.2, which Caveat does not keep", word)
			}
			return c.Bad(n, "", err)
		case !ok:
			continue
		}
		if key := q.String(); !s.seen[key] {
			s.seen[key] = true
			if _, known := s.graphs[q.G]; !known {
				s.order = append(s.order, q.G)
			}
			s.graphs[q.G] = append(s.graphs[q.G], len(s.quads))
			s.quads = append(s.quads, q)
			s.lines = append(s.lines, n)
		}
	}
	return nil
}

// newer names what a line has that only RDF 1.2 knows, if anything.
func newer(line []byte) string {
	text := strings.TrimSpace(string(line))
	switch {
	case strings.Contains(text, "<<("):
		return "a triple term"
	case strings.HasPrefix(text, "VERSION"):
		return "a version line"
	case strings.Contains(text, "--ltr"), strings.Contains(text, "--rtl"):
		return "a text with a base direction"
	}
	return ""
}

// collect turns the graphs into records, in the order they began.
func (s *statements) collect(ctx context.Context, c *transfer.Collector) error {
	for _, name := range s.order {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := s.graphs[name]
		one := make([]quads.Quad, len(at))
		for i, n := range at {
			one[i] = s.quads[n]
		}
		record, header, foreign, err := quads.DecodeGraph(one)
		first := s.lines[at[0]]
		if err != nil {
			if err := c.Bad(first, graphstore.ID(name.Value), err); err != nil {
				return err
			}
			continue
		}
		if header != nil {
			if err := c.Header(first, header); err != nil {
				return err
			}
		}
		if record != nil {
			if err := c.Add(first, record); err != nil {
				return err
			}
		}
		for _, i := range foreign {
			text := one[i].String()
			if err := c.Add(s.lines[at[i]], &graphstore.Foreign{ID: transfer.ForeignID(text), Quad: text}); err != nil {
				return err
			}
		}
	}
	return nil
}
