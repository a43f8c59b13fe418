package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"caveat/app/report"
	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
	"caveat/graphstore/exchange"
)

func setupImport(f *flags) action {
	format := f.text("format", "format of the files: "+exchange.Names()+", "+report.FormatSnapshot+" (default: by content, else by name)")
	partial := f.yes("partial", "take what is sound and report the rest")
	ours := f.yes("ours", "where the case has another version of a record, keep it (default: take the file's)")
	by, asJSON := byFlag(f), f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if len(args) == 0 {
			return usagef("CASE is missing")
		}
		if len(args) == 1 {
			return usagef("FILE is missing")
		}
		kind := exchange.Format{Name: report.FormatSnapshot}
		if !strings.EqualFold(*format, report.FormatSnapshot) {
			var ok bool
			if kind, ok = exchange.ByName(*format); !ok && *format != "" {
				return usagef("--format %s: there are %s, %s", *format, exchange.Names(), report.FormatSnapshot)
			}
		}
		if _, err := os.Stat(args[0]); errors.Is(err, os.ErrNotExist) {
			return &missingCase{args[0]}
		}
		var ims []*exchange.Import
		for _, path := range args[1:] {
			im, err := readFile(ctx, path, kind, *partial)
			if err != nil {
				return fmt.Errorf("%w\nNothing was imported%s", err, partialHint(err, *partial))
			}
			ims = append(ims, im)
		}
		var told *exchange.Report
		_, err := s.edit(ctx, args[0], *by, func(_ *cayleystore.Store, g *graphstore.Graph) (*graphstore.Diff, error) {
			d, r, err := exchange.Join(ims...).Diff(g, exchange.MergeOptions{Ours: *ours, Partial: *partial})
			if err != nil {
				return nil, fmt.Errorf("%w\nNothing was imported%s", err, partialHint(err, *partial))
			}
			told = r
			if d.Empty() {
				return nil, nil
			}
			d.Title = "Import " + strings.Join(baseNames(args[1:]), ", ")
			return d, nil
		})
		if err != nil {
			return err
		}
		return s.report(told, *asJSON)
	}
}

// readFile reads one file to import. A snapshot holds a case and the view it
// was made from; both are taken.
func readFile(ctx context.Context, path string, f exchange.Format, partial bool) (*exchange.Import, error) {
	if f.Name != report.FormatSnapshot && (f.Name != "" || !strings.EqualFold(filepath.Ext(path), "."+report.FormatSnapshot)) {
		return exchange.ReadFile(ctx, path, f, exchange.ReadOptions{Partial: partial})
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("importing: %w", err)
	}
	defer in.Close() //nolint:errcheck // only read
	snapshot, err := report.ReadSnapshot(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return snapshot.Import().Named(path), nil
}

func partialHint(err error, partial bool) string {
	var le *exchange.LineError
	if partial || !errors.As(err, &le) {
		return "."
	}
	return "; with --partial what is sound is taken and the rest reported."
}

func baseNames(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = filepath.Base(p)
	}
	return out
}

// report prints what was kept, changed and dropped: as JSON row by row and
// then the counts, else the rows that are not simply kept and the counts.
func (s *shell) report(r *exchange.Report, asJSON bool) error {
	return s.buffered(func(s *shell) error {
		for _, l := range r.Lines {
			if asJSON {
				if err := s.line(l); err != nil {
					return err
				}
			} else if l.What != "kept" {
				fmt.Fprintln(s.out, plain(l.String()))
			}
		}
		if asJSON {
			return s.line(exchange.Report{Kept: r.Kept, Changed: r.Changed, Dropped: r.Dropped})
		}
		_, err := fmt.Fprintln(s.out, r.Summary())
		return err
	})
}

func setupExport(f *flags) action {
	out := f.text("out", "file to write; - is standard output")
	format := f.text("format", "format: "+exchange.Names()+", "+pictureNames()+" (default: by the name of the file)")
	view := f.text("view", "view to draw, by id or title (default: all of the case)")
	pic := newPictureFlags(f)
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		if *out == "" {
			return usagef("--out is needed")
		}
		kind, data := exchange.ByExtension(*out)
		name := strings.ToLower(strings.TrimPrefix(filepath.Ext(*out), "."))
		if *format != "" {
			kind, data = exchange.ByName(*format)
			name = strings.ToLower(*format)
		}
		if !data && !isPicture(name) {
			return usagef("the format of %s is not known; give --format: %s, %s", *out, exchange.Names(), pictureNames())
		}
		for _, flag := range []string{"view", "size", "scale", "theme", "lang", "title", "positions", "engine", "seed", "shape"} {
			if data && f.given[flag] {
				fmt.Fprintf(s.errs, "--%s changes nothing here: it is for pictures, and a %s holds the whole case\n", flag, kind.Title)
			}
		}
		if sameFile(*out, args[0]) {
			return usagef("%s is the case itself", *out)
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		if !data {
			return s.exportPicture(ctx, g, *out, name, *view, pic)
		}
		var told *exchange.Report
		err = s.write(*out, func(w io.Writer) error {
			told, err = kind.Write(ctx, w, g)
			return err
		})
		if err != nil || *out == "-" {
			return err
		}
		return s.report(told, *asJSON)
	}
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// write writes a file whole or not at all: beside its place first, then
// renamed. "-" is standard output.
func (s *shell) write(path string, f func(io.Writer) error) (err error) {
	if path == "-" {
		return f(s.out)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe or device is written to, not replaced
		out, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return fmt.Errorf("writing %s: %w", path, err)
		}
		return errors.Join(f(out), out.Close())
	}
	out, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(out.Name()) //nolint:errcheck // the error that matters is on its way
			err = fmt.Errorf("writing %s: %w", path, err)
		}
	}()
	if err := errors.Join(f(out), out.Chmod(0o644), out.Sync(), out.Close()); err != nil {
		return err
	}
	return os.Rename(out.Name(), path)
}
