// Package live paints the canvas in the background: one goroutine makes the
// frame of the newest look and paints it into one of two pictures, while the other is on
// show. It knows nothing of windows.
// Every picture
// is an image value of its own, even where it uses a buffer again: two swaps between two frames of
// the window would else end at the value uploaded last, and the window would not look at its pixels.
//
// The owner calls Request, Done and Close; finished pictures come back through
// post. A picture is never written to while it is on show, because the window
// uploads it by identity: whoever shows one gives the one before back with Done.
package live

import (
	"context"
	"errors"
	"image"
	"sync"
	"time"

	"caveat/app/render"
	"caveat/app/scene"
	"caveat/app/typeset"
)

// Picture is a finished painting with the look it was painted for.
type Picture struct {
	Image  *image.RGBA
	Scene  *scene.Scene
	Look   scene.Look
	Serial uint64        // of the request, counted from 1
	Asked  time.Time     // when Request was called
	Took   time.Duration // for frame and paint together
	// Nodes and edges drawn, for the frame log.
	Marks, Strokes int

	buf *image.RGBA // whose pixels Image shows
}

// request is a look to be painted.
type request struct {
	scene  *scene.Scene
	look   scene.Look
	asked  time.Time
	serial uint64
}

// Painter owns the goroutine that paints. Its methods belong to one goroutine.
type Painter struct {
	painter *render.Painter
	post    func(func())
	ready   func(*Picture)

	mu     sync.Mutex
	next   *request // newest look not yet begun
	serial uint64   // of the newest request
	wake   chan struct{}
	free   chan *image.RGBA
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
		wake: make(chan struct{}, 1), free: make(chan *image.RGBA, 2), cancel: cancel, ended: make(chan struct{}),
	}
	p.free <- new(image.RGBA)
	p.free <- new(image.RGBA)
	go p.run(ctx)
	return p
}

// Request asks for a picture and returns the serial it will carry; a look not
// yet begun is dropped for it.
func (p *Painter) Request(s *scene.Scene, l scene.Look) uint64 {
	p.mu.Lock()
	p.serial++
	serial := p.serial
	p.next = &request{s, l, time.Now(), serial}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
	return serial
}

// Done gives back a picture that is no longer on show.
func (p *Painter) Done(pic *Picture) {
	select {
	case p.free <- pic.buf:
	default:
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
		var buf *image.RGBA
		select {
		case <-ctx.Done():
			return
		case buf = <-p.free:
		}
		p.mu.Lock()
		r := p.next
		p.next = nil
		p.mu.Unlock()
		if r == nil {
			p.free <- buf
			continue
		}
		pic, err := p.paint(ctx, r, buf)
		switch {
		case err == nil:
			p.post(func() { p.ready(pic) })
		case errors.Is(err, context.Canceled):
			return
		default:
			p.free <- buf
			p.post(func() { p.fail(err) })
		}
	}
}

func (p *Painter) paint(ctx context.Context, r *request, buf *image.RGBA) (*Picture, error) {
	began := time.Now()
	frame := r.scene.Frame(r.look)
	if buf.Rect.Size() != frame.Size {
		*buf = *image.NewRGBA(image.Rectangle{Max: frame.Size})
	}
	if err := p.painter.Paint(ctx, frame, buf); err != nil {
		return nil, err
	}
	shown := *buf
	return &Picture{buf: buf, Image: &shown, Scene: r.scene, Look: r.look, Serial: r.serial, Asked: r.asked, Took: time.Since(began), Marks: len(frame.Marks) + len(frame.Dots), Strokes: len(frame.Strokes) + len(frame.Lines)}, nil
}
