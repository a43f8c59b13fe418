package editor

import (
	"context"
	"slices"
	"time"

	"caveat/app/geom"
	"caveat/app/layout"
	"caveat/app/plan"
	"caveat/app/scene"
)

// aheadFrom is from how many nodes on the index of a layout is made with it: on the window's goroutine it would take too long. Up to
// mostMoving nodes the layout is then shown as a movement, beyond step by step while it is being made.
const aheadFrom = 3000

// stepPart is the part of the work after which the next step is shown: a picture takes from the
// layout the cores that it needs.
const stepPart = 0.08

// stepEvery returns how long a step stays on show at least.
func stepEvery(nodes int) time.Duration {
	return 200*time.Millisecond + time.Duration(nodes)*time.Microsecond
}

// runSteps is layout.Run for a drawing that is on show: every now and then it hands the places of the
// moment to show, unless that is nil, from the calling goroutine. show must not keep them.
func runSteps(ctx context.Context, engine string, p *layout.Problem, progress func(float64), show func([]geom.Point)) ([]geom.Point, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	way := plan.CourseOf(engine)
	given := p
	p = way.Prepared(p)
	en, err := layout.New(way.Engine, p)
	if err != nil {
		return nil, err
	}
	if s, ok := en.(layout.Stopper); ok {
		release := context.AfterFunc(ctx, s.Stop)
		defer release()
	}
	pos := make([]geom.Point, p.N)
	copy(pos, p.Start)
	muter, mutes := en.(layout.Muter)
	last, due, shown := 0.0, stepPart, time.Now()
	for more := true; more; {
		looked := show != nil && last >= due && time.Since(shown) >= stepEvery(p.N)
		if mutes { // nobody looks at the other steps
			muter.Mute(!looked)
		}
		more = en.Step(p, pos)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if g, ok := en.(layout.Gauge); ok {
			if d := g.Progress(); d >= last+0.01 {
				last = d
				progress(d)
			}
		}
		if more && looked {
			show(way.Placed(given, pos))
			due, shown = last+stepPart, time.Now()
		}
	}
	return way.Placed(given, pos), nil
}

// arrangeDrawing lays out an edge list that is on show, a large one step by step before the user's eyes.
// Stopped early it stays as it is then.
func (e *Editor) arrangeDrawing(engine string, state func() *layout.Problem, s *scene.Scene) {
	e.start("layout", e.Words().Say("job.layout"), func(ctx context.Context, progress func(float64)) (func(), error) {
		s.IndexIDs()
		p, began := state(), time.Now()
		var show func([]geom.Point)
		if p.N > mostMoving {
			show = func(pos []geom.Point) {
				next := s.WithStep(slices.Clone(pos))
				e.opts.Post(func() {
					if ctx.Err() == nil {
						e.showStep(next)
					}
				})
			}
		}
		pos, err := runSteps(ctx, engine, p, progress, show)
		if err != nil {
			return nil, err
		}
		next, took := s.WithPositions(pos), time.Since(began)
		giveBack(p.N) // what the layout used, before the index takes as much
		next.MakeIndex()
		giveBack(p.N)
		return func() {
			if e.gesture.mode == modeDrag {
				e.CancelGesture()
			}
			e.showEnd(next)
			if e.open != nil {
				e.open.layoutTime = took
				e.toneDrawing()
			}
		}, nil
	})
}

// showEnd takes over the end of a layout.
func (e *Editor) showEnd(next *scene.Scene) {
	if n := next.Len(); n <= mostMoving && e.open != nil && n == e.scene.Len() {
		e.bring(next.Positions(), next)
		return
	}
	if e.fitted {
		e.labels = new(scene.LabelMemory) // names found their places on the way
	}
	e.showStep(next)
	e.hoverAgain()
}

// showStep takes over a scene that differs in places only; a camera that shows the whole follows.
func (e *Editor) showStep(next *scene.Scene) {
	if e.open == nil || next.Len() != e.scene.Len() || e.gesture.mode == modeDrag {
		return
	}
	e.motion.nodes = nil
	e.scene = next
	e.setHover(nowhere) // what lay under the pointer has left; its end looks anew
	if e.fitted {
		e.setCamera(e.fitCamera(next.Bounds()))
		e.fitted = true
	}
	e.changed(NoticeScene)
}
