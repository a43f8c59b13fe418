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
	shortWidth = 6.2 // where a name is broken that finds no room otherwise
	labelLines = 3   // most of them; more is elided
	fewNodes   = 600 // of more the names have two lines
	valueWidth = 13  // ems
)

// label is a node's name set in a few lines, for every size at once.
type label struct {
	lines [labelLines]string
	width [labelLines]float32 // ems
	n     int
	short atomic.Pointer[label] // the same in lines as short as its words allow; without lines where that is no help
}

func newLabels(n int) []atomic.Pointer[label] { return make([]atomic.Pointer[label], n) }

// label returns the set name of a node.
func (m *model) label(f *typeset.Faces, node int32) *label {
	if l := m.labels[node].Load(); l != nil {
		return l
	}
	l := m.setLabel(f, node, labelWidth)
	m.labels[node].Store(l)
	return l
}

// shortLabel returns the name of a node in short lines, without any where that changes nothing.
func (m *model) shortLabel(f *typeset.Faces, node int32) *label {
	l := m.label(f, node)
	if s := l.short.Load(); s != nil {
		return s
	}
	s := m.setLabel(f, node, shortWidth)
	if s.n == l.n {
		s.n = 0
	}
	l.short.Store(s)
	return s
}

// setLabel sets the name of a node in lines that are as wide as that, in ems, or as its widest word.
func (m *model) setLabel(f *typeset.Faces, node int32, wide float32) *label {
	l := new(label)
	name := m.nodes[node].name
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
	return l
}

// placement says where a label stands about its node.
type placement uint8

const (
	below placement = iota
	above
	right
	left
	narrow               // and on: the same four, of the name in short lines
	leaders = 2 * narrow // and on: at the end of a line, around the mark in two rings
)

const (
	leaderWays = 16
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
