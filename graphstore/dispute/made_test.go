package dispute

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"caveat/graphstore"
)

// planted is what a made-up case holds on purpose; its background holds none of it.
type planted struct {
	disagreements, changes [][2]graphstore.ID // claims
	loops                  [][]graphstore.ID  // entities, sorted
	gaps                   [][2]graphstore.ID // claim and the proof it cites
	values                 [][]graphstore.ID  // claims, sorted
	noOperator             []graphstore.ID    // datacenters
}

// maker makes a made-up case of families: a vendor, a line of products,
// authorities that judge them without contradiction, auditors, datacenters, documents.
type maker struct {
	*rand.Rand
	records []graphstore.Record
	claims  int
	docs    int
	planted planted
}

func (m *maker) entity(kind graphstore.Kind, format string, n ...any) graphstore.ID {
	id := graphstore.ID("urn:e:" + fmt.Sprintf(format, n...))
	m.records = append(m.records, &graphstore.Entity{ID: id, Kind: kind, Names: []graphstore.Name{{Text: string(id[6:])}}})
	return id
}

func (m *maker) document() graphstore.ID {
	id := graphstore.ID(fmt.Sprintf("urn:d:%06d", m.docs))
	m.docs++
	m.records = append(m.records, &graphstore.Document{ID: id, Publisher: fmt.Sprint("Publisher ", m.docs)})
	return id
}

func (m *maker) day() graphstore.Date { return day(civil(2015, 1, 1) + int32(m.IntN(3000))) }

// add puts a claim; edit may change it before.
func (m *maker) add(subject graphstore.ID, p graphstore.Predicate, object graphstore.ID, edit ...func(*graphstore.Claim)) graphstore.ID {
	x := &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:c:%06d", m.claims)), Subject: subject, Predicate: p, Object: graphstore.Object{ID: object},
		Speaker: subject, SaidAt: m.day(), Evidence: []graphstore.Evidence{{Document: m.document(), Role: "documents"}}}
	m.claims++
	if subject[:6] == "urn:c:" {
		x.Speaker = ""
	}
	for _, f := range edit {
		f(x)
	}
	m.records = append(m.records, x)
	return x.ID
}

func position(p int) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) {
		x.Position, x.Basis = at(p), []graphstore.Basis{"precaution"}
	}
}

func said(d string) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) { x.SaidAt = date(d) }
}

func covers(s graphstore.Scope) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) { x.Scope = s }
}

func by(speaker graphstore.ID) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) { x.Speaker = speaker }
}

func value(literal string) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) { x.Object = graphstore.Object{Literal: literal, Datatype: "xsd:integer"} }
}

// made makes a case of about n claims with a plant of each kind for every 500 of them.
func made(t testing.TB, seed uint64, n int) (*graphstore.Graph, planted) {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 1))}
	var laws, cities []graphstore.ID
	for i := range 12 {
		laws = append(laws, m.entity("jurisdiction", "law-%02d", i))
		cities = append(cities, m.entity("location", "city-%02d", i))
		m.add(cities[i], locatedIn, laws[i])
	}
	authorities := []graphstore.ID{}
	for i := range max(4, n/400) {
		authorities = append(authorities, m.entity("regulator", "authority-%05d", i))
	}
	for i := 0; m.claims < n; i++ {
		m.family(i, authorities, cities, laws)
		if i%8 == 0 {
			m.plant(i/8, authorities)
		}
	}
	return graph(t, m.records...), m.planted
}

// family adds about 60 claims that hold no contradiction, loop or gap.
func (m *maker) family(i int, authorities, cities, laws []graphstore.ID) {
	vendor := m.entity("vendor", "vendor-%05d", i)
	m.add(vendor, subjectTo, laws[m.IntN(len(laws))])
	m.add(m.entity("organisation", "owner-%05d", i), owns, vendor)
	line := m.entity("product", "line-%05d", i)
	m.add(vendor, makes, line)
	auditor, bank := m.entity("auditor", "auditor-%05d", i), m.entity("organisation", "bank-%05d", i)
	m.add(bank, pays, auditor)
	dc := m.entity("datacenter", "dc-%05d", i)
	m.add(vendor, operates, dc)
	m.add(dc, locatedIn, cities[m.IntN(len(cities))])
	mood := [][]int{{2, 1}, {1, 0}, {-1, -2}, {-3, -4}}[m.IntN(4)]
	var before []graphstore.ID
	for j := range 6 {
		p := m.entity("product", "product-%05d-%d", i, j)
		m.add(vendor, makes, p)
		m.add(p, partOf, line)
		m.add(dc, hosts, p)
		proof := m.add(auditor, attests, p, covers(graphstore.Scope{Product: []graphstore.ID{p}}))
		m.add(m.entity("organisation", "user-%05d-%d", i, j), uses, p)
		for range 3 {
			x := m.add(authorities[m.IntN(len(authorities))], graphstore.TakesPos, p, position(mood[m.IntN(2)]), covers(graphstore.Scope{Product: []graphstore.ID{p}}))
			before = append(before, x)
		}
		m.add(before[len(before)-1], reliesOn, proof)
		m.add(before[len(before)-1], "amounts-to", "", value(fmt.Sprint(j)))
		m.add(before[len(before)-1], "amounts-to", "", value(fmt.Sprint(j)))
	}
	m.add(authorities[m.IntN(len(authorities))], graphstore.TakesPos, line, position(mood[0]))
}

// plant adds one of each thing to be found, on things of its own.
func (m *maker) plant(i int, authorities []graphstore.ID) {
	a, b := authorities[i%len(authorities)], authorities[(i+1)%len(authorities)]
	whole, part := m.entity("product", "quarrel-%05d", i), m.entity("product", "quarrel-part-%05d", i)
	vendor := m.entity("vendor", "quarrel-vendor-%05d", i)
	m.add(vendor, makes, whole)
	m.add(part, partOf, whole)
	x, y := m.add(a, graphstore.TakesPos, whole, position(0), said("2018-03-01")), m.add(b, graphstore.TakesPos, part, position(-2), said("2019-03-01"))
	m.planted.disagreements = append(m.planted.disagreements, [2]graphstore.ID{x, y})
	other := m.entity("product", "change-%05d", i)
	x = m.add(a, graphstore.TakesPos, other, position(1), said("2016-05-01"))
	y = m.add(a, graphstore.TakesPos, other, position(-3), said("2020-05-01"))
	m.add(y, graphstore.Supersedes, x, by(a), said("2020-05-01"))
	m.planted.changes = append(m.planted.changes, [2]graphstore.ID{x, y})
	m.add(b, graphstore.TakesPos, other, position(1), said("2016-06-01"), func(x *graphstore.Claim) { x.ValidTo = date("2017-01-01") }) // over before the change

	var loop []graphstore.ID
	for j := range 2 + m.IntN(4) {
		loop = append(loop, m.entity("organisation", "loop-%05d-%d", i, j))
	}
	for j, e := range loop {
		m.add(e, []graphstore.Predicate{pays, attests, owns, reliesOn}[m.IntN(4)], loop[(j+1)%len(loop)])
	}
	slices.Sort(loop)
	m.planted.loops = append(m.planted.loops, loop)

	wide, narrow := m.entity("product", "wide-%05d", i), m.entity("product", "narrow-%05d", i)
	m.add(narrow, partOf, wide)
	proof := m.add(m.entity("auditor", "narrow-auditor-%05d", i), attests, narrow, covers(graphstore.Scope{Product: []graphstore.ID{narrow}, Region: []string{"DE"}}))
	claim := m.add(vendor, "permits", wide, covers(graphstore.Scope{Product: []graphstore.ID{wide}, Region: []string{"DE", "FR"}}))
	m.add(claim, reliesOn, proof)
	m.planted.gaps = append(m.planted.gaps, [2]graphstore.ID{claim, proof})

	values := []graphstore.ID{m.add(claim, "amounts-to", "", value("100")), m.add(claim, "amounts-to", "", value("120"))}
	m.planted.values = append(m.planted.values, values)
	m.planted.noOperator = append(m.planted.noOperator, m.entity("datacenter", "nobody-%05d", i))
}

// sizes are what is measured; larger than small only with time to spare.
var sizes = []int{1_000, 10_000, 100_000}

func TestWhatIsPlantedIsAllThatIsFound(t *testing.T) {
	const seed, n = 5, 100_000
	t.Logf("seed %d", seed)
	g, want := made(t, seed, n)
	if got := g.Count().Claims; got < n || len(want.loops) < n/1000 {
		t.Fatalf("%d claims, %d plants", got, len(want.loops))
	}
	cs := Open(g, Asked{})
	ctx := context.Background()
	var quarrels, changes [][2]graphstore.ID
	list, err := Contradictions(ctx, cs)
	for _, r := range list {
		p := [2]graphstore.ID{r.Claims[0], r.Claims[1]}
		if r.Kind == Disagreement {
			quarrels = append(quarrels, p)
		} else {
			changes = append(changes, p)
		}
	}
	check := func(what string, got, want any, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: found %d, planted %d (%v)", what, reflect.ValueOf(got).Len(), reflect.ValueOf(want).Len(), err)
		}
	}
	check("disagreements", sortedPairs(quarrels), sortedPairs(want.disagreements), err)
	check("changes of mind", sortedPairs(changes), sortedPairs(want.changes), err)
	if m := NewMarks(g); m.Len() != 2*(len(want.disagreements)+len(want.changes)) {
		t.Errorf("%d marks", m.Len())
	}
	byFirst := func(a, b []graphstore.ID) int { return slices.Compare(a, b) }
	var loops [][]graphstore.ID
	circles, err := Circular(ctx, cs)
	for _, r := range circles {
		loops = append(loops, slices.Sorted(slices.Values(r.Entities)))
	}
	slices.SortFunc(loops, byFirst)
	slices.SortFunc(want.loops, byFirst)
	check("loops", loops, want.loops, err)
	var gaps [][2]graphstore.ID
	scopes, err := ScopeGaps(ctx, cs)
	for _, r := range scopes {
		gaps = append(gaps, [2]graphstore.ID{r.Claim, r.Cites})
		if !slices.Equal(r.Missing["region"], []string{"FR"}) || len(r.Missing["product"]) != 1 || len(r.Missing) != 2 {
			t.Fatalf("%+v", r)
		}
	}
	check("scope gaps", sortedPairs(gaps), sortedPairs(want.gaps), err)
	var values [][]graphstore.ID
	conflicts, err := Values(ctx, cs)
	for _, r := range conflicts {
		values = append(values, r.Claims)
	}
	slices.SortFunc(values, byFirst)
	slices.SortFunc(want.values, byFirst)
	check("values", values, want.values, err)
	var nobody []graphstore.ID
	missing, err := Coverage(ctx, cs)
	for _, r := range missing {
		if r.Slot == "operator" {
			nobody = append(nobody, r.Of)
		}
	}
	check("datacenters without operator", nobody, want.noOperator, err)
}

// BenchmarkQuestions asks each question of whole made-up cases, without sentences; what-if leaves out one authority.
func BenchmarkQuestions(b *testing.B) {
	for _, n := range sizes {
		g, _ := made(b, 1, n)
		for _, q := range Questions() {
			a := Asked{}
			if q.Name == whatIf {
				a.Without = map[graphstore.ID]bool{"urn:e:authority-00001": true}
			}
			b.Run(fmt.Sprintf("%s/%d", q.Name, n), func(b *testing.B) {
				for b.Loop() {
					list, err := q.Ask(context.Background(), Open(g, a))
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(len(list)), "results")
				}
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, n := range sizes {
		g, _ := made(b, 1, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Open(g, Asked{})
			}
		})
	}
}

func BenchmarkNewMarks(b *testing.B) {
	for _, n := range sizes {
		g, _ := made(b, 1, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				NewMarks(g)
			}
		})
	}
}

// BenchmarkMarksEdit measures one edit of a large case: a position that
// contradicts, a part-of that joins two families, a same-as.
func BenchmarkMarksEdit(b *testing.B) {
	edits := map[string]*graphstore.Claim{
		"position": {ID: "urn:c:new", Subject: "urn:e:authority-00001", Speaker: "urn:e:authority-00001", Predicate: graphstore.TakesPos, Object: graphstore.Object{ID: "urn:e:line-00003"}, Position: at(-4)},
		"part-of":  {ID: "urn:c:new", Subject: "urn:e:line-00003", Predicate: partOf, Object: graphstore.Object{ID: "urn:e:line-00004"}},
		"same-as":  {ID: "urn:c:new", Subject: "urn:e:authority-00001", Predicate: graphstore.SameAs, Object: graphstore.Object{ID: "urn:e:authority-00002"}},
	}
	for _, n := range sizes {
		g, _ := made(b, 1, n)
		m := NewMarks(g)
		for _, name := range []string{"position", "part-of", "same-as"} {
			d := &graphstore.Diff{Claims: []graphstore.Change[graphstore.Claim]{{After: edits[name]}}}
			next, err := g.Apply(d)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					m.Update(g, next, d)
				}
			})
		}
	}
}

// BenchmarkMarksHub measures one edit where every claim is a position on one product.
func BenchmarkMarksHub(b *testing.B) {
	for _, n := range sizes {
		m := &maker{Rand: rand.New(rand.NewPCG(1, 1))}
		product := m.entity("product", "hub")
		for i := range n {
			a := m.entity("regulator", "authority-%06d", i)
			m.add(a, graphstore.TakesPos, product, position(-1-i%2))
		}
		x := &graphstore.Claim{ID: "urn:c:new", Subject: "urn:e:authority-000001", Speaker: "urn:e:authority-000001", Predicate: graphstore.TakesPos, Object: graphstore.Object{ID: product}, Position: at(0),
			ValidFrom: date("2015-02-01"), ValidTo: date("2015-03-01")}
		g := graph(b, m.records...)
		marks := NewMarks(g)
		d := &graphstore.Diff{Claims: []graphstore.Change[graphstore.Claim]{{After: x}}}
		next, err := g.Apply(d)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				marks.Update(g, next, d)
			}
		})
	}
}

// BenchmarkGrounded labels chains, forks and mutual attacks of n claims.
func BenchmarkGrounded(b *testing.B) {
	for _, n := range sizes {
		rnd := rand.New(rand.NewPCG(1, 2))
		attacks, attacked := make([][]int32, n), make([][]int32, n)
		for i := 1; i < n; i++ {
			j := max(0, i-1-rnd.IntN(20))
			attacks[i], attacked[j] = append(attacks[i], int32(j)), append(attacked[j], int32(i))
			if rnd.IntN(10) == 0 {
				attacks[j], attacked[i] = append(attacks[j], int32(i)), append(attacked[i], int32(j))
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				label, _ := grounded(attacks, attacked)
				if _, err := readings(context.Background(), attacks, attacked, label); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPreferred searches components of 30 arguments: ten quarrels of
// three, of which each has three readings, and a chain of mutual attacks.
func BenchmarkPreferred(b *testing.B) {
	quarrels, chain := make([]uint32, largest), make([]uint32, largest)
	for i := range largest {
		quarrels[i] = 7 << (i / 3 * 3) &^ (1 << i)
		if i > 0 {
			chain[i] |= 1 << (i - 1)
			chain[i-1] |= 1 << i
		}
	}
	for i, attacks := range [][]uint32{quarrels, chain} {
		b.Run([]string{"quarrels", "chain"}[i], func(b *testing.B) {
			for b.Loop() {
				sets, err := preferred(context.Background(), attacks)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(sets)), "readings")
			}
		})
	}
}

// TestDeepReliancesAreNotFollowedToTheEnd makes every claim rely on three
// before it: all that each rests on would be as much as claims squared.
func TestDeepReliancesAreNotFollowedToTheEnd(t *testing.T) {
	m := &maker{Rand: rand.New(rand.NewPCG(3, 1))}
	a := m.entity("regulator", "a")
	var acts []graphstore.ID
	for i := range 2_000 {
		x := m.add(a, reliesOn, a)
		for range min(i, 3) {
			m.add(x, reliesOn, acts[m.IntN(i)])
		}
		acts = append(acts, x)
	}
	deep, listed := 0, 0
	for _, s := range ask(t, Sources, graph(t, m.records...), Asked{}) {
		listed += len(s.Claims)
		if s.Deep {
			deep++
		}
		if s.Independent == 0 || (s.Single != "") != (s.Independent == 1) {
			t.Fatalf("%+v", s)
		}
	}
	if deep < 200 || listed > 2_000*(deepest+5) {
		t.Errorf("%d claims rest on more than is followed; %d listed", deep, listed)
	}
}
