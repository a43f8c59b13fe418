package editor

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

// turns runs f and all that follows from it, and returns how long the owner goroutine was busy at most without a pause. What
// a window pulls after a notice is part of a turn.
func (d *desk) turns(f func()) (longest time.Duration) {
	turn := func(f func()) {
		began := time.Now()
		f()
		longest = max(longest, time.Since(began))
	}
	d.OnNotice(func(Notice) {
		for _, a := range Actions() {
			_ = a.Ready(d.Editor)
		}
		d.Look(1000, 700, 1)
		d.Status()
	})
	defer d.OnNotice(nil)
	turn(f)
	for !d.Idle() || len(d.posts) > 0 {
		if len(d.posts) == 0 && d.Animating() {
			turn(d.tick)
			continue
		}
		f := <-d.posts
		turn(f)
	}
	return longest
}

// step is something a user does.
type step struct {
	name string
	do   func(d *desk)
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

// benchTurns reports the longest turn of each of some steps, done one after the other.
func benchTurns(b *testing.B, open func() *desk, steps []step) {
	b.Helper()
	d := open()
	for _, s := range steps {
		b.Run(s.name, func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(d.turns(func() { s.do(d) }).Microseconds())/1000, "ms/turn")
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
				{"select", selecting(n * 15 / 100)}, {"hide", do("hide")}, {"undo", do("undo")}, {"redo", do("redo")},
				{"selectall", do("selectall")}, {"only", func(d *desk) { d.ok(d.ShowOnly(d.Selection()[:n/2]...)) }}, {"showall", do("showall")},
				{"filter", func(d *desk) { d.ok(d.SetFilter(graphstore.Filter{Kinds: []graphstore.Kind{"b"}})) }}, {"showall2", do("showall")},
				{"group", do("groupkind")}, {"fold", func(d *desk) { d.ok(d.Fold("a", true)) }}, {"foldall", do("foldall")}, {"unfoldall", do("unfoldall")},
				{"undo2", do("undo")}, {"redo2", do("redo")}, {"layout", do("layout")}, {"undo3", do("undo")}, {"ungroup", do("ungroup")}, {"bundle", do("bundle")},
				{"selectsome", selecting(n * 15 / 100)}, {"hidebundled", do("hide")}, {"undo4", do("undo")}, {"overlaps", do("overlaps")},
			})
		})
	}
}

// bigCase makes a case of n entities and three times as many claims.
func bigCase(t testing.TB, n int) string {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := new(graphstore.Diff)
	id := func(i int) graphstore.ID { return graphstore.ID(fmt.Sprint(graphstore.IDPrefix, "e:x", i)) }
	for i := range n {
		d.Add(nil, &graphstore.Entity{ID: id(i), Kind: [...]graphstore.Kind{"vendor", "product", "service"}[i%3], Names: []graphstore.Name{{Text: fmt.Sprint("Node ", i)}}})
		for k := range 3 {
			d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprint(graphstore.IDPrefix, "c:x", i, "-", k)), Subject: id(i), Predicate: "uses", Object: graphstore.Object{ID: id((i + 1 + k*k*7) % n)}})
		}
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "big.caveat")
	s, err := cayleystore.Create(path, schema, g)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
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
	benchTurns(b, open, []step{
		{"select", func(d *desk) { d.Select(first(d, 15_000)...) }}, {"hide", do("hide")}, {"undo", do("undo")}, {"redo", do("redo")}, {"showall", do("showall")},
		{"claim", claim}, {"undoclaim", do("undo")}, {"bundle", do("bundle")}, {"claimbundled", claim}, {"undobundled", do("undo")},
		{"group", do("groupkind")}, {"claimgrouped", claim}, {"undogrouped", do("undo")}, {"foldall", do("foldall")}, {"unfoldall", do("unfoldall")}, {"ungroup", do("ungroup")},
	})
}
