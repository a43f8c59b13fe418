package rdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"caveat/graphstore/exchange/transfer"
	"caveat/graphstore/quads"
)

// suite returns the folder of the W3C tests, or skips.
func suite(t *testing.T) string {
	t.Helper()
	root := os.Getenv("CAVEAT_TESTDATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "input")
	}
	dir := filepath.Join(root, "rdf")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CAVEAT_TESTDATA_REQUIRED") == "1" {
			t.Fatalf("the W3C tests are required: %v", err)
		}
		t.Skipf("the W3C tests are not here: %v", err)
	}
	return dir
}

// entry is one test of a manifest.
type entry struct{ name, kind, action, result string }

// manifest reads what a W3C manifest says of its tests. The manifests are
// Turtle in one fixed layout, so three patterns do.
func manifest(t *testing.T, path string) []entry {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	subject := regexp.MustCompile(`(?m)^(\S+)\s+(?:rdf:type|a)\s+rdft:(\w+)`)
	file := func(property, body string) string {
		m := regexp.MustCompile(property + `\s+<([^>]+)>`).FindStringSubmatch(body)
		if m == nil {
			return ""
		}
		return filepath.Join(filepath.Dir(path), m[1])
	}
	var out []entry
	at := subject.FindAllSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		name := string(text[m[2]:m[3]])
		if strings.HasPrefix(name, "#") && !strings.HasPrefix(name, "<#") { // commented out in the suite
			continue
		}
		body := string(text[m[1]:end])
		out = append(out, entry{name, string(text[m[4]:m[5]]), file("mf:action", body), file("mf:result", body)})
	}
	if len(out) == 0 {
		t.Fatalf("%s lists no tests", path)
	}
	return out
}

// tag is a language tag; RDF 1.1 compares them without regard to case.
var tag = regexp.MustCompile(`"@[A-Za-z0-9-]+`)

// meaning returns the distinct quads of a file in canonical form, sorted.
func meaning(t *testing.T, path string) ([]string, error) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	im, err := Read(context.Background(), bytes.NewReader(text), transfer.ReadOptions{})
	if err != nil {
		return nil, err
	}
	g, _, err := onto(t, im)
	if err != nil {
		return nil, err
	}
	var lines []string
	for l := range strings.Lines(write(t, g)) {
		lines = append(lines, tag.ReplaceAllStringFunc(l, strings.ToLower))
	}
	slices.Sort(lines)
	return lines, nil
}

// beyond reports whether the file uses what only RDF 1.2 has.
func beyond(t *testing.T, path string) bool {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(text, []byte("<<(")) || bytes.Contains(text, []byte("--ltr")) || bytes.Contains(text, []byte("--rtl")) || bytes.Contains(text, []byte("VERSION"))
}

func TestW3CSuite(t *testing.T) {
	dir := suite(t)
	counts := map[string]int{}
	for _, m := range []string{
		"rdf11/rdf-n-quads", "rdf11/rdf-n-triples", "rdf12/rdf-n-quads/syntax", "rdf12/rdf-n-triples/syntax", "rdf12/rdf-n-quads/c14n", "rdf12/rdf-n-triples/c14n",
	} {
		for _, e := range manifest(t, filepath.Join(dir, filepath.FromSlash(m), "manifest.ttl")) {
			got, err := meaning(t, e.action)
			switch {
			case strings.HasSuffix(e.kind, "NegativeSyntax"):
				counts["refused"]++
				var le *transfer.LineError
				if err == nil || !errors.As(err, &le) && !strings.Contains(err.Error(), "this is no N-Quads") {
					t.Errorf("%s %s is read, or refused without its line: %v", m, e.name, err)
				}
			case beyond(t, e.action):
				counts["RDF 1.2, refused by name"]++
				if err == nil || !strings.Contains(err.Error(), "of RDF 1.2, which Caveat does not keep") {
					t.Errorf("%s %s: %v", m, e.name, err)
				}
			case strings.HasSuffix(e.kind, "PositiveSyntax"):
				counts["read"]++
				if err != nil {
					t.Errorf("%s %s: %v", m, e.name, err)
				}
			case strings.HasSuffix(e.kind, "PositiveC14N"):
				counts["read as canonical"]++
				want, errWant := meaning(t, e.result)
				if err != nil || errWant != nil || !slices.Equal(got, want) {
					t.Errorf("%s %s: %v %v\n%s\n%s", m, e.name, err, errWant, got, want)
				}
			default:
				t.Errorf("%s %s: unknown kind %s", m, e.name, e.kind)
			}
		}
	}
	t.Log(counts)
	if counts["refused"] < 60 || counts["read"] < 80 || counts["read as canonical"] < 40 {
		t.Errorf("fewer tests than the suite has: %v", counts)
	}
}

func TestOneLineParserAgreesWithItsOwnOutput(t *testing.T) {
	dir := suite(t)
	n := 0
	for _, m := range []string{"rdf11/rdf-n-quads", "rdf11/rdf-n-triples"} {
		for _, e := range manifest(t, filepath.Join(dir, filepath.FromSlash(m), "manifest.ttl")) {
			text, err := os.ReadFile(e.action)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(text)) {
				q, ok, err := quads.Parse(line)
				if err != nil || !ok {
					continue
				}
				again, _, err := quads.Parse(q.String())
				if n++; err != nil || again != q {
					t.Errorf("%s: %s is read back as %s (%v)", e.name, q, again, err)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d statements", n)
	}
}
