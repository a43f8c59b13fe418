package report

import (
	"context"
	"image"
	"math"

	"caveat/app/geom"
	"caveat/app/scene"
)

// Measures of a sheet in its own units.
const (
	pad       = 36  // on all sides
	gap       = 26  // between parts
	leastWide = 860 // of a sheet that fits its drawing
	// leastDrawing is the share of a given height from which the drawing shares it with legend and sources; if they leave
	// less, they come below that height, and drawing and title have all of it.
	leastDrawing = .45
)

// part is one part of a sheet: a frame whose origin is its upper left corner.
// Its units are the sheet's; k is device pixels per unit.
type part struct {
	*scene.Frame
	k      float32
	height float32 // device pixels
	in     *Input
}

func (in *Input) part(k float32) *part {
	return &part{Frame: &scene.Frame{Scale: k, Background: in.Theme.Background}, k: k, in: in}
}

// sheet composes the whole picture.
func (in *Input) sheet(ctx context.Context, data []byte) (*scene.Frame, error) {
	if in.Bare {
		return in.bare(), ctx.Err()
	}
	fixed := in.Size != (image.Point{})
	var graph *scene.Frame
	wide := float32(in.Size.X)
	if !fixed {
		graph = in.drawing(geom.Point{})
		wide = max(float32(graph.Size.X)/in.Scale+2*pad, leastWide)
	}
	// A wide sheet is looked at from further away: its furniture grows a little.
	unit := min(max(wide/1500, 1), 1.5)
	k := in.Scale * unit
	inner := wide*in.Scale - 2*pad*k
	if !fixed && float32(graph.Size.X) > inner { // the padding grew, too
		wide += (float32(graph.Size.X) - inner) / in.Scale
		inner = float32(graph.Size.X)
	}
	header := in.header(k, inner)
	below := []*part{in.legend(k, inner), in.answers(k, inner), in.sources(k, inner), in.footer(k, inner, data)}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if fixed {
		all := float32(in.Size.Y)*in.Scale - 2*pad*k - header.height - gap*k
		high := all
		for _, p := range below {
			high -= p.height + gap*k
		}
		if high < float32(in.Size.Y)*in.Scale*leastDrawing {
			high = all
		}
		graph = in.drawing(geom.Point{X: inner / in.Scale, Y: high / in.Scale})
		// Centred in what is left for it.
		shift(graph, geom.Point{X: max(0, (inner-float32(graph.Size.X))/2), Y: max(0, (high-float32(graph.Size.Y))/2)})
		graph.Size = image.Pt(max(graph.Size.X, int(inner)), max(graph.Size.Y, int(high)))
	} else {
		shift(graph, geom.Point{X: (inner - float32(graph.Size.X)) / 2})
	}
	out := &scene.Frame{Scale: in.Scale, Background: in.Theme.Background}
	y := pad * k
	put := func(fr *scene.Frame, height float32) {
		if height <= 0 {
			return
		}
		shift(fr, geom.Point{X: pad * k, Y: y})
		add(out, fr)
		y += height + gap*k
	}
	put(header.Frame, header.height)
	put(graph, float32(graph.Size.Y))
	for _, p := range below {
		put(p.Frame, p.height)
	}
	y += (pad - gap) * k
	wideNow := max(wide*in.Scale, float32(graph.Size.X)+2*pad*k)
	out.Size = image.Pt(ceil(wideNow), ceil(y))
	if fixed {
		out.Size.Y = max(out.Size.Y, ceil(float32(in.Size.Y)*in.Scale))
	}
	return out, ctx.Err()
}

func ceil(v float32) int { return int(math.Ceil(float64(v) - 1e-3)) }

// bare is the drawing alone, in the middle of the size asked for.
func (in *Input) bare() *scene.Frame {
	const around = 16
	area := geom.Point{X: float32(in.Size.X) - 2*around, Y: float32(in.Size.Y) - 2*around}
	if in.Size == (image.Point{}) {
		area = geom.Point{}
	}
	fr := in.drawing(area)
	size := image.Pt(fr.Size.X+ceil(2*around*in.Scale), fr.Size.Y+ceil(2*around*in.Scale))
	if in.Size != (image.Point{}) {
		size.X, size.Y = max(fr.Size.X, ceil(float32(in.Size.X)*in.Scale)), max(fr.Size.Y, ceil(float32(in.Size.Y)*in.Scale))
	}
	shift(fr, geom.Point{X: float32(size.X-fr.Size.X) / 2, Y: float32(size.Y-fr.Size.Y) / 2})
	fr.Size = size
	return fr
}
