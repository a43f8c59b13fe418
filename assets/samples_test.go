package assets_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"caveat/assets"
)

func TestSamplesAreLargeEnough(t *testing.T) {
	for name, want := range map[string][3]int{"kaspersky": {60, 75, 40}, "huawei": {20, 25, 8}, "hikvision": {14, 15, 5}} {
		b := read(t, name)
		dated := 0
		for _, d := range b.all("document") {
			if d.PublishedAt != nil {
				dated++
			}
		}
		check(t, len(b.all("entity")) >= want[0], "%s: %d entities", name, len(b.all("entity")))
		check(t, len(b.all("claim")) >= want[1], "%s: %d claims", name, len(b.all("claim")))
		check(t, len(b.all("document")) >= want[2], "%s: %d documents", name, len(b.all("document")))
		if name == "kaspersky" {
			check(t, dated >= 40, "%d documents have a date", dated)
		}
	}
}

// marshal is canonical JSON: keys sorted, no HTML escapes.
func marshal(t *testing.T, v any) string {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(buf.String(), "\n")
}

func empty(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return true
		}
		for _, x := range v {
			if empty(x) {
				return true
			}
		}
	case []any:
		return len(v) == 0 || slices.ContainsFunc(v, empty)
	case string:
		return v == ""
	case nil:
		return true
	}
	return false
}

func TestSamplesAreCanonical(t *testing.T) {
	everySample(t, func(t *testing.T, b *bundle) {
		title := strings.ToUpper(b.name[:1]) + b.name[1:]
		check(t, strings.HasPrefix(string(b.lines[0]), `{"title":"`+title+`","type":"caveat","version":1`), "header is %s", b.lines[0])
		for i, line := range b.lines {
			dec := json.NewDecoder(bytes.NewReader(line))
			dec.UseNumber()
			var m map[string]any
			if err := dec.Decode(&m); err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			check(t, marshal(t, m) == string(line), "line %d is not canonical:\n%s\n%s", i+1, line, marshal(t, m))
			check(t, !empty(m), "line %d has an empty field: %s", i+1, line)
		}
		order := map[string]int{"entity": 0, "document": 1, "claim": 2, "view": 3}
		check(t, slices.IsSortedFunc(b.records, func(x, y *record) int {
			return cmp.Or(order[x.Type]-order[y.Type], strings.Compare(x.ID, y.ID))
		}), "records are not sorted by type, then id")
	})
}

func TestSampleIDsTellTheirType(t *testing.T) {
	slug := regexp.MustCompile(`^urn:caveat:([edcv]):[a-z0-9]+(-[a-z0-9]+)*$`)
	everySample(t, func(t *testing.T, b *bundle) {
		for _, r := range b.records {
			m := slug.FindStringSubmatch(r.ID)
			check(t, m != nil && m[1] == r.Type[:1], "%s %s", r.Type, r.ID)
		}
	})
}

func TestSamplesHaveNoDanglingReference(t *testing.T) {
	w := words(t)
	everySample(t, func(t *testing.T, b *bundle) {
		used := map[string]bool{}
		need := func(r *record, id string, types ...string) {
			x := b.byID[id]
			check(t, x != nil && slices.Contains(types, x.Type), "%s names %s, which is no %v", r.ID, id, types)
			used[id] = true
		}
		for _, c := range b.all("claim") {
			need(c, c.Subject, "entity", "claim")
			need(c, c.Speaker, "entity")
			if c.ReportedBy != "" {
				need(c, c.ReportedBy, "document", "entity")
			}
			for _, e := range c.Evidence {
				need(c, e.Document, "document")
			}
			for _, p := range c.Scope.Product {
				need(c, p, "entity")
			}
			switch {
			case c.Object == nil:
				t.Errorf("%s has no object", c.ID)
			case c.Object.literal != "":
				check(t, strings.HasPrefix(c.Object.datatype, "xsd:") && !w.onClaims[c.Predicate], "%s: literal of %q", c.ID, c.Object.datatype)
			case w.onClaims[c.Predicate] && c.Predicate != "relies-on":
				need(c, c.Object.id, "claim")
			case w.onClaims[c.Predicate]:
				need(c, c.Object.id, "claim", "entity")
			default:
				need(c, c.Object.id, "entity")
			}
		}
		for _, v := range b.all("view") {
			for _, id := range slices.Concat(v.Only, v.Hidden) {
				need(v, id, "entity", "claim")
			}
			for id := range v.Places {
				need(v, id, "entity")
			}
		}
		for _, r := range b.records {
			if r.Type == "entity" || r.Type == "document" {
				check(t, used[r.ID], "%s is in no claim", r.ID)
			}
		}
	})
}

func TestEveryClaimSaysWhoWhenWhyAndWhere(t *testing.T) {
	everySample(t, func(t *testing.T, b *bundle) {
		for _, c := range b.all("claim") {
			check(t, c.Speaker != "", "%s has no speaker", c.ID)
			check(t, c.SaidAt != nil, "%s has no date", c.ID)
			check(t, len(c.Basis) > 0, "%s has no basis", c.ID)
			check(t, len(c.Evidence) > 0, "%s has no evidence", c.ID)
			check(t, c.Modality != "", "%s has no modality", c.ID)
			check(t, c.Reliability != "" && c.Credibility > 0, "%s is not graded", c.ID)
			check(t, (c.Predicate == "takes-position-on") == (c.Position != nil) || c.Predicate == "sanctions", "%s: %s with position %v", c.ID, c.Predicate, c.Position)
			if c.Predicate == "takes-position-on" {
				check(t, c.Subject == c.Speaker, "%s: %s speaks for %s", c.ID, c.Speaker, c.Subject)
			}
		}
	})
}

func TestSampleWordsAreInTheSchema(t *testing.T) {
	w := words(t)
	everySample(t, func(t *testing.T, b *bundle) {
		for _, e := range b.all("entity") {
			check(t, w.kinds[e.Kind], "%s: kind %q", e.ID, e.Kind)
			check(t, len(e.Names) > 0, "%s has no name", e.ID)
			check(t, e.Country == "" || regexp.MustCompile(`^[A-Z]{2}$`).MatchString(e.Country), "%s: country %q", e.ID, e.Country)
		}
		for _, c := range b.all("claim") {
			check(t, w.predicates[c.Predicate], "%s: predicate %q", c.ID, c.Predicate)
			check(t, w.modalities[c.Modality], "%s: modality %q", c.ID, c.Modality)
			check(t, w.reliabilities[c.Reliability], "%s: reliability %q", c.ID, c.Reliability)
			check(t, w.credibilities[fmt.Sprint(c.Credibility)], "%s: credibility %d", c.ID, c.Credibility)
			check(t, c.Position == nil || w.positions[fmt.Sprint(*c.Position)], "%s: position", c.ID)
			for _, x := range c.Basis {
				check(t, w.bases[x], "%s: basis %q", c.ID, x)
			}
			for _, e := range c.Evidence {
				check(t, w.roles[e.Role], "%s: role %q", c.ID, e.Role)
			}
			for _, x := range c.Scope.Region {
				check(t, regexp.MustCompile(`^[A-Z]{2}$`).MatchString(x), "%s: region %q", c.ID, x)
			}
		}
	})
}

// TestNamesOnNodesAreShort takes the name a user of each language sees: the
// first in that language, else the first.
func TestNamesOnNodesAreShort(t *testing.T) {
	everySample(t, func(t *testing.T, b *bundle) {
		for _, lang := range languages {
			seen := map[string]string{}
			for _, e := range b.all("entity") {
				shown := e.Names[0].Text
				for _, n := range e.Names {
					if n.Lang == lang {
						shown = n.Text
						break
					}
				}
				check(t, len([]rune(shown)) <= 52, "%s in %s: %q", e.ID, lang, shown)
				check(t, seen[shown] == "", "%s and %s are both %q in %s", e.ID, seen[shown], shown, lang)
				seen[shown] = e.ID
			}
		}
	})
}

func TestOneSpeakerReplacesOnlyItself(t *testing.T) {
	w := words(t)
	everySample(t, func(t *testing.T, b *bundle) {
		for _, c := range b.all("claim") {
			if w.sameSpeaker[c.Predicate] {
				target := b.byID[c.Object.id]
				check(t, target.Speaker == c.Speaker, "%s: %s %s a claim of %s", c.ID, c.Speaker, c.Predicate, target.Speaker)
			}
		}
	})
}

func TestSampleDatesMatchTheirPrecision(t *testing.T) {
	layouts := map[string]string{"year": "2006", "month": "2006-01", "day": "2006-01-02"}
	everySample(t, func(t *testing.T, b *bundle) {
		for _, r := range b.records {
			for _, d := range []*date{r.PublishedAt, r.SaidAt, r.ValidFrom, r.ValidTo, r.Scope.Period.From, r.Scope.Period.To} {
				if d == nil {
					continue
				}
				layout := layouts[d.Precision]
				if d.Precision == "circa" {
					layout = "2006-01-02"[:min(len(d.Value), 10)]
				}
				_, err := time.Parse(layout, d.Value)
				check(t, err == nil && layout != "", "%s: %q as %q", r.ID, d.Value, d.Precision)
			}
		}
	})
}

func TestEveryDocumentHasAnAddress(t *testing.T) {
	everySample(t, func(t *testing.T, b *bundle) {
		seen := map[string]string{}
		for _, d := range b.all("document") {
			u, err := url.Parse(cmp.Or(d.URL, d.ArchiveURL))
			check(t, err == nil && u.Host != "" && strings.HasPrefix(u.Scheme, "http"), "%s: address %q", d.ID, d.URL)
			check(t, seen[d.URL] == "", "%s and %s have one address", d.ID, seen[d.URL])
			seen[d.URL] = d.ID
			check(t, d.Title != "" && d.Publisher != "" && d.Lang != "", "%s lacks title, publisher or language", d.ID)
		}
	})
}

func TestWeakAndInferredClaimsAreMarked(t *testing.T) {
	everySample(t, func(t *testing.T, b *bundle) {
		for _, c := range b.all("claim") {
			poor := strings.Contains("EF", c.Reliability) && c.Credibility >= 4
			check(t, poor == c.tagged("weak"), "%s: %s%d, tags %v", c.ID, c.Reliability, c.Credibility, c.Tags)
			if c.tagged("inferred") {
				check(t, c.Speaker == "urn:caveat:e:case-editors", "%s is inferred by %s", c.ID, c.Speaker)
			}
		}
	})
}

func TestUnknownSampleNamesTheKnownOnes(t *testing.T) {
	_, err := assets.Sample("nokia")
	check(t, err != nil && strings.Contains(err.Error(), "kaspersky"), "error is %v", err)
}
