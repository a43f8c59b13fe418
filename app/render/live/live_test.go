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
		serial := b.Request(s, l, image.Rectangle{})
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
	b.Request(s, l, image.Rectangle{})
	(<-b.posts)()
	was := b.shown
	pixels := bytes.Clone(was.Image.Pix)
	s, l = look(-50)
	b.Request(s, l, image.Rectangle{})
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
		last = b.Request(s, l, image.Rectangle{})
	}
	for b.shown == nil || b.shown.Serial != last {
		(<-b.posts)()
	}
	if len(b.images) > 50 {
		t.Errorf("%d pictures for 50 looks", len(b.images))
	}
}

// TestWhatIsSeenComesFirst holds a picture in two steps: a part, then all of it, and
// that both are pixels of the picture painted in one.
func TestWhatIsSeenComesFirst(t *testing.T) {
	b := newBench(t)
	s, l := look(0)
	l.Height = 800
	b.Request(s, l, image.Rectangle{})
	(<-b.posts)()
	if !b.shown.Whole || b.shown.At != (image.Point{}) || b.shown.Image.Rect.Size() != b.shown.Frame {
		t.Fatalf("one step gives %v from %v of %v", b.shown.Image.Rect, b.shown.At, b.shown.Frame)
	}
	want := &image.RGBA{Pix: bytes.Clone(b.shown.Image.Pix), Stride: b.shown.Image.Stride, Rect: b.shown.Image.Rect}
	seen := image.Rect(50, 200, 250, 1000)
	serial := b.Request(s, l, seen)
	(<-b.posts)()
	first := b.shown
	if first.Whole || first.Serial != serial || first.At != seen.Min || first.Image.Rect.Size() != seen.Size() {
		t.Fatalf("the first step is %v from %v of %v", first.Image.Rect, first.At, first.Frame)
	}
	for y := range seen.Dy() {
		from := want.PixOffset(seen.Min.X, seen.Min.Y+y)
		if !bytes.Equal(first.Image.Pix[y*first.Image.Stride:][:4*seen.Dx()], want.Pix[from:][:4*seen.Dx()]) {
			t.Fatalf("row %d of the first step is no part of the whole", y)
		}
	}
	b.Finish()
	(<-b.posts)()
	if !b.shown.Whole || b.shown.Serial != serial || !bytes.Equal(b.shown.Image.Pix, want.Pix) {
		t.Error("two steps give another picture than one")
	}
}

// TestBuffersComeBack holds for pictures in steps, given up ones and ones never shown.
func TestBuffersComeBack(t *testing.T) {
	b := newBench(t)
	var serial uint64
	for i := range 60 {
		s, l := look(float32(i))
		l.Height = 700
		first := image.Rectangle{}
		if i%3 != 0 {
			first = image.Rect(50, 175, 250, 875)
		}
		serial = b.Request(s, l, first)
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
