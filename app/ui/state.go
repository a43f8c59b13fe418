package ui

import (
	"bytes"
	"encoding/json"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"caveat/app/editor"
	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/ui/widgets"
	"caveat/graphstore"
)

// probe writes the state of the window to a file whenever it changes, for
// the tests that drive the window from outside.
type probe struct {
	w     *Window
	path  string
	last  []byte
	timer *time.Timer
	ended bool
	crisp bool // at the last look: since then a frame has been drawn
}

// probeEvery is how often the state is looked at.
const probeEvery = 40 * time.Millisecond

func newProbe(w *Window, path string) *probe { return &probe{w: w, path: path} }

func (p *probe) start() {
	if p == nil || p.ended {
		return
	}
	p.write()
	p.timer = time.AfterFunc(probeEvery, func() { p.w.opts.Poster.Post(p.start) })
}

func (p *probe) stop() {
	if p == nil {
		return
	}
	p.ended = true
	if p.timer != nil {
		p.timer.Stop()
	}
}

func (p *probe) write() {
	s := p.w.state()
	s.Crisp, p.crisp = s.Crisp && p.crisp, s.Crisp
	b, err := json.Marshal(s)
	if err != nil || bytes.Equal(b, p.last) {
		return
	}
	p.last = b
	if os.WriteFile(p.path+".tmp", b, 0o644) == nil {
		_ = os.Rename(p.path+".tmp", p.path) // the next change tries again
	}
}

// State is what the state file says. Places are device pixels in the window.
type State struct {
	Title     string                 `json:"title"`
	Status    editor.Status          `json:"status"`
	Theme     string                 `json:"theme"`
	Lang      string                 `json:"lang"`
	Scale     float32                `json:"scale"`
	Zoom      float32                `json:"zoom"`
	Camera    geom.Point             `json:"camera"`
	Canvas    StateBox               `json:"canvas"`
	Crisp     bool                   `json:"crisp"` // the picture on show is of the camera of now
	Idle      bool                   `json:"idle"`
	Selection []graphstore.ID        `json:"selection"`
	Inspected graphstore.ID          `json:"inspected"`
	Hover     graphstore.ID          `json:"hover"`
	Lit       int                    `json:"lit"` // records that stand out from faded ones
	Paths     int                    `json:"paths"`
	Band      bool                   `json:"band"`
	Wire      bool                   `json:"wire"`
	Message   string                 `json:"message"`
	Focus     string                 `json:"focus"`
	Dialogs   []string               `json:"dialogs"`
	Jobs      []string               `json:"jobs"`
	Nodes     []StateNode            `json:"nodes"`
	Edges     []StateEdge            `json:"edges"`
	Groups    []StateGroup           `json:"groups,omitempty"`
	Answers   *StateAnswers          `json:"answers"`
	Texts     map[string][]StateText `json:"texts"` // by part of the window
}

// StateBox is a box in the window.
type StateBox struct {
	X float32 `json:"x"`
	Y float32 `json:"y"`
	W float32 `json:"w"`
	H float32 `json:"h"`
}

// StateNode is a node on the canvas.
type StateNode struct {
	ID   graphstore.ID `json:"id"`
	Name string        `json:"name"`
	X    float32       `json:"x"`
	Y    float32       `json:"y"`
	R    float32       `json:"r"`
	Pin  bool          `json:"pin,omitempty"`
}

// StateEdge is the middle of a claim on the canvas.
type StateEdge struct {
	ID graphstore.ID `json:"id"`
	X  float32       `json:"x"`
	Y  float32       `json:"y"`
}

// StateGroup is a group of the view, with a place on its ground where nothing else is; none if it is folded or
// nothing of it is shown.
type StateGroup struct {
	Key    string  `json:"key"`
	Label  string  `json:"label"`
	Folded bool    `json:"folded,omitempty"`
	Nodes  int     `json:"nodes"` // on its ground
	X      float32 `json:"x"`
	Y      float32 `json:"y"`
}

// StateText is a piece of what a panel shows.
type StateText struct {
	Role string `json:"role"`
	Text string `json:"text"`
	StateBox
	Focused bool `json:"focused,omitempty"`
	Off     bool `json:"off,omitempty"`
	Hidden  bool `json:"hidden,omitempty"` // scrolled out of sight
}

// stateMost bounds the nodes and edges in the state file.
const stateMost = 2000

func (w *Window) state() *State {
	e := w.editor
	cv := w.win.Canvas()
	sc := cv.Scale()
	s := &State{
		Title: w.win.Title(), Status: e.Status(), Theme: e.Theme().Name, Lang: w.words().Lang(), Scale: sc,
		Zoom: e.Camera().Zoom, Camera: e.Camera().Center, Crisp: w.view.Crisp(), Idle: e.Idle(),
		Selection: e.Selection(), Inspected: e.Inspected(), Hover: e.Hover().ID, Message: e.Message().Text,
		Texts: map[string][]StateText{}, Answers: w.stateOfAnswers(),
	}
	o := e.Overlay()
	s.Band, s.Wire = o.Band != nil, o.Wire != nil
	paths, _ := e.Paths()
	s.Paths = len(paths)
	s.Lit = e.Look(1, 1, 1).Highlight.Len()
	for _, j := range e.Jobs() {
		s.Jobs = append(s.Jobs, j.Kind)
	}
	for _, d := range w.sheets.All() {
		s.Dialogs = append(s.Dialogs, d.Title)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.view)
	s.Canvas = StateBox{at.X * sc, at.Y * sc, w.view.Size().Width * sc, w.view.Size().Height * sc}
	w.stateOfCanvas(s, at, sc)
	drv := fyne.CurrentApp().Driver()
	collect := func(part string, o fyne.CanvasObject) {
		if o != nil {
			c := collector{scale: sc, canvas: cv.Size()}
			c.walk(o, drv.AbsolutePositionForObject(o), StateBox{0, 0, cv.Size().Width, cv.Size().Height})
			s.Texts[part] = c.out
			if c.focus != "" {
				s.Focus = c.focus
			}
		}
	}
	if w.view.Focused() {
		s.Focus = "canvas"
	}
	collect("bar", w.bar.root)
	collect("status", w.status.root)
	collect("center", w.center)
	collect("floats", w.floats.Layer)
	if top := w.sheets.Top(); top != nil {
		collect("sheet", top.Object())
	}
	for _, p := range w.contextParts() {
		s.Texts["menu"] = append(s.Texts["menu"], textOf(p.Part, p.at, sc))
	}
	return s
}

func (w *Window) stateOfCanvas(s *State, at fyne.Position, sc float32) {
	e := w.editor
	scn := e.Scene()
	for n := int32(0); int(n) < min(scn.Len(), stateMost); n++ {
		p := e.ToCanvas(scn.NodePoint(n))
		s.Nodes = append(s.Nodes, StateNode{scn.ID(n), scn.Name(n), (p.X + at.X) * sc, (p.Y + at.Y) * sc, scn.RadiusAt(n, e.Camera().Zoom) * e.Camera().Zoom * sc, scn.Pinned(n)})
	}
	w.stateOfGroups(s, at, sc)
	if e.Graph() == nil {
		return // its edges have no ids
	}
	for k := int32(0); int(k) < min(scn.EdgeCount(), stateMost); k++ {
		for _, id := range scn.ClaimsOf(k) {
			if p, ok := scn.ClaimPoint(id); ok {
				q := e.ToCanvas(p)
				s.Edges = append(s.Edges, StateEdge{id, (q.X + at.X) * sc, (q.Y + at.Y) * sc})
			}
		}
	}
}

// stateOfGroups looks for a free place on the ground of each group.
func (w *Window) stateOfGroups(s *State, at fyne.Position, sc float32) {
	e := w.editor
	gr := e.Scene().Grouping()
	if gr == nil || e.Scene().Len() > stateMost {
		return
	}
	count := make([]int, len(gr.Groups))
	for n := range int32(e.Scene().Len()) {
		if g := e.Scene().GroupOf(n); g >= 0 {
			count[g]++
		}
	}
	const steps = 24
	for i := range gr.Groups {
		g := StateGroup{Key: gr.Groups[i].Key, Label: gr.Groups[i].Label, Folded: gr.Groups[i].Folded, Nodes: count[i]}
		var ground []geom.Point
		for _, ring := range e.Scene().Area(int32(i)) {
			ground = append(ground, ring...)
		}
		b := geom.BoundsOf(ground)
		for k := 0; k < steps*steps && g.Nodes > 0 && !b.Empty(); k++ {
			p := e.ToCanvas(geom.Point{X: b.Min.X + b.Width()*(float32(k%steps)+.5)/steps, Y: b.Min.Y + b.Height()*(float32(k/steps)+.5)/steps})
			if e.GroupAt(p) == g.Key && e.TargetAt(p).Part == scene.Nothing {
				g.X, g.Y = (p.X+at.X)*sc, (p.Y+at.Y)*sc
				break
			}
		}
		s.Groups = append(s.Groups, g)
	}
}

// placedPart is a part of a widget and where the widget is.
type placedPart struct {
	widgets.Part
	at fyne.Position
}

func textOf(p widgets.Part, at fyne.Position, sc float32) StateText {
	return StateText{Role: p.Role, Text: p.Text, Focused: p.Focused, Off: p.Off,
		StateBox: StateBox{(at.X + p.At.X) * sc, (at.Y + p.At.Y) * sc, p.Size.Width * sc, p.Size.Height * sc}}
}

// collector walks what is visible and gathers what it says.
type collector struct {
	scale  float32
	canvas fyne.Size
	out    []StateText
	focus  string
}

// parent is a widget of ours with others in it.
type parent interface{ Children() []fyne.CanvasObject }

func (c *collector) walk(o fyne.CanvasObject, at fyne.Position, clip StateBox) {
	if o == nil || !o.Visible() {
		return
	}
	each := func(list []fyne.CanvasObject, clip StateBox) {
		for _, x := range list {
			if x != nil {
				c.walk(x, at.Add(x.Position()), clip)
			}
		}
	}
	switch x := o.(type) {
	case widgets.Probed:
		for _, p := range x.Parts() {
			t := textOf(p, at, c.scale)
			mid := at.Add(p.At).AddXY(0, p.Size.Height/2)
			t.Hidden = mid.Y < clip.Y || mid.Y > clip.Y+clip.H
			if p.Focused {
				c.focus = p.Role + ":" + p.Text
			}
			c.out = append(c.out, t)
		}
	case parent:
		each(x.Children(), clip)
	case *fyne.Container:
		each(x.Objects, clip)
	case *container.Scroll:
		s := x.Size()
		each([]fyne.CanvasObject{x.Content}, StateBox{at.X, max(at.Y, clip.Y), s.Width, min(at.Y+s.Height, clip.Y+clip.H) - max(at.Y, clip.Y)})
	case *widget.PopUp:
		each([]fyne.CanvasObject{x.Content}, clip)
	case *widget.Button:
		c.out = append(c.out, textOf(widgets.Part{Role: "button", Text: x.Text, Size: x.Size(), Off: x.Disabled()}, at, c.scale))
	case *widget.RichText:
		c.out = append(c.out, textOf(widgets.Part{Role: "text", Text: x.String(), Size: x.Size()}, at, c.scale))
	}
}
