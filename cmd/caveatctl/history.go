package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

// change is how history prints an entry as JSON.
type change struct {
	Revision graphstore.Revision `json:"revision"`
	At       string              `json:"at,omitempty"`
	By       string              `json:"by,omitempty"`
	Title    string              `json:"title,omitempty"`
	Cause    graphstore.Cause    `json:"cause,omitempty"`
	Records  int                 `json:"records"` // how many changed
}

func setupHistory(f *flags) action {
	since := number(f, "since", "only changes after this revision", 0, func(s string) (graphstore.Revision, error) {
		n, err := strconv.ParseUint(s, 10, 64)
		return graphstore.Revision(n), err
	})
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) (err error) {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		store, _, _, err := s.open(ctx, args[0], true)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, store.Close()) }()
		return s.buffered(func(s *shell) error {
			w := tabwriter.NewWriter(s.out, 0, 8, 2, ' ', 0)
			var failed error
			err := store.History(ctx, *since, func(e graphstore.Entry) bool {
				c := change{e.Revision, e.Diff.At, e.Diff.By, e.Diff.Title, e.Diff.Cause, e.Diff.Len()}
				if *asJSON {
					failed = s.line(c)
					return failed == nil
				}
				title := plain(c.Title)
				if c.Cause != graphstore.CauseEdit && c.Cause != "" {
					title = string(c.Cause) + ": " + title
				}
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", c.Revision, c.At, plain(c.By), title)
				return true
			})
			return errors.Join(err, failed, w.Flush())
		})
	}
}

func setupUndo(f *flags) action {
	return setupStep(f, graphstore.CauseUndo, "undone", "there is nothing to undo", graphstore.UndoStack.Undo)
}

func setupRedo(f *flags) action {
	return setupStep(f, graphstore.CauseRedo, "redone", "there is nothing to redo", graphstore.UndoStack.Redo)
}

// setupStep sets up undo or redo: next takes the diff off the stack that the
// journal makes.
func setupStep(f *flags, cause graphstore.Cause, done, nothing string, next func(graphstore.UndoStack) (*graphstore.Diff, bool)) action {
	by := byFlag(f)
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		var step *graphstore.Diff
		rev, err := s.edit(ctx, args[0], *by, func(store *cayleystore.Store, _ *graphstore.Graph) (*graphstore.Diff, error) {
			var stack graphstore.UndoStack
			err := store.History(ctx, 0, func(e graphstore.Entry) bool {
				stack = stack.Push(e.Diff)
				return true
			})
			if err != nil {
				return nil, err
			}
			d, ok := next(stack)
			if !ok {
				return nil, errors.New(nothing)
			}
			step = d
			return d, nil
		})
		if err != nil {
			return err
		}
		if *asJSON {
			return s.line(change{Revision: rev, At: step.At, By: step.By, Title: step.Title, Cause: cause, Records: step.Len()})
		}
		_, err = fmt.Fprintf(s.out, "%s: %s\n", done, plain(step.Title))
		return err
	}
}
