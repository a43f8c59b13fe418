package layout

import (
	"slices"

	"caveat/app/geom"
)

// newLayered returns the engine "layered": edges run downward over horizontal layers, for chains of
// reliance and ownership. The framework of Sugiyama, Tagawa and Toda (1981): break cycles (layeredrank.go),
// assign layers, order them against crossings (layeredorder.go), give coordinates (layeredplace.go). Layers
// too wide for a window are set in several lines.
func newLayered(p *Problem) Engine {
	// The direction of an edge is the one in which it first occurs.
	var local []int32
	var out [][]int32
	return newPacked(func(c *course, p *Problem, g *network, names []int32) []geom.Point {
		if local == nil {
			local = make([]int32, p.N)
			out = c.outgoing(p)
		}
		if c.stopped() {
			return nil
		}
		for i, v := range names {
			local[v] = int32(i)
		}
		outs, ins := make([]int32, g.n), make([]int32, g.n)
		for i, v := range names {
			if c.interrupted(i) {
				return nil
			}
			outs[i] = int32(len(out[v]))
			for _, u := range out[v] {
				ins[local[u]]++
			}
		}
		d := &digraph{n: g.n, out: lists(outs), in: lists(ins)}
		for i, v := range names {
			if c.interrupted(i) {
				return nil
			}
			for _, u := range out[v] {
				d.add(int32(i), local[u])
			}
		}
		return drawLayers(c, p, d, names)
	})
}

// outgoing returns the targets of each node, ascending, each once, without loops; of a pair with edges both ways only
// the first is kept.
func (c *course) outgoing(p *Problem) [][]int32 {
	count := make([]int32, p.N+1) // edges by their lower end
	for i, e := range p.Edges {
		if c.interrupted(i) {
			return nil
		}
		if e[0] != e[1] {
			count[min(e[0], e[1])+1]++
		}
	}
	for v := range p.N {
		count[v+1] += count[v]
	}
	byLow := make([]int32, count[p.N])
	next := slices.Clone(count)
	for i, e := range p.Edges {
		if c.interrupted(i) {
			return nil
		}
		if e[0] != e[1] {
			low := min(e[0], e[1])
			byLow[next[low]] = int32(i)
			next[low]++
		}
	}
	seen := make([]int32, p.N) // the last lower end, +1, that a node was joined with
	outs := make([]int32, p.N)
	kept := byLow[:0]
	for low := range int32(p.N) {
		if c.interrupted(int(low)) {
			return nil
		}
		for _, i := range byLow[count[low]:count[low+1]] {
			e := p.Edges[i]
			if high := max(e[0], e[1]); seen[high] != low+1 {
				seen[high] = low + 1
				outs[e[0]]++
				kept = append(kept, i)
			}
		}
	}
	out := lists(outs)
	for j, i := range kept {
		if c.interrupted(j) {
			return nil
		}
		e := p.Edges[i]
		out[e[0]] = append(out[e[0]], e[1])
	}
	for v, l := range out {
		if c.interrupted(v) {
			return nil
		}
		slices.Sort(l)
	}
	return out
}

// digraph is a directed graph without loops or repeats.
type digraph struct {
	n       int
	out, in [][]int32
}

// lists returns empty lists with room for so many each, in one piece of memory.
func lists(count []int32) [][]int32 {
	all := 0
	for _, n := range count {
		all += int(n)
	}
	room, out := make([]int32, all), make([][]int32, len(count))
	for i, n := range count {
		out[i], room = room[:0:n], room[n:]
	}
	return out
}

func (d *digraph) add(a, b int32) {
	d.out[a] = append(d.out[a], b)
	d.in[b] = append(d.in[b], a)
}

// layerGap is the distance of two layers, in drawing units.
const layerGap = 1.3 * EdgeLength

func drawLayers(c *course, p *Problem, d *digraph, names []int32) []geom.Point {
	pts := make([]geom.Point, d.n)
	if d.n == 1 {
		return pts
	}
	d = acyclic(c, d)
	if c.stopped() {
		return pts
	}
	rank := assignRanks(c, d)
	if c.stopped() {
		return pts
	}
	l := newLayers(c, d, rank)
	if c.stopped() {
		return pts
	}
	l.order(c)
	if c.stopped() {
		return pts
	}
	half := make([]float32, l.n()) // half the width of each node
	for v := range half {
		if v >= d.n {
			half[v] = EdgeLength / 8
			continue
		}
		half[v] = max(EdgeLength/2, 1.3*p.radius(int(names[v])))
	}
	x := l.place(c, half)
	if c.stopped() {
		return pts
	}
	by, y := wrapLayers(c, p, l, names, half, x)
	for v := range pts {
		pts[v] = geom.Point{X: x[v] / by, Y: y[v]}
	}
	return pts
}

// Layers that make a drawing wider than this are set in several lines.
const (
	wideDrawing  = 24 * EdgeLength // wide for a window
	flatDrawing  = 3               // width in parts of the height
	wrapped      = 1.8             // and that of drawings with several lines a layer
	wrappedWidth = 18 * EdgeLength // if they are not less wide than this
	lineGap      = 0.75 * EdgeLength
)

// wrapLayers returns the y of each node, and by how much less wide the drawing becomes for layers of several lines.
func wrapLayers(c *course, p *Problem, l *layers, names []int32, half, x []float32) (by float32, y []float32) {
	wide := slices.Max(x[:l.real]) - slices.Min(x[:l.real])
	y, high := layerLines(c, p, l, names, half, x, 1)
	if wide <= max(wideDrawing, flatDrawing*high) {
		return 1, y
	}
	few, many := 1, 2 // too few lines, and enough
	fits := func(k int) bool {
		y, high = layerLines(c, p, l, names, half, x, float32(k))
		return c.stopped() || wide/float32(k) <= max(wrappedWidth, wrapped*high)
	}
	for !fits(many) {
		few, many = many, 2*many
	}
	for many-few > 1 {
		if mid := (few + many) / 2; fits(mid) {
			many = mid
		} else {
			few = mid
		}
	}
	fits(many)
	return float32(many), y
}

// layerLines returns the y of each node, and the height of all, if the drawing is so many times less wide: each node is in the first line
// of its layer with room at its x. Layers are layerGap apart, more where large nodes need it.
func layerLines(c *course, p *Problem, l *layers, names []int32, half, x []float32, by float32) (y []float32, high float32) {
	y = make([]float32, l.real)
	above := float32(0) // largest radius in the layer above
	for r, row := range l.rows {
		lines, tall := &rowFinder{}, float32(0)
		for i, v := range row {
			if c.interrupted(i) {
				return y, high
			}
			if int(v) < l.real {
				y[v] = float32(lines.place(x[v]/by-half[v], 1.998*half[v]))
				tall = max(tall, p.radius(int(names[v])))
			}
		}
		if r > 0 {
			high += max(layerGap, 1.5*(above+tall))
		}
		gap := max(lineGap, 2.2*tall)
		for _, v := range row {
			if int(v) < l.real {
				y[v] = high + y[v]*gap
			}
		}
		high += float32(max(0, len(lines.end)-1)) * gap
		above = tall
	}
	return y, high
}
