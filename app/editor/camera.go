package editor

import (
	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// Camera returns where the camera stands.
func (e *Editor) Camera() scene.Camera { return e.camera }

// Resize tells the size of the canvas in units. As long as the camera still
// shows the whole drawing it keeps doing so.
func (e *Editor) Resize(w, h float32) {
	if w == e.width && h == e.height || w <= 0 || h <= 0 {
		return
	}
	e.width, e.height = w, h
	if e.fitted {
		e.setCamera(e.fitAll(e.scene))
		e.fitted = true
		e.hoverAgain()
	}
	e.changed(NoticeCamera)
}

func (e *Editor) size() geom.Point { return geom.Point{X: e.width, Y: e.height} }

// ToWorld turns a canvas point in units into drawing units.
func (e *Editor) ToWorld(p geom.Point) geom.Point { return e.camera.ToWorld(p, e.size()) }

// ToCanvas turns drawing units into a canvas point.
func (e *Editor) ToCanvas(p geom.Point) geom.Point { return e.camera.ToCanvas(p, e.size()) }

func (e *Editor) setCamera(c scene.Camera) {
	e.motion.camera = nil
	e.camera, e.fitted = c, false
	e.changed(NoticeCamera)
}

// Pan moves the picture by canvas units.
func (e *Editor) Pan(dx, dy float32) {
	c := e.camera
	c.Center = c.Center.Sub(geom.Point{X: dx / c.Zoom, Y: dy / c.Zoom})
	e.setCamera(c)
}

// LookAt puts a point of the drawing in the middle of the canvas, at once.
func (e *Editor) LookAt(p geom.Point) {
	c := e.aim()
	c.Center = p
	e.setCamera(c)
}

// zoomAt multiplies the zoom by f, in a moment, and keeps what lies under the canvas point at all the way there.
func (e *Editor) zoomAt(f float32, at geom.Point) { e.fly(e.aim().About(at, e.size(), f), wheelTime) }

// ZoomBy multiplies the zoom about the middle of the canvas, smoothly.
func (e *Editor) ZoomBy(f float32) {
	e.flyTo(e.aim().About(e.size().Mul(0.5), e.size(), f))
}

// Fit shows the whole drawing.
func (e *Editor) Fit() {
	e.flyTo(e.fitAll(e.scene))
	e.fitted = true
}

// ZoomToSelection shows what is selected, or everything when nothing is.
func (e *Editor) ZoomToSelection() {
	if b, ok := e.boundsOf(e.selection.set); ok {
		e.flyTo(e.fitCamera(b))
		return
	}
	e.Fit()
}

// boundsOf returns a box around what is drawn of a set, and whether anything is.
func (e *Editor) boundsOf(x *scene.Set) (box geom.Rect, drawn bool) {
	add := func(p geom.Point, r float32) {
		b := geom.RectAround(p, r, r)
		if drawn {
			b = box.Union(b)
		}
		box, drawn = b, true
	}
	nodes := e.scene.NodesOf(x)
	for _, n := range nodes {
		add(e.scene.NodePoint(n), e.scene.Radius(n)*2)
	}
	if len(nodes) < x.Len() {
		for _, id := range x.IDs() {
			if p, ok := e.scene.ClaimPoint(id); ok {
				add(p, 0)
			}
		}
	}
	return box, drawn
}

// Center brings id to the middle of the canvas without changing the zoom
// much: a node too small to read is brought near.
func (e *Editor) Center(id graphstore.ID) {
	if e.stale() {
		e.whenShown(func() { e.Center(id) })
		return
	}
	b, ok := e.boundsOf(scene.NewSet([]graphstore.ID{id}))
	if !ok {
		return
	}
	c := e.aim()
	c.Center = geom.Point{X: (b.Min.X + b.Max.X) / 2, Y: (b.Min.Y + b.Max.Y) / 2}
	c.Zoom = max(c.Zoom, 0.7)
	e.flyTo(c)
}

// onCanvas reports whether id is in view with some air around it.
func (e *Editor) onCanvas(id graphstore.ID) bool {
	b, ok := e.boundsOf(scene.NewSet([]graphstore.ID{id}))
	if !ok {
		return true // not drawn: nothing to bring into view
	}
	a, z := e.ToCanvas(b.Min), e.ToCanvas(b.Max)
	return a.X >= 0 && a.Y >= 0 && z.X <= e.width && z.Y <= e.height
}

// Look returns how the canvas looks now, for a picture of w by h units at
// scale device pixels a unit.
func (e *Editor) Look(w, h, scale float32) scene.Look {
	look := scene.Look{
		Camera: e.camera, Width: w, Height: h, Scale: scale, Theme: e.theme,
		Labels: e.labels, Faces: e.opts.Faces,
		Selected: e.selection.set, Hover: e.selection.hover.ID,
		Highlight: e.paths.lit, Guides: e.guides(),
	}
	return look
}

// place is one thing looked at, with where the camera stood.
type place struct {
	id     graphstore.ID
	camera scene.Camera
}

// places is the history of what was looked at; it is not the case's history.
type places struct {
	list []place
	at   int // of the current one
}

// placesMax bounds the history.
const placesMax = 200

func (p *places) visit(id graphstore.ID, c scene.Camera) {
	if len(p.list) > 0 && p.list[p.at].id == id {
		return
	}
	if len(p.list) > 0 {
		p.list[p.at].camera = c
		p.list = p.list[:p.at+1]
	}
	p.list = append(p.list, place{id, c})
	if len(p.list) > placesMax {
		p.list = p.list[1:]
	}
	p.at = len(p.list) - 1
}

// CanBack reports whether Back leads anywhere.
func (e *Editor) CanBack() bool { return e.places.at > 0 }

// CanForward reports whether Forward leads anywhere.
func (e *Editor) CanForward() bool { return e.places.at+1 < len(e.places.list) }

// Back returns to what was looked at before.
func (e *Editor) Back() { e.revisit(-1) }

// Forward goes to what was looked at next.
func (e *Editor) Forward() { e.revisit(1) }

func (e *Editor) revisit(step int) {
	to := e.places.at + step
	if to < 0 || to >= len(e.places.list) {
		return
	}
	e.places.list[e.places.at].camera = e.aim()
	e.places.at = to
	p := e.places.list[to]
	e.take(scene.NewSet([]graphstore.ID{p.id}), p.id)
	e.flyTo(p.camera)
}
