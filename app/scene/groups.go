package scene

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"caveat/app/geom"
	"caveat/graphstore"
)

// Group is a set of entities that are drawn on one area, or as one node if folded.
type Group struct {
	Key         string
	Label       string
	Light, Dark string          // "#rrggbb"; empty: one of ours
	Members     []graphstore.ID // in the order of ids
	Folded      bool
}

// Grouping says which entity is in which group; entities in none are drawn as ever. It must not
// change once a scene has it: scenes compare groupings by address.
type Grouping struct {
	Groups []Group
	of     map[graphstore.ID]int32
	folded bool
}

// NewGrouping returns a grouping of disjoint groups; of an entity in several the first counts.
func NewGrouping(groups []Group) *Grouping {
	g := &Grouping{Groups: groups, of: map[graphstore.ID]int32{}}
	for i := range groups {
		g.folded = g.folded || groups[i].Folded
		for _, id := range groups[i].Members {
			if _, twice := g.of[id]; !twice {
				g.of[id] = int32(i)
			}
		}
	}
	return g
}

// Of returns the group of an entity, -1 for none.
func (g *Grouping) Of(id graphstore.ID) int32 {
	if g == nil {
		return -1
	}
	if i, ok := g.of[id]; ok {
		return i
	}
	return -1
}

// foldedPrefix begins the ids of nodes that stand for folded groups; no record has such an id.
const foldedPrefix = "group:"

// GroupID returns the id of the node that a group is drawn as when folded.
func GroupID(key string) graphstore.ID { return graphstore.ID(foldedPrefix + key) }

// GroupKey returns the key of the folded group that a node's id stands for, and whether it is one.
func GroupKey(id graphstore.ID) (string, bool) { return strings.CutPrefix(string(id), foldedPrefix) }

// Grouping returns the groups of the scene, nil without any.
func (s *Scene) Grouping() *Grouping { return s.shown.groups }

// GroupOf returns the group that a node stands in, -1 for none and for a folded group itself.
func (s *Scene) GroupOf(node int32) int32 {
	if s.groupOf == nil {
		return -1
	}
	return s.groupOf[node]
}

// Inside returns how many entities more are in the scene than nodes, because folded groups stand for them.
func (s *Scene) Inside() int { return s.inside }

// foldedNode returns the node of a folded group, still without members.
func (b *builder) foldedNode(g int32, e *graphstore.Entity) node {
	n := b.node(e)
	n.id, n.name, n.folded = GroupID(b.o.Groups.Groups[g].Key), b.o.Groups.Groups[g].Label, true
	return n
}

// stand notes in which group every node stands, and counts those in folded ones.
func (b *builder) stand() {
	m := b.m
	if b.o.Groups == nil {
		return
	}
	m.groupOf = make([]int32, len(m.nodes))
	for i := range m.nodes {
		n := &m.nodes[i]
		m.groupOf[i] = b.o.Groups.Of(n.id)
		if n.folded {
			m.inside += int(n.members) - 1
			n.radius = min(n.radius+4*float32(math.Log2(1+float64(n.members))), foldedRadius)
		}
	}
}

// foldedRadius is the most that the node of a folded group is wide, in drawing units.
const foldedRadius = 46

// foldedEnd reports whether an end of an edge is a folded group.
func (m *model) foldedEnd(end int32) bool { return end >= 0 && m.nodes[end].folded }

// Measures of areas in drawing units.
const (
	areaRoom  = 22 // around the nodes of a group
	areaSides = 16 // of the circle around a node
)

// area is the ground of a group.
type area struct {
	group  int32
	count  int
	hull   []geom.Point
	bounds geom.Rect
}

// Area returns the outline of the ground of a group in drawing units: the convex hull of circles about its nodes. It is
// empty for a folded group and one of which nothing is shown.
func (s *Scene) Area(group int32) []geom.Point {
	for _, a := range s.areas() {
		if a.group == group {
			return a.hull
		}
	}
	return nil
}

// areas returns the grounds of the groups, the largest first, made when first asked for.
func (s *Scene) areas() []area {
	s.index.areasOnce.Do(func() {
		if s.groupOf == nil {
			return
		}
		corners := make([][]geom.Point, len(s.shown.groups.Groups))
		counts := make([]int, len(corners))
		for i, g := range s.groupOf {
			if g < 0 {
				continue
			}
			counts[g]++
			r := s.nodes[i].radius + areaRoom
			for k := range areaSides {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / areaSides)
				corners[g] = append(corners[g], s.pos[i].Add(geom.Point{X: r * float32(cos), Y: r * float32(sin)}))
			}
			if len(corners[g]) > 1<<14 { // only the hull matters
				corners[g] = hull(corners[g])
			}
		}
		for g, c := range corners {
			if len(c) > 0 {
				h := hull(c)
				s.index.areas = append(s.index.areas, area{int32(g), counts[g], h, geom.BoundsOf(h)})
			}
		}
		slices.SortStableFunc(s.index.areas, func(a, b area) int { return cmp.Compare(b.count, a.count) })
	})
	return s.index.areas
}

// hull returns the convex hull of points, counter-clockwise with y up (Andrew's monotone chain, 1979).
func hull(pts []geom.Point) []geom.Point {
	pts = slices.Clone(pts)
	slices.SortFunc(pts, func(a, b geom.Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	pts = slices.Compact(pts)
	if len(pts) < 3 {
		return pts
	}
	left := func(a, b, c geom.Point) bool {
		return float64(b.X-a.X)*float64(c.Y-a.Y)-float64(b.Y-a.Y)*float64(c.X-a.X) > 0
	}
	var out []geom.Point
	half := func(list func(i int) geom.Point) {
		from := len(out)
		for i := range pts {
			p := list(i)
			for len(out)-from >= 2 && !left(out[len(out)-2], out[len(out)-1], p) {
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		out = out[:len(out)-1]
	}
	half(func(i int) geom.Point { return pts[i] })
	half(func(i int) geom.Point { return pts[len(pts)-1-i] })
	return out
}

// GroupAt returns the group on whose ground a place lies, of several the one of fewest nodes; -1 for none.
func (s *Scene) GroupAt(p geom.Point) int32 {
	best := int32(-1)
	for _, a := range s.areas() {
		if a.bounds.Contains(p) && inHull(a.hull, p) {
			best = a.group // later ones have fewer nodes
		}
	}
	return best
}

func inHull(h []geom.Point, p geom.Point) bool {
	for i, a := range h {
		b := h[(i+1)%len(h)]
		if (b.X-a.X)*(p.Y-a.Y)-(b.Y-a.Y)*(p.X-a.X) < 0 {
			return false
		}
	}
	return len(h) > 2
}

// groupPaint returns the colour of a group.
func (k *sketch) groupPaint(g int32) (c kindPaint) {
	info := &k.shown.groups.Groups[g]
	light, dark := info.Light, info.Dark
	if light == "" {
		own := kindColors[int(g)%len(kindColors)]
		light, dark = own[0], own[1]
	}
	c.border = k.theme.pick(light, dark, k.theme.Node)
	c.fill = withAlpha(c.border, 0.09)
	return c
}

// grounds draws the areas of the groups.
func (k *sketch) grounds() {
	for _, a := range k.areas() {
		if !a.bounds.Intersects(k.view) {
			continue
		}
		c := k.groupPaint(a.group)
		out := Area{Box: geom.Rect{Min: k.at(a.bounds.Min), Max: k.at(a.bounds.Max)}, Fill: c.fill, Border: withAlpha(c.border, 0.4), Width: k.look.Scale}
		for _, p := range a.hull {
			out.Points = append(out.Points, k.at(p))
		}
		k.f.Areas = append(k.f.Areas, out)
	}
}

// groupNames writes name and count of every group above the top of its area.
func (k *sketch) groupNames() {
	size := k.letters(labelSize)
	for _, a := range k.areas() {
		box := geom.Rect{Min: k.at(a.bounds.Min), Max: k.at(a.bounds.Max)}
		top := k.at(slices.MinFunc(a.hull, func(p, q geom.Point) int { return cmp.Compare(p.Y, q.Y) }))
		text := k.shown.groups.Groups[a.group].Label + "  " + strconv.Itoa(a.count)
		if utf8.RuneCountInString(text) < 3 || !box.Intersects(k.canvas) || box.Width() < 3*size {
			continue
		}
		t := Text{String: text, Size: size, Bold: true, Color: mix(k.groupPaint(a.group).border, k.theme.Ink, 0.25), Halo: k.theme.Background, Anchor: Middle,
			At: geom.Point{X: top.X, Y: max(top.Y-0.4*size, k.canvas.Min.Y+1.3*size)}}
		k.write(t, k.look.Faces.Width(text, size, true), false)
	}
}
