package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// TestPostsWaitForTheStartAndEndWithTheStop holds the two ends of the one way back.
func TestPostsWaitForTheStartAndEndWithTheStop(t *testing.T) {
	test.NewTempApp(t)
	var p Poster
	got := ""
	p.Post(func() { got += "a" })
	p.Post(func() { got += "b" })
	if got != "" {
		t.Fatalf("ran %q before the start", got)
	}
	p.Start()
	if got != "ab" {
		t.Fatalf("ran %q at the start", got)
	}
	p.Stop()
	p.Post(func() { got += "c" })
	if got != "ab" {
		t.Fatalf("ran %q after the stop", got)
	}
}
