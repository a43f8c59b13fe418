package dispute

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strings"

	"caveat/graphstore"
)

// ValueConflict is one act for which different documents give different figures.
type ValueConflict struct {
	Answer
	// Subject is the act or thing the figures are of, Predicate what they are.
	Subject   graphstore.ID        `json:"subject"`
	Predicate graphstore.Predicate `json:"predicate"`
	// Literals are the different figures as given, sorted.
	Literals []string `json:"literals"`
}

// Values returns the acts with conflicting figures: claims with a literal, one
// predicate and one subject that hold at the same time, give different values and cite
// different documents. Numbers are compared as numbers (12 is 12.0), other values as text without regard to spaces
// and case. What somebody alleges in words of its own is no figure.
func Values(ctx context.Context, c *Case) ([]*ValueConflict, error) {
	type key struct {
		subject   graphstore.ID
		predicate graphstore.Predicate
	}
	groups := map[key][]*graphstore.Claim{}
	for _, x := range c.claims {
		if x.Object.IsLiteral() && x.Predicate != alleges && x.Modality != denies && c.concerns(x) {
			k := key{c.kin.one(x.Subject), x.Predicate}
			groups[k] = append(groups[k], x)
		}
	}
	var out []*ValueConflict
	for k, list := range groups {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		in := c.clashing(list)
		if len(in) == 0 {
			continue
		}
		r := &ValueConflict{Answer: Answer{Question: "values"}, Subject: k.subject, Predicate: k.predicate}
		given := map[string]string{}
		for _, x := range in {
			r.Claims = append(r.Claims, x.ID)
			if n := norm(x.Object); given[n] == "" {
				given[n] = x.Object.Literal
				r.Literals = append(r.Literals, x.Object.Literal)
			}
		}
		slices.Sort(r.Literals)
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *ValueConflict) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate))
	})
	if s, ok := c.speech(); ok {
		for _, r := range out {
			r.Why = s.Say("ask.values.why", "subject", s.name(r.Subject), "literals", s.list(r.Literals), "claims", s.names(r.Claims))
			r.Change = s.Say("ask.values.change")
		}
	}
	return out, nil
}

// clashing returns, by id, the claims of a group that differ from another
// one in value and source at the same time.
func (c *Case) clashing(list []*graphstore.Claim) []*graphstore.Claim {
	type figure struct {
		claim *graphstore.Claim
		value string
		span  span
		docs  []graphstore.ID
	}
	figures := make([]figure, len(list))
	for i, x := range list {
		figures[i] = figure{claim: x, value: norm(x.Object), span: c.figureSpan(x)}
		for _, e := range x.Evidence {
			if !c.asked.Without[e.Document] && !slices.Contains(figures[i].docs, e.Document) {
				figures[i].docs = append(figures[i].docs, e.Document)
			}
		}
	}
	slices.SortFunc(figures, func(a, b figure) int {
		return cmp.Or(cmp.Compare(a.span.from, b.span.from), cmp.Compare(a.claim.ID, b.claim.ID))
	})
	in := map[*graphstore.Claim]bool{}
	for i, a := range figures {
		for _, b := range figures[i+1:] {
			if b.span.from > a.span.to {
				break
			}
			if in[a.claim] && in[b.claim] || a.value == b.value || sameSources(a.docs, b.docs) {
				continue
			}
			in[a.claim], in[b.claim] = true, true
		}
	}
	var out []*graphstore.Claim
	for _, x := range list {
		if in[x] {
			out = append(out, x)
		}
	}
	return out
}

// figureSpan is when a figure holds: as stated, and until its speaker
// corrects it; the day of saying bounds no figure.
func (c *Case) figureSpan(x *graphstore.Claim) span {
	s := c.span(x)
	if x.ValidFrom.Zero() {
		s.from = always
	}
	return s
}

// sameSources reports whether two figures come from exactly the same documents.
func sameSources(a, b []graphstore.ID) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for _, d := range a {
		if !slices.Contains(b, d) {
			return false
		}
	}
	return true
}

// norm writes a value so that equal ones are equal text.
func norm(o graphstore.Object) string {
	text := strings.Join(strings.Fields(strings.ToLower(o.Literal)), " ")
	if n, ok := new(big.Rat).SetString(text); ok && len(text) < 64 && !strings.ContainsAny(text, "/ex") {
		return n.RatString()
	}
	return text
}
