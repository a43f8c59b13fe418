package panel

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"caveat/app/editor"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
	"caveat/graphstore/dossier"
)

// Answers shows the answers to a question: grouped, each with its sentence. A press draws one on the
// canvas, a second lists its claims as links. Without a question it offers the questions.
type Answers struct {
	Root fyne.CanvasObject

	desk   *Desk
	title  *widgets.Item
	scroll *container.Scroll
	made   string // what the page was made for
	list   string // question and entity of the page
	open   map[int]bool
	most   int
	rows   map[int]*AnswerRow
	shown  int
}

// answerRows is how many answers are listed at first, and more at a press.
const answerRows = 60

// NewAnswers returns the panel with tools at the right of its heading; call Show to fill it.
func NewAnswers(d *Desk, tools ...fyne.CanvasObject) *Answers {
	a := &Answers{desk: d, title: widgets.NewItem(""), open: map[int]bool{}, most: answerRows, shown: -1}
	a.title.Color = widgets.ColorDim
	a.scroll = container.NewVScroll(container.New(widgets.Stacked()))
	head := container.NewBorder(nil, nil, nil, container.NewHBox(tools...), container.New(widgets.Inset(0, 3), a.title))
	a.Root = widgets.NewGround(widgets.ColorPanel, container.NewBorder(head, nil, nil, nil, a.scroll))
	return a
}

// Show fills the panel from the editor, if that has something new.
func (a *Answers) Show() {
	e := a.desk.Editor
	now := e.Answers()
	if list := now.Question + "\x00" + string(now.Entity); list != a.list {
		a.list, a.open, a.most, a.shown = list, map[int]bool{}, answerRows, -1
		a.scroll.Offset = fyne.Position{}
	}
	if made := a.signature(now); made != a.made {
		a.made = made
		a.fill(now)
	}
}

// signature names everything the page depends on.
func (a *Answers) signature(now editor.Answers) string {
	e := a.desk.Editor
	asking := ""
	for _, j := range e.Jobs() {
		if j.Kind == "ask" {
			asking = j.Kind
		}
	}
	about := ""
	if now.Question == "" {
		about = a.questionTitles()
	}
	return fmt.Sprint(e.AnswersSerial(), now.Shown, now.Fresh, asking, a.desk.lang(), e.Theme().Name, about, e.HiddenOf(now.Shown), a.most, a.open)
}

func (a *Answers) questionTitles() string {
	var b strings.Builder
	for _, act := range editor.Actions() {
		if act.Menu == "ask" {
			b.WriteString(a.desk.Editor.ActionTitle(act))
		}
	}
	return b.String()
}

func (a *Answers) fill(now editor.Answers) {
	d := a.desk
	e, w := d.Editor, d.words()
	focus := a.focusedRow()
	a.rows = map[int]*AnswerRow{}
	p := newPage(d)
	a.title.Title, a.title.Trail = w.Say("answers.title"), ""
	if now.Question != "" {
		a.title.Title = a.number(now)
		if now.Pinned {
			a.title.Trail = w.Say("answers.kept")
		}
	}
	a.title.Refresh()
	a.lists(p)
	if now.Question != "" {
		p.prose(e.QuestionTitle(now.Question, now.Entity), theme.ColorNameForeground).Bold = true
	}
	a.leftOut(p, now)
	switch {
	case now.Question == "":
		a.questions(p)
	case !now.Fresh && len(now.Results) == 0:
		a.waiting(p)
	case len(now.Results) == 0:
		a.nothing(p, now)
	default:
		a.results(p, now)
	}
	p.gap(10)
	p.replace(a.scroll)
	if r := a.rows[focus]; r != nil {
		d.Canvas().Focus(r)
	}
	if now.Shown != a.shown {
		a.shown = now.Shown
		a.reveal(now.Shown)
	}
}

// number says how many answers there are, and where leaving something out changes that, how many there were.
func (a *Answers) number(now editor.Answers) string {
	appear, disappear := 0, 0
	for _, f := range now.Results {
		switch f.Change {
		case editor.Appears:
			appear++
		case editor.Disappears:
			disappear++
		}
	}
	w, n := a.desk.words(), len(now.Results)
	switch {
	case n == 0 && !now.Fresh:
		return w.Say("answers.title")
	case appear+disappear == 0 || now.Question == "whatif":
		return w.Count("answers.count", n)
	}
	return w.Number(n-appear) + " → " + w.Count("answers.count", n-disappear)
}

func (a *Answers) focusedRow() int {
	for i, r := range a.rows {
		if r.focused {
			return i
		}
	}
	return -1
}

// reveal scrolls so that row i can be seen.
func (a *Answers) reveal(i int) {
	r := a.rows[i]
	if r == nil {
		return
	}
	top, bottom := r.Position().Y, r.Position().Y+r.Size().Height
	switch high := a.scroll.Size().Height; {
	case top < a.scroll.Offset.Y:
		a.scroll.Offset.Y = top
	case bottom > a.scroll.Offset.Y+high:
		a.scroll.Offset.Y = min(bottom-high, top)
	default:
		return
	}
	a.scroll.Refresh()
}

// lists offers the lists that are kept, when there is more than one.
func (a *Answers) lists(p *page) {
	e := a.desk.Editor
	lists, at := e.AnswerLists()
	if len(lists) < 2 {
		return
	}
	for i, l := range lists {
		row := widgets.NewItem(e.QuestionTitle(l.Question, l.Entity))
		row.Trail, row.Chosen, row.Tight = a.desk.words().Number(len(l.Results)), i == at, true
		row.OnTap = func() { e.UseAnswers(i) }
		p.add(row)
	}
	p.rule()
}

// leftOut lists what does not count now, to be taken back.
func (a *Answers) leftOut(p *page, now editor.Answers) {
	d := a.desk
	e, w := d.Editor, d.words()
	for _, c := range []struct {
		key, name string
		at        graphstore.Date
	}{{"answers.dated", "trueat", now.TrueAt}, {"answers.known", "knownby", now.KnownBy}} {
		if !c.at.Zero() {
			p.prose(w.Say(c.key, c.name, w.Date(c.at)), widgets.ColorDim).Small = true
		}
	}
	out := e.LeftOut()
	if len(out) == 0 {
		return
	}
	p.head(w.Say("answers.out"), len(out))
	for _, id := range out {
		row := widgets.NewItem(d.Name(id))
		row.Mark, row.Trail = d.Mark(id), w.Say("answers.takeback")
		if c := d.graph().Claim(id); c != nil {
			row.Title = dossier.Sentence(d.graph(), c, d.lang())
		}
		row.OnTap = func() { e.TakeBack(id) }
		p.add(row)
	}
	if now.Question == "" || !now.Fresh {
		return
	}
	changes := 0
	for _, f := range now.Results {
		if f.Change != "" {
			changes++
		}
	}
	text := w.Say("answers.nochange")
	if changes > 0 {
		text = w.Count("answers.change", changes)
	}
	p.prose(text, widgets.ColorDim).Small = true
}

// questions offers what can be asked, with the number of answers.
func (a *Answers) questions(p *page) {
	d := a.desk
	p.prose(d.say("answers.ask"), theme.ColorNameForeground).Bold = true
	d.questionLinks(p)
	if d.Editor.Selected().Len() != 1 {
		p.prose(d.say("answers.hint"), widgets.ColorDim).Small = true
	}
}

// questionLinks adds a link for every question that can be asked now.
func (d *Desk) questionLinks(p *page) {
	for _, q := range dispute.Questions() {
		name := "ask-" + q.Name
		if d.Ready(name) != nil {
			continue
		}
		id := graphstore.ID("")
		if s := d.Editor.Selection(); len(s) == 1 && d.graph().Entity(s[0]) != nil {
			id = s[0]
		}
		row := widgets.NewItem(d.Editor.QuestionTitle(q.Name, id))
		row.Color = theme.ColorNameHyperlink
		if n, known := d.Editor.AnswerCount(q.Name); known {
			row.Trail = d.words().Number(n)
			if n == 0 {
				row.Color = widgets.ColorDim
			}
		}
		row.OnTap = func() { d.Run(name) }
		p.add(row)
	}
}

// waiting says that the answers are being looked for, or that this was stopped.
func (a *Answers) waiting(p *page) {
	d := a.desk
	for _, j := range d.Editor.Jobs() {
		if j.Kind == "ask" {
			p.prose(d.say("answers.asking"), widgets.ColorDim)
			return
		}
	}
	p.prose(d.say("answers.stopped"), widgets.ColorDim)
	p.buttons(widgets.NewButton(d.say("answers.again"), d.Editor.AskAgain))
}

// nothing says that there is no answer, and what can be done.
func (a *Answers) nothing(p *page, now editor.Answers) {
	d := a.desk
	if now.Entity == "" {
		p.prose(d.say("answers.none"), theme.ColorNameForeground)
		return
	}
	p.prose(d.say("answers.none-about", "name", d.Name(now.Entity)), theme.ColorNameForeground)
	p.buttons(widgets.NewButton(d.say("answers.whole"), func() { d.Editor.Ask(now.Question, "") }))
}

// results lists the answers under their headings.
func (a *Answers) results(p *page, now editor.Answers) {
	d := a.desk
	in := map[string]int{}
	for _, f := range now.Results {
		in[f.Group]++
	}
	group := ""
	for i, f := range now.Results {
		if i >= a.most && i > now.Shown {
			more := widgets.NewItem(d.words().Count("inspector.more", len(now.Results)-i))
			more.Color = theme.ColorNameHyperlink
			more.OnTap = func() { a.most = i + 5*answerRows; a.Show() }
			p.add(more)
			return
		}
		if f.Group != group {
			group = f.Group
			p.head(group, in[group])
		}
		a.row(p, i, f, i == now.Shown)
	}
}

// row adds one answer, and its claims where it is open.
func (a *Answers) row(p *page, i int, f editor.Found, chosen bool) {
	d := a.desk
	e := d.Editor
	told := f.Told()
	row := NewAnswerRow(told.Why)
	row.Note, row.Change, row.Chosen, row.Open = told.Change, f.Change, chosen, a.open[i]
	switch f.Change {
	case editor.Appears:
		row.Note = d.say("answers.appears") + ". " + told.Change
	case editor.Disappears:
		row.Note = d.say("answers.disappears") + "."
	}
	row.OnOpen = func(open bool) {
		if open {
			a.open[i] = true
		} else {
			delete(a.open, i)
		}
		a.Show()
	}
	row.OnTap = func() {
		if e.Answers().Shown == i {
			row.OnOpen(!a.open[i])
			return
		}
		e.ShowAnswer(i)
	}
	row.OnKey = func(k *fyne.KeyEvent) { a.key(k.Name) }
	a.rows[i] = row
	p.add(row)
	if chosen {
		a.hidden(p, i)
	}
	if a.open[i] {
		for _, id := range told.Claims {
			if c := d.graph().Claim(id); c != nil {
				p.add(d.claimLink(c))
			}
		}
	}
}

// key does what a key does that a row has no use for.
func (a *Answers) key(k fyne.KeyName) {
	switch k {
	case fyne.KeyEscape:
		a.desk.Editor.Escape()
	case fyne.KeyF7:
		a.desk.Run("nextanswer")
	case fyne.KeyF8:
		a.desk.Run("answers")
	}
}

// hidden offers to show what an answer is about and the view leaves out.
func (a *Answers) hidden(p *page, i int) {
	e := a.desk.Editor
	hidden := e.HiddenOf(i)
	if len(hidden) == 0 {
		return
	}
	show := widgets.NewItem(a.desk.words().Count("answers.hidden", len(hidden)))
	show.Color, show.Indent = theme.ColorNameHyperlink, 14
	show.OnTap = func() { e.Fail(e.RevealAnswer(i)) }
	p.add(show)
}

// claimLink is a row that leads to a claim, titled by its sentence.
func (d *Desk) claimLink(c *graphstore.Claim) *widgets.Item {
	i := widgets.NewItem(dossier.Sentence(d.graph(), c, d.lang()))
	i.Indent, i.Tight = 14, true
	i.Mark = d.positionMark(c.Position)
	i.Color = theme.ColorNameHyperlink
	i.OnTap = func() { d.Editor.Inspect(c.ID) }
	i.OnMenu = func(at fyne.Position) { d.Menu(at, c.ID) }
	return i
}
