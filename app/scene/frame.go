package scene

import (
	"image"
	"image/color"

	"caveat/app/geom"
)

// Frame is one picture as a display list in device pixels, origin top left,
// y down. It is immutable and complete: the pixel rasteriser, the SVG and
// PDF writers and the tests read nothing else. The lists are painted in the order of the
// fields, each list in its own order; Ways only as parts of strokes.
type Frame struct {
	Size       image.Point // device pixels
	Scale      float32     // device pixels per unit: 1, 1.25, 1.5, 2 …
	Background color.NRGBA

	Areas []Area // groups and bands behind everything
	// Lines are the edges of the far level: straight, one hairline each.
	// With ToneMap set they are accumulated as density and tone-mapped, because
	// hundreds of thousands of translucent lines saturate.
	Lines   []Line
	ToneMap bool
	Strokes []Stroke     // edges of the near level, and lines that lead to names standing apart
	Ways    []geom.Curve // what the ways of strokes are parts of
	Dots    []Dot        // nodes of the far level, and claim dots
	Marks   []Mark       // nodes of the near level
	Texts   []Text       // labels, verbs, badges
}

// Area is a filled rounded rectangle or, with Points, a polygon.
type Area struct {
	Box    geom.Rect
	Radius float32
	Points []geom.Point
	Holes  [][]geom.Point // in the polygon, each turning the other way than it
	Fill   color.NRGBA
	Border color.NRGBA // transparent: none
	Width  float32     // of the border
}

// Line is a straight hairline.
type Line struct {
	A, B  geom.Point
	Color color.NRGBA
}

// Dash is the pattern of a stroke.
type Dash uint8

// The dashes: solid is current, dashed is superseded, expired or retracted,
// dotted is inferred.
const (
	Solid Dash = iota
	Dashed
	Dotted
)

// Head is the mark at the object's end of a stroke.
type Head uint8

// The heads: a hollow arrow looks unfinished, for claims without a source.
const (
	NoHead Head = iota
	Arrow
	HollowArrow
)

// Stroke is a quadratic Bézier curve from A by Ctrl to B, already cut off at
// the rims of the nodes it joins; or, if it has a Way, the curves of that one after another from A to B.
type Stroke struct {
	A, Ctrl, B geom.Point
	Way        []geom.Curve // each begins where the one before ends; Ctrl counts for nothing then
	Width      float32
	Color      color.NRGBA
	Dash       Dash
	Head       Head
	Double     bool        // two parallel lines: a claim on a claim
	Bolt       bool        // lightning mark at the middle: a computed contradiction
	Halo       color.NRGBA // glow under the stroke: selection, hover; transparent: none
}

// Dot is a filled disc.
type Dot struct {
	At     geom.Point
	Radius float32
	Color  color.NRGBA
}

// Outline is the shape of a mark.
type Outline uint8

// The outlines of nodes by role.
const (
	Disc Outline = iota
	RoundedSquare
	Diamond
	Page
)

// Mark is a node: an outline with an icon in it.
type Mark struct {
	At      geom.Point
	Radius  float32
	Outline Outline
	Fill    color.NRGBA
	Border  color.NRGBA
	Width   float32     // of the border
	Icon    string      // name of an asset icon, or empty
	Ink     color.NRGBA // of the icon
	Ring    color.NRGBA // selection or hover ring outside the border; transparent: none
	Pin     bool        // a small pin at the upper right
}

// Anchor says which point of a text its position is.
type Anchor uint8

// The anchors: At is the middle, the start or the end of the baseline.
const (
	Middle Anchor = iota
	Start
	End
)

// Text is one line of text.
type Text struct {
	At     geom.Point // baseline point
	String string
	Size   float32 // pixels per em
	Bold   bool
	Anchor Anchor
	Color  color.NRGBA
	Halo   color.NRGBA // outline of about 2 px that keeps it readable; transparent: none
	Plate  color.NRGBA // filled rounded box behind it (badges, verbs); transparent: none
	Angle  float32     // radians, about At; 0 for nearly all
	Link   string      // address to follow in SVG and PDF, or empty
}
