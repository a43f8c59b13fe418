package graphstore

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// field is one JSON field of a record, embedded ones included.
type field struct {
	name      string
	key       []byte // "name":
	index     []int  // nil for "type", which is no field of the struct
	omitEmpty bool
	omitZero  bool
}

// fields are a record's JSON fields in the order of their names.
type fields struct {
	list  []field
	known map[string]bool
}

// The fields of each record type, "type" included but for the header.
var (
	entityFields   = fieldsOf(reflect.TypeFor[Entity](), "type")
	documentFields = fieldsOf(reflect.TypeFor[Document](), "type")
	claimFields    = fieldsOf(reflect.TypeFor[Claim](), "type")
	viewFields     = fieldsOf(reflect.TypeFor[View](), "type")
	foreignFields  = fieldsOf(reflect.TypeFor[Foreign](), "type")
	headerFields   = fieldsOf(reflect.TypeFor[Header]())
)

func fieldsOf(t reflect.Type, more ...string) *fields {
	fs := &fields{known: map[string]bool{}}
	add := func(f field) {
		f.key = []byte(`"` + f.name + `":`)
		fs.known[f.name] = true
		fs.list = append(fs.list, f)
	}
	for _, sf := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			add(field{name: name, index: sf.Index, omitEmpty: options == "omitempty", omitZero: options == "omitzero"})
		}
	}
	for _, name := range more {
		add(field{name: name})
	}
	slices.SortFunc(fs.list, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return fs
}

// omitted reports whether encoding/json would leave v out.
func (f *field) omitted(v reflect.Value) bool {
	switch {
	case f.omitZero:
		if z, ok := v.Addr().Interface().(interface{ IsZero() bool }); ok {
			return z.IsZero()
		}
		return v.IsZero()
	case f.omitEmpty:
		switch v.Kind() {
		case reflect.Slice, reflect.Map:
			return v.Len() == 0
		}
		return v.IsZero() // strings, numbers, pointers
	}
	return false
}

// joinExtra marshals v, which is a pointer to a plain struct, with type and
// extra fields among its own, all in the order of their names.
func joinExtra(t Type, v any, fs *fields, extra map[string]json.RawMessage) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	s := reflect.ValueOf(v).Elem()
	pending := extraKeys(s, fs, extra)
	comma := byte('{')
	sep := func() {
		b.WriteByte(comma)
		comma = ','
	}
	value := func(v any) error {
		err := enc.Encode(v)
		b.Truncate(b.Len() - 1) // the newline
		return err
	}
	extras := func(below string) error {
		for len(pending) > 0 && (below == "" || pending[0] < below) {
			raw, err := canonical(extra[pending[0]])
			if err != nil {
				return err
			}
			sep()
			if err := value(pending[0]); err != nil {
				return err
			}
			b.WriteByte(':')
			b.Write(raw)
			pending = pending[1:]
		}
		return nil
	}
	for i := range fs.list {
		f := &fs.list[i]
		if f.index == nil {
			if err := extras(f.name); err != nil {
				return nil, err
			}
			sep()
			b.Write(f.key)
			b.WriteString(`"` + string(t) + `"`)
			continue
		}
		fv := s.FieldByIndex(f.index)
		if f.omitted(fv) {
			continue
		}
		if err := extras(f.name); err != nil {
			return nil, err
		}
		sep()
		b.Write(f.key)
		if err := value(fv.Addr().Interface()); err != nil {
			return nil, err
		}
	}
	if err := extras(""); err != nil {
		return nil, err
	}
	if comma == '{' {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// extraKeys returns the names of extra fields, sorted, that no field of the
// record itself takes.
func extraKeys(s reflect.Value, fs *fields, extra map[string]json.RawMessage) []string {
	if len(extra) == 0 {
		return nil
	}
	keys := make([]string, 0, len(extra))
	for k := range extra {
		taken := slices.ContainsFunc(fs.list, func(f field) bool {
			return f.name == k && (f.index == nil || !f.omitted(s.FieldByIndex(f.index)))
		})
		if !taken {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// splitExtra unmarshals b into v, a pointer to a plain struct, and collects
// unknown fields in canonical form.
func splitExtra(b []byte, v any, fs *fields, extra *map[string]json.RawMessage) error {
	if err := json.Unmarshal(b, v); err != nil {
		return err
	}
	*extra = nil
	all := true
	topKeys(b, func(key, _ []byte) { all = all && (fs.known[string(key)] || string(key) == "type") })
	if all {
		return nil
	}
	m := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	for k, raw := range m {
		if low := strings.ToLower(k); fs.known[low] || low == "type" { // encoding/json ignores case too
			delete(m, k)
			continue
		}
		c, err := canonical(raw)
		if err != nil {
			return err
		}
		m[k] = c
	}
	if len(m) > 0 {
		*extra = m
	}
	return nil
}

// quickType finds the "type" of a JSON object without decoding it; ok is
// false where only a decoder can tell. The line need not be valid.
func quickType(line []byte) (t Type, ok bool) {
	topKeys(line, func(key, rest []byte) {
		if !strings.EqualFold(string(key), "type") && bytes.IndexByte(key, '\\') < 0 {
			return
		}
		rest = bytes.TrimLeft(rest, " \t\r\n")
		if len(rest) == 0 || rest[0] != ':' || string(key) != "type" {
			t = ""
			return
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' {
			t = ""
			return
		}
		word, _, _ := bytes.Cut(rest[1:], []byte{'"'})
		t = Type(word)
	})
	return t, NewRecord(t) != nil
}

// topKeys calls f for the keys of the JSON object b, as written between
// their quotes, with what follows each. On text that is not valid JSON it may call f for anything.
func topKeys(b []byte, f func(key, rest []byte)) {
	depth, expect := 0, false
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			start := i + 1
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if i >= len(b) {
				return
			}
			if depth == 1 && expect {
				f(b[start:i], b[i+1:])
				expect = false
			}
		case '{', '[':
			depth++
			expect = depth == 1 && b[i] == '{'
		case '}', ']':
			depth--
		case ',':
			expect = depth == 1
		}
	}
}
