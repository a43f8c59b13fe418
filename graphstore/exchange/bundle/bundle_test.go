package bundle

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/exchange/transfer"
)

func empty(t testing.TB) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return graphstore.NewGraph(schema)
}

// load reads a bundle onto a new case.
func load(t testing.TB, r io.Reader, partial bool) (*graphstore.Graph, *transfer.Report, error) {
	t.Helper()
	im, err := Read(context.Background(), r, transfer.ReadOptions{Partial: partial})
	if err != nil {
		return nil, nil, err
	}
	g := empty(t)
	d, report, err := im.Diff(g, transfer.MergeOptions{Partial: partial})
	if err != nil {
		return nil, nil, err
	}
	g, err = g.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g, report, nil
}

func write(t testing.TB, g *graphstore.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(context.Background(), &b, g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const header = `{"title":"T","type":"caveat","version":1}` + "\n"

const entity = `{"id":"urn:e:a","kind":"vendor","type":"entity"}` + "\n"

func TestCanonicalBytesComeBackAsTheyWere(t *testing.T) {
	for _, name := range assets.Samples() {
		sample, err := assets.Sample(name)
		if err != nil {
			t.Fatal(err)
		}
		g, report, err := load(t, bytes.NewReader(sample), false)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := write(t, g); got != string(sample) {
			t.Errorf("%s: written otherwise than read", name)
		}
		if report.Changed+report.Dropped > 0 || report.Kept != bytes.Count(sample, []byte("\n"))-1 {
			t.Errorf("%s: %s", name, report.Summary())
		}
	}
}

// product is the example of the design, one record of each type and their order mixed.
const product = `{"type":"claim","id":"urn:caveat:c:19","subject":"urn:caveat:e:kaspersky","predicate":"disputes","object":"urn:caveat:c:18","speaker":"urn:caveat:e:kaspersky","said_at":{"value":"2022-03-15","precision":"day"},"basis":["self-statement"]}
{"type":"claim","id":"urn:caveat:c:18","subject":"urn:caveat:e:bsi","predicate":"takes-position-on","object":"urn:caveat:e:kav","speaker":"urn:caveat:e:bsi","reported_by":"urn:caveat:d:1","said_at":{"value":"2022-03-15","precision":"day"},"valid_from":{"value":"2022-03-15","precision":"day"},"position":-1,"scope":{"product":["urn:caveat:e:kav"],"region":["DE"],"process":"","customers":"","version":"","period":{}},"basis":["geopolitical","legal-exposure"],"modality":"recommends","evidence":[{"document":"urn:caveat:d:1","locator":"par. 2","quote":{"exact":"","prefix":"","suffix":""},"role":"asserts"}],"reliability":"B","credibility":2,"note":"","tags":[]}
{"type":"document","id":"urn:caveat:d:1","url":"https://example.org/a?b=1&c=<2>","title":"A page","publisher":"Example","published_at":{"value":"2022-03-15","precision":"day"},"lang":"de"}
{"type":"caveat","version":1,"title":"Kaspersky","by":"somebody"}
{"type":"entity","id":"urn:caveat:e:kav","kind":"product","names":[{"text":"Kaspersky antivirus"}],"unknown":{"b":[1.50,null],"a":1}}
{"type":"entity","id":"urn:caveat:e:kaspersky","kind":"vendor"}
{"type":"entity","id":"urn:caveat:e:bsi","kind":"regulator","names":[{"text":"BSI"},{"text":"Federal Office for Information Security","lang":"en"}],"identifiers":[{"scheme":"wikidata","value":"Q0"}],"country":"DE","note":"","tags":[]}`

const productCanonical = `{"by":"somebody","title":"Kaspersky","type":"caveat","version":1}
{"country":"DE","id":"urn:caveat:e:bsi","identifiers":[{"scheme":"wikidata","value":"Q0"}],"kind":"regulator","names":[{"text":"BSI"},{"lang":"en","text":"Federal Office for Information Security"}],"type":"entity"}
{"id":"urn:caveat:e:kaspersky","kind":"vendor","type":"entity"}
{"id":"urn:caveat:e:kav","kind":"product","names":[{"text":"Kaspersky antivirus"}],"type":"entity","unknown":{"a":1,"b":[1.50,null]}}
{"id":"urn:caveat:d:1","lang":"de","published_at":{"precision":"day","value":"2022-03-15"},"publisher":"Example","title":"A page","type":"document","url":"https://example.org/a?b=1&c=<2>"}
{"basis":["geopolitical","legal-exposure"],"credibility":2,"evidence":[{"document":"urn:caveat:d:1","locator":"par. 2","role":"asserts"}],"id":"urn:caveat:c:18","modality":"recommends","object":"urn:caveat:e:kav","position":-1,"predicate":"takes-position-on","reliability":"B","reported_by":"urn:caveat:d:1","said_at":{"precision":"day","value":"2022-03-15"},"scope":{"product":["urn:caveat:e:kav"],"region":["DE"]},"speaker":"urn:caveat:e:bsi","subject":"urn:caveat:e:bsi","type":"claim","valid_from":{"precision":"day","value":"2022-03-15"}}
{"basis":["self-statement"],"id":"urn:caveat:c:19","object":"urn:caveat:c:18","predicate":"disputes","said_at":{"precision":"day","value":"2022-03-15"},"speaker":"urn:caveat:e:kaspersky","subject":"urn:caveat:e:kaspersky","type":"claim"}
`

func TestAnyOrderIsReadAndWrittenCanonically(t *testing.T) {
	for name, text := range map[string]string{
		"as it is": product, "CRLF": strings.ReplaceAll(product, "\n", "\r\n"), "BOM": "\xef\xbb\xbf" + product, "empty lines": "\n\n" + strings.ReplaceAll(product, "\n", "\n \n"),
	} {
		g, _, err := load(t, strings.NewReader(text), false)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := write(t, g); got != productCanonical {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// TestOwnGroupsComeBackAsTheyWere reads a view with groups made by hand, one member of which is not in the case: written again
// and merged into a case that has it already nothing changes.
func TestOwnGroupsComeBackAsTheyWere(t *testing.T) {
	text := header + entity + `{"folded":["urn:caveat:g:1"],"groups":[{"id":"urn:caveat:g:1","members":["urn:e:gone","urn:e:a"],"name":"Sober <voices>"},{"id":"urn:caveat:g:2"}],"id":"urn:caveat:v:1","type":"view"}` + "\n"
	g, _, err := load(t, strings.NewReader(text), false)
	if err != nil {
		t.Fatal(err)
	}
	if got := write(t, g); got != text {
		t.Errorf("read %s\nwritten %s", text, got)
	}
	v := g.View("urn:caveat:v:1")
	if len(v.Groups) != 2 || v.Groups[0].Name != "Sober <voices>" || len(v.Groups[0].Members) != 2 || len(v.Extra) > 0 {
		t.Fatalf("groups %+v, extra %v", v.Groups, v.Extra)
	}
	im, err := Read(context.Background(), strings.NewReader(text), transfer.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if d, _, err := im.Diff(g, transfer.MergeOptions{}); err != nil || !d.Empty() {
		t.Errorf("merged into itself it changes %+v (%v)", d, err)
	}
	double := strings.Replace(text, "g:2", "g:1", 1)
	if _, _, err := load(t, strings.NewReader(double), false); err == nil || !strings.Contains(err.Error(), "groups[1].id") {
		t.Errorf("two groups of one id: %v", err)
	}
}

func TestRecordsWithoutIdsGetTheSameOnesAgain(t *testing.T) {
	text := header + `{"type":"entity","kind":"vendor","names":[{"text":"X"}]}` + "\n" + `{"type":"entity","kind":"vendor","names":[{"text":"X"}]}` + "\n"
	g, _, err := load(t, strings.NewReader(text), false)
	if err != nil || g.Count().Entities != 2 {
		t.Fatalf("%d entities, %v", g.Count().Entities, err)
	}
	for e := range g.Entities() {
		if err := e.ID.Check(); err != nil || !strings.HasPrefix(string(e.ID), graphstore.IDPrefix) || len(e.ID) != len(graphstore.IDPrefix)+26 {
			t.Errorf("%q is no ULID under %s (%v)", e.ID, graphstore.IDPrefix, err)
		}
	}
	again, _, err := load(t, strings.NewReader(text), false)
	if err != nil || !again.Same(g) {
		t.Errorf("reading it again gives other ids: %v", err)
	}
}

// badFiles are files that are refused, with the line and words to be named.
var badFiles = []struct{ name, text, want string }{
	{"broken line", header + entity + `{"type":"entity","id":`, "line 3: not a JSON object"},
	{"no object", header + "[]\n", "line 2: not a JSON object"},
	{"wrong field type", header + `{"type":"entity","id":5}` + "\n", "line 2: entity: json: cannot unmarshal number"},
	{"unknown type", header + `{"type":"thing"}` + "\n", `line 2: unknown record type "thing"`},
	{"no type", header + `{"id":"urn:x"}` + "\n", `line 2: unknown record type ""`},
	{"duplicate id", header + entity + entity, "line 3: the id urn:e:a is on line 2 already"},
	{"duplicate id of another type", header + entity + `{"type":"document","id":"urn:e:a"}`, "line 3: the id urn:e:a is on line 2 already"},
	{"id that is no IRI", header + `{"type":"entity","id":"a b","kind":"vendor"}`, "line 2: id"},
	{"invalid UTF-8", header + entity + "{\"type\":\"entity\",\"id\":\"urn:e:b\",\"note\":\"\xff\"}\n", "line 3: not valid UTF-8"},
	{"dangling reference", header + `{"type":"claim","id":"urn:c:1","subject":"urn:e:a","predicate":"makes","object":"urn:e:zz"}` + "\n" + entity, "line 2: claim urn:c:1: object: there is no entity or claim urn:e:zz"},
	{"dangling document", header + entity + `{"type":"claim","id":"urn:c:1","subject":"urn:e:a","predicate":"makes","object":"urn:e:a","evidence":[{"document":"urn:d:9"}]}`, "line 3: claim urn:c:1: evidence[0].document: there is no document urn:d:9"},
	{"unknown kind", header + `{"type":"entity","id":"urn:e:b","kind":"wizard"}`, `line 2: entity urn:e:b: kind: "wizard"`},
	{"bad date", header + `{"type":"document","id":"urn:d:1","published_at":{"value":"2022-13","precision":"month"}}`, "line 2: document urn:d:1: published_at"},
	{"newer version", `{"type":"caveat","version":2}` + "\n", "line 1: the bundle has version 2, this Caveat reads up to 1: the case was written by a newer Caveat"},
	{"version no number", `{"type":"caveat","version":"x"}` + "\n", "line 1:"},
	{"second header", header + header, "line 2: a second header"},
	{"claims in a circle", header + entity + `{"type":"claim","id":"urn:c:1","subject":"urn:e:a","predicate":"disputes","object":"urn:c:2"}
{"type":"claim","id":"urn:c:2","subject":"urn:e:a","predicate":"disputes","object":"urn:c:1"}`, "about itself through"},
	{"empty", "", "the file is empty, not a Caveat bundle"},
	{"blank", "\n\n  \n", "the file is empty"},
	{"PNG", "\x89PNG\r\n\x1a\n\x00", "it looks like a PNG picture"},
	{"zip", "PK\x03\x04\x00\x00", "it looks like a zip archive"},
	{"gzip", "\x1f\x8b\x08\x00", "a gzip file: unpack it first"},
	{"case file", strings.Repeat("\x00", 16) + "\xed\xda\x0c\xed\x02\x00\x00\x00", "a Caveat case: open it"},
	{"UTF-16", "\xff\xfe{\x00", "UTF-16"},
	{"XML", "<?xml version=\"1.0\"?><graphml/>", "it looks like XML"},
	{"N-Quads", "<urn:a> <urn:b> <urn:c> .\n", "it looks like N-Quads"},
	{"CSV", "id,date,speaker\n1,2,3\n", "a table (CSV)"},
	{"JSON list", "[\n{\"a\":1}\n]", "a JSON list"},
	{"pretty JSON", "{\n  \"type\": \"entity\"\n}", "line 1: not a JSON object"},
	{"JSON-LD", `{"@context":{},"@id":"x"}`, "it looks like JSON-LD"},
	{"STIX", `{"type":"bundle","spec_version":"2.0","id":"bundle--1"}`, "it looks like STIX"},
	{"text", "Dear reader", "this is no Caveat bundle"},
	{"truncated", productCanonical[:len(productCanonical)-40], "line 7: not a JSON object"},
}

func TestBadFilesAreRefusedByLine(t *testing.T) {
	for _, c := range badFiles {
		_, _, err := load(t, strings.NewReader(c.text), false)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if _, _, err := load(t, strings.NewReader(`{"type":"caveat","version":2}`), true); !errors.Is(err, graphstore.ErrNewer) {
		t.Errorf("newer, partial: %v", err)
	}
}

func TestPartialDropsBadRecordsAndWhatDependsOnThem(t *testing.T) {
	text := header + entity + `{"type":"entity","id":"urn:e:b","kind":"vendor"}
{"type":"entity","id":"urn:e:w","kind":"wizard"}
{"type":"claim","id":"urn:c:9","subject":"urn:e:b","predicate":"disputes","object":"urn:c:2"}
{"type":"claim","id":"urn:c:1","subject":"urn:e:a","predicate":"makes","object":"urn:e:b"}
{"type":"claim","id":"urn:c:2","subject":"urn:e:a","predicate":"makes","object":"urn:e:w"}
{"type":"claim","id":"urn:c:3","subject":"urn:e:b","predicate":"disputes","object":"urn:c:1"}
{"type":"claim","id":"urn:c:4","subject":"urn:e:b","predicate":"disputes","object":"urn:c:5"}
{"type":"claim","id":"urn:c:5","subject":"urn:e:b","predicate":"disputes","object":"urn:c:4"}
nonsense
` + entity
	g, report, err := load(t, strings.NewReader(text), true)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for r := range g.Records() {
		left = append(left, string(r.RecordID()))
	}
	if got := strings.Join(left, " "); got != "urn:e:a urn:e:b urn:c:1 urn:c:3" {
		t.Errorf("left: %s", got)
	}
	var dropped []string
	for _, l := range report.Lines {
		if l.What == transfer.Dropped {
			if l.Line == 0 || l.Why == "" {
				t.Errorf("dropped without line or reason: %+v", l)
			}
			dropped = append(dropped, string(l.Record))
		}
	}
	if report.Kept != 4 || report.Dropped != 7 || len(dropped) != 7 {
		t.Errorf("%s: %v", report.Summary(), dropped)
	}
}

func TestPartialCostsInProportion(t *testing.T) {
	var b strings.Builder
	b.WriteString(header + entity)
	for i := range 3000 { // all dangling: one retry of the whole for each would be 9,000,000 records
		b.WriteString(`{"type":"claim","id":"urn:c:` + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26) + `","subject":"urn:e:a","predicate":"makes","object":"urn:e:none"}` + "\n")
	}
	g, report, err := load(t, strings.NewReader(b.String()), true)
	if err != nil || g.Count().Claims != 0 || report.Kept != 1 {
		t.Errorf("%v %+v", err, report.Summary())
	}
}

// endless is a line without an end; it counts what is read of it.
type endless struct{ left, read int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), e.left))
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= int64(n)
	e.read += int64(n)
	return n, nil
}

func TestAHugeLineIsNamedAndNotReadWhole(t *testing.T) {
	e := &endless{left: 100 << 20}
	in := io.MultiReader(strings.NewReader(header+entity+`{"type":"entity","note":"`), e)
	_, _, err := load(t, in, false)
	if !errors.Is(err, transfer.ErrLongLine) || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("%v", err)
	}
	if e.read > transfer.MaxLine+1<<20 {
		t.Errorf("%d bytes of the line were read", e.read)
	}
	e = &endless{left: 100 << 20}
	in = io.MultiReader(strings.NewReader(header+entity+`{"type":"entity","note":"`), e, strings.NewReader("\"}\n"+`{"type":"entity","id":"urn:e:last","kind":"vendor"}`+"\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	g, report, err := load(t, in, true)
	runtime.ReadMemStats(&after)
	if err != nil || g.Entity("urn:e:last") == nil || report.Dropped != 1 {
		t.Errorf("partial: %v", err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 5*transfer.MaxLine {
		t.Errorf("%d MiB were allocated for a line of 100", grown>>20)
	}
}

func TestReadingStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Read(ctx, io.MultiReader(strings.NewReader(header+`{"type":"entity","note":"`), &endless{left: 100 << 20}), transfer.ReadOptions{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.jsonl")
	var b strings.Builder
	b.WriteString(header)
	for i := range 30_000 {
		b.WriteString(`{"type":"entity","kind":"vendor","note":"` + strings.Repeat("n", 100+i%7) + `"}` + "\n")
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	calls, last := 0, int64(0)
	_, err = Read(context.Background(), f, transfer.ReadOptions{Progress: func(done, total int64) {
		calls++
		if done <= last || total != int64(b.Len()) || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
	}})
	if err != nil || calls < 3 {
		t.Errorf("%d calls, %v", calls, err)
	}
}

// FuzzRead: reading never panics, and what is read is written and read back the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(product))
	f.Add([]byte(productCanonical))
	for _, c := range badFiles {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, partial := range []bool{false, true} {
			g, _, err := load(t, bytes.NewReader(data), partial)
			if err != nil {
				continue
			}
			first := write(t, g)
			again, report, err := load(t, strings.NewReader(first), false)
			if err != nil {
				t.Fatalf("its own output is refused: %v\n%s", err, first)
			}
			if second := write(t, again); second != first || !again.Same(g) || report.Dropped+report.Changed > 0 {
				t.Fatalf("not the same again:\n%s\n%s", first, second)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	sample, err := assets.Sample("kaspersky")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		if _, err := Read(context.Background(), bytes.NewReader(sample), transfer.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	sample, err := assets.Sample("kaspersky")
	if err != nil {
		b.Fatal(err)
	}
	g, _, err := load(b, bytes.NewReader(sample), false)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		if _, err := Write(context.Background(), io.Discard, g); err != nil {
			b.Fatal(err)
		}
	}
}
