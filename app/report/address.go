package report

import (
	"strings"

	"caveat/app/typeset"
)

// breakLines breaks text into lines of at most width pixels without dropping
// a letter: after spaces and the signs at which addresses are usually broken, in the middle of a word
// only where there is none in the last third of a line.
func breakLines(f *typeset.Faces, s string, size, width float32) []string {
	var out []string
	rest := []rune(strings.TrimSpace(s))
	for len(rest) > 0 {
		n := fitting(f, rest, size, width)
		if n < len(rest) {
			for i := n; i > n*2/3; i-- {
				if strings.ContainsRune(" /?&=-_.,;", rest[i-1]) {
					n = i
					break
				}
			}
		}
		out = append(out, strings.TrimSpace(string(rest[:n])))
		rest = []rune(strings.TrimSpace(string(rest[n:])))
	}
	return out
}

// fitting returns how many runes of s fit in width, at least one.
func fitting(f *typeset.Faces, s []rune, size, width float32) int {
	lo, hi := 1, len(s)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if f.Width(string(s[:mid]), size, false) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
