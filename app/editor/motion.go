package editor

import (
	"math"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
)

// Durations of movements.
const (
	flyTime   = 220 * time.Millisecond
	wheelTime = 120 * time.Millisecond // short, so that the next turn finds the drawing where the eye is
	moveTime  = 250 * time.Millisecond
)

// mostMoving is up to how many nodes are seen moving; larger drawings jump.
const mostMoving = 20000

// motion is what moves on its own: the camera, the nodes, or both.
type motion struct {
	camera *cameraTween
	nodes  *nodeTween
}

type cameraTween struct {
	from, to scene.Camera
	start    time.Time
	total    time.Duration
}

type nodeTween struct {
	from, to []geom.Point
	start    time.Time
	then     *scene.Scene // takes over at the end; nil: the one that moves stays
}

// end returns the scene when the movement is over.
func (n *nodeTween) end(s *scene.Scene) *scene.Scene {
	if n.then != nil {
		return n.then
	}
	return s.WithPositions(n.to)
}

// Animating reports whether Tick has something to do.
func (e *Editor) Animating() bool { return e.motion.camera != nil || e.motion.nodes != nil }

// Tick moves what moves to where it is at now.
func (e *Editor) Tick(now time.Time) {
	if c := e.motion.camera; c != nil {
		t := ease(now.Sub(c.start), c.total)
		e.camera = blend(c.from, c.to, t)
		if t >= 1 {
			e.motion.camera = nil
			e.hoverAgain() // something else may lie under the pointer
		}
		e.changed(NoticeCamera)
	}
	if n := e.motion.nodes; n != nil {
		t := ease(now.Sub(n.start), moveTime)
		if t >= 1 {
			e.scene = n.end(e.scene)
			e.motion.nodes = nil
			e.hoverAgain()
			if e.fitted {
				e.labels = new(scene.LabelMemory) // names found their places on the way; the camera fits those of the end
			}
		} else {
			pos := make([]geom.Point, len(n.to))
			for i := range pos {
				pos[i] = geom.Point{X: n.from[i].X + (n.to[i].X-n.from[i].X)*t, Y: n.from[i].Y + (n.to[i].Y-n.from[i].Y)*t}
			}
			e.scene = e.scene.WithStep(pos)
		}
		if e.fitted && e.motion.camera == nil {
			to := e.fitAll(e.scene)
			if e.motion.nodes == nil && e.scene.Len() > fitLabels && to != e.camera { // now with its names
				e.flyTo(to)
				e.fitted = true
			} else {
				e.camera = to
			}
			e.changed(NoticeCamera)
		}
		e.changed(NoticeScene)
	}
}

// ease is a cubic ease-out of the elapsed part of total.
func ease(elapsed, total time.Duration) float32 {
	if elapsed >= total {
		return 1
	}
	u := 1 - max(0, float32(elapsed)/float32(total))
	return 1 - u*u*u
}

// blend moves the camera so that zooming looks even: the zoom changes
// geometrically, the centre in step with the visible width.
func blend(a, b scene.Camera, t float32) scene.Camera {
	if t >= 1 {
		return b
	}
	z := a.Zoom * float32(math.Pow(float64(b.Zoom/a.Zoom), float64(t)))
	s := t
	if d := 1/b.Zoom - 1/a.Zoom; d > 1e-6 || d < -1e-6 {
		s = (1/z - 1/a.Zoom) / d
	}
	return scene.Camera{Center: geom.Point{X: a.Center.X + (b.Center.X-a.Center.X)*s, Y: a.Center.Y + (b.Center.Y-a.Center.Y)*s}, Zoom: z}
}

// still reports whether the user wants no animation.
func (e *Editor) still() bool { return e.opts.Settings != nil && e.opts.Settings.Now().Still }

// aim returns where the camera is heading.
func (e *Editor) aim() scene.Camera {
	if e.motion.camera != nil {
		return e.motion.camera.to
	}
	return e.camera
}

// Destination returns where the camera will stand once it no longer moves on its own.
func (e *Editor) Destination() scene.Camera { return e.aim() }

// flyTo moves the camera smoothly.
func (e *Editor) flyTo(c scene.Camera) { e.fly(c, flyTime) }

// fly moves the camera to c in that time.
func (e *Editor) fly(c scene.Camera, total time.Duration) {
	e.fitted = false
	if e.still() {
		e.setCamera(c)
		return
	}
	e.motion.camera = &cameraTween{from: e.camera, to: c, start: e.opts.Now(), total: total}
	e.changed(NoticeCamera)
}

// moveNodes brings the nodes smoothly to pos; large drawings jump.
func (e *Editor) moveNodes(pos []geom.Point) {
	if e.still() || len(pos) > mostMoving || len(pos) != e.scene.Len() {
		e.motion.nodes = nil
		e.scene = e.scene.WithPositions(pos)
	} else {
		e.motion.nodes = &nodeTween{from: e.scene.Positions(), to: pos, start: e.opts.Now()}
	}
	e.changed(NoticeScene)
}

// bring is moveNodes to the places of next, which takes over at the end, or of pos; a camera that shows the whole goes along, to where
// it will show all of it then.
func (e *Editor) bring(pos []geom.Point, next *scene.Scene) {
	whole, to := e.fitted, e.camera
	if whole {
		to = e.fitAll(e.scene.WithPositions(pos))
	}
	e.moveNodes(pos)
	if n := e.motion.nodes; n != nil {
		n.then = next
	} else if next != nil {
		e.scene = next
	}
	if whole {
		if e.motion.nodes == nil {
			e.labels = new(scene.LabelMemory) // names stood beside other neighbours
		}
		e.fly(to, moveTime)
		e.fitted = true
	}
}

// Moving reports whether nodes move on their own.
func (e *Editor) Moving() bool { return e.motion.nodes != nil }

// goal returns the scene on show as it will be when nothing moves any more.
func (e *Editor) goal() *scene.Scene {
	if n := e.motion.nodes; n != nil {
		return n.end(e.scene)
	}
	return e.scene
}

// travel shows the way to the scene on show from old, one of other groups: nodes move from where they were, members
// come out of their folded group or go into it.
func (e *Editor) travel(old *scene.Scene) {
	next := e.scene
	if e.still() || max(old.Len(), next.Len()) > mostMoving {
		return
	}
	moving, apart, folds := old, false, false
	to := make([]geom.Point, old.Len())
	for i := range to {
		id := old.ID(int32(i))
		to[i] = old.NodePoint(int32(i))
		if n, ok := next.Node(id); ok {
			to[i] = next.NodePoint(n)
			folds = folds || next.ID(n) != id
		}
		apart = apart || to[i] != old.NodePoint(int32(i))
	}
	from, then := old.Positions(), next
	if !folds {
		moving, then, apart = next, nil, false
		from, to = make([]geom.Point, next.Len()), next.Positions()
		for i := range from {
			from[i] = to[i]
			if n, ok := old.Node(next.ID(int32(i))); ok {
				from[i] = old.NodePoint(n)
			}
			apart = apart || from[i] != to[i]
		}
	}
	if !apart {
		return
	}
	e.scene = moving.WithPositions(from)
	e.motion.nodes = &nodeTween{from: from, to: to, start: e.opts.Now(), then: then}
	e.changed(NoticeScene)
}

// settle ends all movement at its goal.
func (e *Editor) settle() {
	if n := e.motion.nodes; n != nil {
		e.scene = n.end(e.scene)
		e.motion.nodes = nil
		e.changed(NoticeScene)
	}
}
