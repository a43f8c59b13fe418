package main

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caveat/app/editor"
	"caveat/app/scene"
	"caveat/app/ui"
	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

// TestJourneyStepsOfACaseOpenedForReading hides a node of a case that takes no edits, moves another, takes both steps back and repeats
// them. The file stays as it is, byte for byte.
func TestJourneyStepsOfACaseOpenedForReading(t *testing.T) {
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g, err := editor.SampleGraph(context.Background(), "huawei", schema)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "huawei"+editor.Extension)
	store, err := cayleystore.Create(path, schema, g)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	j := begin(t, "--read-only", path)
	fresh := j.opened()
	if !fresh.Status.ReadOnly {
		t.Fatal("the case takes edits")
	}
	rest := func(n int, more func(*ui.State) bool) func(*ui.State) bool {
		return func(s *ui.State) bool {
			return len(s.Nodes) == n && s.Crisp && s.Idle && len(s.Jobs) == 0 && (more == nil || more(s))
		}
	}
	all := len(fresh.Nodes)
	n := j.take("FCC", "1")
	j.wait("FCC selected", rest(all, func(s *ui.State) bool { return contains(s.Selection, n.ID) && s.Focus == "canvas" }))
	j.keys("Delete")
	j.wait("FCC hidden", rest(all-1, func(s *ui.State) bool { return !hasNode(s, "FCC") }))
	j.keys("ctrl+z")
	j.wait("FCC again", rest(all, func(s *ui.State) bool { return samePlaces(fresh, s) }))
	j.keys("ctrl+shift+z")
	j.wait("FCC hidden again", rest(all-1, func(s *ui.State) bool { return !hasNode(s, "FCC") }))

	x, y := j.emptyGround()
	n = j.node("CCB")
	j.drag(n.X, n.Y, x, y, "1")
	moved := j.wait("CCB where it was let go", rest(all-1, func(s *ui.State) bool {
		i := slices.IndexFunc(s.Nodes, func(m ui.StateNode) bool { return m.ID == n.ID })
		return i >= 0 && math.Hypot(float64(s.Nodes[i].X-x), float64(s.Nodes[i].Y-y)) < 3
	}))
	j.keys("ctrl+z")
	j.wait("CCB where it was", rest(all-1, func(s *ui.State) bool { return !samePlaces(moved, s) }))
	j.keys("ctrl+z")
	j.wait("everything as it was", rest(all, func(s *ui.State) bool { return samePlaces(fresh, s) }))
	j.keys("ctrl+shift+z")
	j.wait("one step again", rest(all-1, func(s *ui.State) bool { return !hasNode(s, "FCC") && !samePlaces(moved, s) }))
	j.keys("ctrl+shift+z")
	j.wait("both steps again", rest(all-1, func(s *ui.State) bool { return samePlaces(moved, s) }))
	if code := j.quit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, was) {
		t.Errorf("the case is not what it was: %v", err)
	}
}

// TestJourneyCommunitiesOfADrawing groups an edge list by community, finds one by its name in the search box, folds one by a double click
// on its ground, unfolds it by one on its node, and takes all steps back.
func TestJourneyCommunitiesOfADrawing(t *testing.T) {
	path := trades(t, t.TempDir())
	if err := os.Remove(strings.TrimSuffix(path, ".tsv") + ".nodes.tsv"); err != nil { // what the nodes are is not known
		t.Fatal(err)
	}
	j := begin(t, path)
	const nodes = 24
	rest := func(n int, more func(*ui.State) bool) func(*ui.State) bool {
		return func(s *ui.State) bool {
			return len(s.Nodes) == n && s.Status.Drawing && s.Crisp && s.Idle && len(s.Jobs) == 0 && (more == nil || more(s))
		}
	}
	fresh := j.wait("the drawing", rest(nodes, func(s *ui.State) bool { return s.Focus == "canvas" }))
	j.findWindow()
	j.run("group by community", "Group by community")
	open := j.wait("the communities", rest(nodes, func(s *ui.State) bool { return len(s.Groups) > 1 && s.Focus == "canvas" }))
	g := open.Groups[slices.IndexFunc(open.Groups, func(g ui.StateGroup) bool { return strings.Contains(g.Label, "port") })]
	if g.Folded || g.Nodes < 3 || g.X == 0 {
		t.Fatalf("group %+v of %d", g, len(open.Groups))
	}

	j.keys("ctrl+f")
	j.wait("the search box", func(s *ui.State) bool { return s.Focus == "input:" })
	j.write(g.Label)
	j.wait("the community found", func(s *ui.State) bool {
		row, ok := find(s, "floats", "row", g.Label)
		return ok && row.Text != "" && s.Focus == "input:"+g.Label
	})
	j.keys("Return")
	j.wait("its members selected", rest(nodes, func(s *ui.State) bool {
		for _, id := range s.Selection {
			if !strings.HasPrefix(string(id), "port") {
				return false
			}
		}
		return len(s.Selection) == g.Nodes && s.Zoom > open.Zoom && s.Focus == "canvas"
	}))
	j.keys("space")
	whole := j.wait("the whole", rest(nodes, func(s *ui.State) bool { return math.Abs(float64(s.Zoom/open.Zoom-1)) < .05 }))

	i := slices.IndexFunc(whole.Groups, func(x ui.StateGroup) bool { return x.Key == g.Key })
	j.move(whole.Groups[i].X, whole.Groups[i].Y)
	folded := j.open("the folded community", rest(nodes-g.Nodes+1, nil))
	node := scene.GroupID(g.Key)
	n := folded.Nodes[slices.IndexFunc(folded.Nodes, func(n ui.StateNode) bool { return n.ID == node })]
	j.keep()
	j.move(n.X, n.Y)
	j.wait("the pointer over it", func(s *ui.State) bool { return s.Hover == node })
	j.open("the community unfolded", rest(nodes, nil))
	for k := range 3 {
		j.keys("ctrl+z")
		n := nodes
		if k == 0 {
			n = nodes - g.Nodes + 1
		}
		j.wait("a step back", rest(n, func(s *ui.State) bool { return (len(s.Groups) == 0) == (k == 2) }))
	}
	j.keys("space")
	j.wait("every node where it was", rest(nodes, func(s *ui.State) bool { return samePlaces(fresh, s) }))
}
