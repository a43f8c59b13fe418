package graphstore

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// FieldError says which field of a record is wrong and why. Field is the
// JSON name, with an index where it is a list: "evidence[0].document".
type FieldError struct {
	Field  string
	Reason string
}

// Error returns the field and the reason.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

func fieldError(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// CheckRecord reports the first field of r that is wrong by itself or by
// the schema's words, as a *FieldError. References to other records are
// checked by Graph.Apply.
func (s *Schema) CheckRecord(r Record) error {
	if err := r.RecordID().Check(); err != nil {
		return fieldError("id", "%v", err)
	}
	if err := s.checkMeta(r.Info()); err != nil {
		return err
	}
	switch r := r.(type) {
	case *Entity:
		return s.checkEntity(r)
	case *Document:
		return checkDocument(r)
	case *Claim:
		return s.checkClaim(r)
	case *View:
		return checkView(r)
	case *Foreign:
		if r.Quad == "" {
			return fieldError("quad", "is empty")
		}
	}
	return nil
}

func (s *Schema) checkMeta(m *Meta) error {
	if m.RecordedAt != "" {
		if _, err := time.Parse(time.RFC3339Nano, m.RecordedAt); err != nil {
			return fieldError("recorded_at", "%q is not an RFC 3339 instant", m.RecordedAt)
		}
	}
	return checkWord("marking", s.Markings, string(m.Marking))
}

func (s *Schema) checkEntity(e *Entity) error {
	if s.Kind(e.Kind) == nil {
		return fieldError("kind", "%q is not a kind of this case; its schema can add one", e.Kind)
	}
	for i, n := range e.Names {
		if n.Text == "" || !utf8.ValidString(n.Text) {
			return fieldError(index("names", i), "is empty or not valid UTF-8")
		}
		if err := checkDates(dated{index("names", i) + ".from", n.From}, dated{index("names", i) + ".to", n.To}); err != nil {
			return err
		}
	}
	return nil
}

func checkDocument(d *Document) error {
	return checkDates(dated{"published_at", d.PublishedAt}, dated{"retrieved_at", d.RetrievedAt})
}

// checkView also checks that its groups can be told apart.
func checkView(v *View) error {
	for i, g := range v.Groups {
		if g.ID == "" {
			return fieldError(index("groups", i)+".id", "is missing")
		}
		if slices.ContainsFunc(v.Groups[:i], func(o OwnGroup) bool { return o.ID == g.ID }) {
			return fieldError(index("groups", i)+".id", "%s is another group's already", g.ID)
		}
	}
	return checkDates(dated{"true_at", v.TrueAt}, dated{"known_by", v.KnownBy})
}

func (s *Schema) checkClaim(c *Claim) error {
	if c.Subject == "" {
		return fieldError("subject", "is missing")
	}
	p := s.Predicate(c.Predicate)
	if p == nil {
		return fieldError("predicate", "%q is not a predicate of this case; its schema can add one", c.Predicate)
	}
	if c.Object.IsLiteral() && c.Object.Literal == "" {
		return fieldError("object", "is missing")
	}
	if c.Object.IsLiteral() && p.Group == GroupClaims {
		return fieldError("object", "%q needs a claim, not a value", c.Predicate)
	}
	if c.Subject == c.ID || c.Object.ID == c.ID {
		return fieldError("object", "a claim cannot be about itself")
	}
	if err := checkDates(dated{"said_at", c.SaidAt}, dated{"valid_from", c.ValidFrom}, dated{"valid_to", c.ValidTo},
		dated{"scope.period.from", c.Scope.Period.From}, dated{"scope.period.to", c.Scope.Period.To}); err != nil {
		return err
	}
	if from, _, ok := c.ValidFrom.Span(); ok {
		if _, to, ok := c.ValidTo.Span(); ok && to.Before(from) {
			return fieldError("valid_to", "%s is before valid_from %s", c.ValidTo.Value, c.ValidFrom.Value)
		}
	}
	if c.Position != nil && s.Position(*c.Position) == nil {
		return fieldError("position", "%d is not a position; they run from %+d to %+d", *c.Position, -4, 2)
	}
	for i, b := range c.Basis {
		if err := checkWord(index("basis", i), s.Bases, string(b)); err != nil {
			return err
		}
	}
	for i, e := range c.Evidence {
		if e.Document == "" {
			return fieldError(index("evidence", i)+".document", "is missing")
		}
		if err := checkWord(index("evidence", i)+".role", s.Roles, e.Role); err != nil {
			return err
		}
	}
	if err := checkWord("modality", s.Modalities, string(c.Modality)); err != nil {
		return err
	}
	if err := checkWord("reliability", s.Reliabilities, c.Reliability); err != nil {
		return err
	}
	if c.Credibility != 0 {
		return checkWord("credibility", s.Credibilities, strconv.Itoa(c.Credibility))
	}
	return nil
}

// checkWord allows the empty word; the reason lists what is allowed.
func checkWord(field string, words []WordInfo, w string) error {
	if w == "" || find(words, wordID, w) != nil {
		return nil
	}
	list := ""
	for i, x := range words {
		if i > 0 {
			list += ", "
		}
		list += x.ID
	}
	return fieldError(field, "%q is none of %s", w, list)
}

type dated struct {
	field string
	date  Date
}

func checkDates(ds ...dated) error {
	for _, d := range ds {
		if err := d.date.Check(); err != nil {
			return fieldError(d.field, "%v", err)
		}
	}
	return nil
}

func index(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }
