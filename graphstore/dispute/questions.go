package dispute

import (
	"context"
	"slices"
)

// Questions returns all questions in the order menus show them.
func Questions() []Question {
	return []Question{
		{"contradictions", asking(Contradictions)},
		{"timeline", asking(Timeline)},
		{"sources", asking(Sources)},
		{"circular", asking(Circular)},
		{"scope", asking(ScopeGaps)},
	}
}

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

// Find returns the question of that name.
func Find(name string) (Question, bool) {
	list := Questions()
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
