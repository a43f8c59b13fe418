package layout

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
)

// edit is a graph drawn once and then changed by a few nodes.
type edit struct {
	before, after *Problem
	names         []int32 // of the old nodes kept, in after; -1 for removed ones
	old           []geom.Point
}

// newEdit draws a graph of n nodes and prepares the warm start of the graph with share of the nodes
// more (grow) or fewer.
func newEdit(t testing.TB, edges [][2]int32, n int, share float64, grow bool, seed uint64) edit {
	rng := rand.New(rand.NewPCG(seed, 5))
	extra := make([]bool, n) // the nodes of only one of the two graphs: leaves or anything else, at random
	degree := make([]int, n)
	for _, e := range edges {
		degree[e[0]]++
		degree[e[1]]++
	}
	for k := 0; k < int(share*float64(n)); {
		if v := rng.IntN(n); !extra[v] && degree[v] < 4 {
			extra[v] = true
			k++
		}
	}
	small := &Problem{Seed: 7, Shape: DefaultShape}
	name := make([]int32, n)
	for v := range n {
		name[v] = -1
		if !extra[v] {
			name[v] = int32(small.N)
			small.N++
		}
	}
	for _, e := range edges {
		if !extra[e[0]] && !extra[e[1]] {
			small.Edges = append(small.Edges, [2]int32{name[e[0]], name[e[1]]})
		}
	}
	large := &Problem{N: n, Edges: edges, Seed: 7, Shape: DefaultShape}
	ed := edit{before: large, after: small, names: name}
	if grow {
		ed.before, ed.after = small, large
	}
	old, err := Run(context.Background(), "force", ed.before, nil)
	if err != nil {
		t.Fatal(err)
	}
	ed.after.Start = make([]geom.Point, ed.after.N)
	ed.after.Fresh = make([]bool, ed.after.N)
	ed.old = old
	for v := range n {
		switch {
		case grow && extra[v]:
			ed.after.Fresh[v] = true
		case grow:
			ed.after.Start[v] = old[name[v]]
		case !extra[v]:
			ed.after.Start[name[v]] = old[v]
		}
	}
	return ed
}

// moved returns the mean way of the old nodes in parts of the drawing's radius (root mean square).
func (e edit) moved(pos []geom.Point) float64 {
	sum, n := 0.0, 0.0
	var mid geom.Point
	for i, p := range e.after.Start {
		if !e.after.Fresh[i] {
			sum += float64(p.Dist(pos[i]))
			n++
			mid = mid.Add(p.Sub(mid).Mul(float32(1 / n)))
		}
	}
	square := 0.0
	for i, p := range e.after.Start {
		if !e.after.Fresh[i] {
			d := float64(p.Dist(mid))
			square += d * d
		}
	}
	return sum / n / math.Sqrt(square/n)
}

func TestFewNewOrRemovedNodesMoveOldOnesLittle(t *testing.T) {
	for seed := uint64(1); seed <= 3 && (seed == 1 || !raced); seed++ {
		for what, edges := range map[string][][2]int32{
			"tree":   randomEdges(1000, 999, seed),
			"sparse": randomEdges(1000, 1500, seed),
			"dense":  randomEdges(1000, 4000, seed),
			"path":   pathEdges(1000),
		} {
			for _, grow := range []bool{true, false} {
				e := newEdit(t, edges, 1000, 0.02, grow, seed)
				pos := mustRun(t, "force", e.after)
				if m := e.moved(pos); m > 0.01 {
					t.Errorf("%s, seed %d, grown %v: old nodes move %.2f %% of the radius", what, seed, grow, 100*m)
				}
			}
		}
	}
}

func TestFreshNodesComeNearTheirNeighbours(t *testing.T) {
	e := newEdit(t, randomEdges(1000, 1500, 4), 1000, 0.02, true, 4)
	pos := mustRun(t, "force", e.after)
	radius := float64(geom.BoundsOf(pos).Width()+geom.BoundsOf(pos).Height()) / 4
	for _, edge := range e.after.Edges {
		if e.after.Fresh[edge[0]] != e.after.Fresh[edge[1]] {
			if d := float64(pos[edge[0]].Dist(pos[edge[1]])); d > radius {
				t.Errorf("fresh edge %v is %.0f long in a drawing of radius %.0f", edge, d, radius)
			}
		}
	}
}

func TestNothingChangedMovesNothingFar(t *testing.T) {
	p := &Problem{N: 800, Edges: randomEdges(800, 1300, 3), Seed: 5, Shape: DefaultShape}
	start := mustRun(t, "force", p)
	again := &Problem{N: p.N, Edges: p.Edges, Seed: 5, Shape: DefaultShape, Start: start}
	e := edit{after: &Problem{Start: start, Fresh: make([]bool, p.N)}}
	if m := e.moved(mustRun(t, "force", again)); m > 0.01 {
		t.Errorf("a drawing continued without a change moves by %.2f %% of its radius", 100*m)
	}
}

func BenchmarkWarmStart(b *testing.B) {
	e := newEdit(b, randomEdges(1000, 1500, 1), 1000, 0.02, true, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Run(context.Background(), "force", e.after, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// TestWarmStartsFromOddPlacesStayInBounds continues drawings whose nodes lie on each other, in a line or far from where their edges would have
// them: no step and no end is much larger than what was there.
func TestWarmStartsFromOddPlacesStayInBounds(t *testing.T) {
	const n = 3000
	for name, edges := range map[string][][2]int32{"star": starEdges(n), "path": pathEdges(n), "net": randomEdges(n, 2*n, 1)} {
		for what, place := range map[string]func(i int) geom.Point{
			"one place":       func(int) geom.Point { return geom.Point{} },
			"a place and one": func(i int) geom.Point { return geom.Point{X: float32(i%7) * 1e-4, Y: float32(i/(n-1)) * 3000} },
			"a line":          func(i int) geom.Point { return geom.Point{X: float32(i)} },
			"a grid":          func(i int) geom.Point { return geom.Point{X: float32(i%60) * 75, Y: float32(i/60) * 75} },
		} {
			p := &Problem{N: n, Edges: edges, Start: make([]geom.Point, n), Fresh: make([]bool, n)}
			for i := range n {
				p.Start[i], p.Fresh[i] = place(i), i%50 == 7
			}
			e, err := New("force", p)
			if err != nil {
				t.Fatal(err)
			}
			start, pos := geom.BoundsOf(p.Start), make([]geom.Point, n)
			wide := max(start.Width(), start.Height())
			for more := true; more; {
				more = e.Step(p, pos)
				b := geom.BoundsOf(pos)
				if most := 7*wide + 100*EdgeLength; max(b.Width(), b.Height()) > most {
					t.Fatalf("%s from %s: a drawing %v wide becomes %v by %v", name, what, wide, b.Width(), b.Height())
				}
			}
			if b := geom.BoundsOf(pos); max(b.Width(), b.Height()) > 2.5*wide+20*EdgeLength {
				t.Errorf("%s from %s: a drawing %v wide ends %v by %v", name, what, wide, b.Width(), b.Height())
			}
		}
	}
}

// TestPinsKeepOddDrawingsInBounds pins some of a path with a star at its end where they are, and draws the rest anew.
func TestPinsKeepOddDrawingsInBounds(t *testing.T) {
	const n = 2000
	edges := pathEdges(n / 2)
	for v := int32(n / 2); v < n; v++ {
		edges = append(edges, [2]int32{n/2 - 1, v})
	}
	p := &Problem{N: n, Edges: edges, Shape: DefaultShape, Seed: 1}
	p.Start, p.Pinned, p.Fresh = mustRun(t, "force", p), make([]bool, n), make([]bool, n)
	for i := range n {
		p.Pinned[i], p.Fresh[i] = i%50 == 7, true
	}
	before, after := geom.BoundsOf(p.Start), geom.BoundsOf(mustRun(t, "force", p))
	if max(after.Width(), after.Height()) > 8*max(before.Width(), before.Height()) {
		t.Errorf("a drawing of %v by %v becomes %v by %v", before.Width(), before.Height(), after.Width(), after.Height())
	}
}
