package render

// bins says which items of a list touch which band: a counting sort by
// band and class that keeps the order of the list within a bin.
type bins struct {
	start []int32 // of each bin in items, and the end
	items []int32
}

// extent is the rows an item touches, both included; to < from is none.
type extent struct {
	from, to int32
	class    uint8
}

// build fills the bins for n items over bands of the given height.
func (b *bins) build(extents []extent, bands, height, classes int) {
	n := bands * classes
	if cap(b.start) < n+2 {
		b.start = make([]int32, n+2)
	}
	b.start = b.start[:n+2]
	clear(b.start)
	last := int32(bands - 1)
	each := func(f func(bin, item int32)) {
		for i, e := range extents {
			from, to := max(e.from, 0), e.to
			if from > to {
				continue
			}
			for k := from / int32(height); k <= min(to/int32(height), last); k++ {
				f(k*int32(classes)+int32(e.class), int32(i))
			}
		}
	}
	each(func(bin, _ int32) { b.start[bin+2]++ })
	for i := 2; i < len(b.start); i++ {
		b.start[i] += b.start[i-1]
	}
	total := int(b.start[n+1])
	if cap(b.items) < total {
		b.items = make([]int32, total+total/4)
	}
	b.items = b.items[:total]
	// start[k+1] is where bin k goes on filling, so that in the end it is where bin k ends.
	each(func(bin, item int32) {
		b.items[b.start[bin+1]] = item
		b.start[bin+1]++
	})
}

// of returns the items in a bin.
func (b *bins) of(bin int) []int32 { return b.items[b.start[bin]:b.start[bin+1]] }
