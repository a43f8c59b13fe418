//go:build !linux

package cayleystore

import "errors"

// fillUp needs a limit on file sizes; elsewhere TestFullDiskIsSaid injects a full disk.
func fillUp(string) error { return errors.New("only on Linux") }
