package dispute

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"caveat/assets"
	"caveat/graphstore"
)

// table is Words from the shipped translations; it notes keys without a text.
type table struct {
	lang    string
	texts   map[string]string
	missing map[string]bool
}

func words(t testing.TB, lang string) *table {
	t.Helper()
	raw, err := assets.Translations(lang)
	if err != nil {
		t.Fatal(err)
	}
	w := &table{lang: lang, missing: map[string]bool{}}
	if err := json.Unmarshal(raw, &w.texts); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *table) Say(key string, pairs ...string) string {
	s, ok := w.texts[key]
	if !ok {
		w.missing[key] = true
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s
}

func (w *table) Date(d graphstore.Date) string { return d.Value }
func (w *table) Lang() string                  { return w.lang }

// everything asks all questions and measures of a case.
func everything(t testing.TB, g *graphstore.Graph, a Asked) []Result {
	t.Helper()
	var out []Result
	cs := Open(g, a)
	for _, q := range slices.Concat(Questions(), Measures()) {
		list, err := q.Ask(context.Background(), cs)
		if err != nil {
			t.Fatalf("%s: %v", q.Name, err)
		}
		for _, r := range list {
			if r.Told().Question != q.Name || r.Told().Claims == nil {
				t.Errorf("%s: %+v", q.Name, r)
			}
		}
		out = append(out, list...)
	}
	return out
}

func TestEverySentenceIsWholeInEveryLanguage(t *testing.T) {
	for _, name := range assets.Samples() {
		g := sample(t, name)
		var facts []string
		for _, lang := range []string{"en", "nl", "de", "fr"} {
			w := words(t, lang)
			list := everything(t, g, Asked{Words: w, Without: map[graphstore.ID]bool{e("bsi"): true, e("ncsc"): true}})
			if len(list) < 50 {
				t.Fatalf("%s: %d results", name, len(list))
			}
			for i, r := range list {
				a := r.Told()
				if a.Why == "" || strings.ContainsAny(a.Why+a.Change, "{}") || strings.Contains(a.Why, "ask.") {
					t.Errorf("%s, %s, %s: %q %q", name, lang, a.Question, a.Why, a.Change)
				}
				if d, ok := r.(*Difference); ok { // its result speaks too
					d.Result.Told().Why, d.Result.Told().Change = "", ""
				}
				f, err := factsOf(r)
				if err != nil {
					t.Fatal(err)
				}
				if lang == "en" {
					facts = append(facts, f)
				} else if i >= len(facts) || facts[i] != f {
					t.Fatalf("%s: facts differ in %s: %s", name, lang, f)
				}
			}
			for _, q := range slices.Concat(Questions(), Measures()) {
				w.Say("ask." + q.Name + ".title")
			}
			for _, q := range Questions() {
				w.Say("ask."+q.Name+".about", "name", "X")
			}
			for key := range w.missing {
				t.Errorf("%s has no text for %s", lang, key)
			}
		}
	}
}

func TestEqualCasesGiveEqualBytes(t *testing.T) {
	for seed := range uint64(20) {
		s := newSmall(seed, 9, 6)
		g := s.fill(t, 60, graphstore.TakesPos, graphstore.TakesPos, partOf, reliesOn, attests, pays, owns, uses, makes, locatedIn, "rebuts", "disputes", graphstore.Supersedes, graphstore.SameAs)
		a := Asked{Without: map[graphstore.ID]bool{s.entity(): true}, Today: date("2024"), Words: words(t, "en")}
		var first, again bytes.Buffer
		if err := WriteJSON(&first, everything(t, g, a)); err != nil {
			t.Fatal(err)
		}
		h := graph(t)
		h, err := h.Apply(g.Whole())
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteJSON(&again, everything(t, h, a)); err != nil {
			t.Fatal(err)
		}
		if first.String() != again.String() {
			t.Fatalf("seed %d: two runs differ", seed)
		}
	}
}

func TestEveryResultCanBeDrawnAndExported(t *testing.T) {
	g := sample(t, "kaspersky")
	list := everything(t, g, Asked{Words: words(t, "de"), Without: map[graphstore.ID]bool{e("bsi"): true}})
	for _, r := range list {
		drawn := Drawn(g, r)
		for id := range drawn {
			if g.Entity(id) == nil && g.Claim(id) == nil {
				t.Errorf("%s draws %s, which is neither entity nor claim", r.Told().Question, id)
			}
		}
		if len(drawn) < len(r.Told().Claims) || len(drawn) == 0 {
			t.Errorf("%s draws %d of %d claims", r.Told().Question, len(drawn), len(r.Told().Claims))
		}
	}
	var out bytes.Buffer
	if err := WriteCSV(&out, list); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != len(list)+1 || rows[0][0] != "question" {
		t.Fatalf("%d rows of %d results (%v)", len(rows), len(list), err)
	}
	claims := slices.Index(rows[0], "claims")
	for i, row := range rows[1:] {
		var ids []string
		for _, id := range list[i].Told().Claims {
			ids = append(ids, string(id))
		}
		if row[claims] != strings.Join(ids, "; ") {
			t.Fatalf("row %d: %q", i, row[claims])
		}
	}
}

// strange is a result whose fields are what a stranger may have put into a case.
type strange struct {
	Answer
	Text   string          `json:"text"`
	List   []string        `json:"list"`
	Number float64         `json:"number"`
	Date   graphstore.Date `json:"date"`
}

func TestNoCellOfATableIsAFormula(t *testing.T) {
	for _, text := range []string{`=HYPERLINK("http://a.example","x")`, "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=", "-"} {
		var out bytes.Buffer
		r := &strange{Answer: Answer{Question: "stance", Why: text, Change: text}, Text: text, List: []string{text, "b"}, Number: -1.5,
			Date: graphstore.Date{Value: text, Precision: graphstore.PrecisionDay}}
		if err := WriteCSV(&out, []Result{r}); err != nil {
			t.Fatal(err)
		}
		raw := out.String()
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %v, %d rows of %q", text, err, len(rows), raw)
		}
		want := map[string]string{"question": "stance", "why": "'" + text, "would_change": "'" + text, "text": "'" + text, "list": "'" + text + "; b", "number": "-1.5", "date": "'" + text}
		for i, column := range rows[0] {
			if w, checked := want[column]; checked && rows[1][i] != w {
				t.Errorf("%q in %s became %q, not %q", text, column, rows[1][i], w)
			}
			delete(want, column)
		}
		if len(want) > 0 {
			t.Errorf("columns are missing: %v", want)
		}
	}
	for _, text := range []string{"", "a=b", "plain", "'=1", "2022-03-15", "urn:caveat:c:k1"} {
		if got := noFormula(text); got != text {
			t.Errorf("%q became %q though it is no formula", text, got)
		}
	}
}

// twinMask says claim by claim, by the words of Open's comment, what is left.
func twinMask(g *graphstore.Graph, a Asked) map[graphstore.ID]bool {
	keep := map[graphstore.ID]bool{}
	for x := range g.Claims() {
		out := a.Without[x.ID] || a.Without[x.Speaker] || a.Without[x.Subject] || a.Without[x.Object.ID]
		products := len(x.Scope.Product) > 0
		for _, p := range x.Scope.Product {
			products = products && a.Without[p]
		}
		sources := len(x.Evidence) > 0
		for _, e := range x.Evidence {
			sources = sources && a.Without[e.Document]
		}
		known := x.SaidAt
		if known.Zero() {
			for _, e := range x.Evidence {
				if p := g.Document(e.Document).PublishedAt; !p.Zero() && (known.Zero() || p.Compare(known) < 0) {
					known = p
				}
			}
		}
		late := false
		if _, by, ok := a.KnownBy.Span(); ok {
			_, said, dated := known.Span()
			late = dated && said.After(by)
		}
		keep[x.ID] = !out && !products && !sources && !late
	}
	for changed := true; changed; {
		changed = false
		for x := range g.Claims() {
			for _, on := range []graphstore.ID{x.Subject, x.Object.ID} {
				if g.Claim(on) != nil && keep[x.ID] && !keep[on] {
					keep[x.ID], changed = false, true
				}
			}
		}
	}
	return keep
}

func TestMaskLeavesOutWhatRestsOnIt(t *testing.T) {
	for seed := range uint64(200) {
		s := newSmall(seed, 6, 5)
		g := s.fill(t, 25, graphstore.TakesPos, reliesOn, owns, "disputes", graphstore.Supersedes)
		a := Asked{Without: map[graphstore.ID]bool{s.docs[0]: true, s.docs[1]: true, s.entities[seed%6]: true, "urn:c:003": true}}
		if seed%2 == 0 {
			a.KnownBy = date("2020-06")
		}
		cs, want := Open(g, a), twinMask(g, a)
		for x := range g.Claims() {
			if cs.Counts(x) != want[x.ID] {
				t.Fatalf("seed %d: %s counts: %v", seed, x.ID, cs.Counts(x))
			}
		}
		if cs.Len() == 0 || cs.Len() == g.Count().Claims {
			continue
		}
		// What is masked is as good as gone: the answers are those of the case without it.
		d := &graphstore.Diff{}
		for x := range g.Claims() {
			if !want[x.ID] {
				d.Add(x, nil)
			} else if y := *x; slices.ContainsFunc(x.Evidence, func(e graphstore.Evidence) bool { return a.Without[e.Document] }) {
				y.Evidence = slices.DeleteFunc(slices.Clone(x.Evidence), func(e graphstore.Evidence) bool { return a.Without[e.Document] })
				d.Add(x, &y)
			}
		}
		h, err := g.Apply(d)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, q := range Questions() {
			if q.Name == whatIf || q.Name == "coverage" { // an entity left out has no gaps, one without claims has
				continue
			}
			got, err := q.Ask(context.Background(), cs)
			if err != nil {
				t.Fatal(err)
			}
			want, err := q.Ask(context.Background(), Open(h, Asked{Today: day(cs.today())}))
			if q.Name == "stale" {
				got, err = q.Ask(context.Background(), Open(g, Asked{Without: a.Without, KnownBy: a.KnownBy, TrueAt: graphstore.Date{}}))
				want, _ = q.Ask(context.Background(), Open(h, Asked{KnownBy: a.KnownBy, Today: a.Today}))
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d: %s: %d results, want %d (%v)", seed, q.Name, len(got), len(want), err)
			}
		}
	}
}

func TestWhatIfIsTheDifferenceOfTwoAnswers(t *testing.T) {
	for seed := range uint64(60) {
		s := newSmall(seed, 6, 4)
		g := s.fill(t, 25, graphstore.TakesPos, graphstore.TakesPos, reliesOn, owns, partOf, "disputes", uses, makes)
		a := Asked{Without: map[graphstore.ID]bool{s.entity(): true}, Today: date("2024")}
		count := map[string]int{}
		for _, q := range Questions() {
			if q.Name == whatIf {
				continue
			}
			facts := map[string]int{}
			for i, asked := range []Asked{{Today: a.Today}, a} {
				list, err := q.Ask(context.Background(), Open(g, asked))
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range list {
					f, _ := factsOf(r)
					facts[f] |= 1 << i
				}
			}
			for _, in := range facts {
				switch in {
				case 1:
					count[q.Name+" disappears"]++
				case 2:
					count[q.Name+" appears"]++
				}
			}
		}
		got := map[string]int{}
		for _, d := range ask(t, WhatIf, g, a) {
			got[d.Changed+" "+string(d.Change)]++
		}
		if fmt.Sprint(got) != fmt.Sprint(count) {
			t.Fatalf("seed %d: %v, want %v", seed, got, count)
		}
	}
}

func TestViewLendsItsCursorsAndWhatItHides(t *testing.T) {
	v := &graphstore.View{TrueAt: date("2020"), KnownBy: date("2021"), Hidden: []graphstore.ID{"urn:c:1"}, Hide: graphstore.Filter{Speakers: []graphstore.ID{"urn:e:1"}, Kinds: []graphstore.Kind{"vendor"}}}
	before := map[graphstore.ID]bool{"urn:d:1": true}
	a := Asked{Entity: "urn:e:2", Without: before}.View(v)
	if a.Entity != "urn:e:2" || a.TrueAt != v.TrueAt || a.KnownBy != v.KnownBy || len(a.Without) != 3 || !a.Without["urn:c:1"] || !a.Without["urn:e:1"] || len(before) != 1 {
		t.Errorf("%+v, before %v", a, before)
	}
}

// TestTheSameIsOne says that two entities joined by a same-as claim give the
// answers that one entity with the claims of both gives.
func TestTheSameIsOne(t *testing.T) {
	for seed := range uint64(300) {
		s := newSmall(seed, 9, 3)
		g := s.fill(t, 18, graphstore.TakesPos, graphstore.TakesPos, partOf, partOf, owns, makes, uses, hosts, pays, attests, locatedIn, subjectTo)
		a, b := s.entities[seed%2], s.entities[7+seed%2] // of one kind
		merge := func(id graphstore.ID) graphstore.ID {
			if id == b {
				return a
			}
			return id
		}
		joined, err := g.Apply(&graphstore.Diff{Claims: []graphstore.Change[graphstore.Claim]{{After: &graphstore.Claim{ID: "urn:c:same", Subject: b, Predicate: graphstore.SameAs, Object: graphstore.Object{ID: a}}}}})
		if err != nil {
			t.Fatal(err)
		}
		d := &graphstore.Diff{}
		for x := range g.Claims() {
			y := *x
			y.Subject, y.Object.ID, y.Speaker = merge(x.Subject), merge(x.Object.ID), merge(x.Speaker)
			y.Scope.Product = slices.Clone(x.Scope.Product)
			for i, p := range y.Scope.Product {
				y.Scope.Product[i] = merge(p)
			}
			d.Add(x, &y)
		}
		one, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		tell := func(g *graphstore.Graph) map[string][]string {
			out := map[string][]string{}
			add := func(q string, parts ...any) {
				line := fmt.Sprint(parts...)
				if !slices.Contains(out[q], line) {
					out[q] = append(out[q], line)
				}
			}
			for _, r := range ask(t, Contradictions, g, Asked{}) {
				add("contradictions", r.Claims[:2], r.Kind)
			}
			for _, r := range ask(t, Circular, g, Asked{}) {
				for _, id := range r.Entities {
					add("circular", merge(id))
				}
			}
			for _, r := range ask(t, Jurisdictions, g, Asked{Entity: a}) {
				add("jurisdiction", merge(r.Jurisdiction))
			}
			for _, r := range ask(t, Exposures, g, Asked{Entity: a}) {
				add("exposure", merge(r.Entity), " ", r.Distance)
			}
			for _, l := range out {
				slices.Sort(l)
			}
			return out
		}
		if got, want := tell(joined), tell(one); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d, %s and %s: %v, want %v", seed, a, b, got, want)
		}
	}
}
