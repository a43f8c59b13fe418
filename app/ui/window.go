package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"caveat/app/editor"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/ui/graphview"
	"caveat/app/ui/panel"
	"caveat/app/ui/widgets"
	"caveat/app/words"
	"caveat/graphstore"
)

// Options are what a Window needs from outside.
type Options struct {
	App      fyne.App
	Editor   *editor.Editor
	Faces    *typeset.Faces
	Poster   *Poster
	Settings *settings.Store
	Theme    string // overrides the settings for this session
	Width    float32
	Height   float32
	State    string              // path of the state file of the window tests; empty: none
	Log      *graphview.FrameLog // nil: no log
	Software bool                // the driver cannot draw a Shader
}

// Window is Caveat's one window. It has more than twelve fields because it
// is the one place where the parts of the window meet; each part is a type of its own.
type Window struct {
	opts   Options
	win    fyne.Window
	editor *editor.Editor
	desk   *panel.Desk
	sheets *widgets.Sheets
	floats *widgets.Floats

	view      *graphview.View
	outline   *panel.Outline
	inspector *panel.Inspector
	answers   *answers
	panes     *panes
	bar       *topBar
	status    *statusBar
	corner    *corner
	center    *fyne.Container // the panes, or the welcome page

	menus   menus
	context contextMenu
	tick    *fyne.Animation
	ticking bool
	opening *widget.ProgressBarInfinite // of the page on show while a case is being opened,
	opened  *widget.ProgressBar         // or this one where it is known how much is done
	probe   *probe
	closing bool
}

// New builds the window around an editor; Show opens it.
func New(o Options) *Window {
	w := &Window{opts: o, editor: o.Editor}
	w.win = o.App.NewWindow("Caveat")
	w.win.SetPadded(false)
	w.win.SetMaster()
	cv := w.win.Canvas()
	w.sheets = widgets.NewSheets(cv, w.focusCanvas)
	w.floats = widgets.NewFloats()
	w.desk = &panel.Desk{
		Editor: o.Editor, Dark: func() bool { return o.Editor.Theme().Dark }, Browse: w.browse,
		Menu: w.recordMenu, Edit: w.edit, Claim: w.newClaim, Run: w.run, Ready: w.ready,
		Canvas: func() fyne.Canvas { return cv }, Key: w.keyOf, Now: o.Editor.Day,
	}
	w.view = graphview.New(graphview.Options{
		Editor: o.Editor, Faces: o.Faces, Post: o.Poster.Post, Key: w.plainKey, Software: o.Software, Log: o.Log, Hint: w.hint,
	})
	w.outline = panel.NewOutline(w.desk)
	w.inspector = panel.NewInspector(w.desk)
	w.corner = newCorner(w)
	w.answers = newAnswers(w, container.NewStack(w.view, w.corner.layer), w.inspector.Root)
	w.panes = newPanes(w.outline.Root, w.answers.middle, w.answers.side)
	w.panes.changed = w.keepWidths
	w.bar = newTopBar(w)
	w.status = newStatusBar(w)
	w.center = container.NewStack()
	page := container.NewBorder(w.bar.root, w.status.root, nil, nil, w.center)
	w.win.SetContent(fynetooltip.AddWindowToolTipLayer(container.NewStack(page, w.floats.Layer), cv))
	w.restoreSizes()
	w.listen()
	return w
}

func (w *Window) words() *words.Table { return w.editor.Words() }

func (w *Window) say(key string, pairs ...string) string { return w.words().Say(key, pairs...) }

// listen connects editor, keys and system.
func (w *Window) listen() {
	w.editor.OnNotice(w.notice)
	w.editor.OnAsk(w.ask)
	w.editor.OnMenu(w.canvasMenu)
	cv := w.win.Canvas()
	cv.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if w.sheets.Top() != nil {
			w.sheets.Top().Key(e)
			return
		}
		w.view.TypedKey(e)
	})
	cv.AddShortcut(&fyne.ShortcutCut{}, func(s fyne.Shortcut) {
		if c, ok := s.(*fyne.ShortcutCut); ok && c.Secondary { // Shift+Delete comes as this
			w.run("delete")
		}
	})
	cv.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEqual, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { w.run("zoomin") })
	cv.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { w.run("redo") })
	w.win.SetCloseIntercept(w.Close)
	w.win.SetOnDropped(func(_ fyne.Position, list []fyne.URI) {
		if len(list) > 0 {
			w.editor.OpenFile(list[0].Path(), false)
		}
	})
	w.opts.App.Settings().AddListener(func(fyne.Settings) {
		w.applyTheme()
		w.notice(editor.NoticeTheme | editor.NoticeScene)
	})
	w.tick = fyne.NewAnimation(time.Hour, func(float32) {
		if w.editor.Animating() {
			w.editor.Tick(time.Now())
			w.opts.Poster.run() // the frame that is about to be drawn shows it, and its picture is painted meanwhile
		} else {
			w.ticking = false
			w.tick.Stop()
		}
	})
	w.tick.RepeatCount = fyne.AnimationRepeatForever
}

// Show opens the window and runs until it is closed, by Close as a rule. Where the driver ends without asking, the case is closed after it.
func (w *Window) Show() {
	w.applyTheme()
	w.notice(^editor.Notice(0))
	if w.opts.State != "" {
		w.probe = newProbe(w, w.opts.State)
	}
	w.opts.App.Lifecycle().SetOnStarted(func() {
		w.opts.Poster.Start()
		w.opts.Log.Start()
		w.focusCanvas()
		w.probe.start()
	})
	w.opts.App.Lifecycle().SetOnExitedForeground(func() { w.opts.Poster.Post(w.view.Leave) }) // another window may lie above by now
	w.win.ShowAndRun()
	w.end()
}

// focusCanvas gives the keyboard to the canvas, if it is on show.
func (w *Window) focusCanvas() {
	if w.menus.center == "case" && w.sheets.Top() == nil {
		w.win.Canvas().Focus(w.view)
	}
}

// Close saves what is pending, ends what runs, and closes the window.
func (w *Window) Close() {
	w.win.Hide() // what runs may take a moment to end
	if w.end() {
		w.win.SetCloseIntercept(nil)
		w.win.Close()
	}
}

// end saves what is pending and ends what runs, once; it reports whether that was now.
func (w *Window) end() bool {
	if w.closing {
		return false
	}
	w.closing = true
	w.keepSizes()
	err := w.editor.Close()
	w.view.Close()
	w.probe.stop()
	w.opts.Poster.Stop()
	if err != nil {
		fyne.LogError("closing the case", err)
	}
	return true
}

// applyTheme gives the canvas the colours of the widgets.
func (w *Window) applyTheme() {
	t := sceneTheme(w.themeChoice(), w.opts.App.Settings().ThemeVariant())
	if w.editor.Theme().Name != t.Name {
		w.editor.SetTheme(t)
	}
}

func (w *Window) themeChoice() string {
	if w.opts.Theme != "" {
		return w.opts.Theme
	}
	return w.opts.Settings.Now().Theme
}

// setTheme remembers and shows another theme.
func (w *Window) setTheme(choice string) {
	w.opts.Theme = ""
	w.remember(func(s *settings.Settings) { s.Theme = choice })
	w.opts.App.Settings().SetTheme(NewTheme(choice))
}

// setLanguage remembers and shows another language.
func (w *Window) setLanguage(lang string) {
	t, err := words.Load(lang)
	if err != nil {
		w.editor.Fail(err)
		return
	}
	w.remember(func(s *settings.Settings) { s.Lang = lang })
	w.editor.SetWords(t)
}

func (w *Window) remember(f func(*settings.Settings)) {
	if err := w.opts.Settings.Change(f); err != nil {
		w.editor.Tell(err.Error())
	}
}

// Parts of the editor each part of the window shows.
const (
	panelNotices = editor.NoticeCase | editor.NoticeGraph | editor.NoticeView | editor.NoticeSelection | editor.NoticeTheme
	menuNotices  = panelNotices | editor.NoticeJobs | editor.NoticeAnswers
)

// notice follows the editor; it is called at most once a turn.
func (w *Window) notice(n editor.Notice) {
	if w.closing {
		return
	}
	if n&(editor.NoticeCase|editor.NoticeJobs|editor.NoticeTheme) != 0 {
		w.showCenter()
	}
	w.view.Update(n)
	if n&panelNotices != 0 || n&editor.NoticeAnswers != 0 && w.inspector.Asking {
		w.inspector.Show()
	}
	if n&(panelNotices&^editor.NoticeSelection) != 0 {
		w.outline.Show()
		w.bar.refresh()
	}
	if n&editor.NoticeFound != 0 {
		w.bar.search.Again()
	}
	w.corner.refresh(n)
	if n&menuNotices != 0 {
		w.answers.refresh(n)
		w.menus.refresh(w)
		w.bar.ready()
		w.win.SetTitle(w.title())
	}
	if n&^(editor.NoticeHover|editor.NoticeOverlay|editor.NoticeCamera) != 0 {
		w.status.refresh()
	}
	if w.editor.Animating() && !w.ticking {
		w.ticking = true // started twice it would run twice
		w.tick.Start()
	}
}

// title names the case, with a mark while something is not on disk.
func (w *Window) title() string {
	c := w.editor.Case()
	if c == nil {
		return w.say("app.name")
	}
	t := c.Title
	if c.Unsaved {
		t = "• " + t + " (" + w.say("status.unsaved") + ")"
	}
	if c.ReadOnly && !c.Drawing {
		t += " [" + w.say("status.readonly") + "]"
	}
	return t + " – " + w.say("app.name")
}

// hint is the full text of what the pointer is over.
func (w *Window) hint(id string) string {
	g := w.editor.Graph()
	rid := graphstore.ID(id)
	if g == nil || g.Record(rid) == nil {
		if n, ok := w.editor.Scene().Node(rid); ok {
			return w.editor.Scene().Name(n)
		}
		return id
	}
	name := w.desk.Name(rid)
	e := g.Entity(rid)
	if e == nil {
		return name
	}
	for _, n := range e.Names { // the longest name explains the short one on the canvas
		if len(n.Text) > len(name) && (n.Lang == "" || strings.HasPrefix(n.Lang, w.words().Lang())) {
			name = n.Text
		}
	}
	if k := g.Schema().Kind(e.Kind); k != nil {
		name += " · " + k.Label.In(w.words().Lang())
	}
	return name
}

// restoreSizes gives window and panels the sizes of last time.
func (w *Window) restoreSizes() {
	s := w.opts.Settings.Now()
	width, height := w.opts.Width, w.opts.Height
	if width == 0 {
		width, height = s.Width, s.Height
	}
	if width < 640 || height < 400 {
		width, height = 1280, 800
	}
	w.panes.leftWidth, w.panes.rightWidth = min(max(width*.17, 178), 230), min(max(width*.25, 264), 340)
	if s.Outline.Width > 0 {
		w.panes.leftWidth = max(leastSide, s.Outline.Width*width)
	}
	if s.Inspector.Width > 0 {
		w.panes.rightWidth = max(leastSide, s.Inspector.Width*width)
	}
	w.panes.leftHidden, w.panes.rightHidden = s.Outline.Hidden, s.Inspector.Hidden
	w.win.Resize(fyne.NewSize(width, height))
	w.win.CenterOnScreen()
}

func (w *Window) keepWidths() {
	width := w.win.Canvas().Size().Width
	if width <= 0 {
		return
	}
	w.remember(func(s *settings.Settings) {
		s.Outline = settings.Panel{Hidden: w.panes.leftHidden, Width: w.panes.leftWidth / width}
		s.Inspector = settings.Panel{Hidden: w.panes.rightHidden, Width: w.panes.rightWidth / width}
	})
}

func (w *Window) keepSizes() {
	size := w.win.Canvas().Size()
	w.remember(func(s *settings.Settings) { s.Width, s.Height = size.Width, size.Height })
	w.keepWidths()
}
