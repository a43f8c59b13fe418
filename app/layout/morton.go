package layout

import (
	"cmp"
	"slices"
)

// interleave spreads the 16 low bits of v to the even places.
func interleave(v uint32) uint32 {
	v &= 0xffff
	v = (v | v<<8) & 0x00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f
	v = (v | v<<2) & 0x33333333
	return (v | v<<1) & 0x55555555
}

// morton returns the place of a point on the Morton curve through the square of side 65535/scale at (x0, y0).
func morton(x, y, x0, y0, scale float32) uint32 {
	return interleave(uint32(min((x-x0)*scale, 65535))) | interleave(uint32(min((y-y0)*scale, 65535)))<<1
}

// sortPieces is the number of pieces that a pass of the sort is cut into where there are many points.
const sortPieces = 8

// sort puts the points into Morton order: a stable radix sort, its pieces side by side.
func (t *tree) sort(c *course, x, y []float32) {
	n := len(x)
	if n == 0 {
		return
	}
	x0, y0, x1, y1 := x[0], y[0], x[0], y[0]
	for i := range x {
		x0, x1 = min(x0, x[i]), max(x1, x[i])
		y0, y1 = min(y0, y[i]), max(y1, y[i])
	}
	scale := 65535 / max(x1-x0, y1-y0, 1e-9)
	c.sweep(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			t.keys[i] = uint64(morton(x[i], y[i], x0, y0, scale))<<32 | uint64(i)
		}
	})
	if n < 400 {
		slices.Sort(t.keys)
		return
	}
	pieces := sortPieces
	if n < 1<<14 {
		pieces = 1
	}
	var count [sortPieces][2048]int32
	size := (n + pieces - 1) / pieces
	for shift := uint(32); shift < 64; shift += 11 {
		c.parallelChunks(pieces, func(k int) {
			count[k] = [2048]int32{}
			for _, v := range t.keys[min(n, k*size):min(n, (k+1)*size)] {
				count[k][v>>shift&2047]++
			}
		})
		at := int32(0)
		for q := range 2048 {
			for k := range pieces {
				count[k][q], at = at, at+count[k][q]
			}
		}
		if c.stopped() {
			return
		}
		c.parallelChunks(pieces, func(k int) {
			next := &count[k]
			for _, v := range t.keys[min(n, k*size):min(n, (k+1)*size)] {
				q := v >> shift & 2047
				t.keysNext[next[q]] = v
				next[q]++
			}
		})
		t.keys, t.keysNext = t.keysNext, t.keys
	}
}

// resort sorts the places lo..hi, which all lie in one cell of the curve, along a curve of their own; false where
// they are one spot. So a crowd stays cheap even if a single node lies far away.
func (t *tree) resort(lo, hi int) bool {
	x0, y0, x1, y1 := t.sx[lo], t.sy[lo], t.sx[lo], t.sy[lo]
	for i := lo; i < hi; i++ {
		x0, x1 = min(x0, t.sx[i]), max(x1, t.sx[i])
		y0, y1 = min(y0, t.sy[i]), max(y1, t.sy[i])
	}
	extent := max(x1-x0, y1-y0)
	if !(extent > 0) {
		return false
	}
	scale := 65535 / extent
	type entry struct {
		key     uint64
		x, y, m float32
	}
	all := make([]entry, hi-lo)
	for i := range all {
		x, y := t.sx[lo+i], t.sy[lo+i]
		all[i] = entry{uint64(morton(x, y, x0, y0, scale))<<32 | uint64(uint32(t.keys[lo+i])), x, y, t.sm[lo+i]}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(a.key>>32, b.key>>32) })
	for i, e := range all {
		t.keys[lo+i] = e.key
		t.sx[lo+i], t.sy[lo+i], t.sm[lo+i] = e.x, e.y, e.m
	}
	return all[0].key>>32 != all[len(all)-1].key>>32
}
