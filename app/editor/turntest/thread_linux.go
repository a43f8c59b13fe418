package turntest

import (
	"syscall"
	"time"
	"unsafe"
)

// threadTime returns how long the thread of the calling goroutine, which must be locked to it, has had a processor: unlike the time on the
// wall it hardly depends on what else the machine does (clock_gettime(2), CLOCK_THREAD_CPUTIME_ID).
func threadTime() time.Duration {
	const ofThread = 3
	var ts syscall.Timespec
	if _, _, err := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, ofThread, uintptr(unsafe.Pointer(&ts)), 0); err != 0 {
		return 0
	}
	return time.Duration(ts.Nano())
}
