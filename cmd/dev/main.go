package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// verb is one thing the tool does.
type verb struct {
	name  string
	usage string // arguments, for help
	about string // one line
	do    func(ctx context.Context, t *tool, args []string) error
}

// verbs returns the table that both the dispatch and help read.
func verbs() []verb {
	return []verb{
		{"run", "[ARGUMENTS]", "set up what is missing, build Caveat and open the built-in case", runVerb},
		{"test", "[-quick]", "set up what is missing and run every check (-quick: no race run, no window)", testVerb},
		{"bench", "[-table] [-graphs DIR] [-only NAME,...] [-shapes S,...] [-seeds N] [-limit D] [-browsers SCRIPT] [layout|draw|store|dispute|all]",
			"run the benchmarks of a part; for layout also a table of quality and time beside other programs, for draw one of frames in the window and, with -browsers, of libraries of a browser (-table: that alone)", benchVerb},
		{"screenshots", "[ARGUMENTS]", "open Caveat at several sizes, scales and themes and save pictures in dist/screenshots", screenshotsVerb},
		{"help", "", "this list", helpVerb},
	}
}

// usageError is a mistake in the command line: exit status 2.
type usageError string

func (e usageError) Error() string { return string(e) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := dispatch(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// dispatch runs the verb that args name and returns the exit status: 0 for
// success, 1 for failure, 2 for a mistake in the command line.
func dispatch(ctx context.Context, args, environ []string, out, errs io.Writer) int {
	if len(args) == 0 {
		writeHelp(errs)
		return 2
	}
	name := args[0]
	if name == "-h" || name == "-help" || name == "--help" {
		name = "help"
	}
	for _, v := range verbs() {
		if v.name != name {
			continue
		}
		t := &tool{out: out, errs: errs, environ: environ}
		err := t.findRoot()
		if err == nil || v.name == "help" {
			err = v.do(ctx, t, args[1:])
		}
		return report(err, v, errs)
	}
	fmt.Fprintf(errs, "dev: no verb %q\n\n", args[0])
	writeHelp(errs)
	return 2
}

// report tells the user about err and returns the exit status for it.
func report(err error, v verb, errs io.Writer) int {
	var wrong usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &wrong):
		fmt.Fprintf(errs, "dev %s: %v\nusage: go run ./cmd/dev %s %s\n", v.name, err, v.name, v.usage)
		return 2
	default:
		fmt.Fprintf(errs, "dev %s: %v\n", v.name, err)
		return 1
	}
}

func helpVerb(_ context.Context, t *tool, _ []string) error {
	writeHelp(t.out)
	return nil
}

func writeHelp(w io.Writer) {
	fmt.Fprintln(w, "usage: go run ./cmd/dev VERB")
	for _, v := range verbs() {
		fmt.Fprintf(w, "  %-12s %s\n", v.name, v.about)
		if v.usage != "" {
			fmt.Fprintf(w, "  %-12s   %s %s\n", "", v.name, v.usage)
		}
	}
}
