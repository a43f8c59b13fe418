package layout

import (
	"runtime"
	"sync"
	"sync/atomic"

	"caveat/app/geom"
)

// course is the shared frame of an engine: a list of stages worked off one bounded
// piece a step, with a stop mark that long loops look at.
type course struct {
	halt     atomic.Bool
	quiet    bool // no intermediate places are wanted
	stages   []stage
	now      int
	finished bool
}

// stage is one kind of work: run does a bounded piece of it and reports whether more of
// it is left. share is its part of the whole, for Progress; part the share done already.
type stage struct {
	run  func(p *Problem, pos []geom.Point) (more bool)
	part func() float64 // 0..1 within the stage, nil = unknown
	cost float64
}

// Stop makes the current and all later steps return false soon.
func (c *course) Stop() { c.halt.Store(true) }

// Mute says whether steps that have more to do may leave pos alone.
func (c *course) Mute(on bool) { c.quiet = on }

func (c *course) stopped() bool { return c.halt.Load() }

// Step works off one piece of the current stage.
func (c *course) Step(p *Problem, pos []geom.Point) bool {
	if c.stopped() || c.finished || c.now >= len(c.stages) {
		return false
	}
	if !c.stages[c.now].run(p, pos) {
		c.now++
	}
	if c.now >= len(c.stages) {
		c.finished = true
		c.stages = nil // frees what they hold
	}
	return !c.finished && !c.stopped()
}

// Progress returns the part of the work done, 0..1.
func (c *course) Progress() float64 {
	if c.finished {
		return 1
	}
	var all, done float64
	for i, s := range c.stages {
		all += s.cost
		switch {
		case i < c.now:
			done += s.cost
		case i == c.now && s.part != nil:
			done += s.cost * min(max(s.part(), 0), 1)
		}
	}
	if all == 0 {
		return 0
	}
	return done / all
}

// grain is the number of items of one parallel piece: some milliseconds of work at most, so that a stop is
// seen soon, and fixed, so that sums over pieces do not depend on the number of processors.
const grain = 4096

// least is the size of the pieces of small numbers of items that each take long.
const least = 256

// parallel calls f for every piece [lo, hi) of 0..n-1 on all processors; k counts the pieces.
// Pieces must not depend on each other. After a stop the rest is left out.
func (c *course) parallel(n int, f func(k, lo, hi int)) { c.pieces(n, min(grain, max(least, n/16)), f) }

// sweep is parallel for items that take some nanoseconds each: less than a grain of them is not worth the way to another processor.
func (c *course) sweep(n int, f func(k, lo, hi int)) { c.pieces(n, grain, f) }

func (c *course) pieces(n, size int, f func(k, lo, hi int)) {
	c.parallelChunks((n+size-1)/size, func(k int) { f(k, k*size, min(n, (k+1)*size)) })
}

// parallelChunks calls f for every k below n on all processors, until stopped.
func (c *course) parallelChunks(n int, f func(k int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var next atomic.Int64
	work := func() {
		for !c.stopped() {
			k := int(next.Add(1)) - 1
			if k >= n {
				return
			}
			f(k)
		}
	}
	if workers <= 1 {
		work()
		return
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(work)
	}
	wg.Wait()
}
