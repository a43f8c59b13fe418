package quads_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/quads"
	"caveat/graphstore/storetest"
)

func encodeRecord(t *testing.T, r graphstore.Record) string {
	t.Helper()
	b, err := graphstore.EncodeRecord(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// checkRoundTrip shows that r survives quads in any order, through text, and
// that its quads are a function of what it says.
func checkRoundTrip(t *testing.T, r graphstore.Record, shuffle *rand.Rand) {
	t.Helper()
	qs, err := quads.Encode(r)
	if err != nil {
		t.Fatalf("%s: %v", encodeRecord(t, r), err)
	}
	seen := map[quads.Quad]bool{}
	for _, q := range qs {
		if seen[q] || q.G.Value != string(r.RecordID()) {
			t.Fatalf("%s comes twice or in another graph", q)
		}
		seen[q] = true
	}
	mixed := slices.Clone(qs)
	shuffle.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	for i, q := range mixed {
		back, ok, err := quads.Parse(q.String())
		if err != nil || !ok || back != q {
			t.Fatalf("quad %s reads back as %s (%v, %v)", q, back, ok, err)
		}
		mixed[i] = back
	}
	rs, h, foreign, err := quads.Decode(mixed)
	if err != nil || h != nil || len(rs) != 1 || len(foreign) != 0 {
		t.Fatalf("%s\ngives %d records, header %v, foreign %v, error %v", encodeRecord(t, r), len(rs), h, foreign, err)
	}
	if a, b := encodeRecord(t, r), encodeRecord(t, rs[0]); a != b {
		t.Fatalf("wrote %s\nread  %s", a, b)
	}
	again, err := quads.Encode(rs[0])
	if err != nil || !slices.Equal(qs, again) {
		t.Fatalf("quads of %s change on the way: %v\n%v\n%v", encodeRecord(t, r), err, qs, again)
	}
}

func TestRecordsSurviveQuads(t *testing.T) {
	const seed = 7
	t.Logf("seed %d", seed)
	r := storetest.NewRandom(seed, storetest.Schema())
	m := storetest.NewModel()
	for range 400 {
		d := r.Edit(m)
		d.Records(func(_, after graphstore.Record) {
			if after != nil {
				checkRoundTrip(t, after, r.Rand)
			}
		})
		m = m.Apply(d)
	}
}

func TestHeaderSurvivesQuads(t *testing.T) {
	for _, text := range []string{`{"title":"A \"case\""}`, `{"note":"n","schema":{"kinds":[]}}`, `{"x":[1.0,2]}`} {
		h := new(graphstore.Header)
		if err := h.UnmarshalJSON([]byte(text)); err != nil {
			t.Fatal(err)
		}
		qs, err := quads.EncodeHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		_, back, foreign, err := quads.Decode(qs)
		if err != nil || len(foreign) != 0 {
			t.Fatal(err, foreign)
		}
		if b, err := back.MarshalJSON(); err != nil || string(b) != text {
			t.Errorf("wrote %s, read %s (%v)", text, b, err)
		}
	}
	if qs, err := quads.EncodeHeader(&graphstore.Header{}); err != nil || len(qs) != 0 {
		t.Errorf("an empty header gives %v, %v", qs, err)
	}
}

func TestClaimIsARealTriple(t *testing.T) {
	p := graphstore.Position(-1)
	qs, err := quads.Encode(&graphstore.Claim{ID: "urn:caveat:c:18", Subject: "urn:caveat:e:bsi", Predicate: "takes-position-on", Object: graphstore.Object{ID: "urn:caveat:e:kav"},
		SaidAt: graphstore.Date{Value: "2022-03-15", Precision: "day"}, Position: &p, Evidence: []graphstore.Evidence{{Document: "urn:caveat:d:1", Role: "asserts"}}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `<urn:caveat:c:18> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:voc:Claim> <urn:caveat:c:18> .
<urn:caveat:e:bsi> <urn:caveat:p:takes-position-on> <urn:caveat:e:kav> <urn:caveat:c:18> .
<urn:caveat:c:18> <urn:caveat:voc:saidAt> "2022-03-15"^^<http://www.w3.org/2001/XMLSchema#date> <urn:caveat:c:18> .
<urn:caveat:c:18> <urn:caveat:voc:position> "-1"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:caveat:c:18> .
<urn:caveat:c:18> <urn:caveat:voc:evidence> <urn:caveat:c:18/evidence/1> <urn:caveat:c:18> .
<urn:caveat:c:18/evidence/1> <urn:caveat:voc:document> <urn:caveat:d:1> <urn:caveat:c:18> .
<urn:caveat:c:18/evidence/1> <urn:caveat:voc:role> "asserts" <urn:caveat:c:18> .
`
	var b strings.Builder
	for _, q := range qs {
		b.WriteString(q.String() + "\n")
	}
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

// TestNothingIsDropped mixes foreign quads into records and finds each
// again, in order.
func TestNothingIsDropped(t *testing.T) {
	var qs []quads.Quad
	for _, r := range []graphstore.Record{
		&graphstore.Entity{ID: "urn:e:1", Kind: "vendor", Names: []graphstore.Name{{Text: "One"}}},
		&graphstore.Claim{ID: "urn:c:1", Subject: "urn:e:1", Predicate: "makes", Object: graphstore.Object{ID: "urn:e:2"}},
	} {
		more, err := quads.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		qs = append(qs, more...)
	}
	foreign := []string{
		`<urn:a> <urn:b> <urn:c> .`,
		`_:x <urn:b> "text"@en-GB <urn:g> .`,
		`<urn:e:1> <urn:caveat:voc:country> "DE" <urn:g> .`,
		`<urn:e:1> <urn:caveat:voc:country> <urn:not:text> <urn:e:1> .`,
		`<urn:e:1> <urn:caveat:voc:ofTheFuture> "9" <urn:e:1> .`,
		`<urn:e:1> <http://www.w3.org/2004/02/skos/core#prefLabel> "Second" <urn:e:1> .`,
		`<urn:c:1> <urn:caveat:voc:saidAt> "2022-02-30"^^<http://www.w3.org/2001/XMLSchema#date> <urn:c:1> .`,
		`<urn:c:1> <urn:caveat:voc:position> "01"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:c:1> .`,
		`<urn:c:1> <urn:caveat:voc:evidence> _:e <urn:c:1> .`,
		`_:e <urn:caveat:voc:role> "asserts" <urn:c:1> .`,
		`<urn:z> <urn:zzz> "a second statement" <urn:c:1> .`,
		`<urn:g2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Vendor> <urn:g2> .`,
		`<urn:c:1> <urn:caveat:voc:more> "{" <urn:c:1> .`,
	}
	for _, line := range foreign {
		q, ok, err := quads.Parse(line)
		if err != nil || !ok {
			t.Fatal(line, err)
		}
		qs = append(qs, q)
	}
	rs, _, left, err := quads.Decode(qs)
	if err != nil || len(rs) != 2 {
		t.Fatal(rs, err)
	}
	var have []string
	for _, q := range left {
		have = append(have, q.String())
	}
	slices.Sort(have)
	slices.Sort(foreign)
	if !slices.Equal(have, foreign) {
		t.Errorf("foreign quads are\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(foreign, "\n"))
	}
}

func TestClaimWithoutStatementIsNamed(t *testing.T) {
	q, _, _ := quads.Parse(`<urn:c:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:voc:Claim> <urn:c:1> .`)
	if _, _, _, err := quads.Decode([]quads.Quad{q}); err == nil || !strings.Contains(err.Error(), "urn:c:1") {
		t.Errorf("error is %v", err)
	}
}

func TestEncodeRefuses(t *testing.T) {
	for _, r := range []graphstore.Record{
		&graphstore.Entity{ID: "no iri", Kind: "vendor"},
		&graphstore.Entity{ID: quads.HeaderGraph, Kind: "vendor"},
		&graphstore.Entity{ID: "urn:e:1", Note: "\xff"},
		&graphstore.Claim{ID: "urn:c:1", Object: graphstore.Object{ID: "urn:e:1"}},
		&graphstore.Claim{ID: "urn:c:1", Subject: "urn:e:1", Object: graphstore.Object{ID: "x y"}},
		&graphstore.View{ID: "urn:v:1", Places: map[graphstore.ID]graphstore.Place{"urn:e:1": {X: float32(math.Inf(1))}}},
	} {
		if qs, err := quads.Encode(r); err == nil {
			t.Errorf("%T %s is written as %v", r, r.RecordID(), qs)
		}
	}
}

func TestParseLines(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{`<urn:a> <urn:b> <urn:c> .`, `<urn:a> <urn:b> <urn:c> .`},
		{"<urn:a>\t<urn:b><urn:c><urn:g>.# note", `<urn:a> <urn:b> <urn:c> <urn:g> .`},
		{`_:a.b-1 <urn:b> _:0 _:g .`, `_:a.b-1 <urn:b> _:0 _:g .`},
		{`_:a <urn:b> _:c.`, `_:a <urn:b> _:c .`},
		{`<urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#string> .`, `<urn:a> <urn:b> "x" .`},
		{`<urn:a> <urn:b> "\t\b\f\'\u00e9\U0001F512\\\"\n\r" .`, "<urn:a> <urn:b> \"\t\b\f'é\U0001F512\\\\\\\"\\n\\r\" ."},
		{`<urn:\u0061> <urn:b> "x"@en-GB .`, `<urn:a> <urn:b> "x"@en-GB .`},
		{`<urn:a\u0020b> <urn:b> "" .`, `<urn:a\u0020b> <urn:b> "" .`},
		{"<urn:a> <urn:b> <urn:c> .\r\n", `<urn:a> <urn:b> <urn:c> .`},
		{"  # only a comment", ""},
		{"", ""},
	} {
		q, ok, err := quads.Parse(c.line)
		if err != nil || ok != (c.want != "") || ok && q.String() != c.want {
			t.Errorf("%s reads as %s (%v, %v), want %s", c.line, q, ok, err, c.want)
		}
	}
	for _, line := range []string{
		`<urn:a> <urn:b> <urn:c>`, `<urn:a> <urn:b> .`, `"x" <urn:b> <urn:c> .`, `<urn:a> _:b <urn:c> .`, `<urn:a> <urn:b> <urn:c> "g" .`,
		`<urn:a> <urn:b> <urn:c> . x`, `<urn:a <urn:b> <urn:c> .`, `<a> <urn:b> <urn:c> .`, `<urn:a> <urn:b> "x .`, `<urn:a> <urn:b> "\q" .`, `<urn:a> <urn:b> "\uD800" .`,
		`<urn:a> <urn:b> "\u12" .`, `<urn:a> <urn:b> "x"@ .`, `<urn:a> <urn:b> "x"@1 .`, `<urn:a> <urn:b> "x"^^int .`, "<urn:a> <urn:b> \"\xff\" .", `_: <urn:b> <urn:c> .`, `<urn:\n> <urn:b> <urn:c> .`,
		"<urn:a> <urn:b> \"a\rb\" .", `<urn:a> <urn:b> "\`, `x`,
	} {
		if q, ok, err := quads.Parse(line); err == nil || ok || !strings.HasPrefix(err.Error(), "byte ") {
			t.Errorf("%s reads as %s (%v, %v)", line, q, ok, err)
		}
	}
}

// FuzzParse shows that what Parse reads has one canonical text, which reads as the same quad.
func FuzzParse(f *testing.F) {
	f.Add(`<urn:a> <urn:b> "\u00e9\n"@en _:g . # note`)
	f.Add(`_:a <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .`)
	f.Fuzz(func(t *testing.T, line string) {
		q, ok, err := quads.Parse(line)
		if err != nil || !ok {
			return
		}
		back, ok, err := quads.Parse(q.String())
		if err != nil || !ok || back != q {
			t.Fatalf("%q reads as %#v, its text %q as %#v (%v)", line, q, q.String(), back, err)
		}
		if _, _, foreign, err := quads.Decode([]quads.Quad{q}); err == nil && len(foreign) > 1 {
			t.Fatalf("one quad gives %v", foreign)
		}
	})
}

// FuzzRoundTrip shows that any record that is read from JSON survives quads.
func FuzzRoundTrip(f *testing.F) {
	r := storetest.NewRandom(3, storetest.Schema())
	m := storetest.NewModel()
	for range 40 {
		d := r.Edit(m)
		d.Records(func(_, after graphstore.Record) {
			if after != nil {
				if b, err := graphstore.EncodeRecord(after); err == nil {
					f.Add(b)
				}
			}
		})
		m = m.Apply(d)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		rec, err := graphstore.DecodeRecord(line)
		if err != nil {
			return
		}
		want, err := graphstore.EncodeRecord(rec)
		if err != nil {
			return
		}
		if again, err := graphstore.DecodeRecord(want); err != nil {
			return
		} else if b, err := graphstore.EncodeRecord(again); err != nil || !bytes.Equal(b, want) {
			return // not canonical in JSON itself, as an Extra that hides a field
		}
		if _, err := quads.Encode(rec); err != nil {
			return
		}
		checkRoundTrip(t, rec, rand.New(rand.NewPCG(1, 1)))
	})
}

func BenchmarkDecodeGraph(b *testing.B) {
	r := storetest.NewRandom(5, storetest.Schema())
	m := storetest.NewModel()
	var graphs [][]quads.Quad
	for range 300 {
		d := r.Edit(m)
		for _, c := range d.Claims {
			if c.After != nil {
				qs, err := quads.Encode(c.After)
				if err != nil {
					b.Fatal(err)
				}
				graphs = append(graphs, qs)
			}
		}
		m = m.Apply(d)
	}
	n := 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		qs := graphs[i%len(graphs)]
		if _, _, _, err := quads.DecodeGraph(qs); err != nil {
			b.Fatal(err)
		}
		n += len(qs)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}
