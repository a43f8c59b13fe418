package cayleystore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

// smallCase returns the bytes of a case file of a few records and edits.
func smallCase(t testing.TB) []byte {
	t.Helper()
	path := casePath(t)
	g, m := storetest.NewRandom(4, storetest.Schema()).Case(4)
	s := mustCreate(t, path, g)
	r := storetest.NewRandom(5, storetest.Schema())
	r.Skip(1000)
	var rev graphstore.Revision
	for rev < 3 {
		if next, err := s.Apply(t.Context(), rev, r.Edit(m)); err == nil {
			rev = next
			g, _, _ = s.Load(t.Context())
			m = storetest.ModelOf(g)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// FuzzDamage changes a stretch of a case file. Reading it through and
// salvaging it never panic, and what passes opens as the case it was.
func FuzzDamage(f *testing.F) {
	whole := smallCase(f)
	f.Add(uint32(20), []byte{1}, uint32(0))
	f.Add(uint32(4096+16), []byte("\xff\xff\xff\xff\xff\xff\xff\xff"), uint32(0))
	f.Add(uint32(8192+8), []byte{0x10, 0, 0xff, 0xff}, uint32(0))
	f.Add(uint32(0), []byte{}, uint32(5000))
	for at := uint32(0); at < uint32(len(whole)); at += 4096 {
		f.Add(at+10, []byte{0xff, 0xff}, uint32(0))
		f.Add(at+12, []byte{1}, uint32(0))
		f.Add(at+16, []byte{0, 0, 0, 0, 0, 0xff}, uint32(0))
	}
	f.Fuzz(func(t *testing.T, at uint32, put []byte, cut uint32) {
		b := bytes.Clone(whole)
		copy(b[int(at)%len(b):], put)
		b = b[:len(b)-int(cut)%len(b)]
		_, err := verifyPages(bytes.NewReader(b), int64(len(b)))
		if _, errS := salvageFile(t.Context(), bytes.NewReader(b), int64(len(b))); errS != nil && err == nil {
			t.Fatalf("reads through, and cannot be salvaged: %v", errS)
		}
		if err != nil {
			if !errors.Is(err, graphstore.ErrDamaged) && !errors.Is(err, graphstore.ErrNotCase) && !errors.Is(err, graphstore.ErrNewer) {
				t.Fatal(err)
			}
			return
		}
		path := filepath.Join(t.TempDir(), "fuzz.caveat")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, storetest.Schema(), Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, rev, err := s.Load(t.Context()); err != nil || rev != 3 {
			t.Fatalf("reads through, and loads at revision %d: %v", rev, err)
		}
	})
}
