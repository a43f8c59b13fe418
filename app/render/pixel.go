package render

import (
	"encoding/binary"
	"image/color"
)

// pixel is one opaque RGBA pixel as image.RGBA has it in memory, so that a
// whole pixel is read and written at once. All four channels are treated alike,
// so byte order does not matter.
type pixel = uint32

// ink is a colour ready to blend: its pixel without alpha, and the alpha as
// 0 (nothing) to 256 (covers).
type ink struct {
	px    pixel
	alpha uint32
}

func inkOf(c color.NRGBA) ink {
	return ink{packed(c), scale256(uint32(c.A))}
}

// packed returns c as an opaque pixel.
func packed(c color.NRGBA) pixel {
	return binary.NativeEndian.Uint32([]byte{c.R, c.G, c.B, 255})
}

// scale256 maps 0..255 to 0..256, so that a full alpha needs no division.
func scale256(a uint32) uint32 { return a + a>>7 }

// blend puts c with weight a of 256 over the opaque pixel d.
func blend(d, c pixel, a uint32) pixel {
	ia := 256 - a
	lo := ((d&0x00ff00ff)*ia + (c&0x00ff00ff)*a + 0x00800080) >> 8 & 0x00ff00ff
	hi := ((d>>8&0x00ff00ff)*ia + (c>>8&0x00ff00ff)*a + 0x00800080) & 0xff00ff00
	return lo | hi
}

// cover blends k over p where coverage is 0..256.
func (k ink) cover(p *pixel, coverage uint32) {
	a := coverage * k.alpha >> 8
	if a >= 256 {
		*p = k.px
		return
	}
	*p = blend(*p, k.px, a)
}

// span blends k over the pixels of row.
func (k ink) span(row []pixel) {
	if k.alpha >= 256 {
		fill(row, k.px)
		return
	}
	for i := range row {
		row[i] = blend(row[i], k.px, k.alpha)
	}
}

// fill sets every pixel of row.
func fill(row []pixel, c pixel) {
	if len(row) == 0 {
		return
	}
	row[0] = c
	for i := 1; i < len(row); i *= 2 {
		copy(row[i:], row[:i])
	}
}

// mix returns the ink that lies t of 256 on the way from k to other.
func (k ink) mix(other ink, t uint32) ink {
	return ink{blend(k.px, other.px, t), (k.alpha*(256-t) + other.alpha*t) >> 8}
}

// clamp01 bounds x to 0..1; not a number gives 0.
func clamp01(x float32) float32 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1)
}
