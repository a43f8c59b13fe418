package layout

import (
	"math"
	"sort"

	"caveat/app/geom"
)

// packGap is the free ground between two components, in drawing units.
const packGap = 1.2 * EdgeLength

// packBoxes places boxes of the given sizes without overlap, in a block of about the shape of a
// screen (4 to 3), and returns the upper left corner of each. It puts each, the tallest first, at the
// lowest place of a skyline, the leftmost of equals.
func packBoxes(sizes []geom.Point) []geom.Point {
	order := make([]int, len(sizes))
	area, widest := 0.0, float32(0)
	for i, s := range sizes {
		order[i] = i
		area += float64(s.X+packGap) * float64(s.Y+packGap)
		widest = max(widest, s.X+packGap)
	}
	sort.SliceStable(order, func(a, b int) bool { return sizes[order[a]].Y > sizes[order[b]].Y })
	width := max(widest, float32(math.Sqrt(area*4/3)))
	corner := make([]geom.Point, len(sizes))
	sky := skyline{{0, 0, width}}
	for _, i := range order {
		corner[i] = sky.put(sizes[i].X+packGap, sizes[i].Y+packGap)
	}
	return corner
}

// skyline is the lower border of what is placed: pieces from left to right.
type skyline []skyPiece

type skyPiece struct{ x, y, w float32 }

// put places a box of w by h and returns its corner.
func (s *skyline) put(w, h float32) geom.Point {
	pieces := *s
	best, bestY := 0, float32(math.Inf(1))
	for i := range pieces {
		if y, ok := pieces.fit(i, w); ok && y < bestY {
			best, bestY = i, y
		}
	}
	if math.IsInf(float64(bestY), 1) { // wider than the block: below everything
		bestY = 0
		for _, p := range pieces {
			bestY = max(bestY, p.y)
		}
	}
	at := geom.Point{X: pieces[best].x, Y: bestY}
	end := at.X + w
	next := append(skyline(nil), pieces[:best]...)
	next = append(next, skyPiece{at.X, bestY + h, w})
	for _, p := range pieces[best:] {
		if p.x+p.w <= end+1e-3 {
			continue
		}
		if p.x < end {
			p.w -= end - p.x
			p.x = end
		}
		next = append(next, p)
	}
	*s = next.merged()
	return at
}

// fit returns how high a box of width w lies whose left side is that of piece i.
func (s skyline) fit(i int, w float32) (float32, bool) {
	y, left := float32(0), w
	for ; i < len(s); i++ {
		y = max(y, s[i].y)
		left -= s[i].w
		if left <= 1e-3 {
			return y, true
		}
	}
	return 0, false
}

// merged joins neighbours of one height.
func (s skyline) merged() skyline {
	out := s[:0]
	for _, p := range s {
		if n := len(out); n > 0 && out[n-1].y == p.y {
			out[n-1].w += p.w
			continue
		}
		out = append(out, p)
	}
	return out
}
