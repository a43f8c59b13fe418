package scene

import (
	"image"
	"image/color"
	"math"
	"slices"
	"sync"

	"caveat/app/geom"
	"caveat/app/typeset"
	"caveat/graphstore"
)

// Look says how a scene is looked at.
type Look struct {
	Camera        Camera
	Width, Height float32 // of the canvas, in canvas units
	Scale         float32 // device pixels per canvas unit; 0 is 1
	// Margin is the part of Width and Height drawn beyond every side of the canvas, so that
	// a picture can be moved a little before the next is ready.
	Margin float32
	Theme  *Theme // nil is Light
	// Selected are the entities and claims that are marked, Hover what the pointer is on.
	Selected *Set
	Hover    graphstore.ID
	// Highlight are the entities and claims that stand out while all else fades; nil fades
	// nothing. If it names entities only, the claims between them stand out too.
	Highlight *Set
	NodesOnly bool           // leaves edges out, and what is written on them
	Guides    *Guides        // lanes and axis behind everything; nil: none
	Labels    *LabelMemory   // keeps labels steady from frame to frame; nil: none to keep
	Faces     *typeset.Faces // nil leaves all texts out
}

// level is how much of everything is drawn.
type level uint8

const (
	near   level = iota // icons, curves, arrows, verbs, labels
	middle              // smaller marks without icons, labels where there is room
	far                 // dots, hairlines, names of the most important
)

// Where the levels change: by canvas units per drawing unit, and by what would be drawn.
const (
	nearZoom    = 0.5
	middleZoom  = 0.07
	nearNodes   = 1500
	nearEdges   = 5000
	middleNodes = 4000
	middleEdges = 12000
	fewMarks    = 250 // up to so many, and so many edges, are drawn as marks and lines from however far away
	fewLines    = 1500
	crowdEdges  = 1500 // beyond, edges that only pass through are hairlines
)

// sketch is a frame in the making.
type sketch struct {
	*Scene
	look  Look
	theme *Theme
	f     *Frame
	*scratch

	k      float32    // device pixels per drawing unit
	middle geom.Point // device pixels
	view   geom.Rect  // drawing units, with room for labels
	level  level
	canvas geom.Rect // device pixels: the frame without its margin
	soft   float32   // growth of lines and letters with the zoom
	grow   float32   // of marks against their size in the drawing, see Grow

	kinds     []kindPaint
	clusters  []kindPaint      // by kind, then cluster; made when the first is needed
	positions [256]color.NRGBA // by uint8(position)
	heft      [256]float32     // added to the width of lines whose colour is pale on this ground, by uint8(position)
	nodeCount int              // in view
	edgeCount int
	fades     bool
	sizes     [33]float32 // of dots at the far level, by the binary logarithm of importance
	apart     float32     // the most that a dot's radius is for its node's sake, in device pixels
	crowded   bool        // edges that only pass through are hairlines
}

// kindPaint is how the nodes of a kind look.
type kindPaint struct {
	fill, border color.NRGBA
	outline      Outline
	icon         string
}

// scratch is what a frame needs while it is made and the next one can use again.
type scratch struct {
	nodes, edges []int32 // in view
	state        stateSet
	labels       occupancy // texts
	rims, specks occupancy // marks and the lines that lead to names; dots of claims
	order        []int32
	stand        []int32 // in view with a state of their own
	several      []int32 // edges drawn for several, see counted
	class        []uint8
	nodeBits     []uint64
	edgeBits     []uint64
	cells        []cell
	spare        *Frame // lent by Recycle
}

// Frame returns what is seen as a display list. It may be called from any goroutine; equal scenes,
// looks and memories give equal frames. Cost grows with what is in view.
func (s *Scene) Frame(l Look) *Frame {
	k := s.sketch(l)
	defer k.done()
	if !(k.k > 0) || len(s.nodes) == 0 {
		return k.f
	}
	k.find()
	if k.level = k.chooseLevel(); l.NodesOnly {
		k.scratch.edges, k.edgeCount = k.scratch.edges[:0], 0
	}
	k.mark()
	k.guides()
	k.grounds()
	if l.Labels != nil {
		l.Labels.mu.Lock()
		defer l.Labels.mu.Unlock()
	}
	if k.level == far {
		k.farEdges()
		k.farNodes()
	} else {
		k.list()
		k.strokes()
		k.dots()
		k.marks()
	}
	if l.Faces != nil {
		k.texts()
	}
	return k.f
}

// LevelOf names the level of detail a look is drawn at: "near", "middle" or "far".
func (s *Scene) LevelOf(l Look) string {
	k := s.sketch(l)
	defer k.done()
	k.spare = k.f
	if k.k > 0 {
		k.find()
	}
	return [...]string{"near", "middle", "far"}[k.chooseLevel()]
}

// newScratches returns a pool that the scenes of one case share: what is in it has no
// meaning between frames.
func newScratches() *sync.Pool { return &sync.Pool{New: func() any { return new(scratch) }} }

func (s *Scene) sketch(l Look) *sketch {
	if !(l.Scale > 0 && l.Scale <= 64) {
		l.Scale = 1
	}
	if !(l.Margin >= 0) {
		l.Margin = 0
	}
	l.Margin = min(l.Margin, 4)
	if l.Theme == nil {
		l.Theme = Light()
	}
	side := func(v float32) int {
		if !(v > 0) {
			return 0
		}
		return int(min(v*(1+2*l.Margin)*l.Scale, 1<<15) + 0.5)
	}
	size := image.Pt(side(l.Width), side(l.Height))
	k := &sketch{Scene: s, look: l, theme: l.Theme, scratch: s.scratches.Get().(*scratch)}
	k.f = k.spare
	if k.spare = nil; k.f == nil {
		k.f = new(Frame)
	}
	k.f.Size, k.f.Scale, k.f.Background = size, l.Scale, l.Theme.Background
	c := l.Camera
	if !c.Center.Finite() || !(c.Zoom > 0) || math.IsInf(float64(c.Zoom), 0) || size.X == 0 || size.Y == 0 {
		return k
	}
	k.k = c.Zoom * l.Scale
	k.middle = geom.Point{X: float32(size.X) / 2, Y: float32(size.Y) / 2}
	k.canvas = geom.RectAround(k.middle, l.Width*l.Scale/2, l.Height*l.Scale/2)
	half := k.middle.Mul(1 / k.k)
	// Labels reach into view from nodes outside, loops and lanes from edges.
	room := 90*l.Scale/k.k + 2*s.maxR*Grow(c.Zoom)
	k.view = geom.RectAround(c.Center, half.X+room, half.Y+room)
	k.soft = float32(math.Pow(float64(min(max(c.Zoom, 0.3), 6)), 0.4))
	k.grow = Grow(c.Zoom)
	k.fades = l.Highlight != nil
	k.paints()
	return k
}

// Recycle lends the memory of a frame of this scene, or of one before or after it, to a
// later one. The caller must be the only one who has f, and must not use it again.
func (s *Scene) Recycle(f *Frame) {
	old := *f
	*f = Frame{Areas: old.Areas[:0], Lines: old.Lines[:0], Strokes: old.Strokes[:0], Ways: old.Ways[:0], Dots: old.Dots[:0], Marks: old.Marks[:0], Texts: old.Texts[:0]}
	k := s.scratches.Get().(*scratch)
	k.spare = f
	s.scratches.Put(k)
}

// resized returns a list of n elements of any content, in the memory of l if there is enough.
func resized[T any](l []T, n int) []T { return slices.Grow(l[:0], n)[:n] }

func (k *sketch) done() { k.scratches.Put(k.scratch) }

// paints reads the colours of the schema once a frame.
func (k *sketch) paints() {
	t := k.theme
	kind := func(c color.NRGBA, o Outline, icon string) kindPaint {
		return kindPaint{mix(t.Background, c, t.Tint), c, o, icon}
	}
	if k.schema != nil {
		for i := range k.schema.Kinds {
			info := &k.schema.Kinds[i]
			k.kinds = append(k.kinds, kind(t.Kind(info), outlineOf(info.Shape), info.Icon))
		}
	}
	k.kinds = append(k.kinds, kind(t.kindless(k.model), Disc, "")) // of nodes without a kind
	for i := range k.positions {
		k.positions[i] = t.Edge
	}
	if k.schema != nil {
		for i := range k.schema.Positions {
			p := &k.schema.Positions[i]
			c := t.Position(p)
			k.positions[uint8(int8(p.Value))], k.heft[uint8(int8(p.Value))] = c, heftOf(contrast(c, t.Background))
		}
	}
}

func (k *sketch) paint(node int32) *kindPaint {
	n := &k.Scene.nodes[node]
	kind := len(k.kinds) - 1
	if n.kind >= 0 {
		kind = int(n.kind)
	}
	if n.cluster == 0 {
		return &k.kinds[kind]
	}
	if k.clusters == nil {
		k.clusterPaints()
	}
	return &k.clusters[kind*MaxClusters+int(n.cluster)-1]
}

// clusterPaints gives every kind the colours of clusters; outline and icon stay.
func (k *sketch) clusterPaints() {
	t := k.theme
	k.clusters = make([]kindPaint, 0, len(k.kinds)*MaxClusters)
	for _, kind := range k.kinds {
		for _, c := range kindColors {
			paint := kind
			paint.border = t.Kind(&graphstore.KindInfo{Light: c[0], Dark: c[1]})
			paint.fill = mix(t.Background, paint.border, t.Tint)
			k.clusters = append(k.clusters, paint)
		}
	}
}

// at returns where a place of the drawing is in the frame.
func (k *sketch) at(p geom.Point) geom.Point {
	return p.Sub(k.look.Camera.Center).Mul(k.k).Add(k.middle)
}

// radius returns the radius of a node's mark in device pixels.
func (k *sketch) radius(node int32) float32 { return grown(k.Scene.nodes[node].radius, k.grow) * k.k }

func (k *sketch) chooseLevel() level {
	z, n, e := k.look.Camera.Zoom, k.nodeCount, k.edgeCount
	if k.crowded = e > crowdEdges && !k.whole(); k.crowded && (z >= middleZoom && n <= middleNodes || n <= fewMarks) { // else it is far
		e = 0
		for _, i := range k.scratch.edges {
			if !k.passes(i) {
				e++
			}
		}
	}
	switch {
	case z >= nearZoom && n <= nearNodes && e <= nearEdges:
		return near
	case z >= middleZoom && n <= middleNodes && e <= middleEdges || n <= fewMarks && e <= fewLines:
		return middle
	}
	return far
}

// passes reports whether neither end of an edge is in view.
func (k *sketch) passes(i int32) bool {
	e := &k.Scene.edges[i]
	return !k.view.Contains(k.point(e.a)) && !k.view.Contains(k.point(e.b))
}

// whole reports whether all of the drawing is in view.
func (k *sketch) whole() bool { return k.view.ContainsRect(k.bounds) }

// indexed reports whether to search by index: worth it for large scenes asked more than once.
func (k *sketch) indexed(n int) bool {
	return n > 4096 && !k.whole() && k.queried.Load() && (!k.passing || k.Indexed())
}

// broad reports whether so much of the drawing is in view that to look at all nodes in their order takes less time than to go from cell to cell.
func (k *sketch) broad() bool {
	const part = 0.15
	in := k.view.Intersect(k.bounds)
	return in.Width()*in.Height() > part*k.bounds.Width()*k.bounds.Height()
}

// find lists what is in view, in large scenes nodes and edges at the same time.
func (k *sketch) find() {
	if k.whole() || len(k.pos) < halvesFrom {
		k.findNodes()
		k.findEdges()
	} else {
		var wg sync.WaitGroup
		wg.Go(k.findNodes)
		k.findEdges()
		wg.Wait()
	}
	k.queried.Store(true)
}

// findNodes lists the nodes in view, ascending. Where all of very many are, they are
// only counted: nodeInView numbers them.
func (k *sketch) findNodes() {
	list := k.scratch.nodes[:0]
	k.nodeCount = -1
	switch {
	case k.whole() && len(k.pos) > middleNodes:
		k.nodeCount = len(k.pos)
	case k.whole():
		for i := range k.pos {
			list = append(list, int32(i))
		}
	case !k.broad() && k.indexed(len(k.pos)):
		list = ascending(&k.nodeBits, len(k.pos), list, func(visit func(int32)) {
			k.nodeGrid().Query(k.view, func(i int32) bool { visit(i); return true })
		})
	default:
		for i, p := range k.pos {
			if k.view.Contains(p) {
				list = append(list, int32(i))
			}
		}
	}
	k.scratch.nodes = list
	if k.nodeCount < 0 {
		k.nodeCount = len(list)
	}
}

// findEdges lists the edges in view, ascending, or counts them as findNodes does.
func (k *sketch) findEdges() {
	list := k.scratch.edges[:0]
	k.edgeCount = -1
	switch {
	case k.whole() && len(k.Scene.edges) > middleEdges:
		k.edgeCount = len(k.Scene.edges)
	case k.whole():
		for i := range k.Scene.edges {
			list = append(list, int32(i))
		}
	case k.indexed(len(k.Scene.edges)):
		list = ascending(&k.edgeBits, len(k.Scene.edges), list, func(visit func(int32)) { k.edgeTree().query(k.view, visit) })
	default:
		for i := range k.Scene.edges {
			if b, c := k.edgeBox(int32(i)); meets(&b, &k.view) && crosses(&b, &k.view, c) {
				list = append(list, int32(i))
			}
		}
	}
	k.scratch.edges = list
	if k.edgeCount < 0 {
		k.edgeCount = len(list)
	}
}

// nodeInView returns the at-th node in view, edgeInView the at-th edge.
func (k *sketch) nodeInView(at int) int32 {
	if len(k.scratch.nodes) < k.nodeCount {
		return int32(at)
	}
	return k.scratch.nodes[at]
}

func (k *sketch) edgeInView(at int) int32 {
	if len(k.scratch.edges) < k.edgeCount {
		return int32(at)
	}
	return k.scratch.edges[at]
}

// list fills the lists that were only counted.
func (k *sketch) list() {
	for i := len(k.scratch.nodes); i < k.nodeCount; i++ {
		k.scratch.nodes = append(k.scratch.nodes, int32(i))
	}
	for i := len(k.scratch.edges); i < k.edgeCount; i++ {
		k.scratch.edges = append(k.scratch.edges, int32(i))
	}
}

// ascending appends to list what query visits of 0..n, in ascending order, by marking bits.
func ascending(bits *[]uint64, n int, list []int32, query func(visit func(int32))) []int32 {
	*bits = resized(*bits, (n+63)/64)
	set := *bits
	clear(set)
	query(func(i int32) { set[i>>6] |= 1 << (i & 63) })
	return appendBits(list, set)
}
