package bundle

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"caveat/graphstore"
	"caveat/graphstore/exchange/transfer"
)

// Write writes g in the canonical form. Nothing is lost.
func Write(ctx context.Context, w io.Writer, g *graphstore.Graph) (*transfer.Report, error) {
	out := bufio.NewWriterSize(w, 64<<10)
	report := &transfer.Report{}
	header, err := headerLine(g.Header())
	if err != nil {
		return nil, err
	}
	if _, err := out.Write(append(header, '\n')); err != nil {
		return nil, fmt.Errorf("writing the bundle: %w", err)
	}
	for r := range g.Records() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line, err := graphstore.EncodeRecord(r)
		if err != nil {
			return nil, fmt.Errorf("writing %s %s: %w", r.RecordType(), r.RecordID(), err)
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return nil, fmt.Errorf("writing the bundle: %w", err)
		}
		report.Kept++
	}
	if err := out.Flush(); err != nil {
		return nil, fmt.Errorf("writing the bundle: %w", err)
	}
	return report, nil
}

// headerLine returns the first line: the header's fields with type and version.
func headerLine(h *graphstore.Header) ([]byte, error) {
	b, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing the bundle's header: %w", err)
	}
	fields := map[string]any{}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return nil, fmt.Errorf("writing the bundle's header: %w", err)
	}
	fields["type"], fields["version"] = "caveat", Version
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(fields); err != nil {
		return nil, fmt.Errorf("writing the bundle's header: %w", err)
	}
	return bytes.TrimRight(line.Bytes(), "\n"), nil
}
