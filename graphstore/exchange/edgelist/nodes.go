package edgelist

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Node is what a file of nodes says about one of them.
type Node struct{ Kind, Label string }

// NodesName returns how the file of nodes beside an edge list is called, unless it is packed.
func NodesName(edges string) string { return Stem(edges) + ".nodes.tsv" }

// Stem returns the name of an edge list without the endings of one.
func Stem(edges string) string {
	base := strings.TrimSuffix(edges, ".gz")
	for _, end := range endings {
		if stem, found := strings.CutSuffix(base, end); found {
			return stem
		}
	}
	return base
}

// endings are how names of edge lists end, with or without .gz after it.
var endings = [...]string{".tsv", ".edges", ".csv"}

// HasName reports whether a file is an edge list by its name.
func HasName(path string) bool {
	base := strings.TrimSuffix(strings.ToLower(path), ".gz")
	return slices.ContainsFunc(endings[:], func(end string) bool { return strings.HasSuffix(base, end) })
}

// OpenNodes reads the file of nodes that lies beside an edge list: NAME.nodes.tsv.gz or NAME.nodes.tsv
// beside NAME.tsv or NAME.tsv.gz. Without one it returns nil and no error.
func OpenNodes(edges string) (map[string]Node, error) {
	name := NodesName(edges)
	for _, path := range []string{name + ".gz", name} {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		defer f.Close() //nolint:errcheck // only read
		nodes, err := ReadNodes(f)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		return nodes, nil
	}
	return nil, nil
}

// ReadNodes reads "id<TAB>kind<TAB>label" lines, by id; gzip is recognised by its first bytes.
func ReadNodes(r io.Reader) (map[string]Node, error) {
	in, err := plain(r)
	if err != nil {
		return nil, err
	}
	nodes, kinds := map[string]Node{}, map[string]string{}
	err = lines(in, func(line []byte) error {
		id, rest, found := bytes.Cut(line, []byte{'\t'})
		kind, label, both := bytes.Cut(rest, []byte{'\t'})
		if !found || !both {
			return errors.New("is not id<TAB>kind<TAB>label")
		}
		if _, seen := kinds[string(kind)]; !seen {
			kinds[string(kind)] = string(kind)
		}
		nodes[string(id)] = Node{kinds[string(kind)], strings.ToValidUTF8(string(label), "\uFFFD")}
		return nil
	})
	return nodes, err
}
