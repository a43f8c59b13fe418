package quads

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"caveat/graphstore"
)

// Encode returns the quads of r, all in the graph named by its id. It fails
// for a record whose id, subject or object is no IRI, and for text that is not valid UTF-8.
func Encode(r graphstore.Record) ([]Quad, error) {
	id := r.RecordID()
	if err := id.Check(); err != nil {
		return nil, fmt.Errorf("writing %s as quads: %w", r.RecordType(), err)
	}
	if id == HeaderGraph {
		return nil, fmt.Errorf("writing %s as quads: the id %s is reserved", r.RecordType(), id)
	}
	e := newEncoder(string(id))
	switch r := r.(type) {
	case *graphstore.Entity:
		e.entity(r)
	case *graphstore.Document:
		e.document(r)
	case *graphstore.Claim:
		e.claim(r)
	case *graphstore.View:
		e.view(r)
	case *graphstore.Foreign:
		e.class(classForeign)
		e.text("quad", r.Quad)
	}
	e.meta(r.Info())
	qs, err := e.finish()
	if err != nil {
		return nil, fmt.Errorf("writing %s %s as quads: %w", r.RecordType(), id, err)
	}
	return qs, nil
}

// EncodeHeader returns the quads of the case's header; none for an empty one.
func EncodeHeader(h *graphstore.Header) ([]Quad, error) {
	if h == nil || h.Title == "" && h.Note == "" && h.View == "" && len(h.Schema) == 0 && len(h.Extra) == 0 {
		return nil, nil
	}
	e := newEncoder(HeaderGraph)
	e.class(classCase)
	e.text("title", h.Title)
	e.text("note", h.Note)
	e.ref("opensWith", "view", h.View)
	if len(h.Schema) > 0 {
		raw, err := compact(h.Schema)
		if err != nil {
			return nil, fmt.Errorf("writing the case header as quads: schema: %w", err)
		}
		e.put("schema", Typed(string(raw), rdfJSON))
	}
	e.extra(h.Extra)
	qs, err := e.finish()
	if err != nil {
		return nil, fmt.Errorf("writing the case header as quads: %w", err)
	}
	return qs, nil
}

// encoder collects the quads of one record. more holds what they cannot
// carry exactly, by JSON field name.
type encoder struct {
	self Term
	out  []Quad
	more map[string]json.RawMessage
	err  error
}

func newEncoder(id string) *encoder {
	return &encoder{self: NewIRI(id), out: make([]Quad, 0, 24)}
}

func (e *encoder) finish() ([]Quad, error) {
	if e.err != nil {
		return nil, e.err
	}
	if len(e.more) > 0 {
		b, err := marshal(e.more)
		if err != nil {
			return nil, err
		}
		e.put("more", Typed(string(b), rdfJSON))
	}
	for _, q := range e.out {
		if !utf8.ValidString(q.O.Value) {
			return nil, fmt.Errorf("%s is not valid UTF-8", strings.TrimPrefix(q.P.Value, Vocabulary))
		}
	}
	return e.out, nil
}

func (e *encoder) fail(err error) {
	if e.err == nil && err != nil {
		e.err = err
	}
}

func (e *encoder) add(s Term, p string, o Term) {
	e.out = append(e.out, Quad{S: s, P: NewIRI(p), O: o, G: e.self})
}

func (e *encoder) put(word string, o Term) { e.add(e.self, Vocabulary+word, o) }

func (e *encoder) class(c string) { e.add(e.self, rdfType, NewIRI(c)) }

func (e *encoder) text(word, s string) {
	if s != "" {
		e.put(word, Text(s))
	}
}

// also keeps the exact value of a field beside its quads.
func (e *encoder) also(field string, v any) {
	b, err := marshal(v)
	e.fail(err)
	if e.more == nil {
		e.more = map[string]json.RawMessage{}
	}
	e.more[field] = b
}

func (e *encoder) extra(m map[string]json.RawMessage) {
	for k, raw := range m {
		if !utf8.ValidString(k) || !utf8.Valid(raw) {
			e.fail(fmt.Errorf("field %q is not valid UTF-8", k))
			return
		}
		if e.more == nil {
			e.more = map[string]json.RawMessage{}
		}
		if _, taken := e.more[k]; !taken && k != "id" && k != "type" {
			e.more[k] = raw
		}
	}
}

// date writes d; field is its JSON name and, in camel case, its predicate.
func (e *encoder) date(word, field string, d graphstore.Date) {
	switch {
	case d.Zero():
	case d.Check() != nil || d.Value == "":
		e.also(field, d)
	default:
		e.put(word, dateTerm(d))
	}
}

// ref writes the id of another record.
func (e *encoder) ref(word, field string, id graphstore.ID) {
	switch {
	case id == "":
	case id.Check() != nil:
		e.also(field, id)
	default:
		e.put(word, NewIRI(string(id)))
	}
}

// list writes the terms of a list as a set; exact is called when the list
// is not that set in order.
func (e *encoder) list(word string, terms []Term, exact func()) {
	sorted := sortTerms(slices.Clone(terms))
	for _, t := range sorted {
		e.put(word, t)
	}
	if !slices.Equal(sorted, terms) {
		exact()
	}
}

// sortTerms sorts by canonical text, drops repeats and what is no term.
func sortTerms(ts []Term) []Term {
	ts = slices.DeleteFunc(ts, func(t Term) bool { return t.Kind == None })
	if len(ts) > 1 {
		slices.SortFunc(ts, func(a, b Term) int { return strings.Compare(a.String(), b.String()) })
		ts = slices.Compact(ts)
	}
	return ts
}

func (e *encoder) meta(m *graphstore.Meta) {
	if m.RecordedAt != "" {
		e.put("recordedAt", Typed(m.RecordedAt, xsdDateTime))
	}
	e.text("recordedBy", m.RecordedBy)
	e.text("marking", string(m.Marking))
	e.extra(m.Extra)
}

func (e *encoder) entity(r *graphstore.Entity) {
	e.class(KindIRI(r.Kind))
	names := nameTerms(r.Names)
	for i, t := range names {
		if i == 0 && t.Kind != None {
			e.add(e.self, prefLabel, t)
		}
	}
	if len(names) > 1 {
		for _, t := range sortTerms(slices.Clone(names[1:])) {
			e.add(e.self, altLabel, t)
		}
	}
	if !slices.Equal(termNames(names), r.Names) || len(names) > 1 && !slices.Equal(sortTerms(slices.Clone(names[1:])), names[1:]) {
		e.also("names", r.Names)
	}
	e.list("identifier", identifierTerms(r.Identifiers), func() { e.also("identifiers", r.Identifiers) })
	e.text("country", r.Country)
	e.text("note", r.Note)
	e.list("tag", texts(r.Tags), func() { e.also("tags", r.Tags) })
}

// nameTerms returns a label a name; their dates, and a language that is no
// tag, get lost in it.
func nameTerms(names []graphstore.Name) []Term {
	ts := make([]Term, len(names))
	for i, n := range names {
		if ts[i] = Text(n.Text); n.Lang != "" && isLang(n.Lang) {
			ts[i].Lang = n.Lang
		}
	}
	return ts
}

func termNames(ts []Term) []graphstore.Name {
	var names []graphstore.Name
	for _, t := range ts {
		names = append(names, graphstore.Name{Text: t.Value, Lang: t.Lang})
	}
	return names
}

func identifierTerms(ids []graphstore.Identifier) []Term {
	ts := make([]Term, len(ids))
	for i, id := range ids {
		ts[i] = Typed(id.Value, wordIRI(SchemePrefix, id.Scheme))
	}
	return ts
}

// texts returns a literal a word.
func texts[S ~string](words []S) []Term {
	ts := make([]Term, len(words))
	for i, w := range words {
		ts[i] = Text(string(w))
	}
	return ts
}

// refs returns an IRI an id; None for an id that is no IRI.
func refs(ids []graphstore.ID) []Term {
	ts := make([]Term, len(ids))
	for i, id := range ids {
		if id.Check() == nil {
			ts[i] = NewIRI(string(id))
		}
	}
	return ts
}

func (e *encoder) document(r *graphstore.Document) {
	e.class(classDocument)
	e.text("url", r.URL)
	e.text("archiveURL", r.ArchiveURL)
	e.text("title", r.Title)
	e.text("publisher", r.Publisher)
	e.date("publishedAt", "published_at", r.PublishedAt)
	e.date("retrievedAt", "retrieved_at", r.RetrievedAt)
	e.text("mediaType", r.MediaType)
	e.text("lang", r.Lang)
	e.text("sha256", r.SHA256)
	e.text("text", r.Text)
	e.text("licence", r.Licence)
	e.text("note", r.Note)
}

func (e *encoder) claim(r *graphstore.Claim) {
	if err := r.Subject.Check(); err != nil {
		e.fail(fmt.Errorf("subject: %w", err))
		return
	}
	if !r.Object.IsLiteral() {
		if err := r.Object.ID.Check(); err != nil {
			e.fail(fmt.Errorf("object: %w", err))
			return
		}
		if r.Object.Literal != "" || r.Object.Datatype != "" {
			e.fail(errors.New("object: is both a record and a value"))
			return
		}
	}
	e.class(classClaim)
	o := objectTerm(r.Object)
	e.add(NewIRI(string(r.Subject)), PredicateIRI(r.Predicate), o)
	if termObject(o) != r.Object {
		e.also("object", r.Object)
	}
	e.ref("speaker", "speaker", r.Speaker)
	e.ref("reportedBy", "reported_by", r.ReportedBy)
	e.date("saidAt", "said_at", r.SaidAt)
	e.date("validFrom", "valid_from", r.ValidFrom)
	e.date("validTo", "valid_to", r.ValidTo)
	if r.Position != nil {
		e.put("position", Typed(strconv.Itoa(int(*r.Position)), xsdInteger))
	}
	e.scope(r.Scope)
	e.list("basis", texts(r.Basis), func() { e.also("basis", r.Basis) })
	e.text("modality", string(r.Modality))
	e.evidence(r)
	e.text("reliability", r.Reliability)
	if r.Credibility != 0 {
		e.put("credibility", Typed(strconv.Itoa(r.Credibility), xsdInteger))
	}
	e.text("note", r.Note)
	e.text("lang", r.Lang)
	e.list("tag", texts(r.Tags), func() { e.also("tags", r.Tags) })
}

func (e *encoder) scope(s graphstore.Scope) {
	exact := func() { e.also("scope", s) }
	e.list("scopeProduct", refs(s.Product), exact)
	e.list("scopeRegion", texts(s.Region), exact)
	e.text("scopeVersion", s.Version)
	e.text("scopeProcess", s.Process)
	e.text("scopeCustomers", s.Customers)
	for _, end := range []struct {
		word string
		date graphstore.Date
	}{{"scopeFrom", s.Period.From}, {"scopeTo", s.Period.To}} {
		switch {
		case end.date.Zero():
		case end.date.Check() != nil || end.date.Value == "":
			exact()
		default:
			e.put(end.word, dateTerm(end.date))
		}
	}
}

// evidence gives each piece a node of its own, numbered in order.
func (e *encoder) evidence(r *graphstore.Claim) {
	for _, ev := range r.Evidence {
		if ev.Document.Check() != nil {
			e.also("evidence", r.Evidence)
			return
		}
	}
	for i, ev := range r.Evidence {
		node := NewIRI(string(r.ID) + evidencePath + strconv.Itoa(i+1))
		e.put("evidence", node)
		e.add(node, Vocabulary+"document", NewIRI(string(ev.Document)))
		for _, f := range [][2]string{{"role", ev.Role}, {"locator", ev.Locator}, {"exact", ev.Quote.Exact}, {"prefix", ev.Quote.Prefix}, {"suffix", ev.Quote.Suffix}} {
			if f[1] != "" {
				e.add(node, Vocabulary+f[0], Text(f[1]))
			}
		}
	}
}

// evidencePath follows a claim's id in the IRIs of its evidence.
const evidencePath = "/evidence/"

func (e *encoder) view(r *graphstore.View) {
	e.class(classView)
	e.text("title", r.Title)
	e.text("note", r.Note)
	e.list("only", refs(r.Only), func() { e.also("only", r.Only) })
	e.list("hidden", refs(r.Hidden), func() { e.also("hidden", r.Hidden) })
	exact := func() { e.also("hide", r.Hide) }
	e.list("hideKind", texts(r.Hide.Kinds), exact)
	e.list("hidePredicate", texts(r.Hide.Predicates), exact)
	e.list("hideSpeaker", refs(r.Hide.Speakers), exact)
	e.list("hidePosition", positionTerms(r.Hide.Positions), exact)
	e.text("layout", r.Layout)
	if r.Shape != nil {
		e.finite("shape", *r.Shape)
		e.put("shape", Typed(formatFloat(*r.Shape), xsdFloat))
	}
	e.text("group", r.Group)
	if len(r.Groups) > 0 { // a name, and members in order: nothing that a set of quads could say
		e.also("groups", r.Groups)
	}
	e.list("folded", texts(r.Folded), func() { e.also("folded", r.Folded) })
	if r.Bundle {
		e.put("bundle", Typed("true", xsdBoolean))
	}
	e.date("trueAt", "true_at", r.TrueAt)
	e.date("knownBy", "known_by", r.KnownBy)
	e.places(r.Places)
}

// places says where the entities stand, one quad each, so that moving one
// node rewrites one quad. Ids that are no IRIs go into more.
func (e *encoder) places(places map[graphstore.ID]graphstore.Place) {
	rest := map[graphstore.ID]graphstore.Place{}
	ids := make([]graphstore.ID, 0, len(places))
	for id, p := range places {
		if id.Check() != nil || string(id) == e.self.Value {
			rest[id] = p
		} else {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		e.finite("places", places[id].X, places[id].Y)
		e.add(NewIRI(string(id)), Vocabulary+"at", placeTerm(places[id]))
	}
	if len(rest) > 0 {
		e.also("places", rest)
	}
}

func (e *encoder) finite(field string, fs ...float32) {
	for _, f := range fs {
		if f-f != 0 {
			e.fail(fmt.Errorf("%s: %v is no finite number", field, f))
		}
	}
}

func placeTerm(p graphstore.Place) Term {
	s := formatFloat(p.X) + " " + formatFloat(p.Y)
	if p.Pin {
		s += " pin"
	}
	return Typed(s, point)
}

func termPlace(t Term) (graphstore.Place, bool) {
	var p graphstore.Place
	f := strings.Split(t.Value, " ")
	if t.Datatype != point || len(f) < 2 || len(f) > 3 || len(f) == 3 && f[2] != "pin" {
		return p, false
	}
	x, okX := parseFloat(f[0])
	y, okY := parseFloat(f[1])
	return graphstore.Place{Pin: len(f) == 3, X: x, Y: y}, okX && okY
}

func formatFloat(f float32) string { return strconv.FormatFloat(float64(f), 'g', -1, 32) }

func parseFloat(s string) (float32, bool) {
	f, err := strconv.ParseFloat(s, 32)
	return float32(f), err == nil && f-f == 0
}
