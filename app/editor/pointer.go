package editor

import (
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// PointerKind says what the pointer did.
type PointerKind int

// What pointers do.
const (
	PointerDown PointerKind = iota
	PointerMove
	PointerUp
	PointerWheel
	PointerLeave
)

// Button is a button of the pointer.
type Button int

// The buttons.
const (
	NoButton Button = iota
	Primary
	Secondary
	Middle
)

// Mods are the modifier keys held.
type Mods uint

// The modifier keys.
const (
	Shift Mods = 1 << iota
	Control
	Alt
)

// Pointer is one event of the pointer over the canvas.
type Pointer struct {
	Kind   PointerKind
	At     geom.Point // canvas units
	Button Button     // of Down and Up
	Mods   Mods
	Clicks int     // of Up without movement: 1, 2
	Wheel  float32 // of Wheel: lines up
}

// Overlay is what is drawn above the picture while a gesture runs.
type Overlay struct {
	Band   *geom.Rect     // rubber band, canvas units
	Wire   *[2]geom.Point // new claim being drawn, canvas units
	WireTo graphstore.ID  // what it would be dropped on
}

// gesture is the state of the pointer between down and up.
type gesture struct {
	mode   mode
	button Button
	mods   Mods
	target scene.Target // under the pointer when it went down
	down   geom.Point   // canvas units
	last   geom.Point
	moved  bool
	nodes  []int32 // being dragged
	start  *scene.Scene
}

type mode int

const (
	modeIdle mode = iota
	modePress
	modePan
	modeDrag // nodes
	modeBand
	modeWire
)

// dragSlop is how far the pointer may tremble in a click, in canvas units.
const dragSlop = 4

// wheelStep is the zoom of one line of the wheel.
const wheelStep = 1.15

// Pointer takes one event: the only way in for mouse and touchpad.
func (e *Editor) Pointer(p Pointer) {
	g := &e.gesture
	switch p.Kind {
	case PointerWheel:
		e.zoomAt(float32(math.Pow(wheelStep, float64(p.Wheel))), p.At)
		e.hoverAt(p.At)
	case PointerLeave:
		e.selection.over = false
		if g.mode == modeIdle {
			e.setHover(nowhere)
		}
	case PointerDown:
		e.settle()
		*g = gesture{mode: modePress, button: p.Button, mods: p.Mods, target: e.TargetAt(p.At), down: p.At, last: p.At}
	case PointerMove:
		if g.mode == modeIdle {
			e.hoverAt(p.At)
			return
		}
		e.gestureMove(p)
	case PointerUp:
		e.gestureUp(p)
	}
}

// CancelGesture ends a gesture without effect (Escape). It reports whether there was one.
func (e *Editor) CancelGesture() bool {
	was := e.gesture
	e.gesture = gesture{}
	if was.mode == modeDrag {
		e.scene = was.start
		e.changed(NoticeScene)
	}
	if was.mode != modeIdle {
		e.changed(NoticeOverlay)
	}
	return was.mode == modeDrag || was.mode == modeBand || was.mode == modeWire
}

// Overlay returns what the running gesture draws above the picture.
func (e *Editor) Overlay() Overlay {
	g := &e.gesture
	switch g.mode {
	case modeBand:
		r := spanned(g.down, g.last)
		return Overlay{Band: &r}
	case modeWire:
		from := g.down
		if p, ok := e.pointOf(g.target.ID); ok {
			from = e.ToCanvas(p)
		}
		o := Overlay{Wire: &[2]geom.Point{from, g.last}}
		if t := e.TargetAt(g.last); t.ID != g.target.ID && !e.folded(t.ID) {
			o.WireTo = t.ID
		}
		return o
	}
	return Overlay{}
}

func (e *Editor) pointOf(id graphstore.ID) (geom.Point, bool) {
	if n, ok := e.scene.Node(id); ok {
		return e.scene.NodePoint(n), true
	}
	return e.scene.ClaimPoint(id)
}

func spanned(a, b geom.Point) geom.Rect {
	return geom.Rect{Min: geom.Point{X: min(a.X, b.X), Y: min(a.Y, b.Y)}, Max: geom.Point{X: max(a.X, b.X), Y: max(a.Y, b.Y)}}
}

func (e *Editor) gestureMove(p Pointer) {
	g := &e.gesture
	d := p.At.Sub(g.last)
	if g.mode == modePress {
		if p.At.Dist(g.down) < dragSlop {
			return
		}
		g.moved = true
		e.beginDrag()
		d = p.At.Sub(g.down)
	}
	g.last = p.At
	switch g.mode {
	case modePan:
		e.Pan(d.X, d.Y)
	case modeDrag:
		e.dragNodes(p.At.Sub(g.down))
	case modeBand, modeWire:
		e.changed(NoticeOverlay)
	}
}

// beginDrag decides what a press that moved becomes.
func (e *Editor) beginDrag() {
	g := &e.gesture
	switch {
	case g.button != Primary:
		g.mode = modePan
	case g.mods&Shift != 0:
		g.mode = modeBand
	case g.target.Part == scene.NodeRim && e.canEdit(), g.target.Part == scene.ClaimDot && e.canEdit():
		g.mode = modeWire
	case g.target.Part == scene.NodeBody || g.target.Part == scene.NodeRim:
		g.mode = modeDrag
		g.start = e.scene
		if !e.IsSelected(g.target.ID) {
			e.Select(g.target.ID)
		}
		g.nodes = e.scene.NodesOf(e.selection.set)
	default:
		g.mode = modePan
	}
	e.setHover(nowhere)
}

// dragNodes shows the dragged nodes moved by d canvas units; the case changes only at the end.
func (e *Editor) dragNodes(d geom.Point) {
	g := &e.gesture
	pos := slices.Clone(g.start.Positions())
	for _, n := range g.nodes {
		pos[n] = pos[n].Add(geom.Point{X: d.X / e.camera.Zoom, Y: d.Y / e.camera.Zoom})
	}
	e.scene = g.start.WithPositions(pos)
	e.fitted = false
	e.changed(NoticeScene)
}

func (e *Editor) gestureUp(p Pointer) {
	g := e.gesture
	e.gesture = gesture{}
	switch g.mode {
	case modePress:
		e.click(g, p)
	case modeDrag:
		ids := make([]graphstore.ID, len(g.nodes))
		for i, n := range g.nodes {
			ids[i] = e.scene.ID(n)
		}
		if err := e.keepMoved(ids, g.start); err != nil {
			e.scene = g.start
			e.changed(NoticeScene)
			e.Fail(err)
		}
	case modeBand:
		r := spanned(g.down, p.At)
		e.selectWithin(geom.Rect{Min: e.ToWorld(r.Min), Max: e.ToWorld(r.Max)}, g.mods&Control != 0)
	case modeWire:
		if t := e.TargetAt(p.At); e.folded(t.ID) {
			e.Tell(e.Words().Say("told.unfold", "name", e.scene.Name(t.Node)))
		} else if t.ID != "" && t.ID != g.target.ID {
			e.asks(NewClaimAsk{From: g.target.ID, To: t.ID})
		} else if t.Part == scene.Nothing {
			e.asks(NewClaimAsk{From: g.target.ID})
		}
	}
	if g.mode != modePress {
		e.changed(NoticeOverlay)
		e.hoverAt(p.At)
	}
}

func (e *Editor) click(g gesture, p Pointer) {
	id := g.target.ID
	switch {
	case g.button == Secondary:
		if id != "" && !e.IsSelected(id) {
			e.Select(id)
		}
		if e.menu != nil {
			e.menu(p.At, g.target)
		}
	case g.button != Primary:
	case p.Clicks == 2:
		e.doubleClick(g.target, p.At)
	case g.mods&(Shift|Control) != 0 && id != "":
		e.Toggle(id)
	case id != "":
		e.Select(id)
	case g.mods&(Shift|Control) == 0:
		e.Select()
	}
}

func (e *Editor) doubleClick(t scene.Target, at geom.Point) {
	if e.folded(t.ID) {
		key, _ := scene.GroupKey(t.ID)
		e.Fail(e.Fold(key, false))
		return
	}
	switch t.Part {
	case scene.Nothing:
		if key := e.GroupAt(at); key != "" {
			e.Fail(e.Fold(key, true))
		} else if e.canEdit() {
			e.asks(NewEntityAsk{At: e.ToWorld(at)})
		}
	case scene.NodeBody, scene.NodeRim:
		e.ExpandOrAsk(t.ID)
	default:
		if e.canEdit() {
			e.asks(EditAsk{ID: t.ID})
		}
	}
}

func (e *Editor) selectWithin(r geom.Rect, add bool) {
	nodes := e.scene.Within(r)
	was := e.scene.NodesOf(e.selection.set)
	switch {
	case !add || e.selection.set.Len() == 0:
		e.takeNodes(e.scene, nodes)
	case len(was) == e.selection.set.Len():
		in := make([]bool, e.scene.Len())
		for _, n := range was {
			in[n] = true
		}
		e.takeNodes(e.scene, slices.Concat(was, slices.DeleteFunc(nodes, func(n int32) bool { return in[n] })))
	default: // claims are among them
		ids := slices.Clone(e.Selection())
		for _, n := range nodes {
			if id := e.scene.ID(n); !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		e.Select(ids...)
	}
}

func (e *Editor) hoverAt(at geom.Point) {
	e.selection.at, e.selection.over = at, true
	e.setHover(e.TargetAt(at))
}

// hoverAgain looks what is under the resting pointer after things have moved: numbers of nodes are those of a scene.
func (e *Editor) hoverAgain() {
	switch {
	case e.gesture.mode != modeIdle:
	case e.selection.over && !e.Animating():
		e.hoverAt(e.selection.at)
	default:
		e.setHover(nowhere)
	}
}

func (e *Editor) setHover(t scene.Target) {
	if t == e.selection.hover {
		return
	}
	redraw := t.ID != e.selection.hover.ID
	e.selection.hover = t
	e.changed(NoticeHover)
	if redraw {
		e.changed(NoticeScene)
	}
}
