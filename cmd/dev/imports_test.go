package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// listed returns every package below the module with what it imports.
func listed(t *testing.T, env ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,Deps", "-tags", fyneTag, "caveat/...")
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); err == io.EOF {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func below(path string, folders ...string) bool {
	for _, f := range folders {
		if path == f || strings.HasPrefix(path, f+"/") {
			return true
		}
	}
	return false
}

// TestImports holds the packages to the map of graphstore/doc.go and
// app/doc.go: dependencies run downward only, and each heavy library has one importer.
func TestImports(t *testing.T) {
	only := []struct {
		library string
		users   []string
	}{
		{"fyne.io", []string{"caveat/app/ui", "caveat/cmd/caveat"}},
		{"github.com/cayleygraph", []string{"caveat/graphstore/cayleystore"}},
		{"github.com/dominikbraun/graph", []string{"caveat/graphstore/algo"}},
	}
	down := []struct {
		from  string
		never []string
	}{
		{"caveat/graphstore", []string{"caveat/app", "caveat/cmd"}},
		{"caveat/assets", []string{"caveat/app", "caveat/cmd", "caveat/graphstore"}},
		{"caveat/app/geom", []string{"caveat/app", "caveat/graphstore", "caveat/assets"}},
		{"caveat/app/layout", []string{"caveat/app/scene", "caveat/app/render", "caveat/app/document", "caveat/app/editor", "caveat/app/ui", "caveat/graphstore", "caveat/assets"}},
		{"caveat/app/bundling", []string{"caveat/app/layout", "caveat/app/scene", "caveat/app/render", "caveat/app/document", "caveat/app/editor", "caveat/app/ui", "caveat/graphstore", "caveat/assets"}},
		{"caveat/app/scene", []string{"caveat/app/layout", "caveat/app/render", "caveat/app/document", "caveat/app/editor", "caveat/app/ui"}},
		{"caveat/app/plan", []string{"caveat/app/render", "caveat/app/report", "caveat/app/document", "caveat/app/editor", "caveat/app/ui"}},
		{"caveat/app/render", []string{"caveat/app/document", "caveat/app/editor", "caveat/app/ui"}},
		{"caveat/app/document", []string{"caveat/app/scene", "caveat/app/render", "caveat/app/editor", "caveat/app/ui"}},
		{"caveat/app/editor", []string{"caveat/app/ui"}},
		{"caveat/cmd/caveatctl", []string{"caveat/app/ui", "caveat/app/editor"}},
	}
	pkgs := listed(t, "CGO_ENABLED=1")
	if len(pkgs) < 10 {
		t.Fatalf("go list names only %d packages", len(pkgs))
	}
	for _, p := range pkgs {
		for _, o := range only {
			for _, imp := range p.Imports {
				if below(imp, o.library) && !below(p.ImportPath, o.users...) {
					t.Errorf("%s imports %s, which only %v may", p.ImportPath, imp, o.users)
				}
			}
		}
		for _, d := range down {
			if !below(p.ImportPath, d.from) {
				continue
			}
			for _, imp := range p.Imports {
				if below(imp, d.never...) && !below(imp, p.ImportPath, d.from) {
					t.Errorf("%s imports %s, which lies above it", p.ImportPath, imp)
				}
			}
		}
		if p.ImportPath == "caveat/cmd/caveatctl" {
			for _, dep := range p.Deps {
				if below(dep, "fyne.io") {
					t.Errorf("%s reaches %s", p.ImportPath, dep)
				}
			}
		}
	}
}
