package graphstore

import (
	"encoding/json"
	"fmt"
)

// Word types of the schema. Their allowed values are data, not code: see
// Schema.
type (
	// Kind is what an entity is: "vendor", "regulator", …
	Kind string
	// Predicate is the verb of a claim: "takes-position-on", "disputes", …
	Predicate string
	// Basis is a ground a claim is made on: "audit", "geopolitical", …
	Basis string
	// Modality is how a claim is made: "states", "orders", …
	Modality string
	// Marking is a TLP 2.0 label: clear, green, amber, amber+strict, red.
	Marking string
)

// Position is an authority's stance, +2 endorses … -4 sanctions.
type Position int8

// Meta is what every record carries besides its content.
type Meta struct {
	// RecordedAt is when the record was typed in or imported: RFC 3339 in
	// UTC, microseconds at most; kept as text so that no store rounds it.
	RecordedAt string  `json:"recorded_at,omitempty"`
	RecordedBy string  `json:"recorded_by,omitempty"`
	Marking    Marking `json:"marking,omitempty"`
	// Extra keeps fields of a foreign or newer file that Caveat does not
	// know, as raw JSON by name, to be written back.
	Extra map[string]json.RawMessage `json:"-"`
}

// Name is one name of an entity. Lang is a BCP 47 tag or empty.
type Name struct {
	From Date   `json:"from,omitzero"`
	Lang string `json:"lang,omitempty"`
	Text string `json:"text"`
	To   Date   `json:"to,omitzero"`
}

// Identifier is a name in a scheme: lei, wikidata, company-number, domain, docket, …
type Identifier struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// Entity is somebody or something that is spoken of.
type Entity struct {
	ID          ID           `json:"id"`
	Kind        Kind         `json:"kind"`
	Names       []Name       `json:"names,omitempty"` // the first is the one shown
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Country     string       `json:"country,omitempty"` // ISO 3166-1 alpha-2, or EU
	Note        string       `json:"note,omitempty"`    // Markdown
	Tags        []string     `json:"tags,omitempty"`
	Meta
}

// Name returns the name to show for a user of lang: the first name in that
// language, else the first name, else the id.
func (e *Entity) Name(lang string) string {
	if lang != "" {
		for _, n := range e.Names {
			if n.Lang == lang {
				return n.Text
			}
		}
	}
	if len(e.Names) > 0 {
		return e.Names[0].Text
	}
	return string(e.ID)
}

// Object is what a claim is about: an entity or another claim by id, or a
// literal with an XSD datatype ("xsd:integer"); never both.
type Object struct {
	ID       ID
	Literal  string
	Datatype string
}

// IsLiteral reports whether the object is a value and not a record.
func (o Object) IsLiteral() bool { return o.ID == "" }

type literalJSON struct {
	Datatype string `json:"datatype,omitempty"`
	Literal  string `json:"literal"`
}

// MarshalJSON writes the bundle form: an id as a string, a literal as an object.
func (o Object) MarshalJSON() ([]byte, error) {
	if o.IsLiteral() {
		return json.Marshal(literalJSON{o.Datatype, o.Literal})
	}
	return json.Marshal(o.ID)
}

// UnmarshalJSON reads the bundle form.
func (o *Object) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*o = Object{}
		return json.Unmarshal(b, &o.ID)
	}
	var l literalJSON
	if err := json.Unmarshal(b, &l); err != nil {
		return fmt.Errorf("an object is an id or {\"literal\": …}: %w", err)
	}
	*o = Object{Literal: l.Literal, Datatype: l.Datatype}
	return nil
}

// Period is a stretch of time; a zero end is open.
type Period struct {
	From Date `json:"from,omitzero"`
	To   Date `json:"to,omitzero"`
}

// Zero reports whether the period is unbounded at both ends.
func (p Period) Zero() bool { return p == Period{} }

// Scope bounds what a claim or a proof covers; an empty field is unbounded
// in that dimension.
type Scope struct {
	Customers string   `json:"customers,omitempty"`
	Period    Period   `json:"period,omitzero"`
	Process   string   `json:"process,omitempty"`
	Product   []ID     `json:"product,omitempty"`
	Region    []string `json:"region,omitempty"` // ISO 3166-1 alpha-2
	Version   string   `json:"version,omitempty"`
}

// IsZero reports whether the scope is unbounded in every dimension.
func (s Scope) IsZero() bool {
	return len(s.Product) == 0 && len(s.Region) == 0 && s.Version == "" && s.Process == "" && s.Customers == "" && s.Period.Zero()
}

// Quote finds a passage in a document (W3C Web Annotation text quote selector).
type Quote struct {
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// Evidence ties a claim to a document.
type Evidence struct {
	Document ID     `json:"document"`
	Locator  string `json:"locator,omitempty"` // page, paragraph, time
	Quote    Quote  `json:"quote,omitzero"`
	Role     string `json:"role,omitempty"` // asserts, documents, mentions
}

// Claim is one act of saying, or one structural fact. Claims are never
// merged, and their status is derived, never stored. It has more than
// twelve fields because product.md's record has: they are one act.
type Claim struct {
	ID          ID         `json:"id"`
	Subject     ID         `json:"subject"` // an entity or a claim
	Predicate   Predicate  `json:"predicate"`
	Object      Object     `json:"object"`
	Speaker     ID         `json:"speaker,omitempty"`     // the entity that says it
	ReportedBy  ID         `json:"reported_by,omitempty"` // document or entity; empty is first-hand
	SaidAt      Date       `json:"said_at,omitzero"`
	ValidFrom   Date       `json:"valid_from,omitzero"`
	ValidTo     Date       `json:"valid_to,omitzero"`
	Position    *Position  `json:"position,omitempty"`
	Scope       Scope      `json:"scope,omitzero"`
	Basis       []Basis    `json:"basis,omitempty"`
	Modality    Modality   `json:"modality,omitempty"`
	Evidence    []Evidence `json:"evidence,omitempty"`
	Reliability string     `json:"reliability,omitempty"` // A-F, of the source
	Credibility int        `json:"credibility,omitempty"` // 1-6, of the content; 0 ungraded
	Note        string     `json:"note,omitempty"`        // Markdown
	Lang        string     `json:"lang,omitempty"`
	Tags        []string   `json:"tags,omitempty"`
	Meta
}

// Unsourced reports whether the claim cites no evidence.
func (c *Claim) Unsourced() bool { return len(c.Evidence) == 0 }

// Document is a source: a page, a ruling, a letter.
type Document struct {
	ID          ID     `json:"id"`
	URL         string `json:"url,omitempty"`
	ArchiveURL  string `json:"archive_url,omitempty"`
	Title       string `json:"title,omitempty"`
	Publisher   string `json:"publisher,omitempty"`
	PublishedAt Date   `json:"published_at,omitzero"`
	RetrievedAt Date   `json:"retrieved_at,omitzero"`
	MediaType   string `json:"media_type,omitempty"`
	Lang        string `json:"lang,omitempty"`
	SHA256      string `json:"sha256,omitempty"` // lower-case hex of the stored file
	Text        string `json:"text,omitempty"`
	Licence     string `json:"licence,omitempty"`
	Note        string `json:"note,omitempty"`
	Meta
}

// Label returns what to call the document: its title, else its address, else its id.
func (d *Document) Label() string {
	for _, s := range []string{d.Title, d.URL, d.ArchiveURL} {
		if s != "" {
			return s
		}
	}
	return string(d.ID)
}

// Place is where a node stands in a view, in drawing units.
type Place struct {
	Pin bool    `json:"pin,omitempty"` // set by the user: layouts never move it
	X   float32 `json:"x"`
	Y   float32 `json:"y"`
}

// Filter says which records a view leaves out: entities of these kinds, claims
// with these predicates, positions or speakers. The zero Filter hides nothing.
// Nested fields are declared in the order of their JSON names: that is the canonical order.
type Filter struct {
	Kinds      []Kind      `json:"kinds,omitempty"`
	Positions  []Position  `json:"positions,omitempty"`
	Predicates []Predicate `json:"predicates,omitempty"`
	Speakers   []ID        `json:"speakers,omitempty"`
}

// IsZero reports whether the filter hides nothing.
func (f Filter) IsZero() bool {
	return len(f.Kinds) == 0 && len(f.Predicates) == 0 && len(f.Positions) == 0 && len(f.Speakers) == 0
}

// OwnGroup is a group that the user made of entities by hand, for drawing only: no claim is merged by it. An entity
// is in the first of a view's groups that names it; members that are no more count for nothing.
type OwnGroup struct {
	ID      ID     `json:"id"` // as a group's key in View.Folded
	Members []ID   `json:"members,omitempty"`
	Name    string `json:"name,omitempty"`
}

// View is a way of looking at the case: what is shown, where it stands, and
// the two time cursors.
type View struct {
	ID      ID           `json:"id"`
	Title   string       `json:"title,omitempty"`
	Note    string       `json:"note,omitempty"`
	Only    []ID         `json:"only,omitempty"`   // if not empty, only these entities are shown
	Hidden  []ID         `json:"hidden,omitempty"` // entities and claims hidden one by one
	Places  map[ID]Place `json:"places,omitempty"`
	Hide    Filter       `json:"hide,omitzero"`
	Layout  string       `json:"layout,omitempty"` // engine name; empty is force
	Shape   *float32     `json:"shape,omitempty"`  // 0 local clusters … 1 global shape
	Group   string       `json:"group,omitempty"`  // by what entities are grouped: "kind", "country", "owner", "community"; empty: not at all
	Groups  []OwnGroup   `json:"groups,omitempty"` // groups of the user's own, beside those of Group
	Folded  []string     `json:"folded,omitempty"` // keys of the groups that are drawn as one node
	Bundle  bool         `json:"bundle,omitempty"` // edges are drawn in bundles
	TrueAt  Date         `json:"true_at,omitzero"`
	KnownBy Date         `json:"known_by,omitzero"`
	Meta
}

// Foreign is one statement of an imported RDF file that Caveat's model has
// no place for, kept to be written back. Quad is one canonical N-Quads line
// without its newline.
type Foreign struct {
	ID   ID     `json:"id"`
	Quad string `json:"quad"`
	Meta
}

// Header is what belongs to the case as a whole.
type Header struct {
	Title  string                     `json:"title,omitempty"`
	Note   string                     `json:"note,omitempty"`
	Schema json.RawMessage            `json:"schema,omitempty"` // additions to the built-in schema, see Schema
	View   ID                         `json:"view,omitempty"`   // the view the case opens with
	Extra  map[string]json.RawMessage `json:"-"`
}
