package geom

// Rect is an axis-parallel box. It holds its border: Min and Max are both inside.
// A box with Max below Min on either axis is empty.
type Rect struct{ Min, Max Point }

// RectAround returns the box of half width w and half height h about the centre c.
func RectAround(c Point, w, h float32) Rect {
	return Rect{Point{c.X - w, c.Y - h}, Point{c.X + w, c.Y + h}}
}

// emptyRect is the neutral element of Union.
var emptyRect = Rect{Point{1, 1}, Point{0, 0}}

// Width returns the extent along x, 0 for an empty box.
func (r Rect) Width() float32 {
	if r.Empty() {
		return 0
	}
	return r.Max.X - r.Min.X
}

// Height returns the extent along y, 0 for an empty box.
func (r Rect) Height() float32 {
	if r.Empty() {
		return 0
	}
	return r.Max.Y - r.Min.Y
}

// Center returns the middle of the box.
func (r Rect) Center() Point {
	return Point{(r.Min.X + r.Max.X) / 2, (r.Min.Y + r.Max.Y) / 2}
}

// Empty reports whether the box holds no point. A box of a single point, or a
// line, is not empty. A box with a coordinate that is not a number is empty.
func (r Rect) Empty() bool { return !(r.Min.X <= r.Max.X && r.Min.Y <= r.Max.Y) }

// Contains reports whether p lies in the box or on its border.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.Min.X && p.X <= r.Max.X && p.Y >= r.Min.Y && p.Y <= r.Max.Y
}

// ContainsRect reports whether all of s lies in r; the empty box lies in every box.
func (r Rect) ContainsRect(s Rect) bool {
	return s.Empty() || r.Contains(s.Min) && r.Contains(s.Max)
}

// Intersects reports whether r and s share a point; an empty box shares none.
func (r Rect) Intersects(s Rect) bool {
	return !r.Empty() && !s.Empty() &&
		r.Min.X <= s.Max.X && s.Min.X <= r.Max.X &&
		r.Min.Y <= s.Max.Y && s.Min.Y <= r.Max.Y
}

// Intersect returns the box of the points that r and s share.
func (r Rect) Intersect(s Rect) Rect {
	if !r.Intersects(s) {
		return emptyRect
	}
	return Rect{
		Point{max(r.Min.X, s.Min.X), max(r.Min.Y, s.Min.Y)},
		Point{min(r.Max.X, s.Max.X), min(r.Max.Y, s.Max.Y)},
	}
}

// Union returns the smallest box that holds both; an empty one adds nothing.
func (r Rect) Union(s Rect) Rect {
	switch {
	case r.Empty():
		return s
	case s.Empty():
		return r
	}
	return Rect{
		Point{min(r.Min.X, s.Min.X), min(r.Min.Y, s.Min.Y)},
		Point{max(r.Max.X, s.Max.X), max(r.Max.Y, s.Max.Y)},
	}
}

// Inset returns the box with every side moved inward by d; a negative d grows it.
// Inset past the middle gives an empty box.
func (r Rect) Inset(d float32) Rect {
	return Rect{Point{r.Min.X + d, r.Min.Y + d}, Point{r.Max.X - d, r.Max.Y - d}}
}

// Translate returns the box moved by v.
func (r Rect) Translate(v Point) Rect { return Rect{r.Min.Add(v), r.Max.Add(v)} }

// Dist returns the distance from p to the nearest point of the box, 0 inside.
func (r Rect) Dist(p Point) float32 {
	return Point{
		max(r.Min.X-p.X, 0, p.X-r.Max.X),
		max(r.Min.Y-p.Y, 0, p.Y-r.Max.Y),
	}.Len()
}

// BoundsOf returns the smallest box that holds every finite point of pts; an empty
// box where there is none.
func BoundsOf(pts []Point) Rect {
	b, some := emptyRect, false
	for _, p := range pts {
		if !p.Finite() {
			continue
		}
		if !some {
			b, some = Rect{p, p}, true
			continue
		}
		b.Min.X, b.Max.X = min(b.Min.X, p.X), max(b.Max.X, p.X)
		b.Min.Y, b.Max.Y = min(b.Min.Y, p.Y), max(b.Max.Y, p.Y)
	}
	return b
}
