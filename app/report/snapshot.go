package report

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"errors"

	"caveat/app/render"
	"caveat/graphstore"
)

// The files of a snapshot.
const (
	caseFile     = "case.jsonl"
	manifestFile = "manifest.json"
	pngFile      = "picture.png"
	svgFile      = "picture.svg"
	viewFile     = "view.json"
)

// SnapshotFormat and SnapshotVersion are what the manifest of a snapshot says.
const (
	SnapshotFormat  = "caveat-snapshot"
	SnapshotVersion = 1
)

// Manifest says what a snapshot holds. Its own file is not listed in it.
type Manifest struct {
	Exported string         `json:"exported"` // day, 2006-01-02
	Files    []ManifestFile `json:"files"`    // by name
	Format   string         `json:"format"`   // SnapshotFormat
	Title    string         `json:"title"`
	Version  int            `json:"version"`
}

// ManifestFile is one file of a snapshot: its size in bytes and the SHA-256
// of its content in lower-case hex.
type ManifestFile struct {
	Bytes  int64  `json:"bytes"`
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// errNoCase says why a drawing has no snapshot.
var errNoCase = errors.New("a drawing has no records to put into a snapshot; save it as a case first")

// writeSnapshot writes the whole archive. Data is the canonical bundle of the case.
func writeSnapshot(ctx context.Context, w io.Writer, in *Input, data []byte) error {
	if in.Graph == nil {
		return errNoCase
	}
	view, err := graphstore.EncodeRecord(in.snapshotView(data))
	if err != nil {
		return fmt.Errorf("writing the view of a snapshot: %w", err)
	}
	fr, err := in.sheet(ctx, data)
	if err != nil {
		return err
	}
	var pic, vec bytes.Buffer
	if err := render.PNG(ctx, &pic, fr, in.Faces, 0); err != nil {
		return err
	}
	note, err := render.SVG(&vec, fr, in.Faces, in.Title)
	if err != nil {
		return err
	}
	if note != (render.Note{}) && in.Told != nil {
		in.Told(note)
	}
	files := map[string][]byte{caseFile: data, viewFile: append(view, '\n'), pngFile: pic.Bytes(), svgFile: vec.Bytes()}
	m := Manifest{Exported: in.day().Value, Format: SnapshotFormat, Title: in.Title, Version: SnapshotVersion}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		m.Files = append(m.Files, ManifestFile{int64(len(files[name])), name, sum(files[name])})
	}
	if files[manifestFile], err = encodeManifest(&m); err != nil {
		return err
	}
	return pack(w, files)
}

func encodeManifest(m *Manifest) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("writing the manifest: %w", err)
	}
	return b.Bytes(), nil
}

// pack writes the files in the order of their names with one fixed time, so
// that equal files give equal archives. Pictures are stored as they are: they are compressed already.
func pack(w io.Writer, files map[string][]byte) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		if name == pngFile {
			h.Method = zip.Store
		}
		f, err := z.CreateHeader(h)
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			return fmt.Errorf("writing %s of a snapshot: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("writing a snapshot: %w", err)
	}
	return nil
}

// snapshotView returns a copy of the view with the place of every node shown,
// so that who opens the snapshot sees the same picture. A view that was never saved gets
// an id that follows from its content.
func (in *Input) snapshotView(data []byte) *graphstore.View {
	v := new(graphstore.View)
	if in.View != nil {
		*v = *in.View
	}
	if v.Title == "" {
		v.Title = in.Title
	}
	v.Places = map[graphstore.ID]graphstore.Place{}
	if in.View != nil {
		maps.Copy(v.Places, in.View.Places)
	}
	for i := range int32(in.Scene.Len()) {
		id, p := in.Scene.ID(i), in.Scene.NodePoint(i)
		if p.Finite() {
			v.Places[id] = graphstore.Place{Pin: v.Places[id].Pin, X: p.X, Y: p.Y}
		}
	}
	if v.ID == "" {
		line, err := graphstore.EncodeRecord(v)
		if err != nil { // it will be met again where the view is written
			line = nil
		}
		v.ID = graphstore.ID(graphstore.IDPrefix + "v:" + sum(append(line, data...))[:26])
	}
	return v
}
