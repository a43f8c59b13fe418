package scene

import (
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
	Tone        int             // which of ours, counted from the last; 0: by its place among the groups
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

// WithFolded returns the same groups, of which those with these keys are folded and no others.
func (g *Grouping) WithFolded(keys []string) *Grouping {
	next := &Grouping{Groups: slices.Clone(g.Groups), of: g.of}
	for i := range next.Groups {
		x := &next.Groups[i]
		x.Folded = slices.Contains(keys, x.Key)
		next.folded = next.folded || x.Folded
	}
	return next
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

// Number returns that of the group with a key, -1 if there is none.
func (g *Grouping) Number(key string) int32 {
	if g == nil {
		return -1
	}
	return int32(slices.IndexFunc(g.Groups, func(x Group) bool { return x.Key == key }))
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

// HasKinds reports whether there are kinds that nodes may be of.
func (s *Scene) HasKinds() bool { return s.hasKinds() }

func (m *model) hasKinds() bool { return m.schema != nil && len(m.schema.Kinds) > 0 }

// GroupedByKind returns a labelled edge list with its nodes grouped by the kinds that have colours; without groups if it has no
// kinds. Nothing else changes.
func (s *Scene) GroupedByKind() *Scene {
	if !s.HasKinds() {
		return s.Grouped(nil, nil)
	}
	groups := make([]Group, len(s.schema.Kinds))
	for i := range groups {
		k := &s.schema.Kinds[i]
		groups[i] = Group{Key: string(k.ID), Label: k.Plural.In(""), Light: k.Light, Dark: k.Dark}
	}
	of := make([]int32, len(s.nodes))
	for i := range of {
		of[i] = int32(s.nodes[i].kind)
	}
	return s.Grouped(groups, of)
}

// Grouped returns an edge list with its nodes in groups: of says by node in which, -1 for none; nil groups for none at all. A node
// without a kind has the colour of its group. The keys are apart from each other, members and folds are not looked at.
// Nothing else changes; of must not change any more.
func (s *Scene) Grouped(groups []Group, of []int32) *Scene {
	m := *s.model
	m.shown.groups, m.groupOf = nil, nil
	if len(groups) > 0 {
		m.shown.groups, m.groupOf = NewGrouping(groups), of
	}
	m.tint()
	return newScene(&m, s.pos, s.view)
}

// tint gives nodes of an edge list without a kind the colours of their groups.
func (m *model) tint() {
	copied := false
	for i := range m.nodes {
		n, tone := &m.nodes[i], uint8(0)
		if n.kind >= 0 || n.folded {
			continue
		}
		if m.groupOf != nil && m.groupOf[i] >= 0 && m.shown.groups.Groups[m.groupOf[i]].Light == "" {
			tone = uint8(m.shown.groups.tone(m.groupOf[i]) + 1)
		}
		if n.cluster == tone {
			continue
		}
		if !copied {
			m.nodes, copied = slices.Clone(m.nodes), true
			n = &m.nodes[i]
		}
		n.cluster = tone
	}
}

// groupedAs puts the nodes of a part of an edge list into the groups of the whole s, of which those with a key in folded are a node each
// already. The receiver is new and nobody else's.
func (m *model) groupedAs(s *Scene, of []int32, folded []string) {
	m.shown.groups = s.Grouping().WithFolded(folded)
	m.groupOf = make([]int32, len(of))
	for i, n := range of {
		if m.groupOf[i] = -1; n >= 0 {
			m.groupOf[i] = s.groupOf[n]
		}
	}
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
	tones := map[graphstore.ID]uint8{}
	for g := range b.o.Groups.Groups {
		tones[GroupID(b.o.Groups.Groups[g].Key)] = uint8(b.o.Groups.tone(int32(g)) + 1)
	}
	for i := range m.nodes {
		n := &m.nodes[i]
		if n.folded && n.kind < 0 { // of several kinds: coloured as its ground
			n.cluster = tones[n.id]
		}
		m.groupOf[i] = b.o.Groups.Of(n.id)
		if n.folded {
			m.inside += int(n.members) - 1
			n.radius = max(foldedRadiusOf(n.radius, int(n.members)), minRadius/2*float32(math.Sqrt(float64(n.members))))
		}
	}
}

// noteFolds notes the nodes that are folded groups and the edges between them.
func (m *model) noteFolds() {
	m.folds, m.between = nil, nil
	for n := range int32(len(m.nodes)) {
		if !m.nodes[n].folded {
			continue
		}
		m.folds = append(m.folds, n)
		for _, e := range m.adjEdges[m.adjStart[n]:m.adjStart[n+1]] {
			if x := &m.edges[e]; m.foldedEnd(x.a) && m.foldedEnd(x.b) && min(x.a, x.b) == n {
				m.between = append(m.between, e)
			}
		}
	}
}

// foldedRadius is the most that the node of a folded group of few members is wide, in drawing units; that of many covers a
// quarter of what they cover, to be seen where all of them would be.
const foldedRadius = 46

// foldedRadiusOf returns the radius of a folded group of so many members, of whom one has the radius r.
func foldedRadiusOf(r float32, members int) float32 {
	return min(r+4*float32(math.Log2(1+float64(members))), foldedRadius)
}

// foldedEnd reports whether an end of an edge is a folded group.
func (m *model) foldedEnd(end int32) bool { return end >= 0 && m.nodes[end].folded }

// groupPaint returns the colour of a group.
func (k *sketch) groupPaint(g int32) (c kindPaint) {
	light, dark := k.shown.groups.Colors(g)
	c.border = k.theme.pick(light, dark, k.theme.Node)
	c.fill = withAlpha(c.border, 0.09)
	return c
}

// Colors returns the colours of a group, "#rrggbb": of the light and of the dark theme.
func (g *Grouping) Colors(group int32) (light, dark string) {
	if info := &g.Groups[group]; info.Light != "" {
		return info.Light, info.Dark
	}
	own := kindColors[g.tone(group)]
	return own[0], own[1]
}

// GroupCounts returns how many entities of each group are on show, also in its node if it is folded; nil without groups. Cost is
// O(nodes).
func (s *Scene) GroupCounts() []int {
	gr := s.Grouping()
	if gr == nil {
		return nil
	}
	out := make([]int, len(gr.Groups))
	for _, g := range s.groupOf {
		if g >= 0 {
			out[g]++
		}
	}
	for _, n := range s.folds {
		if g := s.foldedGroup(n); g >= 0 {
			out[g] += int(s.nodes[n].members)
		}
	}
	return out
}

// GroupNodes returns the nodes of a group in their order: one if it is folded.
func (s *Scene) GroupNodes(group int32) []int32 {
	var out []int32
	for n, g := range s.groupOf {
		if g == group {
			out = append(out, int32(n))
		}
	}
	for _, n := range s.folds {
		if s.foldedGroup(n) == group {
			out = append(out, n)
		}
	}
	return out
}

// foldedGroup returns the group that a folded node is, -1 for none.
func (s *Scene) foldedGroup(node int32) int32 {
	key, _ := GroupKey(s.nodes[node].id)
	return s.Grouping().Number(key)
}

// tone returns which of our colours a group has that has none of its own.
func (g *Grouping) tone(group int32) int {
	if t := g.Groups[group].Tone; t > 0 {
		return MaxClusters - 1 - (t-1)%MaxClusters
	}
	return int(group) % MaxClusters
}

// grounds draws the areas of the groups.
func (k *sketch) grounds() {
	for i := range k.areas() {
		a := &k.index.areas[i]
		if !a.bounds.Intersects(k.view) {
			continue
		}
		c := k.groupPaint(a.group)
		out := Area{Box: geom.Rect{Min: k.at(a.bounds.Min), Max: k.at(a.bounds.Max)}, Points: k.ring(a.rings[0]),
			Fill: c.fill, Border: withAlpha(c.border, 0.4), Width: k.look.Scale}
		for _, hole := range a.rings[1:] {
			out.Holes = append(out.Holes, k.ring(hole))
		}
		k.f.Areas = append(k.f.Areas, out)
	}
}

// ring returns an outline as it lies in the frame.
func (k *sketch) ring(ring []geom.Point) []geom.Point {
	out := make([]geom.Point, len(ring))
	for i, p := range ring {
		out[i] = k.at(p)
	}
	return out
}

// groupNames writes name and count of every group above its largest piece, or below it where that is taken.
func (k *sketch) groupNames() {
	size := k.letters(labelSize)
	if k.level == far { // they say more than the names of some nodes
		size = k.letters(1.15 * labelSize)
	}
	last := int32(-1)
	for i := range k.areas() {
		a := &k.index.areas[i]
		if a.group == last {
			continue // named on its largest piece, which comes first
		}
		last = a.group
		box := geom.Rect{Min: k.at(a.bounds.Min), Max: k.at(a.bounds.Max)}
		text := k.shown.groups.Groups[a.group].Label + "  " + strconv.Itoa(a.count)
		if utf8.RuneCountInString(text) < 3 || !box.Intersects(k.canvas) || max(box.Width(), box.Height()) < 2*size {
			continue
		}
		width := k.look.Faces.Width(text, size, true)
		above := geom.Point{X: k.at(crown(a.rings[0], -1)).X, Y: max(box.Min.Y-0.4*size, k.canvas.Min.Y+1.3*size)}
		below := geom.Point{X: k.at(crown(a.rings[0], 1)).X, Y: box.Max.Y + 1.2*size}
		t := Text{String: text, Size: size, Bold: true, Color: mix(k.groupPaint(a.group).border, k.theme.Ink, 0.25), Halo: k.theme.Background, Anchor: Middle}
		aside := geom.Point{X: width / 3}
		for _, t.At = range [...]geom.Point{above, above.Add(aside), above.Sub(aside), below} {
			if k.write(t, width, true) {
				text = ""
				break
			}
		}
		if text != "" {
			t.At = above
			k.write(t, width, false)
		}
	}
}

// crown returns the middle of the uppermost part of a ring for side -1, of its lowest for 1.
func crown(ring []geom.Point, side float32) geom.Point {
	const flat = 4
	end := -float32(math.MaxFloat32)
	for _, p := range ring {
		end = max(end, side*p.Y)
	}
	left, right := float32(math.MaxFloat32), -float32(math.MaxFloat32)
	for _, p := range ring {
		if side*p.Y >= end-flat {
			left, right = min(left, p.X), max(right, p.X)
		}
	}
	return geom.Point{X: (left + right) / 2, Y: side * end}
}
