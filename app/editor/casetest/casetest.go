// Package casetest writes cases to disk for the tests of what opens them. It knows nothing of the editor, whose own tests use it.
package casetest

import (
	"path/filepath"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

// Write makes a case of the records that d adds, by the built-in schema, and returns its path in a folder of its own. Any failure ends
// the test.
func Write(t testing.TB, d *graphstore.Diff) string {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := graphstore.Builtin()
	check(err)
	g, err := graphstore.NewGraph(schema).Apply(d)
	check(err)
	path := filepath.Join(t.TempDir(), "made.caveat")
	s, err := cayleystore.Create(path, schema, g)
	check(err)
	check(s.Close())
	return path
}
