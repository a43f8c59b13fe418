package editor

import (
	"sync"
	"testing"
	"time"

	"caveat/app/geom"
	"caveat/app/scene"
	"caveat/app/settings"
	"caveat/app/typeset"
	"caveat/app/words"
	"caveat/graphstore"
)

// desk is an editor with everything a window would give it.
type desk struct {
	*Editor
	t     testing.TB
	posts chan func()
	asked []Ask
	menus int
	now   time.Time
	mu    sync.Mutex
}

func (d *desk) time() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func newDesk(t testing.TB, dir string) *desk {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	faces, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	set, err := settings.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, posts: make(chan func(), 10000), now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	d.Editor = New(Options{Post: func(f func()) { d.posts <- f }, Words: w, Settings: set, Faces: faces, Schema: schema, Dir: dir, Now: d.time})
	d.OnAsk(func(a Ask) { d.asked = append(d.asked, a) })
	d.OnMenu(func(geom.Point, scene.Target) { d.menus++ })
	d.Resize(1000, 700)
	return d
}

// tick moves the clock by a frame.
func (d *desk) tick() {
	d.mu.Lock()
	d.now = d.now.Add(16 * time.Millisecond)
	d.mu.Unlock()
	d.Tick(d.time())
}

// settleAll runs what is posted, and moves the clock, until nothing is going on.
func (d *desk) settleAll() {
	d.t.Helper()
	deadline := time.After(5 * time.Minute) // the race detector on a busy machine
	for {
		for len(d.posts) > 0 {
			(<-d.posts)()
		}
		if d.Idle() {
			return
		}
		if d.Animating() {
			d.tick()
			continue
		}
		select {
		case f := <-d.posts:
			f()
		case <-deadline:
			d.t.Fatal("the editor does not come to rest")
		}
	}
}

// openSample returns a desk with the Kaspersky case on it.
func openSample(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t, t.TempDir())
	d.OpenSample("kaspersky")
	d.settleAll()
	if d.Case() == nil {
		t.Fatalf("no case is open: %+v", d.Message())
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) node(name string) graphstore.ID {
	d.t.Helper()
	for e := range d.Graph().Entities() {
		if e.Name("en") == name {
			if _, shown := d.Scene().Node(e.ID); shown {
				return e.ID
			}
		}
	}
	d.t.Fatalf("%s is not shown", name)
	return ""
}

func (d *desk) at(id graphstore.ID) geom.Point {
	p, ok := d.pointOf(id)
	if !ok {
		d.t.Fatalf("%s is not drawn", id)
	}
	return d.ToCanvas(p)
}

func (d *desk) pointer(kind PointerKind, at geom.Point, b Button, m Mods) {
	d.Pointer(Pointer{Kind: kind, At: at, Button: b, Mods: m, Clicks: 1})
}

func (d *desk) click(at geom.Point, b Button, m Mods) {
	d.pointer(PointerDown, at, b, m)
	d.pointer(PointerUp, at, b, m)
	d.settleAll()
}

func (d *desk) drag(from, to geom.Point, b Button, m Mods) {
	d.pointer(PointerDown, from, b, m)
	for i := 1; i <= 10; i++ {
		k := float32(i) / 10
		d.pointer(PointerMove, geom.Point{X: from.X + (to.X-from.X)*k, Y: from.Y + (to.Y-from.Y)*k}, b, m)
	}
	d.pointer(PointerUp, to, b, m)
	d.settleAll()
}

func (d *desk) near(what string, got, want geom.Point) {
	d.t.Helper()
	if got.Dist(want) > 0.5 {
		d.t.Errorf("%s: at %v, want %v", what, got, want)
	}
}

// ground returns a canvas point with nothing under it.
func (d *desk) ground() geom.Point {
	for y := float32(20); y < 680; y += 20 {
		for x := float32(20); x < 980; x += 20 {
			if p := (geom.Point{X: x, Y: y}); d.TargetAt(p).Part == scene.Nothing {
				return p
			}
		}
	}
	d.t.Fatal("no free ground")
	return geom.Point{}
}

// boxes returns where the marks and texts on the canvas lie.
func (d *desk) boxes() []geom.Rect {
	var boxes []geom.Rect
	fr := d.Scene().Frame(d.Look(d.width, d.height, 1))
	for _, m := range fr.Marks {
		boxes = append(boxes, geom.RectAround(m.At, m.Radius, m.Radius))
	}
	for _, t := range fr.Texts {
		boxes = append(boxes, t.Box(d.opts.Faces))
	}
	return boxes
}
