package report

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"caveat/graphstore"
	"caveat/graphstore/exchange/bundle"
	"caveat/graphstore/exchange/transfer"
)

// Snapshot is what a .caveatz holds, every file checked against the manifest.
type Snapshot struct {
	Manifest Manifest
	Header   *graphstore.Header // nil if the case has none
	Records  []graphstore.Record
	View     *graphstore.View // what the picture shows
	PNG, SVG []byte           // the picture, not looked into

	records *transfer.Import
}

// Archive is a snapshot to be read: an *os.File or a *bytes.Reader.
type Archive interface {
	io.ReaderAt
	io.Seeker
}

// Bounds of what ReadSnapshot takes in. A case of a million claims has about 1 GB.
const (
	maxFile     = 2 << 30 // bytes of one file, unpacked
	maxManifest = 1 << 20
	// An honest file of text packs to a twentieth; beyond maxRatio over freely allowed bytes
	// it is a bomb.
	maxRatio = 100
	freely   = 16 << 20
)

// ReadSnapshot reads a .caveatz and checks size and SHA-256 of every file in it.
// The error says what is wrong and wraps graphstore.ErrNotCase (this is no snapshot),
// ErrNewer, or ErrDamaged (something in it is not what was written).
func ReadSnapshot(ctx context.Context, r Archive) (*Snapshot, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("reading a snapshot: %w", err)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("reading a snapshot: this is no .caveatz archive (%v): %w", err, graphstore.ErrNotCase)
	}
	entries, err := index(z)
	if err != nil {
		return nil, fmt.Errorf("reading a snapshot: %w", err)
	}
	s := new(Snapshot)
	if err := s.readManifest(entries); err != nil {
		return nil, fmt.Errorf("reading a snapshot: %w", err)
	}
	files := map[string][]byte{}
	for _, f := range s.Manifest.Files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if files[f.Name], err = checked(entries[f.Name], f); err != nil {
			return nil, fmt.Errorf("reading a snapshot: %w", err)
		}
	}
	if err := s.decode(ctx, files); err != nil {
		return nil, fmt.Errorf("reading a snapshot: %w", err)
	}
	return s, nil
}

// index lists the entries by name. Only the five names of the format are
// taken, which leaves no room for paths, folders or links.
func index(z *zip.Reader) (map[string]*zip.File, error) {
	allowed := []string{caseFile, manifestFile, pngFile, svgFile, viewFile}
	entries := map[string]*zip.File{}
	for _, f := range z.File {
		switch {
		case !slices.Contains(allowed, f.Name):
			return nil, fmt.Errorf("the archive holds %q, which no snapshot has: %w", f.Name, graphstore.ErrNotCase)
		case entries[f.Name] != nil:
			return nil, fmt.Errorf("the archive holds %s twice: %w", f.Name, graphstore.ErrDamaged)
		case !f.Mode().IsRegular():
			return nil, fmt.Errorf("%s is not an ordinary file: %w", f.Name, graphstore.ErrDamaged)
		}
		entries[f.Name] = f
	}
	if entries[manifestFile] == nil {
		return nil, fmt.Errorf("the archive has no %s: %w", manifestFile, graphstore.ErrNotCase)
	}
	return entries, nil
}

func (s *Snapshot) readManifest(entries map[string]*zip.File) error {
	raw, err := unpack(entries[manifestFile], maxManifest)
	if err != nil {
		return err
	}
	m := &s.Manifest
	if err := json.Unmarshal(raw, m); err != nil {
		return fmt.Errorf("%s cannot be read (%v): %w", manifestFile, err, graphstore.ErrDamaged)
	}
	switch {
	case m.Format != SnapshotFormat:
		return fmt.Errorf("%s says format %q: %w", manifestFile, m.Format, graphstore.ErrNotCase)
	case m.Version > SnapshotVersion:
		return fmt.Errorf("format version %d, this Caveat reads up to %d: %w", m.Version, SnapshotVersion, graphstore.ErrNewer)
	case m.Version < 1:
		return fmt.Errorf("%s says version %d: %w", manifestFile, m.Version, graphstore.ErrDamaged)
	}
	listed := map[string]bool{manifestFile: true}
	for _, f := range m.Files {
		if listed[f.Name] {
			return fmt.Errorf("%s lists %q twice: %w", manifestFile, f.Name, graphstore.ErrDamaged)
		}
		listed[f.Name] = true
		if entries[f.Name] == nil {
			return fmt.Errorf("%s is missing: %w", f.Name, graphstore.ErrDamaged)
		}
	}
	for _, name := range []string{caseFile, pngFile, svgFile, viewFile} {
		if !listed[name] {
			return fmt.Errorf("%s does not list %s: %w", manifestFile, name, graphstore.ErrDamaged)
		}
	}
	return nil
}

// checked unpacks a file and compares it with what the manifest says.
func checked(z *zip.File, f ManifestFile) ([]byte, error) {
	if f.Bytes < 0 || f.Bytes > maxFile {
		return nil, fmt.Errorf("%s of %d bytes is too large: %w", f.Name, f.Bytes, graphstore.ErrDamaged)
	}
	b, err := unpack(z, f.Bytes)
	if err != nil {
		return nil, err
	}
	if int64(len(b)) != f.Bytes {
		return nil, fmt.Errorf("%s has %d bytes instead of %d: %w", f.Name, len(b), f.Bytes, graphstore.ErrDamaged)
	}
	if got := sum(b); got != f.SHA256 {
		return nil, fmt.Errorf("%s is not what was written: its SHA-256 is %s, the manifest says %s: %w", f.Name, got, f.SHA256, graphstore.ErrDamaged)
	}
	return b, nil
}

// unpack reads an entry of at most limit bytes. What its header claims is not
// believed: reading stops where the bytes are too many for it.
func unpack(z *zip.File, limit int64) ([]byte, error) {
	if most := int64(min(z.CompressedSize64, maxFile))*maxRatio + freely; limit > most && z.UncompressedSize64 > uint64(most) {
		return nil, fmt.Errorf("%s would unpack to %d bytes from %d, which is no honest text: %w", z.Name, z.UncompressedSize64, z.CompressedSize64, graphstore.ErrDamaged)
	}
	r, err := z.Open()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be unpacked (%v): %w", z.Name, err, graphstore.ErrDamaged)
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, limit+1))
	if err = errors.Join(err, r.Close()); n > limit {
		return nil, fmt.Errorf("%s unpacks to more than %d bytes: %w", z.Name, limit, graphstore.ErrDamaged)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be unpacked (%v): %w", z.Name, err, graphstore.ErrDamaged)
	}
	return b.Bytes(), nil
}

// decode reads the records, which the bundle's reader checks one by one.
func (s *Snapshot) decode(ctx context.Context, files map[string][]byte) error {
	im, err := bundle.Read(ctx, bytes.NewReader(files[caseFile]), transfer.ReadOptions{})
	if err != nil {
		return fmt.Errorf("%s: %w", caseFile, err)
	}
	view, err := graphstore.DecodeRecord(bytes.TrimSpace(files[viewFile]))
	if err != nil {
		return fmt.Errorf("%s: %v: %w", viewFile, err, graphstore.ErrDamaged)
	}
	v, ok := view.(*graphstore.View)
	if !ok {
		return fmt.Errorf("%s holds a record of type %s: %w", viewFile, view.RecordType(), graphstore.ErrDamaged)
	}
	s.Header, s.Records, s.View, s.PNG, s.SVG = im.Header, im.Records, v, files[pngFile], files[svgFile]
	s.records = im
	if !slices.ContainsFunc(im.Records, func(r graphstore.Record) bool { return r.RecordID() == v.ID }) {
		more, err := bundle.Read(ctx, bytes.NewReader(files[viewFile]), transfer.ReadOptions{})
		if err != nil {
			return fmt.Errorf("%s: %w", viewFile, err)
		}
		s.records = transfer.Join(im, more)
	}
	return nil
}

// Import returns the case as an import, with the snapshot's view where the
// case has none of its id.
func (s *Snapshot) Import() *transfer.Import { return s.records }
