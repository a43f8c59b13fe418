package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// fyneTag is the build tag under which Fyne trusts that widgets are touched
// from their own goroutine only, instead of walking the stack at each Refresh.
const fyneTag = "migrated_fynedo"

// tool is what every verb works with.
type tool struct {
	root    string    // folder of go.mod, absolute
	out     io.Writer // results and the output of programs
	errs    io.Writer // errors of programs
	environ []string  // "NAME=value", as os.Environ gives it
}

// findRoot sets root to the nearest folder with a go.mod, from the current one upwards.
func (t *tool) findRoot() error {
	dir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the project's folder: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			t.root = dir
			return nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return errors.New("no go.mod here or above: start this in the project's folder")
		}
		dir = parent
	}
}

// dist returns a folder below the git-ignored dist/ and makes it.
func (t *tool) dist(elem ...string) (string, error) {
	dir := filepath.Join(append([]string{t.root, "dist"}, elem...)...)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make the output folder: %w", err)
	}
	return dir, nil
}

// has tells whether the tree holds path, written with slashes from the root.
func (t *tool) has(path string) bool {
	_, err := os.Stat(filepath.Join(t.root, filepath.FromSlash(path)))
	return err == nil
}

// env returns the value of a variable, the last one winning, as a started program sees it.
func (t *tool) env(name string) string {
	for i := len(t.environ) - 1; i >= 0; i-- {
		if k, v, _ := strings.Cut(t.environ[i], "="); k == name {
			return v
		}
	}
	return ""
}

// with returns a tool whose programs see further variables, "NAME=value"; a
// bare "NAME" takes one away.
func (t *tool) with(changes ...string) *tool {
	c := *t
	c.environ = changedEnv(t.environ, changes...)
	return &c
}

// changedEnv returns environ with changes made: "NAME=value" sets, "NAME" removes.
func changedEnv(environ []string, changes ...string) []string {
	named := make(map[string]bool, len(changes))
	for _, c := range changes {
		name, _, _ := strings.Cut(c, "=")
		named[name] = true
	}
	var next []string
	for _, e := range environ {
		if name, _, _ := strings.Cut(e, "="); !named[name] {
			next = append(next, e)
		}
	}
	for _, c := range changes {
		if strings.Contains(c, "=") {
			next = append(next, c)
		}
	}
	return next
}

// command prepares a program in the project's folder. When ctx ends the
// program and everything it started are told to stop, and killed ten seconds later.
func (t *tool) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = t.root, t.environ, t.out, t.errs
	ownGroup(cmd)
	cmd.Cancel = func() error { return stopGroup(cmd) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// start runs a program to its end with its output on the screen.
func (t *tool) start(ctx context.Context, name string, args ...string) error {
	err := t.command(ctx, name, args...).Run()
	if ctx.Err() != nil {
		return fmt.Errorf("stopped: %w", ctx.Err())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", shown(name, args), err)
	}
	return nil
}

// output runs a program and returns what it wrote; its complaints are part of the error.
func (t *tool) output(ctx context.Context, name string, args ...string) (string, error) {
	var out, errs bytes.Buffer
	cmd := t.command(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s: %w\n%s", shown(name, args), err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}

// shown writes a command as one would type it, cut where it gets long.
func shown(name string, args []string) string {
	line := strings.Join(append([]string{filepath.Base(name)}, args...), " ")
	if runes := []rune(line); len(runes) > 100 {
		line = string(runes[:100]) + "..."
	}
	return line
}

// goEnv asks go for the values of variables.
func (t *tool) goEnv(ctx context.Context, names ...string) ([]string, error) {
	out, err := t.output(ctx, "go", append([]string{"env"}, names...)...)
	if err != nil {
		return nil, err
	}
	values := strings.Split(strings.ReplaceAll(strings.TrimSuffix(out, "\n"), "\r", ""), "\n")
	if len(values) != len(names) {
		return nil, fmt.Errorf("go env answered %d lines for %d names", len(values), len(names))
	}
	return values, nil
}

// found tells whether a program is on the search path.
func found(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}
