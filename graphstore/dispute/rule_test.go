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

// law builds small cases by hand: entities by kind, then claims.
type law struct{ records []graphstore.Record }

func (l *law) entities(kind graphstore.Kind, ids ...graphstore.ID) *law {
	for _, id := range ids {
		l.records = append(l.records, &graphstore.Entity{ID: id, Kind: kind})
	}
	return l
}

func (l *law) say(id, subject graphstore.ID, p graphstore.Predicate, object graphstore.ID, edit ...func(*graphstore.Claim)) *law {
	x := &graphstore.Claim{ID: id, Subject: subject, Predicate: p, Object: graphstore.Object{ID: object}, Speaker: subject}
	if subject[:5] == "urn:c" {
		x.Speaker = ""
	}
	for _, f := range edit {
		f(x)
	}
	l.records = append(l.records, x)
	return l
}

func holds(from, to string) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) { x.ValidFrom, x.ValidTo = date(from), date(to) }
}

func cites(docs ...graphstore.ID) func(*graphstore.Claim) {
	return func(x *graphstore.Claim) {
		for _, d := range docs {
			x.Evidence = append(x.Evidence, graphstore.Evidence{Document: d})
		}
	}
}

func TestPositionsClash(t *testing.T) {
	for a := graphstore.Position(-4); a <= 2; a++ {
		for b := graphstore.Position(-4); b <= 2; b++ {
			far := max(a, b)-min(a, b) >= 2
			silent := a == 0 && b <= -1 || b == 0 && a <= -1
			if d, ok := clash(a, b); ok != (far || silent) || d != int(max(a, b)-min(a, b)) {
				t.Errorf("%d against %d: %v", a, b, ok)
			}
		}
	}
}

func TestDaysOfDates(t *testing.T) {
	for _, text := range []string{"2018", "Feb 2020", "28 Feb 2019", "31.12.1999", "circa 2018", "circa Nov 2018", "1 Jan 0001", "29 Feb 2000"} {
		d := date(text)
		first, last, ok := days(d)
		a, b, _ := d.Span()
		if !ok || day(first).Value != a.Format("2006-01-02") || day(last).Value != b.Format("2006-01-02") {
			t.Errorf("%s is %s to %s, want %s to %s", text, day(first).Value, day(last).Value, a, b)
		}
	}
	if _, _, ok := days(graphstore.Date{}); ok {
		t.Error("no date is a date")
	}
}

func TestScopesThatMeet(t *testing.T) {
	now := span{from: civil(2022, 1, 1), to: forever}
	for _, c := range []struct {
		a, b graphstore.Scope
		want bool
	}{
		{graphstore.Scope{}, graphstore.Scope{Region: []string{"DE"}}, true},
		{graphstore.Scope{Region: []string{"EU"}}, graphstore.Scope{Region: []string{"be"}}, true},
		{graphstore.Scope{Region: []string{"CH"}}, graphstore.Scope{Region: []string{"EU"}}, false},
		{graphstore.Scope{Region: []string{"GB"}}, graphstore.Scope{Region: []string{"EU"}}, false}, // since 2020
		{graphstore.Scope{Region: []string{"DE", "US"}}, graphstore.Scope{Region: []string{"FR", "US"}}, true},
		{graphstore.Scope{Version: "11"}, graphstore.Scope{Version: "12"}, false},
		{graphstore.Scope{Customers: "Public bodies"}, graphstore.Scope{Customers: "public bodies "}, true},
		{graphstore.Scope{Process: "mail"}, graphstore.Scope{Process: "backup"}, false},
		{graphstore.Scope{Period: graphstore.Period{To: date("2019")}}, graphstore.Scope{Period: graphstore.Period{From: date("2020")}}, false},
		{graphstore.Scope{Period: graphstore.Period{To: date("2019")}}, graphstore.Scope{Period: graphstore.Period{From: date("Dec 2019")}}, true},
	} {
		for _, p := range [][2]graphstore.Scope{{c.a, c.b}, {c.b, c.a}} {
			if got := scopesMeet(&p[0], &p[1], regionsOf(p[0]), regionsOf(p[1]), now); got != c.want {
				t.Errorf("%+v and %+v meet: %v", p[0], p[1], got)
			}
		}
	}
	then := span{from: civil(2018, 1, 1), to: civil(2018, 12, 31)}
	if !regionsMeet([]string{"GB"}, []string{"EU"}, then) || regionsMeet([]string{"HR"}, []string{"EU"}, span{from: 0, to: 1}) {
		t.Error("membership does not follow the date")
	}
}

func TestProofCoversNoMoreThanItSays(t *testing.T) {
	base := func(claim, proof graphstore.Scope) map[string][]string {
		l := (&law{}).entities("product", "urn:e:whole", "urn:e:part").entities("auditor", "urn:e:a").entities("vendor", "urn:e:v")
		l.say("urn:c:part", "urn:e:part", partOf, "urn:e:whole")
		l.say("urn:c:proof", "urn:e:a", attests, "urn:e:whole", covers(proof))
		l.say("urn:c:claim", "urn:e:v", "permits", "urn:e:whole", covers(claim), holds("2022", ""))
		l.say("urn:c:link", "urn:c:claim", reliesOn, "urn:c:proof")
		list := ask(t, ScopeGaps, graph(t, l.records...), Asked{})
		if len(list) == 0 {
			return map[string][]string{}
		}
		return list[0].Missing
	}
	whole, part := []graphstore.ID{"urn:e:whole"}, []graphstore.ID{"urn:e:part"}
	for _, c := range []struct {
		claim, proof graphstore.Scope
		want         map[string][]string
	}{
		{graphstore.Scope{Product: part}, graphstore.Scope{Product: whole}, map[string][]string{}},
		{graphstore.Scope{Product: whole}, graphstore.Scope{Product: part}, map[string][]string{"product": {"urn:e:whole"}}},
		{graphstore.Scope{Region: []string{"DE", "US"}}, graphstore.Scope{Region: []string{"EU"}}, map[string][]string{"region": {"US"}}},
		{graphstore.Scope{}, graphstore.Scope{Region: []string{"EU"}}, map[string][]string{"region": {Everything}}},
		{graphstore.Scope{Process: "Mail"}, graphstore.Scope{Process: "mail"}, map[string][]string{}},
		{graphstore.Scope{Version: "12"}, graphstore.Scope{Version: "11"}, map[string][]string{"version": {"12"}}},
		{graphstore.Scope{Customers: "banks"}, graphstore.Scope{}, map[string][]string{}},
		{graphstore.Scope{}, graphstore.Scope{Period: graphstore.Period{From: date("2022"), To: date("2022")}}, map[string][]string{"period": {"2023-01-01/.."}}},
		{graphstore.Scope{Period: graphstore.Period{From: date("2021"), To: date("2024")}}, graphstore.Scope{Period: graphstore.Period{From: date("2022"), To: date("2023")}},
			map[string][]string{"period": {"2021-01-01/2021-12-31", "2024-01-01/2024-12-31"}}},
	} {
		if got := base(c.claim, c.proof); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v by %+v: missing %v, want %v", c.claim, c.proof, got, c.want)
		}
	}
}

func TestStepEndsWhereTheNextPositionBegins(t *testing.T) {
	l := (&law{}).entities("product", "urn:e:p").entities("regulator", "urn:e:a").entities("court", "urn:e:k")
	l.say("urn:c:1", "urn:e:a", graphstore.TakesPos, "urn:e:p", position(0), holds("1 Mar 2018", ""))
	l.say("urn:c:2", "urn:e:a", graphstore.TakesPos, "urn:e:p", position(-1), holds("5 May 2020", ""))
	l.say("urn:c:3", "urn:e:a", graphstore.TakesPos, "urn:e:p", position(-1), holds("2021", ""))
	l.say("urn:c:4", "urn:e:a", graphstore.TakesPos, "urn:e:p", position(-3), holds("2022", ""), covers(graphstore.Scope{Region: []string{"US"}}))
	l.say("urn:c:5", "urn:e:k", overturns, "urn:c:4", said("Mar 2023"))
	var got []string
	for _, s := range ask(t, Timeline, graph(t, l.records...), Asked{}) {
		got = append(got, fmt.Sprint(short(s.Claims[0])[0], " ", s.Position, " ", s.From.Value, " ", s.To.Value, " ", s.Ruling))
	}
	want := []string{"1 0 2018-03-01 2020-05-04 ", "2 -1 2020-05-05 2022 ", "3 -1 2021 2022 ", "4 -3 2022  ", "5 -3 2023-03 2023-03 overturns"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestStaleIsWhatAgedAndWasNotRenewed(t *testing.T) {
	l := (&law{}).entities("product", "urn:e:p").entities("regulator", "urn:e:a")
	basis := func(b ...graphstore.Basis) func(*graphstore.Claim) {
		return func(x *graphstore.Claim) { x.Basis = b }
	}
	l.say("urn:c:1", "urn:e:a", graphstore.TakesPos, "urn:e:p", said("1 Jan 2020"), basis("precaution", "audit")) // 365 days
	l.say("urn:c:2", "urn:e:a", graphstore.TakesPos, "urn:e:p", said("1 Jan 2020"), basis("court-ruling"))
	l.say("urn:c:3", "urn:e:a", graphstore.TakesPos, "urn:e:p", said("1 Jan 2020"), basis("audit"))
	l.say("urn:c:4", "urn:e:a", graphstore.Maintains, "urn:c:3", said("1 Jan 2022"))
	l.say("urn:c:5", "urn:e:a", graphstore.TakesPos, "urn:e:p", said("1 Jan 2020"), basis("audit"), holds("", "2020"))
	g := graph(t, l.records...)
	for _, c := range []struct {
		today string
		want  []string
	}{
		{"30 Dec 2020", nil}, {"31 Dec 2020", []string{"1 2020-12-31", "5 2020-12-31"}}, {"1 Jan 2021", []string{"1 2020-12-31"}}, {"2024", []string{"1 2020-12-31", "3 2023-01-01"}},
	} {
		var got []string
		for _, r := range ask(t, Staleness, g, Asked{Today: date(c.today)}) {
			got = append(got, short(r.Claim)[0]+" "+r.Due.Value)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("on %s: %q, want %q", c.today, got, c.want)
		}
	}
}

func TestGapsAreFilledBySourcedFacts(t *testing.T) {
	l := (&law{}).entities("datacenter", "urn:e:1", "urn:e:2", "urn:e:3", "urn:e:4").entities("vendor", "urn:e:v").entities("location", "urn:e:l")
	l.records = append(l.records, &graphstore.Document{ID: "urn:d:1"})
	for _, id := range []graphstore.ID{"urn:e:1", "urn:e:2", "urn:e:3", "urn:e:4"} {
		l.say("urn:c:l"+id[6:], id, locatedIn, "urn:e:l", cites("urn:d:1"))
	}
	l.say("urn:c:1", "urn:e:v", operates, "urn:e:1", cites("urn:d:1"))
	l.say("urn:c:2", "urn:e:v", operates, "urn:e:2") // unsourced
	l.say("urn:c:3", "urn:e:v", operates, "urn:e:3", cites("urn:d:1"), func(x *graphstore.Claim) { x.Modality = denies })
	var got []string
	for _, r := range ask(t, Coverage, graph(t, l.records...), Asked{}) {
		got = append(got, fmt.Sprint(short(r.Of)[0], " ", r.Slot, short(r.Claims...)))
	}
	want := []string{"2 source[2]", "2 operator[2]", "3 operator[]", "4 operator[]", "v law[]", "v owner[]"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFiguresConflictAtOneTimeInTwoSources(t *testing.T) {
	figure := func(literal string, doc graphstore.ID, from, to string) func(*graphstore.Claim) {
		return func(x *graphstore.Claim) {
			x.Object = graphstore.Object{Literal: literal}
			cites(doc)(x)
			holds(from, to)(x)
		}
	}
	for _, c := range []struct {
		a, b func(*graphstore.Claim)
		want bool
	}{
		{figure("12", "urn:d:1", "", ""), figure("13", "urn:d:2", "", ""), true},
		{figure("12", "urn:d:1", "", ""), figure("13", "urn:d:1", "", ""), false},
		{figure("12", "urn:d:1", "", ""), figure("12.0", "urn:d:2", "", ""), false},
		{figure("Yes  Sir", "urn:d:1", "", ""), figure("yes sir", "urn:d:2", "", ""), false},
		{figure("12", "urn:d:1", "2018", "2018"), figure("13", "urn:d:2", "2019", ""), false},
		{figure("12", "urn:d:1", "2018", ""), figure("13", "urn:d:2", "2019", ""), true},
	} {
		l := (&law{}).entities("vendor", "urn:e:v")
		l.records = append(l.records, &graphstore.Document{ID: "urn:d:1"}, &graphstore.Document{ID: "urn:d:2"})
		l.say("urn:c:1", "urn:e:v", "amounts-to", "", c.a).say("urn:c:2", "urn:e:v", "amounts-to", "", c.b)
		if list := ask(t, Values, graph(t, l.records...), Asked{}); (len(list) == 1) != c.want {
			t.Errorf("%d conflicts, want one: %v", len(list), c.want)
		}
	}
}

func TestWaysAreToldWithTheirClaims(t *testing.T) {
	l := (&law{}).entities("vendor", "urn:e:1", "urn:e:2", "urn:e:3")
	l.say("urn:c:a", "urn:e:1", uses, "urn:e:2").say("urn:c:b", "urn:e:3", pays, "urn:e:2").say("urn:c:c", "urn:e:1", owns, "urn:e:3").say("urn:c:d", "urn:e:2", owns, "urn:e:3")
	cs := Open(graph(t, l.records...), Asked{Words: words(t, "en"), Without: map[graphstore.ID]bool{"urn:c:d": true}})
	for length, want := range []int{0, 1, 2, 2} {
		list, err := Paths(context.Background(), cs, "urn:e:1", "urn:e:3", length, 10)
		if err != nil || len(list) != want {
			t.Fatalf("%d ways of up to %d steps (%v)", len(list), length, err)
		}
		if want == 2 && (!slices.Equal(list[1].Claims, []graphstore.ID{"urn:c:a", "urn:c:b"}) || list[1].Why == "") {
			t.Errorf("%+v", list[1])
		}
	}
	if _, err := Paths(context.Background(), cs, "urn:e:1", "urn:e:9", 3, 10); err == nil {
		t.Error("a way to nobody")
	}
}

func TestBucketFindsWhatHoldsDuringASpan(t *testing.T) {
	for seed := range uint64(100) {
		rnd := rand.New(rand.NewPCG(seed, 8))
		var list []*stance
		random := func() span {
			from := int32(rnd.IntN(60))
			s := span{from: from, to: from + int32(rnd.IntN(20))}
			switch rnd.IntN(80) { // open ends keep blocks from being passed over
			case 0:
				s.from = always
			case 1:
				s.to = forever
			}
			return s
		}
		for i := range rnd.IntN(150) {
			list = append(list, &stance{claim: &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:c:%03d", i))}, span: random()})
		}
		b := newBucket(slices.Clone(list))
		for range 40 {
			s := random()
			want, got := 0, 0
			for _, y := range list {
				if y.span.from <= s.to && s.from <= y.span.to {
					want++
				}
			}
			b.during(s, func(*stance) bool { got++; return true })
			if got != want {
				t.Fatalf("seed %d: %d during %+v, want %d", seed, got, s, want)
			}
			if want > 1 {
				seen := 0
				if b.during(s, func(*stance) bool { seen++; return false }) || seen != 1 {
					t.Fatalf("seed %d: the search goes on", seed)
				}
			}
		}
	}
}

func TestReliersRestOnUndocumentedClaims(t *testing.T) {
	l := (&law{}).entities("regulator", "urn:e:a", "urn:e:b", "urn:e:c", "urn:e:d").entities("product", "urn:e:p")
	for i, who := range []graphstore.ID{"urn:e:a", "urn:e:b", "urn:e:c", "urn:e:d"} {
		l.say(graphstore.ID(fmt.Sprint("urn:c:", i)), who, graphstore.TakesPos, "urn:e:p", position(-1))
	}
	for i, link := range [][2]graphstore.ID{{"urn:c:1", "urn:c:0"}, {"urn:c:2", "urn:c:0"}, {"urn:c:3", "urn:c:1"}, {"urn:c:3", "urn:c:2"}} {
		l.say(graphstore.ID(fmt.Sprint("urn:c:r", i)), link[0], reliesOn, link[1])
	}
	var got []string
	for _, s := range ask(t, Sources, graph(t, l.records...), Asked{}) {
		got = append(got, fmt.Sprint(short(s.Claim)[0], s.Independent, s.FirstHand, short(s.Single), short(s.Roots...)))
	}
	if want := []string{"00 0 [] []", "11 1 [0] [0]", "21 1 [0] [0]", "31 1 [0] [0]"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWitnessAvoidsWeakAndDisputedLinks(t *testing.T) {
	l := (&law{}).entities("product", "urn:e:p").entities("vendor", "urn:e:v", "urn:e:w").entities("jurisdiction", "urn:e:l").entities("media", "urn:e:m")
	l.records = append(l.records, &graphstore.Document{ID: "urn:d:1"})
	doubtful := func(x *graphstore.Claim) { x.Credibility = 4 }
	l.say("urn:c:1", "urn:e:v", makes, "urn:e:p", cites("urn:d:1"), doubtful)
	l.say("urn:c:2", "urn:e:v", subjectTo, "urn:e:l", cites("urn:d:1"))
	l.say("urn:c:3", "urn:e:w", makes, "urn:e:p", cites("urn:d:1"))
	l.say("urn:c:4", "urn:e:w", subjectTo, "urn:e:l", cites("urn:d:1"))
	check := func(what string, claims, disputed, weak []string) {
		t.Helper()
		list := ask(t, Jurisdictions, graph(t, l.records...), Asked{Entity: "urn:e:p"})
		if len(list) != 1 || !slices.Equal(short(list[0].Claims...), claims) || !slices.Equal(short(list[0].Disputed...), disputed) || !slices.Equal(short(list[0].Weak...), weak) {
			t.Errorf("%s: %+v", what, list[0])
		}
	}
	check("one of two is weak", []string{"3", "4"}, []string{}, []string{})
	l.say("urn:c:5", "urn:e:m", "disputes", "urn:c:4")
	l.say("urn:c:6", "urn:e:w", makes, "urn:e:p", cites("urn:d:1"), func(x *graphstore.Claim) { x.Modality = denies })
	check("the other is disputed twice", []string{"1", "2"}, []string{}, []string{"1"})
	l.say("urn:c:7", "urn:e:m", "disputes", "urn:c:1").say("urn:c:8", "urn:e:m", "disputes", "urn:c:2")
	check("all are doubtful", []string{"1", "2"}, []string{"1", "2"}, []string{"1"})
}

func TestCirclesOfClaimsAndOfOnesOwn(t *testing.T) {
	l := (&law{}).entities("regulator", "urn:e:a", "urn:e:b").entities("vendor", "urn:e:v").entities("product", "urn:e:p", "urn:e:q")
	l.say("urn:c:1", "urn:e:a", graphstore.TakesPos, "urn:e:p", position(-1))
	l.say("urn:c:2", "urn:e:b", graphstore.TakesPos, "urn:e:p", position(-1))
	l.say("urn:c:3", "urn:c:1", reliesOn, "urn:c:2").say("urn:c:4", "urn:c:2", reliesOn, "urn:c:1")
	l.say("urn:c:5", "urn:e:v", makes, "urn:e:q").say("urn:c:6", "urn:e:p", partOf, "urn:e:q").say("urn:c:7", "urn:e:v", attests, "urn:e:p")
	l.say("urn:c:8", "urn:e:b", pays, "urn:e:a").say("urn:c:9", "urn:e:a", pays, "urn:e:b", func(x *graphstore.Claim) { x.Modality = denies })
	var got []string
	for _, r := range ask(t, Circular, graph(t, l.records...), Asked{}) {
		got = append(got, fmt.Sprint(short(r.Entities...), short(r.Claims...)))
	}
	if want := []string{"[v] [7 6 5]", "[a b] [3 1 4 2]"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
