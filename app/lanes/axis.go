package lanes

import (
	"math"
	"strconv"
	"time"

	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// axis turns days into places.
type axis struct {
	first, last time.Time
	from, to    float32 // units
}

// newAxis spans all that is dated, and today.
func newAxis(steps []*dispute.Step, today time.Time) axis {
	a := axis{}
	see := func(t time.Time) {
		if a.first.IsZero() || t.Before(a.first) {
			a.first = t
		}
		if t.After(a.last) {
			a.last = t
		}
	}
	open := false
	for _, s := range steps {
		for _, d := range []graphstore.Date{s.From, s.To} {
			if first, last, ok := d.Span(); ok {
				see(first)
				see(last)
			}
		}
		open = open || s.To.Zero()
	}
	if open || a.first.IsZero() {
		see(today)
	}
	const least = 90 * 24 * time.Hour
	if a.last.Sub(a.first) < least {
		a.first = a.last.Add(-least)
	}
	const air = 60 // of the span stays free before the first date
	a.first = a.first.Add(-a.last.Sub(a.first) / air)
	return a
}

// x returns where a day lies, kept on the axis.
func (a axis) x(t time.Time) float32 {
	k := float64(t.Sub(a.first)) / float64(a.last.Sub(a.first))
	return a.from + float32(math.Min(math.Max(k, 0), 1))*(a.to-a.from)
}

// tick is one line of the grid.
type tick struct {
	x    float32
	text string
}

// ticks returns years, or months with their number where years are far apart, at least wide units from each other.
func (a axis) ticks(wide float32, month func(time.Time) string) []tick {
	months := 1
	perMonth := float64(a.to-a.from) / (a.last.Sub(a.first).Hours() / (24 * 365.25 / 12))
	for _, m := range []int{1, 3, 6, 12, 24, 60, 120, 240, 600} {
		months = m
		if float64(m)*perMonth >= float64(wide) {
			break
		}
	}
	var out []tick
	t := time.Date(a.first.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	if months > 12 {
		years := months / 12
		t = time.Date(a.first.Year()/years*years, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	for ; !t.After(a.last); t = t.AddDate(0, months, 0) {
		if t.Before(a.first) {
			continue
		}
		text := strconv.Itoa(t.Year())
		if t.Month() != time.January {
			text = month(t)
		}
		out = append(out, tick{a.x(t), text})
	}
	return out
}
