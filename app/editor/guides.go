package editor

import (
	"cmp"
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/words"
	"caveat/graphstore"
)

// guiding is what the places on show mean, kept until scene, view or language are others.
type guiding struct {
	of   *scene.Scene
	view *graphstore.View
	lang string
	now  *scene.Guides
}

// guides returns lanes and axis of the layout on show; nil while things move, and for layouts without.
// Those of a large drawing are made by a job and come later.
func (e *Editor) guides() *scene.Guides {
	v, g := e.View(), e.Graph()
	if g == nil || e.motion.nodes != nil || !guided(v) {
		return nil
	}
	if e.gesture.mode == modeDrag || e.stale() {
		return e.open.guiding.now
	}
	s, table := e.scene, e.Words()
	k := &e.open.guiding
	if k.of == s && k.view == v && k.lang == table.Lang() {
		return k.now
	}
	k.of, k.view, k.lang = s, v, table.Lang()
	read := e.guidesOf(s, v, g)
	if e.small() {
		k.now = read()
		return k.now
	}
	e.running.Add(1)
	go func() {
		defer e.running.Done()
		made := read()
		e.opts.Post(func() {
			if e.open != nil && e.open.guiding.of == s && e.open.guiding.view == v {
				e.open.guiding.now = made
				e.changed(NoticeScene)
			}
		})
	}()
	return k.now
}

// guidesOf returns what reads lanes and axis, on any goroutine, off the places that nobody changed by hand; where these
// follow no rule any more there is nothing to say.
func (e *Editor) guidesOf(s *scene.Scene, v *graphstore.View, g *graphstore.Graph) func() *scene.Guides {
	table, faces := e.Words(), e.opts.Faces
	b := s.Bounds()
	most := e.width / 3
	unit := max(b.Width()/max(e.width-2*fitMargin, 1), b.Height()/max(e.height-2*fitMargin, 1)) // of the canvas, when all is in view
	return func() *scene.Guides {
		out := readGuides(s, v, g, table)
		if out == nil || faces == nil {
			return out
		}
		const letters, air = 12, 30
		widest := float32(0)
		for _, l := range out.Lanes {
			widest = max(widest, faces.Width(l.Title, letters, true))
		}
		out.Left = min(out.Left, b.Min.X-min(widest+air, most)*unit)
		return out
	}
}

func readGuides(s *scene.Scene, v *graphstore.View, g *graphstore.Graph, table *words.Table) *scene.Guides {
	const beside, above = 70, 40 // drawing units: of lanes, and of the dates over them
	free := func(n int32) bool { return !v.Places[s.ID(n)].Pin }
	out := &scene.Guides{}
	bounds := s.Bounds()
	out.Left, out.Right = bounds.Min.X-beside, bounds.Max.X+beside
	out.Lanes = bands(s, laningOf(s, v, g, table.Lang()), table.Say("lane.others"), free)
	if len(out.Lanes) == 0 {
		return nil
	}
	if v.Layout == "timeline" {
		if out.Axis = axisOf(s, firstDates(s, g), free); out.Axis == nil {
			return nil
		}
		out.Axis.Top, out.Axis.Bottom = out.Lanes[0].Top-above, out.Lanes[len(out.Lanes)-1].Bottom
		out.Axis.Text = table.Date
	}
	return out
}

// bands returns the lanes as they lie below each other, with room for a title above the nodes of each. A node that strayed
// from the others of its lane does not count; lanes that overlap all the same are none.
func bands(s *scene.Scene, l laning, others string, free func(int32) bool) []scene.Lane {
	const above, below = 90, 44 // the nodes of a lane, in drawing units
	ys := map[int32][]float32{}
	for i, lane := range l.of {
		if n := int32(i); free(n) {
			ys[lane] = append(ys[lane], s.NodePoint(n).Y)
		}
	}
	type band struct {
		lane       int32
		first, end float32 // of the nodes
	}
	var list []band
	for lane, y := range ys {
		slices.Sort(y)
		if cut := len(y) / 12; cut > 0 {
			y = y[cut : len(y)-cut]
		}
		list = append(list, band{lane, y[0], y[len(y)-1]})
	}
	slices.SortFunc(list, func(a, b band) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.lane, b.lane)) })
	var out []scene.Lane
	for i, b := range list {
		top := b.first - above
		if i > 0 {
			if list[i-1].end >= b.first {
				return nil
			}
			last := &out[i-1]
			last.Bottom = min(last.Bottom, (list[i-1].end+b.first)/2)
			if top < last.Bottom+above {
				top = last.Bottom
			}
		}
		title := others
		if b.lane >= 0 && int(b.lane) < len(l.titles) {
			title = l.titles[b.lane]
		}
		out = append(out, scene.Lane{Title: title, Top: top, Bottom: b.end + below})
	}
	return out
}

// axisOf finds the line that most dated nodes stand on: the median slope of far pairs (after Theil 1950) and the median
// offset. With fewer than half of them near it there is no axis.
func axisOf(s *scene.Scene, dates []float64, free func(int32) bool) *scene.Axis {
	const near = 8 // drawing units
	var nodes []int32
	for i, d := range dates {
		if !math.IsNaN(d) && free(int32(i)) {
			nodes = append(nodes, int32(i))
		}
	}
	slices.SortFunc(nodes, func(a, b int32) int { return cmp.Or(cmp.Compare(dates[a], dates[b]), cmp.Compare(a, b)) })
	half := len(nodes) / 2
	var slopes, offsets []float64
	x := func(n int32) float64 { return float64(s.NodePoint(n).X) }
	for i := range nodes[:half] {
		a, b := nodes[i], nodes[i+half]
		if d := dates[b] - dates[a]; d > 0 {
			slopes = append(slopes, (x(b)-x(a))/d)
		}
	}
	if len(slopes) == 0 {
		return nil
	}
	slices.Sort(slopes)
	day := slopes[len(slopes)/2]
	for _, n := range nodes {
		offsets = append(offsets, x(n)-day*dates[n])
	}
	slices.Sort(offsets)
	zero := offsets[len(offsets)/2]
	on := 0
	for _, n := range nodes {
		if math.Abs(x(n)-day*dates[n]-zero) < near {
			on++
		}
	}
	if !(day > 0) || 2*on < len(nodes) {
		return nil
	}
	last := nodes[len(nodes)-1]
	return &scene.Axis{Zero: float32(zero), Day: float32(day), First: float32(zero + day*dates[nodes[0]]), Last: float32(zero + day*dates[last])}
}

// guideRoom is how much the titles and dates of a layout reach beyond its nodes, in drawing units.
func guideRoom(b geom.Rect, g *scene.Guides) geom.Rect {
	if g == nil {
		return b
	}
	b.Min.X, b.Max.X = g.Left, g.Right
	b.Min.Y, b.Max.Y = min(b.Min.Y, g.Lanes[0].Top), max(b.Max.Y, g.Lanes[len(g.Lanes)-1].Bottom)
	if g.Axis != nil {
		b.Min.Y = min(b.Min.Y, g.Axis.Top)
	}
	return b
}

// fitAll returns the camera that shows all of s, with what its guides need.
func (e *Editor) fitAll(s *scene.Scene) scene.Camera {
	b := s.Bounds()
	if e.open == nil || e.Graph() == nil || !guided(e.View()) || !e.small() {
		return e.fitScene(s, b, nil)
	}
	g := e.guidesOf(s, e.View(), e.Graph())()
	return e.fitScene(s, guideRoom(b, g), g)
}

// small reports whether the case is small enough for what takes a pass over it to be done at once.
func (e *Editor) small() bool {
	n := e.Graph().Count()
	return n.Entities+n.Claims < jobFrom
}

// guided reports whether the layout of a view has guides.
func guided(v *graphstore.View) bool {
	return v.Layout == "lanes" || v.Layout == lanesCountry || v.Layout == "timeline"
}
