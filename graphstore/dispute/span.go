package dispute

import (
	"math"
	"time"

	"caveat/graphstore"
)

// Days are counted from 1970-01-01. An unknown or open end lies beyond every date.
const (
	always  int32 = math.MinInt32 / 2
	forever int32 = math.MaxInt32 / 2
)

// span is when the content of a claim holds, first and last day included,
// with the dates those days come from. Imprecise dates count as long as they may mean.
type span struct {
	from, to   int32
	start, end graphstore.Date
}

func (s span) overlaps(t span) bool { return s.from <= t.to && t.from <= s.to }

// meet returns the days that s and t share as a period of dates.
func (s span) meet(t span) graphstore.Period {
	p := graphstore.Period{From: s.start, To: s.end}
	if t.from > s.from {
		p.From = t.start
	}
	if t.to < s.to {
		p.To = t.end
	}
	return p
}

// days returns the first and the last day that d may mean; ok is false if it is unknown.
func days(d graphstore.Date) (first, last int32, ok bool) {
	v := d.Value
	n := func(from, to int) int {
		x := 0
		for _, r := range []byte(v[from:to]) {
			x = x*10 + int(r-'0')
		}
		return x
	}
	const circa = 2 // years either way, as graphstore.Date says
	y0, m0, d0, y1, m1, d1 := 0, 1, 1, 0, 12, 31
	switch len(v) {
	case 4:
		y0 = n(0, 4)
		y1 = y0
	case 7:
		y0, m0 = n(0, 4), n(5, 7)
		y1, m1, d1 = y0, m0, 0 // day 0 of the month after
		m1++
	case 10:
		y0, m0, d0 = n(0, 4), n(5, 7), n(8, 10)
		y1, m1, d1 = y0, m0, d0
	default:
		return 0, 0, false
	}
	if d.Precision == graphstore.PrecisionCirca {
		y0, y1 = y0-circa, y1+circa
	}
	return civil(y0, m0, d0), civil(y1, m1, d1), true
}

// civil returns the day of a date in the proleptic Gregorian calendar, after
// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil). Month 13 is
// January of the next year; day 0 is the last day of the month before.
func civil(y, m, d int) int32 {
	if m > 12 {
		y, m = y+1, m-12
	}
	if m <= 2 {
		y--
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int32(era*146097 + doe - 719468)
}

// day writes a day as a date.
func day(n int32) graphstore.Date {
	if n <= always || n >= forever {
		return graphstore.Date{}
	}
	return graphstore.Date{Precision: graphstore.PrecisionDay, Value: time.Unix(int64(n)*86400, 0).UTC().Format("2006-01-02")}
}

// spanOf returns when c holds: from valid_from, else (where it is an act and
// not a fact of structure) from when it was said; until valid_to, or until its
// own speaker supersedes or retracts it by a claim that counts.
func spanOf(g *graphstore.Graph, c *graphstore.Claim, counts func(*graphstore.Claim) bool) span {
	s := span{from: always, to: forever}
	start := c.ValidFrom
	if start.Zero() && !structural(g, c) {
		start = c.SaidAt
	}
	if first, _, ok := days(start); ok {
		s.from, s.start = first, start
	}
	if _, last, ok := days(c.ValidTo); ok {
		s.to, s.end = last, c.ValidTo
	}
	for by := range g.Uses(c.ID, graphstore.AsObject) {
		if (by.Predicate == graphstore.Supersedes || by.Predicate == graphstore.Retracts) && (counts == nil || counts(by)) {
			s.endBy(g, c, by)
		}
	}
	if s.to < s.from { // ended before it began to hold: it never did after that day
		s.to, s.end = s.from, s.start
	}
	return s
}

// endBy ends s the day before by takes over. Where that day is unknown, all
// that is known is that c held when it began.
func (s *span) endBy(g *graphstore.Graph, c, by *graphstore.Claim) {
	date := by.ValidFrom
	if date.Zero() {
		date = by.SaidAt
	}
	if next := g.Claim(by.Subject); by.Predicate == graphstore.Supersedes && next != nil {
		switch {
		case !next.ValidFrom.Zero():
			date = next.ValidFrom
		case !next.SaidAt.Zero():
			date = next.SaidAt
		}
	}
	_, last, ok := days(date)
	if !ok {
		date = s.start
		if _, last, ok = days(date); !ok {
			return
		}
		last++
	}
	if last-1 < s.to {
		s.to, s.end = last-1, date
		if date.Precision == graphstore.PrecisionDay {
			s.end = day(last - 1)
		}
	}
}

// structural reports whether c states a fact of structure and not an act.
func structural(g *graphstore.Graph, c *graphstore.Claim) bool {
	p := g.Schema().Predicate(c.Predicate)
	return p != nil && p.Group == graphstore.GroupStructure
}
