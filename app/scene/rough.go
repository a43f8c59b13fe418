package scene

import (
	"cmp"
	"math"
	"slices"

	"caveat/app/geom"
)

// Measures of rough places, in drawing units where nothing else is said.
const (
	roughPivots = 6    // nodes from which distances are counted
	roughLeast  = 48   // nodes; smaller parts are discs
	roughEdge   = 75   // mean length of an edge, as in a layout
	roughRoom   = 60   // between the nodes of a disc, and between parts
	roughRounds = 3    // of averaging with neighbours
	roughAspect = 1.5  // width of the whole by its height
	roughJitter = 0.35 // of the mean spacing
)

// roughly places a graph by its distances from a few nodes far apart.
type roughly struct {
	start, adj []int32 // arcs, nodes numbered breadth first, part by part
	depth      []int32 // edges from the first node of the part
	x, y       []float32
}

// rough returns places that show the shape of a graph at a glance, found in time linear in it: its
// parts by pivot multidimensional scaling (Brandes and Pich 2006) on the distances from six nodes
// chosen far from each other, averaged with those of neighbours, side by side, the largest first. The arcs of
// node v lead to others[start[v]:start[v+1]]. Equal graphs get equal places.
func rough(start, others []int32) []geom.Point {
	n := len(start) - 1
	order, depth, parts := breadthFirst(start, others)
	g := &roughly{depth: depth, start: make([]int32, n+1), adj: make([]int32, len(others)), x: make([]float32, n), y: make([]float32, n)}
	number := make([]int32, n)
	for i, v := range order {
		number[v] = int32(i)
		g.start[i+1] = g.start[i] + start[v+1] - start[v]
	}
	inHalves(n, func(from, to int) {
		for i := from; i < to; i++ {
			out, v := g.adj[g.start[i]:g.start[i+1]], order[i]
			for k, u := range others[start[v]:start[v+1]] {
				out[k] = number[u]
			}
		}
	})
	boxes := make([]geom.Rect, len(parts))
	for i, p := range parts {
		if p.to-p.from < roughLeast {
			g.disc(p)
		} else {
			g.scale(p)
		}
		boxes[i] = g.box(p)
	}
	g.pack(parts, boxes)
	pos := make([]geom.Point, n)
	for i, v := range order {
		pos[v] = geom.Point{X: g.x[i], Y: g.y[i]}
	}
	return pos
}

// span is a connected part: nodes numbered from … to-1.
type span struct{ from, to int32 }

// breadthFirst returns all nodes, part by part, each breadth first from its lowest node, and how many edges each is from that.
func breadthFirst(start, adj []int32) (order, depth []int32, parts []span) {
	n := int32(len(start) - 1)
	order, depth = make([]int32, 0, n), make([]int32, n)
	seen := make([]bool, n)
	for v := range n {
		if seen[v] {
			continue
		}
		from := int32(len(order))
		seen[v], order = true, append(order, v)
		for h := from; h < int32(len(order)); h++ {
			u, below := order[h], depth[h]+1
			for _, w := range adj[start[u]:start[u+1]] {
				if !seen[w] {
					seen[w], depth[len(order)] = true, below
					order = append(order, w)
				}
			}
		}
		parts = append(parts, span{from, int32(len(order))})
	}
	return order, depth, parts
}

// disc places a small part on a sunflower.
func (g *roughly) disc(p span) {
	for i := p.from; i < p.to; i++ {
		k := float64(i - p.from)
		sin, cos := math.Sincos(golden * k)
		r := roughRoom * math.Sqrt(k)
		g.x[i], g.y[i] = float32(r*cos), float32(r*sin)
	}
}

// scale places a part by the distances of its nodes from pivots: the last, which is far from the first, and then each time the one
// farthest from all. In a large part the distances from the first, which are known, stand for the sixth.
func (g *roughly) scale(p span) {
	n := int(p.to - p.from)
	var dist [][]int32
	if n >= halvesFrom {
		dist = append(dist, g.depth[p.from:p.to])
	}
	queue, pivot := make([]int32, n), p.to-1
	for len(dist) < roughPivots {
		next := make([]int32, n)
		g.distances(p, pivot, next, queue)
		dist = append(dist, next)
		pivot = p.from + farthest(dist)
	}
	g.project(p, dist)
	g.average(p)
	g.even(p)
	g.jitter(p)
}

// farthest returns the node farthest from those that distances were counted from, the first of several.
func farthest(dist [][]int32) int32 {
	type candidate struct{ node, far int32 }
	found := halves(len(dist[0]), func(from, to int) (found candidate) {
		for i := from; i < to; i++ {
			least := int32(math.MaxInt32)
			for _, d := range dist {
				least = min(least, d[i])
			}
			if least > found.far {
				found = candidate{int32(i), least}
			}
		}
		return found
	})
	if found[1].far > found[0].far {
		return found[1].node
	}
	return found[0].node
}

// distances counts the edges from a pivot to every node of its part.
func (g *roughly) distances(p span, pivot int32, dist, queue []int32) {
	for i := range dist {
		dist[i] = -1
	}
	dist[pivot-p.from], queue[0] = 0, pivot
	for head, tail := 0, 1; head < tail; head++ {
		u := queue[head]
		d := dist[u-p.from] + 1
		for _, v := range g.adj[g.start[u]:g.start[u+1]] {
			if dist[v-p.from] < 0 {
				dist[v-p.from], queue[tail] = d, v
				tail++
			}
		}
	}
}

// project takes the two main axes of the doubly centred squares of the distances, the first level.
func (g *roughly) project(p span, dist [][]int32) {
	n := int(p.to - p.from)
	var mean [roughPivots]float64
	for _, part := range halves(n, func(from, to int) (sum [roughPivots]float64) {
		for k := range sum {
			for _, d := range dist[k][from:to] {
				sum[k] += float64(d) * float64(d)
			}
		}
		return sum
	}) {
		for k := range mean {
			mean[k] += part[k] / float64(n)
		}
	}
	all := 0.0
	for _, v := range mean {
		all += v / roughPivots
	}
	row := func(i int) (c [roughPivots]float64) {
		own := 0.0
		for k := range c {
			d := float64(dist[k][i])
			c[k] = d * d
			own += c[k] / roughPivots
		}
		for k := range c {
			c[k] -= mean[k] + own - all
		}
		return c
	}
	var product [roughPivots][roughPivots]float64
	for _, part := range halves(n, func(from, to int) (sum [roughPivots][roughPivots]float64) {
		for i := from; i < to; i++ {
			c := row(i)
			for a := range c {
				for b := range a + 1 {
					sum[a][b] += c[a] * c[b]
				}
			}
		}
		return sum
	}) {
		for a := range product {
			for b := range a + 1 {
				product[a][b] += part[a][b]
			}
		}
	}
	for a := range product {
		for b := range a {
			product[b][a] = product[a][b]
		}
	}
	first := mainAxis(&product, nil)
	second := mainAxis(&product, &first)
	inHalves(n, func(from, to int) {
		for i := from; i < to; i++ {
			c := row(i)
			x, y := 0.0, 0.0
			for k := range c {
				x, y = x+c[k]*first[k], y+c[k]*second[k]
			}
			g.x[p.from+int32(i)], g.y[p.from+int32(i)] = float32(x), float32(y)
		}
	})
}

// mainAxis returns the main eigenvector of a symmetric matrix, square to another if one is given, by
// power iteration.
func mainAxis(m *[roughPivots][roughPivots]float64, other *[roughPivots]float64) (v [roughPivots]float64) {
	for k := range v {
		v[k] = 1 + float64(k*k) // any start that no axis is likely to be square to
	}
	for range 100 {
		if other != nil {
			along := 0.0
			for k := range v {
				along += v[k] * other[k]
			}
			for k := range v {
				v[k] -= along * other[k]
			}
		}
		var next [roughPivots]float64
		length := 0.0
		for a := range v {
			for b := range v {
				next[a] += m[a][b] * v[b]
			}
			length += next[a] * next[a]
		}
		if length = math.Sqrt(length); !(length > 1e-9) {
			break
		}
		for k := range v {
			v[k] = next[k] / length
		}
	}
	return v
}

// average moves every node half way to the middle of its neighbours, some times: whole numbers of edges become
// places between. A part all on one line or in one place is left so.
func (g *roughly) average(p span) {
	n := int(p.to - p.from)
	x, y := make([]float32, n), make([]float32, n)
	for range roughRounds {
		inHalves(n, func(from, to int) {
			for i := from; i < to; i++ {
				v := p.from + int32(i)
				list := g.adj[g.start[v]:g.start[v+1]]
				var sx, sy float32
				for _, u := range list {
					sx, sy = sx+g.x[u], sy+g.y[u]
				}
				k := 0.5 / float32(max(len(list), 1))
				x[i], y[i] = g.x[v]/2+sx*k, g.y[v]/2+sy*k
			}
		})
		copy(g.x[p.from:p.to], x)
		copy(g.y[p.from:p.to], y)
	}
}

// even moves every node half way to the distance from the middle at which it would stand if nodes were dense alike
// everywhere: so a few far out leave room for the many, and a mesh keeps its shape.
func (g *roughly) even(p span) {
	n := float64(p.to - p.from)
	var mx, my, square float64
	for v := p.from; v < p.to; v++ {
		mx, my = mx+float64(g.x[v])/n, my+float64(g.y[v])/n
	}
	out, most := make([]float32, p.to-p.from), float32(0)
	for v := p.from; v < p.to; v++ {
		g.x[v], g.y[v] = g.x[v]-float32(mx), g.y[v]-float32(my)
		r := float32(math.Hypot(float64(g.x[v]), float64(g.y[v])))
		out[v-p.from], most = r, max(most, r)
		square += float64(r) * float64(r) / n
	}
	if !(most > 0) {
		return
	}
	const steps = 1 << 14
	var within [steps + 1]int32 // nodes nearer than a step
	step := func(r float32) int { return min(int(r/most*steps), steps-1) }
	for _, r := range out {
		within[step(r)+1]++
	}
	for i := range steps {
		within[i+1] += within[i]
	}
	radius := math.Sqrt(2 * square) // of a disc of that spread
	for i, r := range out {
		if r > 0 {
			s := step(r)
			rank := (float64(within[s]) + float64(within[s+1])) / 2 / n
			k := float32(0.5 + 0.5*radius*math.Sqrt(rank)/float64(r))
			g.x[p.from+int32(i)] *= k
			g.y[p.from+int32(i)] *= k
		}
	}
}

// jitter gives edges their length, and sets apart nodes in one place.
func (g *roughly) jitter(p span) {
	type lengths struct {
		sum  float64
		arcs int
	}
	var all lengths
	for _, half := range halves(int(p.to-p.from), func(from, to int) (of lengths) {
		for v := p.from + int32(from); v < p.from+int32(to); v++ {
			for _, u := range g.adj[g.start[v]:g.start[v+1]] {
				dx, dy := float64(g.x[v]-g.x[u]), float64(g.y[v]-g.y[u])
				of.sum += math.Sqrt(dx*dx + dy*dy)
				of.arcs++
			}
		}
		return of
	}) {
		all.sum, all.arcs = all.sum+half.sum, all.arcs+half.arcs
	}
	k := float32(1)
	if all.sum > 0 {
		k = float32(roughEdge * float64(all.arcs) / all.sum)
	}
	box := g.box(p)
	n := float64(p.to - p.from)
	spacing := math.Sqrt(float64(box.Width()*k)*float64(box.Height()*k)/n) * roughJitter
	if !(spacing > 1) {
		spacing = roughRoom * roughJitter
	}
	inHalves(int(p.to-p.from), func(from, to int) {
		for v := p.from + int32(from); v < p.from+int32(to); v++ {
			i := float64(v)
			sin, cos := math.Sincos(golden * i)
			_, part := math.Modf(i * math.Sqrt2)
			r := spacing * math.Sqrt(part)
			g.x[v], g.y[v] = g.x[v]*k+float32(r*cos), g.y[v]*k+float32(r*sin)
		}
	})
}

func (g *roughly) box(p span) geom.Rect {
	r := geom.BoundsOf(nil)
	for i := p.from; i < p.to; i++ {
		at := geom.Point{X: g.x[i], Y: g.y[i]}
		r = r.Union(geom.Rect{Min: at, Max: at})
	}
	return r
}

// pack sets the parts in rows, the largest first.
func (g *roughly) pack(parts []span, boxes []geom.Rect) {
	order := make([]int32, len(parts))
	area, widest := 0.0, float32(0)
	for i, b := range boxes {
		order[i] = int32(i)
		area += float64(b.Width()+roughRoom) * float64(b.Height()+roughRoom)
		widest = max(widest, b.Width()+roughRoom)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(parts[b].to-parts[b].from, parts[a].to-parts[a].from), cmp.Compare(a, b))
	})
	wide := max(widest, float32(math.Sqrt(area*roughAspect)))
	x, y, high := float32(0), float32(0), float32(0)
	for _, i := range order {
		b := boxes[i]
		if x > 0 && x+b.Width() > wide {
			x, y, high = 0, y+high+roughRoom, 0
		}
		for v := parts[i].from; v < parts[i].to; v++ {
			g.x[v] += x - b.Min.X
			g.y[v] += y - b.Min.Y
		}
		x += b.Width() + roughRoom
		high = max(high, b.Height())
	}
}
