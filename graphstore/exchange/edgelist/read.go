package edgelist

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
	"unicode/utf8"
)

// Open reads the edge list in a file.
func Open(path string) (*List, error) { return OpenContext(context.Background(), path, nil) }

// OpenContext is Open that can be cancelled and tells progress, if not nil, about the part of the file read,
// 0 … 1, some times a second and at its end, from a goroutine of its own.
func OpenContext(ctx context.Context, path string, progress func(done float64)) (*List, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	var r io.Reader = f
	if info, err := f.Stat(); err == nil && progress != nil && info.Mode().IsRegular() && info.Size() > 0 {
		r = &gauge{r: f, size: info.Size(), tell: progress}
	}
	l, err := read(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return l, nil
}

// gauge tells how much of a file has been read.
type gauge struct {
	r          io.Reader
	size, done int64
	told       time.Time
	tell       func(float64)
}

// tellEvery is the time between two tellings of progress: each has a window drawn anew.
const tellEvery = 150 * time.Millisecond

func (g *gauge) Read(b []byte) (int, error) {
	n, err := g.r.Read(b)
	g.done += int64(n)
	if now := time.Now(); n > 0 && (g.done == g.size || now.Sub(g.told) >= tellEvery) {
		g.told = now
		g.tell(min(float64(g.done)/float64(g.size), 1))
	}
	return n, err
}

// Read reads an edge list; gzip is recognised by its first bytes. An error names the line.
func Read(r io.Reader) (*List, error) { return read(context.Background(), r) }

// chunkSize is how much text is unpacked before it is parsed on another goroutine.
const chunkSize = 1 << 18

// chunk is some whole lines, or what ended the text after them.
type chunk struct {
	text []byte
	err  error
}

// read unpacks on a goroutine of its own, which has ended when it returns.
func read(ctx context.Context, r io.Reader) (*List, error) {
	in, err := plain(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	full, free := make(chan chunk, 2), make(chan []byte, 3)
	for range cap(free) {
		free <- make([]byte, 0, chunkSize)
	}
	go cut(ctx, in, free, full)
	defer func() {
		cancel()
		for range full { // until it has been closed
		}
	}()
	p := &parser{table: newTable()}
	for c := range full {
		if err := p.parse(c.text); err != nil {
			return nil, err
		}
		if c.err != nil {
			return nil, fmt.Errorf("line %d: %w", p.line+1, c.err)
		}
		free <- c.text[:0]
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := new(List)
	var wg sync.WaitGroup
	wg.Go(func() { l.Names = p.table.names() })
	l.Edges = joined(p.blocks)
	wg.Wait()
	if len(l.Edges) == 0 {
		return nil, errors.New("there is no edge in it")
	}
	return l, nil
}

// cut fills chunks with whole lines until the text ends or ctx does, and closes full. A line over maxLine ends it too.
func cut(ctx context.Context, in *bufio.Reader, free chan []byte, full chan<- chunk) {
	defer close(full)
	var rest []byte // of a line
	for {
		var b []byte
		select {
		case b = <-free:
		case <-ctx.Done():
			return
		}
		b = append(b, rest...)
		if len(b) == cap(b) { // a line longer than a chunk
			b = append(b, 0)[:len(b)]
		}
		var err error
		for n := 0; err == nil && len(b) < cap(b); b = b[:len(b)+n] {
			n, err = in.Read(b[len(b):cap(b)])
		}
		end := len(b)
		if err == nil {
			end = bytes.LastIndexByte(b, '\n') + 1
		}
		c := chunk{text: b[:end]}
		rest = append(rest[:0], b[end:]...)
		if err != nil && err != io.EOF {
			c.err = err
		} else if len(rest) > maxLine {
			c.err, err = bufio.ErrTooLong, bufio.ErrTooLong
		}
		select {
		case full <- c:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// blockSize is how many edges are kept together until their number is known.
const blockSize = 1 << 16

// parser makes edges of lines.
type parser struct {
	line      int // lines seen
	separator separator
	table     *table
	ends      []end // of the edges of a chunk, two each
	blocks    [][][2]int32
}

// end is the name of a node as it lies in a chunk.
type end struct {
	key      uint64 // see keyOf
	from, to int32
}

// parse adds the edges of some lines. It looks up all names of a chunk after the lines are cut, so that
// the waits for memory overlap.
func (p *parser) parse(text []byte) error {
	p.ends = p.ends[:0]
	for from := 0; from < len(text); {
		to := bytes.IndexByte(text[from:], '\n')
		next := from + to + 1
		if to += from; to < from {
			to, next = len(text), len(text)
		}
		p.line++
		if p.line == 1 && bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
			from += 3
		}
		for to > from && text[to-1] == '\r' {
			to--
		}
		if to > from && text[from] != '#' {
			if err := p.cutLine(text, from, to); err != nil {
				return fmt.Errorf("line %d %w", p.line, err)
			}
		}
		from = next
	}
	for i := 0; i < len(p.ends); i += 2 {
		a := p.table.node(text, p.ends[i])
		b := p.table.node(text, p.ends[i+1])
		last := len(p.blocks) - 1
		if last < 0 || len(p.blocks[last]) == blockSize {
			p.blocks, last = append(p.blocks, make([][2]int32, 0, blockSize)), last+1
		}
		p.blocks[last] = append(p.blocks[last], [2]int32{a, b})
	}
	return nil
}

// cutLine notes the two names of the line text[from:to].
func (p *parser) cutLine(text []byte, from, to int) error {
	line := text[from:to]
	first := p.separator == unknown
	if first {
		if line[0] == '%' { // a comment above the list, as KONECT and Matrix Market have it
			return nil
		}
		p.separator = separatorOf(line)
	}
	a, b, err := p.separator.ends(line)
	if err != nil {
		return err
	}
	high := byte(0)
	for _, c := range line {
		high |= c
	}
	if high >= utf8.RuneSelf && !utf8.Valid(line) {
		return errors.New("is not valid UTF-8")
	}
	if first && titles(string(line[a.from:a.to]), string(line[b.from:b.to])) {
		return nil
	}
	p.ends = append(p.ends,
		end{p.table.keyOf(line[a.from:a.to]), int32(from + a.from), int32(from + a.to)},
		end{p.table.keyOf(line[b.from:b.to]), int32(from + b.from), int32(from + b.to)})
	return nil
}

// joined joins blocks of edges.
func joined(blocks [][][2]int32) [][2]int32 {
	n := 0
	for _, b := range blocks {
		n += len(b)
	}
	out := make([][2]int32, 0, n)
	for i, b := range blocks {
		out = append(out, b...)
		blocks[i] = nil
	}
	return out
}
