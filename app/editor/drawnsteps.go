package editor

import (
	"slices"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/graphstore"
)

// drawn is one state of a drawing: what of it is on show and how, and where everything stands. Of a case that takes no edits it is the
// view alone, in which all that was moved has its place. It never changes.
type drawn struct {
	view         *graphstore.View
	out          *hidden
	pos          []geom.Point // of all nodes, also hidden ones
	past, future *drawnStep   // of the state on show: its history
}

// drawnStep is a step of a drawing: what it is called and the state that it leads away from. Each is followed by the one before it.
type drawnStep struct {
	title string
	from  drawn
	next  *drawnStep
}

// drawnSteps are the steps of a drawing, or of the view of a case that takes no edits, for as long as it is open: those that can be taken back and those that can be repeated.
type drawnSteps struct{ past, future *drawnStep }

// titled returns what a step is called, and whether there is one.
func (x *drawnStep) titled() (string, bool) {
	if x == nil {
		return "", false
	}
	return x.title, true
}

// stepMemory is how many bytes the places and choices in the steps of a drawing may take; above that the oldest are forgotten.
const stepMemory = 100 << 20

// placeMemory is about what a place in a view takes, its id and the room of the map included.
const placeMemory = 64

// drawnNow returns the state of the drawing as it is to be: of what is being made what it will be.
func (e *Editor) drawnNow() drawn {
	e.settle()
	return e.drawnAs(e.scene)
}

// drawnAs is drawnNow with the nodes where they stand in s, a scene that differs from the one on show in places only.
func (e *Editor) drawnAs(s *scene.Scene) drawn {
	p := &e.open.part
	d := drawn{view: e.View(), out: p.out, pos: p.due}
	if d.pos == nil {
		d.pos = p.standing(s)
	}
	return d
}

// noteStep notes a step that leads away from a state of the drawing.
func (e *Editor) noteStep(title string, from drawn) {
	h := &e.open.steps
	h.past, h.future = &drawnStep{title, from, h.past}, nil
	h.forget()
}

// forget drops the oldest steps beyond what all together may take.
func (h *drawnSteps) forget() {
	size := 0
	for x := h.past; x != nil; x = x.next {
		if x.next == nil {
			return
		}
		if n, before := x.from, x.next.from; len(n.pos) > 0 && len(before.pos) > 0 && &n.pos[0] != &before.pos[0] {
			size += 8 * len(n.pos)
		}
		size += placeMemory * len(x.from.view.Places)
		if x.from.out != x.next.from.out {
			size += len(x.from.pos)
		}
		if size > stepMemory {
			x.next = nil
		}
	}
}

// changeDrawing changes what of the drawing is on show, or how, as one step that can be undone; hide, which may be nil, returns
// what is hidden by itself then.
func (e *Editor) changeDrawing(title string, change func(*graphstore.View), hide func() *hidden) {
	e.CancelGesture()
	from := e.drawnNow()
	next := copyView(from.view)
	change(next)
	out := from.out
	if hide != nil {
		out = hide()
	}
	same := out == from.out && samePart(from.view, next)
	if same && next.Bundle == from.view.Bundle {
		return // nothing to take back
	}
	e.markShown()
	e.noteStep(title, from)
	e.open.local, e.open.part.out = next, out
	if same {
		e.changed(NoticeView | NoticeScene)
		return
	}
	e.makePart()
}

// stepDrawing takes the last step of the drawing back, or repeats it.
func (e *Editor) stepDrawing(from, to **drawnStep) {
	x := *from
	if x == nil {
		return
	}
	e.CancelGesture()
	e.markShown()
	*from, *to = x.next, &drawnStep{x.title, e.drawnNow(), *to}
	e.cancel("layout")
	p := &e.open.part
	p.again = false
	e.open.local, p.out, p.due = x.from.view, x.from.out, x.from.pos
	e.makePart()
	if e.fitted {
		e.whenShown(func() {
			e.setCamera(e.fitAll(e.goal()))
			e.fitted = true
		})
	}
}

// stepView takes the last step of the view of a case that takes no edits back, or repeats it.
func (e *Editor) stepView(from, to **drawnStep) {
	x := *from
	if x == nil {
		return
	}
	e.CancelGesture()
	e.cancel("layout")
	e.settle()
	*from, *to = x.next, &drawnStep{x.title, drawn{view: e.View()}, *to}
	e.showLocal(x.from.view)
	if e.fitted {
		e.whenShown(e.Fit)
	}
}

// markShown notes what is on show, to go back to if the user does not want to wait for what comes next.
func (e *Editor) markShown() {
	if p := &e.open.part; !e.open.sceneDue {
		p.shown = drawn{view: e.View(), out: p.out, past: e.open.steps.past, future: e.open.steps.future}
	}
}

// giveUpPart lets the drawing be what is on show: the user does not want to wait for another part of it.
func (e *Editor) giveUpPart() {
	if e.open == nil || e.open.doc != nil || !e.open.sceneDue {
		return
	}
	p := &e.open.part
	e.open.steps = drawnSteps{p.shown.past, p.shown.future}
	e.open.local, p.out, p.due, p.again = p.shown.view, p.shown.out, nil, false
	e.open.sceneDue, e.open.later = false, nil
	e.changed(NoticeView | NoticeScene)
}

// drawnMembers returns the nodes of a drawing in a group by kind: at most so many, in their order, and how many there are.
func (e *Editor) drawnMembers(key string, most int) (list []Member, all int) {
	s := e.drawing()
	g := s.Grouping().Number(key)
	for n := range int32(s.Len()) {
		if g >= 0 && s.GroupOf(n) == g {
			if all++; all <= most {
				list = append(list, Member{s.ID(n), s.Name(n)})
			}
		}
	}
	return slices.Clip(list), all
}
