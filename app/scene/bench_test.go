package scene

import (
	"fmt"
	"math/rand"
	"runtime"
	"testing"

	"caveat/app/geom"
	"caveat/graphstore"
)

var sizes = []int{1_000, 10_000, 100_000, 1_000_000}

// drawing is a placed edge list with three edges a node, most of them short.
func drawing(n int) *Scene {
	rng := rand.New(rand.NewSource(1))
	s := network(rng, n, 3*n)
	side := sqrt(n)
	pos := make([]geom.Point, n)
	for i := range pos { // neighbours by number are neighbours in rows
		row, col := i/int(side), i%int(side)
		pos[i] = geom.Point{X: (float32(col) + rng.Float32()) * 90, Y: (float32(row) + rng.Float32()) * 60}
	}
	return s.WithPositions(pos)
}

// list is the input of an edge list: names and random edges.
func list(n, m int) ([]string, [][2]int32) {
	rng := rand.New(rand.NewSource(1))
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	edges := make([][2]int32, m)
	for i := range edges {
		edges[i] = [2]int32{rng.Int31n(int32(n)), rng.Int31n(int32(n))}
	}
	return names, edges
}

func BenchmarkFromEdges(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			names, edges := list(n, 3*n)
			for b.Loop() {
				FromEdges(names, edges)
			}
		})
	}
}

// heap returns the bytes that what make returns keeps alive.
func heap(make func() *Scene) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := make()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(s)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

// BenchmarkMemory tells what a node and an edge take beyond names and edges given, with all
// indexes made.
func BenchmarkMemory(b *testing.B) {
	const n = 200_000
	indexed := func(s *Scene) *Scene {
		s.nodeGrid()
		s.dotGrid()
		s.edgeTree()
		return s
	}
	var perNode, perEdge, perClaim float64
	for b.Loop() {
		names, edges := list(n, 3*n)
		nodes := heap(func() *Scene { return indexed(FromEdges(names, nil)) })
		both := heap(func() *Scene { return indexed(FromEdges(names, edges)) })
		g := random(b, rand.New(rand.NewSource(1)), 50_000, 50_000)
		none := heap(func() *Scene { return indexed(FromGraph(g, Options{View: &graphstore.View{Hide: everyPredicate(g)}})) })
		all := heap(func() *Scene { return indexed(FromGraph(g, Options{})) })
		runtime.KeepAlive(g)
		runtime.KeepAlive(names)
		runtime.KeepAlive(edges)
		perNode, perEdge, perClaim = nodes/n, (both-nodes)/(3*n), (all-none)/50_000
	}
	b.ReportMetric(perNode, "B/node")
	b.ReportMetric(perEdge, "B/edge")
	b.ReportMetric(perClaim, "B/claim")
}

func everyPredicate(g *graphstore.Graph) graphstore.Filter {
	var f graphstore.Filter
	for _, p := range g.Schema().Predicates {
		f.Predicates = append(f.Predicates, p.ID)
	}
	return f
}

func look(s *Scene, zoom float32, b testing.TB) Look {
	size := geom.Point{X: 1280, Y: 800}
	l := Look{Camera: Fit(s.Bounds(), size, 20), Width: size.X, Height: size.Y, Scale: 1, Margin: 0.25, Faces: faces(b), Labels: new(LabelMemory)}
	if zoom > 0 {
		l.Camera.Zoom = zoom
	}
	return l
}

func BenchmarkFrameWhole(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			l := look(s, 0, b)
			b.ReportAllocs()
			s.Frame(l)
			for b.Loop() {
				s.Frame(l)
			}
			b.ReportMetric(float64(len(s.Frame(l).Texts)), "texts")
		})
	}
}

func BenchmarkFrameNear(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			l := look(s, 1, b)
			b.ReportAllocs()
			s.Frame(l)
			s.Frame(l)
			for b.Loop() {
				s.Frame(l)
			}
			f := s.Frame(l)
			b.ReportMetric(float64(len(f.Texts)), "texts")
			b.ReportMetric(float64(len(f.Marks)), "marks")
		})
	}
}

// BenchmarkFramePart is a frame of some quarter of a drawing, with the pointer on a node.
func BenchmarkFramePart(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			s.MakeIndex()
			l := look(s, 0, b)
			l.Camera.Zoom *= 2.5
			l.Hover = s.ID(int32(n / 2))
			s.Frame(l)
			for b.Loop() {
				s.Recycle(s.Frame(l))
			}
		})
	}
}

// BenchmarkFrameMoving is a frame of positions that were never drawn before, as in a running layout.
func BenchmarkFrameMoving(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			l := look(s, 0, b)
			for b.Loop() {
				s.WithPositions(s.Positions()).Frame(l)
			}
		})
	}
}

func BenchmarkHit(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			rng := rand.New(rand.NewSource(2))
			box := s.Bounds()
			s.Hit(box.Center(), 4)
			s.edgeTree()
			b.ReportAllocs()
			for b.Loop() {
				s.Hit(geom.Point{X: rng.Float32() * box.Max.X, Y: rng.Float32() * box.Max.Y}, 5)
			}
		})
	}
}

func BenchmarkIndex(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			for b.Loop() {
				m := s.WithPositions(s.Positions())
				m.nodeGrid()
				m.edgeTree()
			}
		})
	}
}

func BenchmarkWithin(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := drawing(n)
			r := geom.RectAround(s.Bounds().Center(), 600, 400)
			s.Within(r)
			for b.Loop() {
				s.Within(r)
			}
		})
	}
}

func BenchmarkFromGraph(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g := random(b, rand.New(rand.NewSource(1)), n/2, n)
			for b.Loop() {
				FromGraph(g, Options{})
			}
		})
	}
}

func BenchmarkUpdate(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g := random(b, rand.New(rand.NewSource(1)), n/2, n)
			s := FromGraph(g, Options{})
			c := claim("new", "e0001", "uses", "e0002")
			d := &graphstore.Diff{}
			d.Add(nil, c)
			next, err := g.Apply(d)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				s.Update(next, d, Options{})
			}
		})
	}
}

// BenchmarkMove is the update after a node was dragged: a view with another place.
func BenchmarkMove(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g := random(b, rand.New(rand.NewSource(1)), n/2, n)
			v := &graphstore.View{ID: "urn:t:v", Places: map[graphstore.ID]graphstore.Place{}}
			for e := range g.Entities() {
				v.Places[e.ID] = graphstore.Place{X: float32(len(v.Places))}
			}
			w := *v
			w.Places = map[graphstore.ID]graphstore.Place{id("e0001"): {X: 3, Pin: true}}
			s := FromGraph(g, Options{View: v})
			for b.Loop() {
				s.Update(g, &graphstore.Diff{}, Options{View: &w})
			}
		})
	}
}

// BenchmarkAreas finds the ground of 22 groups whose nodes lie among each other, as they do before a layout parts them.
func BenchmarkAreas(b *testing.B) {
	for _, n := range sizes[:3] {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rng := rand.New(rand.NewSource(1))
			groups, of := make([]Group, 22), make([]int32, n)
			for i := range groups {
				groups[i].Key = fmt.Sprint(i)
			}
			for i := range of {
				of[i] = int32(rng.Intn(len(groups)))
			}
			s := drawing(n).Grouped(groups, of)
			for b.Loop() {
				s.WithPositions(s.Positions()).areas()
			}
		})
	}
}
