package editor

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"caveat/app/scene"
	"caveat/graphstore"
	"caveat/graphstore/search"
)

// findNow is up to how many nodes of a drawing are searched at once; more are searched by a job.
const findNow = 20_000

// found is what was last searched for in a drawing.
type found struct {
	text  string
	limit int
	of    *scene.Scene // whose names; nil: nothing yet
	hits  []search.Hit
}

// Finding reports whether a search of a large drawing runs; NoticeFound tells when it is over.
func (e *Editor) Finding() bool { return e.jobs.has("find") }

// findNodes searches the names of a drawing, also of what is hidden. In a large one it starts a job and returns what of the last search
// still fits; the same question after NoticeFound gets the answer.
func (e *Editor) findNodes(text string, limit int) []search.Hit {
	if e.open == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	open := e.open
	s, f := e.drawing(), &open.found
	if s.Len() <= findNow {
		return nodesNamed(context.Background(), s, text, limit)
	}
	if f.of != nil && f.text == text && f.limit >= limit {
		return f.hits[:min(limit, len(f.hits))]
	}
	e.start("find", e.Words().Say("job.find"), func(ctx context.Context, _ func(float64)) (func(), error) {
		hits := nodesNamed(ctx, s, text, limit)
		return func() {
			if e.open == open {
				open.found = found{text, limit, s, hits}
				e.changed(NoticeFound)
			}
		}, ctx.Err()
	})
	var still []search.Hit
	for _, h := range f.hits {
		if nameRank(h.Name, strings.ToLower(text)) < notNamed {
			still = append(still, h)
		}
	}
	return still[:min(limit, len(still))]
}

// How well a name fits, the best first.
const (
	namedSo = iota
	namedBegins
	namedWord
	namedWithin
	notNamed
)

// nodesNamed returns the nodes whose names hold text, whatever its case: those called so first, then those whose name or
// a word of it begins so, then others, each the most joined first. It reads every name once and keeps none.
func nodesNamed(ctx context.Context, s *scene.Scene, text string, limit int) []search.Hit {
	text = strings.ToLower(strings.TrimSpace(text))
	s.IndexIDs() // for what is done with a hit
	var best [notNamed][]int32
	for at, n := range s.ByImportance() {
		if at&0xfff == 0 && ctx.Err() != nil {
			return nil
		}
		if r := nameRank(s.Name(n), text); r < notNamed && len(best[r]) < limit {
			best[r] = append(best[r], n)
		}
	}
	var hits []search.Hit
	for r, list := range best {
		for _, n := range list {
			hits = append(hits, search.Hit{ID: s.ID(n), Type: "entity", Name: s.Name(n), Score: 1 / float32(r+1)})
		}
	}
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits[:min(limit, len(hits))]
}

// nameRank says how well a name fits a text in lower case. Names without capitals take no memory.
func nameRank(name, text string) int {
	name = strings.ToLower(name)
	at := strings.Index(name, text)
	switch {
	case at < 0:
		return notNamed
	case at == 0 && len(name) == len(text):
		return namedSo
	case at == 0:
		return namedBegins
	}
	for from := at; ; {
		if r, _ := utf8.DecodeLastRuneInString(name[:from]); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return namedWord
		}
		next := strings.Index(name[from+1:], text)
		if next < 0 {
			return namedWithin
		}
		from += 1 + next
	}
}

// showNode brings a node of a drawing that is hidden into view, with its kind if that is hidden.
func (e *Editor) showNode(id graphstore.ID) {
	whole := e.drawing()
	n, ok := whole.Node(id)
	if _, shown := e.scene.Node(id); shown || !ok {
		return
	}
	e.changeDrawing(e.Words().Say("edit.show"), func(v *graphstore.View) {
		v.Hide.Kinds = slices.DeleteFunc(v.Hide.Kinds, func(k graphstore.Kind) bool { return k == whole.Kind(n) })
	}, func() *hidden { return e.showing([]graphstore.ID{id}) })
}

// lookAt selects a node of a drawing and brings it into view if it is outside.
func (e *Editor) lookAt(id graphstore.ID) {
	if _, ok := e.scene.Node(id); !ok {
		return
	}
	e.Select(id)
	if !e.onCanvas(id) {
		e.Center(id)
	}
}
