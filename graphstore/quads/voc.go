package quads

import (
	"net/url"
	"strings"

	"caveat/graphstore"
)

// Prefixes of the IRIs that stand for Caveat's own words.
const (
	// Vocabulary starts the predicates and classes that describe records.
	Vocabulary = "urn:caveat:voc:"
	// KindPrefix starts the classes of entities: urn:caveat:kind:vendor.
	KindPrefix = "urn:caveat:kind:"
	// PredicatePrefix starts the predicates of claims: urn:caveat:p:disputes.
	PredicatePrefix = "urn:caveat:p:"
	// SchemePrefix starts the datatypes of identifiers: urn:caveat:scheme:lei.
	SchemePrefix = "urn:caveat:scheme:"
	// HeaderGraph names the graph of the case's header.
	HeaderGraph = Vocabulary + "case"
)

const (
	rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	rdfJSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"

	rdfLangString    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
	rdfDirLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"

	skos      = "http://www.w3.org/2004/02/skos/core#"
	prefLabel = skos + "prefLabel"
	altLabel  = skos + "altLabel"

	xsd         = "http://www.w3.org/2001/XMLSchema#"
	xsdString   = xsd + "string"
	xsdInteger  = xsd + "integer"
	xsdFloat    = xsd + "float"
	xsdBoolean  = xsd + "boolean"
	xsdDate     = xsd + "date"
	xsdMonth    = xsd + "gYearMonth"
	xsdYear     = xsd + "gYear"
	xsdDateTime = xsd + "dateTime"
	circa       = Vocabulary + "circa" // datatype of a date that is itself uncertain
	point       = Vocabulary + "point" // datatype of a place: "x y" or "x y pin"
)

// Classes of records other than entities, whose class is their kind.
const (
	classClaim    = Vocabulary + "Claim"
	classDocument = Vocabulary + "Document"
	classView     = Vocabulary + "View"
	classForeign  = Vocabulary + "Foreign"
	classCase     = Vocabulary + "Case"
)

// wordIRI turns a word of a schema into an IRI under prefix; a word that is
// an IRI itself stays, so that imported predicates keep their names.
func wordIRI(prefix, word string) string {
	reserved := word == rdfType || needsTag(word) || strings.HasPrefix(word, prefix) || strings.HasPrefix(word, Vocabulary)
	if !reserved && graphstore.ID(word).Check() == nil {
		return word
	}
	return prefix + url.PathEscape(word)
}

// iriWord is the inverse of wordIRI; ok is false for an IRI that wordIRI never makes.
func iriWord(prefix, iri string) (word string, ok bool) {
	rest, ours := strings.CutPrefix(iri, prefix)
	if !ours {
		return iri, iri != rdfType && !strings.HasPrefix(iri, Vocabulary)
	}
	word, err := url.PathUnescape(rest)
	return word, err == nil && wordIRI(prefix, word) == iri
}

// PredicateIRI returns the IRI that stands for a predicate of claims.
func PredicateIRI(p graphstore.Predicate) string { return wordIRI(PredicatePrefix, string(p)) }

// KindIRI returns the class that stands for a kind of entity; always under
// KindPrefix, so that a foreign class never makes a record out of a foreign graph.
func KindIRI(k graphstore.Kind) string { return KindPrefix + url.PathEscape(string(k)) }

func iriKind(iri string) (graphstore.Kind, bool) {
	rest, ok := strings.CutPrefix(iri, KindPrefix)
	k, err := url.PathUnescape(rest)
	return graphstore.Kind(k), ok && err == nil && KindIRI(graphstore.Kind(k)) == iri
}

// dateTerm returns the literal of a date that exists.
func dateTerm(d graphstore.Date) Term {
	switch d.Precision {
	case graphstore.PrecisionDay:
		return Typed(d.Value, xsdDate)
	case graphstore.PrecisionMonth:
		return Typed(d.Value, xsdMonth)
	case graphstore.PrecisionYear:
		return Typed(d.Value, xsdYear)
	}
	return Typed(d.Value, circa)
}

func termDate(t Term) (graphstore.Date, bool) {
	d := graphstore.Date{Value: t.Value}
	switch t.Datatype {
	case xsdDate:
		d.Precision = graphstore.PrecisionDay
	case xsdMonth:
		d.Precision = graphstore.PrecisionMonth
	case xsdYear:
		d.Precision = graphstore.PrecisionYear
	case circa:
		d.Precision = graphstore.PrecisionCirca
	}
	return d, t.Kind == Literal && d.Precision != "" && d.Value != "" && d.Check() == nil
}

// objectTerm returns the nearest term to a claim's object; termObject leads
// back, and where it does not, the encoder repeats the object exactly.
func objectTerm(o graphstore.Object) Term {
	if !o.IsLiteral() {
		return NewIRI(string(o.ID))
	}
	dt := o.Datatype
	if rest, ok := strings.CutPrefix(dt, "xsd:"); ok {
		dt = xsd + rest
	}
	if dt == xsdString || needsTag(dt) || dt != "" && graphstore.ID(dt).Check() != nil {
		dt = ""
	}
	return Typed(o.Literal, dt)
}

// needsTag reports whether a literal of that datatype must have a language tag.
func needsTag(datatype string) bool { return datatype == rdfLangString || datatype == rdfDirLangString }

func termObject(t Term) graphstore.Object {
	if t.Kind == IRI {
		return graphstore.Object{ID: graphstore.ID(t.Value)}
	}
	dt := t.Datatype
	if rest, ok := strings.CutPrefix(dt, xsd); ok {
		dt = "xsd:" + rest
	}
	return graphstore.Object{Literal: t.Value, Datatype: dt}
}
