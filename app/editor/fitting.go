package editor

import (
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
)

const (
	fitMargin     = 28            // canvas units left free around a fitted drawing
	fitAir        = fitMargin / 4 // and around its names
	fitBelow      = 1.6 * fitMargin
	fitLabels     = plan.FitLabels // up to so many nodes the names are always fitted in too
	fitAtRest     = 5_000          // up to so many where nothing moves: each look at them takes a millisecond or two
	fitLooks      = 8              // at most; most drawings need three
	fitLooksLarge = 3              // at most above fitLabels
)

// Cover tells that a box of w by h units lies on the lower left corner of the canvas: what is fitted leaves it free.
func (e *Editor) Cover(w, h float32) {
	if e.covered == (geom.Point{X: w, Y: h}) {
		return
	}
	e.covered = geom.Point{X: w, Y: h}
	if e.fitted && e.width > 0 && e.motion.camera == nil {
		e.setCamera(e.fitAll(e.scene))
		e.fitted = true
		e.hoverAgain()
	}
}

// fitCamera returns the camera that shows b, in all but large drawings with the labels.
func (e *Editor) fitCamera(b geom.Rect) scene.Camera { return e.fitScene(e.scene, b, e.guides()) }

// fitScene is fitCamera for a scene that is not on show yet. Labels keep their size whatever the zoom and go where there is room,
// so the camera is fitted to the drawing alone, looked through, and moved until it holds what is seen.
func (e *Editor) fitScene(s *scene.Scene, b geom.Rect, g *scene.Guides) scene.Camera {
	c := scene.Fit(b, e.size(), fitMargin)
	n := s.Len()
	if n > fitAtRest || n > fitLabels && (e.motion.nodes != nil || e.jobs.has("layout")) || e.opts.Faces == nil || e.width == 0 {
		return c
	}
	canvas := geom.Rect{Max: e.size()}
	f := frameRoom{inner: geom.Rect{Min: geom.Point{X: fitAir, Y: fitAir}, Max: canvas.Max.Sub(geom.Point{X: fitAir, Y: fitBelow})}, middle: canvas.Center()}
	looks := fitLooksLarge
	if n <= fitLabels {
		looks = fitLooks
		if e.covered.X > 0 && e.covered.X <= e.width/2 && e.covered.Y <= e.height/2 {
			f.corner = e.covered
		}
	}
	for look := range looks {
		things := e.seen(s, c, b, g)
		if f.holds(things, c) {
			break
		}
		most := c.Zoom
		if look > 0 { // the labels have moved: it takes a little more
			most *= 0.98
		}
		c = f.hold(things, c, most)
	}
	return c
}

// thing is a mark or a text as a fitted canvas must hold it.
type thing struct {
	at  geom.Point // of its middle, in the drawing
	box geom.Rect  // about it, in canvas units, whatever the zoom
}

// seen returns the marks and texts in or about b as camera c shows them, those beyond the edges of the canvas too.
func (e *Editor) seen(s *scene.Scene, c scene.Camera, b geom.Rect, g *scene.Guides) []thing {
	const beyond = 0.5
	fr := s.Frame(scene.Look{Camera: c, Width: e.width, Height: e.height, Scale: 1, Margin: beyond, Theme: e.theme, Faces: e.opts.Faces, Guides: g, NodesOnly: s.Len() > fitLabels})
	origin := e.size().Mul(beyond)
	near := geom.Rect{Min: c.ToCanvas(b.Min, e.size()), Max: c.ToCanvas(b.Max, e.size())}.Inset(-2 * fitMargin)
	var things []thing
	add := func(box geom.Rect) {
		box = box.Translate(geom.Point{}.Sub(origin))
		if middle := box.Center(); near.Intersects(box) {
			things = append(things, thing{c.ToWorld(middle, e.size()), box.Translate(geom.Point{}.Sub(middle))})
		}
	}
	for i := range fr.Marks { // larger than in the drawing where all is far away
		add(geom.RectAround(fr.Marks[i].At, fr.Marks[i].Radius, fr.Marks[i].Radius))
	}
	for _, i := range outermost(fr.Dots) {
		add(geom.RectAround(fr.Dots[i].At, fr.Dots[i].Radius, fr.Dots[i].Radius))
	}
	for i := range fr.Texts {
		add(fr.Texts[i].Box(e.opts.Faces))
	}
	return things
}

// outermost returns the numbers of the dots that lie furthest to each side: what holds them holds all.
func outermost(dots []scene.Dot) []int {
	if len(dots) == 0 {
		return nil
	}
	far := make([]int, 4)
	for i := range dots {
		at := dots[i].At
		for side, further := range [4]bool{at.X < dots[far[0]].At.X, at.Y < dots[far[1]].At.Y, at.X > dots[far[2]].At.X, at.Y > dots[far[3]].At.Y} {
			if further {
				far[side] = i
			}
		}
	}
	return far
}

// frameRoom is where on the canvas things may lie.
type frameRoom struct {
	inner  geom.Rect  // all of it
	middle geom.Point // of the canvas
	corner geom.Point // width and height of what covers its lower left corner, 0 for nothing
}

// holds reports whether all things lie where they may as camera c shows them.
func (f frameRoom) holds(things []thing, c scene.Camera) bool {
	shift := f.middle.Sub(c.Center.Mul(c.Zoom))
	return !slices.ContainsFunc(things, func(t thing) bool {
		box := t.box.Translate(t.at.Mul(c.Zoom).Add(shift))
		const rounding = 0.01
		return !f.inner.Inset(-rounding).ContainsRect(box) || f.covers(box)
	})
}

func (f frameRoom) covers(box geom.Rect) bool {
	bottom := 2 * f.middle.Y
	return f.corner.X > 0 && box.Min.X < f.corner.X && box.Max.Y > bottom-f.corner.Y
}

// hold returns the camera with the largest zoom up to most that holds all things, as near the middle as the corner allows; c where
// none does.
func (f frameRoom) hold(things []thing, c scene.Camera, most float32) scene.Camera {
	const narrowest, halvings = 0.25, 12
	low, high := narrowest*most, most
	if f.fits(things, high) {
		low = high
	} else if !f.fits(things, low) {
		return c
	}
	for range halvings {
		if zoom := (low + high) / 2; f.fits(things, zoom) {
			low = zoom
		} else {
			high = zoom
		}
	}
	const parts = 8
	middle, away, _ := f.bounds(things, low)
	best, least := f.camera(away, low), float32(math.Inf(1))
	for i := range (parts + 1) * (parts + 1) {
		shift := geom.Point{X: away.X - middle.X, Y: away.Y - middle.Y}
		shift.X *= float32(i%(parts+1)) / parts
		shift.Y *= float32(i/(parts+1)) / parts
		if c := f.camera(middle.Add(shift), low); shift.Len() < least && f.holds(things, c) {
			best, least = c, shift.Len()
		}
	}
	return best
}

// fits reports whether the canvas has room for all things at a zoom: if anywhere, then as far up and to the right as they go.
func (f frameRoom) fits(things []thing, zoom float32) bool {
	_, away, ok := f.bounds(things, zoom)
	return ok && f.holds(things, f.camera(away, zoom))
}

// bounds returns the shifts from drawing to canvas that put all things into the middle and as far from the corner as they go;
// ok is false where they are too large.
func (f frameRoom) bounds(things []thing, zoom float32) (middle, away geom.Point, ok bool) {
	var all geom.Rect
	for i, t := range things {
		box := t.box.Translate(t.at.Mul(zoom))
		if i == 0 {
			all = box
		}
		all = all.Union(box)
	}
	low, high := f.inner.Min.Sub(all.Min), f.inner.Max.Sub(all.Max)
	return low.Add(high).Mul(0.5), geom.Point{X: high.X, Y: low.Y}, low.X <= high.X && low.Y <= high.Y
}

func (f frameRoom) camera(shift geom.Point, zoom float32) scene.Camera {
	return scene.Camera{Center: f.middle.Sub(shift).Mul(1 / zoom), Zoom: zoom}
}
