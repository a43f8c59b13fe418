package layout

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"caveat/app/geom"
)

// Engine places the nodes of one problem, one bounded step at a time.
//
// Step does the next piece of work on p, the problem the engine was made for, writes
// the places as they are now to pos (length p.N) and reports whether there is more to do. Every
// intermediate pos is finite and may be drawn. Pinned nodes keep p.Start, or without Start the
// place that pos has in the first Step. After the last step the result is in pos
// and further steps change nothing.
//
// The engines of New also have Stop(), Progress() float64 (0..1) and Mute(bool): see Stopper, Gauge and Muter.
type Engine interface {
	Step(p *Problem, pos []geom.Point) (more bool)
}

// Stopper is an Engine whose running Step can be cut short: Stop may be called from any goroutine,
// after it the current and all later steps return false soon (within some milliseconds) and
// what is in pos then is no result.
type Stopper interface{ Stop() }

// Gauge is an Engine that knows about how much of its work is done, 0..1, for the
// goroutine that calls Step.
type Gauge interface{ Progress() float64 }

// Muter is an Engine whose steps may leave pos alone as long as there is more to do: writing it takes longer than
// the step itself in a large graph. Mute is called between steps, from the goroutine that calls Step.
type Muter interface{ Mute(on bool) }

// makers lists the engines in the order of Names.
func makers() []maker {
	return []maker{
		{"force", newForceOrGrouped},
		{"layered", newLayered},
		{"radial", newRadial},
		{"timeline", newTimeline},
		{"circular", newCircular},
		{"grid", newLattice},
		{"lanes", newLanes},
	}
}

type maker struct {
	name string
	make func(p *Problem) Engine
}

// Names returns the names of the engines, the default first.
func Names() []string {
	var names []string
	for _, m := range makers() {
		names = append(names, m.name)
	}
	return names
}

// New returns an engine for p. It fails for an unknown name, and where p contradicts
// itself (edges to nodes that are not there, slices of wrong length). It does no work
// beyond that check; the first Step does.
func New(name string, p *Problem) (Engine, error) {
	i := slices.IndexFunc(makers(), func(m maker) bool { return m.name == name })
	if i < 0 {
		return nil, fmt.Errorf("there is no layout named %q: choose one of %s", name, strings.Join(Names(), ", "))
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("laying out with %s: %w", name, err)
	}
	return makers()[i].make(p), nil
}

// Run places p with the named engine and returns the places. It tells progress, if not nil, about
// the part done, 0..1, from the calling goroutine. When ctx ends it returns its error within about 50 ms,
// whatever the size of the graph.
func Run(ctx context.Context, name string, p *Problem, progress func(done float64)) ([]geom.Point, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	e, err := New(name, p)
	if err != nil {
		return nil, err
	}
	if s, ok := e.(Stopper); ok {
		release := context.AfterFunc(ctx, s.Stop)
		defer release()
	}
	if m, ok := e.(Muter); ok {
		m.Mute(true)
	}
	pos := make([]geom.Point, p.N)
	copy(pos, p.Start)
	last := -1.0
	for more := true; more; {
		more = e.Step(p, pos)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if g, ok := e.(Gauge); ok && progress != nil {
			if d := g.Progress(); d >= last+0.01 {
				last = d
				progress(d)
			}
		}
	}
	if progress != nil && last < 1 {
		progress(1)
	}
	return pos, nil
}
