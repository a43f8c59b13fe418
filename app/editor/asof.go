package editor

import (
	"time"

	"caveat/app/scene"
	"caveat/graphstore"
)

// AsOf returns which claims of the case the time cursors of the view leave: all without cursors. The function
// belongs to the owner goroutine and is of the graph and the view of now.
func (e *Editor) AsOf() func(*graphstore.Claim) bool { return scene.AsOf(e.View(), e.Graph()) }

// Day returns the day for which the status of a claim is told: today, or the earlier of the view's time cursors.
func (e *Editor) Day() time.Time {
	v, day := e.View(), time.Time{}
	for _, d := range [2]graphstore.Date{v.TrueAt, v.KnownBy} {
		if _, last, ok := d.Span(); ok && (day.IsZero() || last.Before(day)) {
			day = last
		}
	}
	if day.IsZero() {
		return e.opts.Now()
	}
	return day
}
