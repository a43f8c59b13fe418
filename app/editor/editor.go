package editor

import (
	"sync"
	"sync/atomic"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
	"caveat/graphstore/search"
)

// Notice says which parts of the editor changed since the last one.
type Notice uint

// The parts a Notice can name.
const (
	NoticeCase Notice = 1 << iota // another case, or none
	NoticeGraph
	NoticeView // what is shown, or its saved views
	NoticeSelection
	NoticeCamera
	NoticeHover
	NoticeOverlay // rubber band or wire
	NoticeScene   // what the canvas draws
	NoticeJobs
	NoticeMessage
	NoticeTheme   // theme or language
	NoticeAnswers // answers, their counts, or what they leave out
	NoticeFound   // what was searched for in a large drawing
)

// Options are what an editor needs from outside. Post runs a function on the owner
// goroutine soon, never at once. Dir is the folder for settings and the samples' working copies.
type Options struct {
	Post     func(func())
	Words    *words.Table
	Settings *settings.Store
	Faces    *typeset.Faces
	Schema   *graphstore.Schema
	Dir      string
	Now      func() time.Time // nil is time.Now
}

// Editor is the application without its window. All methods belong to the owner
// goroutine. It has more than twelve fields because it is the one place where the
// application's state meets; each group has its own file.
type Editor struct {
	opts   Options
	theme  *scene.Theme
	notify func(Notice)
	ask    func(Ask)
	menu   func(at geom.Point, t scene.Target)
	due    Notice // collected in this turn
	posted bool

	open   *openCase // nil: the welcome page
	scene  *scene.Scene
	labels *scene.LabelMemory
	sizes  map[graphstore.ID]float32 // of nodes by the measure on show, 0 … 1; nil: by claims
	// clusters are the numbers of the clusters on show by entity, the largest 1; nil: none.
	clusters map[graphstore.ID]int
	index    *search.Index
	// indexing is the scene whose index for the pointer is being made, or was last.
	indexing *scene.Scene

	camera    scene.Camera
	width     float32 // of the canvas, in units
	height    float32
	covered   geom.Point // width and height of what lies on the lower left corner
	fitted    bool       // the camera still shows the whole; a resize fits again
	motion    motion
	places    places
	selection selection
	gesture   gesture
	paths     pathState
	asking    asking

	jobs    jobTable
	message Message
	closed  bool
	running sync.WaitGroup
	// unwritten counts the edits of all cases that are not on disk yet.
	unwritten atomic.Int64
	garbage   int // usual percentage of the collector; 0: as it is
}

// New returns an editor without a case.
func New(o Options) *Editor {
	if o.Now == nil {
		o.Now = time.Now
	}
	e := &Editor{opts: o, theme: scene.Light(), labels: new(scene.LabelMemory)}
	e.scene = scene.FromEdges(nil, nil)
	e.camera = scene.Camera{Zoom: 1}
	e.selection.hover = nowhere
	return e
}

// OnNotice sets who hears of changes; at most once a turn.
func (e *Editor) OnNotice(f func(Notice)) { e.notify = f }

// OnAsk sets who shows forms and questions.
func (e *Editor) OnAsk(f func(Ask)) { e.ask = f }

// OnMenu sets who shows the context menu, at a point of the canvas in units.
func (e *Editor) OnMenu(f func(at geom.Point, t scene.Target)) { e.menu = f }

// Words returns the texts of the user's language.
func (e *Editor) Words() *words.Table { return e.opts.Words }

// SetWords changes the language.
func (e *Editor) SetWords(w *words.Table) {
	e.opts.Words = w
	e.rebuildScene()
	e.changed(NoticeTheme | NoticeScene)
}

// Theme returns the colours of the canvas.
func (e *Editor) Theme() *scene.Theme { return e.theme }

// SetTheme changes the colours of the canvas.
func (e *Editor) SetTheme(t *scene.Theme) {
	e.theme = t
	e.changed(NoticeTheme | NoticeScene)
}

// themeNamed returns light, dark or contrast; the theme on screen for any other name.
func (e *Editor) themeNamed(name string) *scene.Theme {
	switch name {
	case "light":
		return scene.Light()
	case "dark":
		return scene.Dark()
	case "contrast":
		return scene.HighContrast()
	}
	return e.theme
}

// Settings returns what is remembered between sessions.
func (e *Editor) Settings() *settings.Store { return e.opts.Settings }

// Scene returns what the canvas draws: an immutable value.
func (e *Editor) Scene() *scene.Scene { return e.scene }

// changed collects a notice for the end of this turn.
func (e *Editor) changed(n Notice) {
	e.due |= n
	if e.posted || e.closed {
		return
	}
	e.posted = true
	e.opts.Post(func() {
		if e.due&(NoticeCase|NoticeGraph|NoticeView|NoticeSelection|NoticeTheme|NoticeAnswers) != 0 {
			e.followAnswers()
		}
		e.followBundles()
		n := e.due
		e.due, e.posted = 0, false
		if e.notify != nil && !e.closed {
			e.notify(n)
		}
	})
}

// Unwritten returns how many edits are not on disk yet; on any goroutine.
func (e *Editor) Unwritten() int { return int(e.unwritten.Load()) }

// Close ends all jobs, waits for them, saves what is pending and closes the
// case. The editor is of no use afterwards.
func (e *Editor) Close() error {
	err := e.CloseCase()
	e.closed = true
	e.running.Wait()
	return err
}

// Message is something to tell the user: Err says what happened and what to do.
type Message struct {
	Text string
	Err  error
	At   time.Time
}

// Message returns the last thing told.
func (e *Editor) Message() Message { return e.message }

// Tell shows text to the user in the status bar.
func (e *Editor) Tell(text string) {
	e.message = Message{Text: text, At: e.opts.Now()}
	e.changed(NoticeMessage)
}

// Fail shows an error to the user; nil is no error.
func (e *Editor) Fail(err error) {
	if err == nil {
		return
	}
	e.message = Message{Text: err.Error(), Err: err, At: e.opts.Now()}
	e.changed(NoticeMessage)
	e.asks(ShowError{err})
}

// Ask is a form or a question that the window should show: one of the
// types below.
type Ask interface{ isAsk() }

// NewClaimAsk opens the claim form; To may be an entity, a claim or empty.
type NewClaimAsk struct{ From, To graphstore.ID }

// NewEntityAsk opens the entity form for a node at a point in drawing units.
type NewEntityAsk struct{ At geom.Point }

// NewDocumentAsk opens the form of a document that no claim cites yet.
type NewDocumentAsk struct{}

// EditAsk opens the form of a record.
type EditAsk struct{ ID graphstore.ID }

// ExpandAsk asks before Count entities are added to the view.
type ExpandAsk struct {
	ID    graphstore.ID
	Count int
}

// DeleteAsk asks before records and the claims that fall with them are deleted.
type DeleteAsk struct {
	IDs    []graphstore.ID
	Claims int
}

// OpenAsk asks what to do with a file that could not be opened for writing:
// read-only or repair, where that can work.
type OpenAsk struct {
	Path             string
	Err              error
	ReadOnly, Repair bool
}

// ChooseAsk opens one of the window's own dialogs by name: open, new, import, export, settings, keys, find, palette, save-as, save-view, about, answers, toggleanswers, exportanswers.
type ChooseAsk struct{ What string }

// ShowError shows an error.
type ShowError struct{ Err error }

func (NewClaimAsk) isAsk()    {}
func (NewEntityAsk) isAsk()   {}
func (NewDocumentAsk) isAsk() {}
func (EditAsk) isAsk()        {}
func (ExpandAsk) isAsk()      {}
func (DeleteAsk) isAsk()      {}
func (OpenAsk) isAsk()        {}
func (ChooseAsk) isAsk()      {}
func (ShowError) isAsk()      {}

func (e *Editor) asks(a Ask) {
	if e.ask != nil {
		e.ask(a)
	}
}
