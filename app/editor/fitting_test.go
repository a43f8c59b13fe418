package editor

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"caveat/app/geom"
	"caveat/app/scene"
)

// TestWhatIsHeldLiesOnTheCanvasBesideTheCorner fits things of many shapes: they lie where they may, and as near the middle as any
// other way where nothing covers the corner.
func TestWhatIsHeldLiesOnTheCanvasBesideTheCorner(t *testing.T) {
	const seed = 11
	rng := rand.New(rand.NewPCG(seed, 0))
	canvas := geom.Rect{Max: geom.Point{X: 900, Y: 600}}
	moved := 0
	for round := range 300 {
		f := frameRoom{inner: canvas.Inset(10), middle: canvas.Center()}
		if round%2 == 0 {
			f.corner = geom.Point{X: 100 + 300*rng.Float32(), Y: 100 + 180*rng.Float32()}
		}
		things := make([]thing, 1+rng.IntN(40))
		for i := range things {
			things[i] = thing{geom.Point{X: 2000 * rng.Float32(), Y: 900 * rng.Float32()}, geom.RectAround(geom.Point{}, 5+50*rng.Float32(), 5+10*rng.Float32())}
		}
		c := f.hold(things, scene.Camera{Zoom: 2}, 1.25)
		if c.Zoom == 2 {
			t.Fatalf("seed %d, round %d: no camera holds %d things", seed, round, len(things))
		}
		var all geom.Rect
		for i, k := range things {
			box := k.box.Translate(c.ToCanvas(k.at, canvas.Max))
			if i == 0 {
				all = box
			}
			all = all.Union(box)
			if !canvas.Inset(9).ContainsRect(box) {
				t.Fatalf("seed %d, round %d: a thing lies at %v", seed, round, box)
			}
			if box.Min.X < f.corner.X && box.Max.Y > canvas.Max.Y-f.corner.Y && f.corner.X > 0 {
				t.Fatalf("seed %d, round %d: a thing lies under the corner %v, at %v", seed, round, f.corner, box)
			}
		}
		if off := all.Center().Sub(canvas.Center()); f.corner.X == 0 && off.Len() > 1 {
			t.Fatalf("seed %d, round %d: %v from the middle", seed, round, off)
		} else if off.Len() > 1 {
			moved++
		}
	}
	if moved < 50 {
		t.Errorf("the corner moved the drawing %d times: it tests nothing", moved)
	}
}

// TestFitHoldsDotsAndNames opens drawings whose names are long or short by chance: what is fitted shows every node, near enough for
// an outline or not, and crops no name.
func TestFitHoldsDotsAndNames(t *testing.T) {
	for round, n := range []int{300, 1400, 1600, 1700, 1800, 1900, 4000} {
		rng := rand.New(rand.NewPCG(uint64(round), 0))
		names := make([]string, n)
		for i := range names {
			if names[i] = strconv.Itoa(i); rng.IntN(20) == 0 {
				names[i] = "a node with a long name " + names[i]
			}
		}
		var b strings.Builder
		for i := 1; i < n; i++ {
			fmt.Fprintf(&b, "%s\t%s\n", names[i], names[rng.IntN(i)])
		}
		path := filepath.Join(t.TempDir(), "list.tsv")
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		d := openDrawing(t, path)
		for _, size := range []geom.Point{{X: 1000, Y: 700}, {X: 700, Y: 900}} {
			d.Resize(size.X, size.Y)
			d.Fit()
			d.settleAll()
			look := d.Look(size.X, size.Y, 1)
			look.Margin, look.Labels = 0.5, nil
			fr := d.Scene().Frame(look)
			if shown := len(fr.Dots) + len(fr.Marks); shown != n || len(fr.Texts) == 0 {
				t.Fatalf("%d nodes, %v: %d shown, %d names", n, size, shown, len(fr.Texts))
			}
			canvas := geom.Rect{Max: size}.Translate(size.Mul(look.Margin))
			for _, dot := range fr.Dots {
				if !canvas.Contains(dot.At) {
					t.Errorf("round %d, %d nodes, %v: a dot at %v", round, n, size, dot.At)
				}
			}
			for i := range fr.Texts {
				if box := fr.Texts[i].Box(d.opts.Faces); !canvas.ContainsRect(box) {
					t.Errorf("round %d, %d nodes, %v: %q at %v", round, n, size, fr.Texts[i].String, box)
				}
			}
		}
	}
}
