package cayleystore

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"testing"

	"caveat/graphstore"
)

// TestVersion1Opens opens a case file as the first Caveat wrote it, with its
// records beside it as JSON lines, and goes on with it.
func TestVersion1Opens(t *testing.T) {
	packed, err := os.Open("testdata/version1.caveat.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := casePath(t)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/version1.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, path)
	g, rev, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if have := jsonLines(t, g); !bytes.Equal(have, want) {
		t.Errorf("it holds\n%s\nwant\n%s", have, want)
	}
	n := 0
	if err := s.History(t.Context(), 0, func(graphstore.Entry) bool { n++; return true }); err != nil || n != int(rev) || n != 6 {
		t.Errorf("%d entries at revision %d: %v", n, rev, err)
	}
	d := &graphstore.Diff{}
	d.Add(nil, note("urn:one:more", "v"))
	if _, err := s.Apply(t.Context(), rev, d); err != nil {
		t.Fatal(err)
	}
	checkSound(t, s, path)
}

func jsonLines(t testing.TB, g *graphstore.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	head, err := g.Header().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	b.Write(append(head, '\n'))
	for r := range g.Records() {
		line, err := graphstore.EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}
