package editor

import (
	"time"

	"caveat/app/scene"
	"caveat/graphstore"
)

// Status is what the status bar says about the case.
type Status struct {
	Entities, Claims, Documents int
	Shown                       int // entities in the view
	Disputed                    int // claims that others attack, as of the time cursors
	Unsourced                   int // claims without evidence, as of them
	Pending                     int // edits not yet written
	SavedAt                     time.Time
	ReadOnly                    bool
	Drawing                     bool // an edge list, not a case
	LayoutTime                  time.Duration
}

// counted are the figures that take a pass over the claims; they are kept until the graph changes.
type counted struct {
	of                  *graphstore.Graph
	trueAt, knownBy     graphstore.Date
	disputed, unsourced int
}

// Status returns the figures of the status bar.
func (e *Editor) Status() Status {
	if e.open == nil {
		return Status{}
	}
	s := Status{Shown: e.scene.Len() + e.scene.Inside(), Drawing: e.open.doc == nil, ReadOnly: !e.canEdit(), LayoutTime: e.open.layoutTime}
	if e.open.doc == nil {
		s.Entities, s.Claims = e.drawing().Len(), e.drawing().EdgeCount()
		return s
	}
	g := e.open.doc.Graph()
	n := g.Count()
	s.Entities, s.Claims, s.Documents = n.Entities, n.Claims, n.Documents
	state := e.open.doc.State()
	s.Pending, s.SavedAt = state.Pending, state.SavedAt
	if v, c := e.View(), e.open.counted; c.of != g || c.trueAt != v.TrueAt || c.knownBy != v.KnownBy {
		e.open.counted = count(g, v)
	}
	s.Disputed, s.Unsourced = e.open.counted.disputed, e.open.counted.unsourced
	return s
}

func count(g *graphstore.Graph, v *graphstore.View) counted {
	c := counted{of: g, trueAt: v.TrueAt, knownBy: v.KnownBy}
	shows := scene.AsOf(v, g)
	for claim := range g.Claims() {
		one := countOne(g, claim, shows)
		c.disputed += one.disputed
		c.unsourced += one.unsourced
	}
	return c
}
