package rdf

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"

	"caveat/graphstore"
	"caveat/graphstore/exchange/transfer"
	"caveat/graphstore/quads"
)

// Format returns N-Quads as a format of package exchange.
func Format() transfer.Format {
	return transfer.Format{
		Name: "nquads", Title: "N-Quads (RDF, one named graph a record)",
		Extensions: []string{".nq", ".nquads", ".n-quads", ".nt"}, Read: Read, Write: Write,
	}
}

// Write writes g: the header, every record in canonical order with its lines
// sorted, foreign quads as they were read. Equal cases give equal bytes, and nothing is lost.
func Write(ctx context.Context, w io.Writer, g *graphstore.Graph) (*transfer.Report, error) {
	out := bufio.NewWriterSize(w, 64<<10)
	report := &transfer.Report{}
	put := func(qs []quads.Quad) error {
		lines := make([]string, len(qs))
		for i, q := range qs {
			lines[i] = q.String()
		}
		slices.Sort(lines)
		for _, l := range lines {
			if _, err := out.WriteString(l + "\n"); err != nil {
				return fmt.Errorf("writing N-Quads: %w", err)
			}
		}
		return nil
	}
	header, err := quads.EncodeHeader(g.Header())
	if err != nil {
		return nil, err
	}
	if err := put(header); err != nil {
		return nil, err
	}
	bare := bareForeign(g)
	for r := range g.Records() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		qs, err := []quads.Quad{bare[r.RecordID()]}, error(nil)
		if qs[0] == (quads.Quad{}) {
			qs, err = quads.Encode(r)
		}
		if err != nil {
			return nil, err
		}
		if err := put(qs); err != nil {
			return nil, err
		}
		report.Kept++
	}
	if err := out.Flush(); err != nil {
		return nil, fmt.Errorf("writing N-Quads: %w", err)
	}
	return report, nil
}
