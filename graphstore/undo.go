package graphstore

// UndoStack knows what can be undone and redone. It is an immutable value:
// Push returns the next one, so an older one can be kept to return to. The
// zero UndoStack is that of a new case. A case's stack is rebuilt by pushing its journal in order.
type UndoStack struct{ done, undone *undoStep }

type undoStep struct {
	diff  *Diff // as first done: leads forward
	below *undoStep
}

// Push returns the stack after d was applied, judged by its cause: an edit
// can be undone and ends all redoing; an undo takes the last edit back; a redo repeats it.
func (s UndoStack) Push(d *Diff) UndoStack {
	switch {
	case d.Cause == CauseUndo && s.done != nil:
		return UndoStack{s.done.below, &undoStep{s.done.diff, s.undone}}
	case d.Cause == CauseRedo && s.undone != nil:
		return UndoStack{&undoStep{s.undone.diff, s.done}, s.undone.below}
	}
	return UndoStack{&undoStep{d, s.done}, nil}
}

// Undo returns the diff that takes the last edit back; ok is false when there is none.
func (s UndoStack) Undo() (d *Diff, ok bool) {
	if s.done == nil {
		return nil, false
	}
	d = s.done.diff.Inverse()
	d.Cause = CauseUndo
	return d, true
}

// Redo returns the diff that repeats the last edit taken back; ok is false when there is none.
func (s UndoStack) Redo() (d *Diff, ok bool) {
	if s.undone == nil {
		return nil, false
	}
	again := *s.undone.diff
	again.Cause = CauseRedo
	return &again, true
}
