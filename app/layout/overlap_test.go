package layout

import (
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
)

// overlaps counts pairs of discs that overlap by more than a hundredth of a unit.
func overlaps(pos []geom.Point, radius []float32) int {
	boxes := make([]geom.Rect, len(pos))
	for i, p := range pos {
		boxes[i] = geom.RectAround(p, radius[i], radius[i])
	}
	g := geom.NewGrid(boxes)
	n := 0
	for i := range pos {
		g.Query(boxes[i], func(j int32) bool {
			if int(j) > i && pos[i].Dist(pos[j]) < radius[i]+radius[j]-0.01*(radius[i]+radius[j]) {
				n++
			}
			return true
		})
	}
	return n
}

func TestNoDiscsOverlapAfterRemoval(t *testing.T) {
	for seed := uint64(1); seed <= 8; seed++ {
		rng := rand.New(rand.NewPCG(seed, 2))
		n := []int{2, 10, 300, 3000}[seed%4]
		pos, radius := make([]geom.Point, n), make([]float32, n)
		for i := range pos {
			radius[i] = 5 + 20*rng.Float32()
			if seed > 4 { // the other half of the cases starts on one spot
				continue
			}
			pos[i] = geom.Point{X: rng.Float32() * 300, Y: rng.Float32() * 300}
		}
		RemoveOverlaps(pos, radius, nil)
		if k := overlaps(pos, radius); k != 0 {
			t.Errorf("seed %d: %d pairs of %d discs overlap", seed, k, n)
		}
	}
}

func TestRemovalLeavesPinnedAndFreeDiscsAlone(t *testing.T) {
	const seed = 3
	rng := rand.New(rand.NewPCG(seed, 2))
	pos, radius, pinned := make([]geom.Point, 200), make([]float32, 200), make([]bool, 200)
	for i := range pos {
		pos[i] = geom.Point{X: rng.Float32() * 400, Y: rng.Float32() * 400}
		radius[i], pinned[i] = 12, i%10 == 0
	}
	before := append([]geom.Point(nil), pos...)
	RemoveOverlaps(pos, radius, pinned)
	for i := range pos {
		if pinned[i] && pos[i] != before[i] {
			t.Errorf("seed %d: pinned disc %d moved", seed, i)
		}
	}
	apart := []geom.Point{{}, {X: 30}, {X: 60, Y: 5}}
	want := append([]geom.Point(nil), apart...)
	RemoveOverlaps(apart, []float32{10, 10, 10}, nil)
	for i := range apart {
		if apart[i] != want[i] {
			t.Errorf("disc %d moved though nothing overlapped", i)
		}
	}
}

func TestForceDrawingWithSizesHasNoOverlaps(t *testing.T) {
	for _, n := range []int{40, 500, 3000} {
		p := &Problem{N: n, Edges: randomEdges(n-5, n*2, 4), Shape: DefaultShape, Size: make([]float32, n)}
		for i := range p.Size {
			p.Size[i] = float32(12 + i%13)
		}
		pos := mustRun(t, "force", p)
		if k := overlaps(pos, p.Size); k > 0 {
			t.Errorf("%d nodes: %d pairs overlap", n, k)
		}
	}
}
