package layout

import (
	"math"

	"caveat/app/geom"
)

// Measures of packing in drawing units. Between the nodes of two components is packGap, less where the nodes of the largest
// lie closer together themselves.
const (
	packGap   = 0.64 * EdgeLength
	leastGap  = 0.1 * EdgeLength
	besideGap = 1.2 * EdgeLength // beside what is in place already
	ownGap    = 0.06             // more ground round a component, in parts of its extent, up to besideGap
)

// The ground takes memory and time that grow with the number of components alone, whatever their shapes: the cells become as large as
// these bounds ask.
const (
	packCells  = 300_000   // about so many are covered at most,
	eachCovers = 12        // or so many for each component
	mostCells  = 4_000_000 // so many are there at most, the free ones too,
	eachTakes  = 32        // and so many more for each component
)

// piece is what is packed as one: a component, or many small ones that are packed already.
type piece struct {
	k      int // number among the components that are packed, of one component
	bounds geom.Rect
	single bool    // one node
	inner  []piece // small ones
}

// move adds a way to those of all components of a piece.
func (q *piece) move(by []geom.Point, way geom.Point) {
	if q.inner == nil {
		by[q.k] = by[q.k].Add(way)
	}
	for i := range q.inner {
		q.inner[i].move(by, way)
	}
}

// pack moves the components of which, each drawn in coordinates of its own in pos, side by side: about the origin, or, if something is
// in place already, to the right of that.
func (f *force) pack(p *Problem, which []int, pos []geom.Point, obstacles geom.Rect) {
	pieces := make([]piece, len(which))
	for i, k := range which {
		if f.interrupted(i) {
			return
		}
		pieces[i] = piece{k: i, bounds: boundsOfDiscs(p, f.names[k], pos), single: len(f.names[k]) == 1}
	}
	by := make([]geom.Point, len(which))
	block, ok := f.assemble(p, which, pieces, pos, by)
	if !ok {
		return
	}
	shift := geom.Point{}.Sub(block.Center())
	if !obstacles.Empty() {
		shift.X = obstacles.Max.X + besideGap - block.Min.X
		shift.Y += obstacles.Center().Y
	}
	for i, k := range which {
		way := by[i].Add(shift)
		for _, v := range f.names[k] {
			pos[v] = pos[v].Add(way)
		}
	}
}

// assemble finds the way of each component to where the pieces stand side by side, and the bounds of them all there. It reports false
// if there are none or it was stopped.
func (f *force) assemble(p *Problem, which []int, pieces []piece, pos, by []geom.Point) (geom.Rect, bool) {
	switch len(pieces) {
	case 0:
		return geom.Rect{}, false
	case 1:
		return pieces[0].bounds, true
	}
	cell, least := f.cell(p, which, pieces)
	pieces, ok := f.gather(p, which, pieces, cell, pos, by)
	if !ok || f.stopped() {
		return geom.Rect{}, false
	}
	var prints []footprint
	for done := false; !done; cell *= 1.5 {
		if prints = f.measure(p, cell, least, which, pieces, pos); f.stopped() {
			return geom.Rect{}, false
		}
		k := &packing{course: &f.course, cell: cell, shape: packShape, round: f.round}
		if done = k.placeAll(prints); f.stopped() {
			return geom.Rect{}, false
		}
	}
	all := geom.BoundsOf(nil)
	for i := range pieces {
		q, way := &pieces[i], prints[i].at.Sub(prints[i].min)
		q.move(by, way)
		all = all.Union(geom.Rect{Min: q.bounds.Min.Add(way), Max: q.bounds.Max.Add(way)})
	}
	return all, true
}

// gather packs the pieces that are small for a cell by themselves: they would stand far apart in cells of their own. It returns the
// others and one with all those in it.
func (f *force) gather(p *Problem, which []int, pieces []piece, cell float32, pos, by []geom.Point) ([]piece, bool) {
	tiny := func(q piece) bool { return max(q.bounds.Width(), q.bounds.Height())+packGap < cell/2 }
	n := 0
	for _, q := range pieces {
		if tiny(q) {
			n++
		}
	}
	if n < 2 || n == len(pieces) {
		return pieces, true
	}
	small, rest := make([]piece, 0, n), make([]piece, 0, len(pieces)-n+1)
	for _, q := range pieces {
		if tiny(q) {
			small = append(small, q)
		} else {
			rest = append(rest, q)
		}
	}
	bounds, ok := f.assemble(p, which, small, pos, by)
	return append(rest, piece{bounds: bounds, inner: small}), ok
}

// cell chooses that of the packing: as large as the least node with its share of the free ground, so that single nodes have one each,
// and larger where they would be too many. It returns the radius of the least node, too.
func (f *force) cell(p *Problem, which []int, pieces []piece) (cell, least float32) {
	most := 0
	least = float32(math.Inf(1))
	nodes := func(q piece) []int32 { return f.names[which[q.k]] }
	all := 0.0
	for i, q := range pieces {
		if len(nodes(q)) > len(nodes(pieces[most])) {
			most = i
		}
		for _, v := range nodes(q) {
			least = min(least, p.radius(int(v)))
		}
		all += float64(q.bounds.Width()) * float64(q.bounds.Height())
	}
	free := float32(packGap)
	if n := len(nodes(pieces[most])); n > 50 && pieces[most].bounds.Width() > 0 {
		b := pieces[most].bounds
		each := math.Sqrt(float64(b.Width()) * float64(b.Height()) / float64(n))
		free = min(free, max(leastGap, float32(1.3*each)))
	}
	bound := max(packCells, eachCovers*len(pieces))
	cell = max(free+2*least, float32(math.Sqrt(all/float64(bound))))
	for f.tooMany(pieces, cell, least, bound) {
		cell *= 1.25
	}
	return cell, least
}

// tooMany reports whether the pieces would cover more cells than the bound or ask for too large a ground.
func (f *force) tooMany(pieces []piece, cell, least float32, bound int) bool {
	total, widest, highest := 0, 0, 0
	for i := range pieces {
		if f.interrupted(i) {
			return false
		}
		w, h, _ := pieces[i].cells(cell, least)
		total += w * h
		widest, highest = max(widest, w), max(highest, h)
	}
	if total <= len(pieces) { // they cannot be fewer
		return false
	}
	wide, high := groundFor(firstRoom, total, widest, highest, packShape)
	return total > bound || wide*high > mostGround(len(pieces))
}

// cells returns how many cells wide and high a piece is, and the free ground on each side that is counted in.
func (q *piece) cells(cell, least float32) (wide, high int, half float32) {
	w, h := q.bounds.Width(), q.bounds.Height()
	half = cell/2 - least
	if !q.single {
		half += min(besideGap, ownGap*sqrt32(w*h))
	}
	return cellsOf(w+2*half, cell), cellsOf(h+2*half, cell), half
}

// cellsOf returns how many cells a length takes; a hair too much does not count.
func cellsOf(length, cell float32) int {
	return max(1, int(math.Ceil(float64(length/cell)-1e-3)))
}

// footprint is the ground of a piece: in each row of cells it covers those from the first number to before the second.
type footprint struct {
	rows [][2]int32
	wide int
	min  geom.Point // upper left corner of its cells, in the piece's own coordinates
	at   geom.Point // and where it comes to
}

// measure finds the footprints of pieces: the cells of their nodes and edges, and what lies between those of a row.
func (f *force) measure(p *Problem, cell, least float32, which []int, pieces []piece, pos []geom.Point) []footprint {
	prints := make([]footprint, len(pieces))
	half := make([]float32, len(pieces))
	of := make([]int32, p.N) // number of the piece of a node, +1, 0 for those that cover their bounds
	for i := range pieces {
		if f.interrupted(i) {
			return nil
		}
		q := &pieces[i]
		w, h, side := q.cells(cell, least)
		half[i] = side
		c := q.bounds.Center()
		prints[i] = footprint{
			rows: make([][2]int32, h), wide: w,
			min: geom.Point{X: c.X - float32(w)*cell/2, Y: c.Y - float32(h)*cell/2},
		}
		whole := f.boxes || q.inner != nil || w == 1 && h == 1
		for r := range prints[i].rows {
			prints[i].rows[r] = [2]int32{int32(w), 0}
			if whole {
				prints[i].rows[r] = [2]int32{0, int32(w)}
			}
		}
		if whole {
			continue
		}
		for _, v := range f.names[which[q.k]] {
			of[v] = int32(i) + 1
			r := p.radius(int(v)) + side
			prints[i].cover(cell, pos[v].Y-r, pos[v].Y+r, pos[v].X-r, pos[v].X+r)
		}
	}
	for j, e := range p.Edges {
		if f.interrupted(j) {
			return nil
		}
		i := of[e[0]]
		if i == 0 || e[0] == e[1] {
			continue
		}
		a, b := pos[e[0]], pos[e[1]]
		if a.Y > b.Y {
			a, b = b, a
		}
		for y := a.Y + cell; y < b.Y; y += cell {
			x := a.X + float32((b.X-a.X)*((y-a.Y)/(b.Y-a.Y)))
			prints[i-1].cover(cell, y-cell/2, y+cell/2, x-half[i-1], x+half[i-1])
		}
	}
	for i := range prints {
		for r, s := range prints[i].rows {
			switch { // rounding may leave a row without node or edge
			case s[0] < s[1]:
			case r == 0:
				prints[i].rows[r] = [2]int32{0, int32(prints[i].wide)}
			default:
				prints[i].rows[r] = prints[i].rows[r-1]
			}
		}
	}
	return prints
}

// cover adds the cells of a box.
func (t *footprint) cover(cell, top, bottom, left, right float32) {
	const hair = 1e-3
	row := func(v float32) int { return int(min(max(0, v), float32(len(t.rows)-1))) }
	column := func(v float32) int32 { return int32(min(max(0, v), float32(t.wide-1))) }
	a, b := column((left-t.min.X)/cell+hair), column((right-t.min.X)/cell-hair)+1
	for r, last := row((top-t.min.Y)/cell+hair), row((bottom-t.min.Y)/cell-hair); r <= last; r++ {
		t.rows[r] = [2]int32{min(t.rows[r][0], a), max(t.rows[r][1], b)}
	}
}
