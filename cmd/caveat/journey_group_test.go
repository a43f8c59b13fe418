package main

import (
	"bytes"
	"context"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/app/editor"
	"caveat/app/scene"
	"caveat/app/ui"
	"caveat/graphstore"
	"caveat/graphstore/exchange/bundle"
)

// run finds a command by its words and runs it.
func (j *journey) run(words, title string) {
	j.Helper()
	j.keys("ctrl+k")
	j.wait("the search box", func(s *ui.State) bool { return strings.HasPrefix(s.Focus, "input:") })
	j.write(words)
	j.wait("the words", func(s *ui.State) bool { return strings.Contains(s.Focus, words) })
	j.wait("the command", func(s *ui.State) bool {
		for _, part := range s.Texts {
			if slices.ContainsFunc(part, func(t ui.StateText) bool { return strings.Contains(t.Text, title) && t.Role != "input" }) {
				return true
			}
		}
		return false
	})
	j.keys("Return")
}

// group waits until nothing moves and returns a group of the view.
func (j *journey) group(key string) (*ui.State, ui.StateGroup) {
	j.Helper()
	var g ui.StateGroup
	s := j.wait("group "+key, func(s *ui.State) bool {
		i := slices.IndexFunc(s.Groups, func(x ui.StateGroup) bool { return x.Key == key })
		if i >= 0 {
			g = s.Groups[i]
		}
		return i >= 0 && s.Crisp && s.Idle && len(s.Jobs) == 0
	})
	return s, g
}

// twice presses the left button twice in one place.
func (j *journey) twice() {
	j.Helper()
	j.xdo("click", "--repeat", "2", "--delay", "60", "1")
}

// open presses twice where the pointer is until ok: on a busy machine the second press may come too late to be one of two.
func (j *journey) open(what string, ok func(*ui.State) bool) *ui.State {
	j.Helper()
	for range 3 {
		j.twice()
		for end := time.Now().Add(patience / 4); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
			if s := j.read(); ok(s) {
				return s
			}
		}
	}
	return j.wait(what+" after a double click", ok)
}

// lines returns, by the place of its middle, how many claims each line of the canvas draws.
func lines(s *ui.State) map[[2]float32]int {
	out := map[[2]float32]int{}
	for _, e := range s.Edges {
		out[[2]float32{e.X, e.Y}]++
	}
	return out
}

// bundled returns a case as its canonical bytes.
func bundled(t *testing.T, g *graphstore.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := bundle.Format().Write(context.Background(), &b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestJourneyGroupsFoldAndUnfold groups by kind, folds a group by a double click on its ground, uses its node as any other,
// unfolds it by a double click, folds and unfolds by the keyboard, and undoes all: the case on disk is then the one of before, byte for byte.
func TestJourneyGroupsFoldAndUnfold(t *testing.T) {
	dir := t.TempDir()
	j := beginIn(t, dir, "--sample", "kaspersky")
	before := j.opened()
	j.run("group by kind", "Group by kind")
	open, g := j.group("regulator")
	if g.Folded || g.Nodes < 3 || g.X == 0 {
		t.Fatalf("group %+v", g)
	}
	paper := scene.Light().Background
	j.see("the ground of the group", func(img image.Image) bool {
		r, gr, b, _ := img.At(int(g.X)+j.origin.X, int(g.Y)+j.origin.Y).RGBA()
		return uint8(r>>8) != paper.R || uint8(gr>>8) != paper.G || uint8(b>>8) != paper.B
	})

	j.move(g.X, g.Y)
	node := string(scene.GroupID("regulator"))
	folded := j.open("the folded group", func(s *ui.State) bool {
		return len(s.Nodes) == len(open.Nodes)-g.Nodes+1 && s.Crisp && s.Idle
	})
	i := slices.IndexFunc(folded.Nodes, func(n ui.StateNode) bool { return string(n.ID) == node })
	if i < 0 {
		t.Fatal("the group has no node")
	}
	n := folded.Nodes[i]
	most := 0
	for _, claims := range lines(folded) {
		most = max(most, claims)
	}
	if most < 4 {
		t.Errorf("no line says more than %d claims", most)
	}

	// Its node is hovered, selected, dragged and has a menu as others.
	at := func() ui.StateNode {
		s := j.settled()
		return s.Nodes[slices.IndexFunc(s.Nodes, func(n ui.StateNode) bool { return string(n.ID) == node })]
	}
	n = at()
	j.move(n.X, n.Y)
	j.wait("the pointer over the group", func(s *ui.State) bool { return string(s.Hover) == node })
	j.xdo("click", "1")
	j.wait("the group in the inspector", func(s *ui.State) bool {
		_, listed := find(s, "center", "", "In this group")
		return len(s.Selection) == 1 && string(s.Inspected) == node && listed
	})
	j.see("the ring around the group", func(img image.Image) bool { return j.ringed(img, n, selectionColor()) >= .6 })
	n = at()
	j.drag(n.X+n.R*.9, n.Y, n.X+n.R*.9+60, n.Y+30, "1") // from its rim too
	j.wait("the group moved", func(s *ui.State) bool {
		i := slices.IndexFunc(s.Nodes, func(n ui.StateNode) bool { return string(n.ID) == node })
		return i >= 0 && s.Nodes[i].X > n.X+50 && len(s.Selection) == 1 && s.Idle && s.Crisp && len(s.Dialogs) == 0
	})
	n = at()
	j.move(n.X, n.Y)
	j.wait("the pointer over the group", func(s *ui.State) bool { return string(s.Hover) == node })
	j.xdo("click", "3")
	j.wait("its menu", func(s *ui.State) bool { _, ok := find(s, "menu", "menu", "Unfold this group"); return ok })
	j.keys("Escape")
	j.wait("no menu", func(s *ui.State) bool { return len(s.Texts["menu"]) == 0 })

	// Open again by a double click; then by keys.
	j.move(n.X+2, n.Y+2)
	j.wait("the pointer over the group", func(s *ui.State) bool { return string(s.Hover) == node })
	count := func(n int) func(*ui.State) bool {
		return func(s *ui.State) bool { return len(s.Nodes) == n && s.Crisp && s.Idle }
	}
	j.open("the group unfolded", count(len(open.Nodes)))
	j.take("BSI", "1")
	j.wait("BSI", func(s *ui.State) bool { return len(s.Selection) == 1 && s.Focus == "canvas" && s.Crisp && s.Idle })
	j.keys("g")
	j.wait("the group folded by a key", count(len(open.Nodes)-g.Nodes+1))
	n = at()
	j.take(n.Name, "1")
	j.wait("the group", func(s *ui.State) bool { return string(s.Inspected) == node })
	j.keys("Return")
	j.wait("the group unfolded by a key", count(len(open.Nodes)))

	// Fold, move, unfold, fold, unfold, and the grouping itself: each is one step.
	for k := range 6 {
		j.keys("ctrl+z")
		j.wait("a step back", func(s *ui.State) bool {
			return s.Idle && s.Crisp && (len(s.Groups) == 0) == (k == 5) && slices.ContainsFunc(s.Groups, func(g ui.StateGroup) bool { return g.Folded }) == (k < 4 && k != 1)
		})
	}
	j.keys("space") // what is seen, and from where, is no step
	near := func(a, b float32) bool { return a-b < .5 && b-a < .5 }
	j.wait("every node where it was", func(s *ui.State) bool {
		return s.Idle && s.Crisp && slices.EqualFunc(s.Nodes, before.Nodes, func(a, b ui.StateNode) bool {
			return a.ID == b.ID && near(a.X, b.X) && near(a.Y, b.Y)
		})
	})
	j.quit()
	sameAsSample(t, filepath.Join(dir, "cases", "kaspersky"+editor.Extension))
}
