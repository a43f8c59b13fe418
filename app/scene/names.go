package scene

import (
	"math"
	"slices"

	"caveat/app/geom"
	"caveat/graphstore"
)

// How much is done for the names of the most important nodes in view.
const (
	mustName    = 10  // are written in any case
	leadName    = 150 // may have a line that leads to them
	leadCrowd   = 400 // if no more nodes than this are in view
	leaderWidth = 0.7
	regrown     = 1.2 // times the zoom at which a line was drawn, its name is moved to its mark again if it can
	leaderReach = 26  // canvas units from a mark to its name
	leaderAir   = 7   // and about that name
)

// names writes the names of nodes.
func (k *sketch) names() {
	memory := k.look.Labels
	var before map[graphstore.ID]spot
	if memory != nil {
		before = memory.shown
		memory.shown = make(map[graphstore.ID]spot, len(before))
	}
	order := k.byImportance()
	kept := func(i int32) bool { _, ok := before[k.Scene.nodes[i].id]; return ok }
	budget, tries := len(order), labelTries
	if k.level == far {
		w, h := float32(k.f.Size.X)/k.look.Scale, float32(k.f.Size.Y)/k.look.Scale
		budget = int(farLabels*min(max(w*h/1e6, 1), 4)) + 1
	}
	shown := 0
	place := func(i int32, r rank) bool {
		was, kept := before[k.Scene.nodes[i].id]
		p, ok := k.name(i, was, kept, r)
		if !ok {
			return false
		}
		shown++
		if memory != nil {
			if !kept || p != was.placement {
				was = spot{p, k.look.Camera.Zoom}
			}
			memory.shown[k.Scene.nodes[i].id] = was
		}
		return true
	}
	// Folded groups, what is selected and the ends of it first, then what was there, then the counts of bundles, then the rest.
	first := func(i int32) bool { return k.foldedEnd(i) || k.nodeState(i)&(selected|ending|lit) != 0 }
	for _, i := range k.folds {
		if k.view.Contains(k.pos[i]) {
			place(i, required)
		}
	}
	if len(k.state.nodes.some) > 0 {
		for _, i := range order {
			switch {
			case !first(i) || k.foldedEnd(i):
			case k.nodeState(i)&(selected|ending) != 0:
				place(i, required)
			default:
				place(i, needed)
			}
		}
	}
	if len(before) > 0 {
		for _, i := range order {
			if kept(i) && !first(i) {
				place(i, needed)
			}
		}
	}
	if k.level == far {
		k.counts(k.between)
	} else {
		k.counts(k.scratch.edges)
	}
	var apart []int32
	for n, i := range order {
		if first(i) || kept(i) {
			continue
		}
		if tries--; shown >= budget || tries < 0 {
			break
		}
		switch {
		case n < mustName:
			place(i, needed)
		case n < leadName && k.nodeCount <= leadCrowd:
			if !place(i, ordinary) {
				apart = append(apart, i)
			}
		default:
			place(i, ordinary)
		}
	}
	for _, i := range apart { // what stood beside its mark had the room first
		place(i, important)
	}
}

// byImportance lists the nodes in view, the most important first; of very many only the
// first that matter.
func (k *sketch) byImportance() []int32 {
	const many = 4096
	k.order = k.order[:0]
	if k.nodeCount <= many {
		for at := range k.nodeCount {
			k.order = append(k.order, k.nodeInView(at))
		}
		sortByWeight(k.order, k.Scene.nodes)
		return k.order
	}
	for _, i := range k.byWeight {
		if p := k.at(k.pos[i]); p.X >= 0 && p.Y >= 0 && p.X < float32(k.f.Size.X) && p.Y < float32(k.f.Size.Y) {
			if k.order = append(k.order, i); len(k.order) == many {
				break
			}
		}
	}
	return k.order
}

// ground says what is asked of the ground of a name, beside that no other text lies there.
type ground uint8

const (
	onCanvas ground = 1 << iota // all of it is on the canvas
	offMarks                    // no mark is there
	offDots                     // no dot of a claim is there
	direct                      // the line that leads there crosses neither marks nor texts
	open     = offMarks | offDots
)

// rank says how much is done for a name.
type rank uint8

const (
	ordinary  rank = iota // beside its mark or not at all
	important             // else in short lines, or at the end of a line that crosses nothing
	needed                // else of one that does; in crowds of tiny marks, rather across them
	required              // rather across other marks than not at all
)

// ways are the places looked at for a name, one after another, and for names of which rank.
var ways = [...]struct {
	rank     rank
	from, to placement
	on       ground
}{
	{ordinary, below, narrow, onCanvas | open},
	{ordinary, below, narrow, open},
	{important, below, narrow, onCanvas | offMarks},
	{important, narrow, leaders, onCanvas | open},
	{important, narrow, leaders, onCanvas | offMarks},
	{important, narrow, leaders, offMarks},
	{important, leaders, placements, onCanvas | open | direct},
	{needed, leaders, placements, onCanvas | offMarks},
}

// name writes a node's name where it fits: where it was before, else below, above, right, left, in
// any of these rather on the canvas than over its edge; one of a higher rank also in other ways.
func (k *sketch) name(i int32, was spot, kept bool, r rank) (placement, bool) {
	first := was.placement
	// A line, and short lines of text, are given up only once the picture has grown.
	if kept && (first < narrow || k.look.Camera.Zoom < regrown*was.zoom) && k.nameAt(i, first, open) {
		return first, true
	}
	for n, way := range ways {
		if way.rank > r || way.rank > ordinary && k.level == far {
			break
		}
		if kept && way.rank > ordinary && ways[n-1].rank == ordinary && k.nameAt(i, first, offMarks) {
			return first, true
		}
		for p := way.from; p < way.to; p++ {
			if k.nameAt(i, p, way.on) {
				return p, true
			}
		}
	}
	if r < needed || r == needed && k.level != far && k.nodeCount <= leadCrowd {
		return 0, false
	}
	if kept && first < leaders && k.nameAt(i, first, 0) {
		return first, true
	}
	for p := range leaders {
		if k.nameAt(i, p, 0) {
			return p, true
		}
	}
	return 0, false
}

// nameAt writes a name at one placement if that ground is free.
func (k *sketch) nameAt(i int32, p placement, on ground) bool {
	l := k.label(k.look.Faces, i)
	if p >= narrow && p < leaders {
		l = k.shortLabel(k.look.Faces, i)
	}
	if l.n == 0 {
		return false
	}
	size := k.letters(labelSize)
	at := k.at(k.pos[i])
	t := Text{Size: size, Color: k.theme.Ink, Halo: k.theme.Background}
	leading := lineHeight * size
	rest := float32(l.n-1) * leading
	t.At, t.Anchor = k.placeName(i, p, size, rest)
	box := t.box(slices.Max(l.width[:]) * size)
	box.Max.Y += rest
	if !k.inFrame(box) || on&onCanvas != 0 && !k.canvas.ContainsRect(box) && k.canvas.Contains(at) {
		return false
	}
	air := box.Inset(-textAir * k.look.Scale)
	if k.level == far { // a few names, well spread
		air = box.Inset(-farAir * k.look.Scale)
	}
	room := air
	if p >= leaders { // not to be taken for the name of another
		room = box.Inset(-leaderAir * k.look.Scale)
	}
	if on&offMarks != 0 && !k.rims.free(room) || on&offDots != 0 && !k.specks.free(room) || !k.labels.free(room) {
		return false
	}
	var from, to geom.Point
	if p >= leaders {
		from, to = k.lead(i, box)
		if !k.along(from, to, k.radius(i), func(r geom.Rect) bool { return on&direct == 0 || k.rims.free(r) && k.labels.free(r) }) {
			return false
		}
	}
	k.labels.add(air)
	line := k.theme.Muted
	if k.faded(k.nodeState(i)) {
		t.Color = mix(t.Color, k.theme.Background, k.theme.Fade)
		line = mix(line, k.theme.Background, k.theme.Fade)
	}
	if p >= leaders {
		k.f.Strokes = append(k.f.Strokes, Stroke{A: from, Ctrl: from.Lerp(to, 0.5), B: to, Width: leaderWidth * k.look.Scale, Color: line})
		k.along(from, to, 0, func(r geom.Rect) bool { k.rims.add(r); return true })
	}
	for n := range l.n {
		t.String = l.lines[n]
		k.f.Texts = append(k.f.Texts, t)
		t.At.Y += leading
	}
	return true
}

// placeName returns the first baseline point of a name at a placement and its anchor.
func (k *sketch) placeName(i int32, p placement, size, rest float32) (geom.Point, Anchor) {
	at, r := k.at(k.pos[i]), float32(0)
	if k.level == far {
		r = k.farRadius(i)
	} else {
		r = k.radius(i)
	}
	w, h := k.paint(i).outline.Half(r)
	gap := labelGap * k.look.Scale
	side := p
	if p < leaders {
		side = p % narrow
	}
	switch side {
	case below:
		return geom.Point{X: at.X, Y: at.Y + h + gap + textTop*size}, Middle
	case above:
		return geom.Point{X: at.X, Y: at.Y - h - gap - textBottom*size - rest}, Middle
	case right:
		return geom.Point{X: at.X + w + 1.4*gap, Y: at.Y + 0.36*size - rest/2}, Start
	case left:
		return geom.Point{X: at.X - w - 1.4*gap, Y: at.Y + 0.36*size - rest/2}, End
	}
	// Around the mark in rings, the first direction to the upper right.
	step := p - leaders
	sin, cos := math.Sincos((float64(step%leaderWays) - 0.5) * 2 * math.Pi / leaderWays)
	reach := r + (leaderReach+leaderReach*float32(step/leaderWays))*k.look.Scale
	end := geom.Point{X: at.X + reach*1.25*float32(cos), Y: at.Y + reach*float32(sin) + 0.26*size - rest/2}
	if cos < 0 {
		return end, End
	}
	return end, Start
}

// lead returns the line from a mark's rim to its name in box.
func (k *sketch) lead(i int32, box geom.Rect) (from, to geom.Point) {
	at := k.at(k.pos[i])
	to = geom.Point{X: box.Min.X - 2*k.look.Scale, Y: (box.Min.Y + box.Max.Y) / 2}
	if to.X < at.X {
		to.X = box.Max.X + 2*k.look.Scale
	}
	return at.Add(to.Sub(at).Unit().Mul(k.radius(i))), to
}

// along visits the ground that a line takes, in small boxes, from where it has left the box around a mark of that radius. It reports
// whether visit was true for all.
func (k *sketch) along(from, to geom.Point, radius float32, visit func(geom.Rect) bool) bool {
	const step = 5
	half := step / 2 * k.look.Scale
	length := to.Dist(from)
	for d := radius/2 + half; d < length; d += 2 * half {
		if !visit(geom.RectAround(from.Lerp(to, d/length), half, half)) {
			return false
		}
	}
	return true
}
