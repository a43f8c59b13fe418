package dispute

import (
	"context"
	"encoding/json"
	"slices"

	"caveat/graphstore"
)

// Change says whether a result comes or goes.
type Change string

// What can happen to a result.
const (
	Appears    Change = "appears"
	Disappears Change = "disappears"
)

// Difference is one result of another question that what is left out makes
// come or go.
type Difference struct {
	Answer
	// Changed is the question whose result it is.
	Changed string `json:"answer"`
	Change  Change `json:"change"`
	// Result is the result itself, as it is or was.
	Result Result `json:"result"`
}

// WhatIf returns how every other answer changes when Without is left out, at
// the same time cursors; where nothing is left out, how the time cursors change them.
// Two results are the same if all their facts are; one with a changed fact goes and comes.
func WhatIf(ctx context.Context, c *Case) ([]*Difference, error) {
	before := c.asked
	if before.Without = nil; len(c.asked.Without) == 0 {
		before.TrueAt, before.KnownBy = graphstore.Date{}, graphstore.Date{}
		if c.asked.TrueAt.Zero() && c.asked.KnownBy.Zero() {
			return nil, nil
		}
	}
	before.Today = day(c.today()) // staleness is measured on one day
	after := c.asked
	after.Today = before.Today
	words := before.Words
	before.Words, after.Words = nil, nil
	old, now := Open(c.g, before), Open(c.g, after)
	var out []*Difference
	for _, q := range Questions() {
		if q.Name == whatIf {
			continue
		}
		d, err := changed(ctx, q, old, now)
		if len(d) > 0 && words != nil && err == nil { // only now are sentences worth their time
			d, err = changed(ctx, q, old.saying(words), now.saying(words))
		}
		if err != nil {
			return nil, err
		}
		out = append(out, d...)
	}
	if s, ok := c.speech(); ok {
		for _, r := range out {
			r.Why = s.Say("ask.whatif."+string(r.Change), "question", s.Say("ask."+r.Changed+".title"), "why", r.Result.Told().Why)
			r.Answer.Change = s.Say("ask.whatif.change")
		}
	}
	return out, nil
}

// changed asks one question of two cases and returns how the results differ.
func changed(ctx context.Context, q Question, old, now *Case) ([]*Difference, error) {
	was, err := q.Ask(ctx, old)
	if err != nil {
		return nil, err
	}
	is, err := q.Ask(ctx, now)
	if err != nil {
		return nil, err
	}
	return differences(q.Name, was, is)
}

// saying returns the same case with words.
func (c *Case) saying(w Words) *Case {
	d := *c
	d.asked.Words = w
	return &d
}

// differences compares two lists of results of one question.
func differences(question string, was, is []Result) ([]*Difference, error) {
	facts := func(list []Result) ([]string, map[string]bool, error) {
		keys, set := make([]string, len(list)), make(map[string]bool, len(list))
		for i, r := range list {
			k, err := factsOf(r)
			if err != nil {
				return nil, nil, err
			}
			keys[i], set[k] = k, true
		}
		return keys, set, nil
	}
	oldKeys, old, err := facts(was)
	if err != nil {
		return nil, err
	}
	newKeys, now, err := facts(is)
	if err != nil {
		return nil, err
	}
	var out []*Difference
	add := func(list []Result, keys []string, other map[string]bool, what Change) {
		for i, r := range list {
			if !other[keys[i]] {
				out = append(out, &Difference{Answer: Answer{Question: "whatif", Claims: slices.Clone(r.Told().Claims)}, Changed: question, Change: what, Result: r})
			}
		}
	}
	add(was, oldKeys, now, Disappears)
	add(is, newKeys, old, Appears)
	return out, nil
}

// factsOf writes a result without its sentences.
func factsOf(r Result) (string, error) {
	a := r.Told()
	why, change := a.Why, a.Change
	a.Why, a.Change = "", ""
	b, err := json.Marshal(r)
	a.Why, a.Change = why, change
	return string(b), err
}
