package document

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"sync"
	"testing"

	"caveat/graphstore"
)

// owner collects what is posted and runs it where the test says.
type owner struct {
	mu    sync.Mutex
	queue []func()
}

func (o *owner) post(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue = append(o.queue, f)
}

func (o *owner) run() {
	o.mu.Lock()
	fs := o.queue
	o.queue = nil
	o.mu.Unlock()
	for _, f := range fs {
		f()
	}
}

// disk is a Store over a plain graph whose writes can be made to fail.
type disk struct {
	mu   sync.Mutex
	g    *graphstore.Graph
	rev  graphstore.Revision
	fail error
	log  []graphstore.Entry
}

func (s *disk) Load(context.Context) (*graphstore.Graph, graphstore.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.g, s.rev, nil
}

func (s *disk) Apply(_ context.Context, base graphstore.Revision, d *graphstore.Diff) (graphstore.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.rev, s.fail
	}
	if base != s.rev {
		return s.rev, graphstore.ErrConflict
	}
	g, err := s.g.Apply(d)
	if err != nil {
		return s.rev, err
	}
	s.g, s.rev = g, s.rev+1
	s.log = append(s.log, graphstore.Entry{Revision: s.rev, Diff: d})
	return s.rev, nil
}

func (s *disk) History(_ context.Context, since graphstore.Revision, f func(graphstore.Entry) bool) error {
	for _, e := range s.log[since:] {
		if !f(e) {
			break
		}
	}
	return nil
}

func (s *disk) Close() error { return nil }

func (s *disk) setFail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
}

func start(t *testing.T) (*Document, *disk, *owner) {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s := &disk{g: graphstore.NewGraph(schema)}
	o := &owner{}
	return New(s.g, 0, s, Options{Post: o.post, By: "tester"}), s, o
}

func wait(t *testing.T, d *Document, o *owner) error {
	t.Helper()
	err := d.Close(t.Context())
	o.run()
	return err
}

func add(t *testing.T, d *Document, id graphstore.ID) {
	t.Helper()
	if err := d.Edit("add "+string(id), func(tx *Tx) error {
		tx.Put(&graphstore.Entity{ID: id, Kind: "vendor", Names: []graphstore.Name{{Text: string(id)}}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestUndoLeadsBackAndRedoForth(t *testing.T) {
	seed := int64(7)
	t.Log("seed", seed)
	rng := rand.New(rand.NewSource(seed))
	d, s, o := start(t)
	graphs := []*graphstore.Graph{d.Graph()}
	for i := range 200 {
		id := graphstore.ID(fmt.Sprintf("x:%d", i))
		if n := d.Graph().Count().Entities; n > 0 && rng.Intn(3) == 0 {
			for e := range d.Graph().Entities() {
				id = e.ID
				break
			}
			if err := d.Edit("remove", func(tx *Tx) error { return tx.Remove(id) }); err != nil {
				t.Fatal(err)
			}
		} else {
			add(t, d, id)
		}
		graphs = append(graphs, d.Graph())
	}
	for i := len(graphs) - 2; i >= 0; i-- {
		if err := d.Undo(); err != nil {
			t.Fatal(err)
		}
		if !d.Graph().Same(graphs[i]) {
			t.Fatalf("undo to step %d is not that step", i)
		}
	}
	if err := d.Undo(); !errors.Is(err, ErrNothing) {
		t.Errorf("undo of nothing: %v", err)
	}
	for i := 1; i < len(graphs); i++ {
		if err := d.Redo(); err != nil {
			t.Fatal(err)
		}
	}
	if !d.Graph().Same(graphs[len(graphs)-1]) {
		t.Error("redo does not lead forth")
	}
	if err := wait(t, d, o); err != nil {
		t.Fatal(err)
	}
	if !s.g.Same(d.Graph()) || d.State().Pending != 0 {
		t.Errorf("what is shown is not what is saved; %d pending", d.State().Pending)
	}
}

func TestUndoSurvivesRestart(t *testing.T) {
	d, s, o := start(t)
	add(t, d, "x:a")
	add(t, d, "x:b")
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if err := wait(t, d, o); err != nil {
		t.Fatal(err)
	}
	stack, err := LoadUndo(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	g, rev, _ := s.Load(t.Context())
	again := New(g, rev, s, Options{Post: o.post, Undo: stack})
	if title, ok := again.RedoTitle(); !ok || title != "add x:b" {
		t.Errorf("redo would be %q, %v", title, ok)
	}
	if err := again.Undo(); err != nil {
		t.Fatal(err)
	}
	if n := again.Graph().Count().Entities; n != 0 {
		t.Errorf("%d entities after undoing the earlier session", n)
	}
}

func TestFailedEditLeavesNoTrace(t *testing.T) {
	d, _, _ := start(t)
	before := d.Graph()
	boom := errors.New("boom")
	for name, f := range map[string]func(*Tx) error{
		"the closure fails": func(tx *Tx) error {
			tx.Put(&graphstore.Entity{Kind: "vendor"})
			return boom
		},
		"integrity fails": func(tx *Tx) error {
			tx.Put(&graphstore.Claim{Subject: "x:nobody", Predicate: "makes", Object: graphstore.Object{ID: "x:nothing"}})
			return nil
		},
		"nested": func(*Tx) error { return d.Edit("inner", func(*Tx) error { return nil }) },
	} {
		if err := d.Edit("bad", f); err == nil {
			t.Errorf("%s: no error", name)
		}
		if d.Graph() != before || d.State().Pending != 0 {
			t.Errorf("%s: left a trace", name)
		}
	}
}

func TestFullDiskTakesTheEditBack(t *testing.T) {
	d, s, o := start(t)
	add(t, d, "x:kept")
	if err := wait(t, d, o); err != nil {
		t.Fatal(err)
	}
	var told error
	d.Subscribe(func(e Event) {
		if e.Err != nil {
			told = e.Err
		}
	})
	s.setFail(graphstore.ErrFull)
	add(t, d, "x:lost1")
	add(t, d, "x:lost2")
	if err := d.Close(t.Context()); !errors.Is(err, graphstore.ErrFull) {
		t.Errorf("close says %v", err)
	}
	o.run()
	if !errors.Is(told, graphstore.ErrFull) {
		t.Errorf("the user is told %v", told)
	}
	if d.Graph().Entity("x:lost1") != nil || d.Graph().Entity("x:kept") == nil || d.State().Pending != 0 {
		t.Error("the document is not what is saved")
	}
	if title, _ := d.UndoTitle(); title != "add x:kept" {
		t.Errorf("undo would take back %q", title)
	}
	s.setFail(nil)
	add(t, d, "x:later")
	if err := wait(t, d, o); err != nil {
		t.Fatal(err)
	}
	if !s.g.Same(d.Graph()) {
		t.Error("edits after the failure are not saved")
	}
}

func TestRemoveWithTakesWhatCannotStand(t *testing.T) {
	d, _, _ := start(t)
	if err := d.Edit("fill", func(tx *Tx) error {
		tx.Put(&graphstore.Entity{ID: "x:a", Kind: "vendor"})
		tx.Put(&graphstore.Entity{ID: "x:b", Kind: "product"})
		tx.Put(&graphstore.Entity{ID: "x:c", Kind: "media"})
		tx.Put(&graphstore.Document{ID: "x:doc", URL: "https://example.org"})
		tx.Put(&graphstore.Claim{ID: "x:1", Subject: "x:a", Predicate: "makes", Object: graphstore.Object{ID: "x:b"}, Speaker: "x:a"})
		tx.Put(&graphstore.Claim{ID: "x:2", Subject: "x:c", Predicate: "disputes", Object: graphstore.Object{ID: "x:1"}})
		tx.Put(&graphstore.Claim{ID: "x:3", Subject: "x:c", Predicate: "uses", Object: graphstore.Object{ID: "x:b"}, ReportedBy: "x:doc",
			Evidence: []graphstore.Evidence{{Document: "x:doc"}}, Scope: graphstore.Scope{Product: []graphstore.ID{"x:b"}}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var gone []graphstore.ID
	if err := d.Edit("delete", func(tx *Tx) (err error) { gone, err = tx.RemoveWith("x:a"); return err }); err != nil {
		t.Fatal(err)
	}
	if len(gone) != 2 || d.Graph().Claim("x:3") == nil {
		t.Errorf("gone %v", gone)
	}
	if err := d.Edit("delete the source", func(tx *Tx) error { _, err := tx.RemoveWith("x:doc"); return err }); err != nil {
		t.Fatal(err)
	}
	if c := d.Graph().Claim("x:3"); c == nil || len(c.Evidence) != 0 || c.ReportedBy != "" {
		t.Errorf("claim %+v still names the document", c)
	}
}

func TestReadOnlyRefusesEverything(t *testing.T) {
	d, _, o := start(t)
	ro := New(d.Graph(), 0, nil, Options{Post: o.post, ReadOnly: true})
	for _, err := range []error{ro.Edit("x", func(*Tx) error { return nil }), ro.Undo(), ro.Redo(), ro.Apply(&graphstore.Diff{})} {
		if !errors.Is(err, graphstore.ErrReadOnly) {
			t.Errorf("got %v", err)
		}
	}
}
