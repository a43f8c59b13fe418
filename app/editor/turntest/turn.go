// Package turntest measures how long the goroutine of a window is busy without a pause: what runs in one turn holds up its frames.
package turntest

import (
	"runtime"
	"testing"
	"time"
)

// Clock keeps the longest of some turns: by the wall, and by the processor time of the thread, to look at on a busy machine.
type Clock struct{ Longest, Worked time.Duration }

// Turn runs f and measures it.
func (c *Clock) Turn(f func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	began, had := time.Now(), threadTime()
	f()
	c.Longest, c.Worked = max(c.Longest, time.Since(began)), max(c.Worked, threadTime()-had)
}

// Report adds both to what a benchmark reports, instead of the time it took.
func (c *Clock) Report(b *testing.B) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(c.Longest.Microseconds())/1000, "ms/turn")
	b.ReportMetric(float64(c.Worked.Microseconds())/1000, "cpu-ms/turn")
}
