package dispute

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"caveat/graphstore"
)

// closure says what is the same as or part of what, by Warshall, from all claims of g.
func closure(g *graphstore.Graph) map[[2]graphstore.ID]bool {
	m := map[[2]graphstore.ID]bool{}
	var ids []graphstore.ID
	for e := range g.Entities() {
		ids = append(ids, e.ID)
		m[[2]graphstore.ID{e.ID, e.ID}] = true
	}
	for x := range g.Claims() {
		if x.Predicate == "part-of" && x.Modality != "denies" {
			m[[2]graphstore.ID{x.Subject, x.Object.ID}] = true
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

func TestBasesCountEveryClaim(t *testing.T) {
	for seed := range uint64(100) {
		s := newSmall(seed, 5, 0)
		g := s.fill(t, 25, graphstore.TakesPos, owns)
		want := map[string]int{}
		for x := range g.Claims() {
			if x.Position == nil || x.Modality == "denies" {
				continue
			}
			if *x.Position < 0 {
				want[fmt.Sprint(*x.Position, " technical-finding")] += 0
			}
			for _, b := range x.Basis {
				want[fmt.Sprint(*x.Position, " ", b)]++
			}
		}
		got := map[string]int{}
		for _, r := range ask(t, Bases, g, Asked{}) {
			got[fmt.Sprint(r.Position, " ", r.Basis)] = r.Count
			if r.Count > 0 && len(r.Claims) != r.Count {
				t.Fatalf("seed %d: %+v", seed, r)
			}
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
}

func TestValuesAgreeWithComparingEveryPair(t *testing.T) {
	some := 0
	for seed := range uint64(200) {
		s := newSmall(seed, 3, 4)
		g := s.fill(t, 14, owns)
		d := &graphstore.Diff{}
		for x := range g.Claims() {
			y := *x
			y.Predicate, y.Object = "amounts-to", graphstore.Object{Literal: []string{"1", "1.0", "2", "many", "Many"}[s.IntN(5)]}
			d.Add(x, &y)
		}
		g, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		equal := func(a, b string) bool {
			return strings.EqualFold(a, b) || strings.TrimSuffix(a, ".0") == strings.TrimSuffix(b, ".0")
		}
		docs := func(x *graphstore.Claim) map[graphstore.ID]bool {
			m := map[graphstore.ID]bool{}
			for _, e := range x.Evidence {
				m[e.Document] = true
			}
			return m
		}
		want := map[graphstore.ID]map[graphstore.ID]bool{}
		for x := range g.Claims() {
			for y := range g.Claims() {
				if x.Subject != y.Subject || x.Modality == "denies" || y.Modality == "denies" || equal(x.Object.Literal, y.Object.Literal) {
					continue
				}
				if len(x.Evidence) > 0 && maps.Equal(docs(x), docs(y)) {
					continue
				}
				fx, _, okX := x.ValidFrom.Span()
				_, ty, endY := y.ValidTo.Span()
				fy, _, okY := y.ValidFrom.Span()
				_, tx, endX := x.ValidTo.Span()
				if okX && endY && ty.Before(fx) || okY && endX && tx.Before(fy) {
					continue
				}
				if want[x.Subject] == nil {
					want[x.Subject] = map[graphstore.ID]bool{}
				}
				want[x.Subject][x.ID] = true
			}
		}
		got := map[graphstore.ID]map[graphstore.ID]bool{}
		for _, r := range ask(t, Values, g, Asked{}) {
			got[r.Subject] = map[graphstore.ID]bool{}
			for _, id := range r.Claims {
				got[r.Subject][id] = true
			}
		}
		some += len(got)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
	if some < 100 {
		t.Errorf("only %d conflicts", some)
	}
}

func TestTimelineAgreesWithLookingAtEveryLaterClaim(t *testing.T) {
	for seed := range uint64(150) {
		s := newSmall(seed, 3, 0)
		g := s.fill(t, 16, graphstore.TakesPos, graphstore.TakesPos, graphstore.TakesPos, graphstore.Supersedes)
		type stand struct {
			x *graphstore.Claim
			s span
		}
		var all []stand
		for x := range g.Claims() {
			if x.Position != nil && x.Modality != "denies" {
				all = append(all, stand{x, spanOf(g, x, nil)})
			}
		}
		on := func(x *graphstore.Claim) graphstore.ID { // no parts here: the product, else the object
			if len(x.Scope.Product) > 0 {
				return x.Scope.Product[0]
			}
			return x.Object.ID
		}
		want := map[graphstore.ID]string{}
		for _, a := range all {
			end, first := a.s.end.Value, forever
			for _, b := range all {
				if a.x.Speaker != b.x.Speaker || on(a.x) != on(b.x) || *a.x.Position == *b.x.Position || b.s.from <= a.s.from || b.s.from > a.s.to || b.s.from >= first {
					continue
				}
				both := span{from: b.s.from, to: min(a.s.to, b.s.to)}
				if !scopesMeet(&a.x.Scope, &b.x.Scope, regionsOf(a.x.Scope), regionsOf(b.x.Scope), both) {
					continue
				}
				first, end = b.s.from, b.s.start.Value
				if b.s.start.Precision == graphstore.PrecisionDay {
					end = day(b.s.from - 1).Value
				}
			}
			want[a.x.ID] = a.s.start.Value + " " + end
		}
		got := map[graphstore.ID]string{}
		for _, r := range ask(t, Timeline, g, Asked{}) {
			got[r.Claims[0]] = r.From.Value + " " + r.To.Value
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
}

func TestCoverageAgreesWithLookingAtEveryClaim(t *testing.T) {
	for seed := range uint64(100) {
		s := newSmall(seed, 7, 3)
		g := s.fill(t, 20, owns, makes, operates, hosts, locatedIn, subjectTo, pays, partOf, attests, graphstore.TakesPos)
		in := closure(g)
		want := map[string]bool{}
		for e := range g.Entities() {
			for _, sl := range slots {
				filled := sl.kind != e.Kind
				for x := range g.Claims() {
					end, inherits := x.Subject, false
					if sl.as == graphstore.AsObject {
						end, inherits = x.Object.ID, sl.name != "owner" && sl.name != "payer"
					}
					if slices.Contains(sl.predicates, x.Predicate) && x.Modality != "denies" && len(x.Evidence) > 0 && (end == e.ID || inherits && in[[2]graphstore.ID{e.ID, end}]) {
						filled = true
					}
				}
				if !filled {
					want[string(e.ID)+" "+sl.name] = true
				}
			}
		}
		for x := range g.Claims() {
			act := x.Predicate == graphstore.TakesPos || x.Predicate == attests
			for name, missing := range map[string]bool{"source": len(x.Evidence) == 0, "speaker": act && x.Speaker == "", "date": act && x.SaidAt.Zero() && x.ValidFrom.Zero(),
				"basis": x.Position != nil && len(x.Basis) == 0, "scope": x.Predicate == attests && x.Scope.IsZero()} {
				if missing {
					want[string(x.ID)+" "+name] = true
				}
			}
		}
		got := map[string]bool{}
		for _, r := range ask(t, Coverage, g, Asked{}) {
			got[string(r.Of)+" "+r.Slot] = true
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
}

func TestStaleAgreesWithTheCalendar(t *testing.T) {
	life := map[graphstore.Basis]int{"audit": 365, "geopolitical": 730, "precaution": 730}
	for seed := range uint64(150) {
		s := newSmall(seed, 4, 0)
		g := s.fill(t, 14, graphstore.TakesPos, graphstore.TakesPos, graphstore.Maintains, graphstore.Supersedes)
		today := date(fmt.Sprintf("%d-05-05", 2019+rand.New(rand.NewPCG(seed, 1)).IntN(6)))
		now, _, _ := today.Span()
		want := map[graphstore.ID]string{}
		for x := range g.Claims() {
			least := 0
			for _, b := range x.Basis {
				if n := life[b]; least == 0 || n < least {
					least = n
				}
			}
			said := x.SaidAt
			if said.Zero() {
				said = x.ValidFrom
			}
			_, last, ok := said.Span()
			for m := range g.Claims() {
				if _, again, dated := m.SaidAt.Span(); m.Predicate == graphstore.Maintains && m.Object.ID == x.ID && m.Modality != "denies" && dated && (!ok || again.After(last)) {
					last, ok = again, true
				}
			}
			due := last.AddDate(0, 0, least)
			if least > 0 && ok && g.Entity(x.Subject) != nil && !due.After(now) && day(spanOf(g, x, nil).to).Compare(today) >= 0 {
				want[x.ID] = due.Format("2006-01-02")
			}
		}
		got := map[graphstore.ID]string{}
		for _, r := range ask(t, Staleness, g, Asked{Today: today}) {
			got[r.Claim] = r.Due.Value
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
}

func TestScopeGapsAgreeWithAskingForEveryPart(t *testing.T) {
	some := 0
	for seed := range uint64(400) {
		s := newSmall(seed, 5, 0)
		g := s.fill(t, 22, graphstore.TakesPos, graphstore.TakesPos, partOf, reliesOn, reliesOn)
		in := closure(g)
		on := func(x *graphstore.Claim) []graphstore.ID {
			if len(x.Scope.Product) > 0 {
				return x.Scope.Product
			}
			return []graphstore.ID{x.Object.ID}
		}
		want := map[string]bool{}
		for link := range g.Claims() {
			claim, proof := g.Claim(link.Subject), g.Claim(link.Object.ID)
			if link.Predicate != reliesOn || link.Modality == "denies" || claim == nil || proof == nil || claim.Position == nil || proof.Position == nil {
				continue // positions alone: nothing is inherited
			}
			key := string(link.ID)
			for _, p := range on(claim) {
				covered := false
				for _, q := range on(proof) {
					covered = covered || in[[2]graphstore.ID{p, q}]
				}
				if !covered {
					want[key+" product"] = true
				}
			}
			if len(proof.Scope.Region) > 0 {
				need := claim.Scope.Region
				if len(need) == 0 {
					need = []string{"elsewhere"}
				}
				for _, r := range need {
					union := r == "DE" || r == "GB" && spanOf(g, claim, nil).from <= civil(2020, 1, 31) || r == "HR" && spanOf(g, claim, nil).to >= civil(2013, 7, 1)
					if !slices.Contains(proof.Scope.Region, r) && !(union && slices.Contains(proof.Scope.Region, "EU")) {
						want[key+" region"] = true
					}
				}
			}
			if w := proof.Scope.Customers; w != "" && !strings.EqualFold(w, claim.Scope.Customers) {
				want[key+" customers"] = true
			}
		}
		got := map[string]bool{}
		for _, r := range ask(t, ScopeGaps, g, Asked{}) {
			if g.Claim(r.Claim).Position != nil && g.Claim(r.Cites).Position != nil {
				for d := range r.Missing {
					got[string(r.Claims[2])+" "+d] = true
				}
			}
		}
		some += len(got)
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
	if some < 100 {
		t.Errorf("only %d gaps", some)
	}
}
