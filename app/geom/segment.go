package geom

// NearestOnSegment returns the point of the segment a..b nearest to p, and where
// it divides the segment (0 at a, 1 at b).
func NearestOnSegment(p, a, b Point) (Point, float32) {
	d := b.Sub(a)
	l := d.Dot(d)
	if !(l > 0) {
		return a, 0
	}
	t := min(max(p.Sub(a).Dot(d)/l, 0), 1)
	return a.Add(d.Mul(t)), t
}

// SegmentDist returns the distance from p to the segment a..b.
func SegmentDist(p, a, b Point) float32 {
	q, _ := NearestOnSegment(p, a, b)
	return p.Dist(q)
}

// SegmentsCross reports whether the open segments a..b and c..d cross in one inner
// point. Touching ends and overlapping parallels do not count.
func SegmentsCross(a, b, c, d Point) bool {
	return opposite(turn(a, b, c), turn(a, b, d)) && opposite(turn(c, d, a), turn(c, d, b))
}

// turn returns twice the signed area of a, b, c, in double precision so that thin
// triangles keep their sign.
func turn(a, b, c Point) float64 {
	return (float64(b.X)-float64(a.X))*(float64(c.Y)-float64(a.Y)) -
		(float64(b.Y)-float64(a.Y))*(float64(c.X)-float64(a.X))
}

func opposite(s, t float64) bool { return s > 0 && t < 0 || s < 0 && t > 0 }

// SegmentMeetsRect reports whether the segment a..b has a point in r.
func SegmentMeetsRect(a, b Point, r Rect) bool {
	p, q := a, b
	return ClipSegment(&p, &q, r)
}

// ClipSegment shortens the segment a..b to its part inside r and reports whether
// there is one (Liang and Barsky 1984).
func ClipSegment(a, b *Point, r Rect) bool {
	if r.Empty() {
		return false
	}
	d := b.Sub(*a)
	t0, t1 := float32(0), float32(1)
	for _, side := range [4][2]float32{
		{-d.X, a.X - r.Min.X}, {d.X, r.Max.X - a.X},
		{-d.Y, a.Y - r.Min.Y}, {d.Y, r.Max.Y - a.Y},
	} {
		den, num := side[0], side[1]
		switch {
		case den == 0:
			if num < 0 {
				return false
			}
		case den < 0:
			t0 = max(t0, num/den)
		default:
			t1 = min(t1, num/den)
		}
	}
	if t0 > t1 {
		return false
	}
	p := *a
	if t1 < 1 {
		*b = p.Add(d.Mul(t1))
	}
	if t0 > 0 {
		*a = p.Add(d.Mul(t0))
	}
	return true
}
