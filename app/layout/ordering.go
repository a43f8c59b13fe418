package layout

import (
	"cmp"
	"math"
	"slices"
)

// sortNodes sorts nodes by their keys (indexed by node, no NaN), equal ones in the order they have. Long lists go by radix in
// linear time and look at the stop mark between passes; after a stop the order is undefined.
func (c *course) sortNodes(nodes []int32, key []float64) {
	if len(nodes) < 3000 {
		slices.SortStableFunc(nodes, func(a, b int32) int { return cmp.Compare(key[a], key[b]) })
		return
	}
	type entry struct {
		bits uint64
		node int32
	}
	from, to := make([]entry, len(nodes)), make([]entry, len(nodes))
	for i, v := range nodes {
		b := math.Float64bits(key[v] + 0) // -0 is 0
		if b>>63 != 0 {
			b = ^b
		} else {
			b |= 1 << 63
		}
		from[i] = entry{b, v}
	}
	const width = 11
	for shift := uint(0); shift < 64; shift += width {
		if c.stopped() {
			return
		}
		var count [1<<width + 1]int32
		for _, e := range from {
			count[e.bits>>shift&(1<<width-1)+1]++
		}
		for i := range 1 << width {
			count[i+1] += count[i]
		}
		for _, e := range from {
			q := e.bits >> shift & (1<<width - 1)
			to[count[q]] = e
			count[q]++
		}
		from, to = to, from
	}
	for i, e := range from {
		nodes[i] = e.node
	}
}

// pause is how many light pieces of work a loop does between two looks at the stop mark.
const pause = 1 << 12

// interrupted looks at the stop mark in every pause-th round i of a loop.
func (c *course) interrupted(i int) bool { return i%pause == 0 && c.stopped() }
