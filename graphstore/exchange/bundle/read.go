package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"caveat/graphstore"
	"caveat/graphstore/exchange/transfer"
)

// Version is the newest version of the bundle that Read knows and the one
// that Write writes.
const Version = 1

const title = "Caveat bundle"

// Format returns the bundle as a format of package exchange.
func Format() transfer.Format {
	return transfer.Format{
		Name: "bundle", Title: "Caveat bundle (JSON Lines)",
		Extensions: []string{".jsonl", ".ndjson", ".bundle"}, Read: Read, Write: Write,
	}
}

// Read reads a bundle. Order does not matter, a byte order mark, CRLF and
// empty lines are tolerated, a header is not required. It returns a *transfer.LineError for the first bad line
// (one that is broken, too long, not UTF-8, of an unknown type, or whose id came before),
// unless o.Partial; it wraps graphstore.ErrNewer where the header's version is newer. References are checked by Import.Diff,
// since a file may name records of the case it is meant for.
func Read(ctx context.Context, r io.Reader, o transfer.ReadOptions) (*transfer.Import, error) {
	lines := transfer.NewLines(ctx, r, o)
	head := bytes.Clone(lines.Head())
	if !mayBegin(head) {
		return nil, transfer.Unlike(title, head)
	}
	c := transfer.NewCollector(o)
	for {
		line, err := lines.Next()
		var bad *transfer.LineError
		switch {
		case errors.Is(err, io.EOF):
			return c.Import, nil
		case errors.As(err, &bad):
			err = c.Bad(bad.Line, "", bad.Err)
		case err == nil && len(bytes.TrimSpace(line)) > 0:
			err = readLine(c, lines.Number(), line)
		}
		if err != nil {
			return nil, hint(err, head)
		}
	}
}

// mayBegin reports whether a bundle may begin like this: with an object, or
// with a broken line before one, which is then named.
func mayBegin(head []byte) bool {
	text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	return len(text) > 0 && text[0] == '{' || bytes.Contains(text, []byte("\n{\""))
}

// hint adds to an error of the first line what the file looks like, if that is no bundle.
func hint(err error, head []byte) error {
	var le *transfer.LineError
	if !errors.As(err, &le) || le.Line > 1 || errors.Is(err, graphstore.ErrNewer) {
		return err
	}
	if what := transfer.Sniff(head); what != transfer.LooksBundle && what != "" {
		return &transfer.LineError{Line: le.Line, Err: fmt.Errorf("%w (%w)", le.Err, transfer.Unlike(title, head))}
	}
	return err
}

func readLine(c *transfer.Collector, n int, line []byte) error {
	record, err := graphstore.DecodeRecord(line)
	if err == nil {
		return c.Add(n, record)
	}
	if !errors.Is(err, graphstore.ErrRecordType) {
		return c.Bad(n, "", err)
	}
	var head struct {
		Type    string
		Version json.Number
	}
	if json.Unmarshal(line, &head) != nil || head.Type != "caveat" {
		return c.Bad(n, "", err)
	}
	if v, err := head.Version.Int64(); head.Version != "" && (err != nil || v < 1) {
		return c.Bad(n, "", fmt.Errorf("the bundle's version is %q, not a number from 1", head.Version))
	} else if v > Version {
		return &transfer.LineError{Line: n, Err: fmt.Errorf("the bundle has version %d, this Caveat reads up to %d: %w", v, Version, graphstore.ErrNewer)}
	}
	h := new(graphstore.Header)
	if err := json.Unmarshal(line, h); err != nil {
		return c.Bad(n, "", fmt.Errorf("header: %w", err))
	}
	delete(h.Extra, "version")
	if len(h.Extra) == 0 {
		h.Extra = nil
	}
	return c.Header(n, h)
}
