package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// flags are those of one command, on the standard flag package. They may
// stand before, between and behind the arguments, with one dash or two, with - or _ in
// their names.
type flags struct {
	set   *flag.FlagSet
	order []string
	given map[string]bool
}

func newFlags(name string) *flags {
	f := &flags{set: flag.NewFlagSet(name, flag.ContinueOnError), given: map[string]bool{}}
	f.set.SetOutput(io.Discard)
	f.set.Usage = func() {}
	return f
}

// parse reads the flags and returns the arguments.
func (f *flags) parse(args []string) (rest []string, err error) {
	for {
		if err := f.set.Parse(args); err != nil {
			return nil, err
		}
		left := f.set.Args()
		if n := len(args) - len(left); n > 0 && args[n-1] == "--" || len(left) == 0 {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// each calls read with every value given for the flag, in order.
func (f *flags) each(name, about string, read func(string) error) {
	f.order = append(f.order, name)
	note := func(s string) error {
		f.given[name] = true
		return read(s)
	}
	f.set.Func(name, about, note)
	if alias := strings.ReplaceAll(name, "-", "_"); alias != name {
		f.set.Func(alias, about, note)
	}
}

// text declares a flag with a text; the last one given counts.
func (f *flags) text(name, about string) *string {
	v := new(string)
	f.each(name, about, func(s string) error { *v = s; return nil })
	return v
}

// list declares a flag with texts between commas; it may come several times.
func (f *flags) list(name, about string) *[]string {
	v := new([]string)
	f.each(name, about, func(s string) error {
		for part := range strings.SplitSeq(s, ",") {
			if part = strings.TrimSpace(part); part != "" {
				*v = append(*v, part)
			}
		}
		return nil
	})
	return v
}

// number declares a flag with a value that parse understands.
func number[T any](f *flags, name, about string, start T, parse func(string) (T, error)) *T {
	v := &start
	f.each(name, about, func(s string) error {
		n, err := parse(s)
		if err == nil {
			*v = n
		}
		return err
	})
	return v
}

// yes declares a flag without a value.
func (f *flags) yes(name, about string) *bool {
	f.order = append(f.order, name)
	return f.set.Bool(name, false, about)
}

// json declares --json.
func (f *flags) json() *bool { return f.yes("json", "print JSON Lines") }

// describe writes the flags in the order they were declared.
func (f *flags) describe(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, name := range f.order {
		about := f.set.Lookup(name).Usage
		fmt.Fprintf(t, "  --%s\t%s\n", name, about)
	}
	t.Flush() //nolint:errcheck // help to a terminal
}
