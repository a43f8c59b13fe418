package typeset

import (
	"image"
	"image/draw"
	"math"
	"sync"
	"sync/atomic"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// Glyph is one character as a mask of coverage. It is shared and must not be written to.
type Glyph struct {
	Mask *image.Alpha // origin 0,0; nil if the character has no ink
	// Left and Top are where the mask's upper left pixel lies from the pixel that holds
	// the pen: x grows right, y down, so Top is mostly negative.
	Left, Top int
	Advance   float32 // how far the pen moves, in pixels, without kerning
}

// Subpixels is the number of horizontal positions within a pixel that masks are made for.
const Subpixels = 4

const (
	sizeSteps  = 4   // masks are made for quarters of a pixel of size
	tableSizes = 512 // sizes below 128 px have a table for Latin letters
	tableRunes = 0x250
	// cacheLimit bounds the bytes of masks kept; beyond it all are forgotten.
	cacheLimit = 32 << 20
)

type maskKey struct {
	r    rune
	size uint16 // in quarters of a pixel
	sub  uint8
	bold bool
}

// maskTable holds the masks of the common letters of one face and size.
type maskTable [tableRunes * Subpixels]atomic.Pointer[Glyph]

type maskCache struct {
	tables [2][tableSizes]atomic.Pointer[maskTable]
	mu     sync.RWMutex
	rest   map[maskKey]*Glyph
	bytes  atomic.Int64
}

// Place splits a pen position into the pixel that holds it and the subpixel step for Glyph.
func Place(x float32) (pixel int, subpixel uint8) {
	q := int(math.Floor(float64(x)*Subpixels + 0.5))
	return q >> 2, uint8(q & (Subpixels - 1))
}

// Glyph returns the mask of r at size pixels per em (taken to the nearest quarter), its pen
// subpixel/4 right of the pixel's left edge. It is made at its first use and cached.
func (f *Faces) Glyph(r rune, size float32, bold bool, subpixel uint8) *Glyph {
	q := uint16(min(max(size*sizeSteps+0.5, 1), math.MaxUint16))
	sub := subpixel % Subpixels
	c := &f.masks
	var slot *atomic.Pointer[Glyph]
	if q < tableSizes && r >= 0 && r < tableRunes {
		face := &c.tables[0][q]
		if bold {
			face = &c.tables[1][q]
		}
		t := face.Load()
		if t == nil {
			face.CompareAndSwap(nil, new(maskTable))
			// Another goroutine may have emptied the cache in between.
			if t = face.Load(); t == nil {
				t = new(maskTable)
			}
		}
		slot = &t[int(r)*Subpixels+int(sub)]
		if g := slot.Load(); g != nil {
			return g
		}
	} else {
		c.mu.RLock()
		g := c.rest[maskKey{r, q, sub, bold}]
		c.mu.RUnlock()
		if g != nil {
			return g
		}
	}
	g := f.weight(bold).rasterise(r, float32(q)/sizeSteps, float32(sub)/Subpixels)
	if c.bytes.Add(g.bytes()) > cacheLimit {
		c.clear()
	}
	if slot != nil {
		slot.Store(g)
		return g
	}
	c.mu.Lock()
	if c.rest == nil {
		c.rest = map[maskKey]*Glyph{}
	}
	c.rest[maskKey{r, q, sub, bold}] = g
	c.mu.Unlock()
	return g
}

func (g *Glyph) bytes() int64 {
	if g.Mask == nil {
		return 64
	}
	return 128 + int64(len(g.Mask.Pix))
}

func (c *maskCache) clear() {
	for b := range c.tables {
		for i := range c.tables[b] {
			c.tables[b][i].Store(nil)
		}
	}
	c.mu.Lock()
	c.rest = nil
	c.mu.Unlock()
	c.bytes.Store(0)
}

// rasterise draws the outline of r by exact area coverage (golang.org/x/image/vector).
func (w *weight) rasterise(r rune, size, shift float32) *Glyph {
	m := w.measure(r)
	g := &Glyph{Advance: m.advance * size}
	if m.advance == 0 && m.glyph == 0 {
		return g
	}
	b := w.buffers.Get().(*sfnt.Buffer)
	defer w.buffers.Put(b)
	outline, err := w.font.LoadGlyph(b, m.glyph, w.ppem(), nil)
	if err != nil || len(outline) == 0 {
		return g
	}
	k := size / w.em / 64
	box := outline.Bounds()
	x0, y0 := int(math.Floor(float64(float32(box.Min.X)*k+shift))), int(math.Floor(float64(float32(box.Min.Y)*k)))
	x1, y1 := int(math.Ceil(float64(float32(box.Max.X)*k+shift))), int(math.Ceil(float64(float32(box.Max.Y)*k)))
	if x1 <= x0 || y1 <= y0 {
		return g
	}
	dx, dy := shift-float32(x0), -float32(y0)
	z := vector.NewRasterizer(x1-x0, y1-y0)
	z.DrawOp = draw.Src
	for _, s := range outline {
		var p [6]float32
		for i, a := range s.Args {
			p[2*i], p[2*i+1] = float32(a.X)*k+dx, float32(a.Y)*k+dy
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			z.ClosePath()
			z.MoveTo(p[0], p[1])
		case sfnt.SegmentOpLineTo:
			z.LineTo(p[0], p[1])
		case sfnt.SegmentOpQuadTo:
			z.QuadTo(p[0], p[1], p[2], p[3])
		case sfnt.SegmentOpCubeTo:
			z.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
		}
	}
	z.ClosePath()
	g.Mask = image.NewAlpha(image.Rect(0, 0, x1-x0, y1-y0))
	g.Left, g.Top = x0, y0
	z.Draw(g.Mask, g.Mask.Rect, image.Opaque, image.Point{})
	return g
}
