package graphstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"unicode/utf8"
)

// Type says what a record is, in its JSON field "type".
type Type string

// The types of records, in the order of the canonical bundle.
const (
	TypeEntity   Type = "entity"
	TypeDocument Type = "document"
	TypeClaim    Type = "claim"
	TypeView     Type = "view"
	TypeForeign  Type = "foreign"
)

// Types returns the record types in canonical order.
func Types() []Type { return []Type{TypeEntity, TypeDocument, TypeClaim, TypeView, TypeForeign} }

// Record is one of *Entity, *Document, *Claim, *View, *Foreign. Records
// inside a Graph are shared: never write to one, change a copy.
type Record interface {
	RecordID() ID
	RecordType() Type
	// Info returns the part that all records have in common.
	Info() *Meta
}

// RecordID returns the record's id.
func (e *Entity) RecordID() ID { return e.ID }

// RecordID returns the record's id.
func (d *Document) RecordID() ID { return d.ID }

// RecordID returns the record's id.
func (c *Claim) RecordID() ID { return c.ID }

// RecordID returns the record's id.
func (v *View) RecordID() ID { return v.ID }

// RecordID returns the record's id.
func (f *Foreign) RecordID() ID { return f.ID }

// RecordType returns TypeEntity.
func (e *Entity) RecordType() Type { return TypeEntity }

// RecordType returns TypeDocument.
func (d *Document) RecordType() Type { return TypeDocument }

// RecordType returns TypeClaim.
func (c *Claim) RecordType() Type { return TypeClaim }

// RecordType returns TypeView.
func (v *View) RecordType() Type { return TypeView }

// RecordType returns TypeForeign.
func (f *Foreign) RecordType() Type { return TypeForeign }

// Info returns m itself.
func (m *Meta) Info() *Meta { return m }

// NewRecord returns an empty record of type t, or nil for an unknown type.
func NewRecord(t Type) Record {
	switch t {
	case TypeEntity:
		return new(Entity)
	case TypeDocument:
		return new(Document)
	case TypeClaim:
		return new(Claim)
	case TypeView:
		return new(View)
	case TypeForeign:
		return new(Foreign)
	}
	return nil
}

// ErrRecordType is wrapped by DecodeRecord for a record of an unknown type.
var ErrRecordType = errors.New("unknown record type")

// EncodeRecord returns the canonical JSON line of r without a newline: keys
// sorted at every level, empty fields left out, no HTML escapes.
func EncodeRecord(r Record) ([]byte, error) { return marshal(r) }

// DecodeRecord reads one JSON object with a "type". Unknown fields are kept
// in Meta.Extra. The id may be missing.
func DecodeRecord(line []byte) (Record, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not valid UTF-8")
	}
	t, ok := quickType(line)
	if !ok {
		var head struct{ Type Type }
		if err := json.Unmarshal(line, &head); err != nil {
			return nil, fmt.Errorf("not a JSON object: %w", err)
		}
		t = head.Type
	}
	r := NewRecord(t)
	if r == nil {
		return nil, fmt.Errorf("%w %q", ErrRecordType, t)
	}
	// Not json.Unmarshal, which would check the whole line once more.
	if err := r.(json.Unmarshaler).UnmarshalJSON(line); err != nil {
		if syntax := new(json.SyntaxError); errors.As(err, &syntax) {
			return nil, fmt.Errorf("not a JSON object: %w", err)
		}
		return nil, fmt.Errorf("%s: %w", t, err)
	}
	return r, nil
}

// MarshalJSON writes the canonical form with "type".
func (e *Entity) MarshalJSON() ([]byte, error) {
	type plain Entity
	return joinExtra(TypeEntity, (*plain)(e), entityFields, e.Extra)
}

// UnmarshalJSON reads an entity and keeps what it does not know in Extra.
func (e *Entity) UnmarshalJSON(b []byte) error {
	type plain Entity
	return splitExtra(b, (*plain)(e), entityFields, &e.Extra)
}

// MarshalJSON writes the canonical form with "type".
func (d *Document) MarshalJSON() ([]byte, error) {
	type plain Document
	return joinExtra(TypeDocument, (*plain)(d), documentFields, d.Extra)
}

// UnmarshalJSON reads a document and keeps what it does not know in Extra.
func (d *Document) UnmarshalJSON(b []byte) error {
	type plain Document
	return splitExtra(b, (*plain)(d), documentFields, &d.Extra)
}

// MarshalJSON writes the canonical form with "type".
func (c *Claim) MarshalJSON() ([]byte, error) {
	type plain Claim
	return joinExtra(TypeClaim, (*plain)(c), claimFields, c.Extra)
}

// UnmarshalJSON reads a claim and keeps what it does not know in Extra.
func (c *Claim) UnmarshalJSON(b []byte) error {
	type plain Claim
	return splitExtra(b, (*plain)(c), claimFields, &c.Extra)
}

// MarshalJSON writes the canonical form with "type".
func (v *View) MarshalJSON() ([]byte, error) {
	type plain View
	return joinExtra(TypeView, (*plain)(v), viewFields, v.Extra)
}

// UnmarshalJSON reads a view and keeps what it does not know in Extra.
func (v *View) UnmarshalJSON(b []byte) error {
	type plain View
	return splitExtra(b, (*plain)(v), viewFields, &v.Extra)
}

// MarshalJSON writes the canonical form with "type".
func (f *Foreign) MarshalJSON() ([]byte, error) {
	type plain Foreign
	return joinExtra(TypeForeign, (*plain)(f), foreignFields, f.Extra)
}

// UnmarshalJSON reads a foreign statement and keeps what it does not know in Extra.
func (f *Foreign) UnmarshalJSON(b []byte) error {
	type plain Foreign
	return splitExtra(b, (*plain)(f), foreignFields, &f.Extra)
}

// MarshalJSON writes the canonical form without "type" and "version", which the bundle adds.
func (h *Header) MarshalJSON() ([]byte, error) {
	type plain Header
	return joinExtra("", (*plain)(h), headerFields, h.Extra)
}

// UnmarshalJSON reads a header and keeps what it does not know in Extra.
func (h *Header) UnmarshalJSON(b []byte) error {
	type plain Header
	return splitExtra(b, (*plain)(h), headerFields, &h.Extra)
}

// canonical sorts the keys of raw JSON at every level and keeps numbers as written.
func canonical(raw json.RawMessage) (json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return marshal(v)
}

// marshal is json.Marshal without HTML escapes.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// same reports whether two records say the same, whichever way their empty
// fields are written.
func same[R any](a, b *R) bool {
	if a == b || reflect.DeepEqual(a, b) {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	x, errX := marshal(a)
	y, errY := marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// SetID gives a record its id; it must not be in a Graph yet.
func SetID(r Record, id ID) {
	switch r := r.(type) {
	case *Entity:
		r.ID = id
	case *Document:
		r.ID = id
	case *Claim:
		r.ID = id
	case *View:
		r.ID = id
	case *Foreign:
		r.ID = id
	}
}

// SameRecord reports whether two records say the same; nil equals nil only.
func SameRecord(a, b Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if a == b {
		return true
	}
	if v, ok := a.(*View); ok { // places may be tens of thousands: compared as they are
		w, ok := b.(*View)
		if !ok || !maps.Equal(v.Places, w.Places) {
			return false
		}
		c, d := *v, *w
		c.Places, d.Places = nil, nil
		a, b = &c, &d
	}
	x, errX := EncodeRecord(a)
	y, errY := EncodeRecord(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// SameHeader reports whether two headers say the same.
func SameHeader(a, b *Header) bool { return same(a, b) }
