package render

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"

	"caveat/app/scene"
	"caveat/app/typeset"
)

// MaxPixels bounds the pictures that are painted for a file: 400 million
// pixels take 1.6 GB.
const MaxPixels = 400_000_000

// PNG paints the frame and writes it as a PNG file that says how many pixels
// make an inch (chunk pHYs of the PNG specification), so that it prints in its size; dpi 0 is 96
// for each unit of the frame's scale. Equal frames give equal bytes. ctx ends the painting.
func PNG(ctx context.Context, w io.Writer, fr *scene.Frame, faces *typeset.Faces, dpi float64) error {
	if fr.Size.X <= 0 || fr.Size.Y <= 0 {
		return fmt.Errorf("writing a PNG: a picture of %d by %d pixels has nothing in it", fr.Size.X, fr.Size.Y)
	}
	if fr.Size.X > MaxPixels/fr.Size.Y {
		return fmt.Errorf("writing a PNG: %d by %d pixels are too many; choose a smaller scale", fr.Size.X, fr.Size.Y)
	}
	im := image.NewRGBA(image.Rectangle{Max: fr.Size})
	if err := NewPainter(faces).Paint(ctx, fr, im); err != nil {
		return fmt.Errorf("writing a PNG: %w", err)
	}
	if dpi <= 0 {
		dpi = 96 * float64(fr.Scale)
	}
	if err := encodePNG(ctx, w, im, dpi); err != nil {
		return fmt.Errorf("writing a PNG: %w", err)
	}
	return nil
}

// headerEnd is where the first chunk of a PNG file, IHDR, ends.
const headerEnd = 8 + 4 + 4 + 13 + 4

// until is a buffer that refuses to be written to once the context is over,
// which ends encoders that know no contexts.
type until struct {
	bytes.Buffer
	ctx context.Context
}

// Write appends p or returns the context's error.
func (u *until) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Buffer.Write(p)
}

func encodePNG(ctx context.Context, w io.Writer, im image.Image, dpi float64) error {
	b := until{ctx: ctx}
	if err := png.Encode(&b, im); err != nil {
		return err
	}
	file := b.Bytes()
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	perMetre := uint32(math.Round(dpi / .0254))
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1) // the unit is the metre
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	for _, part := range [][]byte{file[:headerEnd], chunk, file[headerEnd:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
