package layout

import "caveat/app/geom"

// packed is an engine that draws every component by itself, in one go, and packs the
// drawings side by side.
type packed struct {
	force // for its components and its packing
	draw  drawer
	pins  []geom.Point // places of pinned nodes; force.place stays nil: drawings are not turned to fit them
}

// drawer draws one component in drawing units; names are the problem's numbers of its nodes.
type drawer func(c *course, p *Problem, g *network, names []int32) []geom.Point

func newPacked(draw drawer) Engine {
	e := &packed{draw: draw}
	e.boxes = true
	e.stages = []stage{
		{run: func(p *Problem, pos []geom.Point) bool {
			e.build(p, pos)
			e.pins, e.place = e.place, nil
			return false
		}, cost: 1},
		{run: e.drawSome, part: e.drawn, cost: 8},
		{run: func(p *Problem, pos []geom.Point) bool {
			e.arrange(p, e.ends, pos)
			e.keepPins(p, e.pins, pos)
			return false
		}, cost: 1},
	}
	return e
}

func (e *packed) drawn() float64 {
	if e.total == 0 {
		return 1
	}
	return e.past / e.total
}

func (e *packed) drawSome(p *Problem, pos []geom.Point) bool {
	for budget := stepWork; budget > 0 && e.doing < len(e.parts); e.doing++ {
		g := e.parts[e.doing]
		budget -= g.n
		pts := e.draw(&e.course, p, g, e.names[e.doing])
		if e.stopped() {
			return false
		}
		e.ends[e.doing] = pts
		e.past += float64(g.n)
	}
	more := e.doing < len(e.parts)
	if more && !e.quiet && e.worthShowing() {
		e.arrange(p, e.ends, pos)
		for i := range pos {
			if p.pinned(i) {
				pos[i] = e.pins[i]
			}
		}
	}
	return more
}
