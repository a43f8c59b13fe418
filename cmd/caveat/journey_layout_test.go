package main

import (
	"image"
	"slices"
	"testing"

	"caveat/app/editor"
	"caveat/app/ui"
	"caveat/graphstore"
)

// pictures returns how many pictures the page on show has.
func pictures(s *ui.State) (n int) {
	for _, x := range s.Texts["sheet"] {
		if x.Role == "picture" {
			n++
		}
	}
	return n
}

func TestJourneyLayoutIsChosenByItsPicture(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	j.keys("ctrl+shift+l")
	s := j.wait("all pictures", func(s *ui.State) bool { return pictures(s) == len(editor.Layouts()) })
	for _, x := range s.Texts["sheet"] {
		if x.Role == "picture" {
			j.see("the picture of "+x.Text, func(img image.Image) bool {
				return j.inked(img, ui.StateBox{X: x.X, Y: x.Y, W: x.W, H: x.H}) > 100
			})
		}
	}
	j.keys("Down", "Down") // timeline
	j.wait("the timeline chosen", func(s *ui.State) bool { _, ok := find(s, "sheet", "checked", "Timeline"); return ok })
	j.keys("Return")
	moved := func(s *ui.State) bool {
		return s.Texts["sheet"] == nil && s.Idle && s.Crisp && !samePlaces(before, s)
	}
	j.wait("the timeline", moved)
	j.keys("ctrl+z")
	j.wait("places of before", func(s *ui.State) bool { return s.Idle && s.Crisp && samePlaces(before, s) })
}

func TestJourneyLayoutsAndViewsAreFoundByTheirNames(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	j.run("timeline", "Arrange: Timeline")
	j.wait("the timeline", func(s *ui.State) bool { return s.Idle && s.Crisp && s.Focus == before.Focus && !samePlaces(before, s) })
	j.run("what the audits cover", "What the audits cover")
	j.wait("other nodes", func(s *ui.State) bool {
		return s.Idle && s.Crisp && slices.ContainsFunc(s.Nodes, func(n ui.StateNode) bool {
			return !slices.ContainsFunc(before.Nodes, func(m ui.StateNode) bool { return m.ID == n.ID })
		})
	})
}

// samePlaces reports whether the nodes stand in the drawing where they did, wherever the camera is.
func samePlaces(a, b *ui.State) bool {
	places := func(s *ui.State) map[graphstore.ID][2]float32 {
		out := map[graphstore.ID][2]float32{}
		k := s.Zoom * s.Scale
		for _, n := range s.Nodes {
			out[n.ID] = [2]float32{s.Camera.X + (n.X-s.Canvas.X-s.Canvas.W/2)/k, s.Camera.Y + (n.Y-s.Canvas.Y-s.Canvas.H/2)/k}
		}
		return out
	}
	was, is := places(a), places(b)
	for id, p := range was {
		if q, on := is[id]; !on || apart(p[0], p[1], q[0], q[1]) > 1 {
			return false
		}
	}
	return len(was) == len(is)
}

func TestJourneyTidyLeavesTheOthers(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	s := j.opened()
	j.xdo("keydown", "shift")
	j.drag(s.Canvas.X+12, s.Canvas.Y+12, s.Canvas.X+s.Canvas.W*.45, s.Canvas.Y+s.Canvas.H*.6, "1")
	j.xdo("keyup", "shift")
	taken := j.wait("a selection", func(s *ui.State) bool { return len(s.Selection) > 3 && s.Idle && s.Crisp })
	place := map[graphstore.ID]image.Point{}
	for _, n := range taken.Nodes {
		place[n.ID] = image.Pt(int(n.X+.5), int(n.Y+.5))
	}
	apart := func(s *ui.State, selected bool) (n int) {
		for _, x := range s.Nodes {
			d := image.Pt(int(x.X+.5), int(x.Y+.5)).Sub(place[x.ID])
			if contains(taken.Selection, x.ID) == selected && max(d.X, -d.X, d.Y, -d.Y) > 1 {
				n++
			}
		}
		return n
	}
	j.keys("t")
	tidied := j.wait("moved nodes", func(s *ui.State) bool { return s.Idle && s.Crisp && apart(s, true) > 0 })
	if n := apart(tidied, false); n > 0 {
		t.Errorf("%d nodes moved that are not selected", n)
	}
	j.keys("ctrl+z")
	j.wait("places of before", func(s *ui.State) bool { return s.Idle && apart(s, true) == 0 })
}
