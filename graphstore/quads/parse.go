package quads

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads one line of N-Quads (RDF 1.1 N-Quads, section 4); a newline at
// its end is allowed. ok is false for a line that is empty or only a comment. The
// error says at which byte, counted from 1, the line is wrong.
func Parse(line string) (q Quad, ok bool, err error) {
	p := parser{s: strings.TrimRight(line, "\r\n")}
	if i := invalidUTF8(p.s); i >= 0 {
		return q, false, fmt.Errorf("byte %d: not valid UTF-8", i+1)
	}
	if p.skip(); p.end() {
		return q, false, nil
	}
	q, err = p.quad()
	if err != nil {
		return Quad{}, false, fmt.Errorf("byte %d: %w", p.i+1, err)
	}
	return q, true, nil
}

func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i := 0; ; {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
}

type parser struct {
	s string
	i int
}

func (p *parser) skip() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\t') {
		p.i++
	}
}

// end reports whether only a comment is left.
func (p *parser) end() bool { return p.i >= len(p.s) || p.s[p.i] == '#' }

func (p *parser) quad() (q Quad, err error) {
	if q.S, err = p.term("a subject"); err != nil {
		return q, err
	}
	if q.S.Kind == Literal {
		return q, errors.New("a literal cannot be a subject")
	}
	if q.P, err = p.term("a predicate"); err != nil {
		return q, err
	}
	if q.P.Kind != IRI {
		return q, errors.New("a predicate must be an IRI")
	}
	if q.O, err = p.term("an object"); err != nil {
		return q, err
	}
	if p.skip(); p.i < len(p.s) && p.s[p.i] != '.' {
		if q.G, err = p.term("a graph or a full stop"); err != nil {
			return q, err
		}
		if q.G.Kind == Literal {
			return q, errors.New("a literal cannot name a graph")
		}
		p.skip()
	}
	if p.i >= len(p.s) || p.s[p.i] != '.' {
		return q, errors.New("the full stop at the end is missing")
	}
	p.i++
	if p.skip(); !p.end() {
		return q, errors.New("something follows the full stop")
	}
	return q, nil
}

func (p *parser) term(what string) (Term, error) {
	p.skip()
	rest := p.s[p.i:]
	switch {
	case strings.HasPrefix(rest, "<"):
		s, err := p.iri()
		return Term{Kind: IRI, Value: s}, err
	case strings.HasPrefix(rest, "_:"):
		return p.blank()
	case strings.HasPrefix(rest, `"`):
		return p.literal()
	}
	return Term{}, fmt.Errorf("%s is missing", what)
}

func (p *parser) iri() (string, error) {
	s, err := p.until('>', "<>\"{}|^`", false)
	if err == nil && strings.IndexByte(s, ':') <= 0 {
		err = fmt.Errorf("%q is no absolute IRI", s)
	}
	return s, err
}

// until reads the text between the delimiter at p.i and close, with escapes
// replaced. Characters of forbidden, and control characters where short
// escapes are not allowed, may only be written as escapes.
func (p *parser) until(close byte, forbidden string, short bool) (string, error) {
	start := p.i + 1
	var b strings.Builder
	for i := start; i < len(p.s); {
		c := p.s[i]
		switch {
		case c == close:
			s := b.String() + p.s[start:i]
			p.i = i + 1
			return s, nil
		case c == '\\':
			b.WriteString(p.s[start:i])
			r, n, err := unescape(p.s[i:], short)
			if err != nil {
				p.i = i
				return "", err
			}
			b.WriteRune(r)
			i += n
			start = i
		case strings.IndexByte(forbidden, c) >= 0 || !short && c <= ' ':
			p.i = i
			return "", fmt.Errorf("%q is not allowed here", c)
		case c == '\r' || c == '\n':
			p.i = i
			return "", errors.New("a line break inside a literal")
		default:
			i++
		}
	}
	return "", fmt.Errorf("%q is missing", close)
}

// unescape reads one ECHAR or UCHAR at the start of s.
func unescape(s string, short bool) (r rune, n int, err error) {
	if len(s) < 2 {
		return 0, 0, errors.New("an escape is cut off")
	}
	digits := 0
	switch s[1] {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		i := strings.IndexByte(`tbnrf"'\`, s[1])
		if i < 0 || !short {
			return 0, 0, fmt.Errorf("\\%c is no escape here", s[1])
		}
		return rune("\t\b\n\r\f\"'\\"[i]), 2, nil
	}
	if len(s) < 2+digits {
		return 0, 0, errors.New("an escape is cut off")
	}
	v, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(v)) || v > utf8.MaxRune {
		return 0, 0, fmt.Errorf("%q is no character", s[:2+digits])
	}
	return rune(v), 2 + digits, nil
}

func (p *parser) blank() (Term, error) {
	start := p.i + 2
	i := start
	for i < len(p.s) && strings.IndexByte(" \t<>\"\\#", p.s[i]) < 0 {
		i++
	}
	for i > start && p.s[i-1] == '.' { // a label does not end in a full stop
		i--
	}
	if !blankLabel(p.s[start:i]) {
		return Term{}, fmt.Errorf("%q is no label of a blank node", p.s[start:i])
	}
	p.i = i
	return Term{Kind: Blank, Value: p.s[start:i]}, nil
}

// blankLabel follows BLANK_NODE_LABEL, with every character beyond ASCII
// taken as one of PN_CHARS_BASE, and without the colon, as the W3C's tests have it.
func blankLabel(s string) bool {
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r > 0x7f:
		case i > 0 && (r == '-' || r == '.'):
		default:
			return false
		}
	}
	return s != ""
}

func (p *parser) literal() (Term, error) {
	s, err := p.until('"', "", true)
	if err != nil {
		return Term{}, err
	}
	t := Term{Kind: Literal, Value: s}
	end := p.i
	p.skip() // space may stand between any two tokens
	rest := p.s[p.i:]
	switch {
	default:
		p.i = end
	case strings.HasPrefix(rest, "@"):
		n := 1
		for n < len(rest) && (isAlnum(rest[n]) || rest[n] == '-') {
			n++
		}
		if t.Lang = rest[1:n]; !isLang(t.Lang) {
			return Term{}, fmt.Errorf("%q is no language tag", rest[1:n])
		}
		p.i += n
	case strings.HasPrefix(rest, "^^") && strings.HasPrefix(strings.TrimLeft(rest[2:], " \t"), "<"):
		p.i += 2
		p.skip()
		if t.Datatype, err = p.iri(); err != nil {
			return Term{}, err
		}
		if needsTag(t.Datatype) {
			return Term{}, fmt.Errorf("a text of type %s needs a language tag", t.Datatype)
		}
		if t.Datatype == xsdString {
			t.Datatype = ""
		}
	case strings.HasPrefix(rest, "^^"):
		return Term{}, errors.New("the datatype after ^^ is missing")
	}
	return t, nil
}

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isAlnum(c byte) bool { return isAlpha(c) || c >= '0' && c <= '9' }

// isLang follows LANGTAG: letters, then groups of letters and digits, each of
// at most eight as BCP 47 has it.
func isLang(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if part == "" || len(part) > 8 {
			return false
		}
		for j := 0; j < len(part); j++ {
			if !isAlpha(part[j]) && (i == 0 || !isAlnum(part[j])) {
				return false
			}
		}
	}
	return true
}
