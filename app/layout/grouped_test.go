package layout

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"caveat/app/geom"
)

// groupsProblem returns a random graph whose nodes are in one of k groups or, some of them, in none.
func groupsProblem(n, k int, seed uint64) *Problem {
	rng := rand.New(rand.NewPCG(seed, 7))
	p := &Problem{N: n, Edges: randomEdges(n, n*2, seed), Seed: int64(seed), Group: make([]int32, n), Size: make([]float32, n)}
	for i := range n {
		p.Group[i] = int32(rng.IntN(k+1)) * int32(rng.IntN(2)) // the first is large
		if rng.IntN(9) == 0 {
			p.Group[i] = -1
		}
		p.Size[i] = 20 + 20*rng.Float32()
	}
	return p
}

// groupHulls returns the hull of the discs of each group and of each node in none.
func groupHulls(p *Problem, pos []geom.Point, margin float32) [][]geom.Point {
	corners := map[int32][]geom.Point{}
	for i := range p.N {
		k := p.Group[i]
		if k < 0 {
			k = -1 - int32(i)
		}
		for c := range 8 {
			d := geom.Point{X: 1}
			for range c {
				d = geom.Point{X: (d.X - d.Y) * 0.70710678, Y: (d.X + d.Y) * 0.70710678}
			}
			corners[k] = append(corners[k], pos[i].Add(d.Mul(p.Size[i]+margin)))
		}
	}
	var out [][]geom.Point
	for k := -int32(p.N) - 1; k < int32(p.N); k++ {
		if c := corners[k]; c != nil {
			out = append(out, geom.Hull(c))
		}
	}
	return out
}

// TestGroupsHaveGroundOfTheirOwn holds that no hull of the discs of a group meets another group or a node in none,
// and that no two discs of a group overlap.
func TestGroupsHaveGroundOfTheirOwn(t *testing.T) {
	for _, c := range []struct{ n, k int }{{2, 1}, {12, 3}, {34, 12}, {106, 18}, {400, 5}, {900, 60}, {2500, 700}, {3000, 14}} {
		for seed := uint64(1); seed <= 3; seed++ {
			if raced && (c.n > 400 || seed > 1) {
				continue
			}
			p := groupsProblem(c.n, c.k, seed)
			pos := mustRun(t, "force", p)
			hulls := groupHulls(p, pos, 0)
			if len(hulls) > mostSingles { // those in no group are on common ground
				continue
			}
			for i := range hulls {
				for j := range i {
					if hullsMeet(hulls[i], geom.Point{}, hulls[j], geom.Point{}) {
						t.Fatalf("%d nodes, %d groups, seed %d: two of them meet", c.n, c.k, seed)
					}
				}
			}
			plain := *p
			plain.Group = nil
			now, before := geom.BoundsOf(pos), geom.BoundsOf(mustRun(t, "force", &plain))
			if k := now.Width() * now.Height() / (before.Width() * before.Height()); c.n > 30 && k > 8 {
				t.Errorf("%d nodes, %d groups, seed %d: with groups the drawing takes %.1f times the ground", c.n, c.k, seed, k)
			}
		}
	}
}

// TestGroupsKeepPinsAndBytes holds what holds for every engine where there are groups.
func TestGroupsKeepPinsAndBytes(t *testing.T) {
	for seed := uint64(1); seed <= 3; seed++ {
		p := groupsProblem(150, 9, seed)
		p.Pinned, p.Start, p.Fresh = make([]bool, p.N), make([]geom.Point, p.N), make([]bool, p.N)
		for i := range p.N {
			p.Start[i] = geom.Point{X: float32(i%15) * 90, Y: float32(i/15) * 90}
			p.Pinned[i] = i%31 == 4
			p.Fresh[i] = !p.Pinned[i]
		}
		first := fmt.Sprint(mustRun(t, "force", p))
		pos := mustRun(t, "force", p)
		if fmt.Sprint(pos) != first {
			t.Errorf("seed %d: another drawing the second time", seed)
		}
		for i := range pos {
			if p.Pinned[i] && pos[i] != p.Start[i] {
				t.Errorf("seed %d: pinned node %d moved to %v", seed, i, pos[i])
			}
			if !pos[i].Finite() {
				t.Fatalf("seed %d: node %d is at %v", seed, i, pos[i])
			}
		}
	}
}
