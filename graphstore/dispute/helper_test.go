package dispute

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"caveat/assets"
	"caveat/graphstore"
)

func schema(t testing.TB) *graphstore.Schema {
	t.Helper()
	s, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// graph applies records to an empty graph.
func graph(t testing.TB, records ...graphstore.Record) *graphstore.Graph {
	t.Helper()
	d := &graphstore.Diff{}
	for _, r := range records {
		d.Add(nil, r)
	}
	g, err := graphstore.NewGraph(schema(t)).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// sample reads a built-in case.
func sample(t testing.TB, name string) *graphstore.Graph {
	t.Helper()
	raw, err := assets.Sample(name)
	if err != nil {
		t.Fatal(err)
	}
	var records []graphstore.Record
	for i, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
		if i == 0 {
			continue
		}
		r, err := graphstore.DecodeRecord(line)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return graph(t, records...)
}

func e(s string) graphstore.ID { return graphstore.ID("urn:caveat:e:" + s) }
func c(s string) graphstore.ID { return graphstore.ID("urn:caveat:c:" + s) }

// short drops the prefixes of ids.
func short(ids ...graphstore.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)[strings.LastIndexByte(string(id), ':')+1:]
	}
	return out
}

func date(s string) graphstore.Date {
	d, err := graphstore.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(p int) *graphstore.Position {
	q := graphstore.Position(p)
	return &q
}

// ask fails the test if a question does.
func ask[R any](t testing.TB, f func(context.Context, *Case) ([]R, error), g *graphstore.Graph, a Asked) []R {
	t.Helper()
	out, err := f(context.Background(), Open(g, a))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// small makes random cases that are dense in what the questions look for.
type small struct {
	*rand.Rand
	entities []graphstore.ID
	claims   []*graphstore.Claim
	records  []graphstore.Record
	docs     []graphstore.ID
}

var kinds = []graphstore.Kind{"regulator", "vendor", "product", "service", "jurisdiction", "datacenter", "auditor"}

// newSmall makes n entities and d documents of three publishers.
func newSmall(seed uint64, n, d int) *small {
	s := &small{Rand: rand.New(rand.NewPCG(seed, 7))}
	for i := range n {
		id := graphstore.ID(fmt.Sprintf("urn:e:%02d", i))
		s.entities = append(s.entities, id)
		s.records = append(s.records, &graphstore.Entity{ID: id, Kind: kinds[i%len(kinds)], Names: []graphstore.Name{{Text: fmt.Sprint("N", i)}}})
	}
	for i := range d {
		id := graphstore.ID(fmt.Sprintf("urn:d:%02d", i))
		s.docs = append(s.docs, id)
		s.records = append(s.records, &graphstore.Document{ID: id, Publisher: []string{"", "P", "Q", "R"}[s.IntN(4)]})
	}
	return s
}

func (s *small) entity() graphstore.ID { return s.entities[s.IntN(len(s.entities))] }

func (s *small) date() graphstore.Date {
	switch s.IntN(5) {
	case 0:
		return graphstore.Date{}
	case 1:
		return date(fmt.Sprint(2018 + s.IntN(5)))
	case 2:
		return date(fmt.Sprintf("circa %d", 2018+s.IntN(5)))
	}
	return date(fmt.Sprintf("%d-%02d-%02d", 2018+s.IntN(4), 1+s.IntN(2), 1+s.IntN(2))) // few days, so that some meet
}

// claim makes a claim with one of the predicates; those between claims find one to point at.
func (s *small) claim(predicates ...graphstore.Predicate) *graphstore.Claim {
	x := &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:c:%03d", len(s.claims))), Predicate: predicates[s.IntN(len(predicates))],
		Subject: s.entity(), Object: graphstore.Object{ID: s.entity()}, SaidAt: s.date()}
	if s.IntN(4) > 0 {
		x.Speaker = s.entity()
	}
	if s.IntN(3) == 0 {
		x.ValidFrom = s.date()
		if _, first, ok := days(x.ValidFrom); ok && s.IntN(2) == 0 {
			x.ValidTo = day(first + []int32{0, 1, 31, 365, 366, 900}[s.IntN(6)])
		}
	}
	if s.IntN(8) == 0 {
		x.Modality = denies
	}
	for range s.IntN(3) {
		if len(s.docs) > 0 {
			x.Evidence = append(x.Evidence, graphstore.Evidence{Document: s.docs[s.IntN(len(s.docs))], Role: "documents"})
		}
	}
	switch x.Predicate {
	case graphstore.TakesPos:
		x.Position = at(s.IntN(7) - 4)
		if s.IntN(3) == 0 {
			x.Scope.Product = []graphstore.ID{s.entity()}
		}
		for range s.IntN(3) {
			x.Scope.Region = append(x.Scope.Region, []string{"EU", "DE", "GB", "US", "HR"}[s.IntN(5)])
		}
		if s.IntN(4) == 0 {
			x.Scope.Customers = []string{"public", "Public", "banks"}[s.IntN(3)]
		}
		for range s.IntN(3) {
			x.Basis = append(x.Basis, []graphstore.Basis{"audit", "geopolitical", "precaution"}[s.IntN(3)])
		}
	case reliesOn:
		if len(s.claims) > 0 && s.IntN(2) == 0 {
			x.Object.ID = s.claims[s.IntN(len(s.claims))].ID
		}
		if len(s.claims) > 0 && s.IntN(2) == 0 {
			x.Subject = s.claims[s.IntN(len(s.claims))].ID
		}
	case graphstore.Supersedes, graphstore.Retracts, graphstore.Maintains, "disputes", "rebuts", "undercuts", "supports":
		if len(s.claims) == 0 {
			return s.claim(graphstore.TakesPos)
		}
		on := s.claims[s.IntN(len(s.claims))]
		x.Object.ID = on.ID
		if s.IntN(2) == 0 {
			x.Subject = s.claims[s.IntN(len(s.claims))].ID
		}
		x.Speaker = on.Speaker
		if x.Subject == x.ID {
			x.Subject = s.entity()
		}
	}
	return x
}

// fill adds claims that the graph accepts.
func (s *small) fill(t testing.TB, n int, predicates ...graphstore.Predicate) *graphstore.Graph {
	g := graph(t, s.records...)
	for range n {
		x := s.claim(predicates...)
		next, err := g.Apply(&graphstore.Diff{Claims: []graphstore.Change[graphstore.Claim]{{After: x}}})
		if err != nil {
			continue
		}
		g = next
		s.claims = append(s.claims, x)
	}
	return g
}

func sortedPairs(list [][2]graphstore.ID) [][2]graphstore.ID {
	for i, p := range list {
		if p[1] < p[0] {
			list[i] = [2]graphstore.ID{p[1], p[0]}
		}
	}
	slices.SortFunc(list, func(a, b [2]graphstore.ID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(list)
}
