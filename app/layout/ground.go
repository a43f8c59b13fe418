package layout

import (
	"bytes"
	"math"

	"caveat/app/geom"
)

// packing places pieces about each other as polyominoes (Freivalds, Dogrusoz, Kikusts 2002): the ground of each is
// the cells that it covers; the largest comes to the middle, and each further one to the free place that is nearest to
// it. So small components stand round the main one, and single nodes fill what is left as an even lattice.
type packing struct {
	course     *course
	cell       float32
	shape      float64        // width of the whole in parts of its height
	round      bool           // or in the shape of a disc
	wide, high int            // of the ground, in cells
	full       []byte         // per cell: 1 if it is taken
	order      []int32        // the cells, from the middle outwards
	next       []int32        // per place in order: a later one, towards the next that is free, or itself
	from       map[[2]int]int // per width and height: where in order the last such footprint found room
	hit        int            // row of the ground where the last one without room met another, mostly the next one's too
	looks      int            // places looked at
	work       int            // and rows of cells, long ones counting for more
}

const (
	packShape = 1.5 // width of a packed drawing in parts of its height, that of a usual window
	firstRoom = 1.6 // ground in parts of what is covered, at first
)

// groundFor returns how large the ground is that holds pieces of so many cells, the widest and the highest of them in any place.
func groundFor(room float64, total, widest, highest int, shape float64) (wide, high int) {
	side := math.Sqrt(room * float64(total) / shape)
	return int(side*shape) + 2*widest + 2, int(side) + 2*highest + 2
}

// mostGround returns how many cells the ground of so many pieces has at most.
func mostGround(pieces int) int { return mostCells + eachTakes*pieces }

// placeAll places the footprints, the thickest first, and reports whether there was room. It ends early when stopped.
func (k *packing) placeAll(prints []footprint) bool {
	order, key := make([]int32, len(prints)), make([]float64, len(prints))
	total, widest, highest := 0, 0, 0
	for i := range prints {
		size := 0
		for _, r := range prints[i].rows {
			size += int(r[1] - r[0])
		}
		order[i], key[i] = int32(i), -float64(prints[i].thick()<<32+size)
		total += size
		widest, highest = max(widest, prints[i].wide), max(highest, len(prints[i].rows))
	}
	k.course.sortNodes(order, key)
	if k.course.stopped() {
		return false
	}
	if k.round {
		k.shape = 1
	}
	for room := firstRoom; ; room *= 2 {
		k.wide, k.high = groundFor(room, total, widest, highest, k.shape)
		if room > firstRoom && k.wide*k.high > mostGround(len(prints)) {
			return false
		}
		k.clear()
		done := true
		for _, n := range order {
			if done = k.put(&prints[n]); !done {
				break
			}
		}
		if done || k.course.stopped() {
			return done
		}
	}
}

// thick returns how many cells a footprint has across: the larger comes first, and what is long and thin later.
func (t *footprint) thick() int { return min(t.wide, len(t.rows)) }

// clear clears the ground and sorts its cells by their distance from the middle: round that of a circle, else of a rounded
// rectangle of the given shape.
func (k *packing) clear() {
	wide, high := k.wide, k.high
	k.full, k.order, k.next = make([]byte, wide*high), make([]int32, wide*high), make([]int32, wide*high+1)
	k.from = map[[2]int]int{}
	far := func(x, y int) int32 {
		u, v := (float64(x)+0.5-float64(wide)/2)/k.shape, float64(y)+0.5-float64(high)/2
		u, v = float64(u*u), float64(v*v)
		if k.round {
			return int32(math.Sqrt(u + v))
		}
		return int32(float64(0.85*math.Sqrt(math.Sqrt(float64(u*u)+float64(v*v)))) + float64(0.25*math.Sqrt(u+v)))
	}
	ring := k.next // until they are sorted
	start := make([]int32, far(0, 0)+2)
	for y := range high {
		if k.course.interrupted(y * 64) {
			return
		}
		row := ring[y*wide : (y+1)*wide]
		if y >= (high+1)/2 { // as the upper half
			copy(row, ring[(high-1-y)*wide:])
		} else {
			for x := range (wide + 1) / 2 {
				row[x] = far(x, y)
				row[wide-1-x] = row[x]
			}
		}
		for _, d := range row {
			start[d+1]++
		}
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	for y := high - 1; y >= 0; y-- { // what is left of the outermost ring stands below
		if k.course.interrupted(y * 64) {
			return
		}
		for x, d := range ring[y*wide : (y+1)*wide] {
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

// put places a footprint and reports whether there was room; false when stopped, too.
func (k *packing) put(t *footprint) bool {
	high := len(t.rows)
	middle := t.rows[high/2]
	ax, ay := int(middle[0]+middle[1])/2, high/2
	key := [2]int{t.wide, high}
	for i := k.free(k.from[key]); i < len(k.order); i = k.free(i + 1) {
		if k.looks++; k.looks&0x3ff == 0 && k.course.stopped() {
			return false
		}
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
	if r := k.hit - y; r >= 0 && r < len(t.rows) && !k.freeRow(t, x, y, r) {
		return false
	}
	for r := range t.rows {
		if !k.freeRow(t, x, y, r) {
			k.hit = y + r
			return false
		}
	}
	return true
}

// freeRow reports whether the cells of row r of a footprint are free.
func (k *packing) freeRow(t *footprint, x, y, r int) bool {
	s := t.rows[r]
	k.work += 1 + int(s[1]-s[0])/16
	row := k.full[(y+r)*k.wide+x:]
	return bytes.IndexByte(row[s[0]:s[1]], 1) < 0
}
