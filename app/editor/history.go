package editor

import (
	"context"

	"caveat/graphstore"
)

// History reads the journal of the open case as a job and hands the newest
// entries, newest first and at most limit, to show on the owner goroutine.
func (e *Editor) History(limit int, show func([]graphstore.Entry)) {
	if e.open == nil || e.open.store == nil {
		return
	}
	var store graphstore.Store = e.open.store
	h, ok := store.(graphstore.Historian)
	if !ok {
		return
	}
	e.start("history", e.Words().Say("job.history"), func(ctx context.Context, _ func(float64)) (func(), error) {
		var list []graphstore.Entry
		err := h.History(ctx, 0, func(entry graphstore.Entry) bool {
			list = append(list, entry)
			if len(list) >= 2*limit {
				list = append(list[:0], list[limit:]...)
			}
			return ctx.Err() == nil
		})
		if err != nil {
			return nil, err
		}
		newest := make([]graphstore.Entry, 0, limit)
		for i := len(list) - 1; i >= 0 && len(newest) < limit; i-- {
			newest = append(newest, list[i])
		}
		return func() { show(newest) }, nil
	})
}
