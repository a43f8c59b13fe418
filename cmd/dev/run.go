package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// sampleName is the built-in case that run opens.
const sampleName = "kaspersky"

// runVerb builds Caveat and opens it; without a display it draws the case instead.
func runVerb(ctx context.Context, t *tool, args []string) error {
	if !hasDisplay(runtime.GOOS, t.env, answers) {
		return t.drawCase(ctx, args)
	}
	if err := t.setup(ctx, buildGroup(), openGroup()); err != nil {
		return err
	}
	program, err := t.build(ctx, "caveat", "CGO_ENABLED=1")
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--sample", sampleName}
	}
	fmt.Fprintf(t.out, "Opening %s\n", shown(program, args))
	window := t.command(ctx, program, args...)
	window.Dir = "" // file names in args are meant from where the user is
	if err := window.Run(); err != nil && ctx.Err() == nil {
		return fmt.Errorf("%s: %w", shown(program, args), err)
	}
	return nil
}

// build compiles a command of ours into dist/ and returns where it lies.
func (t *tool) build(ctx context.Context, name string, changes ...string) (string, error) {
	dir, err := t.dist()
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, name)
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	fmt.Fprintf(t.out, "Building %s (the first time takes minutes, later seconds)\n", name)
	build := t.with(changes...)
	return program, build.start(ctx, "go", "build", "-buildvcs=false", "-tags", fyneTag, "-o", program, "./cmd/"+name)
}

// drawCase renders the built-in case, or the one case or edge list in args,
// to dist/ with the terminal program, which needs neither cgo nor a display.
func (t *tool) drawCase(ctx context.Context, args []string) error {
	fmt.Fprintln(t.out, "There is no display here (DISPLAY and WAYLAND_DISPLAY name none that answers), so no window can be opened.\n"+
		"Drawing the case to a picture instead; that needs no further packages.")
	source, name, err := drawn(args)
	if err != nil {
		return err
	}
	terminal, err := t.build(ctx, "caveatctl", "CGO_ENABLED=0")
	if err != nil {
		return err
	}
	if source == "" {
		dir, err := os.MkdirTemp("", "caveat-run-")
		if err != nil {
			return fmt.Errorf("make a temporary folder: %w", err)
		}
		defer os.RemoveAll(dir)
		source = filepath.Join(dir, sampleName+".caveat")
		if err := t.start(ctx, terminal, "new", source, "--sample", sampleName); err != nil {
			return err
		}
	}
	picture := filepath.Join(t.root, "dist", name+".png")
	if err := t.start(ctx, terminal, "render", source, "--out", picture); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "The picture is %s\n", picture)
	return nil
}

// drawn returns the file that args ask to draw, absolute, and the picture's
// name; an empty source stands for the built-in case.
func drawn(args []string) (source, name string, err error) {
	switch {
	case len(args) == 0:
		return "", sampleName, nil
	case len(args) > 1 || strings.HasPrefix(args[0], "-"):
		return "", "", errors.New("without a display only one case or edge list can be drawn: give its file and nothing else")
	}
	source, err = filepath.Abs(args[0])
	if err != nil {
		return "", "", fmt.Errorf("find %s: %w", args[0], err)
	}
	if _, err := os.Stat(source); err != nil {
		return "", "", fmt.Errorf("draw %s: %w", args[0], err)
	}
	name, _, _ = strings.Cut(filepath.Base(source), ".")
	return source, name, nil
}
