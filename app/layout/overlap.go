package layout

import (
	"math"

	"caveat/app/geom"
)

// overlapRounds bounds the passes of RemoveOverlaps, overlapWork the discs visited in them: from 5,000 discs on
// there are fewer passes, down to a few.
const (
	overlapRounds = 120
	overlapWork   = 600_000
)

// crowded is the mean number of neighbours of a disc that one pass looks at, at most.
// Up to manyVisits it looks at all.
const (
	crowded    = 150
	manyVisits = 10_000_000
)

// spreadLimit is the number of nodes of a drawing from which they are not moved apart: they are
// dots, and the time is better spent otherwise.
const spreadLimit = 20_000

// RemoveOverlaps moves the discs at pos, with the given radii, apart until none overlap,
// keeping their arrangement as far as that allows: every overlapping pair is pushed apart along its
// line, and where pushing stalls everything is spread a little about its middle. Pinned discs (nil =
// none) never move; two pinned ones, or one walled in by them, may still overlap after the last of a bounded number of passes. Radii
// that are negative or not finite count as 0. It is deterministic and takes time about linear in len(pos) a pass.
func RemoveOverlaps(pos []geom.Point, radius []float32, pinned []bool) {
	(&course{}).removeOverlaps(pos, radius, pinned)
}

// removeOverlaps is RemoveOverlaps until stopped.
func (c *course) removeOverlaps(pos []geom.Point, radius []float32, pinned []bool) {
	if len(pos) < 2 || len(radius) != len(pos) {
		return
	}
	d := newDiscs(pos, radius, pinned)
	if d.widest == 0 {
		return
	}
	d.halted = c.stopped
	d.separate(d.rounds())
}

// discs are discs in the plane with a cell index that is renewed every pass.
type discs struct {
	pos    []geom.Point
	radius []float32
	pinned []bool
	widest float32
	head   []int32 // hash cell to its first disc
	next   []int32 // disc to the next of its cell
	key    []uint64
	anyPin bool
	halted func() bool // nil = never
}

// rounds returns how many passes the number of discs allows.
func (d *discs) rounds() int {
	return min(overlapRounds, max(8, overlapWork/len(d.pos)))
}

func newDiscs(pos []geom.Point, radius []float32, pinned []bool) *discs {
	d := &discs{pos: pos, pinned: pinned, radius: make([]float32, len(radius))}
	for i, r := range radius {
		if r > 0 && r-r == 0 {
			d.radius[i] = r
			d.widest = max(d.widest, r)
		}
	}
	for _, v := range pinned {
		d.anyPin = d.anyPin || v
	}
	size := 16
	for size < 2*len(pos) {
		size *= 2
	}
	d.head = make([]int32, size)
	d.next = make([]int32, len(pos))
	d.key = make([]uint64, len(pos))
	return d
}

// separate pushes for at most rounds passes and reports whether nothing overlaps any more.
func (d *discs) separate(rounds int) bool {
	last := math.MaxInt
	for round := range rounds {
		if d.halted != nil && d.halted() {
			return false
		}
		n := d.pass(true)
		if n == 0 {
			return true
		}
		if !d.anyPin && round%4 == 3 {
			if n > last*3/4 {
				d.grow(1.04)
			}
			last = n
		}
	}
	return false
}

// grow spreads all discs about their middle.
func (d *discs) grow(k float32) {
	mid := geom.BoundsOf(d.pos).Center()
	for i, p := range d.pos {
		d.pos[i] = mid.Add(p.Sub(mid).Mul(k))
	}
}

// pass visits every overlapping pair, pushing it apart if told so, and returns their number.
func (d *discs) pass(push bool) int {
	d.index()
	size := 2 * d.widest
	found, visits := 0, 0
	for i := range d.pos {
		if visits > max(crowded*len(d.pos), manyVisits) { // too crowded to see all pairs: what lies first makes room first
			return found + 1
		}
		cx, cy := cellOf(d.pos[i].X, size), cellOf(d.pos[i].Y, size)
		for y := cy - 1; y <= cy+1; y++ {
			for x := cx - 1; x <= cx+1; x++ {
				key := cellKey(x, y)
				for j := d.head[key&uint64(len(d.head)-1)] - 1; j >= 0; j = d.next[j] - 1 {
					visits++
					if int(j) <= i || d.key[j] != key {
						continue
					}
					if d.apart(i, int(j), push) {
						found++
					}
				}
			}
		}
	}
	return found
}

func (d *discs) index() {
	clear(d.head)
	size := 2 * d.widest
	for i := len(d.pos) - 1; i >= 0; i-- {
		key := cellKey(cellOf(d.pos[i].X, size), cellOf(d.pos[i].Y, size))
		d.key[i] = key
		slot := key & uint64(len(d.head)-1)
		d.next[i] = d.head[slot]
		d.head[slot] = int32(i + 1)
	}
}

func cellOf(v, size float32) int32 { return int32(math.Floor(float64(v) / float64(size))) }

// cellKey mixes the cell's column and row; equal cells have equal keys, others almost never.
func cellKey(x, y int32) uint64 {
	z := uint64(uint32(x))<<32 | uint64(uint32(y))
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// slack is how much further than needed a pair is pushed, and how much overlap counts as none.
const slack = 1e-3

// apart reports whether discs i and j overlap, and pushes them apart if told so.
func (d *discs) apart(i, j int, push bool) bool {
	need := d.radius[i] + d.radius[j]
	v := d.pos[j].Sub(d.pos[i])
	if need == 0 || v.Dot(v) >= need*need*(1-slack) {
		return false
	}
	fixedI, fixedJ := d.stays(i), d.stays(j)
	if fixedI && fixedJ {
		return false
	}
	if !push {
		return true
	}
	dist := v.Len()
	dir := v.Unit()
	if dir == (geom.Point{}) { // one on the other: in a direction of its own
		angle := 2.399963 * float64(j-i+i%7)
		dir = geom.Point{X: float32(math.Cos(angle)), Y: float32(math.Sin(angle))}
	}
	move := need*(1+slack) - dist
	switch {
	case fixedI:
		d.pos[j] = d.pos[j].Add(dir.Mul(move))
	case fixedJ:
		d.pos[i] = d.pos[i].Sub(dir.Mul(move))
	default:
		d.pos[i] = d.pos[i].Sub(dir.Mul(move / 2))
		d.pos[j] = d.pos[j].Add(dir.Mul(move / 2))
	}
	return true
}

func (d *discs) stays(i int) bool { return len(d.pinned) != 0 && d.pinned[i] }

// spread makes room for the nodes' discs in the drawing pts of the given nodes: first by scale, up to four times,
// while more than a fiftieth of the nodes overlap, then by moving those that still do.
func (c *course) spread(p *Problem, names []int32, pts []geom.Point) {
	if p.N > spreadLimit {
		return
	}
	radius := make([]float32, len(names))
	for i, v := range names {
		radius[i] = p.radius(int(v))
	}
	d := newDiscs(pts, radius, nil)
	if d.widest == 0 || len(pts) < 2 {
		return
	}
	d.halted = c.stopped
	for scale := float32(1); scale < 4 && !c.stopped() && d.pass(false) > len(pts)/50; scale *= 1.15 {
		d.grow(1.15)
	}
	d.separate(d.rounds())
}
