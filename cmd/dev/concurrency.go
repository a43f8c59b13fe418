package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
)

// driver is the package through which Fyne reaches the screen. What links it
// takes minutes of cgo to build for the race detector and then tests, in short
// mode, nothing that the packages below it do not test too.
const driver = "fyne.io/fyne/v2/internal/driver/glfw"

// listFormat makes go list print what concurrent reads: path, folder, whether
// the driver is linked, files, test files.
const listFormat = "{{.ImportPath}}\t{{.Dir}}\t{{range .Deps}}{{if eq . \"" + driver + "\"}}driver{{end}}{{end}}\t{{join .GoFiles \",\"}}\t{{join .TestGoFiles \",\"}}\t{{join .XTestGoFiles \",\"}}"

// concurrent returns the import paths of the packages with tests that start
// goroutines or use the sync packages, in code or in tests, and do without the
// driver: those that the race detector can say something about.
func (t *tool) concurrent(ctx context.Context) ([]string, error) {
	list, err := t.output(ctx, "go", "list", "-tags", fyneTag, "-f", listFormat, "./...")
	if err != nil {
		return nil, err
	}
	var paths []string
	for line := range strings.Lines(list) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 6 || f[2] != "" || f[4] == "" && f[5] == "" {
			continue
		}
		holds, err := anyConcurrent(f[1], strings.Split(strings.Join(f[3:], ","), ","))
		if err != nil {
			return nil, err
		}
		if holds {
			paths = append(paths, f[0])
		}
	}
	return paths, nil
}

// anyConcurrent tells whether one of the files in dir holds concurrency.
func anyConcurrent(dir string, files []string) (bool, error) {
	for _, name := range files {
		if name == "" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return false, fmt.Errorf("look for concurrency: %w", err)
		}
		if holdsConcurrency(file) {
			return true, nil
		}
	}
	return false, nil
}

// holdsConcurrency tells whether a file starts goroutines or imports a package
// that only matters between them.
func holdsConcurrency(file *ast.File) bool {
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && (path == "sync" || path == "sync/atomic" || strings.HasPrefix(path, "golang.org/x/sync/")) {
			return true
		}
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if _, ok := n.(*ast.GoStmt); ok {
			found = true
		}
		return !found
	})
	return found
}
