// Package live paints the canvas in the background: one goroutine makes the
// frame of the newest look and paints it into a buffer while another is on
// show. It knows nothing of windows.
//
// A picture can come in two steps: first the part that the canvas shows, then, in another buffer, all
// of it with the margin around. The second step waits a while, as zooming asks for another look at once, and
// is given up as soon as one is asked for; the first only where the owner says with Hurry that what is being
// painted is no longer of use.
//
// Every picture is an image value of its own, even where it uses a buffer again: two swaps between
// two frames of the window would else end at the value uploaded last, and the window would not look
// at its pixels.
//
// The owner calls Request, Hurry, Finish, Done and Close; finished pictures come back through
// post. The pixels of a picture are not written to while it is on show, because the window
// uploads it by identity: whoever shows one gives the one before back with Done.
package live

import (
	"context"
	"errors"
	"image"
	"sync"
	"sync/atomic"
	"time"

	"caveat/app/render"
	"caveat/app/scene"
	"caveat/app/typeset"
)

// Picture is a finished painting with the look it was painted for.
type Picture struct {
	Image  *image.RGBA // of the part of the frame that is painted
	At     image.Point // where in the frame that begins
	Frame  image.Point // size of the frame, in device pixels
	Whole  bool        // Image has all of it
	Scene  *scene.Scene
	Look   scene.Look
	Serial uint64        // of the request, counted from 1
	Asked  time.Time     // when Request was called
	Took   time.Duration // for frame and paint together, so far, without pauses
	// Nodes and edges drawn, for the frame log.
	Marks, Strokes int

	buf *buffer // whose pixels Image shows
}

// marginAfter is how long the second step of a picture waits for another look, and for the end of the
// movement that the first may have been painted for.
const marginAfter = 200 * time.Millisecond

// buffers is how many pictures there is memory for: one on show, one waiting to be shown, one
// being painted.
const buffers = 3

// buffer is the memory of pictures. It is free when nobody uses it: the painter, or who has a
// picture in it.
type buffer struct {
	pixels []uint8
	users  atomic.Int32
}

// of returns the buffer as an image of that size.
func (b *buffer) of(size image.Point) *image.RGBA {
	n := 4 * size.X * size.Y
	if len(b.pixels) < n {
		b.pixels = make([]uint8, n)
	}
	return &image.RGBA{Pix: b.pixels[:n:n], Stride: 4 * size.X, Rect: image.Rectangle{Max: size}}
}

// request is a look to be painted.
type request struct {
	scene  *scene.Scene
	look   scene.Look
	asked  time.Time
	serial uint64
	first  image.Rectangle
}

// Painter owns the goroutine that paints. Its methods belong to one goroutine.
type Painter struct {
	painter *render.Painter
	post    func(func())
	ready   func(*Picture)

	mu     sync.Mutex
	next   *request           // newest look not yet begun
	drop   context.CancelFunc // of the painting in work, nil without
	extra  bool               // what is in work is the margin of a picture that is ready
	serial uint64             // of the newest request
	wake   chan struct{}
	finish chan struct{} // the second step must not wait
	free   chan *buffer
	cancel context.CancelFunc
	ended  chan struct{}
	fail   func(error)
}

// New starts the goroutine. ready is called through post with every finished picture, fail with what
// went wrong in painting, which ends nothing.
func New(faces *typeset.Faces, post func(func()), ready func(*Picture), fail func(error)) *Painter {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Painter{
		painter: render.NewPainter(faces), post: post, ready: ready, fail: fail,
		wake: make(chan struct{}, 1), finish: make(chan struct{}, 1), free: make(chan *buffer, buffers), cancel: cancel, ended: make(chan struct{}),
	}
	for range buffers {
		p.free <- new(buffer)
	}
	go p.run(ctx)
	return p
}

// Request asks for a picture and returns the serial it will carry; a look not
// yet begun is dropped for it. Unless first is empty that part of the frame comes first, as a picture of its own
// with the same serial.
func (p *Painter) Request(s *scene.Scene, l scene.Look, first image.Rectangle) uint64 {
	p.mu.Lock()
	p.serial++
	serial := p.serial
	p.next = &request{s, l, time.Now(), serial, first}
	if p.extra {
		p.drop()
	}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
	return serial
}

// Hurry gives up what is being painted if another look waits for it.
func (p *Painter) Hurry() {
	p.mu.Lock()
	if p.next != nil && p.drop != nil {
		p.drop()
	}
	p.mu.Unlock()
}

// Finish has the margin of a picture painted that is there without it.
func (p *Painter) Finish() {
	select {
	case p.finish <- struct{}{}:
	default:
	}
}

// Done gives back a picture that is no longer on show.
func (p *Painter) Done(pic *Picture) { p.release(pic.buf) }

func (p *Painter) release(b *buffer) {
	if b.users.Add(-1) == 0 {
		p.free <- b // has room for all
	}
}

// Close ends the goroutine and waits for it.
func (p *Painter) Close() {
	p.cancel()
	<-p.ended
}

func (p *Painter) run(ctx context.Context) {
	defer close(p.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		}
		buf := p.take(ctx)
		if buf == nil {
			return
		}
		r, work := p.begin(ctx)
		if r == nil {
			p.release(buf)
			continue
		}
		err := p.paint(work, r, buf)
		p.end()
		if err != nil && !errors.Is(err, context.Canceled) {
			p.post(func() { p.fail(err) })
		}
	}
}

// take returns a free buffer with one user, nil when ctx ends first.
func (p *Painter) take(ctx context.Context) *buffer {
	select {
	case <-ctx.Done():
		return nil
	case buf := <-p.free:
		buf.users.Store(1)
		return buf
	}
}

// begin takes the newest look, nil if there is none, with a context of its own.
func (p *Painter) begin(ctx context.Context) (*request, context.Context) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.next
	if r == nil {
		return nil, nil
	}
	p.next, p.extra = nil, false
	select {
	case <-p.finish: // was of an earlier picture
	default:
	}
	ctx, p.drop = context.WithCancel(ctx)
	return r, ctx
}

func (p *Painter) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop()
	p.drop, p.extra = nil, false
}

// paint paints a look, into buf first, gives that back, and posts what is ready.
func (p *Painter) paint(ctx context.Context, r *request, buf *buffer) error {
	began := time.Now()
	frame := r.scene.Frame(r.look)
	defer r.scene.Recycle(frame)
	marks, strokes := len(frame.Marks)+len(frame.Dots), len(frame.Strokes)+len(frame.Lines)
	part := func(buf *buffer, of image.Rectangle) error {
		defer p.release(buf)
		pic := &Picture{buf: buf, Image: buf.of(of.Size()), At: of.Min, Frame: frame.Size, Whole: of.Size() == frame.Size, Scene: r.scene, Look: r.look,
			Serial: r.serial, Asked: r.asked, Marks: marks, Strokes: strokes}
		if err := p.painter.PaintPart(ctx, frame, of, pic.Image); err != nil {
			return err
		}
		pic.Took = time.Since(began)
		buf.users.Add(1)
		p.post(func() { p.ready(pic) })
		return nil
	}
	whole := image.Rectangle{Max: frame.Size}
	first := r.first.Intersect(whole)
	if first.Empty() || first == whole {
		return part(buf, whole)
	}
	if err := part(buf, first); err != nil {
		return err
	}
	paused := time.Now()
	if err := p.pause(ctx); err != nil {
		return err
	}
	if buf = p.take(ctx); buf == nil {
		return ctx.Err()
	}
	began = began.Add(time.Since(paused))
	return part(buf, whole)
}

// pause waits before the second step of a picture, which is given up once another look is asked for.
func (p *Painter) pause(ctx context.Context) error {
	p.mu.Lock()
	if p.extra = true; p.next != nil {
		p.drop()
	}
	p.mu.Unlock()
	select {
	case <-ctx.Done():
	case <-p.finish:
	case <-time.After(marginAfter):
	}
	return ctx.Err()
}
