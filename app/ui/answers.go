package ui

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"caveat/app/editor"
	"caveat/app/settings"
	"caveat/app/ui/panel"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// answers is where the answers to questions are shown: a list below the inspector, and for how
// positions moved and on what grounds they stand, a chart below the canvas.
type answers struct {
	w       *Window
	list    *panel.Answers
	lanes   *panel.Lanes
	side    *dock // inspector above, list below
	middle  *dock // canvas above, lanes below
	buttons []*iconButton
	serial  int
	shown   int
}

// The shares of the height at first.
const (
	answersShare float32 = 0.52
	lanesShare   float32 = 0.42
)

func newAnswers(w *Window, canvas, inspector fyne.CanvasObject) *answers {
	a := &answers{w: w}
	button := func(icon, action string) *iconButton {
		b := newIconButton(icon, action, func() { w.run(action) })
		a.buttons = append(a.buttons, b)
		return b
	}
	a.list = panel.NewAnswers(w.desk, button("pin", "pinanswers"), button("export", "exportanswers"), newIconButton("close", "clearanswers", a.close))
	a.lanes = panel.NewLanes(w.desk, w.opts.Faces)
	a.side = newDock(inspector, a.list.Root, answersShare)
	a.middle = newDock(canvas, a.lanes.Root, lanesShare)
	s := w.opts.Settings.Now()
	if s.Answers > 0 && s.Answers < 1 {
		a.side.share = s.Answers
	}
	if s.Lanes > 0 && s.Lanes < 1 {
		a.middle.share = s.Lanes
	}
	keep := func() {
		w.remember(func(s *settings.Settings) { s.Answers, s.Lanes = a.side.share, a.middle.share })
	}
	a.side.changed, a.middle.changed = keep, keep
	return a
}

// close drops the list on show; with the last one the panel goes.
func (a *answers) close() {
	a.w.editor.ClearAnswers()
	if lists, _ := a.w.editor.AnswerLists(); len(lists) == 0 {
		a.show(false)
	}
}

// show shows or hides the list.
func (a *answers) show(on bool) {
	a.side.hide(!on)
	if on {
		a.w.showPanel(false, true)
		a.refresh(^editor.Notice(0))
	} else {
		a.hideChart()
		a.w.focusCanvas()
	}
}

func (a *answers) hideChart() {
	a.lanes.Leave()
	a.middle.hide(true)
}

// toggle shows the list where it cannot be seen, else hides it.
func (a *answers) toggle() { a.show(a.side.hidden || a.w.panes.rightHidden) }

// refresh follows the editor.
func (a *answers) refresh(n editor.Notice) {
	e := a.w.editor
	if n&(editor.NoticeTheme|editor.NoticeAnswers|editor.NoticeCase) != 0 {
		for _, b := range a.buttons {
			b.SetToolTip(a.w.tip(b.action))
			b.set(a.w.ready(b.action) == nil)
		}
	}
	if e.Graph() == nil {
		a.side.hide(true)
	}
	if a.side.hidden {
		a.hideChart()
		return
	}
	a.list.Show()
	drawn := e.HasChart()
	if drawn {
		a.middle.hide(false)
	} else {
		a.hideChart()
	}
	if shown := e.Answers().Shown; drawn && (n&editor.NoticeTheme != 0 || a.serial != e.AnswersSerial() || a.shown != shown) {
		a.serial, a.shown = e.AnswersSerial(), shown
		a.lanes.Show()
	}
}

// furtherQuestions offers the questions that are off until they are turned on.
func (w *Window) furtherQuestions(s *widgets.Sheet) *widgets.Chips {
	var chips []widgets.Chip
	for _, q := range dispute.Questions() {
		if q.Off {
			chips = append(chips, widgets.Chip{ID: q.Name, Text: w.editor.QuestionTitle(q.Name, "")})
		}
	}
	c := setting(s, w.say("settings.questions"), widgets.NewChips(false, chips...))
	c.Set(w.opts.Settings.Now().Questions...)
	return c.Chips
}

// exportAnswers asks for format and file of the answers on show.
func (w *Window) exportAnswers() {
	s := w.sheets.New(w.say("answers.export"))
	s.Width = 520
	var formats []widgets.Chip
	for _, f := range w.editor.AnswerFormats() {
		key := "answers." + f
		if !w.words().Has(key) {
			key = "export.format." + f
		}
		formats = append(formats, widgets.Chip{ID: f, Text: w.say(key)})
	}
	format := setting(s, w.say("answers.format"), widgets.NewChips(true, formats...))
	format.Set(formats[0].ID)
	path := widgets.NewEntry()
	path.OnKey = s.Key
	path.SetText(filepath.Join(w.exportFolder(), w.caseName()+"-"+w.say("answers.file")+"."+formats[0].ID))
	fault := widgets.NewProse("", widgets.ColorDisputed)
	fault.Role = "error"
	h := widgets.NewItem(w.say("export.file"))
	h.Color = widgets.ColorDim
	browse := widgets.NewButton(w.say("button.browse-files"), func() {
		w.chooseFile(w.say("export.file"), w.say("button.ok"), filepath.Base(path.Text), true, nil, func(p string) { path.SetText(p) })
	})
	browse.OnKey = s.Key
	s.Add(h, container.New(indent{}, container.NewBorder(nil, nil, nil, browse, path)), fault)
	format.OnChange = func() {
		path.SetText(strings.TrimSuffix(path.Text, filepath.Ext(path.Text)) + "." + format.First())
	}
	s.Button(w.say("button.cancel"), false, s.Cancel)
	s.Button(w.say("button.export"), true, func() {
		p := strings.TrimSpace(path.Text)
		if p == "" || format.First() == "" || !filepath.IsAbs(p) {
			fault.Say(w.say("export.need-path"))
			s.Fit()
			return
		}
		if !strings.EqualFold(filepath.Ext(p), "."+format.First()) {
			p += "." + format.First()
		}
		s.Close()
		w.editor.ExportAnswers(p)
	})
	w.sheets.Show(s, format.Chips)
}

// askItem is a menu item with the questions that can be asked about an entity.
func (w *Window) askItem(id graphstore.ID) *fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, act := range w.menus.table() {
		if q, ok := strings.CutPrefix(act.Name, askPrefix); ok && act.Ready(w.editor) == nil {
			items = append(items, fyne.NewMenuItem(w.editor.QuestionTitle(q, id), func() { w.editor.Ask(q, id) }))
		}
	}
	if len(items) == 0 {
		return nil
	}
	out := fyne.NewMenuItem(w.say("answers.ask-about"), nil)
	out.ChildMenu = fyne.NewMenu("", items...)
	return out
}

// askPrefix starts the names of actions that ask a question.
const askPrefix = "ask-"

// counted adds to the title of a question how many answers it has.
func (w *Window) counted(action, title string) string {
	if q, ok := strings.CutPrefix(action, askPrefix); ok {
		if n, known := w.editor.AnswerCount(q); known {
			return title + "  (" + w.words().Number(n) + ")"
		}
	}
	return title
}

// stateOfAnswers reports the list on show, for tests of the window.
func (w *Window) stateOfAnswers() *StateAnswers {
	a := w.editor.Answers()
	lists, _ := w.editor.AnswerLists()
	return &StateAnswers{Question: a.Question, Count: len(a.Results), Shown: a.Shown, Fresh: a.Fresh, Lists: len(lists), Open: !w.answers.side.hidden, Lanes: !w.answers.middle.hidden, LeftOut: len(w.editor.LeftOut())}
}

// StateAnswers is the list of answers on show.
type StateAnswers struct {
	Question string `json:"question"`
	Count    int    `json:"count"`
	Shown    int    `json:"shown"`
	Fresh    bool   `json:"fresh"`
	Lists    int    `json:"lists"`
	Open     bool   `json:"open"`
	Lanes    bool   `json:"lanes"`
	LeftOut  int    `json:"left_out"`
}
