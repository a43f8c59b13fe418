package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// ErrNotFound is wrapped by Resolve where nothing has the id or name.
var ErrNotFound = errors.New("nothing in the case has this id or name")

// NotFoundError says what was looked for and what comes nearest.
type NotFoundError struct {
	Text    string
	Nearest []Hit
}

// Error names the nearest records, if any.
func (e *NotFoundError) Error() string {
	s := fmt.Sprintf("%q: %v", e.Text, ErrNotFound)
	if len(e.Nearest) == 0 {
		return s
	}
	return s + "; nearest: " + list(e.Nearest)
}

// Unwrap returns ErrNotFound.
func (e *NotFoundError) Unwrap() error { return ErrNotFound }

// AmbiguousError says that several records have the name.
type AmbiguousError struct {
	Text       string
	Candidates []Hit // in the order of types and ids
}

// Error lists the candidates with their ids, one of which to give instead.
func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q names several records, give the id of one: %s", e.Text, list(e.Candidates))
}

func list(hits []Hit) string {
	var parts []string
	for _, h := range hits {
		parts = append(parts, fmt.Sprintf("%s (%s, %s)", h.Name, h.Type, h.ID))
	}
	return strings.Join(parts, ", ")
}

// maxNearest is how many near names an error lists.
const maxNearest = 5

// Resolve returns the record with that id, or else the only one with that
// name, identifier, title or address: first as written, then with case, accents
// and punctuation folded. If types are given, only records of these are
// meant. It returns *AmbiguousError or *NotFoundError. Nothing is guessed: a part of a name is not enough.
func Resolve(g *graphstore.Graph, idOrName string, types ...graphstore.Type) (graphstore.ID, error) {
	allowed := func(t graphstore.Type) bool { return len(types) == 0 || slices.Contains(types, t) }
	text := strings.TrimSpace(idOrName)
	if r := g.Record(graphstore.ID(text)); r != nil && allowed(r.RecordType()) {
		return r.RecordID(), nil
	}
	folded := strings.Join(split(Fold(text)), " ")
	for _, equal := range []func(string) bool{
		func(s string) bool { return s == text },
		func(s string) bool { return folded != "" && strings.Join(split(Fold(s)), " ") == folded },
	} {
		var found []Hit
		for r := range g.Records() {
			if allowed(r.RecordType()) && slices.ContainsFunc(called(r), equal) {
				found = append(found, Hit{ID: r.RecordID(), Type: r.RecordType(), Name: dossier.Name(g, r.RecordID(), ""), Score: 1})
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0].ID, nil
		}
		return "", &AmbiguousError{text, found}
	}
	var nearest []Hit
	for _, h := range New(g).Find(text, 4*maxNearest) {
		if allowed(h.Type) && len(nearest) < maxNearest {
			nearest = append(nearest, h)
		}
	}
	return "", &NotFoundError{text, nearest}
}

// called lists the texts that name r.
func called(r graphstore.Record) []string {
	var texts []string
	switch r := r.(type) {
	case *graphstore.Entity:
		for _, n := range r.Names {
			texts = append(texts, n.Text)
		}
		for _, i := range r.Identifiers {
			texts = append(texts, i.Value, i.Scheme+":"+i.Value)
		}
	case *graphstore.Document:
		texts = []string{r.Title, r.URL, r.ArchiveURL}
	case *graphstore.View:
		texts = []string{r.Title}
	}
	return texts
}
