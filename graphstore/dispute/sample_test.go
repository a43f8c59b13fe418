package dispute

import (
	"slices"
	"testing"
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
			if s.Single != "urn:caveat:d:kaspersky-soc2-2019" || s.FirstHand {
				t.Errorf("the SOC 2: %+v", s)
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
