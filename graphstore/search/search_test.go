package search

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"caveat/graphstore"
)

func empty(t testing.TB) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return graphstore.NewGraph(schema)
}

func graphOf(t testing.TB, lines string) *graphstore.Graph {
	t.Helper()
	d := &graphstore.Diff{}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		r, err := graphstore.DecodeRecord([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		d.Add(nil, r)
	}
	g, err := empty(t).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

const people = `
{"type":"entity","id":"urn:e:kas","kind":"vendor","names":[{"text":"Kaspersky"},{"text":"Лаборатория Касперского","lang":"ru"}],"identifiers":[{"scheme":"domain","value":"kaspersky.com"}]}
{"type":"entity","id":"urn:e:kav","kind":"product","names":[{"text":"Kaspersky antivirus"},{"text":"Kaspersky-virusscanner","lang":"nl"}]}
{"type":"entity","id":"urn:e:kes","kind":"product","names":[{"text":"Kaspersky Endpoint Security"}]}
{"type":"entity","id":"urn:e:bsi","kind":"regulator","names":[{"text":"BSI"},{"text":"Bundesamt für Sicherheit in der Informationstechnik","lang":"de"}],"identifiers":[{"scheme":"wikidata","value":"Q59588"}]}
{"type":"entity","id":"urn:e:zh","kind":"location","names":[{"text":"Zürich"},{"text":"Łódź Straße"}]}
{"type":"entity","id":"urn:e:hw","kind":"vendor","names":[{"text":"Huawei"},{"text":"华为技术有限公司","lang":"zh"}]}
{"type":"entity","id":"urn:e:m1","kind":"location","names":[{"text":"Mercury"}]}
{"type":"entity","id":"urn:e:m2","kind":"product","names":[{"text":"Mercury"}]}
{"type":"document","id":"urn:d:1","title":"Warning about Kaspersky products","publisher":"Heise"}
{"type":"claim","id":"urn:c:1","subject":"urn:e:bsi","predicate":"takes-position-on","object":"urn:e:kav","speaker":"urn:e:bsi","position":-1,"note":"Names the **telemetry** servers"}`

func TestFindRanksExactThenBeginningThenErrors(t *testing.T) {
	x := New(graphOf(t, people))
	for _, c := range []struct{ query, want string }{
		{"kaspersky", "urn:e:kas urn:e:kav urn:e:kes urn:d:1"},
		{"KASPERSKY ANT", "urn:e:kav"},
		{"kasp", "urn:e:kav urn:e:kas urn:e:kes urn:d:1"},
		{"kapsersky", "urn:e:kav urn:e:kas urn:e:kes urn:d:1"}, // swapped letters
		{"kasprsk", "urn:e:kav urn:e:kas urn:e:kes urn:d:1"},   // one letter missing, not yet typed to the end
		{"kaspirski", "urn:e:kav urn:e:kas urn:e:kes urn:d:1"},
		{"security", "urn:e:kes"},
		{"end sec kasp", "urn:e:kes"},
		{"virusscan", "urn:e:kav"},
		{"касперс", "urn:e:kas"},
		{"zurich", "urn:e:zh"},
		{"ZÜRI", "urn:e:zh"},
		{"lodz strasse", "urn:e:zh"},
		{"技术", "urn:e:hw"},
		{"q59588", "urn:e:bsi"},
		{"kaspersky.com", "urn:e:kas"},
		{"heise", "urn:d:1"},
		{"telemetry", "urn:c:1"},
		{"bxi", ""}, // three letters allow no error
		{"", ""},
		{" -!", ""},
		{"kaspersky zurich", ""},
	} {
		var got []string
		for _, h := range x.Find(c.query, 10) {
			got = append(got, string(h.ID))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q finds %s, want %s", c.query, s, c.want)
		}
	}
	if hits := x.Find("kaspersky", 2); len(hits) != 2 || hits[0].ID != "urn:e:kas" || hits[0].Score <= hits[1].Score {
		t.Errorf("cut to two: %+v", hits)
	}
}

func TestHitShowsTheNameThatMatched(t *testing.T) {
	x := New(graphOf(t, people))
	for _, c := range []struct{ query, name, lang string }{
		{"virussc", "Kaspersky-virusscanner", "nl"},
		{"sicherheid", "Bundesamt für Sicherheit in der Informationstechnik", "de"},
		{"q59588", "BSI", ""},
	} {
		hits := x.Find(c.query, 1)
		if len(hits) != 1 || hits[0].Name != c.name || hits[0].Lang != c.lang {
			t.Errorf("%q shows %+v, want %s", c.query, hits, c.name)
		}
	}
	if h := x.Find("telemetry", 1); len(h) != 1 || !strings.HasPrefix(h[0].Name, "BSI ") {
		t.Errorf("a claim is shown as %+v", h)
	}
}

// prefixDistance is the least optimal string alignment distance between q
// and a beginning of w, by the whole table.
func prefixDistance(q, w []rune) (best, full int) {
	d := make([][]int, len(w)+1)
	for i := range d {
		d[i] = make([]int, len(q)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			default:
				cost := 1
				if w[i-1] == q[j-1] {
					cost = 0
				}
				d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
				if i > 1 && j > 1 && w[i-1] == q[j-2] && w[i-2] == q[j-1] {
					d[i][j] = min(d[i][j], d[i-2][j-2]+1)
				}
			}
		}
		if i == 0 || d[i][len(q)] < best {
			best = d[i][len(q)]
		}
	}
	return best, d[len(w)][len(q)]
}

func TestMatchAgreesWithBruteForce(t *testing.T) {
	const seed = 11
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	random := func(most int) string {
		letters := []rune("abcäжn")
		var b strings.Builder
		for range 1 + rnd.IntN(most) {
			b.WriteRune(letters[rnd.IntN(len(letters))])
		}
		return b.String()
	}
	for range 60 {
		postings := map[string][]int32{}
		for range 1 + rnd.IntN(1500) {
			postings[random(9)] = nil
		}
		w := newWords(postings)
		for range 20 {
			q := []rune(random(9))
			k := rnd.IntN(3)
			want := map[string]near{}
			for text := range postings {
				if best, full := prefixDistance(q, []rune(text)); best <= k {
					want[text] = near{best, full == best}
				}
			}
			got := map[string]near{}
			w.match(q, k, func(e *entry, n near) { got[e.text] = n })
			for text, n := range want {
				if g, ok := got[text]; !ok || g != n {
					t.Fatalf("%q within %d of %q: got %v %v, want %v", text, k, string(q), g, ok, n)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%q within %d: %d words, want %d", string(q), k, len(got), len(want))
			}
		}
	}
}

func TestUpdatedIndexFindsWhatANewOneFinds(t *testing.T) {
	const seed = 5
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	syllables := strings.Fields("kas per sky hua wei ber lin nie der lan zür ich 华为 Жу")
	name := func() string {
		var parts []string
		for range 1 + rnd.IntN(3) {
			parts = append(parts, syllables[rnd.IntN(len(syllables))]+syllables[rnd.IntN(len(syllables))])
		}
		return strings.Join(parts, " ")
	}
	g := empty(t)
	x := New(g)
	for round := range 400 {
		d := &graphstore.Diff{}
		touched := map[graphstore.ID]bool{}
		for range 1 + rnd.IntN(12) {
			n := rnd.IntN(120)
			e, c := graphstore.ID(fmt.Sprintf("urn:e:%03d", n)), graphstore.ID(fmt.Sprintf("urn:c:%03d", n))
			if touched[e] {
				continue
			}
			touched[e] = true
			old, said := g.Entity(e), g.Claim(c)
			switch {
			case old == nil:
				d.Add(nil, &graphstore.Entity{ID: e, Kind: "vendor", Names: []graphstore.Name{{Text: name()}}})
				d.Add(nil, &graphstore.Claim{ID: c, Subject: e, Predicate: "alleges", Object: graphstore.Object{Literal: "x"}, Note: name()})
			case rnd.IntN(3) > 0:
				copied := *old
				copied.Names = []graphstore.Name{{Text: name()}}
				d.Add(old, &copied)
			case said != nil && g.UseCount(e, graphstore.AsSubject) == 1:
				d.Add(old, nil)
				d.Add(said, nil)
			}
		}
		after, err := g.Apply(d)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		x = x.Update(g, after, d)
		g = after
		fresh := New(g)
		if x.Len() != fresh.Len() {
			t.Fatalf("round %d: %d records, a new index has %d", round, x.Len(), fresh.Len())
		}
		for range 3 {
			q := name()
			if a, b := x.Find(q, 20), fresh.Find(q, 20); !slices.Equal(a, b) {
				t.Fatalf("round %d: %q finds %v, a new index %v", round, q, a, b)
			}
		}
	}
}

func TestOlderIndexStaysAsItWas(t *testing.T) {
	g := graphOf(t, people)
	x := New(g)
	before := x.Find("kaspersky", 10)
	d := &graphstore.Diff{}
	old := g.Entity("urn:e:kas")
	renamed := *old
	renamed.Names = []graphstore.Name{{Text: "Someone else"}}
	d.Add(old, &renamed)
	after, err := g.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	y := x.Update(g, after, d)
	if !slices.Equal(x.Find("kaspersky", 10), before) {
		t.Error("the older index changed")
	}
	if hits := y.Find("someone", 1); len(hits) != 1 || hits[0].ID != "urn:e:kas" {
		t.Errorf("the newer one finds %v", hits)
	}
}

func TestResolve(t *testing.T) {
	g := graphOf(t, people)
	for text, want := range map[string]graphstore.ID{
		"urn:e:bsi": "urn:e:bsi", "BSI": "urn:e:bsi", "bsi": "urn:e:bsi", "zurich": "urn:e:zh",
		"Q59588": "urn:e:bsi", "wikidata:Q59588": "urn:e:bsi", "kaspersky virusscanner": "urn:e:kav",
		"Kaspersky": "urn:e:kas", "urn:c:1": "urn:c:1", "warning about kaspersky products": "urn:d:1",
	} {
		if got, err := Resolve(g, text); got != want || err != nil {
			t.Errorf("%q is %q (%v), want %s", text, got, err, want)
		}
	}
	var many *AmbiguousError
	if _, err := Resolve(g, "mercury"); !errors.As(err, &many) || len(many.Candidates) != 2 || !strings.Contains(err.Error(), "urn:e:m1") || !strings.Contains(err.Error(), "urn:e:m2") {
		t.Errorf("two records of one name: %v", err)
	}
	if _, err := Resolve(g, "Kapsersky"); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "urn:e:kas") {
		t.Errorf("a mistyped name: %v", err)
	}
	if _, err := Resolve(g, "Warning about Kaspersky products", graphstore.TypeEntity); !errors.Is(err, ErrNotFound) {
		t.Errorf("a document where an entity is meant: %v", err)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Straße": "strasse", "ŁÓDŹ": "lodz", "Ærø": "aero", "ﬁn": "fin", "Ⅷ": "viii", "İstanbul": "istanbul", "ASCII": "ascii"} {
		if got := Fold(in); got != want {
			t.Errorf("%q folds to %q, want %q", in, got, want)
		}
	}
}

// crowd returns n entities with names made of syllables, in an uneven mix as real names are.
func crowd(t testing.TB, n int) *graphstore.Graph {
	rnd := rand.New(rand.NewPCG(1, 2))
	const consonants, vowels = "bcdfghjklmnprstvwxz", "aeiouy"
	word := func() string {
		var b strings.Builder
		for range 2 + rnd.IntN(3) {
			b.WriteByte(consonants[rnd.IntN(len(consonants))])
			b.WriteByte(vowels[rnd.IntN(len(vowels))])
			if rnd.IntN(2) == 0 {
				b.WriteByte(consonants[rnd.IntN(len(consonants))])
			}
		}
		return b.String()
	}
	common := strings.Fields("Ltd GmbH Inc Security Systems International Bank of the Group")
	d := &graphstore.Diff{}
	for i := range n {
		d.Add(nil, &graphstore.Entity{ID: graphstore.ID(fmt.Sprintf("urn:e:%07d", i)), Kind: "vendor",
			Names: []graphstore.Name{{Text: word() + " " + word() + " " + common[rnd.IntN(len(common))]}}})
	}
	g, err := empty(t).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		g := crowd(b, n)
		x := New(g)
		target := g.Entity("urn:e:0000500").Name("")
		first := strings.Fields(target)[0]
		for _, q := range []struct{ name, text string }{
			{"letter", "k"}, {"three", first[:3]}, {"whole", target}, {"common", "international"},
			{"error1", "secrity"}, {"error2", "internatoinla"}, {"nothing", "qqqqqqqqqq"},
		} {
			b.Run(fmt.Sprintf("%s/%d", q.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					x.Find(q.text, 20)
				}
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	g := crowd(b, 100_000)
	for b.Loop() {
		New(g)
	}
}

func BenchmarkUpdate(b *testing.B) {
	g := crowd(b, 100_000)
	x := New(g)
	old := g.Entity("urn:e:0000500")
	renamed := *old
	renamed.Names = []graphstore.Name{{Text: "Another name"}}
	d := &graphstore.Diff{}
	d.Add(old, &renamed)
	after, err := g.Apply(d)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		x.Update(g, after, d)
	}
}
