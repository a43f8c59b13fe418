package geom

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"
)

// scatter makes n boxes of several characters: points, small, a few huge, some empty.
func scatter(rng *rand.Rand, n int, side float32) []Rect {
	boxes := make([]Rect, n)
	for i := range boxes {
		c := Point{rng.Float32() * side, rng.Float32() * side}
		size := rng.Float32() * 8
		switch rng.Intn(40) {
		case 0:
			size = side / 3
		case 1:
			boxes[i] = Rect{Point{1, 0}, Point{0, 0}}
			continue
		case 2:
			boxes[i] = Rect{Point{float32(math.NaN()), 0}, Point{1, 1}}
			continue
		case 3, 4, 5:
			size = 0
		}
		boxes[i] = RectAround(c, size, size*rng.Float32())
	}
	return boxes
}

func TestGridFindsWhatAFullScanFinds(t *testing.T) {
	for seed := int64(1); seed <= 40; seed++ {
		rng := rand.New(rand.NewSource(seed))
		n := []int{0, 1, 2, 17, 300, 2000}[seed%6]
		boxes := scatter(rng, n, 500)
		if seed%5 == 0 { // all in one line
			for i := range boxes {
				boxes[i].Min.Y, boxes[i].Max.Y = 3, 3
			}
		}
		g := NewGrid(boxes)
		for range 60 {
			r := RectAround(Point{rng.Float32()*700 - 100, rng.Float32()*700 - 100}, rng.Float32()*rng.Float32()*300, rng.Float32()*60)
			var got, want []int32
			g.Query(r, func(id int32) bool { got = append(got, id); return true })
			for i, b := range boxes {
				if usable(b) && b.Intersects(r) {
					want = append(want, int32(i))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d n %d: query %v: got %v, want %v", seed, n, r, got, want)
			}
		}
	}
}

func TestGridNearestIsTheNearest(t *testing.T) {
	for seed := int64(1); seed <= 30; seed++ {
		rng := rand.New(rand.NewSource(seed))
		boxes := scatter(rng, []int{1, 5, 400}[seed%3], 300)
		g := NewGrid(boxes)
		for range 100 {
			p := Point{rng.Float32()*500 - 100, rng.Float32()*500 - 100}
			reach := rng.Float32() * 200
			want, wantDist := int32(-1), reach
			for i, b := range boxes {
				if usable(b) && b.Dist(p) <= wantDist {
					want, wantDist = int32(i), b.Dist(p)
				}
			}
			got, gotDist := g.Nearest(p, reach)
			if got != want || gotDist != wantDist {
				t.Fatalf("seed %d: near %v within %v: got %d at %v, want %d at %v", seed, p, reach, got, gotDist, want, wantDist)
			}
		}
	}
}

func TestGridQueryStopsWhenToldAndDoesNotAllocate(t *testing.T) {
	boxes := scatter(rand.New(rand.NewSource(3)), 1000, 100)
	g := NewGrid(boxes)
	calls := 0
	g.Query(g.Bounds(), func(int32) bool { calls++; return calls < 3 })
	if calls != 3 {
		t.Errorf("visited %d after being told to stop at 3", calls)
	}
	r := RectAround(Point{50, 50}, 5, 5)
	if a := testing.AllocsPerRun(20, func() { g.Query(r, func(int32) bool { return true }) }); a != 0 {
		t.Errorf("a query allocates %v times", a)
	}
}

func TestGridMemoryIsLinearForHostileBoxes(t *testing.T) {
	// All boxes as large as the drawing; all on one spot; one far away outlier.
	whole := make([]Rect, 3000)
	for i := range whole {
		whole[i] = Rect{Point{0, 0}, Point{1000, 1000}}
	}
	spot := make([]Rect, 3000)
	far := append(append([]Rect(nil), spot...), RectAround(Point{1e9, 1e9}, 1, 1))
	for name, boxes := range map[string][]Rect{"whole": whole, "spot": spot, "far": far} {
		g := NewGrid(boxes)
		if size := len(g.items) + len(g.start); size > 80*len(boxes) {
			t.Errorf("%s: %d entries for %d boxes", name, size, len(boxes))
		}
		n := 0
		g.Query(RectAround(Point{0, 0}, 1, 1), func(int32) bool { n++; return true })
		if n != 3000 {
			t.Errorf("%s: found %d of 3000", name, n)
		}
	}
}

// drawing makes n node boxes spread evenly with about as much ground as ink.
func drawing(n int) []Rect {
	rng := rand.New(rand.NewSource(1))
	side := float32(60 * math.Sqrt(float64(n)))
	boxes := make([]Rect, n)
	for i := range boxes {
		boxes[i] = RectAround(Point{rng.Float32() * side, rng.Float32() * side}, 18, 18)
	}
	return boxes
}

func BenchmarkGridHit(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g := NewGrid(drawing(n))
			w := g.Bounds().Width()
			rng := rand.New(rand.NewSource(2))
			b.ReportAllocs()
			for b.Loop() {
				g.Nearest(Point{rng.Float32() * w, rng.Float32() * w}, 20)
			}
		})
	}
}

func BenchmarkGridBuild(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			boxes := drawing(n)
			b.ReportAllocs()
			for b.Loop() {
				NewGrid(boxes)
			}
		})
	}
}

func BenchmarkGridRubberBand(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g := NewGrid(drawing(n))
			r := RectAround(g.Bounds().Center(), 600, 400)
			for b.Loop() {
				g.Query(r, func(int32) bool { return true })
			}
		})
	}
}
