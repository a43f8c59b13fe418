package geom

import "math"

// Point is a place or a vector in the plane, in drawing units.
type Point struct{ X, Y float32 }

// Add returns the vector sum of p and q.
func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Sub returns the vector from q to p.
func (p Point) Sub(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// Mul returns p scaled by k.
func (p Point) Mul(k float32) Point { return Point{p.X * k, p.Y * k} }

// Dot returns the scalar product of p and q.
func (p Point) Dot(q Point) float32 { return p.X*q.X + p.Y*q.Y }

// Cross returns the z component of the vector product: twice the signed area of
// the triangle (0, p, q).
func (p Point) Cross(q Point) float32 { return p.X*q.Y - p.Y*q.X }

// Perp returns p turned by a quarter, (X, Y) to (-Y, X).
func (p Point) Perp() Point { return Point{-p.Y, p.X} }

// Len returns the Euclidean length of p.
func (p Point) Len() float32 {
	return float32(math.Sqrt(float64(p.X)*float64(p.X) + float64(p.Y)*float64(p.Y)))
}

// Dist returns the Euclidean distance between p and q.
func (p Point) Dist(q Point) float32 { return p.Sub(q).Len() }

// Unit returns p at length 1, and the zero vector where p has no direction
// (zero, infinite or not a number).
func (p Point) Unit() Point {
	l := p.Len()
	if !(l > 0) || math.IsInf(float64(l), 0) {
		return Point{}
	}
	return Point{p.X / l, p.Y / l}
}

// Lerp returns the point that divides p..q at t: p at 0, q at 1.
func (p Point) Lerp(q Point, t float32) Point {
	return Point{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t}
}

// Finite reports whether both coordinates are ordinary numbers.
func (p Point) Finite() bool {
	return p.X-p.X == 0 && p.Y-p.Y == 0
}
