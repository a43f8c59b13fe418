// Package document is the open case: one pointer to the current graph, the
// stack of what can be undone, and the saver that writes every edit to the store.
//
// One goroutine, the owner, calls all methods of a Document; the saver works on its
// own and reports back through Post. An edit shows at once and is written in
// the background, in order. If writing fails, the document goes back to what is saved and says so: what
// is shown as saved is saved.
//
//	document.go  Document, Event, Edit, Undo, Redo
//	tx.go        Tx: collecting one edit
//	saver.go     the goroutine that writes
package document

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"caveat/graphstore"
)

// Event tells of one step of the graph. Diff is nil when the document went
// back to its last saved graph; Err then says why.
type Event struct {
	Before, After *graphstore.Graph
	Diff          *graphstore.Diff
	Err           error
}

// Options are what a document needs from outside.
type Options struct {
	Post func(func())     // runs a function on the owner goroutine, soon
	By   string           // who edits
	Now  func() time.Time // nil is time.Now
	// ReadOnly refuses edits.
	ReadOnly bool
	// Undo is the stack of an existing case, see LoadUndo.
	Undo graphstore.UndoStack
	// Unwritten counts the edits that are not on disk yet, for any goroutine to read; nil: nobody does.
	Unwritten *atomic.Int64
}

// SaveState says how much of the document is on disk.
type SaveState struct {
	Pending  int       // edits not yet written
	SavedAt  time.Time // of the last write in this session; zero: none
	ReadOnly bool
}

// Document is an open case. Its methods belong to the owner goroutine.
type Document struct {
	opts  Options
	graph *graphstore.Graph
	undo  graphstore.UndoStack
	saver *saver
	saved checkpoint
	state SaveState
	subs  []func(Event)
	batch *Tx // the running Edit, to refuse nested ones
}

// checkpoint is a state of the document that is on disk, or will be.
type checkpoint struct {
	graph *graphstore.Graph
	undo  graphstore.UndoStack
}

// ErrBusy is returned by Edit from within Edit.
var ErrBusy = errors.New("an edit is being made already")

// ErrNothing is returned by Undo and Redo when there is nothing to take back or repeat.
var ErrNothing = errors.New("nothing to undo or redo")

// New returns a document over g, which is what store holds at rev. A nil
// store keeps nothing: the document lives in memory only.
func New(g *graphstore.Graph, rev graphstore.Revision, store graphstore.Store, o Options) *Document {
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &Document{opts: o, graph: g, undo: o.Undo}
	d.saved = checkpoint{g, d.undo}
	d.state.ReadOnly = o.ReadOnly
	if store != nil {
		d.saver = newSaver(store, rev, o.Unwritten, func(r result) { o.Post(func() { d.written(r) }) })
	}
	return d
}

// LoadUndo rebuilds the undo stack of a case from its journal; a store
// without one gives an empty stack.
func LoadUndo(ctx context.Context, s graphstore.Store) (graphstore.UndoStack, error) {
	var stack graphstore.UndoStack
	h, ok := s.(graphstore.Historian)
	if !ok {
		return stack, nil
	}
	err := h.History(ctx, 0, func(e graphstore.Entry) bool {
		stack = stack.Push(e.Diff)
		return true
	})
	return stack, err
}

// Graph returns the current graph.
func (d *Document) Graph() *graphstore.Graph { return d.graph }

// State says how much is saved.
func (d *Document) State() SaveState { return d.state }

// Subscribe has f called after every step of the graph and every write. It
// is called on the owner goroutine; an Event whose Before equals its After tells of a write only.
func (d *Document) Subscribe(f func(Event)) { d.subs = append(d.subs, f) }

// SetBy says who edits from now on.
func (d *Document) SetBy(name string) { d.opts.By = name }

// Edit runs f on a transaction and applies what it collected as one step
// that can be undone. If f or Graph.Apply fails nothing has changed. An edit that changes nothing is no step.
func (d *Document) Edit(title string, f func(*Tx) error) error {
	if d.opts.ReadOnly {
		return graphstore.ErrReadOnly
	}
	if d.batch != nil {
		return ErrBusy
	}
	tx := newTx(d.graph, d.opts.By, d.stamp())
	d.batch = tx
	defer func() { d.batch = nil }()
	if err := f(tx); err != nil {
		return err
	}
	diff := tx.diff()
	if diff.Empty() {
		return nil
	}
	diff.Title, diff.Cause = title, graphstore.CauseEdit
	return d.apply(diff)
}

// Apply applies a ready diff, such as an import, as one step.
func (d *Document) Apply(diff *graphstore.Diff) error {
	if d.opts.ReadOnly {
		return graphstore.ErrReadOnly
	}
	if diff.Empty() {
		return nil
	}
	own := *diff
	own.Cause = graphstore.CauseEdit
	return d.apply(&own)
}

// UndoTitle returns what Undo would take back.
func (d *Document) UndoTitle() (string, bool) {
	diff, ok := d.undo.Undo()
	if !ok {
		return "", false
	}
	return diff.Title, true
}

// RedoTitle returns what Redo would repeat.
func (d *Document) RedoTitle() (string, bool) {
	diff, ok := d.undo.Redo()
	if !ok {
		return "", false
	}
	return diff.Title, true
}

// Undo takes the last edit back, also one of an earlier session.
func (d *Document) Undo() error { return d.step(d.undo.Undo()) }

// Redo repeats the last edit taken back.
func (d *Document) Redo() error { return d.step(d.undo.Redo()) }

func (d *Document) step(diff *graphstore.Diff, ok bool) error {
	switch {
	case d.opts.ReadOnly:
		return graphstore.ErrReadOnly
	case !ok:
		return ErrNothing
	}
	return d.apply(diff)
}

func (d *Document) apply(diff *graphstore.Diff) error {
	next, err := d.graph.Apply(diff)
	if err != nil {
		return err
	}
	diff.By, diff.At = d.opts.By, d.stamp()
	before := d.graph
	d.graph, d.undo = next, d.undo.Push(diff)
	if d.saver == nil {
		d.saved = checkpoint{d.graph, d.undo}
	} else {
		d.state.Pending++
		d.saver.put(item{diff, checkpoint{d.graph, d.undo}})
	}
	d.tell(Event{Before: before, After: next, Diff: diff})
	return nil
}

// written hears from the saver, on the owner goroutine.
func (d *Document) written(r result) {
	before := d.graph
	if r.err != nil {
		d.graph, d.undo = d.saved.graph, d.saved.undo
		d.state.Pending = 0
		d.saver.resume()
		d.tell(Event{Before: before, After: d.graph, Err: fmt.Errorf("the last edit could not be saved and was taken back: %w", r.err)})
		return
	}
	d.saved = r.checkpoint
	d.state.Pending = max(0, d.state.Pending-1)
	d.state.SavedAt = d.opts.Now()
	d.tell(Event{Before: before, After: before})
}

func (d *Document) tell(e Event) {
	for _, f := range d.subs {
		f(e)
	}
}

func (d *Document) stamp() string {
	return d.opts.Now().UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}

// Close waits until every edit is written or ctx ends, and returns the error of the first that
// was not. The store stays open: it belongs to whoever opened it.
func (d *Document) Close(ctx context.Context) error {
	if d.saver == nil {
		return nil
	}
	return d.saver.close(ctx)
}
