package storetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"caveat/graphstore"
)

// Random makes records and edits from a seed.
type Random struct {
	*rand.Rand
	schema *graphstore.Schema
	made   int
}

// NewRandom returns a maker of records over schema; equal seeds make equal records.
func NewRandom(seed uint64, schema *graphstore.Schema) *Random {
	return &Random{Rand: rand.New(rand.NewPCG(seed, 1)), schema: schema}
}

// text returns a text that is empty half of the time and awkward now and then.
func (r *Random) text() string {
	awkward := []string{"plain", "two words", `quote " and \ slash`, "line\nbreak\r\n\ttab", "naïve façade, 日本語, \U0001F512", "<b>&amp;</b>", "\x00\x01\x7f", "'", " lead and trail ", "null", "0"}
	if r.IntN(2) == 0 {
		return ""
	}
	return awkward[r.IntN(len(awkward))]
}

func pick[T any](r *Random, list []T) T { return list[r.IntN(len(list))] }

func (r *Random) date() graphstore.Date {
	day := fmt.Sprintf("%04d-%02d-%02d", 1990+r.IntN(40), 1+r.IntN(12), 1+r.IntN(28))
	switch r.IntN(6) {
	case 0:
		return graphstore.Date{Value: day, Precision: graphstore.PrecisionDay}
	case 1:
		return graphstore.Date{Value: day[:7], Precision: graphstore.PrecisionMonth}
	case 2:
		return graphstore.Date{Value: day[:4], Precision: graphstore.PrecisionYear}
	case 3:
		return graphstore.Date{Value: day[:pick(r, []int{4, 7, 10})], Precision: graphstore.PrecisionCirca}
	}
	return graphstore.Date{}
}

// list returns up to four values of from, in any order, with repeats.
func list[T any](r *Random, from func() T) []T {
	var out []T
	for range r.IntN(5) * r.IntN(2) {
		out = append(out, from())
	}
	return out
}

func (r *Random) meta() graphstore.Meta {
	m := graphstore.Meta{RecordedBy: r.text()}
	if r.IntN(2) == 0 {
		m.RecordedAt = fmt.Sprintf("2026-03-0%dT10:00:00.%06dZ", 1+r.IntN(9), r.IntN(1e6))
	}
	if r.IntN(4) == 0 {
		m.Marking = graphstore.Marking(pick(r, r.schema.Markings).ID)
	}
	if r.IntN(5) == 0 {
		m.Extra = map[string]json.RawMessage{"x_score": json.RawMessage(`1.50`), "x_" + fmt.Sprint(r.IntN(9)): json.RawMessage(`{"a":[1,null,"ü"],"b":{}}`)}
	}
	return m
}

// id returns a fresh id; some are IRIs as imported files have them.
func (r *Random) id(kind string) graphstore.ID {
	r.made++
	switch r.IntN(6) {
	case 0:
		return graphstore.ID(fmt.Sprintf("https://example.org/%s/%d#x", kind, r.made))
	case 1:
		return graphstore.ID(fmt.Sprintf("urn:été:%s:%d", kind, r.made))
	}
	return graphstore.ID(fmt.Sprintf("%s%s:%06d", graphstore.IDPrefix, kind, r.made))
}

// Entity returns an entity with the given id.
func (r *Random) Entity(id graphstore.ID) *graphstore.Entity {
	return &graphstore.Entity{ID: id, Kind: pick(r, r.schema.Kinds).ID, Names: list(r, func() graphstore.Name {
		n := graphstore.Name{Text: "N" + r.text(), Lang: pick(r, []string{"", "", "en", "nl", "pt-BR", "not a tag"})}
		if r.IntN(5) == 0 {
			n.From, n.To = r.date(), r.date()
		}
		return n
	}), Identifiers: list(r, func() graphstore.Identifier {
		return graphstore.Identifier{Scheme: pick(r, []string{"lei", "wikidata", "https://example.org/scheme", "a b%"}), Value: r.text()}
	}), Country: pick(r, []string{"", "DE", "EU"}), Note: r.text(), Tags: list(r, r.text), Meta: r.meta()}
}

// Document returns a document with the given id.
func (r *Random) Document(id graphstore.ID) *graphstore.Document {
	return &graphstore.Document{ID: id, URL: r.text(), ArchiveURL: r.text(), Title: r.text(), Publisher: r.text(), PublishedAt: r.date(),
		RetrievedAt: r.date(), MediaType: r.text(), Lang: r.text(), SHA256: r.text(), Text: r.text(), Licence: r.text(), Note: r.text(), Meta: r.meta()}
}

// View returns a view with the given id over some of ids, some of which may not be IRIs.
func (r *Random) View(id graphstore.ID, ids []graphstore.ID) *graphstore.View {
	one := func() graphstore.ID {
		if len(ids) == 0 || r.IntN(9) == 0 {
			return "no iri"
		}
		return pick(r, ids)
	}
	v := &graphstore.View{ID: id, Title: r.text(), Note: r.text(), Only: list(r, one), Hidden: list(r, one), Layout: r.text(), Group: r.text(), Folded: list(r, r.text), Bundle: r.IntN(2) == 0, TrueAt: r.date(), KnownBy: r.date(), Meta: r.meta()}
	for range r.IntN(6) {
		if v.Places == nil {
			v.Places = map[graphstore.ID]graphstore.Place{}
		}
		v.Places[one()] = graphstore.Place{X: float32(r.NormFloat64() * 1e3), Y: float32(r.IntN(100)) / 7, Pin: r.IntN(2) == 0}
	}
	if r.IntN(2) == 0 {
		f := r.Float32()
		v.Shape = &f
	}
	for i := range r.IntN(3) {
		v.Groups = append(v.Groups, graphstore.OwnGroup{ID: graphstore.ID(fmt.Sprintf("urn:g:%d", i)), Members: list(r, one), Name: r.text()})
	}
	v.Hide = graphstore.Filter{Kinds: list(r, func() graphstore.Kind { return pick(r, r.schema.Kinds).ID }), Predicates: list(r, func() graphstore.Predicate { return pick(r, r.schema.Predicates).ID }),
		Positions: list(r, func() graphstore.Position { return pick(r, r.schema.Positions).Value }), Speakers: list(r, one)}
	return v
}

// Foreign returns a foreign statement with the given id.
func (r *Random) Foreign(id graphstore.ID) *graphstore.Foreign {
	return &graphstore.Foreign{ID: id, Quad: fmt.Sprintf("<urn:a> <urn:b> \"%d\" .", r.IntN(100)), Meta: r.meta()}
}

// Claim returns a claim with the given id on what g holds, or nil if g holds
// no entity. It may still break a rule, such as who may retract what.
func (r *Random) Claim(id graphstore.ID, g *Model) *graphstore.Claim {
	entities, claims, documents := g.ids(graphstore.TypeEntity), g.ids(graphstore.TypeClaim), g.ids(graphstore.TypeDocument)
	if len(entities) == 0 {
		return nil
	}
	entity := func() graphstore.ID { return pick(r, entities) }
	p := pick(r, r.schema.Predicates)
	c := &graphstore.Claim{ID: id, Subject: entity(), Predicate: p.ID, Speaker: entity(), SaidAt: r.date(), ValidFrom: r.date(),
		Scope: graphstore.Scope{Version: r.text(), Process: r.text(), Customers: r.text(), Region: list(r, func() string { return pick(r, []string{"DE", "NL", "CH"}) }), Product: list(r, entity), Period: graphstore.Period{From: r.date(), To: r.date()}},
		Basis: list(r, func() graphstore.Basis { return graphstore.Basis(pick(r, r.schema.Bases).ID) }), Note: r.text(), Lang: pick(r, []string{"", "de"}), Tags: list(r, r.text), Meta: r.meta()}
	switch {
	case p.Group == graphstore.GroupClaims && len(claims) > 0:
		c.Object.ID = pick(r, claims)
		if p.SameSpeaker {
			c.Speaker = g.records[c.Object.ID].(*graphstore.Claim).Speaker
		}
	case r.IntN(4) == 0:
		c.Object = graphstore.Object{Literal: "370" + r.text(), Datatype: pick(r, []string{"", "xsd:integer", "xsd:string", "http://www.w3.org/2001/XMLSchema#date", "urn:my:type", "odd one"})}
	default:
		c.Object.ID = entity()
	}
	if r.IntN(5) == 0 && len(claims) > 0 {
		c.Subject = pick(r, claims)
	}
	if r.IntN(2) == 0 {
		pos := pick(r, r.schema.Positions).Value
		c.Position = &pos
	}
	if r.IntN(2) == 0 {
		c.Modality = graphstore.Modality(pick(r, r.schema.Modalities).ID)
		c.Reliability, c.Credibility = pick(r, r.schema.Reliabilities).ID, 1+r.IntN(6)
	}
	if len(documents) > 0 {
		c.Evidence = list(r, func() graphstore.Evidence {
			return graphstore.Evidence{Document: pick(r, documents), Locator: r.text(), Quote: graphstore.Quote{Exact: r.text(), Prefix: r.text(), Suffix: r.text()}, Role: pick(r, []string{"", "asserts", "mentions"})}
		})
		if r.IntN(3) == 0 {
			c.ReportedBy = pick(r, documents)
		}
	}
	return c
}

// Edit returns a diff of one to six changes on m. Most are what Graph.Apply
// accepts; some break a rule and must be refused whole.
func (r *Random) Edit(m *Model) *graphstore.Diff {
	next := m.Clone()
	d := &graphstore.Diff{Title: "edit", By: "test", At: "2026-03-01T10:00:00Z", Cause: graphstore.CauseEdit}
	touched := map[graphstore.ID]bool{}
	if r.IntN(12) == 0 {
		h := &graphstore.Header{Title: r.text(), Note: r.text()}
		if r.IntN(3) == 0 {
			h.Schema = json.RawMessage(`{"kinds":[{"id":"ship","label":{"en":"ship"},"plural":{},"icon":"","shape":"disc","light":"","dark":""}]}`)
		}
		d.Header = &graphstore.Change[graphstore.Header]{Before: m.header, After: h}
	}
	for range 1 + r.IntN(6) {
		before, after := r.change(next)
		rec := after
		if rec == nil {
			rec = before
		}
		if rec == nil || touched[rec.RecordID()] {
			continue
		}
		touched[rec.RecordID()] = true
		d.Add(before, after)
		if after != nil {
			next.records[rec.RecordID()] = after
		} else {
			delete(next.records, rec.RecordID())
		}
	}
	return d
}

// change returns one record added, changed or removed; both nil is none.
func (r *Random) change(m *Model) (before, after graphstore.Record) {
	types := []graphstore.Type{graphstore.TypeEntity, graphstore.TypeEntity, graphstore.TypeDocument, graphstore.TypeClaim, graphstore.TypeClaim, graphstore.TypeClaim, graphstore.TypeView, graphstore.TypeForeign}
	t := pick(r, types)
	ids := m.ids(t)
	action := r.IntN(10)
	id := r.id(string(t)[:1])
	if len(ids) > 0 && action >= 5 {
		id = pick(r, ids)
		before = m.records[id]
	}
	if before != nil && action >= 8 {
		return before, nil
	}
	switch t {
	case graphstore.TypeEntity:
		after = r.Entity(id)
	case graphstore.TypeDocument:
		after = r.Document(id)
	case graphstore.TypeView:
		after = r.View(id, m.ids(graphstore.TypeEntity))
	case graphstore.TypeForeign:
		after = r.Foreign(id)
	case graphstore.TypeClaim:
		c := r.Claim(id, m)
		if c == nil {
			return nil, nil
		}
		after = c
	}
	return before, after
}

// Skip makes the next id as if n had been made already, so that makers of
// different seeds can work on one case.
func (r *Random) Skip(n int) { r.made += n }
