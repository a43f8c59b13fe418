package scene

import "caveat/app/geom"

// occupancy says which ground of a frame is taken, by boxes in coarse cells. It keeps its memory
// from frame to frame.
type occupancy struct {
	cell  float32
	w, h  int
	heads []int32 // by cell: first entry, -1 without
	links []link
	boxes []geom.Rect
}

type link struct{ box, next int32 }

// reset empties the ground of a frame of that size, with cells of about that many pixels.
func (o *occupancy) reset(width, height int, cell float32) {
	o.cell = cell
	o.w, o.h = int(float32(width)/cell)+3, int(float32(height)/cell)+3
	n := o.w * o.h
	if cap(o.heads) < n {
		o.heads = make([]int32, n)
	}
	o.heads = o.heads[:n]
	for i := range o.heads {
		o.heads[i] = -1
	}
	o.links, o.boxes = o.links[:0], o.boxes[:0]
}

// span returns the cells of a box; a cell beyond each side takes what lies outside.
func (o *occupancy) span(r geom.Rect) (x0, y0, x1, y1 int) {
	c := func(v float32, n int) int { return int(min(max(v/o.cell+1, 0), float32(n-1))) }
	return c(r.Min.X, o.w), c(r.Min.Y, o.h), c(r.Max.X, o.w), c(r.Max.Y, o.h)
}

// add takes ground.
func (o *occupancy) add(r geom.Rect) {
	id := int32(len(o.boxes))
	o.boxes = append(o.boxes, r)
	x0, y0, x1, y1 := o.span(r)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			o.links = append(o.links, link{id, o.heads[y*o.w+x]})
			o.heads[y*o.w+x] = int32(len(o.links) - 1)
		}
	}
}

// free reports whether nothing is taken in r.
func (o *occupancy) free(r geom.Rect) bool {
	x0, y0, x1, y1 := o.span(r)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			for l := o.heads[y*o.w+x]; l >= 0; l = o.links[l].next {
				b := &o.boxes[o.links[l].box]
				if b.Min.X < r.Max.X && r.Min.X < b.Max.X && b.Min.Y < r.Max.Y && r.Min.Y < b.Max.Y {
					return false
				}
			}
		}
	}
	return true
}

// take adds r if it is free and reports whether it was.
func (o *occupancy) take(r geom.Rect) bool {
	if !o.free(r) {
		return false
	}
	o.add(r)
	return true
}
