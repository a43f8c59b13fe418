package search

import (
	"cmp"
	"slices"
	"sort"
)

// entry is a folded word and the slots of the records that hold it, sorted.
type entry struct {
	text  string
	slots []int32
}

// chunk is a run of entries in order. It is written to only by the edit that made it.
type chunk struct {
	entries []entry
	owner   *edit
}

// chunkSize is how many entries a full chunk holds: one edit copies one
// chunk a word (20 kB) and the list of chunks.
const chunkSize = 512

// words is all entries in order of their text, as an immutable value.
type words struct{ chunks []*chunk }

// newWords sorts a map of postings into words.
func newWords(postings map[string][]int32) words {
	all := make([]entry, 0, len(postings))
	for text, slots := range postings {
		slices.Sort(slots)
		all = append(all, entry{text, slices.Compact(slots)})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.text, b.text) })
	var w words
	for part := range slices.Chunk(all, chunkSize/2) {
		w.chunks = append(w.chunks, &chunk{entries: part})
	}
	return w
}

// find returns the chunk and the place in it where text is or belongs.
func (w words) find(text string) (c, i int, ok bool) {
	c = max(0, sort.Search(len(w.chunks), func(c int) bool { return w.chunks[c].entries[0].text > text })-1)
	if c >= len(w.chunks) {
		return 0, 0, false
	}
	i, ok = slices.BinarySearchFunc(w.chunks[c].entries, text, func(e entry, t string) int { return cmp.Compare(e.text, t) })
	return c, i, ok
}

// after returns the first place whose text does not begin with prefix and
// sorts after it.
func (w words) after(c, i int, prefix string) (int, int) {
	beyond := func(e entry) bool { return e.text[:min(len(prefix), len(e.text))] > prefix }
	last := w.chunks[c].entries
	if !beyond(last[len(last)-1]) { // past this chunk: find the first that ends beyond
		n := sort.Search(len(w.chunks)-c-1, func(k int) bool {
			es := w.chunks[c+1+k].entries
			return beyond(es[len(es)-1])
		})
		c, i = c+1+n, 0
		if c == len(w.chunks) {
			return c, 0
		}
	}
	es := w.chunks[c].entries
	return c, i + sort.Search(len(es)-i, func(k int) bool { return beyond(es[i+k]) })
}

// edit changes words in place where it owns them and copies them where not.
type edit struct{ words }

func (w words) edit() *edit { return &edit{words{slices.Clone(w.chunks)}} }

func (e *edit) own(c int) *chunk {
	k := e.chunks[c]
	if k.owner != e {
		k = &chunk{entries: slices.Clone(k.entries), owner: e}
		e.chunks[c] = k
	}
	return k
}

// add notes that the record in slot holds the word.
func (e *edit) add(text string, slot int32) {
	if len(e.chunks) == 0 {
		e.chunks = []*chunk{{entries: []entry{{text, []int32{slot}}}, owner: e}}
		return
	}
	c, i, ok := e.find(text)
	k := e.own(c)
	if !ok {
		k.entries = slices.Insert(k.entries, i, entry{text, []int32{slot}})
		if len(k.entries) > chunkSize {
			half := &chunk{entries: slices.Clone(k.entries[chunkSize/2:]), owner: e}
			k.entries = slices.Clip(k.entries[:chunkSize/2])
			e.chunks = slices.Insert(e.chunks, c+1, half)
		}
		return
	}
	at, there := slices.BinarySearch(k.entries[i].slots, slot)
	if !there {
		k.entries[i].slots = slices.Insert(slices.Clone(k.entries[i].slots), at, slot)
	}
}

// remove notes that the record in slot holds the word no more.
func (e *edit) remove(text string, slot int32) {
	c, i, ok := e.find(text)
	if !ok {
		return
	}
	at, there := slices.BinarySearch(e.chunks[c].entries[i].slots, slot)
	if !there {
		return
	}
	k := e.own(c)
	left := slices.Delete(slices.Clone(k.entries[i].slots), at, at+1)
	if len(left) > 0 {
		k.entries[i].slots = left
		return
	}
	k.entries = slices.Delete(k.entries, i, i+1)
	if len(k.entries) == 0 {
		e.chunks = slices.Delete(e.chunks, c, c+1)
	}
}
