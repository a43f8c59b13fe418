package graphview

import (
	"context"
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"caveat/app/editor"
	"caveat/app/editor/editortest"
	"caveat/app/geom"
	"caveat/app/render"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/graphstore"
)

// bench is a canvas over the real editor with the Kaspersky case, painted in software.
type bench struct {
	*View
	t     *testing.T
	ed    *editor.Editor
	desk  *editortest.Desk
	win   fyne.Window
	asked []editor.Ask
	menus int
	keys  []string
	clock time.Time // of the editor; zero is the true one
}

func newBench(t *testing.T) *bench {
	t.Helper()
	test.NewTempApp(t)
	b := &bench{t: t}
	b.desk = editortest.New(t, func() time.Time {
		if b.clock.IsZero() {
			return time.Now()
		}
		return b.clock
	})
	b.ed = b.desk.Editor
	b.ed.OnAsk(func(a editor.Ask) { b.asked = append(b.asked, a) })
	b.ed.OnMenu(func(geom.Point, scene.Target) { b.menus++ })
	b.View = New(Options{Editor: b.ed, Faces: b.desk.Faces, Post: b.desk.Post, Software: true, Key: func(k string) bool { b.keys = append(b.keys, k); return true }})
	b.ed.OnNotice(b.View.Update)
	b.win = test.NewTempWindow(t, b.View)
	b.win.SetPadded(false)
	b.win.Resize(fyne.NewSize(900, 700))
	t.Cleanup(func() { b.View.Close(); check(t, b.ed.Close()) })
	b.ed.OpenSample("kaspersky")
	b.settle()
	if b.ed.Scene().Len() < 10 {
		t.Fatalf("the sample shows %d nodes: %s", b.ed.Scene().Len(), b.ed.Message().Text)
	}
	return b
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle runs what is posted until nothing is going on and the newest picture is on show with its margin.
func (b *bench) settle() {
	b.t.Helper()
	b.desk.Settle(func() bool { return b.Crisp() && b.picture.shown.Whole })
}

func (b *bench) at(id graphstore.ID) fyne.Position {
	b.t.Helper()
	n, ok := b.ed.Scene().Node(id)
	if !ok {
		b.t.Fatalf("%s is not shown", id)
	}
	return position(b.ed.ToCanvas(b.ed.Scene().NodePoint(n)))
}

func mouse(at fyne.Position, button desktop.MouseButton) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}, Button: button}
}

func (b *bench) click(at fyne.Position, button desktop.MouseButton) {
	b.MouseDown(mouse(at, button))
	b.MouseUp(mouse(at, button))
}

const kaspersky = graphstore.ID("urn:caveat:e:kaspersky")

func TestClicksSelectAndTwoQuickOnesExpand(t *testing.T) {
	b := newBench(t)
	at := b.at(kaspersky)
	b.click(at, desktop.MouseButtonPrimary)
	if s := b.ed.Selection(); len(s) != 1 || s[0] != kaspersky {
		t.Fatalf("a click selects %v", s)
	}
	b.click(at, desktop.MouseButtonPrimary)
	if len(b.asked) != 1 {
		t.Fatalf("two quick clicks ask %v", b.asked)
	}
	if a, ok := b.asked[0].(editor.ExpandAsk); !ok || a.ID != kaspersky || a.Count <= 20 {
		t.Errorf("asked %+v", b.asked[0])
	}
	b.click(at, desktop.MouseButtonPrimary)
	if len(b.asked) != 1 {
		t.Error("a third click counts as another double click")
	}
	b.click(at, desktop.MouseButtonSecondary)
	if b.menus != 1 {
		t.Errorf("a right click opens %d menus", b.menus)
	}
}

// TestRightDragPans although Fyne sends no drags for the right button.
func TestRightDragPans(t *testing.T) {
	b := newBench(t)
	was := b.at(kaspersky)
	from := fyne.NewPos(20, 20)
	b.MouseDown(mouse(from, desktop.MouseButtonSecondary))
	for i := float32(1); i <= 10; i++ {
		b.MouseMoved(mouse(from.AddXY(6*i, 3*i), desktop.MouseButtonSecondary))
	}
	b.MouseUp(mouse(from.AddXY(60, 30), desktop.MouseButtonSecondary))
	b.settle()
	if d := b.at(kaspersky).Subtract(was); d.X < 59 || d.X > 61 || d.Y < 29 || d.Y > 31 {
		t.Errorf("the picture moved by %v", d)
	}
	if b.menus != 0 {
		t.Error("a right drag opens a menu")
	}
}

// TestADragThatEndsOutsideEnds where no MouseUp comes.
func TestADragThatEndsOutsideEnds(t *testing.T) {
	b := newBench(t)
	at := fyne.NewPos(20, 20)
	b.MouseDown(mouse(at, desktop.MouseButtonPrimary))
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(30, 0)}})
	b.DragEnd()
	was := b.ed.Camera()
	b.MouseMoved(mouse(at.AddXY(90, 0), 0))
	b.settle()
	if b.ed.Camera() != was {
		t.Error("the pointer still drags")
	}
}

func TestWheelZoomsAboutThePointer(t *testing.T) {
	b := newBench(t)
	at, zoom := b.at(kaspersky), b.ed.Camera().Zoom
	b.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.NewDelta(0, 50)})
	b.settle()
	if d := b.at(kaspersky).Subtract(at); d.X > .5 || d.X < -.5 || d.Y > .5 || d.Y < -.5 || b.ed.Camera().Zoom <= zoom {
		t.Errorf("moved by %v, zoom %g after %g", d, b.ed.Camera().Zoom, zoom)
	}
}

func TestKeysGoToTheActionTable(t *testing.T) {
	b := newBench(t)
	for _, k := range []fyne.KeyName{fyne.KeyE, fyne.KeyEnter, fyne.KeyPlus, fyne.KeyMinus, fyne.KeySpace, fyne.KeyF9} {
		b.TypedKey(&fyne.KeyEvent{Name: k})
	}
	want := []string{"E", "Return", "Plus", "Minus", "Space", "F9"}
	for i, k := range want {
		if i >= len(b.keys) || b.keys[i] != k {
			t.Fatalf("keys %v, want %v", b.keys, want)
		}
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if len(b.ed.Selection()) != 1 {
		t.Error("an arrow key selects nothing")
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(b.ed.Selection()) != 0 {
		t.Error("Escape leaves the selection")
	}
}

// TestTheStandInShowsTheSelection compares pixels with and without the ring.
func TestTheStandInShowsTheSelection(t *testing.T) {
	b := newBench(t)
	ring := func() int {
		img, at, hits := b.win.Canvas().Capture(), b.at(kaspersky), 0
		sel := b.ed.Theme().Selection
		for y := -30; y <= 30; y++ {
			for x := -30; x <= 30; x++ {
				r, g, bl, _ := img.At(int(at.X)+x, int(at.Y)+y).RGBA()
				if r>>8 == uint32(sel.R) && g>>8 == uint32(sel.G) && bl>>8 == uint32(sel.B) {
					hits++
				}
			}
		}
		return hits
	}
	if n := ring(); n > 4 {
		t.Fatalf("%d pixels of the ring before", n)
	}
	b.ed.Select(kaspersky)
	b.settle()
	if n := ring(); n < 20 {
		t.Errorf("the ring shows %d pixels", n)
	}
}

// TestWhatRestsIsWhatIsPaintedForThatCamera moves, zooms and hovers, and holds each time the canvas comes to rest
// that what it shows is, pixel by pixel, a picture painted anew.
func TestWhatRestsIsWhatIsPaintedForThatCamera(t *testing.T) {
	b := newBench(t)
	painter := render.NewPainter(b.opts.Faces)
	holds := func(when string) {
		t.Helper()
		b.settle()
		size := b.Size()
		look := b.ed.Look(size.Width, size.Height, 1)
		look.Margin = margin
		frame := b.ed.Scene().Frame(look)
		whole := image.NewRGBA(image.Rectangle{Max: frame.Size})
		check(t, painter.Paint(context.Background(), frame, whole))
		w, h := int(size.Width), int(size.Height)
		at := image.Pt((frame.Size.X-w)/2, (frame.Size.Y-h)/2)
		shown := b.picture.cropped(b.View, w, h).(*image.RGBA)
		wrong := 0
		for y := range h {
			for x := range w {
				if shown.RGBAAt(x, y) != whole.RGBAAt(at.X+x, at.Y+y) {
					wrong++
				}
			}
		}
		if wrong > 0 {
			t.Errorf("%s: %d pixels are not those of a picture painted anew", when, wrong)
		}
	}
	drag := func(dx, dy float32, steps int) {
		from := fyne.NewPos(450, 350)
		b.MouseDown(mouse(from, desktop.MouseButtonTertiary))
		for i := 1; i <= steps; i++ {
			k := float32(i) / float32(steps)
			b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.AddXY(dx*k, dy*k)}})
		}
		b.MouseUp(mouse(from.AddXY(dx, dy), desktop.MouseButtonTertiary))
	}
	holds("opened")
	drag(37, -21, 9)
	holds("moved within the margin")
	drag(-400, 260, 12)
	holds("moved beyond it")
	for range 3 {
		b.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 500)}, Scrolled: fyne.NewDelta(0, 25)})
	}
	holds("zoomed")
	drag(15, 15, 3)
	b.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, 300)}, Scrolled: fyne.NewDelta(0, -25)})
	b.ed.Select(kaspersky)
	holds("moved, zoomed and selected")
}

// TestLayoutOfTheSameSizePaintsNothing lays the canvas out as a window does when something beside it changes.
func TestLayoutOfTheSameSizePaintsNothing(t *testing.T) {
	b := newBench(t)
	r := test.WidgetRenderer(b.View)
	before := b.picture.asked
	b.ed.Pan(3, 1)
	r.Layout(b.Size())
	if b.picture.asked != before {
		t.Error("a layout of the same size asks for a picture")
	}
	b.picture.follow(b.View)
	b.settle()
	b.win.Resize(fyne.NewSize(700, 500))
	b.settle()
	if b.picture.shown.Look.Width != b.Size().Width {
		t.Error("a layout of another size asks for none")
	}
}

// TestAFlightPaintsWhereItIsHeading counts the pictures of a smooth movement of the camera.
func TestAFlightPaintsWhereItIsHeading(t *testing.T) {
	b := newBench(t)
	b.picture.resting = true // as with a window: no rest before the next frame
	was, to := b.ed.Camera(), b.ed.Camera()
	to.Zoom *= 1.4
	if !reaches(to, was, b.Size()) || !reaches(was, to, b.Size()) {
		t.Error("a step of the zoom is not within the margin")
	}
	far := to
	far.Center.X += b.Size().Width / to.Zoom
	if reaches(far, was, b.Size()) {
		t.Error("a picture a width away is taken to show what is seen")
	}
	check(t, b.ed.Settings().Change(func(s *settings.Settings) { s.Still = false }))
	for _, f := range []float32{1.4, 1 / 1.4} {
		before, began := b.picture.asked, time.Now()
		b.ed.ZoomBy(f)
		for i := range 12 {
			b.ed.Tick(began.Add(time.Duration(i) * 25 * time.Millisecond))
			b.picture.follow(b.View)
		}
		if n := b.picture.asked - before; n != 1 || b.picture.look.Camera != b.ed.Camera() {
			t.Errorf("%d pictures on the way, the last for %v, now %v", n, b.picture.look.Camera, b.ed.Camera())
		}
		b.settle()
	}
}

// TestTheEndOfAFlightIsPaintedOnceItIsKnown even though the picture on show would do until then; while turns of the wheel
// follow each other, it is not.
func TestTheEndOfAFlightIsPaintedOnceItIsKnown(t *testing.T) {
	b := newBench(t)
	b.picture.resting = true // as with a window: no rest before the next frame
	check(t, b.ed.Settings().Change(func(s *settings.Settings) { s.Still = false }))
	b.picture.frames = steady
	before := b.picture.asked
	b.clock = time.Now()
	step := func() {
		b.clock = b.clock.Add(10 * time.Millisecond)
		b.ed.Tick(b.clock)
		b.picture.follow(b.View)
	}
	for range 3 {
		b.ed.ZoomBy(1.03)
		step()
		step()
	}
	if n := b.picture.asked - before; n != 0 {
		t.Errorf("%d pictures while the wheel turns", n)
	}
	end := b.ed.Destination()
	for range settled {
		step()
	}
	if n := b.picture.asked - before; n != 1 || b.picture.look.Camera != end || b.ed.Camera() == end {
		t.Errorf("on the way %d pictures, the last for %v, not %v", n, b.picture.look.Camera, end)
	}
	for range 60 {
		step()
	}
	if n := b.picture.asked - before; n != 1 || b.ed.Camera() != end || b.picture.byHand {
		t.Errorf("there, %d pictures, moved by hand: %v", n, b.picture.byHand)
	}
	b.settle()
	for range 2 {
		b.ed.Pan(1, 0)
		b.picture.follow(b.View)
	}
	if !b.picture.byHand {
		t.Error("panned not by hand")
	}
}

// TestHoveringPaintsWhatIsSeenFirst although all of it is crisp.
func TestHoveringPaintsWhatIsSeenFirst(t *testing.T) {
	b := newBench(t)
	asked := b.picture.asked
	b.MouseMoved(mouse(b.at(kaspersky), 0))
	for b.picture.asked == asked || b.picture.shown.Serial != b.picture.asked {
		b.desk.Next()
	}
	if b.picture.shown.Whole {
		t.Error("the margin comes first")
	}
	b.settle()
	if !b.picture.shown.Whole {
		t.Error("no margin comes after it")
	}
}

// TestMovingPaintsOnlyWhatIsMissing counts the pictures asked for while the canvas is moved.
func TestMovingPaintsOnlyWhatIsMissing(t *testing.T) {
	b := newBench(t)
	b.picture.resting = true // as with a window: no rest before the next frame
	before := b.picture.asked
	for i := range 40 {
		b.ed.Pan(float32(i%3), 1)
		b.picture.follow(b.View)
	}
	if n := b.picture.asked - before; n != 0 {
		t.Errorf("%d pictures for a way of 40 pixels", n)
	}
	if !b.picture.crisp(b.View) {
		t.Error("what is on show is not crisp while it moves")
	}
	if b.picture.exact(b.View) {
		t.Error("what is on show is taken for a picture of this camera")
	}
	for range 100 {
		b.ed.Pan(0, 5)
		b.picture.follow(b.View)
	}
	if n := b.picture.asked - before; n < 4 || n > 8 {
		t.Errorf("%d pictures for a way of 500 pixels on a canvas of 700", n)
	}
	b.picture.tick(b.View, 0)
	b.picture.tick(b.View, 0)
	b.settle()
	if !b.picture.exact(b.View) {
		t.Error("at rest another picture is on show")
	}
}

// TestWholePixelsAreShownAsTheyAre holds when the picture is smoothed: only where it is scaled or ends.
func TestWholePixelsAreShownAsTheyAre(t *testing.T) {
	b := newBench(t)
	b.picture.resting = true // as with a window: no rest before the next frame
	shows := func(when, name string) {
		t.Helper()
		if got := b.picture.shader.Name; got != name {
			t.Errorf("%s: shown by %s", when, got)
		}
	}
	smooth, plain := b.picture.scaled.name, b.picture.pixels.name
	shows("at rest", plain)
	b.ed.Pan(3, 2)
	b.picture.follow(b.View)
	shows("moved", plain)
	b.ed.ZoomBy(1.1)
	b.picture.follow(b.View)
	shows("zoomed", smooth)
	for first := true; first; first = b.picture.shown.Serial != b.picture.asked {
		b.desk.Next()
	}
	shows("painted for the new zoom", plain)
	if b.picture.shown.Whole {
		t.Error("that picture is not the part that is needed first")
	}
	b.settle()
	shows("with its margin", plain)
	b.ed.Pan(b.Size().Width, 0)
	b.picture.follow(b.View)
	shows("beyond the margin", smooth)
	b.settle()

	at, size := place{1, 1, 1}, fyne.NewSize(100, 50.2)
	for _, c := range []struct {
		at      place
		w, h    int
		scale   float32
		expects bool
	}{{at, 102, 53, 1, true}, {at, 101, 53, 1, false}, {at, 102, 52, 1, false}, {at, 300, 300, 2, false}, {place{2, 2, 1}, 300, 300, 2, true},
		{place{1.5, 1, 1}, 300, 300, 1, false}, {place{-1, 1, 1}, 300, 300, 1, false}, {place{1, 1, 1.1}, 300, 300, 1, false}} {
		if c.at.pixelwise(size, c.scale, image.Pt(c.w, c.h)) != c.expects {
			t.Errorf("%+v is shown by whole pixels: %v", c, !c.expects)
		}
	}
}

// TestAPictureStaysWhileDrawingAndCameraMove looks at a layout on its way: every picture is of the camera of its moment and shown
// pixel by pixel, until the next is there.
func TestAPictureStaysWhileDrawingAndCameraMove(t *testing.T) {
	b := newBench(t)
	b.picture.resting = true // as with a window: no rest before the next frame
	check(t, b.ed.Settings().Change(func(s *settings.Settings) { s.Still = false }))
	b.clock = time.Now()
	b.ed.Arrange("circular", 0.5)
	for !b.ed.Moving() {
		b.desk.Next()
	}
	if b.ed.Destination() == b.ed.Camera() {
		t.Fatal("this layout is seen from where the last was: the test shows nothing")
	}
	for range 4 {
		b.clock = b.clock.Add(20 * time.Millisecond)
		b.ed.Tick(b.clock)
		b.picture.redraw(b.View)
		if b.picture.shown.Look.Camera == b.ed.Camera() || b.picture.look.Camera != b.ed.Camera() {
			t.Errorf("asked for %v, on show %v, now %v", b.picture.look.Camera, b.picture.shown.Look.Camera, b.ed.Camera())
		}
		if b.picture.view.zoom != 1 {
			t.Errorf("on the way the picture on show is scaled by %v", b.picture.view.zoom)
		}
	}
	b.picture.resting = false
	b.ed.Tick(b.clock.Add(time.Second))
	b.settle()
	if b.picture.stays || b.picture.view.zoom != 1 || b.ed.Camera() != b.ed.Destination() {
		t.Errorf("at rest the picture stays %v, scaled by %v", b.picture.stays, b.picture.view.zoom)
	}
	at := b.picture.view
	b.ed.Pan(30, 0)
	b.picture.follow(b.View)
	if b.picture.view == at {
		t.Error("the picture does not follow the camera any more")
	}
}

// TestAPointerThatLeavesTheWindowLightsNothing moves the pointer on a node as if on its way out of the window, which nobody tells of, and
// as if to rest there.
func TestAPointerThatLeavesTheWindowLightsNothing(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		step  float32
		stays bool
	}{{2, true}, {2000, false}} {
		at := b.at(kaspersky)
		b.MouseIn(mouse(at.AddXY(-c.step, 0), 0))
		b.MouseMoved(mouse(at, 0))
		if b.ed.Hover().ID != kaspersky {
			t.Fatal("the pointer is not over the node")
		}
		if leads := b.leads(at, fyne.NewPos(c.step, 0)); leads == c.stays {
			t.Errorf("a step of %v leads out: %v", c.step, leads)
		}
		if !c.stays {
			b.desk.Settle(func() bool { return b.ed.Hover().Part == scene.Nothing })
			if b.pointer.inside {
				t.Error("the tooltip may stay")
			}
			b.MouseMoved(mouse(at.AddXY(1, 0), 0))
			if b.ed.Hover().ID != kaspersky || !b.pointer.inside {
				t.Error("back again it lights nothing")
			}
		}
	}
	b.Leave()
	if b.ed.Hover().Part != scene.Nothing {
		t.Error("a node is lit although the window is another's")
	}
}
