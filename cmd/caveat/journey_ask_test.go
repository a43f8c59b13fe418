package main

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"caveat/app/scene"
	"caveat/app/ui"
)

// strong counts the pixels of a box that stand out from the canvas's ground: none of what has faded does.
func (j *journey) strong(img image.Image, box ui.StateBox) int {
	ground := scene.Light().Background
	n := 0
	for y := int(box.Y); y < int(box.Y+box.H); y++ {
		for x := int(box.X); x < int(box.X+box.W); x++ {
			r, g, b, _ := img.At(x+j.origin.X, y+j.origin.Y).RGBA()
			d := func(a uint32, c uint8) int { v := int(a>>8) - int(c); return max(v, -v) }
			if d(r, ground.R)+d(g, ground.G)+d(b, ground.B) > 260 {
				n++
			}
		}
	}
	return n
}

// askByMenu opens the menu of questions by keyboard and chooses the first one.
func (j *journey) askByMenu() *ui.State {
	j.Helper()
	j.wait("the counts", func(s *ui.State) bool { return s.Idle && s.Focus == "canvas" })
	j.keys("alt", "Right", "Right", "Right", "Down", "Return")
	return j.wait("the answers", func(s *ui.State) bool {
		_, row := find(s, "center", "answer", "disagree")
		return s.Answers.Question == "contradictions" && s.Answers.Fresh && s.Answers.Open && row && s.Crisp
	})
}

func TestJourneyAskFromTheMenuAndDrawAnAnswer(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	s := j.askByMenu()
	if s.Answers.Count < 10 || s.Answers.Shown >= 0 {
		t.Errorf("%d answers, %d shown", s.Answers.Count, s.Answers.Shown)
	}
	s = j.press("center", "answer", "Lithuanian government prohibits Kaspersky products", "the answer drawn", func(s *ui.State) bool { return s.Answers.Shown >= 0 && s.Lit > 2 && s.Crisp && s.Idle })
	lit, faded := j.node("Lithuanian government"), j.node("US Congress")
	j.see("the answer, with the rest faded", func(img image.Image) bool {
		return j.strong(img, around(lit, 0)) >= 20 && j.strong(img, around(faded, 0)) == 0
	})
	j.keys("Escape") // from the row that was pressed
	j.wait("nothing drawn", func(s *ui.State) bool { return s.Lit == 0 && s.Answers.Shown == -1 && s.Crisp })
	j.press("center", "answer", "Lithuanian government prohibits Kaspersky products", "the answer drawn again", func(s *ui.State) bool { return s.Answers.Shown >= 0 })
	j.press("center", "chosen answer", "Lithuanian government", "its claims", func(s *ui.State) bool {
		_, ok := find(s, "center", "row", "Lithuanian government prohibits Kaspersky products")
		return ok
	})
	j.press("center", "row", "Lithuanian government prohibits Kaspersky products", "the claim in the inspector", func(s *ui.State) bool {
		_, evidence := find(s, "center", "text", "Evidence")
		return s.Inspected != "" && (evidence || contains(s.Selection, s.Inspected)) && s.Answers.Shown >= 0
	})
	x, y := s.Canvas.X+s.Canvas.W-30, s.Canvas.Y+30
	j.click(x, y, "1") // the ground gives the keyboard to the canvas
	j.wait("the canvas", func(s *ui.State) bool { return s.Focus == "canvas" })
	j.keys("Escape")
	j.wait("nothing drawn", func(s *ui.State) bool { return s.Lit == 0 && s.Answers.Shown == -1 && s.Answers.Count > 0 && s.Crisp })
	j.see("the rest again", func(img image.Image) bool { return j.strong(img, around(j.node("US Congress"), 0)) >= 20 })
}

func TestJourneyAnswersExport(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	j.keys("ctrl+d")
	s := j.wait("the answers", func(s *ui.State) bool { return s.Answers.Fresh && s.Answers.Count > 0 })
	for _, x := range []struct{ chip, file string }{{"Table (CSV)", "answers.csv"}, {"One JSON object a line", "answers.jsonl"}} {
		j.press("center", "icon", "exportanswers", "the page", func(s *ui.State) bool { return len(s.Dialogs) == 1 })
		path := filepath.Join(t.TempDir(), x.file)
		j.export(x.chip, path)
		b, err := os.ReadFile(path)
		if err != nil || bytes.Count(b, []byte("contradictions")) < s.Answers.Count || bytes.Count(b, []byte("\n")) < s.Answers.Count {
			t.Errorf("%s: %d bytes with %d answers, %d on show: %v", x.file, len(b), bytes.Count(b, []byte("contradictions")), s.Answers.Count, err)
		}
	}
}

func TestJourneyExportedPageHasTheAnswers(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	page := func(name string, checked bool) []byte {
		j.keys("ctrl+e")
		j.wait("the page", func(s *ui.State) bool { return len(s.Dialogs) == 1 })
		const box = "Include the answers on show"
		if checked {
			j.choose(box)
		} else {
			j.press("sheet", "unchecked", box, "why not", func(s *ui.State) bool {
				_, off := find(s, "sheet", "unchecked", box)
				_, why := find(s, "sheet", "line", "There are none: ask something first.")
				return off && why
			})
		}
		path := filepath.Join(t.TempDir(), name)
		j.export("SVG drawing", path)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if b := page("without.svg", false); bytes.Contains(b, []byte("Who disagrees?")) {
		t.Error("a page has answers though nothing was asked")
	}
	j.keys("ctrl+d")
	j.wait("the answers", func(s *ui.State) bool { return s.Answers.Fresh && s.Answers.Count > 0 })
	if b := page("with.svg", true); !bytes.Contains(b, []byte("Who disagrees?")) {
		t.Error("the page lacks the answers")
	}
}

func TestJourneyLanesShowHowPositionsMoved(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	j.keys("ctrl+k")
	j.wait("the search box", func(s *ui.State) bool { return strings.HasPrefix(s.Focus, "input:") })
	j.write("How did positions move")
	j.wait("the words", func(s *ui.State) bool { return strings.Contains(s.Focus, "positions move") })
	j.keys("Return")
	j.wait("the lanes", func(s *ui.State) bool {
		return s.Answers.Lanes && s.Answers.Question == "timeline" && s.Answers.Fresh && s.Crisp
	})
	s := j.press("center", "step", "BSI on Kaspersky products: no finding", "the step drawn", func(s *ui.State) bool { return s.Answers.Shown >= 0 && s.Lit > 0 && s.Crisp })
	step, _ := find(s, "center", "step", "BSI on Kaspersky products: no finding")
	j.see("the ring around the step", func(img image.Image) bool {
		top := ui.StateBox{X: step.X, Y: step.Y - 3, W: step.W, H: 3}
		return j.painted(img, top, selectionColor()) > int(step.W/2)
	})
}

func TestJourneyLeavingOutAndTakingBack(t *testing.T) {
	j := begin(t, "--sample", "kaspersky")
	j.opened()
	j.keys("ctrl+d")
	before := j.wait("the answers", func(s *ui.State) bool { return s.Answers.Fresh && s.Answers.Count > 0 })
	j.take("Lithuanian government", "3")
	j.press("menu", "menu", "Leave the selection out", "what disappears", func(s *ui.State) bool {
		_, gone := find(s, "center", "answer", "− On Antivirus engine two speakers disagree: Lithuanian")
		return gone && s.Answers.Fresh && s.Answers.LeftOut == 1
	})
	j.press("center", "row", "Lithuanian government", "all of them again", func(s *ui.State) bool {
		_, gone := find(s, "center", "answer", "−")
		return !gone && s.Answers.Fresh && s.Answers.LeftOut == 0 && s.Answers.Count == before.Answers.Count
	})
}
