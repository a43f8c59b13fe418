package graphstore_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"caveat/graphstore"
	"caveat/graphstore/storetest"
)

func TestRecordsReadBackAsWritten(t *testing.T) {
	for _, line := range []string{
		`{"country":"DE","id":"urn:caveat:e:bsi","identifiers":[{"scheme":"wikidata","value":"Q0"}],"kind":"regulator","names":[{"text":"BSI"},{"lang":"en","text":"Office & <more>"}],"tags":["a","b"],"type":"entity"}`,
		`{"id":"urn:caveat:d:1","published_at":{"precision":"day","value":"2022-03-15"},"title":"A page","type":"document"}`,
		`{"basis":["geopolitical"],"credibility":2,"evidence":[{"document":"urn:caveat:d:1","locator":"par. 2","quote":{"exact":"x"},"role":"asserts"}],"id":"urn:caveat:c:18","object":"urn:caveat:e:kav","position":-1,"predicate":"takes-position-on","scope":{"period":{"from":{"precision":"year","value":"2018"}},"region":["DE"]},"subject":"urn:caveat:e:bsi","type":"claim"}`,
		`{"id":"urn:c","object":{"datatype":"xsd:integer","literal":"370"},"position":0,"predicate":"employs","subject":"urn:e","type":"claim"}`,
		`{"hide":{"kinds":["law"]},"id":"urn:v","places":{"urn:a":{"pin":true,"x":1.5,"y":-2},"urn:b":{"x":0,"y":0}},"shape":0.25,"type":"view"}`,
		`{"id":"urn:f","quad":"<urn:a> <urn:b> <urn:c> .","type":"foreign"}`,
		`{"a":1.50,"id":"urn:e","kind":"law","type":"entity","x_new":{"a":[1,null],"b":"<&>"},"z":"last"}`,
	} {
		r, err := graphstore.DecodeRecord([]byte(line))
		if err != nil {
			t.Fatal(line, err)
		}
		if b, err := graphstore.EncodeRecord(r); err != nil || string(b) != line {
			t.Errorf("read %s\nwrote %s (%v)", line, b, err)
		}
	}
}

func TestCanonicalFormIsOne(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{` { "type" : "entity", "names":[], "note":"", "kind":"law","id":"urn:e", "tags":null } `, `{"id":"urn:e","kind":"law","type":"entity"}`},
		{`{"type":"entity","kind":"law","id":"urn:e","zz":{"b":1,"a":{"d":2,"c":[{"z":1,"y":2}]}},"aa":1e2}`, `{"aa":1e2,"id":"urn:e","kind":"law","type":"entity","zz":{"a":{"c":[{"y":2,"z":1}],"d":2},"b":1}}`},
		{`{"type":"claim","scope":{"region":[],"period":{}},"subject":"urn:a","predicate":"makes","object":"urn:b","id":"urn:c","said_at":{}}`, `{"id":"urn:c","object":"urn:b","predicate":"makes","subject":"urn:a","type":"claim"}`},
		{`{"type":"entity","kind":"law","id":"urn:\u00e9","note":"\u2028\u003c"}`, `{"id":"urn:é","kind":"law","note":"\u2028<","type":"entity"}`},
	} {
		r, err := graphstore.DecodeRecord([]byte(c.in))
		if err != nil {
			t.Fatal(c.in, err)
		}
		if b, err := graphstore.EncodeRecord(r); err != nil || string(b) != c.want {
			t.Errorf("%s is written as\n%s, want\n%s (%v)", c.in, b, c.want, err)
		}
	}
}

// TestKeysAreSorted checks the order of keys at every level of many records.
func TestKeysAreSorted(t *testing.T) {
	_, m := storetest.NewRandom(1, storetest.Schema()).Case(80)
	for _, id := range m.IDs() {
		line, err := graphstore.EncodeRecord(m.Record(id))
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(strings.NewReader(string(line)))
		if err := sortedObject(dec); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		var generic any
		if err := json.Unmarshal(line, &generic); err != nil {
			t.Fatal(err)
		}
		if o := generic.(map[string]any); o["type"] != string(m.Record(id).RecordType()) {
			t.Fatalf("%s has type %v", line, o["type"])
		}
	}
}

// sortedObject reads one value and fails at keys out of order.
func sortedObject(dec *json.Decoder) error {
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	open, ok := tok.(json.Delim)
	if !ok {
		return nil
	}
	last := ""
	for dec.More() {
		if open == '{' {
			key, err := dec.Token()
			if err != nil {
				return err
			}
			if s := key.(string); s <= last {
				return errors.New("key " + s + " after " + last)
			} else {
				last = s
			}
		}
		if err := sortedObject(dec); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{`{"type":"ship","id":"urn:a"}`, `unknown record type "ship"`},
		{`{"id":"urn:a"}`, "unknown record type"},
		{`[1]`, "not a JSON object"},
		{`{"type":"entity"`, "not a JSON object"},
		{``, "not a JSON object"},
		{"{\"type\":\"entity\",\"note\":\"\xff\"}", "UTF-8"},
		{`{"type":"claim","position":"high"}`, "claim"},
		{`{"type":"claim","object":7}`, "object"},
		{`{"type":"entity","id":"urn:a"} x`, "not a JSON object"},
	} {
		if r, err := graphstore.DecodeRecord([]byte(c.line)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, %v; want %s", c.line, r, err, c.want)
		}
	}
	if _, err := graphstore.DecodeRecord([]byte(`{"type":"ship"}`)); !errors.Is(err, graphstore.ErrRecordType) {
		t.Error(err)
	}
}

func TestHeaderKeepsUnknownFields(t *testing.T) {
	const line = `{"a_new":[1,2.0],"note":"n","schema":{"kinds":[{"id":"ship"}]},"title":"T"}`
	h := new(graphstore.Header)
	if err := json.Unmarshal([]byte(line), h); err != nil {
		t.Fatal(err)
	}
	if b, err := h.MarshalJSON(); err != nil || string(b) != line {
		t.Errorf("wrote %s (%v)", b, err)
	}
}

func benchRecords(b *testing.B) [][]byte {
	var lines [][]byte
	for r := range storetest.Large(1, 2000).Records() {
		line, err := graphstore.EncodeRecord(r)
		if err != nil {
			b.Fatal(err)
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines) // claims first
	return lines
}

func BenchmarkDecodeRecord(b *testing.B) {
	lines := benchRecords(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := graphstore.DecodeRecord(lines[i%2000]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeRecord(b *testing.B) {
	var rs []graphstore.Record
	for c := range storetest.Large(1, 2000).Claims() {
		rs = append(rs, c)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := graphstore.EncodeRecord(rs[i%len(rs)]); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzCodec shows that what is read is written in one form, which reads and
// writes as itself, and that writing agrees with encoding/json about which fields are there.
func FuzzCodec(f *testing.F) {
	for _, line := range []string{`{"type":"entity","kind":"law","Note":"x","a\u0062":1,"type":"claim","object":"urn:a"}`, `{"TYPE":"view","places":{"a":{"x":1,"y":2}},"x":{"type":"document"}}`, `{"type":"document","t\"y":[{"a":1},"}"],"z":null}`} {
		f.Add([]byte(line))
	}
	for r := range storetest.Large(1, 20).Records() {
		if line, err := graphstore.EncodeRecord(r); err == nil {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := graphstore.DecodeRecord(line)
		if err != nil {
			return
		}
		first, err := graphstore.EncodeRecord(r)
		if err != nil {
			return
		}
		if !json.Valid(first) {
			t.Fatalf("%s is written as %s", line, first)
		}
		if err := sortedObject(json.NewDecoder(strings.NewReader(string(first)))); err != nil {
			if len(r.Info().Extra) == 0 && r.RecordType() != graphstore.TypeView {
				t.Fatalf("%s is written as %s: %v", line, first, err)
			}
		}
		again, err := graphstore.DecodeRecord(first)
		if err != nil {
			t.Fatalf("%s is written as %s, which does not read: %v", line, first, err)
		}
		if second, err := graphstore.EncodeRecord(again); err != nil || string(second) != string(first) {
			t.Fatalf("%s is written as %s, then as %s (%v)", line, first, second, err)
		}
	})
}

func TestViewsThatDifferInAPlaceAreNotTheSame(t *testing.T) {
	view := func(x float32, pin bool, title string) *graphstore.View {
		return &graphstore.View{ID: "urn:caveat:v:1", Title: title, Places: map[graphstore.ID]graphstore.Place{"urn:caveat:e:a": {X: x, Y: 2, Pin: pin}}}
	}
	a := view(1, false, "A")
	for _, c := range []struct {
		b    graphstore.Record
		same bool
	}{{view(1, false, "A"), true}, {view(1.5, false, "A"), false}, {view(1, true, "A"), false}, {view(1, false, "B"), false}, {&graphstore.View{ID: a.ID, Title: "A"}, false}, {&graphstore.Entity{ID: a.ID}, false}} {
		if graphstore.SameRecord(a, c.b) != c.same {
			t.Errorf("%+v: same is %v", c.b, !c.same)
		}
	}
	if a.Places == nil {
		t.Error("comparing changed the view")
	}
}
