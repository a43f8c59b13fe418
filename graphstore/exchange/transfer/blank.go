package transfer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/oklog/ulid/v2"

	"caveat/graphstore"
	"caveat/graphstore/quads"
)

// ForeignID returns the id for a foreign quad, from its canonical text.
func ForeignID(quad string) graphstore.ID {
	var u ulid.ULID
	sum := sha256.Sum256([]byte(quad))
	copy(u[:], sum[:])
	return graphstore.ID(graphstore.IDPrefix + u.String())
}

// A label of a blank node means something within its file only. So where a
// file uses a label that the case, or another file, uses for something else, its label is changed; nothing else is said by
// that. The same file read again, whole or in part, keeps its labels: quads that share blank nodes are
// taken for the same if either side holds all that the other says about them.

// separate returns the records of the import with such labels changed.
func (m *merger) separate() []graphstore.Record {
	records := slices.Clone(m.im.Records)
	byFile := map[string][]int{}
	var files []string
	for i, r := range records {
		f, ok := r.(*graphstore.Foreign)
		if !ok || !strings.Contains(f.Quad, "_:") {
			continue
		}
		file := m.im.line(i).file
		if byFile[file] == nil {
			files = append(files, file)
		}
		byFile[file] = append(byFile[file], i)
	}
	if len(files) == 0 {
		return records
	}
	known := map[string]map[string]bool{} // label to the quads that use it
	note := func(text string) {
		for _, l := range labels(text) {
			if known[l] == nil {
				known[l] = map[string]bool{}
			}
			known[l][text] = true
		}
	}
	for f := range m.g.AllForeign() {
		note(f.Quad)
	}
	for _, file := range files {
		for _, group := range groups(records, byFile[file]) {
			m.relabel(records, group, known)
		}
		for _, i := range byFile[file] {
			note(records[i].(*graphstore.Foreign).Quad)
		}
	}
	return records
}

// labels lists the blank nodes of a quad; none for a text that is no quad.
func labels(quad string) []string {
	if !strings.Contains(quad, "_:") {
		return nil
	}
	q, ok, err := quads.Parse(quad)
	if err != nil || !ok {
		return nil
	}
	var out []string
	for _, t := range []quads.Term{q.S, q.O, q.G} {
		if t.Kind == quads.Blank && !slices.Contains(out, t.Value) {
			out = append(out, t.Value)
		}
	}
	return out
}

// groups parts foreign records into those that share blank nodes, in the order of their first.
func groups(records []graphstore.Record, at []int) [][]int {
	parent := map[string]string{}
	var root func(l string) string
	root = func(l string) string {
		if p, ok := parent[l]; ok && p != l {
			parent[l] = root(p)
			return parent[l]
		}
		parent[l] = l
		return l
	}
	first := map[int]string{}
	for _, i := range at {
		for n, l := range labels(records[i].(*graphstore.Foreign).Quad) {
			if n == 0 {
				first[i] = l
			}
			parent[root(l)] = root(first[i])
		}
	}
	var out [][]int
	index := map[string]int{}
	for _, i := range at {
		l, ok := first[i]
		if !ok {
			continue
		}
		n, seen := index[root(l)]
		if !seen {
			n = len(out)
			index[root(l)] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}

// relabel changes the labels of one group if they mean something else in known.
func (m *merger) relabel(records []graphstore.Record, group []int, known map[string]map[string]bool) {
	texts := map[string]bool{}
	var used []string
	for _, i := range group {
		text := records[i].(*graphstore.Foreign).Quad
		texts[text] = true
		used = append(used, labels(text)...)
	}
	theirs := map[string]bool{}
	for _, l := range used {
		for text := range known[l] {
			theirs[text] = true
		}
	}
	if within(texts, theirs) || within(theirs, texts) {
		return
	}
	sorted := make([]string, 0, len(texts))
	for text := range texts {
		sorted = append(sorted, text)
	}
	slices.Sort(sorted)
	sum := sha256.Sum256([]byte(strings.Join(sorted, "\n")))
	suffix := "x" + hex.EncodeToString(sum[:5])
	for _, i := range group {
		old := records[i].(*graphstore.Foreign)
		q, ok, err := quads.Parse(old.Quad)
		if err != nil || !ok {
			continue
		}
		for _, t := range []*quads.Term{&q.S, &q.O, &q.G} {
			if t.Kind == quads.Blank {
				t.Value += suffix
			}
		}
		f := *old
		f.Quad = q.String()
		if f.ID == ForeignID(old.Quad) {
			f.ID = ForeignID(f.Quad)
		}
		records[i] = &f
		m.relabelled[i] = fmt.Sprintf("blank nodes renamed, as the case uses their labels for others: _:…%s", suffix)
	}
}

func within(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}
