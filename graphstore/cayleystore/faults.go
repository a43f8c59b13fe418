package cayleystore

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"caveat/graphstore"
)

// guard runs f; a panic in it, or a fault on the mapped file, becomes an
// error that wraps ErrDamaged. broke is then true: locks may be held for ever.
func guard(f func() error) (broke bool, err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if p := recover(); p != nil {
			broke, err = true, fmt.Errorf("%w: reading it failed (%v)", graphstore.ErrDamaged, p)
		}
	}()
	return false, f()
}

// meaning adds graphstore's error for what the system or bbolt reports.
func meaning(err error) error {
	switch {
	case err == nil, errors.Is(err, graphstore.ErrDamaged), errors.Is(err, graphstore.ErrNotCase):
		return err
	case errors.Is(err, berrors.ErrTimeout):
		return graphstore.ErrLocked
	case isFull(err):
		return fmt.Errorf("%w: %w", graphstore.ErrFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, berrors.ErrDatabaseReadOnly):
		return fmt.Errorf("%w: %w", graphstore.ErrReadOnly, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrInvalidMapping):
		return fmt.Errorf("%w: %w", graphstore.ErrDamaged, err)
	}
	return err
}

// isFull reports whether err says that no space is left: on the disk, in a
// quota, or in the size a file may have. bbolt formats some errors away, so the text counts too.
func isFull(err error) bool {
	for _, e := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, e) || strings.Contains(err.Error(), e.Error()) {
			return true
		}
	}
	const diskFull = syscall.Errno(112) // ERROR_DISK_FULL
	return runtime.GOOS == "windows" && errors.Is(err, diskFull)
}
