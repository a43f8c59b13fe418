package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s as it is compared: Unicode case folding, compatibility
// decomposition (NFKD) without combining marks, letters with strokes and
// ligatures as their plain letters ("Łódź Straße" is "lodz strasse").
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	s = cases.Fold().String(norm.NFKD.String(s))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		default:
			if plain := stroked(r); plain != "" {
				b.WriteString(plain)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// stroked returns the plain letters for those that Unicode does not decompose.
func stroked(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ŧ':
		return "t"
	}
	return ""
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// split returns the words of folded text: runs of letters, digits and marks.
func split(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// maxSuffixes bounds how many beginnings a run without spaces is indexed at.
const maxSuffixes = 64

// spread calls f for every word that w is found under: itself, and in scripts
// written without spaces every later beginning too.
func spread(w string, f func(string)) {
	f(w)
	if first, _ := utf8.DecodeRuneInString(w); !unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
		return
	}
	n := 0
	for i := range w {
		if i > 0 && n < maxSuffixes {
			f(w[i:])
			n++
		}
	}
}
