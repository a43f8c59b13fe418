//go:build !linux

package editor

import "time"

// threadTime is known on Linux only.
func threadTime() time.Duration { return 0 }
