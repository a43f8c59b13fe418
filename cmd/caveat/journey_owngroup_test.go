package main

import (
	"bytes"
	"context"
	"image"
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

// TestJourneyGroupsTheSelection draws a band around some nodes, makes a group of them by a key and names it, folds and unfolds it,
// renames it by its menu, takes it apart by a key, and undoes all: the case on disk is then the one of before, byte for byte.
func TestJourneyGroupsTheSelection(t *testing.T) {
	dir := t.TempDir()
	j := beginIn(t, dir, "--sample", "kaspersky")
	before := j.opened()
	c := before.Canvas
	x0, y0, x1, y1 := c.X+.34*c.W, c.Y+.17*c.H, c.X+.7*c.W, c.Y+.66*c.H
	j.xdo("keydown", "shift")
	j.drag(x0, y0, x1, y1, "1")
	j.xdo("keyup", "shift")
	in := func(n ui.StateNode) bool { return n.X > x0+n.R && n.X < x1-n.R && n.Y > y0+n.R && n.Y < y1-n.R }
	s := j.wait("a selection", func(s *ui.State) bool { return len(s.Selection) > 2 && !s.Band && s.Idle && s.Crisp })
	for _, n := range s.Nodes {
		if in(n) && !slices.Contains(s.Selection, n.ID) {
			t.Errorf("%s is within the band and not selected", n.Name)
		}
	}
	chosen := s.Selection

	j.keys("ctrl+g")
	j.wait("the name that is proposed", func(s *ui.State) bool {
		_, ok := find(s, "sheet", "input", "Group 1")
		return ok && strings.HasPrefix(s.Focus, "input:")
	})
	j.write("Sober voices")
	j.wait("the name", func(s *ui.State) bool { _, ok := find(s, "sheet", "input", "Sober voices"); return ok })
	j.keys("Return")
	var g ui.StateGroup
	group := func(name string, folded bool) func(*ui.State) bool {
		return func(s *ui.State) bool {
			if len(s.Groups) == 1 {
				g = s.Groups[0]
			}
			return len(s.Groups) == 1 && g.Label == name && g.Folded == folded && s.Idle && s.Crisp && len(s.Jobs) == 0 && s.Focus == "canvas"
		}
	}
	open := j.wait("the group", group("Sober voices", false))
	if g.Nodes != len(chosen) || g.X == 0 {
		t.Fatalf("%d selected, group %+v", len(chosen), g)
	}
	paper := scene.Light().Background
	j.see("the ground of the group", func(img image.Image) bool {
		r, gr, b, _ := img.At(int(g.X)+j.origin.X, int(g.Y)+j.origin.Y).RGBA()
		return uint8(r>>8) != paper.R || uint8(gr>>8) != paper.G || uint8(b>>8) != paper.B
	})
	j.keep()

	// Folded it is one node with all the claims of its members, whose inspector lists them.
	j.keys("g")
	folded := j.wait("the folded group", group("Sober voices", true))
	if len(folded.Nodes) != len(open.Nodes)-len(chosen)+1 {
		t.Errorf("%d nodes of %d with %d folded", len(folded.Nodes), len(open.Nodes), len(chosen))
	}
	j.take("Sober voices", "1")
	j.wait("the group in the inspector", func(s *ui.State) bool {
		_, listed := find(s, "center", "", "In this group")
		_, apart := find(s, "center", "button", "Take the group apart")
		return len(s.Selection) == 1 && listed && apart
	})
	j.keys("Return")
	j.wait("the group unfolded by a key", group("Sober voices", false))

	j.click(g.X, g.Y, "3")
	j.press("menu", "menu", "Rename group", "its name", func(s *ui.State) bool { _, ok := find(s, "sheet", "input", "Sober voices"); return ok })
	j.write("Warners")
	j.wait("the new name", func(s *ui.State) bool { _, ok := find(s, "sheet", "input", "Warners"); return ok })
	j.keys("Return")
	open = j.wait("the group renamed", group("Warners", false))

	i := slices.IndexFunc(open.Nodes, func(n ui.StateNode) bool { return n.ID == chosen[0] })
	j.take(open.Nodes[i].Name, "1")
	j.wait("a member", func(s *ui.State) bool { return slices.Equal(s.Selection, chosen[:1]) && s.Focus == "canvas" })
	j.keys("ctrl+shift+g")
	j.wait("no group", func(s *ui.State) bool { return len(s.Groups) == 0 && s.Idle && s.Crisp })

	// Group, fold, unfold, rename, take apart: each is one step.
	for _, step := range []func(*ui.State) bool{group("Warners", false), group("Sober voices", false), group("Sober voices", true), group("Sober voices", false),
		func(s *ui.State) bool { return len(s.Groups) == 0 && s.Idle && s.Crisp }} {
		j.keys("ctrl+z")
		j.wait("a step back", step)
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

// sameAsSample fails unless a case says what the built-in one says, byte for byte.
func sameAsSample(t *testing.T, path string) {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	was, err := editor.SampleGraph(context.Background(), "kaspersky", schema)
	if err != nil {
		t.Fatal(err)
	}
	store, err := cayleystore.Open(path, schema, cayleystore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	is, _, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bundled(t, is), bundled(t, was)) {
		t.Error("the case is not the one of before, byte for byte")
	}
}
