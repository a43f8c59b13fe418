package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"caveat/graphstore/exchange/bundle"
	"caveat/graphstore/exchange/rdf"
	"caveat/graphstore/exchange/transfer"
)

// What formats have in common; see package transfer.
type (
	// Format is a file format.
	Format = transfer.Format
	// ReadOptions says how to read.
	ReadOptions = transfer.ReadOptions
	// MergeOptions says what happens where an import meets a case.
	MergeOptions = transfer.MergeOptions
	// Import is what files hold, not yet part of any case.
	Import = transfer.Import
	// Report says what was kept, changed and dropped.
	Report = transfer.Report
	// Remark is what happened to one record.
	Remark = transfer.Remark
	// LineError says which line of which file is wrong.
	LineError = transfer.LineError
)

// Join returns several imports as one; records of one may name those of another.
func Join(ims ...*Import) *Import { return transfer.Join(ims...) }

// Formats returns all formats, the main one first.
func Formats() []Format { return []Format{bundle.Format(), rdf.Format()} }

// ByName returns the format of that name, or of that extension without the dot.
func ByName(name string) (Format, bool) {
	name = strings.ToLower(name)
	for _, f := range Formats() {
		if f.Name == name || slices.Contains(f.Extensions, "."+name) {
			return f, true
		}
	}
	return Format{}, false
}

// ByExtension returns the format that the end of the file's name says.
func ByExtension(path string) (Format, bool) {
	ext := strings.ToLower(filepath.Ext(path))
	for _, f := range Formats() {
		if slices.Contains(f.Extensions, ext) {
			return f, true
		}
	}
	return Format{}, false
}

// ByContent returns the format that the first bytes of a file look like.
func ByContent(head []byte) (Format, bool) { return ByName(transfer.Sniff(head)) }

// Names lists the names of the formats, for messages.
func Names() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// ReadFile reads a file in the given format, or, if its Name is empty, in the
// one that its content, else its name, says. Errors and remarks name the file.
func ReadFile(ctx context.Context, path string, f Format, o ReadOptions) (*Import, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("importing: %w", err)
	}
	defer in.Close() //nolint:errcheck // only read
	if f.Name == "" {
		if f, err = guess(in, path); err != nil {
			return nil, err
		}
	}
	if f.Read == nil {
		return nil, fmt.Errorf("%s: %s can be written but not read", path, f.Title)
	}
	im, err := f.Read(ctx, in, o)
	var le *LineError
	switch {
	case errors.As(err, &le):
		return nil, &LineError{File: path, Line: le.Line, Err: le.Err}
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return im.Named(path), nil
}

// guess returns the format of an open file and leaves it at its beginning.
func guess(in *os.File, path string) (Format, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Format{}, fmt.Errorf("reading %s: %w", path, err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return Format{}, fmt.Errorf("%s cannot be read twice; name its format: %w", path, err)
	}
	if f, ok := ByContent(head[:n]); ok {
		return f, nil
	}
	if f, ok := ByExtension(path); ok {
		return f, nil
	}
	return Format{}, fmt.Errorf("%s: %w (formats: %s)", path, transfer.Unlike("file that Caveat reads", head[:n]), Names())
}
