package cayleystore

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the shared lock that bbolt takes for reading; ok is false
// when somebody is writing. Closing the file releases it.
func tryLock(f *os.File) (ok bool, err error) {
	const last = 1<<32 - 1 // bbolt locks the last byte of the address space
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{Offset: last, OffsetHigh: last})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// unlock gives up bbolt's lock on a file that is to be closed while it is
// still mapped.
func unlock(f *os.File) error {
	const last = 1<<32 - 1
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{Offset: last, OffsetHigh: last})
}
