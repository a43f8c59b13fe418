package dispute

import (
	"context"
	"maps"
	"slices"

	"caveat/graphstore"
)

// Words says things in the user's language; app/words.Table is one. Keys of
// this package start with "ask.".
type Words interface {
	// Say returns the text of key with each {name} replaced by the value after it in pairs.
	Say(key string, pairs ...string) string
	// Date writes a date with as much as is known.
	Date(graphstore.Date) string
	// Lang returns a BCP 47 language tag.
	Lang() string
}

// Asked is what a question is asked about and what is left out for it.
type Asked struct {
	// Entity narrows a question to one entity (or claim); empty asks about the whole case.
	Entity graphstore.ID
	// TrueAt leaves only claims whose validity covers that date; zero leaves all.
	TrueAt graphstore.Date
	// KnownBy leaves only acts said by the end of that date; zero leaves all.
	KnownBy graphstore.Date
	// Today is the day staleness is measured on where neither cursor says; zero is the latest date of any act in the case.
	Today graphstore.Date
	// Without leaves out claims, speakers, other entities and documents, and whatever rests on them alone.
	Without map[graphstore.ID]bool
	// Words writes the sentences; nil leaves them empty, which is faster.
	Words Words
}

// View returns a with the time cursors of a view, and without what the view
// hides one by one and the speakers it leaves out. What else a view leaves out (kinds, predicates, all
// but a few entities) is for the eye: the facts that answers rest on stay in.
func (a Asked) View(v *graphstore.View) Asked {
	if v == nil {
		return a
	}
	a.TrueAt, a.KnownBy = v.TrueAt, v.KnownBy
	if len(v.Hidden)+len(v.Hide.Speakers) > 0 {
		without := maps.Clone(a.Without)
		if without == nil {
			without = map[graphstore.ID]bool{}
		}
		for _, id := range slices.Concat(v.Hidden, v.Hide.Speakers) {
			without[id] = true
		}
		a.Without = without
	}
	return a
}

// Answer is what every result has. Facts do not depend on the language; only
// Why and Change do.
type Answer struct {
	// Question is the name of the question.
	Question string `json:"question"`
	// Why says in one sentence what the result is and what it rests on.
	Why string `json:"why"`
	// Claims are the claims it rests on, the most telling first.
	Claims []graphstore.ID `json:"claims"`
	// Change says what would make the result go away.
	Change string `json:"would_change,omitempty"`
}

// Told returns the answer itself, so that every result type is a Result.
func (a *Answer) Told() *Answer { return a }

// Result is one result of a question: a pointer to a struct that embeds
// Answer and marshals to one JSON object.
type Result interface{ Told() *Answer }

// Question is one thing that can be asked of a case.
type Question struct {
	// Name is how the terminal and exports call it: "contradictions".
	Name string
	// Off says that windows do not ask it unless the user turned it on.
	Off bool
	// Ask answers it. Equal cases give equal results in equal order.
	Ask func(ctx context.Context, c *Case) ([]Result, error)
}
