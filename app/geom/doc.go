// Package geom holds the plane geometry that everything drawn in Caveat shares:
// points, boxes, quadratic curves, distances and an index over boxes.
//
// All values are float32 in drawing units (or pixels, where the caller says so),
// y grows downward. Nothing here allocates but NewGrid, and nothing knows about
// graphs, colours or windows.
//
// Invariants: every function is pure; a Grid never changes after NewGrid and may
// be read from any goroutine; visiting orders are fixed by the input, never by a map.
//
// Files: point.go (Point), rect.go (Rect, BoundsOf), segment.go (segments),
// bezier.go (Curve, a quadratic Bezier), hull.go (convex hulls), grid.go and gridquery.go (Grid).
package geom
