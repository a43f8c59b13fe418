package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/typeset"
)

var (
	white = color.NRGBA{255, 255, 255, 255}
	red   = color.NRGBA{220, 20, 20, 255}
	blue  = color.NRGBA{20, 20, 220, 255}
)

// square is an icon of one filled square in the middle third.
func testIcon(name string) ([]byte, error) {
	if name != "square" {
		return nil, errors.New("no such icon")
	}
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect x="8" y="8" width="8" height="8"/></svg>`), nil
}

func faces(t testing.TB) *typeset.Faces {
	t.Helper()
	f, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func blank(w, h int) *scene.Frame {
	return &scene.Frame{Size: image.Pt(w, h), Scale: 1, Background: white}
}

// paint paints fr with the given number of workers.
func paint(t testing.TB, fr *scene.Frame, workers int) *image.RGBA {
	t.Helper()
	dst := image.NewRGBA(image.Rectangle{Max: fr.Size})
	if err := newPainter(faces(t), workers, testIcon).Paint(context.Background(), fr, dst); err != nil {
		t.Fatal(err)
	}
	return dst
}

// near reports whether a pixel is the colour, within a few steps.
func near(im *image.RGBA, x, y int, c color.NRGBA, tol int) bool {
	p := im.RGBAAt(x, y)
	d := func(a, b uint8) bool { return int(a)-int(b) <= tol && int(b)-int(a) <= tol }
	return d(p.R, c.R) && d(p.G, c.G) && d(p.B, c.B) && p.A == 255
}

func want(t *testing.T, im *image.RGBA, x, y int, c color.NRGBA, what string) {
	t.Helper()
	if !near(im, x, y, c, 3) {
		t.Errorf("%s: pixel %d,%d is %v, want %v", what, x, y, im.RGBAAt(x, y), c)
	}
}

// inkIn sums how far the pixels of a box are from white, 1 for a black pixel.
func inkIn(im *image.RGBA, box image.Rectangle) float64 {
	var sum float64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			sum += 1 - float64(im.RGBAAt(x, y).G)/255
		}
	}
	return sum
}

var black = color.NRGBA{0, 0, 0, 255}

func straight(x0, y0, x1, y1, width float32, c color.NRGBA) scene.Stroke {
	a, b := geom.Point{X: x0, Y: y0}, geom.Point{X: x1, Y: y1}
	return scene.Stroke{A: a, Ctrl: a.Lerp(b, .5), B: b, Width: width, Color: c}
}

func TestStrokeHasItsColourInTheMiddleAndNothingBeside(t *testing.T) {
	fr := blank(200, 200)
	fr.Strokes = []scene.Stroke{straight(20, 100, 180, 100, 2, red)}
	im := paint(t, fr, 1)
	for _, x := range []int{20, 60, 100, 150, 179} {
		want(t, im, x, 99, red, "on the stroke")
		want(t, im, x, 100, red, "on the stroke")
		want(t, im, x, 96, white, "above")
		want(t, im, x, 103, white, "below")
	}
	want(t, im, 17, 100, white, "before its start")
	want(t, im, 182, 100, white, "after its end")
}

func TestCoverageOfAShapeIsItsArea(t *testing.T) {
	check := func(name string, fr *scene.Frame, area, tol float64) {
		t.Helper()
		if got := inkIn(paint(t, fr, 1), image.Rectangle{Max: fr.Size}); math.Abs(got-area) > tol*area {
			t.Errorf("%s: ink %.1f, want %.1f", name, got, area)
		}
	}
	for _, angle := range []float64{0, .3, math.Pi / 4, 1.2, 2.5} {
		fr := blank(200, 200)
		s, c := math.Sincos(angle)
		dx, dy := float32(c*70), float32(s*70)
		fr.Strokes = []scene.Stroke{straight(100.3-dx, 100.6-dy, 100.3+dx, 100.6+dy, 3, black)}
		check(fmt.Sprintf("stroke at %.1f", angle), fr, 140*3, .02)
		fr.Strokes[0].Width = .5
		check(fmt.Sprintf("thin stroke at %.1f", angle), fr, 140*.5, .08)
	}
	fr := blank(200, 200)
	fr.Dots = []scene.Dot{{At: geom.Point{X: 50.2, Y: 60.7}, Radius: 9, Color: black}}
	check("dot", fr, math.Pi*81, .02)
	fr.Dots[0].Radius = .4
	check("tiny dot", fr, math.Pi*.16, .2)
	fr = blank(200, 200)
	fr.Marks = []scene.Mark{{At: geom.Point{X: 80.3, Y: 90.9}, Radius: 20, Fill: black}}
	check("disc", fr, math.Pi*400, .01)
	fr.Marks[0].Outline = scene.Diamond
	check("diamond", fr, 2*24*24, .03)
	fr.Marks[0].Outline = scene.RoundedSquare
	check("square", fr, 36*36-(4-math.Pi)*5.6*5.6, .01)
	fr.Marks[0].Outline = scene.Page
	check("page", fr, 31.2*40-81./2, .02)
	fr = blank(200, 200)
	fr.Areas = []scene.Area{{Points: []geom.Point{{X: 20.3, Y: 30.1}, {X: 150.7, Y: 44}, {X: 60, Y: 170.4}}, Fill: black}}
	check("triangle", fr, math.Abs(float64(fr.Areas[0].Points[1].Sub(fr.Areas[0].Points[0]).Cross(fr.Areas[0].Points[2].Sub(fr.Areas[0].Points[0]))))/2, .005)
}

func TestDashesHaveGapsAndSolidHasNone(t *testing.T) {
	runs := func(d scene.Dash) (n int) {
		fr := blank(300, 40)
		fr.Strokes = []scene.Stroke{straight(10, 20, 290, 20, 2, black)}
		fr.Strokes[0].Dash = d
		im := paint(t, fr, 1)
		in := false
		for x := range 300 {
			on := im.RGBAAt(x, 20).G < 128
			if on && !in {
				n++
			}
			in = on
		}
		if !near(im, 11, 20, black, 60) && !near(im, 10, 20, black, 60) || !near(im, 288, 20, black, 90) && !near(im, 289, 20, black, 90) {
			t.Errorf("dash %d does not begin and end in ink", d)
		}
		return n
	}
	if n := runs(scene.Solid); n != 1 {
		t.Errorf("solid has %d runs", n)
	}
	if n := runs(scene.Dashed); n < 15 || n > 40 {
		t.Errorf("dashed has %d runs", n)
	}
	if n := runs(scene.Dotted); n < 30 {
		t.Errorf("dotted has %d runs", n)
	}
}

func TestBentDashesHaveNoSeams(t *testing.T) {
	fr := blank(300, 300)
	c := geom.Arc(geom.Point{X: 20, Y: 200}, geom.Point{X: 280, Y: 200}, 90)
	fr.Strokes = []scene.Stroke{{A: c.A, Ctrl: c.C, B: c.B, Width: 4, Color: black}}
	im := paint(t, fr, 1)
	for i := 1; i < 200; i++ {
		p := c.At(float32(i) / 200)
		if !near(im, int(p.X), int(p.Y), black, 2) {
			t.Fatalf("the curve is broken at %v: %v", p, im.RGBAAt(int(p.X), int(p.Y)))
		}
	}
}

func TestArrowheadEndsAtB(t *testing.T) {
	for _, head := range []scene.Head{scene.Arrow, scene.HollowArrow} {
		fr := blank(200, 60)
		fr.Strokes = []scene.Stroke{straight(20, 30, 150, 30, 2, black)}
		fr.Strokes[0].Head = head
		im := paint(t, fr, 1)
		if got := inkIn(im, image.Rect(151, 0, 200, 60)); got > .3 {
			t.Errorf("head %d: %.2f ink beyond B", head, got)
		}
		if got := inkIn(im, image.Rect(147, 28, 151, 32)); got < .8 {
			t.Errorf("head %d: only %.2f ink at the tip", head, got)
		}
		width := 0
		for y := range 60 {
			if im.RGBAAt(142, y).G < 128 {
				width++
			}
		}
		inside := near(im, 144, 30, black, 40) && near(im, 144, 29, black, 40)
		if head == scene.Arrow && (!inside || width < 6) {
			t.Errorf("the head is not filled or too thin: %d", width)
		}
		if head == scene.HollowArrow && inside {
			t.Error("the hollow head is filled")
		}
	}
}

func TestDoubleStrokeIsTwoLines(t *testing.T) {
	fr := blank(100, 40)
	fr.Strokes = []scene.Stroke{straight(10, 20, 90, 20, 2, black)}
	fr.Strokes[0].Double = true
	im := paint(t, fr, 1)
	if im.RGBAAt(50, 18).G > 150 || im.RGBAAt(50, 21).G > 150 || im.RGBAAt(50, 19).G < 200 && im.RGBAAt(50, 20).G < 200 {
		for y := 15; y < 26; y++ {
			t.Log(y, im.RGBAAt(50, y))
		}
		t.Error("no gap between two lines")
	}
}

func TestHaloAndBoltShow(t *testing.T) {
	fr := blank(200, 80)
	fr.Strokes = []scene.Stroke{straight(20, 40, 180, 40, 2, black)}
	fr.Strokes[0].Halo = color.NRGBA{255, 200, 0, 255}
	im := paint(t, fr, 1)
	want(t, im, 100, 37, color.NRGBA{255, 200, 0, 255}, "halo above")
	want(t, im, 100, 42, color.NRGBA{255, 200, 0, 255}, "halo below")
	fr.Strokes[0].Halo = color.NRGBA{}
	plain := inkIn(paint(t, fr, 1), image.Rect(85, 25, 115, 55))
	fr.Strokes[0].Bolt = true
	if bolted := inkIn(paint(t, fr, 1), image.Rect(85, 25, 115, 55)); bolted < plain+10 {
		t.Errorf("the bolt adds %.1f ink only", bolted-plain)
	}
}

func TestRingIsOutsideTheBorderAndVisible(t *testing.T) {
	for _, o := range []scene.Outline{scene.Disc, scene.RoundedSquare, scene.Diamond, scene.Page} {
		fr := blank(120, 120)
		fr.Marks = []scene.Mark{{At: geom.Point{X: 60, Y: 60}, Radius: 20, Outline: o, Fill: blue, Border: black, Width: 2, Ring: red}}
		im := paint(t, fr, 1)
		w, _ := o.Half(20)
		x := 60 + int(w)
		want(t, im, x-7, 60, blue, "fill")
		at := x + 3
		if o == scene.Diamond { // its tip is rounded off
			at--
		}
		want(t, im, at, 60, red, fmt.Sprintf("ring of outline %d", o))
		want(t, im, x+8, 60, white, "outside the ring")
		n := 0
		for y := range 120 {
			for x := range 120 {
				if near(im, x, y, red, 30) {
					n++
				}
			}
		}
		if n < 200 {
			t.Errorf("outline %d: ring of %d pixels", o, n)
		}
	}
}

func TestIconAndPinShow(t *testing.T) {
	fr := blank(120, 120)
	fr.Marks = []scene.Mark{{At: geom.Point{X: 60, Y: 60}, Radius: 24, Fill: white, Border: black, Width: 2, Icon: "square", Ink: red}}
	im := paint(t, fr, 1)
	want(t, im, 60, 60, red, "the icon's middle")
	want(t, im, 72, 60, white, "beside the icon")
	fr.Marks[0].Pin = true
	if a, b := inkIn(im, image.Rect(76, 20, 100, 44)), inkIn(paint(t, fr, 1), image.Rect(76, 20, 100, 44)); b < a+10 {
		t.Errorf("the pin adds %.1f ink only", b-a)
	}
	fr.Marks[0].Icon = "unknown"
	want(t, paint(t, fr, 1), 60, 60, white, "an unknown icon")
}

func TestTextStaysInItsBox(t *testing.T) {
	f := faces(t)
	for _, a := range []scene.Anchor{scene.Start, scene.Middle, scene.End} {
		for _, angle := range []float32{0, .5, -1.2} {
			tx := scene.Text{At: geom.Point{X: 150.4, Y: 151.3}, String: "Ünscharf Ågypqj", Size: 17, Anchor: a, Color: black, Angle: angle}
			fr := blank(300, 300)
			fr.Texts = []scene.Text{tx}
			im := paint(t, fr, 1)
			b := TextBounds(&tx, f, 1)
			box := image.Rect(int(b.Min.X)-1, int(b.Min.Y)-1, int(b.Max.X)+2, int(b.Max.Y)+2)
			in, all := inkIn(im, box), inkIn(im, im.Rect)
			if in != all || in < 300 {
				t.Errorf("anchor %d angle %g: %.1f of %.1f ink in %v", a, angle, in, all, box)
			}
		}
	}
}

func TestHaloKeepsTextReadable(t *testing.T) {
	fr := blank(200, 60)
	fr.Background = black
	fr.Texts = []scene.Text{{At: geom.Point{X: 20, Y: 40}, String: "I", Size: 20, Anchor: scene.Start, Color: black, Halo: white}}
	im := paint(t, fr, 1)
	whites := 0
	for y := range 60 {
		for x := range 200 {
			if near(im, x, y, white, 5) {
				whites++
			}
		}
	}
	if whites < 30 {
		t.Errorf("%d white pixels about a black letter on black", whites)
	}
	fr.Texts[0].Plate = red
	want(t, paint(t, fr, 1), 18, 30, red, "the plate")
}

// crowd is a frame with everything in it, seeded.
func crowd(r *rand.Rand, w, h, n int, tone bool) *scene.Frame {
	fr := blank(w, h)
	pt := func() geom.Point {
		return geom.Point{X: (r.Float32()*1.4 - .2) * float32(w), Y: (r.Float32()*1.4 - .2) * float32(h)}
	}
	colour := func() color.NRGBA {
		return color.NRGBA{uint8(r.IntN(4) * 80), uint8(r.IntN(3) * 100), 90, uint8(60 + r.IntN(196))}
	}
	fr.ToneMap = tone
	for range n {
		a, b := pt(), pt()
		fr.Lines = append(fr.Lines, scene.Line{A: pt(), B: pt(), Color: colour()})
		fr.Areas = append(fr.Areas, scene.Area{Points: []geom.Point{a, b, pt()}, Fill: color.NRGBA{0, 90, 0, 9}, Border: colour(), Width: 1})
		fr.Strokes = append(fr.Strokes, scene.Stroke{A: a, B: b, Ctrl: pt(), Width: r.Float32() * 5, Color: colour(), Dash: scene.Dash(r.IntN(3)),
			Head: scene.Head(r.IntN(3)), Double: r.IntN(3) == 0, Bolt: r.IntN(9) == 0, Halo: color.NRGBA{255, 0, 0, uint8(r.IntN(2) * 50)}})
		fr.Dots = append(fr.Dots, scene.Dot{At: pt(), Radius: r.Float32() * 9, Color: colour()})
		fr.Marks = append(fr.Marks, scene.Mark{At: pt(), Radius: 8 + r.Float32()*20, Outline: scene.Outline(r.IntN(4)), Fill: colour(), Border: colour(),
			Width: r.Float32() * 3, Icon: "square", Ink: colour(), Pin: r.IntN(4) == 0, Ring: color.NRGBA{0, 0, 255, uint8(r.IntN(2) * 255)}})
		fr.Texts = append(fr.Texts, scene.Text{At: pt(), String: "Wort & mot", Size: 11 + r.Float32()*9, Bold: r.IntN(2) == 0, Anchor: scene.Anchor(r.IntN(3)),
			Color: colour(), Halo: color.NRGBA{255, 255, 255, uint8(r.IntN(2) * 220)}, Angle: float32(r.IntN(2)) * r.Float32()})
	}
	return fr
}

func TestPixelsDoNotDependOnTheNumberOfCores(t *testing.T) {
	const seed = 7
	for _, tone := range []bool{false, true} {
		fr := crowd(rand.New(rand.NewPCG(seed, 1)), 500, 400, 60, tone)
		serial := paint(t, fr, 1)
		for _, workers := range []int{2, 5} {
			if !bytes.Equal(serial.Pix, paint(t, fr, workers).Pix) {
				t.Errorf("seed %d, tone %v: %d workers paint otherwise", seed, tone, workers)
			}
		}
	}
}

// TestAPartIsThatOfTheWhole compares pixels of parts with those of the whole frame.
func TestAPartIsThatOfTheWhole(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 0))
	for _, tone := range []bool{false, true} {
		fr := crowd(r, 500, 400, 300, tone)
		whole := paint(t, fr, 2)
		p := newPainter(faces(t), 2, testIcon)
		for range 30 {
			x, y := r.IntN(490), r.IntN(390)
			part := image.Rect(x, y, x+1+r.IntN(500-x), y+1+r.IntN(400-y))
			dst := image.NewRGBA(image.Rectangle{Max: part.Size()})
			if err := p.PaintPart(context.Background(), fr, part, dst); err != nil {
				t.Fatal(err)
			}
			for i := range part.Dy() {
				from := whole.PixOffset(part.Min.X, part.Min.Y+i)
				if !bytes.Equal(dst.Pix[i*dst.Stride:][:dst.Stride], whole.Pix[from:][:dst.Stride]) {
					t.Fatalf("seed %d: row %d of %v is not that of the whole (tone mapped: %v)", seed, i, part, tone)
				}
			}
		}
	}
}

func TestBandsLeaveNoTrace(t *testing.T) {
	// The same frame moved by a number of rows that is no multiple of a band looks the same.
	const seed, shift = 11, 23
	for _, tone := range []bool{false, true} {
		fr := crowd(rand.New(rand.NewPCG(seed, 1)), 300, 300, 12, false)
		fr.ToneMap = tone
		for i := range fr.Lines { // inside, so that the clip is the same
			l := &fr.Lines[i]
			l.A, l.B = geom.Point{X: 150 + l.A.X/4, Y: 150 + l.A.Y/4}, geom.Point{X: 150 + l.B.X/4, Y: 150 + l.B.Y/4}
		}
		a := paint(t, fr, 1)
		down := geom.Point{Y: shift}
		for i := range fr.Lines {
			fr.Lines[i].A, fr.Lines[i].B = fr.Lines[i].A.Add(down), fr.Lines[i].B.Add(down)
		}
		for i := range fr.Areas {
			for k := range fr.Areas[i].Points {
				fr.Areas[i].Points[k] = fr.Areas[i].Points[k].Add(down)
			}
		}
		for i := range fr.Strokes {
			s := &fr.Strokes[i]
			s.A, s.B, s.Ctrl = s.A.Add(down), s.B.Add(down), s.Ctrl.Add(down)
		}
		for i := range fr.Dots {
			fr.Dots[i].At = fr.Dots[i].At.Add(down)
		}
		for i := range fr.Marks {
			fr.Marks[i].At = fr.Marks[i].At.Add(down)
		}
		for i := range fr.Texts {
			fr.Texts[i].At = fr.Texts[i].At.Add(down)
		}
		b := paint(t, fr, 1)
		bad := 0
		for y := 0; y < 300-shift; y++ {
			for x := range 300 {
				p, q := a.RGBAAt(x, y), b.RGBAAt(x, y+shift)
				if !near(b, x, y+shift, color.NRGBA{p.R, p.G, p.B, 255}, 6) {
					if bad++; bad < 5 {
						t.Logf("%d,%d: %v then %v", x, y, p, q)
					}
				}
			}
		}
		if bad > 0 {
			t.Errorf("seed %d, tone %v: %d pixels differ after moving by %d rows", seed, tone, bad, shift)
		}
	}
}

func TestToneMapKeepsManyLinesLegible(t *testing.T) {
	// A dense bundle on the left, a single line on the right: the bundle is
	// darker but not flat, the single line shows, and a lone red one shows within the grey.
	fr := blank(400, 400)
	fr.ToneMap = true
	r := rand.New(rand.NewPCG(3, 1))
	line := func(x0, y0, x1, y1 float32, c color.NRGBA) {
		fr.Lines = append(fr.Lines, scene.Line{A: geom.Point{X: x0, Y: y0}, B: geom.Point{X: x1, Y: y1}, Color: c})
	}
	opaque := color.NRGBA{80, 80, 80, 255}
	for range 60000 {
		line(20+r.Float32()*r.Float32()*200, 10, 20+r.Float32()*r.Float32()*200, 390, opaque)
	}
	line(350, 10, 350, 390, opaque)
	for range 40 {
		line(300, 200, 20, 200, red)
	}
	im := paint(t, fr, 1)
	single := inkIn(im, image.Rect(348, 100, 353, 101))
	if single < .05 {
		t.Errorf("a single line has %.3f ink", single)
	}
	dense, loose := inkIn(im, image.Rect(30, 100, 40, 101))/10, inkIn(im, image.Rect(190, 100, 200, 101))/10
	if !(dense > loose+.05 && loose > single/5) || dense < .4 {
		t.Errorf("dense %.3f, loose %.3f", dense, loose)
	}
	p := im.RGBAAt(120, 199)
	q := im.RGBAAt(120, 180)
	if int(p.R)-int(p.G) < int(q.R)-int(q.G)+15 {
		t.Errorf("red lines do not show in grey: %v beside %v", p, q)
	}
}

func TestWildNumbersDoNoHarm(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	fr := blank(100, 100)
	for _, v := range []float32{nan, inf, -inf, 3e38, -3e38, 1e9, -1e9, 0} {
		for _, u := range []float32{50, v} {
			p, q := geom.Point{X: v, Y: u}, geom.Point{X: u, Y: v}
			fr.Lines = append(fr.Lines, scene.Line{A: p, B: q, Color: red}, scene.Line{A: geom.Point{X: 50, Y: 50}, B: p, Color: red})
			fr.Dots = append(fr.Dots, scene.Dot{At: p, Radius: 5, Color: red}, scene.Dot{At: geom.Point{X: 9, Y: 9}, Radius: v, Color: red})
			fr.Marks = append(fr.Marks, scene.Mark{At: p, Radius: 5, Fill: red, Icon: "square", Pin: true, Ring: red})
			fr.Texts = append(fr.Texts, scene.Text{At: p, String: "x", Size: 12, Color: red, Halo: white, Plate: red}, scene.Text{At: p, String: "x", Size: 12, Color: red, Angle: 1})
			fr.Areas = append(fr.Areas, scene.Area{Box: geom.Rect{Min: p, Max: q}, Fill: red}, scene.Area{Points: []geom.Point{p, q, {X: 3, Y: 4}}, Fill: red, Border: blue, Width: 1})
			for d := range scene.Dash(3) {
				fr.Strokes = append(fr.Strokes, scene.Stroke{A: p, Ctrl: q, B: geom.Point{X: 50, Y: 50}, Width: 2, Dash: d, Head: scene.Arrow, Color: red},
					scene.Stroke{A: p, Ctrl: p, B: p, Width: 2, Dash: d, Head: scene.HollowArrow, Double: true, Color: red})
			}
		}
	}
	paint(t, fr, 2)
	fr.ToneMap = true
	paint(t, fr, 2)
}

func TestCancelledPaintStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	fr := blank(100, 100)
	err := NewPainter(faces(t)).Paint(ctx, fr, image.NewRGBA(image.Rect(0, 0, 100, 100)))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPaintRefusesAPictureOfAnotherSize(t *testing.T) {
	p := NewPainter(faces(t))
	whole := image.NewRGBA(image.Rect(0, 0, 120, 100))
	for _, dst := range []*image.RGBA{whole, whole.SubImage(image.Rect(0, 0, 100, 100)).(*image.RGBA)} {
		if p.Paint(context.Background(), blank(100, 100), dst) == nil {
			t.Error("no error")
		}
	}
}

func TestRepaintingAllocatesNothingPerPrimitive(t *testing.T) {
	fr := crowd(rand.New(rand.NewPCG(5, 1)), 600, 400, 500, false)
	p := newPainter(faces(t), 1, testIcon)
	dst := image.NewRGBA(image.Rectangle{Max: fr.Size})
	run := func() {
		if err := p.Paint(context.Background(), fr, dst); err != nil {
			t.Fatal(err)
		}
	}
	run()
	if n := testing.AllocsPerRun(3, run); n > 40 {
		t.Errorf("%v allocations for a frame of 3,000 primitives", n)
	}
}
