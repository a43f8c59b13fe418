package assets_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"caveat/assets"
)

// check fails the test with a message unless ok.
func check(t *testing.T, ok bool, format string, args ...any) {
	t.Helper()
	if !ok {
		t.Errorf(format, args...)
	}
}

type date struct{ Value, Precision string }

// object is an id or a literal.
type object struct{ id, literal, datatype string }

func (o *object) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, &o.id)
	}
	var l struct{ Literal, Datatype string }
	err := json.Unmarshal(b, &l)
	o.literal, o.datatype = l.Literal, l.Datatype
	return err
}

// record is a record of any type, with the fields the tests look at.
type record struct {
	Type, ID, Kind, Country, Note         string
	Names                                 []struct{ Text, Lang string }
	Tags                                  []string
	URL, Title, Publisher, Lang           string
	ArchiveURL                            string `json:"archive_url"`
	PublishedAt                           *date  `json:"published_at"`
	Subject, Predicate, Speaker, Modality string
	Object                                *object
	ReportedBy                            string `json:"reported_by"`
	SaidAt                                *date  `json:"said_at"`
	ValidFrom                             *date  `json:"valid_from"`
	ValidTo                               *date  `json:"valid_to"`
	Position                              *int
	Basis                                 []string
	Reliability                           string
	Credibility                           int
	Evidence                              []struct{ Document, Role, Locator string }
	Scope                                 struct {
		Product, Region             []string
		Process, Customers, Version string
		Period                      struct{ From, To *date }
	}
	Only, Hidden []string
	Places       map[string]struct{ X, Y float32 }
}

func (r *record) tagged(tag string) bool { return slices.Contains(r.Tags, tag) }

// bundle is a parsed sample.
type bundle struct {
	name    string
	lines   [][]byte
	records []*record
	byID    map[string]*record
}

func (b *bundle) all(typ string) []*record {
	var out []*record
	for _, r := range b.records {
		if r.Type == typ {
			out = append(out, r)
		}
	}
	return out
}

// claim returns the claim with the short id s, such as "k18".
func (b *bundle) claim(s string) *record { return b.byID["urn:caveat:c:"+s] }

func read(t *testing.T, name string) *bundle {
	t.Helper()
	raw, err := assets.Sample(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(raw, []byte("\n")) || bytes.Contains(raw, []byte("\n\n")) {
		t.Fatalf("%s: each line ends with one newline", name)
	}
	b := &bundle{name: name, byID: map[string]*record{}}
	b.lines = bytes.Split(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n"))
	for i, line := range b.lines[1:] {
		r := new(record)
		if err := json.Unmarshal(line, r); err != nil {
			t.Fatalf("%s line %d: %v", name, i+2, err)
		}
		check(t, b.byID[r.ID] == nil, "%s line %d: id %s comes twice", name, i+2, r.ID)
		b.records = append(b.records, r)
		b.byID[r.ID] = r
	}
	return b
}

func everySample(t *testing.T, f func(*testing.T, *bundle)) {
	for _, name := range assets.Samples() {
		t.Run(name, func(t *testing.T) { f(t, read(t, name)) })
	}
}

// testdata returns the path of a researched input file, or skips.
func testdata(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("CAVEAT_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "input")
	}
	p := filepath.Join(dir, name)
	if _, err := os.Stat(p); err != nil {
		if os.Getenv("CAVEAT_TESTDATA_REQUIRED") == "1" {
			t.Fatalf("test data is required: %v", err)
		}
		t.Skipf("test data is absent: %v", err)
	}
	return p
}

// schemaWords is the schema as sets of allowed words.
type schemaWords struct {
	kinds, predicates, positions, bases, modalities, roles, reliabilities, credibilities map[string]bool
	sameSpeaker, onClaims, attack                                                        map[string]bool
}

func words(t *testing.T) schemaWords {
	t.Helper()
	var s struct {
		Kinds, Bases, Modalities, Roles, Reliabilities, Credibilities []struct{ ID string }
		Positions                                                     []struct{ Value int }
		Predicates                                                    []struct {
			ID, Group   string
			SameSpeaker bool `json:"same_speaker"`
			OnClaims    bool `json:"on_claims"`
			Attack      bool
		}
	}
	if err := json.Unmarshal(assets.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	set := func(l []struct{ ID string }) map[string]bool {
		m := map[string]bool{}
		for _, w := range l {
			m[w.ID] = true
		}
		return m
	}
	w := schemaWords{kinds: set(s.Kinds), bases: set(s.Bases), modalities: set(s.Modalities), roles: set(s.Roles),
		reliabilities: set(s.Reliabilities), credibilities: set(s.Credibilities), positions: map[string]bool{},
		predicates: map[string]bool{}, sameSpeaker: map[string]bool{}, onClaims: map[string]bool{}, attack: map[string]bool{}}
	for _, p := range s.Positions {
		w.positions[fmt.Sprint(p.Value)] = true
	}
	for _, p := range s.Predicates {
		w.predicates[p.ID] = true
		w.sameSpeaker[p.ID] = p.SameSpeaker
		w.onClaims[p.ID] = p.OnClaims || p.Group == "claims"
		w.attack[p.ID] = p.Attack
	}
	return w
}

// normal splits text into lower-case words.
func normal(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r >= 0x80 && !strings.ContainsRune("–—“”„‚‘’«»…\u00a0", r))
	})
}
