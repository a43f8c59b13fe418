//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// ownGroup lets the program lead a process group, so that it can be stopped
// together with what it starts.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// stopGroup asks the program's whole group to end.
func stopGroup(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
}
