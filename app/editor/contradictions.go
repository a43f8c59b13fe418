package editor

import (
	"context"

	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// marks are the contradictions of the open case as far as they are worked out.
type marks struct {
	of  *graphstore.Graph // the graph they belong to
	now *dispute.Marks    // nil: not yet
}

// Contradicted reports whether the claim is in a computed contradiction.
func (e *Editor) Contradicted(claim graphstore.ID) bool {
	return e.open != nil && e.open.marks.now != nil && e.open.marks.now.Has(claim)
}

// Contradictions returns the claims that contradict claim, sorted.
func (e *Editor) Contradictions(claim graphstore.ID) []graphstore.ID {
	if e.open == nil || e.open.marks.now == nil {
		return nil
	}
	return e.open.marks.now.Of(claim)
}

// markContradictions works out, in the background after each step of the case, which
// claims contradict each other. d leads from before to the present graph; where the marks are
// those of before they are updated, else worked out afresh (a nil d, or steps in quick succession).
func (e *Editor) markContradictions(before *graphstore.Graph, d *graphstore.Diff) {
	g, had := e.Graph(), e.open.marks
	follows := d != nil && had.now != nil && had.of == before
	e.start("contradictions", e.Words().Say("job.contradictions"), func(context.Context, func(float64)) (func(), error) {
		var next *dispute.Marks
		if follows {
			next = had.now.Update(before, g, d)
		} else {
			next = dispute.NewMarks(g)
		}
		return func() {
			e.open.marks = marks{g, next}
			e.redrawMarks(next, !follows)
		}, nil
	})
}

// redrawMarks draws the claims again whose mark moved.
func (e *Editor) redrawMarks(m *dispute.Marks, whole bool) {
	g := e.Graph()
	if e.Outdated() { // they are drawn when all else is
		e.changed(NoticeGraph)
		return
	}
	if whole {
		if m.Len() > 0 {
			e.rebuildScene()
		}
		e.changed(NoticeGraph)
		return
	}
	again := &graphstore.Diff{}
	for _, id := range m.Moved() {
		if c := g.Claim(id); c != nil {
			again.Claims = append(again.Claims, graphstore.Change[graphstore.Claim]{Before: c, After: c})
		}
	}
	if e.stale() {
		e.rebuildScene()
	} else if len(again.Claims) > 0 {
		e.settle()
		e.updateScene(again)
		e.changed(NoticeScene | NoticeGraph)
	}
}
