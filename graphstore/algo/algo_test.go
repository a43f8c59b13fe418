package algo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"caveat/graphstore"
)

func build(t testing.TB, d *graphstore.Diff) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// drawn makes a graph of "a b" lines: a claim between two letters each, or,
// as "a 3", from a letter to the claim of line 3.
func drawn(t testing.TB, lines string) *graphstore.Graph {
	d := &graphstore.Diff{}
	seen := map[string]bool{}
	end := func(s string) graphstore.ID {
		if s >= "0" && s <= "99" {
			return graphstore.ID("urn:c:" + s)
		}
		if !seen[s] {
			seen[s] = true
			d.Add(nil, &graphstore.Entity{ID: graphstore.ID("urn:e:" + s), Kind: "vendor"})
		}
		return graphstore.ID("urn:e:" + s)
	}
	for i, line := range strings.Split(lines, ",") {
		f := strings.Fields(line)
		if len(f) == 1 {
			end(f[0])
			continue
		}
		d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprint("urn:c:", i)), Subject: end(f[0]), Predicate: "relies-on", Object: graphstore.Object{ID: end(f[1])}})
	}
	return build(t, d)
}

// show writes a path as "a -0,2- b".
func show(p Path) string {
	var b strings.Builder
	short := func(id graphstore.ID) string { return string(id)[strings.LastIndexByte(string(id), ':')+1:] }
	for i, e := range p.Entities {
		b.WriteString(short(e))
		if i < len(p.Claims) {
			var cs []string
			for _, c := range p.Claims[i] {
				cs = append(cs, short(c))
			}
			b.WriteString(" -" + strings.Join(cs, ",") + "- ")
		}
	}
	return b.String()
}

func TestShortestPath(t *testing.T) {
	for _, c := range []struct{ lines, from, to, want string }{
		{"a b, b c", "a", "c", "a -0- b -1- c"},
		{"b a, c b", "a", "c", "a -0- b -1- c"},            // against the claims
		{"a b, b a, a b", "a", "b", "a -0,1,2- b"},         // parallel claims
		{"a c, a b, b d, c d", "a", "d", "a -1- b -2- d"},  // a tie goes to the lesser id
		{"a b, c 0, c d", "a", "d", "a -0- 0 -1- c -2- d"}, // through a claim on a claim
		{"a b, c 0, b c", "a", "c", "a -0- 0 -1- c"},       // as short as through b: the claim's id is less
		{"a b", "a", "a", "a"},
	} {
		p := Project(drawn(t, c.lines))
		got, err := p.ShortestPath(graphstore.ID("urn:e:"+c.from), graphstore.ID("urn:e:"+c.to))
		if err != nil || show(got) != c.want {
			t.Errorf("%s: %s (%v), want %s", c.lines, show(got), err, c.want)
		}
	}
	p := Project(drawn(t, "a b, c"))
	if _, err := p.ShortestPath("urn:e:a", "urn:e:c"); !errors.Is(err, ErrNoPath) {
		t.Errorf("a and c are not joined: %v", err)
	}
	if _, err := p.ShortestPath("urn:e:a", "urn:e:x"); !errors.Is(err, ErrUnknown) {
		t.Errorf("x is not there: %v", err)
	}
	if p.Alternatives("urn:e:a", "urn:e:x", 3) != nil || p.Alternatives("urn:e:a", "urn:e:c", 3) != nil || p.Alternatives("urn:e:a", "urn:e:b", 0) != nil {
		t.Error("alternatives to nothing")
	}
}

func TestWhatStandsAloneIsItsOwnComponent(t *testing.T) {
	p := Project(drawn(t, "a b, c, d e, e f"))
	want := [][]graphstore.ID{{"urn:e:d", "urn:e:e", "urn:e:f"}, {"urn:e:a", "urn:e:b"}, {"urn:e:c"}}
	if got := p.Components(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

func TestCycles(t *testing.T) {
	p := Project(drawn(t, "a b, b c, c a, b a, d d, c e"))
	strong, err := p.StrongComponents()
	if err != nil || !reflect.DeepEqual(strong, [][]graphstore.ID{{"urn:e:a", "urn:e:b", "urn:e:c"}}) {
		t.Errorf("%v %v", strong, err)
	}
	cycles, err := p.Cycles(10)
	var got []string
	for _, c := range cycles {
		got = append(got, show(c))
	}
	if want := []string{"d -4- ", "a -0- b -3- ", "a -0- b -1- c -2- "}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q %v", got, err)
	}
	if cycles, _ := p.Cycles(1); len(cycles) != 1 {
		t.Errorf("%d circles, asked for one", len(cycles))
	}
}

func TestProjectWhereLeavesClaimsOut(t *testing.T) {
	g := drawn(t, "a b, b c")
	p := ProjectWhere(g, func(c *graphstore.Claim) bool { return c.ID != "urn:c:1" })
	if _, err := p.ShortestPath("urn:e:a", "urn:e:c"); !errors.Is(err, ErrNoPath) {
		t.Errorf("%v", err)
	}
}

// random makes a graph of n entities and m claims, some of them on claims.
func random(t testing.TB, rnd *rand.Rand, n, m int) *graphstore.Graph {
	d := &graphstore.Diff{}
	for i := range n {
		d.Add(nil, &graphstore.Entity{ID: graphstore.ID(fmt.Sprintf("urn:e:%07d", i)), Kind: "vendor"})
	}
	for i := range m {
		o := graphstore.ID(fmt.Sprintf("urn:e:%07d", rnd.IntN(n)))
		if i > 0 && rnd.IntN(6) == 0 {
			o = graphstore.ID(fmt.Sprintf("urn:c:%07d", rnd.IntN(i)))
		}
		d.Add(nil, &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:c:%07d", i)), Subject: graphstore.ID(fmt.Sprintf("urn:e:%07d", rnd.IntN(n))),
			Predicate: "relies-on", Object: graphstore.Object{ID: o}})
	}
	return build(t, d)
}

// twin answers by trying everything, from the graph and not the projection.
type twin struct {
	nodes []graphstore.ID
	arc   map[[2]graphstore.ID]bool
}

func newTwin(g *graphstore.Graph) twin {
	w := twin{arc: map[[2]graphstore.ID]bool{}}
	for e := range g.Entities() {
		w.nodes = append(w.nodes, e.ID)
	}
	for c := range g.Claims() {
		w.arc[[2]graphstore.ID{c.Subject, c.Object.ID}] = true
		about := false
		for other := range g.Claims() {
			about = about || other.Subject == c.ID || other.Object.ID == c.ID
		}
		if about {
			w.nodes = append(w.nodes, c.ID)
			w.arc[[2]graphstore.ID{c.Subject, c.ID}] = true
			w.arc[[2]graphstore.ID{c.ID, c.Object.ID}] = true
		}
	}
	slices.Sort(w.nodes)
	return w
}

func (w twin) joined(a, b graphstore.ID) bool {
	return a != b && (w.arc[[2]graphstore.ID{a, b}] || w.arc[[2]graphstore.ID{b, a}])
}

// paths lists every way from a to b that visits nothing twice, by length and then ids.
func (w twin) paths(a, b graphstore.ID) [][]graphstore.ID {
	var out [][]graphstore.ID
	var walk func(path []graphstore.ID)
	walk = func(path []graphstore.ID) {
		last := path[len(path)-1]
		if last == b {
			out = append(out, slices.Clone(path))
			return
		}
		for _, n := range w.nodes {
			if w.joined(last, n) && !slices.Contains(path, n) {
				walk(append(path, n))
			}
		}
	}
	walk([]graphstore.ID{a})
	slices.SortFunc(out, func(x, y []graphstore.ID) int {
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		return slices.Compare(x, y)
	})
	return out
}

// detour reports whether a path enters a claim at one end and leaves it at
// the other with no other claim doing the same.
func detour(g *graphstore.Graph, path []graphstore.ID) bool {
	onlyEnd := func(n, claim graphstore.ID) bool {
		c := g.Claim(claim)
		if c.Subject != n && c.Object.ID != n {
			return false
		}
		for other := range g.Claims() {
			if other.Subject == n && other.Object.ID == claim || other.Subject == claim && other.Object.ID == n {
				return false
			}
		}
		o := g.Claim(n)
		return o == nil || o.Subject != claim && o.Object.ID != claim
	}
	for i := 1; i+1 < len(path); i++ {
		if g.Claim(path[i]) != nil && onlyEnd(path[i-1], path[i]) && onlyEnd(path[i+1], path[i]) {
			return true
		}
	}
	return false
}

// reach says which nodes lead to which, by Warshall's closure.
func (w twin) reach(joined func(a, b graphstore.ID) bool) map[[2]graphstore.ID]bool {
	r := map[[2]graphstore.ID]bool{}
	for _, a := range w.nodes {
		for _, b := range w.nodes {
			if joined(a, b) {
				r[[2]graphstore.ID{a, b}] = true
			}
		}
	}
	for _, m := range w.nodes {
		for _, a := range w.nodes {
			for _, b := range w.nodes {
				if r[[2]graphstore.ID{a, m}] && r[[2]graphstore.ID{m, b}] {
					r[[2]graphstore.ID{a, b}] = true
				}
			}
		}
	}
	return r
}

func TestAgreesWithTryingEverything(t *testing.T) {
	const seed = 3
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for round := range 150 {
		g := random(t, rnd, 2+rnd.IntN(5), rnd.IntN(9))
		p, w := Project(g), newTwin(g)
		if p.Len() != len(w.nodes) {
			t.Fatalf("round %d: %d nodes, want %d", round, p.Len(), len(w.nodes))
		}
		a, b := w.nodes[rnd.IntN(len(w.nodes))], w.nodes[rnd.IntN(len(w.nodes))]
		all := slices.DeleteFunc(w.paths(a, b), func(path []graphstore.ID) bool { return detour(g, path) })
		k := 1 + rnd.IntN(12)
		got := p.Alternatives(a, b, k)
		if len(got) != min(k, len(all)) {
			t.Fatalf("round %d: %d ways from %s to %s, want %d", round, len(got), a, b, min(k, len(all)))
		}
		for i, path := range got {
			if !slices.Equal(path.Entities, all[i]) {
				t.Fatalf("round %d: way %d is %v, want %v", round, i, path.Entities, all[i])
			}
			for j, cs := range path.Claims {
				if len(cs) == 0 || !slices.Equal(cs, p.Joins(path.Entities[j], path.Entities[j+1])) {
					t.Fatalf("round %d: step %d of %v is joined by %v", round, j, path.Entities, cs)
				}
			}
		}
		short, err := p.ShortestPath(a, b)
		if (err == nil) != (len(all) > 0) || err == nil && !slices.Equal(short.Entities, all[0]) {
			t.Fatalf("round %d: shortest %v (%v), want %v", round, short.Entities, err, all)
		}
		checkSets(t, round, w, p)
	}
}

func checkSets(t *testing.T, round int, w twin, p *Projection) {
	t.Helper()
	sets := func(parts [][]graphstore.ID) map[graphstore.ID]int {
		m := map[graphstore.ID]int{}
		for i, part := range parts {
			for _, id := range part {
				m[id] = i + 1
			}
		}
		return m
	}
	either, along := w.reach(w.joined), w.reach(func(a, b graphstore.ID) bool { return w.arc[[2]graphstore.ID{a, b}] })
	components := sets(p.Components())
	list, err := p.StrongComponents()
	if err != nil {
		t.Fatal(err)
	}
	strong := sets(list)
	cycles, err := p.Cycles(1000)
	if err != nil {
		t.Fatal(err)
	}
	circled := map[graphstore.ID]bool{}
	for _, c := range cycles {
		for i, id := range c.Entities {
			circled[id] = true
			if next := c.Entities[(i+1)%len(c.Entities)]; !w.arc[[2]graphstore.ID{id, next}] || len(c.Claims[i]) == 0 {
				t.Fatalf("round %d: no claim leads from %s to %s in %v", round, id, next, c.Entities)
			}
		}
	}
	for _, a := range w.nodes {
		if circled[a] != along[[2]graphstore.ID{a, a}] {
			t.Fatalf("round %d: %s in a circle: %v", round, a, circled[a])
		}
		for _, b := range w.nodes {
			if a == b {
				continue
			}
			if (components[a] == components[b]) != either[[2]graphstore.ID{a, b}] {
				t.Fatalf("round %d: %s and %s in one component: %v", round, a, b, components[a] == components[b])
			}
			both := along[[2]graphstore.ID{a, b}] && along[[2]graphstore.ID{b, a}]
			if (strong[a] > 0 && strong[a] == strong[b]) != both {
				t.Fatalf("round %d: %s and %s strongly joined: %v", round, a, b, !both)
			}
		}
	}
}

func BenchmarkPaths(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		g := random(b, rand.New(rand.NewPCG(1, 1)), n, 3*n)
		from, to := graphstore.ID("urn:e:0000000"), graphstore.ID("urn:e:0000050")
		b.Run(fmt.Sprintf("project/%d", n), func(b *testing.B) {
			for b.Loop() {
				Project(g)
			}
		})
		p := Project(g)
		b.Run(fmt.Sprintf("shortest/%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := p.ShortestPath(from, to); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("alternatives/%d", n), func(b *testing.B) {
			for b.Loop() {
				p.Alternatives(from, to, 5)
			}
		})
	}
}
