package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// browserLibraries are what the drawing table is held against when asked for: what the browser
// itself draws with, and libraries for graphs. They are the names that the script of -browsers takes.
func browserLibraries() []string { return []string{"canvas2d", "vis", "cytoscape", "sigma"} }

// browserSizes are those of the drawing table that a browser can do at all, or those of them that only names.
func browserSizes(only []string) []int {
	var sizes []int
	for _, g := range drawGoals() {
		if g.nodes <= 100_000 && (len(only) == 0 || slices.Contains(only, strconv.Itoa(g.nodes))) {
			sizes = append(sizes, g.nodes)
		}
	}
	return sizes
}

// browserModules are the npm packages that the script bundles, each of one version.
func browserModules() []string {
	return []string{"esbuild@0.28.2", "vis-network@10.1.5", "vis-data@8.0.6", "cytoscape@3.34.4", "sigma@3.0.3", "graphology@0.26.0"}
}

// browserResult is the line that the script prints for one library and size.
type browserResult struct {
	Error string
	P50   float64 `json:"p50_ms"`
	P95   float64 `json:"p95_ms"`
	Mean  float64 `json:"mean_ms"`
	First float64 `json:"load_to_first_ms"`
}

// browserTable prints what libraries of a browser need to draw and pan the same picture, with a script for
// Node that opens a headless Chromium: SCRIPT LIBRARY NODES prints one browserResult; NPM names the folder of its modules.
func (t *tool) browserTable(ctx context.Context, script string, sizes []int) error {
	for _, p := range []string{"node", "npm", "chromium"} {
		if !found(p) {
			fmt.Fprintf(t.out, "\nNo rows of browsers: %s is not installed (Debian packages nodejs, npm, chromium).\n", p)
			return nil
		}
	}
	if _, err := os.Stat(script); err != nil {
		return fmt.Errorf("rows of browsers: %w", err)
	}
	script, err := filepath.Abs(script)
	if err != nil {
		return err
	}
	modules, err := t.dist("browsers")
	if err != nil {
		return err
	}
	if err := t.start(ctx, "npm", append([]string{"install", "--silent", "--no-save", "--prefix", modules}, browserModules()...)...); err != nil {
		return err
	}
	fmt.Fprint(t.out, "\nThe same picture in headless Chromium, panned by the page itself, no labels, software drawing. Milliseconds; first: from the script's start, without the browser's own.\n\n"+
		"| library | nodes | first | frame p50 | p95 | frames/s |\n|---|---|---|---|---|---|\n")
	inside := t.with("NPM=" + modules)
	for _, library := range browserLibraries() {
		for _, n := range sizes {
			said, err := inside.browser(ctx, script, library, n)
			if err != nil {
				return err
			}
			fmt.Fprintln(t.out, browserRow(library, n, said))
		}
	}
	return nil
}

// browser runs the script for one library and size.
func (t *tool) browser(ctx context.Context, script, library string, nodes int) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	return t.output(ctx, "node", script, library, strconv.Itoa(nodes))
}

// browserRow makes a row of what the script said: its last line that is a result.
func browserRow(library string, nodes int, said string) string {
	r, err := readBrowser(said)
	if err == nil && r.Error != "" {
		err = errors.New(r.Error)
	}
	if err != nil {
		return fmt.Sprintf("| %s | %d | %v | | | |", library, nodes, err)
	}
	return fmt.Sprintf("| %s | %d | %.0f | %.0f | %.0f | %.1f |", library, nodes, r.First, r.P50, r.P95, 1000/r.Mean)
}

func readBrowser(said string) (browserResult, error) {
	var last browserResult
	err := errors.New("no result")
	lines := bufio.NewScanner(strings.NewReader(said))
	for lines.Scan() {
		var r browserResult
		if json.Unmarshal(lines.Bytes(), &r) == nil && (r.Error != "" || r.Mean > 0) {
			last, err = r, nil
		}
	}
	return last, err
}
