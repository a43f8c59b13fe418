package report

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"caveat/app/scene"
	"caveat/graphstore"
)

func read(b []byte) (*Snapshot, error) {
	return ReadSnapshot(context.Background(), bytes.NewReader(b))
}

func TestSnapshotLeadsBackToTheCase(t *testing.T) {
	in := input(t, "en")
	s, err := read(export(t, in, FormatSnapshot))
	if err != nil {
		t.Fatal(err)
	}
	g := grown(t, s.Import())
	if v := g.View(in.View.ID); v == nil || v.Title != "How it stood" || v.TrueAt != in.View.TrueAt {
		t.Fatalf("the view came back as %+v", v)
	}
	d := &graphstore.Diff{}
	d.Add(g.View(in.View.ID), nil)
	if g, err = g.Apply(d); err != nil {
		t.Fatal(err)
	}
	if !g.Same(in.Graph) {
		t.Error("the case came back otherwise")
	}
	if s.Manifest.Title != in.Graph.Header().Title || s.Manifest.Exported != "2026-03-04" || len(s.PNG) == 0 || len(s.SVG) == 0 {
		t.Errorf("manifest %+v", s.Manifest)
	}
}

func TestSnapshotShowsTheSamePictureAgain(t *testing.T) {
	in := input(t, "en")
	s, err := read(export(t, in, FormatSnapshot))
	if err != nil {
		t.Fatal(err)
	}
	again := scene.FromGraph(grown(t, s.Import()), scene.Options{View: s.View, Lang: "en"})
	if again.Len() != in.Scene.Len() {
		t.Fatalf("%d nodes instead of %d", again.Len(), in.Scene.Len())
	}
	for i := range int32(again.Len()) {
		n, ok := in.Scene.Node(again.ID(i))
		if !ok || again.NodePoint(i) != in.Scene.NodePoint(n) {
			t.Fatalf("%s stands elsewhere", again.ID(i))
		}
	}
}

func TestAViewWithoutIDGetsOneFromItsContent(t *testing.T) {
	in := input(t, "en")
	in.View = nil
	a, err := read(export(t, in, FormatSnapshot))
	if err != nil {
		t.Fatal(err)
	}
	b, err := read(export(t, in, FormatSnapshot))
	if err != nil {
		t.Fatal(err)
	}
	if a.View.ID == "" || a.View.ID != b.View.ID || a.View.ID.Check() != nil {
		t.Errorf("ids %q and %q", a.View.ID, b.View.ID)
	}
}

// repack changes the files of an archive; nil removes one.
func repack(t *testing.T, b []byte, change map[string][]byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, content []byte) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		content, changed := change[f.Name]
		if changed && content == nil {
			continue
		}
		if !changed {
			content = contentOf(t, f)
		}
		put(f.Name, content)
		delete(change, f.Name)
	}
	for name, content := range change {
		if content != nil {
			put(name, content)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func contentOf(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fileOf(t *testing.T, b []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.Name == name {
			return contentOf(t, f)
		}
	}
	t.Fatalf("no %s", name)
	return nil
}

func TestSnapshotsThatAreNotWhatWasWrittenAreRefused(t *testing.T) {
	good := export(t, input(t, "en"), FormatSnapshot)
	manifest := string(fileOf(t, good, manifestFile))
	one := func(name string, content []byte) map[string][]byte { return map[string][]byte{name: content} }
	edit := func(old, new string) map[string][]byte {
		if !strings.Contains(manifest, old) {
			t.Fatalf("the manifest lacks %q:\n%s", old, manifest)
		}
		return one(manifestFile, []byte(strings.Replace(manifest, old, new, 1)))
	}
	data := fileOf(t, good, caseFile)
	forged := bytes.Replace(data, []byte("Hikvision"), []byte("Hikvisiom"), 1)
	for name, c := range map[string]struct {
		archive []byte
		err     error
		says    string
	}{
		"not a zip":      {[]byte("hello"), graphstore.ErrNotCase, "archive"},
		"empty":          {nil, graphstore.ErrNotCase, "archive"},
		"forged case":    {repack(t, good, one(caseFile, forged)), graphstore.ErrDamaged, caseFile},
		"forged picture": {repack(t, good, one(svgFile, bytes.Replace(fileOf(t, good, svgFile), []byte("#"), []byte("$"), 1))), graphstore.ErrDamaged, svgFile},
		"longer view":    {repack(t, good, one(viewFile, append(fileOf(t, good, viewFile), ' '))), graphstore.ErrDamaged, viewFile},
		"shorter view":   {repack(t, good, one(viewFile, []byte("{}"))), graphstore.ErrDamaged, viewFile},
		"missing":        {repack(t, good, one(pngFile, nil)), graphstore.ErrDamaged, pngFile},
		"no manifest":    {repack(t, good, one(manifestFile, nil)), graphstore.ErrNotCase, manifestFile},
		"bad manifest":   {repack(t, good, one(manifestFile, []byte("{"))), graphstore.ErrDamaged, manifestFile},
		"big manifest":   {repack(t, good, one(manifestFile, bytes.Repeat([]byte(" "), maxManifest+1))), graphstore.ErrDamaged, manifestFile},
		"newer":          {repack(t, good, edit(`"version": 1`, `"version": 2`)), graphstore.ErrNewer, "version 2"},
		"older":          {repack(t, good, edit(`"version": 1`, `"version": 0`)), graphstore.ErrDamaged, "version 0"},
		"other format":   {repack(t, good, edit(SnapshotFormat, "zipped-cat")), graphstore.ErrNotCase, "zipped-cat"},
		"twice listed":   {repack(t, good, edit(`"picture.png"`, `"case.jsonl"`)), graphstore.ErrDamaged, "twice"},
		"path upward":    {repack(t, good, one("../../etc/passwd", []byte("x"))), graphstore.ErrNotCase, "passwd"},
		"absolute path":  {repack(t, good, one("/case.jsonl", []byte("x"))), graphstore.ErrNotCase, "/case.jsonl"},
		"backslashes":    {repack(t, good, one(`..\case.jsonl`, []byte("x"))), graphstore.ErrNotCase, "case.jsonl"},
		"folder":         {repack(t, good, one("more/", []byte{})), graphstore.ErrNotCase, "more/"},
		"cut off":        {good[:len(good)/2], graphstore.ErrNotCase, "archive"},
	} {
		_, err := read(c.archive)
		if !errors.Is(err, c.err) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// archive packs entries one by one, names may repeat.
func archive(t *testing.T, put func(w *zip.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := errors.Join(put(w), w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestADoubleEntryAndALinkAreRefused(t *testing.T) {
	double := archive(t, func(w *zip.Writer) error {
		_, a := w.Create(caseFile)
		_, b := w.Create(caseFile)
		return errors.Join(a, b)
	})
	if _, err := read(double); !errors.Is(err, graphstore.ErrDamaged) {
		t.Errorf("double: %v", err)
	}
	link := archive(t, func(w *zip.Writer) error {
		h := &zip.FileHeader{Name: caseFile}
		h.SetMode(fs.ModeSymlink | 0o777)
		_, err := w.CreateHeader(h)
		return err
	})
	if _, err := read(link); !errors.Is(err, graphstore.ErrDamaged) {
		t.Errorf("link: %v", err)
	}
}

func TestAZipBombIsNotUnpacked(t *testing.T) {
	good := export(t, input(t, "en"), FormatSnapshot)
	manifest := fileOf(t, good, manifestFile)
	zeros := make([]byte, 64<<20)
	// Honest about its size: refused by the ratio before it is unpacked.
	m := strings.Replace(string(manifest), `"bytes": `, `"bytes": 67108864, "was": `, 1)
	bomb := repack(t, good, map[string][]byte{caseFile: zeros, manifestFile: []byte(m)})
	if _, err := read(bomb); !errors.Is(err, graphstore.ErrDamaged) || !strings.Contains(err.Error(), "honest") {
		t.Errorf("honest bomb: %v", err)
	}
	// The manifest names the small size: reading stops there.
	bomb = repack(t, good, map[string][]byte{caseFile: zeros})
	if _, err := read(bomb); !errors.Is(err, graphstore.ErrDamaged) {
		t.Errorf("bomb with a small manifest: %v", err)
	}
	// A header that claims less than there is.
	var packed bytes.Buffer
	lying := archive(t, func(w *zip.Writer) error {
		z := zip.NewWriter(&packed)
		f, err := z.Create("x")
		if err == nil {
			_, err = f.Write(zeros)
		}
		if err = errors.Join(err, z.Close()); err != nil {
			return err
		}
		r, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
		if err != nil {
			return err
		}
		raw, err := r.File[0].OpenRaw()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(raw)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: manifestFile, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(zeros[:9]), CompressedSize64: uint64(len(content)), UncompressedSize64: 9}
		out, err := w.CreateRaw(h)
		if err == nil {
			_, err = out.Write(content)
		}
		return err
	})
	if _, err := read(lying); !errors.Is(err, graphstore.ErrDamaged) {
		t.Errorf("lying bomb: %v", err)
	}
}

func TestDamagedBytesNeverPassUnnoticed(t *testing.T) {
	good := export(t, input(t, "en"), FormatSnapshot)
	want, err := read(good)
	if err != nil {
		t.Fatal(err)
	}
	const seed = 5
	r := rand.New(rand.NewPCG(seed, 1))
	for range 200 {
		bad := bytes.Clone(good)
		i := r.IntN(len(bad))
		bad[i] ^= byte(1 + r.IntN(255))
		s, err := read(bad)
		if err != nil {
			continue
		}
		// A byte of a time stamp or the like: the content must be whole.
		if !bytes.Equal(s.PNG, want.PNG) || !bytes.Equal(s.SVG, want.SVG) || !grown(t, s.Import()).Same(grown(t, want.Import())) {
			t.Fatalf("seed %d: byte %d changed the content unnoticed", seed, i)
		}
	}
}

func FuzzReadSnapshot(f *testing.F) {
	f.Add(export(f, input(f, "en"), FormatSnapshot))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(_ *testing.T, b []byte) {
		if s, err := read(b); err == nil {
			_ = s.Import()
		}
	})
}
