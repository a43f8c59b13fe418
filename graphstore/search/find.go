package search

import (
	"cmp"
	"slices"
	"strings"

	"caveat/graphstore"
	"caveat/graphstore/dossier"
)

// Hit is one record that answers a query.
type Hit struct {
	ID   graphstore.ID
	Type graphstore.Type
	// Name is the matching name or title; the first one where an identifier
	// matched; a claim's sentence in English.
	Name string
	Lang string // of Name: BCP 47, or empty
	// Score is 1 for the whole text, less for beginnings, least for typing
	// errors; hits come by falling score.
	Score float32
}

// Limits that keep a query cheap whatever is typed.
const (
	maxQueryWords = 8
	maxWordRunes  = 60
)

// errorsFor returns how many typing errors a word of that many letters may have.
func errorsFor(letters int) int {
	switch {
	case letters >= 8:
		return 2
	case letters >= 4:
		return 1
	}
	return 0
}

// Ways to match, best first; one error is two more, a beginning one more than a whole word.
const (
	wholeText = iota
	textStart
	wholeWords
	wordStarts
	oneError
)

// Find returns the records that hold every word of text, at most limit: each
// word as a word or the beginning of one, with one typing error from 4 letters
// and two from 8. Order: whole text, its beginning, whole words, beginnings
// of words, typing errors; within each entities before documents, views and claims, then by number of
// claims, then the shorter name, then id. No text or no limit finds nothing.
func (x *Index) Find(text string, limit int) []Hit {
	query := split(Fold(text))
	if len(query) == 0 || limit <= 0 {
		return nil
	}
	query = query[:min(len(query), maxQueryWords)]
	total := make([]uint8, x.next) // per slot: 1 + twice the errors so far + 1 if a word was only begun
	var found []int32
	for n, w := range query {
		quality := x.answer(w)
		if n == 0 {
			total = quality.by
			found = quality.slots
			continue
		}
		found = slices.DeleteFunc(found, func(s int32) bool {
			if quality.by[s] == 0 {
				return true
			}
			a, b := total[s]-1, quality.by[s]-1
			total[s] = 1 + (a&^1 + b&^1) | (a|b)&1
			return false
		})
	}
	whole := strings.Join(query, " ")
	best := make([]candidate, 0, min(limit, len(found))+1)
	for _, s := range found {
		c := newCandidate(x.at(s), whole, int(total[s]-1))
		if len(best) == limit && compare(c, best[limit-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, c, compare)
		best = slices.Insert(best, at, c)
		best = best[:min(len(best), limit)]
	}
	hits := make([]Hit, len(best))
	for i, c := range best {
		hits[i] = x.hit(c, query)
	}
	return hits
}

// answers says how well each slot answers one word: 0 not at all, else 1 +
// twice the errors, + 1 if the word was only begun.
type answers struct {
	by    []uint8
	slots []int32
}

func (x *Index) answer(word string) answers {
	letters := []rune(word)
	letters = letters[:min(len(letters), maxWordRunes)]
	a := answers{by: make([]uint8, x.next)}
	x.words.match(letters, errorsFor(len(letters)), func(e *entry, n near) {
		q := uint8(1 + 2*n.distance)
		if !n.whole {
			q++
		}
		for _, s := range e.slots {
			switch old := a.by[s]; {
			case old == 0:
				a.slots = append(a.slots, s)
				a.by[s] = q
			case q < old:
				a.by[s] = q
			}
		}
	})
	return a
}

// candidate is a record with what it is ordered by.
type candidate struct {
	item  *item
	tier  int
	field int // the text to show
}

func newCandidate(it *item, whole string, quality int) candidate {
	c := candidate{item: it, tier: wholeWords + quality, field: -1}
	for i, f := range it.fields {
		tier := c.tier
		switch {
		case f.folded == whole:
			tier = wholeText
		case strings.HasPrefix(f.folded, whole):
			tier = textStart
		}
		if tier < c.tier {
			c.tier, c.field = tier, i
		}
	}
	return c
}

func compare(a, b candidate) int {
	if n := cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(rank(a.item.typ), rank(b.item.typ)), cmp.Compare(b.item.weight, a.item.weight)); n != 0 {
		return n
	}
	return cmp.Or(cmp.Compare(len(a.item.fields[0].text), len(b.item.fields[0].text)), cmp.Compare(a.item.id, b.item.id))
}

func rank(t graphstore.Type) int {
	return slices.Index([]graphstore.Type{graphstore.TypeEntity, graphstore.TypeDocument, graphstore.TypeView, graphstore.TypeClaim}, t)
}

// hit says what to show for c. Only the few hits that are returned cost this.
func (x *Index) hit(c candidate, query []string) Hit {
	h := Hit{ID: c.item.id, Type: c.item.typ, Score: 1 / float32(1+c.tier)}
	if c.field < 0 {
		c.field = c.item.closest(query)
	}
	f := c.item.fields[c.field]
	if f.part != partName {
		f = c.item.fields[0]
	}
	h.Name, h.Lang = f.text, f.lang
	if f.part != partName {
		h.Name, h.Lang = dossier.Name(x.graph, h.ID, "en"), ""
	}
	return h
}

// closest returns the text of it that answers most of the query with the fewest errors.
func (it *item) closest(query []string) int {
	best, least := 0, -1
	for i, f := range it.fields {
		postings := map[string][]int32{}
		for w := range strings.SplitSeq(f.folded, " ") {
			spread(w, func(w string) { postings[w] = nil })
		}
		own := newWords(postings)
		cost := 0
		for _, w := range query {
			letters := []rune(w)
			letters = letters[:min(len(letters), maxWordRunes)]
			miss := 2*errorsFor(len(letters)) + 4
			own.match(letters, errorsFor(len(letters)), func(_ *entry, n near) {
				q := 2 * n.distance
				if !n.whole {
					q++
				}
				miss = min(miss, q)
			})
			cost += miss
		}
		if least < 0 || cost < least {
			best, least = i, cost
		}
	}
	return best
}
