package dispute

import (
	"slices"
	"strings"
	"testing"

	"caveat/graphstore"
)

func TestSampleTimelineMovesFromNoFindingToCaution(t *testing.T) {
	var bsi, rulings, dutch []string
	for _, s := range ask(t, Timeline, sample(t, "kaspersky"), Asked{Entity: e("kav")}) {
		switch {
		case s.Ruling != "" && s.Lane == e("bsi"):
			rulings = append(rulings, short(s.Claims[0])[0])
		case s.Lane == e("bsi"):
			bsi = append(bsi, short(s.Claims[0])[0]+" "+s.From.Value+" "+s.To.Value)
		case s.Lane == e("dutch-government"):
			dutch = append(dutch, short(s.Claims[0])[0]+" "+s.From.Value+" "+s.To.Value)
		}
	}
	if want := []string{"k02 2017 2022-03-14", "a01 2022-03 ", "k18 2022-03-15 "}; !slices.Equal(bsi, want) {
		t.Errorf("BSI: %q", bsi)
	}
	if want := []string{"k24", "k25", "l-k25-upholds-k24", "k28"}; !slices.Equal(rulings, want) {
		t.Errorf("rulings on the BSI's lane: %q", rulings)
	}
	if want := []string{"k07 2018-05 ", "k14 2019-07 "}; !slices.Equal(dutch, want) {
		t.Errorf("a maintained position goes on: %q", dutch)
	}
}

func TestSampleDutchMeasureRestsOnTwoOthers(t *testing.T) {
	for _, s := range ask(t, Sources, sample(t, "kaspersky"), Asked{}) {
		switch s.Claim {
		case c("k07"):
			if got := short(s.Roots...); !slices.Equal(got, []string{"k01", "k03"}) || s.Single != "" || s.Independent < 2 {
				t.Errorf("the Dutch measure: %+v", s)
			}
		case c("k19"):
			if s.Independent != 1 || s.Single != e("kaspersky") {
				t.Errorf("Kaspersky's answer does not hang on its own pages: %+v", s)
			}
		case c("k15"):
			if s.Single != "urn:caveat:d:kaspersky-soc2-2019" || s.FirstHand != 0 {
				t.Errorf("the SOC 2: %+v", s)
			}
		case c("k01"):
			if s.Independent != 3 || s.FirstHand != 2 {
				t.Errorf("the American directive: %+v", s)
			}
		}
	}
}

func TestSampleAuditorsArePaidByWhomTheyAttest(t *testing.T) {
	var got [][]string
	for _, r := range ask(t, Circular, sample(t, "kaspersky"), Asked{}) {
		got = append(got, short(r.Entities...))
	}
	if len(got) != 2 || !slices.Equal(got[0], []string{"big-four", "kaspersky"}) || !slices.Equal(got[1], []string{"kaspersky", "tuv-austria"}) {
		t.Errorf("%v", got)
	}
}

func TestSampleAuditIsCitedBeyondItsScope(t *testing.T) {
	for _, r := range ask(t, ScopeGaps, sample(t, "kaspersky"), Asked{Entity: e("kav")}) {
		if r.Claim != c("k19") || r.Cites != c("k15") {
			continue
		}
		want := map[string][]string{"product": {string(e("kav"))}, "process": {Everything}, "period": {"2022-03-15/.."}, "basis": {"geopolitical", "legal-exposure", "privileged-access"}}
		for d, list := range want {
			if !slices.Equal(r.Missing[d], list) {
				t.Errorf("%s: %q, want %q", d, r.Missing[d], list)
			}
		}
		if len(r.Missing) != len(want) {
			t.Errorf("%v", r.Missing)
		}
		return
	}
	t.Error("no scope gap where the SOC 2 is cited against legal exposure")
}

func TestSampleThreeLawsReachTheAntivirus(t *testing.T) {
	got := map[string]*Reach{}
	for _, r := range ask(t, Jurisdictions, sample(t, "kaspersky"), Asked{Entity: e("kav")}) {
		got[short(r.Jurisdiction)[0]] = r
	}
	via := func(law string, predicate graphstore.Predicate) bool {
		return got[law] != nil && slices.ContainsFunc(got[law].Claims, func(id graphstore.ID) bool {
			return sample(t, "kaspersky").Claim(id).Predicate == predicate
		})
	}
	if !via("switzerland", hosts) || len(got["switzerland"].Weak) > 0 {
		t.Errorf("Switzerland by hosting: %+v", got["switzerland"])
	}
	if !via("russia", makes) || len(got["russia"].Weak) > 0 || len(got["russia"].Path) != 3 {
		t.Errorf("Russia by the developer's law: %+v", got["russia"])
	}
	if !via("united-kingdom", controls) || !slices.Equal(short(got["united-kingdom"].Weak...), []string{"s-limited-controls-group"}) {
		t.Errorf("the United Kingdom by a group company, weakly: %+v", got["united-kingdom"])
	}
	if len(got) != 3 {
		t.Errorf("%d jurisdictions", len(got))
	}
	for _, r := range ask(t, Jurisdictions, sample(t, "kaspersky"), Asked{Entity: e("kaspersky")}) {
		if slices.Contains(r.Claims, c("a11")) {
			t.Error("a denial is taken for the fact")
		}
	}
}

func TestSampleHostsAreSubstitutes(t *testing.T) {
	for _, x := range ask(t, Exposures, sample(t, "kaspersky"), Asked{Entity: e("zurich-dc-1")}) {
		if x.Entity == e("file-processing") {
			t.Error("file processing falls with one of two datacenters")
		}
	}
	var users []string
	for _, x := range ask(t, Exposures, sample(t, "kaspersky"), Asked{Entity: e("kav")}) {
		if x.Distance == 1 {
			users = append(users, short(x.Entity)...)
		}
	}
	if want := []string{"av-engine", "belgian-administration", "dutch-government", "kaspersky-products"}; !slices.Equal(users, want) {
		t.Errorf("the antivirus falls, and with it %v", users)
	}
}

func TestSampleValuesConflict(t *testing.T) {
	var got []string
	for _, r := range ask(t, Values, sample(t, "kaspersky"), Asked{}) {
		got = append(got, short(r.Subject)[0]+" "+strings.Join(r.Literals, " "))
	}
	if want := []string{"k08 476-141 476-151-36", "k28 2022-06-02 2022-06-10"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestSampleNoRestrictionRestsOnATechnicalFinding(t *testing.T) {
	none, absent := 0, []string{}
	for _, r := range ask(t, Bases, sample(t, "kaspersky"), Asked{}) {
		switch {
		case r.Basis == TechnicalFinding && r.Position < 0:
			none++
			if r.Count != 0 || len(r.Claims) != r.Among {
				t.Errorf("%d restrict on a technical finding: %v", r.Count, short(r.Speakers...))
			}
		case r.Basis == "absence-of-evidence":
			absent = short(r.Speakers...)
			if r.Position != 0 {
				t.Errorf("absence of evidence for %d", r.Position)
			}
		}
	}
	if want := []string{"bsi", "ccb", "european-commission", "ncsc-ch"}; none != 4 || !slices.Equal(absent, want) {
		t.Errorf("%d rows without technical finding; absence of evidence by %v", none, absent)
	}
}

func TestSampleEuropolIsUndecided(t *testing.T) {
	label := map[string]Label{}
	for _, a := range ask(t, Arguments, sample(t, "kaspersky"), Asked{}) {
		label[short(a.Claim)[0]] = a.Label
	}
	if label["a05"] != Out || label["k09"] != In {
		t.Errorf("the article %s, Kaspersky's own freeze %s", label["a05"], label["k09"])
	}
	if label["l-k21-rebuts-k18"] != Out || label["k18"] != Out {
		t.Errorf("k18 %s, %s", label["k18"], label["l-k21-rebuts-k18"])
	}
}

func TestSampleDatacentersHaveNoOperator(t *testing.T) {
	var got []string
	for _, r := range ask(t, Coverage, sample(t, "kaspersky"), Asked{}) {
		if r.Slot == "operator" {
			got = append(got, short(r.Of)...)
		}
	}
	if !slices.Equal(got, []string{"zurich-dc-1", "zurich-dc-2"}) {
		t.Errorf("%v", got)
	}
}

func TestSampleMaintainedMeasureAgesLater(t *testing.T) {
	for _, r := range ask(t, Staleness, sample(t, "kaspersky"), Asked{TrueAt: date("2026-01-01")}) {
		switch r.Claim {
		case c("k07"):
			if r.Due != day(civil(2019, 7, 31)+730) || len(r.Claims) != 2 {
				t.Errorf("maintained in July 2019, due %s", r.Due.Value)
			}
		case c("k02"):
			t.Error("a superseded claim is stale")
		case c("k24"):
			t.Error("a ruling is stale")
		}
	}
}

func TestSampleWithoutTheWeakLinkBritainIsOutOfReach(t *testing.T) {
	gone := false
	for _, r := range ask(t, WhatIf, sample(t, "kaspersky"), Asked{Entity: e("kav"), Without: map[graphstore.ID]bool{c("s-limited-controls-group"): true}}) {
		if j, ok := r.Result.(*Reach); ok && j.Jurisdiction == e("united-kingdom") {
			gone = r.Change == Disappears && r.Changed == "jurisdiction"
		}
		if r.Changed == "contradictions" {
			t.Errorf("a contradiction %s: %v", r.Change, r.Claims)
		}
	}
	if !gone {
		t.Error("the United Kingdom still reaches the antivirus")
	}
}

func TestSampleAsKnownInJune2018(t *testing.T) {
	for _, r := range ask(t, Contradictions, sample(t, "kaspersky"), Asked{KnownBy: date("June 2018")}) {
		for _, id := range r.Claims {
			if x := sample(t, "kaspersky").Claim(id); x.Position != nil && x.SaidAt.Compare(date("2018-07-01")) >= 0 {
				t.Errorf("%s was not known by then", id)
			}
		}
	}
	if found(ask(t, Contradictions, sample(t, "kaspersky"), Asked{TrueAt: date("2023-01-01")}), "k02", "k18") != nil {
		t.Error("a superseded position is true in 2023")
	}
}
