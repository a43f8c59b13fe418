package editor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"caveat/app/document"
	"caveat/app/geom"
	"caveat/app/plan"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
	"caveat/graphstore/exchange"
	"caveat/graphstore/exchange/bundle"
	"caveat/graphstore/exchange/edgelist"
	"caveat/graphstore/search"
)

// Extension ends the name of a case file.
const Extension = ".caveat"

// openCase is the case on show: a document with its store, or an edge list
// drawn without one.
type openCase struct {
	path       string
	title      string
	store      *cayleystore.Store
	doc        *document.Document // nil for an edge list
	edges      *edgeList
	found      found // in a drawing
	part       drawnPart
	steps      drawnSteps
	readOnly   bool
	view       graphstore.ID                           // of the current view
	home       map[graphstore.ID]geom.Point            // where a node stands that the view says nothing about
	homeTurn   int                                     // counts the maps that home was
	homes      map[string]map[graphstore.ID]geom.Point // home by how the view is laid out: undo leads back
	homeOf     map[state]map[graphstore.ID]geom.Point  // by states of the view that were laid out otherwise than the next
	laid       string                                  // how the view is laid out that home was last recalled for
	local      *graphstore.View                        // instead of the stored view where nothing may be written
	layoutTime time.Duration
	tally      *Tally // nil: not counted yet
	counting   *Tally // what a job counts: of what, without figures
	marks      marks
	groups     groupings
	bundle     bundleState
	guiding    guiding
	previews   *previewRun // the one that is shown; nil: none
	sceneDue   bool        // the scene on show is of another graph or view than those of now
	later      []func()    // to be run when it no longer is
}

// Case is what the window's title says.
type Case struct {
	Title    string
	Path     string // empty for an edge list not yet saved
	ReadOnly bool
	Drawing  bool // an edge list, not a case
	Unsaved  bool
}

// Case returns the open case, or nil.
func (e *Editor) Case() *Case {
	if e.open == nil {
		return nil
	}
	c := &Case{Title: e.open.title, Path: e.open.path, ReadOnly: e.open.readOnly, Drawing: e.open.doc == nil}
	if e.open.doc != nil {
		c.Unsaved = e.open.doc.State().Pending > 0
		if t := e.open.doc.Graph().Header().Title; t != "" {
			c.Title = t
		}
	}
	return c
}

// Graph returns the graph on show, or nil without a case.
func (e *Editor) Graph() *graphstore.Graph {
	if e.open == nil || e.open.doc == nil {
		return nil
	}
	return e.open.doc.Graph()
}

// canEdit reports whether the case takes edits.
func (e *Editor) canEdit() bool { return e.open != nil && e.open.doc != nil && !e.open.readOnly }

// loaded is what opening a case brings back from its goroutine.
type loaded struct {
	path  string
	store *cayleystore.Store
	graph *graphstore.Graph
	rev   graphstore.Revision
	undo  graphstore.UndoStack
	index *search.Index
	scene *scene.Scene
	homes map[graphstore.ID]geom.Point // of nodes that the view has no place for
	tally *Tally
	took  time.Duration
	view  graphstore.ID
	left  settings.Stand // how the case was left
	ro    bool
}

// OpenSample opens a built-in case: the user's working copy of it, made at
// the first time.
func (e *Editor) OpenSample(name string) {
	path := filepath.Join(e.opts.Dir, "cases", name+Extension)
	schema := e.opts.Schema
	e.openWith("open", path, func(ctx context.Context) (*cayleystore.Store, error) {
		if _, err := os.Stat(path); err == nil {
			return cayleystore.Open(path, schema, cayleystore.Options{})
		}
		g, err := SampleGraph(ctx, name, schema)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("making the folder for the built-in cases: %w", err)
		}
		return cayleystore.Create(path, schema, g)
	}, false)
}

// SampleGraph reads a built-in case.
func SampleGraph(ctx context.Context, name string, schema *graphstore.Schema) (*graphstore.Graph, error) {
	raw, err := assets.Sample(name)
	if err != nil {
		return nil, err
	}
	im, err := bundle.Format().Read(ctx, bytes.NewReader(raw), exchange.ReadOptions{})
	if err != nil {
		return nil, fmt.Errorf("reading the built-in case %s: %w", name, err)
	}
	empty := graphstore.NewGraph(schema)
	d, _, err := im.Diff(empty, exchange.MergeOptions{})
	if err != nil {
		return nil, err
	}
	return empty.Apply(d)
}

// OpenFile opens a case file, or an edge list as a drawing.
func (e *Editor) OpenFile(path string, readOnly bool) {
	if edgelist.HasName(path) {
		e.openEdges(path)
		return
	}
	schema := e.opts.Schema
	e.openWith("open", path, func(context.Context) (*cayleystore.Store, error) {
		return cayleystore.Open(path, schema, cayleystore.Options{ReadOnly: readOnly})
	}, readOnly)
}

// NewCase makes an empty case file and opens it.
func (e *Editor) NewCase(path, title string) {
	if filepath.Ext(path) == "" {
		path += Extension
	}
	if title == "" {
		title = strings.TrimSuffix(filepath.Base(path), Extension)
	}
	schema := e.opts.Schema
	e.openWith("open", path, func(context.Context) (*cayleystore.Store, error) {
		g, err := graphstore.NewGraph(schema).Apply(&graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{After: &graphstore.Header{Title: title}}})
		if err != nil {
			return nil, err
		}
		return cayleystore.Create(path, schema, g)
	}, false)
}

// Repair copies what can be read of a damaged case to a new file and opens that.
func (e *Editor) Repair(path, to string) {
	schema := e.opts.Schema
	e.openWith("open", to, func(ctx context.Context) (*cayleystore.Store, error) {
		if _, err := cayleystore.Repair(ctx, path, to, schema); err != nil {
			return nil, err
		}
		return cayleystore.Open(to, schema, cayleystore.Options{})
	}, false)
}

// openWith closes the open case, then opens, loads, indexes and lays out another on a
// goroutine. On failure the welcome page or a question comes back, and the case open before is opened again by nobody: it was saved.
func (e *Editor) openWith(kind, path string, open func(context.Context) (*cayleystore.Store, error), readOnly bool) {
	if e.open != nil && e.open.path == path && path != "" {
		return
	}
	if err := e.CloseCase(); err != nil {
		e.Fail(err)
		return
	}
	lang := e.Words().Lang()
	now, left := e.opts.Now(), e.standOf(path)
	e.start(kind, e.Words().Say("job.open", "name", filepath.Base(path)), func(ctx context.Context, progress func(float64)) (func(), error) {
		store, err := open(ctx)
		if err != nil {
			return func() { e.openFailed(path, err) }, nil
		}
		l := &loaded{path: path, store: store, ro: readOnly, left: left}
		if err := l.load(ctx, lang, now); err != nil {
			_ = store.Close()
			return func() { e.openFailed(path, err) }, nil
		}
		if ctx.Err() != nil {
			_ = store.Close()
			return nil, ctx.Err()
		}
		return func() { e.install(l) }, nil
	})
}

// load reads everything and makes the first scene.
func (l *loaded) load(ctx context.Context, lang string, now time.Time) error {
	var err error
	if l.graph, l.rev, err = l.store.Load(ctx); err != nil {
		return err
	}
	if l.undo, err = document.LoadUndo(ctx, l.store); err != nil {
		return err
	}
	l.index = search.New(l.graph)
	view := viewOf(l.graph, l.left)
	l.view = view.ID
	s := scene.FromGraph(l.graph, scene.Options{View: view, Lang: lang, At: now})
	began := time.Now()
	pos, err := plan.Places(ctx, s, view, l.graph, nil)
	l.took = time.Since(began)
	if err != nil {
		return err
	}
	l.scene = s.WithPositions(pos)
	l.scene.MakeIndex()
	l.homes = plan.Homeless(l.scene, view, nil)
	l.tally = newTally(l.graph, view)
	return nil
}

// openFailed offers what can work instead.
func (e *Editor) openFailed(path string, err error) {
	e.changed(NoticeCase)
	locked := errors.Is(err, graphstore.ErrLocked)
	damaged := errors.Is(err, graphstore.ErrDamaged)
	fixed := errors.Is(err, graphstore.ErrReadOnly)
	if locked || damaged || fixed {
		e.message = Message{Text: err.Error(), Err: err, At: e.opts.Now()}
		e.changed(NoticeMessage)
		// A locked file cannot even be read: bbolt locks for one writer or many readers.
		e.asks(OpenAsk{Path: path, Err: err, ReadOnly: fixed || damaged, Repair: damaged})
		return
	}
	e.Fail(err)
}

// install shows a loaded case.
func (e *Editor) install(l *loaded) {
	doc := document.New(l.graph, l.rev, l.store, document.Options{
		Post: e.opts.Post, By: e.user(), Now: e.opts.Now, ReadOnly: l.ro, Undo: l.undo, Unwritten: &e.unwritten,
	})
	e.open = &openCase{path: l.path, title: strings.TrimSuffix(filepath.Base(l.path), Extension), store: l.store, doc: doc, readOnly: l.ro, view: l.view, home: map[graphstore.ID]geom.Point{}, layoutTime: l.took, tally: l.tally}
	e.open.settleHome(e.View(), l.homes, l.homes, e.open.homeTurn)
	doc.Subscribe(e.onEvent)
	e.index = l.index
	e.showScene(l.scene)
	e.standAgain(l.left)
	if e.opts.Settings != nil {
		if err := e.opts.Settings.Change(func(s *settingsValue) { s.Visit(l.path) }); err != nil {
			e.Tell(err.Error())
		}
	}
	e.markContradictions(nil, nil)
	if e.Grouped() { // drawn at once, grouped a moment later
		e.rebuildScene()
	}
}

// showScene starts afresh on another scene.
func (e *Editor) showScene(s *scene.Scene) {
	e.scene = s
	e.labels = new(scene.LabelMemory)
	e.selection, e.places, e.paths, e.gesture, e.motion = selection{hover: nowhere}, places{}, pathState{}, gesture{}, motion{}
	e.setCamera(e.fitAll(s))
	e.fitted = true
	e.changed(NoticeCase | NoticeGraph | NoticeView | NoticeSelection | NoticeCamera | NoticeScene)
}

func (e *Editor) user() string {
	if e.opts.Settings != nil && e.opts.Settings.Now().User != "" {
		return e.opts.Settings.Now().User
	}
	if u := os.Getenv("USER"); u != "" {
		return u
	}
	return os.Getenv("USERNAME")
}

// CloseCase ends the jobs, waits until every edit is on disk and closes the file.
func (e *Editor) CloseCase() error {
	e.stopJobs()
	if e.open == nil {
		return nil
	}
	e.rememberStand()
	var errs []error
	if e.open.doc != nil {
		errs = append(errs, e.open.doc.Close(context.Background()))
	}
	if e.open.store != nil {
		errs = append(errs, e.open.store.Close())
	}
	e.open, e.index = nil, nil
	e.spendMemory()
	e.showScene(scene.FromEdges(nil, nil))
	return errors.Join(errs...)
}

// onEvent follows a step of the document.
func (e *Editor) onEvent(ev document.Event) {
	e.changed(NoticeCase)
	if ev.Before == ev.After {
		return // a write only
	}
	e.settle()
	e.open.groups.carry(ev)
	if ev.Diff != nil {
		e.index = e.index.Update(ev.Before, ev.After, ev.Diff)
		e.open.tally.follow(ev.Before, ev.After, ev.Diff)
		if e.heavy(ev.After, ev.Diff) {
			e.rebuildScene()
		} else {
			e.updateScene(ev.Diff)
		}
	} else {
		e.index = search.New(ev.After)
		e.rebuildScene()
	}
	e.dropMissing(ev.Diff)
	e.paths.stale(e)
	e.carryAnswers(ev)
	e.changed(NoticeGraph | NoticeView | NoticeScene)
	e.markContradictions(ev.Before, ev.Diff)
	e.Fail(ev.Err)
}

// sceneOptions says how the case of now is drawn; groups are not worked out yet.
func (e *Editor) sceneOptions() scene.Options {
	o := scene.Options{View: e.View(), Lang: e.Words().Lang(), At: e.opts.Now()}
	if sizes := e.sizes; sizes != nil {
		o.Size = func(id graphstore.ID) float32 { return sizes[id] }
	}
	if clusters := e.clusters; clusters != nil {
		o.Cluster = func(id graphstore.ID) int { return clusters[id] }
	}
	if m := e.open.marks.now; m != nil {
		o.Contradicted = m.Has // of now: a job may ask it later
	}
	return o
}
