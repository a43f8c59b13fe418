package plan

import (
	"cmp"
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
)

// readGuides reads lanes and axis off the places that nobody changed by hand; nil where these follow no rule any more.
func readGuides(s *scene.Scene, v *graphstore.View, g *graphstore.Graph, table *words.Table) *scene.Guides {
	const beside, above = 70, 40 // drawing units: of lanes, and of the dates over them
	free := func(n int32) bool { return !v.Places[s.ID(n)].Pin }
	out := &scene.Guides{}
	bounds := s.Bounds()
	out.Left, out.Right = bounds.Min.X-beside, bounds.Max.X+beside
	out.Lanes = bands(s, LaningOf(s, v, g, table.Lang()), table.Say("lane.others"), free)
	if len(out.Lanes) == 0 {
		return nil
	}
	if v.Layout == "timeline" {
		if out.Axis = axisOf(s, FirstDates(s, g), free); out.Axis == nil {
			return nil
		}
		out.Axis.Top, out.Axis.Bottom = out.Lanes[0].Top-above, out.Lanes[len(out.Lanes)-1].Bottom
		out.Axis.Text = table.Date
	}
	return out
}

// bands returns the lanes as they lie below each other, with room for a title above the nodes of each. A node that strayed
// from the others of its lane does not count; lanes that overlap all the same are none.
func bands(s *scene.Scene, l Laning, others string, free func(int32) bool) []scene.Lane {
	const above, below = 90, 44 // the nodes of a lane, in drawing units
	ys := map[int32][]float32{}
	for i, lane := range l.Of {
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
		if b.lane >= 0 && int(b.lane) < len(l.Titles) {
			title = l.Titles[b.lane]
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

// Guides returns what stands behind a drawing of a view, with room for titles where all of it is shown in a canvas of so many
// units, see scene.Guides.Titled; nil where the places of the view's layout mean nothing.
func Guides(s *scene.Scene, v *graphstore.View, g *graphstore.Graph, table *words.Table, faces *typeset.Faces, canvas geom.Point) *scene.Guides {
	if !Guided(v) {
		return nil
	}
	return readGuides(s, v, g, table).Titled(faces, s.Bounds(), canvas)
}

// Guided reports whether the layout of a view has guides.
func Guided(v *graphstore.View) bool {
	return v.Layout == "lanes" || v.Layout == LanesCountry || v.Layout == "timeline"
}
