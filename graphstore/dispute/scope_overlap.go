package dispute

import (
	"slices"
	"strings"

	"caveat/graphstore"
)

// union is the region code that stands for the member states of the European Union.
const union = "EU"

// memberCodes lists the states that are or were in the European Union.
var memberCodes = strings.Fields("AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")

// member returns when a state is in the European Union, as far as that
// changed after 2012; ok is false for all others.
func member(code string) (s span, ok bool) {
	switch code {
	case "HR":
		return span{from: civil(2013, 7, 1), to: forever}, true
	case "GB":
		return span{from: always, to: civil(2020, 1, 31)}, true
	}
	_, ok = slices.BinarySearch(memberCodes, code)
	return span{from: always, to: forever}, ok
}

// region folds a region code.
func region(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// regionsOf returns the folded codes of a scope, sorted, without repeats; none is everywhere.
func regionsOf(s graphstore.Scope) []string {
	if len(s.Region) == 0 {
		return nil
	}
	out := make([]string, len(s.Region))
	for i, r := range s.Region {
		out[i] = region(r)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// within reports whether region a lies in region b at some time of s.
func within(a, b string, s span) bool {
	if a == b {
		return true
	}
	m, ok := member(a)
	return ok && b == union && m.overlaps(s)
}

// regionsMeet reports whether some place is in both lists at some time of s.
func regionsMeet(a, b []string, s span) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if within(x, y, s) || within(y, x, s) {
				return true
			}
		}
	}
	return false
}

// wordsMeet reports whether two free texts of a scope may mean the same: one
// says nothing, or both say the same but for case.
func wordsMeet(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return a == "" || b == "" || strings.EqualFold(a, b)
}

// periodSpan returns the days of a period.
func periodSpan(p graphstore.Period) span {
	s := span{from: always, to: forever, start: p.From, end: p.To}
	if first, _, ok := days(p.From); ok {
		s.from = first
	}
	if _, last, ok := days(p.To); ok {
		s.to = last
	}
	return s
}

// scopesMeet reports whether two scopes overlap in everything but the
// product, which is compared as what a claim is about. The states of the EU are taken as of the days of s.
func scopesMeet(a, b *graphstore.Scope, regionsA, regionsB []string, s span) bool {
	return wordsMeet(a.Version, b.Version) && wordsMeet(a.Process, b.Process) && wordsMeet(a.Customers, b.Customers) &&
		(a.Period.Zero() || b.Period.Zero() || periodSpan(a.Period).overlaps(periodSpan(b.Period))) &&
		regionsMeet(regionsA, regionsB, s)
}
