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

// TestAPostInATurnWaitsForTheNext holds what keeps a turn short, and the order.
func TestAPostInATurnWaitsForTheNext(t *testing.T) {
	test.NewTempApp(t)
	p := Poster{running: true, due: true} // as while Fyne has been asked and has not come
	got := ""
	p.Post(func() {
		got += "a"
		p.due = true
		p.Post(func() { got += "c" })
	})
	p.Post(func() { got += "b" })
	if p.run(); got != "ab" {
		t.Fatalf("one turn ran %q", got)
	}
	if p.run(); got != "abc" {
		t.Fatalf("two turns ran %q", got)
	}
}
