package layout

import "caveat/app/geom"

// pinning lets the components that were laid out freely and then fitted to their pins give way to
// them: pinned nodes fixed, all others free.
type pinning struct {
	force *force
	doing int
	relax *held
}

// run works on one component after the other.
func (w *pinning) run(p *Problem, pos []geom.Point) bool {
	f := w.force
	for budget := stepWork; budget > 0; {
		for w.doing < len(f.names) && (!f.anchored(p, w.doing) || len(f.names[w.doing]) < 2) {
			w.doing++
		}
		if w.doing >= len(f.names) {
			return false
		}
		names := f.names[w.doing]
		budget -= len(names)
		if w.relax == nil {
			w.relax = f.hold(p, w.doing, pos, func(int) bool { return true })
			w.relax.relax.held = nil
			continue
		}
		more := w.relax.step(&f.course)
		if f.stopped() {
			return false
		}
		w.relax.write(names, pos)
		if !more {
			w.relax = nil
			w.doing++
		}
	}
	return true
}
