package scene

import (
	"math/bits"

	"caveat/app/geom"
)

// edgeTree is a packed R-tree over the boxes of edges: edges sorted by size class, then along a
// Morton curve, sixteen to a leaf and sixteen to every box above. Long edges share
// leaves with long ones and so do not spoil the boxes of short ones. A straight edge is a diagonal
// of its box: which one is kept with its number, so that what passes by is left out without a
// look at the edge. Straight edges longer than the mean are kept in pieces of about the mean,
// or a few long ones would be met by every question. 22 bytes a piece, at most two pieces an edge on average.
type edgeTree struct {
	order  []uint32      // number of the edge and, in the two lowest bits, its course
	boxes  []geom.Rect   // in order
	levels [][]geom.Rect // of groups of sixteen, the leaves' first
}

const fanOut = 16

// sortKey is an edge with its place in the order: four bits of size class, 28 of Morton code.
type sortKey struct {
	key uint32
	id  int32
}

// course says how an edge runs through its box.
type course uint8

const (
	bowed   course = iota // anyhow
	falling               // straight from the upper left to the lower right
	rising                // straight from the lower left to the upper right
)

// newEdgeTree indexes edges by their boxes and courses, both by number.
func newEdgeTree(boxes []geom.Rect, courses []course) *edgeTree {
	return newEdgeTreeOf(len(boxes), func(i int32) (geom.Rect, course) { return boxes[i], courses[i] })
}

// newEdgeTreeOf indexes n edges; box tells the box of each and how it runs through it, and may be called by two
// goroutines at once.
func newEdgeTreeOf(n int, box func(i int32) (geom.Rect, course)) *edgeTree {
	t := &edgeTree{}
	all, mean := extentOf(n, box)
	extent := max(all.Width(), all.Height())
	if !(extent > 0) {
		extent = 1
	}
	var half [2]int // pieces of the edges of each half
	inHalves(n, func(from, to int) {
		sum := 0
		for i := from; i < to; i++ {
			b, c := box(int32(i))
			sum += piecesOf(b, c, mean)
		}
		half[min(from, 1)] = sum
	})
	names := make([]uint32, half[0]+half[1]) // of pieces: the edge and its course
	nth := make([]uint16, len(names))        // which of its edge's pieces each is
	keys := make([]sortKey, len(names))
	inHalves(n, func(from, to int) {
		next := half[0] * min(from, 1)
		for i := from; i < to; i++ {
			b, c := box(int32(i))
			k := piecesOf(b, c, mean)
			for j := range k {
				names[next], nth[next] = uint32(i)<<2|uint32(c), uint16(j)
				keys[next] = sortKey{placeKey(piece(b, c, j, k), all.Min, extent), int32(next)}
				next++
			}
		}
	})
	keys = radixSort(keys)
	t.order = make([]uint32, len(keys))
	t.boxes = make([]geom.Rect, len(keys))
	inHalves(len(keys), func(from, to int) {
		for i := from; i < to; i++ {
			id := keys[i].id
			b, c := box(int32(names[id] >> 2))
			t.order[i], t.boxes[i] = names[id], piece(b, c, int(nth[id]), piecesOf(b, c, mean))
		}
	})
	for below := t.boxes; len(below) > fanOut; {
		level := make([]geom.Rect, (len(below)+fanOut-1)/fanOut)
		for i := range level {
			u := below[i*fanOut]
			for _, b := range below[i*fanOut+1 : min((i+1)*fanOut, len(below))] {
				u = u.Union(b)
			}
			level[i] = u
		}
		t.levels = append(t.levels, level)
		below = level
	}
	return t
}

// placeKey returns the sort key of a box in a square of that extent.
func placeKey(p geom.Rect, origin geom.Point, extent float32) uint32 {
	const cells = 1 << 14
	class := uint32(bits.Len32(uint32(min(max(p.Width(), p.Height())/extent*cells, cells))))
	at := p.Center().Sub(origin).Mul((cells - 1) / extent)
	return min(class, 15)<<28 | spread(uint32(at.X)) | spread(uint32(at.Y))<<1
}

// extentOf returns the box of all boxes and the mean of their longer sides.
func extentOf(n int, box func(i int32) (geom.Rect, course)) (geom.Rect, float32) {
	all, sum := geom.BoundsOf(nil), 0.0
	for i := range int32(n) {
		b, _ := box(i)
		all = all.Union(b)
		sum += float64(max(b.Max.X-b.Min.X, b.Max.Y-b.Min.Y))
	}
	return all, float32(sum / float64(max(n, 1)))
}

// piecesOf returns in how many pieces of at most the mean length an edge is kept: one unless it is straight.
func piecesOf(b geom.Rect, c course, mean float32) int {
	if c == bowed || !(mean > 0) {
		return 1
	}
	return int(min(max(b.Max.X-b.Min.X, b.Max.Y-b.Min.Y)/mean, 1023)) + 1
}

// piece returns the box of the k-th of n pieces of an edge.
func piece(b geom.Rect, c course, k, n int) geom.Rect {
	if n == 1 {
		return b
	}
	w, h := b.Max.X-b.Min.X, b.Max.Y-b.Min.Y
	from, to := float32(k)/float32(n), float32(k+1)/float32(n)
	p := geom.Rect{Min: geom.Point{X: b.Min.X + w*from, Y: b.Min.Y + h*from}, Max: geom.Point{X: b.Min.X + w*to, Y: b.Min.Y + h*to}}
	if c == rising {
		p.Min.Y, p.Max.Y = b.Max.Y-h*to, b.Max.Y-h*from
	}
	return p
}

// spread puts a zero bit between the lower 14 bits of v.
func spread(v uint32) uint32 {
	v &= 0x3fff
	v = (v | v<<8) & 0x00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f
	v = (v | v<<2) & 0x33333333
	return (v | v<<1) & 0x55555555
}

// radixSort sorts by key, stably, in three passes of eleven bits.
func radixSort(keys []sortKey) []sortKey {
	other := make([]sortKey, len(keys))
	for shift := 0; shift < 32; shift += 11 {
		var counts [1<<11 + 1]int32
		for _, k := range keys {
			counts[k.key>>shift&0x7ff+1]++
		}
		for i := 1; i < len(counts); i++ {
			counts[i] += counts[i-1]
		}
		for _, k := range keys {
			d := k.key >> shift & 0x7ff
			other[counts[d]] = k
			counts[d]++
		}
		keys, other = other, keys
	}
	return keys
}

// query calls visit for every straight edge that meets r and every other whose box does, in a
// fixed order; an edge in pieces may come more than once.
func (t *edgeTree) query(r geom.Rect, visit func(edge int32)) {
	if r.Empty() {
		return
	}
	top := len(t.levels) - 1
	if top < 0 {
		t.leaf(0, len(t.boxes), r, visit)
		return
	}
	t.walk(top, 0, len(t.levels[top]), r, visit)
}

func (t *edgeTree) walk(level, from, to int, r geom.Rect, visit func(edge int32)) {
	for i := from; i < to; i++ {
		if !meets(&t.levels[level][i], &r) {
			continue
		}
		if level > 0 {
			t.walk(level-1, i*fanOut, min((i+1)*fanOut, len(t.levels[level-1])), r, visit)
		} else {
			t.leaf(i*fanOut, min((i+1)*fanOut, len(t.boxes)), r, visit)
		}
	}
}

func (t *edgeTree) leaf(from, to int, r geom.Rect, visit func(edge int32)) {
	for i := from; i < to; i++ {
		if b := &t.boxes[i]; meets(b, &r) && crosses(b, &r, course(t.order[i]&3)) {
			visit(int32(t.order[i] >> 2))
		}
	}
}

func meets(a, b *geom.Rect) bool {
	return a.Min.X <= b.Max.X && b.Min.X <= a.Max.X && a.Min.Y <= b.Max.Y && b.Min.Y <= a.Max.Y
}

// crosses reports whether the diagonal of b meets r, whose boxes meet: whether the corners of r
// lie on both sides of it (separating axis).
func crosses(b, r *geom.Rect, c course) bool {
	w, h := b.Max.X-b.Min.X, b.Max.Y-b.Min.Y
	dx := (r.Min.X+r.Max.X)/2 - (b.Min.X+b.Max.X)/2
	dy := (r.Min.Y+r.Max.Y)/2 - (b.Min.Y+b.Max.Y)/2
	if c == rising {
		dy = -dy
	} else if c == bowed {
		return true
	}
	reach := ((r.Max.X-r.Min.X)*h + (r.Max.Y-r.Min.Y)*w) / 2
	off := dx*h - dy*w
	return max(off, -off) <= reach*1.0001+1e-6
}
