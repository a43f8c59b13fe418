package editor

import "time"

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
	t := e.Tally()
	s.Disputed, s.Unsourced = t.disputed, t.unsourced
	return s
}
