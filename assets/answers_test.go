package assets_test

import (
	"slices"
	"strings"
	"testing"
)

// The laws below say what the Kaspersky case must hold so that the analyses
// have something to find.

func short(id string) string { return id[strings.LastIndex(id, ":")+1:] }

func TestAuthorityChangedItsMind(t *testing.T) {
	b := read(t, "kaspersky")
	then, now := b.claim("k02"), b.claim("k18")
	check(t, then.Speaker == now.Speaker && *then.Position == 0 && *now.Position == -1, "BSI 2017 %d, 2022 %d", *then.Position, *now.Position)
	check(t, b.claim("l-k18-supersedes-k02") != nil, "the second does not supersede the first")
}

func TestAuthoritiesDisagreeOnOtherGrounds(t *testing.T) {
	b := read(t, "kaspersky")
	for _, pair := range [][2]string{{"k18", "k21"}, {"k18", "k10"}, {"k08", "k06"}, {"k08", "k13"}} {
		x, y := b.claim(pair[0]), b.claim(pair[1])
		check(t, x.Speaker != y.Speaker && *x.Position <= -1 && *y.Position == 0, "%v: %d and %d", pair, *x.Position, *y.Position)
		for _, basis := range x.Basis {
			check(t, !slices.Contains(y.Basis, basis), "%v share the basis %s", pair, basis)
		}
		check(t, within(b, x.Object.id, y.Object.id) || within(b, y.Object.id, x.Object.id), "%v are about different things", pair)
		if len(x.Scope.Region) > 0 && len(y.Scope.Region) > 0 {
			check(t, slices.ContainsFunc(x.Scope.Region, func(r string) bool { return slices.Contains(y.Scope.Region, r) }), "%v are about different regions", pair)
		}
	}
}

// within reports whether part is whole or a part of it, by part-of claims.
func within(b *bundle, part, whole string) bool {
	if part == whole {
		return true
	}
	for _, c := range b.all("claim") {
		if c.Predicate == "part-of" && c.Subject == part && within(b, c.Object.id, whole) {
			return true
		}
	}
	return false
}

func TestNoRestrictionRestsOnATechnicalFinding(t *testing.T) {
	b := read(t, "kaspersky")
	none := map[string]bool{}
	for _, c := range b.all("claim") {
		if c.Position == nil {
			continue
		}
		if *c.Position < 0 {
			check(t, !slices.Contains(c.Basis, "technical-finding"), "%s restricts on a technical finding", c.ID)
		}
		if slices.Contains(c.Basis, "absence-of-evidence") {
			check(t, *c.Position == 0, "%s turns absence of evidence into %d", c.ID, *c.Position)
			none[short(c.Speaker)] = true
		}
	}
	check(t, len(none) == 4 && none["bsi"] && none["ccb"] && none["ncsc-ch"] && none["european-commission"], "absence of evidence is reported by %v", none)
}

func TestAuditIsCitedBeyondItsScope(t *testing.T) {
	b := read(t, "kaspersky")
	cites := b.claim("l-k19-relies-on-k15")
	proof, claim, target := b.byID[cites.Object.id], b.byID[cites.Subject], b.byID[b.byID[cites.Subject].Object.id]
	check(t, slices.Contains(target.Basis, "legal-exposure"), "%s is not about law", target.ID)
	check(t, slices.Equal(proof.Scope.Product, []string{"urn:caveat:e:av-bases"}) && proof.Scope.Process != "" && proof.Scope.Period.From != nil, "%s covers %+v", proof.ID, proof.Scope)
	check(t, !slices.Contains(claim.Scope.Product, "urn:caveat:e:av-bases"), "%s claims no more than its proof", claim.ID)
}

func TestDutchMeasureRestsOnTwoOthers(t *testing.T) {
	b := read(t, "kaspersky")
	var on []string
	for _, c := range b.all("claim") {
		if c.Subject == b.claim("k07").ID && c.Predicate == "relies-on" {
			on = append(on, short(c.Object.id))
		}
	}
	slices.Sort(on)
	check(t, slices.Equal(on, []string{"k01", "k03"}), "it rests on %v", on)
}

// TestThreeLawsReachTheAntivirus walks from the antivirus to those who make,
// run, host, own or control, and to the law they are under.
func TestThreeLawsReachTheAntivirus(t *testing.T) {
	b := read(t, "kaspersky")
	forward := []string{"uses", "depends-on", "part-of", "located-in", "subject-to-law-of"}
	backward := []string{"makes", "hosts", "operates", "owns", "controls"}
	type step struct {
		at   string
		path []*record
	}
	reached := map[string][]*record{}
	seen := map[string]bool{"urn:caveat:e:kav": true}
	for queue := []step{{at: "urn:caveat:e:kav"}}; len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		if b.byID[s.at].Kind == "jurisdiction" {
			reached[short(s.at)] = s.path
			continue
		}
		for _, c := range b.all("claim") {
			next := ""
			switch {
			case c.Modality == "denies":
			case c.Subject == s.at && slices.Contains(forward, c.Predicate):
				next = c.Object.id
			case c.Object.id == s.at && slices.Contains(backward, c.Predicate):
				next = c.Subject
			}
			if next != "" && !seen[next] {
				seen[next] = true
				queue = append(queue, step{next, append(slices.Clone(s.path), c)})
			}
		}
	}
	weak := func(path []*record) bool {
		return slices.ContainsFunc(path, func(c *record) bool { return c.tagged("weak") })
	}
	via := func(j, predicate string) bool {
		return slices.ContainsFunc(reached[j], func(c *record) bool { return c.Predicate == predicate })
	}
	check(t, via("switzerland", "hosts") && !weak(reached["switzerland"]), "Switzerland is reached by %d steps", len(reached["switzerland"]))
	check(t, via("russia", "makes") && !weak(reached["russia"]), "Russia is reached by %d steps", len(reached["russia"]))
	check(t, via("united-kingdom", "controls") && weak(reached["united-kingdom"]), "the United Kingdom is reached by %d steps", len(reached["united-kingdom"]))
}

func TestSourcesGiveDifferentValues(t *testing.T) {
	b := read(t, "kaspersky")
	values := map[string]map[string]bool{}
	documents := map[string]string{}
	for _, c := range b.all("claim") {
		if c.Object.literal != "" && c.Predicate != "alleges" {
			key := short(c.Subject) + " " + c.Predicate
			if values[key] == nil {
				values[key] = map[string]bool{}
			}
			values[key][c.Object.literal] = true
			check(t, documents[c.Evidence[0].Document] == "" || documents[c.Evidence[0].Document] == key, "%s gives values for two acts", c.Evidence[0].Document)
			documents[c.Evidence[0].Document] = key
		}
	}
	check(t, len(values["k08 amounts-to"]) == 2, "vote counts: %v", values["k08 amounts-to"])
	check(t, values["k28 dated"]["2022-06-02"] && values["k28 dated"]["2022-06-10"], "dates of the ruling: %v", values["k28 dated"])
}

func TestWhoLeftEuropolIsToldInTwoWays(t *testing.T) {
	b := read(t, "kaspersky")
	article, own := b.claim("a05"), b.claim("k09")
	check(t, article.Subject == own.Object.id && article.Object.id == own.Subject && article.Predicate == own.Predicate, "%s and %s do not mirror", article.ID, own.ID)
	check(t, article.Speaker != own.Speaker && article.Credibility > own.Credibility, "the article is not the weaker of the two")
}

func TestDatacentersHaveNoKnownOperator(t *testing.T) {
	b := read(t, "kaspersky")
	n := 0
	for _, e := range b.all("entity") {
		if e.Kind != "datacenter" {
			continue
		}
		n++
		check(t, strings.Contains(e.Note, "Operator unknown"), "%s: %s", e.ID, e.Note)
		for _, c := range b.all("claim") {
			check(t, c.Object.id != e.ID || c.Predicate != "operates", "%s says who operates %s", c.ID, e.ID)
		}
	}
	check(t, n == 2, "%d datacenters", n)
}
