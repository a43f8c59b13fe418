package report

import (
	"slices"
	"strconv"

	"caveat/app/scene"
	"caveat/graphstore"
)

// AnswerList is one question with its answers, in the words of the user.
type AnswerList struct {
	Title   string   // the question
	Notes   []string // what it was asked under: what is left out of the case, say
	Answers []Answer
}

// Answer is one sentence of a list.
type Answer struct {
	Group  string // heading it stands under; the answers of a heading follow each other. Empty: none
	Text   string
	Note   string          // said below it in smaller letters; empty: nothing
	Claims []graphstore.ID // what it rests on; the sources of these are numbered and listed
}

// mostAnswers is how many answers of all lists together are printed; a sheet says how many it leaves out.
const mostAnswers = 200

// answerNumbers is how many source numbers an answer shows before an ellipsis.
const answerNumbers = 12

// Measures of the answers in units.
const (
	answerColumn = 440 // about, of a column
	answerNumber = 34  // of the numbers
	answerApart  = 30  // between columns
	answerBelow  = 7   // between answers
	listBelow    = 16  // between lists
)

// printed returns the answers that are on the sheet, of all lists one after the other.
func (in *Input) printed() []Answer {
	if in.Bare {
		return nil
	}
	var out []Answer
	for _, l := range in.Answers {
		out = append(out, l.Answers[:min(len(l.Answers), mostAnswers-len(out))]...)
	}
	return out
}

// answers lists the answers by question. They are numbered through, so that a letter can name one.
func (in *Input) answers(k, width float32) *part {
	p := in.part(k)
	if len(in.Answers) == 0 {
		return p
	}
	place := in.places()
	y := p.heading(in.Words.Say("report.answers"))
	number := 0
	for i, l := range in.Answers {
		if i > 0 {
			y += listBelow * k
		}
		y = p.lines(0, y, p.wrap(l.Title, textSize, true, width, 20), textSize, true, in.Theme.Ink, "")
		for _, s := range l.Notes {
			y = p.small(0, y, s, width)
		}
		shown := l.Answers[:min(len(l.Answers), mostAnswers-number)]
		if len(shown) > 0 {
			y = p.answerColumns(shown, place, number, y+answerBelow*k, width)
			number += len(shown)
		}
		switch more := len(l.Answers) - len(shown); {
		case more > 0:
			y = p.small(0, y+answerBelow*k, in.Words.Say("report.more-answers", "n", strconv.Itoa(more)), width)
		case len(shown) == 0:
			y = p.small(0, y, in.Words.Say("report.no-answers"), width)
		}
	}
	p.height = y
	return p
}

// small sets a text in small muted letters and returns the y below it.
func (p *part) small(x, y float32, s string, width float32) float32 {
	return p.lines(x, y, breakLines(p.in.Faces, s, smallSize*p.k, width), smallSize, false, p.in.Theme.Muted, "")
}

// answerColumns sets answers in columns, the first with the number after before. A
// heading stays with the first answer below it.
func (p *part) answerColumns(list []Answer, place map[graphstore.ID]int, before int, top, width float32) float32 {
	columns, column := columnsOf(answerColumn*p.k, answerApart*p.k, width, len(list))
	items := make([]*part, len(list))
	for i := range list {
		group := ""
		if i == 0 || list[i-1].Group != list[i].Group {
			group = list[i].Group
		}
		items[i] = p.in.answer(p.k, column, before+i+1, &list[i], group, place)
	}
	return p.columns(items, top, columns, column+answerApart*p.k, answerBelow*p.k)
}

// answer sets one answer: the heading it begins, its number, its sentence with the numbers of its sources, its note.
func (in *Input) answer(k, width float32, number int, a *Answer, group string, place map[graphstore.ID]int) *part {
	p := in.part(k)
	f, t := in.Faces, in.Theme
	y := float32(0)
	if group != "" {
		y = p.small(0, y, group, width) + 3*k
	}
	p.Texts = append(p.Texts, scene.Text{At: at((answerNumber-9)*k, y+f.Ascent(textSize*k)), String: strconv.Itoa(number) + ".",
		Size: textSize * k, Bold: true, Anchor: scene.End, Color: t.Ink})
	text := a.Text
	if ns := in.restsOn(a.Claims, place); len(ns) > 0 {
		text += " " + citation(ns, answerNumbers)
	}
	x := answerNumber * k
	y = max(p.lines(x, y, breakLines(f, text, textSize*k, width-x), textSize, false, t.Ink, ""), y+f.LineHeight(textSize*k))
	if a.Note != "" {
		y = p.small(x, y, a.Note, width-x)
	}
	p.height = y
	return p
}

// restsOn returns the numbers of the sources of claims, least first.
func (in *Input) restsOn(claims []graphstore.ID, place map[graphstore.ID]int) []int {
	if in.Graph == nil {
		return nil
	}
	var out []int
	for _, id := range claims {
		if c := in.Graph.Claim(id); c != nil {
			rest(c, func(d graphstore.ID) {
				if n := place[d]; n > 0 {
					out = append(out, n)
				}
			})
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
