package typeset

import (
	"fmt"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"caveat/assets"
)

// Faces are the two weights of the shipped font with their measures and masks.
// Safe for concurrent use.
type Faces struct {
	weights [2]*weight // regular, bold
	masks   maskCache
}

// weight is one font file. All measures are in ems.
type weight struct {
	font    *sfnt.Font
	buffers sync.Pool // *sfnt.Buffer
	em      float32   // font units per em
	ascent  float32
	descent float32
	latin   [latinEnd]measure
	kern    [kernCount * kernCount]int16 // font units, ASCII pairs

	mu   sync.RWMutex
	rest map[rune]measure
}

// measure is what is known of a rune: its glyph and how far the pen moves.
type measure struct {
	glyph   sfnt.GlyphIndex
	advance float32 // em
}

const (
	latinEnd  = 0x530 // Latin, Greek and Cyrillic are measured at once
	kernFirst = ' '
	kernCount = 0x7f - kernFirst
)

// New reads the fonts of package assets. It fails only if they are damaged.
func New() (*Faces, error) {
	f := new(Faces)
	for i := range f.weights {
		w, err := newWeight(assets.Font(i == 1))
		if err != nil {
			return nil, fmt.Errorf("reading the built-in font: %w", err)
		}
		f.weights[i] = w
	}
	return f, nil
}

func newWeight(ttf []byte) (*weight, error) {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	w := &weight{font: parsed, em: float32(parsed.UnitsPerEm()), rest: map[rune]measure{}}
	w.buffers.New = func() any { return new(sfnt.Buffer) }
	b := new(sfnt.Buffer)
	m, err := parsed.Metrics(b, w.ppem(), font.HintingNone)
	if err != nil {
		return nil, err
	}
	w.ascent, w.descent = float32(m.Ascent)/64/w.em, float32(m.Descent)/64/w.em
	for r := range rune(latinEnd) {
		w.latin[r] = w.read(b, r)
	}
	for i := range kernCount {
		for k := range kernCount {
			d, err := parsed.Kern(b, w.latin[kernFirst+i].glyph, w.latin[kernFirst+k].glyph, w.ppem(), font.HintingNone)
			if err == nil { // a pair without kerning is an error of sfnt
				w.kern[i*kernCount+k] = int16(d.Round())
			}
		}
	}
	return w, nil
}

// ppem is the size at which one pixel is one font unit.
func (w *weight) ppem() fixed.Int26_6 { return fixed.Int26_6(w.font.UnitsPerEm()) << 6 }

// read looks a rune up in the font. Runes without extent take none, also where the font
// lacks them; tabs and line ends are spaces.
func (w *weight) read(b *sfnt.Buffer, r rune) measure {
	if r == '\t' || r == '\n' || r == '\r' || r == 0xa0 {
		r = ' '
	}
	g, err := w.font.GlyphIndex(b, r)
	if err != nil || g == 0 && (unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r)) {
		return measure{}
	}
	a, err := w.font.GlyphAdvance(b, g, w.ppem(), font.HintingNone)
	if err != nil {
		return measure{glyph: g}
	}
	return measure{g, float32(a) / 64 / w.em}
}

func (w *weight) measure(r rune) measure {
	if r >= 0 && r < latinEnd {
		return w.latin[r]
	}
	w.mu.RLock()
	m, ok := w.rest[r]
	w.mu.RUnlock()
	if ok {
		return m
	}
	b := w.buffers.Get().(*sfnt.Buffer)
	m = w.read(b, r)
	w.buffers.Put(b)
	w.mu.Lock()
	w.rest[r] = m
	w.mu.Unlock()
	return m
}

// kerning returns the correction between two runes in ems.
func (w *weight) kerning(a, b rune) float32 {
	i, k := a-kernFirst, b-kernFirst
	if uint32(i) >= kernCount || uint32(k) >= kernCount {
		return 0
	}
	return float32(w.kern[i*kernCount+k]) / w.em
}

func (f *Faces) weight(bold bool) *weight {
	if bold {
		return f.weights[1]
	}
	return f.weights[0]
}

// composed returns s with its accents joined to their letters (Unicode NFC), because the
// font has letters with accents but nothing here places loose ones.
func composed(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(s)
		}
	}
	return s
}

// Each calls visit for every rune of s, set from the pen position 0 at size pixels
// per em, with the pen position at which its glyph is to be drawn, in pixels. It returns the
// position after the last.
func (f *Faces) Each(s string, size float32, bold bool, visit func(r rune, x float32)) float32 {
	w := f.weight(bold)
	x, last := float32(0), rune(-1)
	for _, r := range composed(s) {
		x += w.kerning(last, r)
		visit(r, x*size)
		x += w.measure(r).advance
		last = r
	}
	return x * size
}

// Width returns how far the pen moves over s at size pixels per em, in pixels.
func (f *Faces) Width(s string, size float32, bold bool) float32 {
	return f.weight(bold).width(composed(s)) * size
}

// width returns the width of a composed string in ems.
func (w *weight) width(s string) float32 {
	x, last := float32(0), rune(-1)
	for _, r := range s {
		x += w.kerning(last, r)
		x += w.measure(r).advance
		last = r
	}
	return x
}

// Ascent returns how far letters reach above the baseline, in pixels.
func (f *Faces) Ascent(size float32) float32 { return f.weights[0].ascent * size }

// Descent returns how far letters reach below the baseline, in pixels, positive.
func (f *Faces) Descent(size float32) float32 { return f.weights[0].descent * size }

// LineHeight returns the distance of baselines, in pixels.
func (f *Faces) LineHeight(size float32) float32 { return 1.25 * size }
