package live

import (
	"bytes"
	"image"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
)

// bench paints with posts taken by hand.
type bench struct {
	*Painter
	posts  chan func()
	shown  *Picture
	images map[*image.RGBA]bool
}

func newBench(t *testing.T) *bench {
	t.Helper()
	faces, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{posts: make(chan func(), 100), images: map[*image.RGBA]bool{}}
	b.Painter = New(faces, func(f func()) { b.posts <- f }, func(p *Picture) {
		if b.images[p.Image] {
			t.Error("an image value comes a second time: a window would not upload it")
		}
		b.images[p.Image] = true
		if b.shown != nil {
			b.Done(b.shown)
		}
		b.shown = p
	}, func(err error) { t.Error(err) })
	t.Cleanup(b.Close)
	return b
}

func look(x float32) (*scene.Scene, scene.Look) {
	s := scene.FromEdges([]string{"a", "b"}, [][2]int32{{0, 1}}).WithPositions([]geom.Point{{X: x}, {X: 60, Y: 20}})
	return s, scene.Look{Camera: scene.Camera{Zoom: 1}, Width: 200, Height: 100, Scale: 1, Margin: .25, Theme: scene.Light()}
}

// TestEveryPictureIsAnImageOfItsOwn holds although two buffers serve all pictures.
func TestEveryPictureIsAnImageOfItsOwn(t *testing.T) {
	b := newBench(t)
	for i := range 9 {
		s, l := look(float32(i))
		serial := b.Request(s, l, false)
		for b.shown == nil || b.shown.Serial != serial {
			(<-b.posts)()
		}
	}
	if len(b.images) != 9 {
		t.Errorf("%d pictures", len(b.images))
	}
}

// TestTheShownPictureIsNotPaintedOver asks for more while one is on show.
func TestTheShownPictureIsNotPaintedOver(t *testing.T) {
	b := newBench(t)
	s, l := look(0)
	b.Request(s, l, false)
	(<-b.posts)()
	was := b.shown
	pixels := bytes.Clone(was.Image.Pix)
	s, l = look(-50)
	b.Request(s, l, false)
	next := <-b.posts // painted by now, not yet swapped in
	if !bytes.Equal(was.Image.Pix, pixels) {
		t.Error("the picture on show was painted over")
	}
	next()
	if bytes.Equal(b.shown.Image.Pix, pixels) {
		t.Error("another scene gives the same picture")
	}
}

// TestTheNewestLookWins holds when many are asked for at once.
func TestTheNewestLookWins(t *testing.T) {
	b := newBench(t)
	var last uint64
	for i := range 50 {
		s, l := look(float32(i))
		last = b.Request(s, l, false)
	}
	for b.shown == nil || b.shown.Serial != last {
		(<-b.posts)()
	}
	if len(b.images) > 50 {
		t.Errorf("%d pictures for 50 looks", len(b.images))
	}
}

// TestWhatIsSeenComesFirst holds a picture in two steps: the rows of the canvas, then all of them, and
// that both are pixels of the picture painted in one.
func TestWhatIsSeenComesFirst(t *testing.T) {
	b := newBench(t)
	s, l := look(0)
	l.Height = 800
	b.Request(s, l, false)
	(<-b.posts)()
	if !b.shown.Whole || b.shown.Top != 0 || b.shown.Image.Rect.Dy() != b.shown.Frame.Y {
		t.Fatalf("one step gives rows %d and %d of %d", b.shown.Top, b.shown.Image.Rect.Dy(), b.shown.Frame.Y)
	}
	want := bytes.Clone(b.shown.Image.Pix)
	serial := b.Request(s, l, true)
	(<-b.posts)()
	first := b.shown
	margin := (first.Frame.Y - 800) / 2
	if first.Whole || first.Serial != serial || first.Top == 0 || first.Top > margin || first.Top+first.Image.Rect.Dy() < margin+800 {
		t.Fatalf("the first step has rows %d and %d more of %d", first.Top, first.Image.Rect.Dy(), first.Frame.Y)
	}
	part := bytes.Clone(first.Image.Pix)
	b.Finish()
	(<-b.posts)()
	if !b.shown.Whole || b.shown.Serial != serial || !bytes.Equal(b.shown.Image.Pix, want) {
		t.Error("two steps give another picture than one")
	}
	from := first.Top * b.shown.Image.Stride
	if !bytes.Equal(part, want[from:from+len(part)]) {
		t.Error("the first step is no part of the whole")
	}
}

// TestBuffersComeBack holds for pictures in steps, given up ones and ones never shown.
func TestBuffersComeBack(t *testing.T) {
	b := newBench(t)
	var serial uint64
	for i := range 60 {
		s, l := look(float32(i))
		l.Height = 700
		serial = b.Request(s, l, i%3 != 0)
		if i%2 == 0 {
			b.Hurry()
		}
		for len(b.posts) > 0 {
			(<-b.posts)()
		}
	}
	for b.shown == nil || b.shown.Serial != serial || !b.shown.Whole {
		(<-b.posts)()
	}
	if n := len(b.free); n < buffers-2 { // one is on show, one may still be with the painter
		t.Errorf("%d buffers are free", n)
	}
}
