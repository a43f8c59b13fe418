package scene

import (
	"image/color"
	"math"
	"math/bits"
	"slices"
	"sync"

	"caveat/app/geom"
)

// Limits of the far level.
const (
	toneMapFrom = 8_000   // lines from which density is shown instead of lines: upon each other they would soon all be equally strong
	maxLines    = 300_000 // beyond, an even sample of the edges stands for all
	maxDots     = 120_000 // nodes from which those of one cell become one dot
	cellSize    = 2       // device pixels
	maxMarked   = 4000    // things that stand out and are drawn one by one
	passingPart = 0.3     // of the opacity of the others have edges with no end in view, where they are many
	dotPart     = 0.28    // of the spacing of the nodes is the most that a dot's radius is
)

// farEdges draws the edges of the far level as hairlines, those that stand out as strokes.
func (k *sketch) farEdges() {
	n := k.edgeCount
	// Lines too short to see are left to the dots, where there are many.
	shortest := float32(0)
	if n > middleEdges {
		shortest = 0.8
	}
	if k.bundles != nil {
		k.farBundles(n, shortest)
		k.farFolds()
		k.farMarked(n)
		return
	}
	step := 1 + (n-1)/maxLines
	colors := k.farColors(n)
	lines := resized(k.f.Lines, (n+step-1)/step)
	parts := inParts(len(lines), func(from, to int) int {
		w := from
		for at := from; at < to; at++ {
			i := k.edgeInView(at * step)
			e := &k.Scene.edges[i]
			a, b := k.at(k.point(e.a)), k.at(k.point(e.b))
			if d := b.Sub(a); d.Dot(d) <= shortest*shortest || k.beside(a, b) {
				continue
			}
			c := colors[uint8(e.pos)]
			if k.crowded && k.passes(i) {
				c.A = uint8(float32(c.A) * passingPart)
			}
			lines[w] = Line{a, b, c}
			w++
		}
		return w
	})
	drawn := 0
	for _, p := range parts {
		drawn += copy(lines[drawn:], lines[p[0]:p[1]])
	}
	k.f.Lines = lines[:drawn]
	k.f.ToneMap = n > toneMapFrom
	k.farFolds()
	k.farMarked(n)
}

// farFolds draws the edges between folded groups, which stand for many, as strokes.
func (k *sketch) farFolds() {
	for _, i := range k.between {
		e := &k.Scene.edges[i]
		if e.flags&edgeLoop != 0 {
			continue
		}
		r := k.run(i)
		k.f.Strokes = append(k.f.Strokes, Stroke{A: r.A, Ctrl: r.C, B: r.B, Way: r.pieces, Color: k.edgeColor(e, k.edgeState(i)), Width: k.edgeWidth(e, k.edgeState(i))})
	}
}

// farMarked draws the edges that stand out among hairlines as strokes.
func (k *sketch) farMarked(n int) {
	if len(k.state.edges.some) == 0 {
		return
	}
	for _, i := range k.standing(&k.state.edges, k.scratch.edges, n) {
		if st := k.edgeState(i); st != 0 && len(k.f.Strokes) < maxMarked {
			e := &k.Scene.edges[i]
			c := geom.Curve{A: k.at(k.point(e.a)), B: k.at(k.point(e.b))}
			c.C = c.A.Lerp(c.B, 0.5)
			s := Stroke{A: c.A, Ctrl: c.C, B: c.B, Color: k.edgeColor(e, st), Width: 1.3 * k.look.Scale}
			if k.ledBy(i) != nil {
				r := k.run(i)
				s.A, s.Ctrl, s.B, s.Way = r.A, r.C, r.B, r.pieces
			}
			if st&selected != 0 {
				s.Halo = withAlpha(k.theme.Selection, 0.45)
			}
			k.f.Strokes = append(k.f.Strokes, s)
		}
	}
}

// farColors returns the colours of hairlines by position, fainter the more there are.
func (k *sketch) farColors(n int) *[256]color.NRGBA {
	const strong = 0.6 // most of what a hairline covers has its colour
	alpha := min(max(0.62-0.11*float32(math.Log10(float64(n+1))-3), 0.25), 0.62)
	if n > toneMapFrom { // the density map thins them out
		alpha = strong
	}
	if k.fades {
		alpha *= 1 - k.theme.Fade
	}
	out := k.positions
	out[uint8(noPosition)] = k.theme.Hairline
	if n > toneMapFrom { // what is added up to densities must reach from faint to strong
		out[uint8(noPosition)] = mix(k.theme.Hairline, k.theme.Muted, 0.75)
	}
	for i := range out {
		a := alpha
		if i != noPosition {
			a = min(1, 1.5*alpha)
		}
		out[i] = withAlpha(out[i], a)
	}
	return &out
}

// beside reports whether a line lies beyond one side of the frame.
func (k *sketch) beside(a, b geom.Point) bool {
	w, h := float32(k.f.Size.X), float32(k.f.Size.Y)
	return a.X < -1 && b.X < -1 || a.Y < -1 && b.Y < -1 || a.X > w+1 && b.X > w+1 || a.Y > h+1 && b.Y > h+1
}

// inParts runs f over the quarters of 0..n at the same time and returns where each wrote
// to. It waits for all.
func inParts(n int, f func(from, to int) (end int)) [4][2]int {
	var out [4][2]int
	if n < 20_000 {
		out[0] = [2]int{0, f(0, n)}
		return out
	}
	var wg sync.WaitGroup
	for p := range out {
		from, to := n*p/len(out), n*(p+1)/len(out)
		wg.Go(func() { out[p] = [2]int{from, f(from, to)} })
	}
	wg.Wait()
	return out
}

// farSizes fills the radii of dots by the binary logarithm of importance, in device pixels: the
// most important are a few pixels wide, the rest hardly more than one.
func (k *sketch) farSizes() {
	top := int32(1)
	if len(k.byWeight) > 0 {
		top = max(top, k.Scene.nodes[k.byWeight[0]].weight)
	}
	least := float32(0.85)
	if k.nodeCount > middleNodes {
		least = 0.6
	}
	// A dot may be as large as its node, but where nodes stand close the ground and the edges between
	// them must show.
	k.apart = dotPart * k.spacing()
	levels := float32(max(bits.Len32(uint32(top)), 7)) // without hubs all stay small
	for i := range k.sizes {
		part := min(float32(i)/levels, 1)
		k.sizes[i] = (least + 2.1*part*part*part) * k.look.Scale
	}
}

// spacing returns how far apart the nodes in view stand where most of them are, in device pixels:
// from the mean, over a sample of nodes, of how many others share its cell of the frame.
func (k *sketch) spacing() float32 {
	const side, sample = 64, 16384
	var counts [side * side]uint16
	step := 1 + k.nodeCount/sample
	wide, high := float32(k.f.Size.X)/side, float32(k.f.Size.Y)/side
	n, shared := 0, 0
	for at := 0; at < k.nodeCount; at += step {
		p := k.at(k.pos[k.nodeInView(at)])
		x, y := int(p.X/wide), int(p.Y/high)
		if p.X < 0 || p.Y < 0 || x >= side || y >= side {
			continue
		}
		c := &counts[y*side+x]
		shared += 2 * int(*c) // both see each other
		*c++
		n++
	}
	if shared == 0 {
		return wide
	}
	return float32(math.Sqrt(float64(wide) * float64(high) * float64(n) / (float64(shared) * float64(step))))
}

// farRadius returns the radius of a node's dot in device pixels.
func (k *sketch) farRadius(i int32) float32 {
	n := &k.Scene.nodes[i]
	if n.folded { // has a mark
		return k.radius(i)
	}
	return max(min(n.radius*k.k, k.apart), k.sizes[bits.Len32(uint32(n.weight))])
}

// farNodes draws the nodes of the far level as dots, those that stand out as marks.
func (k *sketch) farNodes() {
	n := k.nodeCount
	k.farSizes()
	if n > maxDots {
		k.cellDots()
	} else {
		k.f.Dots = resized(k.f.Dots, n)
		inParts(n, func(from, to int) int {
			for at := from; at < to; at++ {
				i := k.nodeInView(at)
				k.f.Dots[at] = Dot{k.at(k.pos[i]), k.farRadius(i), k.farColor(i)}
			}
			return to
		})
	}
	for _, i := range k.folds {
		if r := k.radius(i); k.view.Intersects(geom.RectAround(k.pos[i], r/k.k, r/k.k)) {
			k.mark1(i)
			k.f.Marks[len(k.f.Marks)-1].Icon = ""
		}
	}
	if len(k.state.nodes.some) == 0 {
		return
	}
	ringed := selected | hovered | lit
	if k.manySelected() {
		ringed = hovered | lit
	}
	for _, i := range k.standing(&k.state.nodes, k.scratch.nodes, n) {
		if st := k.nodeState(i); st&ringed != 0 && !k.foldedEnd(i) && len(k.f.Marks) < maxMarked {
			k.mark1(i)
			m := &k.f.Marks[len(k.f.Marks)-1]
			m.Icon, m.Pin = "", false
		}
	}
}

// mostRinged is up to how many selected nodes have a ring at the far level; of more the dots have the colour
// of selection, for rings would cover all else.
const mostRinged = 400

func (k *sketch) manySelected() bool { return k.look.Selected.Len() > mostRinged }

func (k *sketch) farColor(i int32) color.NRGBA {
	if k.manySelected() && k.nodeState(i)&selected != 0 {
		return k.theme.Selection
	}
	c := k.paint(i).border
	if k.fades && k.faded(k.nodeState(i)) {
		return mix(c, k.theme.Background, k.theme.Fade)
	}
	return c
}

// cell counts the nodes of a few pixels.
type cell struct {
	count int32
	node  int32 // the first of them
	x, y  float32
}

// add counts what another part of the nodes has put into the same cell.
func (c *cell) add(other *cell) {
	if c.count == 0 {
		c.node = other.node
	}
	c.count += other.count
	c.x += other.x
	c.y += other.y
}

// How the dot of a cell tells how many nodes it stands for: one of a few by its size, one of many by its tone. Those
// cover their cells, as rows of dots with gaps between would show the grid instead of the drawing.
const (
	covering  = 4    // nodes from which a dot covers its cell
	coverPart = 0.8  // of the size of a cell is the radius of such a dot
	meanTone  = 0.72 // of the colour has a dot with as many nodes as is the mean
	toneStep  = 0.11 // for every doubling
	leastTone = 0.45
)

// cellTone returns how much of its colour the dot of a cell has.
func cellTone(count int32, mean float64) float32 {
	if count < covering {
		return 1
	}
	return float32(min(max(meanTone+toneStep*math.Log2(float64(count)/max(mean, covering)), leastTone), 1))
}

// eminent is how many of the most important nodes are drawn over the cells.
const eminent = 1500

// cellDots draws one dot for all nodes of a cell of the screen, in their middle, larger or stronger where they are
// many, and the most important nodes on top.
func (k *sketch) cellDots() {
	size := cellSize * max(1, float32(math.Sqrt(float64(k.f.Size.X)*float64(k.f.Size.Y)/4/maxDots/4)))
	w, h := int(float32(k.f.Size.X)/size)+1, int(float32(k.f.Size.Y)/size)+1
	const cores = 2
	if cap(k.cells) < cores*w*h {
		k.cells = make([]cell, cores*w*h)
	}
	cells := k.cells[:cores*w*h]
	clear(cells)
	var wg sync.WaitGroup
	for half := range cores {
		wg.Go(func() {
			part := cells[half*w*h : (half+1)*w*h]
			for at := k.nodeCount * half / cores; at < k.nodeCount*(half+1)/cores; at++ {
				i := k.nodeInView(at)
				p := k.at(k.pos[i])
				x, y := int(p.X/size), int(p.Y/size)
				if p.X < 0 || p.Y < 0 || x >= w || y >= h {
					continue
				}
				c := &part[y*w+x]
				if c.count == 0 {
					c.node = i
				}
				c.count++
				c.x += p.X
				c.y += p.Y
			}
		})
	}
	wg.Wait()
	type sum struct{ filled, nodes int }
	sums := halves(w*h, func(from, to int) (s sum) {
		for at := from; at < to; at++ {
			c := &cells[at]
			if c.add(&cells[w*h+at]); c.count > 0 {
				s.filled++
				s.nodes += int(c.count)
			}
		}
		return s
	})
	filled := sums[0].filled + sums[1].filled
	mean := float64(sums[0].nodes+sums[1].nodes) / float64(max(filled, 1))
	k.f.Dots = resized(slices.Grow(k.f.Dots, filled+eminent), filled)
	var radii [covering + 1]float32 // by the count
	for i := range radii {
		radii[i] = max(size*(0.2+0.07*float32(i)), 0.6*k.look.Scale)
	}
	radii[covering] = coverPart * size
	var tones [256]float32 // by the count
	for i := range tones {
		tones[i] = cellTone(int32(i), mean)
	}
	inHalves(w*h, func(from, to int) {
		next := sums[0].filled * min(from, 1)
		for at := from; at < to; at++ {
			c := &cells[at]
			if c.count == 0 {
				continue
			}
			color := k.farColor(c.node)
			if c.count >= covering {
				color = mix(color, k.theme.Background, 1-tones[min(int(c.count), len(tones)-1)])
			}
			n := float32(c.count)
			k.f.Dots[next] = Dot{geom.Point{X: c.x / n, Y: c.y / n}, radii[min(c.count, covering)], color}
			next++
		}
	})
	for _, i := range k.byWeight[:min(eminent, len(k.byWeight))] {
		if p := k.at(k.pos[i]); p.X >= 0 && p.Y >= 0 && p.X < float32(k.f.Size.X) && p.Y < float32(k.f.Size.Y) {
			k.f.Dots = append(k.f.Dots, Dot{p, k.farRadius(i), k.farColor(i)})
		}
	}
}
