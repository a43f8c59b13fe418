package dossier

import (
	"slices"
	"time"

	"caveat/graphstore"
)

// Citation is a claim and where in the document its evidence is.
type Citation struct {
	Item
	Passages []graphstore.Evidence
}

// Document is the dossier of a document.
type Document struct {
	Record *graphstore.Document
	// Cited are the claims with evidence in the document, Reports those known
	// through it; a claim may be in both. Newest first.
	Cited   []Citation
	Reports []Item
}

// OfDocument returns the dossier of the document id as things stand at the
// given moment, or nil if g has no such document.
func OfDocument(g *graphstore.Graph, id graphstore.ID, at time.Time) *Document {
	record := g.Document(id)
	if record == nil {
		return nil
	}
	r := reader{g, at}
	d := &Document{Record: record}
	for c := range g.Uses(id, graphstore.AsEvidence) {
		cited := Citation{Item: r.item(c, false)}
		for _, e := range c.Evidence {
			if e.Document == id {
				cited.Passages = append(cited.Passages, e)
			}
		}
		d.Cited = append(d.Cited, cited)
	}
	for c := range g.Uses(id, graphstore.AsReporter) {
		d.Reports = append(d.Reports, r.item(c, false))
	}
	slices.SortFunc(d.Cited, func(a, b Citation) int { return newestFirst(a.Item, b.Item) })
	slices.SortFunc(d.Reports, newestFirst)
	return d
}
