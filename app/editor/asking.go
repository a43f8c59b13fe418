package editor

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"caveat/app/document"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// countMost is up to how many claims the answers to every question are counted after each edit.
const countMost = 20000

// askAction starts the name of an action that asks a question.
const askAction = "ask-"

// asking is what was asked of the open case and what is left out of the answers.
type asking struct {
	of      *openCase
	lists   []*answerList
	at      int
	out     []graphstore.ID // left out, in the order they were taken
	wanted  asked           // what the lists were last asked for
	counted asked           // what the counts are for
	counts  map[string]int
	serial  int // goes up with every change of what Answers returns
}

// asked is what answers depend on beside their question: two equal ones give equal answers.
type asked struct {
	g               *graphstore.Graph
	trueAt, knownBy graphstore.Date
	out             string // ids
	lang            string
	entity          graphstore.ID // of counts
	further         string        // questions turned on, of counts
}

// answerList is one question with its answers.
type answerList struct {
	question string
	entity   graphstore.ID
	pinned   bool
	have     asked // zero: not answered yet
	found    []Found
}

// now returns what a question asked now depends on.
func (e *Editor) now() asked {
	v := e.View()
	out := make([]string, len(e.asking.out))
	for i, id := range e.asking.out {
		out[i] = string(id)
	}
	slices.Sort(out)
	return asked{g: e.Graph(), trueAt: v.TrueAt, knownBy: v.KnownBy, out: strings.Join(out, "\n"), lang: e.Words().Lang()}
}

// mask returns it as package dispute takes it, with nothing left out where whole is set.
func (e *Editor) mask(whole bool) dispute.Asked {
	v := e.View()
	a := dispute.Asked{TrueAt: v.TrueAt, KnownBy: v.KnownBy, Words: e.Words(),
		Today: graphstore.Date{Value: e.opts.Now().UTC().Format("2006-01-02"), Precision: graphstore.PrecisionDay}}
	if len(e.asking.out) > 0 && !whole {
		a.Without = make(map[graphstore.ID]bool, len(e.asking.out))
		for _, id := range e.asking.out {
			a.Without[id] = true
		}
	}
	return a
}

// Ask answers a question of package dispute about an entity, or about the whole case, as a
// job: on the current graph, at the two dates of the view, without what is left out. The answers come
// with NoticeAnswers and are brought up to date after every edit. They replace the list on show unless that is pinned.
func (e *Editor) Ask(question string, entity graphstore.ID) {
	if _, ok := dispute.Find(question); !ok || e.Graph() == nil {
		return
	}
	e.sameCase()
	e.hush()
	a := &e.asking
	same := func(l *answerList) bool { return l.question == question && l.entity == entity }
	switch i := slices.IndexFunc(a.lists, same); {
	case i >= 0:
		a.at = i
	case len(a.lists) > 0 && !a.lists[a.at].pinned:
		a.lists[a.at] = &answerList{question: question, entity: entity}
	default:
		a.lists = append(a.lists, &answerList{question: question, entity: entity})
		a.at = len(a.lists) - 1
	}
	e.askAll()
	e.asks(ChooseAsk{What: "answers"})
}

// AskAgain asks the questions whose job was cancelled once more.
func (e *Editor) AskAgain() { e.askAll() }

// sameCase forgets what was asked of another case.
func (e *Editor) sameCase() {
	if e.asking.of != e.open {
		e.asking = asking{of: e.open, serial: e.asking.serial + 1}
		e.changed(NoticeAnswers)
	}
}

// followAnswers asks again and counts again what a change may have changed. It is called once a turn.
func (e *Editor) followAnswers() {
	e.sameCase()
	if e.Graph() == nil || e.closed {
		return
	}
	e.asking.out = slices.DeleteFunc(e.asking.out, func(id graphstore.ID) bool { return e.Graph().Record(id) == nil })
	if len(e.asking.lists) > 0 && e.asking.wanted != e.now() {
		e.askAll()
	}
	e.countAnswers()
	e.followMeasure()
}

// carryAnswers takes an edit of views alone for no change: places have no part in answers.
func (e *Editor) carryAnswers(ev document.Event) {
	d := ev.Diff
	if d == nil || d.Header != nil || len(d.Entities)+len(d.Documents)+len(d.Claims) > 0 {
		return
	}
	carry := func(a *asked) {
		if a.g == ev.Before {
			a.g = ev.After
		}
	}
	carry(&e.asking.wanted)
	carry(&e.asking.counted)
	for _, l := range e.asking.lists {
		carry(&l.have)
	}
}

// askAll answers, in one job, every list that is not up to date.
func (e *Editor) askAll() {
	a := &e.asking
	a.wanted = e.now()
	a.serial++
	e.changed(NoticeAnswers)
	var due []*answerList
	for _, l := range a.lists {
		if l.have != a.wanted {
			due = append(due, l)
		}
	}
	if len(due) == 0 {
		e.cancel("ask")
		return
	}
	g, mask, whole := a.wanted.g, e.mask(false), e.mask(true)
	before := len(a.out) > 0
	e.start("ask", e.Words().Say("job.ask", "question", e.QuestionTitle(due[0].question, due[0].entity)), func(ctx context.Context, progress func(float64)) (func(), error) {
		now := dispute.Open(g, mask)
		var then *dispute.Case
		if before {
			then = dispute.Open(g, whole)
		}
		found := make([][]Found, len(due))
		for i, l := range due {
			if len(due) > 1 {
				progress(float64(i) / float64(len(due)))
			}
			list, err := answer(ctx, l.question, l.entity, now, then)
			if err != nil {
				return nil, err
			}
			found[i] = grouped(g, mask.Words, list)
		}
		return func() {
			for i, l := range due {
				e.answered(l, found[i])
			}
		}, nil
	})
}

// answer asks one question of a case and, where then is not nil, compares with what it was before things were left out.
func answer(ctx context.Context, question string, entity graphstore.ID, now, then *dispute.Case) ([]Found, error) {
	q, _ := dispute.Find(question)
	list, err := q.Ask(ctx, now.About(entity))
	if err != nil {
		return nil, err
	}
	if then == nil || question == whatIf {
		out := make([]Found, len(list))
		for i, r := range list {
			out[i].Result = r
			if d, ok := r.(*dispute.Difference); ok {
				out[i].Change = d.Change
			}
		}
		return out, nil
	}
	old, err := q.Ask(ctx, then.About(entity))
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return compared(list, old), nil
}

// answered takes over the answers of a list and keeps the one on show drawn if it is still among them.
func (e *Editor) answered(l *answerList, found []Found) {
	a := &e.asking
	shown := ""
	if i := e.shownAnswer(); i >= 0 && a.lists[a.at] == l {
		shown = identity(l.found[i].Result)
	}
	l.found, l.have = found, a.wanted
	a.serial++
	if shown != "" {
		i := slices.IndexFunc(found, func(f Found) bool { return identity(f.Result) == shown })
		if i >= 0 {
			e.light(i)
		} else {
			e.hush()
		}
	}
	e.changed(NoticeAnswers)
}

// CountAnswers counts anew after the user turned questions on or off.
func (e *Editor) CountAnswers() { e.touchAnswers() }

// countAnswers counts the answers to every question, for the menu, as a job: about the
// selected entity or the whole case.
func (e *Editor) countAnswers() {
	key := e.now()
	key.lang, key.entity = "", e.askedEntity()
	if e.opts.Settings != nil {
		key.further = strings.Join(e.opts.Settings.Now().Questions, " ")
	}
	if key == e.asking.counted {
		return
	}
	e.asking.counted, e.asking.counts = key, nil
	if key.g.Count().Claims > countMost {
		e.cancel("counts")
		return
	}
	mask := e.mask(false)
	mask.Words = nil
	list := slices.DeleteFunc(dispute.Questions(), func(q dispute.Question) bool { return q.Name == whatIf || !e.asksFor(q) }) // what-if asks all the others
	e.start("counts", e.Words().Say("job.counts"), func(ctx context.Context, _ func(float64)) (func(), error) {
		c := dispute.Open(key.g, mask).About(key.entity)
		counts := map[string]int{}
		for _, q := range list {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			found, err := q.Ask(ctx, c)
			if err != nil {
				return nil, err
			}
			n := 0
			for _, r := range found {
				if telling(r) {
					n++
				}
			}
			counts[q.Name] = n
		}
		return func() {
			e.asking.counts = counts
			e.asking.serial++
			e.changed(NoticeAnswers)
		}, nil
	})
}

// AnswerCount returns how many answers the question has about the selected entity, or about the
// whole case when not exactly one is selected; false while that is not known.
func (e *Editor) AnswerCount(question string) (int, bool) {
	n, ok := e.asking.counts[question]
	return n, ok
}

// askedEntity returns the entity a question of the menu is about: the only one selected, or none.
func (e *Editor) askedEntity() graphstore.ID {
	if id := e.one(); id != "" && e.Graph() != nil && e.Graph().Entity(id) != nil {
		return id
	}
	return ""
}

// QuestionTitle returns a question in the user's words: "Who disagrees about BSI?".
func (e *Editor) QuestionTitle(question string, entity graphstore.ID) string {
	if g := e.Graph(); entity != "" && g != nil && g.Entity(entity) != nil {
		return e.Words().Say("ask."+question+".about", "name", g.Entity(entity).Name(e.Words().Lang()))
	}
	return e.Words().Say("ask." + question + ".title")
}

// ActionTitle returns what menus call an action now: questions name the selected entity,
// undo and redo what they are about.
func (e *Editor) ActionTitle(a Action) string {
	if q, ok := strings.CutPrefix(a.Name, askAction); ok {
		if isMeasure(q) {
			return e.QuestionTitle(q, "")
		}
		return e.QuestionTitle(q, e.askedEntity())
	}
	t := e.Words().Say("action." + a.Name)
	what, ok := "", false
	switch a.Name {
	case "ungroup":
		if len(e.View().Groups) > 0 {
			t = e.Words().Say("action.ungroupbut")
		}
	case "bundle":
		if e.Bundled() {
			t = e.Words().Say("action.unbundle")
		}
	case "saveas":
		if c := e.Case(); c != nil && c.Drawing {
			t = e.Words().Say("action.savecase")
		}
	case "undo":
		what, ok = e.UndoTitle()
	case "redo":
		what, ok = e.RedoTitle()
	}
	if ok {
		t += ": " + what
	}
	return t
}

// askKeys are the keys of questions.
var askKeys = map[string]string{"contradictions": "Ctrl+D"}

// askActions are one action a question of package dispute, and what can be done with answers.
func askActions() []Action {
	var list []Action
	for _, q := range dispute.Questions() {
		ready := withGraph
		switch {
		case q.Name == whatIf:
			ready = all(withGraph, comparing)
		case q.Off:
			ready = all(withGraph, when(func(e *Editor) bool { return e.asksFor(q) }, errOff))
		}
		list = append(list, Action{Name: askAction + q.Name, Menu: "ask", Key: askKeys[q.Name], Ready: ready, Do: func(e *Editor) { e.Ask(q.Name, e.askedEntity()) }})
	}
	list = append(list, measureActions()...)
	return append(list,
		Action{Name: "leaveout", Menu: "ask", Ready: all(withGraph, when(func(e *Editor) bool { return len(e.selectedRecords()) > 0 }, errNoSelection)),
			Do: func(e *Editor) { e.LeaveOut(e.selectedRecords()...) }},
		Action{Name: "takeback", Menu: "ask", Ready: all(withGraph, leavingOut), Do: func(e *Editor) { e.TakeBack(e.LeftOut()...) }},
		Action{Name: "nextanswer", Menu: "ask", Key: "F7", Ready: all(withGraph, answering), Do: func(e *Editor) { e.StepAnswer(1) }},
		Action{Name: "previousanswer", Menu: "ask", Key: "Shift+F7", Ready: all(withGraph, answering), Do: func(e *Editor) { e.StepAnswer(-1) }},
		Action{Name: "pinanswers", Menu: "ask", Ready: all(withGraph, listed), Do: func(e *Editor) { e.PinAnswers(!e.Answers().Pinned) }},
		Action{Name: "exportanswers", Menu: "ask", Ready: all(withGraph, answering), Do: choose("exportanswers")},
		Action{Name: "clearanswers", Menu: "ask", Ready: all(withGraph, listed), Do: (*Editor).ClearAnswers},
		Action{Name: "answers", Menu: "ask", Key: "F8", Ready: withGraph, Do: choose("toggleanswers")},
	)
}

// asksFor reports whether the user wants a question: all but those that are off until turned on.
func (e *Editor) asksFor(q dispute.Question) bool {
	return !q.Off || e.opts.Settings != nil && slices.Contains(e.opts.Settings.Now().Questions, q.Name)
}

var (
	comparing = when(func(e *Editor) bool {
		return len(e.asking.out) > 0 || e.now().trueAt != graphstore.Date{} || e.now().knownBy != graphstore.Date{}
	}, errNothingOut)
	leavingOut = when(func(e *Editor) bool { return len(e.asking.out) > 0 }, errNothingOut)
	listed     = when(func(e *Editor) bool { return len(e.asking.lists) > 0 }, errNotAsked)
	answering  = when(func(e *Editor) bool { return len(e.asking.lists) > 0 && len(e.asking.lists[e.asking.at].found) > 0 }, errNotAsked)
)

// selectedRecords returns what is selected, or the document on show.
func (e *Editor) selectedRecords() []graphstore.ID {
	if e.selection.set.Len() == 0 && e.selection.inspected != "" {
		return []graphstore.ID{e.selection.inspected}
	}
	return e.Selection()
}

// orderOf sorts strings after their first place in list.
func orderOf(list []string) func(a, b string) int {
	at := map[string]int{}
	for i, s := range list {
		if _, ok := at[s]; !ok {
			at[s] = i
		}
	}
	return func(a, b string) int { return cmp.Compare(at[a], at[b]) }
}
