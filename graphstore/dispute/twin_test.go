package dispute

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	gonumflow "gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/simple"

	"caveat/graphstore"
)

// randomEdges makes a directed graph without loops or parallel edges.
func randomEdges(rnd *rand.Rand, n, m int) (next, pred [][]int32) {
	next, pred = make([][]int32, n), make([][]int32, n)
	for range m {
		a, b := int32(rnd.IntN(n)), int32(rnd.IntN(n))
		if a != b && !slices.Contains(next[a], b) {
			next[a] = append(next[a], b)
			pred[b] = append(pred[b], a)
		}
	}
	return next, pred
}

// reaches reports whether a leads to b past none of the nodes in cut.
func reaches(next [][]int32, a, b int32, cut uint32) bool {
	seen := uint32(1)<<a | cut
	for queue := []int32{a}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == b {
			return true
		}
		for _, n := range next[queue[0]] {
			if seen>>n&1 == 0 {
				seen |= 1 << n
				queue = append(queue, n)
			}
		}
	}
	return false
}

func TestDominatorsAgreeWithRemovingEveryNodeAndWithGonum(t *testing.T) {
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		n := 2 + rnd.IntN(9)
		next, pred := randomEdges(rnd, n, rnd.IntN(3*n))
		idom := dominators(0, next, pred)
		g := simple.NewDirectedGraph()
		for i := range n {
			g.AddNode(simple.Node(i))
		}
		for a, l := range next {
			for _, b := range l {
				g.SetEdge(g.NewEdge(simple.Node(a), simple.Node(b)))
			}
		}
		tree := gonumflow.Dominators(simple.Node(0), g)
		for v := int32(1); v < int32(n); v++ {
			if reaches(next, 0, v, 0) != (idom[v] >= 0) {
				t.Fatalf("seed %d: node %d reached: %v", seed, v, idom[v])
			}
			if idom[v] < 0 {
				continue
			}
			if d := tree.DominatorOf(int64(v)); d.ID() != int64(idom[v]) {
				t.Fatalf("seed %d: gonum's dominator of %d is %d, ours %d", seed, v, d.ID(), idom[v])
			}
			all := uint32(0)
			for d := idom[v]; d > 0; d = idom[d] {
				all |= 1 << d
			}
			for w := int32(1); w < int32(n); w++ {
				if w != v && (all>>w&1 == 1) == reaches(next, 0, v, 1<<w) {
					t.Fatalf("seed %d: %d dominates %d: %v", seed, w, v, all>>w&1 == 1)
				}
			}
		}
	}
}

func TestDisjointWaysAreAsManyAsTheLeastCut(t *testing.T) {
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		n := 3 + rnd.IntN(7)
		next, pred := randomEdges(rnd, n, rnd.IntN(4*n))
		target := int32(n - 1)
		got := disjoint(0, target, pred)
		want := 0
		if i := slices.Index(next[0], target); i >= 0 { // no cut parts neighbours
			want++
			next[0] = slices.Delete(next[0], i, i+1)
		}
		least := n
		for cut := range uint32(1) << n {
			if cut&1 == 0 && cut>>target == 0 && !reaches(next, 0, target, cut) {
				least = min(least, bits.OnesCount32(cut))
			}
		}
		if want += least; got != want {
			t.Fatalf("seed %d: %d ways, least cut %d", seed, got, want)
		}
	}
}

func TestLabelsAgreeWithEveryExtension(t *testing.T) {
	for seed := range uint64(400) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		n := 1 + rnd.IntN(12)
		attacks, attacked := make([][]int32, n), make([][]int32, n)
		bit := make([]uint32, n)
		for range rnd.IntN(2*n + 1) {
			a, b := rnd.IntN(n), rnd.IntN(n)
			if bit[a]>>b&1 == 0 {
				bit[a] |= 1 << b
				attacks[a], attacked[b] = append(attacks[a], int32(b)), append(attacked[b], int32(a))
			}
		}
		hits := func(s uint32) (out uint32) {
			for ; s != 0; s &= s - 1 {
				out |= bit[bits.TrailingZeros32(s)]
			}
			return out
		}
		acceptable := func(a int, s uint32) bool { // s attacks every attacker of a
			for b := range n {
				if bit[b]>>a&1 == 1 && hits(s)>>b&1 == 0 {
					return false
				}
			}
			return true
		}
		var complete, admissible []uint32
		for s := range uint32(1) << n {
			if hits(s)&s != 0 {
				continue
			}
			adm, com := true, true
			for a := range n {
				ok := acceptable(a, s)
				adm = adm && (ok || s>>a&1 == 0)
				com = com && ok == (s>>a&1 == 1)
			}
			if adm {
				admissible = append(admissible, s)
			}
			if com {
				complete = append(complete, s)
			}
		}
		least := complete[0] // the grounded extension is the least complete one
		for _, s := range complete {
			least &= s
		}
		label, _ := grounded(attacks, attacked)
		for a := range n {
			want := Undecided
			if least>>a&1 == 1 {
				want = In
			} else if hits(least)>>a&1 == 1 {
				want = Out
			}
			if label[a] != want {
				t.Fatalf("seed %d: argument %d is %s, want %s", seed, a, label[a], want)
			}
		}
		var greatest []uint32
		for _, s := range admissible {
			if !slices.ContainsFunc(admissible, func(o uint32) bool { return o != s && s&^o == 0 }) {
				greatest = append(greatest, s)
			}
		}
		slices.Sort(greatest)
		got, err := preferred(context.Background(), bit)
		if err != nil || !slices.Equal(got, greatest) {
			t.Fatalf("seed %d: preferred %b, want %b (%v)", seed, got, greatest, err)
		}
		sets, err := readings(context.Background(), attacks, attacked, label)
		if err != nil {
			t.Fatal(err)
		}
		for a, r := range sets { // in a part of its own an argument stands in the same share of readings
			in := 0
			for _, s := range greatest {
				in += int(s >> a & 1)
			}
			if r.In*len(greatest) != in*r.Of {
				t.Fatalf("seed %d: argument %d stands in %d of %d, in all in %d of %d", seed, a, r.In, r.Of, in, len(greatest))
			}
		}
	}
}

func TestAttacksInTheNameOfAClaimFallWithIt(t *testing.T) {
	rs := []graphstore.Record{&graphstore.Entity{ID: "urn:a", Kind: "vendor"}}
	say := func(id graphstore.ID, subject graphstore.ID, p graphstore.Predicate, object graphstore.ID) {
		rs = append(rs, &graphstore.Claim{ID: id, Subject: subject, Predicate: p, Object: graphstore.Object{ID: object}, Speaker: "urn:a"})
	}
	say("urn:1", "urn:a", "uses", "urn:a")
	say("urn:2", "urn:a", "uses", "urn:a")
	say("urn:3", "urn:2", "rebuts", "urn:1")   // 2 against 1
	say("urn:4", "urn:a", "disputes", "urn:2") // 2 falls, and 3 with it
	say("urn:5", "urn:a", "disputes", "urn:4")
	say("urn:6", "urn:a", "retracts", "urn:5") // 5 is taken back
	want := map[graphstore.ID]Label{"urn:1": In, "urn:2": Out, "urn:3": Out, "urn:4": In}
	list := ask(t, Arguments, graph(t, rs...), Asked{})
	for _, a := range list {
		if a.Label != want[a.Claim] {
			t.Errorf("%s is %s", a.Claim, a.Label)
		}
	}
	if len(list) != len(want) {
		t.Errorf("%d arguments", len(list))
	}
	if got := list[2]; !slices.Equal(got.Attackers, []graphstore.ID{"urn:4"}) {
		t.Errorf("the link is attacked by %v", got.Attackers)
	}
}

// tokens writes the steps of the query as letters: capital is against the claim.
var tokens = map[graphstore.Predicate]string{makes: "m", operates: "o", owns: "w", partOf: "p", uses: "u", dependsOn: "d", hosts: "h", controls: "c", locatedIn: "l", subjectTo: "s"}

func TestReachAgreesWithEveryWalkThatTheQueryAllows(t *testing.T) {
	query := regexp.MustCompile(`^[mow]?[Pud]*[pMOHWC]*[lp]*[sj]$`)
	var predicates []graphstore.Predicate
	for p := range tokens {
		predicates = append(predicates, p)
	}
	slices.Sort(predicates)
	const far = 5
	some := 0
	for seed := range uint64(150) {
		s := newSmall(seed, 6, 0)
		set := predicates
		if seed%2 == 1 { // fewer words make longer walks
			set = []graphstore.Predicate{locatedIn, partOf, owns, subjectTo, uses}
		}
		g := s.fill(t, 12, set...)
		for _, from := range s.entities {
			want := map[graphstore.ID]int{}
			var walk func(at graphstore.ID, word string)
			walk = func(at graphstore.ID, word string) {
				if query.MatchString(word) {
					if n, seen := want[at]; !seen || len(word) < n {
						want[at] = len(word)
					}
					return
				}
				if len(word) == far {
					return
				}
				for x := range g.Claims() {
					letter := tokens[x.Predicate]
					if x.Modality == denies {
						continue
					}
					if x.Subject == at {
						if x.Predicate == locatedIn && g.Entity(x.Object.ID).Kind == lawKind {
							letter = "j"
						}
						walk(x.Object.ID, word+letter)
					}
					if x.Object.ID == at && x.Predicate != locatedIn && x.Predicate != subjectTo {
						walk(x.Subject, word+string(letter[0]-'a'+'A'))
					}
				}
			}
			walk(from, "")
			got := map[graphstore.ID]int{}
			for _, r := range ask(t, Jurisdictions, g, Asked{Entity: from}) {
				if len(r.Claims) != len(r.Path)-1 || r.Path[0] != from {
					t.Fatalf("seed %d: %+v", seed, r)
				}
				if len(r.Claims) <= far {
					got[r.Jurisdiction] = len(r.Claims)
				}
			}
			some += len(got)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("seed %d: from %s: %v, want %v", seed, from, got, want)
			}
		}
	}
	if some < 100 {
		t.Errorf("only %d jurisdictions in all", some)
	}
}

func TestExposureAgreesWithItsEquation(t *testing.T) {
	some := 0
	for seed := range uint64(800) {
		s := newSmall(seed, 7, 0)
		rnd := rand.New(rand.NewPCG(seed, 5))
		d := &graphstore.Diff{}
		g := s.fill(t, 11, uses, dependsOn, supplies, partOf, partOf, partOf, hosts, makes, operates)
		for x := range g.Claims() {
			y := *x
			y.Scope.Process = []string{"", "mail", "Mail", "backup"}[rnd.IntN(4)]
			if rnd.IntN(6) == 0 {
				y.Tags = []string{"any-of:x"}
			}
			d.Add(x, &y)
		}
		g, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		// distance(e) = 1 + least over the needs of e of the greatest over their ends
		type want struct {
			who  graphstore.ID
			ends map[graphstore.ID]bool
		}
		wants := map[string]*want{}
		up := map[[2]graphstore.ID]bool{}
		for x := range g.Claims() {
			if x.Modality == denies || x.Subject == x.Object.ID {
				continue
			}
			who, what := x.Object.ID, x.Subject
			if x.Predicate == uses || x.Predicate == dependsOn {
				who, what = what, who
			}
			key := string(x.ID)
			if x.Predicate == partOf {
				up[[2]graphstore.ID{x.Subject, x.Object.ID}] = true
			} else if x.Scope.Process != "" {
				key = fmt.Sprint(who, x.Predicate, fold(x.Scope.Process))
			}
			if len(x.Tags) > 0 {
				key = fmt.Sprint(who, x.Tags[0])
			}
			if wants[key] == nil {
				wants[key] = &want{who, map[graphstore.ID]bool{}}
			}
			wants[key].ends[what] = true
		}
		first := s.entity()
		dist := map[graphstore.ID]int{first: 0}
		for changed := true; changed; { // its own parts
			changed = false
			for p := range up {
				if n, ok := dist[p[1]]; ok && p[0] != first {
					if old, seen := dist[p[0]]; !seen || n+1 < old {
						dist[p[0]], changed = n+1, true
					}
				}
			}
		}
		own := len(dist)
		parts := map[graphstore.ID]bool{}
		for id := range dist {
			parts[id] = true
		}
		for changed := true; changed; {
			changed = false
			for _, w := range wants {
				worst, all := 0, true
				for end := range w.ends {
					n, ok := dist[end]
					all = all && ok
					worst = max(worst, n)
				}
				if old, seen := dist[w.who]; all && !parts[w.who] && (!seen || worst+1 < old) {
					dist[w.who], changed = worst+1, true
				}
			}
		}
		delete(dist, first)
		got := map[graphstore.ID]int{}
		for _, r := range ask(t, Exposures, g, Asked{Entity: first}) {
			got[r.Entity] = r.Distance
		}
		if fmt.Sprint(got) != fmt.Sprint(dist) {
			t.Fatalf("seed %d: %s falls: %v, want %v (%d parts)", seed, first, got, dist, own)
		}
		some += len(got)
	}
	if some < 300 {
		t.Errorf("only %d fall in all", some)
	}
}

func TestCirclesHoldExactlyWhatLiesOnOne(t *testing.T) {
	for seed := range uint64(200) {
		s := newSmall(seed, 6, 0)
		g := s.fill(t, 8, pays, owns, attests)
		arc := map[[2]graphstore.ID]bool{}
		for x := range g.Claims() {
			if x.Modality == denies {
				continue
			}
			if x.Subject != x.Object.ID || x.Predicate == attests {
				arc[[2]graphstore.ID{x.Subject, x.Object.ID}] = true
			}
			if x.Predicate == attests { // and those who own it
				for y := range g.Claims() {
					if y.Predicate == owns && y.Modality != denies && y.Object.ID == x.Object.ID {
						arc[[2]graphstore.ID{x.Subject, y.Subject}] = true
					}
				}
			}
		}
		for _, k := range s.entities {
			for _, i := range s.entities {
				for _, j := range s.entities {
					if arc[[2]graphstore.ID{i, k}] && arc[[2]graphstore.ID{k, j}] {
						arc[[2]graphstore.ID{i, j}] = true
					}
				}
			}
		}
		in := map[graphstore.ID]bool{}
		for _, r := range ask(t, Circular, g, Asked{}) {
			for _, id := range r.Entities {
				in[id] = true
			}
			if len(r.Claims) < len(r.Entities) {
				t.Fatalf("seed %d: %+v", seed, r)
			}
		}
		for _, id := range s.entities {
			if in[id] != arc[[2]graphstore.ID{id, id}] {
				t.Fatalf("seed %d: %s on a circle: %v", seed, id, in[id])
			}
		}
	}
}

func TestSourcesAgreeWithTakingEachAway(t *testing.T) {
	for seed := range uint64(200) {
		s := newSmall(seed, 4, 5)
		g := s.fill(t, 12, graphstore.TakesPos, reliesOn, reliesOn, owns)
		cs := Open(g, Asked{})
		gr := newGrounds(cs)
		list, err := Sources(context.Background(), cs)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			node := gr.claim0 + cs.number[r.Claim]
			if len(gr.relied[cs.number[r.Claim]])+len(r.Roots) == 0 { // an origin to others, itself without a source
				if r.Independent != 0 || r.Single != "" {
					t.Fatalf("seed %d: %+v", seed, r)
				}
				continue
			}
			var vital []graphstore.ID
			publishers := 0
			for n := int32(1); n < int32(len(gr.next)); n++ {
				if n != node && reaches(gr.next, 0, node, 0) && !reaches(gr.next, 0, node, 1<<n) {
					if gr.ids[n] == "" {
						publishers++
					} else {
						vital = append(vital, gr.ids[n])
					}
				}
			}
			if (r.Single == "") != (len(vital)+publishers == 0) || len(vital) > 0 && !slices.Contains(vital, r.Single) {
				t.Fatalf("seed %d: %s hangs on %q, want one of %v (%d publishers)", seed, r.Claim, r.Single, vital, publishers)
			}
			if (r.Independent > 0) != reaches(gr.next, 0, node, 0) || r.Independent == 1 && r.Single == "" || r.Independent > 1 && r.Single != "" || r.FirstHand > r.Independent {
				t.Fatalf("seed %d: %+v", seed, r)
			}
		}
	}
}
