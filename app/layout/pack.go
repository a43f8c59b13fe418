package layout

import (
	"bytes"
	"math"
	"slices"

	"caveat/app/geom"
)

// Measures of packing in drawing units. Between the nodes of two components is packGap, less where the nodes of the largest
// lie closer together themselves.
const (
	packGap   = 0.64 * EdgeLength
	leastGap  = 0.1 * EdgeLength
	packShape = 1.5              // width of a packed drawing in parts of its height, that of a usual window
	packCells = 300_000          // at most about so many are covered
	mostCells = 2_000_000        // and so many free ones are there for the widest and the highest
	besideGap = 1.2 * EdgeLength // beside what is in place already
	ownGap    = 0.06             // more ground round a component, in parts of its extent, up to besideGap
)

// packing places components about each other as polyominoes (Freivalds, Dogrusoz, Kikusts 2002): the ground of each is
// the cells that it covers; the largest comes to the middle, and each further one to the free place that is nearest to
// it. So small components stand round the main one, and single nodes fill what is left as an even lattice.
type packing struct {
	cell       float32
	wide, high int            // of the ground, in cells
	full       []byte         // per cell: 1 if it is taken
	order      []int32        // the cells, from the middle outwards
	next       []int32        // per place in order: a later one, towards the next that is free, or itself
	from       map[[2]int]int // per width and height: where in order the last such footprint found room
}

// footprint is the ground of a component: in each row of cells it covers those from the first number to before the second.
type footprint struct {
	rows [][2]int32
	wide int
	min  geom.Point // upper left corner of its cells, in the component's own coordinates
	at   geom.Point // and where it comes to
}

// pack moves the components of which, each drawn in coordinates of its own in pos, side by side: about the origin, or, if something is
// in place already, to the right of that.
func (f *force) pack(p *Problem, which []int, pos []geom.Point, obstacles geom.Rect) {
	if len(which) == 0 {
		return
	}
	bounds := make([]geom.Rect, len(which))
	all := 0.0
	for i, k := range which {
		bounds[i] = boundsOfDiscs(p, f.names[k], pos)
		all += float64(bounds[i].Width()) * float64(bounds[i].Height())
	}
	prints := make([]footprint, len(which))
	if len(which) == 1 {
		prints[0].min, prints[0].at = bounds[0].Min, bounds[0].Min
	} else {
		pk := f.newPacking(p, which, bounds, all)
		f.measure(p, pk.cell, which, bounds, prints, pos)
		if !f.placeAll(pk, prints) {
			return
		}
	}
	block := geom.BoundsOf(nil)
	for i, b := range bounds {
		by := prints[i].at.Sub(prints[i].min)
		block = block.Union(geom.Rect{Min: b.Min.Add(by), Max: b.Max.Add(by)})
	}
	shift := geom.Point{}.Sub(block.Center())
	if !obstacles.Empty() {
		shift.X = obstacles.Max.X + besideGap - block.Min.X
		shift.Y += obstacles.Center().Y
	}
	for i, k := range which {
		by := prints[i].at.Sub(prints[i].min).Add(shift)
		for _, v := range f.names[k] {
			pos[v] = pos[v].Add(by)
		}
	}
}

// newPacking chooses the cells: as large as the least node with its share of the free ground, so that single nodes have one each,
// and larger where they would be too many.
func (f *force) newPacking(p *Problem, which []int, bounds []geom.Rect, all float64) *packing {
	most, least := 0, float32(math.Inf(1))
	for i, k := range which {
		if len(f.names[k]) > len(f.names[which[most]]) {
			most = i
		}
		for _, v := range f.names[k] {
			least = min(least, p.radius(int(v)))
		}
	}
	free := float32(packGap)
	if n := len(f.names[which[most]]); n > 50 && bounds[most].Width() > 0 {
		each := math.Sqrt(float64(bounds[most].Width()) * float64(bounds[most].Height()) / float64(n))
		free = min(free, max(leastGap, float32(1.3*each)))
	}
	wide, high := 0.0, 0.0 // the ground holds the widest and the highest in any place
	for _, b := range bounds {
		wide, high = max(wide, float64(b.Width())), max(high, float64(b.Height()))
	}
	cell := max(float64(free+2*least), math.Sqrt(all/packCells), math.Sqrt(4*wide*high/mostCells))
	return &packing{cell: float32(cell), from: map[[2]int]int{}}
}

// measure finds the footprints of components: the cells of their nodes and edges, and what lies between those of a row.
func (f *force) measure(p *Problem, cell float32, which []int, bounds []geom.Rect, prints []footprint, pos []geom.Point) {
	least := float32(math.Inf(1))
	of := make([]int32, p.N) // number of a node's component, +1
	for i, k := range which {
		for _, v := range f.names[k] {
			of[v] = int32(i) + 1
			least = min(least, p.radius(int(v)))
		}
	}
	half := make([]float32, len(which)) // free ground on each side
	for i, b := range bounds {
		half[i] = cell/2 - least
		if len(f.names[which[i]]) > 1 {
			half[i] += min(besideGap, ownGap*sqrt32(float32(b.Width()*b.Height())))
		}
		w, h := cellsOf(b.Width()+2*half[i], cell), cellsOf(b.Height()+2*half[i], cell)
		c := b.Center()
		prints[i] = footprint{
			rows: make([][2]int32, h), wide: w,
			min: geom.Point{X: c.X - float32(w)*cell/2, Y: c.Y - float32(h)*cell/2},
		}
		for r := range prints[i].rows {
			prints[i].rows[r] = [2]int32{int32(w), 0}
			if f.boxes {
				prints[i].rows[r] = [2]int32{0, int32(w)}
			}
		}
	}
	for i, k := range which {
		for _, v := range f.names[k] {
			r := p.radius(int(v)) + half[i]
			prints[i].cover(cell, pos[v].Y-r, pos[v].Y+r, pos[v].X-r, pos[v].X+r)
		}
	}
	for _, e := range p.Edges {
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
}

// thick returns how many cells a footprint has across: the larger comes first, and what is long and thin later.
func (t *footprint) thick() int { return min(t.wide, len(t.rows)) }

// cellsOf returns how many cells a length takes; a hair too much does not count.
func cellsOf(length, cell float32) int {
	return max(1, int(math.Ceil(float64(length/cell)-1e-3)))
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

// placeAll places the footprints, the thickest first, and reports false if it was stopped.
func (f *force) placeAll(k *packing, prints []footprint) bool {
	size := make([]int32, len(prints))
	order := make([]int32, len(prints))
	total, widest, highest := 0, 0, 0
	for i := range prints {
		for _, r := range prints[i].rows {
			size[i] += r[1] - r[0]
		}
		order[i] = int32(i)
		total += int(size[i])
		widest, highest = max(widest, prints[i].wide), max(highest, len(prints[i].rows))
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		if d := prints[b].thick() - prints[a].thick(); d != 0 {
			return d
		}
		return int(size[b]) - int(size[a])
	})
	shape := packShape
	if f.round {
		shape = 1
	}
	for room := 1.6; ; room *= 2 {
		side := math.Sqrt(room * float64(total) / shape)
		k.ground(int(side*shape)+2*widest+2, int(side)+2*highest+2, shape, f.round)
		done := true
		for i, n := range order {
			if i&0xff == 0 && f.stopped() {
				return false
			}
			if done = k.put(&prints[n]); !done {
				break
			}
		}
		if done {
			return true
		}
	}
}

// ground clears the ground and sorts its cells by their distance from the middle: round that of a circle, else of a rounded
// rectangle of the given shape.
func (k *packing) ground(wide, high int, shape float64, round bool) {
	k.wide, k.high = wide, high
	k.full, k.order, k.next = make([]byte, wide*high), make([]int32, wide*high), make([]int32, wide*high+1)
	clear(k.from)
	far := func(x, y int) int {
		u, v := (float64(x)+0.5-float64(wide)/2)/shape, float64(y)+0.5-float64(high)/2
		u, v = float64(u*u), float64(v*v)
		if round {
			return int(math.Sqrt(u + v))
		}
		return int(float64(0.85*math.Sqrt(math.Sqrt(float64(u*u)+float64(v*v)))) + float64(0.25*math.Sqrt(u+v)))
	}
	start := make([]int32, far(0, 0)+2)
	for y := range high {
		for x := range wide {
			start[far(x, y)+1]++
		}
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	for y := high - 1; y >= 0; y-- { // what is left of the outermost ring stands below
		for x := range wide {
			d := far(x, y)
			k.order[start[d]] = int32(y*wide + x)
			start[d]++
		}
	}
	for i := range k.next {
		k.next[i] = int32(i)
	}
}

// free returns the first place in order from i on whose cell is free, len(order) if none is.
func (k *packing) free(i int) int {
	for int(k.next[i]) != i {
		k.next[i] = k.next[k.next[i]]
		i = int(k.next[i])
	}
	return i
}

// put places a footprint and reports whether there was room.
func (k *packing) put(t *footprint) bool {
	high := len(t.rows)
	middle := t.rows[high/2]
	ax, ay := int(middle[0]+middle[1])/2, high/2
	key := [2]int{t.wide, high}
	for i := k.free(k.from[key]); i < len(k.order); i = k.free(i + 1) {
		c := int(k.order[i])
		if k.full[c] != 0 {
			k.next[i] = int32(i + 1)
			continue
		}
		x, y := c%k.wide-ax, c/k.wide-ay
		if !k.fits(t, x, y) {
			continue
		}
		for r, s := range t.rows {
			row := k.full[(y+r)*k.wide+x:]
			for j := s[0]; j < s[1]; j++ {
				row[j] = 1
			}
		}
		k.from[key] = i
		t.at = geom.Point{X: float32(x) * k.cell, Y: float32(y) * k.cell}
		return true
	}
	return false
}

// fits reports whether all cells of a footprint are free.
func (k *packing) fits(t *footprint, x, y int) bool {
	if x < 0 || y < 0 || x+t.wide > k.wide || y+len(t.rows) > k.high {
		return false
	}
	for r, s := range t.rows {
		row := k.full[(y+r)*k.wide+x:]
		if bytes.IndexByte(row[s[0]:s[1]], 1) >= 0 {
			return false
		}
	}
	return true
}
