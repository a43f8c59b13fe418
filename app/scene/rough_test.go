package scene

import (
	"math"
	"math/rand"
	"slices"
	"testing"

	"caveat/app/geom"
)

// shapes are edge lists that a first placing must cope with, by name.
func roughShapes() map[string][][2]int32 {
	const n = 100_000
	out := map[string][][2]int32{"nothing": nil, "loop": {{0, 0}}, "pair": {{0, 1}, {1, 0}, {0, 1}}}
	for i := int32(1); i < n; i++ {
		out["path"] = append(out["path"], [2]int32{i - 1, i})
		out["star"] = append(out["star"], [2]int32{0, i})
		if i%2 == 1 {
			out["pairs"] = append(out["pairs"], [2]int32{i - 1, i})
		}
	}
	for i := range int32(60) {
		for k := range i {
			out["clique"] = append(out["clique"], [2]int32{i, k})
		}
	}
	rng := rand.New(rand.NewSource(3))
	for range 3000 {
		out["random"] = append(out["random"], [2]int32{rng.Int31n(4000), rng.Int31n(4000)})
	}
	return out
}

// named returns a name for every node of edges and some without.
func named(edges [][2]int32) []string {
	most := int32(2)
	for _, e := range edges {
		most = max(most, e[0], e[1])
	}
	names := make([]string, most+3)
	for i := range names {
		names[i] = itoa(i)
	}
	return names
}

func TestRoughPlacesAreFiniteAndRepeatable(t *testing.T) {
	for name, edges := range roughShapes() {
		names := named(edges)
		s, again := FromEdgesRoughly(names, edges), FromEdgesRoughly(names, edges)
		if !slices.Equal(s.Positions(), again.Positions()) {
			t.Errorf("%s: other places the second time", name)
		}
		if i := slices.IndexFunc(s.Positions(), func(p geom.Point) bool { return !p.Finite() }); i >= 0 {
			t.Errorf("%s: node %d stands at %v", name, i, s.NodePoint(int32(i)))
		}
		apart := map[geom.Point]bool{}
		for _, p := range s.Positions() {
			apart[p] = true
		}
		if len(apart) < s.Len()*99/100 {
			t.Errorf("%s: %d nodes in %d places", name, s.Len(), len(apart))
		}
		plain := FromEdges(names, edges)
		if s.EdgeCount() != plain.EdgeCount() || !slices.Equal(s.byWeight, plain.byWeight) || !slices.Equal(s.edges, plain.edges) {
			t.Errorf("%s: another scene than the plain one", name)
		}
	}
}

// TestRoughPlacesShowTheShape compares the distances of pairs of nodes of a grid with those in the
// drawing: they must go together, and edges must be short.
func TestRoughPlacesShowTheShape(t *testing.T) {
	const wide, high = 120, 60
	var edges [][2]int32
	for y := range int32(high) {
		for x := range int32(wide) {
			i := y*wide + x
			if x > 0 {
				edges = append(edges, [2]int32{i - 1, i})
			}
			if y > 0 {
				edges = append(edges, [2]int32{i - wide, i})
			}
		}
	}
	rng := rand.New(rand.NewSource(4))
	number := rng.Perm(wide * high) // the order of nodes says nothing
	for i, e := range edges {
		edges[i] = [2]int32{int32(number[e[0]]), int32(number[e[1]])}
	}
	s := FromEdgesRoughly(named(edges), edges)
	var sx, sy, sxx, syy, sxy float64
	const pairs = 4000
	for range pairs {
		a, b := rng.Intn(wide*high), rng.Intn(wide*high)
		x := math.Abs(float64(a%wide-b%wide)) + math.Abs(float64(a/wide-b/wide))
		y := float64(s.NodePoint(int32(number[a])).Dist(s.NodePoint(int32(number[b]))))
		sx, sy, sxx, syy, sxy = sx+x, sy+y, sxx+x*x, syy+y*y, sxy+x*y
	}
	r := (pairs*sxy - sx*sy) / math.Sqrt((pairs*sxx-sx*sx)*(pairs*syy-sy*sy))
	if r < 0.9 {
		t.Errorf("distances go together by %.2f", r)
	}
	length := 0.0
	for _, e := range edges {
		length += float64(s.NodePoint(e[0]).Dist(s.NodePoint(e[1]))) / float64(len(edges))
	}
	if d := float64(s.Bounds().Width()); length > d/40 {
		t.Errorf("an edge is %.0f long in a drawing of %.0f", length, d)
	}
}

// TestRoughPartsLieApart draws two meshes: no node of one stands within the other's box.
func TestRoughPartsLieApart(t *testing.T) {
	var edges [][2]int32
	for part := range int32(2) {
		for i := int32(1); i < 200; i++ {
			edges = append(edges, [2]int32{200*part + i - 1, 200*part + i}, [2]int32{200*part + i/2, 200*part + i})
		}
	}
	pos := FromEdgesRoughly(named(edges), edges).Positions()
	first := geom.BoundsOf(pos[:200])
	if i := slices.IndexFunc(pos[200:], first.Contains); i >= 0 {
		t.Errorf("node %d stands in another part", 200+i)
	}
}

func TestNodesOfALargeListAreFoundById(t *testing.T) {
	names := make([]string, 30_000)
	for i := range names {
		names[i] = itoa(i % 20_000) // some twice: the first counts
	}
	s := FromEdges(names, nil)
	for i := range int32(20_000) {
		if n, ok := s.Node(s.ID(i)); !ok || n != i {
			t.Fatalf("node %d is found as %d", i, n)
		}
	}
	if _, ok := s.Node("nobody"); ok {
		t.Error("nobody is found")
	}
}
