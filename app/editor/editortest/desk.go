// Package editortest sets up an editor for the tests of what shows it: the real one, with all that a window gives it.
package editortest

import (
	"testing"
	"time"

	"caveat/app/editor"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
)

// Desk is an editor in English that shows no movement. What is posted to its owner goroutine, that of the test, waits until
// Settle or Next runs it.
type Desk struct {
	*editor.Editor
	Faces *typeset.Faces

	t     testing.TB
	posts chan func()
}

// New returns a desk without a case in a folder of its own; now is its clock, nil the true one. Any failure ends the test.
func New(t testing.TB, now func() time.Time) *Desk {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := graphstore.Builtin()
	check(err)
	w, err := words.Load("en")
	check(err)
	faces, err := typeset.New()
	check(err)
	dir := t.TempDir()
	set, err := settings.Open(dir)
	check(err)
	check(set.Change(func(s *settings.Settings) { s.Still = true }))
	const most = 10_000 // posts that wait
	d := &Desk{Faces: faces, t: t, posts: make(chan func(), most)}
	d.Editor = editor.New(editor.Options{Now: now, Post: d.Post, Words: w, Settings: set, Faces: faces, Schema: schema, Dir: dir})
	return d
}

// Post keeps f for Settle; any goroutine calls it.
func (d *Desk) Post(f func()) { d.posts <- f }

// Next waits for what is posted next and runs it.
func (d *Desk) Next() { (<-d.posts)() }

// Settle runs what is posted until nothing is going on and shown, which may be nil, is true as well. It fails the test if that
// takes a minute.
func (d *Desk) Settle(shown func() bool) {
	d.t.Helper()
	deadline := time.After(time.Minute)
	for {
		for len(d.posts) > 0 {
			(<-d.posts)()
		}
		if d.Idle() && (shown == nil || shown()) {
			return
		}
		select {
		case f := <-d.posts:
			f()
		case <-deadline:
			d.t.Fatal("what is tested does not come to rest")
		}
	}
}
