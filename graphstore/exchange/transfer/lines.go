package transfer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// MaxLine is how long a line may be, in bytes: far over any record, far
// under what would fill the memory.
const MaxLine = 16 << 20

// ErrLongLine says that a line is longer than MaxLine.
var ErrLongLine = fmt.Errorf("the line is longer than %d MiB", MaxLine>>20)

// Lines reads a text line by line. Memory is bounded by MaxLine, whatever
// the input: of a longer line no more than that is held.
type Lines struct {
	ctx      context.Context
	in       *bufio.Reader
	progress func(done, total int64)
	total    int64
	done     int64
	shown    int64
	n        int
	rest     bool // the line last returned was too long and goes on
	buf      []byte
}

// progressStep is after how many bytes progress is told.
const progressStep = 1 << 20

// NewLines prepares to read r: a byte order mark of UTF-8 is passed over.
func NewLines(ctx context.Context, r io.Reader, o ReadOptions) *Lines {
	l := &Lines{ctx: ctx, in: bufio.NewReaderSize(r, 64<<10), progress: o.Progress}
	switch r := r.(type) {
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := r.Stat(); err == nil && info.Mode().IsRegular() {
			l.total = info.Size()
		}
	case interface{ Len() int }:
		l.total = int64(r.Len())
	}
	if head, err := l.in.Peek(3); err == nil && bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		n, _ := l.in.Discard(3)
		l.done += int64(n)
	}
	return l
}

// Head returns at most 512 bytes of what comes, without reading on.
func (l *Lines) Head() []byte {
	head, _ := l.in.Peek(512)
	return head
}

// Number returns the number of the line last read, from 1.
func (l *Lines) Number() int { return l.n }

// Next returns the next line without its line end (LF or CRLF), valid until
// the next call. It returns io.EOF after the last line, the context's error when that is
// over, and a *LineError with ErrLongLine for a line that is too long: at once, its rest is read only if Next is called again.
func (l *Lines) Next() ([]byte, error) {
	for l.rest {
		_, err := l.slice()
		l.rest = errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !l.rest {
			return nil, err
		}
	}
	l.buf = l.buf[:0]
	for {
		part, err := l.slice()
		full := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !full && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if len(l.buf)+len(part) > MaxLine {
			l.rest, l.buf = full, nil
			l.n++
			return nil, &LineError{Line: l.n, Err: ErrLongLine}
		}
		if need := len(l.buf) + len(part); need > cap(l.buf) {
			l.buf = slices.Grow(l.buf, max(len(part), cap(l.buf)))
		}
		l.buf = append(l.buf, part...)
		switch {
		case full:
			continue
		case err != nil && len(l.buf) == 0:
			return nil, io.EOF
		}
		l.n++
		line := bytes.TrimSuffix(l.buf, []byte("\n"))
		return bytes.TrimSuffix(line, []byte("\r")), nil
	}
}

// slice reads a part of a line, tells the progress and minds the context.
func (l *Lines) slice() ([]byte, error) {
	part, err := l.in.ReadSlice('\n')
	l.done += int64(len(part))
	if l.done-l.shown >= progressStep {
		l.shown = l.done
		if l.progress != nil {
			l.progress(l.done, l.total)
		}
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("reading line %d: %w", l.n+1, err)
	}
	return part, err
}
