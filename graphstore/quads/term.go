package quads

import (
	"fmt"
	"strings"
)

// TermKind says what a Term is.
type TermKind uint8

// The kinds of terms. None is the graph of a quad in the default graph.
const (
	None TermKind = iota
	IRI
	Blank
	Literal
)

// Term is one RDF term. Value is the IRI, the blank node's label without
// "_:", or the literal's text. Datatype is a full IRI, empty for xsd:string
// and for a literal with a language; Lang is a BCP 47 tag.
type Term struct {
	Kind                  TermKind
	Value, Datatype, Lang string
}

// Quad is one RDF statement in the graph G.
type Quad struct{ S, P, O, G Term }

// NewIRI returns the term of an IRI.
func NewIRI(s string) Term { return Term{Kind: IRI, Value: s} }

// Text returns a plain literal.
func Text(s string) Term { return Term{Kind: Literal, Value: s} }

// Typed returns a literal with a datatype.
func Typed(s, datatype string) Term { return Term{Kind: Literal, Value: s, Datatype: datatype} }

// String returns the term in canonical N-Quads (RDF 1.1 N-Quads, section 3
// with the canonical form of RDF 1.1 N-Triples): only ", \, line feed and carriage
// return are escaped in a literal, and xsd:string is not written. None is empty.
func (t Term) String() string { return string(t.append(nil)) }

func (t Term) append(b []byte) []byte {
	switch t.Kind {
	case IRI:
		return appendIRI(b, t.Value)
	case Blank:
		return append(append(b, "_:"...), t.Value...)
	case Literal:
		b = append(b, '"')
		for i := 0; i < len(t.Value); i++ {
			switch c := t.Value[i]; c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			default:
				b = append(b, c)
			}
		}
		b = append(b, '"')
		switch {
		case t.Lang != "":
			return append(append(b, '@'), t.Lang...)
		case t.Datatype != "" && t.Datatype != xsdString:
			return appendIRI(append(b, "^^"...), t.Datatype)
		}
	}
	return b
}

// appendIRI escapes what IRIREF may not hold, so that what was read from
// such an escape is written as one again.
func appendIRI(b []byte, s string) []byte {
	b = append(b, '<')
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || strings.IndexByte("<>\"{}|^`\\", c) >= 0 {
			b = fmt.Appendf(b, "\\u%04X", c)
		} else {
			b = append(b, c)
		}
	}
	return append(b, '>')
}

// String returns the canonical N-Quads line without its newline.
func (q Quad) String() string {
	b := make([]byte, 0, 160)
	b = append(q.S.append(b), ' ')
	b = append(q.P.append(b), ' ')
	b = append(q.O.append(b), ' ')
	if q.G.Kind != None {
		b = append(q.G.append(b), ' ')
	}
	return string(append(b, '.'))
}
