package dispute

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"caveat/graphstore"
)

// Everything stands, in a list of what a proof does not cover, for all that is
// not named: the claim is unbounded there and the proof is not.
const Everything = "*"

// ScopeGap is a proof that covers less than the claim that cites it.
type ScopeGap struct {
	Answer
	Claim graphstore.ID `json:"claim"`
	Cites graphstore.ID `json:"cites"`
	// Missing lists what is not covered, by dimension: product (ids), version, process,
	// customers, region, period (ISO 8601 intervals, .. is open), basis.
	Missing map[string][]string `json:"missing"`
}

// ScopeGaps returns every cited proof that covers less than the claim that relies on it.
//
// A claim about another claim speaks about what that one speaks about, so what it leaves unbounded it takes
// from there; and it has to meet that one's grounds: bases the proof does not have are
// missing too. A product is covered by itself and by what it is part of, a state by the European Union.
func ScopeGaps(ctx context.Context, c *Case) ([]*ScopeGap, error) {
	var out []*ScopeGap
	for i, link := range c.claims {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		claim, proof := c.claim(link.Subject), c.claim(link.Object.ID)
		if link.Predicate != reliesOn || link.Modality == denies || claim == nil || proof == nil || !c.concerns(claim) {
			continue
		}
		if missing := c.missing(claim, proof); len(missing) > 0 {
			r := &ScopeGap{Answer: Answer{Question: "scope", Claims: []graphstore.ID{claim.ID, proof.ID, link.ID}}, Claim: claim.ID, Cites: proof.ID, Missing: missing}
			if on := c.claim(claim.Object.ID); on != nil {
				r.Claims = append(r.Claims, on.ID)
			}
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *ScopeGap) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Cites, b.Cites), cmp.Compare(a.Claims[2], b.Claims[2]))
	})
	for _, r := range out {
		c.tellGap(r)
	}
	return out, nil
}

// reach is what a claim speaks about, with what it inherits.
type reach struct {
	products                    []graphstore.ID
	version, process, customers string
	regions                     []string
	period                      span
	bases                       []graphstore.Basis // it has to meet
}

// reachOf returns what x speaks about; a claim about a claim inherits what it leaves open.
func (c *Case) reachOf(x *graphstore.Claim) reach {
	r := reach{version: x.Scope.Version, process: x.Scope.Process, customers: x.Scope.Customers, regions: regionsOf(x.Scope), period: c.span(x)}
	if !x.Scope.Period.Zero() {
		r.period = periodSpan(x.Scope.Period)
	}
	r.products = slices.Clone(x.Scope.Product)
	about := c.claim(x.Object.ID)
	if about == nil {
		if len(r.products) == 0 && x.Object.ID != "" && x.Position != nil || len(r.products) == 0 && x.Predicate == attests {
			r.products = []graphstore.ID{x.Object.ID}
		}
		return r
	}
	on := c.reachOf(about)
	r.bases = about.Basis
	if len(r.products) == 0 {
		r.products = on.products
	}
	r.version, r.process, r.customers = cmp.Or(r.version, on.version), cmp.Or(r.process, on.process), cmp.Or(r.customers, on.customers)
	if len(r.regions) == 0 {
		r.regions = on.regions
	}
	if x.Scope.Period.Zero() {
		r.period = on.period
	}
	return r
}

// missing returns by dimension what the proof does not cover of the claim.
func (c *Case) missing(claim, proof *graphstore.Claim) map[string][]string {
	need, have := c.reachOf(claim), proof.Scope
	out := map[string][]string{}
	covered := have.Product
	if len(covered) == 0 && proof.Object.ID != "" && c.g.Entity(proof.Object.ID) != nil {
		covered = []graphstore.ID{proof.Object.ID}
	}
	for _, p := range need.products {
		if len(covered) > 0 && !slices.ContainsFunc(c.kin.ups(p), func(up graphstore.ID) bool { return slices.Contains(covered, up) }) {
			out["product"] = append(out["product"], string(p))
		}
	}
	for _, w := range []struct{ name, need, have string }{{"version", need.version, have.Version}, {"process", need.process, have.Process}, {"customers", need.customers, have.Customers}} {
		switch {
		case strings.TrimSpace(w.have) == "" || strings.EqualFold(strings.TrimSpace(w.have), strings.TrimSpace(w.need)):
		case strings.TrimSpace(w.need) == "":
			out[w.name] = []string{Everything}
		default:
			out[w.name] = []string{w.need}
		}
	}
	if regions := regionsOf(have); len(regions) > 0 {
		if len(need.regions) == 0 {
			out["region"] = []string{Everything}
		}
		for _, r := range need.regions {
			if !slices.ContainsFunc(regions, func(b string) bool { return within(r, b, need.period) }) {
				out["region"] = append(out["region"], r)
			}
		}
	}
	if !have.Period.Zero() {
		if gaps := need.period.without(periodSpan(have.Period)); len(gaps) > 0 {
			out["period"] = gaps
		}
	}
	for _, b := range need.bases {
		if len(proof.Basis) > 0 && !slices.Contains(proof.Basis, b) {
			out["basis"] = append(out["basis"], string(b))
		}
	}
	return out
}

// without writes the parts of s that lie outside t as ISO 8601 intervals.
func (s span) without(t span) []string {
	write := func(from, to int32) string {
		end := func(n int32) string {
			if d := day(n); !d.Zero() {
				return d.Value
			}
			return ".."
		}
		return end(from) + "/" + end(to)
	}
	switch {
	case !s.overlaps(t):
		return []string{write(s.from, s.to)}
	case s.from < t.from && s.to > t.to:
		return []string{write(s.from, t.from-1), write(t.to+1, s.to)}
	case s.from < t.from:
		return []string{write(s.from, t.from-1)}
	case s.to > t.to:
		return []string{write(t.to+1, s.to)}
	}
	return nil
}

// dimensions is the order in which a sentence tells what is missing.
var dimensions = [...]string{"product", "version", "process", "customers", "region", "period", "basis"}

func (c *Case) tellGap(r *ScopeGap) {
	s, ok := c.speech()
	if !ok {
		return
	}
	var parts []string
	for _, d := range dimensions {
		list := r.Missing[d]
		if len(list) == 0 {
			continue
		}
		words := make([]string, len(list))
		for i, w := range list {
			switch {
			case w == Everything:
				words[i] = s.Say("ask.scope.everything")
			case d == "product":
				words[i] = s.name(graphstore.ID(w))
			case d == "basis":
				words[i] = s.bases([]graphstore.Basis{graphstore.Basis(w)})
			case d == "period":
				words[i] = strings.ReplaceAll(strings.Replace(w, "/", " – ", 1), "..", "…")
			default:
				words[i] = w
			}
		}
		parts = append(parts, s.Say("ask.scope."+d, "list", s.list(words)))
	}
	r.Why = s.Say("ask.scope.why", "claim", s.claim(r.Claim), "proof", s.claim(r.Cites), "missing", strings.Join(parts, "; "))
	r.Change = s.Say("ask.scope.change")
}
