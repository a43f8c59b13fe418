package exchange

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFormatOfAFile(t *testing.T) {
	dir := t.TempDir()
	record := `{"type":"entity","id":"urn:e:a","kind":"vendor"}` + "\n"
	for _, c := range []struct{ name, text, format, want string }{
		{"a.jsonl", record, "", ""},
		{"a.txt", record, "", ""}, // by content
		{"a.nq", record, "", ""},  // content before name
		{"b.nq", "<urn:a> <urn:b> <urn:c> .\n", "", ""},
		{"c.nq", "# nothing\n", "", ""}, // by name
		{"a.bin", "\x89PNG", "", "a PNG picture"},
		{"a.jsonl", record, "nq", "this is no N-Quads file; it looks like a Caveat bundle"},
		{"empty.txt", "", "", "the file is empty"},
	} {
		path := filepath.Join(dir, c.name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, _ := ByName(c.format)
		_, err := ReadFile(context.Background(), path, f, ReadOptions{})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name)):
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := ReadFile(context.Background(), filepath.Join(dir, "none"), Format{}, ReadOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	path := filepath.Join(dir, "bad.jsonl")
	if err := os.WriteFile(path, []byte(record+"x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var le *LineError
	if _, err := ReadFile(context.Background(), path, Format{}, ReadOptions{}); !errors.As(err, &le) || le.Line != 2 || le.File != path {
		t.Errorf("%v", err)
	}
}

func TestEveryFormatIsFoundByItsNames(t *testing.T) {
	for _, f := range Formats() {
		for _, name := range append([]string{f.Name, strings.ToUpper(f.Name)}, f.Extensions...) {
			if got, ok := ByName(strings.TrimPrefix(name, ".")); !ok || got.Name != f.Name {
				t.Errorf("%s is not %s", name, f.Name)
			}
		}
		if got, ok := ByExtension("dir.d/X" + strings.ToUpper(f.Extensions[0])); !ok || got.Name != f.Name {
			t.Errorf("%s does not end in %s", f.Name, f.Extensions[0])
		}
	}
}
