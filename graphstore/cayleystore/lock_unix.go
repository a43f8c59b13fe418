//go:build !windows

package cayleystore

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the shared lock that bbolt takes for reading; ok is false
// when somebody is writing. Closing the file releases it.
func tryLock(f *os.File) (ok bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// unlock gives up bbolt's lock on a file that is to be closed while it is
// still mapped: the mapping would keep the lock alive.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
