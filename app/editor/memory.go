package editor

import "runtime/debug"

// A drawing this large is most of the memory of the program: the collector may then leave less garbage than half
// as much again, for what little work there is in lists without pointers.
const (
	thriftyFrom    = 400_000 // nodes and edges
	thriftyPercent = 30
)

// saveMemory makes the collector thrifty for a drawing of that many nodes and edges, and returns how it was; 0 for a
// small one. It waits for a collection that runs, so the goroutine of the window must not call it.
func saveMemory(size int) (before int) {
	if size < thriftyFrom {
		return 0
	}
	return debug.SetGCPercent(thriftyPercent)
}

// spendMemory lets the collector be as it was before a large drawing was opened.
func (e *Editor) spendMemory() {
	if e.garbage != 0 {
		debug.SetGCPercent(e.garbage)
		e.garbage = 0
	}
}

// giveBack returns to the system what is no longer used after work on a drawing of that many nodes; it takes a moment.
func giveBack(nodes int) {
	if nodes >= thriftyFrom/4 {
		debug.FreeOSMemory()
	}
}
