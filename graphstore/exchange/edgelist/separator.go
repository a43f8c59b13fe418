package edgelist

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// separator is what stands between the names of a line. The first line that holds an edge tells it for the whole list.
type separator byte

const (
	unknown   separator = 0
	tab       separator = '\t'
	comma     separator = ','
	semicolon separator = ';'
	blank     separator = ' ' // one or more, as in SNAP's and KONECT's lists
)

// separatorOf returns that of a line: the first it has of tab, comma, semicolon and blank; blank if it has none.
func separatorOf(line []byte) separator {
	for _, s := range []separator{tab, comma, semicolon} {
		if bytes.IndexByte(line, byte(s)) >= 0 {
			return s
		}
	}
	return blank
}

// notEdge says that a line holds no edge.
func (s separator) notEdge() error {
	switch s {
	case tab:
		return errors.New("is not src<TAB>dst")
	case blank:
		return errors.New("is not two names with a tab, a comma, a semicolon or a blank between")
	}
	return fmt.Errorf("is not src%cdst", s)
}

// span is a part of a line.
type span struct{ from, to int }

// ends returns where the two names of a line lie.
func (s separator) ends(line []byte) (a, b span, err error) {
	switch s {
	case tab:
		a.to = bytes.IndexByte(line, '\t')
		b = span{a.to + 1, len(line)}
		if to := bytes.IndexByte(line[b.from:], '\t'); to >= 0 {
			b.to = b.from + to
		}
	case blank:
		return wordsOf(line)
	default:
		var next int
		if a, next, err = s.field(line, 0); err != nil {
			return a, b, err
		}
		if next > len(line) {
			return a, b, s.notEdge()
		}
		if b, _, err = s.field(line, next); err != nil {
			return a, b, err
		}
	}
	if a.to <= a.from || b.to <= b.from {
		return a, b, s.notEdge()
	}
	return a, b, nil
}

// field returns the field of a line that begins at from, without quotes and the blanks around it, and where the next one begins: beyond the
// line after the last.
func (s separator) field(line []byte, from int) (f span, next int, err error) {
	for from < len(line) && line[from] == ' ' {
		from++
	}
	if from < len(line) && line[from] == '"' {
		to := bytes.IndexByte(line[from+1:], '"')
		if to < 0 {
			return f, 0, errors.New("has a quote that does not end")
		}
		f = span{from + 1, from + 1 + to}
		next = f.to + 1
		for next < len(line) && line[next] == ' ' {
			next++
		}
		if next < len(line) && line[next] != byte(s) {
			return f, 0, errors.New("has a quote within a name: only whole names may be quoted")
		}
		return f, next + 1, nil
	}
	f = span{from, len(line)}
	if to := bytes.IndexByte(line[from:], byte(s)); to >= 0 {
		f.to = from + to
	}
	next = f.to + 1
	for f.to > f.from && line[f.to-1] == ' ' {
		f.to--
	}
	return f, next, nil
}

// wordsOf returns the two words that a line begins with. Only numbers may follow, such as a weight and a time: a third word is part
// of a name, which such a list cannot hold.
func wordsOf(line []byte) (a, b span, err error) {
	var words [2]span
	n := 0
	for at := 0; at < len(line); {
		if line[at] == ' ' || line[at] == '\t' {
			at++
			continue
		}
		to := at
		for to < len(line) && line[to] != ' ' && line[to] != '\t' {
			to++
		}
		if n < 2 {
			words[n] = span{at, to}
		} else if _, err := strconv.ParseFloat(string(line[at:to]), 64); err != nil {
			return a, b, errors.New("has more than two words: names with blanks need a tab between them")
		}
		n++
		at = to
	}
	if n < 2 {
		return a, b, blank.notEdge()
	}
	return words[0], words[1], nil
}

// titles reports whether two names are the titles of the columns, as the first line of a table has them.
func titles(a, b string) bool {
	switch strings.ToLower(a) + " " + strings.ToLower(b) {
	case "source target", "src dst", "from to":
		return true
	}
	return false
}
