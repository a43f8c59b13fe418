package quality

import (
	"math"
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
)

func path(n int) (edges [][2]int32, pos []geom.Point) {
	for i := range n {
		pos = append(pos, geom.Point{X: float32(i) * 3})
		if i > 0 {
			edges = append(edges, [2]int32{int32(i - 1), int32(i)})
		}
	}
	return edges, pos
}

func TestStraightPathIsPerfect(t *testing.T) {
	edges, pos := path(40)
	f := Measure(edges, pos)
	if f.Stress > 1e-9 || f.EdgeCV > 1e-6 || f.Crossings != 0 {
		t.Errorf("a straight path: %+v", f)
	}
	// The two inner neighbours of every node are nearest; only the ends see ties go half.
	if f.NP1 < 0.97 || f.NP2 < 0.9 {
		t.Errorf("a straight path loses neighbourhoods: %+v", f)
	}
}

func TestStressIgnoresScaleAndPlace(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var edges [][2]int32
	var a, b []geom.Point
	for i := range 60 {
		p := geom.Point{X: rng.Float32(), Y: rng.Float32()}
		a, b = append(a, p), append(b, geom.Point{X: p.X*50 - 7, Y: p.Y*50 + 9})
		if i > 0 {
			edges = append(edges, [2]int32{int32(i), int32(rng.IntN(i))})
		}
	}
	f, g := Measure(edges, a), Measure(edges, b)
	if math.Abs(f.Stress-g.Stress) > 1e-5 || math.Abs(f.NP2-g.NP2) > 1e-9 || f.Crossings != g.Crossings {
		t.Errorf("figures change with scale: %+v, %+v", f, g)
	}
}

func TestCrossingsCountsPairsOfEdges(t *testing.T) {
	// A bow tie: edges 0-1 and 2-3 cross, 1-2 crosses none.
	edges := [][2]int32{{0, 1}, {2, 3}, {1, 2}, {0, 0}}
	pos := []geom.Point{{}, {X: 2, Y: 2}, {X: 2}, {Y: 2}}
	if f := Measure(edges, pos); math.Abs(f.Crossings-2.0/3) > 1e-9 {
		t.Errorf("got %v crossings an edge, want 2/3", f.Crossings)
	}
}

func TestMeasureStandsHostileInput(t *testing.T) {
	nan := float32(math.NaN())
	for _, pos := range [][]geom.Point{nil, {{}}, {{X: nan}, {Y: nan}}, make([]geom.Point, 50)} {
		var edges [][2]int32
		for i := 1; i < len(pos); i++ {
			edges = append(edges, [2]int32{int32(i), 0}, [2]int32{0, int32(i)})
		}
		f := Measure(edges, pos)
		for _, v := range []float64{f.Stress, f.NP1, f.NP2, f.EdgeCV, f.Crossings} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%d nodes: %+v", len(pos), f)
			}
		}
	}
}
