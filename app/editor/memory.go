package editor

import "runtime/debug"

// A drawing this large is most of the memory of the program: the collector may then leave less garbage than half
// as much again, for what little work there is in lists without pointers.
const (
	thriftyFrom    = 400_000 // nodes and edges
	thriftyPercent = 30
)

// saveMemory makes the collector thrifty while a drawing of that many nodes and edges is open.
func (e *Editor) saveMemory(size int) {
	thrifty := size >= thriftyFrom
	switch {
	case thrifty && e.garbage == 0:
		e.garbage = debug.SetGCPercent(thriftyPercent)
	case !thrifty && e.garbage != 0:
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
