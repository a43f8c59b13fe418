package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"time"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
	"caveat/graphstore/search"
)

// shell is what a running command works with.
type shell struct {
	out, errs io.Writer
	schema    *graphstore.Schema
	now       time.Time
}

func newShell(out, errs io.Writer) (*shell, error) {
	schema, err := graphstore.Builtin()
	if err != nil {
		return nil, err
	}
	return &shell{out, errs, schema, time.Now()}, nil
}

// stamp returns the moment of the command as records and the journal keep it.
func (s *shell) stamp() string {
	return s.now.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}

// author returns who types: the flag, else CAVEAT_BY, else the name of the account.
func author(flag string) string {
	if flag != "" {
		return flag
	}
	if by := os.Getenv("CAVEAT_BY"); by != "" {
		return by
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

// byFlag declares --by.
func byFlag(f *flags) *string {
	return f.text("by", "who types this (default: CAVEAT_BY, else your account)")
}

// open opens a case and loads it.
func (s *shell) open(ctx context.Context, path string, readOnly bool) (*cayleystore.Store, *graphstore.Graph, graphstore.Revision, error) {
	store, err := cayleystore.Open(path, s.schema, cayleystore.Options{ReadOnly: readOnly})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, 0, &missingCase{path}
	}
	if err != nil {
		return nil, nil, 0, err
	}
	g, rev, err := store.Load(ctx)
	if err != nil {
		return nil, nil, 0, errors.Join(err, store.Close())
	}
	return store, g, rev, nil
}

// read loads a case without changing it.
func (s *shell) read(ctx context.Context, path string) (*graphstore.Graph, error) {
	store, g, _, err := s.open(ctx, path, true)
	if err != nil {
		return nil, err
	}
	return g, store.Close()
}

// edit makes one change to a case: what f returns, signed with who and when.
// A nil diff changes nothing. It returns the revision after it.
func (s *shell) edit(ctx context.Context, path, by string, f func(store *cayleystore.Store, g *graphstore.Graph) (*graphstore.Diff, error)) (rev graphstore.Revision, err error) {
	store, g, rev, err := s.open(ctx, path, false)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	d, err := f(store, g)
	if err != nil || d == nil {
		return rev, err
	}
	d.By, d.At = author(by), s.stamp()
	return store.Apply(ctx, rev, d)
}

// sign writes who recorded a new record and when.
func (s *shell) sign(m *graphstore.Meta, by string) {
	m.RecordedAt, m.RecordedBy = s.stamp(), author(by)
}

// record prints r exactly as the bundle writes it.
func (s *shell) record(r graphstore.Record) error {
	line, err := graphstore.EncodeRecord(r)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s\n", line)
	return err
}

// line prints v as one line of JSON.
func (s *shell) line(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// buffered lets f print much at once.
func (s *shell) buffered(f func(*shell) error) error {
	w := bufio.NewWriterSize(s.out, 64<<10)
	inner := *s
	inner.out = w
	return errors.Join(f(&inner), w.Flush())
}

// arguments checks how many arguments there are.
func arguments(args []string, names ...string) error {
	switch {
	case len(args) < len(names):
		return usagef("%s is missing", names[len(args)])
	case len(args) > len(names):
		return usagef("%q is one argument too many", args[len(names)])
	}
	return nil
}

// resolve turns an id or a name given for a flag or argument into an id.
func resolve(g *graphstore.Graph, what, text string, types ...graphstore.Type) (graphstore.ID, error) {
	id, err := search.Resolve(g, text, types...)
	if err != nil {
		return "", fmt.Errorf("%s: %w", what, err)
	}
	return id, nil
}

// date reads a date as people type it.
func date(what, text string) (graphstore.Date, error) {
	d, err := graphstore.ParseDate(text)
	if err != nil {
		return d, fmt.Errorf("%s: %w", what, err)
	}
	return d, nil
}
