package document

import (
	"context"
	"sync"
	"sync/atomic"

	"caveat/graphstore"
)

// saver writes diffs in order. Its queue is guarded by mu; a goroutine runs
// only while there is something to write, and close waits for it.
type saver struct {
	store  graphstore.Store
	report func(result)
	left   *atomic.Int64 // edits not yet written, for any goroutine to read

	mu     sync.Mutex
	base   graphstore.Revision
	queue  []item
	busy   bool
	failed error // set until resume: nothing more is written on top of a failure
	idle   *sync.Cond
}

// item is one diff to write and the document once it is written.
type item struct {
	diff *graphstore.Diff
	checkpoint
}

// result tells the document of one write.
type result struct {
	checkpoint
	err error
}

func newSaver(s graphstore.Store, rev graphstore.Revision, left *atomic.Int64, report func(result)) *saver {
	if left == nil {
		left = new(atomic.Int64)
	}
	w := &saver{store: s, base: rev, left: left, report: report}
	w.idle = sync.NewCond(&w.mu)
	return w
}

// put queues an edit. After a failure it is dropped: the document is about
// to go back to what was saved before.
func (w *saver) put(i item) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed != nil {
		return
	}
	w.queue = append(w.queue, i)
	w.left.Add(1)
	if !w.busy {
		w.busy = true
		go w.run()
	}
}

func (w *saver) run() {
	for {
		w.mu.Lock()
		if len(w.queue) == 0 || w.failed != nil {
			w.busy = false
			w.idle.Broadcast()
			w.mu.Unlock()
			return
		}
		next, base := w.queue[0], w.base
		w.queue = w.queue[1:]
		w.mu.Unlock()

		rev, err := w.store.Apply(context.Background(), base, next.diff)

		w.mu.Lock()
		w.left.Add(-1)
		if err != nil {
			w.left.Add(-int64(len(w.queue)))
			w.failed, w.queue = err, nil
		} else {
			w.base = rev
		}
		w.mu.Unlock()
		w.report(result{next.checkpoint, err})
	}
}

// resume lets edits through again after the document went back.
func (w *saver) resume() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed = nil
}

// close waits for the queue to drain.
func (w *saver) close(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.idle.Broadcast()
	})
	defer stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.busy && ctx.Err() == nil {
		w.idle.Wait()
	}
	if w.busy {
		return ctx.Err()
	}
	return w.failed
}
