package assets_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caveat/assets"
)

// table reads a CSV file as one map a row.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	raw, err := os.ReadFile(testdata(t, name))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[rows[0][i]] = cell
		}
		out = append(out, m)
	}
	return out
}

// caseOf returns the sample that holds the research row id.
func caseOf(id string) string {
	return map[byte]string{'K': "kaspersky", 'A': "kaspersky", 'H': "huawei", 'V': "hikvision"}[id[0]]
}

func TestEveryResearchedRowIsAClaim(t *testing.T) {
	bundles := map[string]*bundle{}
	for _, n := range assets.Samples() {
		bundles[n] = read(t, n)
	}
	rows := 0
	for _, row := range table(t, "disputes/claims.csv") {
		b := bundles[caseOf(row["id"])]
		if b == nil {
			continue // TikTok has no case
		}
		rows++
		c := b.claim(strings.ToLower(row["id"]))
		if c == nil {
			t.Errorf("row %s has no claim", row["id"])
			continue
		}
		check(t, c.SaidAt.Value == row["date"] && c.SaidAt.Precision == row["date_precision"], "%s: said %v, researched %s", c.ID, *c.SaidAt, row["date"])
		check(t, (row["verified"] == "p") == c.tagged("weak"), "%s: verified %q, tags %v", c.ID, row["verified"], c.Tags)
		cited := false
		for _, e := range c.Evidence {
			d := b.byID[e.Document]
			stem, _, _ := strings.Cut(strings.TrimPrefix(row["source"], "github:"), "?")
			stem, _, _ = strings.Cut(stem, " ")
			cited = cited || strings.Contains(d.URL, stem)
		}
		check(t, cited, "%s does not cite %s", c.ID, row["source"])
	}
	check(t, rows == 36+8+4, "%d rows of the three cases", rows)
	for i := 1; i <= 14; i++ {
		c := bundles["kaspersky"].claim(fmt.Sprintf("a%02d", i))
		check(t, c != nil && c.ReportedBy == "urn:caveat:d:datanews-2022", "A%02d is not reported by the article", i)
	}
	for _, b := range bundles {
		for _, r := range b.records {
			check(t, !strings.Contains(r.ID, ":t0"), "%s must not ship", r.ID)
		}
	}
}

// TestEveryResearchedLinkIsAClaimOnAClaim holds the relations to the words
// they are mapped to: the acting claim itself points at the other, or a claim
// with the acting one as its subject does.
func TestEveryResearchedLinkIsAClaimOnAClaim(t *testing.T) {
	mapped := map[string][]string{
		"relies_on": {"relies-on"}, "follows": {"relies-on", "responds-to"}, "responds_to": {"responds-to"},
		"disputes": {"disputes", "rebuts", "undercuts"}, "contradicts": {"rebuts", "disputes"}, "upholds": {"upholds"},
		"supersedes": {"supersedes", "maintains"}, "contradicts_own": {"supersedes"}, "leaves_standing": {"leaves-standing"},
		"supports": {"supports"}, "qualifies": {"qualifies"}, "renews": {"supersedes", "maintains", "supports"},
	}
	bundles := map[string]*bundle{}
	for _, n := range assets.Samples() {
		bundles[n] = read(t, n)
	}
	for _, row := range table(t, "disputes/claim_relations.csv") {
		b := bundles[caseOf(row["from"])]
		from, to := "urn:caveat:c:"+strings.ToLower(row["from"]), "urn:caveat:c:"+strings.ToLower(row["to"])
		found := slices.ContainsFunc(b.all("claim"), func(c *record) bool {
			return (c.ID == from || c.Subject == from) && c.Object.id == to && slices.Contains(mapped[row["relation"]], c.Predicate)
		})
		check(t, found, "%s %s %s is missing", row["from"], row["relation"], row["to"])
	}
	for _, link := range [][3]string{{"a02", "disputes", "a01"}, {"a05", "rebuts", "k09"}, {"a11", "rebuts", "a04"},
		{"a01", "reports", "k18"}, {"a02", "reports", "k19"}, {"a04", "reports", "k01"}, {"a06", "reports", "k10"}, {"a09", "reports", "k17"}} {
		b := bundles["kaspersky"]
		from, to := "urn:caveat:c:"+link[0], "urn:caveat:c:"+link[2]
		check(t, slices.ContainsFunc(b.all("claim"), func(c *record) bool {
			return (c.ID == from || c.Subject == from) && c.Object.id == to && c.Predicate == link[1]
		}), "%v is missing", link)
	}
}

// runLength is how many words in a row count as copied.
const runLength = 8

// TestWordingIsOurOwn looks for runs of words that the samples share with
// the researched texts.
func TestWordingIsOurOwn(t *testing.T) {
	theirs := map[string]string{}
	learn := func(origin, text string) {
		w := normal(text)
		for i := 0; i+runLength <= len(w); i++ {
			theirs[strings.Join(w[i:i+runLength], " ")] = origin
		}
	}
	for _, row := range table(t, "disputes/claims.csv") {
		for _, f := range []string{"quote", "statement", "note"} {
			learn(row["id"]+" "+f, row[f])
		}
	}
	for _, row := range table(t, "disputes/claim_relations.csv") {
		learn(row["from"]+" ground", row["ground"])
	}
	article, err := os.ReadFile(testdata(t, "article-nl.txt"))
	if err != nil {
		t.Fatal(err)
	}
	learn("article", string(article))
	if len(theirs) < 500 {
		t.Fatalf("only %d runs learnt from %s", len(theirs), filepath.Dir(testdata(t, "article-nl.txt")))
	}
	everySample(t, func(t *testing.T, b *bundle) {
		for _, line := range b.lines {
			var m map[string]any
			if err := json.Unmarshal(line, &m); err != nil {
				t.Fatal(err)
			}
			texts(m, func(s string) {
				w := normal(s)
				for i := 0; i+runLength <= len(w); i++ {
					run := strings.Join(w[i:i+runLength], " ")
					check(t, theirs[run] == "", "%v copies %q from %s", m["id"], run, theirs[run])
				}
			})
			check(t, !bytes.Contains(line, []byte(`"quote"`)), "%v quotes a source", m["id"])
		}
	})
}

// texts calls f for every string in v but addresses and ids.
func texts(v any, f func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			texts(x, f)
		}
	case []any:
		for _, x := range v {
			texts(x, f)
		}
	case string:
		if !strings.HasPrefix(v, "http") && !strings.HasPrefix(v, "urn:") {
			f(v)
		}
	}
}
