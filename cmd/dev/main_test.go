package main

import (
	"context"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestExitStatus(t *testing.T) {
	cases := []struct {
		args []string
		want int
		says string
	}{
		{nil, 2, "usage: "},
		{[]string{"dance"}, 2, `no verb "dance"`},
		{[]string{"test", "-slow"}, 2, "-slow"},
		{[]string{"test", "more"}, 2, `"more"`},
		{[]string{"bench", "everything"}, 2, `"everything"`},
		{[]string{"help"}, 0, "usage: "},
		{[]string{"--help"}, 0, "usage: "},
	}
	for _, c := range cases {
		var out strings.Builder
		got := dispatch(context.Background(), c.args, nil, &out, &out)
		if got != c.want || !strings.Contains(out.String(), c.says) {
			t.Errorf("dev %v: exit %d, want %d with %q:\n%s", c.args, got, c.want, c.says, out.String())
		}
	}
}

func TestHelpHasALineForEveryVerb(t *testing.T) {
	var out strings.Builder
	writeHelp(&out)
	for _, v := range verbs() {
		if !strings.Contains(out.String(), "  "+v.name+" ") || !strings.Contains(out.String(), v.about) {
			t.Errorf("help lacks %s", v.name)
		}
	}
}

func TestChangedEnvSetsAndRemoves(t *testing.T) {
	got := changedEnv([]string{"A=1", "B=2", "A=3", "C=4=5"}, "A=6", "B", "D=")
	want := []string{"C=4=5", "A=6", "D="}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("environment = %q, want %q", got, want)
	}
}

func TestShownIsShort(t *testing.T) {
	if got := shown("/usr/bin/go", []string{"vet", "./..."}); got != "go vet ./..." {
		t.Errorf("shown = %q", got)
	}
	if got := shown("go", []string{strings.Repeat("é", 200)}); len([]rune(got)) != 103 {
		t.Errorf("shown has %d characters", len([]rune(got)))
	}
}

func TestWithinKeepsOurPackages(t *testing.T) {
	got := within("caveat", "fmt\ncaveat/graphstore\ncaveatish/x\ncaveat\r\ngithub.com/caveat/y\ncaveat/cmd/caveatctl\n")
	want := []string{"caveat/graphstore", "caveat", "caveat/cmd/caveatctl"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("within = %q, want %q", got, want)
	}
}

func TestConcurrencyIsSeen(t *testing.T) {
	cases := map[string]bool{
		"package a":                                                   false,
		"package a\nimport \"sync/atomic\"":                           true,
		"package a\nimport s \"sync\"":                                true,
		"package a\nimport \"golang.org/x/sync/errgroup\"":            true,
		"package a\nimport \"synced\"":                                false,
		"package a\nfunc f() { go f() }":                              true,
		"package a\nfunc f() { func() { for { go func() {}() } }() }": true,
		"package a\n// go f()\nfunc f() { f() }":                      false,
	}
	for source, want := range cases {
		file, err := parser.ParseFile(token.NewFileSet(), "a.go", source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := holdsConcurrency(file); got != want {
			t.Errorf("holdsConcurrency = %v for\n%s", got, source)
		}
	}
}

func TestDrawnWithoutADisplay(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "road.tsv.gz")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if source, name, err := drawn(nil); source != "" || name != sampleName || err != nil {
		t.Errorf("no arguments: %q, %q, %v", source, name, err)
	}
	if source, name, err := drawn([]string{file}); source != file || name != "road" || err != nil {
		t.Errorf("a file: %q, %q, %v", source, name, err)
	}
	for _, args := range [][]string{{"--sample"}, {file, file}, {filepath.Join(dir, "none.caveat")}} {
		if _, _, err := drawn(args); err == nil {
			t.Errorf("%v was accepted", args)
		}
	}
}

// TestNothingToFetch keeps the tool buildable on a machine that has nothing
// but Go: no module to download and no cgo.
func TestNothingToFetch(t *testing.T) {
	here := &tool{environ: os.Environ(), root: "."}
	listed, err := here.with("CGO_ENABLED=0").output(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"caveat/app/geom", "caveat/app/layout/quality", "caveat/app/settings", "caveat/cmd/dev", "caveat/graphstore/exchange/edgelist"}
	got := strings.Fields(listed)
	slices.Sort(got)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("built from %v beside the standard library, want %v", got, want)
	}
}
