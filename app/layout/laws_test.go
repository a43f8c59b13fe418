package layout

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"caveat/app/geom"
)

// randomEdges makes a connected graph with m edges (a random tree and more), loops and repeats among them.
func randomEdges(n, m int, seed uint64) [][2]int32 {
	rng := rand.New(rand.NewPCG(seed, 99))
	var edges [][2]int32
	for v := 1; v < n; v++ {
		edges = append(edges, [2]int32{int32(v), int32(rng.IntN(v))})
	}
	for len(edges) < m {
		edges = append(edges, [2]int32{int32(rng.IntN(n)), int32(rng.IntN(n))})
	}
	return edges
}

func pathEdges(n int) [][2]int32 {
	var edges [][2]int32
	for v := 1; v < n; v++ {
		edges = append(edges, [2]int32{int32(v - 1), int32(v)})
	}
	return edges
}

func starEdges(n int) [][2]int32 {
	var edges [][2]int32
	for v := 1; v < n; v++ {
		edges = append(edges, [2]int32{0, int32(v)})
	}
	return edges
}

// hostile lists problems that have broken layouts before, here or elsewhere.
func hostile() map[string]*Problem {
	nan := float32(math.NaN())
	same := make([]geom.Point, 300)
	some := make([]int32, 400)
	dates := make([]float64, 400)
	sizes := make([]float32, 400)
	for i := range some {
		some[i] = int32(i%7) - 1
		dates[i] = float64(i % 50)
		sizes[i] = float32(i%3) * 10
		if i%5 == 0 {
			dates[i] = math.NaN()
		}
	}
	larger := 5000 // of several levels
	if raced {
		larger = 2200
	}
	two := append(randomEdges(120, 200, 1), [][2]int32{{150, 151}, {151, 152}, {160, 161}}...)
	return map[string]*Problem{
		"empty":        {},
		"single":       {N: 1},
		"single loop":  {N: 1, Edges: [][2]int32{{0, 0}}},
		"pair":         {N: 2, Edges: [][2]int32{{0, 1}, {1, 0}, {0, 1}}},
		"no edges":     {N: 500},
		"disconnected": {N: 200, Edges: two},
		"loops only": {N: 40, Edges: func() (e [][2]int32) {
			for i := range int32(40) {
				e = append(e, [2]int32{i, i})
			}
			return e
		}()},
		"random":      {N: 400, Edges: randomEdges(400, 900, 2), Group: some, Date: dates, Size: sizes, Focus: []int32{3, 9}},
		"larger":      {N: larger, Edges: randomEdges(larger, larger*9/5, 3)},
		"equal start": {N: 300, Edges: randomEdges(300, 500, 4), Start: same},
		"nan start":   {N: 3, Edges: pathEdges(3), Start: []geom.Point{{X: nan}, {X: 5}, {Y: nan}}},
		"nan shape":   {N: 50, Edges: pathEdges(50), Shape: nan},
		"complete":    {N: 40, Edges: completeEdges(40)},
		"weights":     {N: 60, Edges: pathEdges(60), Weights: weights(59)},
		"huge sizes":  {N: 30, Edges: pathEdges(30), Size: bigSizes(30)},
		"same dates":  {N: 100, Edges: pathEdges(100), Date: make([]float64, 100)},
	}
}

func completeEdges(n int) (edges [][2]int32) {
	for a := range int32(n) {
		for b := range a {
			edges = append(edges, [2]int32{a, b})
		}
	}
	return edges
}

func weights(n int) []float32 {
	w := make([]float32, n)
	for i := range w {
		w[i] = []float32{0.001, 1, 1000}[i%3]
	}
	return w
}

func bigSizes(n int) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = []float32{500, float32(math.Inf(1)), -3}[i%3]
	}
	return s
}

func mustRun(t *testing.T, name string, p *Problem) []geom.Point {
	t.Helper()
	pos, err := Run(context.Background(), name, p, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(pos) != p.N {
		t.Fatalf("%s: %d places for %d nodes", name, len(pos), p.N)
	}
	return pos
}

func TestEveryPlaceIsFinite(t *testing.T) {
	if raced {
		return // TestStepsEndWhereRunEnds looks at the same places, and those on the way to them
	}
	for what, p := range hostile() {
		for _, name := range Names() {
			for i, q := range mustRun(t, name, p) {
				if !q.Finite() {
					t.Errorf("%s of %q: node %d is at %v", name, what, i, q)
					break
				}
			}
		}
	}
}

func TestStarAndPathOfHundredThousand(t *testing.T) {
	n := 100_000
	if raced {
		n = 17_000 // sorted in pieces too
	}
	for what, edges := range map[string][][2]int32{"star": starEdges(n), "path": pathEdges(n)} {
		for _, name := range Names() {
			pos := mustRun(t, name, &Problem{N: n, Edges: edges, Seed: 1})
			spots := map[geom.Point]bool{}
			for i, q := range pos {
				if !q.Finite() {
					t.Fatalf("%s of a %s: node %d is at %v", name, what, i, q)
				}
				spots[q] = true
			}
			if len(spots) < n*9/10 {
				t.Errorf("%s of a %s puts %d nodes on %d spots", name, what, n, len(spots))
			}
		}
	}
}

func TestEqualInputAndSeedGiveEqualBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for what, p := range hostile() {
		for _, name := range Names() {
			runtime.GOMAXPROCS(1)
			a := mustRun(t, name, p)
			runtime.GOMAXPROCS(4)
			b := mustRun(t, name, p)
			for i := range a {
				if math.Float32bits(a[i].X) != math.Float32bits(b[i].X) || math.Float32bits(a[i].Y) != math.Float32bits(b[i].Y) {
					t.Errorf("%s of %q: node %d at %v, then at %v", name, what, i, a[i], b[i])
					break
				}
			}
		}
	}
}

func TestStepsEndWhereRunEnds(t *testing.T) {
	for what, p := range hostile() {
		for _, name := range Names() {
			want := mustRun(t, name, p)
			e, err := New(name, p)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]geom.Point, p.N)
			copy(got, p.Start)
			for e.Step(p, got) {
				for i, q := range got {
					if !q.Finite() && !(len(p.Start) != 0 && !p.Start[i].Finite()) {
						t.Fatalf("%s of %q: node %d is at %v between steps", name, what, i, q)
					}
				}
			}
			if e.Step(p, got) {
				t.Errorf("%s of %q goes on after its end", name, what)
			}
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("%s of %q: node %d at %v by steps, at %v by Run", name, what, i, got[i], want[i])
					break
				}
			}
		}
	}
}

func TestPinnedNodesNeverMove(t *testing.T) {
	for _, warmStart := range []bool{false, true} {
		p := &Problem{N: 300, Edges: randomEdges(290, 500, 5), Seed: 3}
		p.Pinned, p.Start, p.Fresh = make([]bool, p.N), make([]geom.Point, p.N), make([]bool, p.N)
		p.Size = make([]float32, p.N)
		for i := range p.N {
			p.Size[i] = 10
			p.Start[i] = geom.Point{X: float32(i%20) * 100, Y: float32(i/20) * 100}
			p.Pinned[i] = i%17 == 0 || i > 295
			p.Fresh[i] = !warmStart || i%9 == 1
		}
		for _, name := range Names() {
			e, err := New(name, p)
			if err != nil {
				t.Fatal(err)
			}
			pos := append([]geom.Point(nil), p.Start...)
			for more := true; more; {
				more = e.Step(p, pos)
				for i := range pos {
					if p.Pinned[i] && pos[i] != p.Start[i] {
						t.Fatalf("%s moved pinned node %d from %v to %v", name, i, p.Start[i], pos[i])
					}
				}
			}
		}
	}
}

func TestRunEndsWhenItsContextDoes(t *testing.T) {
	for _, name := range Names() {
		ctx, cancel := context.WithCancel(context.Background())
		p := &Problem{N: 60_000, Edges: randomEdges(60_000, 120_000, 6)}
		calls := 0
		pos, err := Run(ctx, name, p, func(done float64) {
			if calls++; calls == 1 {
				cancel()
			}
		})
		if calls > 0 && calls != 1 {
			t.Errorf("%s told its progress %d times after the end", name, calls-1)
		}
		// An engine of few steps may be done before it can be told.
		if err != nil && (!errors.Is(err, context.Canceled) || pos != nil) {
			t.Errorf("%s: got %v and %d places", name, err, len(pos))
		}
		if _, err := Run(ctx, name, p, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%s starts under an ended context: %v", name, err)
		}
		cancel()
	}
}

func TestStopEndsARunningStep(t *testing.T) {
	p := &Problem{N: 200_000, Edges: randomEdges(200_000, 400_000, 7)}
	for _, name := range Names() {
		e, err := New(name, p)
		if err != nil {
			t.Fatal(err)
		}
		e.(Stopper).Stop()
		if e.Step(p, make([]geom.Point, p.N)) {
			t.Errorf("%s goes on after Stop", name)
		}
		e, _ = New(name, p)
		started := make(chan struct{})
		go func() {
			<-started
			time.Sleep(20 * time.Millisecond)
			e.(Stopper).Stop()
		}()
		pos := make([]geom.Point, p.N)
		close(started)
		for e.Step(p, pos) {
		}
	}
}

func TestProgressRisesToOne(t *testing.T) {
	n := 8000
	if raced {
		n = 2500
	}
	for _, name := range Names() {
		last := 0.0
		_, err := Run(context.Background(), name, &Problem{N: n + 1000, Edges: randomEdges(n, 2*n, 8)}, func(done float64) {
			if done < last || done > 1 {
				t.Errorf("%s: progress goes from %v to %v", name, last, done)
			}
			last = done
		})
		if err != nil || last != 1 {
			t.Errorf("%s: progress ends at %v (%v)", name, last, err)
		}
	}
}

func TestFaultyProblemsAreRefused(t *testing.T) {
	for what, p := range map[string]*Problem{
		"negative size": {N: -1},
		"edge too high": {N: 2, Edges: [][2]int32{{0, 2}}},
		"edge below":    {N: 2, Edges: [][2]int32{{-1, 0}}},
		"short pins":    {N: 2, Pinned: []bool{true}},
		"short weights": {N: 2, Edges: [][2]int32{{0, 1}}, Weights: []float32{1, 2}},
		"zero weight":   {N: 2, Edges: [][2]int32{{0, 1}}, Weights: []float32{0}},
		"nan weight":    {N: 2, Edges: [][2]int32{{0, 1}}, Weights: []float32{float32(math.NaN())}},
		"focus":         {N: 2, Focus: []int32{2}},
	} {
		if _, err := New("force", p); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	if _, err := New("spiral", &Problem{}); err == nil {
		t.Error("an unknown name is accepted")
	}
}

func TestMeanEdgeLeavesRoomForLabels(t *testing.T) {
	for _, n := range []int{2, 30, 400, 3000} {
		p := &Problem{N: n, Edges: randomEdges(n, n*3/2, 9), Seed: 2}
		pos := mustRun(t, "force", p)
		sum, count := 0.0, 0.0
		for _, e := range p.Edges {
			if e[0] != e[1] {
				sum += float64(pos[e[0]].Dist(pos[e[1]]))
				count++
			}
		}
		if mean := sum / count; mean < 60 || mean > 90 {
			t.Errorf("%d nodes: the mean edge is %.1f units", n, mean)
		}
	}
}

// Dense random graphs pull themselves together in every iteration; once that lost their drawing to rounding.
func TestDenseGraphsDoNotCollapse(t *testing.T) {
	for _, shape := range []float32{0, 0.25, DefaultShape, 0.75, 1} {
		for _, n := range []int{60, 300, 3000} {
			if raced && n > 300 {
				continue
			}
			p := &Problem{N: n, Edges: randomEdges(n, n*6, 5), Shape: shape}
			pos := mustRun(t, "force", p)
			radius := geom.BoundsOf(pos).Width() / 2
			far := 0 // edges of a fair length beside the drawing: not in one spot, not flung apart
			for _, e := range p.Edges {
				if d := pos[e[0]].Dist(pos[e[1]]); d > radius/20 && d < radius*1.9 {
					far++
				}
			}
			if far < len(p.Edges)*3/4 {
				t.Errorf("shape %v, %d nodes: only %d of %d edges have a length that can be seen in a drawing %v wide", shape, n, far, len(p.Edges), 2*radius)
			}
		}
	}
}

func TestComponentsDoNotOverlap(t *testing.T) {
	var edges [][2]int32
	var owner []int
	for k := range 40 {
		size := 1 + (k*7)%30
		base := int32(len(owner))
		for range size {
			owner = append(owner, k)
		}
		for _, e := range randomEdges(size, size+size/3, uint64(k)) {
			edges = append(edges, [2]int32{e[0] + base, e[1] + base})
		}
	}
	for _, name := range []string{"layered", "radial", "circular"} {
		pos := mustRun(t, name, &Problem{N: len(owner), Edges: edges})
		boxes := make([]geom.Rect, 40)
		for i := range boxes {
			boxes[i] = geom.BoundsOf(nil)
		}
		for v, k := range owner {
			boxes[k] = boxes[k].Union(geom.Rect{Min: pos[v], Max: pos[v]})
		}
		for a := range boxes {
			for b := range a {
				if boxes[a].Intersects(boxes[b]) {
					t.Errorf("%s: components %d and %d overlap", name, a, b)
				}
			}
		}
	}
}

func ExampleRun() {
	p := &Problem{N: 4, Edges: [][2]int32{{0, 1}, {1, 2}, {2, 3}}}
	pos, err := Run(context.Background(), "force", p, nil)
	fmt.Println(len(pos), err)
	// Output: 4 <nil>
}
