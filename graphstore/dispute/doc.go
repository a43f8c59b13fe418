// Package dispute answers the questions that product.md asks of a case: who
// disagrees, what rests on one source, whose law reaches what, and so on.
//
//	ask.go questions.go   Asked, Answer, Result, Question; the table of all questions
//	case.go               Case: a graph with a mask (what is left out, the two time cursors), projected once
//	span.go scope_overlap.go kin.go   days, scopes and regions, part-of and same-as
//	stance.go shards.go   an index of all that can be contradicted, persistent
//	contradiction.go      contradictions; marks.go: the same for the window, kept up to date edit by edit
//	timeline.go source.go (dominator.go) circle.go scope_gap.go jurisdiction.go exposure.go
//	whatif.go argument.go (preferred.go) stale.go coverage.go basis.go value.go   one question each
//	measure.go            network measures and paths, over package algo
//	drawn.go export.go    what to highlight for a result; results as CSV and JSON lines
//	say.go                sentences
//
// Use: c := Open(g, Asked{…}); q, _ := Find("contradictions"); results, err := q.Ask(ctx, c). The typed
// functions (Contradictions, Sources, …) answer the same. A Case remembers
// what it works out for one question and gives it to the next; it belongs to one goroutine. Marks are
// immutable values for any goroutine.
//
// Invariants: equal graphs and questions give equal results in equal order; facts do
// not depend on the language, and sentences are written last, with keys "ask.…" of the given
// Words; every result names the claims it rests on; a claim with modality "denies" is
// never taken for the fact it denies; what is the same by a same-as claim is one;
// the cost of a question follows claims and results, never claims squared.
package dispute
