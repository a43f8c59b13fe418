package rdf

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"caveat/assets"
	"caveat/graphstore"
	"caveat/graphstore/exchange/bundle"
	"caveat/graphstore/exchange/transfer"
)

// onto imports into a new case.
func onto(t testing.TB, im *transfer.Import) (*graphstore.Graph, *transfer.Report, error) {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	g := graphstore.NewGraph(schema)
	d, report, err := im.Diff(g, transfer.MergeOptions{})
	if err != nil {
		return nil, nil, err
	}
	if g, err = g.Apply(d); err != nil {
		t.Fatal(err)
	}
	return g, report, nil
}

func load(t testing.TB, text string) (*graphstore.Graph, *transfer.Report, error) {
	t.Helper()
	im, err := Read(context.Background(), strings.NewReader(text), transfer.ReadOptions{})
	if err != nil {
		return nil, nil, err
	}
	return onto(t, im)
}

func write(t testing.TB, g *graphstore.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(context.Background(), &b, g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// fromBundle reads records in JSON, one a line.
func fromBundle(t testing.TB, text string) *graphstore.Graph {
	t.Helper()
	im, err := bundle.Read(context.Background(), strings.NewReader(text), transfer.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	g, _, err := onto(t, im)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func checkRoundTrip(t *testing.T, name string, g *graphstore.Graph) {
	t.Helper()
	text := write(t, g)
	again, report, err := load(t, text)
	if err != nil {
		t.Fatalf("%s: its own output is refused: %v", name, err)
	}
	if !again.Same(g) {
		t.Errorf("%s: another case after reading it back", name)
	}
	if report.Dropped+report.Changed > 0 {
		t.Errorf("%s: %s", name, report.Summary())
	}
	if write(t, again) != text {
		t.Errorf("%s: other bytes the second time", name)
	}
}

func TestOwnOutputIsReadBackWithoutLoss(t *testing.T) {
	for _, name := range assets.Samples() {
		sample, err := assets.Sample(name)
		if err != nil {
			t.Fatal(err)
		}
		checkRoundTrip(t, name, fromBundle(t, string(sample)))
	}
	checkRoundTrip(t, "odd values", fromBundle(t, `{"type":"caveat","version":1,"title":"T\n\"q\"","schema":{"kinds":[{"id":"ship"}]},"more":[1]}
{"type":"entity","id":"urn:e:a","kind":"ship","names":[{"text":"tab\there"},{"text":"B","lang":"zh-Hant","from":{"value":"2018","precision":"circa"}},{"text":"B","lang":"zh-Hant"}],"tags":["z","a","z"],"x-unknown":{"deep":[null,1.50]},"marking":"amber+strict","recorded_at":"2024-01-01T00:00:00.123456Z"}
{"type":"claim","id":"urn:c:1","subject":"urn:e:a","predicate":"alleges","object":{"literal":"370","datatype":"xsd:integer"},"position":0,"credibility":6}
{"type":"entity","id":"urn:e:b","kind":"ship","identifiers":[{"scheme":"http://www.w3.org/1999/02/22-rdf-syntax-ns#langString","value":"v"}],"names":[{"text":"n","lang":"cantbethislong"}]}
{"type":"claim","id":"urn:c:3","subject":"urn:e:a","predicate":"alleges","object":{"literal":"x","datatype":"http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}}
{"type":"claim","id":"urn:c:2","subject":"urn:e:a","predicate":"disputes","object":"urn:c:1","speaker":"urn:e:a","valid_to":{"value":"2018-02","precision":"month"}}
{"type":"view","id":"urn:v:1","title":"V","places":{"urn:e:a":{"x":1.5,"y":-2,"pin":true}},"shape":0}`))
}

const foreign = `<urn:s> <urn:p> "text"@en <urn:g> .
_:b <urn:p> _:c .
<urn:s> <urn:p> <urn:o> .
`

func TestForeignQuadsAreKeptAndWrittenBack(t *testing.T) {
	g, report, err := load(t, "# a comment\n"+foreign+"<urn:s>   <urn:p> <urn:o>. # the same again\r\n\r\n")
	if err != nil || g.Count().Foreign != 3 || report.Kept != 3 {
		t.Fatalf("%v %+v", err, g.Count())
	}
	got := strings.Split(strings.TrimSpace(write(t, g)), "\n")
	for _, want := range strings.Split(strings.TrimSpace(foreign), "\n") {
		found := false
		for _, l := range got {
			found = found || l == want
		}
		if !found {
			t.Errorf("%s is gone; left: %q", want, got)
		}
	}
	checkRoundTrip(t, "foreign", g)
}

func TestBlankNodesOfTwoFilesStayApart(t *testing.T) {
	one := `_:b <urn:p> "one" .
_:b <urn:q> _:c .
<urn:s> <urn:p> _:d .
`
	two := `_:b <urn:p> "two" .
<urn:s> <urn:p> _:d .
`
	g, _, err := load(t, one)
	if err != nil {
		t.Fatal(err)
	}
	onto := func(g *graphstore.Graph, texts ...string) (*graphstore.Graph, *transfer.Report) {
		t.Helper()
		var ims []*transfer.Import
		for i, text := range texts {
			im, err := Read(context.Background(), strings.NewReader(text), transfer.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			ims = append(ims, im.Named(string(rune('a'+i))))
		}
		d, report, err := transfer.Join(ims...).Diff(g, transfer.MergeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		after, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		return after, report
	}
	for name, part := range map[string]string{"the same again": one, "a part of it": one[:strings.Index(one, "\n")+1], "its own output": write(t, g)} {
		if again, report := onto(g, part); !again.Same(g) || report.Changed > 0 {
			t.Errorf("%s: %s", name, write(t, again))
		}
	}
	if more, report := onto(g, one+"_:b <urn:r> <urn:more> .\n"); more.Count().Foreign != 4 || report.Changed > 0 {
		t.Errorf("the same file grown: %s", write(t, more))
	}
	both, report := onto(g, two)
	if both.Count().Foreign != 4 || report.Changed != 1 || report.Kept != 1 || strings.Contains(write(t, both), `_:b <urn:p> "two"`) {
		t.Errorf("another file with the same label: %s\n%s", report.Summary(), write(t, both))
	}
	checkRoundTrip(t, "two files", both)
	if again, report := onto(both, two); !again.Same(both) || report.Changed != 0 {
		t.Errorf("the other file again: %s\n%s", report.Summary(), write(t, again))
	}
	empty, _, err := load(t, "")
	if err != nil {
		t.Fatal(err)
	}
	if joined, _ := onto(empty, one, two); !joined.Same(both) {
		t.Errorf("both files at once:\n%s", write(t, joined))
	}
}

func TestForeignThatLooksLikeOursStaysForeign(t *testing.T) {
	for name, quad := range map[string]string{
		"an entity by itself":        `<urn:x:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:kind:vendor> <urn:x:1> .`,
		"a claim without statement":  `<urn:x:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:voc:Claim> <urn:x:1> .`,
		"a name of an entity":        `<urn:e:a> <http://www.w3.org/2004/02/skos/core#altLabel> "Other" <urn:e:a> .`,
		"a quad of an entity itself": `<urn:e:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:kind:vendor> <urn:e:a> .`,
		"a title of the case":        `<urn:caveat:voc:case> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:voc:Case> <urn:caveat:voc:case> .`,
		"nothing of ours":            `<urn:e:a> <urn:p> <urn:o> <urn:e:a> .`,
	} {
		g := fromBundle(t, `{"type":"caveat","version":1}`+"\n"+`{"type":"entity","id":"urn:e:a","kind":"vendor","names":[{"text":"A"}]}`+"\n")
		d := &graphstore.Diff{}
		d.Add(nil, &graphstore.Foreign{ID: transfer.ForeignID(quad), Quad: quad})
		d.Add(nil, &graphstore.Foreign{ID: "urn:f:marked", Quad: quad})
		g, err := g.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		checkRoundTrip(t, name, g)
	}
}

func TestBadFilesAreRefusedByLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"broken", foreign + "<urn:s> <urn:p> .\n", "line 4: byte 17"},
		{"no full stop", foreign + "\n<urn:s> <urn:p> <urn:o>\n", "line 5: "},
		{"invalid UTF-8", foreign + "<urn:s> <urn:p> \"\xff\" .\n", "line 4: byte 18: not valid UTF-8"},
		{"claim without its statement", foreign + `<urn:c:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:voc:Claim> <urn:c:1> .`, "line 4: "},
		{"triple term", foreign + `<urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> .`, "line 4: a triple term of RDF 1.2, which Caveat does not keep"},
		{"Turtle", "@prefix a: <urn:a> .\na:b a:c a:d .\n", "it looks like Turtle"},
		{"bundle", `{"type":"caveat","version":1}`, "it looks like a Caveat bundle"},
		{"picture", "\x89PNG\r\n", "PNG picture"},
		{"dangling", `<urn:e:a> <urn:caveat:p:makes> <urn:e:b> <urn:c:1> .
<urn:c:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:caveat:voc:Claim> <urn:c:1> .
`, "line 1: claim urn:c:1: subject: there is no entity or claim urn:e:a"},
	} {
		if _, _, err := load(t, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	im, err := Read(context.Background(), strings.NewReader(foreign+"<urn:s> <urn:p> .\n"), transfer.ReadOptions{Partial: true})
	if err != nil || len(im.Records) != 3 || im.Report.Dropped != 1 || im.Report.Lines[0].Line != 4 {
		t.Errorf("partial: %v %+v", err, im)
	}
	if g, _, err := load(t, ""); err != nil || g.Count() != (graphstore.Counts{}) {
		t.Errorf("an empty file is N-Quads without statements: %v", err)
	}
}

// FuzzRead: reading never panics, and what is read is written and read back the same.
func FuzzRead(f *testing.F) {
	sample, err := assets.Sample("hikvision")
	if err != nil {
		f.Fatal(err)
	}
	own := write(f, fromBundle(f, string(sample)))
	for part := range strings.SplitSeq(own, "Claim> ") {
		f.Add([]byte(part))
	}
	f.Add([]byte(own))
	f.Add([]byte(foreign))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, _, err := load(t, string(data))
		if err != nil {
			return
		}
		checkRoundTrip(t, "fuzzed", g)
	})
}
