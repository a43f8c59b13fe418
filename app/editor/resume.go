package editor

import (
	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/graphstore"
)

// rememberStand notes which view of the case is on show and where the camera stands, for when it is opened again.
func (e *Editor) rememberStand() {
	o := e.open
	if o == nil || o.doc == nil || e.opts.Settings == nil {
		return
	}
	s := settings.Stand{Path: o.path, View: string(o.view)}
	if c := e.aim(); !e.fitted {
		s.X, s.Y, s.Zoom = c.Center.X, c.Center.Y, c.Zoom
	}
	if err := e.opts.Settings.Change(func(v *settingsValue) { v.Leave(s) }); err != nil {
		e.Tell(err.Error())
	}
}

// standOf returns how the case in path was left; the zero one if it was not open lately.
func (e *Editor) standOf(path string) settings.Stand {
	if e.opts.Settings == nil {
		return settings.Stand{}
	}
	return e.opts.Settings.Now().StandOf(path)
}

// viewOf returns the view that a case opens with: the one it was left in, else its first.
func viewOf(g *graphstore.Graph, left settings.Stand) *graphstore.View {
	if v := g.View(graphstore.ID(left.View)); v != nil {
		return v
	}
	return firstView(g)
}

// standAgain puts the camera back where the case was left, unless it would see nothing of the drawing there.
func (e *Editor) standAgain(left settings.Stand) {
	if left.Zoom <= 0 || graphstore.ID(left.View) != e.open.view {
		return
	}
	c := scene.Camera{Center: geom.Point{X: left.X, Y: left.Y}, Zoom: left.Zoom}
	const wide = 1000 // about a canvas, whose size may not be known yet
	if geom.RectAround(c.Center, wide/2/c.Zoom, wide/2/c.Zoom).Intersects(e.scene.Bounds()) {
		e.setCamera(c)
	}
}
