package editor

import (
	"testing"

	"caveat/graphstore"
)

// TestADrawingThatIsNotWaitedForCanBeDrawnAgain cancels the scene of a step of a large case: the step stays, the editor knows that it is not
// on show, and draws it when asked, or with the next step.
func TestADrawingThatIsNotWaitedForCanBeDrawnAgain(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.OpenFile(bigCase(t, 6000), false)
	d.settleAll()
	defer func() { d.ok(d.Close()) }()
	all := d.Scene().Len()
	redraw := func() error {
		for _, a := range Actions() {
			if a.Name == "redraw" {
				return a.Ready(d.Editor)
			}
		}
		t.Fatal("nothing draws again")
		return nil
	}
	giveUp := func(shown int) {
		t.Helper()
		if !d.runs("scene") || d.Outdated() || redraw() == nil {
			t.Fatal("no job makes the scene, or it is given up already")
		}
		d.CancelJob("scene")
		d.settleAll()
		if d.Scene().Len() != shown || !d.Outdated() || redraw() != nil {
			t.Errorf("%d nodes on show, out of date: %v, can be drawn again: %v", d.Scene().Len(), d.Outdated(), redraw())
		}
	}
	d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"product"}}))
	giveUp(all)
	d.Redraw()
	giveUp(all) // once more
	d.do("redraw")
	d.settleAll()
	left := d.Scene().Len()
	if left != all-all/3 || d.Outdated() || redraw() == nil {
		t.Fatalf("%d of %d nodes on show, out of date: %v", left, all, d.Outdated())
	}
	d.ok(d.Undo())
	giveUp(left)
	d.do("redo")
	d.settleAll()
	if d.Scene().Len() != left || d.Outdated() {
		t.Errorf("%d nodes on show after the next step, not %d", d.Scene().Len(), left)
	}
}

// TestWhatIsHiddenIsNoLongerUnderThePointer hides what the pointer is on and brings it back; the pointer rests.
func TestWhatIsHiddenIsNoLongerUnderThePointer(t *testing.T) {
	d := openSample(t)
	id := d.node("BSI")
	d.pointer(PointerMove, d.at(id), NoButton, 0)
	if d.Hover().ID != id {
		t.Fatalf("the pointer is on %q", d.Hover().ID)
	}
	d.ok(d.Hide(id))
	d.settleAll()
	if h := d.Hover(); h.ID == id {
		t.Errorf("the pointer is on %q, which is hidden", h.ID)
	}
	d.do("undo")
	if h := d.Hover(); h.ID != id {
		t.Errorf("the pointer is on %q", h.ID)
	}
}
