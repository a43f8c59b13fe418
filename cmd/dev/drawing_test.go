package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"caveat/graphstore/exchange/edgelist"
)

// TestSyntheticDrawingIsTheSameForAll holds the picture that is compared with others: size, no loops, and short edges only.
func TestSyntheticDrawingIsTheSameForAll(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := syntheticEdges(w, 1000); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs differ")
	}
	l, err := edgelist.Read(&a)
	if err != nil || len(l.Edges) != 3000 || len(l.Names) < 990 {
		t.Fatalf("%d nodes, %d edges, %v", len(l.Names), len(l.Edges), err)
	}
	for _, e := range l.Edges {
		if e[0] == e[1] {
			t.Fatal("a loop")
		}
	}
}

// TestFrameLogIsReadFromWherePanningBegan holds which lines count.
func TestFrameLogIsReadFromWherePanningBegan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	log := `{"kind":"picture","t_ms":700,"wait_ms":90,"edges":0}
{"kind":"picture","t_ms":900,"wait_ms":95,"edges":3}
{"kind":"turn","t_ms":901,"ms":12}
{"kind":"frame","gap_ms":100}
{"kind":"input","input":"drag","shown_ms":20}
{"kind":"input","input":"move","shown_ms":90}
{"kind":"frame","gap_ms":20}
{"kind":"frame","gap_ms":30}
{"kind":"picture","t_ms":1900,"wait_ms":40,"edges":3}
{"kind":"picture","t_ms":1940,"wait_ms":40,"edges":3}
{"kind":"picture","t_ms":2900,"wait_ms":40,"edges":3}
{"kind":"rest","input":"drag","crisp_ms":11,"exact_ms":42}
{"kind":"rest","input":"up","crisp_ms":100,"exact_ms":100}
{"kind":"rest","input":"motion","crisp_ms":11,"exact_ms":42}
{"kind":"turn","t_ms":2901,"ms":9}
{"kind":"input","inp`
	if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := readFrames(path, 4)
	if err != nil || r.first != 900 || r.turn != 9 || len(r.input) != 1 || r.input[0] != 20 || rate(r.gaps) != 40 || rate(r.pictures) != 25 {
		t.Errorf("read %+v, %v", r, err)
	}
	if len(r.crisp) != 2 || r.crisp[0] != 11 || len(r.exact) != 2 || r.exact[0] != 42 || both(r.exact) != "42/42" || both(nil) != "-" {
		t.Errorf("rests are %v and %v", r.crisp, r.exact)
	}
	if r, err := readFrames(path, 6); err != nil || len(r.input) != 0 {
		t.Errorf("read %+v, %v from behind the drag", r, err)
	}
	if p := percentile([]float64{5, 1, 3, 2, 4}, 50); p != 3 {
		t.Errorf("the median is %v", p)
	}
}
