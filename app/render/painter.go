package render

import (
	"context"
	"fmt"
	"image"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
	"caveat/assets"
)

// Painter draws frames into pixels and keeps buffers, labels and icons from
// one frame to the next. Any goroutine may call Paint; calls wait for each other.
type Painter struct {
	faces   *typeset.Faces
	workers int

	mu     sync.Mutex
	labels *labels
	icons  *icons
	pool   []*worker
	job    job
}

// worker is what one core needs to paint a band.
type worker struct {
	canvas  canvas
	mask    mask
	density density
	pts     []geom.Point
	curves  []geom.Curve
}

// job is one frame prepared for its bands.
type job struct {
	frame   *scene.Frame
	pix     []pixel         // of the part
	part    image.Rectangle // of the frame that is painted
	w, h    int             // of the frame
	bands   int
	extents []extent
	areas   bins
	lines   bins
	ends    []pair // of lines that add up to densities, in the order of lines.items
	cursor  []int32
	strokes bins
	dots    bins
	marks   bins
	texts   bins
	palette palette
	curve   curve
	icons   []iconMask // by mark; cov nil is none
	labels  []placed   // by text
	next    atomic.Int32
}

// bandHeight is how many rows a band has: enough bands to share them evenly
// and to stop soon when cancelled, few enough that long lines are not prepared too often.
const bandHeight = 64

// NewPainter returns a painter that uses all cores. Its texts are set in faces.
func NewPainter(faces *typeset.Faces) *Painter {
	return newPainter(faces, runtime.GOMAXPROCS(0), assets.Icon)
}

func newPainter(faces *typeset.Faces, workers int, icon func(string) ([]byte, error)) *Painter {
	p := &Painter{faces: faces, workers: max(workers, 1), labels: newLabels(faces), icons: newIcons(icon)}
	for range p.workers {
		p.pool = append(p.pool, new(worker))
	}
	return p
}

// Paint draws fr into dst, which must be of the frame's size without gaps between
// rows, and makes every pixel opaque. Equal frames give equal pixels on any number
// of cores. When ctx ends it stops after the bands at hand, with dst half painted,
// and returns the context's error.
func (p *Painter) Paint(ctx context.Context, fr *scene.Frame, dst *image.RGBA) error {
	return p.PaintPart(ctx, fr, image.Rectangle{Max: fr.Size}, dst)
}

// PaintPart is Paint for the pixels of fr in part, of whose size dst must be. They are those that Paint gives.
func (p *Painter) PaintPart(ctx context.Context, fr *scene.Frame, part image.Rectangle, dst *image.RGBA) error {
	w, h := fr.Size.X, fr.Size.Y
	if !part.In(image.Rectangle{Max: fr.Size}) {
		return fmt.Errorf("painting %v of a frame of %v: there is less of it", part, fr.Size)
	}
	if dst.Rect.Size() != part.Size() || dst.Stride != 4*part.Dx() {
		return fmt.Errorf("painting %v of a frame of %v: the picture is %v with rows of %d bytes", part, fr.Size, dst.Rect.Size(), dst.Stride)
	}
	if part.Empty() {
		return ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	j := &p.job
	j.frame, j.w, j.h, j.part = fr, w, h, part
	j.pix = unsafe.Slice((*pixel)(unsafe.Pointer(&dst.Pix[0])), part.Dx()*part.Dy())
	j.bands = (h + bandHeight - 1) / bandHeight
	p.prepare(j)
	p.run(ctx, part.Min.Y/bandHeight, (part.Max.Y+bandHeight-1)/bandHeight)
	j.frame, j.pix = nil, nil
	return ctx.Err()
}

// run paints the bands from first up to end on all cores.
func (p *Painter) run(ctx context.Context, first, end int) {
	if first >= end {
		return
	}
	j := &p.job
	j.next.Store(int32(first))
	var wait sync.WaitGroup
	for _, wk := range p.pool[1:min(p.workers, end-first)] {
		wait.Go(func() { wk.run(ctx, j, end, p.faces) })
	}
	p.pool[0].run(ctx, j, end, p.faces)
	wait.Wait()
}

// run paints bands before end until none is left.
func (w *worker) run(ctx context.Context, j *job, end int, faces *typeset.Faces) {
	for ctx.Err() == nil {
		b := int(j.next.Add(1)) - 1
		if b >= end {
			return
		}
		w.band(j, b, faces)
	}
}

// prepare sorts everything into bands and finds the masks of labels and icons.
func (p *Painter) prepare(j *job) {
	fr := j.frame
	scale := fr.Scale
	w, h := j.w, j.h
	part := geom.Rect{Min: geom.Point{X: float32(j.part.Min.X), Y: float32(j.part.Min.Y)}, Max: geom.Point{X: float32(j.part.Max.X), Y: float32(j.part.Max.Y)}}
	sortInto := func(b *bins, n, classes int, f func(i int) extent) {
		if cap(j.extents) < n {
			j.extents = make([]extent, n+n/4)
		}
		j.extents = j.extents[:n]
		for i := range j.extents {
			j.extents[i] = f(i)
		}
		b.build(j.extents, j.bands, classes)
	}
	sortInto(&j.areas, len(fr.Areas), 1, func(i int) extent { return extentOf(areaReach(&fr.Areas[i]), part) })
	j.palette.colors, j.palette.last, j.palette.index = j.palette.colors[:0], fr.Background, 0
	classes := 1
	if fr.ToneMap {
		classes = maxColors
		j.curve = curveFor(meanDensity(fr.Lines, w, h))
	}
	sortInto(&j.lines, len(fr.Lines), classes, func(i int) extent {
		l := &fr.Lines[i]
		e := extentOf(lineReach(l.A, l.B), part)
		if fr.ToneMap { // of all lines, so that parts of a frame count them alike
			e.class = j.palette.class(l.Color)
		}
		return e
	})
	if fr.ToneMap {
		j.order(p.workers)
	}
	sortInto(&j.strokes, len(fr.Strokes), 1, func(i int) extent { return extentOf(strokeReach(&fr.Strokes[i], scale), part) })
	sortInto(&j.dots, len(fr.Dots), 1, func(i int) extent {
		d := &fr.Dots[i]
		r := max(d.Radius, .5) + 1
		return extentOf(geom.RectAround(d.At, r, r), part)
	})
	sortInto(&j.marks, len(fr.Marks), 1, func(i int) extent { return extentOf(markReach(&fr.Marks[i], scale), part) })
	j.icons = resize(j.icons, len(fr.Marks))
	for i, e := range j.extents {
		m := &fr.Marks[i]
		if e.from > e.to || !p.icons.get(&j.icons[i], m.Icon, iconBox(m)) {
			j.icons[i] = iconMask{}
		}
	}
	j.labels = resize(j.labels, len(fr.Texts))
	sortInto(&j.texts, len(fr.Texts), 1, func(i int) extent {
		t := &fr.Texts[i]
		e := extentOf(TextBounds(t, p.faces, scale), part)
		j.labels[i] = placed{}
		if e.from <= e.to {
			j.labels[i] = p.labels.place(t, scale)
		}
		return e
	})
}

// pair is both ends of a line.
type pair struct{ a, b geom.Point }

// order copies the ends of all lines, whose extents are the last that were sorted, into the order of their bins: bands
// that looked each of hundreds of thousands up would wait for memory most of the time.
func (j *job) order(workers int) {
	lines := j.frame.Lines
	j.ends = resize(j.ends, len(j.lines.items))
	j.cursor = append(j.cursor[:0], j.lines.start...)
	var wait sync.WaitGroup
	for part := range workers {
		low, high := int32(j.bands*part/workers), int32(j.bands*(part+1)/workers)
		wait.Go(func() {
			for i, e := range j.extents {
				if e.from > e.to {
					continue
				}
				for k := max(e.from/bandHeight, low); k <= min(e.to/bandHeight, high-1); k++ {
					at := &j.cursor[k*maxColors+int32(e.class)]
					j.ends[*at] = pair{lines[i].A, lines[i].B}
					*at++
				}
			}
		})
	}
	wait.Wait()
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// lineReach returns the box a hairline may paint in.
func lineReach(a, b geom.Point) geom.Rect {
	return geom.Rect{Min: geom.Point{X: min(a.X, b.X) - 1, Y: min(a.Y, b.Y) - 1},
		Max: geom.Point{X: max(a.X, b.X) + 1, Y: max(a.Y, b.Y) + 1}}
}

// band paints everything that touches band b, in the order of the frame.
func (w *worker) band(j *job, b int, faces *typeset.Faces) {
	fr := j.frame
	w.canvas = canvas{pix: j.pix, first: j.part.Min.Y, width: j.w, height: j.h, left: j.part.Min.X, right: j.part.Max.X,
		top: max(b*bandHeight, j.part.Min.Y), bot: min((b+1)*bandHeight, j.part.Max.Y)}
	c := &w.canvas
	w.mask.reset(c)
	n := c.right - c.left
	fill(c.pix[(c.top-c.first)*n:(c.bot-c.first)*n], packed(fr.Background))
	for _, i := range j.areas.of(b) {
		w.area(&fr.Areas[i])
	}
	w.lines(j, b)
	for _, i := range j.strokes.of(b) {
		w.stroke(&fr.Strokes[i], fr.Scale, fr.Background)
	}
	for _, i := range j.dots.of(b) {
		d := &fr.Dots[i]
		c.dot(d.At, d.Radius, inkOf(d.Color))
	}
	for _, i := range j.marks.of(b) {
		ic := &j.icons[i]
		if ic.cov == nil {
			ic = nil
		}
		w.mark(&fr.Marks[i], ic, fr.Scale)
	}
	for _, i := range j.texts.of(b) {
		w.text(&fr.Texts[i], j.labels[i], faces)
	}
}

// lines paints the hairlines of a band.
func (w *worker) lines(j *job, b int) {
	fr, c := j.frame, &w.canvas
	if !fr.ToneMap {
		for _, i := range j.lines.of(b) {
			l := &fr.Lines[i]
			if hl, ok := hairlineOf(l.A, l.B, j.w, j.h); ok {
				c.line(&hl, inkOf(l.Color))
			}
		}
		return
	}
	several := len(j.palette.colors) > 1
	w.density.reset(c, several)
	for class, color := range j.palette.colors {
		bin := b*maxColors + class
		ends := j.ends[j.lines.start[bin]:j.lines.start[bin+1]]
		if len(ends) == 0 {
			continue
		}
		for i := range ends {
			if hl, ok := hairlineOf(ends[i].a, ends[i].b, j.w, j.h); ok {
				w.density.add(&hl, c)
			}
		}
		if several {
			w.density.fold(c, color, j.curve)
		} else {
			w.density.resolveOne(c, color, j.curve)
		}
	}
	if several {
		w.density.resolve(c, j.curve)
	}
}
