package main

import (
	"image"
	"image/color"
	"math"
	"slices"
	"testing"

	"caveat/app/scene"
	"caveat/app/ui"
	"caveat/graphstore"
)

func unit(k, of int) (x, y float32) {
	s, c := math.Sincos(2 * math.Pi * float64(k) / float64(of))
	return float32(c), float32(s)
}

// inked counts the pixels of a box that are not the canvas's ground.
func (j *journey) inked(img image.Image, box ui.StateBox) int {
	ground := scene.Light().Background
	n := 0
	for y := int(box.Y); y < int(box.Y+box.H); y++ {
		for x := int(box.X); x < int(box.X+box.W); x++ {
			r, g, b, _ := img.At(x+j.origin.X, y+j.origin.Y).RGBA()
			d := func(a uint32, c uint8) int { v := int(a>>8) - int(c); return max(v, -v) }
			if d(r, ground.R)+d(g, ground.G)+d(b, ground.B) > 40 {
				n++
			}
		}
	}
	return n
}

// ink waits until a node is seen where it is said to be and returns how many pixels it covers.
func (j *journey) ink(n ui.StateNode) (pixels int) {
	j.Helper()
	j.see(n.Name, func(img image.Image) bool {
		pixels = j.inked(img, around(n, 0))
		return pixels >= int(n.R*n.R)
	})
	return pixels
}

// inkless returns the name of the first node that is not seen where it is said to be.
func (j *journey) inkless(img image.Image, nodes []ui.StateNode) string {
	for _, n := range nodes {
		if j.inked(img, around(n, 2)) < int(n.R*n.R) {
			return n.Name
		}
	}
	return ""
}

// emptyGround returns a place of the canvas with nothing near, once the screen shows the nodes of the state.
func (j *journey) emptyGround() (x, y float32) {
	j.Helper()
	j.see("nodes, and ground without any", func(img image.Image) bool {
		s := j.read()
		inView := slices.DeleteFunc(slices.Clone(s.Nodes), func(n ui.StateNode) bool { return !visible(s, n) })
		if len(inView) == 0 || !s.Crisp || j.inkless(img, inView) != "" {
			return false
		}
		for y = s.Canvas.Y + 30; y < s.Canvas.Y+s.Canvas.H-30; y += 15 {
			for x = s.Canvas.X + 30; x < s.Canvas.X+s.Canvas.W-120; x += 15 {
				if j.inked(img, ui.StateBox{X: x - 14, Y: y - 14, W: 28, H: 28}) == 0 {
					return true
				}
			}
		}
		return false
	})
	return x, y
}

func selectionColor() color.Color { return scene.Light().Selection }

func TestJourneyOpensTheBuiltInCase(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	s := j.opened()
	if s.Status.Entities < 60 || s.Status.Claims < 75 || s.Status.Documents < 40 {
		t.Errorf("the case has %d entities, %d claims, %d documents", s.Status.Entities, s.Status.Claims, s.Status.Documents)
	}
	j.see("every node", func(img image.Image) bool { return j.inkless(img, s.Nodes) == "" })
	if _, ok := find(s, "status", "text", "entities"); !ok {
		t.Errorf("the status bar says %v", s.Texts["status"])
	}
}

func TestJourneyWelcomePageOffersTheCases(t *testing.T) {
	j := begin(t)
	j.press("center", "row", "Huawei", "the case", func(s *ui.State) bool { return len(s.Nodes) > 0 })
	s := j.opened()
	if s.Title != "Huawei – Caveat" {
		t.Errorf("title %q", s.Title)
	}
}

func TestJourneyHoverLightsTheNode(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	n := j.node("BSI")
	j.ink(n)
	if share := j.ringed(j.shot(), n, scene.Light().Hover); share > .4 {
		t.Errorf("ringed before: %.2f", share)
	}
	j.move(n.X, n.Y)
	j.wait("hover", func(s *ui.State) bool { return s.Hover == n.ID && s.Crisp })
	j.see("the hover ring", func(img image.Image) bool { return j.ringed(img, n, scene.Light().Hover) >= .7 })
	x, y := j.emptyGround()
	j.move(x, y)
	j.wait("no hover", func(s *ui.State) bool { return s.Hover == "" && s.Crisp })
	j.see("the node without ring", func(img image.Image) bool { return j.ringed(img, n, scene.Light().Hover) < .4 })
}

func TestJourneyClickSelects(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	n := j.node("Kaspersky")
	j.ink(n)
	if share := j.ringed(j.shot(), n, selectionColor()); share > .3 {
		t.Errorf("ringed before: %.2f", share)
	}
	j.take("Kaspersky", "1")
	j.wait("the selection", func(s *ui.State) bool { return contains(s.Selection, n.ID) && s.Crisp })
	x, y := j.emptyGround()
	j.move(x, y)
	j.wait("the inspector", func(s *ui.State) bool {
		_, says := find(s, "center", "text", "Says")
		return s.Inspected == n.ID && s.Hover == "" && s.Crisp && says
	})
	j.see("the selection ring", func(img image.Image) bool { return j.ringed(img, j.node("Kaspersky"), selectionColor()) >= .7 })
	j.click(x, y, "1")
	j.wait("nothing selected", func(s *ui.State) bool { return len(s.Selection) == 0 && s.Crisp })
	j.see("the node without ring", func(img image.Image) bool { return j.ringed(img, j.node("Kaspersky"), selectionColor()) < .3 })
}

func TestJourneyLinksLeadOnAndBack(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	n := j.take("BSI", "1")
	j.wait("BSI", func(s *ui.State) bool { return s.Inspected == n.ID })
	claim := j.press("center", "line", "disputed by", "the claim", func(s *ui.State) bool {
		_, evidence := find(s, "center", "text", "Evidence")
		_, disputed := find(s, "center", "text", "disputed")
		return evidence && disputed && s.Inspected != n.ID
	}).Inspected
	doc := j.press("center", "link", "The BSI's own notice", "the document", func(s *ui.State) bool {
		_, cited := find(s, "center", "text", "Cited by")
		return cited && s.Inspected != claim
	}).Inspected
	for _, step := range []struct {
		key  string
		want graphstore.ID
	}{{"alt+Left", claim}, {"alt+Left", n.ID}, {"alt+Right", claim}, {"alt+Right", doc}} {
		j.keys(step.key)
		j.wait(step.key, func(s *ui.State) bool { return s.Inspected == step.want })
	}
	j.keys("alt+Left", "alt+Left")
	j.wait("BSI again", func(s *ui.State) bool { return s.Inspected == n.ID })
	j.settled()
	// a label runs over the lower side of the ring
	j.see("the ring of BSI", func(img image.Image) bool { return j.ringed(img, j.node("BSI"), selectionColor()) >= .5 })
}

func TestJourneyWheelZoomsAboutThePointer(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	n := j.node("Kaspersky products")
	ink := j.ink(n)
	j.move(n.X, n.Y)
	j.wait("the pointer over it", func(s *ui.State) bool { return s.Hover == n.ID }) // Fyne learns of moves once a frame, of the wheel at once
	j.xdo("click", "--repeat", "4", "--delay", "60", "4")
	j.wait("a larger picture", func(s *ui.State) bool { return s.Zoom > before.Zoom*1.3 && s.Crisp && s.Idle })
	m := j.node("Kaspersky products")
	if d := math.Hypot(float64(m.X-n.X), float64(m.Y-n.Y)); d > 2.5 {
		t.Errorf("the node went %.1f pixels from under the pointer", d)
	}
	j.see("the node larger", func(img image.Image) bool { return j.inked(img, around(m, 0)) > ink })
	j.xdo("click", "--repeat", "4", "--delay", "60", "5")
	j.wait("the old size", func(s *ui.State) bool { return s.Zoom < before.Zoom*1.05 })
}

func TestJourneyDragOnGroundPans(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	n := j.node("Kaspersky")
	x, y := j.emptyGround()
	j.drag(x, y, x+60, y+40, "1")
	j.wait("the pan", func(s *ui.State) bool {
		for _, m := range s.Nodes {
			if m.ID == n.ID {
				return math.Abs(float64(m.X-n.X-60)) < 2 && math.Abs(float64(m.Y-n.Y-40)) < 2 && s.Crisp
			}
		}
		return false
	})
	j.ink(j.node("Kaspersky"))
	j.drag(x+60, y+40, x, y, "3") // the right button pans too
	j.wait("the way back", func(s *ui.State) bool {
		for _, m := range s.Nodes {
			if m.ID == n.ID {
				return math.Abs(float64(m.X-n.X)) < 2
			}
		}
		return false
	})
}

func TestJourneyShiftDragSelectsAnArea(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	s := j.opened()
	c := s.Canvas
	x0, y0 := j.emptyGround()
	x1, y1 := c.X+c.W/2, c.Y+c.H/2
	for slices.ContainsFunc(s.Nodes, func(n ui.StateNode) bool { return math.Abs(float64(n.X-x1)) < 3 }) {
		x1 += 3 // the pointer knows whole pixels: no node at the very edge of the band
	}
	for slices.ContainsFunc(s.Nodes, func(n ui.StateNode) bool { return math.Abs(float64(n.Y-y1)) < 3 }) {
		y1 += 3
	}
	want := 0
	for _, n := range s.Nodes {
		if n.X > min(x0, x1) && n.X < max(x0, x1) && n.Y > min(y0, y1) && n.Y < max(y0, y1) {
			want++
		}
	}
	sx, sy := j.at(x0, y0)
	ex, ey := j.at(x1, y1)
	j.xdo("mousemove", sx, sy, "keydown", "shift", "mousedown", "1", "sleep", "0.05", "mousemove", sx, ey, "sleep", "0.05", "mousemove", ex, ey)
	j.wait("the band", func(s *ui.State) bool { return s.Band })
	j.see("the edge of the rubber band", func(img image.Image) bool {
		return j.painted(img, ui.StateBox{X: min(x0, x1), Y: y1 - 2, W: max(x1-x0, x0-x1), H: 4}, selectionColor()) >= 30
	})
	j.xdo("mouseup", "1", "keyup", "shift")
	j.wait("the selected", func(s *ui.State) bool { return !s.Band && len(s.Selection) == want })
	if want > 1 {
		j.wait("the inspector", func(s *ui.State) bool { _, ok := find(s, "center", "text", "selected"); return ok })
	}
}

func TestJourneyThemeAndLanguageSwitch(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	j.keys("ctrl+comma")
	j.choose("Dark")
	j.choose("Deutsch")
	s := j.press("sheet", "button", "Save", "the dark theme in German", func(s *ui.State) bool {
		_, ok := find(s, "status", "text", "Aussagen")
		return s.Theme == "dark" && s.Lang == "de" && ok && s.Crisp && len(s.Dialogs) == 0
	})
	c := s.Canvas
	j.see("the dark ground", func(img image.Image) bool {
		return j.painted(img, c, scene.Dark().Background) > int(c.W*c.H/3)
	})
}

func TestJourneyDrawingOfAnEdgeList(t *testing.T) {
	dir := t.TempDir()
	path := dir + "/small.tsv"
	writeFile(t, path, "a\tb\nb\tc\nc\td\nd\ta\na\tc\n")
	j := begin(t, path)
	s := j.opened()
	if !s.Status.Drawing || len(s.Nodes) != 4 {
		t.Fatalf("drawing %v with %d nodes", s.Status.Drawing, len(s.Nodes))
	}
	j.take("a", "1")
	j.wait("its neighbours", func(s *ui.State) bool { _, ok := find(s, "center", "text", "Neighbours"); return ok && s.Crisp })
	x, y := j.emptyGround()
	j.move(x, y)
	j.wait("no hover", func(s *ui.State) bool { return s.Hover == "" && s.Crisp })
	j.see("the ring", func(img image.Image) bool { return j.ringed(img, j.node("a"), selectionColor()) >= .7 })
}

func TestJourneyADrawingHidesKindsAndNodes(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, dir+"/small.tsv", "a\tb\nb\tc\nc\td\nd\ta\na\tc\n")
	writeFile(t, dir+"/small.nodes.tsv", "a\tpeople\tAnna\nb\tpeople\tBert\nc\tplaces\tChur\nd\tplaces\tDelft\n")
	j := begin(t, dir+"/small.tsv")
	j.opened()
	j.press("center", "checked", "places", "people alone", func(s *ui.State) bool {
		return len(s.Nodes) == 2 && hasNode(s, "Anna") && s.Status.Shown == 2 && s.Crisp && s.Idle
	})
	j.press("center", "unchecked", "places", "all", func(s *ui.State) bool { return len(s.Nodes) == 4 && s.Crisp && s.Idle })
	j.take("Bert", "3")
	j.press("menu", "menu", "Hide from the view", "Bert hidden", func(s *ui.State) bool {
		_, said := find(s, "status", "", "1 hidden")
		return !hasNode(s, "Bert") && len(s.Nodes) == 3 && said && s.Crisp && s.Idle
	})
	x, y := j.emptyGround()
	j.click(x, y, "3")
	j.press("menu", "menu", "Show everything", "all again", func(s *ui.State) bool { return len(s.Nodes) == 4 && hasNode(s, "Bert") })
}
