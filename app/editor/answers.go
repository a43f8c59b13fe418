package editor

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// whatIf is the question that compares all answers with and without what is left out.
const whatIf = "whatif"

// Change says what leaving something out did to an answer.
type Change = dispute.Change

// The changes; an answer that stays has none.
const (
	Appears    = dispute.Appears
	Disappears = dispute.Disappears
)

// Found is one answer as lists show it.
type Found struct {
	dispute.Result
	Group  string // heading it stands under, in the user's words; empty: none
	Change Change
}

// Answers is one list of answers.
type Answers struct {
	Question string
	Entity   graphstore.ID // empty: the whole case
	Results  []Found       // by group
	Shown    int           // drawn now, or -1
	Pinned   bool          // kept when something else is asked
	Fresh    bool          // up to date; else a job works on it, or was cancelled
	TrueAt   graphstore.Date
	KnownBy  graphstore.Date
}

// Answers returns the list on show; its Question is empty when nothing was asked.
func (e *Editor) Answers() Answers {
	if len(e.asking.lists) == 0 {
		return Answers{Shown: -1, Fresh: true}
	}
	return e.answersOf(e.asking.at)
}

func (e *Editor) answersOf(i int) Answers {
	l, now := e.asking.lists[i], e.now()
	a := Answers{Question: l.question, Entity: l.entity, Results: l.found, Shown: -1, Pinned: l.pinned, Fresh: l.have == now, TrueAt: now.trueAt, KnownBy: now.knownBy}
	if i == e.asking.at {
		a.Shown = e.shownAnswer()
	}
	return a
}

// AnswerLists returns all lists and which one is on show.
func (e *Editor) AnswerLists() (lists []Answers, at int) {
	for i := range e.asking.lists {
		lists = append(lists, e.answersOf(i))
	}
	return lists, e.asking.at
}

// AnswersSerial returns a number that is another after every change of lists, answers, counts, or what is left out.
func (e *Editor) AnswersSerial() int { return e.asking.serial }

// UseAnswers shows another list.
func (e *Editor) UseAnswers(i int) {
	if i >= 0 && i < len(e.asking.lists) && i != e.asking.at {
		e.hush()
		e.asking.at = i
		e.touchAnswers()
	}
}

// PinAnswers keeps the list on show when something else is asked, or lets it go.
func (e *Editor) PinAnswers(pin bool) {
	if len(e.asking.lists) > 0 {
		e.asking.lists[e.asking.at].pinned = pin
		e.touchAnswers()
	}
}

// ClearAnswers drops the list on show.
func (e *Editor) ClearAnswers() {
	a := &e.asking
	if len(a.lists) == 0 {
		return
	}
	e.hush()
	a.lists = slices.Delete(a.lists, a.at, a.at+1)
	a.at = max(0, min(a.at, len(a.lists)-1))
	e.touchAnswers()
}

func (e *Editor) touchAnswers() {
	e.asking.serial++
	e.changed(NoticeAnswers)
}

// shownAnswer returns which answer of the list on show is drawn, or -1.
func (e *Editor) shownAnswer() int {
	i := e.paths.answer - 1
	if len(e.asking.lists) == 0 || i >= len(e.asking.lists[e.asking.at].found) {
		return -1
	}
	return i
}

// ShowAnswer draws the i-th answer of the list on show: its claims and their ends, everything else fades, and
// the camera goes there. An index outside lets nothing fade.
func (e *Editor) ShowAnswer(i int) {
	if len(e.asking.lists) == 0 || i < 0 || i >= len(e.asking.lists[e.asking.at].found) {
		e.hush()
		return
	}
	e.light(i)
	if b, ok := e.boundsOf(scene.NewSet(e.litNodes())); ok {
		e.flyTo(e.fitCamera(b))
	}
}

// StepAnswer draws the next answer, or with -1 the one before, round and round.
func (e *Editor) StepAnswer(by int) {
	n := len(e.Answers().Results)
	if n == 0 {
		return
	}
	at := e.shownAnswer()
	if at < 0 && by < 0 {
		at = 0
	}
	e.ShowAnswer(((at+by)%n + n) % n)
}

// light lets all but the i-th answer fade.
func (e *Editor) light(i int) {
	e.paths = pathState{lit: scene.NewSet(e.recordsOf(e.asking.lists[e.asking.at].found[i])), answer: i + 1}
	e.asking.serial++
	e.changed(NoticeScene | NoticeView | NoticeAnswers)
}

// hush lets nothing fade for the sake of an answer.
func (e *Editor) hush() {
	if e.paths.answer > 0 {
		e.ClearHighlight()
	}
}

// litNodes returns the entities that do not fade.
func (e *Editor) litNodes() []graphstore.ID {
	ids := slices.DeleteFunc(slices.Clone(e.paths.lit.IDs()), func(id graphstore.ID) bool { _, drawn := e.scene.Node(id); return !drawn })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// recordsOf returns what an answer draws: its claims, what they are about to the last end, who says so,
// and what the answer names.
func (e *Editor) recordsOf(f Found) []graphstore.ID {
	g := e.Graph()
	var out []graphstore.ID
	for id := range dispute.Drawn(g, f.Result) {
		if g.Entity(id) != nil && !slices.Contains(f.Told().Claims, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	seen := map[graphstore.ID]bool{}
	for _, id := range out {
		seen[id] = true
	}
	queue := slices.Clone(f.Told().Claims)
	for i := 0; i < len(queue); i++ {
		id := queue[i]
		if id == "" || seen[id] {
			continue
		}
		seen[id] = true
		if c := g.Claim(id); c != nil {
			out = append(out, id)
			queue = append(queue, c.Subject, c.Object.ID)
			if i < len(f.Told().Claims) {
				queue = append(queue, c.Speaker)
			}
		} else if g.Entity(id) != nil {
			out = append(out, id)
		}
	}
	return out
}

// HiddenOf returns the entities and claims of the i-th answer that the view does not show.
func (e *Editor) HiddenOf(i int) []graphstore.ID {
	g := e.Graph()
	if g == nil || len(e.asking.lists) == 0 || i < 0 || i >= len(e.asking.lists[e.asking.at].found) {
		return nil
	}
	var out []graphstore.ID
	for _, id := range e.recordsOf(e.asking.lists[e.asking.at].found[i]) {
		if c := g.Claim(id); c != nil {
			if _, drawn := e.scene.EdgeOf(id); !drawn && c.Object.ID != "" && c.Predicate != graphstore.SameAs {
				out = append(out, id)
			}
		} else if _, drawn := e.scene.Node(id); !drawn {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// RevealAnswer brings what the view hides of the i-th answer into it, as one step that can be undone, with the
// filters that hide it taken off, and draws the answer.
func (e *Editor) RevealAnswer(i int) error {
	g, ids := e.Graph(), e.HiddenOf(i)
	if len(ids) == 0 {
		return nil
	}
	err := e.changeView(e.Words().Say("edit.show"), func(v *graphstore.View) {
		show(v, ids)
		for _, id := range ids {
			if c := g.Claim(id); c != nil {
				v.Hide.Predicates = without(v.Hide.Predicates, c.Predicate)
				v.Hide.Speakers = without(v.Hide.Speakers, c.Speaker)
				if c.Position != nil {
					v.Hide.Positions = without(v.Hide.Positions, *c.Position)
				}
			} else if ent := g.Entity(id); ent != nil {
				v.Hide.Kinds = without(v.Hide.Kinds, ent.Kind)
			}
		}
	})
	if err == nil {
		e.ShowAnswer(i)
	}
	return err
}

// without returns list less what equals x.
func without[T comparable](list []T, x T) []T {
	return slices.DeleteFunc(list, func(y T) bool { return y == x })
}

// LeaveOut takes records out of the answers: claims, speakers and other entities, and documents, with
// what rests on them alone. The case keeps them. Lists then say what appears and what disappears by that.
func (e *Editor) LeaveOut(ids ...graphstore.ID) {
	e.sameCase()
	for _, id := range ids {
		if !slices.Contains(e.asking.out, id) && e.Graph() != nil && e.Graph().Record(id) != nil {
			e.asking.out = append(e.asking.out, id)
		}
	}
	e.touchAnswers()
	e.asks(ChooseAsk{What: "answers"})
}

// TakeBack lets records count in the answers again.
func (e *Editor) TakeBack(ids ...graphstore.ID) {
	e.asking.out = slices.DeleteFunc(e.asking.out, func(id graphstore.ID) bool { return slices.Contains(ids, id) })
	e.touchAnswers()
}

// LeftOut returns what the answers leave out, in the order it was taken.
func (e *Editor) LeftOut() []graphstore.ID { return slices.Clone(e.asking.out) }

// compared joins the answers of now with those of before: what is in both stays, what is only in one
// appears or disappears, and stands before the others.
func compared(now, before []dispute.Result) []Found {
	had := make(map[string]bool, len(before))
	for _, r := range before {
		had[identity(r)] = true
	}
	has := make(map[string]bool, len(now))
	out := make([]Found, 0, len(now))
	for _, r := range now {
		f, id := Found{Result: r}, identity(r)
		has[id] = true
		if !had[id] {
			f.Change = Appears
		}
		out = append(out, f)
	}
	for _, r := range before {
		if !has[identity(r)] {
			out = append(out, Found{Result: r, Change: Disappears})
		}
	}
	slices.SortStableFunc(out, func(a, b Found) int { return cmp.Compare(b.Change, a.Change) }) // disappears, appears, none
	return out
}

// telling reports whether an answer counts in the menu. Questions that go through every claim have
// answers that only say that all is well.
func telling(r dispute.Result) bool {
	switch r := r.(type) {
	case *dispute.Source:
		return r.Independent <= 1 || r.Single != ""
	case *dispute.Argument:
		return r.Label == dispute.In
	}
	return true
}

// grouped gives answers their headings and brings those of one heading together.
func grouped(g *graphstore.Graph, w dispute.Words, list []Found) []Found {
	headings := make([]string, len(list))
	for i := range list {
		list[i].Group = heading(g, w, list[i].Result)
		headings[i] = list[i].Group
	}
	order := orderOf(headings)
	slices.SortStableFunc(list, func(a, b Found) int { return order(a.Group, b.Group) })
	return list
}

// heading returns what an answer stands under: for kinds of results known here what tells them apart
// best, for others the first telling field of their JSON.
func heading(g *graphstore.Graph, w dispute.Words, r dispute.Result) string {
	name := func(id graphstore.ID) string {
		if n := g.Entity(id); n != nil {
			return n.Name(w.Lang())
		}
		return string(id)
	}
	switch r := r.(type) {
	case *dispute.Contradiction:
		return w.Say("ask.group." + string(r.Kind))
	case *dispute.Step:
		if r.Country != "" {
			return name(r.Lane) + " · " + r.Country
		}
		return name(r.Lane)
	case *dispute.Source:
		switch {
		case r.Independent == 0:
			return w.Say("ask.group.unsupported")
		case r.Independent == 1 || r.Single != "":
			return w.Say("ask.group.single")
		}
		return w.Say("ask.group.several")
	case *dispute.Exposed:
		return name(r.Of) + " · " + w.Say("ask.group.distance", "n", strconv.Itoa(r.Distance))
	case *dispute.Difference:
		return w.Say("ask." + r.Changed + ".title")
	case *dispute.Cell:
		if p := g.Schema().Position(r.Position); p != nil {
			return p.Label.In(w.Lang())
		}
	case *dispute.Stale:
		if b := g.Schema().Basis(r.Basis); b != nil {
			return b.Label.In(w.Lang())
		}
	case *dispute.ValueConflict:
		if p := g.Schema().Predicate(r.Predicate); p != nil {
			return p.Label.In(w.Lang())
		}
	}
	for _, f := range fields(r) {
		if !slices.Contains(headingFields, f.name) {
			continue
		}
		var text string
		if json.Unmarshal(f.raw, &text) != nil || text == "" {
			continue
		}
		if g.Record(graphstore.ID(text)) != nil {
			return name(graphstore.ID(text))
		}
		key := "ask.group." + text
		if said := w.Say(key); said != key {
			return said
		}
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return ""
}

// headingFields are the fields of results whose values make headings.
var headingFields = []string{"kind", "label", "jurisdiction", "slot"}
