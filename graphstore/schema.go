package graphstore

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Text is one text in several languages, by BCP 47 tag ("en", "nl", "de", "fr").
type Text map[string]string

// In returns the text for lang, else the English one, else any other.
func (t Text) In(lang string) string {
	for _, l := range []string{lang, "en", "nl", "de", "fr"} {
		if s := t[l]; s != "" {
			return s
		}
	}
	return ""
}

// Shape is the outline of a node, so that colour is never the only sign.
type Shape string

// The shapes of nodes by role: those who judge, those who are judged, places, texts.
const (
	ShapeDisc    Shape = "disc"
	ShapeSquare  Shape = "square" // rounded
	ShapeDiamond Shape = "diamond"
	ShapePage    Shape = "page"
)

// KindInfo describes a kind of entity.
type KindInfo struct {
	ID     Kind   `json:"id"`
	Label  Text   `json:"label"`
	Plural Text   `json:"plural"`
	Icon   string `json:"icon"` // name of an asset icon
	Shape  Shape  `json:"shape"`
	Light  string `json:"light"` // colour in the light theme, #rrggbb
	Dark   string `json:"dark"`
}

// Group says where a predicate belongs.
type Group string

// The groups of predicates.
const (
	GroupStructure Group = "structure"
	GroupTrust     Group = "trust"
	GroupClaims    Group = "claims" // between claims
)

// PredicateInfo describes a predicate.
type PredicateInfo struct {
	ID      Predicate `json:"id"`
	Label   Text      `json:"label"`   // read from subject to object: "makes"
	Inverse Text      `json:"inverse"` // read the other way: "is made by"
	Group   Group     `json:"group"`
	// Domain and Range are the kinds that fit as subject and object, for
	// ordering choices only; empty fits all.
	Domain []Kind `json:"domain,omitempty"`
	Range  []Kind `json:"range,omitempty"`
	// SameSpeaker predicates join two claims of one speaker only.
	SameSpeaker bool `json:"same_speaker,omitempty"`
	// Attack predicates dispute the claim they point at.
	Attack bool `json:"attack,omitempty"`
	// OnClaims predicates may also point at a claim ("relies-on").
	OnClaims bool `json:"on_claims,omitempty"`
}

// PositionInfo describes a stance.
type PositionInfo struct {
	Value Position `json:"value"`
	Word  string   `json:"word"` // endorses … sanctions
	Label Text     `json:"label"`
	Light string   `json:"light"`
	Dark  string   `json:"dark"`
}

// WordInfo describes a word of a small vocabulary: a basis, a modality, a grade, a marking.
type WordInfo struct {
	ID       string `json:"id"`
	Label    Text   `json:"label"`
	HalfLife int    `json:"half_life,omitempty"` // of a basis, in days; 0 does not age
}

// Schema is the vocabulary of a case: the built-in words and what the case
// adds to them. A Schema is immutable.
type Schema struct {
	Kinds         []KindInfo      `json:"kinds,omitempty"`
	Predicates    []PredicateInfo `json:"predicates,omitempty"`
	Positions     []PositionInfo  `json:"positions,omitempty"`
	Bases         []WordInfo      `json:"bases,omitempty"`
	Modalities    []WordInfo      `json:"modalities,omitempty"`
	Roles         []WordInfo      `json:"roles,omitempty"` // of evidence
	Reliabilities []WordInfo      `json:"reliabilities,omitempty"`
	Credibilities []WordInfo      `json:"credibilities,omitempty"`
	Markings      []WordInfo      `json:"markings,omitempty"`
}

// ParseSchema reads a schema file.
func ParseSchema(b []byte) (*Schema, error) {
	s := new(Schema)
	if err := json.Unmarshal(b, s); err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	return s, nil
}

// Extend returns s with the words of a case's own schema added; a word
// that s has already is replaced.
func (s *Schema) Extend(raw json.RawMessage) (*Schema, error) {
	if len(raw) == 0 {
		return s, nil
	}
	more, err := ParseSchema(raw)
	if err != nil {
		return nil, err
	}
	return &Schema{
		Kinds:         merge(s.Kinds, more.Kinds, func(k KindInfo) Kind { return k.ID }),
		Predicates:    merge(s.Predicates, more.Predicates, func(p PredicateInfo) Predicate { return p.ID }),
		Positions:     merge(s.Positions, more.Positions, func(p PositionInfo) Position { return p.Value }),
		Bases:         merge(s.Bases, more.Bases, wordID),
		Modalities:    merge(s.Modalities, more.Modalities, wordID),
		Roles:         merge(s.Roles, more.Roles, wordID),
		Reliabilities: merge(s.Reliabilities, more.Reliabilities, wordID),
		Credibilities: merge(s.Credibilities, more.Credibilities, wordID),
		Markings:      merge(s.Markings, more.Markings, wordID),
	}, nil
}

func wordID(w WordInfo) string { return w.ID }

func merge[T any, K comparable](old, more []T, key func(T) K) []T {
	out := slices.Clone(old)
	for _, m := range more {
		if i := slices.IndexFunc(out, func(t T) bool { return key(t) == key(m) }); i >= 0 {
			out[i] = m
		} else {
			out = append(out, m)
		}
	}
	return out
}

func find[T any, K comparable](list []T, key func(T) K, k K) *T {
	for i := range list {
		if key(list[i]) == k {
			return &list[i]
		}
	}
	return nil
}

// Kind returns the description of k, or nil.
func (s *Schema) Kind(k Kind) *KindInfo {
	return find(s.Kinds, func(i KindInfo) Kind { return i.ID }, k)
}

// Predicate returns the description of p, or nil.
func (s *Schema) Predicate(p Predicate) *PredicateInfo {
	return find(s.Predicates, func(i PredicateInfo) Predicate { return i.ID }, p)
}

// Position returns the description of p, or nil.
func (s *Schema) Position(p Position) *PositionInfo {
	return find(s.Positions, func(i PositionInfo) Position { return i.Value }, p)
}

// Basis returns the description of b, or nil.
func (s *Schema) Basis(b Basis) *WordInfo { return find(s.Bases, wordID, string(b)) }

// Fits reports whether p suits a subject and an object of these kinds; an
// empty object kind stands for a claim.
func (p *PredicateInfo) Fits(subject, object Kind) bool {
	if object == "" {
		return p.Group == GroupClaims || p.OnClaims
	}
	return p.Group != GroupClaims && (len(p.Domain) == 0 || slices.Contains(p.Domain, subject)) &&
		(len(p.Range) == 0 || slices.Contains(p.Range, object))
}
