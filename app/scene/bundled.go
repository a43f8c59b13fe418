package scene

import (
	"image/color"
	"slices"
	"sync"

	"caveat/app/geom"
)

// run is the way of an edge in a frame between the rims of its ends: a curve, or the pieces of a bundled
// edge from A to B.
type run struct {
	geom.Curve
	pieces []geom.Curve
}

// run returns the way of an edge as it is drawn. The pieces of a bundled one are of the frame.
func (k *sketch) run(i int32) run {
	course := k.ledBy(i)
	if course == nil {
		return run{Curve: k.cut(k.curveAt(i), &k.Scene.edges[i])}
	}
	from := len(k.f.Ways)
	for n := range len(course) - 2 {
		c := pieceOf(course, n)
		k.f.Ways = append(k.f.Ways, geom.Curve{A: k.at(c.A), C: k.at(c.C), B: k.at(c.B)})
	}
	to := len(k.f.Ways)
	way := k.trim(k.f.Ways[from:to:to], &k.Scene.edges[i])
	a, b := way[0].A, way[len(way)-1].B
	return run{geom.Curve{A: a, C: a.Lerp(b, 0.5), B: b}, way}
}

// glance is run for a look at places along an edge only.
func (k *sketch) glance(i int32, use func(run)) {
	n := len(k.f.Ways)
	use(k.run(i))
	k.f.Ways = k.f.Ways[:n]
}

// trim cuts the pieces of a way off at the rims of its ends. Where nothing would be left it stays whole.
func (k *sketch) trim(way []geom.Curve, e *edge) []geom.Curve {
	a, b := way[0].A, way[len(way)-1].B
	from, to := 0, len(way)
	for from < to-1 && k.inside(way[from].B, a, e.a) {
		from++
	}
	for to-1 > from && k.inside(way[to-1].A, b, e.b) {
		to--
	}
	way = way[from:to]
	first := way[0]
	t0 := k.exit(first, a, e.a)
	last := way[len(way)-1]
	t1 := 1 - k.exit(geom.Curve{A: last.B, C: last.C, B: last.A}, b, e.b)
	switch {
	case len(way) == 1 && t0 < t1:
		way[0] = first.Between(t0, t1)
	case len(way) > 1:
		if t0 < 1 {
			way[0] = first.Between(t0, 1)
		}
		if t1 > 0 {
			way[len(way)-1] = last.Between(0, t1)
		}
	}
	return way
}

// rim returns the shape about a node that its edges keep out of, in device pixels.
func (k *sketch) rim(node int32) (Outline, float32) {
	return k.paint(node).outline, k.radius(node) + (borderWidth/2+0.8)*k.look.Scale
}

func (k *sketch) inside(p, middle geom.Point, node int32) bool {
	o, r := k.rim(node)
	return o.Contains(p.Sub(middle), r)
}

// exit returns where a curve that starts within the rim of a node leaves it for good, 0 if it starts outside and 1 if it does
// not leave.
func (k *sketch) exit(c geom.Curve, middle geom.Point, node int32) float32 {
	o, r := k.rim(node)
	if o.Contains(c.B.Sub(middle), r) {
		return 1
	}
	const steps = 16
	low := float32(0)
	for i := steps - 1; i >= 0; i-- {
		if t := float32(i) / steps; o.Contains(c.At(t).Sub(middle), r) {
			low = t
			break
		}
		if i == 0 {
			return 0
		}
	}
	high := low + 1.0/steps
	for range 8 {
		if mid := (low + high) / 2; o.Contains(c.At(mid).Sub(middle), r) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// At returns the point at a part of the way.
func (r run) At(t float32) geom.Point {
	if r.pieces == nil {
		return r.Curve.At(t)
	}
	c, t := r.piece(t)
	return c.At(t)
}

// piece returns the piece at a part of the way's length, and where in it.
func (r run) piece(t float32) (geom.Curve, float32) {
	total := float32(0)
	for _, c := range r.pieces {
		total += c.Len()
	}
	left := t * total
	for i, c := range r.pieces {
		l := c.Len()
		if left <= l || i == len(r.pieces)-1 {
			if !(l > 0) {
				return c, 0
			}
			return c, min(left/l, 1)
		}
		left -= l
	}
	return r.Curve, t
}

// part returns a short piece of the way about a part of its length.
func (r run) part(from, to float32) geom.Curve {
	if r.pieces == nil {
		return r.Between(from, to)
	}
	c, t := r.piece((from + to) / 2)
	half := min((to-from)/2*r.A.Dist(r.B)/max(c.Len(), 1e-3), 0.5)
	return c.Between(max(t-half, 0), min(t+half, 1))
}

// farStep is how long the pieces of a hairline are at least, in device pixels, and farBend how far they may stray from the
// curve.
const (
	farStep = 3
	farBend = 0.35
)

// hairlines appends an edge as hairlines, straight or along its course.
func (k *sketch) hairlines(dst []Line, i int32, c color.NRGBA) []Line {
	e := &k.Scene.edges[i]
	course := k.ledBy(i)
	if course == nil {
		return append(dst, Line{k.at(k.point(e.a)), k.at(k.point(e.b)), c})
	}
	last := k.at(course[0])
	for n := range len(course) - 2 {
		p := pieceOf(course, n)
		q := geom.Curve{A: k.at(p.A), C: k.at(p.C), B: k.at(p.B)}
		steps := q.Steps(farBend)
		for s := 1; s <= steps; s++ {
			at := q.B
			if s < steps {
				at = q.At(float32(s) / float32(steps))
			}
			if d := at.Sub(last); d.Dot(d) < farStep*farStep && (n < len(course)-3 || s < steps) {
				continue
			}
			if !k.beside(last, at) {
				dst = append(dst, Line{last, at, c})
			}
			last = at
		}
	}
	return dst
}

// apart returns where along an edge there is a place for a text: of a bundled one near its ends, where it runs alone, not
// amid the bundle, where nobody could tell whose the text is.
func (r run) apart(places [3]float32) [3]float32 {
	if r.pieces == nil {
		return places
	}
	return [3]float32{0.2, 0.8, 0.12}
}

// maxBent is how many hairlines the bundled edges of the far level become about; beyond, an even sample of
// the edges stands for all.
const maxBent = 600_000

// farBundles is farEdges for a scene with bundles: what runs along the same way adds up.
func (k *sketch) farBundles(n int, shortest float32) {
	pieces := 1 + len(k.bundles.points)/(len(k.Scene.edges)+1)
	step := 1 + (n*pieces-1)/maxBent
	dense := n > bundledToneMap
	colors := k.farColors(n)
	if dense {
		colors = k.denseColors()
	}
	var lists [4][]Line
	total := (n + step - 1) / step
	var wg sync.WaitGroup
	for part := range lists {
		from, to := total*part/len(lists), total*(part+1)/len(lists)
		wg.Go(func() {
			list := make([]Line, 0, (to-from)*pieces)
			for at := from; at < to; at++ {
				i := k.edgeInView(at * step)
				e := &k.Scene.edges[i]
				c := colors[uint8(e.pos)]
				if k.crowded && k.passes(i) {
					c.A = uint8(float32(c.A) * passingPart)
				}
				if k.ledBy(i) != nil {
					list = k.hairlines(list, i, c)
					continue
				}
				a, b := k.at(k.point(e.a)), k.at(k.point(e.b))
				if d := b.Sub(a); d.Dot(d) > shortest*shortest && !k.beside(a, b) {
					list = append(list, Line{a, b, c})
				}
			}
			lists[part] = list
		})
	}
	wg.Wait()
	k.f.Lines = slices.Grow(k.f.Lines[:0], len(lists[0])+len(lists[1])+len(lists[2])+len(lists[3]))
	for _, l := range lists {
		k.f.Lines = append(k.f.Lines, l...)
	}
	k.f.ToneMap = dense
}

// bundledToneMap is from how many edges on a drawing with bundles shows densities: lines upon each other would soon all be
// equally strong, and the bundles would not stand out from what crosses them.
const bundledToneMap = 5000

// denseColors are colours that reach from faint to strong as densities.
func (k *sketch) denseColors() *[256]color.NRGBA {
	out := k.farColors(toneMapFrom + 1)
	for i := range out {
		out[i].A = uint8(min(2.2*float32(out[i].A), 255))
	}
	return out
}
