package bundling

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"runtime"
	"testing"

	"caveat/app/geom"
)

// network returns nodes in clusters with edges within and between them, parallel edges and loops.
func network(n, edges int, seed int64) *Problem {
	r := rand.New(rand.NewSource(seed))
	p := &Problem{}
	for i := range n {
		c := float64(i % 12)
		p.Pos = append(p.Pos, geom.Point{X: float32(900*math.Cos(c) + 120*r.NormFloat64()), Y: float32(700*math.Sin(2*c) + 120*r.NormFloat64())})
	}
	for range edges {
		a := r.Intn(n)
		b := r.Intn(n)
		if r.Intn(3) > 0 { // mostly within a cluster
			b = (a + 12*r.Intn(8)) % n
		}
		p.Edges = append(p.Edges, [2]int32{int32(a), int32(b)})
	}
	return p
}

func route(t testing.TB, p *Problem) *Paths {
	t.Helper()
	paths, err := Route(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func (p *Problem) length(nodes ...int32) float32 {
	sum := float32(0)
	for i := 1; i < len(nodes); i++ {
		sum += p.Pos[nodes[i]].Dist(p.Pos[nodes[i-1]])
	}
	return sum
}

func key(a, b int32) [2]int32 { return [2]int32{min(a, b), max(a, b)} }

func TestPathsStayWithinTheDetourOnEdgesThatStayStraight(t *testing.T) {
	for seed := range int64(6) {
		p := network(300, 1500, seed)
		paths := route(t, p)
		led, straight := 0, map[[2]int32]bool{}
		var path []int32
		for e, ends := range p.Edges {
			if path = paths.Of(path[:0], int32(e)); len(path) == 0 {
				straight[key(ends[0], ends[1])] = true
			}
		}
		for e, ends := range p.Edges {
			if path = paths.Of(path[:0], int32(e)); len(path) == 0 {
				continue
			}
			led++
			nodes := append(append([]int32{ends[0]}, path...), ends[1])
			if l, d := p.length(nodes...), p.length(ends[0], ends[1]); l > DefaultDetour*d*1.001 {
				t.Fatalf("seed %d: edge %d is led %.1f around for %.1f", seed, e, l, d)
			}
			for i := 1; i < len(nodes); i++ {
				if !straight[key(nodes[i-1], nodes[i])] {
					t.Fatalf("seed %d: edge %d is led along %d-%d, which is not drawn straight", seed, e, nodes[i-1], nodes[i])
				}
			}
		}
		if led != paths.Led || led < len(p.Edges)/10 {
			t.Errorf("seed %d: %d of %d edges are led, counted %d", seed, led, len(p.Edges), paths.Led)
		}
	}
}

func TestEqualProblemsGiveEqualPathsOnAnyNumberOfCores(t *testing.T) {
	p := network(400, 3000, 3)
	want := route(t, p)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := route(t, p); !reflect.DeepEqual(got, want) {
		t.Error("paths on one core differ")
	}
}

func TestParallelEdgesShareTheirPathAndLoopsHaveNone(t *testing.T) {
	// A way along the bottom, and three edges over all of it, one of them turned.
	p := &Problem{Pos: []geom.Point{{X: 0}, {X: 100, Y: 10}, {X: 200, Y: 10}, {X: 300}},
		Edges: [][2]int32{{0, 3}, {0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 3}, {2, 2}}}
	paths := route(t, p)
	for e, want := range map[int32][]int32{0: {1, 2}, 4: {2, 1}, 5: {1, 2}, 1: nil, 2: nil, 3: nil, 6: nil} {
		if got := paths.Of(nil, e); !reflect.DeepEqual(got, want) {
			t.Errorf("edge %d is led by %v, want %v", e, got, want)
		}
	}
}

func TestNoEdgeIsLedAboutASharpCorner(t *testing.T) {
	p := &Problem{Pos: []geom.Point{{}, {X: 100}, {X: 50, Y: 80}}, Edges: [][2]int32{{0, 1}, {1, 2}, {2, 0}}}
	if paths := route(t, p); paths.Led != 0 {
		t.Error("a side of a triangle follows the other two")
	}
}

func TestTreesStayStraight(t *testing.T) {
	star, line := &Problem{Pos: make([]geom.Point, 10_000)}, &Problem{Pos: make([]geom.Point, 10_000)}
	r := rand.New(rand.NewSource(1))
	for i := int32(1); i < 10_000; i++ {
		star.Pos[i] = geom.Point{X: r.Float32() * 1e4, Y: r.Float32() * 1e4}
		line.Pos[i] = star.Pos[i]
		star.Edges = append(star.Edges, [2]int32{0, i})
		line.Edges = append(line.Edges, [2]int32{i - 1, i})
	}
	for name, p := range map[string]*Problem{"star": star, "path": line} {
		if paths := route(t, p); paths.Led != 0 || paths.Spent != 0 {
			t.Errorf("of a %s %d edges are led, %d given up", name, paths.Led, paths.Spent)
		}
	}
}

func TestPlacesWithoutSenseAreLeftAlone(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	p := network(60, 400, 2)
	for i := range 20 {
		p.Pos[i] = geom.Point{X: 7, Y: 7} // all in one place
	}
	p.Pos[20], p.Pos[21] = geom.Point{X: nan}, geom.Point{Y: inf}
	p.Edges = append(p.Edges, [2]int32{-1, 4}, [2]int32{3, 60})
	paths := route(t, p)
	radius := make([]float32, len(p.Pos))
	for e, ends := range p.Edges {
		path := paths.Of(nil, int32(e))
		if len(path) == 0 {
			continue
		}
		for _, n := range path {
			if n == 20 || n == 21 {
				t.Fatal("an edge is led by way of nowhere")
			}
		}
		for _, q := range Course(nil, p.Pos, radius, ends[0], ends[1], path, 13) {
			if !q.Finite() {
				t.Fatal("a course has a point nowhere")
			}
		}
	}
	if got := route(t, &Problem{}); got.Led != 0 {
		t.Error("nothing is led")
	}
}

func TestOnlyTheLongestAreLed(t *testing.T) {
	p := network(300, 1500, 4)
	p.Most = 200
	paths := route(t, p)
	shortest := float32(math.Inf(1))
	for e, ends := range p.Edges {
		if len(paths.Of(nil, int32(e))) > 0 {
			shortest = min(shortest, p.length(ends[0], ends[1]))
		}
	}
	longer := map[[2]int32]bool{}
	for _, ends := range p.Edges {
		if ends[0] != ends[1] && p.length(ends[0], ends[1]) >= shortest {
			longer[key(ends[0], ends[1])] = true
		}
	}
	if paths.Led == 0 || len(longer) > 200 {
		t.Errorf("%d edges are led, %d pairs are as long as the shortest of them", paths.Led, len(longer))
	}
	if paths.Over < 1000 {
		t.Errorf("%d edges are told to be too many", paths.Over)
	}
}

func TestRouteStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := Route(ctx, network(2000, 20_000, 1), func(float64) { calls++; cancel() })
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestCoursesBeginAndEndAtTheirNodesAndPassBesideOthers(t *testing.T) {
	for seed := range int64(6) {
		p := network(300, 1500, seed)
		paths := route(t, p)
		radius := make([]float32, len(p.Pos))
		for i := range radius {
			radius[i] = 4
		}
		for e, ends := range p.Edges {
			path := paths.Of(nil, int32(e))
			if len(path) == 0 {
				continue
			}
			c := Course(nil, p.Pos, radius, ends[0], ends[1], path, 0)
			if c[0] != p.Pos[ends[0]] || c[len(c)-1] != p.Pos[ends[1]] {
				t.Fatalf("seed %d: edge %d does not end at its nodes", seed, e)
			}
			long := float32(0)
			for i := 1; i < len(c); i++ {
				long += c[i].Dist(c[i-1])
			}
			if d := p.length(ends[0], ends[1]); long > 2*d {
				t.Fatalf("seed %d: the course of edge %d is %.1f long for %.1f", seed, e, long, d)
			}
		}
	}
}

func TestACourseKeepsClearOfANodeInItsWay(t *testing.T) {
	pos := []geom.Point{{}, {X: 100}, {X: 200}, {X: 300}}
	c := Course(nil, pos, []float32{10, 10, 10, 10}, 0, 3, []int32{1, 2}, 0)
	for i := 1; i < len(c)-1; i++ {
		near := c[i-1].Add(c[i+1]).Mul(0.125).Add(c[i].Mul(0.75))
		if d := near.Dist(pos[i]); d < 12 {
			t.Errorf("the course passes node %d at a distance of %.1f", i, d)
		}
	}
}

func BenchmarkRoute(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := network(n/5, n, 1)
			for b.Loop() {
				route(b, p)
			}
		})
	}
}
