package scene

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"caveat/app/typeset"
	"caveat/graphstore"
)

// Sizes of texts in canvas units. Nothing is set smaller; what has no room is left out.
const (
	labelSize = 12
	verbSize  = 11
	badgeSize = 11
	// labelWidth is where a name is broken, wordWidth where one of its words is cut, in ems.
	labelWidth = 11.2
	wordWidth  = 14.5
	labelLines = 3   // most of them; more is elided
	fewNodes   = 600 // of more the names have two lines
	valueWidth = 13  // ems
)

// label is a node's name set in a few lines, for every size at once.
type label struct {
	lines [labelLines]string
	width [labelLines]float32 // ems
	n     int
}

func newLabels(n int) []atomic.Pointer[label] { return make([]atomic.Pointer[label], n) }

// label returns the set name of a node.
func (m *model) label(f *typeset.Faces, node int32) *label {
	if l := m.labels[node].Load(); l != nil {
		return l
	}
	l := new(label)
	name := m.nodes[node].name
	wide := float32(labelWidth)
	for word := range strings.FieldsSeq(name) {
		wide = max(wide, min(f.Width(word, 1, false)+.01, wordWidth))
	}
	lines := labelLines
	if len(m.nodes) > fewNodes {
		lines = 2
	}
	for _, line := range f.Wrap(name, 1, false, wide, lines) {
		l.lines[l.n], l.width[l.n] = line, f.Width(line, 1, false)
		l.n++
	}
	if k := m.nodes[node].members; k > 1 && l.n > 0 {
		last := l.n - 1
		l.lines[last] += " (" + strconv.Itoa(int(k)) + ")"
		l.width[last] = f.Width(l.lines[last], 1, false)
	}
	m.labels[node].Store(l)
	return l
}

// placement says where a label stands about its node.
type placement uint8

const (
	below placement = iota
	above
	right
	left
	leaders // and on: at the end of a line, around the mark in two rings
)

const (
	leaderWays = 8
	placements = leaders + 2*leaderWays
)

// LabelMemory remembers which labels are shown and where, so that they stay while the
// camera moves. Keep one for each canvas. Frames made with one memory wait for each other.
type LabelMemory struct {
	mu    sync.Mutex
	shown map[graphstore.ID]spot
}

// spot is where a name stands and the zoom at which it came there.
type spot struct {
	placement placement
	zoom      float32
}

func itoa(n int) string { return strconv.Itoa(n) }
