//go:build !linux

package turntest

import "time"

// threadTime is known on Linux only.
func threadTime() time.Duration { return 0 }
