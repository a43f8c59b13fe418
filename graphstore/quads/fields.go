package quads

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"caveat/graphstore"
)

func (d *decoder) header() *graphstore.Header {
	h := new(graphstore.Header)
	for i, q := range d.qs {
		if q.S == d.self && q.P.Value == Vocabulary+"more" && q.O.Datatype == rdfJSON && json.Unmarshal([]byte(q.O.Value), h) == nil {
			d.used(i)
			break
		}
	}
	d.each(func(w string, o Term) bool {
		switch w {
		case "title":
			return once(&h.Title, o)
		case "note":
			return once(&h.Note, o)
		case "opensWith":
			return onceRef(&h.View, o)
		case "schema":
			if o.Datatype != rdfJSON || !json.Valid([]byte(o.Value)) || h.Schema != nil {
				return false
			}
			h.Schema = json.RawMessage(o.Value)
			return true
		}
		return false
	})
	return h
}

func (d *decoder) foreign() *graphstore.Foreign {
	r := start(d, new(graphstore.Foreign))
	r.ID = graphstore.ID(d.self.Value)
	d.each(func(w string, o Term) bool {
		if w == "quad" {
			return once(&r.Quad, o)
		}
		return meta(&r.Meta, w, o)
	})
	return r
}

func (d *decoder) document() *graphstore.Document {
	r := start(d, new(graphstore.Document))
	r.ID = graphstore.ID(d.self.Value)
	d.each(func(w string, o Term) bool {
		switch w {
		case "url":
			return once(&r.URL, o)
		case "archiveURL":
			return once(&r.ArchiveURL, o)
		case "title":
			return once(&r.Title, o)
		case "publisher":
			return once(&r.Publisher, o)
		case "publishedAt":
			return onceDate(&r.PublishedAt, o)
		case "retrievedAt":
			return onceDate(&r.RetrievedAt, o)
		case "mediaType":
			return once(&r.MediaType, o)
		case "lang":
			return once(&r.Lang, o)
		case "sha256":
			return once(&r.SHA256, o)
		case "text":
			return once(&r.Text, o)
		case "licence":
			return once(&r.Licence, o)
		case "note":
			return once(&r.Note, o)
		}
		return meta(&r.Meta, w, o)
	})
	return r
}

func (d *decoder) entity(kind graphstore.Kind) *graphstore.Entity {
	r := start(d, new(graphstore.Entity))
	r.ID, r.Kind = graphstore.ID(d.self.Value), kind
	names := make([]Term, 0, 4)
	for i, q := range d.qs {
		if q.S != d.self || q.O.Kind != Literal || q.O.Datatype != "" {
			continue
		}
		switch {
		case q.P.Value == prefLabel && len(names) == 0:
			names = append(names, q.O)
			d.used(i)
		case q.P.Value == altLabel:
			d.set(setAlt, q.O)
			d.used(i)
		}
	}
	names = append(names, sortTerms(d.sets[setAlt])...)
	exact := nameTerms(r.Names)
	if len(exact) > 1 {
		exact = append(exact[:1:1], sortTerms(exact[1:])...)
	}
	if len(names) > 0 && !slices.Equal(exact, names) {
		r.Names = termNames(names)
	}
	d.each(func(w string, o Term) bool {
		switch w {
		case "identifier":
			_, ok := iriWord(SchemePrefix, o.Datatype)
			return ok && o.Kind == Literal && o.Datatype != "" && d.set(setIdentifier, o)
		case "country":
			return once(&r.Country, o)
		case "note":
			return once(&r.Note, o)
		case "tag":
			return d.words(setTag, o)
		}
		return meta(&r.Meta, w, o)
	})
	r.Identifiers = settle(d.sets[setIdentifier], r.Identifiers, identifierTerms, func(t Term) graphstore.Identifier {
		scheme, _ := iriWord(SchemePrefix, t.Datatype)
		return graphstore.Identifier{Scheme: scheme, Value: t.Value}
	})
	r.Tags = settle(d.sets[setTag], r.Tags, texts[string], word[string])
	return r
}

func (d *decoder) claim() (*graphstore.Claim, error) {
	r := start(d, new(graphstore.Claim))
	r.ID = graphstore.ID(d.self.Value)
	if err := d.statement(r); err != nil {
		return nil, err
	}
	s := &r.Scope
	d.each(func(w string, o Term) bool {
		switch w {
		case "speaker":
			return onceRef(&r.Speaker, o)
		case "reportedBy":
			return onceRef(&r.ReportedBy, o)
		case "saidAt":
			return onceDate(&r.SaidAt, o)
		case "validFrom":
			return onceDate(&r.ValidFrom, o)
		case "validTo":
			return onceDate(&r.ValidTo, o)
		case "position":
			p, ok := termPosition(o)
			if ok && r.Position == nil {
				r.Position = &p
				return true
			}
			return false
		case "scopeProduct":
			return d.refs(setProduct, o)
		case "scopeRegion":
			return d.words(setRegion, o)
		case "scopeVersion":
			return over(&s.Version, o)
		case "scopeProcess":
			return over(&s.Process, o)
		case "scopeCustomers":
			return over(&s.Customers, o)
		case "scopeFrom":
			return overDate(&s.Period.From, o)
		case "scopeTo":
			return overDate(&s.Period.To, o)
		case "basis":
			return d.words(setBasis, o)
		case "modality":
			return once(&r.Modality, o)
		case "reliability":
			return once(&r.Reliability, o)
		case "credibility":
			n, ok := termInt(o)
			if ok && n != 0 && r.Credibility == 0 {
				r.Credibility = n
				return true
			}
			return false
		case "note":
			return once(&r.Note, o)
		case "lang":
			return once(&r.Lang, o)
		case "tag":
			return d.words(setTag, o)
		}
		return meta(&r.Meta, w, o)
	})
	s.Product = settle(d.sets[setProduct], s.Product, refs, refID)
	s.Region = settle(d.sets[setRegion], s.Region, texts[string], word[string])
	r.Basis = settle(d.sets[setBasis], r.Basis, texts[graphstore.Basis], word[graphstore.Basis])
	r.Tags = settle(d.sets[setTag], r.Tags, texts[string], word[string])
	d.evidence(r)
	return r, nil
}

// statement reads the claim's own triple, the only quad of the graph
// outside the vocabulary; of several the first in canonical order.
func (d *decoder) statement(r *graphstore.Claim) error {
	best := -1
	for i, q := range d.qs {
		if d.done != nil && d.done[i] || !isRef(q.S) || q.P.Kind != IRI || q.O.Kind == Blank || q.O.Lang != "" || q.O.Kind == IRI && !isRef(q.O) {
			continue
		}
		if _, ok := iriWord(PredicatePrefix, q.P.Value); !ok {
			continue
		}
		if best < 0 || q.String() < d.qs[best].String() {
			best = i
		}
	}
	if best < 0 {
		return errors.New("the claim's statement is missing")
	}
	q := d.qs[best]
	d.used(best)
	p, _ := iriWord(PredicatePrefix, q.P.Value)
	r.Subject, r.Predicate = graphstore.ID(q.S.Value), graphstore.Predicate(p)
	if r.Object == (graphstore.Object{}) || objectTerm(r.Object) != q.O {
		r.Object = termObject(q.O)
	}
	return nil
}

// over sets a text that voc:more may repeat.
func over(dst *string, t Term) bool {
	if !plain(t) || t.Value == "" || *dst != "" && *dst != t.Value {
		return false
	}
	*dst = t.Value
	return true
}

func overDate(dst *graphstore.Date, t Term) bool {
	v, ok := termDate(t)
	if !ok || !dst.Zero() && *dst != v && dst.Check() == nil {
		return false
	}
	*dst = v
	return true
}

func termInt(t Term) (int, bool) {
	n, err := strconv.Atoi(t.Value)
	return n, err == nil && t.Datatype == xsdInteger && strconv.Itoa(n) == t.Value
}

func termPosition(t Term) (graphstore.Position, bool) {
	n, ok := termInt(t)
	return graphstore.Position(n), ok && n >= -128 && n <= 127
}

// piece is one piece of evidence while it is read.
type piece struct {
	node   Term
	number int // from the node's name; 0 for a foreign name
	quads  []int
	value  graphstore.Evidence
}

// evidence reads the pieces of evidence; one that names no document stays
// foreign with all its quads.
func (d *decoder) evidence(r *graphstore.Claim) {
	var pieces []piece
	for i, q := range d.qs {
		if !d.done[i] && q.S == d.self && q.P.Value == Vocabulary+"evidence" && q.O.Kind != Literal {
			p := piece{node: q.O, quads: []int{i}}
			if n, ok := strings.CutPrefix(q.O.Value, d.self.Value+evidencePath); ok {
				p.number, _ = strconv.Atoi(n)
			}
			pieces = append(pieces, p)
		}
	}
	if len(pieces) == 0 {
		return
	}
	for i, q := range d.qs {
		if d.done[i] || q.S == d.self {
			continue
		}
		at := slices.IndexFunc(pieces, func(p piece) bool { return p.node == q.S })
		w, ok := strings.CutPrefix(q.P.Value, Vocabulary)
		if at < 0 || !ok {
			continue
		}
		v := &pieces[at].value
		switch w {
		case "document":
			ok = onceRef(&v.Document, q.O)
		case "role":
			ok = once(&v.Role, q.O)
		case "locator":
			ok = once(&v.Locator, q.O)
		case "exact":
			ok = once(&v.Quote.Exact, q.O)
		case "prefix":
			ok = once(&v.Quote.Prefix, q.O)
		case "suffix":
			ok = once(&v.Quote.Suffix, q.O)
		default:
			ok = false
		}
		if ok {
			pieces[at].quads = append(pieces[at].quads, i)
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		if c := a.number - b.number; c != 0 {
			return c
		}
		return strings.Compare(a.node.String(), b.node.String())
	})
	r.Evidence = make([]graphstore.Evidence, 0, len(pieces))
	for _, p := range pieces {
		if p.value.Document == "" {
			continue
		}
		r.Evidence = append(r.Evidence, p.value)
		for _, i := range p.quads {
			d.used(i)
		}
	}
}

func (d *decoder) view() *graphstore.View {
	r := start(d, new(graphstore.View))
	r.ID = graphstore.ID(d.self.Value)
	d.each(func(w string, o Term) bool {
		switch w {
		case "title":
			return once(&r.Title, o)
		case "note":
			return once(&r.Note, o)
		case "only":
			return d.refs(setOnly, o)
		case "hidden":
			return d.refs(setHidden, o)
		case "hideKind":
			return d.words(setKind, o)
		case "hidePredicate":
			return d.words(setPredicate, o)
		case "hideSpeaker":
			return d.refs(setSpeaker, o)
		case "hidePosition":
			_, ok := termPosition(o)
			return ok && d.set(setPosition, o)
		case "layout":
			return once(&r.Layout, o)
		case "shape":
			f, ok := parseFloat(o.Value)
			if !ok || o.Datatype != xsdFloat || r.Shape != nil {
				return false
			}
			r.Shape = &f
			return true
		case "group":
			return once(&r.Group, o)
		case "folded":
			return d.words(setFolded, o)
		case "bundle":
			if o.Datatype != xsdBoolean || o.Value != "true" || r.Bundle {
				return false
			}
			r.Bundle = true
			return true
		case "trueAt":
			return onceDate(&r.TrueAt, o)
		case "knownBy":
			return onceDate(&r.KnownBy, o)
		}
		return meta(&r.Meta, w, o)
	})
	hide := &r.Hide
	r.Only = settle(d.sets[setOnly], r.Only, refs, refID)
	r.Hidden = settle(d.sets[setHidden], r.Hidden, refs, refID)
	hide.Kinds = settle(d.sets[setKind], hide.Kinds, texts[graphstore.Kind], word[graphstore.Kind])
	hide.Predicates = settle(d.sets[setPredicate], hide.Predicates, texts[graphstore.Predicate], word[graphstore.Predicate])
	r.Folded = settle(d.sets[setFolded], r.Folded, texts[string], word[string])
	hide.Speakers = settle(d.sets[setSpeaker], hide.Speakers, refs, refID)
	hide.Positions = settle(d.sets[setPosition], hide.Positions, positionTerms, func(t Term) graphstore.Position {
		p, _ := termPosition(t)
		return p
	})
	for i, q := range d.qs {
		if d.done[i] || q.P.Value != Vocabulary+"at" || !isRef(q.S) || q.S == d.self {
			continue
		}
		p, ok := termPlace(q.O)
		if _, twice := r.Places[graphstore.ID(q.S.Value)]; !ok || twice {
			continue
		}
		if r.Places == nil {
			r.Places = map[graphstore.ID]graphstore.Place{}
		}
		r.Places[graphstore.ID(q.S.Value)] = p
		d.used(i)
	}
	return r
}

func positionTerms(ps []graphstore.Position) []Term {
	ts := make([]Term, len(ps))
	for i, p := range ps {
		ts[i] = Typed(strconv.Itoa(int(p)), xsdInteger)
	}
	return ts
}
