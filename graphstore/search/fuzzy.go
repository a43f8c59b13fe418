package search

import "unicode/utf8"

// near is how a word of the index answers a word of the query.
type near struct {
	distance int  // typing errors between the query and the best beginning of the word
	whole    bool // the word is no longer than what was typed
}

// step is one letter on the way down the walk.
type step struct {
	end    int // bytes of the word up to and with this letter
	letter rune
	row    []uint8 // distances of every beginning of the query to the word so far
	least  uint8   // in the row
	full   uint8   // distance of the whole query to the word so far
	best   uint8   // least distance of the whole query to a beginning of the word so far
	dead   bool    // no longer beginning can come nearer than best
}

// match calls f for every word that begins within k typing errors of
// query: the optimal string alignment distance (insert, delete, replace, swap
// neighbours; Damerau 1964). The words are walked in order as the trie they
// are: rows of the distance table are kept for the letters a word shares with
// the one before, and a beginning that is too far off is passed over whole.
func (w words) match(query []rune, k int, f func(e *entry, n near)) {
	m := len(query)
	path := []step{{row: firstRow(m), full: uint8(m), best: uint8(m)}}
	var rows [][]uint8 // spare rows
	last := ""
	for c, i := 0, 0; c < len(w.chunks); {
		es := w.chunks[c].entries
		if i == len(es) {
			c, i = c+1, 0
			continue
		}
		e := &es[i]
		for common := shared(last, e.text); path[len(path)-1].end > common; path = path[:len(path)-1] {
			rows = append(rows, path[len(path)-1].row)
		}
		last = e.text
		top := &path[len(path)-1]
		for !top.dead && top.end < len(e.text) {
			r, size := utf8.DecodeRuneInString(e.text[top.end:])
			var row []uint8
			if n := len(rows); n > 0 {
				row, rows = rows[n-1], rows[:n-1]
			} else {
				row = make([]uint8, m+1)
			}
			path = append(path, down(path, query, r, size, row, k))
			top = &path[len(path)-1]
		}
		if top.dead && int(top.best) > k {
			c, i = w.after(c, i, e.text[:top.end])
			continue
		}
		if int(top.best) <= k {
			f(e, near{int(top.best), !top.dead && top.full == top.best && top.end == len(e.text)})
		}
		i++
	}
}

func firstRow(m int) []uint8 {
	row := make([]uint8, m+1)
	for j := range row {
		row[j] = uint8(j)
	}
	return row
}

// down returns the step for one more letter; row is its memory. Only the
// cells within k of the diagonal are worked out, as all others are over k
// (Ukkonen 1985); those beside the band are set over k, the rest is never read.
func down(path []step, query []rune, r rune, size int, row []uint8, k int) step {
	up := &path[len(path)-1]
	depth, far := len(path), uint8(k+1)
	low, high := max(1, depth-k), min(len(query), depth+k)
	row[low-1] = min(uint8(depth), far) // the first column; beside the band depth is over k
	least := row[low-1]
	for j := low; j <= high; j++ {
		d := up.row[j-1]
		if query[j-1] != r {
			d = min(d, up.row[j], row[j-1]) + 1
			if j > 1 && depth > 1 && query[j-1] == up.letter && query[j-2] == r {
				d = min(d, path[depth-2].row[j-2]+1)
			}
		}
		row[j] = d
		least = min(least, d)
	}
	full := far
	if high == len(query) && low <= high {
		full = row[high]
	} else if high < len(query) {
		row[high+1] = far
	}
	// A swap may still reach over one row, so the row above counts as well.
	best := min(up.best, full)
	dead := least > uint8(k) && up.least+1 > uint8(k) || best == 0 && full > 0
	return step{end: up.end + size, letter: r, row: row, least: least, full: full, best: best, dead: dead}
}

// shared returns how many bytes a and b begin with together, at a letter boundary.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n--
	}
	return n
}
