package graphstore

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestUndoStackAgreesWithTwoLists compares the stack with two plain lists over
// random histories, and the stack as it was made step by step with one rebuilt from the journal.
func TestUndoStackAgreesWithTwoLists(t *testing.T) {
	const seed = 21
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for round := range 200 {
		var stack UndoStack
		var journal []*Diff
		var done, undone []string
		apply := func(d *Diff) {
			journal = append(journal, d)
			stack = stack.Push(d)
		}
		for step := range 60 {
			undo, canUndo := stack.Undo()
			redo, canRedo := stack.Redo()
			if canUndo != (len(done) > 0) || canRedo != (len(undone) > 0) {
				t.Fatalf("round %d step %d: can undo %v, redo %v; done %v, undone %v", round, step, canUndo, canRedo, done, undone)
			}
			switch n := rnd.IntN(4); {
			case n == 0 && canUndo:
				if undo.Title != done[len(done)-1] || undo.Cause != CauseUndo || undo.Entities[0].After != nil {
					t.Fatalf("round %d step %d: undo is %+v, want %s back", round, step, undo, done[len(done)-1])
				}
				undone = append(undone, undo.Title)
				done = done[:len(done)-1]
				apply(undo)
			case n == 1 && canRedo:
				if redo.Title != undone[len(undone)-1] || redo.Cause != CauseRedo || redo.Entities[0].Before != nil {
					t.Fatalf("round %d step %d: redo is %+v, want %s again", round, step, redo, undone[len(undone)-1])
				}
				done = append(done, redo.Title)
				undone = undone[:len(undone)-1]
				apply(redo)
			default:
				title := fmt.Sprint("edit ", step)
				done, undone = append(done, title), nil
				apply(&Diff{Title: title, Cause: CauseEdit, Entities: []Change[Entity]{{After: &Entity{ID: "urn:e"}}}})
			}
			var rebuilt UndoStack
			for _, d := range journal {
				rebuilt = rebuilt.Push(d)
			}
			a, okA := rebuilt.Undo()
			b, okB := stack.Undo()
			if okA != okB || okA && a.Title != b.Title {
				t.Fatalf("round %d step %d: the journal makes another stack", round, step)
			}
		}
	}
}
