package layout

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"caveat/app/geom"
)

// scattered returns a graph of components of the given sizes, each a random tree with a third of its edges more, and the component of
// each node.
func scattered(seed uint64, sizes ...int) (p *Problem, of []int) {
	p = &Problem{Shape: DefaultShape}
	for k, size := range sizes {
		base := int32(len(of))
		for range size {
			of = append(of, k)
		}
		if size > 1 {
			for _, e := range randomEdges(size, size+size/3, seed+uint64(k)) {
				p.Edges = append(p.Edges, [2]int32{e[0] + base, e[1] + base})
			}
		}
	}
	p.N = len(of)
	return p, of
}

func repeated(size, count int) []int {
	out := make([]int, count)
	for i := range out {
		out[i] = size
	}
	return out
}

// TestComponentsKeepOffEachOther looks at all nodes and edges of different components.
func TestComponentsKeepOffEachOther(t *testing.T) {
	const seed = 21
	rng := rand.New(rand.NewPCG(seed, 1))
	var mixed []int
	for range 60 {
		mixed = append(mixed, 1+rng.IntN(1+rng.IntN(40)))
	}
	for _, radius := range []float32{0, 20} {
		p, of := scattered(seed, append(mixed, 150)...)
		if radius > 0 {
			p.Size = make([]float32, p.N)
			for i := range p.Size {
				p.Size[i] = radius
			}
		}
		pos := mustRun(t, "force", p)
		for i := range pos {
			for j := range i {
				if d := pos[i].Dist(pos[j]) - 2*radius; of[i] != of[j] && d < leastGap {
					t.Errorf("seed %d, radius %v: nodes of components %d and %d are %v apart", seed, radius, of[i], of[j], d)
				}
			}
			for _, e := range p.Edges {
				if of[i] != of[e[0]] && e[0] != e[1] {
					if d := distanceToLine(pos[i], pos[e[0]], pos[e[1]]); d < leastGap/2 {
						t.Errorf("seed %d, radius %v: a node of component %d is %v from an edge of component %d", seed, radius, of[i], d, of[e[0]])
					}
				}
			}
		}
	}
}

func distanceToLine(q, a, b geom.Point) float32 {
	d := b.Sub(a)
	s := q.Sub(a)
	k := (s.X*d.X + s.Y*d.Y) / max(d.X*d.X+d.Y*d.Y, 1e-9)
	return q.Dist(a.Add(d.Mul(min(1, max(0, k)))))
}

// TestManyComponentsHaveTheShapeOfAWindow packs components of many kinds of sizes: the drawing is about half as wide again as high,
// and, where all are alike, the most of its bounds is used.
func TestManyComponentsHaveTheShapeOfAWindow(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes []int
	}{
		{"single nodes", repeated(1, 2000)},
		{"pairs", repeated(2, 700)},
		{"middling", repeated(60, 30)},
		{"one large and single nodes", append(repeated(1, 500), 400)},
		{"one large and small", append(repeated(4, 200), 400)},
	} {
		p, _ := scattered(3, c.sizes...)
		b := geom.BoundsOf(mustRun(t, "force", p))
		if a := b.Width() / b.Height(); a < 1.2 || a > 1.9 {
			t.Errorf("%s: the drawing is %.0f by %.0f", c.name, b.Width(), b.Height())
		}
		if used := float32(p.N) * packGap * packGap / (b.Width() * b.Height()); c.sizes[0] == 1 && len(c.sizes) == p.N && used < 0.8 {
			t.Errorf("%s: they use %.2f of the ground", c.name, used)
		}
	}
}

// TestSmallComponentsStandAroundTheLargest draws a large component with single nodes: their middles are about the same.
func TestSmallComponentsStandAroundTheLargest(t *testing.T) {
	for _, group := range []bool{false, true} {
		p, of := scattered(9, append([]int{300}, repeated(1, 60)...)...)
		if group { // one of two groups
			n := p.N
			q, _ := scattered(10, 40)
			for _, e := range q.Edges {
				p.Edges = append(p.Edges, [2]int32{e[0] + int32(n), e[1] + int32(n)})
			}
			p.N += q.N
			p.Group = make([]int32, p.N)
			for i := n; i < p.N; i++ {
				p.Group[i] = 1
			}
		}
		pos := mustRun(t, "force", p)
		large, all := geom.BoundsOf(nil), geom.BoundsOf(nil)
		for i, k := range of {
			at := geom.Rect{Min: pos[i], Max: pos[i]}
			all = all.Union(at)
			if k == 0 {
				large = large.Union(at)
			}
		}
		if off := large.Center().Dist(all.Center()); off > 0.2*all.Width() {
			t.Errorf("in a group %v: the large component is %v off the middle of a drawing %v wide", group, off, all.Width())
		}
		if a := all.Width() / all.Height(); group && (a < 0.6 || a > 1.6) {
			t.Errorf("the ground of a group is %.0f by %.0f", all.Width(), all.Height())
		}
	}
}

// TestPackingTakesEveryFootprint places footprints of all shapes, some larger than all the rest.
func TestPackingTakesEveryFootprint(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		k := &packing{course: &course{}, cell: 1, shape: packShape}
		prints := make([]footprint, 200)
		for i := range prints {
			w, h := 1+rng.IntN(9), 1+rng.IntN(9)
			if i == 7 {
				w = 150
			}
			prints[i].wide = w
			for range h {
				a := rng.IntN(w)
				prints[i].rows = append(prints[i].rows, [2]int32{int32(a), int32(a + 1 + rng.IntN(w-a))})
			}
		}
		if !k.placeAll(prints) {
			t.Fatalf("seed %d: there was no room", seed)
		}
		taken := map[string]int{}
		for i, q := range prints {
			for r, s := range q.rows {
				for x := s[0]; x < s[1]; x++ {
					cell := fmt.Sprint(int(q.at.X)+int(x), int(q.at.Y)+r)
					if j, ok := taken[cell]; ok {
						t.Fatalf("seed %d: footprints %d and %d meet at %s", seed, i, j, cell)
					}
					taken[cell] = i
				}
			}
		}
	}
}

// TestPackingTakesLittleForAnyShapes packs boxes of odd shapes: the cells of the ground, those covered, the places looked at and the
// memory asked for grow with the number of components alone.
func TestPackingTakesLittleForAnyShapes(t *testing.T) {
	const huge = 5_000_000
	same := func(n int, w, h float32) []geom.Point { return slices.Repeat([]geom.Point{{X: w, Y: h}}, n) }
	for name, boxes := range map[string][]geom.Point{
		"three wide":           same(3, huge, 0),
		"many wide":            same(500, huge, 10),
		"many high":            same(500, 10, huge),
		"a high and a wide":    {{X: huge}, {Y: huge}},
		"many high and wide":   append(same(100, huge, 0), same(100, 0, huge)...),
		"one and tiny":         append(same(20_000, 50, 0), geom.Point{X: huge, Y: huge}),
		"a wide one and tiny":  append(same(20_000, 50, 30), geom.Point{X: huge}),
		"points":               same(50_000, 0, 0),
		"pairs":                same(50_000, EdgeLength, 0),
		"of all widths":        ramp(3000, func(i float32) geom.Point { return geom.Point{X: 60 * i} }),
		"of all sizes":         ramp(3000, func(i float32) geom.Point { return geom.Point{X: 60 * i, Y: 7 * i} }),
		"each twice the other": ramp(20, func(i float32) geom.Point { return geom.Point{X: float32(math.Pow(2, float64(i))), Y: 1} }),
	} {
		p, pos := &Problem{N: 2 * len(boxes)}, make([]geom.Point, 2*len(boxes))
		f, which := &force{boxes: true}, make([]int, len(boxes))
		pieces := make([]piece, len(boxes))
		for i, b := range boxes {
			pos[2*i+1] = b
			which[i], f.names = i, append(f.names, []int32{int32(2 * i), int32(2*i + 1)})
			pieces[i] = piece{k: i, bounds: geom.Rect{Max: b}}
		}
		cell, least := f.cell(p, which, pieces)
		covered := 0
		prints := f.measure(p, cell, least, which, pieces, pos)
		for _, q := range prints {
			covered += q.wide * len(q.rows)
		}
		k := &packing{course: &f.course, cell: cell, shape: packShape}
		if !k.placeAll(prints) {
			t.Errorf("%s: there was no room in %d by %d cells", name, k.wide, k.high)
		}
		if n := len(boxes); covered > packCells+eachCovers*n || k.wide*k.high > mostGround(n) || k.looks+k.work > 3*mostGround(n) {
			t.Errorf("%s: %d cells are covered of %d by %d, %d places looked at and %d more work", name, covered, k.wide, k.high, k.looks, k.work)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f.pack(p, which, pos, geom.BoundsOf(nil))
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > uint64(20*mostCells+1000*len(boxes)) {
			t.Errorf("%s: %d MB are asked for", name, got>>20)
		}
		if i, j := firstMeeting(pos); i >= 0 {
			t.Errorf("%s: components %d and %d, %v and %v, meet: %v, %v", name, i, j, boxes[i], boxes[j], pos[2*i], pos[2*j])
		}
	}
}

func ramp(n int, f func(i float32) geom.Point) (out []geom.Point) {
	for i := range n {
		out = append(out, f(float32(i)))
	}
	return out
}

// firstMeeting returns two boxes, each from one point to the next, that meet, -1 if there are none. It sweeps from left to right.
func firstMeeting(corners []geom.Point) (int, int) {
	order := make([]int, len(corners)/2)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(corners[2*a].X, corners[2*b].X) })
	var open []int
	for _, i := range order {
		open = slices.DeleteFunc(open, func(j int) bool { return corners[2*j+1].X < corners[2*i].X })
		for _, j := range open {
			if corners[2*i].Y <= corners[2*j+1].Y && corners[2*j].Y <= corners[2*i+1].Y {
				return i, j
			}
		}
		open = append(open, i)
	}
	return -1, -1
}

// TestEqualSmallComponentsAreDrawnOnce draws many triangles and squares: each has the shape of the first of its kind, little is asked for them, and
// the packed drawing is not written anew for every few of them.
func TestEqualSmallComponentsAreDrawnOnce(t *testing.T) {
	const each = 4000
	p := &Problem{N: 7 * each, Shape: DefaultShape}
	for i := range int32(each) {
		a, b := 3*i, 3*each+4*i
		p.Edges = append(p.Edges, [2]int32{a, a + 1}, [2]int32{a + 1, a + 2}, [2]int32{a, a + 2},
			[2]int32{b, b + 1}, [2]int32{b + 1, b + 2}, [2]int32{b + 2, b + 3}, [2]int32{b + 3, b})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	pos := mustRun(t, "force", p)
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / (2 * each); got > 6000 {
		t.Errorf("%d bytes are asked for each", got)
	}
	for i := range 3 * each {
		if d := pos[i].Sub(pos[i/3*3]).Dist(pos[i%3].Sub(pos[0])); d > 0.1 {
			t.Fatalf("triangle %d differs from the first by %v", i/3, d)
		}
	}
	e, err := New("force", p)
	if err != nil {
		t.Fatal(err)
	}
	looks, last := 0, make([]geom.Point, p.N)
	now := make([]geom.Point, p.N)
	for e.Step(p, now) {
		if !slices.Equal(now, last) {
			looks++
			copy(last, now)
		}
	}
	if looks > 30 || !slices.Equal(now, pos) {
		t.Errorf("%d looks; the end is that of a run: %v", looks, slices.Equal(now, pos))
	}
}
