package algo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph/community"
	gonum "gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"

	"gonum.org/v1/gonum/graph"

	"caveat/graphstore"
)

// karate is the club of Zachary, "An information flow model for conflict and
// fission in small groups" (1977): 34 members, 78 friendships.
var karate = [...]string{"2 3 4 5 6 7 8 9 11 12 13 14 18 20 22 32", "3 4 8 14 18 20 22 31", "4 8 9 10 14 28 29 33", "8 13 14", "7 11", "7 11 17", "17", "",
	"31 33 34", "34", "", "", "", "34", "33 34", "33 34", "", "", "33 34", "34", "33 34", "", "33 34", "26 28 30 33 34", "26 28 32", "32", "30 34", "34", "32 34", "33 34", "33 34", "33 34", "34"}

func club(t testing.TB) *Projection {
	var arcs []Arc
	id := func(n int) graphstore.ID { return graphstore.ID(fmt.Sprintf("urn:m:%02d", n)) }
	for i, friends := range karate {
		var n int
		for rest := friends; rest != ""; {
			if _, err := fmt.Sscan(rest, &n); err != nil {
				t.Fatal(err)
			}
			arcs = append(arcs, Arc{From: id(i + 1), To: id(n), Claim: graphstore.ID(fmt.Sprintf("urn:c:%02d-%02d", i+1, n))})
			if at := slices.Index([]byte(rest), ' '); at < 0 {
				rest = ""
			} else {
				rest = rest[at+1:]
			}
		}
	}
	if len(arcs) != 78 {
		t.Fatalf("%d friendships", len(arcs))
	}
	return ProjectArcs(arcs)
}

// TestKarateClub holds the published figures: betweenness and degree as
// networkx and igraph document them, the best known modularity of 0.4198 (Brandes et al. 2008) to a hundredth.
func TestKarateClub(t *testing.T) {
	p, ctx := club(t), context.Background()
	between, exact, err := p.Betweenness(ctx)
	if err != nil || !exact {
		t.Fatal(err)
	}
	degree := p.Degrees()
	for _, c := range []struct {
		member int
		degree float64
		ways   float64 // normalised by 33·32/2 pairs
	}{{1, 16, 0.437635}, {34, 17, 0.304075}, {33, 12, 0.145247}, {3, 10, 0.143657}, {32, 6, 0.138276}, {12, 1, 0}} {
		if got := between[c.member-1].Value / (33 * 32 / 2); math.Abs(got-c.ways) > 1e-6 || degree[c.member-1].Value != c.degree {
			t.Errorf("member %d: betweenness %f, degree %v", c.member, got, degree[c.member-1].Value)
		}
	}
	parts, q, err := p.Communities(ctx)
	if err != nil || q < 0.4098 || q > 0.41981 || len(parts) != 4 {
		t.Errorf("%d communities of modularity %f (%v)", len(parts), q, err)
	}
}

func gonumOf(p *Projection) (*simple.UndirectedGraph, *simple.DirectedGraph) {
	u, d := simple.NewUndirectedGraph(), simple.NewDirectedGraph()
	for i := range p.ids {
		u.AddNode(simple.Node(i + 1))
		d.AddNode(simple.Node(i + 1))
	}
	for a := range p.near {
		for _, b := range p.near[a] {
			u.SetEdge(u.NewEdge(simple.Node(a), simple.Node(b)))
		}
		for _, b := range p.next[a] {
			if int32(a) != b {
				d.SetEdge(d.NewEdge(simple.Node(a), simple.Node(b)))
			}
		}
	}
	return u, d
}

func TestMeasuresAgreeWithGonum(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		p := Project(random(t, rnd, 2+rnd.IntN(25), 1+rnd.IntN(60)))
		u, d := gonumOf(p)
		between, _, err := p.Betweenness(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := gonum.Betweenness(u)
		for i, s := range between { // gonum counts each pair from both ends
			if math.Abs(s.Value-want[int64(i+1)]/2) > 1e-6 {
				t.Fatalf("seed %d: betweenness of %s is %f, gonum's %f", seed, s.ID, s.Value, want[int64(i+1)]/2)
			}
		}
		rank, err := p.PageRank(ctx)
		if err != nil {
			t.Fatal(err)
		}
		ranks, sum := gonum.PageRank(d, 0.85, 1e-10), 0.0
		for i, s := range rank {
			sum += s.Value
			if math.Abs(s.Value-ranks[int64(i+1)]) > 1e-6 {
				t.Fatalf("seed %d: rank of %s is %f, gonum's %f", seed, s.ID, s.Value, ranks[int64(i+1)])
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("seed %d: ranks sum to %f", seed, sum)
		}
		checkCommunities(t, seed, p, u)
	}
}

// checkCommunities holds modularity to gonum's formula, and each node to its side.
func checkCommunities(t *testing.T, seed uint64, p *Projection, u *simple.UndirectedGraph) {
	t.Helper()
	parts, q, err := p.Communities(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	sets := make([][]graph.Node, len(parts))
	of := map[graphstore.ID]int{}
	for i, part := range parts {
		for _, id := range part {
			k, _ := p.key(id)
			sets[i] = append(sets[i], simple.Node(k))
			of[id] = i
		}
	}
	if len(of) != p.Len() {
		t.Fatalf("seed %d: %d of %d nodes in communities", seed, len(of), p.Len())
	}
	var edges [][2]int32 // every one twice, and a loop
	for a := range p.near {
		for _, b := range p.near[a] {
			edges = append(edges, [2]int32{int32(a) - 1, b - 1})
		}
	}
	edges = append(edges, [2]int32{0, 0})
	plain, same, err := CommunitiesOf(context.Background(), p.Len(), edges)
	if err != nil || math.Abs(same-q) > 1e-12 {
		t.Fatalf("seed %d: modularity %f of the plain edges, not %f (%v)", seed, same, q, err)
	}
	for i, id := range p.ids {
		if int(plain[i]) != of[id] {
			t.Fatalf("seed %d: %s is in set %d of the plain edges, not in %d", seed, id, plain[i], of[id])
		}
	}
	if u.Edges().Len() == 0 {
		return
	}
	if want := community.Q(u, sets, 1); math.Abs(q-want) > 1e-9 {
		t.Fatalf("seed %d: modularity %f, gonum's formula %f", seed, q, want)
	}
	for i := range sets {
		for j, n := range sets[i] {
			for k := range sets {
				if k == i {
					continue
				}
				other := slices.Clone(sets)
				other[i] = slices.Delete(slices.Clone(sets[i]), j, j+1)
				other[k] = append(slices.Clone(sets[k]), n)
				if len(other[i]) == 0 {
					other = slices.Delete(other, i, i+1)
				}
				if better := community.Q(u, other, 1); better > q+1e-8 {
					t.Fatalf("seed %d: a node gains %f by changing sides", seed, better-q)
				}
			}
		}
	}
}

func TestSimplePathsAreAllUpToALength(t *testing.T) {
	for seed := range uint64(150) {
		rnd := rand.New(rand.NewPCG(seed, 6))
		g := random(t, rnd, 2+rnd.IntN(5), rnd.IntN(9))
		p, w := Project(g), newTwin(g)
		a, b := w.nodes[rnd.IntN(len(w.nodes))], w.nodes[rnd.IntN(len(w.nodes))]
		length, limit := rnd.IntN(6), 1+rnd.IntN(20)
		var want [][]graphstore.ID
		for _, path := range w.paths(a, b) {
			if len(path)-1 <= length && len(want) < limit {
				want = append(want, path)
			}
		}
		list, err := p.SimplePaths(context.Background(), a, b, length, limit)
		var got [][]graphstore.ID
		for _, path := range list {
			got = append(got, path.Entities)
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: %v, want %v (%v)", seed, got, want, err)
		}
	}
}

func TestDrawnBetweennessIsNearAndTheSameTwice(t *testing.T) {
	p := Project(random(t, rand.New(rand.NewPCG(1, 1)), 1_000, 3_000))
	all, exact, err := p.Betweenness(context.Background())
	if !exact || err != nil {
		t.Fatalf("exact %v (%v)", exact, err)
	}
	drawn, exact, err := p.betweenness(context.Background(), 1<<22)
	if exact || err != nil {
		t.Fatalf("exact %v (%v)", exact, err)
	}
	again, _, _ := p.betweenness(context.Background(), 1<<22)
	if !slices.Equal(drawn, again) {
		t.Error("two runs differ")
	}
	off, sum := 0.0, 0.0
	for i := range all {
		off += math.Abs(all[i].Value - drawn[i].Value)
		sum += all[i].Value
	}
	if off > 0.25*sum {
		t.Errorf("drawn values are off by %.0f %%", 100*off/sum)
	}
}

func BenchmarkMeasures(b *testing.B) {
	ctx := context.Background()
	for _, n := range []int{1_000, 10_000, 100_000} {
		p := Project(random(b, rand.New(rand.NewPCG(1, 1)), n/3, n))
		for _, m := range []struct {
			name string
			run  func() error
		}{
			{"betweenness", func() error { _, _, err := p.Betweenness(ctx); return err }},
			{"pagerank", func() error { _, err := p.PageRank(ctx); return err }},
			{"communities", func() error { _, _, err := p.Communities(ctx); return err }},
			{"components", func() error { p.Components(); return nil }},
			{"strong", func() error { _, err := p.strong(); return err }},
			{"degree", func() error { p.Degrees(); return nil }},
		} {
			b.Run(fmt.Sprintf("%s/%d", m.name, n), func(b *testing.B) {
				for b.Loop() {
					if err := m.run(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
