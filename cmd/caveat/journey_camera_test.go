package main

import (
	"context"
	"math"
	"testing"

	"caveat/app/editor"
	"caveat/app/ui"
	"caveat/graphstore"
)

func apart(ax, ay, bx, by float32) float64 {
	return math.Hypot(float64(ax-bx), float64(ay-by))
}

// mapOf returns where the overview is, if it is on show.
func mapOf(s *ui.State) (ui.StateText, bool) { return find(s, "center", "map", "") }

// zoomIn turns the wheel over the middle of the canvas until not all is in view.
func (j *journey) zoomIn(times float32) *ui.State {
	j.Helper()
	s := j.settled()
	j.move(s.Canvas.X+s.Canvas.W/2, s.Canvas.Y+s.Canvas.H/2)
	const most = 60 // a click may meet a canvas that is not at rest yet
	for range most {
		if j.settled().Zoom >= s.Zoom*times {
			return j.settled()
		}
		j.xdo("click", "4", "sleep", "0.05")
	}
	j.Fatalf("the wheel does not lead from zoom %v to %v", s.Zoom, s.Zoom*times)
	return nil
}

func TestJourneyTheMapTakesTheCanvasAlong(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	all := j.opened()
	if _, on := mapOf(all); on {
		t.Error("a map is on show while all is in view")
	}
	s := j.zoomIn(3)
	m, on := mapOf(s)
	if !on {
		t.Fatal("no map though the canvas shows a part")
	}
	j.drag(m.X+m.W*.25, m.Y+m.H*.5, m.X+m.W*.75, m.Y+m.H*.5, "1")
	right := j.wait("the canvas at the right", func(s *ui.State) bool { return s.Camera.X > all.Camera.X && s.Crisp && s.Idle })
	j.click(m.X+m.W*.25, m.Y+m.H*.5, "1")
	left := j.wait("the canvas at the left", func(s *ui.State) bool { return s.Camera.X < all.Camera.X && s.Crisp && s.Idle })
	if right.Zoom != s.Zoom || left.Zoom != s.Zoom {
		t.Errorf("the zoom went from %v to %v and %v", s.Zoom, right.Zoom, left.Zoom)
	}
	if dy := math.Abs(float64(right.Camera.Y-left.Camera.Y)) * float64(s.Zoom); dy > 1 {
		t.Errorf("a level way over the map led %.1f pixels up or down", dy)
	}
	j.keys("space")
	j.wait("all again, without map", func(s *ui.State) bool {
		_, on := mapOf(s)
		return !on && s.Idle && math.Abs(float64(s.Zoom/all.Zoom-1)) < .01 && apart(s.Camera.X, s.Camera.Y, all.Camera.X, all.Camera.Y) < 2
	})
}

func TestJourneyZoomsToTheSelectionAndBack(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	all := j.opened()
	first := j.take("OFAC", "1")
	j.wait("OFAC", func(s *ui.State) bool { return s.Inspected == first.ID })
	j.keys("f")
	near := j.wait("OFAC near", func(s *ui.State) bool {
		for _, n := range s.Nodes {
			if n.ID == first.ID {
				return s.Idle && s.Crisp && s.Zoom > all.Zoom*1.2 && apart(n.X, n.Y, s.Canvas.X+s.Canvas.W/2, s.Canvas.Y+s.Canvas.H/2) < float64(s.Canvas.W)/4
			}
		}
		return false
	})
	j.keys("space")
	j.wait("all", func(s *ui.State) bool { return s.Idle && s.Crisp && s.Zoom < near.Zoom })
	second := j.take("ACN", "1")
	j.wait("ACN", func(s *ui.State) bool { return s.Inspected == second.ID && s.Idle })
	at := j.read()
	j.press("bar", "icon", "back", "OFAC again", func(s *ui.State) bool { return s.Inspected == first.ID && s.Idle })
	j.press("bar", "icon", "forward", "ACN as it was seen", func(s *ui.State) bool {
		return s.Inspected == second.ID && s.Idle && math.Abs(float64(s.Zoom/at.Zoom-1)) < .01 && apart(s.Camera.X, s.Camera.Y, at.Camera.X, at.Camera.Y) < 2
	})
	j.keys("alt+Left")
	j.wait("OFAC by the key", func(s *ui.State) bool { return s.Inspected == first.ID && s.Idle })
	j.keys("alt+Right")
	j.wait("ACN by the key", func(s *ui.State) bool { return s.Inspected == second.ID && s.Idle })
}

func TestJourneyArrowsWalkAlongEdges(t *testing.T) {
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g, err := editor.SampleGraph(context.Background(), "kaspersky", schema)
	if err != nil {
		t.Fatal(err)
	}
	touches := func(id, end graphstore.ID) bool { // end is that entity, or a claim about it
		c := g.Claim(end)
		return id == end || c != nil && (c.Subject == id || c.Object.ID == id)
	}
	joined := func(a, b graphstore.ID) bool {
		for c := range g.Claims() {
			if touches(a, c.Subject) && touches(b, c.Object.ID) || touches(b, c.Subject) && touches(a, c.Object.ID) {
				return true
			}
		}
		return false
	}
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	n := j.take("Kaspersky", "1")
	j.wait("Kaspersky", func(s *ui.State) bool { return s.Inspected == n.ID && s.Idle })
	walked := 0
	for _, way := range []struct {
		key    string
		dx, dy float32
	}{{"Left", -1, 0}, {"Right", 1, 0}, {"Up", 0, -1}, {"Down", 0, 1}} {
		if _, on := next(j.read(), n.ID, way.dx, way.dy, joined); !on {
			continue
		}
		j.keys(way.key)
		s := j.wait(way.key, func(s *ui.State) bool { return s.Inspected != n.ID && s.Inspected != "" && s.Idle && s.Crisp })
		if !joined(n.ID, s.Inspected) {
			t.Errorf("%s led to %s, which no claim joins", way.key, s.Inspected)
		}
		at := map[graphstore.ID]ui.StateNode{}
		for _, m := range s.Nodes {
			at[m.ID] = m
		}
		from, to := at[n.ID], at[s.Inspected]
		if (to.X-from.X)*way.dx+(to.Y-from.Y)*way.dy <= 0 {
			t.Errorf("%s led the other way, to %s", way.key, to.Name)
		}
		if c := s.Canvas; to.X < c.X || to.X > c.X+c.W || to.Y < c.Y || to.Y > c.Y+c.H {
			t.Errorf("%s is out of view", to.Name)
		}
		walked++
		j.keys("alt+Left")
		j.wait("Kaspersky again", func(s *ui.State) bool { return s.Inspected == n.ID && s.Idle })
	}
	if walked < 2 {
		t.Errorf("walked %d ways from a node with neighbours on all sides", walked)
	}
}

// next returns a neighbour well in a direction, if there is one.
func next(s *ui.State, from graphstore.ID, dx, dy float32, joined func(a, b graphstore.ID) bool) (graphstore.ID, bool) {
	var at ui.StateNode
	for _, n := range s.Nodes {
		if n.ID == from {
			at = n
		}
	}
	for _, n := range s.Nodes {
		along, across := (n.X-at.X)*dx+(n.Y-at.Y)*dy, math.Abs(float64((n.X-at.X)*dy-(n.Y-at.Y)*dx))
		if n.ID != from && along > 20 && across < float64(along) && joined(from, n.ID) {
			return n.ID, true
		}
	}
	return "", false
}

func TestJourneyARestartKeepsViewLayoutAndCamera(t *testing.T) {
	dir := t.TempDir()
	j := beginIn(t, dir, "--sample", "kaspersky")
	j.opened()
	audits := j.press("center", "row", "What the audits cover", "the other view", func(s *ui.State) bool { return s.Idle && s.Crisp && !hasNode(s, "OFAC") })
	j.keys("ctrl+shift+l")
	j.wait("all pictures", func(s *ui.State) bool { return pictures(s) == len(editor.Layouts()) })
	j.keys("Down", "Down") // timeline
	j.wait("the timeline chosen", func(s *ui.State) bool { _, ok := find(s, "sheet", "checked", "Timeline"); return ok })
	j.keys("Return")
	j.wait("the timeline", func(s *ui.State) bool {
		return s.Texts["sheet"] == nil && s.Idle && s.Crisp && !samePlaces(audits, s) && s.Status.Pending == 0
	})
	before := j.zoomIn(2)
	j.quit()
	j = beginIn(t, dir)
	after := j.opened()
	if !samePlaces(before, after) || len(before.Nodes) != len(after.Nodes) {
		t.Errorf("nodes stand elsewhere; %d were on show, %d are", len(before.Nodes), len(after.Nodes))
	}
	if before.Zoom != after.Zoom || apart(before.Camera.X, before.Camera.Y, after.Camera.X, after.Camera.Y) > .01 {
		t.Errorf("the camera stands at %v and %v, was left at %v and %v", after.Camera, after.Zoom, before.Camera, before.Zoom)
	}
	j.keys("ctrl+shift+l")
	j.wait("the timeline chosen", func(s *ui.State) bool { _, ok := find(s, "sheet", "checked", "Timeline"); return ok })
}
