package report

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"caveat/app/words"
	"caveat/graphstore"
)

// answering is an input with two lists of n answers and one without any. They rest on claims in turn.
func answering(t testing.TB, lang string, n int) Input {
	t.Helper()
	in := input(t, lang)
	var claims []graphstore.ID
	for c := range in.Graph.Claims() {
		claims = append(claims, c.ID)
	}
	for _, title := range []string{"Who disagrees about the manufacturer of these cameras, and since when?", "What rests on a single source?"} {
		l := AnswerList{Title: title, Notes: []string{"Left out of the case: " + strings.Repeat("somebody; ", 30)}}
		for i := range n {
			l.Answers = append(l.Answers, Answer{
				Group:  fmt.Sprintf("Heading %d", i/3),
				Text:   fmt.Sprintf("Answer %d of %q says that the authority and the manufacturer disagree about https://a.example/%s.", i, title, strings.Repeat("long/", 12)),
				Note:   "Goes away with the second claim.",
				Claims: []graphstore.ID{claims[i%len(claims)], claims[(i*3+1)%len(claims)]},
			})
		}
		in.Answers = append(in.Answers, l)
	}
	in.Answers = append(in.Answers, AnswerList{Title: "Which law can reach it?"})
	return in
}

// squeezed joins the texts of a sheet without spaces: lines break anywhere.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func TestNothingIsCroppedWithAnswers(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		for _, n := range []int{1, 7, 150} {
			in := answering(t, lang, n)
			for _, size := range []image.Point{{}, {X: 1280, Y: 800}, {X: 500, Y: 300}, {X: 400, Y: 2000}, {X: 3000, Y: 1000}, {X: 64, Y: 64}} {
				for _, scale := range []float32{1, 4} {
					in.Size, in.Scale = size, scale
					inside(t, fmt.Sprintf("%s, %d answers, %v ×%g", lang, n, size, scale), sheet(t, in), in.Faces)
				}
			}
		}
	}
}

func TestNoAnswerCoversAnother(t *testing.T) {
	for _, width := range []float32{300, 860, 1700, 4000} {
		in := answering(t, "en", 20)
		if err := in.check(); err != nil {
			t.Fatal(err)
		}
		p := in.answers(1, width)
		for i := range p.Texts {
			a := p.Texts[i].Box(in.Faces)
			if a.Max.X > width+3 || a.Max.Y > p.height+3 {
				t.Errorf("width %g: %q reaches %v of %g", width, p.Texts[i].String, a.Max, p.height)
			}
			for k := range i {
				const touching = 1 // letters that hang below a line
				if b := p.Texts[k].Box(in.Faces); a.Inset(touching).Intersects(b.Inset(touching)) {
					t.Fatalf("width %g: %q covers %q", width, p.Texts[i].String, p.Texts[k].String)
				}
			}
		}
	}
}

func TestSheetHasEveryAnswerWithTheNumbersOfItsSources(t *testing.T) {
	for _, lang := range words.Languages() {
		in := answering(t, lang, 9)
		text := squeezed(all(sheet(t, in)))
		docs := in.cited()
		for _, l := range in.Answers {
			if !strings.Contains(text, squeezed(l.Title)) {
				t.Errorf("%s: the sheet lacks %q", lang, l.Title)
			}
			for _, a := range l.Answers {
				var ns []int
				for _, id := range a.Claims {
					c := in.Graph.Claim(id)
					for i, d := range docs {
						if d.ID == c.ReportedBy || slices.ContainsFunc(c.Evidence, func(e graphstore.Evidence) bool { return e.Document == d.ID }) {
							ns = append(ns, i+1)
						}
					}
				}
				slices.Sort(ns)
				if want := squeezed(a.Text + citation(slices.Compact(ns), answerNumbers)); len(ns) == 0 || !strings.Contains(text, want) {
					t.Errorf("%s: the sheet lacks %q", lang, want)
				}
			}
		}
		for _, key := range []string{"report.answers", "report.no-answers"} {
			if said := in.Words.Say(key); said == key || !strings.Contains(text, squeezed(said)) {
				t.Errorf("%s: the sheet lacks %q", lang, said)
			}
		}
	}
}

func TestSourcesOfAnswersAreListedThoughTheirClaimsAreHidden(t *testing.T) {
	in := answering(t, "en", 40)
	in.View = &graphstore.View{ID: "urn:caveat:v:none", Hide: graphstore.Filter{Predicates: []graphstore.Predicate{"takes-position-on"}}}
	in.Scene = nil
	if err := in.check(); err != nil {
		t.Fatal(err)
	}
	with := len(in.cited())
	in.Bare = true
	if bare := len(in.cited()); bare >= with {
		t.Errorf("%d sources with answers, %d on a bare sheet", with, bare)
	}
	in.Bare, in.Answers = false, nil
	if without := len(in.cited()); without >= with {
		t.Errorf("%d sources with answers, %d without", with, without)
	}
}

func TestTooManyAnswersAreCutAloud(t *testing.T) {
	in := answering(t, "en", 150)
	text := squeezed(all(sheet(t, in)))
	if n := len(in.printed()); n != mostAnswers {
		t.Fatalf("%d answers are printed", n)
	}
	if want := in.Words.Say("report.more-answers", "n", fmt.Sprint(2*150-mostAnswers)); strings.Count(text, squeezed(want)) != 1 {
		t.Errorf("the sheet does not say %q once", want)
	}
	if last := fmt.Sprintf("%d.", mostAnswers); !strings.Contains(all(sheet(t, in)), "\n"+last+"\n") {
		t.Errorf("no answer has the number %s", last)
	}
}

func TestAnswersAreInEveryFormat(t *testing.T) {
	in := answering(t, "en", 5)
	without := in
	without.Answers = nil
	for _, format := range []string{FormatPNG, FormatSVG, FormatPDF, FormatSnapshot} {
		if a, b := export(t, in, format), export(t, without, format); len(a) <= len(b) {
			t.Errorf("%s: %d bytes with answers, %d without", format, len(a), len(b))
		}
	}
}
