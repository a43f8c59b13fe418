// Package typeset measures text and makes glyph masks from the shipped fonts, for the
// scene, which must know how wide a label is, and for the painters, which draw it.
//
// Text is set without hinting, so that all widths grow linearly with the size and a
// label measured once is measured for every zoom. Kerning is that of the font for pairs of ASCII
// characters; Each says where every glyph of a string stands and Width where it ends, and
// both agree always.
//
// Invariants: a Faces and every Glyph may be used from any goroutine; masks are never
// written to after they were handed out; equal input gives equal masks.
//
// Files: faces.go (Faces, New, Width, Each), wrap.go (Elide, Wrap), glyph.go (Glyph and its cache).
package typeset
