package main

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caveat/app/scene"
	"caveat/app/ui"
)

// trades writes an edge list of eight mills, ports and farms, each a ring, with five roads from mills to the first port and two
// to the first farm, and what they are beside it. It returns the path of the edges.
func trades(t *testing.T, dir string) string {
	t.Helper()
	var edges, nodes strings.Builder
	for _, kind := range []string{"mill", "port", "farm"} {
		for i := range 8 {
			fmt.Fprintf(&edges, "%s%d\t%s%d\n", kind, i, kind, (i+1)%8)
			fmt.Fprintf(&nodes, "%s%d\t%s\t%s %d\n", kind, i, kind, kind, i)
		}
	}
	for i := range 7 {
		fmt.Fprintf(&edges, "mill%d\t%s\n", i, []string{"port0", "farm0"}[i/5])
	}
	fmt.Fprint(&edges, "port4\tfarm4\n")
	path := filepath.Join(dir, "trades.tsv")
	writeFile(t, path, edges.String())
	writeFile(t, filepath.Join(dir, "trades.nodes.tsv"), nodes.String())
	return path
}

// plate reports whether the line between two nodes has a plate with a count in its colour on it.
func (j *journey) plate(img image.Image, a, b ui.StateNode) bool {
	l := float32(apart(a.X, a.Y, b.X, b.Y))
	for r := a.R + 8; r < l-b.R-8; r += 2 {
		x, y := a.X+(b.X-a.X)*r/l, a.Y+(b.Y-a.Y)*r/l
		if j.painted(img, ui.StateBox{X: x - 5, Y: y - 5, W: 10, H: 10}, scene.Light().Edge) > 60 { // a line alone covers less
			return true
		}
	}
	return false
}

// TestJourneyOfADrawing groups an edge list by kind, folds a group by a double click on its ground and by a key, sees its counts,
// unfolds it by a double click, by a key and by its menu, hides a node, moves one, takes every step back and repeats some. What
// is on the disk is then what was there before.
func TestJourneyOfADrawing(t *testing.T) {
	dir := t.TempDir()
	path := trades(t, dir)
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	j := begin(t, path)
	const nodes, members = 24, 8
	fresh := j.wait("the drawing", func(s *ui.State) bool {
		return len(s.Nodes) == nodes && s.Status.Drawing && s.Crisp && s.Idle && len(s.Jobs) == 0 && s.Focus == "canvas"
	})
	j.findWindow()
	rest := func(n int, more func(*ui.State) bool) func(*ui.State) bool {
		return func(s *ui.State) bool {
			return len(s.Nodes) == n && s.Crisp && s.Idle && len(s.Jobs) == 0 && s.Status.Shown <= nodes && (more == nil || more(s))
		}
	}
	node := string(scene.GroupID("mill"))
	at := func(s *ui.State, id string) ui.StateNode {
		i := slices.IndexFunc(s.Nodes, func(n ui.StateNode) bool { return string(n.ID) == id })
		if i < 0 {
			t.Fatalf("there is no %s on show", id)
		}
		return s.Nodes[i]
	}
	over := func(id string) { // the pointer goes there, and is known to be
		n := at(j.settled(), id)
		j.move(n.X, n.Y)
		j.wait("the pointer over "+id, func(s *ui.State) bool { return string(s.Hover) == id })
	}

	j.run("group by kind", "Group by kind")
	open, g := j.group("mill")
	if g.Folded || g.Nodes != members || g.X == 0 || len(open.Groups) != 3 {
		t.Fatalf("group %+v of %d", g, len(open.Groups))
	}
	paper := scene.Light().Background
	j.see("the ground of the group", func(img image.Image) bool {
		r, gr, b, _ := img.At(int(g.X)+j.origin.X, int(g.Y)+j.origin.Y).RGBA()
		return uint8(r>>8) != paper.R || uint8(gr>>8) != paper.G || uint8(b>>8) != paper.B
	})

	// Folded by a double click on its ground, opened by one on its node.
	j.move(g.X, g.Y)
	folded := j.open("the folded group", rest(nodes-members+1, nil))
	if folded.Status.Shown != nodes {
		t.Errorf("%d of %d nodes on show with one group folded", folded.Status.Shown, nodes)
	}
	j.see("the count on its edge", func(img image.Image) bool {
		s := j.settled()
		return j.plate(img, at(s, node), at(s, "port0")) && j.plate(img, at(s, node), at(s, "farm0")) && !j.plate(img, at(s, "port4"), at(s, "farm4"))
	})
	j.keep()
	over(node)
	j.open("the group unfolded", rest(nodes, nil))

	// By keys, and by its menu.
	over("mill6")
	j.xdo("click", "1")
	j.wait("a member", rest(nodes, func(s *ui.State) bool {
		return len(s.Selection) == 1 && s.Selection[0] == "mill6" && s.Focus == "canvas"
	}))
	j.keys("g")
	j.wait("the group folded by a key", rest(nodes-members+1, nil))
	over(node)
	j.xdo("click", "1")
	j.wait("the group selected", func(s *ui.State) bool { return string(s.Inspected) == node && s.Focus == "canvas" })
	j.keys("Return")
	j.wait("the group unfolded by a key", rest(nodes, nil))
	j.keys("ctrl+z")
	j.wait("it is folded again", rest(nodes-members+1, nil))
	over(node)
	j.xdo("click", "3")
	j.press("menu", "menu", "Unfold this group", "the group unfolded by its menu", rest(nodes, nil))

	// A node is hidden, and moved.
	over("farm2")
	j.xdo("click", "1")
	j.wait("farm 2", rest(nodes, func(s *ui.State) bool {
		return len(s.Selection) == 1 && s.Selection[0] == "farm2" && s.Focus == "canvas"
	}))
	before := j.settled()
	j.keys("Delete")
	j.wait("it is hidden", rest(nodes-1, func(s *ui.State) bool { return s.Status.Entities == nodes }))
	j.keys("ctrl+z")
	j.wait("it is back", rest(nodes, func(s *ui.State) bool { return samePlaces(before, s) }))
	j.keys("ctrl+shift+z")
	j.wait("it is hidden again", rest(nodes-1, nil))
	j.keys("ctrl+z")
	before = j.wait("it is back again", rest(nodes, nil))

	x, y := j.emptyGround()
	n := at(before, "port2")
	j.drag(n.X, n.Y, x, y, "1")
	moved := j.wait("the node where it was let go", rest(nodes, func(s *ui.State) bool {
		m := at(s, "port2")
		return math.Hypot(float64(m.X-x), float64(m.Y-y)) < 3
	}))
	j.keys("ctrl+z")
	j.wait("the node where it was", rest(nodes, func(s *ui.State) bool { return samePlaces(before, s) }))
	j.keys("ctrl+shift+z")
	j.wait("the node moved again", rest(nodes, func(s *ui.State) bool { return samePlaces(moved, s) }))

	// Grouped, folded, unfolded, folded, unfolded, moved: each was one step. Then there is none left.
	for k := range 6 {
		j.keys("ctrl+z")
		j.wait(fmt.Sprintf("step %d back", k+1), func(s *ui.State) bool {
			n := nodes
			if k == 1 || k == 3 {
				n = nodes - members + 1
			}
			return rest(n, func(s *ui.State) bool { return (len(s.Groups) == 0) == (k == 5) })(s)
		})
	}
	j.keys("space")
	j.wait("every node where it was", rest(nodes, func(s *ui.State) bool { return samePlaces(fresh, s) }))
	if code := j.quit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, was) {
		t.Errorf("the edge list is not what it was: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("beside the edge list lie %v, %v", left, err)
	}
}
