// Package edgelist reads and writes the plainest files about graphs: edges
// as "src<TAB>dst" lines and places as "id<TAB>x<TAB>y" lines, gzip or not.
//
// Node ids may be any text without a tab; they are numbered in the order in which
// they first occur. Lines that are empty or begin with # are skipped, and so are titles of the columns and further columns.
// Lists as others write them are read too: with a comma or a semicolon between the names, which may be quoted, or blanks
// (separator.go).
package edgelist

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// List is an edge list with dense node numbers.
type List struct {
	Names []string   // by node number, cut from one text
	Edges [][2]int32 // in the order of the file; loops and repeats kept
}

// maxLine bounds a line in bytes; longer ones are refused by number.
const maxLine = 1 << 20

// Place is where one node stands.
type Place struct{ X, Y float32 }

// ReadPlaces reads "id<TAB>x<TAB>y" lines.
func ReadPlaces(r io.Reader) (map[string]Place, error) {
	in, err := plain(r)
	if err != nil {
		return nil, err
	}
	places := map[string]Place{}
	err = lines(in, func(line []byte) error {
		f := bytes.Split(line, []byte{'\t'})
		if len(f) < 3 {
			return errors.New("is not id<TAB>x<TAB>y")
		}
		x, errX := strconv.ParseFloat(string(f[1]), 32)
		y, errY := strconv.ParseFloat(string(f[2]), 32)
		if err := errors.Join(errX, errY); err != nil {
			return err
		}
		if x-x != 0 || y-y != 0 {
			return errors.New("holds a place that is not finite")
		}
		places[string(f[0])] = Place{float32(x), float32(y)}
		return nil
	})
	return places, err
}

// WritePlaces writes one line a node, in the order of names.
func WritePlaces(w io.Writer, names []string, at func(i int) Place) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	for i, name := range names {
		p := at(i)
		line = append(append(line[:0], name...), '\t')
		line = strconv.AppendFloat(line, float64(p.X), 'f', 3, 32)
		line = strconv.AppendFloat(append(line, '\t'), float64(p.Y), 'f', 3, 32)
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

// plain unpacks gzip.
func plain(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	head, err := in.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("unpacking gzip: %w", err)
	}
	return bufio.NewReaderSize(z, 1<<16), nil
}

// lines calls f for every line that says something, without its end.
func lines(in *bufio.Reader, f func([]byte) error) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 1<<16), maxLine)
	n := 0
	for sc.Scan() {
		n++
		line := bytes.TrimRight(sc.Bytes(), "\r")
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("line %d %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	return nil
}
