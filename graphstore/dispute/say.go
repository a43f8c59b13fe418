package dispute

import (
	"strconv"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// mute stands in where no Words are given.
type mute struct{}

func (mute) Say(string, ...string) string  { return "" }
func (mute) Date(d graphstore.Date) string { return d.Value }
func (mute) Lang() string                  { return "en" }

// speech writes the sentences of one case.
type speech struct {
	Words
	c *Case
}

// speech returns how to say things; ok is false where nobody wants to hear.
func (c *Case) speech() (s speech, ok bool) {
	if c.asked.Words == nil {
		return speech{mute{}, c}, false
	}
	return speech{c.asked.Words, c}, true
}

// name returns what to call a record.
func (s speech) name(id graphstore.ID) string {
	if id == "" {
		return s.Say("ask.somebody")
	}
	return dossier.Name(s.c.g, id, s.Lang())
}

// names joins what to call several records.
func (s speech) names(ids []graphstore.ID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = s.name(id)
	}
	return s.list(list)
}

// listed is how many items a sentence spells out before it counts the rest.
const listed = 6

// list joins words with commas and an "and", and counts what is too much.
func (s speech) list(words []string) string {
	switch n := len(words); {
	case n == 0:
		return s.Say("ask.nothing")
	case n == 1:
		return words[0]
	case n > listed:
		return s.Say("ask.more", "list", strings.Join(words[:listed-1], ", "), "n", strconv.Itoa(n-listed+1))
	default:
		return s.Say("ask.and", "list", strings.Join(words[:n-1], ", "), "last", words[n-1])
	}
}

// bases joins the labels of grounds.
func (s speech) bases(bases []graphstore.Basis) string {
	list := make([]string, len(bases))
	for i, b := range bases {
		list[i] = string(b)
		if w := s.c.g.Schema().Basis(b); w != nil {
			list[i] = w.Label.In(s.Lang())
		}
	}
	return s.list(list)
}

// position returns the label of a position.
func (s speech) position(p graphstore.Position) string {
	if w := s.c.g.Schema().Position(p); w != nil {
		return w.Label.In(s.Lang())
	}
	return strconv.Itoa(int(p))
}

// claim returns a claim in words.
func (s speech) claim(id graphstore.ID) string {
	if x := s.c.g.Claim(id); x != nil {
		return dossier.Sentence(s.c.g, x, s.Lang())
	}
	return string(id)
}

// Date writes a date as the sentences about claims do, so that one sentence
// does not hold two ways of writing.
func (s speech) Date(d graphstore.Date) string {
	if text := dossier.Date(d, s.Lang()); text != "" {
		return text
	}
	return s.Words.Date(d)
}
