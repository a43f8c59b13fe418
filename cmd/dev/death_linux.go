package main

import (
	"os/exec"
	"syscall"
)

// dieTogether has the kernel stop the program when the thread that starts it
// ends, so that a killed tool leaves no display behind.
func dieTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr.Pdeathsig = syscall.SIGTERM
}
