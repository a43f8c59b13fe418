//go:build !linux

package main

import (
	"context"
	"errors"
	"runtime"
)

// setup checks for a C compiler and says what to install where there is none.
// The groups name Debian packages; these systems have their libraries built in.
func (t *tool) setup(ctx context.Context, _ ...group) error {
	if runtime.GOOS == "darwin" { // the stubs /usr/bin/cc and /usr/bin/clang exist without the tools
		if _, err := t.output(ctx, "xcode-select", "-p"); err != nil {
			return errors.New(advice(runtime.GOOS))
		}
		return nil
	}
	cc, err := t.goEnv(ctx, "CC")
	if err != nil {
		return err
	}
	if !found(cc[0]) && !found("gcc") && !found("clang") {
		return errors.New(advice(runtime.GOOS))
	}
	return nil
}
