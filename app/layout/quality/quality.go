// Package quality measures how well a drawing shows a graph: stress, neighbourhood preservation, spread of
// edge lengths and crossings. Large graphs are sampled, with fixed seeds, so that equal
// input gives equal figures on any machine.
package quality

import (
	"math"
	"math/rand/v2"
	"slices"

	"caveat/app/geom"
)

// Figures are the measures of one drawing.
type Figures struct {
	// Stress is the mean of ((s|xi-xj|-dij)/dij)^2 over pairs joined by a path, with dij edges on the shortest
	// and the scale s for which the mean is least; 0 is perfect. All pairs up to 2,000
	// nodes, those of 200 sampled nodes above.
	Stress float64
	// NP1 and NP2 are the mean overlap (Jaccard) of the nodes within one or two edges of a node with as many nearest to it
	// in the drawing, 1 is perfect; of 1,000 sampled nodes, without those that reach a quarter of the graph.
	NP1, NP2 float64
	// EdgeCV is the standard deviation of the edge lengths in parts of their mean.
	EdgeCV float64
	// Crossings is the mean number of edges that an edge crosses, those with a common
	// end not counted; of 1,000 sampled edges.
	Crossings float64
}

const (
	stressNodes   = 2000 // up to here all pairs are measured
	stressSamples = 200
	nearSamples   = 1000
	edgeSamples   = 1000
)

// Measure returns the figures of the drawing that puts node i to pos[i]. Self loops are left out; nodes without edges count
// for nothing. Edges must name nodes below len(pos).
func Measure(edges [][2]int32, pos []geom.Point) Figures {
	g := newGraph(edges, pos)
	f := Figures{Stress: g.stress(), NP1: g.preserved(1), NP2: g.preserved(2)}
	f.EdgeCV = g.edgeSpread()
	f.Crossings = g.crossings()
	return f
}

// graph is a graph with its drawing.
type graph struct {
	n        int
	off, adj []int32
	edges    [][2]int32
	x, y     []float64
}

func newGraph(edges [][2]int32, pos []geom.Point) *graph {
	g := &graph{n: len(pos), off: make([]int32, len(pos)+1)}
	for _, e := range edges {
		if e[0] != e[1] {
			g.edges = append(g.edges, e)
			g.off[e[0]+1]++
			g.off[e[1]+1]++
		}
	}
	for i := range g.n {
		g.off[i+1] += g.off[i]
	}
	g.adj = make([]int32, 2*len(g.edges))
	next := slices.Clone(g.off[:g.n])
	for _, e := range g.edges {
		g.adj[next[e[0]]] = e[1]
		g.adj[next[e[1]]] = e[0]
		next[e[0]]++
		next[e[1]]++
	}
	for _, p := range pos {
		if !p.Finite() {
			p = geom.Point{}
		}
		g.x = append(g.x, float64(p.X))
		g.y = append(g.y, float64(p.Y))
	}
	return g
}

// sample returns k of the numbers below n (all, if there are no more), in random order.
func sample(n, k int, seed uint64) []int {
	all := rand.New(rand.NewPCG(seed, 1)).Perm(n)
	return all[:min(n, k)]
}

func (g *graph) stress() float64 {
	from := sample(g.n, stressSamples, 1)
	if g.n <= stressNodes {
		from = sample(g.n, g.n, 1)
	}
	var a, b, count float64
	dist := make([]int32, g.n)
	queue := make([]int32, 0, g.n)
	for _, s := range from {
		for i := range dist {
			dist[i] = -1
		}
		dist[s] = 0
		queue = append(queue[:0], int32(s))
		for h := 0; h < len(queue); h++ {
			u := queue[h]
			for _, v := range g.adj[g.off[u]:g.off[u+1]] {
				if dist[v] < 0 {
					dist[v] = dist[u] + 1
					queue = append(queue, v)
				}
			}
		}
		for _, v := range queue[1:] {
			e := math.Hypot(g.x[s]-g.x[v], g.y[s]-g.y[v]) / float64(dist[v])
			a += e
			b += e * e
			count++
		}
	}
	switch {
	case count == 0:
		return 0
	case b == 0:
		return 1
	}
	return (count - a*a/b) / count
}

// preserved returns the mean overlap of neighbourhoods of the given number of hops.
func (g *graph) preserved(hops int) float64 {
	sum, count := 0.0, 0.0
	in := make([]bool, g.n)
	dist := make([]float64, g.n)
	near := make([]float64, 0, g.n)
	for _, s := range sample(g.n, nearSamples, 2) {
		members := g.within(s, hops, in)
		k := len(members)
		if k > 0 && k <= g.n/4 {
			near = near[:0]
			for v := range g.n {
				dx, dy := g.x[v]-g.x[s], g.y[v]-g.y[s]
				dist[v] = dx*dx + dy*dy
				if v != s {
					near = append(near, dist[v])
				}
			}
			limit := smallest(near, k-1)
			// Nodes at exactly the last distance count in proportion.
			less, lessIn, same, sameIn := 0, 0, 0, 0
			for v := range g.n {
				switch {
				case v == s || dist[v] > limit:
				case dist[v] < limit:
					less++
					if in[v] {
						lessIn++
					}
				default:
					same++
					if in[v] {
						sameIn++
					}
				}
			}
			both := float64(lessIn) + float64(sameIn)*float64(k-less)/float64(same)
			sum += both / (2*float64(k) - both)
			count++
		}
		for _, v := range members {
			in[v] = false
		}
	}
	if count == 0 {
		return 0
	}
	return sum / count
}

// within marks and returns the nodes one or two edges from s, without s.
func (g *graph) within(s, hops int, in []bool) []int32 {
	var members []int32
	in[s] = true
	from := []int32{int32(s)}
	for range hops {
		var next []int32
		for _, u := range from {
			for _, v := range g.adj[g.off[u]:g.off[u+1]] {
				if !in[v] {
					in[v] = true
					next = append(next, v)
				}
			}
		}
		members = append(members, next...)
		from = next
	}
	in[s] = false
	return members
}

// smallest returns the k-th smallest (from 0) of a, which it reorders (quickselect).
func smallest(a []float64, k int) float64 {
	lo, hi := 0, len(a)-1
	for lo < hi {
		p := a[lo+(hi-lo)/2]
		i, j := lo, hi
		for i <= j {
			for a[i] < p {
				i++
			}
			for a[j] > p {
				j--
			}
			if i <= j {
				a[i], a[j] = a[j], a[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return a[k]
		}
	}
	return a[lo]
}

func (g *graph) edgeSpread() float64 {
	var sum, square float64
	for _, e := range g.edges {
		l := math.Hypot(g.x[e[0]]-g.x[e[1]], g.y[e[0]]-g.y[e[1]])
		sum += l
		square += l * l
	}
	m := float64(len(g.edges))
	if sum == 0 {
		return 0
	}
	mean := sum / m
	return math.Sqrt(max(0, square/m-mean*mean)) / mean
}

func (g *graph) crossings() float64 {
	if len(g.edges) == 0 {
		return 0
	}
	point := func(v int32) geom.Point { return geom.Point{X: float32(g.x[v]), Y: float32(g.y[v])} }
	picked := sample(len(g.edges), edgeSamples, 3)
	count := 0
	for _, i := range picked {
		a, b := g.edges[i][0], g.edges[i][1]
		p, q := point(a), point(b)
		box := geom.BoundsOf([]geom.Point{p, q})
		for _, e := range g.edges {
			c, d := e[0], e[1]
			r, s := point(c), point(d)
			if max(r.X, s.X) < box.Min.X || min(r.X, s.X) > box.Max.X || max(r.Y, s.Y) < box.Min.Y || min(r.Y, s.Y) > box.Max.Y {
				continue
			}
			if c == a || c == b || d == a || d == b {
				continue
			}
			if geom.SegmentsCross(p, q, r, s) {
				count++
			}
		}
	}
	return float64(count) / float64(len(picked))
}
