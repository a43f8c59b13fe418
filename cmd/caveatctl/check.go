package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"caveat/graphstore"
	"caveat/graphstore/cayleystore"
)

// finding is how check prints a problem as JSON.
type finding struct {
	Record graphstore.ID `json:"record,omitempty"`
	What   string        `json:"what"`
}

// errUnsound is the failure of a check that found something.
type errUnsound struct{ problems int }

// Error counts the problems.
func (e errUnsound) Error() string {
	if e.problems == 1 {
		return "1 problem"
	}
	return fmt.Sprintf("%d problems", e.problems)
}

// Unwrap returns graphstore.ErrDamaged.
func (e errUnsound) Unwrap() error { return graphstore.ErrDamaged }

func setupCheck(f *flags) action {
	repair := f.text("repair", "copy what can be read to this new case")
	asJSON := f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		if _, err := os.Stat(args[0]); errors.Is(err, fs.ErrNotExist) {
			return &missingCase{args[0]}
		}
		if f.given["repair"] {
			if *repair == "" {
				return usagef("--repair needs the name of a new case")
			}
			r, err := cayleystore.Repair(ctx, args[0], *repair, s.schema)
			if errors.Is(err, graphstore.ErrDamaged) { // what advice says of damage is what just failed
				return fmt.Errorf("%v; an older copy, an exported bundle or a snapshot may still hold the case", err)
			}
			if err != nil {
				return err
			}
			return s.findings(*repair, r, *asJSON)
		}
		r, err := cayleystore.Check(ctx, args[0], s.schema)
		if err != nil {
			return err
		}
		if err := s.findings(args[0], r, *asJSON); err != nil {
			return err
		}
		if len(r.Problems) > 0 {
			return errUnsound{len(r.Problems)}
		}
		return nil
	}
}

// findings prints what was found; as JSON only the problems.
func (s *shell) findings(path string, r cayleystore.Report, asJSON bool) error {
	for _, p := range r.Problems {
		if asJSON {
			if err := s.line(finding{p.Record, p.What}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintln(s.out, plain(p.String()))
	}
	if asJSON || len(r.Problems) > 0 && r.Records == (graphstore.Counts{}) {
		return nil
	}
	n := r.Records
	_, err := fmt.Fprintf(s.out, "%s: %d entities, %d claims, %d documents, %d views; revision %d\n", path, n.Entities, n.Claims, n.Documents, n.Views, r.Revision)
	return err
}
