package main

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caveat/app/ui"
)

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestJourneyDragMovesAndPins(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	n := j.node("BSI")
	before := j.ink(n)
	x, y := j.emptyGround()
	j.drag(n.X, n.Y, x, y, "1")
	j.wait("the pin", func(s *ui.State) bool {
		for _, m := range s.Nodes {
			if m.ID == n.ID {
				return m.Pin && math.Abs(float64(m.X-x)) < 3 && math.Abs(float64(m.Y-y)) < 3 && s.Crisp && s.Status.Pending == 0
			}
		}
		return false
	})
	j.see("the moved node", func(img image.Image) bool { return j.inked(img, around(j.node("BSI"), 0)) >= before/2 })
	j.keys("ctrl+z")
	j.wait("undo", func(s *ui.State) bool {
		for _, m := range s.Nodes {
			if m.ID == n.ID {
				return !m.Pin && s.Idle && math.Abs(float64(m.X-n.X)) < 3
			}
		}
		return false
	})
}

func TestJourneyContextMenuHides(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	j.take("GSA", "3")
	j.wait("the menu", func(s *ui.State) bool { _, ok := find(s, "menu", "menu", "Hide from the view"); return ok })
	s := j.read()
	for _, want := range []string{"New claim", "Edit", "Pin", "Delete", "Copy the name"} {
		if _, ok := find(s, "menu", "menu", want); !ok {
			t.Errorf("the menu lacks %q", want)
		}
	}
	j.see("the ground of the menu", func(img image.Image) bool {
		item, _ := find(j.read(), "menu", "menu", "Hide from the view")
		return item.W > 0 && j.painted(img, item.StateBox, color.NRGBA{0xfd, 0xfd, 0xfc, 255}) >= int(item.W*item.H/3)
	})
	j.press("menu", "menu", "Hide from the view", "it is hidden", func(s *ui.State) bool {
		return !hasNode(s, "GSA") && s.Status.Shown == before.Status.Shown-1 && s.Status.Entities == before.Status.Entities && s.Crisp
	})
	j.keys("ctrl+z")
	j.wait("undo", func(s *ui.State) bool { return hasNode(s, "GSA") && s.Crisp && s.Idle })
	j.see("GSA", func(img image.Image) bool { return j.inked(img, around(j.node("GSA"), 0)) >= 50 })
	j.keys("ctrl+shift+z")
	j.wait("redo", func(s *ui.State) bool { return !hasNode(s, "GSA") })
}

// TestJourneyNewClaimByKeyboard goes by keys alone from the selected node to the saved claim.
func TestJourneyNewClaimByKeyboard(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	n := j.take("ACN", "1")
	j.wait("the selection", func(s *ui.State) bool { return contains(s.Selection, n.ID) })
	j.keys("e")
	j.wait("the form", func(s *ui.State) bool { return len(s.Dialogs) == 1 && strings.HasPrefix(s.Focus, "input:") })
	j.write("Kaspersky products")
	j.wait("the suggestion", func(s *ui.State) bool { return s.Focus == "input:Kaspersky products" })
	j.keys("Return", "Tab")
	j.wait("the relations", func(s *ui.State) bool { return s.Focus == "input:" })
	j.write("takes")
	j.wait("what is typed", func(s *ui.State) bool { return s.Focus == "input:takes" })
	j.keys("Return", "Tab")
	j.wait("the positions", func(s *ui.State) bool { return strings.HasPrefix(s.Focus, "unchecked:") })
	for range 9 {
		if strings.HasSuffix(j.read().Focus, "prohibits") {
			break
		}
		was := j.read().Focus
		j.keys("Right")
		j.wait("the next chip", func(s *ui.State) bool { return s.Focus != was })
	}
	j.keys("space")
	j.wait("prohibits", func(s *ui.State) bool { return s.Focus == "checked:prohibits" })
	j.keys("Tab")
	j.wait("the speaker", func(s *ui.State) bool { return s.Focus == "input:ACN" })
	j.keys("Tab")
	j.wait("the date", func(s *ui.State) bool { return s.Focus == "input:" })
	j.write("Nov 2018")
	j.wait("the date typed", func(s *ui.State) bool { return s.Focus == "input:Nov 2018" })
	j.keys("Return")
	s := j.wait("the claim", func(s *ui.State) bool {
		return len(s.Dialogs) == 0 && s.Status.Claims == before.Status.Claims+1 && s.Status.Pending == 0 && s.Crisp && s.Idle
	})
	if len(s.Selection) != 1 || s.Inspected != s.Selection[0] {
		t.Fatalf("selected %v, inspected %s", s.Selection, s.Inspected)
	}
	for _, want := range []string{"ACN", "prohibits", "Kaspersky products", "Nov 2018"} {
		if _, ok := find(s, "center", "", want); !ok {
			t.Errorf("the inspector does not say %q", want)
		}
	}
	found := false
	for _, e := range s.Edges {
		if e.ID == s.Inspected {
			found = true
			j.see("the new edge", func(img image.Image) bool {
				red := color.NRGBA{0xd6, 0x60, 0x4d, 255}
				return j.painted(img, ui.StateBox{X: e.X - 35, Y: e.Y - 35, W: 70, H: 70}, red) >= 12
			})
		}
	}
	if !found {
		t.Error("the new claim has no edge")
	}
}

func TestJourneyNewClaimFromTheRim(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	a, b := j.node("ACN"), j.node("GSA")
	dx, dy := b.X-a.X, b.Y-a.Y
	l := float32(math.Hypot(float64(dx), float64(dy)))
	// away from the goal, where no edge leaves the node
	x, y := a.X-dx/l*a.R*.85, a.Y-dy/l*a.R*.85
	sx, sy := j.at(x, y)
	mx, my := j.at(a.X+dx/2, a.Y+dy/2)
	ex, ey := j.at(b.X, b.Y)
	j.xdo("mousemove", sx, sy, "sleep", "0.1", "mousedown", "1", "sleep", "0.05", "mousemove", mx, my, "sleep", "0.05", "mousemove", ex, ey)
	j.wait("the wire", func(s *ui.State) bool { return s.Wire })
	j.see("the wire", func(img image.Image) bool {
		return j.painted(img, ui.StateBox{X: a.X + dx/2 - 10, Y: a.Y + dy/2 - 10, W: 20, H: 20}, selectionColor()) >= 10
	})
	j.xdo("mouseup", "1")
	j.wait("the form", func(s *ui.State) bool {
		_, from := find(s, "sheet", "input", "ACN")
		_, to := find(s, "sheet", "input", "GSA")
		return from && to && len(s.Dialogs) == 1
	})
	j.keys("Escape", "Escape")
	j.wait("the canvas again", func(s *ui.State) bool { return len(s.Dialogs) == 0 && s.Focus == "canvas" })
}

func TestJourneyWrongDateIsMarkedAtItsField(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	n := j.take("ACN", "1")
	j.wait("the inspector", func(s *ui.State) bool { return s.Inspected == n.ID })
	j.press("center", "line", "restricts", "the claim", func(s *ui.State) bool {
		_, ok := find(s, "center", "button", "Claim about this")
		return ok && s.Inspected != n.ID
	})
	form := j.press("center", "button", "Edit", "the form", func(s *ui.State) bool { return len(s.Dialogs) == 1 && strings.HasPrefix(s.Focus, "input:") })
	if len(form.Texts["sheet"]) == 0 {
		t.Fatal("the form shows nothing")
	}
	j.keys("ctrl+a")
	j.write("31 Feb 2020")
	j.wait("what is typed", func(s *ui.State) bool { return s.Focus == "input:31 Feb 2020" })
	j.keys("Return")
	s := j.wait("the fault", func(s *ui.State) bool { _, ok := find(s, "sheet", "error", "31 Feb 2020"); return ok })
	if len(s.Dialogs) != 1 || s.Status.Claims != before.Status.Claims {
		t.Errorf("dialogs %v, %d claims", s.Dialogs, s.Status.Claims)
	}
	j.see("the fault in its colour", func(img image.Image) bool {
		fault, _ := find(j.read(), "sheet", "error", "31 Feb 2020")
		return j.painted(img, fault.StateBox, color.NRGBA{0xb4, 0x23, 0x18, 255}) >= 20
	})
	j.keys("ctrl+a")
	j.write("circa 2020")
	j.wait("what is typed", func(s *ui.State) bool { return s.Focus == "input:circa 2020" })
	j.keys("Return")
	j.wait("saved", func(s *ui.State) bool {
		_, ok := find(s, "center", "", "circa 2020")
		return len(s.Dialogs) == 0 && ok
	})
}

func TestJourneySearchForgivesTypos(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	j.keys("ctrl+f")
	j.wait("the search box", func(s *ui.State) bool { return s.Focus == "input:" })
	j.write("kasperksy antivirus")
	j.wait("what was found", func(s *ui.State) bool { _, ok := find(s, "floats", "row", "Kaspersky antivirus"); return ok })
	j.see("the words of the suggestion", func(img image.Image) bool {
		row, _ := find(j.read(), "floats", "row", "Kaspersky antivirus")
		return j.painted(img, row.StateBox, color.NRGBA{0x1f, 0x23, 0x28, 255}) >= 15
	})
	j.keys("Return")
	j.wait("it is found", func(s *ui.State) bool {
		for _, n := range s.Nodes {
			if n.Name == "Kaspersky antivirus" {
				return s.Inspected == n.ID && s.Focus == "canvas" && s.Crisp && s.Idle
			}
		}
		return false
	})
	x, y := j.emptyGround()
	j.move(x, y)
	j.settled()
	j.see("its ring", func(img image.Image) bool {
		return j.ringed(img, j.node("Kaspersky antivirus"), selectionColor()) >= .7
	})
}

func TestJourneyFilterByKind(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	// the title unfolds the kind; its box is in front of it
	member := func(s *ui.State) bool { _, ok := find(s, "center", "link", "Lithuanian government"); return ok }
	j.press("center", "checked", "governments", "the members", member)
	box, ok := j.standing("center", "checked", "governments", func(*ui.State) bool { return false })
	if !ok {
		t.Fatal("the box of the kind does not stand still")
	}
	j.click(box.X-30, box.Y+box.H/2, "1")
	s := j.wait("they are gone", func(s *ui.State) bool { return !hasNode(s, "Lithuanian government") && s.Crisp && s.Idle })
	if s.Status.Shown >= before.Status.Shown || s.Status.Entities != before.Status.Entities {
		t.Errorf("shown %d of %d, before %d", s.Status.Shown, s.Status.Entities, before.Status.Shown)
	}
	j.keys("ctrl+z")
	j.wait("undo", func(s *ui.State) bool { return hasNode(s, "Lithuanian government") && s.Crisp && s.Idle })
	j.see("Lithuanian government", func(img image.Image) bool { return j.inked(img, around(j.node("Lithuanian government"), 0)) >= 50 })
}

func TestJourneyDeleteAsksAndUndoes(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	n := j.take("GSA", "1")
	j.wait("the selection", func(s *ui.State) bool { return contains(s.Selection, n.ID) })
	j.keys("Delete")
	j.wait("hidden", func(s *ui.State) bool { return !hasNode(s, "GSA") && s.Status.Entities == before.Status.Entities })
	j.keys("ctrl+z")
	j.wait("shown", func(s *ui.State) bool { return hasNode(s, "GSA") && s.Idle && s.Crisp })
	n = j.take("GSA", "1")
	j.wait("the selection", func(s *ui.State) bool { return contains(s.Selection, n.ID) })
	j.keys("shift+Delete")
	j.wait("the question", func(s *ui.State) bool { return len(s.Dialogs) == 1 && strings.HasPrefix(s.Focus, "button:") })
	j.keys("Return")
	after := j.wait("deleted", func(s *ui.State) bool {
		return !hasNode(s, "GSA") && s.Status.Entities == before.Status.Entities-1 && s.Status.Pending == 0 && s.Crisp && len(s.Dialogs) == 0
	})
	if after.Status.Claims >= before.Status.Claims {
		t.Errorf("its claims stayed: %d of %d", after.Status.Claims, before.Status.Claims)
	}
	j.keys("ctrl+z")
	j.wait("undo", func(s *ui.State) bool {
		return s.Status.Entities == before.Status.Entities && s.Status.Claims == before.Status.Claims && hasNode(s, "GSA")
	})
}

func TestJourneyExpandAndCollapse(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	before := j.opened()
	n := j.take("Kaspersky", "1")
	j.wait("the selection", func(s *ui.State) bool { return contains(s.Selection, n.ID) })
	j.keys("plus")
	j.wait("the count", func(s *ui.State) bool { return len(s.Dialogs) == 1 }) // more than twenty: asks first
	j.keys("Return")
	s := j.wait("more nodes", func(s *ui.State) bool { return s.Status.Shown > before.Status.Shown+20 && s.Crisp && s.Idle })
	for _, m := range s.Nodes {
		if m.X > s.Canvas.X && m.X < s.Canvas.X+s.Canvas.W-100 && m.Y > s.Canvas.Y && m.Y < s.Canvas.Y+s.Canvas.H/2 {
			j.see("the node "+m.Name, func(img image.Image) bool { return j.inked(img, around(j.node(m.Name), 1)) >= 20 })
		}
	}
	j.keys("minus")
	j.wait("fewer nodes", func(s2 *ui.State) bool { return s2.Status.Shown < s.Status.Shown })
}

func TestJourneyHowAreTheyConnected(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	a, b := j.node("Lithuanian government"), j.node("GSA")
	j.take("Lithuanian government", "1")
	j.wait("the first", func(s *ui.State) bool { return contains(s.Selection, a.ID) })
	b = j.node("GSA")
	sx, sy := j.at(b.X, b.Y)
	j.xdo("mousemove", sx, sy, "keydown", "ctrl", "sleep", "0.05", "click", "1", "keyup", "ctrl")
	j.wait("both", func(s *ui.State) bool { return len(s.Selection) == 2 })
	bystander := j.node("European Parliament")
	j.ink(bystander)
	before := darkest(j.shot(), j, around(bystander, 0))
	j.keys("c")
	s := j.wait("the way", func(s *ui.State) bool {
		_, ok := find(s, "center", "row", "Way 1")
		return s.Paths > 0 && s.Lit > 2 && ok && s.Crisp && s.Idle
	})
	if _, ok := find(s, "center", "link", "Lithuanian government"); !ok {
		t.Error("the way does not name its start")
	}
	j.see("that the others fade", func(img image.Image) bool {
		n := j.node("European Parliament")
		return darkest(img, j, around(n, 0)) >= before+40 || !visible(s, n)
	})
	j.keys("Escape")
	j.wait("nothing fades", func(s *ui.State) bool { return s.Lit == 0 })
}

func visible(s *ui.State, n ui.StateNode) bool {
	return n.X > s.Canvas.X+n.R && n.X < s.Canvas.X+s.Canvas.W-n.R && n.Y > s.Canvas.Y+n.R && n.Y < s.Canvas.Y+s.Canvas.H-n.R
}

// darkest returns the mean brightness of the darkest tenth of a box, 0 … 255.
func darkest(img image.Image, j *journey, box ui.StateBox) int {
	var hist [256]int
	n := 0
	for y := int(box.Y); y < int(box.Y+box.H); y++ {
		for x := int(box.X); x < int(box.X+box.W); x++ {
			r, g, b, _ := img.At(x+j.origin.X, y+j.origin.Y).RGBA()
			hist[(r>>8*3+g>>8*6+b>>8)/10]++
			n++
		}
	}
	sum, seen := 0, 0
	for v := 0; v < 256 && seen < n/10; v++ {
		sum += v * hist[v]
		seen += hist[v]
	}
	return sum / max(seen, 1)
}

func TestJourneyExportsPictures(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	dir := t.TempDir()
	for _, x := range []struct{ chip, file, magic string }{
		{"PNG picture", "case.png", "\x89PNG\r\n"}, {"SVG drawing", "case.svg", "<"}, {"PDF page", "case.pdf", "%PDF-"}, {"Snapshot", "case.caveatz", "PK\x03\x04"},
	} {
		j.keys("ctrl+e")
		j.wait("the page", func(s *ui.State) bool { return len(s.Dialogs) == 1 })
		path := filepath.Join(dir, x.file)
		j.export(x.chip, path)
		b, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(b, []byte(x.magic)) || len(b) < 2000 {
			t.Errorf("%s: %d bytes, %v", x.file, len(b), err)
		}
	}
}

func TestJourneyRestartKeepsEdits(t *testing.T) {
	dir := t.TempDir()
	j := beginIn(t, dir, "--sample", "kaspersky")
	before := j.opened()
	n := j.node("ACN")
	x, y := j.emptyGround()
	j.drag(n.X, n.Y, x, y, "1")
	j.wait("the move", func(s *ui.State) bool {
		for _, m := range s.Nodes {
			if m.ID == n.ID {
				return m.Pin
			}
		}
		return false
	})
	g := j.take("GSA", "1")
	j.wait("the selection", func(s *ui.State) bool { return contains(s.Selection, g.ID) })
	j.keys("Delete")
	j.wait("hidden and saved", func(s *ui.State) bool { return !hasNode(s, "GSA") && s.Status.Pending == 0 })
	j.quit()
	j = beginIn(t, dir) // the last case opens by itself
	s := j.opened()
	if hasNode(s, "GSA") || s.Status.Entities != before.Status.Entities {
		t.Errorf("GSA is back, or entities went: %d of %d", s.Status.Entities, before.Status.Entities)
	}
	if !j.node("ACN").Pin {
		t.Error("the pin is lost")
	}
	j.see("ACN", func(img image.Image) bool { return j.inked(img, around(j.node("ACN"), 0)) >= 50 })
	j.keys("ctrl+z")
	j.wait("undo across the restart", func(s *ui.State) bool { return hasNode(s, "GSA") })
}

func TestJourneyNewCaseByKeyboard(t *testing.T) {
	j := begin(t)
	j.wait("the welcome page", func(s *ui.State) bool { _, ok := find(s, "center", "row", "New case"); return ok })
	j.press("center", "row", "New case", "the page", func(s *ui.State) bool { return len(s.Dialogs) == 1 && strings.HasPrefix(s.Focus, "input:") })
	path := filepath.Join(t.TempDir(), "mine.caveat")
	j.keys("ctrl+a")
	j.write(path)
	j.wait("the path", func(s *ui.State) bool { return s.Focus == "input:"+path })
	j.keys("Return")
	j.wait("the empty case", func(s *ui.State) bool { return strings.HasPrefix(s.Title, "mine") && s.Focus == "canvas" })
	j.keys("n")
	j.wait("the form", func(s *ui.State) bool { return len(s.Dialogs) == 1 && s.Focus == "input:" })
	j.write("Acme")
	j.keys("Tab")
	j.wait("the kinds", func(s *ui.State) bool { return strings.HasPrefix(s.Focus, "unchecked:") })
	j.keys("space", "Return")
	j.wait("the entity", func(s *ui.State) bool {
		return hasNode(s, "Acme") && len(s.Dialogs) == 0 && s.Status.Pending == 0 && s.Crisp && s.Idle
	})
	j.see("Acme", func(img image.Image) bool { return j.inked(img, around(j.node("Acme"), 0)) >= 50 })
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
