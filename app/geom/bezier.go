package geom

import "math"

// Curve is a quadratic Bezier from A to B with the control point C.
type Curve struct{ A, C, B Point }

// Arc returns the curve from a to b whose middle lies bulge units to the left of the
// straight line (to the side of b-a turned by a quarter, Perp). Bulge 0 is straight.
func Arc(a, b Point, bulge float32) Curve {
	mid := a.Lerp(b, 0.5)
	return Curve{a, mid.Add(b.Sub(a).Unit().Perp().Mul(2 * bulge)), b}
}

// At returns the point at t, A at 0 and B at 1.
func (c Curve) At(t float32) Point {
	return c.A.Lerp(c.C, t).Lerp(c.C.Lerp(c.B, t), t)
}

// Tangent returns the derivative at t: the direction of travel, not of unit length.
// Where the control point coincides with an end it falls back to the chord.
func (c Curve) Tangent(t float32) Point {
	d := c.C.Sub(c.A).Mul(2 * (1 - t)).Add(c.B.Sub(c.C).Mul(2 * t))
	if d == (Point{}) {
		return c.B.Sub(c.A)
	}
	return d
}

// Split returns the parts of the curve before and after t (de Casteljau).
func (c Curve) Split(t float32) (before, after Curve) {
	p, q := c.A.Lerp(c.C, t), c.C.Lerp(c.B, t)
	m := p.Lerp(q, t)
	return Curve{c.A, p, m}, Curve{m, q, c.B}
}

// Between returns the part of the curve from t0 to t1, 0 <= t0 <= t1 <= 1.
func (c Curve) Between(t0, t1 float32) Curve {
	if t1 <= 0 {
		return Curve{c.A, c.A, c.A}
	}
	first, _ := c.Split(t1)
	_, part := first.Split(t0 / t1)
	return part
}

// Bounds returns the smallest box that holds the curve (not its control point).
func (c Curve) Bounds() Rect {
	r := BoundsOf([]Point{c.A, c.B})
	for _, t := range [2]float32{
		extremum(c.A.X, c.C.X, c.B.X), extremum(c.A.Y, c.C.Y, c.B.Y),
	} {
		if t > 0 && t < 1 {
			p := c.At(t)
			r = r.Union(Rect{p, p})
		}
	}
	return r
}

// extremum returns where one coordinate of a quadratic turns, or -1.
func extremum(a, c, b float32) float32 {
	den := a - 2*c + b
	if den == 0 {
		return -1
	}
	return (a - c) / den
}

// Len returns the length of the curve within about 0.1 %.
func (c Curve) Len() float32 {
	const n = 16
	sum, last := float32(0), c.A
	for i := 1; i <= n; i++ {
		p := c.At(float32(i) / n)
		sum += last.Dist(p)
		last = p
	}
	return sum
}

// Steps returns into how many straight pieces the curve must be cut so that none
// strays more than tol from it; at least 1, at most 64.
func (c Curve) Steps(tol float32) int {
	bend := c.A.Sub(c.C.Mul(2)).Add(c.B).Len() / 4
	if !(tol > 0) || !(bend > tol) {
		return 1
	}
	return min(64, int(math.Ceil(math.Sqrt(float64(bend/tol)))))
}

// Flatten appends to dst the points of a polyline within tol of the curve,
// both ends included, and returns it.
func (c Curve) Flatten(dst []Point, tol float32) []Point {
	n := c.Steps(tol)
	dst = append(dst, c.A)
	for i := 1; i < n; i++ {
		dst = append(dst, c.At(float32(i)/float32(n)))
	}
	return append(dst, c.B)
}

// Nearest returns the point of the curve nearest to p, within about 1 % of the
// curve's length, and its parameter.
func (c Curve) Nearest(p Point) (Point, float32) {
	const n = 16
	best, at, bestDist := c.A, float32(0), p.Dist(c.A)
	last := c.A
	for i := 1; i <= n; i++ {
		next := c.At(float32(i) / n)
		q, t := NearestOnSegment(p, last, next)
		if d := p.Dist(q); d < bestDist {
			best, at, bestDist = q, (float32(i-1)+t)/n, d
		}
		last = next
	}
	return best, at
}

// Dist returns the distance from p to the curve, within about 1 % of its length.
func (c Curve) Dist(p Point) float32 {
	q, _ := c.Nearest(p)
	return p.Dist(q)
}
