// Package render turns a scene.Frame into something to look at: pixels on
// every core, PNG, SVG and PDF.
//
// A Painter cuts the picture into horizontal bands that depend on its height
// only, hands them to the cores, and paints every primitive of the frame that
// touches a band into it; PaintPart does so for a part of the picture. What a pixel becomes depends on the frame alone, never on
// the bands or the number of cores: coverage is computed from absolute
// positions (distances to shapes, not increments from where a band starts).
//
// Files, from the bottom up:
//
//	pixel.go             packed pixels and blending
//	mask.go              coverage of thick segments and polygons in a band
//	line.go density.go   hairlines, blended or accumulated and tone-mapped
//	curve.go stroke.go   what a stroke consists of; edges of the near level
//	shape.go mark.go     distances to outlines, rows of discs; areas, dots and nodes
//	svgpath.go icon.go   icons: parsed, cached as alpha masks
//	label.go             text: cached masks of whole labels with their halo
//	bins.go painter.go   which primitive touches which band; Painter
//	bounds.go            where texts, marks and strokes reach
//	png.go svg.go pdf.go the files; vector.go: what SVG and PDF share
//
// Invariants: a frame is never written to; equal frames give equal bytes;
// nothing is allocated for a primitive once buffers and caches are warm.
package render
