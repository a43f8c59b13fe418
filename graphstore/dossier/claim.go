package dossier

import (
	"slices"
	"time"

	"caveat/graphstore"
)

// Cited is one piece of evidence with the document it is in.
type Cited struct {
	graphstore.Evidence
	Source *graphstore.Document
}

// Claim is the dossier of a claim.
type Claim struct {
	Item
	// For and Against are the claims on this one that back and that attack
	// it; Besides those that do neither (qualifies, responds-to, reports,
	// supersedes, retracts). Newest first.
	For, Against, Besides []Item
	// Links are the claims that have this one as their subject: what it
	// supports, disputes and rests on. Newest first.
	Links []Item
	// Position and Modality are nil if the claim has none.
	Position *graphstore.PositionInfo
	Modality *graphstore.WordInfo
	Basis    []graphstore.WordInfo
	Evidence []Cited
	// Reporter is the document or entity through which the claim is known; nil is first-hand.
	Reporter graphstore.Record
	// Reliability and Credibility are the analyst's grading; nil is ungraded.
	Reliability, Credibility *graphstore.WordInfo
}

// backing are the predicates between claims that speak for their object; the
// schema marks only those that attack.
func backing(p graphstore.Predicate) bool {
	switch p {
	case "supports", "upholds", graphstore.Maintains, "leaves-standing", "relies-on", "attests":
		return true
	}
	return false
}

// OfClaim returns the dossier of the claim id as things stand at the given
// moment, or nil if g has no such claim.
func OfClaim(g *graphstore.Graph, id graphstore.ID, at time.Time) *Claim {
	c := g.Claim(id)
	if c == nil {
		return nil
	}
	r := reader{g, at}
	d := &Claim{Item: r.item(c, false)}
	for on := range g.Uses(id, graphstore.AsObject) {
		i := r.item(on, true)
		switch {
		case i.Predicate.Attack:
			d.Against = append(d.Against, i)
		case backing(on.Predicate):
			d.For = append(d.For, i)
		default:
			d.Besides = append(d.Besides, i)
		}
	}
	for link := range g.Uses(id, graphstore.AsSubject) {
		d.Links = append(d.Links, r.item(link, false))
	}
	for _, l := range [][]Item{d.For, d.Against, d.Besides, d.Links} {
		slices.SortFunc(l, newestFirst)
	}
	s := g.Schema()
	if c.Position != nil {
		d.Position = s.Position(*c.Position)
	}
	d.Modality = word(s.Modalities, string(c.Modality))
	d.Reliability = word(s.Reliabilities, c.Reliability)
	if c.Credibility != 0 {
		d.Credibility = word(s.Credibilities, string(rune('0'+c.Credibility)))
	}
	for _, b := range c.Basis {
		if info := s.Basis(b); info != nil {
			d.Basis = append(d.Basis, *info)
		} else {
			d.Basis = append(d.Basis, graphstore.WordInfo{ID: string(b)})
		}
	}
	for _, e := range c.Evidence {
		d.Evidence = append(d.Evidence, Cited{e, g.Document(e.Document)})
	}
	if c.ReportedBy != "" {
		d.Reporter = g.Record(c.ReportedBy)
	}
	return d
}

func word(list []graphstore.WordInfo, id string) *graphstore.WordInfo {
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}
