package render

// bins says which items of a list touch which band: a counting sort by
// band and class that keeps the order of the list within a bin.
type bins struct {
	start []int32 // of each bin in items, and the end
	items []int32
}

// extent is the rows an item touches, both included and not negative; to < from is none.
type extent struct {
	from, to int32
	class    uint8
}

// build fills the bins of so many bands and classes.
func (b *bins) build(extents []extent, bands, classes int) {
	n := bands * classes
	if cap(b.start) < n+2 {
		b.start = make([]int32, n+2)
	}
	b.start = b.start[:n+2]
	clear(b.start)
	last := int32(bands - 1)
	for _, e := range extents {
		if e.from > e.to {
			continue
		}
		for k := e.from / bandHeight; k <= min(e.to/bandHeight, last); k++ {
			b.start[k*int32(classes)+int32(e.class)+2]++
		}
	}
	for i := 2; i < len(b.start); i++ {
		b.start[i] += b.start[i-1]
	}
	total := int(b.start[n+1])
	if cap(b.items) < total {
		b.items = make([]int32, total+total/4)
	}
	b.items = b.items[:total]
	// start[k+1] is where bin k goes on filling, so that in the end it is where bin k ends.
	for i, e := range extents {
		if e.from > e.to {
			continue
		}
		for k := e.from / bandHeight; k <= min(e.to/bandHeight, last); k++ {
			at := &b.start[k*int32(classes)+int32(e.class)+1]
			b.items[*at] = int32(i)
			*at++
		}
	}
}

// of returns the items in a bin.
func (b *bins) of(bin int) []int32 { return b.items[b.start[bin]:b.start[bin+1]] }
