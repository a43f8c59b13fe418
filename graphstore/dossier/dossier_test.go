package dossier

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/graphstore"
)

// words fixes the labels the tests read, whatever the shipped schema says.
const words = `{"positions":[{"value":-1,"word":"cautions","label":{"en":"cautions about","nl":"waarschuwt voor","de":"warnt vor","fr":"met en garde contre"}}],
"predicates":[{"id":"makes","group":"structure","label":{"en":"makes","nl":"maakt"},"inverse":{"en":"is made by","nl":"wordt gemaakt door"}},
{"id":"disputes","group":"claims","attack":true,"label":{"en":"disputes","nl":"betwist"},"inverse":{"en":"is disputed by","nl":"wordt betwist door"}}]}`

const bundle = `
{"type":"entity","id":"urn:e:bsi","kind":"regulator","names":[{"text":"BSI"}]}
{"type":"entity","id":"urn:e:kas","kind":"vendor","names":[{"text":"Kaspersky"}]}
{"type":"entity","id":"urn:e:lab","kind":"vendor","names":[{"text":"Kaspersky Lab"}]}
{"type":"entity","id":"urn:e:kav","kind":"product","names":[{"text":"Kaspersky antivirus"},{"text":"Kaspersky-virusscanner","lang":"nl"}]}
{"type":"entity","id":"urn:e:court","kind":"court","names":[{"text":"OVG"}]}
{"type":"document","id":"urn:d:1","title":"A warning"}
{"type":"claim","id":"urn:c:18","subject":"urn:e:bsi","predicate":"takes-position-on","object":"urn:e:kav","speaker":"urn:e:bsi","reported_by":"urn:d:1","said_at":{"value":"2022-03-15","precision":"day"},"position":-1,"basis":["geopolitical"],"reliability":"B","credibility":2,"scope":{"product":["urn:e:lab"]},"evidence":[{"document":"urn:d:1","locator":"par. 2","role":"asserts"}]}
{"type":"claim","id":"urn:c:17","subject":"urn:e:bsi","predicate":"takes-position-on","object":"urn:e:kav","speaker":"urn:e:bsi","said_at":{"value":"2017","precision":"year"},"position":0}
{"type":"claim","id":"urn:c:19","subject":"urn:e:kas","predicate":"disputes","object":"urn:c:18","speaker":"urn:e:kas","said_at":{"value":"2022-03","precision":"month"}}
{"type":"claim","id":"urn:c:20","subject":"urn:e:court","predicate":"upholds","object":"urn:c:18","speaker":"urn:e:court","said_at":{"value":"2022-04","precision":"month"}}
{"type":"claim","id":"urn:c:21","subject":"urn:e:kas","predicate":"makes","object":"urn:e:kav"}
{"type":"claim","id":"urn:c:22","subject":"urn:c:20","predicate":"responds-to","object":"urn:c:18"}
{"type":"claim","id":"urn:c:23","subject":"urn:e:kas","predicate":"same-as","object":"urn:e:lab","speaker":"urn:e:bsi"}
{"type":"claim","id":"urn:c:24","subject":"urn:e:lab","predicate":"employs","object":{"literal":"370","datatype":"xsd:integer"},"speaker":"urn:e:court","valid_from":{"value":"2001","precision":"year"}}`

var now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func fixture(t testing.TB, more ...string) *graphstore.Graph {
	t.Helper()
	schema, err := graphstore.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := &graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{Before: &graphstore.Header{}, After: &graphstore.Header{Schema: json.RawMessage(words)}}}
	for _, line := range append(strings.Split(strings.TrimSpace(bundle), "\n"), more...) {
		r, err := graphstore.DecodeRecord([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		d.Add(nil, r)
	}
	g, err := graphstore.NewGraph(schema).Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// outline writes sections as "label: claim claim; label: claim".
func outline(sections []Section) string {
	var parts []string
	for _, s := range sections {
		ids := []string{}
		for _, i := range s.Items {
			ids = append(ids, strings.TrimPrefix(string(i.Claim.ID), "urn:c:"))
		}
		name := string(s.Predicate.ID)
		if s.Inverse {
			name = "~" + name
		}
		parts = append(parts, name+" "+strings.Join(ids, " "))
	}
	return strings.Join(parts, "; ")
}

func ids(items []Item) string {
	var out []string
	for _, i := range items {
		out = append(out, strings.TrimPrefix(string(i.Claim.ID), "urn:c:"))
	}
	return strings.Join(out, " ")
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

func TestEntitySaysAndIsSaidAbout(t *testing.T) {
	g := fixture(t)
	bsi := OfEntity(g, "urn:e:bsi", now)
	same(t, "BSI says", outline(bsi.Says), "takes-position-on 18 17; same-as 23")
	same(t, "said of BSI", outline(bsi.Said), "")
	kav := OfEntity(g, "urn:e:kav", now)
	same(t, "said of the antivirus", outline(kav.Said), "~takes-position-on 18 17; ~makes 21")
	same(t, "inverse label", kav.Said[1].Label("nl"), "wordt gemaakt door")
	same(t, "inverse far end", string(kav.Said[1].Items[0].Other), "urn:e:kas")
	same(t, "forward label", outline(OfEntity(g, "urn:e:kas", now).Said), "same-as 23; makes 21; employs 24")
	if OfEntity(g, "urn:e:none", now) != nil || OfClaim(g, "urn:e:kas", now) != nil || OfDocument(g, "urn:c:18", now) != nil {
		t.Error("a dossier of what is not there")
	}
}

func TestDisputedItemsNameWhatDisputesThem(t *testing.T) {
	g := fixture(t)
	item := OfEntity(g, "urn:e:bsi", now).Says[0].Items[0]
	if !slices.Equal(item.DisputedBy, []graphstore.ID{"urn:c:19"}) || item.Unsourced {
		t.Errorf("disputed by %v, unsourced %v", item.DisputedBy, item.Unsourced)
	}
	before := time.Date(2022, 2, 1, 0, 0, 0, 0, time.UTC)
	if item := OfEntity(g, "urn:e:bsi", before).Says[0].Items[0]; item.Disputed() {
		t.Errorf("disputed by %v before anybody disputed it", item.DisputedBy)
	}
	g = fixture(t, `{"type":"claim","id":"urn:c:30","subject":"urn:e:kas","predicate":"retracts","object":"urn:c:19","speaker":"urn:e:kas"}`)
	if item := OfEntity(g, "urn:e:bsi", now).Says[0].Items[0]; item.Disputed() {
		t.Errorf("disputed by the retracted %v", item.DisputedBy)
	}
}

func TestSameAsEntitiesAreOneUntilRetracted(t *testing.T) {
	g := fixture(t)
	lab := OfEntity(g, "urn:e:lab", now)
	if !slices.Equal(lab.Same, []graphstore.ID{"urn:e:kas"}) || outline(lab.Says) != "disputes 19" {
		t.Errorf("same %v, says %s", lab.Same, outline(lab.Says))
	}
	same(t, "in scope", ids(lab.Scoped), "18")
	g = fixture(t, `{"type":"claim","id":"urn:c:30","subject":"urn:e:bsi","predicate":"retracts","object":"urn:c:23","speaker":"urn:e:bsi"}`)
	if lab := OfEntity(g, "urn:e:lab", now); len(lab.Same) > 0 || outline(lab.Said) != "~same-as 23; employs 24" {
		t.Errorf("after the retraction: same %v, said %s", lab.Same, outline(lab.Said))
	}
}

func TestClaimForAndAgainst(t *testing.T) {
	g := fixture(t)
	c := OfClaim(g, "urn:c:18", now)
	same(t, "for", ids(c.For), "20")
	same(t, "against", ids(c.Against), "19")
	same(t, "besides", ids(c.Besides), "22")
	same(t, "links", ids(OfClaim(g, "urn:c:20", now).Links), "22")
	if c.Position.Value != -1 || c.Reliability.ID != "B" || c.Credibility.ID != "2" || c.Basis[0].ID != "geopolitical" {
		t.Errorf("grading lost: %+v", c)
	}
	if len(c.Evidence) != 1 || c.Evidence[0].Source.Title != "A warning" || c.Evidence[0].Locator != "par. 2" || c.Reporter.RecordID() != "urn:d:1" {
		t.Errorf("evidence %+v, reporter %v", c.Evidence, c.Reporter)
	}
}

func TestDocumentListsWhatCitesIt(t *testing.T) {
	d := OfDocument(fixture(t), "urn:d:1", now)
	if len(d.Cited) != 1 || d.Cited[0].Claim.ID != "urn:c:18" || d.Cited[0].Passages[0].Locator != "par. 2" || ids(d.Reports) != "18" {
		t.Errorf("cited %+v, reports %s", d.Cited, ids(d.Reports))
	}
}

func TestSentenceReadsInFourLanguages(t *testing.T) {
	g := fixture(t)
	for _, c := range []struct{ id, lang, want string }{
		{"urn:c:18", "en", "BSI cautions about Kaspersky antivirus (15 Mar 2022)"},
		{"urn:c:18", "nl", "BSI waarschuwt voor Kaspersky-virusscanner (15 mrt 2022)"},
		{"urn:c:18", "de", "BSI warnt vor Kaspersky antivirus (15. März 2022)"},
		{"urn:c:18", "fr", "BSI met en garde contre Kaspersky antivirus (15 mars 2022)"},
		{"urn:c:19", "en", "Kaspersky disputes “BSI cautions about Kaspersky antivirus (15 Mar 2022)” (Mar 2022)"},
		{"urn:c:21", "nl", "Kaspersky maakt Kaspersky-virusscanner"},
	} {
		same(t, c.id, Sentence(g, g.Claim(graphstore.ID(c.id)), c.lang), c.want)
	}
	lit := Sentence(g, g.Claim("urn:c:24"), "en")
	if !strings.HasPrefix(lit, "OVG: Kaspersky Lab ") || !strings.HasSuffix(lit, " 370 (2001)") {
		t.Errorf("literal with another speaker: %s", lit)
	}
	g = fixture(t, `{"type":"claim","id":"urn:c:40","subject":"urn:e:bsi","predicate":"makes","object":"urn:e:kav","speaker":"urn:e:kas","modality":"denies"}`,
		`{"type":"claim","id":"urn:c:41","subject":"urn:e:kas","predicate":"makes","object":"urn:e:kav","speaker":"urn:e:kas","modality":"denies"}`,
		`{"type":"claim","id":"urn:c:42","subject":"urn:e:kas","predicate":"makes","object":"urn:e:kav","modality":"denies"}`,
		`{"type":"claim","id":"urn:c:43","subject":"urn:e:kas","predicate":"makes","object":"urn:e:kav","speaker":"urn:e:bsi","modality":"alleges"}`,
		`{"type":"claim","id":"urn:c:44","subject":"urn:e:kas","predicate":"makes","object":"urn:e:kav","speaker":"urn:e:kas","modality":"alleges"}`,
		`{"type":"claim","id":"urn:c:45","subject":"urn:e:kas","predicate":"disputes","object":"urn:c:43","speaker":"urn:e:kas","modality":"denies"}`,
		`{"type":"claim","id":"urn:c:46","subject":"urn:e:bsi","predicate":"disputes","object":"urn:c:45","speaker":"urn:e:bsi"}`)
	for id, want := range map[string]string{
		"urn:c:40": "Kaspersky denies: BSI makes Kaspersky antivirus", "urn:c:41": "Kaspersky denies: Kaspersky makes Kaspersky antivirus",
		"urn:c:42": "denies: Kaspersky makes Kaspersky antivirus", "urn:c:43": "BSI alleges: Kaspersky makes Kaspersky antivirus",
		"urn:c:44": "Kaspersky makes Kaspersky antivirus",
		"urn:c:46": "BSI disputes “Kaspersky disputes ‘BSI alleges: Kaspersky makes Kaspersky antivirus’”",
	} {
		same(t, id, Sentence(g, g.Claim(graphstore.ID(id)), "en"), want)
	}
	same(t, "circa", Date(graphstore.Date{Value: "2018", Precision: graphstore.PrecisionCirca}, "fr"), "vers 2018")
	same(t, "name", Name(g, "urn:d:1", "en"), "A warning")
}

func TestEveryShippedPositionReadsAsAVerb(t *testing.T) {
	g := fixture(t)
	d := &graphstore.Diff{Header: &graphstore.Change[graphstore.Header]{Before: g.Header(), After: &graphstore.Header{}}}
	g, err := g.Apply(d) // back to the shipped labels
	if err != nil {
		t.Fatal(err)
	}
	c := *g.Claim("urn:c:18")
	for lang, want := range map[string]string{
		"en": "BSI has no finding on", "nl": "BSI heeft geen bevinding over", "de": "BSI hat keinen Befund zu", "fr": "BSI n’a rien constaté sur",
	} {
		c.Position = new(graphstore.Position)
		if got := Sentence(g, &c, lang); !strings.HasPrefix(got, want+" Kaspersky") {
			t.Errorf("%s: %s", lang, got)
		}
		seen := map[string]bool{}
		for p := graphstore.Position(-4); p <= 2; p++ {
			c.Position = &p
			seen[Phrase(g, &c, lang)] = true
		}
		if len(seen) != 7 {
			t.Errorf("%s: positions share verbs: %v", lang, seen)
		}
	}
}

func BenchmarkOfEntity(b *testing.B) {
	g := fixture(b)
	for b.Loop() {
		OfEntity(g, "urn:e:kas", now)
	}
}
