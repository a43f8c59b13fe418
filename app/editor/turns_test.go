package editor

import (
	"fmt"
	"os"
	"testing"

	"caveat/app/editor/casetest"
	"caveat/app/editor/turntest"
	"caveat/app/geom"
	"caveat/graphstore"
)

// turns runs f and all that follows from it and measures the turns of the owner goroutine. What a window pulls after a notice is
// part of a turn.
func (d *desk) turns(f func()) (c turntest.Clock) {
	d.OnNotice(func(Notice) {
		for _, a := range Actions() {
			_ = a.Ready(d.Editor)
		}
		d.Look(1000, 700, 1)
		d.Status()
		d.Tally()
		d.ViewGroups()
		d.DrawingKinds()
	})
	defer d.OnNotice(nil)
	c.Turn(f)
	for !d.Idle() || len(d.posts) > 0 {
		if len(d.posts) == 0 && d.Animating() {
			c.Turn(d.tick)
			continue
		}
		c.Turn(<-d.posts)
	}
	return c
}

// step is something a user does.
type step struct {
	name   string
	do     func(d *desk)
	before func(d *desk) // nil, or what is to be over before the first turn
}

func do(name string) func(d *desk) {
	return func(d *desk) {
		for _, a := range Actions() {
			if a.Name == name {
				if err := a.Ready(d.Editor); err != nil {
					d.t.Fatalf("%s: %v", name, err)
				}
				a.Do(d.Editor)
			}
		}
	}
}

// each makes a turn of each of some calls.
func (d *desk) each(n int, f func(i int)) {
	for i := range n {
		d.opts.Post(func() { f(i) })
	}
}

// hovering moves the pointer over the whole of the canvas.
func hovering(d *desk) {
	d.each(200, func(i int) {
		d.pointer(PointerMove, geom.Point{X: float32(i*37%1000) + 0.5, Y: float32(i*53%700) + 0.5}, NoButton, 0)
	})
}

// banding selects the left half of the canvas.
func banding(d *desk) {
	d.pointer(PointerDown, geom.Point{X: 1, Y: 1}, Primary, Shift)
	d.each(10, func(i int) {
		d.pointer(PointerMove, geom.Point{X: 50 * float32(i+1), Y: 70 * float32(i+1)}, Primary, Shift)
	})
	d.each(1, func(int) { d.pointer(PointerUp, geom.Point{X: 500, Y: 700}, Primary, Shift) })
}

// dragging drags what is selected, or else the canvas.
func dragging(d *desk) {
	at := geom.Point{X: 500, Y: 350}
	if ids := d.Selection(); len(ids) > 0 {
		at = d.at(ids[0])
	}
	d.pointer(PointerDown, at, Primary, 0)
	d.each(10, func(i int) { d.pointer(PointerMove, at.Add(geom.Point{X: 3 * float32(i+1)}), Primary, 0) })
	d.each(1, func(int) { d.pointer(PointerUp, at.Add(geom.Point{X: 30}), Primary, 0) })
}

// typing searches as one types.
func typing(d *desk) {
	const word = "node 123"
	d.each(len(word), func(i int) { d.Find(word[:i+1], 8) })
}

// filtering shows and hides a kind.
func filtering(kind graphstore.Kind) func(d *desk) {
	return func(d *desk) { d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{kind}})) }
}

// indexed waits until the pointer can be told what is under it.
func indexed(d *desk) {
	d.Fit()
	d.settleAll()
	d.Scene().MakeIndex()
}

// benchTurns reports the longest turn of each of some steps, done one after the other: on a busy machine look at the time of the thread.
func benchTurns(b *testing.B, open func() *desk, steps []step) {
	b.Helper()
	d := open()
	for _, s := range steps {
		if s.before != nil {
			s.before(d)
		}
		b.Run(s.name, func(b *testing.B) {
			c := d.turns(func() { s.do(d) })
			c.Report(b)
		})
	}
}

// BenchmarkTurnsOfADrawing tells how long the owner goroutine is busy at most in what is done to drawings (run with -benchtime 1x).
func BenchmarkTurnsOfADrawing(b *testing.B) {
	selecting := func(n int) func(d *desk) {
		return func(d *desk) {
			ids := make([]graphstore.ID, n)
			for i := range ids {
				ids[i] = d.Scene().ID(int32(i))
			}
			d.Select(ids...)
		}
	}
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			benchTurns(b, func() *desk { return kindedDrawing(b, n) }, []step{
				{"select", selecting(n * 15 / 100), nil}, {"hide", do("hide"), nil}, {"undo", do("undo"), nil}, {"redo", do("redo"), nil}, {"showall", do("showall"), nil},
				{"hover", hovering, indexed}, {"band", banding, nil}, {"invert", do("invert"), nil}, {"drag", dragging, indexed}, {"undodrag", do("undo"), nil}, {"find", typing, nil},
				{"selectall", do("selectall"), nil}, {"only", func(d *desk) { d.ok(d.ShowOnly(d.Selection()[:n/2]...)) }, nil}, {"showhalf", do("showall"), nil},
				{"filter", filtering("b"), nil}, {"otherfilter", filtering("a"), nil}, {"showkinds", do("showall"), nil},
				{"group", do("groupkind"), nil}, {"hovergrouped", hovering, indexed}, {"fold", func(d *desk) { d.ok(d.Fold("a", true)) }, nil}, {"foldall", do("foldall"), nil},
				{"unfoldall", do("unfoldall"), nil}, {"fold again", do("undo"), nil}, {"unfold again", do("redo"), nil},
				{"layout", do("layout"), nil}, {"undolayout", do("undo"), nil}, {"ungroup", do("ungroup"), nil}, {"bundle", do("bundle"), nil},
				{"selectsome", selecting(n * 15 / 100), nil}, {"hidebundled", do("hide"), nil}, {"undohide", do("undo"), nil}, {"overlaps", do("overlaps"), nil},
			})
		})
	}
}

// bigCase makes a case of n entities and three times as many claims.
func bigCase(t testing.TB, n int) string {
	t.Helper()
	d := new(graphstore.Diff)
	id := func(i int) graphstore.ID { return graphstore.ID(fmt.Sprint(graphstore.IDPrefix, "e:x", i)) }
	for i := range n {
		d.Add(nil, &graphstore.Entity{ID: id(i), Kind: [...]graphstore.Kind{"vendor", "product", "service"}[i%3], Names: []graphstore.Name{{Text: fmt.Sprint("Node ", i)}}})
		for k := range 3 {
			d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprint(graphstore.IDPrefix, "c:x", i, "-", k)), Subject: id(i), Predicate: "uses", Object: graphstore.Object{ID: id((i + 1 + k*k*7) % n)},
				SaidAt: graphstore.Date{Value: fmt.Sprint(2015 + i%9), Precision: graphstore.PrecisionYear}})
		}
	}
	return casetest.Write(t, d)
}

// BenchmarkTurnsOfACase is BenchmarkTurnsOfADrawing for a case of 33,000 entities and 100,000 claims, or the one that
// CAVEAT_CASE names.
func BenchmarkTurnsOfACase(b *testing.B) {
	open := func() *desk {
		path := os.Getenv("CAVEAT_CASE")
		if path == "" {
			path = bigCase(b, 33_000)
		}
		d := newDesk(b, b.TempDir())
		d.OpenFile(path, false)
		d.settleAll()
		b.Cleanup(func() {
			if err := d.Close(); err != nil {
				b.Error(err)
			}
		})
		return d
	}
	first := func(d *desk, n int) []graphstore.ID {
		ids := make([]graphstore.ID, n)
		for i := range ids {
			ids[i] = d.Scene().ID(int32(i))
		}
		return ids
	}
	claim := func(d *desk) {
		ids := first(d, 10)
		d.ok(d.Save(Draft{Claim: &graphstore.Claim{ID: graphstore.NewID(), Subject: ids[3], Predicate: "uses", Object: graphstore.Object{ID: ids[9]}}}))
	}
	year := func(y string) func(d *desk) {
		return func(d *desk) {
			d.ok(d.changeView("as of "+y, func(v *graphstore.View) { v.TrueAt = graphstore.Date{Value: y, Precision: graphstore.PrecisionYear} }))
		}
	}
	benchTurns(b, open, []step{
		{"select", func(d *desk) { d.Select(first(d, 15_000)...) }, nil}, {"hide", do("hide"), nil}, {"undo", do("undo"), nil}, {"redo", do("redo"), nil}, {"showall", do("showall"), nil},
		{"hover", hovering, indexed}, {"band", banding, nil}, {"invert", do("invert"), nil}, {"selectall", do("selectall"), nil}, {"find", typing, nil},
		{"filter", filtering("product"), nil}, {"otherfilter", filtering("service"), nil}, {"showkinds", do("showall"), nil},
		{"timecursor", year("2018"), nil}, {"timecursorback", year("2017"), nil}, {"undotime", do("undo"), nil}, {"undotimes", do("undo"), nil},
		{"claim", claim, nil}, {"undoclaim", do("undo"), nil}, {"layout", do("layout"), nil}, {"undolayout", do("undo"), nil}, {"bundle", do("bundle"), nil}, {"claimbundled", claim, nil}, {"undobundled", do("undo"), nil},
		{"group", do("groupkind"), nil}, {"claimgrouped", claim, nil}, {"undogrouped", do("undo"), nil}, {"foldall", do("foldall"), nil}, {"unfoldall", do("unfoldall"), nil}, {"ungroup", do("ungroup"), nil},
	})
}
