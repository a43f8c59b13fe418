package dispute

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/graphstore"
)

// found returns the contradiction of two claims of a case, or nil.
func found(list []*Contradiction, a, b string) *Contradiction {
	for _, r := range list {
		if p := r.Claims[:2]; slices.Contains(p, c(a)) && slices.Contains(p, c(b)) {
			return r
		}
	}
	return nil
}

func TestSampleChangeOfMind(t *testing.T) {
	list := ask(t, Contradictions, sample(t, "kaspersky"), Asked{})
	r := found(list, "k02", "k18")
	if r == nil || r.Kind != ChangeOfMind || *r.Distance != 1 || r.Overlap != nil || r.About != e("kav") {
		t.Fatalf("BSI 2017 against BSI 2022: %+v", r)
	}
	if got := short(r.Claims...); !slices.Equal(got, []string{"k02", "k18", "s-kav-part-of-kaspersky-products", "l-k18-supersedes-k02"}) {
		t.Errorf("it rests on %v", got)
	}
}

func TestSampleDisagreementsOnDifferentGrounds(t *testing.T) {
	list := ask(t, Contradictions, sample(t, "kaspersky"), Asked{Entity: e("kav")})
	for _, pair := range [][2]string{{"k18", "k21"}, {"k18", "k10"}, {"k08", "k06"}, {"k08", "k13"}} {
		r := found(list, pair[0], pair[1])
		if r == nil || r.Kind != Disagreement || len(r.Bases.Shared) > 0 || r.Overlap == nil {
			t.Errorf("%v: %+v", pair, r)
		}
	}
	if found(list, "k08", "k10") != nil || found(list, "k07", "k10") != nil {
		t.Error("claims on different customers or countries contradict")
	}
	if found(list, "k07", "k14") != nil {
		t.Error("a maintained position contradicts itself")
	}
}

func TestSampleEuropolIsToldInTwoWays(t *testing.T) {
	for _, about := range []string{"", "europol", "kaspersky"} {
		a := Asked{}
		if about != "" {
			a.Entity = e(about)
		}
		r := found(ask(t, Contradictions, sample(t, "kaspersky"), a), "a05", "k09")
		if r == nil || r.Kind != Disagreement || r.Distance != nil || len(r.Claims) != 3 {
			t.Errorf("asked about %q: %+v", about, r)
		}
	}
}

func TestDenialContradictsTheFact(t *testing.T) {
	rs := []graphstore.Record{
		&graphstore.Entity{ID: "urn:a", Kind: "vendor"}, &graphstore.Entity{ID: "urn:b", Kind: "vendor"}, &graphstore.Entity{ID: "urn:z", Kind: "media"},
		&graphstore.Claim{ID: "urn:1", Subject: "urn:a", Predicate: "owns", Object: graphstore.Object{ID: "urn:b"}, Speaker: "urn:z"},
		&graphstore.Claim{ID: "urn:2", Subject: "urn:a", Predicate: "owns", Object: graphstore.Object{ID: "urn:b"}, Speaker: "urn:a", Modality: denies},
		&graphstore.Claim{ID: "urn:3", Subject: "urn:b", Predicate: "owns", Object: graphstore.Object{ID: "urn:a"}, Speaker: "urn:z"},
	}
	list := ask(t, Contradictions, graph(t, rs...), Asked{})
	if len(list) != 1 || list[0].Distance != nil || !slices.Equal(list[0].Claims, []graphstore.ID{"urn:1", "urn:2"}) {
		t.Fatalf("%+v", list)
	}
}

// twinContradictions compares every claim with every other, with times and closures worked out anew.
func twinContradictions(g *graphstore.Graph) [][2]graphstore.ID {
	var all []*graphstore.Claim
	for x := range g.Claims() {
		all = append(all, x)
	}
	tie := func(up bool) map[[2]graphstore.ID]bool { // reflexive transitive closure by Warshall
		m := map[[2]graphstore.ID]bool{}
		var ids []graphstore.ID
		for e := range g.Entities() {
			ids = append(ids, e.ID)
			m[[2]graphstore.ID{e.ID, e.ID}] = true
		}
		for _, x := range all {
			if x.Modality != "denies" && (x.Predicate == "same-as" || up && x.Predicate == "part-of") {
				m[[2]graphstore.ID{x.Subject, x.Object.ID}] = true
				if x.Predicate == "same-as" {
					m[[2]graphstore.ID{x.Object.ID, x.Subject}] = true
				}
			}
		}
		for _, k := range ids {
			for _, i := range ids {
				for _, j := range ids {
					if m[[2]graphstore.ID{i, k}] && m[[2]graphstore.ID{k, j}] {
						m[[2]graphstore.ID{i, j}] = true
					}
				}
			}
		}
		return m
	}
	in, same := tie(true), tie(false)
	is := func(a, b graphstore.ID) bool { return same[[2]graphstore.ID{a, b}] }
	targets := func(x *graphstore.Claim) []graphstore.ID {
		if len(x.Scope.Product) == 0 {
			return []graphstore.ID{x.Object.ID}
		}
		var out []graphstore.ID
		for _, p := range x.Scope.Product {
			if in[[2]graphstore.ID{x.Object.ID, p}] {
				p = x.Object.ID
			}
			out = append(out, p)
		}
		return out
	}
	far := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	span := func(x *graphstore.Claim) (from, to time.Time) {
		start := x.ValidFrom
		if start.Zero() && g.Schema().Predicate(x.Predicate).Group != "structure" {
			start = x.SaidAt
		}
		from, startLast, ok := start.Span()
		if !ok {
			from = time.Time{}
		}
		to = far
		if _, last, ok := x.ValidTo.Span(); ok {
			to = last
		}
		for _, by := range all {
			if by.Object.ID != x.ID || by.Predicate != "supersedes" && by.Predicate != "retracts" {
				continue
			}
			when := by.SaidAt
			if !by.ValidFrom.Zero() {
				when = by.ValidFrom
			}
			if next := g.Claim(by.Subject); next != nil && by.Predicate == "supersedes" {
				if !next.SaidAt.Zero() {
					when = next.SaidAt
				}
				if !next.ValidFrom.Zero() {
					when = next.ValidFrom
				}
			}
			_, last, known := when.Span()
			end := last.AddDate(0, 0, -1)
			if !known {
				if !ok {
					continue
				}
				end = startLast
			}
			if end.Before(to) {
				to = end
			}
		}
		if to.Before(from) {
			to = from
		}
		return from, to
	}
	inEU := func(code string, from, to time.Time) bool {
		switch code {
		case "GB":
			return from.Before(time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC))
		case "HR":
			return !to.Before(time.Date(2013, 7, 1, 0, 0, 0, 0, time.UTC))
		}
		return code == "DE"
	}
	var out [][2]graphstore.ID
	for i, x := range all {
		for _, y := range all[i+1:] {
			sameSpeaker := x.Speaker != "" && y.Speaker != "" && is(x.Speaker, y.Speaker)
			fx, tx := span(x)
			fy, ty := span(y)
			meets := !fx.After(ty) && !fy.After(tx)
			if !meets && !sameSpeaker {
				continue
			}
			from, to := fx, tx
			if fy.After(from) == meets {
				from = fy
			}
			if ty.Before(to) == meets {
				to = ty
			}
			region := len(x.Scope.Region) == 0 || len(y.Scope.Region) == 0
			for _, a := range x.Scope.Region {
				for _, b := range y.Scope.Region {
					region = region || a == b || a == "EU" && inEU(b, from, to) || b == "EU" && inEU(a, from, to)
				}
			}
			if !region || x.Scope.Customers != "" && y.Scope.Customers != "" && !strings.EqualFold(x.Scope.Customers, y.Scope.Customers) {
				continue
			}
			hit := false
			switch {
			case x.Position != nil && y.Position != nil && x.Modality != "denies" && y.Modality != "denies":
				p, q := min(*x.Position, *y.Position), max(*x.Position, *y.Position)
				if q-p >= 2 || q == 0 && p <= -1 {
					for _, a := range targets(x) {
						for _, b := range targets(y) {
							hit = hit || in[[2]graphstore.ID{a, b}] || in[[2]graphstore.ID{b, a}]
						}
					}
				}
			case x.Position == nil && y.Position == nil && g.Entity(x.Subject) != nil && g.Entity(x.Object.ID) != nil && g.Entity(y.Subject) != nil && g.Entity(y.Object.ID) != nil:
				hit = x.Predicate == y.Predicate && is(x.Subject, y.Subject) && is(x.Object.ID, y.Object.ID) && (x.Modality == "denies") != (y.Modality == "denies")
			}
			if hit {
				out = append(out, [2]graphstore.ID{x.ID, y.ID})
			}
		}
	}
	for _, l := range all { // acts told in two ways
		x, y := g.Claim(l.Subject), g.Claim(l.Object.ID)
		if p := g.Schema().Predicate(l.Predicate); !p.Attack || x == nil || y == nil || x == y || x.Position != nil || y.Position != nil || x.Predicate != y.Predicate {
			continue
		}
		if g.Entity(x.Subject) == nil || g.Entity(x.Object.ID) == nil || g.Entity(y.Subject) == nil || g.Entity(y.Object.ID) == nil {
			continue
		}
		if x.Speaker != "" && y.Speaker != "" && is(x.Speaker, y.Speaker) {
			continue
		}
		if is(x.Subject, y.Subject) && is(x.Object.ID, y.Object.ID) || is(x.Subject, y.Object.ID) && is(x.Object.ID, y.Subject) {
			out = append(out, [2]graphstore.ID{x.ID, y.ID})
		}
	}
	return sortedPairs(out)
}

var quarrelsome = []graphstore.Predicate{graphstore.TakesPos, graphstore.TakesPos, graphstore.TakesPos, graphstore.TakesPos, graphstore.TakesPos, partOf, owns, owns, graphstore.Supersedes, graphstore.Retracts, "rebuts", graphstore.SameAs}

func TestContradictionsAgreeWithComparingEveryPair(t *testing.T) {
	for seed := range uint64(400) {
		s := newSmall(seed, 4+int(seed%4), 0)
		g := s.fill(t, 6+int(seed%20), quarrelsome...)
		var got [][2]graphstore.ID
		for _, r := range ask(t, Contradictions, g, Asked{}) {
			got = append(got, [2]graphstore.ID{r.Claims[0], r.Claims[1]})
		}
		if n := len(got); n != len(sortedPairs(got)) {
			t.Fatalf("seed %d: a pair comes twice", seed)
		}
		if want := twinContradictions(g); !slices.Equal(sortedPairs(got), want) {
			t.Fatalf("seed %d: %v, want %v", seed, sortedPairs(got), want)
		}
	}
}

// checkMarks compares marks with the contradictions of the same graph.
func checkMarks(t *testing.T, what string, m *Marks, g *graphstore.Graph) {
	t.Helper()
	of := map[graphstore.ID][]graphstore.ID{}
	for _, p := range twinContradictions(g) {
		of[p[0]] = append(of[p[0]], p[1])
		of[p[1]] = append(of[p[1]], p[0])
	}
	for x := range g.Claims() {
		slices.Sort(of[x.ID])
		if got := m.Of(x.ID); !slices.Equal(got, of[x.ID]) || m.Has(x.ID) != (len(of[x.ID]) > 0) {
			t.Fatalf("%s: %s is contradicted by %v (%v), want %v", what, x.ID, got, m.Has(x.ID), of[x.ID])
		}
	}
	if m.Len() != len(of) {
		t.Fatalf("%s: %d marks, want %d", what, m.Len(), len(of))
	}
}

func TestMarksAfterAnEditEqualFreshOnes(t *testing.T) {
	for seed := range uint64(150) {
		s := newSmall(seed, 5, 0)
		g := s.fill(t, 12, quarrelsome...)
		m := NewMarks(g)
		checkMarks(t, fmt.Sprint("seed ", seed), m, g)
		rnd := rand.New(rand.NewPCG(seed, 9))
		for step := range 25 {
			d := &graphstore.Diff{}
			for range 1 + rnd.IntN(2) {
				x := s.claim(quarrelsome...)
				x.ID = graphstore.ID(fmt.Sprintf("urn:c:%03d", rnd.IntN(20)))
				ch := graphstore.Change[graphstore.Claim]{Before: g.Claim(x.ID), After: x}
				if ch.Before != nil && rnd.IntN(3) == 0 {
					ch.After = nil
				}
				if len(d.Claims) == 0 || d.Claims[0].After == nil || d.Claims[0].After.ID != x.ID {
					d.Claims = append(d.Claims, ch)
				}
			}
			next, err := g.Apply(d)
			if err != nil {
				continue
			}
			updated := m.Update(g, next, d)
			checkMarks(t, fmt.Sprintf("seed %d step %d", seed, step), updated, next)
			checkMarks(t, "the marks before", m, g)
			if moved := m.differing(updated, g, next); !reflect.DeepEqual(updated.Moved(), moved) && len(updated.Moved())+len(moved) > 0 {
				still := slices.DeleteFunc(updated.Moved(), func(id graphstore.ID) bool { return next.Claim(id) == nil })
				if !slices.Equal(still, slices.DeleteFunc(moved, func(id graphstore.ID) bool { return next.Claim(id) == nil })) {
					t.Fatalf("seed %d step %d: moved %v, want %v", seed, step, updated.Moved(), moved)
				}
			}
			g, m = next, updated
		}
	}
}
