package main

import (
	"image"
	"slices"
	"strings"
	"testing"

	"caveat/app/editor"
	"caveat/app/editor/casetest"
	"caveat/app/ui"
	"caveat/graphstore"
)

// chooseInView opens the View menu by keyboard and runs an action of it.
func (j *journey) chooseInView(name string) {
	j.Helper()
	keys := []string{"alt", "Right", "Right"}
	for _, a := range editor.Actions() {
		if a.Menu == "view" {
			keys = append(keys, "Down")
		}
		if a.Name == name {
			break
		}
	}
	j.keys(append(keys, "Return")...)
}

// overpassCase writes a case with a way along four nodes and a claim over all of it, and returns its path.
func overpassCase(t *testing.T) string {
	t.Helper()
	d := &graphstore.Diff{}
	view := &graphstore.View{ID: "urn:t:v", Places: map[graphstore.ID]graphstore.Place{}}
	for i, name := range []string{"Ada", "Bo", "Cy", "Di"} {
		id := graphstore.ID("urn:t:" + name)
		d.Add(nil, &graphstore.Entity{ID: id, Kind: "vendor", Names: []graphstore.Name{{Text: name}}})
		view.Places[id] = graphstore.Place{X: float32(150 * i), Y: []float32{0, 70, 70, 0}[i], Pin: true}
	}
	for _, c := range [][3]string{{"ab", "Ada", "Bo"}, {"bc", "Bo", "Cy"}, {"cd", "Cy", "Di"}, {"over", "Ada", "Di"}} {
		d.Add(nil, &graphstore.Claim{ID: graphstore.ID("urn:t:" + c[0]), Subject: graphstore.ID("urn:t:" + c[1]), Predicate: "uses", Object: graphstore.Object{ID: graphstore.ID("urn:t:" + c[2])}})
	}
	d.Add(nil, view)
	return casetest.Write(t, d)
}

// TestJourneyBundlesEdgesAndTakesThemApart bundles by the menu, sees the claim leave the straight line for the way along
// the others, finds it there with the pointer, and undoes it.
func TestJourneyBundlesEdgesAndTakesThemApart(t *testing.T) {
	j := begin(t, overpassCase(t))
	j.opened()
	over := func(s *ui.State) ui.StateEdge {
		i := slices.IndexFunc(s.Edges, func(e ui.StateEdge) bool { return e.ID == "urn:t:over" })
		if i < 0 {
			return ui.StateEdge{}
		}
		return s.Edges[i]
	}
	straight := over(j.settled())
	spot := func(e ui.StateEdge) ui.StateBox { return ui.StateBox{X: e.X - 60, Y: e.Y - 3, W: 6, H: 6} } // beside the verb
	j.see("the straight line", func(img image.Image) bool { return j.inked(img, spot(straight)) > 0 })

	j.chooseInView("bundle")
	s := j.wait("the bundle", func(s *ui.State) bool {
		return over(s).Y > straight.Y+15 && s.Crisp && s.Idle && len(s.Jobs) == 0
	})
	led := over(s)
	if !strings.Contains(s.Message, "along others") {
		t.Errorf("the user is told %q", s.Message)
	}
	j.see("the curve, and the ground where the line was", func(img image.Image) bool {
		return j.inked(img, spot(straight)) == 0 && j.inked(img, ui.StateBox{X: led.X - 5, Y: led.Y - 5, W: 10, H: 10}) > 0
	})
	j.move(led.X, led.Y)
	j.wait("the pointer on the curve", func(s *ui.State) bool { return s.Hover == "urn:t:over" || s.Hover == "urn:t:bc" })

	j.keys("ctrl+z")
	j.wait("the straight line again", func(s *ui.State) bool { return over(s) == straight && s.Crisp && s.Idle })
	j.see("the straight line again", func(img image.Image) bool { return j.inked(img, spot(straight)) > 0 })
}
