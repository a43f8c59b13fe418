package editor

import (
	"os"
	"runtime/debug"
)

// A drawing this large is most of the memory of the program: the collector may then leave less garbage than half
// as much again, for what little work there is in lists without pointers.
const (
	thriftyFrom    = 400_000 // nodes and edges
	thriftyPercent = 15
)

// While a drawing is opened the program makes lists and keeps them: a collector that ran as often as it does would find little,
// and hold up what makes them. A larger file must do with less.
const (
	openingPercent = 800
	openingUpTo    = 64 << 20 // bytes of the file
)

// hurryOpening has the collector run seldom while the drawing in a file is opened, until keepSize or spendMemory, and returns how it
// is usually.
func (e *Editor) hurryOpening(path string) (usual int) {
	percent := openingPercent
	if info, err := os.Stat(path); err != nil || info.Size() > openingUpTo {
		percent = 100
	}
	e.garbage = debug.SetGCPercent(percent)
	return e.garbage
}

// keepSize has the collector run as is good for a drawing of that many nodes and edges, once it is open. It waits for a collection
// that runs, so the goroutine of the window must not call it.
func keepSize(size, usual int) {
	if size >= thriftyFrom {
		usual = thriftyPercent
	}
	debug.SetGCPercent(usual)
}

// spendMemory lets the collector be as it was before a drawing was opened.
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
