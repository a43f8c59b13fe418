package editor

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Job is background work as the status bar shows it.
type Job struct {
	Kind  string
	Title string
	Done  float64 // 0 … 1, or negative when unknown
	Since time.Time
}

// jobTable holds the running jobs, one of a kind.
type jobTable struct{ list []*job }

type job struct {
	Job
	cancel context.CancelFunc
}

// Jobs returns what runs, oldest first.
func (e *Editor) Jobs() []Job {
	out := make([]Job, len(e.jobs.list))
	for i, j := range e.jobs.list {
		out[i] = j.Job
	}
	return out
}

// has reports whether a job of that kind runs.
func (t *jobTable) has(kind string) bool {
	return slices.ContainsFunc(t.list, func(j *job) bool { return j.Kind == kind })
}

// CancelJob ends the job of that kind because the user does not want its result.
func (e *Editor) CancelJob(kind string) {
	e.cancel(kind)
	if kind == "scene" {
		e.giveUpPart()
	}
	if e.Outdated() || e.Uncounted() {
		e.changed(NoticeView)
	}
}

// cancel ends the job of that kind; its result is dropped.
func (e *Editor) cancel(kind string) {
	for _, j := range e.jobs.list {
		if j.Kind == kind {
			j.cancel()
		}
	}
	e.jobs.list = slices.DeleteFunc(e.jobs.list, func(j *job) bool { return j.Kind == kind })
	e.changed(NoticeJobs)
}

// start runs work on a goroutine of its own. A job of the same kind that
// still runs is cancelled and its result dropped. work may call progress from its
// goroutine, and returns what to do with the result on the owner goroutine; that is called
// unless the job was cancelled. The job is registered before start returns.
func (e *Editor) start(kind, title string, work func(ctx context.Context, progress func(float64)) (func(), error)) {
	e.cancel(kind)
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{Job{kind, title, -1, e.opts.Now()}, cancel}
	e.jobs.list = append(e.jobs.list, j)
	e.running.Add(1)
	go func() {
		defer e.running.Done()
		defer cancel()
		finish, err := work(ctx, func(done float64) { e.opts.Post(func() { e.progress(j, done) }) })
		e.opts.Post(func() { e.finish(j, finish, err) })
	}()
}

// Background runs work that makes something to show, such as an overview, as a job of that
// kind; what it returns is called on the owner goroutine unless the job was cancelled.
func (e *Editor) Background(kind, title string, work func(context.Context) func()) {
	e.start(kind, title, func(ctx context.Context, _ func(float64)) (func(), error) { return work(ctx), ctx.Err() })
}

func (e *Editor) progress(j *job, done float64) {
	if j.Done != done && slices.Contains(e.jobs.list, j) {
		j.Done = done
		e.changed(NoticeJobs)
	}
}

func (e *Editor) finish(j *job, finish func(), err error) {
	i := slices.Index(e.jobs.list, j)
	if i < 0 || e.closed {
		return // cancelled or replaced
	}
	e.jobs.list = slices.Delete(e.jobs.list, i, i+1)
	e.changed(NoticeJobs)
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			e.Fail(err)
		}
		return
	}
	if finish != nil {
		finish()
	}
}

// stopJobs cancels everything. It waits for the goroutines unless a drawing is open: what works on that has only what never changes, and
// nothing to give back, but may take a second to hear of it.
func (e *Editor) stopJobs() {
	for _, j := range e.jobs.list {
		j.cancel()
	}
	e.jobs.list = nil
	if e.open == nil || e.open.doc != nil {
		e.running.Wait()
	}
	e.changed(NoticeJobs)
}

// Idle reports whether nothing runs, nothing moves and everything is saved.
func (e *Editor) Idle() bool {
	return len(e.jobs.list) == 0 && !e.Animating() && e.due == 0 && (e.open == nil || e.open.doc == nil || e.open.doc.State().Pending == 0)
}
