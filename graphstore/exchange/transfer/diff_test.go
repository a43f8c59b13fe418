package transfer

import (
	"errors"
	"math/rand/v2"
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

// file reads records, one a line; a line of type "header" is the header.
func file(t testing.TB, name, text string) *Import {
	t.Helper()
	c := NewCollector(ReadOptions{})
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "header "); ok {
			h := new(graphstore.Header)
			if err := h.UnmarshalJSON([]byte(rest)); err != nil {
				t.Fatal(err)
			}
			if err := c.Header(i+1, h); err != nil {
				t.Fatal(err)
			}
			continue
		}
		r, err := graphstore.DecodeRecord([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Add(i+1, r); err != nil {
			t.Fatal(err)
		}
	}
	return c.Import.Named(name)
}

// onto imports into g and checks that one undo takes it back.
func onto(t testing.TB, g *graphstore.Graph, im *Import, o MergeOptions) (*graphstore.Graph, *Report, error) {
	t.Helper()
	d, report, err := im.Diff(g, o)
	if err != nil {
		return g, nil, err
	}
	after, err := g.Apply(d)
	if err != nil {
		t.Fatalf("the diff cannot be applied: %v", err)
	}
	back, err := after.Apply(d.Inverse())
	if err != nil || !back.Same(g) {
		t.Fatalf("one undo does not lead back: %v", err)
	}
	return after, report, nil
}

const first = `header {"title":"One","schema":{"kinds":[{"id":"ship","label":{"en":"ship"}}]}}
{"type":"entity","id":"urn:e:a","kind":"vendor","names":[{"text":"A"}]}
{"type":"entity","id":"urn:e:s","kind":"ship"}
{"type":"claim","id":"urn:c:1","subject":"urn:e:a","predicate":"makes","object":"urn:e:s"}`

const second = `header {"title":"Two","note":"n","view":"urn:v:1","schema":{"kinds":[{"id":"cable","label":{"en":"cable"}}]},"x":1}
{"type":"entity","id":"urn:e:a","kind":"vendor","names":[{"text":"Another A"}]}
{"type":"entity","id":"urn:e:s","kind":"ship"}
{"type":"entity","id":"urn:e:k","kind":"cable"}
{"type":"claim","id":"urn:c:2","subject":"urn:e:k","predicate":"disputes","object":"urn:c:1"}`

func TestImportOntoAnOpenCase(t *testing.T) {
	g, report, err := onto(t, empty(t), file(t, "one", first), MergeOptions{})
	if err != nil || report.Summary() != "3 kept, 0 changed, 0 dropped" || g.Header().Title != "One" {
		t.Fatalf("%v %+v", err, report)
	}
	same, report, err := onto(t, g, file(t, "one", first), MergeOptions{})
	if err != nil || !same.Same(g) || report.Summary() != "3 kept, 0 changed, 0 dropped" {
		t.Errorf("the same file again: %v %+v", err, report)
	}
	for _, c := range []struct {
		ours          bool
		name, summary string
	}{{false, "Another A", "3 kept, 1 changed, 1 dropped"}, {true, "A", "3 kept, 0 changed, 2 dropped"}} {
		both, report, err := onto(t, g, file(t, "two", second), MergeOptions{Ours: c.ours})
		if err != nil {
			t.Fatal(err)
		}
		if got := both.Entity("urn:e:a").Name(""); got != c.name || report.Summary() != c.summary {
			t.Errorf("ours %v: %q, %s %+v", c.ours, got, report.Summary(), report.Lines)
		}
		h := both.Header()
		if h.Title != "One" || h.Note != "n" || h.View != "urn:v:1" || string(h.Extra["x"]) != "1" || both.Schema().Kind("ship") == nil || both.Schema().Kind("cable") == nil {
			t.Errorf("header %+v", h)
		}
	}
}

func TestFilesMayNameEachOthersRecords(t *testing.T) {
	d, report, err := Join(file(t, "two", second), file(t, "one", strings.Replace(first, `"A"`, `"Another A"`, 1))).Diff(empty(t), MergeOptions{})
	if err == nil { // the kind ship is in the header of the second file only
		t.Fatalf("%+v %+v", d, report)
	}
	var le *LineError
	if !errors.As(err, &le) || le.File != "two" || le.Line != 3 {
		t.Errorf("%v", err)
	}
	im := Join(file(t, "claims", strings.Split(first, "\n")[3]), file(t, "entities", strings.Join(strings.Split(first, "\n")[:3], "\n")))
	if _, report, err := onto(t, empty(t), im, MergeOptions{}); err != nil || report.Kept != 3 {
		t.Errorf("%v", err)
	}
	clash := Join(file(t, "x", strings.Split(second, "\n")[1]), file(t, "y", strings.Split(first, "\n")[1]))
	if _, _, err := clash.Diff(empty(t), MergeOptions{}); !errors.As(err, &le) || le.File != "y" || !strings.Contains(err.Error(), "names another record in x") {
		t.Errorf("%v", err)
	}
	if _, report, err := onto(t, empty(t), clash, MergeOptions{Partial: true}); err != nil || report.Summary() != "1 kept, 0 changed, 1 dropped" {
		t.Errorf("partial: %v %+v", err, report)
	}
}

func TestARecordDoesNotChangeItsType(t *testing.T) {
	g, _, err := onto(t, empty(t), file(t, "one", first), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	im := file(t, "x", `{"type":"document","id":"urn:e:a"}`)
	if _, _, err := im.Diff(g, MergeOptions{}); err == nil || !strings.Contains(err.Error(), "x: line 1: in the case urn:e:a is of type entity") {
		t.Errorf("%v", err)
	}
	if after, report, err := onto(t, g, im, MergeOptions{Partial: true}); err != nil || report.Dropped != 1 || !after.Same(g) {
		t.Errorf("partial: %v", err)
	}
}

func TestPartialKeepsAllThatCanStand(t *testing.T) {
	const seed = 9
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for round := range 60 {
		var lines []string
		n := 3 + rnd.IntN(20)
		for i := range n {
			letter := func(k int) string { return string(rune('a' + k)) }
			switch rnd.IntN(3) {
			case 0:
				kind := []string{"vendor", "vendor", "wizard"}[rnd.IntN(3)]
				lines = append(lines, `{"type":"entity","id":"urn:`+letter(i)+`","kind":"`+kind+`"}`)
			default:
				predicate := []string{"relies-on", "disputes", "retracts"}[rnd.IntN(3)]
				lines = append(lines, `{"type":"claim","id":"urn:`+letter(i)+`","subject":"urn:`+letter(rnd.IntN(n))+`","predicate":"`+predicate+`","object":"urn:`+letter(rnd.IntN(n))+`","speaker":"urn:`+letter(rnd.IntN(n))+`"}`)
			}
		}
		im := file(t, "f", strings.Join(lines, "\n"))
		g, report, err := onto(t, empty(t), im, MergeOptions{Partial: true})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if report.Kept+report.Dropped != n || report.Kept != g.Count().Entities+g.Count().Claims {
			t.Fatalf("round %d: %s of %d", round, report.Summary(), n)
		}
		for _, r := range im.Records { // nothing that is left out could be added by itself
			if g.Record(r.RecordID()) != nil {
				continue
			}
			d := &graphstore.Diff{}
			d.Add(nil, r)
			if _, err := g.Apply(d); err == nil {
				t.Fatalf("round %d: %s could stand but was dropped", round, r.RecordID())
			}
		}
	}
}
