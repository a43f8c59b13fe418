package dispute

import (
	"context"
	"slices"
)

// Questions returns all questions in the order menus show them.
func Questions() []Question {
	return []Question{
		{Name: "contradictions", Ask: asking(Contradictions)},
		{Name: "timeline", Ask: asking(Timeline)},
		{Name: "sources", Ask: asking(Sources)},
		{Name: "circular", Ask: asking(Circular)},
		{Name: "scope", Ask: asking(ScopeGaps)},
		{Name: "jurisdiction", Ask: asking(Jurisdictions)},
		{Name: "exposure", Ask: asking(Exposures)},
		{Name: whatIf, Ask: asking(WhatIf)},
		{Name: "arguments", Off: true, Ask: asking(Arguments)},
		{Name: "stale", Ask: asking(Staleness)},
		{Name: "coverage", Ask: asking(Coverage)},
		{Name: "bases", Ask: asking(Bases)},
		{Name: "values", Ask: asking(Values)},
	}
}

// whatIf is the question that asks all others.
const whatIf = "whatif"

// asking makes a question of a typed analysis.
func asking[P Result](f func(context.Context, *Case) ([]P, error)) func(context.Context, *Case) ([]Result, error) {
	return func(ctx context.Context, c *Case) ([]Result, error) {
		list, err := f(ctx, c)
		out := make([]Result, len(list))
		for i, r := range list {
			out[i] = r
		}
		return out, err
	}
}

// Find returns the question or the measure of that name.
func Find(name string) (Question, bool) {
	list := append(Questions(), Measures()...)
	i := slices.IndexFunc(list, func(q Question) bool { return q.Name == name })
	if i < 0 {
		return Question{}, false
	}
	return list[i], true
}

// Names returns the names of all questions, in order.
func Names() []string {
	var names []string
	for _, q := range Questions() {
		names = append(names, q.Name)
	}
	return names
}
