package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// step is one named check.
type step struct {
	name string
	do   func(ctx context.Context) error
}

// notHere is a step's reason for not having run: shown, and no failure.
type notHere string

func (n notHere) Error() string { return string(n) }

// outcome is how a step ended.
type outcome struct {
	name string
	took time.Duration
	err  error
}

// runSteps runs every step in order, also after one that failed, so that one
// run shows all that is wrong; only the end of ctx stops it. It closes with a
// summary and fails if a step did. clock is the time of day (time.Now).
func runSteps(ctx context.Context, w io.Writer, clock func() time.Time, steps []step) error {
	begin := clock()
	var done []outcome
	for i, s := range steps {
		if ctx.Err() != nil {
			break
		}
		fmt.Fprintf(w, "\n==== %d/%d %s\n", i+1, len(steps), s.name)
		start := clock()
		err := s.do(ctx)
		done = append(done, outcome{s.name, clock().Sub(start), err})
		var absent notHere
		switch {
		case errors.As(err, &absent):
			fmt.Fprintf(w, "not run: %v\n", err)
		case err != nil:
			fmt.Fprintf(w, "FAILED: %v\n", err)
		}
	}
	fmt.Fprint(w, summary(done, clock().Sub(begin)))
	if ctx.Err() != nil {
		return fmt.Errorf("stopped after %d of %d steps: %w", len(done), len(steps), ctx.Err())
	}
	if failed := failures(done); len(failed) > 0 {
		return fmt.Errorf("%d of %d steps failed: %s", len(failed), len(steps), strings.Join(failed, ", "))
	}
	return nil
}

// failures returns the names of the steps that failed.
func failures(done []outcome) []string {
	var names []string
	for _, o := range done {
		var absent notHere
		if o.err != nil && !errors.As(o.err, &absent) {
			names = append(names, o.name)
		}
	}
	return names
}

// summary lists the outcomes with their durations in seconds.
func summary(done []outcome, total time.Duration) string {
	var b strings.Builder
	b.WriteString("\n==== summary\n")
	for _, o := range done {
		word := "ok"
		var absent notHere
		switch {
		case errors.As(o.err, &absent):
			word = "not run"
		case o.err != nil:
			word = "FAILED"
		}
		fmt.Fprintf(&b, "%8.1f s  %-8s %s\n", o.took.Seconds(), word, o.name)
	}
	fmt.Fprintf(&b, "%8.1f s  in all\n", total.Seconds())
	return b.String()
}
