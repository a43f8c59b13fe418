package storetest

import (
	"fmt"

	"caveat/graphstore"
)

// Case returns a graph made by the given number of random edits, and its
// model. Refused edits count too.
func (r *Random) Case(edits int) (*graphstore.Graph, *Model) {
	g, m := graphstore.NewGraph(r.schema), NewModel()
	for range edits {
		d := r.Edit(m)
		if next, err := g.Apply(d); err == nil {
			g, m = next, m.Apply(d)
		}
	}
	return g, m
}

// Large returns a case of n claims over n/20+1 entities and n/10+1 documents,
// as a researched case has them: every claim has a speaker, a date, a basis and a piece of evidence,
// one in five disputes another. About 15.2 quads a claim come of it.
func Large(seed uint64, n int) *graphstore.Graph {
	r := NewRandom(seed, Schema())
	d := &graphstore.Diff{Title: "large"}
	entities, documents, claims := n/20+1, n/10+1, make([]graphstore.ID, 0, n)
	entity := func() graphstore.ID { return graphstore.ID(fmt.Sprintf("urn:caveat:e:%06d", r.IntN(entities))) }
	day := func() graphstore.Date {
		return graphstore.Date{Precision: graphstore.PrecisionDay, Value: fmt.Sprintf("%04d-%02d-%02d", 2000+r.IntN(26), 1+r.IntN(12), 1+r.IntN(28))}
	}
	for i := range entities {
		d.Add(nil, &graphstore.Entity{ID: graphstore.ID(fmt.Sprintf("urn:caveat:e:%06d", i)), Kind: pick(r, r.schema.Kinds).ID,
			Names: []graphstore.Name{{Text: fmt.Sprintf("Entity %d", i)}}, Country: pick(r, []string{"DE", "NL", "BE", "CH", "US"})})
	}
	for i := range documents {
		d.Add(nil, &graphstore.Document{ID: graphstore.ID(fmt.Sprintf("urn:caveat:d:%06d", i)), URL: fmt.Sprintf("https://example.org/page/%d", i), Title: fmt.Sprintf("Page %d of many", i), PublishedAt: day(), Lang: "en"})
	}
	for i := range n {
		c := &graphstore.Claim{ID: graphstore.ID(fmt.Sprintf("urn:caveat:c:%06d", i)), Subject: entity(), Predicate: graphstore.TakesPos, Object: graphstore.Object{ID: entity()},
			SaidAt: day(), Basis: []graphstore.Basis{graphstore.Basis(pick(r, r.schema.Bases).ID)}, Modality: "states", Reliability: "B", Credibility: 1 + r.IntN(6),
			Evidence: []graphstore.Evidence{{Document: graphstore.ID(fmt.Sprintf("urn:caveat:d:%06d", r.IntN(documents))), Locator: fmt.Sprintf("par. %d", r.IntN(90)), Role: "asserts"}},
			Note:     fmt.Sprintf("What was said, number %d.", i)}
		c.Speaker = c.Subject
		if p := pick(r, r.schema.Positions).Value; p != 0 {
			c.Position = &p
		}
		if i%5 == 4 {
			c.Predicate, c.Object = "disputes", graphstore.Object{ID: pick(r, claims)}
		}
		claims = append(claims, c.ID)
		d.Add(nil, c)
	}
	g, err := graphstore.NewGraph(r.schema).Apply(d)
	if err != nil {
		panic(err) // the generator is wrong
	}
	return g
}
