package lanes

import (
	"slices"

	"caveat/graphstore"
	"caveat/graphstore/dispute"
)

// lane is all steps of one speaker.
type lane struct {
	speaker graphstore.ID
	country string
	bars    []bar
	rulings []bar
	rows    int // that the bars take
}

// bar is one step with where it lies.
type bar struct {
	index    int // in the steps given
	step     *dispute.Step
	from, to float32
	sure     [2]float32 // from where to where it certainly held
	row      int
}

// lanesOf sorts steps into lanes, in the order in which they come, and stacks what overlaps.
func lanesOf(steps []*dispute.Step, a axis) []lane {
	var out []lane
	for i, s := range steps {
		k := slices.IndexFunc(out, func(l lane) bool { return l.speaker == s.Lane })
		if k < 0 {
			k = len(out)
			out = append(out, lane{speaker: s.Lane, country: s.Country})
		}
		b := place(i, s, a)
		switch {
		case s.Ruling == "":
			out[k].bars = append(out[k].bars, b)
		case !slices.ContainsFunc(out[k].rulings, func(o bar) bool { return o.step.Claims[0] == s.Claims[0] }):
			out[k].rulings = append(out[k].rulings, b)
		}
	}
	for k := range out {
		out[k].stack()
	}
	return out
}

func place(i int, s *dispute.Step, a axis) bar {
	b := bar{index: i, step: s, from: a.from, to: a.to}
	b.sure = [2]float32{a.from, a.to}
	if first, last, ok := s.From.Span(); ok {
		b.from, b.sure[0] = a.x(first), a.x(last)
	}
	if first, last, ok := s.To.Span(); ok {
		b.to, b.sure[1] = a.x(last), a.x(first)
	}
	if s.From.Precision == graphstore.PrecisionDay {
		b.sure[0] = b.from
	}
	if s.To.Precision == graphstore.PrecisionDay {
		b.sure[1] = b.to
	}
	b.to = max(b.to, b.from+leastBar)
	b.sure[0] = min(b.sure[0], b.to)
	b.sure[1] = min(max(b.sure[1], b.sure[0]), b.to)
	return b
}

// stack gives bars that overlap rows of their own, the fewest there can be.
func (l *lane) stack() {
	order := make([]int, len(l.bars))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := l.bars[a].from, l.bars[b].from; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	var ends []float32
	for _, i := range order {
		b := &l.bars[i]
		row := slices.IndexFunc(ends, func(end float32) bool { return end <= b.from+overlapOK })
		if row < 0 {
			row = len(ends)
			ends = append(ends, 0)
		}
		b.row, ends[row] = row, b.to
	}
	l.rows = max(len(ends), 1)
}
