package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// staticcheckAt pins the analyser: the newest release, made for Go 1.26. It is
// run by path and version and not as a tool of go.mod: as a tool its own
// requirements (x/tools, x/mod, x/sync) would become ours and lift versions
// that the program itself is linked with. The checksum database vouches for it
// all the same.
const staticcheckAt = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"

// The limits end the tests of one package that hang; the race detector makes
// numeric code up to ten times slower.
const (
	testLimit = "-timeout=8m"
	raceLimit = "-timeout=12m"
)

// testVerb runs every check in a fixed order.
func testVerb(ctx context.Context, t *tool, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	quick := flags.Bool("quick", false, "")
	if err := flags.Parse(args); err != nil {
		return usageError(err.Error())
	}
	if flags.NArg() > 0 {
		return usageError(fmt.Sprintf("unexpected %q", flags.Arg(0)))
	}
	groups := []group{buildGroup(), pictureGroup()}
	if !*quick {
		groups = append(groups, openGroup(), windowGroup())
	}
	if err := t.setup(ctx, groups...); err != nil {
		return err
	}
	checked, err := t.steady(ctx)
	if err != nil {
		return err
	}
	return runSteps(ctx, t.out, time.Now, checks(checked, *quick))
}

// steady returns a tool whose go keeps its caches and settings where they are
// when HOME changes, and stamps no version control state: a clone that belongs
// to somebody else would fail there.
func (t *tool) steady(ctx context.Context) (*tool, error) {
	names := []string{"GOENV", "GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS"}
	values, err := t.goEnv(ctx, names...)
	if err != nil {
		return nil, err
	}
	var changes []string
	for i, name := range names {
		if name == "GOFLAGS" {
			values[i] = strings.TrimSpace(values[i] + " -buildvcs=false")
		}
		changes = append(changes, name+"="+values[i])
	}
	if data := t.env("CAVEAT_TESTDATA"); data != "" && !filepath.IsAbs(data) {
		// Tests run in their package's folder; the variable is said from the project's.
		changes = append(changes, "CAVEAT_TESTDATA="+filepath.Join(t.root, data))
	}
	return t.with(changes...), nil
}

// checks returns the steps of the test verb in their order: the cheap ones
// first, and what a machine without a display can do before what needs one.
func checks(t *tool, quick bool) []step {
	window := t.with("CGO_ENABLED=1")
	plain := t.with("CGO_ENABLED=0")
	steps := []step{
		{"modules", t.download},
		{"gofmt -l", t.gofmt},
		{"go vet, with the window", func(ctx context.Context) error {
			return window.start(ctx, "go", "vet", "-tags", fyneTag, "./...")
		}},
		{"go vet, without cgo", plain.vetTerminal},
	}
	if quick {
		return append(steps, step{"go test -short", func(ctx context.Context) error {
			return window.tests(ctx, false, "-short", "-tags", fyneTag, testLimit, "./...")
		}})
	}
	return append(steps,
		step{"staticcheck", func(ctx context.Context) error {
			return window.start(ctx, "go", "run", staticcheckAt, "-tags", fyneTag, "./...")
		}},
		step{"go build, without cgo", func(ctx context.Context) error {
			return plain.start(ctx, "go", "build", "-o", os.DevNull, "./cmd/caveatctl")
		}},
		step{"go test", func(ctx context.Context) error {
			return window.tests(ctx, true, "-count=1", "-tags", fyneTag, testLimit, "./...")
		}},
		step{"go test -race", window.race},
		step{"go build, with Fyne's check of goroutines", func(ctx context.Context) error {
			return window.start(ctx, "go", "build", "./...")
		}},
	)
}

// download fetches the modules, up to three times: a proxy that stumbles once
// is not the project's fault.
func (t *tool) download(ctx context.Context) error {
	var err error
	for range 3 {
		if err = t.start(ctx, "go", "mod", "download"); err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// gofmt fails when a file is not formatted, and names it.
func (t *tool) gofmt(ctx context.Context) error {
	goroot, err := t.goEnv(ctx, "GOROOT")
	if err != nil {
		return err
	}
	listed, err := t.output(ctx, filepath.Join(goroot[0], "bin", "gofmt"), "-l", ".")
	if err != nil {
		return err
	}
	if listed != "" {
		fmt.Fprint(t.out, listed)
		return errors.New("not formatted: run gofmt -w on the files above")
	}
	return nil
}

// vetTerminal vets caveatctl and those packages of ours that it is built from.
func (t *tool) vetTerminal(ctx context.Context) error {
	module, err := t.output(ctx, "go", "list", "-m")
	if err != nil {
		return err
	}
	deps, err := t.output(ctx, "go", "list", "-deps", "./cmd/caveatctl")
	if err != nil {
		return err
	}
	return t.start(ctx, "go", append([]string{"vet"}, within(strings.TrimSpace(module), deps)...)...)
}

// within returns the import paths of list, one a line, that belong to module.
func within(module, list string) []string {
	var own []string
	for line := range strings.Lines(list) {
		if path := strings.TrimSpace(line); path == module || strings.HasPrefix(path, module+"/") {
			own = append(own, path)
		}
	}
	return own
}

// tests runs go test away from the user's home and desktop; its output goes
// to the screen as it is. With display, a private one is there for the window
// tests, which CAVEAT_WINDOW_TESTS=1 tells that pointer and keys are theirs.
// A database server for the tests of a store belongs here too, beside the display.
func (t *tool) tests(ctx context.Context, display bool, args ...string) error {
	d, err := openDesktop()
	if err != nil {
		return err
	}
	defer d.close()
	changes := []string{"CAVEAT_WINDOW_TESTS"}
	switch {
	case !display:
	case runtime.GOOS == "linux":
		if err := d.startDisplay(ctx, t, size{1920, 1200}); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "private display %s\n", d.display)
		changes = []string{"CAVEAT_WINDOW_TESTS=1"}
	default:
		fmt.Fprintln(t.out, "no private display on this system: the window journeys run on Linux only")
	}
	return t.with(append(d.variables(), changes...)...).start(ctx, "go", append([]string{"test"}, args...)...)
}

// race runs the tests of the packages that hold concurrency under the race detector.
func (t *tool) race(ctx context.Context) error {
	packages, err := t.concurrent(ctx)
	if err != nil {
		return err
	}
	if len(packages) == 0 {
		return notHere("no package with tests holds concurrency")
	}
	return t.tests(ctx, false, append([]string{"-race", "-short", "-count=1", "-tags", fyneTag, raceLimit}, packages...)...)
}
