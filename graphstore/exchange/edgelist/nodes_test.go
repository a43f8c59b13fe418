package edgelist

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNodesLieBesideTheirEdges finds the file by the name of the edge list, packed or not, and takes none for none.
func TestNodesLieBesideTheirEdges(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.tsv", "a.tsv.gz", "a.edges", "a.csv.gz"} {
		if n, err := OpenNodes(filepath.Join(dir, name)); n != nil || err != nil {
			t.Fatalf("%s without nodes: %v, %v", name, n, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a.nodes.tsv"), []byte("# id kind label\n0\tlemma\tentity\n1\tsynset\tentity.n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.tsv", "a.tsv.gz", "a.edges", "a.csv.gz"} {
		n, err := OpenNodes(filepath.Join(dir, name))
		if err != nil || len(n) != 2 || n["0"] != (Node{"lemma", "entity"}) || n["1"] != (Node{"synset", "entity.n"}) {
			t.Errorf("%s: %v, %v", name, n, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a.nodes.tsv"), []byte("0\tlemma\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenNodes(filepath.Join(dir, "a.tsv")); err == nil {
		t.Error("a line without a label was taken")
	}
}

func TestStemIsTheNameWithoutTheEndingsOfAList(t *testing.T) {
	for name, want := range map[string]string{"a.tsv": "a", "a.tsv.gz": "a", "a.b.edges": "a.b", "a.csv.gz": "a", "a": "a", "a.txt": "a.txt"} {
		if got := Stem(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
