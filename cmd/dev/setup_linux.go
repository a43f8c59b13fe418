package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
)

// setup makes sure that the packages of groups are there. On Debian and its
// kin it installs what is missing, having said so; elsewhere it checks for a
// compiler and the headers and says what to install.
func (t *tool) setup(ctx context.Context, groups ...group) error {
	if !found("apt-get") || !found("dpkg-query") {
		return t.headers(ctx)
	}
	short := lacking(groups, t.installed(ctx, groups))
	if len(short) == 0 {
		return nil
	}
	p := powerOf(os.Geteuid(), found("sudo"), person())
	if p == noPower {
		return byHand(short)
	}
	plan := aptPlan(allNames(short), p)
	fmt.Fprint(t.out, announce(short, plan))
	for i, c := range plan {
		if err := t.apt(ctx, p, c); err != nil {
			if i == 0 && ctx.Err() == nil {
				fmt.Fprintln(t.out, "The package lists could not all be refreshed; trying with those that are there.")
				continue
			}
			return fmt.Errorf("install packages: %w", err)
		}
	}
	if left := lacking(groups, t.installed(ctx, groups)); len(left) > 0 {
		return fmt.Errorf("apt-get succeeded, yet these packages are not installed: %s", strings.Join(allNames(left), " "))
	}
	return nil
}

// installed asks dpkg which packages of groups are there. dpkg-query fails
// when it knows one of them not at all and still answers for the others.
func (t *tool) installed(ctx context.Context, groups []group) map[string]bool {
	answer, _ := t.output(ctx, "dpkg-query", append([]string{"-W", "-f", dpkgFormat}, allNames(groups)...)...)
	return parseInstalled(answer)
}

// apt runs one command of the plan. Of apt-get's hundreds of lines the screen
// shows those that tell how far it is; when it fails, all of them.
func (t *tool) apt(ctx context.Context, p power, command []string) error {
	cmd := t.command(ctx, command[0], command[1:]...)
	said := &aptLines{show: t.out}
	cmd.Stdout, cmd.Stderr = said, said
	if p == sudoAsks { // sudo reads the password from the terminal, which only the terminal's own group may
		cmd.SysProcAttr, cmd.Stdin = nil, os.Stdin
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	err := cmd.Run()
	if err != nil {
		fmt.Fprint(t.out, said.all.String())
	}
	return err
}

// headers tells whether a C compiler and the libraries' headers are there.
func (t *tool) headers(ctx context.Context) error {
	if !found("cc") && !found("gcc") && !found("clang") || !found("pkg-config") {
		return errors.New(advice("linux"))
	}
	if _, err := t.output(ctx, "pkg-config", "--exists", "--print-errors", "gl", "x11", "xcursor", "xrandr", "xinerama", "xi", "xxf86vm",
		"wayland-client", "xkbcommon"); err != nil {
		return fmt.Errorf("%s\n(%w)", advice("linux"), err)
	}
	return nil
}

// person tells whether somebody sits at the terminal.
func person() bool {
	for _, f := range []*os.File{os.Stdin, os.Stderr} {
		info, err := f.Stat()
		if err != nil || info.Mode()&os.ModeCharDevice == 0 {
			return false
		}
	}
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	in, err := os.Stdin.Stat()
	return err == nil && !os.SameFile(null, in)
}
