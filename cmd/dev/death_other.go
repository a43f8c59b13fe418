//go:build !linux

package main

import "os/exec"

// dieTogether does nothing: only Linux can tie a program's life to another's.
func dieTogether(*exec.Cmd) {}
