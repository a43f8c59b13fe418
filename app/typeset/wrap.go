package typeset

import "strings"

const ellipsis = "…"

// Elide returns s if it is at most max pixels wide, else the longest beginning of it that is
// with an ellipsis at its end; at least the ellipsis.
func (f *Faces) Elide(s string, size float32, bold bool, max float32) string {
	s = composed(s)
	if w := f.weight(bold); size > 0 && w.width(s)*size > max {
		return w.elide(s, max/size)
	}
	return s
}

// elide cuts s to fit with an ellipsis, in ems.
func (w *weight) elide(s string, limit float32) string {
	limit -= w.measure('…').advance
	x, last, end := float32(0), rune(-1), 0
	for i, r := range s {
		x += w.kerning(last, r) + w.measure(r).advance
		if x > limit {
			break
		}
		last, end = r, i+len(string(r))
	}
	return strings.TrimRight(s[:min(end, len(s))], " .,;:-–") + ellipsis
}

// Wrap breaks s at spaces into at most lines lines of at most max pixels, the lines as even as
// their number allows. What does not fit in the last is elided; a word wider than a line is cut
// there with an ellipsis. The empty text gives no line.
func (f *Faces) Wrap(s string, size float32, bold bool, max float32, lines int) []string {
	words := strings.Fields(composed(s))
	if len(words) == 0 || lines < 1 || !(size > 0) {
		return nil
	}
	w := f.weight(bold)
	limit := max / size
	out, whole := w.fill(words, limit, lines)
	if !whole || len(out) == 1 {
		return out
	}
	// Narrow the lines as long as their number stays.
	low, high := limit/float32(len(out))/2, limit
	for range 8 {
		mid := (low + high) / 2
		if even, fits := w.fill(words, mid, len(out)); fits {
			out, high = even, mid
		} else {
			low = mid
		}
	}
	return out
}

// fill sets words greedily and reports whether all of them stand uncut. Widths in ems.
func (w *weight) fill(words []string, limit float32, lines int) (out []string, whole bool) {
	whole = true
	for len(words) > 0 {
		line, n := words[0], 1
		last := len(out) == lines-1
		for ; n < len(words); n++ {
			more := line + " " + words[n]
			if w.width(more) > limit {
				break
			}
			line = more
		}
		if last && n < len(words) {
			line, n = strings.Join(words, " "), len(words)
		}
		if w.width(line) > limit {
			line, whole = w.elide(line, limit), false
		}
		out, words = append(out, line), words[n:]
	}
	return out, whole
}
