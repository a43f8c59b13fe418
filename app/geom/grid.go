package geom

import "math"

// Grid is an immutable index over boxes numbered 0..n-1: uniform square cells, each
// holding the numbers of the boxes that reach into it. Boxes much larger than a cell
// (more than spanLimit cells) go to a short list of their own that every query reads, so
// that memory stays within a constant per box. Safe for any number of goroutines.
type Grid struct {
	boxes  []Rect
	bounds Rect
	cell   float32 // edge of a cell
	nx, ny int32
	start  []int32 // nx*ny+1: where each cell's list begins
	items  []int32 // numbers, ascending in each cell
	large  []int32 // boxes over spanLimit cells, ascending
}

// spanLimit is the number of cells a box may fill before it is kept in Grid.large.
const spanLimit = 64

// perCell is the mean number of boxes a cell is meant to hold.
const perCell = 2

// NewGrid indexes boxes; box i gets the number i. Empty boxes, and boxes with a coordinate that
// is not finite, are never found. The slice is kept and must not change afterwards.
// Time and memory are linear in len(boxes).
func NewGrid(boxes []Rect) *Grid {
	g := &Grid{boxes: boxes, bounds: emptyRect}
	n := 0
	for _, b := range boxes {
		if usable(b) {
			g.bounds = g.bounds.Union(b)
			n++
		}
	}
	if n == 0 {
		g.start = []int32{0}
		return g
	}
	g.choose(n)
	counts := make([]int32, int(g.nx)*int(g.ny)+1)
	for i, b := range boxes {
		if !usable(b) {
			continue
		}
		x0, y0, x1, y1 := g.span(b)
		if int(x1-x0+1)*int(y1-y0+1) > spanLimit {
			g.large = append(g.large, int32(i))
			continue
		}
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				counts[y*g.nx+x+1]++
			}
		}
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	g.start = counts
	g.items = make([]int32, counts[len(counts)-1])
	next := append([]int32(nil), counts[:len(counts)-1]...)
	for i, b := range boxes {
		if !usable(b) {
			continue
		}
		x0, y0, x1, y1 := g.span(b)
		if int(x1-x0+1)*int(y1-y0+1) > spanLimit {
			continue
		}
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				c := y*g.nx + x
				g.items[next[c]] = int32(i)
				next[c]++
			}
		}
	}
	return g
}

// NewPointGrid indexes points; point i gets the number i.
func NewPointGrid(pts []Point) *Grid {
	boxes := make([]Rect, len(pts))
	for i, p := range pts {
		boxes[i] = Rect{p, p}
	}
	return NewGrid(boxes)
}

// Len returns the number of boxes the grid was made of.
func (g *Grid) Len() int { return len(g.boxes) }

// Box returns the box with the number id.
func (g *Grid) Box(id int32) Rect { return g.boxes[id] }

// Bounds returns the box of all boxes, empty where there is none.
func (g *Grid) Bounds() Rect { return g.bounds }

func usable(b Rect) bool { return !b.Empty() && b.Min.Finite() && b.Max.Finite() }

// choose fixes the cell size: about perCell boxes a cell, but not under the median-like
// mean extent of the boxes, or each would fill many cells.
func (g *Grid) choose(n int) {
	w, h := float64(g.bounds.Width()), float64(g.bounds.Height())
	cells := math.Max(1, float64(n)/perCell)
	var extent float64
	for _, b := range g.boxes {
		if usable(b) {
			extent += math.Min(float64(max(b.Width(), b.Height())), math.Max(w, h)/math.Sqrt(cells))
		}
	}
	extent /= float64(n)
	// A long thin drawing: one row of cells along its length.
	cell := math.Max(math.Sqrt(w*h/cells), math.Max(w, h)/cells)
	cell = math.Max(cell, extent)
	if !(cell > 0) {
		cell = 1
	}
	for {
		nx, ny := math.Floor(w/cell)+1, math.Floor(h/cell)+1
		if nx*ny <= 2*cells+16 {
			g.nx, g.ny = int32(nx), int32(ny)
			break
		}
		cell *= 1.2
	}
	g.cell = float32(cell)
}

// column returns the column of x, held inside the grid; row likewise.
func (g *Grid) column(x float32) int32 { return clampCell((x-g.bounds.Min.X)/g.cell, g.nx) }

func (g *Grid) row(y float32) int32 { return clampCell((y-g.bounds.Min.Y)/g.cell, g.ny) }

func clampCell(v float32, n int32) int32 {
	switch {
	case !(v > 0):
		return 0
	case v >= float32(n):
		return n - 1
	}
	return min(int32(v), n-1)
}

func (g *Grid) span(b Rect) (x0, y0, x1, y1 int32) {
	return g.column(b.Min.X), g.row(b.Min.Y), g.column(b.Max.X), g.row(b.Max.Y)
}
