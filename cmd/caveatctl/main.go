package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"caveat/graphstore"
)

// command is one thing caveatctl does.
type command struct {
	name  string
	args  string // for help
	about string
	// setup declares the flags and returns what to do once they are read.
	setup func(f *flags) action
}

// action runs a command with its arguments; flags are read already.
type action func(ctx context.Context, s *shell, args []string) error

// commands is the table that dispatch and help read.
func commands() []command {
	return []command{
		{"new", "CASE", "make a new case, empty or from a built-in sample", setupNew},
		{"import", "CASE FILE...", "bring files into a case, as one step", setupImport},
		{"export", "CASE", "write a case to a file: data or a picture", setupExport},
		{"list", "CASE entities|claims|documents|views", "list the records of a type", setupList},
		{"show", "CASE ID|NAME", "show a record and what is said about it", setupShow},
		{"add-entity", "CASE", "add somebody or something that is spoken of", setupAddEntity},
		{"add-document", "CASE", "add a source", setupAddDocument},
		{"add-claim", "CASE", "add what somebody says", setupAddClaim},
		{"path", "CASE A B", "how two records are connected", setupPath},
		{"ask", "CASE [QUESTION [ENTITY]]", "answer a question: who disagrees, what rests on one source, whose law reaches it, …", setupAsk},
		{"measure", "CASE degree|betweenness|pagerank|communities|components|paths [A B]", "measure the case as a network; all paths between two records", setupMeasure},
		{"history", "CASE", "list every change, oldest first", setupHistory},
		{"undo", "CASE", "take the last change back", setupUndo},
		{"redo", "CASE", "repeat the change last taken back", setupRedo},
		{"check", "CASE", "read a case through and say what is wrong with it", setupCheck},
		{"layout", "EDGES.tsv", "place the nodes of an edge list", setupLayout},
		{"render", "CASE|EDGES.tsv", "draw a case or an edge list", setupRender},
	}
}

// usageError is a mistake in the command line: exit status 2.
type usageError string

// Error returns what is wrong with the command line.
func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs the command that args name and returns the exit status.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 0 {
		writeHelp(errs)
		return 2
	}
	name, rest := args[0], args[1:]
	if name == "help" || name == "-h" || name == "-help" || name == "--help" {
		if len(rest) == 0 {
			writeHelp(out)
			return 0
		}
		name, rest = rest[0], []string{"--help"}
	}
	for _, c := range commands() {
		if c.name == name {
			return finish(c, c.run(ctx, rest, out, errs), errs)
		}
	}
	fmt.Fprintf(errs, "caveatctl: there is no command %q\n\n", name)
	writeHelp(errs)
	return 2
}

func (c command) run(ctx context.Context, args []string, out, errs io.Writer) error {
	f := newFlags(c.name)
	do := c.setup(f)
	rest, err := f.parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.writeHelp(out, f)
		return nil
	case err != nil:
		return usageError(err.Error())
	}
	s, err := newShell(out, errs)
	if err != nil {
		return err
	}
	return do(ctx, s, rest)
}

// finish tells the user about err and returns the exit status for it.
func finish(c command, err error, errs io.Writer) int {
	var wrong usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &wrong):
		fmt.Fprintf(errs, "caveatctl %s: %v\nusage: caveatctl %s %s [flags]; see caveatctl help %s\n", c.name, err, c.name, c.args, c.name)
		return 2
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped; nothing was changed")
	}
	fmt.Fprintf(errs, "caveatctl %s: %v\n", c.name, err)
	if what := advice(err); what != "" && !(c.name == "import" && errors.Is(err, graphstore.ErrNotCase)) {
		fmt.Fprintln(errs, what)
	}
	return 1
}

// advice says what to do about an error, where that does not follow from it.
func advice(err error) string {
	for _, a := range []struct {
		is   error
		what string
	}{
		{graphstore.ErrLocked, "Close the case there, then try again."},
		{graphstore.ErrNewer, "Use the Caveat that wrote it, or a newer one."},
		{graphstore.ErrDamaged, "What can be read may be saved to a new file: caveatctl check CASE --repair NEWCASE"},
		{graphstore.ErrNotCase, "A bundle or N-Quads file goes into a case with: caveatctl import CASE FILE"},
		{graphstore.ErrReadOnly, "Make the file and its folder writable, or copy the case."},
		{graphstore.ErrFull, "Free some space and try again; the case is as it was."},
		{graphstore.ErrConflict, "Try again; nothing was changed."},
		{graphstore.ErrExists, "Nothing was changed; choose another name or remove the file first."},
	} {
		if errors.Is(err, a.is) {
			return a.what
		}
	}
	if missing := (*missingCase)(nil); errors.As(err, &missing) {
		return "Make it with: caveatctl new CASE [--sample kaspersky|huawei|hikvision]"
	}
	return ""
}

// missingCase says that there is no file of a case.
type missingCase struct{ path string }

// Error names the file.
func (e *missingCase) Error() string { return "there is no case " + e.path }

// Unwrap returns fs.ErrNotExist.
func (e *missingCase) Unwrap() error { return fs.ErrNotExist }

func writeHelp(w io.Writer) {
	fmt.Fprint(w, "caveatctl: who vouches for whom, who warns against whom, on what grounds.\n\nusage: caveatctl COMMAND ARGUMENTS [flags]\n\n")
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, c := range commands() {
		fmt.Fprintf(t, "  %s %s\t%s\n", c.name, c.args, c.about)
	}
	t.Flush() //nolint:errcheck // help to a terminal
	fmt.Fprint(w, "\nFlags of a command: caveatctl help COMMAND. Flags may stand before or behind the arguments.\nA name stands for an id where only one record has it.\n")
}

func (c command) writeHelp(w io.Writer, f *flags) {
	fmt.Fprintf(w, "usage: caveatctl %s %s [flags]\n\n%s\n\nflags:\n", c.name, c.args, c.about)
	f.describe(w)
}
